"""Sessions from a CSV file: all or nothing, and the same file again adds nothing."""

import csv
import re
import sys
from collections import Counter
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from datetime import date, time
from functools import lru_cache
from hashlib import sha1
from itertools import chain
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

from mentorlog.cli.bookings import settled
from mentorlog.cli.fields import read_field
from mentorlog.cli.possible import need_signs
from mentorlog.cli.run import Run, argument, command, option
from mentorlog.dates import parse_day_and_time, say_day
from mentorlog.errors import BadUsage, InvalidDocument, MentorlogError, NotFound
from mentorlog.model import Role, fields_of
from mentorlog.names import clean_name, fold_name, listed
from mentorlog.store import reading, writing

# Rows get their identity from their content, under this name space of mentorlog's own.
_SPACE = UUID("7d3c5b1e-0f0b-5a35-9a4e-6d656e746f72")

# Field: the column names that obviously mean it; its own always does.
_ALSO = {
    "who": "name mentee mentor person relationship with contributor",
    "day": "held_on date on when",
    "title": "subject",
    "notes": "note text summary",
    "minutes": "duration min",
    "topics": "topic",
}
_FIELDS = (
    "who day title notes minutes status kind by trust their_trust opened_up energy agenda at zone"
    " topics"
)
COLUMNS = {field: (field, *_ALSO.get(field, "").split()) for field in _FIELDS.split()}

# What Excel is told, or tells, of the file itself in a line before all others.
_SECONDS = re.compile(r"(?<=\d\d:\d\d):\d\d(\.\d+)?$")
_YEAR = re.compile(r"\d{4}")
_MOST_FAULTS = 5  # that are told at once
_SEPARATOR = re.compile(r'"?sep=([,;|\t])"?\s*', re.IGNORECASE)


def find_columns(header: list[str], mapping: list[str]) -> dict[str, int]:
    """Return field -> column index, by ``--map field=Column`` or by obvious names.

    Raises BadUsage for a map that names no field or column, InvalidDocument where the
    needed columns cannot be told.
    """
    plain = [column.strip().lower().replace(" ", "_") for column in header]
    found: dict[str, int] = {}
    for item in mapping:
        given, _, column = item.partition("=")
        field = next((field for field, names in COLUMNS.items() if given in names), given)
        wanted = column.strip().lower().replace(" ", "_")
        if field not in COLUMNS or wanted not in plain:
            raise BadUsage(
                f"--map {item}: no such field or column",
                f"fields: {', '.join(COLUMNS)}; columns: {', '.join(header)}",
            )
        if field in found or plain.index(wanted) in found.values():
            raise BadUsage(f"--map {item}: that is given already", "one column for each field")
        found[field] = plain.index(wanted)
    for field, names in COLUMNS.items():
        if field not in found:
            hit = next((plain.index(name) for name in names if name in plain), None)
            if hit is not None and hit not in found.values():
                found[field] = hit
    missing = [field for field in ("who", "day") if field not in found]
    if missing:
        raise InvalidDocument(
            f"no column for {' and '.join(missing)}; there are: {', '.join(header)}",
            f'say which: --map {missing[0]}="THE COLUMN"',
        )
    return found


_READ_APART = ("who", "day")


def read_fields(cells: Mapping[str, str], *, today: date) -> dict[str, Any]:
    """Return a session's fields from the cells of one row; BadUsage for what cannot be."""
    day, at = _day(cells["day"], today)
    fields: dict[str, Any] = {"held_on": day}
    if cells.get("status", "").strip().lower() == "booked":
        fields["status"] = "booked"
    for field, text in cells.items():
        if field == "notes":
            fields[field] = text
        elif field not in _READ_APART and field not in fields and text.strip():
            fields[field] = _read(field, text, today)
    if at:
        fields.setdefault("at", at)
    if day > today and fields.get("status", "held") in ("held", "no-show"):
        raise BadUsage(
            f"{say_day(day)} is ahead", "only what has happened, or is booked, is imported"
        )
    need_signs(fields)
    return fields


@lru_cache(4096)  # a hundred thousand rows have a few thousand days and numbers
def _day(text: str, today: date) -> tuple[date, str | None]:
    """The day of a cell, and its time if there is one; midnight to the second is none."""
    day, at, plain = None, None, _SECONDS.sub("", text.strip())
    if ":" in text:
        day, at = parse_day_and_time(plain, today=today, ahead=False)
    day = day or _read("held_on", text, today)
    if not _YEAR.search(text):  # it would be another day when the file is read again
        raise BadUsage(f"'{text}' does not say the year", f"write it whole: {day.isoformat()}")
    midnight = plain != text.strip() and at == time(0)
    return day, at.isoformat("minutes") if at and not midnight else None


