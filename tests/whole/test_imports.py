"""What an everyday command loads: a fresh process tells, so that no start grows by accident."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import TODAY, Journal

# Each costs more than the whole work of an everyday command, or has no business there.
HEAVY = {"rich", "sqlite_utils", "pydantic", "dateutil", "icalendar", "click", "tomllib", "jinja2"}
HEAVY |= {
    "holidays",
    "recurring_ical_events",
    "importlib.metadata",
    "csv",
    "zoneinfo",
    "email",
    "json",
}

# Run the command line, then print the names of all loaded modules on the last line.
_RUN = """
import sys
from mentorlog.cli.app import app
sys.argv = ["mentorlog", *sys.argv[1:]]
try:
    app()
finally:
    print()
    print(*sorted(set(sys.modules)))
"""

COMMANDS = {
    "next": ("next",),
    "next-name": ("next", "ana"),
    "next-json": ("next", "--json"),
    "status": ("status",),
    "remind": ("remind",),
    "add-session": ("add-session", "ana", "paired on the parser", "--trust", "4"),
}
COMPLETION = {
    "_MENTORLOG_COMPLETE": "complete_bash",
    "COMP_WORDS": "mentorlog next a",
    "COMP_CWORD": "2",
}


@pytest.fixture
def told(journal: Journal) -> Journal:
    """A journal with a relationship and a session in it."""
    return journal.told(
        "add-relationship Ana --as mentor --started 2026-11-16",
        'add-session Ana "first" --on 2026-11-20',
    )


def run(journal: Path, *words: str, **env: str) -> tuple[str, set[str]]:
    """Run a command line in a fresh process; return its output and what was loaded."""
    day = ("--today", TODAY) if words else ()
    found = subprocess.run(
        (sys.executable, "-c", _RUN, *day, *words),
        env={**os.environ, "MENTORLOG_JOURNAL": str(journal), **env},
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    output, _, modules = found.stdout.rstrip("\n").rpartition("\n")
    return output, set(modules.split())


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
def test_everyday_commands_load_nothing_heavy(told: Journal, words: tuple[str, ...]) -> None:
    """None of the packages that only some commands need is loaded by an everyday one."""
    output, modules = run(told.path, *words)
    assert "Ana" in output
    assert modules & HEAVY == ({"json"} if "--json" in words else set())


def test_completion_loads_nothing_heavy(told: Journal) -> None:
    """Completing a name loads no more than an everyday command."""
    output, modules = run(told.path, **COMPLETION)
    assert output.lower().split() == ["ana"]
    assert modules & HEAVY == set()


def test_only_the_called_command_is_loaded(told: Journal) -> None:
    """A command's start does not import the modules of the other commands."""
    _, modules = run(told.path, "next")
    assert "mentorlog.cli.answers" in modules
    assert not modules & {f"mentorlog.cli.{name}" for name in ("sessions", "importing", "demo")}
