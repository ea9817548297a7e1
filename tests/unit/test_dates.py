"""Days and intervals: what can be typed, what is refused and how it is said."""

import subprocess
import sys
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorlog.dates import (
    add_months,
    anchor_day,
    parse_cadence,
    parse_day,
    say_ago,
    say_cadence,
    say_day,
    say_span,
    step,
)
from mentorlog.errors import BadUsage
from mentorlog.model import Cadence

TUESDAY = date(2026, 12, 1)

days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
todays = st.dates(date(1950, 1, 1), date(2150, 12, 31))
weekly = st.builds(Cadence, st.integers(1, 104), st.just("w"))
monthly = st.builds(Cadence, st.integers(1, 24), st.just("m"))
cadences = weekly | monthly

PIECES = (
    *("+", "-", "in", "ago", "last", "next", "on", "by", "of", "a", "an", "every", "other"),
    *("tue", "Monday", "dec", "15", "29", "31", "0", "2026", "99999999", "th", "feb", "w", "3y"),
    *(",", ".", "/", "-", " ", "\t", "\0", "\ud800", "\u0663", "\u017f", "\u2212", "9" * 50),
)
near_misses = st.lists(st.sampled_from(PIECES), max_size=9).flatmap(
    lambda pieces: st.sampled_from(["".join(pieces), " ".join(pieces)])
)
any_text = st.text(st.characters()) | near_misses


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-12-15", date(2026, 12, 15)),
        ("2026-1-5", date(2026, 1, 5)),
        ("2028-02-29", date(2028, 2, 29)),
        ("1900-01-01", date(1900, 1, 1)),
        ("2200-12-31", date(2200, 12, 31)),
        ("today", date(2026, 12, 1)),
        ("yesterday", date(2026, 11, 30)),
        ("tomorrow", date(2026, 12, 2)),
        ("0 days ago", date(2026, 12, 1)),
        ("3 days ago", date(2026, 11, 28)),
        ("2 weeks ago", date(2026, 11, 17)),
        ("a week ago", date(2026, 11, 24)),
        ("1 month ago", date(2026, 11, 1)),
        ("one year ago", date(2025, 12, 1)),
        ("last tue", date(2026, 11, 24)),
        ("last mon", date(2026, 11, 30)),
        ("last wed", date(2026, 11, 25)),
        ("next tue", date(2026, 12, 8)),
        ("next mon", date(2026, 12, 7)),
        ("next wednesday", date(2026, 12, 2)),
        ("+2w", date(2026, 12, 15)),
        ("+3d", date(2026, 12, 4)),
        ("+1m", date(2027, 1, 1)),
        ("+1y", date(2027, 12, 1)),
        ("+174y", date(2200, 12, 1)),
        ("+2 weeks", date(2026, 12, 15)),
        ("-3d", date(2026, 11, 28)),
        ("in 2 weeks", date(2026, 12, 15)),
        ("in 10 days", date(2026, 12, 11)),
        ("in 1 month", date(2027, 1, 1)),
        ("in a month", date(2027, 1, 1)),
        ("15 dec 2026", date(2026, 12, 15)),
        ("15-Dec-2026", date(2026, 12, 15)),
        ("dec 15, 2026", date(2026, 12, 15)),
        ("December 15th 2026", date(2026, 12, 15)),
        ("15th of december 2026", date(2026, 12, 15)),
        ("15. dec 2026", date(2026, 12, 15)),
        ("29 feb 2028", date(2028, 2, 29)),
        ("tue 15 dec 2026", date(2026, 12, 15)),
        ("Tuesday, December 15, 2026", date(2026, 12, 15)),
        ("tue 2026-12-15", date(2026, 12, 15)),
        ("  ToMorrow\t", date(2026, 12, 2)),
        ("3   DAYS \n ago", date(2026, 11, 28)),
        ("on 2026-12-15", date(2026, 12, 15)),
        ("By 15 Dec 2026", date(2026, 12, 15)),
    ],
)
@pytest.mark.parametrize("ahead", [False, True])
def test_certain_day(text: str, expected: date, ahead: bool) -> None:
    """A day that names itself is the same one whether recording or planning."""
    assert parse_day(text, today=TUESDAY, ahead=ahead) == expected


