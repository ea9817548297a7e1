"""Bad input: the documented exit code, one message with a next step, and nothing changed."""

import os
import shlex
import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from typer.main import get_command

from mentorlog.cli import app as door
from mentorlog.store import journal as store

STORY = """
add-relationship Ana --started 2026-09-07
add-session Ana "first talk" --on 2026-11-20 --action "me: send the book by 2026-12-04"
add-goal Ana "lead the planning round" --on 2026-11-20
add-relationship Anders
add-relationship Ben
pause Ben --from 2027-01-04 --until 2027-01-15
add-relationship Chen
close Chen --as completed
"""
BAD = "'A\udcff'"  # what a shell hands over for a byte that is not UTF-8
LONG = "x" * 100_000
EXIT_CODES = {0, 1, 2, 3, 4, 5, 6, 10}

# A command line, its exit code, and what the message or the next step must hold.
REFUSED = (
    # names
    ("next bob", 3, "mentorlog add-relationship bob"),
    ("log bob", 3, "mentorlog add-relationship bob"),
    ("actions bob", 3, "mentorlog add-relationship bob"),
    ("next anna", 3, "did you mean Ana"),
    ("search parser name:bob", 3, "bob"),
    (f"next {LONG}", 3, "no relationship 'xxx"),
    ("add-session ana '- a bullet'", 2, "before a text that begins with - put -- alone"),
    (f"next {BAD}", 3, "mentorlog status"),
    ("next an", 4, "Ana, Anders"),
    ("add-session an 'which of them'", 4, "type more of the name"),
    ("next ''", 2, "the name is empty"),
    ("log '   '", 2, "the name is empty"),
    ("next '\u0301'", 2, "the name is empty"),
    ("add-relationship ana", 4, "'Ana' already"),
    ("add-relationship 'ÁNA'", 4, "'Ana' already"),
    ("add-relationship ''", 2, "needs a name"),
    ("add-relationship '  '", 2, "needs a name"),
    ("add-relationship '\u0301'", 2, "needs a name"),
    (f"add-relationship {'x' * 201}", 2, "at most 200"),
    ("add-relationship 'A\x1bna'", 2, "printable"),
    (f"add-relationship {BAD}", 2, "printable"),
    # days and intervals
    ("add-session ana --on '30 feb'", 2, "calendar"),
    ("add-session ana --on 2026-02-30", 2, "calendar"),
    ("add-session ana --on 03/04/2026", 2, "2026-04-03"),
    ("add-session ana --on 12.11.", 2, "11 December"),
    ("add-session ana --on 9999-01-01", 2, "far off"),
    ("add-session ana --on '400 years ago'", 2, "far off"),
    ("add-session ana --on '99999999999999999999 days ago'", 2, "far off"),
    ("add-session ana --on tomorrow", 2, "ahead of today"),
    ("add-session ana --on 2026-12-02 --status held", 2, "record it when it has happened"),
    ("add-session ana --on ''", 2, "No day was given"),
    ("add-session ana --on soon", 2, "'15 dec'"),
    (f"add-session ana --on {LONG}", 2, "15 dec"),
    (f"add-session ana --on {BAD}", 2, "15 dec"),
    ("add-action ana 'a book' --owner me --due ''", 2, "No day was given"),
    ("add-action ana 'a book' --owner me --due 31/31", 2, "calendar"),
    ("log ana --since '31 sep'", 2, "calendar"),
    ("status --today 2026-02-30", 2, "calendar"),
    ("status --today ''", 2, "No day was given"),
    ("agree ana --every daily", 2, "1w"),
    ("agree ana --every biweekly", 2, "fortnightly"),
    ("agree ana --every ''", 2, "cadence"),
    ("agree ana --every 0w", 2, "1 week to 2 years"),
    ("agree ana --every 99999999999999999999y", 2, "2 years"),
    ("agree ana --until ''", 2, "No day was given"),
    ("agree ana", 2, "--every"),
    ("add-relationship Zoe --every ''", 2, "cadence"),
    ("add-relationship Zoe --ladder ''", 2, "cadence"),
    ("add-relationship Zoe --ladder 1m,1w", 2, "each slower"),
    ("agree ana --ladder 1m,1w", 2, "each slower"),
    ("agree ana --ladder 2w,1m --by me", 2, "a ladder is agreed by both"),
    ("move ana learning --every 6m", 2, "does not fit"),
    ("pause ana --from 2026-12-05 --until 2026-12-04", 2, "later day"),
    ("remind --within -1", 2, "0 to 366"),
    ("remind --within 99999999999999999999", 2, "0 to 366"),
    # scales, words and texts
    ("add-session ana --trust 6", 2, "1<=x<=5"),
    ("add-session ana --trust 0", 2, "1<=x<=5"),
    ("add-session ana --their-trust 4.5", 2, "int range"),
    ("add-session ana --energy five", 2, "int range"),
    ("add-session ana --minutes 1441", 2, "1440"),
    (f"add-session ana --minutes {'9' * 5000}", 2, "..."),
    ("add-session ana --status booked", 2, "held"),
    ("add-session ana --by them", 2, "no-show"),
    ("add-session ana --short-notice", 2, "--status cancelled"),
    ("add-session ana --guess", 2, "--their-trust"),
    ("add-session ana --agenda you", 2, "them"),
    ("add-session ana ''", 2, "the note cannot be empty"),
    (f"add-session ana {BAD}", 2, "UTF-8"),
    ("add-session ana note --title ' '", 2, "the title cannot be empty"),
    (f"add-session ana note --topic {BAD}", 2, "UTF-8"),
    ("add-session ana note --topic 'a\x1fb'", 2, "control"),
    ("add-session ana note --action 'send the book'", 2, "whose action"),
    ("add-session ana note --action me:", 2, "the action cannot be empty"),
    ("add-session ana note --action 'me: send it by 32 dec'", 2, "calendar"),
    (f"add-goal ana {BAD}", 2, "UTF-8"),
    ("add-goal ana ''", 2, "the goal cannot be empty"),
    ("add-goal ana 'a\x1b[31mb'", 2, "control"),
    ("add-action ana ' ' --owner me", 2, "the action cannot be empty"),
    ("add-action ana 'a book' --owner nobody", 2, "them"),
    ("add-outcome ana '' --for me", 2, "the outcome cannot be empty"),
    (f"move ana learning --why {BAD}", 2, "UTF-8"),
    (f"search {BAD}", 2, "UTF-8"),
    ("search ''", 2, "search"),
    ("log --limit 0", 2, "x>=1"),
    # ids
    ("done a999", 3, "no action a999"),
    ("done x1", 2, "ids look like"),
    ("done g1", 2, "ids look like"),
    ("done ''", 2, "ids look like"),
    ("done a²", 2, "ids look like"),
    ("done a99999999999999999999", 2, "ids look like"),
    ("goal g999 --state moving", 3, "no goal g999"),
    ("goal g1 --state finished", 2, "reached"),
    ("show s999", 3, "no session s999"),
    ("show s²", 3, "no relationship"),
    ("edit s999 --trust 4", 3, "s999"),
    ("edit s1 --minutes 000000999999", 2, "1440"),
    ("delete s999", 3, "s999"),
    # what is not possible now
    ("move ana trusting", 4, "--every"),
    ("move ana heaven", 2, "maintenance"),
    ("move chen learning", 4, "mentorlog reopen Chen"),
    ("agree chen --every 2w", 4, "mentorlog reopen Chen"),
    ("close chen --as early", 4, "mentorlog reopen Chen"),
    ("pause chen", 4, "mentorlog reopen Chen"),
    ("pause ben --from 2027-01-10", 4, "mentorlog delete p1"),
    ("pause ben --until 2027-02-01", 4, "mentorlog delete p1"),
    ("resume ana", 4, "mentorlog show Ana"),
    ("reopen ana", 4, "mentorlog status Ana"),
    ("close ana", 2, "--as"),
    ("undo 0", 2, "1<=x"),
    ("undo 999", 4, "mentorlog history"),
    ("redo", 4, "mentorlog history"),
    ("forget ana --yes ana", 1, "--yes"),
    # the command line itself
    ("statsu", 2, "did you mean status"),
    ("add", 2, "mentorlog --help"),
    ("''", 2, "mentorlog --help"),
    (f"{BAD}", 2, "mentorlog --help"),
    (f"add-session ana --status {LONG}", 2, "..."),
    ("status --nonsense", 2, "mentorlog status --help"),
    ("--nonsense status", 2, "mentorlog --help"),
    ("status ana extra", 2, "mentorlog status --help"),
    ("add-session", 2, "mentorlog add-session --help"),
    ("import", 2, "mentorlog import --help"),
)


