"""``python -m tests.benchmarks``: every budget of speed beside its floor, in one run.

Times are of whole processes, as a person waits for them. The floor is measured right before
each command, so that a busy machine slows both; the least time of many is the least disturbed,
and each command is held against as many runs of the floor as it had itself.
"""

import argparse
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tests.benchmarks.journals import Size, build, write_csv

SMALL, LONG, LARGE = Size(100, 10_000), Size(100, 100_000), Size(1_000, 100_000)
# Twenty goals and ten decisions of each of them too: more than the budget speaks of.
EVENTFUL = Size(100, 100_000, eventful=True)
PROGRAM = str(Path(sysconfig.get_path("scripts")) / "mentorlog")
FLOOR = (sys.executable, "-c", "import typer, sqlite3")
BARE = (sys.executable, "-c", "pass")
NAME = "priya okafor 0000"
ADD = ("add-session", NAME, "paired on the parser", "--trust", "4")
IMPORT_ROWS, ROWS_A_SECOND, MEGABYTES = Size(100, 100_000), 20_000, 60

# A small process in between, as a child's peak is never below what its parent had in use.
_PEAK = (
    "import resource, subprocess, sys;"
    "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL);"
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
)


@dataclass
class Timed:
    """A command, what it runs on, and the times it took."""

    what: str
    size: Size | None
    words: tuple[str, ...]
    budget: float = 0.0
    env: dict[str, str] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    floors: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """The least time to the least of the floor's, each run right before this one."""
        return min(self.seconds) / min(self.floors)

    @property
    def least(self) -> float:
        """The least of the times, in milliseconds."""
        return min(self.seconds) * 1000

    @property
    def middle(self) -> float:
        """The median of the times, in milliseconds."""
        return statistics.median(self.seconds) * 1000

    def once(self) -> None:
        """Run it and note the time; its output goes to a pipe."""
        begin = time.perf_counter()
        subprocess.run(self.words, env=self.env, check=True, capture_output=True)
        self.seconds.append(time.perf_counter() - begin)


def say(text: str = "") -> None:
    """Write one line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def verdict(value: float, budget: float) -> str:
    """``ok`` within the budget, ``OVER`` beyond it."""
    return "ok" if value <= budget else "OVER"


def environment(journal: Path) -> dict[str, str]:
    """An environment with that journal and a home of its own, so without a configuration.

    Without Python's variables too: an installed program has its bytecode, and buffers.
    """
    own = ("XDG_", "MENTORLOG_", "PYTHON")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(own)}
    return kept | {"HOME": str(journal.parent), "MENTORLOG_JOURNAL": str(journal)}


def everyday(journals: dict[Size, Path]) -> list[Timed]:
    """The commands that have a budget against the floor."""
    found: list[Timed] = []

    def add(what: str, size: Size, budget: float, *words: str, **more: str) -> None:
        env = environment(journals[size]) | more
        found.append(Timed(what, size, (PROGRAM, *words), budget, env))

    for size, budget in ((SMALL, 1.5), (LONG, 0.0), (EVENTFUL, 0.0), (LARGE, 3.0)):
        for words in (("next",), ("status",), ("remind",)):
            add(" ".join(words), size, budget, *words)
        add("next NAME", size, budget, "next", NAME)
    add("add-session", LONG, 1.5, *ADD)
    add("add-session", LARGE, 1.5, *ADD)
    add("search", LARGE, 2.0, "search", "release planning")
    add("next, all set", SMALL, 2.0, "next", XDG_CONFIG_HOME=str(settings(journals[SMALL].parent)))
    complete = {
        "_MENTORLOG_COMPLETE": "complete_bash",
        "COMP_WORDS": "mentorlog next p",
        "COMP_CWORD": "2",
    }
    add("complete a name", LARGE, 1.3, **complete)
    return found


def settings(folder: Path) -> Path:
    """A configuration folder in which days, limits, holidays and zones are set."""
    file = folder / "set" / "mentorlog" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text(
        "[me]\nworking_days = 'mon-fri'\nmax_a_day = 12\nmax_a_week = 60\n"
        "away = ['2026-12-21..2027-01-03']\nholidays = 'DE-BY'\nzone = 'Europe/Berlin'\n"
        f"[with.'{NAME}']\nworking_days = 'tue-thu'\nholidays = 'US'\n"
    )
    return file.parent.parent


def measure(commands: list[Timed], floor: Timed, bare: Timed, rounds: int) -> None:
    """Run everything in turn, the floor before each command, once unmeasured to warm up."""
    for command in commands:
        command.once()
        command.seconds.clear()
    for _ in range(rounds):
        bare.once()
        for command in commands:
            floor.once()
            command.floors.append(floor.seconds[-1])
            command.once()


def show_ratios(commands: Iterable[Timed]) -> list[str]:
    """Print each command's times and its ratio to the floor; return the verdicts."""
    said = []
    say(f"\n{'command':<18}{'at':>15}{'least':>9}{'median':>9}{'ratio':>8}{'budget':>9}")
    for c in commands:
        said.append(verdict(c.ratio, c.budget) if c.budget else "")
        budget = f"{c.budget:.2f}" if c.budget else "-"
        say(
            f"{c.what:<18}{c.size!s:>15}{c.least:>9.1f}{c.middle:>9.1f}{c.ratio:>8.2f}{budget:>9}"
            f"  {said[-1]}"
        )
    return said


