"""When to meet next: dates written out, for every rule of the design."""

from datetime import date, timedelta

import pytest
from histories import (
    ago,
    agreed,
    booked,
    cancelled,
    closed,
    day,
    every,
    goal,
    held,
    history,
    look,
    met,
    missed,
    moved,
    numbers,
    paused,
    plus,
    touch,
)

from mentorlog.phase.cadence import next_by, window_days
from mentorlog.phase.policy import DEFAULT_POLICY
from mentorlog.render.pages import page_head
from mentorlog.render.text import explanation


def timing(records, today, started="2024-01-01", **relationship):
    """The timing of these records on a day."""
    return look(history(started, *records, **relationship), today).timing


def whys(found):
    """The names of the reasons."""
    return [reason.why for reason in found.reasons]


def span(found):
    """The window as two ISO days."""
    return tuple(on.isoformat() for on in found.window)


# --- the rhythm


@pytest.mark.parametrize(
    ("cadence", "last", "due"),
    [
        ("1w", "2026-11-24", "2026-12-01"),
        ("1w", "2026-12-29", "2027-01-05"),
        ("1w", "2028-02-24", "2028-03-02"),
        ("1w", "2027-02-24", "2027-03-03"),
        ("2w", "2026-12-22", "2027-01-05"),
        ("2w", "2028-02-22", "2028-03-07"),
        ("3w", "2026-05-07", "2026-05-28"),
        ("1m", "2026-11-15", "2026-12-15"),
        ("1m", "2026-12-15", "2027-01-15"),
        ("1m", "2026-01-31", "2026-02-28"),
        ("1m", "2028-01-31", "2028-02-29"),
        ("1m", "2026-01-30", "2026-02-28"),
        ("1m", "2026-03-31", "2026-04-30"),
        ("1m", "2028-02-29", "2028-03-29"),
        ("2m", "2026-12-31", "2027-02-28"),
        ("3m", "2026-11-30", "2027-02-28"),
        ("3m", "2027-11-30", "2028-02-29"),
    ],
)
def test_the_next_date_is_one_interval_after_the_last_meeting(cadence, last, due):
    """A date is counted from the last held meeting, in weeks or in calendar months."""
    found = timing([agreed("2024-01-01", cadence), held(last)], last)
    assert found.due_on == found.next_on == day(due)
    assert found.standing == "ahead"


@pytest.mark.parametrize(
    ("days", "due"),
    [
        (["2026-01-31"], "2026-02-28"),
        (["2026-01-31", "2026-02-28"], "2026-03-31"),
        (["2026-01-31", "2026-02-28", "2026-03-31"], "2026-04-30"),
        (["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"], "2026-05-31"),
        (["2028-01-31", "2028-02-29"], "2028-03-31"),
        (["2026-01-30", "2026-02-28"], "2026-03-30"),
        (["2026-01-31", "2026-02-27"], "2026-03-27"),
        (["2026-01-31", "2026-02-28", "2026-03-15"], "2026-04-15"),
        (["2026-02-28"], "2026-03-28"),
    ],
)
def test_month_ends_come_back_to_the_anchor_day(days, due):
    """A month's end clamps and comes back: 31 January, 28 February, 31 March."""
    found = timing([agreed("2024-01-01", "1m"), met(*days)], days[-1])
    assert found.due_on == day(due)


@pytest.mark.parametrize(("cadence", "due"), [("6m", "2025-02-28"), ("1y", "2025-08-31")])
def test_long_intervals_clamp_as_well(cadence, due):
    """Half a year after 31 August is the end of February."""
    records = [moved("2024-02-01", "maintenance", cadence), held("2024-08-31")]
    assert timing(records, "2024-09-01").due_on == day(due)


def test_a_year_after_a_leap_day_is_the_end_of_february():
    """A yearly meeting on 29 February is due on 28 February of the next year."""
    records = [moved("2024-02-01", "maintenance", "1y"), held("2024-02-29")]
    assert timing(records, "2024-03-01").due_on == date(2025, 2, 28)


def test_next_by_counts_from_the_base_without_earlier_meetings():
    """With no meetings the anchor is the day counted from."""
    assert next_by(date(2026, 1, 31), every("1m"), []) == date(2026, 2, 28)
    assert next_by(date(2026, 1, 31), every("2w"), []) == date(2026, 2, 14)


# --- windows


