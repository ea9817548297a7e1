"""Events for other calendars: numbered by change, and readable by any program."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mentorlog.errors import InvalidDocument
from mentorlog.events import Event, Published, gone, numbered, recent, summary_of
from mentorlog.render.ical import _zone, ical

STAMP, LATER = "2026-12-01T10:00:00+00:00", "2026-12-02T10:00:00+00:00"
ON = date(2026, 12, 8)
MEETING = Event("u1@mentorlog", 1, "Meeting with Ana", ON, "CONFIRMED", time(15), 45, "Asia/Tokyo")
NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200)
HARD = st.text(st.sampled_from(',;\\":\n é😀👩\u200d👧nN='), min_size=1, max_size=200)


def text_of(*events: Event, alarms: bool = True) -> bytes:
    """The iCalendar text of events published for the first time."""
    return ical(numbered(events, {}, stamp=STAMP), alarms=alarms)


def read(content: bytes) -> list[Any]:
    """The events as icalendar's own parser reads them."""
    return icalendar.Calendar.from_ical(content).walk("VEVENT")


@given(name=NAMES | HARD)
@example(name="\\N")
@example(name="😀," * 100)
def test_any_name_comes_back_from_the_parser(name: str) -> None:
    """Commas, semicolons, backslashes, line ends, emoji and length survive writing and reading."""
    summary = summary_of(name, "CONFIRMED")
    event = Event("u1@mentorlog", 1, summary, date(2026, 12, 8), "CONFIRMED")
    content = text_of(event)
    (found,) = read(content)
    assert str(found["SUMMARY"]) == summary
    lines = content.split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)


