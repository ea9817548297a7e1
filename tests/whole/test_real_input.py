"""Text that nobody wrote for this program: real check-ins of real people, read in place."""

from pathlib import Path

import pytest

from tests.conftest import Journal

CHECKINS = Path(__file__).resolve().parents[3] / "shared" / "data" / "gsoc-checkins-2020-2022.csv"

pytestmark = pytest.mark.skipif(not CHECKINS.exists(), reason="the real input is not here")


@pytest.fixture
def real(journal: Journal) -> Journal:
    """A journal with the check-ins of eight contributors in three summers."""
    said = journal.ok(f"import {CHECKINS}").splitlines()
    assert said[0] == "Imported 110 sessions and 8 new relationships."
    assert said[1].startswith("New: Antriksh Misri, Bruno Messias, ")
    return journal


def test_the_same_file_again_adds_nothing(real: Journal) -> None:
    """An import is idempotent, and a dry run says so beforehand."""
    assert "Would import 0 sessions" in real.ok(f"import {CHECKINS} --dry-run")
    said = real.ok(f"import {CHECKINS}")
    assert said == "Imported 0 sessions and 0 new relationships; 110 were there already.\n"


@pytest.mark.parametrize(
    ("today", "who"),
    [
        ("2020-07-01", {"Lenix Lobo": "2020-07-05", "Soham Biswas": "2020-07-05"}),
        ("2021-07-22", {"Sajag Swami": "2021-07-26", "Bruno Messias": "2021-07-26"}),
    ],
)
def test_in_the_middle_of_a_summer_the_next_date_is_a_week_on(
    real: Journal, today: str, who: dict[str, str]
) -> None:
    """Who meets weekly is next met a week after the last time; who is to come is not shown."""
    real.today = today
    found = {item["relationship"]: item for item in real.items("next")}
    assert {name: found[name]["due_on"] for name in who} == who
    assert all(
        item["last_held_on"] is None or item["last_held_on"] <= today for item in found.values()
    )
    assert all(found[name]["advice"]["move"] == "ask" for name in who)


def test_years_later_all_is_quiet_and_nobody_is_reminded(real: Journal) -> None:
    """A summer that is long over is shown as quiet, and left in peace by cron."""
    real.today = "2026-11-24"
    assert {item["standing"] for item in real.items("status")} == {"quiet"}
    assert real.ok("remind") == ""
    assert "quiet since Aug 2020" in real.ok("next lenix")


def test_long_notes_of_any_script_read_well(real: Journal) -> None:
    """Every line of a page is printable, and what is cut says how to see the rest."""
    page = real.ok("show bruno")
    assert all(line.isprintable() for line in page.splitlines())
    assert "more lines: mentorlog show s" in page
    assert len(real.ok("log").splitlines()) == 110
