"""Clocks of two sides: dates of 2026 written out, from Kiritimati to Pago Pago."""

from datetime import date, datetime, time
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorlog.errors import BadUsage
from mentorlog.model import History, Relationship, Session, replace
from mentorlog.render.bookings import clock_lines, fit_line, say_booking, shift_lines
from mentorlog.settings import Availability, Settings
from mentorlog.zones import (
    Zones,
    bookings_on_clock,
    find_zone,
    on_clock,
    outside,
    places,
    settle,
    zones_between,
)

BERLIN, LISBON, NEW_YORK = "Europe/Berlin", "Europe/Lisbon", "America/New_York"
SYDNEY, AUCKLAND, LORD_HOWE = "Australia/Sydney", "Pacific/Auckland", "Australia/Lord_Howe"
KOLKATA, KATHMANDU, SANTIAGO = "Asia/Kolkata", "Asia/Kathmandu", "America/Santiago"
KIRITIMATI, PAGO_PAGO, PHOENIX = "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/Phoenix"


def booked(when, zone=None, minutes=None, status="booked"):
    """A booking of ``2026-12-03 15:00`` in a zone."""
    day, _, at = when.partition(" ")
    clock = time.fromisoformat(at) if at else None
    return Session(1, date.fromisoformat(day), status, at=clock, minutes=minutes, zone=zone)


@pytest.mark.parametrize(
    ("when", "mine", "theirs", "shown"),
    [
        ("2026-12-03 15:00", BERLIN, NEW_YORK, "2026-12-03 09:00"),
        ("2026-07-02 15:00", BERLIN, NEW_YORK, "2026-07-02 09:00"),
        # The US changes on Sun 8 Mar, Europe on Sun 29 Mar.
        ("2026-03-05 15:00", BERLIN, NEW_YORK, "2026-03-05 09:00"),
        ("2026-03-12 15:00", BERLIN, NEW_YORK, "2026-03-12 10:00"),
        ("2026-03-26 15:00", BERLIN, NEW_YORK, "2026-03-26 10:00"),
        ("2026-04-02 15:00", BERLIN, NEW_YORK, "2026-04-02 09:00"),
        # Europe changes back on Sun 25 Oct, the US on Sun 1 Nov.
        ("2026-10-22 15:00", BERLIN, NEW_YORK, "2026-10-22 09:00"),
        ("2026-10-29 15:00", BERLIN, NEW_YORK, "2026-10-29 10:00"),
        ("2026-11-05 15:00", BERLIN, NEW_YORK, "2026-11-05 09:00"),
        # The southern hemisphere goes the other way, on Sun 5 Apr and Sun 4 Oct.
        ("2026-03-20 09:00", BERLIN, SYDNEY, "2026-03-20 19:00"),
        ("2026-03-30 09:00", BERLIN, SYDNEY, "2026-03-30 18:00"),
        ("2026-04-06 09:00", BERLIN, SYDNEY, "2026-04-06 17:00"),
        ("2026-10-05 09:00", BERLIN, SYDNEY, "2026-10-05 18:00"),
        ("2026-10-26 09:00", BERLIN, SYDNEY, "2026-10-26 19:00"),
        # Half and quarter hours; half an hour of daylight saving.
        ("2026-12-03 15:00", BERLIN, KOLKATA, "2026-12-03 19:30"),
        ("2026-12-03 15:00", BERLIN, KATHMANDU, "2026-12-03 19:45"),
        ("2026-10-03 09:00", KOLKATA, LORD_HOWE, "2026-10-03 14:00"),
        ("2026-10-04 09:00", KOLKATA, LORD_HOWE, "2026-10-04 14:30"),
        # Another day: 25 hours lie between the farthest two.
        ("2026-12-03 08:00", KIRITIMATI, PAGO_PAGO, "2026-12-02 07:00"),
        ("2026-12-02 07:00", PAGO_PAGO, KIRITIMATI, "2026-12-03 08:00"),
        ("2026-12-31 23:30", PAGO_PAGO, KIRITIMATI, "2027-01-02 00:30"),
        ("2024-03-01 00:30", KIRITIMATI, PAGO_PAGO, "2024-02-28 23:30"),
        ("2026-12-03 09:00", AUCKLAND, LISBON, "2026-12-02 20:00"),
    ],
)
def test_the_other_clock(when, mine, theirs, shown):
    """What their clock shows when it is that time on mine."""
    found = places(booked(when), Zones(mine, theirs))
    assert [place.side for place in found] == ["me", "them"]
    assert found[0].wall == datetime.fromisoformat(when)
    assert found[1].wall == datetime.fromisoformat(shown)


