"""Booked meetings through the commands: put in, moved, called off, answered for."""

import os
import shlex
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

ASKED = """\
Did you meet Ana on Thu 3 Dec 2026?
  It took place: mentorlog add-session Ana --on 2026-12-03
  It did not:    mentorlog add-session Ana --on 2026-12-03 --status no-show
  It was moved:  mentorlog book Ana DAY --move s2
"""


@pytest.fixture
def ana(journal):
    """A weekly relationship, last met on Thu 26 Nov 2026; today is Tue 1 Dec."""
    return journal.told(
        "add-relationship Ana --started 2026-11-16",
        'add-session ana "first" --on 2026-11-26',
    )


@pytest.fixture
def asked(ana):
    """Ana, with a booking of Thu 3 Dec of which nobody has said anything on Fri 4 Dec."""
    ana.ok('book ana "thu 15:00" --minutes 45')
    ana.today = "2026-12-04"
    return ana


@pytest.fixture
def zones():
    """``zones("Europe/Berlin", "America/New_York")``: where I am and where Ana is."""
    config = Path.home() / ".config" / "mentorlog" / "config.toml"
    config.parent.mkdir(parents=True, exist_ok=True)

    def place(mine, theirs=None):
        sections = {"me": mine, "with.ana": theirs}
        config.write_text(
            "".join(f"[{name}]\nzone = '{zone}'\n" for name, zone in sections.items() if zone)
        )

    return place


def rows(journal):
    """All that is stored of the sessions which a booking can change."""
    with sqlite3.connect(journal.path) as conn:
        sql = "SELECT id, uuid, held_on, at, minutes, zone, status, notes FROM session ORDER BY id"
        return conn.execute(sql).fetchall()


# --- book


def test_a_booking_is_answered_with_what_was_understood(ana):
    """Whole name, weekday and date, time, id, and how to undo it."""
    assert ana.ok('book an "thu 15:00" --minutes 45') == (
        "Booked s2: Ana, Thu 3 Dec 2026 at 15:00, 45 min.\nTo take it back: mentorlog undo\n"
    )


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ('book ana "thu 15.00"', "15:00"),
        ("book ana thu --at 3pm", "15:00"),
        ("book ana thu --at 15h30", "15:30"),
        ("book ana 2026-12-03T09:05", "09:05"),
        ('book ana "thu 3:00"', "03:00"),
        ("book ana thu", None),
    ],
)
def test_the_time_may_stand_with_the_day_or_alone(ana, line, at):
    """Both ways record the same; none is fine too."""
    ana.run(line)
    assert ana.items("next ana")[0]["booked"] == {
        "id": "s2", "on": "2026-12-03", "at": at, "minutes": None, "zone": None,
    }  # fmt: skip


def test_a_booking_beats_the_suggestion_everywhere(ana):
    """status, next, show, brief and remind show it with its time."""
    ana.ok('book ana "sat 10:30"')
    item = ana.items("next ana")[0]
    assert (item["next_on"], item["standing"]) == ("2026-12-05", "ahead")
    when, short = "Sat 5 Dec 2026 at 10:30", "Sat 5 Dec at 10:30"
    assert ana.ok("status") == (f"Ana  Trusting  met 5 days ago  next {short}  booked  ask\n")
    assert ana.ok("next") == f"{short}  Ana  booked  ask\n"
    assert f"Next with Ana: {when}.\nA meeting is booked for {when} (s2).\n" in ana.ok("next ana")
    assert f"Next with Ana: {when}." in ana.ok("show ana")
    assert f"Next with Ana: {when}." in ana.ok("brief ana")
    assert ana.ok("remind") == ""
    assert ana.ok("remind --within 4") == f"Ana: booked, {when}\n"


