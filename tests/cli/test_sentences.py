"""What is said: whole sentences, each thing once, with a command that fits."""

import pytest


@pytest.fixture
def ana(journal):
    """Ana in Learning, weekly, last met on Tue 1 September 2026."""
    journal.today = "2026-09-01"
    journal.ok("add-relationship Ana --every 1w")
    journal.ok("move ana learning --every 1w")
    journal.ok("add-session ana hi")
    return journal


def on(journal, day):
    """The same journal, asked on another day."""
    journal.today = day
    return journal


def test_terms_that_grew_old_are_asked_for_once(ana):
    """The command that renews the terms after a long pause is in the sentence, and only there."""
    ana.ok("pause ana --until 2026-12-31")
    said = on(ana, "2027-01-04").ok("next ana")
    assert "Ask first." in said
    assert said.count("mentorlog agree Ana --terms TEXT") == 1


@pytest.mark.parametrize(("every", "spoken"), [("1w", "weekly"), ("2w", "every 2 weeks")])
def test_what_one_side_wished_is_a_sentence(journal, every, spoken):
    """A wish that waits for an answer reads as one, in a list of reasons and as the advice."""
    on(journal, "2026-09-01").ok("add-relationship Bo --every 1m")
    journal.ok("add-session bo hi")
    journal.ok(f"agree bo --every {every} --by me")
    answer = f"mentorlog agree Bo --every {every} --by both"
    said = journal.ok("next bo")
    assert f"You alone wished on Tue 1 Sep 2026 to meet {spoken}; that agreement is still" in said
    assert said.count(answer) == 1


def test_a_wish_in_maintenance_is_answered_by_one_command(journal):
    """Where only both can decide, the advice asks for the answer, with its command once."""
    on(journal, "2026-09-01").ok("add-relationship Bo")
    journal.ok("add-session bo hi")
    journal.ok("move bo maintenance --every 6m")
    on(journal, "2026-09-02").ok("agree bo --every 1y --by them")
    said = journal.ok("next bo")
    assert "Bo alone wished on Wed 2 Sep 2026 to meet yearly; it wants an agreement of both" in said
    assert said.count("mentorlog agree Bo --every 1y --by both") == 1
