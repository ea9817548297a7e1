"""Changes to the journal, each made inside one transaction that its caller opens."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Any

from mentorlog.dates import say_day
from mentorlog.errors import Refused
from mentorlog.model import Cadence, Closing, Pause, Relationship, Session, frozen
from mentorlog.names import fold_name, no_record


def _plain(value: Any) -> Any:
    """The form in which a value is stored."""
    if isinstance(value, date | Cadence):
        return str(value)
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, tuple):
        return ",".join(map(str, value)) or None
    return value


def insert(conn: sqlite3.Connection, table: str, at: datetime, /, **values: Any) -> int:
    """Add one row, recorded at a moment, and return its id; what is ``None`` stays empty."""
    given = {key: plain for key in values if (plain := _plain(values[key])) is not None}
    given["recorded_at"] = at.isoformat(timespec="milliseconds")
    columns, marks = ", ".join(given), ", ".join("?" * len(given))
    cursor = conn.execute(
        f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(given.values())
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def update(conn: sqlite3.Connection, table: str, row_id: int, **values: Any) -> None:
    """Change fields of one row; NotFound if there is no such record.

    A row that is so already is left alone: an undo of nothing would surprise.
    """
    sets = ", ".join(f"{key} = ?" for key in values)
    same = " AND ".join(f"{key} IS ?" for key in values)
    plain = [_plain(value) for value in values.values()]
    changed = conn.execute(
        f"UPDATE {table} SET {sets} WHERE id = ? AND NOT ({same})", (*plain, row_id, *plain)
    )
    there = f"SELECT 1 FROM {table} WHERE id = ?"
    if not changed.rowcount and not conn.execute(there, (row_id,)).fetchone():
        raise no_record(table, row_id)


_PARTS = {"session": ("session_topic", "session_id"), "goal": ("goal_state", "goal_id")}


def change(conn: sqlite3.Connection, table: str, row_id: int, **values: Any) -> None:
    """Change fields of a record, topics included.

    NotFound if there is no such record; Refused for a name that another one has.
    """
    topics, name = values.pop("topics", None), values.get("name")
    if name is not None:
        values["folded"] = fold_name(name)
    if values:
        with _one_of_a_name(conn, table, name, but=row_id):
            update(conn, table, row_id, **values)
    if topics is not None:
        listed = "SELECT topic FROM session_topic WHERE session_id = ?"
        gone = {topic for (topic,) in conn.execute(listed, (row_id,))} - set(topics)
        conn.executemany(
            "DELETE FROM session_topic WHERE session_id = ? AND topic = ?",
            [(row_id, topic) for topic in sorted(gone)],
        )
        _set_topics(conn, row_id, topics)


def set_attendance(
    conn: sqlite3.Connection,
    session: int,
    whose: int,
    rows: Iterable[Mapping[str, Any]],
    at: datetime,
) -> None:
    """Keep who came to a session of a relationship, in the place of what was kept of it."""
    rows = list(rows)
    noted = ("member_id", "there", "trust", "their_trust", "opened_up")
    kept = conn.execute(
        f"SELECT {', '.join(noted)} FROM attendance WHERE session_id = ?", (session,)
    )
    if {tuple(row.get(field) or 0 for field in noted) for row in rows} == {
        tuple(value or 0 for value in row) for row in kept
    }:
        return
    conn.execute("DELETE FROM attendance WHERE session_id = ?", (session,))
    for row in rows:
        insert(conn, "attendance", at, session_id=session, relationship_id=whose, **row)


@contextmanager
def _one_of_a_name(
    conn: sqlite3.Connection, table: str, name: str | None, *, but: int
) -> Iterator[None]:
    """Refused, with the name of the other, where two records would fold to the same."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        same = f"SELECT name FROM {table} WHERE folded = ? AND id <> ?"
        other = name and conn.execute(same, (fold_name(name), but)).fetchone()
        if not other:
            raise
        raise _taken(table, other[0]) from error


def _taken(kind: str, name: str) -> Refused:
    return Refused(
        f"there is a {kind} '{name}' already", "use another name, for example with the surname"
    )


def _set_topics(conn: sqlite3.Connection, row_id: int, topics: Iterable[str]) -> None:
    conn.executemany(
        "INSERT OR IGNORE INTO session_topic (session_id, topic) VALUES (?, ?)",
        [(row_id, topic) for topic in topics],
    )


def delete(conn: sqlite3.Connection, table: str, row_id: int) -> None:
    """Take out one record with its parts; NotFound if there is no such record."""
    if table in _PARTS:
        # The parts go first, so that what is recorded of them still knows whose they are.
        part, column = _PARTS[table]
        conn.execute(f"DELETE FROM {part} WHERE {column} = ?", (row_id,))
    if not conn.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,)).rowcount:
        raise no_record(table, row_id)


