"""Journals of earlier schemas, as frozen: opened by any command, upgraded, and nothing lost."""

import os
import signal
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from mentorlog.store.journal import SCHEMA_VERSION
from tests.store.freeze import FROZEN
from tests.whole.program import Program, bound_by_permissions

OLD = range(1, SCHEMA_VERSION)
AT = "'2026-11-20T12:00:00+00:00'"

# What every version can hold, with uuids of their own; then what came with a version.
ROWS = {
    1: f"""
INSERT INTO relationship (uuid, name, folded, role, started_on, purpose, recorded_at) VALUES
  ('r1', 'Ána', 'ana', 'mentor', '2026-09-07', 'lead a team', {AT}),
  ('r2', 'Ben', 'ben', 'peer', '2026-10-01', NULL, {AT});
INSERT INTO session (uuid, relationship_id, held_on, minutes, notes, trust, their_trust, title,
  recorded_at) VALUES
  ('s1', 1, '2026-09-14', 45, 'café talk', 4, 4, 'First', {AT}),
  ('s2', 1, '2026-11-20', 30, 'long' || char(10) || 'notes', 5, NULL, NULL, {AT}),
  ('s3', 2, '2026-11-01', NULL, '', NULL, NULL, NULL, {AT});
INSERT INTO session_topic VALUES (1, 'parser'), (1, 'career');
INSERT INTO goal (uuid, relationship_id, added_on, text, urgent, recorded_at) VALUES
  ('g1', 1, '2026-09-14', 'lead the planning round', 0, {AT});
INSERT INTO goal_state (uuid, goal_id, changed_on, state, recorded_at) VALUES
  ('gs1', 1, '2026-10-01', 'moving', {AT});
INSERT INTO action (uuid, relationship_id, session_id, added_on, owner, text, due_on, recorded_at)
  VALUES ('a1', 1, 1, '2026-09-14', 'me', 'send the book', '2026-12-04', {AT});
INSERT INTO outcome (uuid, relationship_id, added_on, owner, text, recorded_at) VALUES
  ('o1', 1, '2026-11-20', 'them', 'courage', {AT});
INSERT INTO agreement (uuid, relationship_id, agreed_on, by, every, terms, recorded_at) VALUES
  ('t1', 1, '2026-09-14', 'both', '2w', 'in confidence', {AT});
INSERT INTO move (uuid, relationship_id, moved_on, phase, every, agreed_by, recorded_at) VALUES
  ('m1', 1, '2026-09-21', 'learning', '2w', 'both', {AT});
INSERT INTO pause (uuid, relationship_id, from_on, until_on, recorded_at) VALUES
  ('p1', 2, '2026-11-10', '2026-12-20', {AT});
INSERT INTO closing (uuid, relationship_id, closed_on, ending, reopened_on, recorded_at) VALUES
  ('c1', 2, '2026-10-20', 'early', '2026-10-25', {AT});
""",
    4: f"""
INSERT INTO parked (uuid, relationship_id, added_on, text, recorded_at) VALUES
  ('k1', 1, '2026-11-20', 'ask about the talk', {AT});
INSERT INTO decline (uuid, relationship_id, declined_on, until_on, move, recorded_at) VALUES
  ('d1', 1, '2026-11-20', '2026-12-20', 'advance', {AT});
""",
}
COMMANDS = ("next", "show ana", "add-session ana today", "add-relationship Chen")
ANSWERS = ("next", "next ana", "phase ana", "log", "show ana", "actions", "goals ana")


def lay(program: Program, version: int, *, rows_of: int | None = None) -> None:
    """Put a journal of a schema version where the program looks, private, with rows in it."""
    program.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    program.path.unlink(missing_ok=True)
    with closing(sqlite3.connect(program.path)) as conn:
        conn.executescript((FROZEN / f"v{version}.sql").read_text(encoding="utf-8"))
        for since, rows in ROWS.items():
            if since <= (rows_of or version):
                conn.executescript(rows)
    program.path.chmod(0o600)


