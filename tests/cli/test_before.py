"""Before a meeting: one screen, each part from the journal, nothing at random; parked items."""

import pytest

from mentorlog.store.journal import open_journal

STORY = """
add-relationship Ana --started 2026-09-07
agree ana --every 1w --terms "what we say stays with us" --on 2026-09-17
move ana learning --every 1w --on 2026-09-17
add-session ana "Cut the list." --topic planning --on 2026-09-24 --action "them: draft it by 1 oct" --action "me: a talk"
add-session ana "Draft is good." --topic planning --on 2026-10-08 --action "me: the book by 2026-12-04"
add-session ana "How to say no." --topic no --on 2026-10-22
add-session ana "Said no, kindly." --topic no --on 2026-11-05
add-session ana "Comes with the answer." --title "The answer" --on 2026-11-26
done a2 --on 2026-11-27
add-action ana "look at her talk" --owner me --on 2026-11-20
add-goal ana "Run the round alone" --on 2026-09-17
add-goal ana "Write it up" --on 2026-11-05
add-goal ana "Learn Fortran" --on 2026-11-05
goal g1 --state moving --on 2026-10-08
goal g3 --state dropped --on 2026-11-10
add-outcome ana "sees what she can let go" --for them --on 2026-11-05
park ana "ask about the conference" --on 2026-11-27
"""  # noqa: E501

PAGE = """\
Ana: Learning, weekly. Next with Ana: Thu 3 Dec 2026, window 1 to 6 Dec 2026.

Talk first.
You plan weekly, you meet about every 16 days (14, 14, 21). That is not a reason to slow down; agree on one interval that both can keep: mentorlog agree Ana --every CADENCE

Parked for this time:
  k1  ask about the conference

Promised:
  a3  you: the book, due Fri 4 Dec 2026
  a4  you: look at her talk, carried over once
  a1  Ana: draft it, due Thu 1 Oct 2026, carried over 4 times

Goals:
  g1  Run the round alone: moving, noted 7 weeks ago
  g2  Write it up: not-started, set 3 weeks ago

Last times:
  Thu 26 Nov 2026  The answer
  Thu 5 Nov 2026  Said no, kindly.
  Thu 22 Oct 2026  How to say no.

Gone quiet:
  planning, 2 times, last 7 weeks ago

Agreed:
  meet weekly (Thu 17 Sep 2026)
  what we say stays with us (Thu 17 Sep 2026)
  lately you met about every 16 days

Not noted yet: what this phase has given to you.

To ask:
  Which interval could we both keep without trying?
  How free are you to say anything here, from 1 to 5?
  What would you do next if I were not here?
"""  # noqa: E501


@pytest.fixture
def told(journal):
    """A relationship in the middle of Learning that meets more rarely than agreed."""
    return journal.told(*STORY.strip().splitlines())


def test_the_whole_page(told):
    """Where it stands and why, parked, promises with mine first, goals, threads, quiet topics,
    agreed against real, outcomes open, questions; the same bytes each time."""
    assert told.ok("brief ana") == PAGE
    assert told.ok("brief ana") == PAGE
    assert len(PAGE.splitlines()) <= 40


def test_the_page_as_json(told):
    """The same facts by key."""
    (item,) = told.items("brief ana")
    assert [(a["id"], a["carried_over"]) for a in item["actions"]] == [
        ("a3", 0), ("a4", 1), ("a1", 4),
    ]  # fmt: skip
    assert item["outcomes_open"] == ["me"]
    assert item["quiet_topics"] == ["planning"]
    assert item["parked"] == [{"id": "k1", "text": "ask about the conference"}]
    assert len(item["questions"]) == 3
    assert item["advice"]["move"] == "talk"


def test_it_stays_one_screen_however_much_there_is(told):
    """Many promises, goals, parked items and long texts: the first of each, and how many more."""
    for number in range(9):
        long = f"number {number} and then {'many words ' * 20}"
        told.ok(f'add-action ana "{long}" --owner me')
        told.ok(f'add-goal ana "{long}"')
        told.ok(f'park ana "{long}\nand more"')
        told.ok(f'add-session ana "{long}" --topic t{number} --on 2026-09-2{number}')
    lines = told.ok("brief ana").splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines[4:])) <= 110
    assert "  ... and 7 more" in lines
    assert told.ok("brief ana").index("Promised:") > 0


def test_a_day_with_nothing_has_a_short_page(journal, ok):
    """A part with nothing in it is left out; questions fit the phase."""
    ok("add-relationship Ana")
    page = ok("brief ana")
    assert "Promised" not in page and "Goals" not in page and "Agreed" not in page
    assert "To ask:\n  What do you hope for from this" in page


