"""The coming weeks: who is in them, and who is not."""

from pathlib import Path


def test_the_plan_holds_who_is_late(weekly):
    """One who is a day past due is in the plan, and every week after."""
    days = [item["on"] for item in weekly.on("2026-09-09").items("plan")]
    assert days == ["2026-09-10", "2026-09-17", "2026-09-24", "2026-10-01", "2026-10-08"]


def test_the_plan_suggests_nothing_in_a_running_pause(weekly):
    """A meeting booked in a pause brings no others into it, and an open end has none after."""
    weekly.ok("book ana 2026-09-10")
    weekly.ok("pause ana --from 2026-09-07 --until 2026-09-20")
    days = [item["on"] for item in weekly.on("2026-09-08").items("plan")]
    assert days == ["2026-09-10", "2026-09-20", "2026-09-27", "2026-10-04", "2026-10-11"]
    weekly.ok("delete p1")
    weekly.ok("pause ana")
    assert [item["on"] for item in weekly.items("plan")] == ["2026-09-10"]
    assert "The rhythms ask" not in weekly.ok("plan")
    weekly.ok("unbook ana")
    for line in ("status", "edit p2 --until 2027-06-01"):
        weekly.ok(line)
        answer = weekly.run("plan")
        assert (answer.stdout, answer.stderr) == (
            "", "No meeting is ahead; see: mentorlog status\n"
        )  # fmt: skip


def test_nothing_is_suggested_after_an_agreed_end(journal):
    """The last week shown is whole, and nobody is met once it is over."""
    journal.ok("add-relationship Lena --every 1w --started 2026-11-02")
    journal.ok("add-session lena --on 2026-11-30")
    journal.ok("agree lena --until 2026-12-16 --on 2026-11-30")
    found = [(item["on"], item["kind"]) for item in journal.items("plan --months 2")]
    assert found == [
        ("2026-12-07", "suggested"), ("2026-12-14", "suggested"), ("2026-12-16", "agreed end"),
    ]  # fmt: skip


def test_the_plan_has_the_last_meeting_before_an_end(journal):
    """As the program would suggest it once the one before is held; on a day that suits."""
    journal.ok("add-relationship Ana --every 1w --started 2026-11-02")
    journal.ok("add-session ana --on 2026-12-01")
    journal.ok("agree ana --until 2026-12-12")
    found = [(item["on"], item["kind"]) for item in journal.items("plan")]
    assert found == [
        ("2026-12-08", "suggested"), ("2026-12-12", "agreed end"), ("2026-12-12", "suggested"),
    ]  # fmt: skip
    config = Path.home() / ".config" / "mentorlog" / "config.toml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text("[me]\nworking_days = 'mon-fri'\n")
    journal.on("2026-12-08").ok("add-session ana again")
    assert journal.items("next ana")[0]["next_on"] == "2026-12-11"
    assert [item["on"] for item in journal.items("plan")][:1] == ["2026-12-11"]
    said = journal.on("2026-12-13").ok("next ana")
    assert said.startswith("Next with Ana: no date, none before the end.\n")
    assert journal.ok("status").startswith("Ana  Trusting  met 5 days ago  no date")


def test_a_pause_without_an_end_leaves_the_plan_what_next_would_say(journal):
    """Once the meeting before it is held there is no other, or the last one before an end."""
    journal.ok("add-relationship Ana --every 1w --started 2026-11-02")
    journal.ok("add-session ana --on 2026-12-01")
    journal.ok("pause ana --from 2026-12-12")

    def suggested():
        return [item["on"] for item in journal.items("plan") if item["kind"] == "suggested"]

    assert suggested() == ["2026-12-08"]
    journal.on("2026-12-08").ok("add-session ana")
    assert journal.items("next ana")[0]["next_on"] is None
    journal.ok("agree ana --until 2026-12-20")
    assert journal.items("next ana")[0]["next_on"] == "2026-12-11"
    journal.today = "2026-12-01"
    assert suggested() == ["2026-12-08"]
    journal.ok("agree ana --until 2026-12-20 --on 2026-12-01")
    assert suggested() == ["2026-12-08", "2026-12-11"]
