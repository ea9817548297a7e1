"""Reminders that people keep switched on: once, not too often, about the right things."""

import email
import email.policy
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Journal


@pytest.fixture
def told(journal: Journal) -> Journal:
    """Ana is due today, Tuesday 1 December 2026."""
    return journal.told(
        "add-relationship Ana --every 1w --started 2026-11-02",
        "add-session ana secret --on 2026-11-24",
    )


def about(journal: Journal, line: str = "remind") -> dict[str, list[str]]:
    """What each relationship is reminded of."""
    return {item["relationship"]: item["about"] for item in journal.items(line)}


def test_each_thing_is_said_once_a_day_and_three_times_at_most(told):
    """However often cron runs; and again when the facts change."""
    assert told.ok("remind --once") == "Ana: due Tue 1 Dec 2026, today\n"
    assert told.ok("remind --once") == ""
    for day in ("2026-12-02", "2026-12-03"):
        told.today = day
        assert "Ana: due since Tue 1 Dec" in told.ok("remind --once")
    told.today = "2026-12-04"
    assert told.ok("remind --once") == ""
    assert "Ana" in told.ok("remind")
    told.ok("add-session ana again --on 2026-12-04")
    told.today = "2026-12-11"
    assert "Ana: due Fri 11 Dec" in told.ok("remind --once")


def test_what_was_said_is_no_step_to_undo(told):
    """A nudge is not undone, and undo takes back the last command of a person."""
    told.ok("remind --once")
    assert "add-session" in told.ok("undo")


def test_two_crons_at_once_say_a_thing_once(told):
    """Of processes that start together one prints the line."""
    line = [sys.executable, "-m", "mentorlog", "--journal", str(told.path), "--today", told.today]
    running = [
        subprocess.Popen([*line, "remind", "--once"], stdout=subprocess.PIPE, text=True)
        for _ in range(6)
    ]
    said = [one.communicate()[0] for one in running]
    assert [one.returncode for one in running] == [0] * 6
    assert sorted(said) == [""] * 5 + ["Ana: due Tue 1 Dec 2026, today\n"]


def test_without_once_nothing_is_written(told):
    """Asking what is due leaves the file as it is."""
    before = told.path.read_bytes()
    told.ok("remind --within 30")
    assert told.path.read_bytes() == before


def test_snoozed_rests_until_the_day_and_status_still_shows_it(told, fails):
    """The day itself reminds again; today ends it; undo takes it back."""
    assert told.ok("snooze ana +1w") == "No reminders about Ana until Tue 8 Dec 2026.\n"
    assert told.ok("remind") == ""
    assert "Ana" in told.ok("status")
    told.today = "2026-12-08"
    assert "Ana" in told.ok("remind")
    told.today = "2026-12-01"
    told.ok("snooze ana today")
    assert "Ana" in told.ok("remind")
    told.ok("undo")
    assert told.ok("remind") == ""
    fails("snooze ana yesterday", code=2, says="is past")
    fails("snooze bob +1w", code=3)


def test_my_promises_come_by_their_ids_and_never_their_words(told):
    """What I promised and is due is counted; theirs is theirs to remember."""
    told.ok("add-action ana 'a confidential promise' --owner me --due 2026-12-01")
    told.ok("add-action ana 'hers' --owner them --due 2026-12-01")
    said = told.ok("remind")
    assert "Ana: 1 promise of yours due Tue 1 Dec, today (a1)" in said
    assert "confidential" not in said and "secret" not in said
    told.ok("done a1")
    assert about(told) == {"Ana": ["meeting"]}