def show_growth(commands: list[Timed]) -> list[str]:
    """Print what ten times the sessions of the same relationships cost; return the verdicts."""
    said = []
    small = {c.what: c for c in commands if c.size == SMALL}
    for title, size, budget in (
        ("ten times the sessions", LONG, 1.15),
        ("and the goals and decisions", EVENTFUL, 0.0),
    ):
        say(f"\n{title:<33}{'least':>9}{'median':>9}{'':>8}{'budget':>9}")
        for long in (c for c in commands if c.size == size and c.what in small):
            short = small[long.what]
            least, middle = long.least / short.least, long.middle / short.middle
            said.append(verdict(least, budget) if budget else "")
            limit = f"{budget:.2f}" if budget else "-"
            say(f"{long.what:<33}{least:>9.2f}{middle:>9.2f}{'':>8}{limit:>9}  {said[-1]}")
    return said


def show_memory(commands: list[Timed]) -> list[str]:
    """Print the peak memory of each command on the large journals; return the verdicts."""
    said = []
    say(f"\n{'peak memory, MB':<18}{'at':>15}{'peak':>9}{'':>17}{'budget':>9}")
    for c in (c for c in commands if c.size != SMALL):
        words = (sys.executable, "-c", _PEAK, *c.words)
        output = subprocess.run(words, env=c.env, check=True, capture_output=True).stdout
        # Kilobytes, but for macOS, which counts bytes.
        peak = int(output) / (1024 * (1024 if sys.platform == "darwin" else 1))
        said.append(verdict(peak, MEGABYTES))
        say(f"{c.what:<18}{c.size!s:>15}{peak:>9.1f}{'':>17}{MEGABYTES:>9}  {said[-1]}")
    return said


def unrecorded(journal: Path) -> Path:
    """A copy of a journal in which no change is recorded."""
    copy = journal.with_name(f"unrecorded-{journal.name}")
    shutil.copy(journal, copy)
    with sqlite3.connect(copy) as conn:
        for (name,) in conn.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_recorded'"
        ).fetchall():
            conn.execute(f"DROP TRIGGER {name}")
    return copy


def show_recording(journal: Path, empty: Path, csv: Path, rounds: int) -> list[str]:
    """Print what recording every change costs a session and an import; return the verdicts."""
    said = []
    say(f"\n{'with changes recorded':<33}{'with':>9}{'without':>9}{'ratio':>8}{'budget':>9}")
    for what, path, words, budget, times in (
        ("add-session", journal, ADD, 1.3, rounds),
        ("import", empty, ("import", str(csv)), 2.0, 2),
    ):
        both = [
            Timed(what, None, (PROGRAM, *words), env=environment(file))
            for file in (path, unrecorded(path))
        ]
        for _ in range(times):
            for command in both:
                fresh = Path(command.env["MENTORLOG_JOURNAL"])
                kept = fresh.read_bytes() if what == "import" else b""
                command.once()
                if kept:
                    fresh.write_bytes(kept)
        ratio = both[0].least / both[1].least
        said.append(verdict(ratio, budget))
        say(
            f"{what:<33}{both[0].least:>9.1f}{both[1].least:>9.1f}{ratio:>8.2f}{budget:>9.2f}"
            f"  {said[-1]}"
        )
    return said


def show_import(folder: Path, today: date) -> list[str]:
    """Import a large file three times into new journals; print the best rate."""
    file = write_csv(folder / "sessions.csv", IMPORT_ROWS, today)
    journal = folder / "imported.db"
    run = Timed("import", IMPORT_ROWS, (PROGRAM, "import", str(file)), env=environment(journal))
    for _ in range(3):
        journal.unlink(missing_ok=True)
        run.once()
    rate = IMPORT_ROWS.sessions / min(run.seconds)
    said = "ok" if rate >= ROWS_A_SECOND else "OVER"
    say(f"\n{'import, rows a second':<33}{rate:>9,.0f}{'':>17}{ROWS_A_SECOND:>9,}  {said}")
    return [said]


def main(arguments: list[str]) -> int:
    """Build the journals, measure, print the table; 1 if a budget is exceeded."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=15, help="how often each one runs")
    rounds, today = parser.parse_args(arguments).rounds, date.today()
    folder = Path(tempfile.mkdtemp(prefix="mentorlog-benchmarks-"))
    try:
        say(f"building journals (relationships/sessions): {SMALL}, {LONG}, {EVENTFUL}, {LARGE}")
        journals = {
            size: build(folder / f"{size}.db".replace("/", "-"), size, today)
            for size in (SMALL, LONG, EVENTFUL, LARGE)
        }
        bare = Timed("bare python", None, BARE, env=environment(journals[SMALL]))
        floor = Timed("floor", None, FLOOR, env=environment(journals[SMALL]))
        commands = everyday(journals)
        measure(commands, floor, bare, rounds)
        say(f"\nmilliseconds, {rounds} rounds; {floor.what}: {' '.join(FLOOR[1:])}")
        say(f"{bare.what:<33}{bare.least:>9.1f}{bare.middle:>9.1f}")
        say(f"{floor.what:<33}{floor.least:>9.1f}{floor.middle:>9.1f}")
        said = show_ratios(commands) + show_growth(commands) + show_memory(commands)
        said += show_import(folder, today)
        empty = folder / "empty.db"
        Timed("", None, (PROGRAM, "add-relationship", "Nobody"), env=environment(empty)).once()
        said += show_recording(journals[LONG], empty, folder / "sessions.csv", rounds)
    finally:
        shutil.rmtree(folder)
    return int("OVER" in said)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
