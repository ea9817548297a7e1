"""Whether what the rhythms ask of every week fits, and whether there is room for one more."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import combinations
from math import inf

from mentorlog.phase.cadence import Reason
from mentorlog.schedule.days import Days, Limits, Load, Wish

_ANY_DAYS, _NO_LIMITS = Days(), Limits()


def shortage(wishes: Iterable[Wish], mine: Days, limits: Limits) -> Reason | None:
    """Say where the rhythms ask for more meetings a week than the days and limits allow.

    ``None`` if they fit. Holidays and days away are left out: this is about every week. Of
    several sets of weekdays for which too much is asked, the one with the most too much.
    """
    asked: defaultdict[frozenset[int], list[float]] = defaultdict(list)
    for wish in wishes:
        asked[mine.weekdays & wish.theirs.weekdays].append(_a_week(wish))
    asked.pop(frozenset(), None)  # no day at all is not a matter of numbers; `share` tells
    worst: tuple[float, Reason] | None = None
    for size in range(len(mine.weekdays), 0, -1):
        room = _room(size, limits)
        for chosen in combinations(sorted(mine.weekdays), size):
            inside = [days for days in asked if days <= frozenset(chosen)]
            rates = [rate for days in inside for rate in asked[days]]
            over = round(sum(rates) - room, 2)
            if over > (worst[0] if worst else 0):
                facts = {
                    "asked": round(sum(rates), 2),
                    "possible": room,
                    "weekdays": chosen,
                    "relationships": len(rates),
                    "a_day": limits.a_day,
                    "a_week": limits.a_week,
                }
                worst = over, Reason("shortage", facts)
    return worst[1] if worst else None


def load(
    wishes: Iterable[Wish], minutes: int, mine: Days = _ANY_DAYS, limits: Limits = _NO_LIMITS
) -> Load:
    """Say what the rhythms ask of a week, at ``minutes`` a meeting, and with one weekly more."""
    wishes = list(wishes)
    meetings = sum(map(_a_week, wishes))
    another = Wish(0, date.min, date.min, date.min, False, False, 7, _ANY_DAYS)
    return Load(
        meetings=round(meetings, 2),
        hours=round(meetings * minutes / 60, 2),
        hours_with_another=round((meetings + 1) * minutes / 60, 2),
        shortage=shortage([*wishes, another], mine, limits),
    )


def _a_week(wish: Wish) -> float:
    return 7 / max(wish.interval_days, 1)


def _room(weekdays: int, limits: Limits) -> float:
    """Meetings that fit on so many days of one week."""
    by_day = inf if limits.a_day is None else limits.a_day * weekdays
    return min(by_day, inf if limits.a_week is None else limits.a_week)