@pytest.mark.parametrize(
    ("when", "zone", "real", "fit"),
    [
        ("2026-03-29 02:30", BERLIN, "2026-03-29 03:30", "skipped"),
        ("2026-03-29 01:59", BERLIN, "2026-03-29 01:59", "plain"),
        ("2026-03-29 03:00", BERLIN, "2026-03-29 03:00", "plain"),
        ("2026-03-08 02:30", NEW_YORK, "2026-03-08 03:30", "skipped"),
        ("2026-10-25 02:30", BERLIN, "2026-10-25 02:30", "twice"),
        ("2026-10-25 03:00", BERLIN, "2026-10-25 03:00", "plain"),
        ("2026-11-01 01:30", NEW_YORK, "2026-11-01 01:30", "twice"),
        ("2026-10-04 02:30", SYDNEY, "2026-10-04 03:30", "skipped"),
        ("2026-04-05 02:30", SYDNEY, "2026-04-05 02:30", "twice"),
        ("2026-10-04 02:15", LORD_HOWE, "2026-10-04 02:45", "skipped"),
        ("2026-09-06 00:30", SANTIAGO, "2026-09-06 01:30", "skipped"),
        ("2011-12-30 15:00", "Pacific/Apia", "2011-12-31 15:00", "skipped"),
        ("2026-03-29 02:30", KOLKATA, "2026-03-29 02:30", "plain"),
    ],
)
def test_a_time_that_does_not_come_or_comes_twice(when, zone, real, fit):
    """A skipped time is as much later; of two the first is meant."""
    asked = booked(when)
    assert settle(asked.held_on, asked.at, zone) == (datetime.fromisoformat(real), fit)


def test_the_first_of_two_is_meant():
    """On the night when clocks go back, 2:30 is still summer time for the other side."""
    found = places(booked("2026-10-25 02:30", BERLIN), Zones(BERLIN, KOLKATA))
    assert found[1].wall == datetime(2026, 10, 25, 6, 0)


@pytest.mark.parametrize(
    ("when", "zone", "zones", "lines"),
    [
        ("2026-12-03 15:00", None, Zones(BERLIN, NEW_YORK), ["15:00 for you, 9:00 for Ana."]),
        ("2026-12-03 15:00", LISBON, Zones(BERLIN, LISBON), ["16:00 for you, 15:00 for Ana."]),
        (
            "2026-12-03 15:00",
            LISBON,
            Zones(BERLIN, NEW_YORK),
            ["16:00 for you, 10:00 for Ana, 15:00 in Europe/Lisbon."],
        ),
        (
            "2026-12-03 09:00",
            None,
            Zones(KIRITIMATI, PAGO_PAGO),
            ["9:00 for you, Wed 8:00 for Ana."],
        ),
        ("2026-12-03 15:00", None, Zones(BERLIN, "Europe/Madrid"), []),
        ("2026-12-03 15:00", None, Zones(BERLIN), []),
        ("2026-12-03 15:00", None, Zones(None, LISBON), []),
        ("2026-12-03 15:00", LISBON, Zones(), []),
        ("2026-12-03 15:00", "Not/Here", Zones(BERLIN, LISBON), []),
        ("2026-12-03", None, Zones(BERLIN, NEW_YORK), []),
    ],
)
def test_both_clocks_are_said_where_they_differ(when, zone, zones, lines):
    """One line with every clock; nothing where all show the same or one is not told."""
    assert clock_lines(booked(when, zone), zones, "Ana") == lines


@pytest.mark.parametrize(
    ("when", "minutes", "zones", "who"),
    [
        ("2026-12-03 08:00", 60, Zones(), []),
        ("2026-12-03 07:59", 60, Zones(), ["me"]),
        ("2026-12-03 20:00", None, Zones(), []),
        ("2026-12-03 19:00", 60, Zones(), []),
        ("2026-12-03 19:01", 60, Zones(), ["me"]),
        ("2026-12-03 23:30", 60, Zones(), ["me"]),
        ("2026-12-03 10:00", 60, Zones(BERLIN, NEW_YORK), ["them"]),
        ("2026-12-03 14:00", 60, Zones(BERLIN, NEW_YORK), []),
        ("2026-12-03 07:00", 60, Zones(BERLIN, PHOENIX), ["me", "them"]),
    ],
)
def test_an_hour_outside_the_day_is_told(when, minutes, zones, who):
    """From 8:00 to 20:00 on each clock, the end of the meeting included."""
    session = booked(when, minutes=minutes)
    assert [place.side for place in outside(places(session, zones), minutes)] == who