def test_a_timed_meeting_keeps_its_local_time_and_zone() -> None:
    """The parser gives back the day, the time, the zone and the length."""
    (found,) = read(text_of(MEETING))
    assert found["DTSTART"].dt == datetime(2026, 12, 8, 15, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert found["DTSTART"].params["TZID"] == "Asia/Tokyo"
    assert found["DTEND"].dt - found["DTSTART"].dt == timedelta(minutes=45)
    assert (found["STATUS"], found["TRANSP"]) == ("CONFIRMED", "OPAQUE")


def test_a_meeting_over_a_change_of_the_clocks_keeps_its_length() -> None:
    """An hour that begins before the clocks go forward ends at half past three."""
    night = Event("u", 1, "M", date(2026, 3, 29), "CONFIRMED", time(1, 30), 60, "Europe/Berlin")
    (found,) = read(text_of(night))
    assert found["DTEND"].dt.time() == time(3, 30)


def test_a_meeting_without_a_zone_floats_and_one_without_a_time_is_a_whole_day() -> None:
    """No zone is made up, and a day whose time is open does not block that day."""
    floating = Event("u", 1, "M", date(2026, 12, 8), "CONFIRMED", time(15), 60)
    day = Event("u", 1, "M", date(2026, 12, 8), "CONFIRMED")
    assert read(text_of(floating))[0]["DTSTART"].dt == datetime(2026, 12, 8, 15)
    assert b"VTIMEZONE" not in text_of(floating)
    (found,) = read(text_of(day))
    assert (found["DTSTART"].dt, found["DTEND"].dt) == (date(2026, 12, 8), date(2026, 12, 9))
    assert found["TRANSP"] == "TRANSPARENT"


@pytest.mark.parametrize(
    "name",
    ["Europe/Berlin", "America/New_York", "Pacific/Auckland", "Australia/Lord_Howe",
     "Africa/Casablanca", "Europe/Dublin", "Asia/Kolkata", "America/Santiago"],
)  # fmt: skip
def test_a_described_zone_changes_when_the_real_one_does(name: str) -> None:
    """Every half hour of two years has the offset of the real zone, read as RFC 5545 says."""
    zone, onsets = ZoneInfo(name), []
    for part in _zone(name, date(2025, 1, 1), date(2028, 1, 1)).subcomponents:
        rest = part["RDATE"].dts if "RDATE" in part else []
        for start in (part.DTSTART, *(day.dt for day in rest)):
            onsets.append(((start - part.TZOFFSETFROM).replace(tzinfo=UTC), part.TZOFFSETTO))
    onsets.sort()
    moment, now = datetime(2025, 1, 2, tzinfo=UTC), timedelta()
    while moment < datetime(2027, 1, 2, tzinfo=UTC):
        while onsets and onsets[0][0] <= moment:
            now = onsets.pop(0)[1]
        assert now == moment.astimezone(zone).utcoffset(), moment
        moment += timedelta(minutes=30)


def test_an_unknown_zone_is_an_error_that_names_it() -> None:
    """A zone that this machine does not know is not guessed."""
    with pytest.raises(InvalidDocument, match="Mars/Base"):
        text_of(Event("u", 1, "M", date(2026, 12, 8), "CONFIRMED", time(15), 60, "Mars/Base"))


def test_alarms_ring_before_and_never_for_what_is_cancelled() -> None:
    """A quarter of an hour for a time, nine on the day before for a day; off by a flag."""
    day = Event("d", 1, "M", date(2026, 12, 8), "TENTATIVE")
    off = Event("c", 1, "M", date(2026, 12, 8), "CANCELLED")
    triggers = [
        [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")]
        for event in read(text_of(MEETING, day, off))
    ]
    assert triggers == [[timedelta(minutes=-15)], [timedelta(hours=-15)], []]
    assert b"VALARM" not in text_of(MEETING, day, off, alarms=False)


def test_an_empty_calendar_holds_something() -> None:
    """A calendar must have a component to be valid; the zone of UTC hurts nobody."""
    assert [part.name for part in icalendar.Calendar.from_ical(text_of()).subcomponents] == [
        "VTIMEZONE"
    ]


CHANGES = {
    "on": date(2026, 12, 9), "at": time(16), "minutes": 60, "zone": "Europe/Berlin",
    "status": "CANCELLED", "summary": "Meeting with Anna",
}  # fmt: skip


@pytest.mark.parametrize("field", CHANGES)
def test_number_and_stamp_rise_with_each_change_and_only_then(field: str) -> None:
    """Every field that other calendars see counts as a change; the same event is the same."""
    ((_, first),) = numbered([MEETING], {}, stamp=STAMP)
    assert (first.sequence, first.stamp) == (0, STAMP)
    ((_, again),) = numbered([MEETING], {MEETING.uid: first}, stamp=LATER)
    assert again == first
    values = {name: getattr(MEETING, name) for name in MEETING.__match_args__}
    changed = Event(**{**values, field: CHANGES[field]})
    ((_, second),) = numbered([changed], {MEETING.uid: first}, stamp=LATER)
    assert (second.sequence, second.stamp) == (1, LATER)
    ((_, third),) = numbered([MEETING], {MEETING.uid: second}, stamp=LATER)
    assert third.sequence == 2


def test_what_is_gone_is_cancelled_even_when_its_name_is_gone_too() -> None:
    """An event published before and missing now is cancelled on the day it was for."""
    last = Published(7, date(2026, 12, 8), "x", 3, STAMP)
    (named,) = gone([MEETING], {MEETING.uid: last, "old@mentorlog": last}, {7: "Ben"})
    assert (named.uid, named.status, named.on) == ("old@mentorlog", "CANCELLED", last.held_on)
    assert named.summary == "Meeting with Ben (cancelled)"
    (nameless,) = gone([], {"old@mentorlog": last}, {})
    assert nameless.summary == "Meeting (cancelled)"


def test_what_is_long_past_is_left_out() -> None:
    """Thirty days later an event is no longer written."""
    assert recent([MEETING], today=date(2027, 1, 7)) == [MEETING]
    assert recent([MEETING], today=date(2027, 1, 8)) == []
