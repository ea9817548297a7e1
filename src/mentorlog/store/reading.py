"""Questions to the journal: who is in it, the evidence on each, and the sessions as written."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, time
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from mentorlog.dates import parse_cadence
from mentorlog.errors import BadUsage, JournalFault
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
    SessionRecord,
    Side,
)
from mentorlog.names import pick_name
from mentorlog.store.journal import Journal, fault

# A long history costs nothing: the last touches, trust values and promises are enough.
TOUCHES, READINGS, ACTIONS = 6, 4, 8


def _since(table: str, where: str, day: str, limit: int | str) -> str:
    """The day of the last row but ``limit``; a bound that an index gives, whatever the size."""
    return (
        f"ifnull((SELECT {day} FROM {table} WHERE relationship_id = r.id AND {where}"
        f" AND {day} <= :today ORDER BY {day} DESC LIMIT 1 OFFSET {limit} - 1), '')"
    )


_MET = "kind = 'session' AND status <> 'booked'"
_TOUCHED, _TOLD = "kind = 'touch' AND status <> 'booked'", "their_trust IS NOT NULL AND guess = 0"
_LAST_HELD = (
    "(SELECT held_on FROM session WHERE relationship_id = r.id AND kind = 'session'"
    " AND status = 'held' AND held_on <= :today ORDER BY held_on DESC LIMIT 1)"
)
_ACTIONS = (
    "SELECT r.id, a.id, a.added_on, a.owner, a.due_on, a.done_on, {words}"
    " FROM relationship r CROSS JOIN action a ON a.relationship_id = r.id"
)
_RECENT = _since("action", "1", "added_on", ACTIONS)

# Each reads a stretch of an index that holds all that is asked for: no row of a table, so no
# notes, and none of a day is left out. The last meeting held is always among the meetings.
# ``{words}`` is the text of a promise and ``{latest}`` leaves out the earlier states of a goal:
# only the page of one relationship shows all of it.
EVIDENCE = {
    "met": "SELECT r.id, s.id, s.held_on, s.status, s.by, s.short_notice, s.breach, s.opened_up,"
    " s.energy, s.agenda FROM relationship r CROSS JOIN session s ON s.relationship_id = r.id"
    " AND s.kind = 'session' AND s.status <> 'booked' AND s.held_on <= :today"
    f" AND s.held_on >= min({_since('session', _MET, 'held_on', ':meetings')},"
    f" ifnull({_LAST_HELD}, '9')) WHERE {{scope}}",
    "touch": "SELECT r.id, s.id, s.held_on, s.status, s.breach FROM relationship r"
    " CROSS JOIN session s ON s.relationship_id = r.id AND s.kind = 'touch'"
    " AND s.status <> 'booked' AND s.held_on <= :today"
    f" AND s.held_on >= {_since('session', _TOUCHED, 'held_on', TOUCHES)}"
    f" AND s.held_on >= ifnull(min({_LAST_HELD}, date(:today, :touched)), '') WHERE {{scope}}",
    "booked": "SELECT r.id, s.id, s.held_on, s.at, s.minutes, s.zone"
    " FROM relationship r CROSS JOIN session s INDEXED BY session_booked"
    " ON s.relationship_id = r.id AND s.status = 'booked' WHERE {scope}",
    "trust": "SELECT r.id, s.held_on, s.trust FROM relationship r CROSS JOIN session s"
    " ON s.relationship_id = r.id AND s.trust IS NOT NULL AND s.held_on <= :today"
    f" AND s.held_on >= {_since('session', 'trust IS NOT NULL', 'held_on', READINGS)}"
    " WHERE {scope}",
    "their_trust": "SELECT r.id, s.held_on, s.their_trust FROM relationship r CROSS JOIN session s"
    " ON s.relationship_id = r.id AND s.their_trust IS NOT NULL AND s.guess = 0"
    f" AND s.held_on <= :today AND s.held_on >= {_since('session', _TOLD, 'held_on', READINGS)}"
    " WHERE {scope}",
    "action": f"{_ACTIONS} AND a.added_on <= :today AND a.added_on >= {_RECENT} WHERE {{scope}}",
    "open_action": f"{_ACTIONS} AND a.done_on IS NULL AND a.added_on <= :today WHERE {{scope}}",
    "move": "SELECT r.id, m.id, m.moved_on, m.phase, m.every, m.agreed_by, m.why"
    " FROM relationship r CROSS JOIN move m ON m.relationship_id = r.id WHERE {scope}",
    "agreement": "SELECT r.id, t.id, t.agreed_on, t.by, t.every, t.terms, t.until_on, t.ready_for"
    " FROM relationship r CROSS JOIN agreement t ON t.relationship_id = r.id WHERE {scope}",
    "goal": "SELECT r.id, g.id, g.added_on, g.text, g.urgent FROM relationship r"
    " CROSS JOIN goal g ON g.relationship_id = r.id WHERE {scope}",
    "goal_state": "SELECT c.goal_id, c.changed_on, c.state FROM relationship r"
    " CROSS JOIN goal g ON g.relationship_id = r.id CROSS JOIN goal_state c ON c.goal_id = g.id"
    " {latest} WHERE {scope} ORDER BY c.changed_on, c.id",
    "decline": "SELECT r.id, d.id, d.declined_on, d.until_on, d.move, d.phase, d.every, d.why"
    " FROM relationship r CROSS JOIN decline d ON d.relationship_id = r.id WHERE {scope}",
    "member": "SELECT r.id, b.id, b.name, b.joined_on FROM member b"
    " CROSS JOIN relationship r ON r.id = b.relationship_id WHERE {scope}",
    "attendance": "SELECT r.id, w.session_id, w.member_id, w.there, w.trust, w.their_trust,"
    " s.held_on FROM attendance w CROSS JOIN relationship r ON r.id = w.relationship_id"
    " CROSS JOIN session s ON s.id = w.session_id WHERE s.held_on <= :today AND {scope}"
    " ORDER BY s.held_on DESC LIMIT 2000",
    "pause": "SELECT r.id, p.id, p.from_on, p.until_on, p.why FROM relationship r"
    " CROSS JOIN pause p ON p.relationship_id = r.id WHERE {scope}",
    "closing": "SELECT r.id, c.id, c.closed_on, c.ending, c.reopened_on FROM relationship r"
    " CROSS JOIN closing c ON c.relationship_id = r.id WHERE {scope}",
}
PAGE = {
    "scope": "r.id = :id",
    "words": "a.text, (SELECT name FROM member WHERE id = a.member_id)",
    "latest": "",
}
LIST = {
    "scope": "1",
    "words": "'', NULL",
    "latest": "AND c.id = (SELECT id FROM goal_state WHERE goal_id = g.id"
    " AND changed_on <= :today ORDER BY changed_on DESC, id DESC LIMIT 1)",
}

_SESSION = (
    "s.id, s.held_on, s.status, s.kind, s.by, s.short_notice, s.breach, s.opened_up, s.energy,"
    " s.agenda, s.minutes, s.trust, s.their_trust, s.guess, s.at, s.zone"
)

_day = date.fromisoformat


def _day_or_none(text: str | None) -> date | None:
    return _day(text) if text else None


def _cadence(text: str | None) -> Cadence | None:
    return _stored_cadence(text) if text else None


@lru_cache
def _stored_cadence(text: str) -> Cadence:
    """Read a cadence as the journal holds it; ValueError if another program spoilt it."""
    try:
        return parse_cadence(text)
    except BadUsage as error:
        raise ValueError(error.message) from error


def _session(row: Sequence[Any]) -> Session:
    return Session(
        row[0], _day(row[1]), row[2], row[3], row[4], row[5] == 1, row[6] == 1, row[7],
        row[8], row[9], row[10], row[11], row[12], row[13] == 1,
        time.fromisoformat(row[14]) if row[14] else None, row[15],
    )  # fmt: skip


def _met(row: Sequence[Any]) -> Session:
    return Session(
        row[1], _day(row[2]), row[3], "session", row[4], row[5] == 1, row[6] == 1, row[7],
        row[8], row[9],
    )  # fmt: skip


def _touch(row: Sequence[Any]) -> Session:
    return Session(row[1], _day(row[2]), row[3], "touch", None, False, row[4] == 1)


def _booked(row: Sequence[Any]) -> Session:
    at = time.fromisoformat(row[3]) if row[3] else None
    return Session(row[1], _day(row[2]), "booked", at=at, minutes=row[4], zone=row[5])


def _reading(side: Side) -> Callable[[Sequence[Any]], Reading]:
    return lambda row: Reading(_day(row[1]), side, row[2])


def _action(row: Sequence[Any]) -> Action:
    return Action(
        row[1], _day(row[2]), row[3], row[6], _day(row[4]) if row[4] else None,
        _day(row[5]) if row[5] else None, row[7],
    )  # fmt: skip


def _relationship(row: Sequence[Any]) -> Relationship:
    ladder = tuple(_stored_cadence(part) for part in row[4].split(",")) if row[4] else ()
    return Relationship(row[0], row[1], row[2], _day(row[3]), ladder, row[5])


def names(journal: Journal) -> list[tuple[str, str]]:
    """Return (name, folded name) of every relationship."""
    rows: Any = journal.rows("SELECT name, folded FROM relationship ORDER BY folded")
    return [(row[0], row[1]) for row in rows]


def find(journal: Journal, text: str) -> Relationship:
    """Return the relationship meant by a typed name; NotFound or Refused otherwise."""
    name = pick_name(names(journal), text)
    rows = journal.rows(f"SELECT {_REL} FROM relationship r WHERE r.name = ?", (name,))
    try:
        return _relationship(rows[0])
    except ValueError as error:
        raise _unreadable(journal, error) from error


def _unreadable(journal: Journal, error: ValueError) -> JournalFault:
    return JournalFault(
        f"the journal holds a value that cannot be read: {error} ({journal.path})",
        "another program may have changed it; put back a backup copy",
    )


_REL = "r.id, r.name, r.role, r.started_on, r.ladder, r.purpose"


def histories(
    journal: Journal,
    *,
    today: date,
    meetings: int,
    touch_days: int,
    only: Relationship | None = None,
) -> list[History]:
    """Return the evidence on all relationships, or one, up to a day, ordered by name.

    ``meetings`` is how many of the last ones the rules look at, ``touch_days`` for how long
    they look at touches. The words of promises come with one relationship only.
    """
    asked = PAGE if only else LIST
    values = {
        "today": today.isoformat(),
        "id": only.id if only else 0,
        "meetings": meetings,
        "touched": f"-{touch_days} days",
    }
    try:
        journal.conn.execute("BEGIN")  # one moment for all questions
        try:
            found: Any = journal.rows(
                f"SELECT {_REL} FROM relationship r WHERE {asked['scope']} ORDER BY r.folded",
                values,
            )
            parts = {
                name: journal.rows(sql.format(**asked), values) for name, sql in EVIDENCE.items()
            }
        finally:
            journal.conn.execute("COMMIT")
        return _assemble(found, parts)
    except ValueError as error:
        raise _unreadable(journal, error) from error
    except sqlite3.DatabaseError as error:
        raise fault(journal.path, error) from error


def _assemble(found: Sequence[Any], parts: dict[str, Any]) -> list[History]:
    states: dict[int, list[Any]] = {}
    for goal_id, on, state in parts["goal_state"]:
        states.setdefault(goal_id, []).append((_day(on), state))

    def goal(row: Sequence[Any]) -> Goal:
        return Goal(row[1], _day(row[2]), row[3], bool(row[4]), tuple(states.get(row[1], ())))

    by_id: dict[int, dict[str, list[Any]]] = {row[0]: {} for row in found}
    for name, (field, make) in {**_MAKERS, "goal": ("goals", goal)}.items():
        for row_id, rows in groupby(parts[name], itemgetter(0)):
            made = [make(row) for row in rows]
            known = by_id[row_id]
            known[field] = known[field] + made if field in known else made
    return [_history(row, by_id[row[0]]) for row in found]


# Each part of the evidence: the field of a history that it belongs to, and how a row is read.
_MAKERS: dict[str, tuple[str, Callable[[Sequence[Any]], Any]]] = {
    "met": ("sessions", _met),
    "touch": ("sessions", _touch),
    "booked": ("sessions", _booked),
    "trust": ("readings", _reading("me")),
    "their_trust": ("readings", _reading("them")),
    "action": ("actions", _action),
    "open_action": ("actions", _action),
    "move": ("moves", lambda r: Move(r[1], _day(r[2]), r[3], _cadence(r[4]), r[5], r[6])),
    "agreement": ("agreements", lambda r: Agreement(
        r[1], _day(r[2]), r[3], _cadence(r[4]), r[5], _day_or_none(r[6]), r[7]
    )),
    "pause": ("pauses", lambda r: Pause(r[1], _day(r[2]), _day_or_none(r[3]), r[4])),
    "decline": ("declines", lambda r: Decline(
        r[1], _day(r[2]), _day(r[3]), r[4], r[5], _cadence(r[6]), r[7]
    )),
    "member": ("members", lambda r: Member(r[1], r[2], _day(r[3]))),
    "attendance": ("attendance", tuple),
    "closing": ("closings", lambda r: Closing(r[1], _day(r[2]), r[3], _day_or_none(r[4]))),
}  # fmt: skip


def _history(row: Any, known: dict[str, list[Any]]) -> History:
    came = known.pop("attendance", None)
    if came:
        known["sessions"], known["readings"] = _with_members(
            known.get("sessions", []), known.get("readings", []), came
        )
    if "actions" in known:  # an open one may also be one of the last
        known["actions"] = list({action.id: action for action in known["actions"]}.values())
    return History(_relationship(row), **{name: tuple(made) for name, made in known.items()})


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


def session_records(
    journal: Journal,
    *,
    today: date,
    only: Relationship | None = None,
    ids: Sequence[int] = (),
    limit: int | None = None,
    since: str | None = None,
    until: str | None = None,
    topic: str | None = None,
    status: str | None = None,
) -> list[SessionRecord]:
    """Return sessions up to a day with their notes, newest first; the rest picks some."""
    where, values = ["s.held_on <= ?" if not ids else "1"], [] if ids else [today.isoformat()]
    if only:
        where.append("s.relationship_id = ?")
        values.append(only.id)  # type: ignore[arg-type]
    for clause, value in (
        ("s.held_on >= ?", since),
        ("s.held_on <= ?", until),
        ("s.id IN (SELECT session_id FROM session_topic WHERE topic = ?)", topic),
        ("s.status = ?", status),
    ):
        if value is not None:
            where.append(clause)
            values.append(value)
    if ids:
        where.append(f"s.id IN ({', '.join(str(int(i)) for i in ids)})")
    sql = (
        f"SELECT {_SESSION}, r.name, s.title, s.notes, s.private,"
        " (SELECT group_concat(topic, char(31)) FROM session_topic WHERE session_id = s.id),"
        " (SELECT group_concat(b.name, char(31)) FROM attendance w JOIN member b"
        " ON b.id = w.member_id WHERE w.session_id = s.id AND w.there = 1)"
        " FROM session s JOIN relationship r ON r.id = s.relationship_id"
        f" WHERE {' AND '.join(where)} ORDER BY s.held_on DESC, s.id DESC"
    )
    if limit is not None:
        sql += f" LIMIT {min(limit, 2**62)}"
    rows: Any = journal.rows(sql, values)
    return [
        SessionRecord(
            session=_session(row),
            relationship=row[16],
            title=row[17],
            notes=row[18],
            private=bool(row[19]),
            topics=tuple(sorted(row[20].split("\x1f"))) if row[20] else (),
            there=tuple(sorted(row[21].split("\x1f"))) if row[21] else (),
        )
        for row in rows
    ]