@pytest.mark.parametrize(
    ("interval", "wide"),
    [
        (1, 1),
        (5, 1),
        (7, 3),
        (8, 1),
        (14, 2),
        (21, 4),
        (28, 5),
        (30, 6),
        (31, 6),
        (61, 12),
        (69, 13),
        (70, 14),
        (91, 14),
        (184, 14),
        (730, 14),
    ],
)
def test_the_window_is_three_days_for_a_week_and_else_a_fifth(interval, wide):
    """A window is 3 days either side of a week, else a fifth, from 1 to 14 days."""
    assert window_days(interval, DEFAULT_POLICY.numbers) == wide


@pytest.mark.parametrize(
    ("cadence", "last", "today", "window"),
    [
        ("1w", "2026-11-24", "2026-11-25", ("2026-11-28", "2026-12-04")),
        ("1w", "2026-11-24", "2026-11-30", ("2026-11-30", "2026-12-04")),
        ("1w", "2026-11-24", "2026-12-01", ("2026-12-01", "2026-12-04")),
        ("1w", "2026-11-24", "2026-12-02", ("2026-12-02", "2026-12-04")),
        ("1w", "2026-11-24", "2026-12-20", ("2026-12-20", "2026-12-24")),
        ("2w", "2026-11-24", "2026-11-25", ("2026-12-06", "2026-12-10")),
        ("1m", "2026-11-24", "2026-11-25", ("2026-12-18", "2026-12-30")),
        ("3m", "2026-11-24", "2026-11-25", ("2027-02-10", "2027-03-10")),
    ],
)
def test_the_window_lies_around_the_date_and_never_before_today(cadence, last, today, window):
    """The days before today are cut off the window."""
    assert span(timing([agreed("2024-01-01", cadence), held(last)], today)) == window


# --- late, very late, quiet


@pytest.mark.parametrize(
    ("cadence", "days_late", "standing"),
    [
        ("1w", -1, "ahead"),
        ("1w", 0, "due"),
        ("1w", 3, "due"),
        ("1w", 4, "late"),
        ("1w", 6, "late"),
        ("1w", 7, "very-late"),
        ("1w", 89, "very-late"),
        ("1w", 90, "quiet"),
        ("2w", 6, "due"),
        ("2w", 7, "late"),
        ("2w", 13, "late"),
        ("2w", 14, "very-late"),
        ("2w", 89, "very-late"),
        ("2w", 90, "quiet"),
        ("1m", 14, "due"),
        ("1m", 15, "late"),
        ("1m", 29, "late"),
        ("1m", 30, "very-late"),
        ("1m", 90, "quiet"),
        ("3m", 45, "due"),
        ("3m", 46, "late"),
        ("3m", 90, "late"),
        ("3m", 91, "very-late"),
        ("3m", 272, "very-late"),
        ("3m", 273, "quiet"),
    ],
)
def test_late_is_half_an_interval_and_very_late_a_whole_one(cadence, days_late, standing):
    """Late at half an interval, very late at one, quiet at three or 90 days."""
    last = day("2026-04-01") if cadence == "3m" else day("2026-11-01")
    records = [agreed("2024-01-01", cadence), held(last)]
    due = timing(records, last).due_on
    found = timing(records, due + timedelta(days=days_late))
    assert (found.standing, found.late_days) == (standing, max(days_late, 0))
    assert ("gap" in whys(found)) == (standing not in ("ahead", "due"))


@pytest.mark.parametrize(
    ("cadence", "days_late", "standing"),
    [
        ("6m", -1, "ahead"),
        ("6m", 0, "due"),
        ("6m", 29, "due"),
        ("6m", 30, "late"),
        ("6m", 89, "late"),
        ("6m", 90, "very-late"),
        ("6m", 551, "very-late"),
        ("6m", 552, "quiet"),
        ("1y", 29, "due"),
        ("1y", 30, "late"),
        ("1y", 90, "very-late"),
    ],
)
def test_in_maintenance_late_is_30_days_and_very_late_90(cadence, days_late, standing):
    """In Maintenance the bands are days, whatever the interval."""
    records = [moved("2024-02-01", "maintenance", cadence), held("2025-07-10")]
    due = timing(records, "2025-07-10").due_on
    assert due == day({"6m": "2026-01-10", "1y": "2026-07-10"}[cadence])
    found = timing(records, due + timedelta(days=days_late))
    assert (found.standing, found.late_days) == (standing, max(days_late, 0))


