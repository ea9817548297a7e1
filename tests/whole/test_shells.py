"""The completion script in a real bash: what it puts on the line is what the command gets."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Journal

BASH = shutil.which("bash")
NAMES = ("Ana Lopez", "O'Brien", 'Say "hi" $HOME', "Zoë Ærø", "Ben (ops) & co; *")

# Source the script as a person does, ask the function that `complete` names for the word being
# typed, and let bash read the completed line: the words of the command are printed, one a line.
ASK = r"""
set -e
source <(_MENTORLOG_COMPLETE=source_bash mentorlog)
function=$(complete -p mentorlog | sed 's/.*-F \([^ ]*\).*/\1/')
COMP_WORDS=(mentorlog next "$1"); COMP_CWORD=2
"$function" mentorlog "$1" next
test "${#COMPREPLY[@]}" = 1
eval "printf '%s\n' ${COMPREPLY[0]}"
"""


@pytest.mark.skipif(BASH is None, reason="there is no bash on this machine")
@pytest.mark.parametrize("name", NAMES)
def test_bash_completes_a_name_that_the_command_then_finds(
    journal: Journal, tmp_path: Path, name: str
) -> None:
    """A few letters become the whole name, quoted so that it arrives as one argument."""
    program = tmp_path / "bin" / "mentorlog"
    program.parent.mkdir()
    program.write_text(f"#!{sys.executable}\nfrom mentorlog.__main__ import main\nmain()\n")
    program.chmod(0o700)
    opened = journal.run(f"add-relationship {_quoted(name)}")
    assert opened.exit_code == 0
    env = {
        **os.environ,
        "PATH": f"{program.parent}:{os.environ['PATH']}",
        "MENTORLOG_JOURNAL": str(journal.path),
    }
    got = subprocess.run(
        [str(BASH), "--norc", "-c", ASK, "bash", name[:2]],
        env=env, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (got.returncode, got.stderr) == (0, "")
    assert got.stdout == f"{name}\n"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\"'\"'") + "'"
