"""Rows of the journal as values: how each is read, and how a history is put together."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, TypeVar

from mentorlog.dates import parse_cadence
from mentorlog.errors import BadUsage, JournalFault
from mentorlog.model import (
    Action,
    Agreement,
    Cadence,
    Closing,
    Decline,
    Goal,
    Member,
    Move,
    Pause,
    Reading,
    Relationship,
    Session,
    replace,
)

_T = TypeVar("_T")


def spoilt(text: str) -> JournalFault:
    """Say of a value that no command would have written what to do."""
    return JournalFault(
        f"the journal holds a value that cannot be read: '{text[:60]}'",
        "another program may have changed it; put back a backup copy",
    )


def _read(kind: Callable[[str], _T], text: str) -> _T:
    try:
        return kind(text)
    except (ValueError, BadUsage) as error:
        raise spoilt(text) from error


def moment(text: str) -> datetime:
    """Read a moment as the journal writes it; JournalFault if another program spoilt it."""
    return _read(datetime.fromisoformat, text)


_PARTIES, _ROLES = ("both", "me", "them"), ("mentor", "mentee", "peer")


def _one_of(word: Any, allowed: tuple[str, ...]) -> Any:
    if word not in allowed:
        raise spoilt(str(word))
    return word


class _Days(dict[str, date]):
    """Days by how the journal writes them: of thousands of rows most share theirs."""

    def __missing__(self, text: str) -> date:
        found = self[text] = _read(date.fromisoformat, text)
        return found


# Reads a day as the journal writes it; JournalFault if another program spoilt it.
day = _Days().__getitem__


def maybe_day(text: str | None) -> date | None:
    """Read a day that need not be there."""
    return day(text) if text else None


def maybe_time(text: str | None) -> time | None:
    """Read a time of day that need not be there; JournalFault if another program spoilt it."""
    return _read(time.fromisoformat, text) if text else None


def _cadence(text: str | None) -> Cadence | None:
    return _stored_cadence(text) if text else None


@lru_cache
def _stored_cadence(text: str) -> Cadence:
    return _read(parse_cadence, text)


def _ladder(text: str | None) -> tuple[Cadence, ...]:
    return tuple(map(_stored_cadence, text.split(","))) if text else ()


def session(row: Sequence[Any]) -> Session:
    """Read the columns of a listing; JournalFault if another program spoilt one."""
    return Session(
        row[0], day(row[1]), row[2], row[3], row[4], row[5] == 1, row[6] == 1, row[7],
        row[8], row[9], row[10], row[11], row[12], row[13] == 1,
        maybe_time(row[14]), row[15],
    )  # fmt: skip


_Row = tuple[Any, ...]  # begins with the id of its relationship


def _met(row: _Row) -> Session:
    _, row_id, on, status, by, short_notice, breach, opened_up, energy, agenda = row
    return Session(
        row_id, day(on), status, "session", by, short_notice == 1, breach == 1, opened_up,
        energy, agenda,
    )  # fmt: skip


def _touch(row: _Row) -> Session:
    _, row_id, on, status, breach = row
    return Session(row_id, day(on), status, "touch", None, False, breach == 1)


def _booked(row: _Row) -> Session:
    _, row_id, on, at, minutes, zone = row
    return Session(row_id, day(on), "booked", at=maybe_time(at), minutes=minutes, zone=zone)


def _reading(row: _Row) -> Reading:
    return Reading(day(row[1]), row[2])


def _kept(row: _Row) -> list[date]:
    return [day(text) for text in row[1].split(",")]


def action(row: _Row) -> Action:
    """Read a promise: whose, id, days and owner, and, where they are asked for, its words."""
    _, row_id, on, owner, due, done, *words = row
    return Action(
        row_id, day(on), owner, day(due) if due else None, day(done) if done else None, *words
    )


def _move(row: _Row) -> Move:
    by = _one_of(row[5], _PARTIES)
    return Move(row[1], day(row[2]), row[3], _cadence(row[4]), by, *row[6:])


def _agreement(row: _Row) -> Agreement:
    by = _one_of(row[3], _PARTIES)
    until = maybe_day(row[6])
    return Agreement(
        row[1], day(row[2]), by, _cadence(row[4]), row[5], until, row[7], row[8], _ladder(row[9])
    )


def _goal(row: _Row) -> Goal:
    _, goal_id, on, text, urgent, changed_on, state = row
    states = ((day(changed_on), state),) if changed_on else ()
    return Goal(goal_id, day(on), text, urgent == 1, states)


def _pause(row: _Row) -> Pause:
    until = maybe_day(row[3])
    # Another program may write "for ever" as the last day there is.
    return Pause(row[1], day(row[2]), until if until and until.year < 9999 else None, row[4])


def _decline(row: _Row) -> Decline:
    return Decline(
        row[1], day(row[2]), day(row[3]), row[4], row[5], _cadence(row[6]), row[7], row[8]
    )


def member(row: _Row) -> Member:
    """Read a member: of which relationship, id, name, and the days they joined and left."""
    return Member(row[1], row[2], day(row[3]), maybe_day(row[4]))


def _closing(row: _Row) -> Closing:
    return Closing(row[1], day(row[2]), row[3], maybe_day(row[4]))


def relationship(row: Sequence[Any]) -> Relationship:
    """Read a relationship; JournalFault if another program spoilt a value."""
    role = _one_of(row[2], _ROLES)
    return Relationship(row[0], row[1], role, day(row[3]), _ladder(row[4]), row[5])


# Each part of the evidence: the field of a history that it belongs to, and how rows are read.
MAKERS: dict[str, tuple[str, Callable[[_Row], Any]]] = {
    "met": ("meetings", _met),
    "touch": ("touches", _touch),
    "booked": ("booked", _booked),
    "my_trust": ("my_trust", _reading),
    "their_trust": ("their_trust", _reading),
    "kept": ("kept", _kept),
    "kept_later": ("actions", action),
    "open_action": ("actions", action),
    "move": ("moves", _move),
    "agreement": ("agreements", _agreement),
    "goal": ("goals", _goal),
    "pause": ("pauses", _pause),
    "decline": ("declines", _decline),
    "member": ("members", member),
    "attendance": ("attendance", tuple),
    "closing": ("closings", _closing),
}


def whole(fields: dict[str, list[Any]], *, states: bool) -> None:
    """Put what was read in other rows where it belongs: who came into sessions, for one.

    With ``states`` goals were read once for every state they have been in.
    """
    if "attendance" in fields:
        came = fields.pop("attendance")
        fields["meetings"] = _with_members(fields.get("meetings", []), came)
        for _, _, member, _, mine, theirs, on in came:
            for side, level in (("my_trust", mine), ("their_trust", theirs)):
                if level:
                    fields.setdefault(side, []).append(Reading(day(on), level, member))
    if "kept" in fields:
        (fields["kept"],) = fields["kept"]
    if states and "goals" in fields:
        fields["goals"] = _with_states(fields["goals"])


def _with_states(goals: list[Goal]) -> list[Goal]:
    """One goal for those that were read once for every state they have been in."""
    made: dict[int, Goal] = {}
    for goal in goals:
        before = made.get(goal.id)
        made[goal.id] = replace(goal, states=before.states + goal.states) if before else goal
    return list(made.values())


def _with_members(sessions: list[Session], came: list[_Row]) -> list[Session]:
    """Sessions with the members who came."""
    there: dict[int, list[int]] = {}
    for _, session_id, member_id, was_there, *_ in came:
        there.setdefault(session_id, []).extend([member_id] if was_there else [])
    return [replace(s, there=tuple(there[s.id])) if s.id in there else s for s in sessions]
