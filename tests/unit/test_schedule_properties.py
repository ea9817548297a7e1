"""What holds for any wishes, days and limits; and how near the rule comes to the best there is."""

import random
from collections import Counter
from datetime import date, timedelta
from statistics import mean

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentorlog.model import replace
from mentorlog.schedule.days import Days, Limits, Wish
from mentorlog.schedule.room import load, shortage
from mentorlog.schedule.sharing import season, share

TODAY = date(2026, 12, 1)
quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

near = st.integers(-30, 60).map(lambda days: TODAY + timedelta(days=days))
odd = near | st.dates()
spans = st.tuples(near, st.integers(0, 30)).map(lambda s: (s[0], s[0] + timedelta(days=s[1])))
sides = st.builds(
    Days,
    weekdays=st.just(frozenset(range(5))) | st.frozensets(st.integers(0, 6)),
    away=st.lists(spans, max_size=2).map(tuple),
    holidays=st.dictionaries(near, st.just("Feast"), max_size=4),
    busy=st.frozensets(near, max_size=4),
)
some_limits = st.builds(Limits, st.none() | st.integers(0, 4), st.none() | st.integers(0, 12))
some_taken = st.dictionaries(near, st.integers(0, 4), max_size=8)


@st.composite
def wish_lists(draw, days=near, size=14):
    """Wishes with ids of their own, which share a few other sides."""
    others = draw(st.lists(sides, min_size=1, max_size=3))
    found = []
    for id in range(draw(st.integers(0, size))):
        ideal, before, after = draw(days), draw(st.integers(0, 14)), draw(st.integers(0, 14))
        first = date.fromordinal(max(ideal.toordinal() - before, 1))
        last = date.fromordinal(min(ideal.toordinal() + after, date.max.toordinal()))
        found.append(
            Wish(
                id,
                ideal,
                *draw(st.permutations((first, last)) if days is odd else st.just((first, last))),
                overdue=draw(st.booleans()),
                first_phase=draw(st.booleans()),
                interval_days=draw(st.integers(0, 60)),
                theirs=draw(st.sampled_from(others)),
                booked=draw(st.sampled_from([False, False, False, True])),
            )
        )
    return found


def week(day):
    """The Monday of the ISO week of a day."""
    return day - timedelta(days=day.weekday())


@quick
@given(wish_lists(), sides, some_limits, some_taken)
def test_no_day_that_cannot_be(wishes, mine, limits, taken):
    """Never a day before today, off for either side, or over a limit; bookings stay."""
    places = share(wishes, mine, limits, taken, today=TODAY)
    assert places.keys() == {w.id for w in wishes}
    fixed, chosen = Counter(taken), Counter()
    for w in wishes:
        on = places[w.id].on
        if w.booked:
            assert (on, places[w.id].reasons) == (w.ideal, ())
            fixed[on] += 1
        elif on:
            assert on >= TODAY
            assert mine.off(on) is None
            assert w.theirs.off(on) is None
            chosen[on] += 1
    days, weeks = fixed + chosen, Counter()
    for day, number in days.items():
        weeks[week(day)] += number
    for day in chosen:
        assert limits.a_day is None or days[day] <= limits.a_day
        assert limits.a_week is None or weeks[week(day)] <= limits.a_week


@quick
@given(wish_lists(), sides, some_limits, some_taken)
def test_a_day_that_moves_says_why(wishes, mine, limits, taken):
    """No reason where the ideal day is kept; else one, and ``no_room`` outside of the window."""
    for place in share(wishes, mine, limits, taken, today=TODAY).values():
        w = next(w for w in wishes if w.id == place.id)
        assert bool(place.reasons) == (place.on != place.ideal)
        assert place.ideal in (w.ideal, TODAY + timedelta(days=1))
        assert all(reason.facts["to"] == place.on for reason in place.reasons)
        outside = place.on is None or place.on > max(w.last, place.ideal)
        told = {"no_room", "no_common_day"} & {reason.why for reason in place.reasons}
        assert bool(told) == outside


@quick
@given(wish_lists(), sides, some_limits, some_taken, st.randoms())
def test_the_order_of_the_wishes_does_not_matter(wishes, mine, limits, taken, chance):
    """The same wishes in another order, and days that are equal but others, give the same."""
    found = share(wishes, mine, limits, taken, today=TODAY)
    others = [replace(w, theirs=replace(w.theirs)) for w in wishes]
    chance.shuffle(others)
    assert share(iter(others), mine, limits, taken, today=TODAY) == found


@quick
@given(wish_lists(), wish_lists(size=1), sides, some_limits, some_taken)
def test_another_relationship_moves_no_booking(wishes, more, mine, limits, taken):
    """What is booked stays where it is, whoever comes."""
    more = [replace(w, id=99) for w in more]
    before = share(wishes, mine, limits, taken, today=TODAY)
    after = share([*wishes, *more], mine, limits, taken, today=TODAY)
    assert all(after[w.id] == before[w.id] for w in wishes if w.booked)


