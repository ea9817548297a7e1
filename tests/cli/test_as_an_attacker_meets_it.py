"""What an attacker found: values that another program wrote, long histories, closed streams."""

import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest


def spoil(journal, sql, *values):
    """Change the file as another program might, past its checks."""
    with closing(sqlite3.connect(journal.path)) as conn, conn:
        conn.execute("PRAGMA ignore_check_constraints = ON")
        conn.execute(sql, values)


@pytest.fixture
def full(journal):
    """A journal with one of each: a member, a promise, an outcome, something parked, a booking."""
    for line in (
        "add-relationship Ana --member Bo --every 1w --started 2026-11-02",
        "add-session ana words --on 2026-11-30",
        "add-action ana 'send it' --owner me --due 2026-12-04",
        "add-outcome ana courage --for them",
        "park ana 'ask her'",
        "book ana '7 dec 10:00'",
    ):
        journal.ok(line)
    return journal


@pytest.mark.parametrize(
    ("spoilt", "line"),
    [
        ("action SET due_on = '2026-13-45'", "actions"),
        ("action SET added_on = ''", "search send"),
        ("outcome SET added_on = ''", "show ana"),
        ("outcome SET added_on = ''", "search courage"),
        ("member SET joined_on = ''", "add-session ana more"),
        ("parked SET added_on = ''", "brief ana"),
        ("session SET at = '12:99' WHERE status = 'booked'", "calendar"),
        ("session SET held_on = '2026-13-45' WHERE status = 'booked'", "next"),
        ("agreement SET every = '9q'", "status"),
    ],
)
def test_a_spoilt_value_is_the_journals_fault(full, spoilt, line):
    """A value that no command would have written ends with code 5 and what to do."""
    spoil(full, f"UPDATE {spoilt}")
    full.fails(line, code=5, says="put back a backup copy")


def test_what_is_recorded_is_said_whatever_comes_after(full):
    """A meeting that is recorded is said to be, where the next date cannot be told."""
    spoil(full, "UPDATE agreement SET every = '9q'")
    result = full.run("add-session ana more")
    assert (result.exit_code, result.stdout) == (
        5,
        "Recorded s3: Ana, held, Tue 1 Dec 2026, there: Bo.\n",
    )


def test_a_pause_for_ever_has_no_end(full):
    """The last day there is, as another program may write it, is no end."""
    full.ok("unbook ana")
    full.ok("pause ana")
    spoil(full, "UPDATE pause SET until_on = '9999-12-31'")
    assert "no date, paused" in full.ok("next ana")
    assert "paused" in full.ok("status")


def test_a_day_out_of_reach_is_the_journals_fault(full):
    """A day from which nothing can be counted is refused in one line."""
    spoil(full, "UPDATE agreement SET until_on = '0001-01-01'")
    full.fails("remind", code=5, says="too far off to count with")


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


def test_promises_ahead_do_not_hide_those_that_were_kept(journal):
    """What is not yet due takes no place among the promises that are looked at."""
    journal.ok("add-relationship Ana --started 2026-09-01")
    journal.ok("move ana learning --every 1w --on 2026-10-01")
    for day in range(1, 7):
        journal.ok(f"add-action ana p{day} --owner me --on 2026-11-0{day} --due 2026-11-10")
        journal.ok(f"done a{day} --on 2026-11-09")
    for number in range(7):
        journal.ok(f"add-action ana n{number} --owner them --due 2026-12-08")
    assert "100 % of due promises kept" in journal.ok("phase ana")
    assert "p1" in journal.run("actions --today 2026-11-08").stdout


def test_of_many_promises_those_due_last_are_looked_at(journal):
    """Open ones of long ago weigh no more than kept ones of long ago."""
    journal.ok("add-relationship Ana --started 2026-09-01")
    journal.ok("move ana learning --every 1w --on 2026-10-01")
    for number in range(1, 17):
        journal.ok(f"add-action ana p{number} --owner me --on 2026-10-05 --due 2026-11-{number:02}")
    for number in range(5, 17):
        journal.ok(f"done a{number} --on 2026-11-17")
    assert "100 % of due promises kept" in journal.ok("phase ana")


@pytest.mark.parametrize("maps", ["--map who=b --map day=b", "--map who=a --map who=b"])
def test_a_column_is_one_field_and_a_field_one_column(journal, tmp_path, maps):
    """What is mapped twice is a slip, and nothing is imported."""
    file = tmp_path / "table.csv"
    file.write_text("a,b\nAna,2026-11-03\n", encoding="utf-8")
    journal.fails(f"import {file} {maps}", code=2, says="given already")
    assert not journal.path.exists()


@pytest.mark.parametrize("name", ["Ali\u200creza", "ශ්\u200dරී"])
def test_joiners_are_part_of_a_name(journal, name):
    """Names that are spelt with a joiner are taken, and found without it."""
    journal.ok(f"add-relationship '{name}'")
    plain = name.translate({0x200C: None, 0x200D: None})
    assert journal.items(f"next '{plain}'")[0]["relationship"] == name


@pytest.mark.parametrize(
    ("line", "closed"), [("calendar", ">&-"), ("import table.csv", "2>&-"), ("next", ">&- 2>&-")]
)
def test_a_closed_stream_stops_nothing(full, tmp_path, line, closed):
    """Where nobody listens the work is done all the same."""
    (tmp_path / "table.csv").write_text("who,day\nCy,2026-11-03\n", encoding="utf-8")
    program = f"{sys.executable} -m mentorlog --journal {full.path} {line} {closed}"
    done = subprocess.run(["sh", "-c", program], cwd=tmp_path, check=False)
    assert done.returncode == 0
    if "import" in line:
        assert [item["relationship"] for item in full.items("log cy")] == ["Cy"]
