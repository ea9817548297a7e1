"""Values that another program wrote past the checks of the journal."""

import sqlite3
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
