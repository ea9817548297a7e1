"""`busy`: real calendar files become full days; a broken one is named and changes nothing."""

import json
import os
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from mentorlog.cli.busy import load_busy, load_times
from mentorlog.errors import InvalidDocument
from mentorlog.model import frozen
from mentorlog.settings import Availability, Settings
from mentorlog.store.journal import open_journal
from tests.calendars import calendar_file, event
from tests.conftest import TODAY, Journal

MINE = (
    "BEGIN:VTIMEZONE\r\nTZID:Our own\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
    "TZOFFSETFROM:{0}\r\nTZOFFSETTO:{0}\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
)


@frozen
class Found:
    """What loading gives: the full days of December, by day of the month, and the notes."""

    days: list[int]
    notes: list[str]


def full(journal: Journal, zone: str = "Europe/Berlin") -> Found:
    """The full days of December 2026 by the journal's busy calendars."""
    opened = open_journal(journal.path, for_writing=False)
    assert opened
    settings = Settings(me=Availability(zone=zone))
    days, notes = load_busy(opened, settings, today=date(2026, 12, 1))
    return Found(sorted(d.day for d in days if (d.year, d.month) == (2026, 12)), notes)


def day_of(number: int, zone: str = ";TZID=Europe/Berlin") -> tuple[str, str]:
    """The lines of an event from nine to five on a day of December."""
    return (
        f"DTSTART{zone}:202612{number:02}T090000",
        f"DTEND{zone}:202612{number:02}T170000",
    )


