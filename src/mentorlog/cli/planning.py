"""The coming weeks: bookings, suggestions and endings, and the room for one more."""

from datetime import date, timedelta
from typing import Annotated

import typer

from mentorlog.cli.arranging import limits_of, load_wishes
from mentorlog.cli.loading import load_outlooks, load_setup
from mentorlog.cli.run import Run, command
from mentorlog.dates import add_months
from mentorlog.phase.advice import Outlook
from mentorlog.render.plan import Item, plan_item, plan_lines, room_lines
from mentorlog.schedule.days import Days, Wish
from mentorlog.schedule.room import load, shortage
from mentorlog.schedule.sharing import season
from mentorlog.schedule.wishes import days_of, following, taken_days, wish_of
from mentorlog.settings import Settings


def _wishes(run: Run, outlooks: list[Outlook], settings: Settings) -> tuple[Days, dict[int, Wish]]:
    found = load_wishes(run, run.existing(), outlooks)
    if found:
        return found
    anywhere = days_of(settings.me, {})
    wishes = {o.state.history.relationship.id: wish_of(o, anywhere) for o in outlooks}
    return anywhere, {of: wish for of, wish in wishes.items() if wish}


def _ends(outlook: Outlook) -> list[Item]:
    """The end of a pause, and an end that was agreed."""
    state = outlook.state
    name = state.history.relationship.name
    ends = [a.until for a in state.agreements if a.until and not state.closing][-1:]
    found = [Item(on, name, "agreed end") for on in ends]
    if state.pause and state.pause.until_on:
        found.append(Item(state.pause.until_on, name, "pause ends"))
    return found


def _booked(outlook: Outlook) -> list[Item]:
    name = outlook.state.history.relationship.name
    return [Item(s.held_on, name, "booked") for s in outlook.state.booked]


def _last_booked(outlook: Outlook) -> date:
    """The day up to which nothing is suggested, as it is booked."""
    ahead = [s.held_on for s in outlook.state.booked if s.held_on >= outlook.state.today]
    return max(ahead, default=date.min)


@command
def plan(
    run: Run,
    months: Annotated[int, typer.Option(min=1, max=12, help="How many months ahead.")] = 1,
) -> None:
    """Show the coming weeks, how full each is, and whether there is room for one more.

    Example: mentorlog plan --months 2
    """
    settings, outlooks = load_setup(run).settings, load_outlooks(run, None)
    mine, wishes = _wishes(run, outlooks, settings)
    by_id = {o.state.history.relationship.id: o for o in outlooks}
    until = add_months(run.today, months) - timedelta(days=1)
    steps = {of: following(outlook) for of, outlook in by_id.items()}
    limits = limits_of(settings)
    places = season(
        wishes.values(), mine, limits, taken_days(outlooks), today=run.today, until=until,
        step=lambda of, on: steps[of](on),
    )  # fmt: skip
    items = [item for o in outlooks for item in _booked(o) if run.today <= item.on <= until]
    items += [
        Item(p.on, by_id[p.id].state.history.relationship.name, "suggested")
        for p in places if p.on and p.on > _last_booked(by_id[p.id])
    ]  # fmt: skip
    items += [end for o in outlooks for end in _ends(o) if run.today <= end.on <= until]
    if run.json:
        return run.items(map(plan_item, sorted(items, key=lambda i: (i.on, i.name))))
    if not outlooks:
        return run.nobody()
    run.table(
        ("Week", "Day", "With", ""),
        plan_lines(
            items,
            (day for o in outlooks for day in o.state.held_days),
            today=run.today,
            max_a_week=settings.max_a_week,
        ),
    )
    phases = dict.fromkeys(by_id[of].state.phase.title for of in wishes)
    by_phase = {
        title: load([w for of, w in wishes.items() if by_id[of].state.phase.title == title],
                    settings.minutes)
        for title in phases
    }  # fmt: skip
    if wishes:
        whole = load(wishes.values(), settings.minutes, mine, limits)
        run.out("", *room_lines(by_phase, whole, shortage(wishes.values(), mine, limits)))
    return None