def test_a_booking_of_today_is_today(ana):
    """On its day it is due, at its time."""
    ana.ok('book ana "thu 15:00"')
    ana.today = "2026-12-03"
    assert ana.ok("next") == "today at 15:00  Ana  booked  ask\n"
    assert ana.ok("remind") == "Ana: booked, today at 15:00\n"
    assert ana.run("remind --exit-code").exit_code == 10
    assert "unanswered" not in ana.ok("next ana")


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("book ana 2026-11-30", 2, "mentorlog add-session Ana --on 2026-11-30"),
        ("book ana 15:00", 2, "does not say the day"),
        ('book ana "thu 15.12"', 2, "could be a time or a day"),
        ('book ana "thu 15:00" --at 16:00', 2, "given twice"),
        ("book ana thu --at 25:00", 2, "not a time of day"),
        ("book ana thu --zone Europe/Lisbon", 2, "add --at 15:00"),
        ("book ana thu --at 9:00 --zone Lisbonn", 2, "Europe/Lisbon"),
        ("book ana thu --minutes 0", 2, "minutes"),
        ("book bob thu", 3, "add-relationship bob"),
        ("book ana thu --move s99", 3, "no session s99"),
        ("book ana thu --move s1", 4, "s1 is not booked, it is held"),
        ("book ana thu --move g1", 2, "not the id of a session"),
        ("unbook s1", 4, "s1 is not booked, it is held"),
        ("unbook s99", 3, "no session s99"),
        ("unbook ana", 4, "no meetings with Ana are booked"),
    ],
)
def test_what_cannot_be_booked_is_refused(ana, line, code, says):
    """With what would work, and nothing is recorded."""
    before = rows(ana)
    ana.fails(line, code=code, says=says)
    assert rows(ana) == before


def test_a_second_booking_of_a_day_is_refused(ana):
    """One meeting a day; the answer names the one there is. Another person is no matter."""
    ana.ok('book ana "thu 15:00"')
    said = ana.fails('book ana "thu 17:00"', code=4, says="booked on Thu 3 Dec 2026 already: s2")
    assert "mentorlog book Ana DAY --move s2" in said and "mentorlog unbook s2" in said
    ana.ok("add-relationship Ben")
    ana.ok('book ben "thu 15:00"')
    ana.fails("book ben thu --move s2", code=4, says="s2 is a meeting with Ana, not with Ben")


def test_who_is_closed_cannot_be_booked(ana):
    """It says how to take it up again."""
    ana.ok("close ana --as completed")
    ana.fails("book ana thu", code=4, says="mentorlog reopen Ana")


def test_a_booking_in_a_pause_is_told(ana):
    """It is recorded, and the pause is named."""
    ana.ok("pause ana --until 2026-12-20")
    assert "Ana is paused then. To end it: mentorlog resume Ana\n" in ana.ok("book ana thu")


def test_a_moved_booking_keeps_its_row(ana):
    """Same id and uuid; what was not said of it stays as it was; undo takes it back."""
    ana.ok('book ana "thu 15:00" --minutes 45')
    before = rows(ana)
    assert ana.ok("book ana fri --move s2").startswith(
        "Moved s2: Ana, from Thu 3 Dec 2026 at 15:00 to Fri 4 Dec 2026 at 15:00, 45 min.\n"
    )
    old, new = before[1], rows(ana)[1]
    assert new == (*old[:2], "2026-12-04", *old[3:])
    ana.ok('book ana "fri 9:00" --move s2 --minutes 30')
    assert rows(ana)[1][2:5] == ("2026-12-04", "09:00", 30)
    ana.ok("undo 2")
    assert rows(ana) == before


def test_an_unbooked_meeting_leaves_no_mark(ana):
    """The row is a cancelled meeting in good time; the log shows it, reliability does not."""
    ana.ok('book ana "today 15:00"')
    assert ana.ok("unbook s2") == (
        "Called off s2: Ana, Tue 1 Dec 2026 at 15:00. It counts against nobody.\n"
        "To take it back: mentorlog undo\n"
    )
    item = ana.items("log ana")[0]
    assert (item["id"], item["status"], item["short_notice"]) == ("s2", "cancelled", False)
    assert (item["at"], item["zone"]) == ("15:00", None)
    ana.today = "2026-12-02"
    assert "did not take place" not in ana.ok("next ana")
    assert ana.items("next ana")[0]["unanswered"] is None
    ana.ok("undo")
    assert ana.items("next ana")[0]["unanswered"] == {"id": "s2", "on": "2026-12-01"}


