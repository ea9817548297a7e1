"""Promises: done once, and looked at together."""

import pytest


def test_what_is_done_is_done_once(weekly):
    """A promise that is done keeps its day, and none was done before it was made."""
    weekly.ok("add-action ana 'send it' --owner me --on '1 sep'")
    weekly.fails("done a1 --on 2026-08-30", code=4, says="was made later")
    weekly.ok("done a1")
    weekly.on("2026-09-05").fails("done a1", code=4, says="is done since Tue 1 Sep 2026")


def test_promises_of_one_day_are_looked_at_together(weekly):
    """Half of eight is half, however many are looked at."""
    weekly.ok("move ana learning --every 1w")
    for number in range(1, 9):
        weekly.ok(f"add-action ana p{number} --owner me --due '4 sep'")
    for number in range(1, 5):
        weekly.ok(f"done a{number}")
    assert "50 % of due promises kept" in weekly.on("2026-09-07").ok("phase ana")


def test_promises_ahead_do_not_hide_those_that_were_kept(journal):
    """What is not yet due takes no place among the promises that are looked at."""
    journal.ok("add-relationship Ana --started 2026-09-01")
    journal.ok("move ana learning --every 1w --on 2026-10-01")
    for day in range(1, 7):
        journal.ok(f"add-action ana p{day} --owner me --on 2026-11-0{day} --due 2026-11-10")
        journal.ok(f"done a{day} --on 2026-11-09")
    for number in range(7):
        journal.ok(f"add-action ana n{number} --owner them --due 2026-12-08")
    assert "100 % of due promises kept" in journal.ok("phase ana")
    assert "p1" in journal.run("actions --today 2026-11-08").stdout


def test_of_many_promises_those_due_last_are_looked_at(journal):
    """Open ones of long ago weigh no more than kept ones of long ago."""
    journal.ok("add-relationship Ana --started 2026-09-01")
    journal.ok("move ana learning --every 1w --on 2026-10-01")
    for number in range(1, 17):
        journal.ok(f"add-action ana p{number} --owner me --on 2026-10-05 --due 2026-11-{number:02}")
    for number in range(5, 17):
        journal.ok(f"done a{number} --on 2026-11-17")
    assert "100 % of due promises kept" in journal.ok("phase ana")


ADDED = (
    'add-goal ana "lead the round"',
    'add-action ana "send the book" --owner me',
    'add-outcome ana "learned to ask" --for me',
    'park ana "the conference"',
    "snooze ana +2w",
)


@pytest.mark.parametrize("line", ADDED)
def test_what_is_added_to_a_closed_relationship_is_kept_and_said_to_be_so(journal, line):
    """It succeeds, and one line beside the answer says since when that is closed."""
    journal.ok("add-relationship Ana --started 2026-09-01")
    journal.ok("close ana --as early --on '27 nov'")
    result = journal.run(line)
    assert (result.exit_code, result.stderr) == (0, "Ana is closed since Fri 27 Nov 2026.\n")
    assert result.stdout != ""
    journal.ok("reopen ana --on '29 nov'")
    journal.ok(line)


@pytest.fixture
def promised(journal):
    """Two open promises, one that is kept, and something parked."""
    journal.ok("add-relationship Ana --started 2026-09-01")
    for what in ("send the book", "draft the RFC", "ask around"):
        journal.ok(f"add-action ana '{what}' --owner me --on '20 nov'")
    journal.ok("park ana 'the conference' --on '20 nov'")
    journal.ok("done a3 --on '25 nov'")
    return journal


def test_several_are_ticked_off_in_one_step(promised):
    """Each is said, an id typed twice counts once, and one undo brings all of them back."""
    assert promised.ok("done a1 k1 A1 2 --on yesterday") == (
        "Done: a1 (Ana, Mon 30 Nov 2026): send the book\n"
        "Done: k1 (Ana, Mon 30 Nov 2026): the conference\n"
        "Done: a2 (Ana, Mon 30 Nov 2026): draft the RFC\n"
    )
    assert promised.items("actions") == promised.items("brief ana")[0]["parked"] == []
    promised.ok("undo")
    assert [item["id"] for item in promised.items("actions")] == ["a1", "a2"]
    assert [item["id"] for item in promised.items("done a1 k1")] == ["a1", "k1"]


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [("done a1 a3", 4, "a3 is done"), ("done a1 a9", 3, "a9"), ("done a1 x", 2, "ids look")],
)
def test_of_several_all_are_ticked_off_or_none(promised, line, code, says):
    """One that cannot be leaves the others as they were."""
    before = promised.path.read_bytes()
    promised.fails(line, code=code, says=says)
    assert promised.path.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("send the book by fri", "send the book, due Fri 4 Dec 2026, in 3 days"),
        ("cut the backlog by 20 %", "cut the backlog by 20 %"),
        ("go by train", "go by train"),
    ],
)
def test_the_day_may_stand_with_the_words(journal, words, said):
    """In every way in which a promise is typed."""
    journal.ok("add-relationship Ana --started 2026-11-02")
    assert journal.ok(f"add-action ana '{words}' --owner me") == f"a1  you: {said}\n"
    assert f"a2  you: {said}\n" in journal.ok(f"add-session ana --action 'me: {words}'")
    journal.fails("add-action ana 'send it by 30 feb' --owner me", code=2, says="30 feb")
