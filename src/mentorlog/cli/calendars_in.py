"""The days that busy calendars leave no room on; each file is read once, until it changes."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from mentorlog.busy import BusyTime, full_days
from mentorlog.errors import InvalidDocument, MentorlogError, NotFound
from mentorlog.settings import Settings
from mentorlog.store import calendars, remembered
from mentorlog.store.journal import Journal

_FORMAT = 1  # of what is remembered


def load_busy(
    journal: Journal, settings: Settings, *, today: date
) -> tuple[frozenset[date], list[str]]:
    """Return the days that are full, a year ahead, and a note on each file not usable now."""
    notes: list[str] = []
    taken: list[BusyTime] = []
    for busy in calendars.busy_calendars(journal):
        try:
            taken += load_times(busy.path, name_of(busy.uuid), today=today)
        except MentorlogError as error:
            # Its message may name an event, which is nobody's business but its owner's.
            why = "is not there" if isinstance(error, NotFound) else "cannot be read"
            notes.append(f"Answered without {busy.path}, which {why}: mentorlog busy add")
    if not taken:
        return frozenset(), notes
    zone = None
    if settings.me.zone:
        from zoneinfo import ZoneInfo

        zone = ZoneInfo(settings.me.zone)
    first, last = horizon(today)
    return full_days(taken, settings.hours, settings.minutes, zone, first, last), notes


def name_of(uuid: str) -> str:
    """Return the name under which a busy calendar's times are remembered."""
    return f"busy-{uuid}"


def horizon(today: date) -> tuple[date, date]:
    """Return the first and last day looked at: this month and the next twelve.

    By the month, so that what is remembered of a file serves for more than a day.
    """
    first = today.replace(day=1)
    return first, (first + timedelta(days=13 * 31)).replace(day=1) - timedelta(days=1)


def load_times(path: Path, name: str | None, *, today: date) -> list[BusyTime]:
    """Return the busy times of a file, remembered under a name until the file changes.

    Raises NotFound or InvalidDocument naming the file.
    """
    first, last = horizon(today)
    try:
        stat = path.stat()
        if not path.is_file():
            raise InvalidDocument(
                f"{path}: cannot be read: it is no file", "give a calendar file (.ics)"
            )
        made_from = [_FORMAT, str(path), stat.st_size, stat.st_mtime_ns, str(first), str(last)]
        known = remembered.load(name, made_from) if name else None
        if known is not None:
            return [BusyTime(_read(start), _read(end)) for start, end in known]
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise NotFound(f"there is no file {path}", "check the path") from error
    except OSError as error:
        raise InvalidDocument(
            f"{path}: cannot be read: {error.strerror}", "give a calendar file (.ics)"
        ) from error
    from mentorlog.cli.calendar_file import read_busy

    found = read_busy(path, content, first, last)
    if name:
        # Times only: what they are for stays where it is.
        remembered.save(name, made_from, [(b.start.isoformat(), b.end.isoformat()) for b in found])
    return found


def _read(text: Any) -> date:
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
