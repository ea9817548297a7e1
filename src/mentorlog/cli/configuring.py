"""Seeing and changing the settings."""

import os
from typing import Annotated

import typer

from mentorlog.cli import drafts
from mentorlog.cli.arranging import load_holidays
from mentorlog.cli.loading import load_policy, load_settings
from mentorlog.cli.run import Run, command
from mentorlog.config import config_path, load_config
from mentorlog.errors import Declined, InvalidDocument, Refused
from mentorlog.names import fold_name
from mentorlog.render.configuration import HEADERS, TEMPLATE, config_rows
from mentorlog.store import reading


def _check_holidays(run: Run) -> None:
    """Say here, and not in the middle of a meeting, that a place has no holidays."""
    found = load_config()
    settings = load_settings()
    keys = {"me.holidays": settings.me.holidays}
    keys |= {f"with.{who}.holidays": said.holidays for who, said in settings.others.items()}
    for key, place in keys.items():
        try:
            load_holidays(place, today=run.today)
        except InvalidDocument as error:
            where = found.where(key) if found else key
            raise InvalidDocument(f"{where}: '{key}': {error.message}", error.hint) from error


@command
def config(
    run: Run,
    edit: Annotated[bool, typer.Option("--edit", help="Change the file in your editor.")] = False,
) -> None:
    """Show every setting, its value, and where it comes from; --edit changes the file.

    Example: mentorlog config
    """
    path = config_path()
    if edit:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            with open(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
                file.write(TEMPLATE)
        try:
            code = drafts.run_editor(path)
        except OSError as error:
            raise Refused(f"the editor cannot be started: {error}", "set $EDITOR") from error
        if code:
            raise Declined(f"the editor ended with {code}", f"the file is as you left it: {path}")
        load_policy()  # says what is wrong in it, if anything
        _check_holidays(run)
        return run.out(f"Settings are in {path}. See them: mentorlog config")
    load_policy()
    _check_holidays(run)
    found = load_config()
    rows = config_rows(found.content if found else {}, found.line if found else lambda _: None)
    if run.json:
        return run.items([{**row, "file": str(path)} for row in rows])
    run.table(HEADERS, [(r["key"], r["value"], r["from"], r["allowed"]) for r in rows])
    run.out("", f"File: {path}{'' if found else ' (not there: all is as by default)'}")
    run.out(f"Journal: {run.path}{' (named by you)' if run.named else ''}")
    journal = run.reading() if run.path.exists() else None
    known = {folded for _, folded in reading.names(journal)} if journal else set()
    for who in found.content.get("with", {}) if found else ():
        if fold_name(who) not in known:
            run.note(f"[with.{who}]: nobody in the journal is called so.")
    return None
