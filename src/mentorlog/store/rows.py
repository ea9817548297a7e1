"""Rows of the journal as values: how each is read, and how a history is put together."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, time
from functools import lru_cache
from typing import Any

from mentorlog.dates import parse_cadence
from mentorlog.errors import BadUsage
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
    Pause,
    Reading,
    Relationship,
    Session,
    Side,
    replace,
)

_day = date.fromisoformat


def _day_or_none(text: str | None) -> date | None:
    return _day(text) if text else None


def _time_or_none(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None


def _cadence(text: str | None) -> Cadence | None:
    return _stored_cadence(text) if text else None


@lru_cache
def _stored_cadence(text: str) -> Cadence:
    """Read a cadence as the journal holds it; ValueError if another program spoilt it."""
    try:
        return parse_cadence(text)
    except BadUsage as error:
        raise ValueError(error.message) from error


def session(row: Sequence[Any]) -> Session:
    """Read the columns of a listing; ValueError if another program spoilt one."""
    return Session(
        row[0], _day(row[1]), row[2], row[3], row[4], row[5] == 1, row[6] == 1, row[7],
        row[8], row[9], row[10], row[11], row[12], row[13] == 1,
        _time_or_none(row[14]), row[15],
    )  # fmt: skip


_Rows = Iterable[tuple[Any, ...]]


def _met(rows: _Rows) -> list[Session]:
    return [
        Session(
            row_id, _day(on), status, "session", by, short_notice == 1, breach == 1, opened_up,
            energy, agenda,
        )
        for _, row_id, on, status, by, short_notice, breach, opened_up, energy, agenda in rows
    ]  # fmt: skip


def _touches(rows: _Rows) -> list[Session]:
    return [
        Session(row_id, _day(on), status, "touch", None, False, breach == 1)
        for _, row_id, on, status, breach in rows
    ]


def booked(rows: _Rows) -> list[Session]:
    """Read bookings: of whom, id, day, time, minutes and zone."""
    return [
        Session(row_id, _day(on), "booked", at=_time_or_none(at), minutes=minutes, zone=zone)
        for _, row_id, on, at, minutes, zone in rows
    ]


def _mine(rows: _Rows) -> list[Reading]:
    return [Reading(_day(on), "me", level) for _, on, level in rows]


def _theirs(rows: _Rows) -> list[Reading]:
    return [Reading(_day(on), "them", level) for _, on, level in rows]


def _actions(rows: _Rows) -> list[Action]:
    return [
        Action(
            row_id, _day(on), owner, _day(due) if due else None, _day(done) if done else None,
            *words,
        )
        for _, row_id, on, owner, due, done, *words in rows
    ]  # fmt: skip


def _moves(rows: _Rows) -> list[Move]:
    return [Move(r[1], _day(r[2]), r[3], _cadence(r[4]), r[5], r[6]) for r in rows]


def _agreements(rows: _Rows) -> list[Agreement]:
    return [
        Agreement(r[1], _day(r[2]), r[3], _cadence(r[4]), r[5], _day_or_none(r[6]), r[7])
        for r in rows
    ]


def _goals(rows: _Rows) -> list[Goal]:
    """Read goals, each with a row for every state that was asked for, in their order."""
    made: dict[int, Goal] = {}
    for _, goal_id, on, text, urgent, changed_on, state in rows:
        states = ((_day(changed_on), state),) if changed_on else ()
        if goal_id in made:
            states = (*made[goal_id].states, *states)
        made[goal_id] = Goal(goal_id, _day(on), text, urgent == 1, states)
    return list(made.values())


def _pauses(rows: _Rows) -> list[Pause]:
    return [Pause(r[1], _day(r[2]), _day_or_none(r[3]), r[4]) for r in rows]


def _declines(rows: _Rows) -> list[Decline]:
    return [
        Decline(r[1], _day(r[2]), _day(r[3]), r[4], r[5], _cadence(r[6]), r[7], r[8]) for r in rows
    ]


def _members(rows: _Rows) -> list[Member]:
    return [Member(r[1], r[2], _day(r[3])) for r in rows]


def _closings(rows: _Rows) -> list[Closing]:
    return [Closing(r[1], _day(r[2]), r[3], _day_or_none(r[4])) for r in rows]


def relationship(row: Sequence[Any]) -> Relationship:
    """Read a relationship; ValueError if another program spoilt a value."""
    ladder = tuple(_stored_cadence(part) for part in row[4].split(",")) if row[4] else ()
    return Relationship(row[0], row[1], row[2], _day(row[3]), ladder, row[5])


# Each part of the evidence: the field of a history that it belongs to, and how rows are read.
MAKERS: dict[str, tuple[str, Callable[[_Rows], list[Any]]]] = {
    "met": ("sessions", _met),
    "touch": ("sessions", _touches),
    "booked": ("sessions", booked),
    "trust": ("readings", _mine),
    "their_trust": ("readings", _theirs),
    "action": ("actions", _actions),
    "open_action": ("actions", _actions),
    "move": ("moves", _moves),
    "agreement": ("agreements", _agreements),
    "goal": ("goals", _goals),
    "pause": ("pauses", _pauses),
    "decline": ("declines", _declines),
    "member": ("members", _members),
    "attendance": ("attendance", list),
    "closing": ("closings", _closings),
}


def history(row: Sequence[Any], known: dict[str, list[Any]]) -> History:
    """Put a history together from a relationship's row and the values of its fields."""
    came = known.pop("attendance", None)
    if came:
        known["sessions"], known["readings"] = _with_members(
            known.get("sessions", []), known.get("readings", []), came
        )
    return History(relationship(row), **{name: tuple(made) for name, made in known.items()})


def _with_members(
    sessions: list[Session], readings: list[Reading], came: list[Any]
) -> tuple[list[Session], list[Reading]]:
    """Put into sessions which members came, and add their trust to the readings."""
    there: dict[int, list[int]] = {}
    more: list[Reading] = []
    for _, session_id, member_id, was_there, trust, their_trust, on in came:
        there.setdefault(session_id, [])
        if was_there:
            there[session_id].append(member_id)
        sides: tuple[tuple[Side, int | None], ...] = (("me", trust), ("them", their_trust))
        more += [Reading(_day(on), side, level, member=member_id) for side, level in sides if level]
    joined = [replace(s, there=tuple(there[s.id])) if s.id in there else s for s in sessions]
    return joined, readings + more
