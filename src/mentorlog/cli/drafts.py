"""Long notes: written in the editor, kept in a private draft until the journal has them."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import cast
from zlib import crc32

from mentorlog.cli.run import note
from mentorlog.errors import BadUsage, Declined, MentorlogError, Refused
from mentorlog.names import fold_name

_HELP = "# Lines that begin with # are not kept. Nothing written, nothing saved.\n"


def _editor() -> list[str]:
    given = (os.environ.get("VISUAL") or os.environ.get("EDITOR") or "").strip()
    if given:
        try:
            return shlex.split(given)
        except ValueError as error:
            raise BadUsage(f"cannot read $EDITOR: {given}", "for example: EDITOR=nano") from error
    found = shutil.which("nano") or shutil.which("vi")
    if found is None:
        raise BadUsage(
            "no editor is set", "set one: export EDITOR=nano; or give the notes directly"
        )
    return [found]


def write(path: Path, text: str) -> None:
    """Add to a draft that only its owner can read; on a full disk it stays as it was.

    Raises OSError that names the draft.
    """
    before = path.stat().st_size if path.exists() else None
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    try:
        with open(descriptor, "w", encoding="utf-8", errors="surrogateescape") as file:
            file.write(text)
    except OSError as error:
        # Half a text would be taken for the whole.
        if before is None:
            path.unlink(missing_ok=True)
        else:
            os.truncate(path, before)
        raise OSError(error.errno, error.strerror, str(path)) from error


def _decoded(content: bytes | bytearray) -> str:
    return content.decode("utf-8-sig").replace("\r\n", "\n")


def _without_comments(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith("#")).strip()


def outdated(what: str, draft: Path) -> Refused:
    """Say of a draft that what it was begun from was changed after it."""
    return Refused(
        f"{what} was changed after your draft of it",
        f"take over what you need of the draft, and remove it: {draft}",
    )


def open_editor(path: Path) -> None:
    """Let the person change a file; Ctrl-C is the editor's own meanwhile, as its text is.

    Refused if no editor can be started, Declined if it failed; then the draft is kept.
    """
    words = [*_editor(), str(path)]
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        code = subprocess.run(words, check=False).returncode
    except OSError as error:
        raise Refused(f"the editor cannot be started: {error}", "set $EDITOR") from error
    finally:
        signal.signal(signal.SIGINT, before)
    if code in (-signal.SIGINT, 128 + signal.SIGINT):
        note("", f"your draft is kept: {path}")
        raise KeyboardInterrupt
    if code:
        raise Declined(f"the editor ended with {code}; nothing was recorded", "try it again")


class Draft:
    """A private file beside the journal: notes about someone, or a record, not saved yet.

    ``beside`` is a line of comment, on what was given with the notes, that is kept with them.
    """

    def __init__(self, journal: Path, about: str, beside: str = "") -> None:
        folded = fold_name(about)
        plain = "".join(c if c.isalnum() else "-" for c in folded[:40])
        if plain != folded:  # two names of one plain form, or of one beginning
            plain += f"-{crc32(folded.encode(errors='replace')):08x}"
        self.path = journal.with_name(f"{journal.name}.draft-{plain}.txt")
        self.beside = beside

    @property
    def text(self) -> str:
        """What is in it, nothing where there is none."""
        exists = self.path.exists()
        return self.path.read_text(encoding="utf-8", errors="replace") if exists else ""

    def keep(self, text: str) -> str:
        """Add typed text, or put it into the temporary folder; say where, for the person."""
        try:
            old = self.text
            if text not in old and text not in _without_comments(old):
                beside = f"{self.beside}\n" if self.beside else ""
                write(self.path, f"\n{text}\n{beside}" if old else f"{text}\n{beside}")
            return f"your notes are kept: {self.path}"
        except OSError:
            import tempfile

        try:
            descriptor, name = tempfile.mkstemp(prefix="mentorlog-", suffix=".txt")
            with open(descriptor, "w", encoding="utf-8", errors="surrogateescape") as file:
                file.write(text)
            return f"your notes are kept: {name}"
        except OSError:
            return "your notes could not be kept"

    def edit(self, begin: str, notes: str | None = None, *, comments: bool = True) -> str:
        """Open it in the editor and return what was written, without comment lines.

        A record is edited with ``comments=False``, for a line of its notes may begin with #.

        It begins with notes that were given already, if any, and with ``begin``.

        An unfinished draft is taken up where it was left. Declined if nothing was written or
        the editor failed, and then it stays.
        """
        if not self.path.exists():
            page = f"{begin}\n{self.beside}\n{_HELP}" if comments else f"{begin}\n"
            write(self.path, f"{notes}\n{page}" if notes else page)
        else:
            if self.beside:
                write(self.path, f"\n{self.beside}\n")
            if notes:
                self.keep(notes)
        try:
            open_editor(self.path)
        except MentorlogError as error:
            error.hint = f"{error.hint}; your draft is kept: {self.path}".removeprefix("; ")
            raise
        text = self._plain()
        written = _without_comments(text) if comments else text.strip()
        self.need(written)
        return written

    def _plain(self) -> str:
        """What an editor has left in it; BadUsage, and it stays, for what is no text."""
        try:
            text = _decoded(self.path.read_bytes()) if self.path.exists() else ""
            if "\0" not in text:
                return text
        except UnicodeDecodeError:
            pass
        raise BadUsage(
            "your editor did not save plain text in UTF-8",
            f"save it so and run this again; your draft is kept: {self.path}",
        )

    def need(self, written: object) -> None:
        """Declined, and the draft gone, if nothing was written in it."""
        if not written:
            self.path.unlink(missing_ok=True)
            raise Declined(
                "nothing was written, so nothing was recorded", "write a few words and save"
            )

    def read_notes(self) -> str:
        """Read notes from standard input to its end; Ctrl-C keeps what came so far.

        BadUsage if it is closed or is not UTF-8 text.
        """
        if sys.stdin is None:
            raise BadUsage(
                "standard input is closed, so there are no notes on it", "give the notes"
            )
        if sys.stdin.isatty():
            note("Notes, then Ctrl-D on a line of its own:")
        came, source = bytearray(), cast(BufferedReader, sys.stdin.buffer)
        try:
            while part := source.read1():
                came += part
        except KeyboardInterrupt:
            with self.kept(came.decode(errors="replace")):
                raise
        try:
            return _decoded(came)
        except UnicodeDecodeError as error:
            with self.kept(came.decode(errors="surrogateescape")):
                raise BadUsage(
                    "the notes on standard input are not UTF-8 text", "convert them: iconv"
                ) from error

    @contextmanager
    def kept(self, text: str | None, *, safe: bool = True) -> Iterator[None]:
        """Keep typed text should recording it fail; drop the draft of it once it is safe."""
        try:
            yield
        except (MentorlogError, KeyboardInterrupt) as error:
            if text and text.strip():
                said = self.keep(text)
                if isinstance(error, MentorlogError):
                    error.hint = f"{error.hint}; {said}".removeprefix("; ")
                else:
                    note("", said)
            raise
        old = self.text if text and safe else ""
        alone = old.replace(self.beside, "").strip()
        if text and old and text.strip() in (alone, _without_comments(old)):
            self.path.unlink(missing_ok=True)  # and a draft of anything else stays