# --- what became of it


def test_a_meeting_on_its_day_is_the_booking(asked):
    """One row: the held meeting keeps id, uuid, time and length of the booking."""
    before = rows(asked)
    said = asked.ok('add-session ana "went well" --on thu --trust 4')
    assert said.startswith("Recorded s2: Ana, held, Thu 3 Dec 2026 at 15:00, 45 min, your trust 4.")
    after = rows(asked)
    assert len(after) == len(before)
    assert after[1] == (*before[1][:6], "held", "went well")
    asked.ok("undo")
    assert rows(asked) == before


@pytest.mark.parametrize("status", ["cancelled", "no-show"])
def test_a_meeting_that_failed_is_the_booking_too(asked, status):
    """Whatever became of it, it is one row."""
    asked.ok(f"add-session ana --on thu --status {status} --by them")
    assert [row[6] for row in rows(asked)] == ["held", status]
    assert asked.items("next ana")[0]["unanswered"] is None


def test_a_touch_on_its_day_is_not_the_booking(asked):
    """A mail on the day of a meeting is a row of its own, and answers nothing."""
    asked.ok('add-session ana "a mail" --on thu --touch')
    assert [row[6] for row in rows(asked)] == ["held", "booked", "held"]
    assert asked.items("next ana")[0]["unanswered"] == {"id": "s2", "on": "2026-12-03"}


def test_an_imported_meeting_of_its_day_answers_too(asked, tmp_path):
    """However it was recorded; one of another day does not."""
    file = tmp_path / "met.csv"
    file.write_text("who,day,notes\nAna,2026-12-02,a day before\n")
    asked.ok(f"import {file}")
    assert asked.items("next ana")[0]["unanswered"] == {"id": "s2", "on": "2026-12-03"}
    file.write_text("who,day,notes\nAna,2026-12-03,went well\n")
    assert "Still booked on a day that had its meeting: s2." in asked.run(f"import {file}").stderr
    assert asked.items("next ana")[0]["unanswered"] is None


def test_a_meeting_on_another_day_leaves_the_booking(ana):
    """Only the day of the booking is its own."""
    ana.ok('book ana "thu 15:00"')
    ana.ok('add-session ana "in between" --on today')
    assert [row[6] for row in rows(ana)] == ["held", "booked", "held"]


def test_an_unanswered_booking_is_asked_about(asked):
    """The lists have a mark, the page and the reminder the whole question."""
    assert "met Thu 3 Dec?" in asked.ok("status")
    assert "met Thu 3 Dec?" in asked.ok("next")
    assert ASKED in asked.ok("next ana")
    assert asked.ok("remind") == ASKED
    assert ASKED.strip() in asked.items("remind")[0]["reasons"]


def test_it_is_asked_while_the_next_date_is_far_ahead(ana):
    """Also when nothing is due: met since, booked again, or a long interval."""
    ana.ok("agree ana --every 3m --by both")
    ana.ok('book ana "thu 15:00"')
    ana.today = "2026-12-04"
    assert ana.items("next ana")[0]["standing"] == "ahead"
    assert ana.ok("remind") == ASKED
    ana.ok('book ana "today 16:00"')
    assert ana.ok("remind") == f"{ASKED}Ana: booked, today at 16:00\n"


def test_nothing_is_asked_of_what_is_paused_or_closed(asked):
    """A pause and an end are answer enough."""
    asked.ok("pause ana --until 2026-12-20")
    assert asked.ok("remind") == ""
    asked.ok("resume ana")
    asked.ok("close ana --as dormant")
    assert asked.ok("remind") == ""


