"""The README is true: every command line in it is run, and prints what it shows."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import TODAY, Journal

README = Path(__file__).resolve().parents[2] / "README.md"
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(text: str) -> Iterator[list[tuple[str, str]]]:
    """Yield each console block as (command line, expected output) pairs."""
    for found in BLOCK.finditer(text):
        yield [
            (part.partition("\n")[0], part.partition("\n")[2])
            for part in found.group(1).removeprefix("$ ").split("\n$ ")
        ]


def perform(journal: Journal, folder: Path, line: str, shown: str) -> str:
    """Run one line of the README and return what it prints; ``cat`` makes the file it shows."""
    words = shlex.split(line)
    if words[0] == "cat":
        (folder / words[1]).write_text(shown, encoding="utf-8")
        return shown
    assert words[0] == "mentorlog", line
    result = journal.run(shlex.join(words[1:]))
    return str(result.stdout + result.stderr)


def test_every_command_in_the_readme_prints_what_it_shows(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The console blocks of the README, run in order, print exactly what stands there."""
    monkeypatch.chdir(tmp_path)
    journal.today = TODAY
    ran = 0
    for block in blocks(README.read_text(encoding="utf-8")):
        for line, shown in block:
            said = perform(journal, tmp_path, line, shown)
            assert said.rstrip("\n") == shown.rstrip("\n"), line
            ran += 1
    assert ran > 20


def test_ci_runs_exactly_the_test_command_of_the_readme() -> None:
    """The one line that the README gives to run the tests is the one that CI runs."""
    line = next(x for x in README.read_text(encoding="utf-8").splitlines() if "pytest" in x)
    script = README.with_name(".ci") / "run"
    assert line.startswith("python3 -m venv")
    assert line in script.read_text(encoding="utf-8").splitlines()
