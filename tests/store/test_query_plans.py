"""Every question of an everyday command is answered by an index, whatever the journal's size."""

import re
from datetime import date
from pathlib import Path

import pytest

from mentorlog.errors import NotFound
from mentorlog.model import Relationship
from mentorlog.store import reading
from mentorlog.store.journal import Journal, open_journal

TODAY = date(2026, 12, 1)
LARGE = ("session", "action")
VALUES = {
    "today": TODAY.isoformat(),
    "id": 1,
    "meetings": 8,
    "promises": 8,
    "touched": "2026-10-02",
}
ONE = Relationship(1, "Ana", "mentor", TODAY)


@pytest.fixture
def opened(tmp_path: Path) -> Journal:
    """An empty journal; plans do not depend on what is in it, as it is never analysed."""
    found = open_journal(tmp_path / "journal.db", for_writing=True)
    assert found is not None
    return found


def plan(opened: Journal, sql: str, values: object = ()) -> list[str]:
    """The steps in which SQLite will answer a question."""
    return [str(row[3]) for row in opened.rows(f"EXPLAIN QUERY PLAN {sql}", values)]


def scanned(steps: list[str], sql: str) -> list[str]:
    """The steps that read a whole large table, under its own name or an alias."""
    named = re.findall(rf"(?:FROM|JOIN) ({'|'.join(LARGE)})(?: (?!WHERE|ON)(\w+))?", sql)
    large = {name for pair in named for name in pair if name}
    return [s for s in steps if s.startswith("SCAN") and s.split()[1] in large]


@pytest.mark.parametrize("asked", [reading.LIST, reading.PAGE], ids=["all", "one"])
@pytest.mark.parametrize("name", reading.EVIDENCE)
def test_evidence_is_found_by_index(opened: Journal, name: str, asked: dict[str, str]) -> None:
    """No question of the evidence reads all sessions or all actions."""
    sql = reading.EVIDENCE[name].format(**asked)
    steps = plan(opened, sql, VALUES)
    assert not scanned(steps, sql), steps
    searched = [s for s in steps if s.startswith("SEARCH")]
    assert all("USING" in s and ("INDEX" in s or "PRIMARY KEY" in s) for s in searched), steps
    if asked is reading.PAGE:
        assert not [s for s in steps if re.match(r"SCAN [a-z]\b", s)], steps


@pytest.mark.parametrize(
    "name", ["met", "touch", "my_trust", "their_trust", "kept", "move", "agreement", "goal"]
)
def test_the_evidence_reads_no_rows_with_notes(opened: Journal, name: str) -> None:
    """What the rules look at is in the index itself, so that long notes cost nothing."""
    sql = reading.EVIDENCE[name].format(**reading.LIST)
    steps = plan(opened, sql, VALUES)
    large = [
        s for s in steps if re.match(r"(SEARCH|SCAN) (s|a|g|move|agreement|session|action)\b", s)
    ]
    assert large
    assert all("COVERING INDEX" in step for step in large), steps


class Watched(Journal):
    """A journal that notes every question and how it will be answered."""

    def __init__(self, journal: Journal) -> None:
        super().__init__(journal.conn, journal.path)
        self.seen: list[tuple[str, list[str]]] = []

    def rows(self, sql: str, values: object = ()) -> list[tuple[object, ...]]:
        """Note the plan, then answer."""
        steps = super().rows(f"EXPLAIN QUERY PLAN {sql}", values)
        self.seen.append((sql, [str(step[3]) for step in steps]))
        return super().rows(sql, values)


@pytest.mark.parametrize("limit", [None, 20])
@pytest.mark.parametrize("only", [None, ONE])
def test_the_log_is_read_in_order_of_an_index(
    opened: Journal, only: Relationship | None, limit: int | None
) -> None:
    """Sessions come newest first from an index, never by reading and sorting them all."""
    watched = Watched(opened)
    reading.session_records(watched, today=TODAY, only=only, limit=limit)
    for sql, steps in watched.seen:
        assert not scanned(steps, sql), steps
        assert not [s for s in steps if "TEMP B-TREE FOR ORDER BY" in s], steps


def test_one_session_is_found_by_its_id(opened: Journal) -> None:
    """Showing one session reads one row."""
    watched = Watched(opened)
    with pytest.raises(NotFound):
        reading.session_record(watched, 1)
    steps = [step for _, steps in watched.seen for step in steps]
    assert "SEARCH s USING INTEGER PRIMARY KEY (rowid=?)" in steps


def test_a_name_is_found_without_reading_sessions(opened: Journal) -> None:
    """Completing and finding a name looks at relationships only."""
    watched = Watched(opened)
    reading.names(watched)
    assert all("session" not in sql and "action" not in sql for sql, _ in watched.seen)
    assert watched.seen
