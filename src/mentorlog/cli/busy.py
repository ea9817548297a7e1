"""Calendar files whose times are taken: `busy add`, `busy`, `busy remove`, and the days they fill.

A file is read once, until it changes.
"""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from mentorlog.busy import BusyTime, full_days
from mentorlog.cli.run import Run, argument, command, home_path
from mentorlog.dates import say_day
from mentorlog.errors import BadUsage, InvalidDocument, MentorlogError, NotFound
from mentorlog.settings import Settings
from mentorlog.store import calendars, remembered, writing
from mentorlog.store.journal import Journal

_FORMAT = 1  # of what is remembered


@command
def busy(
    run: Run,
    action: Annotated[
        Literal["add", "remove"] | None, argument("Without it: list them.", "[add|remove]")
    ] = None,
    file: Annotated[
        Path | None,
        argument("A calendar as programs export it; y1 to remove one.", "[FILE.ics|ID]"),
    ] = None,
) -> None:
    """Take the busy times of a calendar file into account; without arguments, list the files.

    The file is read again whenever it has changed. Nothing of it but times is kept.

    Example: mentorlog busy add ~/calendars/work.ics
    """
    if action is None:
        return _list(run)
    if file is None:
        raise BadUsage(f"which file? busy {action} FILE.ics", "see them: mentorlog busy")
    return _add(run, home_path(file)) if action == "add" else _remove(run, home_path(file))


def _add(run: Run, file: Path) -> None:
    path = file.absolute()
    found = load_times(path, None, today=run.today)
    journal = run.writing()
    with journal.write() as conn:
        row_id = calendars.add_busy(conn, path, at=run.at)
    lines = [f"Added y{row_id}, {path}: {_told(len(found), run)}.", "Take it back: mentorlog undo"]
    run.wrote("busy_calendar", row_id, lines, path=str(path), times=len(found))


def _remove(run: Run, file: Path) -> None:
    journal = run.existing()
    known = calendars.find_busy(calendars.busy_calendars(journal), file)
    with journal.write() as conn:
        writing.delete(conn, "busy_calendar", known.id)
    remembered.drop(name_of(known.uuid))
    lines = [f"{known.path} is no longer a busy calendar.", "Put it back: mentorlog undo"]
    run.wrote("busy_calendar", known.id, lines, path=str(known.path))


def _list(run: Run) -> None:
    journal = run.reading()
    items: list[dict[str, Any]] = []
    for known in calendars.busy_calendars(journal) if journal else []:
        times = problem = None
        try:
            times = len(load_times(known.path, name_of(known.uuid), today=run.today))
        except MentorlogError as error:
            problem = error.message
        item = {"id": f"y{known.id}", "path": str(known.path), "times": times, "problem": problem}
        items.append(item)
    if run.json:
        return run.items(items)
    if not items:
        return run.note("No busy calendars. Add one: mentorlog busy add FILE.ics")
    rows = [(i["id"], i["path"], i["problem"] or _told(i["times"], run)) for i in items]
    return run.table(("", "File", ""), rows)


def _told(count: int, run: Run) -> str:
    return f"{count} busy time{'s' * (count != 1)} up to {say_day(horizon(run.today)[1])}"


def load_busy(
    journal: Journal, settings: Settings, *, today: date
) -> tuple[frozenset[date], list[str]]:
    """Return the days that are full, a year ahead, and a note on each file not usable now."""
    notes: list[str] = []
    taken: list[BusyTime] = []
    for known in calendars.busy_calendars(journal):
        try:
            taken += load_times(known.path, name_of(known.uuid), today=today)
        except MentorlogError as error:
            # Its message may name an event, which is nobody's business but its owner's.
            why = "is not there" if isinstance(error, NotFound) else "cannot be read"
            notes.append(f"Answered without {known.path}, which {why}; see: mentorlog busy")
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