@pytest.mark.parametrize(
    ("line", "question"),
    [
        ("add-session ana note --trust 1", "What would have to be said for this to be right"),
        ("add-session ana note --breach", "What has it done to us that this got out"),
        ("agree ana --until 2026-12-04", "What do you take with you"),
        ("add-session ana note --their-trust 4", "What did you try since last time"),
        ("move ana maintenance --every 6m", "What is different in your work since we last met?"),
        ("move ana trusting", "What was a turn in your life"),
    ],
)
def test_questions_fit_the_phase_and_the_state(told, line, question):
    """The most telling sign asks first; without one, the phase does."""
    told.ok(line)
    asked = told.items("brief ana")[0]["questions"]
    assert 2 <= len(asked) <= 3
    assert any(q.startswith(question) for q in asked)


def test_who_alone_agreed_is_said(told):
    """What only one side wants is not shown as agreed by both."""
    told.ok("agree ana --every 2w --by me")
    page = told.ok("brief ana")
    assert "meet weekly (Thu 17 Sep 2026)" in page
    told.ok("add-relationship Ben")
    told.ok("agree ben --every 2w --by them")
    assert "meet every 2 weeks (Tue 1 Dec 2026, only by Ben)" in told.ok("brief ben")


def test_parked_items_stay_until_ticked_off(told):
    """Shown until done, or until a page in the editor takes them in; deleted and undone as all."""
    assert told.ok('park ana "her review"') == "Parked k2 for Ana: her review.\n"
    assert [p["id"] for p in told.items("brief ana")[0]["parked"]] == ["k1", "k2"]
    told.ok("done k1")
    assert [p["id"] for p in told.items("brief ana")[0]["parked"]] == ["k2"]
    told.ok("delete k2")
    assert told.items("brief ana")[0]["parked"] == []
    told.ok("undo 2")
    assert [p["id"] for p in told.items("brief ana")[0]["parked"]] == ["k1", "k2"]


def test_a_declined_advice_rests_until_its_day(journal, ok, fails):
    """ "Not yet" is recorded with its reason; the advice rests, and comes back on the day."""
    ok("add-relationship Ana --started 2026-11-01")
    ok("add-session ana one --trust 4 --their-trust 4 --on '26 nov'")
    ok("add-goal ana lead")
    ok("agree ana --terms 'stays with us'")
    assert journal.items("next ana")[0]["advice"]["move"] == "advance"
    fails("decline ana --until yesterday", code=2, says="not ahead")
    said = ok("decline ana --until '7 dec' --why 'she has a deadline'")
    assert said == (
        'Not yet: "It may be time to move on: Learning, weekly." rests until Mon 7 Dec 2026.\n'
    )
    assert journal.items("next ana")[0]["advice"]["move"] == "stay"
    assert 'You said "not yet" on Tue 1 Dec 2026' in ok("next ana")
    fails("decline ana --until +4w", code=4, says="there is no advice to decline")
    ok("add-session ana bad --trust 1")  # another advice is heard at once
    assert journal.items("next ana")[0]["advice"]["move"] != "stay"
    ok("undo")
    for day, move in (("2026-12-06", "stay"), ("2026-12-07", "advance")):
        journal.today = day
        assert journal.items("next ana")[0]["advice"]["move"] == move


def test_a_declined_advice_comes_back_when_a_fact_changes(journal, ok):
    """ "Not yet" was said to what was known then; another miss is another matter."""
    ok("add-relationship Ana --started 2026-09-01 --every 1w")
    for day in ("5 nov", "12 nov"):
        ok(f"add-session ana --on '{day}'")
    for day in ("19 nov", "26 nov"):
        ok(f"add-session ana --status no-show --by them --on '{day}'")
    assert journal.items("next ana")[0]["advice"]["move"] == "talk"
    ok("decline ana --until '4 jan' --why 'she is ill'")
    journal.today = "2026-12-02"
    assert journal.items("next ana")[0]["advice"]["move"] == "stay"
    ok("add-session ana --status no-show --by them --on '1 dec'")
    assert journal.items("next ana")[0]["advice"]["move"] == "talk"


def test_a_brief_asks_of_a_booking_that_has_passed(weekly):
    """The page before a meeting begins with the one that nobody has said of."""
    weekly.ok("book ana '8 sep'")
    assert "Did you meet Ana on Tue 8 Sep 2026?" in weekly.on("2026-09-09").ok("brief ana")


def test_the_one_who_is_mentored_has_questions_of_their_own(journal):
    """A mentee is not given the mentor's questions."""
    journal.ok("add-relationship Kim --as mentee")
    journal.ok("move kim learning --every 2w")
    assert "Where am I stuck" in journal.ok("brief kim")
    assert "Where are you stuck" not in journal.ok("brief kim")


@pytest.mark.parametrize("line", ["brief ana", "show ana", "calendar", "calendar ana"])
def test_a_page_is_of_one_journal(told, monkeypatch, line):
    """A file that is replaced meanwhile must not put the notes of another person on it."""
    opened = []

    def opening(*args, **more):
        opened.append(args)
        return open_journal(*args, **more)

    monkeypatch.setattr("mentorlog.store.journal.open_journal", opening)
    told.ok(line)
    assert len(opened) == 1
