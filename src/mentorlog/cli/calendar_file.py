"""The busy times of a calendar file, as calendar programs export or sync it.

Only what reads a file for the first time imports this: the packages take long to load.
"""

import re
import warnings
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import recurring_ical_events
from icalendar.timezone import tzp

from mentorlog.busy import BusyTime
from mentorlog.errors import InvalidDocument

_TIMES = ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID")
_RULES = ("RRULE", "RDATE", "EXDATE")
_TOO_OFTEN = {"SECONDLY", "MINUTELY"}
# Every hour since 2005 is fewer; what is more takes minutes to read, and is nobody's calendar.
_MOST_TIMES = 200_000
# A time zone or a change of the clocks away, a day of the file is another day here.
_MARGIN = timedelta(days=2)


def read_busy(path: Path, content: bytes, first: date, last: date) -> list[BusyTime]:
    """Return the times that a calendar's events take from ``first`` to ``last``, or near it.

    Raises InvalidDocument naming the file and the event that cannot be used.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # guesses about time zones, which it makes well
        found: list[BusyTime] = []
        for calendar in _calendars(path, content):
            for events in _by_uid(calendar):
                found += _busy_times(path, calendar, events, first - _MARGIN, last + _MARGIN)
    return sorted(found, key=str)


def _calendars(path: Path, content: bytes) -> list[Any]:
    tzp.use_default()  # forgets the time zones that the file before has described
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _fault(path, "", "it is not UTF-8 text") from error
    try:
        calendars = icalendar.Calendar.from_ical(text, multiple=True)
    except Exception as error:  # whatever a parser meets in a broken file
        raise _fault(path, _broken_event(text), str(error)) from error
    edges = re.findall(r"^(BEGIN|END):VCALENDAR\s*$", text, re.MULTILINE | re.IGNORECASE)
    if not edges:
        raise _fault(path, "", "there is no calendar in it")
    if len(edges) != 2 * len(calendars) or any(c.name != "VCALENDAR" for c in calendars):
        raise _fault(path, _broken_event(text), "it ends before its END line")
    return calendars


def _broken_event(text: str) -> str:
    """The first event that cannot be read by itself, or the last one begun."""
    block = ""
    for block in re.split(r"^(?=BEGIN:VEVENT)", text, flags=re.MULTILINE)[1:]:
        event, ended, _ = block.partition("END:VEVENT")
        try:
            icalendar.Event.from_ical(event + ended)
        except Exception:  # the one that is looked for
            break
    said = dict(re.findall(r"^(UID|SUMMARY)[^:\n]*:(.*?)\r?$", block, re.MULTILINE))
    return _called(said.get("UID"), said.get("SUMMARY")) if block else ""


def _called(uid: Any, summary: Any) -> str:
    named = f" ({summary})" if summary else ""
    return f"the event {uid or 'without a UID'}{named}: "


def _by_uid(calendar: Any) -> list[list[Any]]:
    """The events, each with its changed instances."""
    found: dict[Any, list[Any]] = {}
    for number, event in enumerate(calendar.walk("VEVENT")):
        found.setdefault(event.get("UID", number), []).append(event)
    return list(found.values())


def _busy_times(
    path: Path, calendar: Any, events: list[Any], first: date, last: date
) -> Iterator[BusyTime]:
    event = events[0]
    try:
        alone = calendar.copy()  # its own fields, which can name a time zone for all
        for event in events:
            _check(event, last)
            alone.add_component(event)
        for event in recurring_ical_events.of(alone).between(first, last):
            busy = _busy_time(event["DTSTART"].dt, event["DTEND"].dt)
            said = {str(event.get(name, "")).upper() for name in ("TRANSP", "STATUS")}
            taken = not said & {"TRANSPARENT", "CANCELLED"}
            if taken and busy.start < busy.end:
                yield busy
    except Exception as error:  # whatever the packages meet in a broken event
        called = _called(event.get("UID"), event.get("SUMMARY"))
        raise _fault(path, called, str(error)) from error


def _check(event: Any, last: date) -> None:
    """Raise ValueError for what would be read as something else, or not at all."""
    for name, problem in event.errors:
        if name is None or name in (*_TIMES, *_RULES):
            raise ValueError(f"{name}: {problem}" if name else problem)
    if "DTSTART" not in event:
        raise ValueError("it has no DTSTART")
    for name in _TIMES:
        value = event.get(name)
        if isinstance(value, list):
            raise ValueError(f"it has {name} more than once")
        zone = value.params.get("TZID") if value is not None else None
        if zone and isinstance(value.dt, datetime) and value.dt.tzinfo is None:
            raise ValueError(f"its time zone '{zone}' is neither known nor described in the file")
    start, end, length = (event.get(name) for name in ("DTSTART", "DTEND", "DURATION"))
    if length is not None and length.dt < timedelta(0):
        raise ValueError("it lasts less than nothing")
    if end is not None and _instant(end.dt) < _instant(start.dt):
        raise ValueError("it ends before it begins")
    rules = event.get("RRULE", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        if not rule:
            raise ValueError("its RRULE is empty")
        # Many programs write the end of a floating series in UTC, which RFC 5545 forbids.
        if isinstance(start.dt, datetime) and start.dt.tzinfo is None and "UNTIL" in rule:
            rule["UNTIL"] = [
                until.replace(tzinfo=None) if isinstance(until, datetime) else until
                for until in rule["UNTIL"]
            ]
        if any(int(n) < 1 for n in rule.get("INTERVAL", ())):
            raise ValueError("it repeats at an interval of nothing")
        if _TOO_OFTEN & set(rule.get("FREQ", ())):
            raise ValueError("it repeats every minute or more often")
        if _times(rule, start.dt, last) > _MOST_TIMES:
            raise ValueError(f"it repeats more than {_MOST_TIMES:,} times")


_A_DAY = {"YEARLY": 1 / 365, "MONTHLY": 1 / 28, "WEEKLY": 1 / 7, "DAILY": 1, "HOURLY": 24}


def _times(rule: Any, start: date, last: date) -> float:
    """How often a rule comes at most from its start to a day."""
    freq = str(next(iter(rule.get("FREQ", ())), "DAILY"))
    a_day = _A_DAY.get(freq, 1.0) / min(map(int, rule.get("INTERVAL", (1,))))
    if weekdays := len(rule.get("BYDAY", ())):
        a_day = max(a_day, 1.0) * min(weekdays, 7) / 7
    elif "BYMONTHDAY" in rule or "BYYEARDAY" in rule:
        a_day = max(a_day, 1.0)
    if hours := len(rule.get("BYHOUR", ())):  # of every hour it keeps these
        a_day = a_day * hours / (24 if freq == "HOURLY" else 1)
    for part in ("BYMINUTE", "BYSECOND"):
        a_day *= len(rule.get(part, ())) or 1
    ends = [date(u.year, u.month, u.day) for u in rule.get("UNTIL", ())]
    days = (min([last, *ends]) - date(start.year, start.month, start.day)).days + 1
    return min([a_day * max(days, 1), *map(int, rule.get("COUNT", ()))])


def _instant(value: date) -> str:
    """A day or time in a form that can be compared with another of the same event."""
    if isinstance(value, datetime):
        return (value.astimezone(UTC) if value.tzinfo else value).isoformat()[:19]
    return f"{value.isoformat()}T00:00:00"


def _busy_time(start: date, end: date) -> BusyTime:
    if isinstance(start, datetime) and isinstance(end, datetime):
        if start.tzinfo and end.tzinfo:
            return BusyTime(start.astimezone(UTC), end.astimezone(UTC))
        return BusyTime(start, end)
    return BusyTime(start, max(end, start + timedelta(days=1)))


def _fault(path: Path, event: str, reason: str) -> InvalidDocument:
    return InvalidDocument(
        f"{path}: {event}{reason[:300]}",
        "export the calendar again, or correct the event; nothing was changed",
    )
