"""Changing and deleting what was recorded: with options, or the whole record in an editor."""

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

STORY = """
add-relationship Ana --started 2026-09-01
add-session Ana "# Plan\n\nFirst the parser.\n# Then the tests" --on 2026-11-20 --title "The plan" --trust 3
add-goal Ana "lead the round" --on 2026-11-20
add-action Ana "send the book" --owner me --due "4 dec" --on 2026-11-20
add-outcome Ana "learned to ask" --for me --on 2026-11-20
agree Ana --every 1w --terms "stays with us" --on 2026-11-20
park Ana "the conference" --on 2026-11-20
pause Ana --from 2027-02-01 --until 2027-02-07
add-session Ana bad --breach --on 2026-11-26
decline Ana --until +2w
delete s2
move Ana learning --every 1w --on 2026-11-21
close Ana --as early --on 2026-11-27
reopen Ana
"""  # noqa: E501


@pytest.fixture
def told(journal):
    """A journal with one record of every kind."""
    lines = STORY.strip().replace("\n\n", "\0").replace("\n#", "\1").splitlines()
    whole = (line.replace("\0", "\n\n").replace("\1", "\n#") for line in lines)
    return journal.told(*whole, "edit s1 --topics 'parser, c++'")


def steps(journal):
    """How many commands the history holds."""
    return len(journal.items("history --limit 1000"))


CHANGES = (
    ("edit s1 --trust 4", "s1 (Ana): trust is now 4."),
    ("edit s1 --on '19 nov'", "s1 (Ana): held on is now Thu 19 Nov 2026."),
    ("edit s1 --notes ''", "s1 (Ana): notes is now empty."),
    ("edit s1 --title '' --energy 5", "s1 (Ana): energy is now 5; title is now empty."),
    ("edit s1 --status no-show --by them", "s1 (Ana): status is now no-show; by is now them."),
    ("edit s1 --topics 'tests'", "s1 (Ana): topics is now tests."),
    ("edit g1 --text lead --urgent yes", "g1 (Ana): urgent is now yes; text is now lead."),
    ("edit a1 --due '' --owner them", "a1 (Ana): owner is now them; due is now empty."),
    ("edit o1 --text 'learned to wait'", "o1 (Ana): text is now learned to wait."),
    ("edit t1 --every 2w --by me", "t1 (Ana): by is now me; every is now 2w."),
    ("edit m1 --why 'both said so'", "m1 (Ana): why is now both said so."),
    ("edit p1 --why exams", "p1 (Ana): why is now exams."),
    ("edit k1 --text books", "k1 (Ana): text is now books."),
    ("edit c1 --on '26 nov'", "c1 (Ana): closed on is now Thu 26 Nov 2026."),
    ("edit d1 --why exams", "d1 (Ana): why is now exams."),
    ("edit s1 --breach yes --kind touch", "s1 (Ana): kind is now touch; breach is now yes."),
    (
        "edit s1 --status cancelled --short-notice yes",
        "s1 (Ana): status is now cancelled; short notice is now yes.",
    ),
    ("edit a1 --done yesterday", "a1 (Ana): done is now Mon 30 Nov 2026."),
    ("edit t1 --until '15 jan'", "t1 (Ana): until is now Fri 15 Jan 2027."),
    ("edit m1 --agreed-by me", "m1 (Ana): agreed by is now me."),
    ("edit p1 --until 2027-02-09", "p1 (Ana): until is now Tue 9 Feb 2027."),
    (
        "edit c1 --as dormant --reopened yesterday",
        "c1 (Ana): reopened is now Mon 30 Nov 2026; ending is now dormant.",
    ),
    ("edit d1 --until +3w", "d1 (Ana): until is now Tue 22 Dec 2026."),
    ("edit s1 --trust 3", "s1 (Ana): nothing changed."),
    ("edit ana --name 'Ana Silva' --as peer", "Ana: name is now Ana Silva; role is now peer."),
    (
        "edit ana --started '1 nov' --ladder 2w,1m",
        "Ana: started on is now Sun 1 Nov 2026; ladder is now 2w,1m.",
    ),
    ("edit ana --purpose 'to lead'", "Ana: purpose is now to lead."),
)


@pytest.mark.parametrize(("line", "said"), CHANGES)
def test_options_change_what_they_name(told, line, said):
    """Each option changes its field, says so, and is one step that undo takes back."""
    before, count = told.ok("show ana --full"), steps(told)
    assert told.ok(line) == f"{said}\n"
    if "nothing" in said:
        assert steps(told) == count
        return
    assert steps(told) == count + 1
    told.ok("undo")
    assert told.ok("show ana --full") == before