def test_what_was_due_and_is_past_is_wanted_tomorrow():
    """A meeting wants a day's notice, so after the date the next one is tomorrow."""
    records = [agreed("2024-01-01", "1w"), held("2026-11-24")]
    assert timing(records, "2026-12-01").next_on == date(2026, 12, 1)
    assert timing(records, "2026-12-02").next_on == date(2026, 12, 3)
    assert timing(records, "2027-02-28").next_on == date(2027, 3, 1)
    assert timing(records, "2027-03-02").next_on == date(2027, 3, 3)  # quiet


# --- the first meeting


@pytest.mark.parametrize(
    ("today", "next_on", "standing"),
    [
        ("2026-10-25", "2026-11-08", "ahead"),
        ("2026-11-01", "2026-11-08", "ahead"),
        ("2026-11-08", "2026-11-08", "due"),
        ("2026-11-12", "2026-11-13", "late"),
        ("2026-11-15", "2026-11-16", "very-late"),
    ],
)
def test_the_first_date_is_within_a_week_of_the_start(today, next_on, standing):
    """With no meeting yet the date is a week after the start, whatever the interval is."""
    found = timing([agreed("2026-11-01", "1m")], today, started="2026-11-01")
    assert (found.next_on, found.standing) == (day(next_on), standing)
    assert whys(found) == ["first_session"]


def test_a_move_without_meetings_is_what_is_counted_from():
    """A relationship that was recorded in a later phase counts from that move."""
    found = timing([moved("2026-11-01", "maintenance", "6m")], "2026-11-02", "2026-11-01")
    assert (found.due_on, whys(found)) == (date(2027, 5, 1), ["after_move"])


# --- missed, called off, moved


@pytest.mark.parametrize(
    ("cadence", "last", "miss", "next_on"),
    [
        ("1w", "2026-11-03", "2026-11-10", "2026-11-13"),
        ("2w", "2026-11-03", "2026-11-17", "2026-11-24"),
        ("1m", "2026-11-03", "2026-12-03", "2026-12-10"),
        ("3m", "2026-11-03", "2027-02-03", "2027-02-10"),
    ],
)
def test_after_a_no_show_the_next_try_is_soon(cadence, last, miss, next_on):
    """The next try is after the smaller of a week and half the interval."""
    found = timing([agreed("2024-01-01", cadence), held(last), missed(miss)], miss)
    assert found.next_on == day(next_on)
    assert found.due_on == timing([agreed("2024-01-01", cadence), held(last)], miss).due_on
    assert "after_miss" in whys(found)


def test_the_last_miss_is_the_one_that_counts():
    """Of two misses the new try is soon after the second."""
    records = [agreed("2024-01-01", "1w"), held("2026-11-03")]
    found = timing([*records, missed("2026-11-10"), missed("2026-11-13", "me")], "2026-11-14")
    assert found.next_on == date(2026, 11, 16)


@pytest.mark.parametrize("miss", ["2026-11-03", "2026-11-10"])
def test_a_miss_is_over_once_a_meeting_is_held(miss):
    """A miss before or on the day of the last meeting moves nothing."""
    records = [agreed("2024-01-01", "1w"), missed(miss), held("2026-11-10")]
    found = timing(records, "2026-11-11")
    assert (found.next_on, whys(found)) == (date(2026, 11, 17), ["after_session"])


def test_a_short_notice_cancellation_is_a_miss():
    """What was called off under a day's notice is tried again soon."""
    records = [agreed("2024-01-01", "2w"), held("2026-11-03"), cancelled("2026-11-17")]
    assert timing(records, "2026-11-18").next_on == date(2026, 11, 24)


def test_a_cancellation_in_good_time_changes_nothing():
    """What was called off in good time is not a miss; the rhythm stands from the next day."""
    kept = [agreed("2024-01-01", "2w"), held("2026-11-03")]
    records = [*kept, cancelled("2026-11-17", short_notice=False)]
    assert timing(records, "2026-11-18") == timing(kept, "2026-11-18")


@pytest.mark.parametrize("notice", [True, False])
def test_what_is_called_off_today_is_not_suggested_for_today(notice):
    """On the day of a meeting that does not take place the next one is another day."""
    records = [agreed("2024-01-01", "1w"), held("2026-11-10")]
    found = timing([*records, cancelled("2026-11-17", short_notice=not notice)], "2026-11-17")
    assert found.next_on == date(2026, 11, 18 if notice else 20)


