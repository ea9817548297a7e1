"""The table of commands, and the one door through which every failure leaves.

Only the command that was asked for is imported and built; ``--help`` reads the table.
"""

import codecs
import importlib
import os
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from errno import ENOSPC
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from mentorlog.cli.run import JournalOption, TodayOption, note, option
from mentorlog.errors import BadUsage, MentorlogError

# Each group of the help: its commands, the module that has each, and what it does.
GROUPS: dict[str, dict[str, tuple[str, str]]] = {
    "Every day": {
        "add-session": ("sessions", "Record a meeting, a touch, or one that did not happen."),
        "status": ("answers", "Show where each relationship stands."),
        "next": ("answers", "Say when to meet next, and why."),
        "remind": ("reminding", "Print what is due; nothing at all if nothing is."),
    },
    "What belongs to a relationship": {
        "add-relationship": ("relationships", "Begin a relationship."),
        "add-member": ("teams", "Add a member to a relationship of several."),
        "add-goal": ("promises", "Add a goal the mentee works toward."),
        "goal": ("promises", "Record that a goal moves, is reached, or is dropped."),
        "goals": ("promises", "List goals and what state each is in."),
        "add-action": ("promises", "Add something one of you promised."),
        "done": ("promises", "Tick off an action."),
        "actions": ("promises", "List open actions, yours first."),
        "add-outcome": ("promises", "Note what a phase has given to one of you."),
        "park": ("promises", "Keep something for the next meeting."),
    },
    "Decisions of the two of you": {
        "move": ("decisions", "Record a move to another phase or step."),
        "agree": ("decisions", "Record what was agreed: interval, terms, end, readiness."),
        "book": ("bookings", "Put a meeting in the calendar, or move one."),
        "unbook": ("bookings", "Call a booked meeting off in good time."),
        "pause": ("decisions", "Pause a relationship; nothing is due meanwhile."),
        "resume": ("decisions", "End a pause."),
        "close": ("decisions", "Close a relationship."),
        "reopen": ("decisions", "Take a closed relationship up again."),
        "decline": ("decisions", 'Answer an advice with "not yet"; it rests.'),
        "snooze": ("reminding", "Let reminders about one of them rest until a day."),
    },
    "Looking back": {
        "brief": ("looking", "Show what to know before a meeting."),
        "phase": ("answers", "Show every condition for the next step."),
        "show": ("looking", "Show a relationship, or one session in full."),
        "log": ("looking", "List sessions, newest first."),
        "search": ("searching", "Find words in notes, goals, actions and outcomes."),
        "plan": ("planning", "Show the coming weeks, and the room for one more."),
    },
    "The journal": {
        "edit": ("records", "Change what was recorded."),
        "delete": ("records", "Delete what was recorded; undo brings it back."),
        "calendar": ("calendars", "Write bookings and suggestions for other calendars."),
        "busy": ("busy", "Take busy times from a calendar file into account."),
        "config": ("configuring", "Show every setting and where it comes from."),
        "import": ("importing", "Import sessions from a CSV file."),
        "undo": ("undoing", "Take back the last command, or the last N."),
        "redo": ("undoing", "Put back what was undone last."),
        "history": ("undoing", "List what was done, and what an undo would do."),
        "forget": ("undoing", "Remove a relationship and every trace of it, for good."),
        "demo": ("demo", "Show it all on an invented journal."),
    },
}
COMMANDS = {name: row for rows in GROUPS.values() for name, row in rows.items()}


def _build(name: str) -> Any:
    module = importlib.import_module(f"mentorlog.cli.{COMMANDS[name][0]}")
    # Two commands have the name of a keyword or a builtin, so their functions end in "_".
    plain = name.replace("-", "_")
    function: Callable[..., None] = getattr(module, plain, None) or getattr(module, f"{plain}_")
    single = typer.Typer(add_completion=False, rich_markup_mode=None)
    single.command(name)(function)
    return typer.main.get_command(single)


