"""What is said: whole sentences, each thing once, with a command that fits."""

import pytest


@pytest.fixture
def ana(journal):
    """Ana in Learning, weekly, last met on Tue 1 September 2026."""
    journal.today = "2026-09-01"
    return journal.told(
        "add-relationship Ana --every 1w",
        "move ana learning --every 1w",
        "add-session ana hi",
    )


def test_terms_that_grew_old_are_asked_for_once(ana):
    """The command that renews the terms after a long pause is in the sentence, and only there."""
    ana.ok("pause ana --until 2026-12-31")
    said = ana.on("2027-01-04").ok("next ana")
    assert "Ask first." in said
    assert said.count("mentorlog agree Ana --every CADENCE --terms TEXT") == 1


@pytest.mark.parametrize(("every", "spoken"), [("1w", "weekly"), ("2w", "every 2 weeks")])
def test_what_one_side_wished_is_a_sentence(journal, every, spoken):
    """A wish that waits for an answer reads as one, in a list of reasons and as the advice."""
    journal.on("2026-09-01").ok("add-relationship Bo --every 1m")
    journal.ok("add-session bo hi")
    journal.ok(f"agree bo --every {every} --by me")
    answer = f"mentorlog agree Bo --every {every} --by both"
    said = journal.ok("next bo")
    assert f"You alone wished on Tue 1 Sep 2026 to meet {spoken}; that agreement is still" in said
    assert said.count(answer) == 1


def test_a_wish_in_maintenance_is_answered_by_one_command(journal):
    """Where only both can decide, the advice asks for the answer, with its command once."""
    journal.on("2026-09-01").ok("add-relationship Bo")
    journal.ok("add-session bo hi")
    journal.ok("move bo maintenance --every 6m")
    journal.on("2026-09-02").ok("agree bo --every 1y --by them")
    said = journal.ok("next bo")
    assert "Bo alone wished on Wed 2 Sep 2026 to meet yearly; it wants an agreement of both" in said
    assert said.count("mentorlog agree Bo --every 1y --by both") == 1


def test_what_is_not_known_comes_with_a_command_that_can_be_typed(ana):
    """Where there is no goal yet, one is to be added; where there is, it is to move."""
    assert "a goal that moves" in ana.ok("phase ana")
    (row,) = [line for line in ana.ok("phase ana").splitlines() if "a goal that moves" in line]
    assert row.split("  ")[-1].strip() == "mentorlog add-goal Ana TEXT"
    ana.ok("add-goal ana 'lead the round'")
    (row,) = [line for line in ana.ok("phase ana").splitlines() if "a goal that moves" in line]
    assert row.startswith("not met")
    assert row.split("  ")[-1].strip() == "mentorlog goal ID --state moving"


@pytest.mark.parametrize("role", ["mentor", "mentee"])
def test_what_is_asked_for_is_not_answered_beforehand(journal, role):
    """A command that is pasted as it stands never records who opened up or set the agenda."""
    journal.on("2026-09-01").ok(f"add-relationship Bo --as {role}")
    journal.ok("add-session bo hi")
    assert "mentorlog edit s1 --opened-up WHO\n" in journal.ok("phase bo")
    journal.fails("edit s1 --opened-up WHO", code=2, says="one of: me, them, both, none")
    journal.ok("move bo learning --every 2w")
    journal.ok("add-session bo ho")
    assert "mentorlog edit s2 --agenda WHO\n" in journal.ok("phase bo")


def test_no_meeting_yet_is_said_once(journal):
    """Two weeks after the start the advice says it, and the reasons of the date do not."""
    journal.on("2026-09-01").ok("add-relationship Bo")
    assert "No meeting yet." in journal.on("2026-09-02").ok("next bo")
    said = journal.on("2026-09-20").ok("next bo")
    assert said.count("o meeting yet") == 1
    assert "2 weeks since the start and no meeting yet." in said


