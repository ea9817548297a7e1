"""Everything that happened in a relationship, as one stream from the oldest to the newest."""

from collections.abc import Iterator
from datetime import date

from mentorlog.dates import say_cadence, say_day
from mentorlog.model import Outcome, SessionRecord
from mentorlog.phase.evidence import State
from mentorlog.render.pages import session_page
from mentorlog.render.text import agreed_line, because, until, who


def stream(
    state: State, records: list[SessionRecord], outcomes: list[Outcome], lines: int | None
) -> list[str]:
    """Return the lines of all events up to the state's day; sessions stand apart by blank lines."""
    events = [(record.session.held_on, session_page(record, lines)) for record in records]
    for on, record_id, said in _told(state, outcomes):
        if on <= state.today:
            events.append((on, [f"{record_id}  {say_day(on)}, {said}"]))
    found: list[str] = []
    for _, event in sorted(events, key=lambda event: event[0]):
        if found and (len(event) > 1 or found[-1].startswith("    ")):
            found.append("")
        found += event
    return found


def _told(state: State, outcomes: list[Outcome]) -> Iterator[tuple[date, str, str]]:
    """What was recorded beside sessions: day, id and words; of one day in this order."""
    name, history = state.history.relationship.name, state.history
    for move in history.moves:
        every = f", {say_cadence(move.every)}" if move.every else ""
        by = f"agreed by {who(move.agreed_by, name)}"
        yield move.on, f"m{move.id}", f"moved to {move.phase}{every}, {by}{because(move.why)}"
    for agreement in state.agreements:
        by = f"agreed by {who(agreement.by, name)}"
        yield agreement.on, f"t{agreement.id}", f"{by}: {agreed_line(agreement)}"
    for no in history.declines:
        yield no.on, f"d{no.id}", f'"not yet" to {no.move}{until(no.until)}{because(no.why)}'
    for goal, _, _ in state.goals:
        yield goal.on, f"g{goal.id}", f"goal: {goal.text}"
    for outcome in outcomes:
        gained = f"gained by {who(outcome.owner, name)}: {outcome.text}"
        yield outcome.on, f"o{outcome.id}", gained
    for goal, _, _ in state.goals:
        for on, now in goal.states:
            yield on, f"g{goal.id}", f"{now}: {goal.text}"
    for pause in history.pauses:
        yield pause.from_on, f"p{pause.id}", f"paused{until(pause.until_on)}{because(pause.why)}"
    for closing in history.closings:
        yield closing.on, f"c{closing.id}", f"closed ({closing.ending})"
        if closing.reopened_on:
            yield closing.reopened_on, f"c{closing.id}", "open again"
