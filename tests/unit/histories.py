"""Histories for the tests of the rules: a small builder, healthy examples, and strategies."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from mentorlog.dates import parse_cadence
from mentorlog.model import (
    Action,
    Agreement,
    Cadence,
    Closing,
    Decline,
    Goal,
    History,
    Member,
    Move,
    Party,
    Pause,
    Reading,
    Relationship,
    Session,
    replace,
)
from mentorlog.phase.advice import Outlook, outlook
from mentorlog.phase.policy import DEFAULT_POLICY, NUMBERS, Policy

TODAY = date(2026, 12, 1)  # a Tuesday

Record = Session | Move | Agreement | Goal | Action | Pause | Closing | Decline
FIELDS: dict[type, str] = {
    Move: "moves",
    Agreement: "agreements",
    Goal: "goals",
    Action: "actions",
    Pause: "pauses",
    Closing: "closings",
    Decline: "declines",
}


LISTS = ("meetings", "touches", "booked", *FIELDS.values(), "my_trust", "their_trust")


def day(on: str | date) -> date:
    """A day, from ISO text or itself."""
    return date.fromisoformat(on) if isinstance(on, str) else on


def maybe(on: str | date | None) -> date | None:
    """A day, or none."""
    return None if on is None else day(on)


def every(text: str | None) -> Cadence | None:
    """A cadence from its short form, or none."""
    return parse_cadence(text) if text else None


def ago(days: int, today: date = TODAY) -> date:
    """The day so many days before today."""
    return today - timedelta(days=days)


def held(on: str | date, **signals: Any) -> Session:
    """A meeting that took place."""
    return Session(0, day(on), **signals)


def met(*days: str | date, **signals: Any) -> list[Session]:
    """Meetings that took place on these days, all alike."""
    return [held(on, **signals) for on in days]


def missed(on: str | date, by: Any = "them") -> Session:
    """A meeting to which one did not come."""
    return Session(0, day(on), "no-show", by=by)


def cancelled(on: str | date, *, short_notice: bool = True) -> Session:
    """A meeting that was called off."""
    return Session(0, day(on), "cancelled", by="them", short_notice=short_notice)


def touch(on: str | date, **signals: Any) -> Session:
    """A light contact."""
    return Session(0, day(on), kind="touch", **signals)


def booked(on: str | date) -> Session:
    """A meeting that is in the calendar."""
    return Session(0, day(on), "booked")


def agreed(
    on: str | date,
    cadence: str | None = None,
    by: Party = "both",
    *,
    terms: str | None = None,
    until: str | date | None = None,
    ready_for: str | None = None,
) -> Agreement:
    """What was agreed on a day."""
    return Agreement(0, day(on), by, every(cadence), terms, maybe(until), ready_for)


def moved(on: str | date, phase: str, cadence: str | None = None, by: Party = "both") -> Move:
    """A recorded move."""
    return Move(0, day(on), phase, every(cadence), by)


def goal(on: str | date, *states: tuple[str, Any], text: str = "a goal", urgent: bool = False):
    """A goal with its dated states."""
    return Goal(0, day(on), text, urgent, tuple((day(then), state) for then, state in states))


def action(on: str | date, owner: Any = "them", due: Any = None, done: Any = None) -> Action:
    """A promise."""
    return Action(0, day(on), owner, maybe(due), maybe(done), "send it")


def paused(first: str | date, last: str | date | None = None) -> Pause:
    """Days off, the last one included."""
    return Pause(0, day(first), maybe(last))


def closed(on: str | date, ending: Any = "completed", reopened: Any = None) -> Closing:
    """An ending."""
    return Closing(0, day(on), ending, maybe(reopened))


def readings(sessions: Iterable[Session]) -> dict[str, tuple[Reading, ...]]:
    """The trust values that sessions carry, as the store hands them over: no guesses."""
    known = list(sessions)
    told = [s for s in known if s.their_trust and not s.guess]
    return {
        "my_trust": tuple(Reading(s.held_on, s.trust) for s in known if s.trust),
        "their_trust": tuple(Reading(s.held_on, s.their_trust) for s in told),
    }


def field_of(record: Record) -> str:
    """The field of a history that a record belongs to."""
    if not isinstance(record, Session):
        return FIELDS[type(record)]
    if record.status == "booked":
        return "booked"
    return "touches" if record.kind == "touch" else "meetings"


def plus(history: History, *records: Record | Iterable[Record]) -> History:
    """The history with more recorded after it, each with the next id of its kind."""
    flat = [r for item in records for r in (item if isinstance(item, Iterable) else [item])]
    for record in flat:
        name = field_of(record)
        kept = getattr(history, name)
        numbered = replace(record, id=max((k.id for k in kept), default=0) + 1)
        history = replace(history, **{name: (*kept, numbered)})
    new = readings(r for r in flat if isinstance(r, Session))
    return replace(
        history, **{side: (*getattr(history, side), *more) for side, more in new.items()}
    )


def history(
    started: str | date,
    *records: Record | Iterable[Record],
    role: Any = "mentor",
    ladder: tuple[str, ...] = (),
    name: str = "Ana",
) -> History:
    """A history of these records, in this order of recording."""
    steps = tuple(parse_cadence(step) for step in ladder)
    return plus(History(Relationship(1, name, role, day(started), steps)), *records)


def without(history: History, *names: str) -> History:
    """The history with some of its fields emptied."""
    return replace(history, **dict.fromkeys(names, ()))


def look(history: History, today: str | date = TODAY, policy: Policy = DEFAULT_POLICY) -> Outlook:
    """The whole answer on a day."""
    return outlook(history, policy, today=day(today))


def numbers(**changed: float) -> Policy:
    """The default rules with some numbers changed."""
    return Policy(numbers=DEFAULT_POLICY.numbers | changed)


# Healthy relationships on TODAY: no sign is there and every condition is met, one for each
# state of the default model. A test changes one thing in one of them.

_WELL: dict[str, Any] = {"trust": 4, "their_trust": 4, "energy": 4, "agenda": "them"}


def _promises(*due: str) -> list[Action]:
    return [action(ago(60, day(on)), "them", on, on) for on in due]


def trusting() -> History:
    """Three meetings, trust on both sides, terms and a goal."""
    return history(
        "2026-11-09",
        met("2026-11-12", "2026-11-17", "2026-11-24", opened_up="both", **_WELL),
        agreed("2026-11-12", "1w", terms="in confidence"),
        goal("2026-11-17"),
    )


def weekly() -> History:
    """Six weeks of weekly work with a goal that moves."""
    days = ("2026-10-27", "2026-11-03", "2026-11-10", "2026-11-17", "2026-11-24")
    return history(
        "2026-09-01",
        moved("2026-10-20", "learning", "1w"),
        met(*days, **_WELL),
        goal("2026-09-08", ("2026-10-27", "moving")),
        _promises("2026-11-03", "2026-11-10", "2026-11-17"),
    )


def fortnightly() -> History:
    """Fourteen weeks of work every two weeks."""
    days = ("2026-09-08", "2026-09-22", "2026-10-06", "2026-10-20", "2026-11-03", "2026-11-17")
    return history(
        "2026-03-01",
        moved("2026-06-01", "learning", "1w"),
        moved("2026-08-25", "learning", "2w"),
        met(*days, **_WELL),
        goal("2026-09-08", ("2026-09-22", "moving")),
        _promises("2026-11-05", "2026-11-09", "2026-11-20"),
    )


def monthly() -> History:
    """Half a year of monthly work; the goals are reached and both are ready."""
    days = ("2026-07-01", "2026-08-01", "2026-09-01", "2026-10-01", "2026-11-01")
    return history(
        "2026-01-01",
        moved("2026-02-01", "learning", "2w"),
        moved("2026-06-01", "learning", "1m"),
        met(*days, **_WELL),
        goal("2026-02-01", ("2026-09-01", "reached")),
        _promises("2026-09-01", "2026-10-01", "2026-11-01"),
        agreed("2026-11-01", "6m", ready_for="maintenance"),
    )


def maintenance() -> History:
    """A meeting every half year, as both agreed, and both say it is done but for a goal."""
    return history(
        "2025-01-01",
        moved("2025-02-01", "learning", "1m"),
        moved("2025-06-15", "maintenance", "6m"),
        met("2025-12-15", "2026-06-15", **_WELL),
        goal("2025-02-01", ("2025-06-01", "reached")),
    )


HEALTHY: dict[tuple[str, int], Callable[[], History]] = {
    ("trusting", 0): trusting,
    ("learning", 0): weekly,
    ("learning", 1): fortnightly,
    ("learning", 2): monthly,
    ("maintenance", 0): maintenance,
}

# Strategies. Days lie close together, so that evidence meets; ``odd`` ones lie anywhere.

NEAR = st.integers(-500, 60).map(lambda days: TODAY + timedelta(days=days))
ODD = st.dates(date(1900, 1, 1), date(2200, 12, 31))
ROLES = st.sampled_from(["mentor", "mentee", "peer"])
SIDES = st.sampled_from(["me", "them"])
PARTIES = st.sampled_from(["both", "both", "me", "them"])
LEVELS = st.none() | st.integers(1, 5)
PHASES = st.sampled_from(["trusting", "learning", "learning", "maintenance"])
SPANS = ("1w", "2w", "3w", "1m", "2m", "3m", "6m", "1y", "2y", "104w")
CADENCES = st.sampled_from([parse_cadence(span) for span in SPANS])
LADDERS = st.sampled_from(
    [(), (), ("2w", "1m"), ("1w", "3w", "1m", "2m"), ("1m",), ("2w", "3w", "4w", "1m", "2m", "3m")]
).map(lambda steps: tuple(parse_cadence(step) for step in steps))
ODD_LADDERS = st.lists(CADENCES, max_size=5).map(tuple)


def _numbered(strategy: Any, size: int) -> Any:
    return st.lists(strategy, max_size=size).map(
        lambda found: tuple(replace(record, id=n) for n, record in enumerate(found, 1))
    )


def _sessions(days: Any) -> Any:
    return st.builds(
        Session,
        id=st.just(0),
        held_on=days,
        status=st.sampled_from(["held", "held", "held", "cancelled", "no-show", "booked"]),
        kind=st.sampled_from(["session", "session", "session", "touch"]),
        by=st.none() | SIDES,
        short_notice=st.booleans(),
        breach=st.sampled_from([False] * 9 + [True]),
        trust=LEVELS,
        their_trust=LEVELS,
        guess=st.booleans(),
        opened_up=st.sampled_from([None, "me", "them", "both", "none"]),
        energy=LEVELS,
        agenda=st.none() | SIDES,
        there=st.none() | st.sampled_from([(), (1,), (1, 2)]),
    )


def _goals(days: Any) -> Any:
    names = st.sampled_from(["not-started", "moving", "reached", "dropped"])
    states = st.lists(st.tuples(days, names), max_size=3, unique_by=lambda s: s[0]).map(tuple)
    texts = st.sampled_from(["lead a team", "give a talk", "{odd} %s text"])
    return st.builds(Goal, st.just(0), days, texts, st.booleans(), states)


@st.composite
def histories(draw: Any, *, odd: bool = False) -> History:
    """Any history; an ``odd`` one has days, ladders, pauses and phases that no one records."""
    days = ODD | NEAR if odd else NEAR
    phases = PHASES | st.just("unheard-of") if odd else PHASES
    ready = st.none() | st.sampled_from(["trusting", "learning", "maintenance", "close"])
    pauses = st.builds(Pause, st.just(0), days, st.none() | days)
    closings = st.builds(
        Closing, st.just(0), days, st.sampled_from(["completed", "early", "dormant"]), days
    )
    if not odd:
        pauses = pauses.filter(lambda p: p.until_on is None or p.until_on >= p.from_on)
    name = st.sampled_from(["Ana", "Jo O'Neil", "{name}"]) if odd else st.just("Ana")
    person = Relationship(
        1, draw(name), draw(ROLES), draw(days), draw(ODD_LADDERS if odd else LADDERS)
    )
    sessions = draw(_numbered(_sessions(days), 12))
    terms = st.sampled_from([None, "in confidence"])
    maybe_cadence = st.none() | CADENCES
    agreements = st.builds(
        Agreement, st.just(0), days, PARTIES, maybe_cadence, terms, st.none() | days, ready,
        ladder=ODD_LADDERS if odd else LADDERS,
    )  # fmt: skip
    actions = st.builds(
        Action, st.just(0), days, SIDES, st.none() | days, st.none() | days, st.just("send it")
    )
    moves = st.sampled_from(["advance", "back", "talk"])
    declines = st.builds(Decline, st.just(0), days, days, moves, st.none() | phases, maybe_cadence)
    return History(
        relationship=person,
        meetings=tuple(s for s in sessions if field_of(s) == "meetings"),
        touches=tuple(s for s in sessions if field_of(s) == "touches"),
        booked=tuple(s for s in sessions if field_of(s) == "booked"),
        **readings(sessions),
        moves=draw(_numbered(st.builds(Move, st.just(0), days, phases, maybe_cadence, PARTIES), 4)),
        agreements=draw(_numbered(agreements, 5)),
        goals=draw(_numbered(_goals(days), 3)),
        actions=draw(_numbered(actions, 6)),
        pauses=draw(_numbered(pauses, 2)),
        closings=draw(_numbered(closings, 1)),
        declines=draw(_numbered(declines, 2)),
        members=draw(st.just(()) | _numbered(st.builds(Member, st.just(0), st.just("M"), days), 3)),
    )


def any_policy() -> Any:
    """The default rules, or rules with any numbers within their bounds."""
    chosen = st.fixed_dictionaries(
        {},
        optional={
            name: st.sampled_from([number.low, number.high]) for name, number in NUMBERS.items()
        },
    )
    return st.just(DEFAULT_POLICY) | chosen.map(lambda changed: numbers(**changed))
