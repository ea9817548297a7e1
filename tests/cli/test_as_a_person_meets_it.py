"""What new users met and did not expect: each as they typed it, on the days they typed it."""

import pytest


def on(journal, day):
    """The same journal, asked on another day."""
    journal.today = day
    return journal


@pytest.fixture
def ana(journal):
    """Ana, met weekly, last on Tue 1 September 2026."""
    on(journal, "2026-09-01").ok("add-relationship Ana --every 1w")
    journal.ok("add-session ana hi --trust 4 --their-trust 4 --guess")
    return journal


def test_the_plan_holds_who_is_late(ana):
    """One who is a day past due is in the plan, and every week after."""
    days = [item["on"] for item in on(ana, "2026-09-09").items("plan")]
    assert days == ["2026-09-10", "2026-09-17", "2026-09-24", "2026-10-01", "2026-10-08"]


@pytest.mark.parametrize(
    ("recorded", "next_on"),
    [("cancelled --by me", "2026-09-09"), ("no-show --by them", "2026-09-11")],
)
def test_cron_says_nothing_of_what_is_off_today(ana, recorded, next_on):
    """A meeting of today that does not take place is neither suggested nor reminded of today."""
    on(ana, "2026-09-08").ok(f"add-session ana --status {recorded}")
    assert [item["next_on"] for item in ana.items("next")] == [next_on]
    assert ana.ok("remind") == ""
    assert on(ana, next_on).ok("remind") != ""


def test_a_meeting_booked_in_a_pause_is_reminded_of(ana):
    """What is booked for a day of a pause is shown and said on its day; the rest is quiet."""
    on(ana, "2026-09-02").ok("pause ana --from '7 sep' --until '20 sep'")
    ana.ok("book ana '9 sep 10:00'")
    assert "booked" in on(ana, "2026-09-08").ok("status")
    assert ana.ok("remind --within 1") == "Ana: booked, Wed 9 Sep 2026 at 10:00\n"
    asked = on(ana, "2026-09-11").ok("remind").splitlines()
    assert asked[0] == "Did you meet Ana on Wed 9 Sep 2026?"


def test_a_pause_that_is_planned_is_shown_and_called_off(ana):
    """A pause ahead is on the page with its id, and ``resume`` calls the next one off."""
    ana.ok("pause ana --from '7 sep' --until '20 sep'")
    assert "p1  pause planned: from Mon 7 Sep 2026 until Sun 20 Sep 2026\n" in ana.ok("show ana")
    assert ana.ok("resume ana") == "The pause of Ana from Mon 7 Sep 2026 is called off.\n"
    assert "pause planned" not in ana.ok("show ana")
    ana.fails("resume ana", code=4, says="not paused")


def test_what_is_closed_is_only_closed(ana):
    """Nothing is asked, advised or measured once a relationship has ended."""
    ana.ok("close ana --as early")
    said = [ana.ok(f"{page} ana") for page in ("phase", "brief", "show", "next")]
    assert not any("Stay" in page or "?" in page or "not known" in page for page in said)
    assert all("closed" in page.lower() for page in said)


def test_a_guess_neither_passes_nor_hides_what_was_told(journal):
    """Their trust as only I guess it is not known, and a later guess takes nothing away."""
    journal.ok("add-relationship Jo")
    journal.ok("add-session jo hi --trust 5 --their-trust 5 --guess")
    assert "not known  Jo's trust" in journal.ok("phase jo")
    journal.ok("add-session jo hi --on yesterday --their-trust 4")
    assert "met        Jo's trust 4 (4 needed)" in journal.ok("phase jo")


def test_trust_that_is_typed_again_is_no_guess_any_more(ana):
    """The command that ``phase`` offers for a guess makes it known, the same value too."""
    assert "mentorlog edit s1 --their-trust 1-5" in ana.ok("phase ana")
    assert ana.ok("edit s1 --their-trust 4") == "s1: guess is now no.\n"
    assert "met        Ana's trust 4" in ana.ok("phase ana")


def test_silence_was_agreed_only_until_the_date(ana):
    """In Maintenance a late answer does not say that this silence was agreed."""
    ana.ok("move ana maintenance --every 6m")
    assert "Silence until then is what was agreed" in on(ana, "2027-02-01").ok("next ana")
    assert "Silence" not in on(ana, "2027-06-20").ok("next ana")


