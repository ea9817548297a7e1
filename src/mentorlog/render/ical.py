"""Events as iCalendar text (RFC 5545), made with icalendar; the same events, the same bytes."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar

from mentorlog.errors import InvalidDocument
from mentorlog.events import Event, Published

# A meeting is announced a quarter of an hour ahead, a whole day at nine on the day before.
TIMED_ALARM, DAY_ALARM = timedelta(minutes=-15), timedelta(hours=-15)


class _Text(icalendar.vText):
    """A text in which a backslash before an N stays one; icalendar makes a line end of it."""

    def to_ical(self) -> bytes:
        text = str(self).replace("\\", "\\\\")
        for plain, escaped in ((";", "\\;"), (",", "\\,"), ("\n", "\\n")):
            text = text.replace(plain, escaped)
        return text.encode()


def ical(events: Sequence[tuple[Event, Published]], *, alarms: bool) -> bytes:
    """Return the calendar in UTF-8; InvalidDocument for a time zone that is not known here."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//mentorlog//mentorlog//EN")
    calendar.add("version", "2.0")
    for zone in _zones([event for event, _ in events]):
        calendar.add_component(zone)
    for event, published in events:
        calendar.add_component(_component(event, published, alarms))
    content: bytes = calendar.to_ical()
    return content


def _zones(events: Sequence[Event]) -> list[icalendar.Timezone]:
    """The time zones in use, over the years in use; that of UTC where there is no event.

    A calendar must hold something to be valid.
    """
    names = sorted({event.zone for event in events if event.zone and event.at})
    years = [event.on.year for event in events] or [1970]
    first, last = date(max(min(years) - 1, 1), 1, 1), date(min(max(years) + 2, 9999), 1, 1)
    return [_zone(name, first, last) for name in (names if events else ["UTC"])]


def _zone(name: str, first: date, last: date) -> icalendar.Timezone:
    """Describe a time zone over some years.

    icalendar gives the hour after clocks have gone forward, RFC 5545 wants the one before.
    """
    zone = icalendar.Timezone.from_tzinfo(zone_of(name), name, first, last)
    for part in zone.subcomponents:
        forward = part.TZOFFSETTO - part.TZOFFSETFROM
        if forward > timedelta(0):
            days: Any = part.get("RDATE")
            part.DTSTART -= forward
            if days is not None:
                part["RDATE"] = icalendar.vDDDLists([day.dt - forward for day in days.dts])
    return zone


def zone_of(name: str) -> ZoneInfo:
    """Return a time zone by its IANA name; InvalidDocument if this machine has none such."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise InvalidDocument(
            f"the time zone '{name}' is not known on this machine",
            "correct it, or install the time zones: pip install tzdata",
        ) from error


def _component(event: Event, published: Published, alarms: bool) -> icalendar.Event:
    component = icalendar.Event()
    start, end = _span(event)
    timed = event.at is not None
    fields: dict[str, Any] = {
        "uid": event.uid,
        "summary": _Text(event.summary),
        "dtstart": start,
        "dtend": end,
        "dtstamp": datetime.fromisoformat(published.stamp),
        "sequence": published.sequence,
        "status": event.status,
        # A day without a time takes only a part of it.
        "transp": "OPAQUE" if timed and event.status == "CONFIRMED" else "TRANSPARENT",
    }
    for name, value in fields.items():
        component.add(name, value)
    if alarms and event.status != "CANCELLED":
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _Text(event.summary))
        alarm.add("trigger", TIMED_ALARM if timed else DAY_ALARM)
        component.add_component(alarm)
    return component


def _span(event: Event) -> tuple[date, date]:
    if event.at is None:
        return event.on, event.on + timedelta(days=1)
    start, length = datetime.combine(event.on, event.at), timedelta(minutes=event.minutes or 0)
    if event.zone is None:
        return start, start + length
    zone = zone_of(event.zone)
    start = start.replace(tzinfo=zone)
    # By way of a moment, as a change of the clocks during a meeting does not make it longer.
    return start, datetime.fromtimestamp(start.timestamp() + length.total_seconds(), zone)
