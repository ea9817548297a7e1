"""Undo and redo on what the triggers recorded; and forgetting, which is not undone.

A step is one command. Undoing it takes its changes back in reverse and keeps what it takes
away, so that redo can put it back. Steps are undone in the order of ``seq``, latest first.
"""

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from mentorlog.errors import Refused
from mentorlog.model import frozen
from mentorlog.store.journal import Journal, fault
from mentorlog.store.searching import SEARCHED


@frozen
class Step:
    """One command that changed the journal: when, and how many rows of which kind."""

    id: int
    command: str
    at: str
    undone: bool
    changes: tuple[tuple[str, str, int], ...]  # kind, table, count
    names: tuple[str, ...]


_STEPS = "SELECT id, command, at, undone FROM step"


def steps(journal: Journal, *, limit: int) -> list[Step]:
    """Return the last steps, newest first."""
    rows = journal.rows(f"{_STEPS} ORDER BY seq DESC LIMIT ?", (limit,))
    return [_step(journal, row) for row in rows]


def _step(journal: Journal, row: Sequence[Any]) -> Step:
    counts = journal.rows(
        "SELECT kind, in_table, count(*) FROM change WHERE step_id = ? GROUP BY 1, 2"
        " ORDER BY min(id)",
        (row[0],),
    )
    names = journal.rows(
        "SELECT DISTINCT r.name FROM change c JOIN relationship r ON r.id = c.relationship_id"
        " WHERE c.step_id = ? ORDER BY r.folded LIMIT 4",
        (row[0],),
    )
    return Step(
        row[0], row[1], row[2], row[3] is not None, tuple(counts),
        tuple(name for (name,) in names),
    )  # fmt: skip


def undo(journal: Journal, count: int) -> list[Step]:
    """Take back the last ``count`` steps, all or none; Refused if there are not so many."""
    wanted = f"{_STEPS} WHERE undone IS NULL ORDER BY seq DESC LIMIT ?"
    return _travel(journal, count, wanted, _take_back, "undo")


def redo(journal: Journal, count: int) -> list[Step]:
    """Put back the last ``count`` undone steps; Refused if other changes stand in the way."""
    wanted = f"{_STEPS} WHERE undone IS NOT NULL ORDER BY undone DESC LIMIT ?"
    return _travel(journal, count, wanted, _put_back, "redo")


def _travel(journal: Journal, count: int, wanted: str, move: Any, word: str) -> list[Step]:
    try:
        with journal.write(step=False) as conn:
            rows: Any = conn.execute(wanted, (count,)).fetchall()
            if len(rows) < count:
                found = f"only {len(rows)}" if rows else "nothing"
                raise Refused(f"there is {found} to {word}", "see: mentorlog history")
            before = [_step(journal, row) for row in rows]
            conn.execute("PRAGMA defer_foreign_keys = ON")
            conn.execute("UPDATE recording SET quiet = 1")
            for row in rows:
                move(conn, row[0])
            conn.execute("UPDATE recording SET quiet = 0")
            after = [_step(journal, row) for row in rows]
    except Refused as error:
        if isinstance(error.__cause__, sqlite3.IntegrityError):
            raise _in_the_way(word) from error
        raise
    return before if word == "undo" else after


def _in_the_way(word: str) -> Refused:
    return Refused(
        f"cannot {word} that: what it changed has been changed again since",
        "nothing was changed; see: mentorlog history",
    )


def _changes(conn: sqlite3.Connection, step_id: int, order: str) -> list[Any]:
    return conn.execute(
        "SELECT id, kind, in_table, row_id, image FROM change WHERE step_id = ?"
        f" ORDER BY id {order}",
        (step_id,),
    ).fetchall()


def _take_back(conn: sqlite3.Connection, step_id: int) -> None:
    for change_id, kind, table, row_id, image in _changes(conn, step_id, "DESC"):
        known = json.loads(image) if image else {}
        now = _image(conn, table, row_id, known)
        if kind == "insert":
            _swap(conn, table, now, None)
            _keep(conn, change_id, now)
        elif kind == "update":
            _swap(conn, table, now, known)
            _keep(conn, change_id, now)
        else:
            _swap(conn, table, None, known)
    conn.execute(
        "UPDATE step SET undone = (SELECT ifnull(max(undone), 0) + 1 FROM step) WHERE id = ?",
        (step_id,),
    )


