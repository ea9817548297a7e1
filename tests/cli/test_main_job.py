"""The main job through the commands: record, see where it stands, know what is next."""


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
