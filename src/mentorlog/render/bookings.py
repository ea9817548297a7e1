"""A booked meeting in words: its day and time, what each clock shows, and what to mind."""

from typing import TYPE_CHECKING

from mentorlog.dates import say_day, say_short, say_time
from mentorlog.model import Session
from mentorlog.phase.advice import Outlook
from mentorlog.phase.cadence import booking

if TYPE_CHECKING:  # most bookings name no zone
    from mentorlog.zones import Fit, Place, Shift, Zones

_FITS = {
    "skipped": "{asked} does not come on {day} in {zone}, as clocks go forward: {real} is meant.",
    "twice": "{asked} comes twice on {day} in {zone}, as clocks go back: the first is meant.",
}
_AMOUNTS = {30: "half an hour", 60: "an hour"}


def say_booking(session: Session) -> str:
    """Return day, time and zone of a booking: ``Thu 3 Dec 2026 at 15:00 (Europe/Lisbon)``."""
    return say_day(session.held_on) + _at(session)


def _at(session: Session) -> str:
    at = f" at {say_time(session.at)}" if session.at else ""
    return f"{at} ({session.zone})" if session.zone else at


def next_day(outlook: Outlook, *, short: bool = False) -> str:
    """Return the day to meet, and its time where one is booked: ``today at 15:00``."""
    timing, booked, today = outlook.timing, booking(outlook.state), outlook.state.today
    if timing.next_on is None:
        return "no date"
    day = say_short(timing.next_on, today=today) if short else say_day(timing.next_on)
    if booked is None or booked.held_on != timing.next_on:
        return day
    return f"{'today' if booked.held_on == today else day}{_at(booked)}"


def fit_line(fit: "Fit", asked: Session, real: Session, zone: str) -> str:
    """Return what to say of a time that is skipped or comes twice; empty for any other."""
    assert asked.at and real.at
    words = {"asked": say_time(asked.at), "real": say_time(real.at), "zone": zone}
    return _FITS[fit].format(day=say_day(asked.held_on), **words) if fit in _FITS else ""


def clock_lines(session: Session, zones: "Zones", name: str) -> list[str]:
    """Return what each clock shows, where they differ, and whom the hour may not suit."""
    from mentorlog.zones import outside, places

    found = places(session, zones)
    lines = []
    if len({place.wall for place in found}) > 1:
        lines.append(f"{', '.join(_clock(place, session, name) for place in found)}.")
    late = outside(found, session.minutes)
    if late:
        lines.append(f"Outside 8:00 to 20:00 {' and '.join(_whose(p, name) for p in late)}.")
    return lines


def shift_lines(last: Session | None, now: Session, zones: "Zones", name: str) -> list[str]:
    """Return whose clock shows another time than last time, and why."""
    from mentorlog.zones import shift

    moved = shift(last, now, zones) if last else None
    return [_shifted(moved, name)] if moved else []


def _clock(place: "Place", session: Session, name: str) -> str:
    day = "" if place.wall.date() == session.held_on else f"{say_day(place.wall.date())[:3]} "
    return f"{day}{say_time(place.wall.time())} {_whose(place, name)}"


def _whose(place: "Place", name: str) -> str:
    if place.side is None:
        return f"in {place.zone}"
    return "for you" if place.side == "me" else f"for {name}"


def _shifted(moved: "Shift", name: str) -> str:
    far, place = abs(moved.minutes), moved.place
    hours = f"{far // 60} hours" if far % 60 == 0 else f"{far} minutes"
    amount = f"{_AMOUNTS.get(far, hours)} {'later' if moved.minutes > 0 else 'earlier'}"
    who = _whose(place, name)
    days = " and ".join(map(say_day, moved.changes))
    why = f": clocks change on {days}" if days else ""
    at = say_time(place.wall.time())
    return f"{who[:1].upper()}{who[1:]} it is {at} this time, {amount} than last time{why}."