def test_a_new_try_that_was_let_go_by_leaves_the_day_of_the_rhythm():
    """After the day of the new try the meeting that is due anyway is the next one."""
    records = [missed("2026-11-10")]
    days = ["2026-11-12", "2026-11-14", "2026-11-16", "2026-11-17"]
    found = [timing(records, today, started="2026-11-09").next_on for today in days]
    assert found == [date(2026, 11, 13), date(2026, 11, 16), date(2026, 11, 16), date(2026, 11, 18)]


def test_a_rhythm_agreed_today_makes_nothing_late():
    """Who agrees to meet more often is due on that day, not since one that is past."""
    records = [agreed("2026-11-01", "1m"), held("2026-11-03"), agreed("2026-11-22", "1w")]
    found = timing(records, "2026-11-22")
    assert (found.due_on, found.standing) == (date(2026, 11, 22), "due")
    assert timing(records, "2026-11-26").standing == "late"


@pytest.mark.parametrize(
    ("cadence", "off", "held_on", "marks"),
    [
        ("1w", "2026-11-10", "2026-11-10", 0),
        ("1w", "2026-11-10", "2026-11-13", 0),
        ("1w", "2026-11-10", "2026-11-14", 1),
        ("2w", "2026-11-10", "2026-11-17", 0),
        ("2w", "2026-11-10", "2026-11-18", 1),
    ],
)
def test_a_meeting_that_was_moved_and_held_leaves_no_mark(cadence, off, held_on, marks):
    """Called off late and held within the days of a new try is only moved."""
    records = [agreed("2024-01-01", cadence), held("2026-11-03"), cancelled(off), held(held_on)]
    found = look(history("2024-01-01", *records), "2026-11-20")
    plain = look(history("2024-01-01", records[0], records[1], held(held_on)), "2026-11-20")
    assert len(found.state.missed) == marks
    assert found.timing == plain.timing


# --- pauses


def test_while_paused_with_an_open_end_there_is_no_date():
    """An open pause has no date, and nothing is late."""
    records = [agreed("2024-01-01", "1w"), held("2026-11-03"), paused("2026-11-05")]
    found = timing(records, "2027-03-01")
    assert (found.due_on, found.next_on, found.window) == (None, None, None)
    assert (found.standing, found.late_days, whys(found)) == ("paused", 0, ["paused"])


@pytest.mark.parametrize("today", ["2026-11-05", "2026-11-20", "2026-12-24"])
def test_while_paused_the_date_is_a_week_after_the_end(today):
    """From its first day to its last, a pause gives the date a week after its end."""
    records = [agreed("2024-01-01", "1w"), held("2026-11-03"), paused("2026-11-05", "2026-12-24")]
    found = timing(records, today)
    assert (found.next_on, found.standing) == (date(2026, 12, 31), "paused")
    assert whys(found) == ["paused", "resumes"]


@pytest.mark.parametrize("today", ["2026-02-02", "2026-02-03", "2026-02-10", "2026-02-11"])
def test_a_short_pause_in_a_long_rhythm_changes_no_date(today):
    """Before, in and after ten days of pause the monthly date is the same."""
    records = [agreed("2026-01-01", "1m"), held("2026-02-01"), paused("2026-02-03", "2026-02-10")]
    assert timing(records, today).next_on == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("end", "today", "next_on", "why"),
    [
        ("2026-06-30", "2026-06-21", date(2026, 6, 30), "before_end"),
        ("2026-06-30", "2026-06-30", date(2026, 6, 30), "before_end"),
        ("2026-06-30", "2026-07-01", None, "before_end"),  # it is over
        ("2026-06-26", "2026-06-21", None, "before_end"),  # that was the last one
        ("2026-06-20", "2026-06-20", None, "before_end"),
        ("2026-07-02", "2026-07-02", date(2026, 7, 2), "before_end"),
        ("2026-07-04", "2026-07-04", date(2026, 7, 4), "after_session"),
        ("2026-07-05", "2026-07-05", date(2026, 7, 5), "before_end"),  # late, and its last day
        ("2026-07-20", "2026-06-21", date(2026, 7, 4), "after_session"),
    ],
)
def test_a_last_meeting_is_before_the_agreed_end(end, today, next_on, why):
    """Where the rhythm would have it later, unless they met less than half an interval before."""
    records = [agreed("2026-06-01", "2w"), held("2026-06-20"), agreed("2026-06-20", until=end)]
    found = timing(records, today)
    assert (found.next_on, whys(found)[-1]) == (next_on, why)
    assert found.window is None or found.window[1] <= date.fromisoformat(end)


