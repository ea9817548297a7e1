"""Times of day as people type them, alone and beside a day."""

from datetime import date, time

import pytest

from mentorlog.dates import parse_day_and_time, parse_time, say_time
from mentorlog.errors import BadUsage

TUESDAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("15:00", (15, 0)),
        ("15.00", (15, 0)),
        ("15h", (15, 0)),
        ("15h30", (15, 30)),
        ("9:05", (9, 5)),
        ("09:05", (9, 5)),
        ("3pm", (15, 0)),
        ("3 PM", (15, 0)),
        ("3:30pm", (15, 30)),
        ("3.30 p.m.", (15, 30)),
        ("11am", (11, 0)),
        ("12am", (0, 0)),
        ("12 pm", (12, 0)),
        ("12:30 am", (0, 30)),
        ("at 15:00", (15, 0)),
        ("3:00", (3, 0)),
        ("0:00", (0, 0)),
        ("23:59", (23, 59)),
    ],
)
def test_a_time_is_read_as_written(text, at):
    """By 24 hours unless am or pm says otherwise; 3:00 is at night."""
    assert parse_time(text) == time(*at)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", "15:00"),
        ("15", "15:00"),
        ("noonish", "15:00"),
        ("15:0", "15:00"),
        ("15:60", "15:00"),
        ("25:00", "15:00"),
        ("24:00", "0:00 of the next day"),
        ("13pm", "1 to 12"),
        ("0am", "1 to 12"),
        ("15:00 pm", "1 to 12"),
        ("3pm pm", "15:00"),
        ("-3:00", "15:00"),
        ("1" * 100, "plain letters and figures"),
        ("\uff115:00", "plain letters and figures"),
    ],
)
def test_what_is_no_time_is_refused_with_what_would_work(text, hint):
    """Nothing is guessed."""
    with pytest.raises(BadUsage) as refused:
        parse_time(text)
    assert hint in refused.value.hint


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("thu 15:00", "2026-12-03", (15, 0)),
        ("thu 15.00", "2026-12-03", (15, 0)),
        ("thu 3pm", "2026-12-03", (15, 0)),
        ("thu 3 pm", "2026-12-03", (15, 0)),
        ("thu 15h", "2026-12-03", (15, 0)),
        ("Thu, 15:00", "2026-12-03", (15, 0)),
        ("thu at 15:00", "2026-12-03", (15, 0)),
        ("next thu at 3:30pm", "2026-12-03", (15, 30)),
        ("15:00 thu", "2026-12-03", (15, 0)),
        ("3pm on thu", "2026-12-03", (15, 0)),
        ("3pm tomorrow", "2026-12-02", (15, 0)),
        ("3 dec 15:00", "2026-12-03", (15, 0)),
        ("3 dec 10.12", "2026-12-03", (10, 12)),
        ("dec 3 15:00", "2026-12-03", (15, 0)),
        ("2026-12-03 15:00", "2026-12-03", (15, 0)),
        ("2026-12-03T15:00", "2026-12-03", (15, 0)),
        ("+2w 9:30", "2026-12-15", (9, 30)),
        ("in 2 weeks at 9:30", "2026-12-15", (9, 30)),
        ("thu", "2026-12-03", None),
        ("3 dec", "2026-12-03", None),
        ("15 dec 2026", "2026-12-15", None),
        ("in 3 days", "2026-12-04", None),
    ],
)
def test_a_day_may_hold_a_time(text, day, at):
    """On either side of the day, with or without at; what is only a day has none."""
    found = parse_day_and_time(text, today=TUESDAY, ahead=True)
    assert found == (date.fromisoformat(day), time(*at) if at else None)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("15:00", "does not say the day"),
        ("3pm", "does not say the day"),
        ("15h", "does not say the day"),
        ("thu 15.12", "could be a time or a day"),
        ("thu 3.10", "could be a time or a day"),
        ("15.12", "gives the month as a figure"),
        ("03/04/2026 15:00", "could be 3 April or 4 March"),
        ("someday 15:00", "cannot be read as a day"),
        ("thu 25:00", "is not a time of day"),
        ("thu 15:00 16:00", "cannot be read as a day"),
    ],
)
def test_what_could_be_two_things_is_refused(text, says):
    """A time without a day, and a time that looks like a day, say what would work."""
    with pytest.raises(BadUsage, match=says) as refused:
        parse_day_and_time(text, today=TUESDAY, ahead=True)
    assert refused.value.hint


@pytest.mark.parametrize(("at", "said"), [((9, 0), "9:00"), ((15, 5), "15:05"), ((0, 0), "0:00")])
def test_a_time_is_said_by_24_hours(at, said):
    """What is said can be typed again."""
    assert say_time(time(*at)) == said
    assert parse_time(said) == time(*at)