@pytest.fixture
def told(journal):
    """A journal with a bit of everything in it."""
    return journal.told(*STORY.strip().splitlines())


def refused(journal, line, code, says, **more):
    """Check the one way to fail: a code, a message, a next step, and a journal as it was."""
    before = journal.path.read_bytes() if journal.path.is_file() else None
    message, *steps = journal.fails(line, code=code, says=says, **more).splitlines()
    assert len(message) < 1100
    assert len(steps) == 1
    assert steps[0].startswith("  ") and steps[0].strip()
    assert "\x1b" not in message + steps[0]
    assert before is None or journal.path.read_bytes() == before


def test_each_bad_input_is_refused_with_a_next_step(told):
    """Every row of the table fails as documented, says what to do, and changes nothing."""
    for line, code, says in REFUSED:
        try:
            refused(told, line, code, says)
        except AssertionError as error:
            raise AssertionError(f"{line[:80]!r}: {error}") from error


def test_two_sessions_on_one_day_are_recorded_and_said(ok):
    """A second session on a day is allowed, and the answer says so."""
    ok("add-relationship Ana")
    assert "That makes" not in ok("add-session ana morning")
    assert "That makes 2 with Ana on that day." in ok("add-session ana afternoon")


def test_a_limit_beyond_all_numbers_is_no_limit(told):
    """A --limit that SQLite could not hold lists everything."""
    assert told.ok(f"log --limit {10**30}").startswith("s1 ")