def contents(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Return all rows of all tables that people fill."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as conn:
        conn.row_factory = sqlite3.Row
        tables = conn.execute(
            "SELECT name FROM sqlite_master WHERE sql LIKE '%recorded_at%' AND type = 'table'"
            " OR name = 'session_topic'"
        ).fetchall()
        return {
            name: [dict(row) for row in conn.execute(f"SELECT * FROM {name} ORDER BY 1, 2")]
            for (name,) in tables
        }


def check_kept(before: dict[str, list[dict[str, Any]]], after: Any) -> None:
    """Check that every row is there with every field it had; only fields may have come."""
    for table, rows in before.items():
        for row in rows:
            assert any(row.items() <= other.items() for other in after[table]), (table, row)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program in a home without a journal."""
    return Program(tmp_path)


@pytest.mark.parametrize("line", COMMANDS)
@pytest.mark.parametrize("version", OLD)
def test_any_command_upgrades_and_keeps_every_row(
    program: Program, version: int, line: str
) -> None:
    """The first command that opens an old journal upgrades it, after a private copy."""
    lay(program, version)
    before = contents(program.path)
    assert all(before[table] for table in ("relationship", "session", "action", "session_topic"))
    program.ok(line, umask=0)
    assert program.rows("PRAGMA user_version") == [(SCHEMA_VERSION,)]
    assert program.rows("PRAGMA integrity_check") == [("ok",)]
    assert program.rows("PRAGMA foreign_key_check") == []
    check_kept(before, contents(program.path))
    copy = program.path.with_name(f"journal.db.before-{SCHEMA_VERSION}")
    assert program.files() == ["journal.db", copy.name]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert contents(copy) == before
    assert copy.read_bytes()[60:64] == version.to_bytes(4, "big")  # its user_version


@pytest.mark.parametrize("version", OLD)
def test_an_upgraded_journal_answers_like_a_new_one(
    program: Program, tmp_path: Path, version: int
) -> None:
    """The same records give the same answers, whichever version they were recorded with."""
    (tmp_path / "other").mkdir()
    new = Program(tmp_path / "other")
    lay(program, version)
    lay(new, SCHEMA_VERSION, rows_of=version)
    for line in ANSWERS:
        said = program.ok(line)
        assert said and said == new.ok(line), line
    assert "s1" in program.ok("search cafe")
    program.ok("edit s1 --trust 5")
    program.ok("undo")


def test_parallel_commands_upgrade_once(program: Program) -> None:
    """Twenty commands at once on an old journal all succeed."""
    lay(program, 1)
    before = contents(program.path)
    lines = [f"add-session ana n{i}" if i % 2 else "next" for i in range(20)]
    started = [program.start(line) for line in lines]
    said = [process.communicate() for process in started]
    assert [process.returncode for process in started] == [0] * 20, said
    assert {f"n{i}" for i in range(1, 20, 2)} <= set(program.notes())
    check_kept(before, contents(program.path))
    assert program.files() == ["journal.db", f"journal.db.before-{SCHEMA_VERSION}"]


def test_an_upgrade_that_is_killed_leaves_a_usable_journal(program: Program) -> None:
    """Killed at any moment of an upgrade: the next command completes it, and nothing is left."""
    lay(program, 1)
    before = contents(program.path)
    program.ok("next")  # so that everything is compiled
    lay(program, 1)
    total = int(program.signalled("next", at=0, signum=0).stderr.split()[0])
    died = 0
    for i in range(10):
        for path in program.folder.iterdir():
            path.unlink()
        lay(program, 1)
        at = total * (i + 1) // 11
        died += program.signalled("next", at=at, signum=signal.SIGKILL).returncode < 0
        assert "Ána" in program.ok("next")
        assert program.rows("PRAGMA user_version") == [(SCHEMA_VERSION,)]
        assert program.rows("PRAGMA integrity_check") == [("ok",)]
        check_kept(before, contents(program.path))
        assert program.files() == ["journal.db", f"journal.db.before-{SCHEMA_VERSION}"]
    assert died == 10


def test_a_half_made_copy_of_a_killed_upgrade_is_removed(program: Program) -> None:
    """What a killed upgrade left beside the journal, private notes in it, does not stay."""
    lay(program, 1)
    (program.folder / f".journal.db.before-{SCHEMA_VERSION}.abc.new").write_text("half")
    program.ok("next")
    assert program.files() == ["journal.db", f"journal.db.before-{SCHEMA_VERSION}"]


@pytest.mark.parametrize("version", (1, SCHEMA_VERSION - 1))
def test_an_old_journal_in_a_read_only_place_answers(program: Program, version: int) -> None:
    """Reading is upgraded in memory only; a write is refused, and no file changes."""
    lay(program, version)
    right = {line: program.ok(line) for line in ANSWERS}
    for path in program.folder.iterdir():
        path.unlink()
    lay(program, version)
    before = program.path.read_bytes()
    program.path.chmod(0o400)
    program.folder.chmod(0o500)
    try:
        for line in ANSWERS:
            assert program.ok(line, preexec_fn=bound_by_permissions) == right[line]
        for line in ("add-session ana x", "done a1", "undo"):
            program.fails(line, code=5, says="read-only", preexec_fn=bound_by_permissions)
        line = "add-relationship Chen"
        program.fails(line, code=5, says="cannot be", preexec_fn=bound_by_permissions)
    finally:
        os.chmod(program.folder, 0o700)
    assert program.path.read_bytes() == before
    assert program.files() == ["journal.db"]


def test_a_newer_journal_is_refused_and_left_alone(program: Program) -> None:
    """A file of a later schema is code 5 for reading and writing, and not touched."""
    lay(program, SCHEMA_VERSION)
    with closing(sqlite3.connect(program.path)) as conn:
        conn.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    before = program.path.read_bytes()
    for line in ("next", "add-session ana x"):
        program.fails(line, code=5, says="newer mentorlog")
    assert program.path.read_bytes() == before
    assert program.files() == ["journal.db"]
