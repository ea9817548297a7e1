"""Everything that happened in a relationship, as one stream from the oldest to the newest."""

from datetime import date

from mentorlog.dates import say_cadence, say_day
from mentorlog.model import Outcome, SessionRecord
from mentorlog.phase.evidence import State
from mentorlog.render.pages import session_page
from mentorlog.render.text import who

Event = tuple[date, int, list[str]]


def stream(
    state: State, records: list[SessionRecord], outcomes: list[Outcome], lines: int | None
) -> list[str]:
    """Return the lines of all events up to the state's day; sessions stand apart by blank lines."""
    events = _decisions(state) + _goals(state) + _pauses(state)
    name = state.history.relationship.name
    events += [
        (o.on, 3, [f"o{o.id}  {say_day(o.on)}, gained by {who(o.owner, name)}: {o.text}"])
        for o in outcomes
    ]
    events += [(r.session.held_on, 1, session_page(r, lines)) for r in records]
    found: list[str] = []
    for _, _, event in sorted(events, key=lambda e: (e[0], e[1])):
        if found and (len(event) > 1 or found[-1].startswith("    ")):
            found.append("")
        found += event
    return found


def _decisions(state: State) -> list[Event]:
    name = state.history.relationship.name
    events: list[Event] = []
    for move in state.history.moves:
        every = f", {say_cadence(move.every)}" if move.every else ""
        why = f" ({move.why})" if move.why else ""
        head = f"m{move.id}  {say_day(move.on)}, moved to {move.phase}{every},"
        events.append((move.on, 2, [f"{head} agreed by {who(move.agreed_by, name)}{why}"]))
    for agreement in state.agreements:
        parts = [
            say_cadence(agreement.every) if agreement.every else "",
            agreement.terms or "",
            f"until {say_day(agreement.until)}" if agreement.until else "",
            f"ready for {agreement.ready_for}" if agreement.ready_for else "",
        ]
        said = "; ".join(part for part in parts if part)
        head = f"t{agreement.id}  {say_day(agreement.on)}, agreed by {who(agreement.by, name)}"
        events.append((agreement.on, 2, [f"{head}: {said}"]))
    for no in state.history.declines:
        why = f" ({no.why})" if no.why else ""
        line = f'd{no.id}  {say_day(no.on)}, "not yet" to {no.move} until {say_day(no.until)}{why}'
        events.append((no.on, 2, [line]))
    return [event for event in events if event[0] <= state.today]


def _goals(state: State) -> list[Event]:
    events: list[Event] = []
    for goal, _, _ in state.goals:
        events.append((goal.on, 3, [f"g{goal.id}  {say_day(goal.on)}, goal: {goal.text}"]))
        events += [
            (on, 4, [f"g{goal.id}  {say_day(on)}, {now}: {goal.text}"])
            for on, now in goal.states
            if on <= state.today
        ]
    return events


def _pauses(state: State) -> list[Event]:
    events: list[Event] = []
    for pause in state.history.pauses:
        until = f" until {say_day(pause.until_on)}" if pause.until_on else ""
        why = f" ({pause.why})" if pause.why else ""
        line = f"p{pause.id}  {say_day(pause.from_on)}, paused{until}{why}"
        events.append((pause.from_on, 5, [line]))
    for closing in state.history.closings:
        line = f"c{closing.id}  {say_day(closing.on)}, closed ({closing.ending})"
        events.append((closing.on, 6, [line]))
        if closing.reopened_on and closing.reopened_on <= state.today:
            again = f"c{closing.id}  {say_day(closing.reopened_on)}, open again"
            events.append((closing.reopened_on, 7, [again]))
    return [event for event in events if event[0] <= state.today]
