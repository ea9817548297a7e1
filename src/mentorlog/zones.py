"""Clocks of the two sides: a booking is a local time in a zone, and each side reads its own.

Pure. ``zoneinfo`` is loaded only where two zones are really compared.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from mentorlog.errors import BadUsage
from mentorlog.model import History, Session, Side, frozen, replace
from mentorlog.settings import NO_PLACES, Settings

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

Fit = Literal["plain", "skipped", "twice"]

EARLIEST, LATEST = 8 * 60, 20 * 60  # minutes of the day between which most people like to meet
_LONGEST_LOOK = timedelta(days=400)  # further back nobody remembers which clocks changed


@frozen
class Zones:
    """The IANA time zones of the owner and of the other side; ``None`` where not told."""

    mine: str | None = None
    theirs: str | None = None


@frozen
class Place:
    """What a clock shows when a booking begins: whose it is (of nobody: ``None``), and where."""

    side: Side | None
    zone: str | None
    wall: datetime


@frozen
class Shift:
    """That one side's clock shows another time than last time, and the days clocks changed.

    ``minutes`` is how much later it is, negative for earlier.
    """

    place: Place
    minutes: int
    changes: tuple[date, ...]


def zones_between(settings: Settings, name: str) -> Zones:
    """Return the zones of the owner and of the person or group of a name, as they were set."""
    return Zones(settings.me.zone, settings.other(name).zone)


@lru_cache
def find_zone(text: str) -> str:
    """Return the IANA zone that is meant by its name or its city: ``lisbon``, ``Europe/Lisbon``.

    Raises BadUsage, with a hint, for none or several.
    """
    from zoneinfo import available_timezones

    known = available_timezones() - set(NO_PLACES)
    if not known:
        raise BadUsage("this system has no time zone data", "install it: pip install tzdata")
    words = "_".join(text.split()).casefold()
    found = [zone for zone in known if zone.casefold() == words]
    found = found or [zone for zone in known if zone.rpartition("/")[2].casefold() == words]
    if len(found) == 1:
        return found[0]
    if found:
        hint = f"write one of: {', '.join(sorted(found))}"
        raise BadUsage(f"'{text}' could be several time zones", hint)
    from difflib import get_close_matches

    cities = {zone.rpartition("/")[2].casefold(): zone for zone in sorted(known)}
    near = [cities[city] for city in get_close_matches(words.rpartition("/")[2], cities, 3)]
    hint = f"did you mean {' or '.join(near)}?" if near else "name a city: Europe/Lisbon"
    raise BadUsage(f"there is no time zone '{text}'", hint)


def _zone(name: str) -> "ZoneInfo | None":
    """The zone, or ``None`` where this system does not know it."""
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def settle(day: date, at: time, zone: str) -> tuple[datetime, Fit]:
    """Return the local time in a zone that really comes, and how what was asked for fits.

    A time that is skipped as clocks go forward is as much later; of one that comes twice as
    they go back the first is meant.
    """
    asked, where = datetime.combine(day, at), _zone(zone)
    if where is None:
        return asked, "plain"
    wall = asked.replace(tzinfo=where)
    real = wall.astimezone(UTC).astimezone(where).replace(tzinfo=None)
    if real != asked:
        return real, "skipped"
    later = wall.replace(fold=1)
    return asked, "plain" if later.utcoffset() == wall.utcoffset() else "twice"


def places(session: Session, zones: Zones) -> list[Place]:
    """Return what the clocks of all that are known show as a booking with a time begins.

    The zone it was booked in has a place of its own where it is that of neither side.
    """
    if session.at is None:
        return []
    plain = datetime.combine(session.held_on, session.at)
    name = session.zone or zones.mine
    where = _zone(name) if name else None
    if name is None or where is None:
        return [Place(None if session.zone else "me", name, plain)]
    begins = plain.replace(tzinfo=where)
    sides: list[tuple[Side | None, str | None]] = [("me", zones.mine), ("them", zones.theirs)]
    if name not in (zones.mine, zones.theirs):
        sides.append((None, name))
    found = []
    for side, there in sides:
        clock = _zone(there) if there else None
        if clock:
            wall = begins.astimezone(UTC).astimezone(clock).replace(tzinfo=None)
            found.append(Place(side, there, wall))
    return found


def outside(found: Iterable[Place], minutes: int | None) -> list[Place]:
    """Return the places where a booking begins before 8:00 or ends after 20:00."""
    starts = ((place, place.wall.hour * 60 + place.wall.minute) for place in found)
    return [place for place, start in starts if start < EARLIEST or start + (minutes or 0) > LATEST]


def shift(last: Session, now: Session, zones: Zones) -> Shift | None:
    """Return which side's clock shows another time than last time while the other's stays.

    ``None`` where both moved, which is another time, not another clock.
    """
    before = {place.side: place.wall for place in places(last, zones)}
    after = [place for place in places(now, zones) if place.side in before and place.side]
    moved = [(place, _later(before[place.side], place.wall)) for place in after]
    if len(moved) != 2 or [minutes for _, minutes in moved].count(0) != 1:
        return None
    place, minutes = next(found for found in moved if found[1])
    assert zones.mine and zones.theirs
    days = {*_changes(zones.mine, last.held_on, now.held_on)}
    days |= {*_changes(zones.theirs, last.held_on, now.held_on)}
    return Shift(place, minutes, tuple(sorted(days)))


def _later(before: datetime, after: datetime) -> int:
    """How many minutes later a clock shows, from half a day earlier to half a day later."""
    minutes = (after.hour - before.hour) * 60 + after.minute - before.minute
    return (minutes + 720) % 1440 - 720


def _changes(name: str, first: date, last: date) -> list[date]:
    """The days after the first, up to the last, on which the clocks of a zone change."""
    zone = _zone(name)
    if last - first > _LONGEST_LOOK:
        return []

    def offset(day: date) -> timedelta | None:
        return datetime.combine(day, time(23, 59), zone).utcoffset()

    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [day for before, day in pairwise(days) if offset(before) != offset(day)]


def on_clock(session: Session, mine: str | None) -> Session:
    """Return a booking as the owner's clock and calendar show it, its zone then ``None``.

    As it is where the owner's zone is not told, or either is not known on this system.
    """
    if mine is None or session.zone is None or session.at is None:
        return session
    if session.zone == mine:
        return replace(session, zone=None)
    mine_now = next((p.wall for p in places(session, Zones(mine)) if p.side == "me"), None)
    if mine_now is None:
        return session
    return replace(session, held_on=mine_now.date(), at=mine_now.time(), zone=None)


def bookings_on_clock(history: History, mine: str | None) -> History:
    """Return a history with its bookings as the owner's clock shows them."""
    if mine is None or not any(s.zone for s in history.booked):
        return history
    return replace(history, booked=tuple(on_clock(s, mine) for s in history.booked))