@pytest.mark.parametrize(
    ("line", "today", "expected"),
    [
        ("agree ana --every 2w --by me --on 2026-12-03", "2026-12-03", "agreement"),
        ("agree ana --every 2w --by me --on 2026-12-03", "2026-12-07", "agreement"),
        ("agree ana --every 2w --by me --on 2026-12-03", "2026-12-08", None),
        ("agree ana --terms ours --on 2026-11-24", "2027-05-25", "review"),
        ("agree ana --terms ours --on 2026-11-24", "2027-05-24", None),
        ("pause ana --until 2026-12-18", "2026-12-18", "pause"),
        ("pause ana --until 2026-12-18", "2026-12-17", None),
        ("pause ana --until 2026-12-20", "2026-12-18", "pause"),
        ("pause ana --until 2026-12-20", "2026-12-17", None),
        ("agree ana --until 2026-12-20", "2026-12-18", "end"),
        ("agree ana --until 2026-12-18", "2026-12-11", "end"),
        ("agree ana --until 2026-12-18", "2026-12-18", "end"),
        ("agree ana --until 2026-12-18", "2026-12-09", None),
    ],
)
def test_what_else_is_worth_a_reminder(told, line, today, expected):
    """An agreement of one side, a review, the end of a pause, an agreed end; and then Mondays."""
    told.today = "2026-12-03"
    told.ok(line)
    if "terms" in line:  # half a year on, and still meeting
        told.today = "2027-05-20"
        told.ok("add-session ana met")
    told.today = today
    found = [word for words in about(told).values() for word in words if word != "meeting"]
    assert found == ([expected] if expected else [])


def test_a_mail_is_a_whole_message_and_nothing_when_nothing_is_due(told, fails):
    """To, Subject with the count, Date, and the lines; not one byte on a quiet day."""
    message = email.message_from_string(
        told.ok("remind --format mail --to me@example.org"), policy=email.policy.default
    )
    assert message["To"] == "me@example.org"
    assert message["Subject"] == "mentorlog: 1 thing due"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].endswith("@mentorlog.invalid>")
    assert message.get_content() == "Ana: due Tue 1 Dec 2026, today\n"
    told.today = "2026-11-26"
    assert told.ok("remind --format mail --to me@example.org") == ""
    told.today = "2026-12-01"
    fails("remind --format mail", code=2, says="--to", LOGNAME="", USER="")
    fails("remind --format mail --to 'a@b\nBcc: c@d'", code=2, says="--to")
    fails("remind --format mail --to 'a@b, c@d'", code=2, says="--to")


def test_forgetting_takes_the_nudges_along(told):
    """No row about a forgotten person is left in what was said or rests."""
    import sqlite3

    told.ok("remind --once")
    told.ok("snooze ana +1w")
    told.ok("forget ana --yes Ana")
    with sqlite3.connect(told.path) as conn:
        for table in ("nudge", "snooze"):
            assert conn.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_a_mail_without_an_address_has_said_nothing(told, fails):
    """What could not be sent is still to be said."""
    fails("remind --once --format mail", code=2, says="--to", LOGNAME="", USER="")
    assert "Ana" in told.ok("remind --once")


def test_a_broken_busy_calendar_is_not_told_to_cron(told, tmp_path):
    """Nothing due, not one byte on either stream; and no title of an event anywhere."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//a//b//EN", "BEGIN:VEVENT", "UID:1"]
    end = ["DTSTAMP:20261101T000000Z", "END:VEVENT", "END:VCALENDAR", ""]
    file = tmp_path / "work.ics"
    file.write_text("\r\n".join([*lines, "SUMMARY:x", "DTSTART;VALUE=DATE:20261203", *end]))
    told.ok(f"busy add {file}")
    file.write_text("\r\n".join([*lines, "SUMMARY:a doctor", "DTSTART:20261399", *end]))
    told.ok("snooze ana +2w")
    assert told.ok("remind") == ""
    result = told.run("next")
    assert result.exit_code == 0
    assert str(file) in result.stderr and "doctor" not in result.stderr


def test_a_calendar_is_written_over_a_calendar_only(told, fails, tmp_path):
    """Neither the journal nor any other file that is there is lost to a wrong name."""
    before = told.path.read_bytes()
    fails(f"calendar -o {told.path}", code=4, says="left as it is")
    assert told.path.read_bytes() == before
    fails(f"calendar -o {tmp_path}", code=2, says="not a file")
    fails("calendar -o ~nobody-of-that-name/x.ics", code=2, says="no such home")
    told.ok(f"calendar -o {tmp_path / 'a.ics'}")
    told.ok(f"calendar -o {tmp_path / 'a.ics'}")


def test_holidays_that_are_not_known_never_keep_a_session_from_being_recorded(told):
    """The answer comes without them, with a word; `config` says what is wrong, and where."""
    from pathlib import Path

    path = Path.home() / ".config" / "mentorlog" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text("[me]\nholidays = 'DE-ZZ'\n")
    result = told.run("add-session ana again")
    assert result.exit_code == 0 and "Recorded s2" in result.stdout
    assert "Answered without holidays" in result.stderr
    told.fails("config", code=6, says=f"{path}, line 2: 'me.holidays'")


def test_what_could_not_be_written_out_is_said_the_next_time(told):
    """A full disk behind the pipe loses no reminder."""
    line = [sys.executable, "-m", "mentorlog", "--journal", str(told.path), "--today", told.today]
    with open("/dev/full", "w") as full:
        failed = subprocess.run([*line, "remind", "--once"], stdout=full, check=False)
    assert failed.returncode == 5
    assert told.ok("remind --once") == "Ana: due Tue 1 Dec 2026, today\n"
    assert told.ok("remind --once") == ""


def test_forget_names_the_settings_that_still_name_the_person(told):
    """The file is the owner's and stays; where the name stands in it is said."""
    from pathlib import Path

    path = Path.home() / ".config" / "mentorlog" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text("[me]\nminutes = 45\n\n[with.ana]\nworking_days = 'tue'\n")
    said = told.ok("forget ana --yes Ana")
    assert f"Your settings still name them: {path}, line 4" in said


