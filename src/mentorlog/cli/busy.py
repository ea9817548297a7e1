"""Calendar files whose times are taken: `busy add`, `busy`, `busy remove`."""

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from mentorlog.cli.calendars_in import horizon, load_times, name_of
from mentorlog.cli.run import Run, command, home_path
from mentorlog.dates import say_day
from mentorlog.errors import BadUsage, MentorlogError
from mentorlog.store import calendars, remembered, writing


@command
def busy(
    run: Run,
    action: Annotated[
        Literal["add", "remove"] | None,
        typer.Argument(metavar="[add|remove]", help="Without it: list them."),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE.ics|ID]", help="A calendar as programs export it; y1 to remove one."
        ),
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
        item: dict[str, Any] = {"id": f"y{known.id}", "path": str(known.path)}
        try:
            found = load_times(known.path, name_of(known.uuid), today=run.today)
            items.append({**item, "times": len(found), "problem": None})
        except MentorlogError as error:
            items.append({**item, "times": None, "problem": error.message})
    if run.json:
        return run.items(items)
    if not items:
        return run.note("No busy calendars. Add one: mentorlog busy add FILE.ics")
    rows = [
        (item["id"], item["path"], item["problem"] or _told(item["times"], run)) for item in items
    ]
    return run.table(("", "File", ""), rows)


def _told(count: int, run: Run) -> str:
    return f"{count} busy time{'s' * (count != 1)} up to {say_day(horizon(run.today)[1])}"