@pytest.mark.parametrize(
    ("text", "back", "ahead"),
    [
        ("mon", date(2026, 11, 30), date(2026, 12, 7)),
        ("tue", date(2026, 12, 1), date(2026, 12, 1)),
        ("Tuesday", date(2026, 12, 1), date(2026, 12, 1)),
        ("wed", date(2026, 11, 25), date(2026, 12, 2)),
        ("thurs", date(2026, 11, 26), date(2026, 12, 3)),
        ("by fri", date(2026, 11, 27), date(2026, 12, 4)),
        ("sat", date(2026, 11, 28), date(2026, 12, 5)),
        ("on Sunday", date(2026, 11, 29), date(2026, 12, 6)),
        ("1 dec", date(2026, 12, 1), date(2026, 12, 1)),
        ("15 dec", date(2025, 12, 15), date(2026, 12, 15)),
        ("dec 15", date(2025, 12, 15), date(2026, 12, 15)),
        ("15 december", date(2025, 12, 15), date(2026, 12, 15)),
        ("15. dec", date(2025, 12, 15), date(2026, 12, 15)),
        ("15th dec", date(2025, 12, 15), date(2026, 12, 15)),
        ("dec 15th", date(2025, 12, 15), date(2026, 12, 15)),
        ("22nd nov", date(2026, 11, 22), date(2027, 11, 22)),
        ("30 nov", date(2026, 11, 30), date(2027, 11, 30)),
        ("sept 3rd", date(2026, 9, 3), date(2027, 9, 3)),
        ("may 1", date(2026, 5, 1), date(2027, 5, 1)),
        ("29 feb", date(2024, 2, 29), date(2028, 2, 29)),
    ],
)
def test_direction(text: str, back: date, ahead: date) -> None:
    """A weekday, or a day without a year, looks back when recording and ahead when planning."""
    assert parse_day(text, today=TUESDAY, ahead=False) == back
    assert parse_day(text, today=TUESDAY, ahead=True) == ahead


@pytest.mark.parametrize(
    ("today", "text", "ahead", "expected"),
    [
        (date(2026, 12, 31), "tomorrow", True, date(2027, 1, 1)),
        (date(2027, 1, 1), "yesterday", False, date(2026, 12, 31)),
        (date(2027, 1, 2), "31 dec", False, date(2026, 12, 31)),
        (date(2026, 12, 30), "1 jan", True, date(2027, 1, 1)),
        (date(2027, 1, 2), "wed", False, date(2026, 12, 30)),
        (date(2026, 12, 30), "sat", True, date(2027, 1, 2)),
        (date(2028, 2, 28), "tomorrow", True, date(2028, 2, 29)),
        (date(2027, 2, 28), "tomorrow", True, date(2027, 3, 1)),
        (date(2028, 2, 29), "29 feb", False, date(2028, 2, 29)),
        (date(2028, 2, 29), "29 feb", True, date(2028, 2, 29)),
        (date(2028, 3, 1), "29 feb", True, date(2032, 2, 29)),
        (date(2028, 2, 28), "29 feb", False, date(2024, 2, 29)),
        (date(2097, 1, 1), "29 feb", True, date(2104, 2, 29)),
        (date(2103, 1, 1), "29 feb", False, date(2096, 2, 29)),
        (date(2028, 2, 29), "1 year ago", False, date(2027, 2, 28)),
        (date(2028, 2, 29), "+4y", True, date(2032, 2, 29)),
        (date(2026, 1, 31), "+1m", True, date(2026, 2, 28)),
        (date(2026, 3, 31), "1 month ago", False, date(2026, 2, 28)),
        (date(2026, 1, 31), "2 months ago", False, date(2025, 11, 30)),
    ],
)
def test_edges_of_the_calendar(today: date, text: str, ahead: bool, expected: date) -> None:
    """Month ends, leap days and the turn of the year are met from both sides."""
    assert parse_day(text, today=today, ahead=ahead) == expected


