"""What every command is given: the day, the journal, and where its answer goes."""

import functools
import inspect
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from mentorlog import clock, config
from mentorlog.dates import parse_day, say_day
from mentorlog.errors import BadUsage, NotFound
from mentorlog.model import Relationship
from mentorlog.names import PREFIXES
from mentorlog.store import journal as store
from mentorlog.store.journal import Journal

_NEARLY_A_YEAR = 330  # days; "28 feb" in March is a slip, not next year
_HALF_A_YEAR = 183  # days; "3 nov" in October is a slip, not last year
_CONTROLS = {code: "?" for code in (*range(32), *range(127, 160)) if code not in (9, 10)}


def completion(*kinds: str) -> Callable[[typer.Context, str], list[str]]:
    """Return a completion of names, topics, or the newest ids of kinds of record."""

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        from mentorlog.cli.completion import offer

        return offer(ctx, incomplete, kinds)

    return complete


def option(said: str, *names: str, of: str | None = None, completes: str = "", **more: Any) -> Any:
    """Return an option: its help, its names if not the parameter's, and what its value is.

    ``completes`` is a kind of record; ``more`` is what ``typer.Option`` takes besides.
    """
    offered = completion(completes) if completes else None
    return typer.Option(*names, help=said, metavar=of, autocompletion=offered, **more)


def argument(said: str, of: str | None = None, *kinds: str, **more: Any) -> Any:
    """Return an argument: its help, what it is called, and what kinds of record complete it.

    ``more`` is what ``typer.Argument`` takes besides.
    """
    offered = completion(*kinds) if kinds else None
    return typer.Argument(help=said, metavar=of, autocompletion=offered, **more)


_WHO = "Who: a name, or its beginning."
Name = Annotated[str, argument(_WHO, "NAME", "name")]
MaybeName = Annotated[str | None, argument(_WHO, "[NAME]", "name")]
On = Annotated[str | None, option("The day; today if not given.", "--on", of="DAY")]
# A journal that cannot be read is its own fault, not the option's.
JournalOption = Annotated[
    Path | None,
    option("The journal file.", "--journal", of="FILE", show_default=False, readable=False),
]
TodayOption = Annotated[str | None, option("Answer as on that day.", "--today", of="DAY")]
JsonOption = Annotated[bool, option("Print JSON.", "--json")]