REFUSED = (
    ("edit s9 --trust 4", 3, "no session s9"),
    ("edit x1 --trust 4", 2, "not an id"),
    ("edit s1 --trust 6", 2, "1 to 5"),
    ("edit s1 --status late", 2, "held, cancelled, no-show"),
    ("edit s1 --on tomorrow", 2, "ahead of today"),
    ("edit g1 --text ''", 2, "empty"),
    ("edit g1 --trust 4", 2, "no trust"),
    ("delete s9", 3, "no session s9"),
    ("delete ana", 4, "forget NAME"),
    ("delete r1", 4, "mentorlog close NAME"),
    ("edit bob --as peer", 3, "no relationship 'bob'"),
    ("edit ana --name ''", 2, "needs a name"),
    ("edit ana --as boss", 2, "mentor, mentee, peer"),
    ("edit ana --ladder 1m,2w", 2, "each slower"),
    ("edit p1 --until 2027-01-31", 2, "a pause from Mon 1 Feb 2027 cannot end on Sun 31 Jan 2027"),
    ("edit p1 --on 2027-02-08", 2, "cannot end on Sun 7 Feb 2027"),
    ("edit p1 --until 'nov 30'", 2, "nearly a year ahead"),
    ("edit c1 --reopened '26 nov'", 2, "cannot be open again on Thu 26 Nov 2026"),
    ("edit c1 --on tomorrow", 2, "ahead of today"),
    ("edit c1 --on 2026-08-31", 4, "Ana began on Tue 1 Sep 2026"),
    ("edit c1 --reopened tomorrow", 2, "ahead of today"),
    ("edit a1 --done '19 nov'", 2, "promised on Fri 20 Nov 2026 cannot be done on Thu 19 Nov 2026"),
    ("edit a1 --done tomorrow", 2, "ahead of today"),
    ("edit t1 --until '19 nov 2026'", 2, "cannot end on Thu 19 Nov 2026"),
    ("edit d1 --until '30 nov 2026'", 2, "cannot rest until Mon 30 Nov 2026"),
    ("edit g1 --on +1w", 2, "ahead of today"),
    ("edit t1 --every 6m", 2, "for maintenance"),
    ("edit m1 --every 1y", 2, "does not fit learning"),
    ("edit s1 --by them", 2, "it was held"),
    ("edit s1 --short-notice yes", 2, "a cancelled meeting"),
    ("edit s1 --status no-show --short-notice yes", 2, "a cancelled meeting"),
    ("edit s1 --guess yes", 2, "add --their-trust"),
    ("edit k1 --done '19 nov'", 2, "cannot be ticked off on Thu 19 Nov 2026"),
    ("edit t1 --ready-for foo", 2, "trusting, learning, maintenance, close"),
)


@pytest.mark.parametrize(("line", "code", "says"), REFUSED)
def test_a_bad_change_is_refused_and_nothing_is_changed(told, line, code, says):
    """An unknown id, a value out of bounds, an option that does not fit."""
    before = told.path.read_bytes()
    told.fails(line, code=code, says=says)
    assert told.path.read_bytes() == before


@pytest.mark.parametrize("record", ["s1", "g1", "a1", "o1", "t1", "m1", "p1", "k1", "c1", "d1"])
def test_an_unchanged_page_changes_nothing(told, editor, record):
    """The whole record is in the page; saved as it is, no byte and no step is added."""
    before, count = told.ok("show ana --full"), steps(told)
    assert told.ok(f"edit {record}", EDITOR=editor("")) == f"{record} (Ana): nothing changed.\n"
    assert (told.ok("show ana --full"), steps(told)) == (before, count)
    assert not told.draft(record).exists()


def test_the_page_is_the_whole_record_and_what_is_changed_in_it_is_saved(told, editor, tmp_path):
    """Fields by name, the notes last, with their own lines that begin with #."""
    said = told.ok(
        "edit s1", EDITOR=editor('sed -i "s/^trust: 3/trust: 4/; s/parser\\./lexer./" "$1"')
    )
    page = (tmp_path / "seen").read_text()
    assert page.startswith("held_on: 2026-11-20\nat: \nzone: \nstatus: held\n")
    assert page.endswith("title: The plan\nnotes:\n# Plan\n\nFirst the parser.\n# Then the tests\n")
    assert said.startswith("s1 (Ana): ")
    (item,) = told.items("show s1")
    assert item["notes"] == "# Plan\n\nFirst the lexer.\n# Then the tests"
    assert (item["trust"], item["topics"]) == (4, ["c++", "parser"])


