"""The days of all relationships together: the next meeting of each, and the coming months."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from mentorlog.model import replace
from mentorlog.schedule.days import Days, Limits, Place, Wish
from mentorlog.schedule.diary import Diary

_Rank = tuple[bool, bool, int, date, int]


def share(
    wishes: Iterable[Wish], mine: Days, limits: Limits, taken: Mapping[date, int], *, today: date
) -> dict[int, Place]:
    """Give every wish its day, in an order that does not depend on that of the wishes.

    ``taken`` counts by day the meetings that are not among the wishes, those held of late
    included: they tell whether a day that is past had room. A day is never before today, off
    for either side, or over a limit, unless it is booked. A meeting that its window has no
    room for is on the next day that has, with the reason ``no_room``; one that has no day in
    the 90 days after its ideal one has ``on`` and the ``to`` of its reasons ``None``.
    """
    ranked = sorted(wishes, key=_rank)
    diary = Diary(mine, limits, taken)
    for wish in ranked:
        if wish.booked:
            diary.add(wish.ideal.toordinal())
    places, to_move = {}, []
    for wish in ranked:
        if wish.booked or wish.overdue or diary.keeps(wish, today):
            places[wish.id] = diary.place(wish, today)
        else:
            to_move.append(wish)
    return places | {wish.id: diary.place(wish, today) for wish in to_move}


def season(
    wishes: Iterable[Wish],
    mine: Days,
    limits: Limits,
    taken: Mapping[date, int],
    *,
    today: date,
    until: date,
    step: Callable[[int, date], tuple[date, date, date]],
) -> list[Place]:
    """Go through the days to a last one as the program does, and give all meetings in order.

    On every day the next meetings are shared anew and those that are for it are held, so that
    a short rhythm has its days before the far one of a long rhythm. ``step`` gives, from an id
    and the day of a meeting, the next ideal day and the first and last of its window. A meeting
    that has no day comes last and ends the row of its relationship.
    """
    left, held, places, day = {wish.id: wish for wish in wishes}, Counter(taken), [], today
    while left and day <= until:
        ahead = [_as_of(wish, day) if day > today else wish for wish in left.values()]
        found = share(ahead, mine, limits, held, today=day).values()
        places += [place for place in found if place.on is None or place.on == day]
        for place in found:
            wish = left[place.id]
            if place.on is None:
                del left[place.id]
            elif place.on == day:
                held[day] += 1
                ideal, first, last = step(place.id, day)
                left[place.id] = replace(wish, ideal=ideal, first=first, last=last,
                                         overdue=False, booked=False)  # fmt: skip
                if not day < ideal <= until:  # a rhythm that stands still would never end
                    del left[place.id]
        met = any(place.on == day for place in found)
        coming = (place.on for place in found if place.on)
        day = day + timedelta(days=1) if met else min(coming, default=date.max)
    return sorted(places, key=lambda place: (place.on or date.max, place.id))


def _as_of(wish: Wish, day: date) -> Wish:
    """The wish on a later day: half an interval late it goes before others."""
    late = (day - wish.ideal).days
    return replace(wish, overdue=wish.overdue or 2 * late >= max(wish.interval_days, 1))


def _rank(wish: Wish) -> _Rank:
    # The longest due before the id, or where there is too little room some would never be met.
    return not wish.overdue, not wish.first_phase, wish.interval_days, wish.ideal, wish.id
