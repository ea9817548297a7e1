"""The man page, made from the commands themselves: ``python -m mentorlog.cli.man``."""

from typing import Any

import typer

from mentorlog.cli.app import COMMANDS, app


def _plain(text: str) -> str:
    """Text as roff wants it: no character at the beginning of a line or inside means more.

    A paragraph that the help keeps as it is, by a backspace before it, is kept here too.
    """
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    parts = []
    for part in escaped.split("\n\n"):
        lines = [f"\\&{line.strip()}" for line in part.splitlines() if line.strip(" \b")]
        parts.append("\n".join([".nf", *lines, ".fi"] if "\b" in part else lines))
    return "\n.PP\n".join(parts)


def _options(command: Any, context: Any) -> list[str]:
    lines = []
    for parameter in command.params:
        row = parameter.get_help_record(context)
        if row:
            lines += [".TP", f".B {_plain(row[0])}", _plain(row[1] or "")]
    return lines


def man_page() -> str:
    """Return the whole page."""
    group: Any = typer.main.get_command(app)
    root = typer.Context(group, info_name="mentorlog")
    lines = [
        '.TH MENTORLOG 1 "" "mentorlog" "User Commands"',
        ".SH NAME",
        "mentorlog \\- a mentoring journal",
        ".SH SYNOPSIS",
        ".B mentorlog",
        "[\\-\\-journal FILE] [\\-\\-today DAY] COMMAND [ARGS]...",
        ".SH DESCRIPTION",
        _plain(group.help),
        *_options(group, root),
        ".SH COMMANDS",
    ]
    for name in COMMANDS:
        command = group.get_command(root, name)
        context = typer.Context(command, info_name=name, parent=root)
        usage = " ".join(command.collect_usage_pieces(context))
        lines += [f".SS {_plain(f'{name} {usage}')}", _plain(command.help)]
        lines += _options(command, context)
    lines += [
        ".SH EXIT STATUS",
        _plain(
            "0 done; 1 you said no, or a bug; 2 usage; 3 not found; 4 ambiguous, exists already or"
            " refused; 5 the journal cannot be used; 6 an invalid document; 10 something is due"
            " (remind --exit-code); 130 interrupted."
        ),
        ".SH FILES",
        _plain(
            "~/.local/share/mentorlog/journal.db, or what --journal or MENTORLOG_JOURNAL names."
        ),
    ]
    return "\n".join(line for line in lines if line) + "\n"


if __name__ == "__main__":
    print(man_page(), end="")  # noqa: T201
