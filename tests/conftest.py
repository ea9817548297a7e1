"""Helpers that speak the domain: ``ok(...)`` runs a command, ``fails(..., code=3)`` must fail."""

import json
import os
import shlex
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from mentorlog.cli.app import app

TODAY = "2026-12-01"

# What is started in the background ignores Ctrl-C, and so would every process of the tests.
signal.signal(signal.SIGINT, signal.default_int_handler)


_TOLD: dict[tuple[str, ...], bytes] = {}


class Journal:
    """A journal on a real file, driven by command lines as a person types them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.today = TODAY

    def on(self, day: str) -> "Journal":
        """The same journal, asked on another day."""
        self.today = day
        return self

    def draft(self, name: str) -> Path:
        """Where the draft about someone or something lies."""
        return self.path.with_name(f"{self.path.name}.draft-{name}.txt")

    def run(self, line: str, *, input: str | bytes | None = None, **env: str) -> Any:
        """Run one command line and return its result."""
        arguments = ["--journal", str(self.path), "--today", self.today, *shlex.split(line)]
        return CliRunner().invoke(
            app, arguments, input=input, env=env, prog_name="mentorlog", catch_exceptions=False
        )

    def ok(self, line: str, *, input: str | bytes | None = None, **env: str) -> str:
        """Run a command that must succeed with nothing on stderr; return its stdout."""
        result = self.run(line, input=input, **env)
        assert (result.exit_code, result.stderr) == (0, ""), result.stderr or result.stdout
        return str(result.stdout)

    def told(self, *lines: str) -> "Journal":
        """A new journal with a story in it, a command a line.

        Each story is run once; the tests after that begin with a copy of its file.
        """
        story = (self.today, *lines)
        if story not in _TOLD:
            for line in lines:
                self.ok(line)
            _TOLD[story] = self.path.read_bytes()
        self.path.write_bytes(_TOLD[story])
        self.path.chmod(0o600)
        return self

    def items(self, line: str) -> list[dict[str, Any]]:
        """Run a command with --json and return its items."""
        document = json.loads(self.ok(f"{line} --json"))
        assert document["version"] == 1
        return list(document["items"])

    def fails(
        self, line: str, *, code: int, says: str = "", input: str | bytes | None = None, **env: str
    ) -> str:
        """Run a command that must fail with a code, one error and no data; return its stderr."""
        result = self.run(line, input=input, **env)
        assert result.exit_code == code, (result.exit_code, result.stdout, result.stderr)
        assert result.stdout == ""
        assert result.stderr.startswith("error: "), result.stderr
        assert "Traceback" not in result.stderr
        assert says in result.stderr, result.stderr
        return str(result.stderr)


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every test has a home of its own, so that none can see or touch a real journal."""
    for name in ("MENTORLOG_JOURNAL", "VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    for kind in ("DATA", "CONFIG", "CACHE"):
        monkeypatch.delenv(f"XDG_{kind}_HOME", raising=False)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    yield
    os.environ.pop("_MENTORLOG_COMPLETE", None)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """A journal that does not exist yet."""
    return Journal(tmp_path / "journal.db")


@pytest.fixture
def weekly(journal: Journal) -> Journal:
    """Ana, met weekly, last on Tue 1 September 2026."""
    return journal.on("2026-09-01").told(
        "add-relationship Ana --every 1w", "add-session ana hi --trust 4 --their-trust 4 --guess"
    )


@pytest.fixture
def editor(tmp_path: Path) -> Callable[[str], str]:
    """Make an editor of a few lines of shell; it gets the page as its argument, kept in seen."""

    def make(script: str) -> str:
        path = tmp_path / "editor.sh"
        path.write_text(f'#!/bin/sh\ncp "$1" "{tmp_path}/seen"\n{script}\n')
        path.chmod(0o700)
        return str(path)

    return make


@pytest.fixture
def ok(journal: Journal) -> Callable[..., str]:
    """``ok("status")``: a command that must succeed."""
    return journal.ok


@pytest.fixture
def fails(journal: Journal) -> Callable[..., str]:
    """``fails("next nobody", code=3)``: a command that must fail with that code."""
    return journal.fails


@pytest.fixture
def sets(journal: Journal) -> Callable[[str], Path]:
    """``sets("[me]...")``: write config.toml, and return its path."""

    def write(text: str) -> Path:
        path = Path.home() / ".config" / "mentorlog" / "config.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    return write
