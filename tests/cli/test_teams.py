"""Several people in one relationship: who came, what each trusts, who is new."""

import sqlite3
from contextlib import closing

import pytest

TEAM = 'add-relationship "Data guild" --member Ana --member Ben --member Çelik --started 2026-11-02'


@pytest.fixture
def guild(journal):
    """A relationship with three members."""
    return journal.told(TEAM)


def condition(journal, name):
    """The state and the value of one condition for the next step."""
    (item,) = journal.items("next data")
    (found,) = (c for c in item["advice"]["conditions"] if c["name"] == name)
    return found["state"], found["value"]


def test_all_came_if_nobody_is_named(guild):
    """A session of the whole group names all who were there."""
    assert "there: Ana, Ben, Çelik" in guild.ok("add-session data note")
    assert "there: Ben, Çelik" in guild.ok("add-session data note --there celik --there b")


@pytest.mark.parametrize(
    ("there", "held"), [("--there Ana --there Ben", True), ("--there Ana", False), ("", True)]
)
def test_held_only_when_at_least_half_were_there(guild, there, held):
    """One of three is no meeting, two of three are; it is no miss of theirs either."""
    guild.ok(f"add-session data note --on 2026-11-16 {there}")
    (item,) = guild.items("next data")
    assert (item["last_held_on"] == "2026-11-16") is held


def test_half_of_an_even_number_is_enough(journal, ok):
    """One of two is half."""
    ok("add-relationship Pair --member Ana --member Ben")
    ok("add-session pair note --there Ana")
    assert journal.items("next pair")[0]["last_held_on"] == "2026-12-01"


def test_the_lowest_known_trust_decides(guild):
    """Trust is noted by member; of those known the lowest one counts, never a mean."""
    guild.ok("add-session data one --on 2026-11-10 --member 'Ana: their-trust 5, trust 4'")
    assert condition(guild, "their_trust") == ("met", 5)
    guild.ok("add-session data two --on 2026-11-17 --member 'Ben: their-trust 3'")
    assert condition(guild, "their_trust") == ("not-met", 3)
    guild.ok("add-session data three --on 2026-11-24 --member 'Ana: their-trust 5'")
    assert condition(guild, "their_trust") == ("not-met", 3)
    guild.ok("add-session data four --member 'Ben: their-trust 4, opened-up'")
    assert condition(guild, "their_trust") == ("met", 4)
    assert condition(guild, "my_trust") == ("met", 4)
    assert guild.items("log --limit 1")[0]["opened_up"] == "them"


def test_a_new_member_needs_one_session_and_sends_nobody_back(guild):
    """The phase stays; one condition waits for the first session with the new one."""
    guild.ok("move data learning --on 2026-11-16")
    guild.ok("add-session data note --on 2026-11-17")
    assert condition(guild, "members_met") == ("met", True)
    assert guild.ok("add-member data Dora") == "Dora is in Data guild from Tue 1 Dec 2026.\n"
    (item,) = guild.items("next data")
    assert (item["phase"], item["advice"]["move"]) == ("learning", "stay")
    assert condition(guild, "members_met") == ("not-met", False)
    guild.ok("add-session data note --there ana --there ben")
    assert condition(guild, "members_met") == ("not-met", False)
    guild.ok("add-session data note --there dora --there ben")
    assert condition(guild, "members_met") == ("met", True)
    assert guild.items("next data")[0]["phase"] == "learning"


def test_one_relationship_of_two_people_has_no_condition_on_members(journal, ok):
    """Nothing about members where there are none."""
    ok("add-relationship Ana")
    names = {c["name"] for c in journal.items("next ana")[0]["advice"]["conditions"]}
    assert "members_met" not in names


def test_a_promise_can_be_a_members(guild):
    """A member's action is one of theirs, and is shown with the member's name."""
    said = guild.ok("add-session data note --action 'Ben: write it up by fri' --action 'me: read'")
    assert "a1  Ben: write it up, due Fri 4 Dec 2026, in 3 days" in said
    (mine, theirs) = sorted(guild.items("actions"), key=lambda item: item["owner"])
    assert (mine["member"], theirs["owner"], theirs["member"]) == (None, "them", "Ben")
    assert "Ben: write it up" in guild.ok("brief data")


REFUSED = (
    ("add-session data note --there zoe", 3, "members: Ana, Ben, Çelik"),
    ("add-session data note --member 'Ana: trust 6'", 2, "cannot read 'trust 6'"),
    ("add-session data note --member 'Ana: nice'", 2, "their-trust 5"),
    ("add-session data note --action 'Zoe: do it'", 3, "no member 'Zoe'"),
    ("add-session data note --member 'Ana: trust 1, trust 5'", 2, "say it once"),
    ("add-member data ana", 4, "a member 'ana' already"),
    ("add-member data ''", 2, "needs a name"),
    ("add-member nobody Ana", 3, "nobody"),
    ("add-relationship X --member Ana --member ANA", 4, "already"),
)