@pytest.mark.parametrize(
    ("pause", "today", "next_on"),
    [
        (("2026-12-10", "2026-12-20"), "2026-12-01", date(2026, 12, 9)),
        (("2026-12-10", "2026-12-20"), "2026-12-10", None),
        (("2026-12-05", "2026-12-10"), "2026-12-01", date(2026, 12, 13)),
        (("2026-12-05", "2026-12-10"), "2026-12-06", date(2026, 12, 13)),
        (("2026-12-05", "2026-12-10"), "2026-12-11", date(2026, 12, 13)),
    ],
)
def test_the_last_meeting_before_an_end_is_in_no_pause(pause, today, next_on):
    """Before, in and after the pause the answer is the same day, where there is one."""
    records = [agreed("2026-11-01", "4w"), held("2026-11-24"), paused(*pause)]
    assert timing([*records, agreed("2026-11-24", until="2026-12-13")], today).next_on == next_on


def test_what_is_booked_for_a_day_of_a_pause_stays_booked():
    """While paused nothing is due but what somebody has booked and not called off."""
    records = [held("2026-11-03"), booked("2026-11-10"), paused("2026-11-05", "2026-12-24")]
    assert timing(records, "2026-11-06").next_on == date(2026, 11, 10)
    assert timing(records, "2026-11-11").standing == "paused"


@pytest.mark.parametrize(
    ("cadence", "today", "next_on"),
    [
        ("1w", "2026-12-25", "2026-12-31"),
        ("1w", "2026-12-31", "2026-12-31"),
        ("2w", "2026-12-25", "2026-12-31"),
        ("3m", "2026-12-25", "2027-02-03"),
    ],
)
def test_after_a_pause_the_first_date_is_a_week_after_it(cadence, today, next_on):
    """The pause moves a date that would be earlier, and never brings one forward."""
    records = [
        agreed("2024-01-01", cadence),
        held("2026-11-03"),
        paused("2026-11-05", "2026-12-24"),
    ]
    assert timing(records, today).next_on == day(next_on)


@pytest.mark.parametrize(
    ("first", "last", "next_on"),
    [
        ("2026-11-11", "2026-11-20", "2026-11-10"),
        ("2026-11-10", "2026-11-10", "2026-11-17"),
        ("2026-11-05", "2026-11-20", "2026-11-27"),
        ("2026-11-05", "2026-11-09", "2026-11-16"),
    ],
)
def test_a_date_that_a_planned_pause_covers_waits_for_its_end(first, last, next_on):
    """A pause ahead moves the date to a week after it, as it will be said once it is over."""
    records = [agreed("2024-01-01", "1w"), held("2026-11-03"), paused(first, last)]
    assert timing(records, "2026-11-04").next_on == day(next_on)


def test_a_planned_pause_without_an_end_leaves_no_date():
    """What would fall into it waits until somebody resumes; what comes before stays."""
    records = [agreed("2024-01-01", "1w"), held("2026-11-03"), paused("2026-11-05")]
    found = timing(records, "2026-11-04")
    assert (found.due_on, found.next_on, found.window, found.standing) == (
        None,
        None,
        None,
        "ahead",
    )
    assert whys(found) == ["after_session", "open_pause"]
    later = [*records[:2], paused("2026-11-12")]
    assert timing(later, "2026-11-04").next_on == date(2026, 11, 10)


def test_who_is_late_is_not_met_in_a_pause_that_begins_tomorrow():
    """The date is after it, and so is the window."""
    records = [agreed("2024-01-01", "1w"), held("2026-11-20"), paused("2026-12-02", "2026-12-20")]
    found = timing(records, "2026-12-01")
    assert (found.due_on, found.next_on) == (date(2026, 11, 27), date(2026, 12, 27))
    assert found.window == (date(2026, 12, 24), date(2026, 12, 30))


def test_of_two_planned_pauses_in_a_row_the_later_one_decides():
    """The order in which pauses were recorded changes nothing."""
    pauses = [paused("2026-11-20", "2026-11-30"), paused("2026-11-10", "2026-11-15")]
    records = [agreed("2024-01-01", "1w"), held("2026-11-03")]
    for both in (pauses, pauses[::-1]):
        assert timing([*records, *both], "2026-11-04").next_on == date(2026, 12, 7)


