"""Freeze a schema: ``python tests/store/freeze.py`` writes the missing files in ``frozen/``.

Each holds a journal as a released mentorlog of that schema made it. They are never written
again, so that a later edit of an old migration is noticed.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from mentorlog.store.journal import APPLICATION_ID, SCHEMA_VERSION
from mentorlog.store.schema import migrate, migrations

FROZEN = Path(__file__).parent / "frozen"


def schema(conn: sqlite3.Connection) -> dict[str, str]:
    """Return the statement that made each table, index, view and trigger, in order."""
    shadows = {
        f"{name}_{part}"
        for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%USING fts5%'")
        for part in ("data", "idx", "docsize", "config", "content")
    }
    rows = conn.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
    return {n: sql for n, sql in rows if n not in shadows and not n.startswith("sqlite_")}


def made(version: int) -> sqlite3.Connection:
    """Return an empty journal of one schema version, in memory, as the migrations make it."""
    conn = sqlite3.connect(":memory:", isolation_level=None)
    later = [migration.name for migration in migrations._migrations[version:]]
    migrate(conn, stop_before=later)
    return conn


def frozen_text(version: int) -> str:
    """Return the SQL that makes an empty journal of one schema version."""
    with closing(made(version)) as conn:
        names = conn.execute("SELECT name FROM _sqlite_migrations ORDER BY id").fetchall()
        statements = [
            *schema(conn).values(),
            *(
                "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
                f" VALUES ('mentorlog', '{name}', '2026-11-24 12:00:00+00:00')"
                for (name,) in names
            ),
            *(["INSERT INTO recording (quiet) VALUES (0)"] if version > 1 else []),
            f"PRAGMA application_id = {APPLICATION_ID}",
            f"PRAGMA user_version = {version}",
        ]
    return ";\n".join(statements) + ";\n"


if __name__ == "__main__":
    for number in range(1, SCHEMA_VERSION + 1):
        path = FROZEN / f"v{number}.sql"
        if not path.exists():
            path.write_text(frozen_text(number), encoding="utf-8")