@pytest.mark.parametrize("answer", [1, 2, 3])
def test_each_answer_can_be_pasted_and_ends_the_question(asked, answer):
    """Held, not held, moved: each line as it stands, with the day it was moved to."""
    command = asked.ok("remind").splitlines()[answer].partition(": ")[2].strip()
    assert command.startswith("mentorlog ")
    asked.ok(command.removeprefix("mentorlog ").replace("DAY", "thu"))
    assert asked.items("next ana")[0]["unanswered"] is None
    assert "Did you meet" not in asked.ok("next ana")


def test_answers_are_pasted_whatever_the_name(journal):
    """A name that a shell would take apart is quoted."""
    journal.ok('add-relationship "Ana O\'Neill" --started 2026-11-16')
    journal.ok('book ana "thu 15:00"')
    journal.today = "2026-12-04"
    for line in journal.ok("remind").splitlines()[1:]:
        assert "Ana O'Neill" in shlex.split(line.partition(": ")[2])


# --- clocks of both


def test_both_clocks_are_shown(ana, zones):
    """In the answer, in next NAME, in brief and show; with a warning outside the day."""
    zones("Europe/Berlin", "America/New_York")
    said = ana.ok('book ana "thu 15:00"')
    assert "\n15:00 for you, 9:00 for Ana.\n" in said and "Outside" not in said
    for line in ("next ana", "brief ana", "show ana"):
        assert "15:00 for you, 9:00 for Ana.\n" in ana.ok(line)
    moved = ana.ok('book ana "thu 11:00" --move s2')
    assert "11:00 for you, 5:00 for Ana.\nOutside 8:00 to 20:00 for Ana.\n" in moved


def test_a_time_in_their_zone_is_shown_on_my_clock(ana, zones):
    """The row keeps what was said; every list shows my time."""
    zones("Europe/Berlin", "Europe/Lisbon")
    said = ana.ok('book ana "thu 15:00" --zone lisbon')
    assert said.startswith("Booked s2: Ana, Thu 3 Dec 2026 at 16:00.\n16:00 for you, 15:00 for Ana")
    assert rows(ana)[1][2:6] == ("2026-12-03", "15:00", None, "Europe/Lisbon")
    assert "Thu 3 Dec at 16:00" in ana.ok("status")
    assert ana.items("next ana")[0]["booked"]["at"] == "16:00"


def test_the_day_of_a_booking_is_my_day(ana, zones):
    """Thursday morning on Kiritimati is Wednesday morning on Pago Pago, and Wednesday answers."""
    zones("Pacific/Pago_Pago", "Pacific/Kiritimati")
    said = ana.ok('book ana "thu 8:30" --zone Pacific/Kiritimati')
    assert said.splitlines()[:3] == [
        "Booked s2: Ana, Wed 2 Dec 2026 at 7:30.",
        "7:30 for you, Thu 8:30 for Ana.",
        "Outside 8:00 to 20:00 for you.",
    ]
    ana.today = "2026-12-02"
    assert ana.ok("remind") == "Ana: booked, today at 7:30\n"
    ana.today = "2026-12-03"
    ana.ok(ana.ok("remind").splitlines()[1].partition("mentorlog ")[2])
    assert [row[6] for row in rows(ana)] == ["held", "held"]


def test_a_booking_stays_where_it_was_when_i_move(ana, zones):
    """Booked at home, seen on a journey: the same moment on another clock."""
    zones("Europe/Berlin")
    ana.ok('book ana "thu 15:00"')
    zones("Asia/Tokyo")
    assert "Thu 3 Dec at 23:00" in ana.ok("next")