@pytest.mark.parametrize(
    "text", ["3.4.2026", "03.04.2026", "3. 4. 2026", "fri 3.4.2026", "Fri, 03.04.2026"]
)
def test_with_points_the_day_comes_first(text: str) -> None:
    """Nobody writes the month first and puts points between."""
    assert parse_day(text, today=date(2026, 12, 1), ahead=False) == date(2026, 4, 3)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("03/04/2026", "3 April or 4 March", "2026-04-03 or '3 apr 2026'"),
        ("3.4.26", "whole year", "four digits"),
        ("12.25.2026", "no month 25", "2026-12-15"),
        ("31.2.2026", "not a day in the calendar", "1 to 28 February 2026"),
        ("03-04-2026", "3 April or 4 March", "2026-04-03 or '3 apr 2026'"),
        ("tue 3/4/2026", "3 April or 4 March", "2026-04-03"),
        ("3/4", "3 April or 4 March", "'3 apr'"),
        ("3. 4.", "3 April or 4 March", "'3 apr'"),
        ("25/12/2026", "month as a figure", "2026-12-25 or '25 dec 2026'"),
        ("12/25/2026", "month as a figure", "2026-12-25 or '25 dec 2026'"),
        ("31/02/2026", "not a day in the calendar", "2026-12-15"),
        ("2026-02-30", "not a day in the calendar", "1 to 28 February 2026"),
        ("2027-02-29", "not a day in the calendar", "1 to 28 February 2027"),
        ("30 feb", "not a day in the calendar", "1 to 29 February."),
        ("31 apr", "not a day in the calendar", "1 to 30 April."),
        ("0 dec", "not a day in the calendar", "1 to 31 December."),
        ("2026-15-12", "no month 15", "2026-12-15"),
        ("2026-00-12", "no month 0", "2026-12-15"),
        ("15 dec 26", "whole year", "four digits"),
        ("26-12-15", "whole year", "four digits"),
        ("3/4/26", "whole year", "four digits"),
        ("mon 15 dec 2026", "15 Dec 2026 is a Tuesday, not a Monday", "Tue 15 Dec 2026"),
        ("mon 2026-12-15", "15 Dec 2026 is a Tuesday, not a Monday", "Tue 15 Dec 2026"),
        ("mon 15 dec", "15 Dec 2026 is a Tuesday, not a Monday", "Tue 15 Dec 2026"),
        ("", "No day was given", "2026-12-15"),
        (" \t ", "No day was given", "2026-12-15"),
        ("on", "No day was given", "2026-12-15"),
        ("soon", "'soon' cannot be read", "2026-12-15"),
        ("next week", "'next week' cannot be read", "2026-12-15"),
        ("15 foo", "cannot be read", "15 dec"),
        ("foo 15 dec", "cannot be read", "15 dec"),
        ("3 blinks ago", "cannot be read", "3 days ago"),
        ("2w", "cannot be read", "+2w"),
        ("dec 2026", "cannot be read", "15 dec"),
        ("today\0", "'today?' cannot be read", "2026-12-15"),
        ("\ud800", "'?' cannot be read", "15 dec"),
        ("\u0663 days ago", "cannot be read", "plain letters and figures"),
        ("\uff12\uff10\uff12\uff16-12-15", "cannot be read", "plain letters and figures"),
        ("\u017fun", "cannot be read", "plain letters and figures"),
        ("9" * 100_000, "...' cannot be read", "plain letters and figures"),
        ("+99999999y", "far off", "1900 to 2200"),
        ("+" + "9" * 50 + "w", "far off", "1900 to 2200"),
        ("999999999 days ago", "far off", "1900 to 2200"),
        ("999999999999 days ago", "far off", "1900 to 2200"),
        ("200 years ago", "far off", "1900 to 2200"),
        ("+175y", "far off", "1900 to 2200"),
        ("1899-12-31", "far off", "1900 to 2200"),
        ("1 jan 2201", "far off", "1900 to 2200"),
        ("20266-12-15", "far off", "1900 to 2200"),
        ("3/4/0000", "far off", "1900 to 2200"),
    ],
)
def test_refused_day(text: str, message: str, hint: str) -> None:
    """What is not one certain day is refused with the reason and with what would work."""
    with pytest.raises(BadUsage) as caught:
        parse_day(text, today=TUESDAY, ahead=True)
    assert message in caught.value.message
    assert hint in caught.value.hint


def test_weekday_without_year_follows_direction() -> None:
    """A weekday before a day without a year is checked in the year that was looked up."""
    assert parse_day("tue 15 dec", today=TUESDAY, ahead=True) == date(2026, 12, 15)
    assert parse_day("mon 15 dec", today=TUESDAY, ahead=False) == date(2025, 12, 15)
    with pytest.raises(BadUsage, match="15 Dec 2025 is a Monday, not a Tuesday"):
        parse_day("tue 15 dec", today=TUESDAY, ahead=False)


