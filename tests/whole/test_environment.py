"""Where the program is run: cron, pipes, terminals, encodings, time zones and permissions."""

import os
import pty
import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.whole.program import Program, bound_by_permissions

NOTES = "été with 李 — \x1b[31mred\x1b[0m \x07 \x9b31m"
READING = ("log", "next", "status", "show ana", "--help", "--version", "log --help", "brief ana")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal of a person and two sessions, made once."""
    program = Program(tmp_path_factory.mktemp("template"))
    program.ok("add-relationship 'Ána 李' --started 2026-09-01")
    program.ok(f"add-session ana '{NOTES}' --on 2026-11-02")
    program.ok("add-session ana second --on 2026-11-09 --action 'me: send the book'")
    return program.path


@pytest.fixture
def told(tmp_path: Path, template: Path) -> Program:
    """The program with a copy of that journal."""
    program = Program(tmp_path)
    program.folder.mkdir(parents=True, mode=0o700)
    shutil.copy2(template, program.path)
    return program


# --- cron ---


@pytest.mark.parametrize("stdin", (subprocess.DEVNULL, None), ids=("null", "closed"))
def test_cron_gets_the_reminder_and_nothing_else(told: Program, stdin: int | None) -> None:
    """With nothing but PATH and HOME, and no input, what is due is printed, and only that."""
    told.env = {"PATH": "/usr/bin:/bin", "HOME": str(told.home)}
    closing = {} if stdin else {"preexec_fn": lambda: os.close(0)}
    due = told.ok("remind", stdin=stdin, **closing)
    assert due.startswith("Ána 李") or "Ána 李" in due
    assert "été" not in due and "\x1b" not in due
    assert told.ok("remind --today 2026-11-10", stdin=stdin, **closing) == ""


@pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("setpriv"),
    reason="only root can become a user who has no home, with util-linux's setpriv",
)
def test_no_home_is_told_and_a_named_journal_needs_none(told: Program) -> None:
    """A user without any home is told to name the file; with a journal named all works."""
    keep = ("--inh-caps", "+dac_override,+dac_read_search")
    keep += ("--ambient-caps", "+dac_override,+dac_read_search")
    homeless = ["setpriv", "--reuid", "54321", "--regid", "54321", "--clear-groups", *keep]

    def run(*words: str, **env: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [*homeless, sys.executable, "-m", "mentorlog", *words],
            env={"PATH": "/usr/bin:/bin", **env}, capture_output=True, text=True, check=False,
        )  # fmt: skip

    for words in (("next",), ("add-relationship", "Ben"), ("remind",)):
        done = run(*words)
        assert (done.returncode, done.stdout) == (2, "")
        assert "no home folder" in done.stderr and "--journal FILE" in done.stderr
    done = run("next", "--today", "2026-12-01", MENTORLOG_JOURNAL=str(told.path))
    assert (done.returncode, done.stderr) == (0, ""), done
    assert "Ána" in done.stdout


# --- encodings ---

ASCII = (
    {"PYTHONIOENCODING": "ascii"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
)


@pytest.mark.parametrize("locale", ASCII, ids=("PYTHONIOENCODING", "LC_ALL"))
def test_where_only_ascii_can_be_printed_it_is(told: Program, locale: dict[str, str]) -> None:
    """With an ASCII stream accents fall off and the rest is a question mark; JSON keeps all."""
    env = {**told.env, **locale}
    for line in ("log", "next", "status", "show ana", "search ete", "brief ana", "next ana"):
        said = told.ok(line, env=env)
        assert said.isascii() and "Ana ?" in said, line
    assert "\\u00e9t\\u00e9" in told.ok("log --json", env=env)
    said = told.fails("next zoe", code=3, env=env)
    assert said.isascii()


@pytest.mark.parametrize("locale", ({"LANG": "C"}, {"LC_ALL": "C"}, {"LC_ALL": "POSIX"}))
def test_the_c_locale_is_utf8_in_and_out(told: Program, locale: dict[str, str]) -> None:
    """Python takes the C locale for UTF-8: names and notes go through it whole."""
    env = {**told.env, **locale}
    told.ok("add-relationship 'Zoë Łuk'", env=env)
    told.ok("add-session zoë - --on 2026-11-03", env=env, input="日本語\n")
    assert "日本語" in told.ok("log zoe", env=env)


# --- days ---


def test_the_time_zone_decides_what_today_is(told: Program) -> None:
    """A session without a day is recorded on the local calendar day, east and west."""
    days = {}
    for zone, hours in (("Pacific/Kiritimati", 14), ("Pacific/Pago_Pago", -11)):
        words = [sys.executable, "-m", "mentorlog", "add-session", "ana", zone]
        near = {time.strftime("%Y-%m-%d", time.gmtime(time.time() + hours * 3600))}
        subprocess.run(words, env={**told.env, "TZ": zone}, check=True, capture_output=True)
        near |= {time.strftime("%Y-%m-%d", time.gmtime(time.time() + hours * 3600))}
        ((days[zone],),) = told.rows(f"SELECT held_on FROM session WHERE notes = '{zone}'")
        assert days[zone] in near
    # 25 hours apart: never the same day.
    assert days["Pacific/Kiritimati"] > days["Pacific/Pago_Pago"]


# --- pipes that end early, and outputs that take nothing ---


@pytest.mark.parametrize("line", READING)
def test_a_closed_pipe_is_quiet(told: Program, line: str) -> None:
    """What nobody reads any more is not printed, and nothing is said about it."""
    reader, writer = os.pipe()
    os.close(reader)
    done = told.run(line, stdout=writer)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")


def test_head_of_a_long_log_is_quiet(told: Program) -> None:
    """``mentorlog log | head -1`` prints its line, and nothing on stderr."""
    document = told.home / "many.csv"
    rows = "".join(f"Ana,2026-11-01,talk {number}\n" for number in range(5000))
    document.write_text(f"who,day,notes\n{rows}")
    told.ok(f"import {document}")
    reading = told.start("log")
    head = subprocess.run(
        ["head", "-1"], stdin=reading.stdout, capture_output=True, text=True, check=True
    )
    assert reading.stdout and reading.stderr
    reading.stdout.close()
    reading.stdout = None
    assert reading.communicate() == (None, "")
    assert reading.returncode == 0
    assert head.stdout.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("line", (*READING, "log --json", "add-session ana third"))
def test_an_output_that_takes_nothing_is_told(told: Program, line: str) -> None:
    """A full device for the answer is one error, no traceback; what was recorded is."""
    with open("/dev/full", "w") as full:
        said = told.fails(line, code=5, says="cannot be written out", stdout=full)
        assert len(said.splitlines()) == 2
    if line.startswith("add-session"):
        assert told.notes()[-1] == "third"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_message_that_nobody_takes_leaves_the_exit_code(told: Program) -> None:
    """A full device for the messages changes no exit code."""
    with open("/dev/full", "w") as full:
        done = told.run("next nobody", stderr=full)
    assert (done.returncode, done.stdout) == (3, "")


# --- terminals ---


def on_terminal(program: Program, line: str, **env: str) -> str:
    """Run a command with a real terminal for its output, and return what reached it."""
    screen, output = pty.openpty()
    plain = {**program.env, "TERM": "xterm-256color", "PAGER": "cat", "COLUMNS": "100", **env}
    process = program.start(
        line, stdin=output, stdout=output, stderr=output, env=plain, start_new_session=True
    )
    os.close(output)
    shown = bytearray()
    try:
        while part := os.read(screen, 4096):
            shown += part
    except OSError:  # the way in which Linux says that the other end is closed
        pass
    os.close(screen)
    assert process.wait() == 0, shown
    return shown.decode()


@pytest.mark.parametrize("env", ({"NO_COLOR": "1"}, {"TERM": "dumb"}), ids=("NO_COLOR", "dumb"))
def test_no_escape_reaches_a_terminal_that_wants_none(told: Program, env: dict[str, str]) -> None:
    """With NO_COLOR or TERM=dumb not one escape byte is printed."""
    for line in ("status", "next", "log", "show ana", "search second", "actions", "--help"):
        shown = on_terminal(told, line, **env)
        assert shown.strip() and "\x1b" not in shown, (line, shown)


def test_a_terminal_gets_a_table_and_no_control_characters_of_notes(told: Program) -> None:
    """A terminal is shown a table; what is stored can never steer it."""
    status = on_terminal(told, "status")
    assert "Last met" in status and "\x1b[" in status
    assert "Last met" not in told.ok("status")
    for line in ("log", "show ana", "show s1", "search second", "brief ana", "log ana"):
        shown = on_terminal(told, line)
        assert "second" in shown or line == "show s1"
        assert not {"\x07", "\x9b"} & set(shown), (line, shown)
        assert "\x1b[31mred" not in shown, (line, shown)


# --- permissions ---


@pytest.mark.parametrize("umask", (0o000, 0o077, 0o022), ids=oct)
def test_everything_is_private_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    """Folder 0700, journal and draft 0600, from the first command on."""
    program = Program(tmp_path)
    program.ok("add-relationship Ana", umask=umask)
    env = {**program.env, "EDITOR": "false"}
    assert program.run("add-session ana --edit", umask=umask, env=env).returncode == 1
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in program.folder.iterdir()}
    assert modes == {"journal.db": 0o600, "journal.db.draft-ana.txt": 0o600}
    assert stat.S_IMODE(program.folder.stat().st_mode) == 0o700


def read_only_file(program: Program) -> None:
    """Take away the right to write to the journal."""
    program.path.chmod(0o400)


def read_only_folder(program: Program) -> None:
    """Take away the right to write to the journal and its folder."""
    program.path.chmod(0o400)
    program.folder.chmod(0o500)


def folder_without_new_files(program: Program) -> None:
    """Take away the right to make files beside a journal that can be written."""
    program.folder.chmod(0o500)


@pytest.mark.parametrize("closing", (read_only_file, read_only_folder, folder_without_new_files))
def test_a_read_only_journal_can_be_read_and_says_so(told: Program, closing: object) -> None:
    """Reading goes on; a write is code 5 and changes nothing, and piped notes are kept."""
    before = told.path.read_bytes()
    closing(told)  # type: ignore[operator]
    temporary = told.home / "tmp"
    temporary.mkdir()
    bound = {"preexec_fn": bound_by_permissions}
    told.env["TMPDIR"] = str(temporary)
    try:
        for line in ("next", "log", "show ana", "search second", "remind"):
            assert told.ok(line, **bound)
        for line in ("add-session ana x", "add-relationship Ben", "undo", "done a1"):
            told.fails(line, code=5, says="journal cannot be", **bound)
        said = told.fails("add-session ana -", code=5, input="long talk", **bound)
    finally:
        told.folder.chmod(0o700)
    draft = Path(said.rpartition("your notes are kept: ")[2].strip())
    assert draft.read_text().strip() == "long talk"
    assert stat.S_IMODE(draft.stat().st_mode) == 0o600
    assert told.path.read_bytes() == before


@pytest.mark.parametrize("what", ("file", "folder"))
def test_an_unreadable_journal_is_told(told: Program, what: str) -> None:
    """A file or a folder that may not be looked into is code 5 with its path."""
    closed = told.path if what == "file" else told.folder
    closed.chmod(0)
    try:
        named = f"next --journal {told.path}"
        for line in ("next", named, "remind", "add-session ana x", "add-relationship Ben"):
            said = told.fails(line, code=5, preexec_fn=bound_by_permissions)
            assert str(told.path) in said, said
    finally:
        closed.chmod(0o700 if what == "folder" else 0o600)
    told.check_whole()


def test_a_journal_cannot_be_begun_in_a_read_only_home(tmp_path: Path) -> None:
    """Where no folder can be made, the first command is code 5 and names the path."""
    program = Program(tmp_path)
    program.home.chmod(0o500)
    try:
        said = program.fails("add-relationship Ana", code=5, preexec_fn=bound_by_permissions)
        assert str(program.home) in said
        assert program.run("next", preexec_fn=bound_by_permissions).returncode == 0
    finally:
        program.home.chmod(0o700)
    assert list(program.home.iterdir()) == []


@pytest.mark.parametrize(
    ("line", "closed"), [("calendar", ">&-"), ("import table.csv", "2>&-"), ("next", ">&- 2>&-")]
)
def test_a_closed_stream_stops_nothing(
    told: Program, tmp_path: Path, line: str, closed: str
) -> None:
    """Where nobody listens the work is done all the same."""
    (tmp_path / "table.csv").write_text("who,day\nCy,2026-11-03\n", encoding="utf-8")
    program = f"{sys.executable} -m mentorlog --journal {told.path} {line} {closed}"
    done = subprocess.run(["sh", "-c", program], cwd=tmp_path, check=False)
    assert done.returncode == 0
    if "import" in line:
        assert "Cy" in told.ok("log cy")


def test_a_folder_that_is_not_absolute_is_ignored(tmp_path: Path) -> None:
    """As the specification of these variables has it, or the journal would move with the shell."""
    program = Program(tmp_path)
    program.env["XDG_DATA_HOME"] = "data"
    program.ok("add-relationship Ana")
    assert program.path.exists()