def test_whom_the_hour_may_not_suit_is_named():
    """The warning names each side once."""
    lines = clock_lines(booked("2026-12-03 07:00"), Zones(BERLIN, PHOENIX), "Ana")
    assert lines[1] == "Outside 8:00 to 20:00 for you and for Ana."


@pytest.mark.parametrize(
    ("last", "now", "zones", "said"),
    [
        (
            "2026-10-22 15:00",
            "2026-10-29 15:00",
            Zones(BERLIN, NEW_YORK),
            "For Ana it is 10:00 this time, an hour later than last time:"
            " clocks change on Sun 25 Oct 2026.",
        ),
        (
            "2026-10-29 15:00",
            "2026-11-05 15:00",
            Zones(BERLIN, NEW_YORK),
            "For Ana it is 9:00 this time, an hour earlier than last time:"
            " clocks change on Sun 1 Nov 2026.",
        ),
        (
            "2026-03-05 15:00",
            "2026-03-12 15:00",
            Zones(BERLIN, NEW_YORK),
            "For Ana it is 10:00 this time, an hour later than last time:"
            " clocks change on Sun 8 Mar 2026.",
        ),
        (
            "2026-03-26 15:00",
            "2026-04-02 15:00",
            Zones(BERLIN, NEW_YORK),
            "For Ana it is 9:00 this time, an hour earlier than last time:"
            " clocks change on Sun 29 Mar 2026.",
        ),
        (
            "2026-09-28 09:00",
            "2026-10-26 09:00",
            Zones(BERLIN, SYDNEY),
            "For Ana it is 19:00 this time, 2 hours later than last time:"
            " clocks change on Sun 4 Oct 2026 and Sun 25 Oct 2026.",
        ),
        (
            "2026-10-02 09:00",
            "2026-10-09 09:00",
            Zones(KOLKATA, LORD_HOWE),
            "For Ana it is 14:30 this time, half an hour later than last time:"
            " clocks change on Sun 4 Oct 2026.",
        ),
        # Past midnight an hour is still an hour.
        (
            "2026-10-22 05:30",
            "2026-10-29 05:30",
            Zones(BERLIN, NEW_YORK),
            "For Ana it is 0:30 this time, an hour later than last time:"
            " clocks change on Sun 25 Oct 2026.",
        ),
        # Both change, by the same, before the next time.
        ("2026-10-22 15:00", "2026-11-05 15:00", Zones(BERLIN, NEW_YORK), None),
        ("2026-10-22 15:00", "2026-10-29 15:00", Zones(BERLIN, LISBON), None),
        ("2026-11-26 15:00", "2026-12-03 15:00", Zones(BERLIN, NEW_YORK), None),
        # Another time for both is no matter of clocks.
        ("2026-10-22 15:00", "2026-10-29 16:00", Zones(BERLIN, LISBON), None),
        ("2026-10-22 15:00", "2026-10-29 15:00", Zones(BERLIN), None),
        ("2026-10-22 15:00", "2026-10-29 15:00", Zones(), None),
    ],
)
def test_a_clock_that_moves_is_said(last, now, zones, said):
    """The meeting keeps its time on one clock; the other's is another than last time."""
    lines = shift_lines(booked(last, status="held"), booked(now), zones, "Ana")
    assert lines == ([said] if said else [])


def test_my_own_clock_may_be_the_one_that_moves():
    """Booked by the clock of New York, it is Berlin that reads another time."""
    last, now = booked("2026-10-22 09:00", NEW_YORK), booked("2026-10-29 09:00", NEW_YORK)
    assert shift_lines(last, now, Zones(BERLIN, NEW_YORK), "Ana") == [
        "For you it is 14:00 this time, an hour earlier than last time:"
        " clocks change on Sun 25 Oct 2026."
    ]


def test_of_clocks_long_ago_no_day_is_named():
    """After more than a year only the shift itself is said."""
    last, now = booked("2024-07-04 09:00"), booked("2026-12-03 09:00")
    assert shift_lines(last, now, Zones(KOLKATA, BERLIN), "Ana") == [
        "For Ana it is 4:30 this time, an hour earlier than last time."
    ]


