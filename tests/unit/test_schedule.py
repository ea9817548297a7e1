"""Which day everybody gets, written out: days off, full days, windows, and a whole season."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from mentorlog.dates import add_months
from mentorlog.model import replace
from mentorlog.schedule.days import Days, Limits, Wish
from mentorlog.schedule.room import load, shortage
from mentorlog.schedule.sharing import season, share
from tests.benchmarks import year

MON, TUE, WED, THU, FRI, SAT, SUN = (date(2026, 12, 7) + timedelta(days=n) for n in range(7))
TODAY = date(2026, 12, 1)
WORKDAYS = frozenset(range(5))
ANY = Days()
CHRISTMAS = {date(2026, 12, 25): "Christmas Day"}


def days(number):
    """So many days."""
    return timedelta(days=number)


def wish(ideal, id=1, *, wide=3, theirs=ANY, **more):
    """A weekly wish with a window of so many days either side."""
    facts = {"overdue": False, "first_phase": False, "interval_days": 7} | more
    return Wish(id, ideal, ideal - days(wide), ideal + days(wide), theirs=theirs, **facts)


def given(*wishes, mine=ANY, a_day=None, a_week=None, taken=(), today=TODAY):
    """The places of these wishes."""
    return share(wishes, mine, Limits(a_day, a_week), dict(taken), today=today)


def on(*wishes, **more):
    """The day of each wish, in the order of the wishes."""
    places = given(*wishes, **more)
    return [places[w.id].on for w in wishes]


def why(place):
    """The names of the reasons of a place."""
    return [reason.why for reason in place.reasons]


def holidays(*those):
    """A side with holidays."""
    return Days(holidays=dict.fromkeys(those, "Feast"))


OFF = {
    "nothing is in the way": (WED, ANY, ANY, WED),
    "a holiday, and the later of two that are as near": (WED, holidays(WED), ANY, THU),
    "the earlier day, where the later is off too": (WED, holidays(WED, THU), ANY, TUE),
    "the nearer day, though it is earlier": (SAT, Days(WORKDAYS), ANY, FRI),
    "the nearer day, though it is later": (SUN, Days(WORKDAYS), ANY, SUN + days(1)),
    "off for them alone": (WED, ANY, holidays(WED), THU),
    "one is off for me, the next for them": (WED, holidays(WED), holidays(THU), TUE),
    "a busy day": (WED, ANY, Days(busy=frozenset({WED})), THU),
    "away, both ends included": (TUE, Days(away=((MON, WED),)), ANY, THU),
    "only their Fridays": (TUE, ANY, Days(frozenset({4})), FRI),
    "the end of a month": (date(2027, 1, 31), Days(WORKDAYS), ANY, date(2027, 2, 1)),
    "off a leap day": (date(2028, 2, 29), holidays(date(2028, 2, 29)), ANY, date(2028, 3, 1)),
    "onto a leap day": (date(2028, 2, 28), holidays(date(2028, 2, 28)), ANY, date(2028, 2, 29)),
    "over the turn of the year": (
        date(2026, 12, 31), holidays(date(2026, 12, 31)), ANY, date(2027, 1, 1)
    ),
    "back over the turn of the year": (
        date(2027, 1, 1), holidays(date(2027, 1, 1), date(2027, 1, 2)), ANY, date(2026, 12, 31)
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OFF)
def test_a_day_off_moves_to_the_nearest_that_is_not(name):
    """The nearest day of the window that is off for neither side, ties later."""
    ideal, mine, theirs, expected = OFF[name]
    assert on(wish(ideal, theirs=theirs), mine=mine) == [expected]


def test_the_reason_of_a_day_off_has_its_facts():
    """A holiday is given by its name, with whose it is and where the meeting went."""
    mine = Days(holidays=CHRISTMAS)
    (reason,) = given(wish(date(2026, 12, 25)), mine=mine)[1].reasons
    assert reason.why == "day_off"
    assert reason.facts == {
        "day": date(2026, 12, 25),
        "whose": "me",
        "off": "holiday",
        "named": "Christmas Day",
        "to": date(2026, 12, 26),
    }


def test_a_day_off_for_both_is_said_once_and_as_mine():
    """Of two sides that are off one is reason enough; else it says that it is theirs."""
    both = given(wish(WED, theirs=Days(busy=frozenset({WED}))), mine=holidays(WED))[1].reasons
    theirs = given(wish(WED, theirs=Days(busy=frozenset({WED}))))[1].reasons
    assert [(r.facts["whose"], r.facts["off"]) for r in both] == [("me", "holiday")]
    assert [(r.facts["whose"], r.facts["off"]) for r in theirs] == [("them", "busy")]


def test_a_full_day_is_a_reason_with_its_numbers():
    """The meetings of the day and the limit; a day short of it is kept."""
    place = given(wish(WED), a_day=3, taken={WED: 3})[1]
    assert place.on == THU
    assert why(place) == ["day_full"]
    assert place.reasons[0].facts == {"day": WED, "to": THU, "meetings": 3, "limit": 3}
    assert on(wish(WED), a_day=3, taken={WED: 2}) == [WED]


def test_a_week_ends_on_sunday():
    """A full week, from Monday to Sunday, moves a meeting to the week before or after."""
    taken = {MON: 2, SUN: 3}
    place = given(wish(WED, wide=6), a_week=5, taken=taken)[1]
    assert place.on == MON - days(1)
    assert why(place) == ["week_full"]
    assert place.reasons[0].facts == {"day": WED, "to": place.on, "meetings": 5, "limit": 5}
    assert on(wish(THU, wide=6), a_week=5, taken=taken) == [SUN + days(1)]
    assert on(wish(WED), a_week=6, taken=taken) == [WED]


def test_an_iso_week_goes_over_the_turn_of_the_year():
    """1 January 2027 is a Friday, in one week with the last days of December."""
    taken = {date(2026, 12, 28): 2, date(2027, 1, 3): 1}
    assert on(wish(date(2027, 1, 1)), a_week=3, taken=taken) == [date(2027, 1, 4)]


def test_a_day_that_was_no_better_is_said_too():
    """A Saturday that is off, and a Friday that is full: both stand in the reasons."""
    place = given(wish(SAT), mine=Days(WORKDAYS), a_day=1, taken={FRI: 1})[1]
    assert (place.on, place.ideal) == (SAT + days(2), SAT)
    assert [(r.why, r.facts["day"]) for r in place.reasons] == [("day_off", SAT), ("day_full", FRI)]


def test_a_full_window_is_never_stretched_in_silence():
    """The next day after the window, with the numbers of the window."""
    mine = Days(away=((TUE, SUN),))
    place = given(wish(WED, wide=2), mine=mine, a_day=1, taken={MON: 1})[1]
    assert why(place) == ["day_off", "day_full", "no_room"]
    assert place.reasons[-1].facts == {
        "first": MON,
        "last": FRI,
        "days": 5,
        "off": 4,
        "full": 1,
        "searched_days": 90,
        "to": MON + days(7),
    }
    assert place.on == MON + days(7)


IMPOSSIBLE = {
    "away for longer than is looked": (Days(away=((TODAY, WED + days(90)),)), ANY, None),
    "a limit of none": (ANY, ANY, 0),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_where_there_is_no_day_it_says_so(name):
    """No day in the 90 days after the ideal one: none is given, and why."""
    mine, theirs, a_day = IMPOSSIBLE[name]
    place = given(wish(WED, theirs=theirs), mine=mine, a_day=a_day)[1]
    assert place.on is None
    assert why(place)[-1] == "no_room"
    assert all(reason.facts["to"] is None for reason in place.reasons)


def test_two_without_a_common_weekday_are_told_so():
    """No day is looked for, and none of those that are off for another reason is blamed."""
    mine = Days(WORKDAYS, away=((WED, WED),))
    for theirs in (Days(frozenset()), Days(frozenset({5, 6}))):
        place = given(wish(WED, theirs=theirs), mine=mine)[1]
        assert place.on is None
        assert why(place) == ["no_common_day"]


def test_a_late_meeting_is_today_where_the_next_day_is_far():
    """A day's notice is not worth another week: on their only weekday it is today."""
    wednesdays = Days(frozenset({2}))
    late = replace(wish(WED - days(14), theirs=wednesdays), overdue=True)
    assert on(late, today=WED - days(1)) == [WED]
    assert on(late, today=WED) == [WED]
    assert on(late, today=WED, mine=Days(away=((WED, WED),))) == [WED + days(7)]
    # A weekend is not far.
    assert on(replace(late, theirs=Days(WORKDAYS)), today=WED + days(2)) == [WED + days(5)]


