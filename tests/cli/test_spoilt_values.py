"""Values that another program wrote past the checks of the journal, and its history's too."""

import sqlite3
from contextlib import closing

import pytest

BUSY = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//a//b//EN\r\nEND:VCALENDAR\r\n"


def spoil(journal, sql, *values):
    """Change the file as another program might, past its checks."""
    with closing(sqlite3.connect(journal.path)) as conn, conn:
        conn.execute("PRAGMA ignore_check_constraints = ON")
        conn.execute(sql, values)


@pytest.fixture
def full(journal):
    """A journal with one of each: a member, a promise, an outcome, something parked, a booking."""
    return journal.told(
        "add-relationship Ana --member Bo --every 1w --started 2026-11-02",
        "add-session ana words --on 2026-11-30",
        "add-action ana 'send it' --owner me --due 2026-12-04",
        "add-outcome ana courage --for them",
        "park ana 'ask her'",
        "book ana '7 dec 10:00'",
    )


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
        ("agreement SET by = 'x'", "next ana"),
        ("relationship SET role = 'x'", "show ana"),
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


@pytest.fixture
def undone(journal, tmp_path):
    """A journal with a change that can be undone and one that can be redone, and a draft."""
    (tmp_path / "work.ics").write_text(BUSY)
    for line in (
        "add-relationship Ana --started 2026-11-02",
        "add-session ana oak --on 2026-11-23",
        "edit s1 --notes elm",
        "edit s1 --notes ash",
        "undo",
        "book ana '7 dec 10:00'",
        "undo",
        "redo",
        "calendar",
        f"busy add {tmp_path / 'work.ics'}",
    ):
        assert journal.run(line).exit_code == 0, line
    journal.path.with_name("journal.db.draft-s1.txt").write_text("notes:\nbirch")
    return journal


IMAGES = ("", "x", "1", "[1]", "{}", "[" * 5000, None)


@pytest.mark.parametrize("image", IMAGES)
def test_a_spoilt_image_cannot_be_undone(undone, image):
    """What undo would bring back is no row: code 5, and nothing is changed."""
    undone.ok("undo 2")
    spoil(undone, "UPDATE change SET image = ? WHERE kind = 'update'", image)
    before = undone.path.read_bytes()
    undone.fails("undo", code=5, says="put back a backup copy")
    assert undone.path.read_bytes() == before


@pytest.mark.parametrize("image", IMAGES)
def test_a_spoilt_image_cannot_be_redone(undone, image):
    """What redo would put in again is no row: code 5, and nothing is changed."""
    undone.ok("undo")
    spoil(undone, "UPDATE change SET image = ?", image)
    before = undone.path.read_bytes()
    undone.fails("redo", code=5, says="put back a backup copy")
    assert undone.path.read_bytes() == before


@pytest.mark.parametrize(
    ("spoilt", "line"),
    [
        ("published SET stamp = 'x'", "calendar"),
        ("published SET stamp = ''", "calendar"),
        ("published SET sequence = 9223372036854775807", "calendar"),
        ("published SET held_on = '2026-13-45'", "calendar"),
        ("change SET kind = 'x'", "history"),
        ("step SET at = 'x'", "edit s1"),
        ("busy_calendar SET path = 'a' || char(0)", "next"),
        ("busy_calendar SET uuid = 'a' || char(0)", "next"),
    ],
)
def test_what_was_told_and_done_spoilt_is_the_journals_fault(undone, spoilt, line):
    """A moment or a word that no command would have written ends with code 5."""
    spoil(undone, f"UPDATE {spoilt}")
    undone.fails(line, code=5, says="put back a backup copy")


@pytest.mark.parametrize(
    ("column", "line"),
    [
        ("relationship.name", "status"),
        ("relationship.name", "next ana"),
        ("relationship.started_on", "status"),
        ("relationship.started_on", "remind"),
        ("session.held_on", "next ana"),
        ("session.notes", "log"),
        ("session.notes", "log --json"),
    ],
)
def test_a_value_of_a_wrong_type_is_damage_and_no_bug(full, column, line):
    """One flipped bit makes bytes of a text; SQLite itself finds it."""
    table, field = column.split(".")
    with closing(sqlite3.connect(full.path, isolation_level=None)) as conn:
        schema = "UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE type = 'table'"
        conn.execute("PRAGMA writable_schema = ON")
        conn.execute(schema, ("STRICT", "--"))
    spoil(full, f"UPDATE {table} SET {field} = CAST({field} AS BLOB)")
    with closing(sqlite3.connect(full.path, isolation_level=None)) as conn:
        conn.execute("PRAGMA writable_schema = ON")
        conn.execute(schema, ("--", "STRICT"))
    full.fails(line, code=5, says="damaged")