def test_the_clock_that_moves_is_said(ana, zones):
    """Weekly at 15:00 in Berlin; New York changes its clocks a week later."""
    zones("Europe/Berlin", "America/New_York")
    ana.today = "2026-10-20"
    ana.ok('book ana "22 oct 15:00"')
    ana.today = "2026-10-23"
    ana.ok('add-session ana "fine" --on 2026-10-22')
    shifted = (
        "For Ana it is 10:00 this time, an hour later than last time:"
        " clocks change on Sun 25 Oct 2026.\n"
    )
    assert shifted in ana.ok('book ana "29 oct 15:00"')
    assert shifted in ana.ok("next ana")
    assert "this time" not in ana.ok('book ana "5 nov 15:00" --move s3')


def test_a_time_that_does_not_come_is_told(ana, zones):
    """The hour that is skipped as clocks go forward is recorded as the one that comes."""
    zones("Europe/Berlin")
    ana.today = "2026-03-20"
    said = ana.ok('book ana "29 mar 2026 2:30"')
    assert "2:30 does not come on Sun 29 Mar 2026 in Europe/Berlin" in said
    assert rows(ana)[1][2:4] == ("2026-03-29", "03:30")


def test_without_zones_a_zone_is_only_named(ana):
    """Where mine is not told, the booking shows its own."""
    assert ana.ok('book ana "thu 15:00" --zone Europe/Lisbon').startswith(
        "Booked s2: Ana, Thu 3 Dec 2026 at 15:00 (Europe/Lisbon).\n"
    )
    assert "Thu 3 Dec at 15:00 (Europe/Lisbon)" in ana.ok("status")


def test_everyday_commands_load_no_zones_for_a_plain_booking(ana):
    """The zone data are read only where two zones are really compared."""
    ana.ok('book ana "thu 15:00"')
    program = (
        "import sys\nfrom mentorlog.cli.app import app\ntry:\n    app()\n"
        "finally:\n    print('zoneinfo' in sys.modules, file=sys.stderr)"
    )
    for line in ("next", "status", "remind --within 9", "add-session ana hi"):
        words = ("--journal", str(ana.path), "--today", ana.today, *line.split())
        found = subprocess.run(
            (sys.executable, "-c", program, *words),
            env=dict(os.environ), check=True, capture_output=True, text=True,
        )  # fmt: skip
        assert "Ana" in found.stdout
        assert found.stderr == "False\n"


# --- as data, changed, imported


def test_json_of_book_and_unbook(ana):
    """The record that was made or changed, and what is said of it."""
    booked = ana.items('book ana "thu 21:00" --minutes 45')[0]
    assert {key: booked[key] for key in ("id", "relationship", "held_on", "at", "minutes")} == {
        "id": "s2", "relationship": "Ana", "held_on": "2026-12-03", "at": "21:00", "minutes": 45,
    }  # fmt: skip
    assert (booked["status"], booked["zone"]) == ("booked", None)
    assert booked["says"] == ["Outside 8:00 to 20:00 for you."]
    called_off = ana.items("unbook s2")[0]
    assert (called_off["id"], called_off["status"]) == ("s2", "cancelled")
    assert ana.items("next ana")[0]["booked"] is None


def test_a_booking_is_edited_and_deleted(ana):
    """Its time, zone, length and notes; its day and its end have commands of their own."""
    ana.ok('book ana "thu 15:00"')
    ana.ok('edit s2 --at 4pm --zone lisbon --minutes 30 --notes "bring the book"')
    assert rows(ana)[1][2:] == (
        "2026-12-03", "16:00", 30, "Europe/Lisbon", "booked", "bring the book",
    )  # fmt: skip
    ana.ok("edit s2 --zone ''")
    assert rows(ana)[1][5] is None
    ana.fails("edit s2 --at late", code=2, says="cannot be read as a time")
    ana.fails("edit s2 --status held", code=2, says="unbook")
    ana.fails("edit s2 --on fri", code=2, says="book NAME DAY --move ID")
    ana.ok("delete s2")
    assert ana.items("next ana")[0]["booked"] is None


