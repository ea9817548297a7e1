"""The values of the schedule: days off, limits, what is wished for and what comes of it."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Literal

from mentorlog.model import frozen
from mentorlog.phase.cadence import Reason

Off = Literal["weekday", "away", "holiday", "busy", "pause", "end"]


@frozen
class Days:
    """The days of one side: the weekdays that suit, and those that are off, with why.

    ``pauses`` are those of a relationship; as with ``away`` both days are included. ``until``
    is the last day before it ends.
    """

    weekdays: frozenset[int] = frozenset(range(7))
    away: tuple[tuple[date, date], ...] = ()
    holidays: Mapping[date, str] = MappingProxyType({})
    busy: frozenset[date] = frozenset()
    pauses: tuple[tuple[date, date], ...] = ()
    until: date = date.max

    def off(self, day: date) -> tuple[Off, str] | None:
        """Return why this side cannot meet on a day, with the name of a holiday, or ``None``."""
        if day in self.holidays:
            return "holiday", self.holidays[day]
        if any(first <= day <= last for first, last in self.pauses):
            return "pause", ""
        if any(first <= day <= last for first, last in self.away):
            return "away", ""
        if day.weekday() not in self.weekdays:
            return "weekday", ""
        if day > self.until:
            return "end", ""
        return ("busy", "") if day in self.busy else None


@frozen
class Limits:
    """How many meetings the owner wants at most; ``None`` is no limit. Weeks begin on Monday."""

    a_day: int | None = None
    a_week: int | None = None


@frozen
class Wish:
    """The next meeting of one relationship, as its rhythm alone would have it.

    ``ideal`` is the day that is due and may be past; ``first`` to ``last`` its window;
    ``overdue`` that it is late by more than the window; ``interval_days`` the days from one
    meeting to the next. A booked one is on ``ideal``.
    """

    id: int
    ideal: date
    first: date
    last: date
    overdue: bool
    first_phase: bool
    interval_days: int
    theirs: Days
    booked: bool = False


@frozen
class Place:
    """The day that a meeting gets, ``None`` if there is none, and why it is not the ideal one.

    ``ideal`` is that of the wish; tomorrow, if a day that suited has gone by without it.
    """

    id: int
    on: date | None
    ideal: date
    reasons: tuple[Reason, ...]


@frozen
class Load:
    """What the rhythms ask of a week, and what another weekly meeting would make of it.

    ``shortage`` is what would then be too much, ``None`` if there is room for one more.
    """

    meetings: float
    hours: float
    hours_with_another: float
    shortage: Reason | None