def test_one_record_stays_one_line(told):
    """A text with line ends in it does not break the lines of a listing."""
    told.ok("add-action ana 'send\nthe book' --owner them")
    assert len(told.ok("actions").splitlines()) == 2


# --- the journal file ---


def _other_database(path):
    with sqlite3.connect(path) as conn:
        conn.execute("CREATE TABLE person (name TEXT)")
    conn.close()


def _newer(path):
    conn = sqlite3.connect(path)
    conn.execute("PRAGMA user_version = 9999")
    conn.close()


def _spoilt(path):
    conn = sqlite3.connect(path)
    conn.execute("UPDATE relationship SET ladder = 'banana'")
    conn.commit()
    conn.close()


def _overwritten(path):
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))


def _unspeakable(path):
    whole = path.read_bytes()
    at = whole.index(b"CREATE TABLE goal") + len("CREATE ")
    path.write_bytes(whole[:at] + b"\xff" + whole[at + 1 :])


BROKEN = {
    "a folder": (lambda p: (p.unlink(), p.mkdir()), "a folder"),
    "a pipe": (lambda p: (p.unlink(), os.mkfifo(p)), "not a file"),
    "text": (lambda p: p.write_text("not a database, " * 500), "not a mentorlog journal"),
    "truncated": (lambda p: p.write_bytes(p.read_bytes()[:5000]), "damaged"),
    "overwritten": (_overwritten, "damaged"),
    "damage that is no text": (_unspeakable, "damaged"),
    "another database": (lambda p: (p.unlink(), _other_database(p)), "not a mentorlog journal"),
    "newer": (_newer, "newer mentorlog"),
    "spoilt": (_spoilt, "cannot be read"),
}


@pytest.mark.parametrize(("breaking", "says"), BROKEN.values(), ids=BROKEN)
def test_an_unusable_journal_is_code_5_and_left_as_it_is(told, breaking, says):
    """Whatever lies where the journal should be is named, refused and never written to."""
    breaking(told.path)
    kind = told.path.lstat().st_mode
    lines = ("add-session ana 'a note'", "add-goal ana 'a goal'", "next ana", "status", "remind")
    for line in lines:
        refused(told, line, 5, says)
    assert told.path.lstat().st_mode == kind
    assert sorted(p.name for p in told.path.parent.glob("*journal.db*")) == [told.path.name]


def test_a_file_of_zero_bytes_is_an_empty_journal(journal):
    """Reading an empty file leaves it empty; the first relationship makes it a journal."""
    journal.path.touch(mode=0o644)
    assert journal.run("status").exit_code == 0
    refused(journal, "next ana", 3, "mentorlog add-relationship ana")
    refused(journal, "add-session ana - --on today", 3, "the journal is empty", input="notes")
    assert journal.path.stat().st_size == 0
    journal.ok("add-relationship Ana")
    assert journal.path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "line",
    ("status", "next", "next ana", "log", "show ana", "actions", "add-session ana x", "done a1"),
)
def test_a_named_journal_that_is_not_there_is_not_made(journal, line):
    """A slip in --journal is told, and does not leave an empty journal behind."""
    refused(journal, line, 3, "there is no journal")
    assert not journal.path.exists()


