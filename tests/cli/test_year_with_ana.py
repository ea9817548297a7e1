"""A year with Ana: from the first meeting to a good close, every step as it is typed and read."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import Journal

STORY = Path(__file__).with_name("year_with_ana.txt")
PART = re.compile(r"^([#$>]) (.+)\n((?:(?![#$>] ).*\n)*)", re.MULTILINE)


def parts() -> Iterator[tuple[str, str, str]]:
    """Each day or command of the story: its mark, its line, and what it prints."""
    for mark, line, shown in PART.findall(STORY.read_text(encoding="utf-8")):
        yield mark, line, shown.rstrip("\n")


@pytest.fixture
def told(journal: Journal) -> Journal:
    """The journal at the end of the story; each shown answer is compared on the way."""
    for mark, line, shown in parts():
        if mark == "#":
            journal.today = line
            continue
        said = journal.ok(line.removeprefix("mentorlog "))
        if mark == "$":
            assert said.rstrip("\n") == shown, f"{journal.today}: {line}"
    return journal


def test_every_answer_of_the_year_is_what_the_story_shows(told: Journal) -> None:
    """All commands succeed, and each answer that is shown is exact."""
    assert len(told.items("log")) > 15


def test_the_year_reaches_every_phase_and_a_good_close(told: Journal) -> None:
    """Trusting, three steps of Learning, a pause, Maintenance, the way back, the end."""
    wanted = {
        "2026-01-20": ("trusting", "1w", "ahead"), "2026-02-01": ("learning", "1w", "ahead"),
        "2026-03-10": ("learning", "2w", "paused"), "2026-07-10": ("learning", "1m", "ahead"),
        "2026-09-20": ("maintenance", "6m", "ahead"), "2026-10-16": ("learning", "1w", "ahead"),
        "2026-12-24": ("maintenance", "6m", "ahead"), "2027-01-15": ("maintenance", "6m", "closed"),
    }  # fmt: skip
    found = {}
    for day in wanted:
        told.today = day
        (item,) = told.items("status")
        found[day] = item["phase"], item["cadence"], item["standing"]
    assert found == wanted


def test_the_whole_year_can_be_undone_and_redone(told: Journal) -> None:
    """Every command of the story is one step; taken back to nothing, and told again by redo."""
    before = told.ok("show ana --full"), told.ok("goals"), told.ok("actions")
    steps = sum(1 for item in told.items("history --limit 1000") if not item["undone"])
    told.ok(f"undo {steps}")
    assert told.items("status") == []
    told.ok(f"redo {steps}")
    assert (told.ok("show ana --full"), told.ok("goals"), told.ok("actions")) == before


def test_the_story_is_told_in_the_order_of_days() -> None:
    """The days of the story only go forward, over a year."""
    days = [date.fromisoformat(line) for mark, line, _ in parts() if mark == "#"]
    assert days == sorted(set(days))
    assert (days[-1] - days[0]).days > 365
