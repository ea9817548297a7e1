"""The coming weeks: bookings, suggestions and endings, and the room for one more."""

from datetime import date, timedelta
from typing import Annotated

from mentorlog.cli.arranging import ANY_DAYS, limits_of, load_days
from mentorlog.cli.loading import load_in_view, load_setup
from mentorlog.cli.run import Run, command, option
from mentorlog.dates import add_months
from mentorlog.model import replace
from mentorlog.phase.advice import Outlook
from mentorlog.render.plan import Item, in_order, plan_item, plan_lines, room_lines
from mentorlog.schedule.days import Wish
from mentorlog.schedule.room import load, shortage
from mentorlog.schedule.sharing import season
from mentorlog.schedule.wishes import booked_ahead, following, is_quiet, taken_days, wish_of


def _fixed(outlook: Outlook) -> list[Item]:
    """What is booked, the end of a pause, and an end that was agreed."""
    state = outlook.state
    name = state.history.relationship.name
    ahead = booked_ahead(outlook)
    found = [Item(s.held_on, name, "booked", s.at) for s in state.ahead if s.held_on in ahead]
    if state.ending and not state.closing:
        word = "agreed end" if state.ending.by == "both" else "wished end"
        found.append(Item(state.ending.until, name, word))
    if state.pause and state.pause.until_on:
        found.append(Item(state.pause.until_on, name, "pause ends"))
    return found


@command
def plan(
    run: Run,
    months: Annotated[int, option("How many months ahead.", min=1, max=12)] = 1,
) -> None:
    """Show the coming weeks, how full each is, and whether there is room for one more.

    Example: mentorlog plan --months 2
    """
    journal, settings = run.existing(), load_setup(run).settings
    outlooks, limits = load_in_view(run, journal), limits_of(settings)
    mine, theirs = load_days(run, journal) or ANY_DAYS
    wishes = {o: wish for o in outlooks if not is_quiet(o) and (wish := wish_of(o, theirs(o)))}
    until = add_months(run.today, months) - timedelta(days=1)
    until += timedelta(days=6 - until.weekday())  # half a week would look like free room
    by_id = {o.relationship.id: o for o in outlooks}
    places = season(
        [replace(wish, ideal=o.timing.next_on, booked=True)  # where `next` has it
         for o, wish in wishes.items() if o.timing.next_on],
        mine, limits, taken_days(outlooks), today=run.today, until=until,
        step=lambda of, on: following(by_id[of], max([on, *booked_ahead(by_id[of])])),
    )  # fmt: skip
    items = [item for o in outlooks for item in _fixed(o) if run.today <= item.on <= until]
    items += [
        Item(p.on, by_id[p.id].relationship.name, "suggested")
        for p in places if p.on and p.on > max(booked_ahead(by_id[p.id]), default=date.min)
    ]  # fmt: skip
    if run.json:
        return run.items(map(plan_item, sorted(items, key=in_order)))
    if not outlooks:
        return run.nobody()
    asking = {o: wish for o, wish in wishes.items() if not o.state.pause}
    if not items and not asking:
        return run.note("No meeting is ahead; see: mentorlog status")
    held = [day for o in outlooks for day in o.state.held_days]
    rows = plan_lines(items, held, today=run.today, max_a_week=settings.max_a_week)
    run.table(("Week", "Day", "With", ""), rows)
    by_phase: dict[str, list[Wish]] = {}
    for outlook, wish in asking.items():
        by_phase.setdefault(outlook.state.phase.title, []).append(wish)
    if asking:
        asked = {title: load(found, settings.minutes) for title, found in by_phase.items()}
        whole = load(asking.values(), settings.minutes, mine, limits)
        run.out("", *room_lines(asked, whole, shortage(asking.values(), mine, limits)))
    return None
