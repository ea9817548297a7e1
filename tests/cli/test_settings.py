"""What is set in config.toml: read, shown, respected, and refused with file, line and key."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mentorlog.cli.arranging import load_holidays
from mentorlog.errors import InvalidDocument
from tests.conftest import Journal

WHERE = Path(".config", "mentorlog", "config.toml")


BAD = (
    # the file, the line, and words of the message or of what to do
    ("[me]\nmax_a_day = 0", 2, "a whole number from 1 to 24"),
    ("[me]\nmax_a_day = true", 2, "'me.max_a_day' cannot be True"),
    ("[me]\nmax_a_dya = 2", 2, "did you mean 'me.max_a_day'?"),
    ("\n[mee]\nzone = 'x'", 2, "did you mean 'me'?"),
    ("[me]\nzone = 'Europe/Atlantis'", 2, "a time zone such as"),
    ("[me]\nzone = '../../etc/passwd'", 2, "a time zone such as"),
    ("[me]\nzone = 'localtime'", 2, "a time zone such as"),
    ("[me]\nworking_days = ['mon', 'someday']", 2, "mon-fri"),
    ("[me]\nworking_days = []", 2, "mon-fri"),
    ("[me]\nworking_days = 'mon tue'", 2, "mon-fri"),
    ("[me]\nworking_days = 'monster-friday'", 2, "mon-fri"),
    ("[me]\naway = ['2026-12-30..2026-12-01']", 2, "2026-12-21..2027-01-03"),
    ("[me]\naway = ['2026-02-30']", 2, "2026-05-01"),
    ("[me]\nhours = '17:00-9:00'", 2, "9:00-17:00"),
    ("[me]\nholidays = 'Germany'", 2, "DE-BY"),
    ("[me]\nmail = 'nobody'", 2, "me@example.org"),
    ("[with.Ana]\nmax_a_day = 2", 2, "'with.Ana.max_a_day'"),
    ("[with.Ana]\nzone = 'UTC'\n[with.ANA]\naway = []", 3, "another spelling"),
    ("with = 3", 1, "must be a section"),
    ("[me]\n\n# a comment\nminutes = 'long'", 4, "from 5 to 480"),
    ("[rules]\nweekly_held = 99", 2, "from 1 to 12"),
)


@pytest.mark.parametrize(("text", "line", "says"), BAD)
def test_a_slip_is_an_error_with_file_line_and_key(ok, fails, journal, sets, text, line, says):
    """Nothing is answered and nothing recorded under settings that cannot be."""
    ok("add-relationship Ana")
    path = sets(text)
    said = fails("status", code=6, says=says)
    assert f"{path}, line {line}:" in said
    fails("add-session ana note", code=6, says=says)
    path.unlink()
    assert journal.items("log") == []


def test_every_setting_is_shown_with_where_it_comes_from(journal, ok, sets):
    """A key that is set names its line; the others are as by default."""
    path = sets("[me]\nmax_a_day = 2\n[rules]\nweekly_held = 6\n")
    rows = {row["key"]: row for row in journal.items("config")}
    assert (rows["me.max_a_day"]["value"], rows["me.max_a_day"]["from"]) == ("2", "line 2")
    assert (rows["rules.weekly_held"]["value"], rows["rules.weekly_held"]["from"]) == (
        "6",
        "line 4",
    )
    assert rows["me.minutes"]["from"] == "default"
    assert f"File: {path}" in ok("config")


def test_a_name_that_nobody_has_is_only_noted(journal, sets):
    """A person in the settings who is not in the journal is no error."""
    journal.ok("add-relationship Ana")
    sets("[with.Bob]\nworking_days = 'mon'\n")
    result = journal.run("config")
    assert result.exit_code == 0
    assert "[with.Bob]: nobody in the journal" in result.stderr


def test_a_slip_in_the_draft_of_the_settings_leaves_the_file_alone(journal, fails, editor):
    """The editor gets a commented draft of mode 0600; what is wrong is said, and it is kept."""
    path = Path.home() / WHERE
    draft = path.with_name("config.toml.draft")
    wrong = editor("echo 'max_a_day = 2' >> \"$1\"")
    said = fails("config --edit", code=6, says="rules.max_a_day", EDITOR=wrong)
    assert f"{draft}, line " in said
    assert "config.toml is as it was; go on with your draft: mentorlog config --edit" in said
    assert draft.stat().st_mode & 0o777 == 0o600
    assert not path.exists()
    again = journal.run("config --edit", EDITOR=editor(""))
    assert (again.exit_code, draft.exists()) == (6, True)
    result = journal.run("config --edit", EDITOR=editor("sed -i '/^max_a_day/d' \"$1\""))
    assert (result.exit_code, result.stderr) == (0, f"Going on with your draft: {draft}\n")
    assert path.stat().st_mode & 0o777 == 0o600
    assert not draft.exists()


def test_settings_that_are_linked_to_stay_a_link(ok, fails, editor, tmp_path):
    """A file kept among the dotfiles is changed where it is, in its mode."""
    path, real = Path.home() / WHERE, tmp_path / "dotfiles.toml"
    path.parent.mkdir(parents=True)
    real.write_text("[me]\n")
    real.chmod(0o640)
    path.symlink_to(real)
    ok("config --edit", EDITOR=editor("echo 'max_a_day = 2' >> \"$1\""))
    assert path.is_symlink()
    assert real.read_text() == "[me]\nmax_a_day = 2\n"
    assert real.stat().st_mode & 0o777 == 0o640
    fails("config --edit", code=1, says="the editor ended with 3", EDITOR=editor("exit 3"))
    assert list(tmp_path.glob("*.draft")) == []


def test_a_draft_of_the_settings_takes_nothing_back(ok, fails, editor, sets):
    """What was changed in the file since, or meanwhile, is not overwritten by a draft."""
    path = sets("[me]\nminutes = 45\n")
    draft = path.with_name("config.toml.draft")
    fails("config --edit", code=1, EDITOR=editor("echo 'max_a_day = 2' >> \"$1\"; exit 1"))
    time.sleep(0.02)
    path.write_text("[me]\nminutes = 30\n")
    fails("config --edit", code=4, says="changed after your draft", EDITOR=editor(""))
    draft.unlink()
    meanwhile = editor(f"echo 'max_a_day = 2' >> \"$1\"; echo 'max_a_week = 5' >> '{path}'")
    fails("config --edit", code=4, says="was changed meanwhile", EDITOR=meanwhile)
    assert path.read_text() == "[me]\nminutes = 30\nmax_a_week = 5\n"


HARMLESS = (
    # what happens, the exit code, what is said
    ('rm "$1"', 1, "the draft is gone"),
    ("kill -9 $$", 1, "the editor ended with -9"),
    ("printf '\\377' >> \"$1\"", 6, "cannot be read"),
    (None, 4, "the editor cannot be started"),
)


@pytest.mark.parametrize(("script", "code", "says"), HARMLESS)
def test_an_editor_that_fails_leaves_the_settings_as_they_were(
    fails, editor, sets, script, code, says
):
    """And no draft that was not touched."""
    path = sets("[me]\nminutes = 45\n")
    fails("config --edit", code=code, says=says, EDITOR=editor(script) if script else "/nowhere")
    assert path.read_text() == "[me]\nminutes = 45\n"
    kept = path.with_name("config.toml.draft").exists()
    assert kept == bool(script and "377" in script)


def test_a_link_to_itself_is_told(fails, editor):
    """The settings are nowhere then."""
    path = Path.home() / WHERE
    path.parent.mkdir(parents=True)
    path.symlink_to(path)
    fails("config --edit", code=6, says="a link to itself", EDITOR=editor(""))


def test_a_date_moves_off_the_days_of_both_sides_and_says_why(journal, ok, sets):
    """Away, a holiday, a weekday of the other side: each moves the date, and is said."""
    ok("add-relationship Ana --every 1w --started 2026-11-02")
    ok("add-session ana first --on 2026-11-26")
    sets("[me]\naway = ['2026-12-02..2026-12-03']\n")
    assert journal.items("next ana")[0]["next_on"] == "2026-12-04"
    assert "Thu 3 Dec 2026 is a day on which you are away, so Fri 4 Dec 2026." in ok("next ana")
    sets("[with.Ana]\nworking_days = ['tue']\n")
    assert "no day of the week that suits Ana" in ok("next ana")
    sets("[me]\nworking_days = 'mon-fri'\nholidays = 'DE-BY'\n")
    ok("agree ana --every 1m")
    ok("add-session ana second --on 2026-11-25")
    journal.today = "2026-12-02"
    assert journal.items("next ana")[0]["next_on"] == "2026-12-28"
    assert "a holiday for you (Second Day of Christmas)" in ok("next ana")


def test_the_first_day_after_a_pause_suits_both(journal, ok, sets):
    """A pause that is still running has its first date on a day that is off for nobody."""
    ok("add-relationship Ana --every 1m --started 2026-11-02")
    ok("add-session ana first --on 2026-11-26")
    ok("pause ana --until 2026-12-25")
    assert journal.items("next ana")[0]["next_on"] == "2027-01-01"
    sets("[me]\nworking_days = 'mon-thu'\n")
    assert journal.items("next ana")[0]["next_on"] == "2026-12-31"
    # The days before it that are as good do not reach into the pause.
    sets("[me]\naway = ['2026-12-27..2027-01-31']\n")
    assert journal.items("next ana")[0]["next_on"] == "2026-12-26"
    assert "window" not in ok("next ana")


def test_a_window_begins_and_ends_on_a_day_that_suits(journal, ok, sets):
    """The days that are as good are not named where they are off."""
    ok("add-relationship Ana --every 1w --started 2026-11-02")
    ok("add-session ana first --on 2026-11-26")
    assert "Thu 3 Dec 2026, window 1 to 6 Dec" in ok("next ana")
    sets("[me]\nworking_days = 'wed-thu'\n")
    assert "Thu 3 Dec 2026, window 2 to 3 Dec" in ok("next ana")


def test_a_plan_of_nobody_says_how_to_begin(journal):
    """An empty answer would leave a beginner alone."""
    journal.ok("add-relationship Ana")
    journal.ok("undo")
    result = journal.run("plan")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.endswith("Begin with: mentorlog add-relationship NAME\n")


def test_a_week_that_is_full_is_said_of_a_booking(ok, sets):
    """Meetings held in that week count too."""
    for name in ("Ana", "Ben", "Cem"):
        ok(f"add-relationship {name}")
    ok("add-session ana first --on 2026-11-30")
    sets("[me]\nmax_a_week = 2\n")
    assert "Mind" not in ok("book ben 2026-12-02")
    said = "Mind: the week of Fri 4 Dec 2026 has 3 meetings now, and your limit is 2.\n"
    assert said in ok("book cem 2026-12-04")
    assert "week of Mon 30 Nov: 3 of 2" in ok("plan")


def test_a_meeting_that_is_moved_to_today_is_due(journal, ok, sets):
    """The line of the reminder says so too."""
    ok("add-relationship Ana --every 2w --started 2026-11-24")
    ok("add-session ana first --on 2026-11-24")
    sets("[me]\nworking_days = ['mon', 'sat']\n")
    journal.today = "2026-12-07"
    assert ok("remind") == "Ana: due Mon 7 Dec 2026, today\n"
    assert "next Mon 7 Dec  due" in ok("status")


def test_who_is_pushed_out_of_the_window_is_reminded_of_all_the_same(journal, ok, sets):
    """The day that is due, and the next that has room."""
    for name in ("Ana", "Ben"):
        ok(f"add-relationship {name} --every 1w --started 2026-11-30")
        ok(f"add-session {name} first --on 2026-11-30")
    sets("[me]\nworking_days = ['mon']\nmax_a_day = 1\n")
    journal.today = "2026-12-08"
    ok("add-session ana second --on 2026-12-07")
    assert "Ben: due since Mon 7 Dec 2026, yesterday; next Mon 21 Dec\n" in ok("remind")


def test_two_who_share_no_weekday_are_told_so(ok, sets):
    """And where to change it."""
    ok("add-relationship Ana --every 1w --started 2026-11-26")
    ok("add-session ana first --on 2026-11-26")
    sets("[me]\nworking_days = 'mon-thu'\n[with.Ana]\nworking_days = 'fri'\n")
    said = ok("next ana")
    assert "Next with Ana: no date, no day was found." in said
    assert "No day of the week suits you both; see [me] and [with.Ana]: mentorlog config\n" in said


def test_what_is_set_of_one_thing_changes_no_other(journal, ok, sets):
    """A limit, or the zone of somebody else, takes no weekend from anyone."""
    ok("add-relationship Ana --every 1w --started 2026-11-28")
    ok("add-session ana --on 2026-11-28")
    sets("[me]\nminutes = 60\nmax_a_day = 3\n[with.Ben]\nzone = 'Europe/Paris'\n")
    assert journal.items("next ana")[0]["next_on"] == "2026-12-05"
    assert "Mind" not in ok("book ana 'sun 17:00'")


def test_a_full_day_is_left_and_the_same_date_is_said_everywhere(journal, ok, sets):
    """Three on one day with room for one: three days, the same in the list and on each page."""
    for name in ("Ana", "Ben", "Chen"):
        ok(f"add-relationship {name} --every 1w --started 2026-11-02")
        ok(f"add-session {name} --on 2026-11-26")
    sets("[me]\nmax_a_day = 1\n")
    found = {item["relationship"]: item["next_on"] for item in journal.items("next")}
    assert sorted(found.values()) == ["2026-12-02", "2026-12-03", "2026-12-04"]
    for name, on in found.items():
        assert journal.items(f"next {name}")[0]["next_on"] == on
    assert "has 1 already (your limit is 1)" in ok("next chen")


def test_a_day_that_moved_is_not_reminded_of_before_it(journal, ok, sets):
    """Cron says it on the day that the answer names, not on the one that is off."""
    ok("add-relationship Ana --every 1w --started 2026-11-02")
    ok("add-session ana first --on 2026-11-24")
    sets("[me]\naway = ['2026-12-01..2026-12-02']\n")
    assert journal.items("next ana")[0]["next_on"] == "2026-12-03"
    assert ok("remind") == ""
    journal.today = "2026-12-03"
    assert ok("remind") == "Ana: due Thu 3 Dec 2026, today\n"


def test_days_away_make_nothing_late(journal, ok, sets):
    """Late counts from the first day that suits both, not from a day one was away."""
    ok("add-relationship Ana --every 1w --started 2026-11-02")
    ok("add-session ana first --on 2026-11-20")
    assert journal.items("next ana")[0]["standing"] == "late"
    sets("[me]\naway = ['2026-11-26..2026-11-30']\n")
    found = journal.items("next ana")[0]
    assert (found["standing"], found["late_days"], found["due_on"]) == ("due", 0, "2026-11-27")
    assert "A gap of" not in ok("next ana") and "late" not in ok("status")
    journal.today = "2026-12-06"
    assert journal.items("next ana")[0]["standing"] == "late"


def test_a_booking_on_a_day_that_does_not_suit_is_made_and_said(journal, ok, sets):
    """A person decides; what was set is called to mind."""
    for name in ("Ana", "Ben"):
        ok(f"add-relationship {name} --every 1w --started 2026-11-02")
    sets("[me]\nmax_a_day = 1\naway = '2026-12-10'\n[with.Ana]\nworking_days = 'tue-thu'\n")
    assert "Mind" not in ok("book ana 2026-12-03")
    said = ok("book ben 2026-12-03")
    assert "Mind: Thu 3 Dec 2026 has 2 booked now, and your limit is 1." in said
    assert "Mind: Thu 10 Dec 2026 is a day on which you are away." in ok("book ana 2026-12-10")
    assert "Mind: Fri 11 Dec 2026 is no day of the week" in ok("book ana 2026-12-11")


def test_the_plan_shows_the_coming_weeks_and_the_room(journal, ok, sets):
    """Bookings, suggestions and endings by week, and what one more would do."""
    ok("add-relationship Ana --every 1w --started 2026-11-02")
    ok("add-session ana first --on 2026-11-26")
    ok("book ana 'thu 15:00'")
    ok("agree ana --until 2026-12-20")
    sets("[me]\nmax_a_week = 1\n")
    items = journal.items("plan")
    assert items[0] == {"on": "2026-12-03", "at": "15:00", "relationship": "Ana", "kind": "booked"}
    assert {"on": "2026-12-20", "at": None, "relationship": "Ana", "kind": "agreed end"} in items
    assert [i["on"] for i in items if i["kind"] == "suggested"][:2] == ["2026-12-10", "2026-12-17"]
    said = ok("plan")
    assert "week of Mon 30 Nov: 1 of 1" in said
    assert "There is no room for one more: that would be 2 meetings a week, and 1 fit" in said


def test_the_plan_leaves_a_pause_ahead_alone(journal, ok):
    """No meeting is suggested in days that are to be paused, and the rhythm goes on after them."""
    ok("add-relationship Ana --every 1w --started 2026-11-02")
    ok("add-session ana first --on 2026-11-30")
    ok("pause ana --from 2026-12-10 --until 2026-12-20")
    days = [item["on"] for item in journal.items("plan")]
    assert days == ["2026-12-07", "2026-12-27", "2027-01-03"]


HOLIDAYS = (
    ("DE-BY", "2027-01-06", "Epiphany"),
    ("DE-BY", "2027-03-29", "Easter Monday"),
    ("US", "2026-11-26", "Thanksgiving"),
    ("NZ", "2027-02-06", "Waitangi Day"),
    ("NZ", "2027-04-05", None),
)


@pytest.mark.parametrize(("place", "on", "name"), HOLIDAYS)
def test_public_holidays_of_three_countries(place, on, name):
    """Fixed and movable days are known by their English names."""
    from datetime import date

    found = load_holidays(place, today=date(2026, 12, 1)).get(date.fromisoformat(on))
    assert (found is None) if name is None else (name in str(found))


@pytest.mark.parametrize(("place", "says"), [("XX", "known: "), ("DE-QQ", "BY")])
def test_an_unknown_place_names_those_that_are_known(place, says):
    """What exists is said, for a country and for a region."""
    from datetime import date

    with pytest.raises(InvalidDocument) as error:
        load_holidays(place, today=date(2026, 12, 1))
    assert says in error.value.hint


def test_holidays_are_remembered(journal: Journal, sets, ok):
    """The second command of a month does not load the package that knows them."""
    ok("add-relationship Ana --every 1w")
    sets("[me]\nholidays = 'DE-BY'\n")
    code = (
        "import sys; from mentorlog.cli.app import app\n"
        "try: app()\nfinally: print('holidays' in sys.modules)"
    )
    line = [sys.executable, "-c", code, "--journal", str(journal.path), "--today", journal.today]
    said = [
        subprocess.run([*line, "next"], env=dict(os.environ), capture_output=True, text=True,
                       check=False).stdout.split()[-1]
        for _ in range(2)
    ]  # fmt: skip
    assert said == ["True", "False"]


def test_settings_that_were_changed_are_named_in_json(journal, editor, monkeypatch):
    """As every command has it."""
    monkeypatch.setenv("EDITOR", editor('echo "[me]\nminutes = 45" > "$1"'))
    (item,) = journal.items("config --edit")
    assert item["file"].endswith("config.toml")