WEEKLY = "RRULE:FREQ=WEEKLY;COUNT=3"
FILES: dict[str, tuple[tuple[str, ...], list[int]]] = {
    "one day": ((event(*day_of(8)),), [8]),
    "transparent": ((event(*day_of(8), "TRANSP:TRANSPARENT"),), []),
    "cancelled": ((event(*day_of(8), "STATUS:CANCELLED"),), []),
    "lower case": ((event(*day_of(8), "STATUS:cancelled"),), []),
    "floating series with an end in UTC": (
        (event(*day_of(8, ""), "RRULE:FREQ=WEEKLY;UNTIL=20261222T230000Z"),),
        [8, 15, 22],
    ),
    "tentative": ((event(*day_of(8), "STATUS:TENTATIVE"),), [8]),
    "duration": ((event(day_of(8)[0], "DURATION:PT8H"),), [8]),
    "no end": ((event(day_of(8)[0]),), []),
    "floating": ((event(*day_of(8, "")),), [8]),
    "utc": ((event("DTSTART:20261208T080000Z", "DTEND:20261208T160000Z"),), [8]),
    "windows zone": ((event(*day_of(8, ";TZID=W. Europe Standard Time")),), [8]),
    "path of a zone": ((event(*day_of(8, ";TZID=/vendor.example/Europe/Berlin")),), [8]),
    "weekly": ((event(*day_of(8), WEEKLY),), [8, 15, 22]),
    "weekly since 2019": (
        (event("DTSTART;TZID=Europe/Berlin:20190101T090000", "DURATION:PT8H",
               "RRULE:FREQ=WEEKLY;UNTIL=20261216T000000Z"),), [1, 8, 15],
    ),
    "exception": ((event(*day_of(8), WEEKLY, "EXDATE;TZID=Europe/Berlin:20261215T090000"),),
                  [8, 22]),
    "more dates": ((event(*day_of(8), "RDATE;TZID=Europe/Berlin:20261210T090000"),), [8, 10]),
    "a period": (
        (event("DTSTART:20261208T080000Z", "DURATION:PT1H",
               "RDATE;VALUE=PERIOD:20261210T080000Z/PT8H"),), [10],
    ),
    "moved": (
        (event(*day_of(8), WEEKLY),
         event(*day_of(17), "RECURRENCE-ID;TZID=Europe/Berlin:20261215T090000")), [8, 17, 22],
    ),
    "one made free": (
        (event(*day_of(8), WEEKLY),
         event(*day_of(15), "RECURRENCE-ID;TZID=Europe/Berlin:20261215T090000",
               "TRANSP:TRANSPARENT")), [8, 22],
    ),
    "one cancelled": (
        (event(*day_of(8), WEEKLY),
         event(*day_of(15), "RECURRENCE-ID;TZID=Europe/Berlin:20261215T090000",
               "STATUS:CANCELLED")), [8, 22],
    ),
    "all day": ((event("DTSTART;VALUE=DATE:20261208"),), [8]),
    "all day, end the same": (
        (event("DTSTART;VALUE=DATE:20261208", "DTEND;VALUE=DATE:20261208"),), [8],
    ),
    "several days": (
        (event("DTSTART;VALUE=DATE:20261208", "DTEND;VALUE=DATE:20261211"),), [8, 9, 10],
    ),
    "over two nights": (
        (event("DTSTART;TZID=Europe/Berlin:20261208T120000",
               "DTEND;TZID=Europe/Berlin:20261210T093000"),), [9],
    ),
    "own zone": ((MINE.format("+0100"), event(*day_of(8, ";TZID=Our own"))), [8]),
    "own zone, described last": (
        (event(*day_of(8, ";TZID=Our own")), MINE.format("+0100")), [8],
    ),
    "own zone, elsewhere": ((MINE.format("-0800"), event(*day_of(8, ";TZID=Our own"))), []),
    "a zone for all": (
        ("X-WR-TIMEZONE:America/Los_Angeles\r\n", event(*day_of(8, ""))), [],
    ),
    "two on a day": (
        (event("DTSTART:20261208T080000Z", "DTEND:20261208T120000Z"),
         event("DTSTART:20261208T120000Z", "DTEND:20261208T160000Z", uid="e2")), [8],
    ),
    "no uid": ((event(*day_of(8)).replace("UID:e1\r\n", ""),
                event(*day_of(9)).replace("UID:e1\r\n", "")), [8, 9]),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_what_a_calendar_holds_becomes_full_days(
    journal: Journal, tmp_path: Path, name: str
) -> None:
    """Recurrence, exceptions, zones and transparency are read as calendar programs mean them."""
    parts, expected = FILES[name]
    journal.ok(f"busy add {calendar_file(tmp_path / 'work.ics', *parts)}")
    assert full(journal) == Found(expected, [])
    assert full(journal) == Found(expected, [])  # now as remembered


@pytest.mark.parametrize(
    ("zone", "first", "change"),
    [
        ("Europe/Berlin", "20260320", "RRULE:FREQ=WEEKLY;COUNT=3"),
        ("America/New_York", "20261030", "RRULE:FREQ=WEEKLY;COUNT=3"),
        ("Pacific/Auckland", "20260925", "RRULE:FREQ=WEEKLY;COUNT=3"),
    ],
)
def test_a_weekly_event_keeps_its_local_time_over_a_change_of_the_clocks(
    tmp_path: Path, zone: str, first: str, change: str
) -> None:
    """The moment in UTC moves by an hour, so that the local time does not."""
    lines = (f"DTSTART;TZID={zone}:{first}T090000", "DURATION:PT1H", change)
    path = calendar_file(tmp_path / "work.ics", event(*lines))
    today = date.fromisoformat(f"{first[:4]}-{first[4:6]}-{first[6:]}")
    hours = [b.start.hour for b in load_times(path, None, today=today)]  # type: ignore[attr-defined]
    assert len(hours) == 3
    assert abs(hours[0] - hours[-1]) in (1, 23)


def test_zones_of_one_file_are_not_those_of_the_next(journal: Journal, tmp_path: Path) -> None:
    """Two files may give one name to two time zones of their own."""
    for name, offset in (("a", "-0800"), ("b", "+0100")):
        parts = (MINE.format(offset), event(*day_of(8, ";TZID=Our own")))
        journal.ok(f"busy add {calendar_file(tmp_path / f'{name}.ics', *parts)}")
    assert full(journal).days == [8]


MINUTES = ",".join(map(str, range(60)))
BROKEN: dict[str, tuple[str, str]] = {
    "start": (event("DTSTART:2026banana"), "2026banana"),
    "no start": (event("DESCRIPTION:x"), "no DTSTART"),
    "two starts": (event("DTSTART:20261208T080000Z", "DTSTART:20261209T080000Z"), "more than once"),
    "rule": (event(*day_of(8), "RRULE:FREQ=SOMETIMES"), "SOMETIMES"),
    "until": (event(*day_of(8), "RRULE:FREQ=DAILY;UNTIL=later"), "later"),
    "exception": (event(*day_of(8), "EXDATE:never"), "never"),
    "duration": (event(day_of(8)[0], "DURATION:long"), "long"),
    "zone": (event(*day_of(8, ";TZID=Nowhere/Land")), "Nowhere/Land"),
    "every minute": (event(*day_of(8), "RRULE:FREQ=MINUTELY"), "every minute"),
    "every minute of the day": (
        event(
            *day_of(8), f"RRULE:FREQ=DAILY;BYMINUTE={MINUTES};BYHOUR=8,9,10,11,12,13,14,15,16,17"
        ),
        "more than 200,000 times",
    ),
    "every hour for ever": (
        event("DTSTART:00010101T000000Z", "DURATION:PT1H", "RRULE:FREQ=HOURLY"),
        "more than 200,000 times",
    ),
    "a stray line": (event(*day_of(8), "what is this"), "what is this"),
    "an interval of nothing": (event(*day_of(8), "RRULE:FREQ=DAILY;INTERVAL=0"), "interval"),
    "an end before the start": (
        event("DTSTART;VALUE=DATE:20261203", "DTEND;VALUE=DATE:20261201"),
        "before it begins",
    ),
    "less than nothing": (event("DTSTART:20261203T000000Z", "DURATION:-P1D"), "less than nothing"),
    "no end": (event(*day_of(8)).replace("END:VEVENT\r\n", ""), "END"),
    "one end too many": (event(*day_of(8)) + "END:VEVENT\r\n", "END"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_event_is_named_and_nothing_is_added(
    journal: Journal, tmp_path: Path, name: str
) -> None:
    """The error names the file, the UID and the summary of the event; exit code 6."""
    broken, says = BROKEN[name]
    good = event(*day_of(9), uid="good", summary="Fine")
    path = calendar_file(tmp_path / "work.ics", good, broken)
    error = journal.fails(f"busy add {path}", code=6, says=says)
    assert str(path) in error
    assert "e1 (Secret talk)" in error
    assert not journal.path.exists()


@pytest.mark.parametrize(
    "content", [b"", b"hello\n", b"\xff\xfe\x00", b"BEGIN:VCARD\r\nEND:VCARD\r\n", b"\x00" * 100]
)
def test_what_is_no_calendar_is_an_error(journal: Journal, tmp_path: Path, content: bytes) -> None:
    """An empty file, text, bytes, and an address card are refused by name."""
    path = tmp_path / "work.ics"
    path.write_bytes(content)
    journal.fails(f"busy add {path}", code=6, says=str(path))


def test_a_file_cut_short_is_an_error(tmp_path: Path) -> None:
    """A download that stopped anywhere is refused or was whole; never half read, never a bug."""
    path = calendar_file(tmp_path / "work.ics", event(*day_of(8), WEEKLY), event(*day_of(9)))
    whole = path.read_bytes()
    for length in range(len(whole) - len("\r\n")):
        path.write_bytes(whole[:length])
        with pytest.raises(InvalidDocument, match=r"work\.ics"):
            load_times(path, None, today=date(2026, 12, 1))


def test_files_that_are_not_there_or_there_twice(journal: Journal, tmp_path: Path) -> None:
    """Missing is 3, a folder is 6, again is 4, no file named is 2, not one of them is 3."""
    path = calendar_file(tmp_path / "work.ics", event(*day_of(8)))
    journal.fails(f"busy add {tmp_path}/none.ics", code=3, says="none.ics")
    journal.fails(f"busy add {tmp_path}", code=6, says="cannot be read")
    journal.fails("busy add", code=2, says="which file")
    journal.ok(f"busy add {path}")
    journal.fails(f"busy add {path}", code=4, says="already")
    journal.fails("busy remove other.ics", code=3, says=str(path))


def test_added_listed_removed_and_undone(journal: Journal, tmp_path: Path) -> None:
    """Each step says what it did, and an undo takes it back."""
    path = calendar_file(tmp_path / "work.ics", event(*day_of(8)))
    assert "1 busy time up to Fri 31 Dec 2027" in journal.ok(f"busy add {path}")
    assert journal.items("busy") == [{"id": "y1", "path": str(path), "times": 1, "problem": None}]
    journal.ok("busy remove work.ics")
    assert journal.items("busy") == []
    assert full(journal).days == []
    journal.ok("undo")
    assert full(journal).days == [8]
    journal.ok("undo")
    assert full(journal).days == []


def test_a_calendar_that_is_broken_or_gone_later_is_noted(journal: Journal, tmp_path: Path) -> None:
    """The rest still counts; one note for each file that cannot be used now."""
    good = calendar_file(tmp_path / "good.ics", event(*day_of(8)))
    bad = calendar_file(tmp_path / "bad.ics", event(*day_of(9)))
    journal.ok(f"busy add {good}")
    journal.ok(f"busy add {bad}")
    assert full(journal).days == [8, 9]
    calendar_file(bad, event("DTSTART:never"))
    found = full(journal)
    assert found.days == [8]
    assert [str(bad) in note for note in found.notes] == [True]
    assert journal.items("busy")[0]["problem"].startswith(str(bad))
    bad.unlink()
    assert [str(bad) in note for note in full(journal).notes] == [True]


def test_a_changed_file_is_read_again(journal: Journal, tmp_path: Path) -> None:
    """What is remembered is of the file as it was."""
    path = calendar_file(tmp_path / "work.ics", event(*day_of(8)))
    journal.ok(f"busy add {path}")
    assert full(journal).days == [8]
    calendar_file(path, event(*day_of(9)))
    os.utime(path, ns=(1, 1))
    assert full(journal).days == [9]


def cache(home: str | None = None) -> list[Path]:
    """The files that are remembered."""
    return sorted((Path(home or os.environ["HOME"]) / ".cache" / "mentorlog").glob("*"))


def test_only_times_are_remembered_and_privately(journal: Journal, tmp_path: Path) -> None:
    """No title and no UID is in the cache, the file is 0600, and goes with the calendar."""
    journal.ok(f"busy add {calendar_file(tmp_path / 'work.ics', event(*day_of(8)))}")
    full(journal)
    (kept,) = cache()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    assert "Secret" not in kept.read_text()
    assert json.loads(kept.read_text())["value"] == [
        ["2026-12-08T08:00:00+00:00", "2026-12-08T16:00:00+00:00"]
    ]
    journal.ok("busy remove work.ics")
    assert cache() == []


@pytest.mark.parametrize("spoilt", ["", "[", "[]", "{}", '{"fingerprint": 1}', "null"])
def test_a_spoilt_memory_is_made_anew(journal: Journal, tmp_path: Path, spoilt: str) -> None:
    """What is remembered is never needed and never an error."""
    journal.ok(f"busy add {calendar_file(tmp_path / 'work.ics', event(*day_of(8)))}")
    full(journal)
    cache()[0].write_text(spoilt)
    assert full(journal) == Found([8], [])
    assert "fingerprint" in cache()[0].read_text()


def test_where_nothing_can_be_remembered_the_answer_is_the_same(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cache folder that cannot be made costs time, and no error."""
    journal.ok(f"busy add {calendar_file(tmp_path / 'work.ics', event(*day_of(8)))}")
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null")
    assert full(journal) == Found([8], [])


_LOAD = """
import sys
from datetime import date
from pathlib import Path
from mentorlog.cli.busy import load_busy
from mentorlog.settings import Settings
from mentorlog.store.journal import open_journal
journal = open_journal(Path(sys.argv[1]), for_writing=False)
days, notes = load_busy(journal, Settings(), today=date.fromisoformat(sys.argv[2]))
print(len(days), len(notes), *sorted({m.split(".")[0] for m in sys.modules}))
"""


def loaded(journal: Journal, today: str = TODAY) -> tuple[list[str], set[str]]:
    """In a fresh process: the counts of full days and notes, and the packages imported."""
    words = subprocess.run(
        (sys.executable, "-c", _LOAD, str(journal.path), today),
        check=True, capture_output=True, text=True, env={**os.environ, "TZ": "Europe/Berlin"},
    ).stdout.split()  # fmt: skip
    return words[:2], set(words[2:])


def test_a_calendar_of_5000_events_is_read_once(journal: Journal, tmp_path: Path) -> None:
    """The second answer imports no calendar package, on another day of the month neither."""
    many = (
        event(*day_of(8 + number % 3), "RRULE:FREQ=WEEKLY;COUNT=2", uid=f"e{number}")
        for number in range(5000)
    )
    journal.ok(f"busy add {calendar_file(tmp_path / 'work.ics', *many)}")
    counts, packages = loaded(journal)
    assert (counts, "icalendar" in packages) == (["6", "0"], True)
    for today in (TODAY, "2026-12-02"):
        counts, packages = loaded(journal, today)
        assert counts == ["6", "0"]
        assert not packages & {"icalendar", "recurring_ical_events", "dateutil", "zoneinfo"}


def test_without_busy_calendars_nothing_is_looked_for(journal: Journal) -> None:
    """Who has no busy calendar pays for none: no package and no cache."""
    journal.ok("add-relationship Ana")
    counts, packages = loaded(journal)
    assert counts == ["0", "0"]
    assert not packages & {"icalendar", "recurring_ical_events", "json", "zoneinfo"}


@pytest.mark.parametrize(
    ("start", "rule"),
    [
        ("DTSTART;VALUE=DATE:16040704", "FREQ=YEARLY"),  # a birthday without its year
        ("DTSTART:16010101T020000Z", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"),
        ("DTSTART:19000101T080000Z", "FREQ=DAILY"),
        ("DTSTART:20100101T080000Z", "FREQ=HOURLY;COUNT=8"),
        ("DTSTART:20100101T080000Z", "FREQ=HOURLY;UNTIL=20100101T160000Z"),
        ("DTSTART:20100104T080000Z", "FREQ=HOURLY;BYDAY=MO;BYHOUR=9,10,11,12,13,14,15,16"),
        ("DTSTART:19950102T090000Z", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9,10,11,12,13,14,15,16,17"),
    ],
)
def test_what_real_calendars_hold_is_read(journal, tmp_path, start, rule):
    """However old it is, and however many hours of a day it has."""
    path = calendar_file(tmp_path / "real.ics", event(start, f"RRULE:{rule}"))
    assert "Added y1" in journal.ok(f"busy add {path}")
