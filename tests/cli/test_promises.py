"""What is added to a relationship and ticked off: one or several, open or closed."""

import pytest

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
        "Done: a1 (Mon 30 Nov 2026).\nDone: k1 (Mon 30 Nov 2026).\nDone: a2 (Mon 30 Nov 2026).\n"
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