@pytest.mark.parametrize("today", [date.min, date.max])
@pytest.mark.parametrize(
    "text", ["today", "yesterday", "tomorrow", "tue", "29 feb", "+1m", "1 jan"]
)
@pytest.mark.parametrize("ahead", [False, True])
def test_today_at_the_end_of_time(today: date, text: str, ahead: bool) -> None:
    """Even from the first or last day that Python knows, a far day is refused kindly."""
    with pytest.raises(BadUsage, match="far off"):
        parse_day(text, today=today, ahead=ahead)


@given(day=days, today=todays, ahead=st.booleans())
def test_said_day_reads_back(day: date, today: date, ahead: bool) -> None:
    """Every day that is said can be typed again, and means the same in both directions."""
    assert parse_day(say_day(day), today=today, ahead=ahead) == day
    assert parse_day(day.isoformat(), today=today, ahead=ahead) == day


@given(today=todays, far=st.integers(-13, 13), ahead=st.booleans())
def test_said_distance_reads_back(today: date, far: int, ahead: bool) -> None:
    """A distance said in days can be typed again."""
    day = today + timedelta(days=far)
    assert parse_day(say_ago(day, today=today), today=today, ahead=ahead) == day


@given(text=any_text, today=st.dates(), ahead=st.booleans())
def test_any_text_is_a_day_or_refused(text: str, today: date, ahead: bool) -> None:
    """Any text is a day in bounds, or a printable refusal with a hint, and nothing else."""
    try:
        assert 1900 <= parse_day(text, today=today, ahead=ahead).year <= 2200
    except BadUsage as refusal:
        assert refusal.hint
        assert f"{refusal.message}{refusal.hint}".isprintable()


@given(day=days, today=todays)
def test_direction_keeps_its_side(day: date, today: date) -> None:
    """A day without a year is never after today looking back, nor before it looking ahead."""
    text = " ".join(say_day(day).split()[1:3])
    back = parse_day(text, today=today, ahead=False)
    ahead = parse_day(text, today=today, ahead=True)
    assert back <= today <= ahead
    assert (back.month, back.day) == (ahead.month, ahead.day) == (day.month, day.day)


@pytest.mark.parametrize(
    ("text", "count", "unit"),
    [
        ("1w", 1, "w"),
        ("2w", 2, "w"),
        ("1m", 1, "m"),
        ("6m", 6, "m"),
        ("1y", 12, "m"),
        ("2y", 24, "m"),
        ("104w", 104, "w"),
        ("24m", 24, "m"),
        ("2 weeks", 2, "w"),
        ("Every 3  Months", 3, "m"),
        ("every week", 1, "w"),
        ("every other week", 2, "w"),
        ("weekly", 1, "w"),
        ("fortnightly", 2, "w"),
        ("monthly", 1, "m"),
        ("quarterly", 3, "m"),
        ("half-yearly", 6, "m"),
        (" YEARLY ", 12, "m"),
    ],
)
def test_cadence(text: str, count: int, unit: str) -> None:
    """A cadence is a number of weeks or of calendar months, a year being 12 months."""
    cadence = parse_cadence(text)
    assert (cadence.count, cadence.unit) == (count, unit)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("biweekly", "twice a week or every two weeks", "2w"),
        ("bimonthly", "twice a month or every two months", "2m"),
        ("0w", "not a cadence from 1 week to 2 years", "1w to 104w"),
        ("105w", "not a cadence from 1 week to 2 years", "1w to 104w"),
        ("25m", "not a cadence from 1 week to 2 years", "1m to 24m"),
        ("3y", "not a cadence from 1 week to 2 years", "2y"),
        ("9" * 50 + "y", "not a cadence", "2y"),
        ("3d", "cannot be read as a cadence", "weeks, months or years"),
        ("-2w", "cannot be read as a cadence", "weeks, months or years"),
        ("every other", "cannot be read as a cadence", "2w"),
        ("often", "cannot be read as a cadence", "2w"),
        ("", "cannot be read as a cadence", "2w"),
        ("\u0662w", "cannot be read", "2w"),
        ("1" * 10_000 + "w", "cannot be read", "2w"),
    ],
)
def test_refused_cadence(text: str, message: str, hint: str) -> None:
    """A cadence that is ambiguous, out of bounds or unreadable is refused with a hint."""
    with pytest.raises(BadUsage) as caught:
        parse_cadence(text)
    assert message in caught.value.message
    assert hint in caught.value.hint


