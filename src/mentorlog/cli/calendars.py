"""Bookings and suggestions for other calendars, and what was told to them before."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

from mentorlog import events as pure
from mentorlog.cli.loading import load_in_view, load_outlook, load_setup
from mentorlog.cli.run import MaybeName, Run, command, home_path, option
from mentorlog.errors import BadUsage, ReadOnlyJournal, Refused
from mentorlog.events import Event, Published
from mentorlog.model import fields_of, replace
from mentorlog.phase.advice import Outlook
from mentorlog.reminders import in_view
from mentorlog.schedule.wishes import booked_ahead, is_quiet
from mentorlog.store import calendars as store
from mentorlog.store import reading
from mentorlog.store.journal import Journal

Numbered = list[tuple[Event, Published]]


@command
def calendar(
    run: Run,
    name: MaybeName = None,
    output: Annotated[
        Path | None, option("Where to write it.", "-o", "--output", of="FILE")
    ] = None,
    suggestions: Annotated[
        bool, option("Also days that are not booked.", "--suggestions/--no-suggestions")
    ] = True,
    alarms: Annotated[bool, option("Ring before a meeting.", "--alarms/--no-alarms")] = True,
) -> None:
    """Write bookings and suggested days as iCalendar, for any calendar program.

    What was written before and is gone now is written as cancelled. No notes are in it.

    Example: mentorlog calendar -o ~/mentoring.ics
    """
    from mentorlog.render.ical import ical

    target = home_path(output) if output and str(output) != "-" else None
    if target:
        _check(target)
    journal = run.existing()
    found = _remembered(run, journal, _numbered(run, journal, name, suggestions))
    content = ical(found, alarms=alarms)
    if target:
        _write(target, content)
    if run.json:
        run.items(map(_item, found))
    elif target:
        run.out(f"Wrote {len(found)} event{'s' * (len(found) != 1)} to {output}.")
    elif sys.stdout is not None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)


def _numbered(run: Run, journal: Journal, name: str | None, suggestions: bool) -> Numbered:
    settings = load_setup(run).settings
    only = reading.find(journal, name) if name is not None else None
    outlooks: list[Outlook] = []
    if suggestions:
        outlooks = [load_outlook(run, journal, only)] if only else load_in_view(run, journal)
    people, known = store.people(journal), store.published(journal, only=only)
    found = store.bookings(
        journal, minutes=settings.minutes, zone=settings.me.zone, today=run.today, only=only
    )
    if suggestions:
        found += _suggested(filter(in_view, outlooks), people)
    else:  # left out, not taken back
        for _, uuid in people.values():
            known.pop(pure.uid_of(uuid), None)
    found += pure.gone(found, known, {i: person[0] for i, person in people.items()})
    stamp = run.at.isoformat(timespec="seconds")
    return pure.numbered(pure.recent(found, today=run.today), known, stamp=stamp)


def _suggested(outlooks: Iterable[Outlook], people: dict[int, tuple[str, str]]) -> list[Event]:
    return [
        pure.suggestion(o.relationship, people[o.relationship.id][1], o.timing.next_on)
        for o in outlooks
        if o.timing.next_on and not is_quiet(o) and not booked_ahead(o)
    ]


def _remembered(run: Run, journal: Journal, found: Numbered) -> Numbered:
    """Remember what is written now; where that cannot be, what has changed is of today."""
    known = store.published(journal)
    new = {event.uid: said for event, said in found if known.get(event.uid) != said}
    try:
        if new:
            store.publish(journal, new)
        return found
    except ReadOnlyJournal:
        run.note("The journal is read-only: what was written now is not remembered in it.")
        stamp = f"{run.today}T00:00:00+00:00"
        return [
            (event, replace(said, stamp=stamp) if event.uid in new else said)
            for event, said in found
        ]


def _check(path: Path) -> None:
    """Refuse a place that is no file, or a file that is no calendar, before anything is told."""
    real = Path(os.path.realpath(path))
    if real.exists() and not real.is_file():
        raise BadUsage(f"{path} cannot be written: it is not a file", "choose another")
    # A journal, a letter, settings: nothing but a calendar is written over.
    if real.exists() and real.read_bytes()[:15] not in (b"", b"BEGIN:VCALENDAR"):
        raise Refused(
            f"{path} is there and is no calendar, so it was left as it is",
            "choose another name, or remove it first",
        )


def _write(path: Path, content: bytes) -> None:
    from mentorlog.store.remembered import write_private

    real = Path(os.path.realpath(path))
    try:
        write_private(real, content)
    except OSError as error:
        raise BadUsage(f"{path} cannot be written: {error.strerror}", "choose another") from error


def _item(numbered: tuple[Event, Published]) -> dict[str, Any]:
    event, said = numbered
    return {
        **fields_of(event, "uid summary"),
        "status": event.status.lower(),
        "held_on": event.on,
        **fields_of(event, "at minutes zone"),
        "sequence": said.sequence,
    }