def test_a_date_that_an_agreement_moved_says_so(ana):
    """Who agrees to meet more often after a while reads why they are not late."""
    ana.ok("agree ana --every 1m")
    on(ana, "2026-09-20").ok("agree ana --every 1w")
    said = ana.ok("next ana")
    assert said.startswith("Next with Ana: Sun 20 Sep 2026")
    assert "That began on Sun 20 Sep 2026, so nothing is late from before." in said


def test_a_move_dated_before_another_says_what_stands(ana):
    """A decision that a later one has overtaken is recorded, and the answer says so."""
    on(ana, "2026-10-05").ok("move ana learning --every 1m --on '1 oct'")
    said = ana.ok("move ana learning --every 1w --on '20 sep'").splitlines()
    assert said[1] == "What was decided later stands: Learning and Development, monthly."


def test_of_one_day_the_decision_recorded_later_stands(ana):
    """A move recorded after an agreement of that day changes the interval, and the other way."""
    ana.ok("move ana learning --every 2w")
    assert ana.items("next")[0]["cadence"] == "2w"
    ana.ok("agree ana --every 3w")
    assert ana.items("next")[0]["cadence"] == "3w"


def test_a_day_just_ahead_is_not_called_long_ago(ana):
    """Who records tomorrow is told that it is ahead, and how to book it."""
    says = "error: '5 sep' is still ahead, or long ago: Fri 5 Sep 2025\n"
    error = ana.fails("add-session ana hi --on '5 sep'", code=2, says=says)
    assert "mentorlog book" in error


def test_a_placeholder_is_no_text(ana):
    """A hint that is pasted with its TEXT records nothing."""
    ana.fails("agree ana --terms TEXT", code=2, says="write a few words of your own")


def test_who_began_long_ago_is_told_how_to_say_where_they_are(journal):
    """A relationship of many months need not begin at the beginning."""
    on(journal, "2026-12-01")
    said = journal.ok("add-relationship 'Bo Li' --started '1 mar' --every 2w").splitlines()
    wanted = "If you two are further by now: mentorlog move 'Bo Li' learning --every 2w"
    assert said[1] == wanted
    assert "further" not in journal.ok("add-relationship Cy --started '20 nov'")


def test_a_draft_that_was_left_keeps_its_day(ana, tmp_path):
    """Notes begun on one day and finished on another are of the day they were begun."""
    editor = tmp_path / "editor.sh"
    editor.write_text('#!/bin/sh\ntest -e "$0.ready" && exit 0\necho Hard talk. >> "$1"\nexit 1\n')
    editor.chmod(0o700)
    on(ana, "2026-09-08").fails("add-session ana --edit", code=1, EDITOR=str(editor))
    (tmp_path / "editor.sh.ready").touch()
    result = on(ana, "2026-09-11").run("add-session ana --edit", EDITOR=str(editor))
    assert result.exit_code == 0
    assert "Recorded s2: Ana, held, Tue 8 Sep 2026." in result.stdout
    assert result.stderr == (
        "Your draft is of Tue 8 Sep 2026, and so is this. For another day: --on DAY\n"
    )


def test_a_brief_asks_of_a_booking_that_has_passed(ana):
    """The page before a meeting begins with the one that nobody has said of."""
    ana.ok("book ana '8 sep'")
    assert "Did you meet Ana on Tue 8 Sep 2026?" in on(ana, "2026-09-09").ok("brief ana")


def test_the_one_who_is_mentored_has_questions_of_their_own(journal):
    """A mentee is not given the mentor's questions."""
    journal.ok("add-relationship Kim --as mentee")
    journal.ok("move kim learning --every 2w")
    assert "Where am I stuck" in journal.ok("brief kim")
    assert "Where are you stuck" not in journal.ok("brief kim")


@pytest.mark.parametrize("mark", [";", "\t", ","])
def test_cells_may_be_apart_by_a_semicolon_or_a_tab(journal, tmp_path, mark):
    """A table as a European spreadsheet writes it is read as it is."""
    rows = [("Person", "date", "notes"), ("Ana", "2026-11-03", '"a, b; c"')]
    file = tmp_path / "table.csv"
    file.write_text("".join(f"{mark.join(row)}\n" for row in rows), encoding="utf-8")
    journal.ok(f"import {file} --map date=date")
    assert [item["notes"] for item in journal.items("log ana")] == ["a, b; c"]


