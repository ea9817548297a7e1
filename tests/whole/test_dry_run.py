"""Trying an import out needs no right to write, and leaves the journal as it is."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from mentorlog.store.journal import SCHEMA_VERSION
from tests.store.freeze import FROZEN
from tests.whole.program import Program, bound_by_permissions


@pytest.fixture
def told(tmp_path: Path) -> Program:
    """A journal that knows Ana, and a table of one meeting with her and one with Ben."""
    program = Program(tmp_path)
    program.ok("add-relationship Ana --started 2026-11-02")
    (program.home / "table.csv").write_text("who,day\nAna,2026-11-09\nBen,2026-11-10\n")
    return program


@pytest.mark.parametrize("folder", (0o700, 0o500))
def test_a_dry_run_works_where_nothing_can_be_written(told: Program, folder: int) -> None:
    """It says what an import would do; the import itself is code 5."""
    before = told.path.read_bytes()
    told.path.chmod(0o400)
    told.folder.chmod(folder)
    table = told.home / "table.csv"
    bound = {"preexec_fn": bound_by_permissions}
    try:
        said = told.ok(f"import {table} --dry-run", **bound)
        assert said == "Would import 2 sessions and 1 new relationship.\nNew: Ben.\n"
        told.fails(f"import {table}", code=5, says="read-only", **bound)
    finally:
        told.folder.chmod(0o700)
    assert told.path.read_bytes() == before
    assert told.files() == ["journal.db"]


def test_a_dry_run_on_a_read_only_journal_of_an_earlier_version(tmp_path: Path) -> None:
    """What is upgraded in memory can be tried out as well."""
    program = Program(tmp_path)
    program.folder.mkdir(parents=True, mode=0o700)
    with closing(sqlite3.connect(program.path)) as conn:
        conn.executescript((FROZEN / f"v{SCHEMA_VERSION - 1}.sql").read_text())
    program.path.chmod(0o400)
    (program.home / "table.csv").write_text("who,day\nAna,2026-11-09\n")
    said = program.ok(
        f"import {program.home / 'table.csv'} --dry-run", preexec_fn=bound_by_permissions
    )
    assert said.startswith("Would import 1 session and 1 new relationship")