def test_an_edited_time_is_one_that_comes_on_the_day_of_the_owner(journal, sets):
    """As `book` has it: clocks that go forward, and a zone in which it is another day."""
    sets('[me]\nzone = "Europe/Berlin"\n')
    journal.on("2027-03-20").ok("add-relationship Ana --started 2027-03-01")
    journal.ok('book ana "2027-03-28 15:00"')
    said = journal.ok("edit s1 --at 2:30")
    assert said.startswith("s1 (Ana): at is now 03:30.\n2:30 does not come on Sun 28 Mar 2027")
    said = journal.ok("edit s1 --zone auckland")
    assert said == "s1 (Ana): held on is now Sat 27 Mar 2027; at is now 15:30.\n"
    journal.ok('book ana "2027-03-26 15:00"')
    journal.fails("edit s1 --zone auckland --at 3:00", code=4, says="booked on Fri 26 Mar 2027")


def test_a_booking_is_edited_in_the_editor(ana, monkeypatch):
    """The page has the fields of a booking, and no status to break."""
    ana.ok('book ana "thu 15:00"')
    monkeypatch.setenv("EDITOR", "sed -i s/15:00/16:00/")
    assert ana.ok("edit s2") == "s2 (Ana): at is now 16:00.\n"


def test_a_booking_says_what_else_there_is_at_that_time(ana):
    """Another meeting that is not over, on my clock; one after the other is fine."""
    ana.ok("add-relationship Ben")
    ana.ok('book ana "thu 15:00" --minutes 45')
    assert "Mind: you meet Ana then, at 15:00 (s2)." in ana.ok('book ben "thu 15:30"')
    assert "Mind" not in ana.ok('book ben "thu 15:45" --move s3')
    said = ana.ok('book ben "thu 20:15" --move s3 --zone Asia/Kolkata')
    assert said.count("Mind: you meet Ana then") == 0


def test_every_booking_is_shown_with_its_id_and_called_off_by_name(ana):
    """On the page, in the plan, and when the relationship rests."""
    ana.ok('book ana "thu 15:00"')
    assert "Called off s2" in ana.ok("unbook ana")
    ana.ok('book ana "thu 15:00"')
    ana.ok('book ana "10 dec 15:00"')
    page = ana.ok("show ana")
    assert "s3  booked: Thu 3 Dec 2026 at 15:00\ns4  booked: Thu 10 Dec 2026 at 15:00\n" in page
    assert [i["on"] for i in ana.items("plan") if i["kind"] == "booked"] == [
        "2026-12-03", "2026-12-10",
    ]  # fmt: skip
    assert min(i["on"] for i in ana.items("plan") if i["kind"] == "suggested") > "2026-12-10"
    ana.fails("unbook ana", code=4, says="say which: s3, Thu 3 Dec 2026 at 15:00; s4")
    said = ana.ok("pause ana --until 2026-12-05")
    assert "Still booked: Thu 3 Dec 2026 at 15:00. To call it off: mentorlog unbook s3\n" in said
    assert "s4" not in said
    assert said.replace("s3", "s4") != ana.ok("close ana --as early")


JUST_OVER = (
    "book ana '28 nov 9:00'",
    "snooze ana '28 nov'",
    "pause ana --from '20 nov' --until '5 dec'",
    "agree ana --until '28 nov'",
)


@pytest.mark.parametrize("line", JUST_OVER)
def test_a_day_that_is_just_over_is_not_taken_for_next_year(ana, line):
    """Without its year nobody would notice for a year."""
    ana.fails(line, code=2, says="Nov 2027, nearly a year ahead")
    ana.ok(line.replace(" nov", " nov 2027").replace("5 dec", "5 dec 2027"))


