"""What is set, as rows: key, value, where it comes from, and what is allowed."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from mentorlog.phase.policy import NUMBERS
from mentorlog.settings import KEYS, Settings

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
    defaults = Settings()
    rows = []
    for name, (_, allowed) in KEYS["me"].items():
        usual = "9:00-17:00" if name == "hours" else getattr(defaults, name, None)
        rows.append(_row(f"me.{name}", document.get("me", {}), name, usual, allowed, line))
    for who, said in document.get("with", {}).items():
        for name in said:
            key = f"with.{who}.{name}"
            rows.append(_row(key, said, name, None, KEYS["with"][name][1], line))
    for name, number in NUMBERS.items():
        allowed = f"{number.low:g} to {number.high:g} {number.unit}"
        rows.append(
            _row(f"rules.{name}", document.get("rules", {}), name, number.value, allowed, line)
        )
    return rows


def _row(
    key: str, said: Mapping[str, Any], name: str, usual: Any, allowed: str,
    line: Callable[[str], int | None],
) -> dict[str, str]:  # fmt: skip
    if name in said:
        number = line(key)
        return {
            "key": key, "value": _said(said[name]), "allowed": allowed,
            "from": f"line {number}" if number else "the file",
        }  # fmt: skip
    value = "not set" if usual is None else _said(usual)
    return {"key": key, "value": value, "from": "default", "allowed": allowed}
