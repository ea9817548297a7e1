"""What is set, as rows: key, value, where it comes from, and what is allowed."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from mentorlog.phase.policy import NUMBERS
from mentorlog.settings import KEYS, SECTIONS, Settings

HEADERS = ("Key", "Value", "From", "Allowed")

TEMPLATE = """\
# Settings of mentorlog. A line that begins with # is not in force.

[me]
# working_days = "mon-fri"
# max_a_day = 3
# max_a_week = 8
# hours = "9:00-17:00"
# minutes = 60
# away = ["2026-12-21..2027-01-03"]
# holidays = "DE-BY"
# zone = "Europe/Berlin"
# mail = "me@example.org"

# [with.Ana]
# working_days = ["tue", "thu"]
# zone = "Europe/Lisbon"

[rules]
# weekly_held = 4
"""


def _said(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(_said, value))
    if isinstance(value, float):
        return f"{value:g}"
    return value.isoformat() if isinstance(value, date) else str(value)


def config_rows(
    document: Mapping[str, Any], line: Callable[[str], int | None]
) -> list[dict[str, str]]:
    """Return every key that there is, with the value in force."""
    defaults, (mine, people, rules) = Settings(), (document.get(s, {}) for s in SECTIONS)
    # Of each: its section, what that says, its name, its default, and what it takes.
    keys: list[tuple[str, Mapping[str, Any], str, Any, str]] = []
    for name, (_, allowed) in KEYS["me"].items():
        usual = "9:00-17:00" if name == "hours" else getattr(defaults, name, None)
        keys.append(("me", mine, name, usual, allowed))
    for who, said in people.items():
        keys += [(f"with.{who}", said, name, None, KEYS["with"][name][1]) for name in said]
    for name, number in NUMBERS.items():
        allowed = f"{number.low:g} to {number.high:g} {number.unit}"
        keys.append(("rules", rules, name, number.value, allowed))
    rows = []
    for section, said, name, usual, allowed in keys:
        key = f"{section}.{name}"
        value, origin = said.get(name, "not set" if usual is None else usual), "default"
        if name in said:
            found = line(key)
            origin = f"line {found}" if found else "the file"
        rows.append({"key": key, "value": _said(value), "from": origin, "allowed": allowed})
    return rows
