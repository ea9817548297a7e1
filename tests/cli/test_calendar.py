"""`calendar`: the same bytes until something changes, and what is gone is cancelled."""

import stat
from pathlib import Path
from typing import Any

import icalendar
import pytest

from mentorlog.errors import ReadOnlyJournal
from mentorlog.store import calendars
from tests.calendars import booked, sql
from tests.conftest import Journal


@pytest.fixture
def ana(journal: Journal) -> Journal:
    """A journal with a private note and promises, and a meeting booked in a week."""
    journal.ok("add-relationship Ana --started 2026-11-16 --every 1w --purpose hushpurpose")
    journal.ok('add-session Ana "hushnote" --on 2026-11-30 --topic hushtopic')
    journal.ok('add-goal Ana "hushgoal"')
    booked(journal, "Ana", "2026-12-08", zone="Europe/Berlin")
    return journal


def written(journal: Journal, options: str = "") -> bytes:
    """The bytes that ``calendar`` prints."""
    result = journal.run(f"calendar {options}")
    assert (result.exit_code, result.stderr) == (0, "")
    return bytes(result.stdout_bytes)


def told(journal: Journal, options: str = "") -> list[tuple[str, str, str, int]]:
    """Each event as (day, summary, status, sequence), read by icalendar."""
    return [
        (str(e["DTSTART"].dt)[:10], str(e["SUMMARY"]), str(e["STATUS"]), int(e["SEQUENCE"]))
        for e in icalendar.Calendar.from_ical(written(journal, options)).walk("VEVENT")
    ]


def test_a_booking_is_confirmed_and_a_free_relationship_has_a_suggestion(ana: Journal) -> None:
    """Who has a meeting booked gets no suggestion; who has none gets a tentative day."""
    ana.ok("add-relationship Ben --started 2026-12-01")
    assert sorted(told(ana)) == [
        ("2026-12-08", "Meeting with Ana", "CONFIRMED", 0),
        ("2026-12-08", "Meeting with Ben (suggested)", "TENTATIVE", 0),
    ]
    assert told(ana, "--no-suggestions") == [("2026-12-08", "Meeting with Ana", "CONFIRMED", 0)]
    assert told(ana, "ben") == [("2026-12-08", "Meeting with Ben (suggested)", "TENTATIVE", 0)]


def test_nothing_changed_is_the_same_bytes(ana: Journal) -> None:
    """Run again, and on the next day, the calendar is the same to the byte, CRLF included."""
    first = written(ana)
    ana.today = "2026-12-02"
    assert written(ana) == first
    assert written(ana, "--no-alarms") != first
    assert written(ana) == first
    assert first.count(b"\r\n") == first.count(b"\n")


def test_nothing_private_is_in_it(ana: Journal) -> None:
    """No note, topic, goal or purpose reaches another program."""
    assert b"Meeting with Ana" in written(ana)
    assert b"hush" not in written(ana)


def test_a_moved_booking_is_the_same_event_with_a_higher_number(ana: Journal) -> None:
    """The UID stays, the sequence rises by one, and no second event appears."""
    (before,) = ana.items("calendar")
    sql(ana, "UPDATE session SET held_on = '2026-12-09' WHERE status = 'booked'")
    (after,) = ana.items("calendar")
    assert (before["held_on"], after["held_on"]) == ("2026-12-08", "2026-12-09")
    assert (after["uid"], after["sequence"]) == (before["uid"], 1)


def test_what_is_deleted_is_cancelled_and_stays_so(ana: Journal) -> None:
    """An unbooked meeting is told as cancelled, once; the suggestion takes its place."""
    written(ana)
    sql(ana, "DELETE FROM session WHERE status = 'booked'")
    now = told(ana)
    assert ("2026-12-08", "Meeting with Ana (cancelled)", "CANCELLED", 1) in now
    assert ("2026-12-07", "Meeting with Ana (suggested)", "TENTATIVE", 0) in now
    assert told(ana) == now
    assert ("2026-12-08", "Meeting with Ana (cancelled)", "CANCELLED", 1) in told(
        ana, "--no-suggestions"
    )


def test_undo_and_redo_cancel_and_bring_back(ana: Journal) -> None:
    """A booking that is undone is cancelled; put back, it is the same event, higher still."""
    written(ana)
    ana.ok("undo")
    assert ("2026-12-08", "Meeting with Ana (cancelled)", "CANCELLED", 1) in told(ana)
    ana.ok("redo")
    assert ("2026-12-08", "Meeting with Ana", "CONFIRMED", 2) in told(ana)


def test_an_undone_relationship_is_cancelled_too(journal: Journal) -> None:
    """Its suggestion is taken back though the name is gone, and returns with the redo."""
    journal.ok("add-relationship Ben --started 2026-12-01")
    assert told(journal) == [("2026-12-08", "Meeting with Ben (suggested)", "TENTATIVE", 0)]
    journal.ok("undo")
    assert told(journal) == [("2026-12-08", "Meeting (cancelled)", "CANCELLED", 1)]
    journal.ok("redo")
    assert told(journal) == [("2026-12-08", "Meeting with Ben (suggested)", "TENTATIVE", 2)]


