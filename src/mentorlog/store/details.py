"""Smaller questions to the journal: one record, members, parked items, outcomes, topics."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from mentorlog.model import Action, Member, Outcome, Parked, Relationship, Session
from mentorlog.names import PREFIXES, fold_name, no_record
from mentorlog.store.journal import APPLICATION_ID, Journal
from mentorlog.store.reading import SESSION
from mentorlog.store.rows import action, day, maybe_day, member, moment, session


def record(journal: Journal, table: str, row_id: int) -> dict[str, Any]:
    """Return all fields of one record by column; NotFound if there is none of that id."""
    columns = [row[1] for row in journal.rows(f"PRAGMA table_info({table})")]
    rows = journal.rows(f"SELECT * FROM {table} WHERE id = ?", (row_id,))
    if not rows:
        raise no_record(table, row_id)
    found = dict(zip(columns, rows[0], strict=True))
    if table == "session":
        listed = "SELECT topic FROM session_topic WHERE session_id = ? ORDER BY topic"
        found["topics"] = [topic for (topic,) in journal.rows(listed, (row_id,))]

    return found


def has(journal: Journal, table: str, row_id: int) -> bool:
    """Return whether there is a record of that id."""
    return bool(journal.rows(f"SELECT 1 FROM {table} WHERE id = ?", (row_id,)))


def siblings(journal: Journal, table: str, known: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the other records of a kind and a relationship, each with all its fields."""
    rows = journal.rows(
        f"SELECT id FROM {table} WHERE relationship_id = ? AND id <> ? ORDER BY id",
        (known["relationship_id"], known["id"]),
    )
    return [record(journal, table, row_id) for (row_id,) in rows]


def last_timed(journal: Journal, relationship: Relationship, *, before: date) -> Session | None:
    """Return the last meeting before a day that had a time and was not called off, if any."""
    rows = journal.rows(
        f"SELECT {SESSION} FROM session s WHERE s.relationship_id = ?"
        " AND s.held_on < ? AND s.at IS NOT NULL AND s.kind = 'session'"
        " AND s.status IN ('held', 'booked') ORDER BY s.held_on DESC, s.id DESC LIMIT 1",
        (relationship.id, before.isoformat()),
    )
    return session(rows[0]) if rows else None


def members(journal: Journal, relationship: Relationship) -> list[Member]:
    """Return the members of a relationship of several, in the order they joined."""
    rows = journal.rows(
        "SELECT relationship_id, id, name, joined_on, left_on FROM member WHERE relationship_id = ?"
        " ORDER BY joined_on, id",
        (relationship.id,),
    )
    return [member(row) for row in rows]


def groups_with(journal: Journal, name: str) -> list[str]:
    """Return the names of the relationships of several that have a member of a name."""
    rows = journal.rows(
        "SELECT DISTINCT r.name FROM member b JOIN relationship r ON r.id = b.relationship_id"
        " WHERE b.folded = ? ORDER BY r.folded",
        (fold_name(name),),
    )
    return [group for (group,) in rows]


def parked(journal: Journal, relationship: Relationship, *, today: date) -> list[Parked]:
    """Return what is kept for the next meeting and not ticked off, oldest first."""
    rows = journal.rows(
        "SELECT id, added_on, text FROM parked WHERE relationship_id = :id AND added_on <= :today"
        " AND (done_on IS NULL OR done_on > :today) ORDER BY added_on, id",
        {"id": relationship.id, "today": today.isoformat()},
    )
    return [Parked(row[0], day(row[1]), row[2]) for row in rows]


def agreed_ladder(journal: Journal, relationship: Relationship) -> int | None:
    """Return the id of the last agreement on a ladder, if there is one."""
    rows = journal.rows(
        "SELECT id FROM agreement WHERE relationship_id = ? AND ladder IS NOT NULL"
        " ORDER BY agreed_on DESC, id DESC LIMIT 1",
        (relationship.id,),
    )
    return int(rows[0][0]) if rows else None


def promised_in(journal: Journal, session_id: int) -> list[str]:
    """Return the ids, as listings show them, of the open promises that a session was told with."""
    rows = journal.rows(
        "SELECT id FROM action WHERE session_id = ? AND done_on IS NULL ORDER BY id", (session_id,)
    )
    return [f"a{number}" for (number,) in rows]


def has_busy_calendars(journal: Journal) -> bool:
    """Return whether any calendar of busy times is to be looked at."""
    return bool(journal.rows("SELECT 1 FROM busy_calendar LIMIT 1"))


def changed_at(journal: Journal, table: str, row_id: int) -> datetime | None:
    """Return the moment in which a record was changed last, if it ever was."""
    rows = journal.rows(
        "SELECT max(s.at) FROM change c JOIN step s ON s.id = c.step_id"
        " WHERE c.in_table = ? AND c.row_id = ?",
        (table, row_id),
    )
    return moment(rows[0][0]) if rows[0][0] is not None else None


