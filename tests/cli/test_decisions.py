"""What the two decide, and the decisions that cannot be."""

import pytest


@pytest.fixture
def ana(journal):
    """A relationship in Learning since October, after a month of Trusting."""
    journal.ok("add-relationship Ana --started 2026-09-01")
    journal.ok("move ana learning --every 2w --on 2026-10-01")
    return journal


UNFIT = (
    (
        "agree ana --every 6m",
        "6 months does not fit learning",
        "--ready-for maintenance, or mentor",
    ),
    ("agree ana --every 6m --by me", "does not fit learning", "move Ana maintenance --every 6m"),
    ("agree ana --every 6m --on 2026-09-20", "does not fit trusting", "weekly to every 3 months"),
    ("agree ana --every 1w --ready-for maintenance", "does not fit maintenance", "to yearly"),
    ("agree ana --every 6m --ready-for learning", "does not fit learning", "to every 3 months"),
    ("agree ana --every 2y", "does not fit learning", "from weekly to every 3 months\n"),
    ("move ana trusting --every 6m", "does not fit trusting", "from weekly to every 3 months\n"),
)


@pytest.mark.parametrize(("line", "says", "hint"), UNFIT)
def test_an_interval_that_does_not_fit_the_phase_is_refused(ana, line, says, hint):
    """Agreed or moved to: the phase of that day counts, or the one they are ready for."""
    before = ana.path.read_bytes()
    assert hint in ana.fails(line, code=2, says=says)
    assert ana.path.read_bytes() == before


def test_what_the_refusal_of_an_interval_says_works(ana):
    """It is agreed for the next phase, or that phase is moved to."""
    ana.ok("agree ana --every 6m --ready-for maintenance")
    assert ana.items("next ana")[0]["cadence"] == "2w"
    ana.ok("move ana maintenance --every 6m --on 2026-11-20")
    ana.ok("agree ana --every 1m --on 2026-11-10")
    ana.ok("agree ana --every 1y")
    ana.fails("agree ana --every 1m", code=2, says="move Ana learning --every 1m")


def test_an_end_is_not_put_before_the_day_it_was_taken_up_again(ana):
    """Or the two would have been closed and open at once."""
    ana.ok("close ana --as dormant --on 2026-10-10")
    ana.ok("reopen ana --on 2026-11-10")
    ana.fails("close ana --as early --on 2026-11-09", code=4, says="again on Tue 10 Nov 2026")
    ana.ok("close ana --as early --on 2026-11-10")
