"""Long notes: written in the editor, kept in a private draft until the journal has them."""

import os
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mentorlog.errors import BadUsage, Declined, MentorlogError, Refused
from mentorlog.names import fold_name

_HELP = "# Lines that begin with # are not kept. Nothing written, nothing saved.\n"


def draft_path(journal: Path, name: str) -> Path:
    """Return where the draft of notes about a relationship lies, beside the journal."""
    plain = "".join(c if c.isalnum() else "-" for c in fold_name(name))
    return journal.with_name(f"{journal.name}.draft-{plain}.txt")


def _editor() -> list[str]:
    given = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if given:
        try:
            return shlex.split(given)
        except ValueError as error:
            raise BadUsage(f"cannot read $EDITOR: {given}", "for example: EDITOR=nano") from error
    found = next((path for name in ("nano", "vi") if (path := shutil.which(name))), None)
    if found is None:
        raise BadUsage(
            "no editor is set", "set one: export EDITOR=nano; or give the notes directly"
        )
    return [found]


def write(path: Path, text: str) -> None:
    """Keep a draft that only its owner can read."""
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with open(descriptor, "w", encoding="utf-8") as file:
        file.write(text)


def edit(path: Path, begin: str) -> str:
    """Open the draft in the editor and return what was written, without comment lines.

    An unfinished draft is taken up where it was left. Declined if nothing was written or
    the editor failed, and the draft stays.
    """
    if not path.exists():
        write(path, f"{begin}\n{_HELP}")
    try:
        code = subprocess.run([*_editor(), str(path)], check=False).returncode
    except OSError as error:
        raise Refused(
            f"the editor cannot be started: {error}", f"set $EDITOR; your draft is kept: {path}"
        ) from error
    if code:
        raise Declined(
            f"the editor ended with {code}; nothing was recorded", f"your draft is kept: {path}"
        )
    text = path.read_text(encoding="utf-8", errors="replace")
    kept = "\n".join(line for line in text.splitlines() if not line.startswith("#")).strip()
    if not kept:
        path.unlink()
        raise Declined("nothing was written, so nothing was recorded", "")
    return kept


@contextmanager
def kept(path: Path, text: str | None) -> Iterator[None]:
    """Keep typed text in a draft should recording it fail; drop the draft once it is safe."""
    try:
        yield
    except (MentorlogError, KeyboardInterrupt) as error:
        if text:
            write(path, text)
            if isinstance(error, MentorlogError):
                error.hint = f"{error.hint}; your notes are kept: {path}".removeprefix("; ")
        raise
    path.unlink(missing_ok=True)
