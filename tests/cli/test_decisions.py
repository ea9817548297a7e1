"""What the two of them decide: pauses, endings, agreements and moves, and what then stands."""

import pytest


def test_a_pause_that_is_planned_is_shown_and_called_off(weekly):
    """A pause ahead is on the page with its id, and ``resume`` calls the next one off."""
    weekly.ok("pause ana --from '7 sep' --until '20 sep'")
    assert "p1  pause planned: from Mon 7 Sep 2026 until Sun 20 Sep 2026\n" in weekly.ok("show ana")
    assert weekly.ok("resume ana") == "The pause of Ana from Mon 7 Sep 2026 is called off.\n"
    assert "pause planned" not in weekly.ok("show ana")
    weekly.fails("resume ana", code=4, says="not paused")


def test_a_running_pause_is_prolonged(weekly):
    """A leave that grows is the same pause with a later end."""
    weekly.ok("pause ana --until '10 sep'")
    said = weekly.on("2026-09-05").ok("pause ana --until '20 sep'")
    assert said == "Ana is paused from Tue 1 Sep 2026 until Sun 20 Sep 2026.\n"
    assert "p2" not in weekly.ok("show ana")


def test_what_is_closed_is_only_closed(weekly):
    """Nothing is asked, advised or measured once a relationship has ended."""
    weekly.ok("close ana --as early")
    said = [weekly.ok(f"{page} ana") for page in ("phase", "brief", "show", "next")]
    assert not any("Stay" in page or "?" in page or "not known" in page for page in said)
    assert all("closed" in page.lower() for page in said)


def test_what_is_taken_up_again_begins_again(weekly):
    """After a long rest the first date is a week after the day it was reopened."""
    weekly.on("2026-09-08").ok("close ana --as dormant")
    weekly.on("2026-12-01").ok("reopen ana")
    assert weekly.items("next")[0]["next_on"] == "2026-12-07"
    assert (
        "It was closed until Mon 30 Nov 2026; the first date after that is Mon 7 Dec"
        in weekly.ok("next ana")
    )
    assert "pause" not in weekly.ok("next ana")
    assert "paused" not in weekly.ok("show ana")


def test_a_date_that_an_agreement_moved_says_so(weekly):
    """Who agrees to meet more often after a while reads why they are not late."""
    weekly.ok("agree ana --every 1m")
    weekly.on("2026-09-20").ok("agree ana --every 1w")
    said = weekly.ok("next ana")
    assert said.startswith("Next with Ana: Sun 20 Sep 2026")
    assert (
        "This phase, or this interval, began on Sun 20 Sep 2026, so nothing is late from before."
        in said
    )


def test_a_move_dated_before_another_says_what_stands(weekly):
    """A decision that a later one has overtaken is recorded, and the answer says so."""
    weekly.on("2026-10-05").ok("move ana learning --every 1m --on '1 oct'")
    said = weekly.ok("move ana learning --every 1w --on '20 sep'").splitlines()
    assert said[1] == "What was decided later stands: Learning and Development, monthly."


def test_of_one_day_the_decision_recorded_later_stands(weekly):
    """A move recorded after an agreement of that day changes the interval, and the other way."""
    weekly.ok("move ana learning --every 2w")
    assert weekly.items("next")[0]["cadence"] == "2w"
    weekly.ok("agree ana --every 3w")
    assert weekly.items("next")[0]["cadence"] == "3w"


def test_without_a_meeting_the_newest_move_counts(journal):
    """Who tells the whole way here is due from the last step of it."""
    journal.ok("add-relationship Ana --started 2026-01-05")
    journal.ok("move ana learning --every 1w --on 2026-03-02")
    journal.ok("move ana learning --every 2w --on 2026-11-23")
    (item,) = journal.items("next")
    assert (item["next_on"], item["advice"]["move"]) == ("2026-12-07", "stay")


@pytest.fixture
def ana(journal):
    """A relationship in Learning since October, after a month of Trusting."""
    return journal.told(
        "add-relationship Ana --started 2026-09-01",
        "move ana learning --every 2w --on 2026-10-01",
    )


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


def test_the_commands_that_a_refusal_offers_can_be_pasted(journal):
    """A name of two words is in quotes in each of them."""
    journal.ok('add-relationship "Bo Lind"')
    for line, offered in (
        ('decline "bo lind" --until +2w', "mentorlog next 'Bo Lind'"),
        ('reopen "bo lind"', "mentorlog status 'Bo Lind'"),
        ('resume "bo lind"', "mentorlog show 'Bo Lind'"),
    ):
        assert offered in journal.fails(line, code=4)
    journal.ok('close "bo lind" --as early')
    assert "mentorlog reopen 'Bo Lind'" in journal.fails("move bo learning --every 1w", code=4)


def test_a_move_to_where_they_are_is_refused(weekly):
    """It would say that the step begins anew, and it does not; a step that one wished for is."""
    weekly.on("2026-09-02").ok("move ana learning --every 1w")
    weekly.on("2026-09-14")
    weekly.fails("move ana learning --every 1w", code=4, says="Learning, weekly is where Ana is")
    weekly.ok("move ana learning --every 2w --agreed-by me")
    weekly.ok("move ana learning --every 2w")


def test_a_longer_pause_takes_its_reason(weekly):
    """What is typed with the new end is kept."""
    weekly.ok("pause ana --from 2026-09-01")
    weekly.ok('pause ana --until 2026-10-01 --why "parental leave"')
    assert "parental leave" in weekly.ok("show ana")


@pytest.mark.parametrize("line", ["add-relationship Bo --started '3 sep'", "edit ana --on '3 sep'"])
def test_a_start_without_its_year_that_may_be_ahead_is_refused(weekly, line):
    """The third of September is in two days, or was nearly a year ago."""
    weekly.fails(line, code=2, says="write the year: 2025-09-03")


def test_the_steps_of_learning_can_be_agreed(ana):
    """With their day; the record shows them, can be changed, and is taken back by an undo."""
    said = ana.ok("agree ana --ladder 3w,1m,2m --on 2026-11-02")
    assert said.splitlines() == [
        "Ana, agreed by both sides on Mon 2 Nov 2026: steps: every 3 weeks, monthly, every 2"
        " months.",
        "Learning, every 3 weeks counts from Mon 2 Nov 2026.",
    ]
    assert "steps: every 3 weeks, monthly, every 2 months" in ana.ok("show ana")
    assert "steps: every 3 weeks, monthly, every 2 months (Mon 2 Nov 2026)" in ana.ok("brief ana")
    assert ana.items("next ana")[0]["step"] == "3w"
    ana.fails("edit ana --ladder 1w,1m", code=4, says="mentorlog edit t1 --ladder STEPS")
    ana.fails("edit t1 --by me", code=2, says="a ladder is agreed by both")
    assert ana.ok("edit t1 --ladder 1w,2w") == "t1 (Ana): ladder is now 1w,2w.\n"
    ana.fails("edit t1 --ladder ''", code=4, says="nothing of it would be left")
    (item,) = ana.items("agree ana --ladder 1w,1m")
    assert item["ladder"] == ["1w", "1m"]
    ana.ok("undo 3")
    assert "steps:" not in ana.ok("show ana")


def test_an_interval_for_another_phase_does_not_become_one_of_this_by_an_edit(ana):
    """What `agree` refuses is not left over when the readiness is taken out."""
    ana.ok("agree ana --every 6m --ready-for maintenance")
    ana.fails("edit t1 --ready-for ''", code=2, says="does not fit learning")