class LazyGroup(TyperGroup):
    """A group that builds a command when it is called for, and knows how to fail."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import and build one command, or return ``None`` for an unknown name."""
        return _build(cmd_name) if cmd_name in COMMANDS else None

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """Complete command names from the table, without building them."""
        from typer.core import CompletionItem  # type: ignore[attr-defined]

        return [
            CompletionItem(name, help=said)
            for name, (_, said) in COMMANDS.items()
            if name.startswith(incomplete)
        ]

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the table, group by group."""
        for group, rows in GROUPS.items():
            with formatter.section(group):
                formatter.write_dl([(name, said) for name, (_, said) in rows.items()])

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command; a typing slip is met with what may have been meant."""
        unknown = args and args[0] not in COMMANDS and not args[0].startswith("-")
        if unknown and not ctx.resilient_parsing:  # a shell that asks is told nothing
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, 3)
            meant = f"; did you mean {' or '.join(near)}?" if near else ""
            ctx.fail(f"there is no command '{args[0]}'{meant}")
        return super().resolve_command(ctx, args)

    def make_context(
        self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any
    ) -> Any:
        """Read the command line; help that nobody reads to its end is no failure."""
        if any("\0" in word for word in args):  # no path, and nothing that a person types
            raise BadUsage("an argument has a NUL character in it", "type it again without it")
        return _while_read(super().make_context, info_name, args, parent, **extra)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; a reader that went away ends it quietly."""
        return _while_read(super().invoke, ctx)

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run, and turn every failure into one message, a next step and an exit code."""
        _speak_ascii_where_needed()
        if os.environ.get("_MENTORLOG_COMPLETE") == "complete_bash":
            from mentorlog.cli.completion import speak_bash

            speak_bash()
        try:
            code = super().main(*args, **{**extra, "standalone_mode": False})
        except MentorlogError as error:
            code = _fail(error.message, error.hint, error.exit_code)
        except typer.Abort:
            code = _fail("stopped; nothing was recorded", "", 1)
        except typer.TyperException as error:
            code = _fail_usage(error)
        except UnicodeEncodeError:  # what is printed is always encodable, what is stored may not be
            code = _fail("an argument holds bytes that are not UTF-8 text", "type it again", 2)
        except OverflowError:
            said = "the journal holds a day that is too far off to count with"
            hint = "another program may have put it there: mentorlog show NAME"
            code = _fail(said, hint, 5)
        except OSError as error:
            code = _fail_system(error)
        sys.exit(_written_out(code if isinstance(code, int) else 0))


def _while_read(action: Callable[..., Any], *args: Any, **extra: Any) -> Any:
    try:
        return action(*args, **extra)
    except BrokenPipeError as error:  # before typer makes it a failure
        raise typer.Exit from error


def _written_out(code: int) -> int:
    """Write out what was printed and return the exit code, 5 if it cannot be written."""
    error = _flush(sys.stdout)
    if error and not code and not isinstance(error, BrokenPipeError):
        code = _fail_output(error)
    _flush(sys.stderr)
    return code


def _flush(stream: Any) -> OSError | None:
    try:
        if stream is not None:
            stream.flush()
    except OSError as error:
        # Python would try again at its exit, and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return error
    return None


def _fail(message: str, hint: str, code: int) -> int:
    """Say what is wrong and what to do, and return the exit code."""
    message = " ".join(message.splitlines())
    if len(message) > 1000:  # whatever was typed is in it
        message = f"{message[:1000]}..."
    hints = [f"  {' '.join(hint.splitlines())}"] if hint else []
    with suppress(OSError):  # the exit code still tells
        note(f"error: {message}", *hints)
    return code


# What is in a message on usage, and what to do.
_USAGE = {
    "extra argument": "put words with spaces in quotes, and options before a --; ",
    "No such option: -(?!-)": "before a text that begins with - put -- alone; ",
}


def _fail_usage(error: Any) -> int:
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "mentorlog"
    message = " ".join(error.format_message().split())
    hint = next((said for words, said in _USAGE.items() if re.search(words, message)), "")
    return _fail(message[:1].lower() + message[1:], f"{hint}see: {command} --help", 2)


def _fail_system(error: OSError) -> int:
    if error.filename:
        hint = "free some space" if error.errno == ENOSPC else "check the path"
        return _fail(f"{error.strerror or error} {error.filename}", hint, 5)
    return _fail_output(error)


def _fail_output(error: OSError) -> int:
    said = f"the answer cannot be written out: {error.strerror or error}"
    return _fail(said, "what was recorded stays recorded; see: mentorlog history", 5)


def _speak_ascii_where_needed() -> None:
    """Where the encoding cannot carry a character, write its nearest plain form."""
    codecs.register_error("plain", _plain_form)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="plain")


def _plain_form(error: UnicodeError) -> tuple[str, int]:
    import unicodedata

    assert isinstance(error, UnicodeEncodeError)
    plain = (
        unicodedata.normalize("NFKD", bad).encode("ascii", "ignore").decode() or "?"
        for bad in error.object[error.start : error.end]
    )
    return "".join(plain), error.end


app = typer.Typer(
    name="mentorlog",
    cls=LazyGroup,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=False,
    invoke_without_command=True,
    help="A mentoring journal. One line after a meeting; it says when to meet next, and whether"
    " it may be time to move on. You decide.",
)


def _version(value: bool) -> None:
    if value:
        from importlib.metadata import version

        print(f"mentorlog {version('mentorlog')}")  # noqa: T201
        raise typer.Exit


@app.callback()
def root(
    ctx: typer.Context,
    journal: JournalOption = None,
    today: TodayOption = None,
    version: Annotated[
        bool, option("Show the version.", "--version", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Show the help where no command was given."""
    if ctx.invoked_subcommand is None:
        print(ctx.get_help())  # noqa: T201