@given(text=any_text)
def test_any_text_is_a_cadence_or_refused(text: str) -> None:
    """Any text is a cadence in bounds, or a printable refusal with a hint."""
    try:
        assert 7 <= parse_cadence(text).days <= 731
    except BadUsage as refusal:
        assert refusal.hint
        assert f"{refusal.message}{refusal.hint}".isprintable()


@given(cadence=cadences)
def test_said_cadence_reads_back(cadence: Cadence) -> None:
    """A cadence can be typed again as it is said, and as it is stored."""
    assert parse_cadence(say_cadence(cadence)) == cadence
    assert parse_cadence(str(cadence)) == cadence


@pytest.mark.parametrize(
    ("anchor", "cadence", "times", "expected"),
    [
        (date(2026, 12, 1), Cadence(1, "w"), 1, date(2026, 12, 8)),
        (date(2026, 12, 24), Cadence(2, "w"), 1, date(2027, 1, 7)),
        (date(2026, 12, 24), Cadence(2, "w"), 0, date(2026, 12, 24)),
        (date(2026, 1, 31), Cadence(1, "m"), 1, date(2026, 2, 28)),
        (date(2026, 1, 31), Cadence(1, "m"), 2, date(2026, 3, 31)),
        (date(2026, 1, 31), Cadence(1, "m"), 3, date(2026, 4, 30)),
        (date(2028, 1, 31), Cadence(1, "m"), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), Cadence(12, "m"), 1, date(2029, 2, 28)),
        (date(2028, 2, 29), Cadence(12, "m"), 4, date(2032, 2, 29)),
        (date(2026, 8, 31), Cadence(6, "m"), 1, date(2027, 2, 28)),
        (date(2026, 12, 31), Cadence(1, "m"), -1, date(2026, 11, 30)),
    ],
)
def test_step(anchor: date, cadence: Cadence, times: int, expected: date) -> None:
    """A step is taken from the anchor, so that a clamped month end comes back."""
    assert step(anchor, cadence, times) == expected


@pytest.mark.parametrize(
    ("day", "months", "wished", "expected"),
    [
        (date(2026, 2, 28), 1, 31, date(2026, 3, 31)),
        (date(2026, 2, 28), 2, 31, date(2026, 4, 30)),
        (date(2026, 2, 28), 1, None, date(2026, 3, 28)),
        (date(2026, 2, 28), 0, 31, date(2026, 2, 28)),
        (date(2027, 12, 31), 2, None, date(2028, 2, 29)),
        (date(2026, 1, 31), -11, None, date(2025, 2, 28)),
        (date(2100, 1, 29), 1, None, date(2100, 2, 28)),
        (date(2000, 1, 29), 1, None, date(2000, 2, 29)),
    ],
)
def test_add_months(day: date, months: int, wished: int | None, expected: date) -> None:
    """Months are added toward the day of the month wished for, clamped to the month's end."""
    assert add_months(day, months, anchor_day=wished) == expected


@given(anchor=todays, cadence=cadences, times=st.integers(0, 24))
def test_step_never_drifts(anchor: date, cadence: Cadence, times: int) -> None:
    """However many steps are taken, the weekday or the day of the month stays the anchor's."""
    day = step(anchor, cadence, times)
    if cadence.unit == "w":
        assert (day - anchor).days == 7 * cadence.count * times
    else:
        last_of_month = (day + timedelta(days=1)).day == 1
        months = (day.year - anchor.year) * 12 + day.month - anchor.month
        assert months == cadence.count * times
        assert day.day == anchor.day or (last_of_month and day.day < anchor.day)


@given(anchor=todays, cadence=monthly)
def test_monthly_steps_keep_order(anchor: date, cadence: Cadence) -> None:
    """Each further step is on a later day than the one before."""
    steps = [step(anchor, cadence, times) for times in range(13)]
    assert all(earlier < later for earlier, later in pairwise(steps))