def test_what_changed_elsewhere_meanwhile_is_kept(told, editor, tmp_path):
    """The editor was open while another command changed a field: both changes stand."""
    import sys

    other = f'"{sys.executable}" -m mentorlog --journal "{told.path}" edit s1 --energy 5'
    script = f'{other} >/dev/null && sed -i "s/^trust: 3/trust: 4/" "$1"'
    told.ok("edit s1", EDITOR=editor(script))
    (item,) = told.items("show s1")
    assert (item["energy"], item["trust"]) == (5, 4)


FAILING = (
    ("exit 3", 1, "the editor ended with 3", True),
    ('echo "trust: 9" > "$1"', 2, "the line 'notes:' is missing", True),
    ('sed -i "s/^trust: 3/trust: 9/" "$1"', 2, "1 to 5", True),
    ('sed -i "s/^trust: 3/colour: red/" "$1"', 2, "no colour", True),
    ('sed -i "s/^trust: 3/what/" "$1"', 2, "cannot read the line 'what'", True),
    (': > "$1"', 1, "nothing was written, so nothing was recorded", False),
)


@pytest.mark.parametrize(("script", "code", "says", "kept"), FAILING)
def test_a_failing_editor_changes_nothing_and_keeps_the_page(
    told, editor, script, code, says, kept
):
    """Nothing is recorded; the page is kept, private, and named; an emptied one goes."""
    before = told.path.read_bytes()
    said = told.fails("edit s1", code=code, says=says, EDITOR=editor(script))
    assert told.path.read_bytes() == before
    page = told.draft("s1")
    assert page.exists() is kept
    if kept:
        assert stat.S_IMODE(page.stat().st_mode) == 0o600
        assert str(page) in said


def test_delete_takes_a_record_with_its_parts_and_undo_brings_all_back(told):
    """Every kind of record is deleted by its id, in one step, and comes back as it was."""
    told.ok("goal g1 --state moving")
    before = told.ok("show ana --full"), told.items("log"), told.items("actions")
    for record in ("s1", "g1", "a1", "o1", "t1", "m1", "p1", "k1", "c1", "d1"):
        assert told.ok(f"delete {record}").startswith(f"Deleted {record} (Ana). To bring it back: ")
    assert told.items("log") == told.items("goals") == told.items("actions") == []
    told.ok("undo 10")
    assert (told.ok("show ana --full"), told.items("log"), told.items("actions")) == before


def test_goals_actions_and_outcomes_are_listed_and_ticked_off(told):
    """What they are, whose, since when; done ticks off actions and parked items."""
    told.ok("goal g1 --state moving --on 2026-11-25")
    told.ok('add-action Ana "draft the plan" --owner them')
    assert told.ok("goals ana") == "g1  Ana  moving  Wed 25 Nov 2026  lead the round\n"
    assert told.ok("actions") == (
        "a1  Ana  you  send the book   Fri 4 Dec 2026\na2  Ana  Ana  draft the plan\n"
    )
    assert told.ok("done a1") == "Done: a1 (Ana, Tue 1 Dec 2026): send the book\n"
    assert [item["id"] for item in told.items("actions ana")] == ["a2"]
    assert "k1" in told.ok("brief ana")
    told.ok("done k1 --on yesterday")
    assert "k1" not in told.ok("brief ana")
    assert "o1  Fri 20 Nov 2026, gained by you: learned to ask" in told.ok("show ana")
    told.ok("goal g1 --state reached")
    assert told.items("goals")[0]["state"] == "reached"


def test_a_person_gets_another_name_and_keeps_everything(told, fails):
    """A slip in a name, or a marriage: the records stay, and old settings are told of."""
    config = Path.home() / ".config" / "mentorlog" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text("[with.ana]\nworking_days = 'tue'\n")
    told.ok("add-relationship Ben")
    fails("edit ana --name ben", code=4, says="there is a relationship 'Ben' already")
    before = told.items("log")
    result = told.run("edit ana --name 'Ana Silva'")
    assert result.stdout == "Ana: name is now Ana Silva.\n"
    assert result.stderr == f"[with.Ana] in {config} still has the old name.\n"
    after = [{**item, "relationship": "Ana"} for item in told.items("log 'ana silva'")]
    assert after == before
    told.ok("undo")
    assert told.items("log ana") == before