def _put_back(conn: sqlite3.Connection, step_id: int) -> None:
    if _changed_since(conn, step_id):
        raise _in_the_way("redo")
    for change_id, kind, table, row_id, image in _changes(conn, step_id, "ASC"):
        known = json.loads(image)
        now = _image(conn, table, row_id, known)
        if (kind == "insert") is not (now is None):
            raise _in_the_way("redo")
        if kind == "delete" and now != known:
            raise _in_the_way("redo")
        if kind == "update":
            _swap(conn, table, now, known)
            _keep(conn, change_id, now)
        elif kind == "insert":
            _swap(conn, table, None, known)
        else:
            _swap(conn, table, known, None)
    conn.execute(
        "UPDATE step SET undone = NULL, seq = (SELECT max(seq) + 1 FROM step) WHERE id = ?",
        (step_id,),
    )


def _changed_since(conn: sqlite3.Connection, step_id: int) -> bool:
    """Whether a later command that still stands changed a row that this step changed."""
    found = conn.execute(
        "SELECT in_table, row_id FROM change WHERE step_id = :id AND row_id IS NOT NULL"
        " INTERSECT SELECT in_table, row_id FROM change JOIN step ON step.id = step_id"
        " WHERE step_id > :id AND undone IS NULL LIMIT 1",
        {"id": step_id},
    )
    return found.fetchone() is not None


def _keep(conn: sqlite3.Connection, change_id: int, image: dict[str, Any] | None) -> None:
    """Keep the row that was taken away, which is what putting it back needs."""
    conn.execute("UPDATE change SET image = ? WHERE id = ?", (json.dumps(image), change_id))


def _image(
    conn: sqlite3.Connection, table: str, row_id: int | None, known: dict[str, Any]
) -> dict[str, Any] | None:
    if row_id is None:
        where, values = _match(known)
    else:
        where, values = "id = ?", [row_id]
    cursor = conn.execute(f"SELECT * FROM {table} WHERE {where}", values)
    row = cursor.fetchone()
    return dict(zip((c[0] for c in cursor.description), row, strict=True)) if row else None


def _match(image: dict[str, Any]) -> tuple[str, list[Any]]:
    return " AND ".join(f"{column} IS ?" for column in image), list(image.values())


def _swap(
    conn: sqlite3.Connection,
    table: str,
    now: dict[str, Any] | None,
    then: dict[str, Any] | None,
) -> None:
    """Make one row what it was: add it, take it out, or set all its fields."""
    if then is None and now is None:
        raise _in_the_way("undo")
    if then is None:
        assert now is not None
        where, values = _match(now)
        conn.execute(f"DELETE FROM {table} WHERE {where}", values)
    elif now is None:
        marks = ", ".join("?" * len(then))
        conn.execute(
            f"INSERT INTO {table} ({', '.join(then)}) VALUES ({marks})", list(then.values())
        )
    else:
        where, values = _match(now)
        sets = ", ".join(f"{column} = ?" for column in then)
        conn.execute(f"UPDATE {table} SET {sets} WHERE {where}", [*then.values(), *values])


# Topics that another program's delete left behind, or took along, no longer know whose they are.
_TRACES = (
    "DELETE FROM change WHERE in_table = 'session_topic' AND relationship_id IS NULL",
    "DELETE FROM change WHERE relationship_id = :id",
    "DELETE FROM published WHERE relationship_id = :id",
    "DELETE FROM relationship WHERE id = :id",
    "DELETE FROM session_topic WHERE session_id NOT IN (SELECT id FROM session)",
)


def forget(journal: Journal, relationship_id: int) -> None:
    """Remove a relationship, all its records, and every trace of them in the recorded changes.

    The search index is made anew, because it keeps the words of what was deleted from it; the
    freed pages are overwritten and given back. Nothing of it can be undone.
    """
    journal.conn.execute("PRAGMA secure_delete = ON")
    with journal.write(step=False) as conn:
        conn.execute("UPDATE recording SET quiet = 1")
        for sql in _TRACES:
            conn.execute(sql, {"id": relationship_id})
        for table in SEARCHED:
            conn.execute(f"INSERT INTO {table}_words ({table}_words) VALUES ('rebuild')")
        conn.execute("DELETE FROM step WHERE id NOT IN (SELECT step_id FROM change)")
        conn.execute("UPDATE recording SET quiet = 0, step_id = NULL")
    try:
        journal.conn.execute("VACUUM")
    except sqlite3.DatabaseError as error:
        raise fault(journal.path, error) from error