def add_relationship(conn: sqlite3.Connection, name: str, *, at: datetime, **values: Any) -> int:
    """Add a relationship and return its id; Refused if a name folds to the same."""
    with _one_of_a_name(conn, "relationship", name, but=0):
        return insert(conn, "relationship", at, name=name, folded=fold_name(name), **values)


def add_member(
    conn: sqlite3.Connection, relationship_id: int, name: str, day: date, *, at: datetime
) -> int:
    """Add a member and return the id; Refused if one is called the same."""
    try:
        return insert(
            conn, "member", at, relationship_id=relationship_id, name=name,
            folded=fold_name(name), joined_on=day,
        )  # fmt: skip
    except sqlite3.IntegrityError as error:
        raise _taken("member", name) from error


def add_session(
    conn: sqlite3.Connection,
    relationship: Relationship,
    *,
    at: datetime,
    topics: Iterable[str] = (),
    **values: Any,
) -> int:
    """Record a session with its topics and return its id.

    A meeting on the day of a booking is what became of that booking, so its row is the one.
    One before the recorded start moves the start back to it.
    """
    day = values["held_on"]
    booked = booked_on(conn, relationship, day)
    if booked is None or values.get("kind") == "touch":
        booked = insert(conn, "session", at, relationship_id=relationship.id, **values)
    else:
        given = {field: value for field, value in values.items() if value not in (None, "")}
        update(conn, "session", booked, **given)
    _set_topics(conn, booked, topics)
    if values.get("status", "held") == "held":
        begin_by(conn, relationship, day)
    return booked


def begin_by(conn: sqlite3.Connection, relationship: Relationship, day: date) -> bool:
    """Move a start that is after the day of a meeting back to it; return whether it was."""
    if later := day < relationship.started_on:
        update(conn, "relationship", relationship.id, started_on=day)
    return later


def book(
    conn: sqlite3.Connection, relationship: Relationship, booking: Session, *, at: datetime
) -> int:
    """Put a meeting in the calendar, or move the one of that id; return its id."""
    fields = ("held_on", "at", "minutes", "zone")
    values = {field: getattr(booking, field) for field in fields}
    if booking.id:
        update(conn, "session", booking.id, **values)
        return booking.id
    return insert(conn, "session", at, relationship_id=relationship.id, status="booked", **values)


def booked_on(
    conn: sqlite3.Connection, relationship: Relationship, day: date, *, but: int = 0
) -> int | None:
    """Return the id of the meeting that is booked on a day, leaving one aside, if any."""
    row = conn.execute(
        "SELECT id FROM session WHERE relationship_id = ? AND held_on = ? AND status = 'booked'"
        " AND id <> ? ORDER BY id",
        (relationship.id, day.isoformat(), but),
    ).fetchone()
    return int(row[0]) if row else None


def open_pause(pauses: Iterable[Pause], first: date, last: date) -> Pause | None:
    """Return the pause that shares a day with those from ``first`` to ``last``, if any."""
    return next((p for p in pauses if p.from_on <= last and first <= p.last_on), None)


def open_closing(closings: Iterable[Closing]) -> Closing | None:
    """Return the closing that has not been taken back, if any."""
    return next((c for c in closings if c.reopened_on is None), None)


ImportRow = tuple[str, str, Mapping[str, Any]]  # folded name, uuid, fields


@frozen
class Imported:
    """What came of an import.

    How many relationships and sessions were added; how many sessions are ``beside`` another one
    of their day that was not imported with them; the ids of the bookings on a day that has its
    meeting now; by their names in the file those who are called otherwise now.
    """

    relationships: int
    sessions: int
    beside: int
    booked: list[int]
    renamed: dict[str, str]


def import_sessions(
    conn: sqlite3.Connection,
    relationships: Mapping[str, tuple[str, str]],
    rows: Sequence[ImportRow],
    *,
    at: datetime,
) -> Imported:
    """Add sessions that are not there yet, and return what came of it.

    ``relationships`` maps a folded name to (name, role); ``rows`` are (folded name, uuid,
    fields). A row whose uuid the journal has was imported before.
    """
    made, (rows, whose) = 0, _unknown(conn, rows)
    ids = dict(conn.execute("SELECT folded, id FROM relationship").fetchall())
    for folded, those in whose.items():  # names may have been changed, or even changed round
        if ids.get(folded) not in those:
            ids[folded] = min(those)
    starts = dict(conn.execute("SELECT id, started_on FROM relationship").fetchall())
    firsts: dict[str, date] = {}
    for folded, _, fields in rows:
        firsts[folded] = min(fields["held_on"], firsts.get(folded, date.max))
    for folded, first in firsts.items():
        name, role = relationships[folded]
        if folded not in ids:
            ids[folded] = add_relationship(conn, name, at=at, role=role, started_on=first)
            made += 1
        elif first.isoformat() < starts[ids[folded]]:
            update(conn, "relationship", ids[folded], started_on=first)
    last = conn.execute("SELECT ifnull(max(id), 0) FROM session").fetchone()[0]
    _stage(conn, ids, rows, at.isoformat(timespec="milliseconds"))
    listed = ", ".join(STAGED)
    # One statement for all: each of 100,000 would begin and end the triggers' work anew.
    added = conn.execute(
        f"INSERT INTO session ({listed}) SELECT {listed} FROM staged WHERE true"
        " ON CONFLICT (uuid) DO NOTHING"
    ).rowcount
    conn.executemany(
        "INSERT OR IGNORE INTO session_topic (session_id, topic)"
        " SELECT id, ? FROM session WHERE uuid = ?",
        [(topic, uuid) for _, uuid, fields in rows for topic in fields.get("topics", ())],
    )
    _need_one_booking_a_day(conn)
    beside = _beside(conn, last) if last else 0
    booked = [row_id for (row_id,) in conn.execute(_STILL_BOOKED, (last,))]
    conn.execute("DROP TABLE staged")
    names = dict(conn.execute("SELECT id, name FROM relationship").fetchall())
    called = {relationships[folded][0]: names[ids[folded]] for folded in firsts}
    renamed = {old: new for old, new in called.items() if fold_name(old) != fold_name(new)}
    return Imported(made, added, beside, booked, renamed)


