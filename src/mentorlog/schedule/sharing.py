"""The days of all relationships together: the next meeting of each, and the coming months."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from heapq import heappop, heappush

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
    """Place meeting after meeting of every relationship to a last day, in the order of days.

    The first of each is where ``share`` has it. ``step`` gives, from an id and the day of a
    meeting, the next ideal day and the first and last of its window. A meeting that has no
    day comes last and ends the row of its relationship.
    """
    by_id = {wish.id: wish for wish in wishes}
    places = list(share(by_id.values(), mine, limits, taken, today=today).values())
    diary = Diary(mine, limits, Counter(taken) + Counter(p.on for p in places if p.on))
    ahead: list[tuple[date, bool, _Rank, Wish, date]] = []

    def follow(id: int, on: date | None) -> None:
        if on is None or on >= until:
            return
        ideal, first, last = step(id, on)
        if on < ideal <= until:  # a rhythm that does not go on would never end
            wish = replace(by_id[id], ideal=ideal, first=first, last=last)
            wish = replace(wish, overdue=False, booked=False)
            earliest = max(today, on + timedelta(days=1))
            heappush(ahead, (ideal, False, _rank(wish), wish, earliest))

    for place in places:
        follow(place.id, place.on)
    while ahead:
        _, has_waited, rank, wish, earliest = heappop(ahead)
        if has_waited or diary.keeps(wish, earliest):
            places.append(diary.place(wish, earliest))
            follow(wish.id, places[-1].on)
        else:  # those whose ideal days are in its window come first
            heappush(ahead, (max(wish.ideal, wish.last), True, rank, wish, earliest))
    shown = (place for place in places if place.on is None or place.on <= until)
    return sorted(shown, key=lambda place: (place.on or date.max, place.id))


def _rank(wish: Wish) -> _Rank:
    # The longest due before the id, or where there is too little room some would never be met.
    return not wish.overdue, not wish.first_phase, wish.interval_days, wish.ideal, wish.id
