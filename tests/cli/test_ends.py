"""Ends that are agreed or wished for, and what they do to dates, pauses and bookings."""

import pytest


@pytest.fixture
def ana(journal):
    """Every two weeks, last met on Monday 30 November; today is 1 December."""
    return journal.told(
        "add-relationship Ana --started 2026-06-01 --every 2w",
        "add-session ana hi --on 2026-11-30",
    )


def suggested(journal):
    """The days that the plan suggests."""
    return [item["on"] for item in journal.items("plan") if item["kind"] == "suggested"]


def test_an_end_of_one_side_is_said_as_theirs_until_the_other_answers(ana):
    """In every place where an end is spoken of; two wishes for one day are an agreement."""
    ana.ok("agree ana --until 2026-12-12 --by them")
    said = ana.ok("next ana")
    assert said.startswith("Next with Ana: Sat 12 Dec 2026, window 10 to 12 Dec 2026.\n")
    assert "Ana wishes to end it by Sat 12 Dec 2026; you have not answered. Announce" in said
    assert "Ana: they wish to end Sat 12 Dec" in ana.ok("remind --within 20")
    assert "until Sat 12 Dec 2026 (Tue 1 Dec 2026, only by Ana)" in ana.ok("brief ana")
    assert ("2026-12-12", "wished end") in {(i["on"], i["kind"]) for i in ana.items("plan")}
    ana.ok("agree ana --until 2026-12-12 --by me")
    assert "You agreed to end it by Sat 12 Dec 2026. Announce" in ana.ok("next ana")


def test_every_page_has_the_end_that_both_agreed(ana):
    """A later wish of one side stands in the plan and the brief as little as in the dates."""
    ana.ok("agree ana --until 2026-12-20")
    ana.ok("agree ana --until 2027-01-10 --by them")
    ends = [i["on"] for i in ana.items("plan --months 2") if i["kind"].endswith("end")]
    assert ends == ["2026-12-20"]
    assert "until Sun 20 Dec 2026 (Tue 1 Dec 2026)" in ana.ok("brief ana")


def test_lateness_does_not_go_by_on_the_last_day(ana):
    """The day that was due stays the one of the rhythm, and who is quiet stays in peace."""
    ana.ok("edit s1 --on 2026-10-10")
    ana.ok("agree ana --until 2026-12-08")
    ana.today = "2026-12-08"
    (item,) = ana.items("next ana")
    assert (item["next_on"], item["standing"]) == ("2026-12-08", "very-late")
    assert item["due_on"] == "2026-10-24"
    ana.ok("edit s1 --on 2026-07-10")
    assert ana.items("next ana")[0]["standing"] == "quiet"
    assert "Ana: due" not in ana.ok("remind")


def test_the_last_meeting_comes_before_days_off_at_the_end(ana, sets):
    """Days are looked for before the window too where there are none after it."""
    sets("[me]\nworking_days = 'mon-fri'\naway = ['2026-12-12..2027-01-03']\n")
    ana.ok("agree ana --until 2026-12-31")
    ana.ok("agree ana --every 4w")
    (item,) = ana.items("next ana")
    assert item["next_on"] == "2026-12-11"
    assert "you are away, so Fri 11 Dec 2026." in ana.ok("next ana")
    assert suggested(ana) == ["2026-12-11"]


def test_before_a_near_end_two_who_never_met_have_a_date(journal):
    """Only a meeting can have been the last one."""
    journal.ok("add-relationship Ana --started 2026-12-01")
    journal.ok("agree ana --until 2026-12-04")
    assert journal.items("next ana")[0]["next_on"] == "2026-12-04"
    journal.ok("add-session ana hello")
    assert journal.items("next ana")[0]["next_on"] is None


def test_an_end_is_not_before_the_beginning(journal):
    """Nor is the first date, whatever was decided ahead of it."""
    journal.ok("add-relationship Xe --started 2026-12-20")
    journal.ok("move xe learning --every 2w")
    assert journal.items("next xe")[0]["next_on"] == "2026-12-27"
    journal.fails("agree xe --until 2026-12-10", code=4, says="Xe begins on Sun 20 Dec 2026")


def test_a_booking_after_the_end_is_minded(ana):
    """Without any configuration too; it is booked all the same."""
    ana.ok("agree ana --until 2026-12-04")
    assert "Mind: Thu 10 Dec 2026 is after the end." in ana.ok("book ana 2026-12-10")


def test_a_date_put_off_past_a_pause_comes_a_week_after_it(ana, sets):
    """And stays where it is while the days go by."""
    sets("[me]\naway = ['2026-12-11..2026-12-27']\n")
    ana.ok("pause ana --from 2026-12-23 --until 2026-12-30")
    assert ana.items("next ana")[0]["next_on"] == "2027-01-06"
    assert suggested(ana) == []
    ana.today = "2026-12-31"
    assert ana.items("next ana")[0]["next_on"] == "2027-01-06"