def test_what_a_step_lacks_reads_as_words(journal):
    """The names of conditions say what is meant on the line of those that are not there."""
    journal.on("2026-09-01").ok("add-relationship Guild --member Mia --member Noor")
    journal.ok("add-session guild hi --there mia")
    assert "a meeting with each member" in journal.ok("brief guild")
    journal.ok("move guild learning --every 1m")
    said = journal.ok("brief guild")
    assert "how many goals are reached; both ready to move on; the interval of the next" in said


def test_the_lived_interval_leaves_out_pauses_and_days_of_two_meetings(ana):
    """What lies beside the agreed interval is neither stretched by a leave nor nothing."""
    ana.ok("add-session ana 'again the same day'")
    assert "lately" not in ana.ok("brief ana")
    ana.ok("pause ana --from 2026-09-02 --until 2026-09-30")
    ana.on("2026-10-07").ok("add-session ana back")
    assert "lately you met about every 7 days\n" in ana.ok("brief ana")
    ana.ok("move ana maintenance --every 6m")
    assert "lately" not in ana.ok("brief ana")


def test_what_was_agreed_is_told_the_same_way_twice(ana):
    """The stream says of an agreement what the answer said when it was recorded."""
    ana.ok("add-relationship Bo --started '1 sep'")
    said = "every 2 weeks; terms: it stays here; until Thu 1 Oct 2026; ready to close"
    line = "agree bo --every 2w --terms 'it stays here' --until '1 oct' --ready-for close"
    assert ana.ok(line) == f"Bo, agreed by both sides on Tue 1 Sep 2026: {said}.\n"
    assert f"t2  Tue 1 Sep 2026, agreed by both sides: {said}\n" in ana.ok("show bo")


@pytest.mark.parametrize("role", ["the mentor", "the mentee", "a peer"])
def test_who_you_are_is_said_with_its_article(journal, role):
    """Of two peers neither is the one."""
    said = journal.ok(f"add-relationship Bo --as {role.split()[1]}")
    assert f"you are {role}, from" in said
    assert f"You are {role}, since" in journal.ok("show bo")


