"""What a shell is offered, asked through the protocol that its completion script speaks."""

import os
import subprocess
import sys

import pytest

# As the installed script does it: shells know the program by its name.
RUN = "import sys; sys.argv[0] = 'mentorlog'; from mentorlog.__main__ import main; main()"
SHELLS = ("bash", "zsh", "fish")
NAMES = ("Ana Lopez", "Ana Lima", "O'Brien", 'Say "hi" $HOME', "Zoë: x", "Émile Zöla")


@pytest.fixture
def told(journal):
    """A journal with names that a shell finds hard, and a record of every kind."""
    return journal.told(
        *(f"add-relationship {_quoted(name)}" for name in NAMES),
        "add-session o note --topic 'code review' --topic ci --action 'me: read'",
        "add-goal o lead",
        "park o cake",
        "agree o --terms open",
        "add-outcome o x --for me",
    )


def _quoted(text):
    return "'" + text.replace("'", "'\"'\"'") + "'"


def offered(shell, line, **env):
    """The whole answer of the program to a shell that asks about a line; nothing on stderr."""
    words = line.split(" ") if "\\" not in line and '"' not in line else [*line.split(" ", 2)]
    asked = {
        **{k: v for k, v in os.environ.items() if not k.startswith("_TYPER")},
        "_MENTORLOG_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        **env,
    }
    asked = {key: value for key, value in asked.items() if value is not None}
    got = subprocess.run(
        [sys.executable, "-c", RUN],
        env=asked, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert got.stderr == ""
    return got.stdout.strip("\n")


def values(shell, line, **env):
    """The values alone, without their help."""
    said = offered(shell, line, **env)
    if shell == "zsh":
        said = said.removeprefix("_arguments '*: :((").removesuffix("))'").replace("_files", "")
        return [part.split('":"')[0].strip('"') for part in said.splitlines()]
    return [part.split("\t")[0] for part in said.splitlines()]


LINES = (
    ("mentorlog rem", ["remind"]),
    ("mentorlog next z", {"bash": ["zoë:\\ x"], "zsh": ["zoë\\\\: x"], "fish": ["zoë: x"]}),
    ("mentorlog next eM", {"bash": ["eMile\\ Zöla"], "zsh": ["eMile Zöla"],
                          "fish": ["eMile Zöla"]}),
    ("mentorlog log O", {"bash": ["O\\'Brien"], "zsh": ["O"], "fish": ["O'Brien"]}),
    (
        "mentorlog brief S",
        {"bash": ['Say\\ \\"hi\\"\\ \\$HOME'], "zsh": ["Say "], "fish": ['Say "hi" $HOME']},
    ),
    (
        "mentorlog next ana\\ l",
        {
            "bash": ["ana\\ lima", "ana\\ lopez"],
            "zsh": ["ana lima", "ana lopez"],
            "fish": ["ana lima", "ana lopez"],
        },
    ),
    (
        'mentorlog next "Ana Lo',
        {"bash": ["Ana Lopez"], "zsh": ["Ana Lopez"], "fish": ["Ana Lopez"]},
    ),
    ("mentorlog next nobody", []),
    ("mentorlog nxt q", []),
    ("mentorlog done ", ["a1", "k1"]),
    ("mentorlog goal g", ["g1"]),
    ("mentorlog edit s", {"bash": ["s1", "say\\ \\\"hi\\\"\\ \\$HOME"], "zsh": ["s1", "say "],
                          "fish": ["s1", 'say "hi" $HOME']}),
    ("mentorlog delete ", ["s1", "g1", "a1", "o1", "t1", "k1"]),
    ("mentorlog log --topic c", {"bash": ["ci", "code\\ review"], "zsh": ["ci", "code review"],
                                 "fish": ["ci", "code review"]}),
    ("mentorlog move o l", ["learning"]),
    ("mentorlog move o ", ["trusting", "learning", "maintenance"]),
    ("mentorlog goal g1 --state m", ["moving"]),
    ("mentorlog add-session o --status c", ["cancelled"]),
    ("mentorlog close o --as ", ["completed", "early", "dormant"]),
    ("mentorlog add-session o --opened", ["--opened-up"]),
)  # fmt: skip


# What is the same in each shell is asked in one of them.
CASES = [
    (shell, line, wanted[shell] if isinstance(wanted, dict) else wanted)
    for line, wanted in LINES
    for shell in (SHELLS if isinstance(wanted, dict) else ("fish",))
]


@pytest.mark.parametrize(("shell", "line", "wanted"), CASES)
def test_each_shell_is_offered_what_fits(told, monkeypatch, shell, line, wanted):
    """Commands, names, ids, topics, phases, states and options, as each shell can take them in."""
    monkeypatch.setenv("MENTORLOG_JOURNAL", str(told.path))
    assert sorted(values(shell, line)) == sorted(wanted)


def test_names_come_from_the_journal_that_the_line_names(told):
    """--journal on the line decides, before the command or after it."""
    path = told.path
    assert values("fish", f"mentorlog --journal {path} next z") == ["zoë: x"]
    assert values("fish", f"mentorlog next --journal {path} z") == ["zoë: x"]


BROKEN = ("no journal", "a folder", "not a database", "truncated", "newer", "no home", "read-only")


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize(
    ("shell", "line"),
    [("bash", "mentorlog next z"), ("zsh", "mentorlog done "), ("fish", "mentorlog log --topic c")],
)
def test_it_is_silent_whatever_the_journal_is(told, tmp_path, shell, broken, line):
    """No journal is made, nothing is printed in error, whatever is wrong."""
    path, env = told.path, {}
    if broken == "no journal":
        path = tmp_path / "missing" / "journal.db"
    elif broken == "a folder":
        path = tmp_path
    elif broken == "not a database":
        path.write_text("hello" * 999)
    elif broken == "truncated":
        path.write_bytes(path.read_bytes()[:5000])
    elif broken == "newer":
        head = bytearray(path.read_bytes())
        head[60:64] = (99).to_bytes(4, "big")
        path.write_bytes(bytes(head))
    elif broken == "read-only":
        path.chmod(0o400)
        path = tmp_path / "missing.db"
    if broken == "no home":
        env = {"HOME": None, "MENTORLOG_JOURNAL": None, "XDG_DATA_HOME": str(tmp_path / "data")}
    else:
        env = {"MENTORLOG_JOURNAL": str(path)}
    before = sorted(tmp_path.rglob("*"))
    assert values(shell, line, **env) == []
    assert sorted(tmp_path.rglob("*")) == before