@given(anchor=todays, times=st.integers(1, 30))
def test_anchor_survives_clamping(anchor: date, times: int) -> None:
    """Meetings held exactly on monthly steps keep the anchor they began with."""
    held = [step(anchor, Cadence(1, "m"), n) for n in range(times)]
    assert anchor_day(held) == anchor.day


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ([date(2026, 1, 15)], 15),
        ([date(2026, 1, 31), date(2026, 2, 28)], 31),
        ([date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)], 31),
        ([date(2026, 1, 31), date(2026, 2, 28), date(2026, 4, 30)], 31),
        ([date(2026, 1, 30), date(2026, 2, 28)], 30),
        ([date(2026, 1, 15), date(2026, 2, 28)], 28),
        ([date(2026, 1, 31), date(2026, 2, 27)], 27),
        ([date(2026, 1, 31), date(2026, 2, 27), date(2026, 3, 27)], 27),
        ([date(2028, 1, 31), date(2028, 2, 28)], 28),
        ([date(2028, 1, 31), date(2028, 2, 29)], 31),
    ],
)
def test_anchor_day(held: list[date], expected: int) -> None:
    """The anchor is the last day's, unless a month's end has cut a larger one short."""
    assert anchor_day(held) == expected


def test_anchor_needs_a_day() -> None:
    """Without a day there is no anchor, which is a mistake of the caller."""
    with pytest.raises(ValueError, match="no days"):
        anchor_day([])


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 12, 8), "Tue 8 Dec 2026"),
        (date(2028, 2, 29), "Tue 29 Feb 2028"),
        (date(2027, 1, 3), "Sun 3 Jan 2027"),
    ],
)
def test_say_day(day: date, said: str) -> None:
    """A day is said with its weekday, month and year in short English words."""
    assert say_day(day) == said


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 12, 4), date(2026, 12, 10), "4 to 10 Dec 2026"),
        (date(2026, 11, 28), date(2026, 12, 4), "28 Nov to 4 Dec 2026"),
        (date(2026, 12, 28), date(2027, 1, 3), "28 Dec 2026 to 3 Jan 2027"),
        (date(2026, 12, 4), date(2027, 12, 10), "4 Dec 2026 to 10 Dec 2027"),
        (date(2026, 12, 4), date(2026, 12, 4), "4 Dec 2026"),
    ],
)
def test_say_span(first: date, last: date, said: str) -> None:
    """A span names a month or a year that both ends share only once."""
    assert say_span(first, last) == said


@pytest.mark.parametrize(
    ("cadence", "said"),
    [
        (Cadence(1, "w"), "weekly"),
        (Cadence(2, "w"), "every 2 weeks"),
        (Cadence(1, "m"), "monthly"),
        (Cadence(3, "m"), "every 3 months"),
        (Cadence(6, "m"), "every 6 months"),
        (Cadence(12, "m"), "yearly"),
        (Cadence(24, "m"), "every 2 years"),
        (Cadence(18, "m"), "every 18 months"),
    ],
)
def test_say_cadence(cadence: Cadence, said: str) -> None:
    """A cadence is said with a word where there is one, and counted otherwise."""
    assert say_cadence(cadence) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 12, 1), "today"),
        (date(2026, 11, 30), "yesterday"),
        (date(2026, 12, 2), "tomorrow"),
        (date(2026, 11, 28), "3 days ago"),
        (date(2026, 12, 6), "in 5 days"),
        (date(2026, 11, 18), "13 days ago"),
        (date(2026, 11, 17), "2 weeks ago"),
        (date(2026, 11, 10), "3 weeks ago"),
        (date(2026, 12, 22), "in 3 weeks"),
        (date(2026, 9, 30), "8 weeks ago"),
        (date(2026, 8, 26), "13 weeks ago"),
        (date(2026, 8, 25), "3 months ago"),
        (date(2026, 8, 1), "4 months ago"),
        (date(2026, 8, 2), "3 months ago"),
        (date(2027, 6, 1), "in 6 months"),
        (date(2025, 12, 1), "12 months ago"),
        (date(2024, 12, 2), "23 months ago"),
        (date(2024, 12, 1), "2 years ago"),
        (date(2029, 11, 30), "in 2 years"),
    ],
)
def test_say_ago(day: date, said: str) -> None:
    """A distance is said in days, then weeks, months and years, rounded down."""
    assert say_ago(day, today=TUESDAY) == said


def test_import_is_light() -> None:
    """Importing the module pulls in neither dateutil nor the calendar and locale modules."""
    code = (
        f"import sys; sys.path[:] = {sys.path}; before = set(sys.modules)\n"
        "import mentorlog.dates; print(*(set(sys.modules) - before))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert "mentorlog.dates" in loaded
    assert not {"dateutil", "calendar", "locale"} & loaded