def test_a_journal_below_a_file_cannot_be_opened(journal, tmp_path):
    """A path that goes through a file is code 5 with the path in the message."""
    (tmp_path / "file").touch()
    journal.path = tmp_path / "file" / "journal.db"
    refused(journal, "add-relationship Ana", 5, str(journal.path))


def test_a_journal_that_is_locked_too_long_keeps_the_notes(told, monkeypatch):
    """Another writer that does not end is code 5, and piped notes lie in a private draft."""
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.1)
    other = sqlite3.connect(told.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    for line in ("add-session ana x", "next", "undo"):
        refused(told, line, 5, "busy")
    for notes in ("# one\nlong talk", "another"):
        said = told.fails("add-session ana -", code=5, says="your notes are kept", input=notes)
    other.rollback()
    other.close()
    draft = Path(said.rpartition("kept: ")[2].strip())
    assert draft.stat().st_mode & 0o777 == 0o600
    assert draft.read_text() == "# one\nlong talk\n\nanother\n"
    told.ok("add-session ana 'a short one'")
    assert draft.exists()  # an unrelated note is no reason to drop it


# --- documents ---

HEADER = b"who,day,notes\n"
DOCUMENTS = {
    "no column": (b"who,when it was\nAna,2026-11-01\n", 1, "no column for day"),
    "bad day": (HEADER + b"Ana,2026-11-01,a\nAna,2026-02-30,b\n", 3, "calendar"),
    "ambiguous day": (HEADER + b"Ana,03/04/2026,a\n", 2, "4 March"),
    "far-off day": (HEADER + b"Ana,0001-01-01,a\n", 2, "far off"),
    "future day": (HEADER + b"Ana,2026-11-01,a\n\nAna,2026-12-02,b\n", 4, "is ahead"),
    "no day": (HEADER + b"Ana,,a\n", 2, "No day"),
    "no name": (HEADER + b" ,2026-11-01,a\n", 2, "needs a name"),
    "few cells": (HEADER + b"Ana,2026-11-01,a\nAna,2026-11-02\n", 3, "2 cells"),
    "many cells": (HEADER + b"Ana,2026-11-01,a,b\n", 2, "4 cells"),
    "not UTF-8": (HEADER + b"Ana,2026-11-01,a\n" * 999 + b"Ana,2026-11-01,\xff\n", 1001, "UTF-8"),
    "UTF-16": ("who,day\nAna,2026-11-01\n".encode("utf-16"), 1, "UTF-8"),
    "empty": (b"", 1, "empty"),
    "NUL": (HEADER + b"Ana,2026-11-01,a\0b\n", 2, "NUL"),
    "open quote": (HEADER + b'Ana,2026-11-01,a\nAna,2026-11-02,"b\nc\n', 3, "end of data"),
    "bad trust": (b"who,day,trust\nAna,2026-11-01,6\n", 2, "1 to 5"),
    "bad minutes": (b"who,day,minutes\nAna,2026-11-01,000000999999\n", 2, "1440"),
    "bad status": (b"who,day,status\nAna,2026-11-01,maybe\n", 2, "no-show"),
}


@pytest.mark.parametrize(("content", "line", "says"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_bad_document_names_file_and_line_and_imports_nothing(told, content, line, says):
    """A document that cannot be used is code 6 and imports nothing, not even its good rows."""
    path = told.path.with_name("meetings.csv")
    path.write_bytes(content)
    refused(told, f"import {path}", 6, says)
    refused(told, f"import {path} --dry-run", 6, f"{path}, line {line}: ")


def test_a_document_that_is_not_there_or_not_a_file(told, tmp_path):
    """A missing file is not found; a folder is no document; a map of nothing is usage."""
    refused(told, f"import {tmp_path / 'no.csv'}", 3, "no.csv")
    refused(told, f"import {tmp_path}", 6, str(tmp_path))
    path = tmp_path / "meetings.csv"
    path.write_bytes(HEADER)
    for wrong in ("who=Nobody", "nothing=who", "who", ""):
        refused(told, f"import {path} --map '{wrong}'", 2, "no such field or column")


CONFIGURATIONS = {
    "unknown section": ("[rulez]\n", "'rulez'"),
    "unknown key": ("[rules]\ntrust_neded = 4\n", "'rules.trust_neded'"),
    "out of bounds": ("[rules]\ntrust_needed = 9\n", "'rules.trust_needed' is 9"),
    "not a number": ("[rules]\ntrust_needed = 'four'\n", "'rules.trust_needed'"),
    "true": ("[rules]\ntrust_needed = true\n", "'rules.trust_needed'"),
    "not a section": ("rules = 4\n", "'rules'"),
    "syntax": ("[rules\ntrust_needed = 4\n", "line 1"),
    "endless": (f"[rules]\ntrust_needed = {'9' * 5000}\n", "config.toml"),
    "large": (f"[rules]\ntrust_needed = {'9' * 400}\n", "config.toml"),
    "deep": (f"x = {'[' * 5000}", "config.toml"),
    "not UTF-8": (b"\xff", "config.toml"),
}


@pytest.mark.parametrize(("content", "says"), CONFIGURATIONS.values(), ids=CONFIGURATIONS)
def test_a_bad_config_is_code_6_before_anything_is_recorded(told, content, says):
    """A mistake in config.toml is told with file and key, and no command half succeeds."""
    path = Path.home() / ".config" / "mentorlog" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    for line in ("next ana", "status", "add-session ana 'a note'", "move ana learning"):
        refused(told, line, 6, says)
        refused(told, line, 6, str(path))


# --- anything at all ---

WORDS = st.one_of(
    st.sampled_from(
        [
            "Ana",
            "ana",
            "an",
            "Ben",
            "Zoe",
            "s1",
            "a1",
            "g1",
            "k1",
            "m1",
            "s9",
            "x",
            "2026-11-01",
            "2026-12-24",
            "yesterday",
            "tue",
            "+2w",
            "1w",
            "2w",
            "6m",
            "both",
            "me",
            "them",
            "held",
            "no-show",
            "moving",
            "3",
            "0",
            "-1",
            "-",
            "--",
            "trusting",
            "learning",
            "maintenance",
            "completed",
            "early",
            "meetings.csv",
            ".",
            "/nowhere/at/all",
        ]
    ),
    st.text(st.characters(exclude_characters="\0", exclude_categories=()), max_size=12),
    st.text("09adgs-+/. '\"\\", max_size=8),
    st.integers().map(str),
)


@st.composite
def command_lines(draw):
    """A command with options of its own and arguments that may fit or be anything."""
    name = draw(st.sampled_from(sorted(door.COMMANDS)))
    command = get_command(door.app).get_command(None, name)
    options = sorted({o for p in command.params for o in p.opts if o.startswith("-")})
    own = st.sampled_from([o for o in options if o not in ("--help", "--keep")])
    several = st.lists(st.one_of(WORDS, WORDS, own, own.flatmap(_with_value)), max_size=6)
    return [name, *draw(several)]


def _with_value(option):
    return WORDS.map(lambda word: f"{option}={word}")


@settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "250")),
    deadline=None,
    derandomize=not os.environ.get("FUZZ_EXAMPLES"),
    suppress_health_check=list(HealthCheck),
)
@given(words=command_lines(), notes=st.binary(max_size=20))
@example(words=["search", "\udcff"], notes=b"")
@example(words=["demo", "--json"], notes=b"")
def test_any_words_end_with_a_documented_code(told, monkeypatch, words, notes):
    """No arguments of any command end in a traceback or in an undocumented exit code."""
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.chdir(told.path.parent)
    told.told(*STORY.strip().splitlines())  # anew for each of many examples
    Path("meetings.csv").write_bytes(HEADER + notes)
    result = told.run(shlex.join(words), input=notes)
    assert result.exit_code in EXIT_CODES
    if result.exit_code not in (0, 10):
        assert result.stdout == ""
        assert result.stderr.startswith("error: ")


def test_a_day_just_ahead_is_not_called_long_ago(weekly):
    """Who records tomorrow is told that it is ahead, and how to book it."""
    says = "error: '5 sep' is still ahead, or long ago: Fri 5 Sep 2025\n"
    error = weekly.fails("add-session ana hi --on '5 sep'", code=2, says=says)
    assert "mentorlog book" in error


def test_a_placeholder_is_no_text(weekly):
    """A hint that is pasted with its TEXT or NOTES records nothing."""
    weekly.fails('add-session ana "NOTES"', code=2, says="write a few words of your own")
    weekly.fails("agree ana --terms TEXT", code=2, says="write a few words of your own")