@pytest.mark.parametrize(
    ("recorded", "next_on"),
    [("cancelled --by me", "2026-09-09"), ("no-show --by them", "2026-09-11")],
)
def test_cron_says_nothing_of_what_is_off_today(weekly, recorded, next_on):
    """A meeting of today that does not take place is neither suggested nor reminded of today."""
    weekly.on("2026-09-08").ok(f"add-session ana --status {recorded}")
    assert [item["next_on"] for item in weekly.items("next")] == [next_on]
    assert weekly.ok("remind") == ""
    assert weekly.on(next_on).ok("remind") != ""


def test_a_meeting_booked_in_a_pause_is_reminded_of(weekly):
    """What is booked for a day of a pause is shown and said on its day; the rest is quiet."""
    weekly.on("2026-09-02").ok("pause ana --from '7 sep' --until '20 sep'")
    weekly.ok("book ana '9 sep 10:00'")
    assert "booked" in weekly.on("2026-09-08").ok("status")
    assert weekly.ok("remind --within 1") == "Ana: booked, Wed 9 Sep 2026 at 10:00\n"
    asked = weekly.on("2026-09-11").ok("remind").splitlines()
    assert asked[0] == "Did you meet Ana on Wed 9 Sep 2026?"


def test_a_new_try_is_reminded_of_in_whole_words(weekly):
    """Before the rhythm's day the new try is simply due."""
    weekly.ok("agree ana --every 1m")
    weekly.on("2026-09-10").ok("add-session ana --status no-show --by them")
    assert weekly.on("2026-09-17").ok("remind") == "Ana: due Thu 17 Sep 2026, today\n"


def test_a_list_and_a_reminder_agree_after_a_missed_meeting(weekly):
    """Nothing is due until the new try, which is late by the rhythm when it comes."""
    weekly.on("2026-09-09").ok("add-session ana --status no-show --by them")
    weekly.on("2026-09-10")
    assert weekly.ok("next") == "Sat 12 Sep  Ana    ask\n"
    assert weekly.ok("remind") == ""
    assert weekly.on("2026-09-12").ok("next") == "Sat 12 Sep  Ana  late  ask\n"
    assert weekly.ok("remind") != ""


def test_a_new_try_is_due_on_its_day_and_what_was_due_before_stays_so_after(journal):
    """In the list as in the reminder, before the day of the rhythm and past it."""
    journal.on("2026-08-03").ok("add-relationship Ana --started 2026-06-01")
    journal.ok("move ana learning --every 1m --on 2026-07-01")
    journal.ok("add-session ana x")
    journal.on("2026-08-20").ok("add-session ana --status no-show")
    assert journal.on("2026-08-26").ok("next").split()[-2:] == ["Ana", "stay"]
    assert journal.on("2026-08-27").ok("next") == "Thu 27 Aug  Ana  due  stay\n"
    assert journal.ok("remind") == "Ana: due Thu 27 Aug 2026, today\n"
    journal.on("2026-09-03").ok("add-session ana --status no-show")
    assert journal.on("2026-09-09").items("next")[0]["standing"] == "ahead"
    (item,) = journal.on("2026-09-17").items("next")
    assert (item["standing"], item["late_days"]) == ("due", 14)
    assert journal.ok("remind").startswith("Ana: due since Thu 3 Sep 2026")


