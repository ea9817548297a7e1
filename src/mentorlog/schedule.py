"""When everybody is met: days off of both sides, full days, and a fair week. Pure."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Literal

from mentorlog.model import frozen

Off = Literal["weekday", "away", "holiday", "busy"]


@frozen
class Days:
    """The days of one side: the weekdays that suit, and those that are off, with why."""

    weekdays: frozenset[int] = frozenset(range(7))
    away: tuple[tuple[date, date], ...] = ()
    holidays: Mapping[date, str] = field(default_factory=dict)
    busy: frozenset[date] = frozenset()

    def off(self, day: date) -> tuple[Off, str] | None:
        """Return why this side cannot meet on a day, with the name of a holiday, or ``None``."""
        if day in self.holidays:
            return "holiday", self.holidays[day]
        if any(first <= day <= last for first, last in self.away):
            return "away", ""
        if day.weekday() not in self.weekdays:
            return "weekday", ""
        return ("busy", "") if day in self.busy else None
