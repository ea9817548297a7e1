"""Opening the journal file: created private, checked, locked for one short write at a time."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from mentorlog.errors import JournalFault, ReadOnlyJournal, Refused

SCHEMA_VERSION = 10
BUSY_SECONDS = 5.0
APPLICATION_ID = 0x4D4C4F47  # "MLOG": tells a journal from any other SQLite file

_DAMAGED = (
    "the journal is damaged",
    "keep the file and put back a backup copy; `sqlite3 FILE .recover` can often save the rest",
)
# Words in SQLite's message: what to say, and what to do.
_FAULTS: dict[str, tuple[str, str]] = {
    "locked": (
        "the journal is busy: another program is writing to it",
        "nothing was changed; try again in a moment",
    ),
    "full": (
        "the disk is full: nothing was recorded",
        "free some space and run the command again",
    ),
    "readonly": (
        "the journal cannot be written: the file or its folder is read-only",
        "check its permissions, or choose another with --journal FILE",
    ),
    "not a database": (
        "this file is not a mentorlog journal",
        "choose another with --journal FILE; this one was left as it is",
    ),
    "malformed": _DAMAGED,
    "decode": _DAMAGED,
    "disk i/o": (
        "the disk gave an error while reading or writing the journal",
        "nothing half-written was kept; check the disk, then try again",
    ),
    "unable to open": (
        "the journal cannot be opened",
        "check that it is a file you may read and write, and its folder too",
    ),
}


# Of a damaged file even what SQLite says of the damage may be no text.
Broken = (sqlite3.DatabaseError, UnicodeDecodeError)


def fault(path: Path, error: Exception) -> JournalFault:
    """Say an SQLite error in plain words, with what to do."""
    text = str(error).lower()
    for words, (message, hint) in _FAULTS.items():
        if words in text:
            kind = ReadOnlyJournal if words == "readonly" else JournalFault
            return kind(f"{message} ({path})", hint)
    return JournalFault(f"the journal cannot be used: {error} ({path})", "check the file")


class Journal:
    """An open journal: ``rows`` to read, ``write`` around every change."""

    def __init__(self, conn: sqlite3.Connection, path: Path) -> None:
        self.conn = conn
        self.path = path
        self.command = "another program"
        self.at = ""
        self._seen: Any = None

    def rows(self, sql: str, values: Any = ()) -> list[tuple[Any, ...]]:
        """Run one query and return all its rows; JournalFault if the file is unusable."""
        try:
            return self.conn.execute(sql, values).fetchall()
        except Broken as error:
            raise fault(self.path, error) from error

    def guard(self) -> None:
        """Refuse to write once another program has changed what is read from here on."""
        self._seen = self.rows("PRAGMA data_version")

    @contextmanager
    def write(self, *, step: bool = True) -> Iterator[sqlite3.Connection]:
        """One transaction, all or nothing, and one step of the history unless told otherwise.

        It takes the write lock at once: a read that turns into a write loses against a
        parallel writer, whatever the busy timeout.
        """
        try:
            self.conn.execute("BEGIN IMMEDIATE")
            try:
                if self._seen and self._seen != self.rows("PRAGMA data_version"):
                    raise _changed()
                step_id = _begin_step(self.conn, self.command, self.at) if step else None
                yield self.conn
                if step:
                    _end_step(self.conn, step_id)
            except BaseException:
                self.conn.rollback()
                raise
            self.conn.commit()
        except Broken as error:
            if self.conn.in_transaction:
                self.conn.rollback()
            if isinstance(error, sqlite3.IntegrityError):
                raise _changed() from error
            raise fault(self.path, error) from error


def _changed() -> Refused:
    return Refused(
        "another command has changed the journal in between; nothing was recorded",
        "look at it and try again: mentorlog history",
    )


def need_whole(path: Path) -> None:
    """Raise JournalFault where SQLite finds a file damaged, or values of a wrong type in it."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as conn:
            found = conn.execute("PRAGMA quick_check(1)").fetchone()[0]
    except Broken as error:
        raise fault(path, error) from error
    if found != "ok":
        message, hint = _DAMAGED
        raise JournalFault(f"{message} ({path})", hint)


def _begin_step(conn: sqlite3.Connection, command: str, at: str) -> int | None:
    cursor = conn.execute(
        "INSERT INTO step (command, at, seq)"
        " VALUES (?, ?, (SELECT ifnull(max(seq), 0) + 1 FROM step))",
        (command, at),
    )
    conn.execute("UPDATE recording SET step_id = ?", (cursor.lastrowid,))
    return cursor.lastrowid


def _end_step(conn: sqlite3.Connection, step_id: int | None) -> None:
    conn.execute("UPDATE recording SET step_id = NULL")
    conn.execute(
        "DELETE FROM step WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM change WHERE step_id = ?1)",
        (step_id,),
    )