class Run:
    """One run of one command, made from the options that all of them share."""

    def __init__(
        self,
        ctx: typer.Context,
        journal: JournalOption = None,
        today: TodayOption = None,
        as_json: JsonOption = False,
    ) -> None:
        root = ctx.find_root().params
        self.command = ctx.info_name or ""
        self.json = as_json
        self.path, self.named = config.journal_path(journal or root.get("journal"))
        real, asked = clock.today(), root.get("today") if today is None else today
        self.today: date = real if asked is None else parse_day(asked, today=real, ahead=True)

    @property
    def at(self) -> datetime:
        """The moment to note beside what is recorded."""
        return clock.now_at()

    def reading(self) -> Journal | None:
        """Open the journal to read; ``None`` if none was ever made in the usual place."""
        found = self._open(for_writing=False)
        if found is None and self.named and not self.path.exists():
            raise NotFound(
                f"there is no journal at {self.path}",
                "check the path; a journal is made by the first add-relationship",
            )
        return found

    def _open(self, *, for_writing: bool) -> Journal | None:
        journal = store.open_journal(self.path, for_writing=for_writing)
        if journal:
            journal.command, journal.at = self.command, self.at.isoformat(timespec="milliseconds")
        return journal

    def writing(self) -> Journal:
        """Open the journal to write, making it first if need be."""
        found = self._open(for_writing=True)
        assert found is not None
        return found

    def existing(self) -> Journal:
        """Open a journal to ask or change what is in it; an empty one, in memory, for none."""
        return self.reading() or store.in_memory(self.path)

    def trying(self) -> Journal:
        """Open a copy of the journal in memory, to try out what could be written to it."""
        return store.in_memory(self.path, self._open(for_writing=False))

    def day(self, text: str | None, *, ahead: bool = False) -> date:
        """Read a typed day; today where none was given."""
        return self.today if text is None else parse_day(text, today=self.today, ahead=ahead)

    def coming(self, text: str | None, *, also_past: bool = False) -> date:
        """Read the day of something ahead, or today; BadUsage for one that is just over.

        A day without its year that has gone by would be next year's, and nobody would notice.
        Where it may have begun already, ``also_past``, the last such day is offered too.
        """
        day = self.day(text, ahead=True)
        self.need_year(text or "", day, also_past=also_past)
        return day

    def need_year(self, typed: str, day: date, *, also_past: bool = False) -> None:
        """Refuse a day typed without its year that is nearly a year ahead."""
        if (day - self.today).days > _NEARLY_A_YEAR and not re.search(r"\d{4}|\+|in ", typed):
            last = f"{self.day(typed)}, or {day}" if also_past else str(day)
            raise BadUsage(
                f"'{typed}' would be {say_day(day)}, nearly a year ahead",
                f"write the year if it is meant: {last}",
            )

    def past(self, text: str | None, *, or_ahead: bool = False) -> date:
        """Read the day of something that has happened; BadUsage if it is ahead, or may be."""
        day = self.day(text)
        if day > self.today and not or_ahead:
            raise BadUsage(
                f"{say_day(day)} is ahead of today, {say_day(self.today)}",
                "record it when it has happened",
            )
        typed, longest = text or "", _NEARLY_A_YEAR if or_ahead else _HALF_A_YEAR
        if (self.today - day).days > longest and not re.search(r"\d{4}|ago|^-", typed):
            book = "for one ahead: mentorlog book NAME DAY; or "
            raise BadUsage(
                f"'{typed}' is still ahead, or long ago: {say_day(day)}",
                f"{book if self.command == 'add-session' else ''}write the year: {day.isoformat()}",
            )
        return day

    def out(self, *lines: str) -> None:
        """Print data, one line each; control characters never reach a terminal."""
        print("\n".join(map(safe, lines)))  # noqa: T201

    def note(self, *lines: str) -> None:
        """Print a message for the person, beside the data."""
        note(*lines)

    def nobody(self) -> None:
        """Say how to begin, where there is nobody to speak of; or who begins, and when."""
        from mentorlog.store import reading

        journal = self.reading()  # none was ever made where one begins, and none is made here
        coming = reading.begins_next(journal, after=self.today) if journal else None
        if coming:
            return self.note(f"{coming.name} begins on {say_day(coming.started_on)}.")
        return self.note(
            "Nobody is in the journal yet. Begin with: mentorlog add-relationship NAME"
        )

    def items(self, items: Iterable[dict[str, Any]]) -> None:
        """Print the JSON document of this command."""
        from mentorlog.render.json import envelope

        print(envelope(self.command, self.today, items))  # noqa: T201

    def page(self, lines: Sequence[str]) -> None:
        """Print lines, through a pager where they are more than the terminal has."""
        import shutil

        if is_terminal() and len(lines) >= shutil.get_terminal_size().lines:
            import pydoc

            os.environ.setdefault("LESS", "-FRX")
            pydoc.pager("\n".join(map(safe, lines)))
        else:
            self.out(*lines)

    def table(
        self, headers: Sequence[str], rows: Sequence[tuple[str, ...]], *, paged: bool = False
    ) -> None:
        """Print a table on a terminal, aligned lines elsewhere or where they need a pager."""
        if is_terminal() and not paged:
            from mentorlog.render.tables import print_table

            return print_table(headers, [tuple(map(safe, row)) for row in rows])
        from mentorlog.render.columns import columns
        from mentorlog.render.text import one_line

        if is_terminal():
            return self.page(columns(rows))
        # One record a line, whatever its texts hold.
        one = (tuple(c if c.isprintable() else one_line(c) for c in row) for row in rows)
        return self.out(*columns(one)) if rows else None

    def add(self, journal: Journal, table: str, person: Relationship, /, **values: Any) -> int:
        """Add one record of a relationship and return its id; say so where that is closed."""
        from mentorlog.store import writing

        with self.noting_closed(journal, person), journal.write() as conn:
            return writing.insert(conn, table, self.at, relationship_id=person.id, **values)

    @contextmanager
    def noting_closed(self, journal: Journal, person: Relationship) -> Iterator[None]:
        """Say afterwards that a relationship is closed, if it was before."""
        from mentorlog.store import details

        closed_on = details.closed_on(journal, person, today=self.today)
        yield
        if closed_on:
            self.note(f"{person.name} is closed since {say_day(closed_on)}.")

    def wrote(self, kind: str, row_id: int, lines: Sequence[str], /, **facts: Any) -> None:
        """Answer a command that wrote: what was understood, or the record as JSON."""
        if self.json:
            self.items([{"id": f"{PREFIXES[kind]}{row_id}", **facts}])
        else:
            self.out(*lines)


