"""What cron has said already, and what rests until a day."""

import sqlite3
from datetime import date

from mentorlog.store.journal import Journal
from mentorlog.store.rows import day


def claim(
    conn: sqlite3.Connection,
    relationship_id: int,
    about: str,
    facts: str,
    *,
    today: date,
    most: int,
) -> bool:
    """Return whether a nudge about something is to be given now, and keep that it was.

    Each once a day, and at most so often on the same facts. In the caller's transaction, which
    ends when it is given: of two that ask at the same time one waits, and is told no.
    """
    given = conn.execute(
        "INSERT INTO nudge (relationship_id, about, facts, nudged_on) SELECT ?1, ?2, ?3, ?4"
        " WHERE (SELECT count(*) < ?5 AND NOT ifnull(max(nudged_on = ?4), 0) FROM nudge"
        " WHERE relationship_id = ?1 AND about = ?2 AND facts = ?3)",
        (relationship_id, about, facts, today.isoformat(), most),
    )
    return bool(given.rowcount)


def snoozed(journal: Journal, *, today: date) -> dict[int, date]:
    """Return until when the reminders of a relationship rest, by its id; the last word counts."""
    rows = journal.rows(
        "SELECT s.relationship_id, s.until_on FROM snooze s WHERE s.snoozed_on <= :today"
        " AND s.id = (SELECT max(id) FROM snooze WHERE relationship_id = s.relationship_id"
        " AND snoozed_on <= :today) AND s.until_on > :today",
        {"today": today.isoformat()},
    )
    return {of: day(until) for of, until in rows}