@pytest.mark.parametrize(
    ("when", "zone", "mine", "day", "at", "left"),
    [
        ("2026-12-03 15:00", LISBON, BERLIN, "2026-12-03", (16, 0), None),
        ("2026-12-03 08:00", KIRITIMATI, PAGO_PAGO, "2026-12-02", (7, 0), None),
        ("2026-12-03 15:00", BERLIN, BERLIN, "2026-12-03", (15, 0), None),
        ("2026-12-03 15:00", None, BERLIN, "2026-12-03", (15, 0), None),
        ("2026-12-03 15:00", LISBON, None, "2026-12-03", (15, 0), LISBON),
        ("2026-12-03 15:00", "Not/Here", BERLIN, "2026-12-03", (15, 0), "Not/Here"),
        ("2026-12-03 15:00", LISBON, "Not/Here", "2026-12-03", (15, 0), LISBON),
        ("2026-12-03 15:00", "../../etc/passwd", BERLIN, "2026-12-03", (15, 0), "../../etc/passwd"),
    ],
)
def test_a_booking_is_seen_on_my_clock(when, zone, mine, day, at, left):
    """With its day there; as it is where a zone is not told or not known on this system."""
    seen = on_clock(booked(when, zone), mine)
    assert (seen.held_on, seen.at, seen.zone) == (date.fromisoformat(day), time(*at), left)


def test_only_what_is_booked_is_seen_on_my_clock():
    """A meeting that was held keeps its day, wherever its clock was."""
    person = Relationship(1, "Ana", "mentor", date(2026, 1, 1))
    held = booked("2026-11-26 08:00", KIRITIMATI, status="held")
    ahead = booked("2026-12-03 08:00", KIRITIMATI)
    found = bookings_on_clock(History(person, meetings=(held,), booked=(ahead,)), PAGO_PAGO)
    assert (found.meetings, found.booked) == ((held,), (booked("2026-12-02 07:00"),))


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Lisbon", LISBON),
        ("europe/lisbon", LISBON),
        ("Lisbon", LISBON),
        ("new york", NEW_YORK),
        ("UTC", "UTC"),
    ],
)
def test_a_zone_is_found_by_name_or_city(typed, zone):
    """Case and blanks do not matter."""
    assert find_zone(typed) == zone


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("Lisbonn", "Europe/Lisbon"),
        ("istanbul", "Asia/Istanbul, Europe/Istanbul"),
        ("+01:00", "name a city"),
        ("", "name a city"),
        ("../../etc/passwd", "name a city"),
        ("x\0y", "name a city"),
    ],
)
def test_an_unknown_zone_is_refused_with_what_would_work(typed, hint):
    """None or several is an error that lists what may be meant."""
    with pytest.raises(BadUsage) as refused:
        find_zone(typed)
    assert hint in refused.value.hint


def test_the_zones_come_from_what_was_set():
    """The owner's, and the other side's by its folded name."""
    settings = Settings(Availability(zone=BERLIN), others={"ana": Availability(zone=LISBON)})
    assert zones_between(settings, "Ána") == Zones(BERLIN, LISBON)
    assert zones_between(settings, "Ben") == Zones(BERLIN)
    assert zones_between(Settings(), "Ana") == Zones()


def test_a_booking_is_said_with_day_time_and_zone():
    """The zone only where it is not mine."""
    assert say_booking(booked("2026-12-03 15:00")) == "Thu 3 Dec 2026 at 15:00"
    assert say_booking(booked("2026-12-03")) == "Thu 3 Dec 2026"
    assert say_booking(booked("2026-12-03 09:00", LISBON)).endswith("at 9:00 (Europe/Lisbon)")


@pytest.mark.parametrize(
    ("fit", "said"),
    [
        (
            "skipped",
            "2:30 does not come on Sun 29 Mar 2026 in Europe/Berlin, as clocks go forward:"
            " 3:30 is meant.",
        ),
        (
            "twice",
            "2:30 comes twice on Sun 29 Mar 2026 in Europe/Berlin, as clocks go back: the first"
            " is meant.",
        ),
        ("plain", ""),
    ],
)
def test_how_a_time_fits_is_said(fit, said):
    """Nothing of a time that simply comes."""
    asked, real = booked("2026-03-29 02:30"), booked("2026-03-29 03:30")
    assert fit_line(fit, asked, real, BERLIN) == said


@given(
    when=st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)),
    here=st.sampled_from(sorted(available_timezones())),
    mine=st.sampled_from(sorted(available_timezones())),
)
def test_there_and_back_is_the_same_time(when, here, mine):
    """A booking seen on another clock and from there again is where it was, if it comes once."""
    wall, fit = settle(when.date(), when.time(), here)
    seen = on_clock(Session(1, wall.date(), "booked", at=wall.time(), zone=here), mine)
    assert seen.at is not None
    if fit != "twice" and settle(seen.held_on, seen.at, mine)[1] != "twice":
        back = on_clock(replace(seen, zone=mine), here)
        assert (back.held_on, back.at) == (wall.date(), wall.time())
