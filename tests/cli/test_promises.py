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
