"""Fields of records as text: how each is read, for editing and importing alike."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from mentorlog.cli.relationships import parse_ladder
from mentorlog.cli.run import text_of
from mentorlog.dates import parse_cadence, parse_day, parse_time
from mentorlog.errors import BadUsage
from mentorlog.names import clean_name
from mentorlog.phase.policy import LAWRENCE
from mentorlog.zones import find_zone

Reader = Callable[[str, str, date], Any]

_SPELLINGS = {"canceled": "cancelled", "no show": "no-show", "no_show": "no-show"}
_YES, _NO = ("yes", "true", "1"), ("no", "false", "0")


def _words(*allowed: str) -> Reader:
    def read(field: str, text: str, today: date) -> str:
        word = text.strip().lower()
        word = _SPELLINGS.get(word, word)
        if word not in allowed:
            raise BadUsage(f"{field} is '{text}'", f"one of: {', '.join(allowed)}")
        return word

    return read


def _number(low: int, high: int) -> Reader:
    def read(field: str, text: str, today: date) -> int:
        digits = text.strip()
        plain = digits.isascii() and digits.isdigit() and len(digits) <= 6
        if not (plain and low <= int(digits) <= high):
            raise BadUsage(f"{field} is '{text}'", f"a whole number from {low} to {high}")
        return int(digits)

    return read


def _minutes(low: int) -> Reader:
    """A length, as other programs write it too: ``45``, ``45 min``, ``1h``, ``1 h 30 min``."""
    number = _number(low, 1440)

    def read(field: str, text: str, today: date) -> int:
        pattern = r"(?:(\d{1,2}) ?(?:h|hrs?|hours?) ?)?(?:(\d{1,4}) ?(?:m|mins?\.?|minutes?)?)?"
        found = re.fullmatch(pattern, text.strip().lower(), re.ASCII)
        minutes = (
            60 * int(found[1] or 0) + int(found[2] or 0) if found and any(found.groups()) else -1
        )
        return minutes if low <= minutes <= 1440 else int(number(field, text, today))

    return read


def flag(field: str, text: str, today: date) -> bool:
    word = text.strip().lower()
    if word not in (*_YES, *_NO):
        raise BadUsage(f"{field} is '{text}'", "yes or no")
    return word in _YES


def past_day(field: str, text: str, today: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return parse_day(text, today=today, ahead=False)
    near = abs(day.year - today.year) <= 100  # beyond that, let it say what may be wrong
    return day if near else parse_day(text, today=today, ahead=False)


def coming_day(field: str, text: str, today: date) -> date:
    return parse_day(text, today=today, ahead=True)


def _plain(read: Callable[[str], Any]) -> Reader:
    return lambda field, text, today: read(text)


def _text(field: str, text: str, today: date) -> str:
    return text_of(text, field)


def _list(field: str, text: str, today: date) -> list[str]:
    return sorted({text_of(part, field) for part in text.split(",") if part.strip()})


_SIDE = _words("me", "them")
_PARTY = _words("both", "me", "them")

# How a field is read, of any kind of record or of one, that is neither a day that has been
# (these end in "_on") nor a text.
_READERS: dict[str, Reader] = {
    **dict.fromkeys(("due_on", "until_on", "from_on"), coming_day),
    **dict.fromkeys(("by", "owner", "agenda"), _SIDE),
    **dict.fromkeys(("agreement by", "agreed_by"), _PARTY),
    **dict.fromkeys(("trust", "their_trust", "energy"), _number(1, 5)),
    **dict.fromkeys(("short_notice", "guess", "breach", "private", "urgent"), flag),
    **dict.fromkeys(("topics", "there"), _list),
    "minutes": _minutes(0),
    "booking minutes": _minutes(1),
    "at": _plain(lambda text: parse_time(text).isoformat("minutes")),
    "zone": _plain(find_zone),
    "every": _plain(lambda text: str(parse_cadence(text))),
    "ladder": _plain(lambda text: ",".join(map(str, parse_ladder(text)))),
    "name": _plain(clean_name),
    "status": _words("held", "cancelled", "no-show"),
    "kind": _words("session", "touch"),
    "opened_up": _words("me", "them", "both", "none"),
    "ready_for": _words(*(phase.name for phase in LAWRENCE.phases), "close"),
    "ending": _words("completed", "early", "dormant"),
    "role": _words("mentor", "mentee", "peer"),
}

_SESSION = (
    "held_on at zone status kind by minutes short_notice trust their_trust guess opened_up energy"
    " agenda breach topics private title notes"
)
# For each kind of record the fields that a person may change; a long text comes last.
_NAMES = {
    "session": _SESSION,
    # What is only booked has no signs yet; `book --move` moves it, and `unbook` calls it off.
    "booking": "at zone minutes private title notes",
    "goal": "added_on urgent text",
    "action": "added_on owner due_on done_on text",
    "outcome": "added_on owner text",
    "agreement": "agreed_on by every ladder until_on ready_for terms",
    "move": "moved_on agreed_by every why",
    "pause": "from_on until_on why",
    "closing": "closed_on reopened_on ending",
    "decline": "declined_on until_on why",
    "parked": "added_on done_on text",
    "relationship": "name role started_on ladder purpose",
    "member": "joined_on left_on name",
    # Of a session with several it is noted who came, and what was said of each.
    "group session": f"there member {_SESSION}",
}


def _reader(kind: str, field: str) -> Reader:
    either = past_day if field.endswith("_on") else _text
    return _READERS.get(f"{kind} {field}") or _READERS.get(field, either)


# For each kind of record: the fields a person may change, and how each is read.
FIELDS = {
    kind: {field: _reader(kind, field) for field in names.split()} for kind, names in _NAMES.items()
}

# What is done otherwise than by changing a field.
_ELSE = {"booking": "; to move it: book NAME DAY --move ID; to call it off: unbook ID"}

# What a record cannot be without, all kinds of it or one; other fields can be emptied.
NEEDED: set[str | tuple[str, str]] = {
    "held_on", "status", "kind", "added_on", "owner", "text", "agreed_on", "moved_on",
    "agreed_by", "from_on", "closed_on", "ending", "declined_on", "name", "role", "started_on",
    "joined_on", ("agreement", "by"), ("decline", "until_on"),
}  # fmt: skip


def read_field(kind: str, field: str, text: str, *, today: date) -> Any:
    """Read one field of a kind of record; an empty text empties an optional one."""
    readers = FIELDS[kind]
    if field not in readers:
        raise BadUsage(
            f"a {kind} has no {field}", f"it has: {', '.join(readers)}{_ELSE.get(kind, '')}"
        )
    if not text.strip() and NEEDED.isdisjoint((field, (kind, field))):
        empty = {"notes": "", "topics": [], "there": [], "member": ""}
        return empty.get(field, False if readers[field] is flag else None)
    return readers[field](field, text, today)