def test_within_reaches_promises_and_an_agreed_end(told):
    """All that falls due within the days asked for; on the day it is said once more."""
    told.ok("add-session ana --action 'me: send the book by fri'")
    told.ok("agree ana --until 2026-12-20")
    assert about(told) == {}
    assert told.ok("remind --within 3") == "Ana: 1 promise of yours due Fri 4 Dec, in 3 days (a1)\n"
    assert "you agreed to end Sun 20 Dec, in 2 weeks" in told.ok("remind --within 19")
    told.ok("remind --once --within 3")
    told.today = "2026-12-04"
    assert told.ok("remind --once") == "Ana: 1 promise of yours due Fri 4 Dec, today (a1)\n"


def test_a_promise_outlives_its_relationship(told):
    """A letter that was promised is still to be written."""
    told.ok("add-action ana 'write the letter' --owner me --due fri")
    told.ok("close ana --as completed")
    told.today = "2026-12-05"
    assert told.ok("remind") == "Ana: 1 promise of yours due since Fri 4 Dec, yesterday (a1)\n"
    told.ok("done a1")
    assert told.ok("remind") == ""


def test_what_nobody_can_read_was_not_said(told):
    """Of a cron whose output is closed nothing counts as told."""
    line = [sys.executable, "-m", "mentorlog", "--journal", str(told.path), "--today", told.today]
    subprocess.run(["sh", "-c", '"$@" remind --once >&-', "sh", *line], check=True)
    assert told.ok("remind --once") == "Ana: due Tue 1 Dec 2026, today\n"


def test_a_page_says_that_reminders_rest(told):
    """Or a snooze that is forgotten would be a silence that nobody explains."""
    told.ok("snooze ana +2w")
    assert "No reminders until Tue 15 Dec 2026.\n" in told.ok("show ana")
    told.ok("snooze ana today")
    assert "No reminders" not in told.ok("show ana")


def test_days_away_are_left_in_peace(journal, ok, sets):
    """Nobody is due where every day that is as good is off; on the first that is not they are."""
    ok("add-relationship Ola --every 2w --started 2026-07-10")
    ok("add-session ola first --on 2026-07-24")
    sets("[me]\nworking_days = 'mon-fri'\naway = '2026-08-03..2026-08-21'\n")
    for day in ("2026-08-07", "2026-08-12", "2026-08-21"):
        journal.today = day
        assert ok("remind") == ""
        assert "Next with Ola: Mon 24 Aug 2026" in ok("next ola")
    journal.today = "2026-08-24"
    assert ok("remind") == "Ola: due Mon 24 Aug 2026, today\n"


def test_months_away_end_with_a_reminder(journal, ok, sets):
    """Nobody goes quiet while every day since the due one was off."""
    ok("add-relationship Ana --every 1w --started 2026-07-01")
    ok("add-session ana hi --on 2026-07-28")
    sets("[with.Ana]\naway = '2026-08-01..2026-11-30'\n")
    assert ok("remind") == "Ana: due Tue 1 Dec 2026, today\n"


def test_a_new_try_is_a_new_reminder(journal, ok):
    """After three nudges and a no-show the day of the new try is said as well."""
    ok("add-relationship Ana --every 1m --started 2026-10-01")
    ok("add-session ana hi --on 2026-11-01")
    for _ in range(3):
        assert ok("remind --once") != ""
        journal.today = f"2026-12-0{int(journal.today[-1]) + 1}"
    assert ok("remind --once") == ""
    ok("add-session ana --status no-show --by them")
    journal.today = "2026-12-11"
    assert ok("remind --once") == "Ana: due Fri 11 Dec 2026, today\n"


def test_the_help_has_lines_that_can_be_pasted():
    """For cron and for systemd, with the program's own path, whatever folder it is called from."""
    program = Path(sys.executable).with_name("mentorlog")
    said = subprocess.run(
        ["./mentorlog", "remind", "--help"],
        cwd=program.parent, capture_output=True, encoding="utf-8", check=True,
    ).stdout  # fmt: skip
    assert f"\n      30 7 * * 1-5  {program} remind --once\n" in said
    assert f"\n      ExecStart={program} remind --once\n" in said
