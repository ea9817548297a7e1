"""A diary of the owner: what is on each day, what is off, and the next day that has room."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from mentorlog.phase.cadence import Reason
from mentorlog.schedule.days import Days, Limits, Place, Wish

SEARCH_DAYS = 90  # how far past the ideal day a meeting is still looked for
LOOK_BACK_DAYS = 366  # how far back one is looked for that had room: nobody is away for longer
_LAST_DAY = date.max.toordinal()


def _week(day: int) -> int:
    return (day - 1) // 7  # day 1 of the calendar of `date` was a Monday


def _date(day: int | None) -> date | None:
    return None if day is None else date.fromordinal(day)


def _search(ideal: int, first: int, last: int, end: int) -> list[int]:
    """The days to try: those of the window by nearness, ties later, then those after it."""
    window = sorted(range(first, last + 1), key=lambda day: (abs(day - ideal), -day))
    return [*window, *range(max(first, last + 1), end + 1)]


class _OffDays(dict[int, bool]):
    """Whether a day is off for a side or another one, worked out when it is first asked for."""

    def __init__(self, side: Days, other: Mapping[int, bool] | None = None) -> None:
        self._side, self._other = side, other

    def __missing__(self, day: int) -> bool:
        off = self._other is not None and self._other[day]
        self[day] = off = off or self._side.off(date.fromordinal(day)) is not None
        return off


class Diary:
    """Meetings by day and by week, beside the limits and the days off. Days are ordinals."""

    def __init__(self, mine: Days, limits: Limits, taken: Mapping[date, int]) -> None:
        self._mine, self._limits = mine, limits
        self._days: defaultdict[int, int] = defaultdict(int)
        self._weeks: defaultdict[int, int] = defaultdict(int)
        self._mine_off = _OffDays(mine)
        self._off_by_side: dict[int, _OffDays] = {}
        for on, meetings in taken.items():
            self.add(on.toordinal(), meetings)

    def add(self, day: int, meetings: int = 1) -> None:
        """Put meetings on a day."""
        self._days[day] += meetings
        self._weeks[_week(day)] += meetings

    def keeps(self, wish: Wish, today: date) -> bool:
        """Whether the ideal day of a wish can be had."""
        ideal, earliest = self._start(wish, today.toordinal())
        return ideal >= earliest and self._first_free((ideal,), wish.theirs) is not None

    def place(self, wish: Wish, today: date) -> Place:
        """Find the day for a wish, and keep it for it."""
        if wish.booked:
            return Place(wish.id, wish.ideal, wish.ideal, ())
        if not self._mine.weekdays & wish.theirs.weekdays:
            return Place(wish.id, None, wish.ideal, (Reason("no_common_day", {"to": None}),))
        notice = max((wish.last - wish.ideal).days, 1)
        ideal, earliest = self._start(wish, today.toordinal())
        first, last = min(wish.first.toordinal(), ideal), max(wish.last.toordinal(), ideal)
        if ideal != wish.ideal.toordinal():
            first = ideal  # what is left of a window that was let go by
        end = min(max(ideal, earliest) + SEARCH_DAYS, _LAST_DAY)
        days = _search(ideal, max(first, earliest), min(last, end), end)
        if wish.theirs.until.toordinal() < end:  # the last one before an end may come earlier
            days += range(max(first, earliest) - 1, earliest - 1, -1)
        on = self._first_free(days, wish.theirs)
        if ideal != wish.ideal.toordinal() and (on is None or on > today.toordinal() + notice):
            # A day's notice is not worth another week.
            days = [today.toordinal(), *days]
            on = self._first_free(days, wish.theirs)
        start = min(max(first, earliest), last)
        reasons = () if on == ideal else self._reasons(wish, days, ideal, start, last, on)
        if on is not None:
            self.add(on)
        return Place(wish.id, _date(on), date.fromordinal(ideal), reasons)

    def _start(self, wish: Wish, today: int) -> tuple[int, int]:
        """The ideal day, and the earliest to meet on.

        A day that is past stays the ideal one until there has been a day that had room: or a
        meeting moved from a holiday to today would move on to tomorrow, every day anew. After
        that it is late, and a meeting wants a day's notice.
        """
        ideal = wish.ideal.toordinal()
        recent = range(max(ideal, today - LOOK_BACK_DAYS), today)
        if ideal < recent.start or self._first_free(recent, wish.theirs) is not None:
            return (min(today + 1, _LAST_DAY),) * 2
        return ideal, today

    def _off(self, theirs: Days) -> _OffDays:
        # Kept by side, as many relationships share one.
        if id(theirs) not in self._off_by_side:
            self._off_by_side[id(theirs)] = _OffDays(theirs, self._mine_off)
        return self._off_by_side[id(theirs)]

    def _is_full(self, day: int) -> bool:
        a_day, a_week = self._limits.a_day, self._limits.a_week
        return (a_day is not None and self._days[day] >= a_day) or (
            a_week is not None and self._weeks[_week(day)] >= a_week
        )

    def _first_free(self, days: Iterable[int], theirs: Days) -> int | None:
        off = self._off(theirs)
        return next((day for day in days if not off[day] and not self._is_full(day)), None)

    def _reasons(
        self, wish: Wish, days: list[int], ideal: int, first: int, last: int, on: int | None
    ) -> tuple[Reason, ...]:
        """Why not the ideal day; why not the next that is not off; why not in the window."""
        to, off = _date(on), self._off(wish.theirs)
        reasons = [self._blocked(ideal, wish.theirs, to)]
        open_day = next((day for day in days if not off[day]), None)
        if off[ideal] and open_day is not None and open_day != on:
            reasons.append(self._blocked(open_day, wish.theirs, to))
        if on is None or on > last:
            window = range(first, last + 1)
            kept = [day for day in window if not off[day]]
            facts = {
                "first": _date(first),
                "last": _date(last),
                "days": len(window),
                "off": len(window) - len(kept),
                "full": sum(map(self._is_full, kept)),
                "searched_days": SEARCH_DAYS,
                "to": to,
            }
            reasons.append(Reason("no_room", facts))
        return tuple(reasons)

    def _blocked(self, day: int, theirs: Days, to: date | None) -> Reason:
        """Why a day cannot be had: mine first, then theirs, then the limits."""
        on = date.fromordinal(day)
        facts: dict[str, Any] = {"day": on, "to": to}
        for whose, side in (("me", self._mine), ("them", theirs)):
            if off := side.off(on):
                return Reason("day_off", {**facts, "whose": whose, "off": off[0], "named": off[1]})
        a_day, a_week = self._limits.a_day, self._limits.a_week
        if a_day is not None and self._days[day] >= a_day:
            return Reason("day_full", {**facts, "meetings": self._days[day], "limit": a_day})
        meetings = self._weeks[_week(day)]
        return Reason("week_full", {**facts, "meetings": meetings, "limit": a_week})
