"""Calendars: the bookings that go out, what was published of them, and the busy ones."""

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from mentorlog.errors import NotFound, Refused
from mentorlog.events import Event, Published, Status, summary_of, uid_of
from mentorlog.model import Relationship, frozen
from mentorlog.store.journal import Journal
from mentorlog.store.rows import day, maybe_time, moment, spoilt
from mentorlog.store.writing import insert

_MOST_CHANGES = 2**31 - 1  # what RFC 5545 gives to the number of an event


def bookings(
    journal: Journal,
    *,
    minutes: int,
    zone: str | None,
    today: date,
    only: Relationship | None = None,
) -> list[Event]:
    """Return what is booked, and what was published as booked and has had its answer since.

    What is booked after a relationship has ended is left out. ``minutes`` and ``zone`` stand in
    for what a booking does not say.
    """
    rows = journal.rows(
        "SELECT s.uuid, s.relationship_id, r.name, s.held_on, s.status, s.at, s.minutes, s.zone"
        " FROM session s JOIN relationship r ON r.id = s.relationship_id WHERE s.id IN ("
        " SELECT id FROM session WHERE status = 'booked' UNION ALL"
        " SELECT s.id FROM published p"
        " JOIN session s ON s.uuid = substr(p.uid, 1, instr(p.uid, '@') - 1))"
        " AND NOT (s.status = 'booked' AND EXISTS (SELECT 1 FROM closing c"
        " WHERE c.relationship_id = s.relationship_id AND c.closed_on < s.held_on"
        " AND c.closed_on <= :today AND (c.reopened_on IS NULL OR c.reopened_on > :today)))",
        {"today": today.isoformat()},
    )
    return [_booking(row, minutes, zone) for row in rows if only is None or row[1] == only.id]


def _booking(row: Any, minutes: int, zone: str | None) -> Event:
    uuid, relationship_id, name, on, status, at, length, own_zone = row
    # One that was held, or missed, stays as it was.
    sure: Status = "CANCELLED" if status == "cancelled" else "CONFIRMED"
    event = (uid_of(uuid), relationship_id, summary_of(name, sure), day(on), sure)
    if at is None:
        return Event(*event)
    return Event(*event, maybe_time(at), length or minutes, own_zone or zone)


def people(journal: Journal) -> dict[int, tuple[str, str]]:
    """Return the name and the uuid of every relationship by its id."""
    rows = journal.rows("SELECT id, name, uuid FROM relationship")
    return {row_id: (name, uuid) for row_id, name, uuid in rows}


def published(journal: Journal, *, only: Relationship | None = None) -> dict[str, Published]:
    """Return what was published before, by uid."""
    rows = journal.rows(
        "SELECT uid, relationship_id, held_on, digest, sequence, stamp FROM published ORDER BY uid"
    )
    return {row[0]: _published(*row[1:]) for row in rows if only is None or row[1] == only.id}


def _published(who: int, on: str, digest: str, sequence: int, stamp: str) -> Published:
    if sequence >= _MOST_CHANGES:
        raise spoilt(str(sequence))
    return Published(who, day(on), digest, sequence, moment(stamp).isoformat())


def publish(journal: Journal, events: Mapping[str, Published]) -> None:
    """Remember what is published now, by uid; it is no step of the history."""
    with journal.write(step=False) as conn:
        conn.executemany(
            "REPLACE INTO published (uid, relationship_id, held_on, digest, sequence, stamp)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [
                (uid, e.relationship_id, e.held_on.isoformat(), e.digest, e.sequence, e.stamp)
                for uid, e in events.items()
            ],
        )


@frozen
class BusyCalendar:
    """A calendar file whose times are taken; ``uuid`` names what is remembered of it."""

    id: int
    path: Path
    uuid: str


def busy_calendars(journal: Journal) -> list[BusyCalendar]:
    """Return the busy calendars by path."""
    rows = journal.rows("SELECT id, path, uuid FROM busy_calendar ORDER BY path")
    for _, *names in rows:
        for name in names:
            if "\0" in name:  # no file can be called so
                raise spoilt(name)
    return [BusyCalendar(row_id, Path(path), uuid) for row_id, path, uuid in rows]


def add_busy(conn: sqlite3.Connection, path: Path, *, at: datetime) -> int:
    """Add a busy calendar and return its id; Refused if it is one already."""
    try:
        return insert(conn, "busy_calendar", at, path=str(path))
    except sqlite3.IntegrityError as error:
        raise Refused(f"{path} is a busy calendar already", "see: mentorlog busy") from error


def find_busy(calendars: Iterable[BusyCalendar], path: Path) -> BusyCalendar:
    """Return the busy calendar of a path, a file's name, or an id (``y1``); NotFound for none."""
    known = list(calendars)
    found = [c for c in known if c.path == path.absolute()]
    found = found or [c for c in known if str(path) in (c.path.name, f"y{c.id}")]
    if len(found) == 1:
        return found[0]
    listed = ", ".join(str(c.path) for c in known) or "none"
    raise NotFound(f"{path} is not one of the busy calendars", f"there are: {listed}")
