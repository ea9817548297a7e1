"""Which days are full, by the busy times of real calendars. Pure."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from mentorlog.model import frozen


@frozen
class BusyTime:
    """A time that is taken, its end left out.

    ``start`` and ``end`` are both aware datetimes; or both naive ones, local wherever the
    owner is; or both dates, for whole days.
    """

    start: date
    end: date


def full_days(
    taken: Iterable[BusyTime],
    hours: tuple[time, time],
    minutes: int,
    zone: tzinfo | None,
    first: date,
    last: date,
) -> frozenset[date]:
    """Return the days on which busy times leave no gap of ``minutes`` in the working hours.

    ``hours`` are local in ``zone``, ``None`` for the zone of this machine; a gap is measured
    in real minutes, so a change of the clocks inside the hours counts. Days from ``first`` to
    ``last``, both included.
    """
    full: set[date] = set()
    by_day: dict[date, list[tuple[datetime, datetime]]] = {}
    for busy in taken:
        if isinstance(busy.start, datetime) and isinstance(busy.end, datetime):
            start, end = _moment(busy.start, zone), _moment(busy.end, zone)
            if start < end:
                local_last = (end - timedelta(microseconds=1)).astimezone(zone).date()
                for day in _days(start.astimezone(zone).date(), local_last, first, last):
                    by_day.setdefault(day, []).append((start, end))
        else:
            full.update(_days(busy.start, busy.end - timedelta(days=1), first, last))
    for day in by_day.keys() - full:
        opens, closes = (_moment(datetime.combine(day, hour), zone) for hour in hours)
        if _longest_gap(by_day[day], opens, closes) < timedelta(minutes=minutes):
            full.add(day)
    return frozenset(full)


def _moment(value: datetime, zone: tzinfo | None) -> datetime:
    """The moment in UTC; differences of other times leave out a change of the clocks."""
    if value.tzinfo is None and zone is not None:
        value = value.replace(tzinfo=zone)
    return value.astimezone(UTC)


def _days(start: date, end: date, first: date, last: date) -> Iterator[date]:
    day, end = max(start, first), min(end, last)
    while day <= end:
        yield day
        day += timedelta(days=1)


def _longest_gap(
    taken: list[tuple[datetime, datetime]], opens: datetime, closes: datetime
) -> timedelta:
    longest, free_from = timedelta(0), opens
    for start, end in sorted(taken):
        longest = max(longest, min(start, closes) - free_from)
        free_from = max(free_from, end)
    return max(longest, closes - free_from)
