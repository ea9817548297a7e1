"""Undo and redo on what the triggers recorded; and forgetting, which is not undone.

A step is one command. Undoing it takes its changes back in reverse and keeps what it takes
away, so that redo can put it back. Steps are undone in the order of ``seq``, latest first.
"""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from mentorlog.errors import Refused
from mentorlog.model import frozen, replace
from mentorlog.store.journal import Journal
from mentorlog.store.rows import spoilt
from mentorlog.store.searching import SEARCHED


@frozen
class Step:
    """One command that changed the journal: when, and how many rows of which kind.

    Of a single row its id is there too. ``left_behind`` is one that was undone before a newer
    command, so that redo passes it by.
    """

    id: int
    command: str
    at: str
    undone: bool
    left_behind: bool
    changes: tuple[tuple[str, str, int, int | None], ...]  # kind, table, count, id
    names: tuple[str, ...]


# What comes after a step and still stands, or was undone later than it, was made without it.
_LEFT_BEHIND = (
    "(undone IS NOT NULL AND EXISTS (SELECT 1 FROM step newer WHERE newer.seq > step.seq"
    " AND ifnull(newer.undone > step.undone, 1)))"
)
_STEPS = f"SELECT id, command, at, undone, {_LEFT_BEHIND} FROM step"


def steps(journal: Journal, *, limit: int) -> list[Step]:
    """Return the last steps, newest first."""
    rows = journal.rows(f"{_STEPS} ORDER BY seq DESC LIMIT ?", (limit,))
    return [_step(journal, row) for row in rows]


def _step(journal: Journal, row: Sequence[Any]) -> Step:
    counts = journal.rows(
        "SELECT kind, in_table, count(*), iif(count(*) = 1, max(row_id), NULL) FROM change"
        " WHERE step_id = ? GROUP BY 1, 2 ORDER BY min(id)",
        (row[0],),
    )
    for kind, *_ in counts:
        if kind not in ("insert", "update", "delete"):
            raise spoilt(kind)
    names = journal.rows(
        "SELECT DISTINCT r.name FROM change c JOIN relationship r ON r.id = c.relationship_id"
        " WHERE c.step_id = ? ORDER BY r.folded LIMIT 5",
        (row[0],),
    )
    return Step(
        row[0], row[1], row[2], row[3] is not None, row[4] == 1, tuple(counts),
        tuple(name for (name,) in names),
    )  # fmt: skip


@frozen
class _Way:
    """A way through the steps: which is next, and what becomes of its changes and of itself.

    It takes out the rows of changes of the kind ``gone``, and puts in those of ``new``.
    """

    word: str
    next: str
    order: str
    gone: str
    new: str
    mark: str


_UNDO = _Way(
    "undo", "undone IS NULL ORDER BY seq DESC", "DESC", gone="insert", new="delete",
    mark="undone = (SELECT ifnull(max(undone), 0) + 1 FROM step)",
)  # fmt: skip
_REDO = _Way(
    "redo", f"undone IS NOT NULL AND NOT {_LEFT_BEHIND} ORDER BY undone DESC", "ASC",
    gone="delete", new="insert", mark="undone = NULL",
)  # fmt: skip
# What was left behind comes after what was done since.
_OLDER = replace(
    _REDO,
    next="undone IS NOT NULL ORDER BY undone DESC",
    mark="undone = NULL, seq = (SELECT max(seq) + 1 FROM step)",
)


def undo(journal: Journal, count: int) -> list[Step]:
    """Take back the last ``count`` steps, all or none; Refused if there are not so many."""
    return _travel(journal, count, _UNDO)


def redo(journal: Journal, count: int, *, older: bool = False) -> list[Step]:
    """Put back the last ``count`` undone steps; Refused if other changes stand in the way.

    Only what nothing was done after, unless ``older``: an old slip would come back unseen.
    """
    return _travel(journal, count, _OLDER if older else _REDO)