def test_a_new_try_that_a_day_off_moved_is_there_on_its_day(journal, sets):
    """And for the days that are as good; then the rhythm goes on, and nothing says "soon"."""
    sets("[me]\naway = ['2026-12-07']\n")
    journal.ok("add-relationship Ana --started 2026-03-01")
    journal.ok("move ana maintenance --every 6m --on 2026-09-01")
    journal.ok("add-session ana --status no-show --by them --on 2026-11-30")
    found = []
    for day in ("2026-12-01", "2026-12-08", "2026-12-09", "2026-12-11"):
        journal.today = day
        found.append(journal.items("next ana")[0]["next_on"])
    assert found == ["2026-12-08", "2026-12-08", "2026-12-10", "2027-03-01"]
    assert "a new try soon" not in journal.ok("next ana")
    journal.today = "2026-12-08"
    assert journal.ok("remind") == "Ana: due Tue 8 Dec 2026, today\n"


def test_the_plan_goes_on_from_the_last_booking(ana):
    """What lies before it is settled."""
    ana.ok("book ana 2026-12-03")
    ana.ok("book ana 2026-12-13")
    assert suggested(ana) == ["2026-12-27"]


def test_one_that_is_quiet_is_offered_a_day_that_suits_and_takes_none(ana, sets):
    """The page of one says when; no calendar and no plan has it, and it takes nobody's room."""
    sets("[me]\nworking_days = 'mon-fri'\nmax_a_day = 1\n")
    ana.ok("edit s1 --on 2026-07-10")
    ana.ok("add-relationship Ben --started 2026-11-13")
    ana.ok("add-session ben hi --on 2026-11-27")
    ana.today = "2026-12-03"
    item, other = sorted(ana.items("next"), key=lambda item: item["relationship"])
    assert (item["standing"], item["next_on"], item["window"][0]) == (
        "quiet", "2026-12-04", "2026-12-03"
    )  # fmt: skip
    assert (other["next_on"], ana.items("next ben")) == ("2026-12-04", [other])
    assert "Ana" not in ana.ok("calendar")
    assert {event["relationship"] for event in ana.items("plan")} == {"Ben"}
    said = ana.ok("next ana")
    assert "if you both want to go on, Fri 4 Dec 2026, window 3 to 4 Dec 2026" in said
    assert "; quiet since Jul 2026." in said


def test_no_common_day_is_no_day_to_be_reminded_of_ahead(journal, sets):
    """Once it is due it is: something is to be settled then."""
    sets("[me]\nworking_days = 'tue,thu'\n[with.Ben]\nworking_days = 'mon'\n")
    journal.ok("add-relationship Ben --started 2026-11-13")
    journal.ok("add-session ben hi --on 2026-11-29")
    assert journal.ok("remind --within 5") == ""
    assert journal.on("2026-12-06").ok("remind") == "Ben: due Sun 6 Dec 2026, today\n"


def test_a_new_try_that_was_suggested_is_there_when_it_comes(ana):
    """On the last of the days that are as good it is today."""
    ana.ok("agree ana --every 2m")
    ana.ok("add-session ana --status no-show --on 2026-12-01")
    found = []
    for day in ("2026-12-08", "2026-12-09", "2026-12-10", "2026-12-11", "2026-12-12"):
        ana.today = day
        found.append(ana.items("next ana")[0]["next_on"])
    assert found == ["2026-12-08", "2026-12-10", "2026-12-11", "2026-12-11", "2027-01-30"]


def test_before_an_end_the_days_after_a_pause_count(ana, sets):
    """As they do where the rhythm itself falls into the pause."""
    ana.ok("agree ana --until 2027-01-26")
    ana.ok("pause ana --from 2027-01-08 --until 2027-01-20")
    assert suggested(ana) == ["2026-12-14", "2026-12-28"]
    days = [i["on"] for i in ana.items("plan --months 2") if i["kind"] == "suggested"]
    assert days == ["2026-12-14", "2026-12-28", "2027-01-26"]
    sets("[me]\naway = ['2026-12-11..2027-01-07']\n")
    assert ana.items("next ana")[0]["next_on"] == "2027-01-21"


def test_a_meeting_is_not_put_on_the_day_of_a_booking(ana):
    """Nobody would ever be asked what became of that."""
    ana.ok("book ana 2026-12-01")
    ana.fails("edit s1 --on 2026-12-01", code=4, says="mentorlog unbook s2")
    assert ana.ok("edit s1 --on 2026-11-29").startswith("s1 (Ana): held on is now Sun 29 Nov 2026")


def test_an_end_that_is_over_is_said_when_one_goes_on(ana):
    """Or it would stay in force unseen, and with it no date."""
    ana.ok("agree ana --until 2026-12-20")
    ana.ok("close ana --as dormant")
    said = ana.on("2027-01-10").ok("reopen ana")
    assert "You agreed to end it by Sun 20 Dec 2026. Say goodbye well, or agree on a new" in said


def test_on_the_day_of_an_end_the_last_meeting_is_reminded_of(journal):
    """The day that the answer names, though by the rhythm it was due the day before."""
    journal.on("2026-11-24").ok("add-relationship Ana")
    journal.ok("add-session ana hi")
    journal.on("2026-12-01").ok("agree ana --until 2026-12-02")
    said = journal.on("2026-12-02").ok("remind")
    assert "Ana: due Wed 2 Dec 2026, today\n" in said