def test_ninety_days_are_looked_at_and_no_more():
    """The 90th day after the ideal one is found."""
    mine = Days(away=((TODAY, WED + days(89)),))
    assert on(wish(WED), mine=mine) == [WED + days(90)]


def test_the_last_day_of_the_calendar_is_an_end():
    """Nothing is looked for after the year 9999."""
    last = date.max
    mine = holidays(last)
    place = share([Wish(1, last, last, last, False, False, 7, ANY)], mine, Limits(), {}, today=last)
    assert place[1].on is None


BEFORE = {
    "overdue before the first phase": ({"overdue": True}, {"first_phase": True}),
    "the first phase before a shorter interval": (
        {"first_phase": True, "interval_days": 14},
        {"interval_days": 7},
    ),
    "a shorter interval before a longer": ({"interval_days": 7}, {"interval_days": 14}),
    "then the lower id": ({}, {}),
}


@pytest.mark.parametrize("name", BEFORE)
def test_who_chooses_first(name):
    """Of two who wish for one place, the first has it."""
    one, two = BEFORE[name]
    first, second = (1, 2) if name == "then the lower id" else (2, 1)
    wishes = [wish(WED, first, **one), wish(WED, second, **two)]
    assert on(*wishes, a_day=1) == [WED, THU]
    assert given(*wishes, a_day=1) == given(*reversed(wishes), a_day=1)