@lru_cache(4096)
def _read(field: str, text: str, today: date) -> Any:
    return read_field("session", field, text, today=today)


def read_csv(
    path: Path, mapping: list[str], unused: list[str], *, today: date
) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield (name, fields, the mentee or mentor column's name) for every row of the file.

    The names of the columns that nothing is taken from are put into ``unused``.

    Raises InvalidDocument naming the file and the lines of the rows that cannot be used.
    """
    csv.field_size_limit(2**31 - 1)
    line, faults = 1, []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = file.readline()  # where the comma is in the numbers, ; is between the cells
            told = _SEPARATOR.fullmatch(first)
            mark = told[1] if told else max(",;\t", key=first.count)
            rows = csv.reader(chain([first], file), strict=True, delimiter=mark)
            if told:
                next(rows)
            line = rows.line_num + 1
            header = next(rows, None)
            if not header:
                raise InvalidDocument("its first line is empty", "name the columns in it")
            columns = find_columns(header, mapping)
            taken = columns.values()
            unused += [name for i, name in enumerate(header) if i not in taken and name.strip()]
            who = header[columns["who"]].strip().lower()
            while True:
                line = rows.line_num + 1
                row = next(rows, None)
                if row is None:
                    break
                whole = "".join(row)
                if not whole.strip():
                    continue
                try:
                    _need_row(row, whole, header)
                    cells = {field: row[index] for field, index in columns.items()}
                    yield clean_name(cells["who"]), read_fields(cells, today=today), who
                except BadUsage as error:
                    faults.append((line, error))
        if faults:
            line, first_fault = faults[0]
            rest = [f"; line {number}: {other.message.rstrip('.')}" for number, other in faults[1:]]
            more = f"; and {len(faults) - _MOST_FAULTS} more" if faults[_MOST_FAULTS:] else ""
            said = "".join([first_fault.message.rstrip("."), *rest[: _MOST_FAULTS - 1], more])
            raise BadUsage(said, first_fault.hint)
    except (BadUsage, InvalidDocument, csv.Error, UnicodeDecodeError, OSError) as error:
        raise _fault(path, line, error) from error


def _need_row(row: list[str], whole: str, header: list[str]) -> None:
    """Refuse a row that is not one of this table."""
    if "\0" in whole:
        raise BadUsage("there is a NUL character in it", "save it as CSV in UTF-8")
    if len(row) != len(header):
        raise BadUsage(
            f"{len(row)} cells where the header has {len(header)}",
            "put text with commas or line ends in double quotes",
        )


def _fault(path: Path, line: int, error: Exception) -> MentorlogError:
    """Say what is wrong with the file, and where."""
    if isinstance(error, FileNotFoundError):
        return NotFound(f"there is no file {path}", "check the path")
    if isinstance(error, OSError):
        return InvalidDocument(f"{path} cannot be read: {error.strerror}", "give a CSV file")
    if isinstance(error, BadUsage) and error.message.startswith("--map"):
        return error
    message, hint = str(error), "save it as CSV in UTF-8"
    if isinstance(error, UnicodeDecodeError):
        line, message = _undecodable_line(path), "it is not UTF-8 text"
    if isinstance(error, MentorlogError):
        message, hint = error.message, error.hint
    return InvalidDocument(
        f"{path}, line {line}: {message}", f"{hint.rstrip('.')}; nothing was imported"
    )


def _undecodable_line(path: Path) -> int:
    """The first line that is not UTF-8; the reader is ahead of the row it gives."""
    content = path.read_bytes()
    try:
        content.decode()
    except UnicodeDecodeError as error:
        return content.count(b"\n", 0, error.start) + 1
    return 1


def _identity(folded: str, fields: Mapping[str, Any], seen: Counter[str]) -> str:
    """A row's lasting identity; equal rows of one file are told apart by their count."""
    said = fields.get
    parts = (said("status", ""), said("kind", ""), said("title", ""), said("notes", ""))
    content = "\x1f".join((folded, fields["held_on"].isoformat(), *parts))
    seen[content] += 1
    return name_uuid(f"{content}\x1f{seen[content]}")


def _twice(rows: list[tuple[str, str, dict[str, Any]]], seen: Counter[str]) -> int:
    """How many rows are the same as one before, in all that they say."""
    if len(seen) == len(rows):  # as mostly
        return 0
    return len(rows) - len({(folded, str(fields)) for folded, _, fields in rows})


def name_uuid(name: str) -> str:
    """Return ``str(uuid.uuid5(_SPACE, name))``, in a third of the time it takes."""
    digits = sha1(_SPACE.bytes + name.encode(), usedforsecurity=False).hexdigest()
    variant = "89ab"[int(digits[16], 16) % 4]
    return f"{digits[:8]}-{digits[8:12]}-5{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:32]}"


def _shown(rows: Iterator[Any], path: Path) -> Generator[Any, None, None]:
    """Yield the rows, and show progress where standard error is a terminal."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield from rows
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        yield from progress.track(rows, description=f"Reading {path.name}")


@command
def import_(
    run: Run,
    file: Annotated[Path, argument("Sessions, one a row.", "FILE.csv")],
    mapping: Annotated[
        list[str] | None, option('For example: --map day="Met on".', "--map", of="FIELD=COLUMN")
    ] = None,
    role: Annotated[
        Role | None, option("What you are to people not in the journal yet.", "--as")
    ] = None,
    dry_run: Annotated[bool, option("Only say what would happen.", "--dry-run")] = False,
) -> None:
    """Import sessions from a CSV file: all or nothing; the same file again adds nothing.

    Columns: who and day, and any of title, notes, minutes, status, kind, by, trust,
    their_trust, opened_up, energy, agenda, topics, at, zone. A day ahead has status booked.

    Example: mentorlog import meetings.csv --map who=Person --dry-run
    """
    seen: Counter[str] = Counter()
    people: dict[str, tuple[str, str]] = {}
    rows: list[tuple[str, str, dict[str, Any]]] = []
    unused: list[str] = []
    found = read_csv(file, mapping or [], unused, today=run.today)
    with closing(_shown(found, file)) as shown:
        for name, fields, column in shown:
            folded = fold_name(name)
            other = "mentee" if column == "mentor" else "mentor"
            people.setdefault(folded, (name, role or other))
            identity = _identity(folded, fields, seen)
            if fields.get("status") == "booked" and "at" in fields:
                fields |= settled(run, name, fields)[0]
            rows.append((folded, identity, fields))
    journal = run.trying() if dry_run else run.writing()
    before = {folded for _, folded in reading.names(journal)}
    with journal.write() as conn:
        came = writing.import_sessions(conn, people, rows, at=run.at)
    new = {folded for _, folded in reading.names(journal)} - before
    facts = {
        **fields_of(came, "relationships sessions beside renamed"),
        "already": len(rows) - came.sessions, "dry_run": dry_run,
        "new": [name for folded, (name, _) in people.items() if folded in new],
        "unused": unused, "still_booked": [f"s{number}" for number in came.booked],
        "twice": _twice(rows, seen),
    }  # fmt: skip
    return run.items([facts]) if run.json else _tell(run, facts)


def _tell(run: Run, facts: dict[str, Any]) -> None:
    """Say what came of it, and what may not have been meant."""
    dry_run, added, made = facts["dry_run"], facts["sessions"], facts["relationships"]
    said = "Would import" if dry_run else "Imported"
    were = "was" if facts["already"] == 1 else "were"
    again = f"; {facts['already']} {were} there already" if facts["already"] else ""
    run.out(
        f"{said} {added} session{'s' * (added != 1)} and {made} new"
        f" relationship{'s' * (made != 1)}{again}."
    )
    if facts["new"]:
        run.out(f"New: {listed(facts['new'])}.")
    for old, new in facts["renamed"].items():
        run.note(f"What is new of {old} is with {new}, who has the other rows of that name.")
    if facts["unused"]:
        run.note(f"Not used: {listed(facts['unused'])}. To use one: --map FIELD=COLUMN")
    if facts["twice"] and not facts["already"]:
        rows = "row is" if facts["twice"] == 1 else "rows are"
        run.note(f"{facts['twice']} {rows} the same as another; each was taken for a meeting.")
    if facts["still_booked"]:
        those = listed(facts["still_booked"])
        run.note(f"Still booked on a day that had its meeting: {those}. mentorlog unbook ID")
    if facts["beside"]:
        undo = "" if dry_run else "; to take it all back: mentorlog undo"
        run.note(f"{facts['beside']} on a day that had one with the same person already{undo}.")
