"""What `next` and `phase` make of what was told: trust, silence, a broken confidence."""


def test_a_guess_neither_passes_nor_hides_what_was_told(journal):
    """Their trust as only I guess it is not known, and a later guess takes nothing away."""
    journal.ok("add-relationship Jo")
    journal.ok("add-session jo hi --trust 5 --their-trust 5 --guess")
    assert "not known  Jo's trust" in journal.ok("phase jo")
    journal.ok("add-session jo hi --on yesterday --their-trust 4")
    assert "met        Jo's trust 4 (4 needed)" in journal.ok("phase jo")


def test_trust_that_is_typed_again_is_no_guess_any_more(weekly):
    """The command that ``phase`` offers for a guess makes it known, the same value too."""
    assert "mentorlog edit s1 --their-trust 1-5" in weekly.ok("phase ana")
    assert weekly.ok("edit s1 --their-trust 4") == "s1 (Ana): guess is now no.\n"
    assert "met        Ana's trust 4" in weekly.ok("phase ana")


def test_silence_was_agreed_only_until_the_date(weekly):
    """In Maintenance a late answer does not say that this silence was agreed."""
    weekly.ok("move ana maintenance --every 6m")
    assert "Silence until then is what was agreed" in weekly.on("2027-02-01").ok("next ana")
    assert "Silence" not in weekly.on("2027-06-20").ok("next ana")


def test_in_learning_a_broken_confidence_is_settled_by_terms_and_two_meetings(weekly):
    """Renewed terms alone do not settle it, nor do those of the same day."""
    weekly.ok("move ana learning --every 1w")
    weekly.ok("agree ana --terms 'what is said stays'")
    weekly.on("2026-09-08").ok("add-session ana oops --breach --trust 4")
    weekly.ok("agree ana --terms 'nothing to others'")
    assert "confidence was broken" in weekly.ok("next ana")
    weekly.on("2026-09-09").ok("agree ana --terms 'nothing to others at all'")
    weekly.on("2026-09-15").ok("add-session ana one")
    assert "confidence was broken" in weekly.ok("next ana")
    weekly.on("2026-09-22").ok("add-session ana two")
    assert "confidence was broken" not in weekly.ok("next ana")