def test_an_import_says_what_it_left_out_and_whom_it_brought(journal, tmp_path):
    """Columns without a use, people not known before, and days that had a meeting already."""
    file = tmp_path / "all.csv"
    file.write_text("who,day,Mood,What we did\nAna,2026-11-02,4,parser\nBo,2026-11-03,3,tests\n")
    result = journal.run(f"import {file}")
    assert result.stdout.splitlines()[-1] == "New: Ana, Bo."
    assert result.stderr == "Not used: Mood, What we did. To use one: --map FIELD=COLUMN\n"
    again = journal.run(f"import {file} --map energy=Mood --map 'notes=What we did'")
    assert again.stderr == (
        "2 on a day that had one with the same person already;"
        " to take it all back: mentorlog undo.\n"
    )
    journal.ok("undo")
    plain = journal.run(f"import {file}")
    assert (plain.stdout, "already" in plain.stdout) == (
        "Imported 0 sessions and 0 new relationships; 2 were there already.\n", True,
    )  # fmt: skip


def test_two_bookings_on_one_day_are_not_imported(ana, tmp_path):
    """Neither twice in the file nor beside one that the journal has; nothing else comes in."""
    file = tmp_path / "plan.csv"
    twice = "who,day,status,title\nAna,2026-12-10,booked,a\nAna,2026-12-10,booked,b\n"
    file.write_text(f"{twice}Bob,2026-11-02,held,x\n")
    says = "two meetings with Ana would be booked on Thu 10 Dec 2026"
    ana.fails(f"import {file}", code=4, says=says)
    ana.ok("book ana 2026-12-10")
    file.write_text("who,day,status,title\nAna,2026-12-10,booked,a\n")
    ana.fails(f"import {file}", code=4, says=says)
    assert "Bob" not in ana.ok("status")
    assert len(rows(ana)) == 2


def test_bookings_are_imported(ana, tmp_path):
    """A day ahead with status booked; the same file again adds nothing."""
    file = tmp_path / "ahead.csv"
    file.write_text("who,day,status,at,zone,minutes\nAna,2026-12-03,booked,3pm,Europe/Lisbon,45\n")
    ana.ok(f"import {file}")
    assert ana.items("next ana")[0]["booked"] == {
        "id": "s2", "on": "2026-12-03", "at": "15:00", "minutes": 45, "zone": "Europe/Lisbon",
    }  # fmt: skip
    assert "1 was there already" in ana.ok(f"import {file}")
    file.write_text("who,day,status\nAna,2026-12-05,held\n")
    ana.fails(f"import {file}", code=6, says="Sat 5 Dec 2026 is ahead")


def test_a_late_no_is_recorded_against_the_booking(weekly):
    """Called off the evening before, a booking leaves a mark, on its day."""
    weekly.ok("book ana '8 sep 15:00'")
    weekly.on("2026-09-07").ok("unbook ana --short-notice --by them")
    assert weekly.on("2026-09-08").ok("remind") == ""
    assert weekly.items("next")[0]["next_on"] == "2026-09-11"


def test_the_clocks_stand_beside_the_booking_that_they_are_of(ana, zones):
    """Of several bookings the next one's; one whose day has passed stands where it was."""
    zones("Europe/Berlin", "America/New_York")
    ana.ok("book ana '4 dec 15:00'")
    ana.ok("book ana '11 dec 16:00'")
    lines = ana.ok("show ana").splitlines()
    assert lines[1].startswith("Next with Ana: Fri 4 Dec 2026 at 15:00")
    assert "15:00 for you" in lines[2] and "16:00 for you" not in "\n".join(lines)
    ana.today = "2026-12-05"
    assert ana.ok("show ana").count("booked, Fri 4 Dec 2026 at 15:00") == 1
    assert "booked: Fri 4 Dec" not in ana.ok("show ana")


def test_an_edited_time_does_not_put_a_booking_into_the_past(journal, sets):
    """As little as `book --move` does."""
    sets('[me]\nzone = "Europe/Berlin"\n')
    journal.on("2026-11-05").ok("add-relationship Bo --started 2026-10-31")
    journal.ok('book bo "2026-11-05 23:00"')
    journal.fails("edit s1 --at 2:00 --zone Asia/Tokyo", code=2, says="Wed 4 Nov 2026 is past")
