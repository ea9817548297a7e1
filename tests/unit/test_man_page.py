"""The help: an example for every command that really runs; a man page made from the commands."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import typer

import mentorlog
from mentorlog.cli.app import COMMANDS, app
from mentorlog.cli.man import man_page
from tests.conftest import Journal

PAGE = Path(mentorlog.__file__).with_name("mentorlog.1")
PYPROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"

STORY = """
add-relationship "Ana Lopez" --started 2026-09-01
add-relationship "Data guild" --member Ben
agree ana --terms "stays with us" --on 2026-10-01
add-goal ana "lead the round"
add-goal ana "write it up"
add-goal ana "rest"
add-session ana "a code review" --on 2026-10-02 --trust 4 --their-trust 4
"""
# What has to be so before the example of a command makes sense.
BEFORE = {
    "resume": ["pause ana"],
    "reopen": ["close ana --as early"],
    "redo": ["undo"],
    "unbook": ["book ana 'thu 15:00'"],
}
BUSY = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//a//b//EN", "END:VCALENDAR", "")


def example(name: str) -> str:
    """The example in the help of a command, without the name of the program."""
    command = typer.main.get_command(app).get_command(None, name)  # type: ignore[attr-defined]
    found = re.findall(r"^ *Example: mentorlog (.+)$", command.help, re.MULTILINE)
    assert len(found) == 1, name
    return str(found[0])


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal in which every example has what it names."""
    path = tmp_path_factory.mktemp("told") / "journal.db"
    journal = Journal(path)
    for line in STORY.strip().splitlines():
        journal.ok(line)
    for number in range(11):
        journal.ok(f"add-session ana note --on 2026-11-{10 + number}")
    for number in range(7):
        journal.ok(f"add-action ana 'promise {number}' --owner me")
    return path


@pytest.mark.parametrize("name", COMMANDS)
def test_the_example_of_every_command_runs(
    journal: Journal, told: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The line in the help, typed as it stands, does something and ends with 0."""
    shutil.copy(told, journal.path)
    monkeypatch.chdir(tmp_path)
    Path("meetings.csv").write_text("Person,day\nAna Lopez,2026-10-03\n")
    Path("~/calendars").expanduser().mkdir()
    Path("~/calendars/work.ics").expanduser().write_text("\r\n".join(BUSY))
    for line in BEFORE.get(name, []):
        journal.ok(line)
    line = example(name)
    assert line.split()[0] == name
    journal.ok(line)


def test_every_option_and_argument_says_what_it_is() -> None:
    """No option in any help stands there without a word."""
    group = typer.main.get_command(app)
    for name in COMMANDS:
        command = group.get_command(None, name)  # type: ignore[attr-defined]
        silent = [p.name for p in command.params if not getattr(p, "help", None)]
        assert silent == [], name


def test_the_man_page_in_the_tree_is_the_one_that_the_commands_make() -> None:
    """After a change of a command: python -m mentorlog.cli.man > src/mentorlog/mentorlog.1"""
    assert PAGE.read_text(encoding="utf-8") == man_page()


def test_the_man_page_has_every_command_and_its_example() -> None:
    """Each command has a section, its options and its example in it."""
    page = man_page().replace("\\-", "-").replace("\\(aq", "'").replace("\\&", "")
    for name in COMMANDS:
        assert f"\n.SS {name}" in page
        assert f"Example: mentorlog {example(name)}" in page


def test_the_man_page_ships_where_man_looks_for_it() -> None:
    """The wheel puts the page in share/man/man1."""
    shared = tomllib.loads(PYPROJECT.read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert shared["shared-data"] == {"src/mentorlog/mentorlog.1": "share/man/man1/mentorlog.1"}


@pytest.mark.skipif(shutil.which("groff") is None, reason="there is no groff on this machine")
def test_the_man_page_is_set_without_a_warning() -> None:
    """groff has nothing to say about it."""
    got = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", "-z", str(PAGE)], capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert (got.returncode, got.stderr) == (0, "")