def test_the_one_that_waits_longest_chooses_first():
    """Of two that are alike the id decides last, or the highest would never be met."""
    late = {"overdue": True}
    waits = [wish(TODAY - days(9), 1, **late), wish(TODAY - days(12), 2, **late)]
    assert on(*waits, a_day=1) == [TODAY + days(2), TODAY + days(1)]


def test_who_must_move_moves_nobody_who_need_not():
    """A meeting moved from a holiday passes by a day whose own meetings fill it."""
    wishes = [wish(WED, 1), wish(THU, 2), wish(THU, 3)]
    assert on(*wishes, mine=holidays(WED, TUE), a_day=2) == [FRI, THU, THU]


def test_one_that_is_overdue_takes_the_place_of_one_that_is_not():
    """What is late does not wait for a day that nobody wishes for."""
    wishes = [wish(TODAY + days(1), 1), wish(TODAY - days(9), 2, overdue=True)]
    assert on(*wishes, a_day=1) == [TODAY + days(2), TODAY + days(1)]


def test_bookings_count_first_and_never_move():
    """A booked meeting fills its day against all others, on a day off and past limits too."""
    wishes = [
        wish(WED, 1, overdue=True),
        wish(WED, 8, booked=True),
        wish(WED, 9, booked=True),
        wish(TODAY - days(3), 10, booked=True),
    ]
    mine = Days(holidays={TODAY - days(3): "Feast"})
    places = given(*wishes, mine=mine, a_day=1)
    assert places[8].on == places[9].on == WED
    assert places[10].on == TODAY - days(3)
    assert places[8].reasons == ()
    assert (places[1].on, why(places[1])) == (THU, ["day_full"])
    assert places[1].reasons[0].facts["meetings"] == 2


def test_a_day_moved_to_today_stays_there():
    """A past day that had no room stays the ideal one, and says why, until there was a day."""
    mine = Days(WORKDAYS, holidays={WED: "Feast", THU: "Feast", TUE: "Feast"})
    before = given(wish(WED), mine=mine, today=MON + days(1))[1]
    on_the_day = given(wish(WED), mine=mine, today=FRI)[1]
    assert before.on == on_the_day.on == FRI
    assert before == on_the_day


def test_a_day_that_was_full_counts_as_no_day():
    """Meetings held on the ideal day tell that it was full, so today is as good as it was."""
    assert on(wish(WED), a_day=1, taken={WED: 1}, today=THU) == [THU]
    assert on(wish(WED), a_day=2, taken={WED: 1}, today=THU) == [FRI]


