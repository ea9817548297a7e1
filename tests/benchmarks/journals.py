"""Synthetic journals of any size: the same every time but for the day they lead up to."""

import csv
import random
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from mentorlog.names import fold_name
from mentorlog.store.journal import open_journal

_FIRST = ("Priya", "Jonas", "Amara", "Chen", "Sofia", "Tomas", "Leila", "Noah", "Yuki", "Ines")
_LAST = ("Okafor", "Lindqvist", "Moreau", "Tanaka", "Silva", "Novak", "Haddad", "Brown", "Weiss")
_TEXT = (
    "planning review estimate deadline draft chapter code test release feedback talk team"
    " meeting question answer career goal next week tried learned asked showed stuck moved"
    " together slowly better again about with from after before because the and but not"
)
_WORDS = _TEXT.split()
_STAMP = "2026-01-01T00:00:00.000+00:00"
_STATES = ("not-started", "moving", "reached")
_CADENCES = ("1w", "2w", "1m")


@dataclass(frozen=True)
class Size:
    """How many relationships and sessions; the sessions are shared out evenly.

    A relationship has two goals and a decision, or as many every hundred weeks.
    """

    relationships: int
    sessions: int
    eventful: bool = False

    @property
    def each(self) -> int:
        """Sessions of one relationship."""
        return self.sessions // self.relationships

    @property
    def chapter(self) -> int:
        """The weeks in which two goals and a decision come up."""
        return 100 if self.eventful else self.each

    def __str__(self) -> str:
        return f"{self.relationships:,}/{self.sessions:,}{'+' if self.eventful else ''}"


def name_of(number: int) -> str:
    """Return the name of a relationship: a first name, a last name, and a figure."""
    return f"{_FIRST[number % 10]} {_LAST[number // 10 % 9]} {number:04}"


def build(path: Path, size: Size, today: date) -> Path:
    """Make a journal of that size, its last meetings within the week before a day."""
    journal = open_journal(path, for_writing=True)
    assert journal is not None
    conn, chance = journal.conn, random.Random(size.relationships)
    conn.execute("PRAGMA synchronous = OFF")
    with journal.write():
        people = [_relationship(conn, n, size.each, today) for n in range(size.relationships)]
        # Week by week, as they are recorded: one relationship's rows lie far apart.
        for week in range(size.each):
            for number, (of, first) in enumerate(people):
                day = first + timedelta(weeks=week)
                _week(conn, of, week, size.chapter, number, day, today, chance)
    journal.conn.close()
    return path


def _add(conn: sqlite3.Connection, table: str, **values: Any) -> int:
    plain = {k: v.isoformat() if isinstance(v, date) else v for k, v in values.items()}
    marks = ", ".join("?" * (len(plain) + 1))
    sql = f"INSERT INTO {table} ({', '.join(plain)}, recorded_at) VALUES ({marks})"
    row_id = conn.execute(sql, (*plain.values(), _STAMP)).lastrowid
    assert row_id is not None
    return row_id


def _notes(chance: random.Random) -> str:
    return " ".join(chance.choices(_WORDS, k=52))[: chance.randint(200, 400)]


def _relationship(
    conn: sqlite3.Connection, number: int, sessions: int, today: date
) -> tuple[int, date]:
    """Add a relationship; return its id and the day of its first meeting."""
    name, first = name_of(number), today - timedelta(days=1 + number % 7, weeks=sessions - 1)
    role = ("mentor", "mentor", "mentee", "peer")[number % 4]
    of = _add(
        conn, "relationship", name=name, folded=fold_name(name), started_on=first, role=role
    )  # fmt: skip
    return of, first


def _week(
    conn: sqlite3.Connection, of: int, week: int, chapter: int, number: int, day: date,
    today: date, chance: random.Random,
) -> None:  # fmt: skip
    """A meeting; a third of them ends with a promise, fewer with a goal or a decision."""
    session_id = _session(conn, of, day, chance)
    if week % 3 == 0:
        _action(conn, of, session_id, day, today, chance)
    if week % (chapter // 2) == 5:
        _goal(conn, of, day, today, chance)
    if week % chapter == 8:
        _decision(conn, of, week // chapter + number, day)


def _session(conn: sqlite3.Connection, of: int, day: date, chance: random.Random) -> int:
    row = {"relationship_id": of, "held_on": day, "notes": _notes(chance), "minutes": 45}
    lot = chance.random()
    if lot < 0.05:
        return _add(conn, "session", **row, status="no-show", by="them")
    if lot < 0.10:
        return _add(conn, "session", **row, kind="touch")
    signals = {
        "trust": chance.randint(3, 5) if chance.random() < 0.3 else None,
        "their_trust": chance.randint(3, 5) if chance.random() < 0.2 else None,
        "energy": chance.randint(2, 5) if chance.random() < 0.5 else None,
        "agenda": chance.choice(("me", "them")) if chance.random() < 0.5 else None,
        "opened_up": "both" if chance.random() < 0.1 else None,
    }
    return _add(conn, "session", **row, **signals)


def _action(
    conn: sqlite3.Connection, of: int, session_id: int, day: date, today: date,
    chance: random.Random,
) -> None:  # fmt: skip
    """A promise for the next week, kept mostly; of the old ones few are still open."""
    due, owner = day + timedelta(days=7), chance.choice(("me", "them"))
    is_kept = due < today and chance.random() < (0.97 if (today - due).days > 60 else 0.8)
    _add(
        conn, "action", relationship_id=of, session_id=session_id, added_on=day, owner=owner,
        text=" ".join(chance.choices(_WORDS, k=6)), due_on=due, done_on=due if is_kept else None,
    )  # fmt: skip


def _goal(conn: sqlite3.Connection, of: int, day: date, today: date, chance: random.Random) -> None:
    text = " ".join(chance.choices(_WORDS, k=5))
    goal_id = _add(conn, "goal", relationship_id=of, added_on=day, text=text)
    for i, state in enumerate(_STATES[: chance.randint(1, 3)]):
        changed = min(day + timedelta(weeks=8 * i), today)
        _add(conn, "goal_state", goal_id=goal_id, changed_on=changed, state=state)


def _decision(conn: sqlite3.Connection, of: int, turn: int, day: date) -> None:
    """A move to a step of Learning, with the interval that both agreed on."""
    every = _CADENCES[turn % 3]
    _add(
        conn, "agreement", relationship_id=of, agreed_on=day, by="both", every=every,
        terms="what we say stays with us",
    )  # fmt: skip
    _add(
        conn, "move", relationship_id=of, moved_on=day, phase="learning", every=every,
        agreed_by="both", why="we both said so",
    )  # fmt: skip


def write_csv(path: Path, size: Size, today: date) -> Path:
    """Write sessions to import: who, date, title, notes, minutes and trust."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("who", "date", "title", "notes", "minutes", "trust"))
        rows.writerows(_csv_rows(size, today, random.Random(7)))
    return path


def _csv_rows(size: Size, today: date, chance: random.Random) -> Iterator[tuple[Any, ...]]:
    for i in range(size.each):
        day = (today - timedelta(days=1, weeks=size.each - 1 - i)).isoformat()
        for number in range(size.relationships):
            trust = 4 if chance.random() < 0.3 else ""
            yield name_of(number), day, f"Meeting {i}", _notes(chance), 45, trust
