"""What cron has said already, and what rests until a day."""

import sqlite3
from collections.abc import Sequence
from datetime import date

from mentorlog.store.journal import Journal

Nudge = tuple[int, str, str]  # relationship, about what, on which facts


def claim(
    conn: sqlite3.Connection, wanted: Sequence[Nudge], *, today: date, most: int
) -> set[Nudge]:
    """Return those of these nudges that are to be given now, and keep that they were.

    Each once a day, and at most so often on the same facts. In the caller's transaction, which
    ends when they are given: of two that ask at the same time one waits, and is told no.
    """
    given: set[Nudge] = set()
    for nudge in wanted:
        count, said_today = conn.execute(
            "SELECT count(*), ifnull(max(nudged_on = ?), 0) FROM nudge"
            " WHERE relationship_id = ? AND about = ? AND facts = ?",
            (today.isoformat(), *nudge),
        ).fetchone()
        if count < most and not said_today:
            conn.execute(
                "INSERT INTO nudge (relationship_id, about, facts, nudged_on) VALUES (?, ?, ?, ?)",
                (*nudge, today.isoformat()),
            )
            given.add(nudge)
    return given


def snoozed(journal: Journal, *, today: date) -> set[int]:
    """Return the ids of the relationships whose reminders rest today; the last word counts."""
    rows = journal.rows(
        "SELECT s.relationship_id FROM snooze s WHERE s.snoozed_on <= :today"
        " AND s.id = (SELECT max(id) FROM snooze WHERE relationship_id = s.relationship_id"
        " AND snoozed_on <= :today) AND s.until_on > :today",
        {"today": today.isoformat()},
    )
    return {row[0] for row in rows}