def test_what_was_due_wants_a_days_notice():
    """A past day that had room is late: tomorrow at the earliest, and not today."""
    place = given(wish(WED), mine=holidays(FRI + days(1)), today=FRI)[1]
    assert (place.ideal, place.on) == (SAT, SUN)
    assert given(wish(WED), today=FRI + days(900))[1].on == FRI + days(901)


def weekly(number, theirs=ANY, every=7):
    """So many relationships of one rhythm."""
    return [wish(WED, n, theirs=theirs, interval_days=every) for n in range(number)]


def test_a_shortage_is_told_with_its_numbers():
    """15 weekly meetings do not fit into five days of two."""
    found = shortage(weekly(15), Days(WORKDAYS), Limits(2, None))
    assert found is not None
    assert found.facts == {
        "asked": 15,
        "possible": 10,
        "weekdays": (0, 1, 2, 3, 4),
        "relationships": 15,
        "a_day": 2,
        "a_week": None,
    }


FRIDAYS = Days(frozenset({4}))
SHORT = {
    "just fits": (weekly(10), Limits(2, None), None),
    "the week is the limit": (weekly(10), Limits(None, 9), (10, 9)),
    "the smaller of both": (weekly(12), Limits(2, 11), (12, 10)),
    "no limits": (weekly(99), Limits(), None),
    "a fortnightly one asks for half": (weekly(21, every=14), Limits(2, None), (10.5, 10)),
    "Fridays alone": (weekly(3, FRIDAYS) + weekly(2), Limits(2, None), (3, 2)),
    "no day in common is another matter": (weekly(3, Days(frozenset({6}))), Limits(1, 1), None),
    "nobody": ([], Limits(0, 0), None),
}


@pytest.mark.parametrize("name", SHORT)
def test_shortages(name):
    """What is asked for a week, and what is possible."""
    wishes, limits, expected = SHORT[name]
    found = shortage(wishes, Days(WORKDAYS), limits)
    assert (found and (found.facts["asked"], found.facts["possible"])) == expected


def test_room_for_one_more():
    """Hours a week, and what another weekly meeting would do to them."""
    rhythms = weekly(3) + weekly(2, every=14)
    found = load(rhythms, 45, Days(WORKDAYS), Limits(1, 5))
    assert (found.meetings, found.hours, found.hours_with_another) == (4, 3, 3.75)
    assert found.shortage is None
    over = load(weekly(5), 60, Days(WORKDAYS), Limits(1, None)).shortage
    assert over is not None
    assert (over.facts["asked"], over.facts["possible"]) == (6, 5)
    assert load(weekly(5), 60).shortage is None


def steps(**every):
    """A ``step`` for wishes by id: a week, or a month from the day of the last meeting."""

    def step(id, day):
        ideal = add_months(day, 1) if id in every.get("months", ()) else day + days(7)
        return ideal, ideal - days(3), ideal + days(3)

    return step


def months(*wishes, mine=ANY, a_day=None, until=None, taken=(), step=None):
    """The days of a season, as pairs of an id and a day."""
    arguments = {"today": TODAY, "until": until or WED + days(21), "step": step or steps()}
    found = season(wishes, mine, Limits(a_day), dict(taken), **arguments)
    return [(place.id, place.on) for place in found]


def test_a_season_goes_on_from_each_meeting():
    """Week after week to the last day, which is included, in the order of days."""
    assert months(wish(WED, 2), wish(THU, 1)) == [
        (2, WED), (1, THU), (2, WED + days(7)), (1, THU + days(7)),
        (2, WED + days(14)), (1, THU + days(14)), (2, WED + days(21)),
    ]  # fmt: skip


def test_a_season_counts_from_where_a_meeting_went():
    """After a holiday the next is counted from the day it was moved to."""
    mine = holidays(WED + days(7))
    assert [day for _, day in months(wish(WED), mine=mine)] == [WED, THU + days(7), THU + days(14)]


def test_a_season_begins_as_the_next_meetings_do():
    """The first meeting of each is where ``share`` has it, bookings too."""
    wishes = [wish(WED, 1), wish(WED, 2), wish(WED, 3, booked=True), wish(WED, 4, overdue=True)]
    first = {p.id: p.on for p in given(*wishes, a_day=1).values()}
    found = months(*wishes, a_day=1)
    assert {id: min(day for other, day in found if other == id) for id in first} == first


