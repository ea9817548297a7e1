"""Seeing and changing the settings."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

from mentorlog.cli import drafts
from mentorlog.cli.arranging import load_holidays
from mentorlog.cli.loading import read_setup
from mentorlog.cli.run import Run, command, option
from mentorlog.config import Config, config_path, load_config
from mentorlog.errors import Declined, InvalidDocument, MentorlogError, Refused
from mentorlog.names import fold_name
from mentorlog.render.configuration import HEADERS, TEMPLATE, config_rows
from mentorlog.store import reading


def _check(run: Run, found: Config | None) -> None:
    """Say here, and not in the middle of a meeting, what is wrong with a file of settings."""
    if found is None:
        return
    settings = read_setup(found).settings
    keys = {"me.holidays": settings.me.holidays}
    keys |= {f"with.{who}.holidays": said.holidays for who, said in settings.others.items()}
    for key, place in keys.items():
        try:
            load_holidays(place, today=run.today)
        except InvalidDocument as error:
            raise InvalidDocument(
                f"{found.where(key)}: '{key}': {error.message}", error.hint
            ) from error


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep a second editor of the settings away: of two drafts one would be lost."""
    try:
        import fcntl
    except ImportError:  # where there is no such lock
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise Refused("the settings are being edited already", "finish there first") from error
    finally:
        os.close(handle)


def _begin(run: Run, real: Path, draft: Path) -> None:
    """Make the draft, or say that one of before is gone on with."""
    if draft.is_symlink():
        draft.unlink()
    if not draft.exists():
        text = real.read_bytes().decode(errors="surrogateescape") if real.exists() else TEMPLATE
        drafts.write(draft, text)
        if real.exists():
            shutil.copymode(real, draft)
    elif real.exists() and real.stat().st_mtime_ns > draft.stat().st_mtime_ns:
        raise drafts.outdated(real.name, draft)
    else:
        run.note(f"Going on with your draft: {draft}")


def _edit(run: Run, path: Path) -> None:
    """Let a draft be changed, and put it in the place of the file once nothing is wrong in it.

    Cron reads the file meanwhile, and a slip would end its reminders.
    """
    try:
        real = path.resolve()  # a link to a file elsewhere stays one
    except RuntimeError as error:
        raise InvalidDocument(f"{path} is a link to itself", "remove it") from error
    if real.exists() and not real.is_file():
        raise InvalidDocument(f"{path} is not a file", "remove it, or put a file there")
    real.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(real.parent):
        draft = real.with_name(f"{real.name}.draft")
        is_new = not draft.exists()
        _begin(run, real, draft)
        was, begun = real.read_bytes() if real.exists() else None, draft.read_bytes()
        kept = f"{path.name} is as it was; go on with your draft: mentorlog config --edit"
        try:
            drafts.open_editor(draft)
            if not draft.exists():
                raise Declined("the draft is gone, so nothing was changed", "")
            _check(run, load_config(draft))
            if (real.read_bytes() if real.exists() else None) != was:
                raise Refused(f"{path.name} was changed meanwhile", f"your draft is kept: {draft}")
        except MentorlogError as error:
            if draft.exists() and draft.read_bytes() == begun and is_new:
                draft.unlink()
            elif draft.exists():
                error.hint = f"{error.hint}; {kept}".removeprefix("; ")
            raise
        draft.replace(real)


@command
def config(
    run: Run,
    edit: Annotated[bool, option("Change the file in your editor.", "--edit")] = False,
) -> None:
    """Show every setting, its value, and where it comes from; --edit changes the file.

    Example: mentorlog config
    """
    path = config_path()
    if edit:
        _edit(run, path)
        if run.json:
            return run.items([{"file": str(path)}])
        run.out(f"Settings are in {path}. See them: mentorlog config")
        return run.note(*_strangers(run, load_config()))
    found = load_config()
    strangers = _strangers(run, found)
    _check(run, found)
    rows = config_rows(found.content if found else {}, found.line if found else lambda _: None)
    if run.json:
        return run.items([{**row, "file": str(path)} for row in rows])
    run.table(HEADERS, [(r["key"], r["value"], r["from"], r["allowed"]) for r in rows])
    run.out("", f"File: {path}{'' if found else ' (not there: all is as by default)'}")
    run.out(f"Journal: {run.path}{' (named by you)' if run.named else ''}")
    return run.note(*strangers)


def _strangers(run: Run, found: Config | None) -> list[str]:
    """Which people of the settings are not in the journal, as lines."""
    journal = run.reading() if run.path.exists() else None
    known = {folded for _, folded in reading.names(journal)} if journal else set()
    return [
        f"[with.{who}]: nobody in the journal is called so."
        for who in (found.content.get("with", {}) if found else ())
        if fold_name(who) not in known
    ]
