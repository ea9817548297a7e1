"""Meetings that are in the calendar: booked, moved, and called off in good time."""

import re
from collections.abc import Mapping
from datetime import date, time
from shlex import quote
from typing import Annotated, Any

from mentorlog.cli.arranging import booked_reasons
from mentorlog.cli.decisions import need_open
from mentorlog.cli.loading import load_clock_lines, load_outlook, load_setup
from mentorlog.cli.possible import need_signs
from mentorlog.cli.run import Name, Run, argument, command, option, record_id
from mentorlog.dates import parse_day_and_time, parse_time, say_day
from mentorlog.errors import BadUsage, Refused
from mentorlog.model import Relationship, Session, SessionRecord, Side, replace
from mentorlog.phase.advice import Outlook
from mentorlog.render.bookings import fit_line, say_booking
from mentorlog.render.json import session_item
from mentorlog.render.text import sentence, who
from mentorlog.store import details, reading, writing
from mentorlog.store.journal import Journal
from mentorlog.zones import Zones, find_zone, on_clock, settle, zones_between


@command
def book(
    run: Run,
    name: Name,
    day: Annotated[str, argument('A day ahead, with its time or not: "thu 15:00".', "DAY")],
    at: Annotated[str | None, option("15:00, 15h or 3pm.", of="TIME")] = None,
    minutes: Annotated[int | None, option("How long.", min=1, max=1440)] = None,
    zone: Annotated[str | None, option("Where that is the time: Europe/Lisbon.", of="ZONE")] = None,
    move: Annotated[
        str | None, option("The booking to move here.", of="ID", completes="session")
    ] = None,
) -> None:
    """Put a meeting in the calendar, or move one; it beats every suggestion.

    Example: mentorlog book ana "thu 15:00" --minutes 45
    """
    asked = _asked(run, day, at, minutes, zone)
    journal = run.existing()
    person = reading.find(journal, name)
    zones = zones_between(load_setup(run).settings, person.name)
    need_open(load_outlook(run, journal, person))
    with journal.write() as conn:
        before = _need_booked(journal, move) if move else None
        if before:
            asked = _moved(asked, before, person)
        asked = replace(asked, zone=asked.zone or (zones.mine if asked.at else None))
        real, said = _real(asked, zones)
        need_free(conn, run, person, real)
        row_id = writing.book(conn, person, real, at=run.at)
    return _answer(run, journal, replace(real, id=row_id), before, said)


def _asked(run: Run, day: str, at: str | None, minutes: int | None, zone: str | None) -> Session:
    """Return the booking as it was typed."""
    on, clock = parse_day_and_time(day, today=run.today, ahead=True)
    if at is not None and clock is not None:
        raise BadUsage("the time is given twice", "leave out --at, or the time in the day")
    run.need_year(day, on)
    clock = parse_time(at) if at is not None else clock
    return Session(
        0, on, "booked", at=clock, minutes=minutes, zone=None if zone is None else find_zone(zone)
    )


def _moved(asked: Session, before: SessionRecord, person: Relationship) -> Session:
    """Return a booking on its new day; what was not said of it stays as it was."""
    old = before.session
    if before.relationship != person.name:
        raise Refused(
            f"s{old.id} is a meeting with {before.relationship}, not with {person.name}",
            f"see: mentorlog next {quote(person.name)}",
        )
    at, zone = asked.at or old.at, asked.zone or old.zone
    return replace(asked, id=old.id, at=at, zone=zone, minutes=asked.minutes or old.minutes)


def _real(asked: Session, zones: Zones) -> tuple[Session, list[str]]:
    """Return the booking on a day of the owner and a time that really comes; what to say of it.

    The journal is kept by the owner's days: where the day there is another one, the booking
    is kept as the owner's clock shows it.
    """
    need_signs({"at": asked.at, "zone": asked.zone})
    if asked.at is None or asked.zone is None:
        return asked, []
    wall, fit = settle(asked.held_on, asked.at, asked.zone)
    real = replace(asked, held_on=wall.date(), at=wall.time())
    said = fit_line(fit, asked, real, asked.zone)
    mine = on_clock(real, zones.mine)
    if mine.held_on != real.held_on:
        real = replace(mine, zone=zones.mine)
    return real, [said] if said else []


