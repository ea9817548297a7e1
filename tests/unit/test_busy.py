"""Which days are full: gaps in working hours, whole days, and clocks that change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorlog.busy import BusyTime, full_days

DAY = date(2026, 12, 8)
NINE_TO_FIVE = (time(9), time(17))
BERLIN = ZoneInfo("Europe/Berlin")


def local(text: str, zone: str | None = "Europe/Berlin") -> datetime:
    """A local time: ``12-08 09:30`` of 2026; without a zone a floating one."""
    read = datetime.fromisoformat(f"2026-{text}")
    return read.replace(tzinfo=ZoneInfo(zone)) if zone else read


def busy(*spans: tuple[str, str], zone: str | None = "Europe/Berlin") -> list[BusyTime]:
    """Busy times from pairs of local times."""
    return [BusyTime(local(start, zone), local(end, zone)) for start, end in spans]


def days(
    taken: list[BusyTime],
    *,
    hours: tuple[time, time] = NINE_TO_FIVE,
    minutes: int = 60,
    zone: str = "Europe/Berlin",
    around: date = DAY,
) -> set[date]:
    """The full days within a week of a day."""
    week = timedelta(days=7)
    return set(full_days(taken, hours, minutes, ZoneInfo(zone), around - week, around + week))


@pytest.mark.parametrize(
    ("spans", "minutes", "full"),
    [
        ((("12-08 09:00", "12-08 17:00"),), 60, True),
        ((("12-08 10:00", "12-08 17:00"),), 60, False),  # the first hour is free
        ((("12-08 10:00", "12-08 17:00"),), 61, True),
        ((("12-08 09:00", "12-08 16:00"),), 60, False),  # the last hour is free
        ((("12-08 09:00", "12-08 12:00"), ("12-08 13:00", "12-08 17:00")), 60, False),
        ((("12-08 09:00", "12-08 12:00"), ("12-08 12:59", "12-08 17:00")), 60, True),
        ((("12-08 09:00", "12-08 16:30"), ("12-08 10:00", "12-08 11:00")), 60, True),  # inside
        ((("12-08 06:00", "12-08 09:00"), ("12-08 17:00", "12-08 23:00")), 60, False),  # outside
        ((("12-07 20:00", "12-08 20:00"),), 60, True),  # over midnight
        ((("12-08 12:00", "12-08 12:00"),), 479, False),  # no length
    ],
)
def test_a_day_is_full_without_a_gap_in_the_working_hours(
    spans: tuple[tuple[str, str], ...], minutes: int, full: bool
) -> None:
    """What counts is the longest free stretch between the first and the last working hour."""
    assert (DAY in days(busy(*spans), minutes=minutes)) is full


def test_whole_days_are_full_to_the_day_before_their_end() -> None:
    """An all-day event of several days fills each of them, in every time zone."""
    trip = [BusyTime(date(2026, 12, 7), date(2026, 12, 10))]
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Berlin"):
        assert days(trip, zone=zone) == {date(2026, 12, d) for d in (7, 8, 9)}


def test_a_floating_time_is_local_wherever_the_owner_is() -> None:
    """Nine to five without a zone fills the same day in Auckland and in New York."""
    taken = busy(("12-08 09:00", "12-08 17:00"), zone=None)
    for zone in ("Pacific/Auckland", "America/New_York"):
        assert days(taken, zone=zone) == {DAY}


def test_a_time_in_another_zone_fills_the_local_day() -> None:
    """A night in New York is a working day in Auckland."""
    taken = busy(("12-07 15:00", "12-07 23:00"), zone="America/New_York")
    assert days(taken, zone="Pacific/Auckland") == {DAY}
    assert days(taken, zone="America/New_York") == set()


# The hours of a night shift hold an hour less, or more, on the day the clocks change.
@pytest.mark.parametrize(
    ("zone", "change", "real_hours"),
    [
        ("Europe/Berlin", "03-29", 5),
        ("Europe/Berlin", "10-25", 7),
        ("America/New_York", "03-08", 5),
        ("America/New_York", "11-01", 7),
        ("Pacific/Auckland", "09-27", 5),
        ("Pacific/Auckland", "04-05", 7),
    ],
)
def test_a_gap_is_measured_in_real_minutes(zone: str, change: str, real_hours: int) -> None:
    """From midnight to six is five hours or seven where the clocks change, with one taken."""
    day = date.fromisoformat(f"2026-{change}")
    taken = busy((f"{change} 00:00", f"{change} 00:30"), zone=zone)
    free = real_hours * 60 - 30
    night = (time(0), time(6))
    assert days(taken, hours=night, minutes=free, zone=zone, around=day) == set()
    assert days(taken, hours=night, minutes=free + 1, zone=zone, around=day) == {day}


@pytest.mark.parametrize(
    ("zone", "before", "after"),
    [
        ("Europe/Berlin", "03-27", "03-30"),
        ("America/New_York", "10-30", "11-02"),
        ("Pacific/Auckland", "09-25", "09-28"),
    ],
)
def test_a_moment_in_utc_moves_with_the_clocks(zone: str, before: str, after: str) -> None:
    """The same hours of UTC fill working hours on one side of a change and not on the other."""
    opens = local(f"{before} 09:00", zone).astimezone(UTC)
    shift = timedelta(days=3)
    taken = [
        BusyTime(opens, opens + timedelta(hours=8)),
        BusyTime(opens + shift, opens + shift + timedelta(hours=8)),
    ]
    first = date.fromisoformat(f"2026-{before}")
    found = days(taken, minutes=30, zone=zone, around=first)
    assert found == {first}
    assert date.fromisoformat(f"2026-{after}") not in found


def test_only_days_asked_for_are_given() -> None:
    """A year away gives no more days than those asked about."""
    away = [BusyTime(date(2026, 1, 1), date(2027, 1, 1))]
    assert full_days(away, NINE_TO_FIVE, 60, BERLIN, DAY, DAY) == {DAY}


@given(
    spans=st.lists(st.tuples(st.integers(0, 1439), st.integers(1, 600)), max_size=6),
    minutes=st.integers(1, 480),
)
def test_a_day_is_full_just_when_no_start_fits(spans: list[tuple[int, int]], minutes: int) -> None:
    """The answer is that of trying every minute of the working hours as a start."""
    midnight = datetime.combine(DAY, time(0), BERLIN)
    taken = [
        BusyTime(midnight + timedelta(minutes=a), midnight + timedelta(minutes=a + long))
        for a, long in spans
    ]
    fits = any(
        all(at + minutes <= a or a + long <= at for a, long in spans)
        for at in range(9 * 60, 17 * 60 - minutes + 1)
    )
    touched = any(a < 1440 for a, _ in spans)
    assert (DAY in days(taken, minutes=minutes)) is (touched and not fits)
