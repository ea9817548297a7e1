"""Bookings put straight into a journal, and calendar files, for the tests of calendars."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.conftest import Journal


def sql(journal: Journal, statement: str, *values: Any) -> int:
    """Run one statement on the journal's file; return the id of what it added."""
    with closing(sqlite3.connect(journal.path)) as conn, conn:
        conn.execute("PRAGMA foreign_keys = ON")
        return conn.execute(statement, values).lastrowid or 0


def booked(
    journal: Journal, name: str, on: str, at: str | None = "15:00", zone: str | None = None
) -> int:
    """Book a meeting of 45 minutes; return the session's id."""
    return sql(
        journal,
        "INSERT INTO session (relationship_id, held_on, at, minutes, zone, status, recorded_at)"
        " SELECT id, ?, ?, 45, ?, 'booked', '2026-12-01T10:00:00.000+00:00'"
        " FROM relationship WHERE name = ?",
        on, at, zone, name,
    )  # fmt: skip


def event(*lines: str, uid: str = "e1", summary: str = "Secret talk") -> str:
    """An event of a calendar file."""
    return "\r\n".join(
        ("BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{summary}", *lines, "END:VEVENT", "")
    )


def calendar_file(path: Path, *parts: str) -> Path:
    """Write a calendar file of events and time zones."""
    head, tail = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n", "END:VCALENDAR\r\n"
    path.write_bytes(f"{head}{''.join(parts)}{tail}".encode())
    return path