def test_the_new_try_after_a_miss_waits_for_a_planned_pause():
    """No date lies in a pause, not even one that would be soon."""
    records = [agreed("2024-01-01", "1w"), held("2026-11-03"), missed("2026-11-10")]
    found = timing([*records, paused("2026-11-12", "2026-11-20")], "2026-11-11")
    assert found.next_on == date(2026, 11, 27)


def test_after_a_pause_a_held_meeting_takes_the_rhythm_up_again():
    """The first meeting after a pause is what is counted from."""
    records = [
        agreed("2024-01-01", "1w"),
        held("2026-11-03"),
        paused("2026-11-05", "2026-12-24"),
        held("2026-12-29"),
    ]
    found = timing(records, "2026-12-29")
    assert (found.next_on, whys(found)) == (date(2027, 1, 5), ["after_session"])


def test_a_miss_before_a_pause_does_not_bring_the_first_date_forward():
    """After a pause the first date is a week after it, also where a miss came before."""
    records = [
        agreed("2024-01-01", "1w"),
        held("2026-11-03"),
        missed("2026-11-10"),
        paused("2026-11-11", "2026-12-24"),
    ]
    found = timing(records, "2026-12-25")
    assert (found.next_on, whys(found)) == (date(2026, 12, 31), ["after_session", "after_pause"])


def test_a_miss_after_a_pause_is_tried_again_soon():
    """A miss after the pause counts as any other."""
    records = [
        agreed("2024-01-01", "1w"),
        held("2026-11-03"),
        paused("2026-11-05", "2026-12-24"),
        missed("2026-12-31"),
    ]
    assert timing(records, "2026-12-31").next_on == date(2027, 1, 3)


def test_a_pause_before_the_first_meeting_moves_it():
    """The first meeting, too, waits for a week after a pause."""
    found = timing([paused("2026-11-03", "2026-11-20")], "2026-11-21", started="2026-11-01")
    assert (found.next_on, whys(found)) == (date(2026, 11, 27), ["first_session", "after_pause"])


# --- who decides the interval


@pytest.mark.parametrize(
    ("agreements", "cadence", "source"),
    [
        ([], "1w", "step"),
        ([("2026-01-05", "2w", "both")], "2w", "both"),
        ([("2026-01-05", "2w", "me")], "2w", "me"),
        ([("2026-01-05", "2w", "them")], "2w", "them"),
        ([("2026-01-05", "2w", "both"), ("2026-01-12", "1m", "me")], "2w", "both"),
        ([("2026-01-05", "2w", "me"), ("2026-01-12", "1m", "both")], "1m", "both"),
        ([("2026-01-05", "2w", "both"), ("2026-01-12", "1m", "both")], "1m", "both"),
        ([("2026-01-05", "2w", "me"), ("2026-01-12", "1m", "me")], "1m", "me"),
        ([("2026-01-05", "2w", "me"), ("2026-01-12", "1m", "them")], "1m", "them"),
        ([("2026-01-05", "2w", "me"), ("2026-01-12", "2w", "them")], "2w", "both"),
        ([("2026-01-05", "2w", "them"), ("2026-01-12", "2w", "me")], "2w", "both"),
        ([("2026-01-05", "2w", "me"), ("2026-01-12", "2w", "me")], "2w", "me"),
        (
            [
                ("2026-01-05", "1w", "both"),
                ("2026-01-12", "2w", "me"),
                ("2026-01-19", "2w", "them"),
            ],
            "2w",
            "both",
        ),
    ],
)
def test_both_decide_over_one_side_over_the_step(agreements, cadence, source):
    """What both agreed is strongest, then what one side wished for, then the phase's own step."""
    records = [agreed(*agreement) for agreement in agreements]
    state = look(history("2026-01-01", held("2026-01-20"), *records), "2026-01-21").state
    assert (str(state.cadence), state.cadence_source) == (cadence, source)


