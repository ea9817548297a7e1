"""The exported calendar in real calendar programs: khal and calcurse, where they are there."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.calendars import booked, calendar_file, event, sql
from tests.conftest import Journal

KHAL, CALCURSE = shutil.which("khal"), shutil.which("calcurse")
needs_khal = pytest.mark.skipif(not KHAL, reason="khal is not installed (apt install khal)")
needs_calcurse = pytest.mark.skipif(
    not CALCURSE, reason="calcurse is not installed (apt install calcurse)"
)

KHAL_CONFIG = """
[calendars]
[[mentoring]]
path = {0}/calendar
[sqlite]
path = {0}/khal.db
[default]
default_calendar = mentoring
[locale]
local_timezone = {1}
default_timezone = {1}
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
"""


class Program:
    """A calendar program with a folder of its own, in a time zone."""

    def __init__(self, folder: Path, zone: str = "Europe/Berlin") -> None:
        self.folder, self.zone = folder, zone
        folder.mkdir()

    def run(self, *words: str) -> str:
        """Run the program and return what it prints; it must succeed."""
        env = {**os.environ, "TZ": self.zone, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
        done = subprocess.run(words, env=env, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout


class Khal(Program):
    """khal, which knows an event by its UID."""

    def load(self, file: Path) -> None:
        """Import a file, as a person or cron does again and again."""
        self.config = self.folder / "config"
        (self.folder / "calendar").mkdir(exist_ok=True)
        self.config.write_text(KHAL_CONFIG.format(self.folder, self.zone))
        self.run("khal", "-c", str(self.config), "import", "--batch", str(file))

    def events(self) -> list[str]:
        """The events of 60 days, one a line."""
        shape = "{start-date} {start-time}-{end-time} {title} {status}"
        listed = self.run(
            "khal", "-c", str(self.config), "list", "--day-format", "", "--format", shape,
            "2026-12-01", "60d",
        )  # fmt: skip
        return [" ".join(line.split()) for line in listed.splitlines() if line.strip()]


class Calcurse(Program):
    """calcurse, which does not look at UIDs: what is imported is added to what is there."""

    def load(self, file: Path) -> None:
        """Import a file."""
        self.run(*self._calcurse, "-q", "-i", str(file))

    def purge(self) -> None:
        """Remove the events of mentorlog, known by their first words."""
        self.run(*self._calcurse, "-P", "--filter-pattern", "^Meeting with ")

    def events(self) -> list[str]:
        """The events as they stand in its data file, one a line."""
        lines = (self.folder / "apts").read_text(encoding="utf-8").splitlines()
        # An alarm and the id of a note with the rest of the event stand before the "!".
        return sorted(re.sub(r">[0-9a-f]{40} !", "!", line) for line in lines)

    @property
    def _calcurse(self) -> tuple[str, ...]:
        return ("calcurse", "-D", str(self.folder), "-C", str(self.folder))


@pytest.fixture
def ana(journal: Journal) -> Journal:
    """A meeting with Ana at three in Berlin, and a suggested day with another."""
    journal.ok("add-relationship Ana --started 2026-12-01")
    journal.ok('add-relationship "Émile, the \\\\2nd; 😀" --started 2026-12-02')
    booked(journal, "Ana", "2026-12-08", "15:00", "Europe/Berlin")
    return journal


def export(journal: Journal, folder: Path) -> Path:
    """Write the calendar and return the file."""
    file = folder / "mentoring.ics"
    journal.ok(f"calendar -o {file}")
    return file


def move(journal: Journal) -> None:
    """Move the booked meeting by two days and an hour and a half."""
    sql(journal, "UPDATE session SET held_on = '2026-12-10', at = '16:30' WHERE status = 'booked'")


SUGGESTED = "2026-12-09 - Meeting with Émile, the \\2nd; 😀 (suggested) TENTATIVE"


@needs_khal
def test_khal_shows_the_same_days_and_times(ana: Journal, tmp_path: Path) -> None:
    """A booking with its local time, and a suggestion as a tentative whole day."""
    khal = Khal(tmp_path / "khal")
    khal.load(export(ana, tmp_path))
    assert khal.events() == ["2026-12-08 15:00-15:45 Meeting with Ana CONFIRMED", SUGGESTED]


@needs_khal
def test_khal_shows_the_local_time_of_another_zone(ana: Journal, tmp_path: Path) -> None:
    """Three in Berlin is nine in New York, by the time zone that the file describes."""
    khal = Khal(tmp_path / "khal", "America/New_York")
    khal.load(export(ana, tmp_path))
    assert "2026-12-08 09:00-09:45 Meeting with Ana CONFIRMED" in khal.events()


@needs_khal
def test_khal_updates_on_import_and_shows_what_is_cancelled(ana: Journal, tmp_path: Path) -> None:
    """Moved is moved, imported twice is there once, and unbooked is shown as cancelled."""
    khal = Khal(tmp_path / "khal")
    for _ in range(2):
        khal.load(export(ana, tmp_path))
    move(ana)
    for _ in range(2):
        khal.load(export(ana, tmp_path))
    assert khal.events() == [SUGGESTED, "2026-12-10 16:30-17:15 Meeting with Ana CONFIRMED"]
    sql(ana, "DELETE FROM session WHERE status = 'booked'")
    khal.load(export(ana, tmp_path))
    suggested = "2026-12-08 - Meeting with Ana (suggested) TENTATIVE"
    cancelled = "2026-12-10 - Meeting with Ana (cancelled) CANCELLED"
    assert khal.events() == [suggested, SUGGESTED, cancelled]


APPOINTMENT = "12/08/2026 @ 15:00 -> 12/08/2026 @ 15:45!Meeting with Ana"
DAY = "12/09/2026 [1] Meeting with Émile, the \\2nd; 😀 (suggested)"


@needs_calcurse
def test_calcurse_shows_the_same_days_and_times(ana: Journal, tmp_path: Path) -> None:
    """A booking is an appointment at its local time, a suggestion an event of the day."""
    calcurse = Calcurse(tmp_path / "calcurse")
    calcurse.load(export(ana, tmp_path))
    assert calcurse.events() == [APPOINTMENT, DAY]


@needs_calcurse
def test_calcurse_shows_the_local_time_of_another_zone(ana: Journal, tmp_path: Path) -> None:
    """Three in Berlin is eleven at night in Tokyo."""
    calcurse = Calcurse(tmp_path / "calcurse", "Asia/Tokyo")
    calcurse.load(export(ana, tmp_path))
    assert "12/08/2026 @ 23:00 -> 12/08/2026 @ 23:45!Meeting with Ana" in calcurse.events()


@needs_calcurse
def test_calcurse_adds_on_import_and_is_true_again_after_a_purge(
    ana: Journal, tmp_path: Path
) -> None:
    """Its import duplicates, whatever the UID; purging first keeps all else and is right."""
    calcurse = Calcurse(tmp_path / "calcurse")
    calcurse.load(calendar_file(tmp_path / "own.ics", event("DTSTART;VALUE=DATE:20261202")))
    for _ in range(2):
        calcurse.load(export(ana, tmp_path))
    assert calcurse.events().count(APPOINTMENT) == 2  # why the README says to purge
    move(ana)
    calcurse.purge()
    calcurse.load(export(ana, tmp_path))
    moved = "12/10/2026 @ 16:30 -> 12/10/2026 @ 17:15!Meeting with Ana"
    own = "12/02/2026 [1] Secret talk"
    assert calcurse.events() == [own, DAY, moved]
    sql(ana, "DELETE FROM session WHERE status = 'booked'")
    calcurse.purge()
    calcurse.load(export(ana, tmp_path))
    suggested = "12/08/2026 [1] Meeting with Ana (suggested)"
    assert calcurse.events() == [
        own, suggested, DAY, "12/10/2026 [1] Meeting with Ana (cancelled)"
    ]  # fmt: skip


@needs_khal
def test_the_busy_times_of_what_khal_writes(journal: Journal, tmp_path: Path) -> None:
    """A recurring event that khal made is a busy calendar with the times that khal shows."""
    khal = Khal(tmp_path / "khal")
    khal.load(calendar_file(tmp_path / "seed.ics", event("DTSTART;VALUE=DATE:20261202")))
    khal.run(
        "khal", "-c", str(khal.config), "new", "--repeat", "weekly", "--until", "2026-12-31",
        "2026-12-08", "09:00", "17:00", "Course",
    )  # fmt: skip
    (made,) = [
        path for path in (tmp_path / "khal/calendar").iterdir() if "Course" in path.read_text()
    ]
    listed = [line for line in khal.events() if "Course" in line]
    journal.ok(f"busy add {made}")
    assert journal.items("busy")[0]["times"] == len(listed) == 4
