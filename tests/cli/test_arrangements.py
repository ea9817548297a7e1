"""Settings, the plan and the calendars together: what one says, the others say too."""

import tomllib
from pathlib import Path

import icalendar
import pytest

from tests.calendars import calendar_file, event

WHERE = Path(".config", "mentorlog", "config.toml")


@pytest.mark.parametrize(
    "line", ["next", "next ana", "plan", "calendar -o out.ics", "book ana 'thu 15:00'", "brief ana"]
)
def test_the_settings_are_read_once(ok, sets, monkeypatch, tmp_path, line):
    """However many parts of a command ask for them."""
    ok("add-relationship Ana --started 2026-11-16")
    sets("[me]\nmax_a_day = 3\nzone = 'Europe/Berlin'\n[with.Ana]\nzone = 'Europe/Lisbon'")
    monkeypatch.chdir(tmp_path)
    loads, read = tomllib.loads, []
    monkeypatch.setattr(tomllib, "loads", lambda text: read.append(text) or loads(text))
    ok(line)
    assert len(read) == 1


def test_a_slip_in_the_settings_calls_nothing_off(ok, fails, sets):
    """It is told before the booking is touched."""
    ok("add-relationship Ana --started 2026-11-16")
    ok("book ana 'thu 15:00'")
    sets("[me]\nminutes = 'long'")
    fails("unbook s1", code=6, says="line 2: 'me.minutes'")
    sets("")
    assert "Called off s1" in ok("unbook s1")


PEOPLE = """\
add-relationship Ana --started 2026-11-02 --every 1w
add-session ana met --on 2026-11-30
add-relationship Ben --started 2026-11-02 --every 1w
add-session ben met --on 2026-11-26
add-relationship Cleo --started 2026-10-05 --every 2w
add-session cleo met --on 2026-11-12
add-relationship Dan --started 2026-10-05 --every 1m
add-session dan met --on 2026-11-16
add-relationship Eve --started 2026-12-07
add-relationship Fay --started 2026-10-05 --every 2w
add-session fay met --on 2026-11-24
book fay 2026-12-09
add-relationship Gus --started 2026-10-05 --every 1m
add-session gus met --on 2026-11-28
pause gus --until 2026-12-20
"""


@pytest.mark.parametrize(
    "settings",
    ["", "max_a_week = 1", "max_a_week = 2", "max_a_week = 2\naway = ['2026-12-10..2026-12-22']",
     "max_a_day = 1\nworking_days = 'mon-tue'"],
)  # fmt: skip
def test_the_plan_begins_where_next_says(journal, ok, sets, settings):
    """Whatever the limits, the first day of everybody in the plan is the one that `next` names."""
    for line in PEOPLE.splitlines():
        ok(line)
    sets(f"[me]\n{settings}")
    following = {item["relationship"]: item["next_on"] for item in journal.items("next")}
    first: dict[str, str] = {}
    for item in journal.items("plan --months 6"):
        if item["kind"] in ("booked", "suggested"):
            first.setdefault(item["relationship"], item["on"])
    assert first == following


@pytest.mark.parametrize("line", ["plan", "book ana 'thu 15:00'"])
def test_what_cannot_be_used_is_noted_once(journal, ok, tmp_path, line):
    """A busy calendar that is gone, however often the days are asked for."""
    ok("add-relationship Ana --started 2026-11-16")
    file = calendar_file(tmp_path / "work.ics", event("DTSTART:20261203T090000Z"))
    ok(f"busy add {file}")
    file.unlink()
    assert journal.run(line).stderr.count("Answered without") == 1


def told(journal, options: str = "") -> list[tuple[str, str, int]]:
    """What a calendar program is told of each event: its day, status and number."""
    text = journal.ok(f"calendar {options}")
    events = icalendar.Calendar.from_ical(text).walk("VEVENT")
    return [(str(e["DTSTART"].dt)[:10], str(e["STATUS"]), int(e["SEQUENCE"])) for e in events]


@pytest.mark.parametrize("options", ["", "--no-suggestions"])
def test_a_booking_of_who_is_closed_is_taken_back(journal, ok, options):
    """Other calendars are told that it is off, and that it is on again after a reopening."""
    ok("add-relationship Ana --started 2026-11-16")
    ok("book ana '8 dec 15:00'")
    assert told(journal, options) == [("2026-12-08", "CONFIRMED", 0)]
    ok("close ana --as completed")
    assert told(journal, options) == [("2026-12-08", "CANCELLED", 1)]
    ok("reopen ana")
    assert told(journal, options) == [("2026-12-08", "CONFIRMED", 2)]


def test_what_is_booked_after_an_ending_is_in_no_plan(journal, ok):
    """Neither in the calendar nor in the plan, from the day of the ending on; that day is kept."""
    ok("add-relationship Ana --started 2026-11-16")
    for day in ("2026-12-03", "2026-12-08"):
        ok(f"book ana {day}")
    journal.today = "2026-12-03"
    ok("close ana --as completed")
    ended = ["2026-12-03"]
    assert [item["on"] for item in journal.items("plan")] == ended
    assert [day for day, *_ in told(journal)] == ended
    journal.today = "2026-12-02"
    assert [item["on"] for item in journal.items("plan")][:2] == ["2026-12-03", "2026-12-08"]
    assert [day for day, *_ in told(journal)] == ["2026-12-03", "2026-12-08"]


def test_a_busy_calendar_is_removed_by_its_id(journal, ok, fails, tmp_path):
    """As the list shows it; an id that is not there is told."""
    files = [calendar_file(tmp_path / f"{name}.ics", event("DTSTART:20261203")) for name in "ab"]
    for file in files:
        ok(f"busy add {file}")
    ok("busy remove y1")
    assert [item["path"] for item in journal.items("busy")] == [str(files[1])]
    fails("busy remove y1", code=3, says="y1 is not one of the busy calendars")


@pytest.mark.parametrize("line", ["busy add", "busy remove", "calendar -o", "import", "--journal"])
def test_no_path_has_a_nul_in_it(fails, line):
    """One clear error, as for any other path that cannot be."""
    fails(f"{line} 'a\0b'", code=2, says="NUL character")


@pytest.mark.parametrize(
    ("on", "by", "due"),
    [
        ("", "fri", "2026-12-04"),
        ("", "tue", "2026-12-08"),  # said on a Tuesday
        ("", "today", "2026-12-01"),
        ("--on yesterday", "mon", "2026-12-07"),  # yesterday was one
        ("--on yesterday", "tue", "2026-12-01"),
        ("--on yesterday", "tomorrow", "2026-12-01"),
        ("--on 2026-11-17", "fri", "2026-11-20"),
        ("--on 2026-11-17", "20 nov", "2026-11-20"),
    ],
)
def test_a_promise_counts_from_the_day_it_was_made(journal, ok, on, by, due):
    """Beside a session or by itself, recorded that day or later."""
    ok("add-relationship Ana --started 2026-11-16")
    ok(f'add-session ana met --action "me: send it by {by}" {on}')
    ok(f'add-action ana "send it" --owner me --due "{by}" {on}')
    assert [item["due_on"] for item in journal.items("actions")] == [due, due]