def _travel(journal: Journal, count: int, way: _Way) -> list[Step]:
    try:
        with journal.write(step=False) as conn:
            wanted = f"{_STEPS} WHERE {way.next} LIMIT ?"
            rows: Any = conn.execute(wanted, (count,)).fetchall()
            if len(rows) < count:
                are = "is" if len(rows) < 2 else "are"
                found = f"only {len(rows)}" if rows else "nothing"
                raise Refused(f"there {are} {found} to {way.word}", _see(conn, way))
            before = [_step(journal, row) for row in rows]
            conn.execute("PRAGMA defer_foreign_keys = ON")
            conn.execute("UPDATE recording SET quiet = 1")
            for row in rows:
                _go(conn, row[0], way)
            conn.execute("UPDATE recording SET quiet = 0")
            after = [_step(journal, row) for row in rows]
    except Refused as error:
        if isinstance(error.__cause__, sqlite3.IntegrityError):
            raise _in_the_way(way) from error
        raise
    return before if way is _UNDO else after


def _see(conn: sqlite3.Connection, way: _Way) -> str:
    if way is _REDO and conn.execute(f"SELECT 1 FROM step WHERE {_LEFT_BEHIND}").fetchone():
        return "what was undone before newer commands: mentorlog redo --older"
    return "see: mentorlog history"


def _in_the_way(way: _Way) -> Refused:
    return Refused(
        f"cannot {way.word} that: what it changed has been changed again since",
        "nothing was changed; see: mentorlog history",
    )


def _go(conn: sqlite3.Connection, step_id: int, way: _Way) -> None:
    """Take the changes of one step back, or make them again; Refused if rows are not as left."""
    if way is not _UNDO and _changed_since(conn, step_id):
        raise _in_the_way(way)
    changes = conn.execute(
        "SELECT id, kind, in_table, row_id, image FROM change WHERE step_id = ?"
        f" ORDER BY id {way.order}",
        (step_id,),
    ).fetchall()
    for change_id, kind, table, row_id, image in changes:
        known = {} if image is None and kind == way.gone else _kept(image)
        now = _image(conn, table, known if row_id is None else {"id": row_id})
        if bool(now) is (kind == way.new) or (kind == "delete" and now not in ({}, known)):
            raise _in_the_way(way)
        _swap(conn, table, now, {} if kind == way.gone else known)
        if now:  # which is what the way back needs
            conn.execute("UPDATE change SET image = ? WHERE id = ?", (json.dumps(now), change_id))
    conn.execute(f"UPDATE step SET {way.mark} WHERE id = ?", (step_id,))


def _changed_since(conn: sqlite3.Connection, step_id: int) -> bool:
    """Whether a later command that still stands changed a row that this step changed."""
    found = conn.execute(
        "SELECT in_table, row_id FROM change WHERE step_id = :id AND row_id IS NOT NULL"
        " INTERSECT SELECT in_table, row_id FROM change JOIN step ON step.id = step_id"
        " WHERE step_id > :id AND undone IS NULL LIMIT 1",
        {"id": step_id},
    )
    return found.fetchone() is not None


_Image = dict[str, Any]  # a row by column; empty where there is none


def _kept(image: str | None) -> _Image:
    """The row that was kept of a change; JournalFault if another program spoilt it."""
    with suppress(ValueError, RecursionError):
        known = json.loads(image or "")
        if known and isinstance(known, dict):
            return known
    raise spoilt(str(image))


def _match(image: _Image) -> tuple[str, list[Any]]:
    return " AND ".join(f"{column} IS ?" for column in image), list(image.values())


def _image(conn: sqlite3.Connection, table: str, known: _Image) -> _Image:
    where, values = _match(known)
    cursor = conn.execute(f"SELECT * FROM {table} WHERE {where}", values)
    row = cursor.fetchone()
    return dict(zip((c[0] for c in cursor.description), row, strict=True)) if row else {}


def _swap(conn: sqlite3.Connection, table: str, now: _Image, then: _Image) -> None:
    """Make one row what it was: add it, take it out, or set all its fields."""
    where, values = _match(now)
    if not now:
        listed, marks = ", ".join(then), ", ".join("?" * len(then))
        conn.execute(f"INSERT INTO {table} ({listed}) VALUES ({marks})", list(then.values()))
    elif not then:
        conn.execute(f"DELETE FROM {table} WHERE {where}", values)
    else:
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
    # It is gone and overwritten by now; a full disk only does not get the space back.
    with suppress(sqlite3.DatabaseError):
        journal.conn.execute("VACUUM")