def open_journal(path: Path, *, for_writing: bool) -> Journal | None:
    """Open a journal; reading never creates one, and returns ``None`` where there is none.

    Raises JournalFault for a folder, a foreign or newer file, or one that cannot be opened.
    """
    try:
        path = Path(os.path.realpath(path))  # a link to a journal stays a link
        if path.is_dir():
            raise JournalFault(
                f"the journal is a folder: {path}", "give a file: --journal FOLDER/journal.db"
            )
        if path.exists() and not path.is_file():
            raise JournalFault(f"the journal is not a file: {path}", "choose another: --journal")
        if not path.exists() or path.stat().st_size == 0:
            if not for_writing:
                return None
            _create(path)
        return Journal(_open(path, for_writing=for_writing), path)
    except OSError as error:
        raise JournalFault(
            f"the journal cannot be opened: {error.strerror} ({path})",
            "check the path and its permissions, or choose another with --journal FILE",
        ) from error
    except Broken as error:
        raise fault(path, error) from error


def _open(path: Path, *, for_writing: bool) -> sqlite3.Connection:
    conn = _connect(path)
    try:
        _check(conn, path)
        if _version(conn) == SCHEMA_VERSION:
            return conn
        try:
            _upgrade(conn, path)
            return conn
        except (OSError, sqlite3.OperationalError):
            # A read-only place or a busy file: what is only read can be upgraded in memory.
            if for_writing:
                raise
        upgraded = _memory(conn)
        upgraded.execute("PRAGMA query_only = ON")
        conn.close()
        return upgraded
    except BaseException:
        conn.close()
        raise


def _connect(path: Path) -> sqlite3.Connection:
    # mode=rw, also to read: after a crash the reader must be able to roll back.
    conn = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS, isolation_level=None
    )
    conn.execute("PRAGMA foreign_keys = ON")
    return conn


def _version(conn: sqlite3.Connection) -> int:
    return int(conn.execute("PRAGMA user_version").fetchone()[0])


def _check(conn: sqlite3.Connection, path: Path) -> None:
    application = conn.execute("PRAGMA application_id").fetchone()[0]
    version = _version(conn)
    if application != APPLICATION_ID:
        raise JournalFault(
            f"this file is an SQLite database, but not a mentorlog journal ({path})",
            "choose another with --journal FILE; this one was left as it is",
        )
    if version > SCHEMA_VERSION:
        raise JournalFault(
            f"the journal was made by a newer mentorlog (schema {version}, this one knows"
            f" {SCHEMA_VERSION})",
            "upgrade mentorlog; the file was left as it is",
        )


def _upgrade(conn: sqlite3.Connection, path: Path) -> None:
    """Bring a journal to the newest schema in one transaction, after a private copy of it."""
    from mentorlog.store.schema import migrate

    conn.execute("BEGIN IMMEDIATE")
    try:
        if _version(conn) < SCHEMA_VERSION:  # else another process was first
            _copy_aside(path)
            migrate(conn)
    finally:
        conn.rollback()


def _copy_aside(path: Path) -> None:
    """Keep the journal as it was; only under the write lock, so that one process does it."""
    from glob import escape

    for draft in path.parent.glob(f".{escape(path.name[:100])}.*.new"):
        draft.unlink(missing_ok=True)  # of a process that was killed
    copy = path.with_name(f"{path.name}.before-{SCHEMA_VERSION}")
    if copy.exists():
        return
    draft, reader = _draft_beside(copy), _connect(path)
    try:
        _make_private(draft)
        reader.execute("VACUUM INTO ?", (str(draft),))
        os.replace(draft, copy)
    finally:
        reader.close()
        draft.unlink(missing_ok=True)


def in_memory(path: Path, source: Journal | None = None) -> Journal:
    """Return a journal in memory: a copy to try things on, or an empty one to ask."""
    return Journal(_memory(source.conn if source else None), path)


def _memory(source: sqlite3.Connection | None) -> sqlite3.Connection:
    """A journal of the newest schema in memory, with what is in another one."""
    from mentorlog.store.schema import migrate

    memory = sqlite3.connect(":memory:", isolation_level=None)
    if source:
        source.backup(memory)
    migrate(memory)
    return memory


def _draft_beside(path: Path) -> Path:
    """Name a file of its own beside a path.

    It is named before it is made, so that no interrupt between the two leaves it behind.
    """
    return path.with_name(f".{path.name[:100]}.{os.urandom(6).hex()}.new")


def _make_private(draft: Path) -> None:
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _create(path: Path) -> None:
    """Make a new journal, private from its first byte, and show it only once it is whole."""
    from mentorlog.store.schema import migrate

    _make_private_folder(path.parent)
    draft = _draft_beside(path)
    try:
        _make_private(draft)
        conn = sqlite3.connect(draft)
        try:
            migrate(conn)
        except sqlite3.DatabaseError as error:
            raise fault(path, error) from error
        finally:
            conn.close()
        _put(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _put(draft: Path, path: Path) -> None:
    """Give the draft its name, unless another process was first."""
    try:
        os.link(draft, path)
    except FileExistsError:
        _replace_empty(draft, path)
    except OSError:
        # A file system without hard links.
        if not path.exists():
            os.replace(draft, path)


def _replace_empty(draft: Path, path: Path) -> None:
    """Put the draft where a file of zero bytes is, and only there: one process at a time."""
    with path.open("rb") as empty:
        if os.name == "posix":
            import fcntl

            fcntl.flock(empty, fcntl.LOCK_EX)
        if path.stat().st_size == 0:
            os.replace(draft, path)


def _make_private_folder(folder: Path) -> None:
    """Make a folder, and those it is in, for its owner only; what is there stays as it is."""
    before = os.umask(0o077)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    finally:
        os.umask(before)