def test_a_season_shares_the_load():
    """No day has more than its limit, what is taken included, and no week more than all."""
    wishes = [wish(WED, n) for n in range(9)]
    found = [day for _, day in months(*wishes, a_day=2, taken={THU + days(7): 1})]
    assert max(found.count(day) for day in found) == 2
    assert found.count(THU + days(7)) == 1


def test_in_a_season_who_must_move_moves_nobody_who_need_not():
    """A meeting moved from a holiday passes by a day that is another's, as in ``share``."""
    mine = holidays(*(day + days(7) for day in (TUE, WED)))
    found = months(wish(WED, 1), wish(THU, 2), mine=mine, a_day=1, until=FRI + days(7))
    assert found[2:] == [(2, THU + days(7)), (1, FRI + days(7))]


def test_a_season_keeps_a_relationship_without_a_day_in_sight():
    """It comes once, at the end, and without a day."""
    found = months(wish(WED, 1), wish(WED, 2, theirs=Days(frozenset())), until=WED)
    assert found == [(1, WED), (2, None)]


def test_a_rhythm_that_stands_still_ends():
    """A step that gives no later day is not followed for ever."""
    assert months(wish(WED), step=lambda id, day: (day, day, day)) == [(1, WED)]


def test_months_clamp_and_step_from_what_was_held():
    """A season asks for the step from each day, over the end of February."""
    one = Wish(1, date(2027, 1, 31), date(2027, 1, 25), date(2027, 2, 6), False, False, 31, ANY)
    found = months(one, until=date(2027, 4, 1), step=steps(months=(1,)))
    assert [day for _, day in found] == [
        date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 28),
    ]  # fmt: skip


def test_a_year_of_fifteen_mentees():
    """From one Monday, day by day: never over, never off, and few moved for want of room.

    The vacation takes meetings of the short rhythms that no rule can give back, so the gap
    over it is set aside; that over all is held to 5 %.
    """
    found = year.live()
    assert len(found.meetings) > 150
    assert max(found.meetings.values()) == 3
    assert not [day for day in found.meetings if year.ALL_OFF.off(day)]
    assert found.moved["day_full"] <= 0.07 * found.total
    assert found.moved.total() - found.moved["day_full"] <= 0.12 * found.total  # days off
    for every in year.MIX:
        assert abs(found.interval(every, with_vacation=False) / every.days - 1) < 0.03
        assert abs(found.interval(every, with_vacation=True) / every.days - 1) < 0.05


def test_a_year_without_days_off():
    """With nothing but weekends off, one meeting in ten is moved, the first week's included."""
    found = year.live(mine=Days(WORKDAYS))
    assert max(found.meetings.values()) == 3
    assert found.moved.total() <= 0.1 * found.total
    for every in year.MIX:
        assert abs(found.interval(every, with_vacation=True) / every.days - 1) < 0.03


def test_too_many_are_met_less_often_and_all_of_them():
    """Where 15 ask for the 10 meetings that are possible, nobody waits for ever."""
    found = year.live({year.WEEKLY: 15}, Days(WORKDAYS), Limits(2))
    assert max(found.meetings.values()) == 2
    assert max(days for mentee in found.mentees for days, _ in mentee.gaps()) <= 14
    assert min(len(mentee.held) for mentee in found.mentees) >= 26


def test_where_there_is_too_much_to_do_nobody_waits_for_months():
    """Of 15 rhythms that ask for eight meetings a week, six fit: the monthly ones are met too."""
    every = dict(enumerate([7] * 4 + [14] * 6 + [30] * 5))
    wishes = [wish(WED + days(n % 7), n, interval_days=length) for n, length in every.items()]

    def step(id, day):
        ideal = day + days(every[id])
        return ideal, ideal - days(3), ideal + days(3)

    until = WED + days(300)
    found = season(wishes, Days(WORKDAYS), Limits(2, 6), {}, today=TODAY, until=until, step=step)
    for id in (n for n, length in every.items() if length == 30):
        met = [place.on for place in found if place.id == id]
        assert max(later - day for day, later in pairwise([TODAY, *met, until])) < days(75)