def settled(run: Run, name: str, booking: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return day, time and zone of a booking as `book` would keep them, and what to say of it."""
    at = time.fromisoformat(str(booking["at"])) if booking.get("at") else None
    day = date.fromisoformat(str(booking["held_on"]))
    asked = Session(0, day, "booked", at=at, zone=booking.get("zone"))
    real, said = _real(asked, zones_between(load_setup(run).settings, name))
    shown = real.at and real.at.isoformat("minutes")
    return {"held_on": real.held_on, "at": shown, "zone": real.zone}, said


def need_free(conn: Any, run: Run, person: Relationship, real: Session) -> None:
    """Refuse a booking on a day that is past, or on which one is booked already."""
    if real.held_on < run.today:
        raise BadUsage(
            f"{say_day(real.held_on)} is past, so it cannot be booked",
            f"record it: mentorlog add-session {quote(person.name)} --on {real.held_on}",
        )
    taken = writing.booked_on(conn, person, real.held_on, but=real.id)
    if taken:
        raise Refused(
            f"a meeting with {person.name} is booked on {say_day(real.held_on)} already: s{taken}",
            f"move it: mentorlog book {quote(person.name)} DAY --move s{taken};"
            f" or call it off: mentorlog unbook s{taken}",
        )


def _need_booked(journal: Journal, text: str) -> SessionRecord:
    """Return the booking of an id; Refused for what is not booked, NotFound for nothing."""
    number = record_id(text, "session")
    found = reading.session_record(journal, number)
    if found.session.status != "booked":
        raise Refused(
            f"s{number} is not booked, it is {found.session.status}",
            f"to change it: mentorlog edit s{number}; to delete it: mentorlog delete s{number}",
        )
    return found


def _answer(
    run: Run, journal: Journal, real: Session, before: SessionRecord | None, said: list[str]
) -> None:
    """Say what was understood, what each clock shows, and what to mind."""
    record = reading.session_record(journal, real.id)
    person = reading.find(journal, record.relationship)
    found = load_outlook(run, journal, person)
    lines = [*said, *load_clock_lines(run, journal, found, real), *_paused(found, real.held_on)]
    mind = booked_reasons(run, journal, found, real)
    lines += [sentence(reason, person.name) for reason in mind]
    if run.json:
        return run.items([{**session_item(record), "says": lines}])
    mine = load_setup(run).settings.me.zone
    what = say_booking(on_clock(real, mine)) + (f", {real.minutes} min" if real.minutes else "")
    if before:
        what = f"from {say_booking(on_clock(before.session, mine))} to {what}"
    head = f"{'Moved' if before else 'Booked'} s{real.id}: {person.name}, {what}."
    return run.out(head, *lines, "To take it back: mentorlog undo")


def _paused(found: Outlook, day: date) -> list[str]:
    person = found.relationship.name
    running = writing.open_pause(found.state.history.pauses, day, day)
    return (
        [f"{person} is paused then. To end it: mentorlog resume {quote(person)}"] if running else []
    )


def _only_booking(journal: Journal, name: str) -> str:
    """Return the id of the one booking with a person; Refused for none and for several."""
    person = reading.find(journal, name)
    found = [s for who, s in details.booked_between(journal, date.min, date.max)
             if who == person.name]  # fmt: skip
    if len(found) == 1:
        return f"s{found[0].id}"
    listed = "; ".join(f"s{s.id}, {say_booking(s)}" for s in found)
    raise Refused(
        f"{len(found) or 'no'} meetings with {person.name} are booked",
        f"say which: {listed}" if found else f"see: mentorlog next {quote(person.name)}",
    )


@command
def unbook(
    run: Run,
    booking: Annotated[
        str, argument("A booking: s12; or who, where one is booked.", "ID|NAME", "session", "name")
    ],
    short_notice: Annotated[
        bool, option("Called off under a day before.", "--short-notice")
    ] = False,
    by: Annotated[Side | None, option("Who called it off.")] = None,
) -> None:
    """Call a booked meeting off; in good time it leaves no mark. The log has it from its day on.

    Example: mentorlog unbook s13
    """
    mine, journal = load_setup(run).settings.me.zone, run.existing()
    if not re.fullmatch(r"[sS]?\d+", booking.strip()):
        booking = _only_booking(journal, booking)
    with journal.write() as conn:
        before = _need_booked(journal, booking)
        given = {"status": "cancelled", "short_notice": short_notice, "by": by}
        writing.update(conn, "session", before.session.id, **given)
    record = reading.session_record(journal, before.session.id)
    if run.json:
        return run.items([session_item(record)])
    shown = on_clock(before.session, mine)
    by_whom = f", by {who(by, record.relationship)}" if by else ""
    return run.out(
        f"Called off s{shown.id}: {record.relationship}, {say_booking(shown)}{by_whom}"
        + (", at short notice." if short_notice else ". It counts against nobody."),
        "To take it back: mentorlog undo",
    )
