"""Settings, the plan and the calendars together: what one says, the others say too."""

import tomllib
from pathlib import Path

import pytest

WHERE = Path(".config", "mentorlog", "config.toml")


@pytest.fixture
def sets():
    """``sets("[me]...")``: write config.toml."""

    def write(text: str) -> None:
        path = Path.home() / WHERE
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    return write


@pytest.mark.parametrize(
    "line", ["next", "next ana", "plan", "calendar -o out.ics", "book ana 'thu 15:00'", "brief ana"]
)
def test_the_settings_are_read_once(ok, sets, monkeypatch, tmp_path, line):
    """However many parts of a command ask for them."""
    ok("add-relationship Ana --started 2026-11-16")
    sets("[me]\nmax_a_day = 3\nzone = 'Europe/Berlin'\n[with.Ana]\nzone = 'Europe/Lisbon'")
    monkeypatch.chdir(tmp_path)
    loads, read = tomllib.loads, []
    monkeypatch.setattr(tomllib, "loads", lambda text: read.append(text) or loads(text))
    ok(line)
    assert len(read) == 1


def test_a_slip_in_the_settings_calls_nothing_off(ok, fails, sets):
    """It is told before the booking is touched."""
    ok("add-relationship Ana --started 2026-11-16")
    ok("book ana 'thu 15:00'")
    sets("[me]\nminutes = 'long'")
    fails("unbook s1", code=6, says="line 2: 'me.minutes'")
    sets("")
    assert "Called off s1" in ok("unbook s1")