@pytest.mark.parametrize(
    ("agreements", "cadence", "source", "unanswered"),
    [
        ([], "6m", "step", None),
        ([("2026-02-05", "1y", "me")], "6m", "step", "1y"),
        ([("2026-02-05", "1y", "them")], "6m", "step", "1y"),
        ([("2026-02-05", "1y", "both")], "1y", "both", None),
        ([("2026-02-05", "1y", "me"), ("2026-02-12", "1y", "them")], "1y", "both", None),
        ([("2026-02-05", "3m", "both"), ("2026-02-12", "1y", "me")], "3m", "both", "1y"),
    ],
)
def test_in_maintenance_one_side_does_not_decide(agreements, cadence, source, unanswered):
    """In Maintenance the interval is as both agree; the wish of one side is only said."""
    records = [moved("2026-02-01", "maintenance"), held("2026-02-20")]
    found = look(history("2026-01-01", *records, *[agreed(*a) for a in agreements]), "2026-02-21")
    open_wish = found.state.unanswered and str(found.state.unanswered[2])
    assert (str(found.state.cadence), found.state.cadence_source) == (cadence, source)
    assert open_wish == unanswered
    assert ("one_sided" in whys(found.timing)) == (unanswered is not None)


def test_an_interval_agreed_with_a_readiness_is_for_the_next_phase():
    """An interval agreed for Maintenance does not change the rhythm of Learning."""
    records = [moved("2026-01-05", "learning", "1m"), held("2026-01-20")]
    ready = agreed("2026-01-20", "6m", ready_for="maintenance")
    assert timing([*records, ready], "2026-01-21").due_on == date(2026, 2, 20)


def test_a_move_takes_the_agreed_interval_along_where_it_fits():
    """Two weeks agreed in Trusting stay in Learning, and are too short for Maintenance."""
    records = [agreed("2026-01-05", "2w"), held("2026-01-20")]
    learning = look(history("2026-01-01", *records, moved("2026-01-20", "learning")), "2026-01-20")
    assert (str(learning.state.cadence), learning.state.step) == ("2w", 1)
    later = look(history("2026-01-01", *records, moved("2026-01-20", "maintenance")), "2026-01-20")
    assert (str(later.state.cadence), later.state.cadence_source) == ("6m", "step")


def test_the_advice_does_not_change_the_date():
    """A recommended move changes the rhythm only once it is recorded."""
    records = [moved("2026-11-01", "learning", "2w"), held("2026-11-17", trust=1)]
    found = look(history("2026-10-01", *records), "2026-11-18")
    assert (found.advice.to, str(found.advice.every)) == ("trusting", "1w")
    assert found.timing.due_on == date(2026, 12, 1)


# --- what is booked


@pytest.mark.parametrize(
    ("today", "next_on", "standing"),
    [
        ("2026-11-30", "2026-12-20", "ahead"),
        ("2026-12-20", "2026-12-20", "due"),
        ("2026-12-21", "2026-12-22", "very-late"),
    ],
)
def test_a_booked_meeting_is_the_date(today, next_on, standing):
    """What is booked is the date, also when the rhythm would be late; past, it is not."""
    records = [agreed("2024-01-01", "1w"), held("2026-11-17"), booked("2026-12-20")]
    found = timing(records, today)
    assert (found.next_on, found.standing) == (day(next_on), standing)


def test_of_several_bookings_the_first_ahead_is_the_date():
    """A booking is a day of its own: no window, not late."""
    records = [held("2026-11-17"), booked("2026-12-20"), booked("2026-12-10"), booked("2026-11-20")]
    found = timing(records, "2026-12-01")
    assert (span(found), found.late_days) == (("2026-12-10", "2026-12-10"), 0)


# --- touches


MAINTAINED = [moved("2025-01-01", "maintenance", "6m"), held("2025-06-01")]


@pytest.mark.parametrize(
    ("touches", "due"),
    [
        ([], "2025-12-01"),
        (["2025-06-20"], "2025-12-01"),
        (["2025-11-16"], "2025-12-01"),
        (["2025-11-17"], "2026-05-17"),
        (["2025-12-20"], "2026-06-20"),
        (["2025-09-01", "2025-11-20"], "2026-05-20"),
        (["2025-10-01", "2025-11-20"], "2025-12-01"),
        (["2025-11-10", "2025-11-20", "2025-11-25"], "2025-12-01"),
        (["2025-12-01", "2026-06-01"], "2026-12-01"),
        (["2025-12-01", "2026-06-01", "2026-12-01"], "2027-06-01"),
    ],
)
def test_in_maintenance_a_touch_alone_near_the_date_stands_for_a_meeting(touches, due):
    """A touch counts in the window of the date or later, and with none in the 60 days before."""
    records = [*MAINTAINED, *[touch(on) for on in touches]]
    assert timing(records, "2026-12-02").due_on == day(due)


