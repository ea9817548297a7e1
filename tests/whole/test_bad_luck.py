"""Bad luck: other writers, kills, interrupts and full disks lose nothing that was acknowledged."""

import fcntl
import os
import pty
import re
import signal
import sqlite3
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from tests.whole.program import Program

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux's ways to see inside")


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program in a home without a journal."""
    return Program(tmp_path)


@pytest.fixture
def told(program: Program) -> Program:
    """The program with a journal and Ana in it."""
    program.ok("add-relationship Ana")
    return program


def wait_for(what: Callable[[], bool]) -> None:
    """Wait until something is so; far beyond any patience, fail."""
    end = time.monotonic() + 60
    while not what():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def unread(stream: int) -> int:
    """Return how many bytes lie in a pipe or a terminal that nobody has read yet."""
    return int.from_bytes(fcntl.ioctl(stream, termios.FIONREAD, b"\0" * 4), sys.byteorder)


def empty(folder: Path) -> None:
    """Delete all files in a folder."""
    for path in folder.iterdir():
        path.unlink()


# --- other writers ---


def test_20_parallel_sessions_are_all_there(told: Program) -> None:
    """Twenty add-session at once all succeed, and all twenty are recorded."""
    started = [told.start(f"add-session ana n{i}") for i in range(20)]
    said = [process.communicate() for process in started]
    assert [process.returncode for process in started] == [0] * 20, said
    assert sorted(told.notes()) == sorted(f"n{i}" for i in range(20))
    told.check_whole()


def test_20_parallel_beginnings_make_one_journal(program: Program) -> None:
    """Twenty add-relationship at once, where no journal was, all end in the same one."""
    started = [program.start(f"add-relationship Name{i}") for i in range(20)]
    said = [process.communicate() for process in started]
    assert [process.returncode for process in started] == [0] * 20, said
    assert program.rows("SELECT count(*) FROM relationship") == [(20,)]
    program.check_whole()


def test_a_writer_that_does_not_end_is_waited_for_and_told(told: Program) -> None:
    """A journal locked beyond the wait is code 5, and notes are kept; Ctrl-C meanwhile is quiet."""
    other = sqlite3.connect(told.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    lines = ("next", "add-session ana -", "add-relationship Ben", "undo")
    started = [told.start(line) for line in lines]
    interrupted = told.start("add-session ana x")
    with ThreadPoolExecutor() as pool:
        answers = pool.map(lambda process: process.communicate("long talk")[1], started)
        time.sleep(1)
        interrupted.send_signal(signal.SIGINT)
        assert interrupted.communicate() == ("", "")
        said = list(answers)
    assert interrupted.returncode == 130
    other.rollback()
    other.close()
    assert [process.returncode for process in started] == [5] * 4
    assert all("the journal is busy" in text for text in said), said
    draft = told.folder / "journal.db.draft-ana.txt"
    assert f"your notes are kept: {draft}" in said[1]
    assert draft.read_text() == "long talk\n"
    draft.unlink()
    assert told.notes() == []
    told.check_whole()


# --- killed ---


def test_what_was_acknowledged_survives_kills_of_a_stream(told: Program) -> None:
    """A stream of commands, killed again and again: each session that was answered is there."""
    answered = set()
    for again in range(5):
        lines = (f"add-session ana r{again}n{i} && echo done r{again}n{i}" for i in range(9))
        own = " ".join(told.words("")[:-2])
        script = "; ".join(f"{own} {line}" for line in lines)
        stream = subprocess.Popen(
            ["/bin/sh", "-c", script], env=told.env, stdout=subprocess.PIPE, text=True,
            start_new_session=True,
        )  # fmt: skip
        assert stream.stdout
        seen = ""
        while seen.count("done") <= again:
            line = stream.stdout.readline()
            assert line, "the stream ended by itself"
            seen += line
        time.sleep(0.025 * again)
        os.killpg(stream.pid, signal.SIGKILL)
        seen += stream.communicate()[0]
        answered |= set(re.findall(r"done (\w+)", seen))
        told.check_whole()
    assert len(answered) >= 15
    assert answered <= set(told.notes())


def test_a_kill_at_any_moment_leaves_the_file_whole(told: Program) -> None:
    """Killed at moments all over a command and its write: recorded whole, or not at all."""
    died = 0
    for number, at in enumerate(told.moments("add-session ana warm", 8)):
        done = told.signalled(f"add-session ana n{number}", at=at, signum=signal.SIGKILL)
        died += done.returncode == -signal.SIGKILL
        there = told.notes().count(f"n{number}")
        assert there == 1 or (there == 0 and "Recorded" not in done.stdout)
        assert told.rows("SELECT id FROM step WHERE id NOT IN (SELECT step_id FROM change)") == []
    assert died >= 12
    told.check_whole()
    assert told.rows("SELECT quiet, step_id FROM recording") == [(0, None)]
    told.ok("undo")


def test_a_half_written_file_is_rolled_back_by_the_next_command(told: Program) -> None:
    """An import killed when it had written to the file is undone by whoever comes next."""
    document = told.home / "many.csv"
    note = "x" * 400
    document.write_text(
        "who,day,notes\n" + "".join(f"Ana,2026-11-01,{i} {note}\n" for i in range(20_000))
    )
    before = told.path.stat()
    importing = told.start(f"import {document}")
    wait_for(lambda: told.path.stat().st_size > before.st_size or importing.poll() is not None)
    importing.kill()
    importing.communicate()
    assert importing.returncode == -signal.SIGKILL
    left = told.folder / "journal.db-journal"
    assert left.stat().st_size > 0 and left.stat().st_mode & 0o777 == 0o600
    told.check_whole()
    assert told.notes() == []


def test_a_kill_while_the_journal_is_made_leaves_none_or_a_whole_one(program: Program) -> None:
    """A first command that is killed shows either no journal or a usable one."""
    for at in program.moments("add-relationship Ana", 5):
        empty(program.folder)
        program.signalled("add-relationship Ana", at=at, signum=signal.SIGKILL)
        program.run("add-relationship Ana")
        assert program.rows("SELECT name FROM relationship") == [("Ana",)]
        assert program.rows("PRAGMA integrity_check") == [("ok",)]


# --- interrupted ---


def test_an_interrupt_at_any_moment_is_quiet(told: Program) -> None:
    """Ctrl-C all over a command: 130 or done, no traceback, and recorded or not."""
    codes = []
    for number, at in enumerate(told.moments("add-session ana warm", 12)):
        done = told.signalled(f"add-session ana n{number}", at=at, signum=signal.SIGINT)
        codes.append(done.returncode)
        there = told.notes().count(f"n{number}")
        assert (done.returncode, done.stderr) in ((0, ""), (130, "")), (at, done)
        assert there == 1 or (there == 0 and done.returncode and "Recorded" not in done.stdout)
    assert codes.count(130) > 18
    told.check_whole()


def test_an_interrupt_of_the_first_command_leaves_nothing_behind(program: Program) -> None:
    """Ctrl-C while the journal is made: none or a whole one, and no file beside it."""
    for at in program.moments("add-relationship Ana", 6):
        empty(program.folder)
        done = program.signalled("add-relationship Ana", at=at, signum=signal.SIGINT)
        assert (done.returncode, done.stderr) in ((0, ""), (130, "")), (at, done)
        assert program.files() in ([], ["journal.db"])
        assert program.run("status").returncode == 0


@linux_only
def test_an_interrupt_of_piped_notes_keeps_what_came(told: Program) -> None:
    """Ctrl-C while notes still come through a pipe: they lie in a private draft."""
    process = told.start("add-session ana -")
    assert process.stdin
    process.stdin.write("first line\nsecond, not ended")
    process.stdin.flush()
    wait_for(lambda: unread(process.stdin.fileno()) == 0)  # type: ignore[union-attr]
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    out, said = process.communicate()
    draft = told.folder / "journal.db.draft-ana.txt"
    assert (process.returncode, out) == (130, "")
    assert said == f"\nyour notes are kept: {draft}\n"
    assert draft.read_text() == "first line\nsecond, not ended\n"
    assert draft.stat().st_mode & 0o777 == 0o600
    assert told.notes() == []


@linux_only
def test_an_interrupt_of_typed_notes_keeps_what_was_typed(told: Program) -> None:
    """Ctrl-C on a terminal, after lines were typed for ``-``: they lie in a private draft."""
    keyboard, screen = pty.openpty()

    def take_terminal() -> None:
        os.setsid()
        fcntl.ioctl(screen, termios.TIOCSCTTY, 0)

    process = told.start(
        "add-session ana -", stdin=screen, preexec_fn=take_terminal, stderr=subprocess.PIPE
    )
    assert process.stderr
    assert "Ctrl-D" in process.stderr.readline()
    os.write(keyboard, "what we said: été\n".encode())
    wait_for(lambda: unread(screen) == 0)
    time.sleep(0.1)
    os.write(keyboard, b"\x03")
    _, said = process.communicate()
    os.close(keyboard)
    os.close(screen)
    draft = told.folder / "journal.db.draft-ana.txt"
    assert process.returncode == 130
    assert said == f"\nyour notes are kept: {draft}\n"
    assert draft.read_text().strip() == "what we said: été"
    assert draft.stat().st_mode & 0o777 == 0o600


def editor(program: Program, script: str) -> dict[str, str]:
    """Return an environment whose editor is a shell script, given the draft as $1."""
    path = program.home / "editor"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return {**program.env, "EDITOR": str(path)}


def test_an_interrupt_in_the_editor_is_the_editors(told: Program) -> None:
    """Ctrl-C that an editor takes as a key of its own does not cost what is typed in it."""
    script = 'trap "" INT; echo "before" >>"$1"; kill -INT 0; sleep 1; echo "after" >>"$1"'
    env = editor(told, script)
    told.ok("add-session ana --edit", env=env, start_new_session=True)
    assert told.notes()[0].splitlines()[-2:] == ["before", "after"]
    told.check_whole()


def test_an_interrupt_that_ends_the_editor_keeps_the_draft(told: Program) -> None:
    """Ctrl-C that ends the editor ends the command with 130; the draft is kept and taken up."""
    env = editor(told, 'echo "half a thought" >>"$1"; kill -INT 0; sleep 10')
    done = told.run("add-session ana --edit", env=env, start_new_session=True)
    draft = told.folder / "journal.db.draft-ana.txt"
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr == f"\nyour draft is kept: {draft}\n"
    assert draft.stat().st_mode & 0o777 == 0o600
    told.ok("add-session ana --edit", env={**told.env, "EDITOR": "true"})
    assert "half a thought" in told.notes()[0]
    told.check_whole()


# --- a full disk ---


@pytest.fixture
def small(program: Program) -> Iterator[Program]:
    """The program, with Ana, on a disk of its own of half a megabyte."""
    program.folder.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "tmpfs", str(program.folder)]
    made = subprocess.run(mount, capture_output=True, text=True, check=False)
    if made.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {made.stderr.strip()}")
    try:
        (program.home / "tmp").mkdir()
        program.env["TMPDIR"] = str(program.home / "tmp")
        yield program
    finally:
        subprocess.run(["umount", "-l", str(program.folder)], check=True)


def fill(program: Program) -> Path:
    """Use the last byte of the disk."""
    filler = program.folder / "filler"
    with filler.open("ab", buffering=0) as file, pytest.raises(OSError, match="No space"):
        while True:
            file.write(b"x" * 512)
    return filler


@linux_only
def test_a_full_disk_keeps_the_notes_and_the_journal(small: Program) -> None:
    """A write that finds no space is code 5; piped notes lie elsewhere, the journal is whole."""
    small.ok("add-relationship Ana")
    filler = fill(small)
    notes = "long talk " * 500
    said = small.fails("add-session ana -", code=5, says="the disk is full", input=notes)
    assert small.files() == ["filler", "journal.db"]
    kept = Path(said.rpartition("your notes are kept: ")[2].strip())
    assert kept.read_text().strip() == notes.strip()
    assert kept.parent == small.home / "tmp" and kept.stat().st_mode & 0o777 == 0o600
    small.fails(f"add-session ana '{notes}'", code=5, says="nothing was recorded")
    small.ok("next")
    filler.unlink()
    small.check_whole()
    assert small.notes() == []
    small.ok("add-session ana -", input=kept.read_text())
    assert small.notes() == [notes.strip()]


@linux_only
def test_a_full_disk_from_the_start_leaves_nothing(small: Program) -> None:
    """Where there is no room for a journal, none is begun, and nothing half-made is left."""
    filler = fill(small)
    small.fails("add-relationship Ana", code=5, says="the disk is full")
    assert small.files() == ["filler"]
    filler.unlink()
    small.ok("add-relationship Ana")
    small.check_whole()


@linux_only
def test_a_disk_that_fills_during_an_import_imports_nothing(small: Program) -> None:
    """An import with no room for its end is all or nothing."""
    small.ok("add-relationship Ana")
    document = small.home / "many.csv"
    rows = "".join(f"Ana,2026-11-01,{i} {'x' * 400}\n" for i in range(3_000))
    document.write_text(f"who,day,notes\n{rows}")
    small.fails(f"import {document}", code=5, says="the disk is full")
    small.check_whole()
    assert small.notes() == []


@linux_only
def test_a_disk_with_any_room_either_forgets_or_does_not(small: Program) -> None:
    """Who is said to be there still is there, and who is gone is said to be gone."""
    small.ok("add-relationship Ben")
    rows = "".join(f"Ben,2026-11-01,{i} {'x' * 400}\n" for i in range(300))
    document = small.home / "many.csv"
    document.write_text(f"who,day,notes\n{rows}Ana,2026-11-01,secret\n")
    small.ok(f"import {document}")
    before, filler, seen = small.path.read_bytes(), small.folder / "filler", set()
    for room in range(40, 720, 40):
        small.path.write_bytes(before)
        free = os.statvfs(small.folder)
        filler.write_bytes(b"x" * max(free.f_bavail * free.f_frsize - room * 1024, 0))
        done = small.run("forget Ana --yes Ana")
        filler.unlink()
        gone = b"secret" not in small.path.read_bytes()
        assert (done.returncode, gone) in ((0, True), (5, False)), done.stderr
        seen.add(gone)
        small.check_whole()
    assert seen == {True, False}


@linux_only
def test_an_editor_on_a_full_disk_is_told(small: Program) -> None:
    """With no room for a draft the editor is not opened, and no empty draft is left."""
    small.ok("add-relationship Ana")
    filler = fill(small)
    small.fails(
        "add-session ana --edit", code=5, says="space", env=editor(small, "touch $HOME/opened")
    )
    assert not (small.home / "opened").exists()
    filler.unlink()
    small.check_whole()


def test_of_two_decisions_at_once_one_is_refused(told: Program) -> None:
    """What the second was decided on has changed while it waited; nothing is recorded of it."""
    with closing(sqlite3.connect(told.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        both = [told.start("close ana --as early") for _ in range(2)]
        time.sleep(1.5)
        other.execute("ROLLBACK")
        said = [process.communicate()[1] for process in both]
    codes = sorted(process.returncode for process in both)
    assert (codes, sum("in between" in text for text in said)) == ([0, 4], 1)
    assert told.ok("status").count("closed") == 1
    assert told.ok("reopen ana")
    assert "closed" not in told.ok("status")