@pytest.mark.parametrize(("line", "code", "says"), REFUSED)
def test_bad_words_about_members_are_refused(guild, line, code, says):
    """An unknown member, a number out of bounds, the same name twice: nothing is recorded."""
    before = guild.path.read_bytes()
    guild.fails(line, code=code, says=says)
    assert guild.path.read_bytes() == before


def test_members_are_for_relationships_that_have_them(journal, ok, fails):
    """Where nobody is a member, say how to add one."""
    ok("add-relationship Ana")
    fails("add-session ana note --there Ben", code=2, says="mentorlog add-member NAME MEMBER")


def test_everything_else_works_unchanged(guild):
    """A whole round of commands on a group, and all of it undone."""
    lines = (
        "add-goal data 'ship it'", "agree data --every 1w --terms open", "park data cake",
        "add-session data note --there ana --there ben --private --touch",
        "pause data --from +2w --until +3w", "close data --as completed", "reopen data",
        "delete s1",
    )  # fmt: skip
    before = guild.ok("show data"), guild.ok("next data")
    for line in lines:
        guild.ok(line)
        guild.ok("brief data")
    guild.ok(f"undo {len(lines)}")
    assert (guild.ok("show data"), guild.ok("next data")) == before


def test_a_list_says_of_a_team_what_its_page_says(journal):
    """Members of one relationship never push out those of another."""
    journal.ok("add-relationship Alpha --member A --member B --member C --started 2026-01-05")
    journal.ok("add-session alpha --on 2026-01-15 --there A --member 'B: their-trust 2'")
    journal.ok("add-relationship Big --member P1 --member P2 --started 2026-01-05")
    with closing(sqlite3.connect(journal.path)) as conn, conn:
        conn.execute(
            "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 1200)"
            " INSERT INTO session (relationship_id, held_on, recorded_at)"
            " SELECT 2, date('2022-01-01', i || ' days'), '' FROM n"
        )
        conn.execute(
            "INSERT INTO attendance (relationship_id, session_id, member_id, there, recorded_at)"
            " SELECT 2, s.id, b.id, 1, '' FROM session s JOIN member b ON b.relationship_id = 2"
            " WHERE s.relationship_id = 2"
        )
    (listed,) = [item for item in journal.items("status") if item["relationship"] == "Alpha"]
    assert listed == journal.items("status alpha")[0]
    assert listed["last_held_on"] is None


def test_a_meeting_that_does_not_count_says_so(guild):
    """One of three is fewer than half; two of three are not."""
    doubt = "Fewer than half of the members were there, so it does not count as a meeting."
    assert doubt in guild.ok("add-session data one --there Ana --on 2026-11-10")
    assert doubt not in guild.ok("add-session data two --there Ana --there Ben --on 2026-11-17")


def test_who_came_and_what_was_said_is_shown_and_can_be_changed(guild):
    """A page says it of each member; ``edit`` puts all of it anew, and undo brings it back."""
    guild.ok("add-session data one --there Ana --there Ben --member 'Ana: trust 3, opened-up'")
    before = guild.ok("show s1")
    assert "there: Ana (trust 3, opened-up), Ben, opened up: them" in before
    assert guild.ok("edit s1 --there 'celik, b'") == "s1 (Data guild): there is now Ben, Çelik.\n"
    assert "there: Ben, Çelik, not there: Ana (trust 3, opened-up)" in guild.ok("show s1")
    guild.ok("edit s1 --member 'Ben: their-trust 4; Ana: trust 4'")
    assert "there: Ben (their-trust 4), Çelik, not there: Ana (trust 4)" in guild.ok("show s1")
    (item,) = guild.items("log data")
    assert item["there"] == ["Ben", "Çelik"]
    assert item["member"][1] == {
        "member": "Ben", "trust": None, "their_trust": 4, "opened_up": False,
    }  # fmt: skip
    guild.ok("undo 2")
    assert guild.ok("show s1") == before


def test_all_who_came_are_on_the_page_in_the_editor(guild, editor):
    """And a session from before there were members has none until they are named."""
    guild.ok("add-session data one --there Ana --member 'Ana: trust 3'")
    script = 'sed -i "s/^there: Ana/there: Ana, Ben/; s/trust 3/trust 4/" "$1"'
    assert guild.ok("edit s1", EDITOR=editor(script)) == (
        "s1 (Data guild): there is now Ana, Ben; member is now Ana: trust 4.\n"
    )
    guild.ok("add-relationship Bo")
    guild.ok("add-session bo two")
    guild.fails("edit s2 --there Bo", code=2, says="a session has no there")
    guild.ok("add-member bo Cem --on 2026-12-01")
    assert guild.ok("edit s2 --there cem") == "s2 (Bo): there is now Cem.\n"