def test_drafts_follow_a_person_to_another_name_and_are_forgotten(told, fails, editor):
    """Notes that were begun go on under the new name; a page of a person is no notes."""
    fails("add-session ana --edit", code=1, EDITOR=editor('echo secret > "$1"; exit 1'))
    fails("edit ana", code=1, EDITOR=editor("exit 1"))
    told.ok("edit ana --name Berta")
    said = told.ok("add-session berta --edit", EDITOR=editor(""))
    assert "Recorded s" in said
    assert told.items("log berta")[0]["notes"] == "secret"
    fails("add-session berta --edit", code=1, EDITOR=editor('echo secret > "$1"; exit 1'))
    told.ok("forget berta --yes Berta")
    assert list(told.path.parent.glob("*.draft-*")) == []


def test_a_page_of_before_takes_nothing_back(told, fails, editor):
    """A draft is gone on with, unless its record was changed since."""
    fails("edit s1", code=1, EDITOR=editor("exit 1"))
    (draft,) = told.path.parent.glob("*.draft-*")
    assert told.ok("edit s1", EDITOR=editor("")) == "s1 (Ana): nothing changed.\n"
    fails("edit s1", code=1, EDITOR=editor("exit 1"))
    told.ok("edit s1 --notes new")
    os.utime(draft, (draft.stat().st_atime, draft.stat().st_mtime - 60))
    fails("edit s1", code=4, says="s1 was changed after your draft", EDITOR=editor(""))
    assert told.items("log")[-1]["notes"] == "new"


def test_what_says_nothing_any_more_falls_away(told):
    """One that was recorded as missed and did take place was missed by nobody."""
    told.ok("edit s1 --status cancelled --by them --short-notice yes --their-trust 4 --guess yes")
    said = told.ok("edit s1 --status held --their-trust ''")
    assert said == (
        "s1 (Ana): status is now held; their trust is now empty; guess is now no; by is now empty;"
        " short notice is now no.\n"
    )


@pytest.mark.parametrize(
    ("kind", "first", "second", "line"),
    [
        (
            "pause",
            "pause ana --from 2027-03-01 --until 2027-03-07",
            None,
            "edit p2 --on 2027-02-07",
        ),
        ("closing", "close ana --as early", "reopen ana", "edit c2 --on '26 nov'"),
    ],
)
def test_two_of_a_kind_share_no_day(told, kind, first, second, line):
    """A pause within a pause, or an ending before the last one was taken back."""
    told.ok(first)
    if second:
        told.ok(second)
    told.fails(line, code=4, says=f"share days with {kind[0]}1")


def test_a_start_is_not_put_after_the_first_meeting(told, fails):
    """Or the person would vanish from the lists."""
    fails("edit ana --started 2027-05-01", code=4, says="you met on")


def test_nothing_ends_before_it_begins(journal, fails):
    """Whichever of the two days is the one that is changed."""
    journal.ok("add-relationship Ben --started 2026-11-10")
    fails("close ben --as early --on '9 nov'", code=4, says="Ben began on Tue 10 Nov 2026")
    journal.ok("close ben --as early --on '12 nov'")
    fails("edit ben --started '13 nov'", code=4, says="it was closed on Thu 12 Nov 2026 already")
    journal.ok("edit ben --started '12 nov'")


def test_a_person_called_like_an_id(journal, fails):
    """The record is meant, but for the letter of people; their own id is another way."""
    journal.ok("add-relationship Ben")
    journal.ok("add-relationship r1 --as peer")
    assert journal.ok("edit r1 --as mentee") == "r1: role is now mentee.\n"
    assert journal.ok("edit ben --as mentee") == "Ben: role is now mentee.\n"
    journal.ok("add-relationship P1")
    assert journal.ok("edit P1 --as peer") == "P1: role is now peer.\n"
    journal.ok("pause ben")
    assert journal.ok("edit P1 --why rest") == "P1 (Ben): why is now rest.\n"
    assert journal.ok("show p1").startswith("Ben. You are the mentee")
    journal.ok("book P1 tomorrow")
    assert "Called off s1: P1" in journal.ok("unbook P1 --short-notice --by me")