def note(*lines: str) -> None:
    """Print a message for the person on standard error, where there is one."""
    if lines and sys.stderr is not None:  # print would take stdout instead
        print("\n".join(map(safe, lines)), file=sys.stderr)  # noqa: T201


def safe(text: str) -> str:
    """Return text without the characters that could make a terminal do something."""
    return text if text.isprintable() else text.translate(_CONTROLS)


def is_terminal() -> bool:
    """Whether results go to a terminal that can show a table."""
    return sys.stdout is not None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def text_of(text: str, what: str) -> str:
    """Return text that can be stored; BadUsage for an empty one or for broken characters."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise BadUsage(
            f"the {what} holds bytes that are not UTF-8 text", "type it again"
        ) from error
    if text.strip() in ("", "TEXT", "NOTES"):  # as the hints have them
        raise BadUsage(f"the {what} cannot be empty", "write a few words of your own")
    if "\0" in text or (what != "note" and safe(text) != text.replace("\r", "?")):
        raise BadUsage(f"the {what} has control characters in it", "type it again without them")
    return text.strip()


def home_path(path: Path) -> Path:
    """Return a path with its ``~`` put in; BadUsage where nobody has such a home."""
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise BadUsage(f"{path}: there is no such home folder", "write the whole path") from error


def clean(text: str | None, what: str) -> str | None:
    """Return an optional text, checked like :func:`text_of`."""
    return None if text is None else text_of(text, what)


def record_id(text: str, kind: str) -> int:
    """Read an id as the listings show it: ``g3`` or ``3`` for a goal; BadUsage otherwise."""
    digits = text.strip().lower().removeprefix(PREFIXES[kind])
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 15:
        raise BadUsage(
            f"'{text}' is not the id of {'an' if kind[0] in 'ao' else 'a'} {kind}",
            f"ids look like {PREFIXES[kind]}3",
        )
    return int(digits)


def command(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that all share, and a :class:`Run` made from them."""
    own = [p for name, p in inspect.signature(function).parameters.items() if name != "run"]
    shared = inspect.signature(Run).parameters

    @functools.wraps(function)
    def wrapper(**given: Any) -> None:
        run = Run(**{name: given.pop(name) for name in shared})
        try:
            function(run, **given)
        except (AttributeError, LookupError, TypeError, ValueError):
            if run.path.is_file():  # a value of a wrong type may be why, as a damaged file has it
                store.need_whole(run.path)
            raise

    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters = [p.replace(kind=keyword) for p in (*own, *shared.values())]
    wrapper.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    wrapper.__annotations__ = {p.name: p.annotation for p in parameters}
    return wrapper