_FIRST = {
    "session": "SELECT min(held_on) FROM session WHERE relationship_id = ? AND status = 'held'",
    "move": "SELECT min(moved_on) FROM move WHERE relationship_id = ?",
    "closing": "SELECT min(closed_on) FROM closing WHERE relationship_id = ?",
    "goal_state": "SELECT min(changed_on) FROM goal_state WHERE goal_id = ?",
}


def first_day(journal: Journal, table: str, row_id: int) -> date | None:
    """Return the day of the first meeting or ending of a relationship, or change of a goal."""
    rows = journal.rows(_FIRST[table], (row_id,))
    return maybe_day(rows[0][0])


def closed_on(journal: Journal, relationship: Relationship, *, today: date) -> date | None:
    """Return the day since which a relationship is closed, if it is."""
    rows = journal.rows(
        "SELECT max(closed_on) FROM closing WHERE relationship_id = :id AND closed_on <= :today"
        " AND (reopened_on IS NULL OR reopened_on > :today)",
        {"id": relationship.id, "today": today.isoformat()},
    )
    return maybe_day(rows[0][0])


def booked_between(journal: Journal, first: date, last: date) -> list[tuple[str, Session]]:
    """Return what is booked from a day to another, with whomever, each with the name."""
    rows = journal.rows(
        f"SELECT {SESSION}, r.name FROM session s JOIN relationship r ON r.id = s.relationship_id"
        " WHERE s.held_on BETWEEN ? AND ? AND s.status = 'booked' ORDER BY s.held_on, s.at, s.id",
        (first.isoformat(), last.isoformat()),
    )
    return [(row[-1], session(row)) for row in rows]


def held_between(journal: Journal, first: date, last: date) -> int:
    """Return how many meetings took place from a day to another."""
    rows = journal.rows(
        "SELECT count(*) FROM session WHERE held_on BETWEEN ? AND ? AND status = 'held'"
        " AND kind = 'session'",
        (first.isoformat(), last.isoformat()),
    )
    return int(rows[0][0])


def open_actions(
    journal: Journal, *, today: date, only: Relationship | None = None
) -> list[tuple[str, Action]]:
    """Return the promises still open, each with the name of its relationship."""
    rows = journal.rows(
        "SELECT r.name, a.id, a.added_on, a.owner, a.due_on, a.done_on, a.text, b.name"
        " FROM action a JOIN relationship r ON r.id = a.relationship_id"
        " LEFT JOIN member b ON b.id = a.member_id"
        " WHERE a.added_on <= :today AND (a.done_on IS NULL OR a.done_on > :today)"
        f" {'AND r.id = :id' if only else ''}",
        {"today": today.isoformat(), "id": only.id if only else 0},
    )
    return [(row[0], action(row)) for row in rows]


def outcomes(journal: Journal, relationship: Relationship, *, today: date) -> list[Outcome]:
    """Return what each side has gained, oldest first."""
    rows = journal.rows(
        "SELECT id, added_on, owner, text FROM outcome WHERE relationship_id = ?"
        " AND added_on <= ? ORDER BY added_on, id",
        (relationship.id, today.isoformat()),
    )
    return [Outcome(row[0], day(row[1]), row[2], row[3]) for row in rows]


def topic_days(
    journal: Journal, relationship: Relationship, *, today: date
) -> list[tuple[str, int, date]]:
    """Return each topic with how often and when last it came up, most frequent first."""
    rows = journal.rows(
        "SELECT t.topic, count(*), max(s.held_on) FROM session_topic t"
        " JOIN session s ON s.id = t.session_id WHERE s.relationship_id = ? AND s.held_on <= ?"
        " GROUP BY t.topic ORDER BY count(*) DESC, t.topic",
        (relationship.id, today.isoformat()),
    )
    return [(row[0], row[1], day(row[2])) for row in rows]


def newest_ids(journal: Journal, kind: str) -> list[str]:
    """Return the ids, as listings show them, of the newest records of a kind."""
    rows = journal.rows(f"SELECT id FROM {kind} ORDER BY id DESC LIMIT 50")
    return [f"{PREFIXES[kind]}{row[0]}" for row in rows]


def topics(journal: Journal) -> list[str]:
    """Return all topics in use."""
    return [row[0] for row in journal.rows("SELECT DISTINCT topic FROM session_topic")]


def record_ids(journal: Journal, relationship: Relationship) -> dict[str, list[str]]:
    """Return the ids, as listings show them, of all records of a relationship by their kind."""
    found = {}
    for kind, prefix in PREFIXES.items():
        if kind not in ("relationship", "busy_calendar"):
            ids = journal.rows(
                f"SELECT id FROM {kind} WHERE relationship_id = ?", (relationship.id,)
            )
            found[kind] = [f"{prefix}{number}" for (number,) in ids]
    return found


def copies(journal: Journal) -> list[Path]:
    """Return the other journals in the journal's folder, by the mark that every one bears."""
    mark = APPLICATION_ID.to_bytes(4, "big")
    found = []
    for path in sorted(journal.path.parent.iterdir()):
        if path.is_file() and not path.samefile(journal.path):
            try:
                with path.open("rb") as file:
                    head = file.read(72)
            except OSError:
                continue
            if head.startswith(b"SQLite format 3") and head[68:] == mark:
                found.append(path)
    return found
