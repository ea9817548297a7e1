"""What a person has set about days: their own and those of the people they meet. Pure."""

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from types import MappingProxyType
from typing import Any

from mentorlog.errors import InvalidDocument
from mentorlog.model import frozen
from mentorlog.names import fold_name


@frozen
class Availability:
    """The days of one side. ``None`` is "not said".

    ``working_days`` are 0 (Monday) to 6; ``away`` first and last days, both included; ``holidays``
    a country with or without a region, ``DE`` or ``DE-BY``; ``zone`` an IANA time zone.
    """

    working_days: frozenset[int] | None = None
    away: tuple[tuple[date, date], ...] = ()
    holidays: str | None = None
    zone: str | None = None


@frozen
class Settings:
    """All that ``config.toml`` says beside the numbers of the rules.

    ``max_a_day`` and ``max_a_week`` are meetings of the owner; ``hours`` when a working day
    begins and ends; ``minutes`` the usual length of a meeting; ``mail`` where reminders go;
    ``others`` the days of other people by folded name.
    """

    me: Availability = Availability()
    max_a_day: int | None = None
    max_a_week: int | None = None
    hours: tuple[time, time] = (time(9), time(17))
    minutes: int = 60
    mail: str | None = None
    others: Mapping[str, Availability] = MappingProxyType({})

    def other(self, name: str) -> Availability:
        """Return the days of a person or group of the journal."""
        return self.others.get(fold_name(name), Availability())


NO_PLACES = ("localtime", "Factory", "posixrules")  # another time on every machine
# One plain address, so that nobody else can slip into a header.
ADDRESS = r"[A-Za-z0-9.!#$%&*+/=?^_{|}~'-]{1,64}@[A-Za-z0-9.-]{1,180}"

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _weekdays(value: Any) -> frozenset[int]:
    """``"mon-fri"``, ``"tue"`` or a list of them."""
    found: set[int] = set()
    parts = value.split(",") if isinstance(value, str) else list(value)
    for part in parts:
        ends = [_DAYS.index(name.strip()) for name in part.lower().split("-")]
        start, end = ends if len(ends) > 1 else ends * 2
        found |= {(start + n) % 7 for n in range((end - start) % 7 + 1)}
    if not found:
        raise ValueError
    return frozenset(found)


def _away(value: Any) -> tuple[tuple[date, date], ...]:
    spans = []
    for part in [value] if isinstance(value, str | date) else list(value):
        first, _, last = str(part).partition("..")
        start, end = date.fromisoformat(first.strip()), date.fromisoformat((last or first).strip())
        if end < start:
            raise ValueError
        spans.append((start, end))
    return tuple(sorted(spans))


def _hours(value: Any) -> tuple[time, time]:
    first, last = (
        time.fromisoformat(part.strip().zfill(5)) for part in value.replace("..", "-").split("-")
    )
    if last <= first:
        raise ValueError
    return first, last


def _number(low: int, high: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ValueError
        return value

    return read


def _zone(value: Any) -> str:
    from zoneinfo import ZoneInfo

    if value in NO_PLACES:
        raise ValueError
    return ZoneInfo(value).key


def _matching(pattern: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError
        return str(value)

    return read


# Each key, which is the field it fills: how its value is read, and what is allowed.
Key = tuple[Callable[[Any], Any], str]
_EITHER: dict[str, Key] = {
    "working_days": (_weekdays, '"mon-fri", or a list such as ["tue", "thu"]'),
    "away": (_away, '"2026-12-21..2027-01-03" or "2026-05-01", in a list'),
    "holidays": (
        _matching(r"[A-Z]{2}(-[A-Za-z0-9]{1,4})?"),
        'a country, "DE", or with a region, "DE-BY"',
    ),
    "zone": (_zone, 'a time zone such as "Europe/Berlin"'),
}
_MINE: dict[str, Key] = {
    "max_a_day": (_number(1, 24), "a whole number from 1 to 24"),
    "max_a_week": (_number(1, 168), "a whole number from 1 to 168"),
    "hours": (_hours, 'from when to when you work: "9:00-17:00"'),
    "minutes": (_number(5, 480), "a whole number from 5 to 480"),
    "mail": (_matching(ADDRESS), 'an address: "me@example.org"'),
}
KEYS: dict[str, dict[str, Key]] = {"me": {**_EITHER, **_MINE}, "with": _EITHER}
SECTIONS = (*KEYS, "rules")


def read_settings(document: Mapping[str, Any], where: Callable[[str], str]) -> Settings:
    """Return what ``[me]`` and ``[with.NAME]`` say.

    ``where`` gives file and line of a dotted key. Raises InvalidDocument that names them, for
    an unknown section or key, and for a value that cannot be.
    """
    for section in document:
        if section not in SECTIONS:
            raise _unknown(section, SECTIONS, where(section))
    mine = _read("me", "me", document.get("me", {}), where)
    people = document.get("with", {})
    if not isinstance(people, Mapping):
        raise InvalidDocument(f"{where('with')}: 'with' must be a section", "write [with.Ana]")
    others: dict[str, Availability] = {}
    for name, section in people.items():
        said = Availability(**_read("with", f"with.{name}", section, where))
        if others.setdefault(fold_name(name), said) is not said:
            raise InvalidDocument(
                f"{where(f'with.{name}')}: [with.{name}] is there already in another spelling",
                "put it all into one of them",
            )
    own = {name: mine.pop(name) for name in list(mine) if name in Availability.__match_args__}
    return Settings(me=Availability(**own), others=others, **mine)


def _read(kind: str, section: str, values: Any, where: Callable[[str], str]) -> dict[str, Any]:
    if not isinstance(values, Mapping):
        raise InvalidDocument(f"{where(section)}: '{section}' must be a section", f"[{section}]")
    found = {}
    for name, value in values.items():
        dotted = f"{section}.{name}"
        if name not in KEYS[kind]:
            raise _unknown(dotted, [f"{section}.{known}" for known in KEYS[kind]], where(dotted))
        read, allowed = KEYS[kind][name]
        try:
            found[name] = read(value)
        # What a reader meets in a wrong value: no such zone is a KeyError, a list is a TypeError.
        except (ValueError, TypeError, AttributeError, LookupError, OSError) as error:
            message = f"{where(dotted)}: '{dotted}' cannot be {value!r}"
            raise InvalidDocument(message, f"it takes {allowed}") from error
    return found


def _unknown(key: str, known: Any, where: str) -> InvalidDocument:
    from difflib import get_close_matches

    near = get_close_matches(key, known, 1)
    hint = f"did you mean '{near[0]}'?" if near else f"known: {', '.join(known)}"
    return InvalidDocument(f"{where}: unknown key '{key}'", hint)
