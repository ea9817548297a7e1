"""Seeing and changing the settings."""

import os
import shutil
from pathlib import Path
from typing import Annotated

import typer

from mentorlog.cli import drafts
from mentorlog.cli.arranging import load_holidays
from mentorlog.cli.loading import read_policy
from mentorlog.cli.run import Run, command
from mentorlog.config import Config, config_path, load_config
from mentorlog.errors import Declined, InvalidDocument, Refused
from mentorlog.names import fold_name
from mentorlog.render.configuration import HEADERS, TEMPLATE, config_rows
from mentorlog.settings import read_settings
from mentorlog.store import reading


def _check(run: Run, found: Config | None) -> None:
    """Say here, and not in the middle of a meeting, what is wrong with a file of settings."""
    read_policy(found)
    if found is None:
        return
    settings = read_settings(found.content, found.where)
    keys = {"me.holidays": settings.me.holidays}
    keys |= {f"with.{who}.holidays": said.holidays for who, said in settings.others.items()}
    for key, place in keys.items():
        try:
            load_holidays(place, today=run.today)
        except InvalidDocument as error:
            raise InvalidDocument(
                f"{found.where(key)}: '{key}': {error.message}", error.hint
            ) from error


def _edit(run: Run, path: Path) -> None:
    """Let a draft be changed, and put it in the place of the file once nothing is wrong in it.

    Cron reads the file meanwhile, and a slip would end its reminders.
    """
    real = path.resolve()  # a link to a file elsewhere stays one
    if real.exists() and not real.is_file():
        raise InvalidDocument(f"{path} is not a file", "remove it, or put a file there")
    real.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = real.with_name(f"{real.name}.draft")
    if not draft.exists():
        text = real.read_bytes() if real.exists() else TEMPLATE.encode()
        with open(os.open(draft, os.O_CREAT | os.O_WRONLY, 0o600), "wb") as file:
            file.write(text)
        if real.exists():
            shutil.copymode(real, draft)
    kept = f"{path.name} is as it was; go on with your draft: mentorlog config --edit"
    try:
        code = drafts.run_editor(draft)
    except OSError as error:
        raise Refused(f"the editor cannot be started: {error}", "set $EDITOR") from error
    if code:
        raise Declined(f"the editor ended with {code}", f"{kept}; or remove it: {draft}")
    try:
        _check(run, load_config(draft))
    except InvalidDocument as error:
        raise InvalidDocument(error.message, f"{error.hint}; {kept}") from error
    draft.replace(real)


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
        _edit(run, path)
        return run.out(f"Settings are in {path}. See them: mentorlog config")
    found = load_config()
    _check(run, found)
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