def test_a_touch_in_learning_moves_nothing():
    """Elsewhere a touch is not a meeting."""
    records = [agreed("2024-01-01", "1m"), held("2026-11-01")]
    assert timing([*records, touch("2026-12-01")], "2026-12-02") == timing(records, "2026-12-02")


def test_a_touch_that_did_not_take_place_is_not_one():
    """A touch that was called off or only planned does not stand for a meeting."""
    for status in ("cancelled", "no-show", "booked"):
        records = [*MAINTAINED, touch("2025-12-01", status=status)]
        assert timing(records, "2025-12-02").due_on == date(2025, 12, 1)


def test_the_date_after_a_touch_is_said_with_the_touch():
    """The reason names the touch that is counted from."""
    found = timing([*MAINTAINED, touch("2025-12-01")], "2025-12-02")
    assert whys(found) == ["after_touch"]


# --- closed, and what lies ahead


@pytest.mark.parametrize("ending", ["completed", "early", "dormant"])
def test_closed_has_no_date(ending):
    """What is closed has no date, whatever is booked."""
    records = [held("2026-11-03"), booked("2026-12-10"), closed("2026-11-10", ending)]
    found = timing(records, "2026-12-01")
    assert (found.standing, found.due_on, found.next_on) == ("closed", None, None)


def test_reopened_goes_on():
    """What was taken up again is not closed from that day on, and begins a week after it."""
    records = [held("2026-11-03"), closed("2026-11-10", reopened="2026-11-20")]
    assert timing(records, "2026-11-19").standing == "closed"
    found = timing(records, "2026-11-20")
    assert (found.standing, found.next_on) == ("ahead", date(2026, 11, 26))


LATER = "2026-11-20"


def page(found):
    """All that is said of a relationship, and the touches, which are said in Maintenance only."""
    return [*explanation(found), *page_head(found, []), found.state.touches]


@pytest.mark.parametrize(
    "record",
    [
        held(LATER, trust=1, their_trust=1, breach=True),
        missed(LATER),
        cancelled(LATER),
        touch(LATER),
        moved(LATER, "maintenance", "1y"),
        agreed(LATER, "1m", until="2026-11-21", terms="others"),
        goal(LATER, urgent=True),
        closed(LATER),
    ],
    ids=lambda record: type(record).__name__.lower(),
)
def test_nothing_after_today_is_seen(record):
    """What was recorded with a later day than today changes nothing today."""
    base = history("2026-10-01", agreed("2026-10-01", "1w"), met("2026-11-03", "2026-11-10"))
    found = look(plus(base, record), "2026-11-19")
    plain = look(base, "2026-11-19")
    assert page(found) == page(plain)
    assert page(look(plus(base, record), LATER)) != page(look(base, LATER))


def test_the_numbers_of_the_dates_can_be_changed():
    """Windows, the day after a miss and the bands follow the policy."""
    records = [agreed("2024-01-01", "1m"), held("2026-11-01"), missed("2026-11-15")]
    rules = numbers(window_longest_days=2, after_miss_days=3, quiet_days=30)
    found = look(history("2024-01-01", *records), "2026-11-15", rules)
    assert span(found.timing) == ("2026-11-16", "2026-11-20")
    assert look(history("2024-01-01", *records), "2027-03-01", rules).timing.standing == "quiet"


def test_a_relationship_with_its_own_ladder_starts_on_its_first_step():
    """A ladder of one's own replaces the steps of Learning, not those of the other phases."""
    own = {"role": "mentor", "ladder": ("2w", "3w", "1m")}
    trusting = look(history("2026-10-01", **own), "2026-10-02").state
    learning = look(history("2026-10-01", moved("2026-10-01", "learning"), **own), "2026-10-02")
    assert (str(trusting.cadence), str(learning.state.cadence)) == ("1w", "2w")
    third = history("2026-10-01", moved("2026-10-01", "learning", "1m"), **own)
    assert look(third, "2026-10-02").state.step == 2


def test_the_day_after_the_last_meeting_is_never_before_today():
    """Whatever the interval, no date lies before today."""
    for days in range(0, 800, 7):
        found = timing([agreed("2024-01-01", "1w"), held(ago(days))], "2026-12-01")
        assert found.next_on >= date(2026, 12, 1)
        assert found.window[0] >= date(2026, 12, 1)
        assert found.window[0] <= found.next_on <= found.window[1]
