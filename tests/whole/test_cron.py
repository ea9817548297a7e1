"""The real cron daemon runs it: nothing on a quiet day, the right lines on another."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.conftest import Journal

CRON = shutil.which("cron", path="/usr/sbin:/usr/bin:/sbin:/bin")
TABLE = Path("/etc/cron.d/mentorlog-test")
LONGEST_WAIT = 100  # seconds; cron looks at its tables once a minute

pytestmark = [
    pytest.mark.skipif(CRON is None, reason="cron is not installed"),
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can run cron"),
]


def cron_runs() -> bool:
    """Whether a cron runs here already; not every small system has pgrep."""
    for path in Path("/proc").glob("[0-9]*/comm"):
        with suppress(OSError):  # it may have ended meanwhile
            if path.read_text() == "cron\n":
                return True
    return False


@pytest.fixture
def daemon() -> Iterator[None]:
    """A cron that runs, begun here unless one does; the table is gone afterwards."""
    own = None if cron_runs() else subprocess.Popen([str(CRON), "-f"])
    try:
        yield
    finally:
        TABLE.unlink(missing_ok=True)
        if own:
            own.terminate()
            own.wait()


def test_cron_prints_nothing_on_a_quiet_day_and_the_lines_on_another(
    journal: Journal, tmp_path: Path, daemon: None
) -> None:
    """In cron's empty environment, without a terminal, with LANG unset."""
    journal.ok("add-relationship Zoë --every 1w --started 2026-11-02")
    journal.ok("add-session zoe secret --on 2026-11-24")
    program = f"{sys.executable} -m mentorlog --journal {journal.path}"
    lines = ["* * * * * root env > {0}/env"]
    for name, day in (("quiet", "2026-11-26"), ("due", "2026-12-01")):
        remind = f"{program} --today {day} remind --once --exit-code"
        lines.append(
            f"* * * * * root {remind} > {{0}}/{name}.out 2> {{0}}/{name}.err;"
            f" echo $? > {{0}}/{name}.code"
        )
    TABLE.write_text("\n".join(lines).format(tmp_path) + "\n")
    TABLE.chmod(0o644)
    wanted = [tmp_path / name for name in ("env", "quiet.code", "due.code")]
    end = time.monotonic() + LONGEST_WAIT
    while not all(path.exists() and path.read_text() for path in wanted):
        if time.monotonic() > end:
            # Some containers let no session begin, so that cron runs nothing at all.
            if not wanted[0].exists():
                pytest.skip("cron cannot run anything here")
            pytest.fail("cron ran, and mentorlog did not end")
        time.sleep(0.5)
    TABLE.unlink()

    def read(name: str) -> str:
        return (tmp_path / name).read_text(encoding="utf-8")

    assert not any(line.startswith(("LANG=", "LC_", "TERM=")) for line in read("env").splitlines())
    assert (read("quiet.out"), read("quiet.err"), read("quiet.code")) == ("", "", "0\n")
    assert read("due.out").startswith("Zo") and read("due.out").endswith(
        ": due Tue 1 Dec 2026, today\n"
    )
    assert (read("due.err"), read("due.code")) == ("", "10\n")
