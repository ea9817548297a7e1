"""The main job through the commands: record, see where it stands, know what is next."""

import pytest


def test_a_session_moves_the_next_date(journal, ok):
    """After a recorded meeting the next date is one interval after it."""
    ok("add-relationship Ana --every 1w --started 2026-11-02")
    said = ok('add-session ana "paired on the parser" --on 2026-11-30 --trust 4')
    assert said.splitlines()[0] == "Recorded s1: Ana, held, Mon 30 Nov 2026, your trust 4."
    assert journal.items("next ana")[0]["next_on"] == "2026-12-07"


def test_nothing_due_prints_not_one_byte(journal, ok):
    """On a quiet day remind is silent on both streams."""
    ok("add-relationship Ana")
    assert ok("remind") == ""


def test_unknown_name_lists_what_to_do(ok, fails):
    """An unknown name is code 3 and says how to add it."""
    ok("add-relationship Ana")
    fails("next bob", code=3, says="mentorlog add-relationship bob")


def test_who_began_long_ago_is_told_how_to_say_where_they_are(journal):
    """A relationship of many months need not begin at the beginning."""
    journal.on("2026-12-01")
    said = journal.ok("add-relationship 'Bo Li' --started '1 mar' --every 2w").splitlines()
    wanted = "If you two are further by now: mentorlog move 'Bo Li' learning --every 2w"
    assert said[1] == wanted
    assert "further" not in journal.ok("add-relationship Cy --started '20 nov'")


def test_the_demo_says_its_day(journal):
    """The invented journal is of one day, in words and in JSON."""
    assert journal.ok("demo").startswith("An invented journal, as on Tue 1 Dec 2026.\n")
    assert journal.run("--today 2027-05-05 demo --json").stdout.count('"today": "2026-12-01"') >= 1


@pytest.mark.parametrize("name", ["Ali\u200creza", "ශ්\u200dරී"])
def test_joiners_are_part_of_a_name(journal, name):
    """Names that are spelt with a joiner are taken, and found without it."""
    journal.ok(f"add-relationship '{name}'")
    plain = name.translate({0x200C: None, 0x200D: None})
    assert journal.items(f"next '{plain}'")[0]["relationship"] == name


def test_who_begins_far_ahead_is_not_nobody(journal):
    """It says who begins next, and keeps what was agreed for then."""
    journal.ok("add-relationship Fay --started 2027-04-15 --every 2w")
    for line in ("status", "next", "plan"):
        result = journal.run(line)
        assert (result.stdout, result.stderr) == ("", "Fay begins on Thu 15 Apr 2027.\n")
    assert "No meeting yet. It begins on Thu 15 Apr 2027" in journal.ok("next fay")
    journal.ok("add-session fay early")
    assert "every 2 weeks, an agreement of both on Tue 1 Dec 2026" in journal.ok("next fay")


def test_where_all_is_paused_or_closed_next_says_so(journal):
    """No answer at all would look like a fault."""
    journal.ok("add-relationship Ana")
    journal.ok("pause ana")
    result = journal.run("next")
    assert result.stderr == "Everyone is paused or closed; see: mentorlog status\n"
