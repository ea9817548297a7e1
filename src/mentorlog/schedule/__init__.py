"""When everybody is met: days off of both sides, full days, and a fair week. Pure.

The rule keeps the day that the rhythm gives unless that day is off or full, and else takes
the nearest day of the window that has room. Bookings never move, and count first; then those
that are overdue choose, then those that can keep their day, and last those that have to move,
or one holiday would push a row of meetings from day to day.
"""

from mentorlog.schedule.days import Days, Limits, Load, Off, Place, Wish
from mentorlog.schedule.diary import SEARCH_DAYS
from mentorlog.schedule.room import load, shortage
from mentorlog.schedule.sharing import season, share
from mentorlog.schedule.wishes import (
    arrange,
    days_of,
    excused,
    following,
    pauses_of,
    shared_weekdays,
    taken_days,
    wish_of,
)

__all__ = [
    "SEARCH_DAYS",
    "Days",
    "Limits",
    "Load",
    "Off",
    "Place",
    "Wish",
    "arrange",
    "days_of",
    "excused",
    "following",
    "load",
    "pauses_of",
    "season",
    "share",
    "shared_weekdays",
    "shortage",
    "taken_days",
    "wish_of",
]