def test_a_member_gets_another_name(journal, fails):
    """Members are listed with their ids, and two of them are not called the same."""
    journal.ok("add-relationship Guild --member Bo --member Cem")
    assert "b1  member: Bo\nb2  member: Cem\n" in journal.ok("show guild")
    assert journal.ok("edit b1 --name Bodil") == "Bo: name is now Bodil.\n"
    fails("edit b1 --name cem", code=4, says="there is a member 'Cem' already")
    fails("delete b1", code=4, says="no record that can be taken out alone")


def test_a_meeting_that_is_put_before_the_start_moves_the_start(told):
    """As recording it there would; what it leaves behind is said, for the person to put right."""
    said = told.ok("edit s1 --on 2026-08-20")
    assert said.endswith("\nAna now begins on Thu 20 Aug 2026, as you met then.\n")
    said = told.ok("edit s1 --on 2026-11-20")
    assert "Ana still begins on Thu 20 Aug 2026. To change it: mentorlog edit Ana" in said
    told.ok("edit s1 --on 2026-08-20")
    assert "still begins on Thu 20 Aug 2026" in told.ok("delete s1")


def test_what_was_called_off_is_not_held_before_its_day(told):
    """Only its day tells whether it took place."""
    told.ok("book ana 2026-12-05")
    told.ok("unbook ana")
    told.fails("edit s3 --status held", code=2, says="Sat 5 Dec 2026 is ahead of today")


def test_a_goal_changes_only_once_it_is_there(told):
    """Neither is it reached before it was added, nor added after it was reached."""
    told.fails("goal g1 --state reached --on '19 nov'", code=4, says="edit g1 --on 2026-11-19")
    told.ok("edit g1 --on 2026-11-19")
    told.ok("goal g1 --state reached --on '19 nov'")
    told.fails("edit g1 --on '20 nov'", code=4, says="it changed on Thu 19 Nov 2026 already")


def test_an_older_record_is_put_right_in_another_field(told):
    """What an older version took is no reason to keep a slip elsewhere in it."""
    with closing(sqlite3.connect(told.path)) as conn, conn:
        conn.execute("UPDATE pause SET until_on = '2027-01-01'")
        conn.execute("UPDATE closing SET closed_on = '2026-08-01'")
        conn.execute("UPDATE action SET done_on = '2026-11-01'")
        conn.execute("UPDATE session SET by = 'them'")
    for line in ("p1 --why x", "c1 --as dormant", "a1 --text y", "s1 --trust 5"):
        assert "is now" in told.ok(f"edit {line}")
    told.fails("edit p1 --on 2027-01-02", code=2, says="cannot end on")


def test_a_decision_is_not_put_before_the_start_nor_emptied(told):
    """As the commands that record it would not."""
    told.fails("edit m1 --on 2026-08-30", code=4, says="Ana began on Tue 1 Sep 2026")
    told.fails("edit t1 --on 2026-08-30", code=4, says="Ana began on Tue 1 Sep 2026")
    told.ok("edit t1 --every ''")
    told.fails("edit t1 --terms ''", code=4, says="take it out: mentorlog delete t1")


def test_an_interval_of_the_first_day_is_of_whatever_phase_comes(journal):
    """Those who have long met once a year begin with it, and may say it again."""
    journal.ok("add-relationship Ana --every 6m --started 2020-01-06")
    assert journal.ok("edit t1 --every 1y") == "t1 (Ana): every is now 1y.\n"


def test_only_a_meeting_that_took_place_is_a_beginning(journal):
    """One that was called off neither moves a start nor keeps it."""
    journal.ok("add-relationship Ana --started 2026-11-15")
    said = journal.ok("add-session ana --on 2026-11-10 --status cancelled --by them")
    assert "now begins" not in said
    journal.ok("edit ana --started 2026-11-16")
    assert "now begins on Tue 10 Nov 2026" in journal.ok("edit s1 --status held")


def test_a_touch_cannot_be_missed_by_a_change_either(told):
    """As no command records it."""
    told.ok("add-session ana --touch")
    number = told.items("log")[0]["id"]
    told.fails(f"edit {number} --status no-show", code=2, says="a touch is held")


def test_line_ends_of_other_editors_leave_no_draft(told, editor):
    """A page saved with line ends of Windows is the page all the same."""
    script = 'sed -i "s/^trust:.*/trust: 4/; s/\\$/\\r/" "$1"'
    said = told.ok("edit s1", EDITOR=editor(script))
    assert "trust is now 4" in said
    assert not told.draft("s1").exists()
    told.ok("add-session ana -", input=b"one\r\ntwo\r\n")
    assert told.items("log")[0]["notes"] == "one\ntwo"
