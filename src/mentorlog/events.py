"""Bookings and suggestions as events for other calendars, numbered by change. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time, timedelta
from hashlib import sha256
from typing import Literal

from mentorlog.model import Relationship, frozen

# What is longer past than this is left out, so that a calendar does not grow for ever.
KEPT_DAYS = 30

Status = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]


@frozen
class Event:
    """What another calendar is told: whom with, when, how sure. Never why or about what.

    Without ``at`` it is a whole day; with ``at`` and no ``zone`` a local time wherever the
    owner is. ``minutes`` is its length.
    """

    uid: str
    relationship_id: int
    summary: str
    on: date
    status: Status
    at: time | None = None
    minutes: int | None = None
    zone: str | None = None


@frozen
class Published:
    """An event as it was last written: a digest of it, its number, and when (UTC, ISO)."""

    relationship_id: int
    held_on: date
    digest: str
    sequence: int
    stamp: str


def uid_of(uuid: str) -> str:
    """Return the lasting identity of an event in other calendars, from that of a record."""
    return f"{uuid}@mentorlog"


_SAID = {"CONFIRMED": "", "TENTATIVE": " (suggested)", "CANCELLED": " (cancelled)"}


def summary_of(name: str | None, status: Status) -> str:
    """Return the one line that other calendars show; the name may be gone from the journal.

    It says how sure the event is, as not every program shows a status.
    """
    return (f"Meeting with {name}" if name else "Meeting") + _SAID[status]


def suggestion(relationship: Relationship, uuid: str, on: date) -> Event:
    """Return a suggested day as an event that keeps its identity when the day moves."""
    summary = summary_of(relationship.name, "TENTATIVE")
    return Event(uid_of(uuid), relationship.id, summary, on, "TENTATIVE")


def gone(
    events: Iterable[Event], known: Mapping[str, Published], names: Mapping[int, str]
) -> Iterator[Event]:
    """Yield as cancelled what was published before and is not among the events now."""
    here = {event.uid for event in events}
    for uid, last in known.items():
        if uid not in here:
            summary = summary_of(names.get(last.relationship_id), "CANCELLED")
            yield Event(uid, last.relationship_id, summary, last.held_on, "CANCELLED")


def recent(events: Iterable[Event], *, today: date) -> list[Event]:
    """Return the events that are not long past, in a fixed order."""
    earliest = today - timedelta(days=KEPT_DAYS)
    return sorted((e for e in events if e.on >= earliest), key=lambda e: (e.on, e.uid))


def numbered(
    events: Iterable[Event], known: Mapping[str, Published], *, stamp: str
) -> list[tuple[Event, Published]]:
    """Return each event with its number and stamp, new ones only where it has changed."""
    return [(event, _as_published(event, known.get(event.uid), stamp)) for event in events]


def _as_published(event: Event, last: Published | None, stamp: str) -> Published:
    parts = (event.summary, event.on, event.status, event.at, event.minutes, event.zone)
    digest = sha256("\x1f".join(map(str, parts)).encode()).hexdigest()
    if last and last.digest == digest:
        return last
    sequence = last.sequence + 1 if last else 0
    return Published(event.relationship_id, event.on, digest, sequence, stamp)