def test_a_meeting_that_was_held_stays_in_the_calendar(ana: Journal) -> None:
    """An answered booking is no cancelled one; one that was cancelled is."""
    written(ana)
    sql(ana, "UPDATE session SET status = 'held' WHERE status = 'booked'")
    ana.today = "2026-12-09"
    assert ("2026-12-08", "Meeting with Ana", "CONFIRMED", 0) in told(ana)
    sql(ana, "UPDATE session SET status = 'cancelled' WHERE held_on = '2026-12-08'")
    assert ("2026-12-08", "Meeting with Ana (cancelled)", "CANCELLED", 1) in told(ana)


def test_leaving_suggestions_out_does_not_take_them_back(ana: Journal) -> None:
    """Two files, one with and one without suggestions, do not disturb each other."""
    ana.ok("add-relationship Ben --started 2026-12-01")
    both, one = written(ana), written(ana, "--no-suggestions")
    assert (written(ana), written(ana, "--no-suggestions")) == (both, one)
    assert b"Ben" not in one


def test_a_closed_relationship_is_suggested_no_more(journal: Journal) -> None:
    """What was suggested is cancelled when the relationship closes."""
    journal.ok("add-relationship Ben --started 2026-12-01")
    written(journal)
    journal.ok("close Ben --as completed")
    assert told(journal) == [("2026-12-08", "Meeting with Ben (cancelled)", "CANCELLED", 1)]


def test_writing_a_calendar_is_no_step_to_undo(ana: Journal) -> None:
    """``history`` does not grow, and ``undo`` takes back what was done before."""
    before = ana.ok("history")
    written(ana)
    assert ana.ok("history") == before


def test_forget_leaves_no_trace_of_what_was_published(ana: Journal) -> None:
    """After ``forget`` nothing is cancelled: nobody is known to have been there."""
    written(ana)
    ana.ok("forget Ana --yes Ana")
    assert told(ana) == []
    assert sql(ana, "INSERT INTO published SELECT 1, 1, 'u', '2026-01-01', 'd', 0, 's'") == 1


def test_a_file_is_written_whole_and_private(ana: Journal, tmp_path: Path) -> None:
    """``-o`` writes the same bytes with mode 0600, over what was there, through a link."""
    file, link = tmp_path / "m.ics", tmp_path / "link.ics"
    file.write_text("BEGIN:VCALENDAR")
    link.symlink_to(file)
    assert ana.ok(f"calendar -o {link}") == f"Wrote 1 event to {link}.\n"
    assert file.read_bytes() == written(ana)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert link.is_symlink()
    assert sorted(p.name for p in tmp_path.iterdir() if "ics" in p.name) == ["link.ics", "m.ics"]


def test_a_file_that_cannot_be_written_is_an_error(ana: Journal, tmp_path: Path) -> None:
    """A folder that is not there is named, and nothing is printed as data."""
    ana.fails(f"calendar -o {tmp_path}/none/m.ics", code=2, says="cannot be written")


def test_without_a_journal_the_calendar_is_empty(journal: Journal) -> None:
    """In the usual place with no journal yet, an empty calendar; none is made."""
    result = journal.run("calendar", MENTORLOG_JOURNAL="")
    assert result.exit_code == 3  # this one was named on purpose
    assert not journal.path.exists()


def test_a_read_only_journal_still_exports(ana: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is known gives the numbers; a note says that nothing is remembered; bytes stay."""
    written(ana)
    sql(ana, "UPDATE session SET held_on = '2026-12-09' WHERE status = 'booked'")

    # As root no file is read-only, so the refusal of SQLite itself is asked for.
    publish = calendars.publish

    def refused(journal: Any, events: Any) -> None:
        journal.conn.execute("PRAGMA query_only = ON")
        publish(journal, events)

    monkeypatch.setattr(calendars, "publish", refused)
    results = [ana.run("calendar") for _ in range(2)]
    assert {result.exit_code for result in results} == {0}
    assert all("read-only" in result.stderr for result in results)
    assert results[0].stdout_bytes == results[1].stdout_bytes
    assert b"DTSTAMP:20261201T000000Z" in results[0].stdout_bytes
    assert b"SEQUENCE:1" in results[0].stdout_bytes
    monkeypatch.undo()
    assert told(ana) == [("2026-12-09", "Meeting with Ana", "CONFIRMED", 1)]
    assert ReadOnlyJournal.exit_code == 5


def test_one_that_begins_far_ahead_is_in_no_calendar(journal: Journal) -> None:
    """Neither in that of all nor in its own: they would cancel each other."""
    journal.ok("add-relationship Late --started 2027-05-01")
    assert journal.items("calendar late") == journal.items("calendar") == []