def test_dates_after_a_rest_follow_the_numbers_that_are_set(weekly, tmp_path, monkeypatch):
    """What is said to come after a pause, or first of all, is the day that is set, not a week."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    file = tmp_path / "mentorlog" / "config.toml"
    file.parent.mkdir()
    file.write_text("[rules]\nafter_pause_days = 3\nfirst_session_days = 10\n")
    weekly.ok("pause ana --until '10 sep'")
    said = weekly.on("2026-09-11").ok("next ana")
    assert "The pause ended on Thu 10 Sep 2026; the first date after it is Sun 13 Sep 2026." in said
    weekly.ok("add-relationship Bo --started '11 sep'")
    assert "a first one by Mon 21 Sep 2026 keeps it alive" in weekly.ok("next bo")


def test_a_value_is_asked_for_only_of_a_meeting_that_lacks_it(journal):
    """What a meeting says already is not overwritten, and one before the move is no use."""
    journal.ok("add-relationship Wei --started 2026-03-02 --every 2w")
    journal.ok("move wei learning --every 2w --on 2026-08-01")
    journal.ok("add-session wei one --on 2026-09-03")
    journal.ok("add-session wei two --on 2026-09-17 --agenda me")
    assert "mentorlog edit s1 --agenda WHO" in journal.ok("phase wei")
    journal.ok("move wei learning --every 1w --on 2026-09-18")
    journal.ok("add-relationship Bo --started 2026-09-01")
    journal.ok("add-session bo one --on 2026-11-24 --trust 4 --their-trust 4")
    journal.ok("move bo learning --every 1w --on 2026-11-25")
    assert "--energy" not in journal.ok("phase bo")


def test_what_is_noted_before_a_new_beginning_is_not_offered_to_be_changed(journal):
    """After a move back only a meeting that came since can hold the trust that is asked for."""
    journal.ok("add-relationship Tom --started 2026-08-03")
    journal.ok("add-session tom x --trust 4 --their-trust 4 --on 2026-08-03")
    journal.ok("move tom learning --on 2026-08-04")
    journal.ok("move tom trusting --on 2026-11-20")
    assert "--trust" not in journal.ok("phase tom")
    journal.ok("add-session tom again --on 2026-11-25")
    assert "mentorlog edit s2 --trust 1-5" in journal.ok("phase tom")


def test_an_agreement_that_changes_the_step_says_so(journal):
    """The step is the interval that is agreed; its days and meetings count anew."""
    journal.ok("add-relationship Lu --started 2026-08-03")
    journal.ok("move lu learning --every 1w --on 2026-08-03")
    said = journal.ok("agree lu --every 2w --on 2026-09-01")
    assert said.endswith("Learning, every 2 weeks counts from Tue 1 Sep 2026.\n")
    assert journal.ok("agree lu --terms open").count("\n") == 1


def test_an_urgent_goal_is_called_so_in_the_brief(journal):
    """It is what the next meeting is for."""
    journal.ok("add-relationship Uma --started 2026-08-03")
    journal.ok("add-goal uma 'prod down' --urgent")
    assert "g1  prod down: not-started, urgent, set today" in journal.ok("brief uma")


def test_an_urgent_goal_is_no_time_for_silence_in_maintenance(journal):
    """Right after the move, where no step back is advised yet."""
    journal.ok("add-relationship Uma --started 2025-01-01")
    journal.ok("move uma maintenance --every 6m --on 2026-11-01")
    journal.ok("add-session uma x --on 2026-11-10 --trust 5 --their-trust 5")
    journal.ok("add-goal uma 'prod down' --urgent")
    said = journal.ok("next uma")
    assert "An urgent goal is open (prod down). Meet as often as it needs." in said
    assert "no sign of trouble" not in said


def test_a_slip_in_a_first_name_finds_the_whole_one(journal):
    """However the names go on, and once each."""
    journal.told("add-relationship 'Ruth Adler'", "add-relationship Rupert")
    error = journal.fails("next ruht", code=3, says="did you mean Rupert, Ruth Adler?")
    assert error.count("Ruth Adler") == 1


def test_a_move_says_the_interval_that_is_then_in_force(journal):
    """Where the phase has several and none is given."""
    journal.told("add-relationship Ana --every 1m", "add-relationship Bo")
    said = journal.ok("move ana learning")
    assert said == "Ana is in Learning and Development, monthly from Tue 1 Dec 2026.\n"
    assert journal.ok("move bo maintenance") == "Bo is in Maintenance from Tue 1 Dec 2026.\n"


def test_a_promise_that_outlives_its_meeting_is_named(ana):
    """When the meeting is deleted, with the command that takes it out too."""
    ana.ok("add-session ana 'wrong person' --action 'me: write' --action 'me: read'")
    ana.ok("done a2")
    said = ana.ok("delete s2")
    assert "undo\nStill promised: a1. To take it out: mentorlog delete a1\n" in said
    assert "a1" in ana.ok("actions")


def test_what_was_long_ago_wants_no_advice(ana):
    """A past year is entered without a word on each line of it; lately said as ever."""
    ana.today = "2026-12-01"
    assert "Next with Ana" not in ana.ok("add-session ana hi --on 2026-10-01")
    assert "Next with Ana" in ana.ok("add-session ana hi --on 2026-10-02")


def test_the_page_before_a_meeting_has_the_wish_of_one_side(ana):
    """It is a subject for the two; and own steps are on the page of a relationship."""
    ana.ok("agree ana --every 1m --by them")
    assert "meet monthly (Tue 1 Sep 2026, only by Ana)" in ana.ok("brief ana")
    ana.ok("add-relationship Bo --ladder 2w,1m,2m")
    assert "Steps: every 2 weeks, monthly, every 2 months." in ana.ok("show bo")