_STILL_BOOKED = (
    "SELECT b.id FROM session b WHERE b.status = 'booked' AND EXISTS (SELECT 1 FROM session s"
    " WHERE s.relationship_id = b.relationship_id AND s.held_on = b.held_on AND s.id > ?"
    " AND s.kind = 'session' AND s.status IN ('held', 'no-show')) ORDER BY b.id"
)


def _unknown(
    conn: sqlite3.Connection, rows: Sequence[ImportRow]
) -> tuple[Sequence[ImportRow], dict[str, set[int]]]:
    """The rows without those that were imported before, and by their names whose those are now."""
    unknown: list[ImportRow] = []
    whose: dict[str, set[int]] = {}
    if not conn.execute("SELECT 1 FROM session LIMIT 1").fetchone():
        return rows, whose
    for row in rows:
        known = conn.execute("SELECT relationship_id FROM session WHERE uuid = ?", (row[1],))
        if found := known.fetchone():
            whose.setdefault(row[0], set()).add(found[0])
        else:
            unknown.append(row)
    return unknown, whose


def _beside(conn: sqlite3.Connection, last: int) -> int:
    """How many sessions after an id are on a day with one that was there before."""
    rows = conn.execute(
        "SELECT count(*) FROM session s WHERE s.id > ? AND EXISTS (SELECT 1 FROM session o"
        " WHERE o.relationship_id = s.relationship_id AND o.held_on = s.held_on AND o.id <= ?"
        " AND o.status <> 'booked' AND s.status <> 'booked')",
        (last, last),
    )
    return int(rows.fetchone()[0])


def _need_one_booking_a_day(conn: sqlite3.Connection) -> None:
    """Refused if what is staged leaves two bookings of one relationship on one day."""
    twice = conn.execute(
        "SELECT r.name, b.held_on FROM (SELECT DISTINCT relationship_id AS id, held_on"
        " FROM staged WHERE status = 'booked') b JOIN relationship r ON r.id = b.id"
        " WHERE (SELECT count(*) FROM session s WHERE s.relationship_id = b.id"
        " AND s.held_on = b.held_on AND s.status = 'booked') > 1"
        " ORDER BY b.held_on, r.folded LIMIT 1"
    ).fetchone()
    if twice:
        name, day = twice[0], say_day(date.fromisoformat(twice[1]))
        raise Refused(
            f"two meetings with {name} would be booked on {day}",
            "keep one of them in the file, or call off the one that is booked: mentorlog unbook",
        )


STAGED = (
    "relationship_id", "uuid", "recorded_at", "held_on", "title", "notes", "minutes", "status",
    "kind", "by", "trust", "their_trust", "opened_up", "energy", "agenda", "at", "zone",
)  # fmt: skip
_DEFAULTS = {"status": "held", "kind": "session", "notes": ""}
_OR_ELSE = [_DEFAULTS.get(name) for name in STAGED[4:]]


def _stage(
    conn: sqlite3.Connection, ids: Mapping[str, int], rows: Iterable[ImportRow], stamp: str
) -> None:
    """Put the rows into a temporary table, in their order."""
    conn.execute("PRAGMA temp_store = MEMORY")
    # The unique index is written all over: in 2 MB its pages go to the disk and back again.
    conn.execute("PRAGMA cache_size = -64000")
    conn.execute(f"CREATE TEMP TABLE staged ({', '.join(STAGED)})")
    marks = ", ".join("?" * len(STAGED))
    conn.executemany(
        f"INSERT INTO staged VALUES ({marks})",
        (
            (
                ids[folded],
                uuid,
                stamp,
                fields["held_on"].isoformat(),
                *map(fields.get, STAGED[4:], _OR_ELSE),
            )
            for folded, uuid, fields in rows
        ),
    )