def test_one_who_has_left_counts_no_more(guild):
    """Neither among those who must be met or must come, nor for trust."""
    guild.ok("add-session data one --there Ana --there Ben --member 'Ben: their-trust 2'")
    assert condition(guild, "their_trust") == ("not-met", 2)
    assert condition(guild, "members_met") == ("not-met", False)
    guild.fails("delete b3", code=4, says="mentorlog edit b3 --left DAY")
    guild.fails("edit b3 --left 2026-11-01", code=2, says="cannot have left on Sun 1 Nov 2026")
    assert guild.ok("edit b2 --left today") == "Ben: left is now Tue 1 Dec 2026.\n"
    guild.ok("edit b3 --left 2026-11-20")
    assert "b2  member: Ben, left on Tue 1 Dec 2026" in guild.ok("show data")
    assert "b2  member: Ben\n" in guild.ok("show data --today 2026-11-30")
    guild.fails("add-member data ben", code=4, says="mentorlog edit b2 --left ''")
    assert condition(guild, "their_trust") == ("not-known", None)
    assert condition(guild, "members_met") == ("met", True)
    assert "there: Ana." in guild.ok("add-session data two")


@pytest.mark.parametrize("status", ["cancelled --by them", "no-show"])
def test_nobody_was_at_a_meeting_that_did_not_take_place(guild, status):
    """Unless it is said who came all the same."""
    assert "there" not in guild.ok(f"add-session data --status {status}")
    assert guild.items("log data")[0]["there"] == []
    assert "there: Ana" in guild.ok("add-session data --status no-show --there Ana")
    guild.ok(f"add-session data --on 2026-11-28 --status {status} --member 'Ana: trust 3'")
    assert guild.items("log data")[-1]["there"] == ["Ana"]
    assert "there is now Ben" in guild.ok("edit s1 --member 'Ben: trust 3'")


def test_what_is_changed_of_a_meeting_changes_who_was_there(guild):
    """Called off, nobody was; held after all, everybody was; nothing changed is no step."""
    guild.ok("add-session data one --there ana --member 'Ana: trust 4'")
    assert "there is now empty; member is now empty" in guild.ok("edit s1 --status no-show")
    assert "there" not in guild.ok("show s1")
    assert guild.ok("edit s1 --energy 3") == "s1 (Data guild): energy is now 3.\n"
    assert guild.items("log data")[0]["there"] == []
    assert "there is now Ana, Ben, Çelik" in guild.ok("edit s1 --status held")
    before = guild.ok("history")
    assert guild.ok("edit s1 --there ana,ben,çelik") == "s1 (Data guild): nothing changed.\n"
    assert guild.ok("history") == before


def test_who_has_left_since_can_be_taken_out(guild):
    """What was said of them is kept; a group of which all have left notes nobody."""
    guild.ok("add-session data one --there ana --there ben --member 'Ben: trust 4'")
    guild.ok("edit b2 --left 2026-12-01")
    assert guild.ok("edit s1 --there ana") == "s1 (Data guild): there is now Ana.\n"
    assert "Ben" in guild.ok("show s1")
    guild.ok("add-session data 'when he was there' --on 2026-11-30 --there ben")
    guild.fails("add-session data two --on 2026-12-01 --there ben", code=3, says="no member 'ben'")
    guild.fails("edit s1 --there ana --there ben --on 2026-12-01", code=2, says="had left by")
    guild.fails("edit s2 --on 2026-12-01", code=2, says="had left by")
    guild.ok("edit s2 --on 2026-11-29")
    for member in ("b1", "b3"):
        guild.ok(f"edit {member} --left 2026-12-01")
    assert "there:" not in guild.ok("add-session data two")


def test_who_opened_up_follows_what_is_noted_of_the_members(guild):
    """As it does when the session is recorded."""
    guild.ok("add-session data one")
    said = guild.ok("edit s1 --member 'Ana: opened-up'")
    assert "opened up is now them" in said
    assert condition(guild, "opened_up") == ("met", True)
    assert "opened up is now empty" in guild.ok("edit s1 --member ''")


def test_several_who_came_can_be_named_at_once(guild):
    """As `edit` takes them."""
    assert "there: Ana, Ben." in guild.ok("add-session data note --there 'ana, ben'")


def test_a_meeting_that_is_said_to_be_held_has_everybody(guild):
    """As one of which nothing is said."""
    assert "there: Ana, Ben, Çelik." in guild.ok("add-session data note --status held")