def test_the_demo_says_its_day(journal):
    """The invented journal is of one day, in words and in JSON."""
    assert journal.ok("demo").startswith("An invented journal, as on Tue 1 Dec 2026.\n")
    assert journal.run("--today 2027-05-05 demo --json").stdout.count('"today": "2026-12-01"') >= 1


def test_the_plan_suggests_nothing_in_a_running_pause(ana):
    """A meeting booked in a pause brings no others into it, and an open end has none after."""
    ana.ok("book ana 2026-09-10")
    ana.ok("pause ana --from 2026-09-07 --until 2026-09-20")
    days = [item["on"] for item in on(ana, "2026-09-08").items("plan")]
    assert days == ["2026-09-10", "2026-09-20", "2026-09-27", "2026-10-04"]
    ana.ok("delete p1")
    ana.ok("pause ana")
    assert [item["on"] for item in ana.items("plan")] == ["2026-09-10"]


def test_a_running_pause_is_prolonged(ana):
    """A leave that grows is the same pause with a later end."""
    ana.ok("pause ana --until '10 sep'")
    said = on(ana, "2026-09-05").ok("pause ana --until '20 sep'")
    assert said == "Ana is paused from Tue 1 Sep 2026 until Sun 20 Sep 2026.\n"
    assert "p2" not in ana.ok("show ana")


def test_a_late_no_is_recorded_against_the_booking(ana):
    """Called off the evening before, a booking leaves a mark, on its day."""
    ana.ok("book ana '8 sep 15:00'")
    on(ana, "2026-09-07").ok("unbook ana --short-notice --by them")
    assert on(ana, "2026-09-08").ok("remind") == ""
    assert ana.items("next")[0]["next_on"] == "2026-09-11"


def test_a_new_try_is_reminded_of_in_whole_words(ana):
    """Before the rhythm's day the new try is simply due."""
    ana.ok("agree ana --every 1m")
    on(ana, "2026-09-10").ok("add-session ana --status no-show --by them")
    assert on(ana, "2026-09-17").ok("remind") == "Ana: due Thu 17 Sep 2026, today\n"


def test_without_a_meeting_the_newest_move_counts(journal):
    """Who tells the whole way here is due from the last step of it."""
    journal.ok("add-relationship Ana --started 2026-01-05")
    journal.ok("move ana learning --every 1w --on 2026-03-02")
    journal.ok("move ana learning --every 2w --on 2026-11-23")
    (item,) = journal.items("next")
    assert (item["next_on"], item["advice"]["move"]) == ("2026-12-07", "stay")


def test_what_is_taken_up_again_begins_again(ana):
    """After a long rest the first date is a week after the day it was reopened."""
    on(ana, "2026-09-08").ok("close ana --as dormant")
    on(ana, "2026-12-01").ok("reopen ana")
    assert ana.items("next")[0]["next_on"] == "2026-12-07"
    assert "paused" not in ana.ok("show ana")


def test_what_is_done_is_done_once(ana):
    """A promise that is done keeps its day, and none was done before it was made."""
    ana.ok("add-action ana 'send it' --owner me --on '1 sep'")
    ana.fails("done a1 --on 2026-08-30", code=4, says="was made later")
    ana.ok("done a1")
    on(ana, "2026-09-05").fails("done a1", code=4, says="is done since 2026-09-01")


def test_promises_of_one_day_are_looked_at_together(ana):
    """Half of eight is half, however many are looked at."""
    ana.ok("move ana learning --every 1w")
    for number in range(1, 9):
        ana.ok(f"add-action ana p{number} --owner me --due '4 sep'")
    for number in range(1, 5):
        ana.ok(f"done a{number}")
    assert "50 % of due promises kept" in on(ana, "2026-09-07").ok("phase ana")


def test_in_learning_a_broken_confidence_is_settled_by_terms_and_two_meetings(ana):
    """Renewed terms alone do not settle it, nor do those of the same day."""
    ana.ok("move ana learning --every 1w")
    ana.ok("agree ana --terms 'what is said stays'")
    on(ana, "2026-09-08").ok("add-session ana oops --breach --trust 4")
    ana.ok("agree ana --terms 'nothing to others'")
    assert "confidence was broken" in ana.ok("next ana")
    on(ana, "2026-09-09").ok("agree ana --terms 'nothing to others at all'")
    on(ana, "2026-09-15").ok("add-session ana one")
    assert "confidence was broken" in ana.ok("next ana")
    on(ana, "2026-09-22").ok("add-session ana two")
    assert "confidence was broken" not in ana.ok("next ana")