@quick
@given(wish_lists(), sides, some_limits, some_taken)
def test_nobody_moves_who_could_stay(wishes, mine, limits, taken):
    """An ideal day that is not kept is off, or full of bookings, late ones, and its own."""
    places = share(wishes, mine, limits, taken, today=TODAY)
    if limits.a_week is not None:
        return
    for w in wishes:
        place = places[w.id]
        if w.booked or place.on == w.ideal or w.ideal < TODAY:
            continue
        if mine.off(w.ideal) or w.theirs.off(w.ideal):
            continue
        first = [v for v in wishes if places[v.id].on == w.ideal]
        assert limits.a_day is not None
        assert all(v.booked or v.overdue or places[v.id].ideal == w.ideal for v in first)
        assert len(first) + taken.get(w.ideal, 0) >= limits.a_day


@quick
@given(wish_lists(days=odd), sides, some_limits, st.dictionaries(odd, st.integers(-2, 9)), odd)
def test_nothing_raises(wishes, mine, limits, taken, today):
    """Any days of the calendar, windows the wrong way round, limits of none."""
    share(wishes, mine, limits, taken, today=today)
    shortage(wishes, mine, limits)
    assert load(wishes, 60, mine, limits).meetings >= 0


@quick
@given(wish_lists(size=8), sides, some_limits, some_taken, st.integers(0, 80))
def test_a_season_keeps_all_of_it(wishes, mine, limits, taken, length):
    """Months ahead too: none off, over, or before its last; and today as ``share`` says."""
    by_id = {w.id: w for w in wishes}
    until = TODAY + timedelta(days=length)

    def step(id, day):
        every = timedelta(days=by_id[id].interval_days)
        wide = every / 5
        return day + every, day + every - wide, day + every + wide

    found = season(wishes, mine, limits, taken, today=TODAY, until=until, step=step)
    nexts = share(wishes, mine, limits, taken, today=TODAY)
    assert found == season(wishes[::-1], mine, limits, taken, today=TODAY, until=until, step=step)
    days, of = Counter(taken), {w.id: [p for p in found if p.id == w.id] for w in wishes}
    for id, places in of.items():
        is_now = nexts[id].on in (None, TODAY)
        assert places[:1] == ([nexts[id]] if is_now else places[:1])
        held = [place.on for place in places if place.on]
        assert held == sorted(set(held))
        for on in held[by_id[id].booked :]:
            assert not mine.off(on)
            assert not by_id[id].theirs.off(on)
        days.update(held)
    if limits.a_day is not None:
        fixed = Counter(taken) + Counter(w.ideal for w in wishes if w.booked)
        assert all(n <= max(limits.a_day, fixed[day]) for day, n in days.items())


def small_case(number):
    """A random case that can be searched through: up to six wishes for two weeks."""
    chance = random.Random(number)
    wishes = []
    for id in range(chance.randint(3, 6)):
        ideal, wide = TODAY + timedelta(days=chance.randint(2, 9)), chance.choice((2, 3))
        span = ideal - timedelta(days=wide), ideal + timedelta(days=wide)
        interval = {3: 7, 2: 14}[wide]
        wishes.append(Wish(id, ideal, *span, False, chance.random() < 0.2, interval, Days()))
    holiday = TODAY + timedelta(days=chance.randint(2, 9))
    return wishes, Days(frozenset(range(5)), holidays={holiday: "Feast"}), chance.choice((1, 2))


def least_shift(wishes, mine, a_day, best, taken=(), so_far=0):
    """The least days of shift in all, by trying every day that each could have."""
    if not wishes:
        return so_far
    w = wishes[0]
    for day in sorted((w.ideal + timedelta(n) for n in range(-6, 20)), key=lambda d: shift(w, d)):
        if so_far + shift(w, day) >= best:
            break
        if day >= max(w.first, TODAY) and not mine.off(day) and taken.count(day) < a_day:
            now = so_far + shift(w, day)
            best = least_shift(wishes[1:], mine, a_day, best, (*taken, day), now)
    return best


def shift(wish, day):
    """How many days a day is from the ideal one."""
    return abs((day - wish.ideal).days)


def test_the_rule_comes_near_to_the_least_shift():
    """Of 300 random cases nine in ten are the best of all ways, and the others are near.

    Days of shift for a meeting: the best has 0.63, the rule 0.035 more in the mean and 0.83 in
    the worst case, where one goes out of its window for those that keep their days.
    """
    more, least = [], []
    for number in range(300):
        wishes, mine, a_day = small_case(number)
        places = share(wishes, mine, Limits(a_day), {}, today=TODAY)
        found = sum(shift(w, places[w.id].on) for w in wishes)
        best = least_shift(wishes, mine, a_day, found)
        assert best == least_shift(wishes[::-1], mine, a_day, found + 1)
        more.append((found - best) / len(wishes))
        least.append(best / len(wishes))
    assert more.count(0) >= 0.85 * len(more)
    assert mean(more) <= 0.05
    assert max(more) <= 1
    assert mean(least) > 0.5  # or there would be nothing to share
