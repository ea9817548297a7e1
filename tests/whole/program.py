"""The real program in real processes, with a home of its own and nothing else around it."""

import ctypes
import os
import shlex
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

TODAY = "2026-12-01"

# Run the command line, and send this process a signal at its n-th event (a call or a return).
# With 0 for n, say on stderr how many events there were, and the first and last of a write.
_SIGNALLED = """
import os, sys
from mentorlog.__main__ import main

at, signum = int(sys.argv[1]), int(sys.argv[2])
sys.argv = ["mentorlog", *sys.argv[3:]]
seen, inside = 0, []

def watch(frame, event, arg):
    global seen, at
    seen += 1
    # Python itself swallows what is raised in the callback "cb" of its import locks.
    if seen >= at > 0 and frame.f_code.co_name != "cb":
        at = -1
        os.kill(os.getpid(), signum)
    if at == 0 and frame.f_code.co_name == "write" and "journal.py" in frame.f_code.co_filename:
        inside.append(seen)

def leave(code, end=os._exit):  # how main ends
    sys.setprofile(None)
    if at == 0:
        print(seen, *(inside[:1] + inside[-1:]), file=sys.stderr, flush=True)
    end(code)

os._exit = leave
sys.setprofile(watch)
main()
"""


class Program:
    """The program as a person has it: the journal lies where it lies by default."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        self.home.mkdir(exist_ok=True)
        self.folder = self.home / ".local" / "share" / "mentorlog"
        self.path = self.folder / "journal.db"
        self.env = {"PATH": "/usr/bin:/bin", "HOME": str(self.home), "LANG": "C.UTF-8"}

    def words(self, line: str) -> list[str]:
        """Return the words that start a command line, as on a fixed day."""
        return [sys.executable, "-m", "mentorlog", "--today", TODAY, *shlex.split(line)]

    def start(self, line: str, **options: Any) -> "subprocess.Popen[str]":
        """Start a command and return its process, all three streams piped."""
        pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        return subprocess.Popen(
            self.words(line), **{"env": self.env, "text": True, **pipes, **options}
        )

    def run(self, line: str, **options: Any) -> "subprocess.CompletedProcess[str]":
        """Run a command to its end, without input unless given."""
        if "input" not in options:
            options.setdefault("stdin", subprocess.DEVNULL)
        for name in ("stdout", "stderr"):
            options.setdefault(name, subprocess.PIPE)
        return subprocess.run(
            self.words(line), **{"env": self.env, "text": True, "check": False, **options}
        )

    def ok(self, line: str, **options: Any) -> str:
        """Run a command that must succeed quietly; return what it prints."""
        done = self.run(line, **options)
        assert (done.returncode, done.stderr) == (0, ""), done
        return str(done.stdout)

    def fails(self, line: str, *, code: int, says: str = "", **options: Any) -> str:
        """Run a command that must fail with a code and one error; return its stderr."""
        done = self.run(line, **options)
        assert (done.returncode, done.stdout or "") == (code, ""), done
        assert done.stderr.startswith("error: ") and "Traceback" not in done.stderr, done
        assert says in done.stderr, done.stderr
        return str(done.stderr)

    def signalled(self, line: str, *, at: int, signum: int) -> "subprocess.CompletedProcess[str]":
        """Run a command that is sent a signal at its ``at``-th event."""
        own = shlex.split(line)
        return subprocess.run(
            [sys.executable, "-c", _SIGNALLED, str(at), str(int(signum)), "--today", TODAY, *own],
            env={**self.env, "PYTHONHASHSEED": "0"}, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    def moments(self, line: str, count: int) -> list[int]:
        """Run a command that writes; return event numbers all over it and, as many, its write."""
        total, first, last = map(int, self.signalled(line, at=0, signum=0).stderr.split())
        spread = [10 + (total - 20) * i // (count - 1) for i in range(count)]
        return spread + [first + (last - first) * i // (count - 1) for i in range(count)]

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask the journal file itself, without the program."""
        with closing(sqlite3.connect(f"{self.path.as_uri()}?mode=ro", uri=True)) as conn:
            return conn.execute(sql).fetchall()

    def notes(self) -> list[str]:
        """Return the notes of all sessions, in the order of recording."""
        return [notes for (notes,) in self.rows("SELECT notes FROM session ORDER BY id")]

    def files(self) -> list[str]:
        """Return the names of all files beside the journal, and its own."""
        return sorted(path.name for path in self.folder.iterdir())

    def check_whole(self) -> None:
        """Check that the program reads the journal, that it is whole, and that it is alone."""
        self.ok("next")  # also rolls back what a killed process left
        assert self.rows("PRAGMA integrity_check") == [("ok",)]
        assert self.rows("PRAGMA foreign_key_check") == []
        # SQLite leaves a rollback journal that holds nothing to roll back; the next write takes it.
        assert set(self.files()) <= {"journal.db", "journal.db-journal"}


def bound_by_permissions() -> None:
    """Make permissions bind in a child of root too, as its owner: for ``preexec_fn``."""
    if os.geteuid() == 0:
        drop_from_bounding_set, dac_override, dac_read_search = 24, 1, 2
        for capability in (dac_override, dac_read_search):
            assert ctypes.CDLL(None).prctl(drop_from_bounding_set, capability, 0, 0, 0) == 0
