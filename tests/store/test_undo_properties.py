"""Undo, redo and history over any sequence of commands; nothing changes without being recorded."""

import json
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentorlog.cli.app import COMMANDS
from mentorlog.store.journal import open_journal
from tests.conftest import TODAY, Journal

WRITING = (
    "add-relationship Ana --every 1w",
    "add-relationship Ben --started 2026-09-01 --purpose craft",
    "add-relationship Guild --member Ana --member Ben",
    "add-member Guild {word}",
    "add-session Ana {word} --on {day} --trust 4 --topic parser --action 'me: read it by fri'",
    "add-session Ben {word} --topic ci --topic docs --on {day}",
    "add-session Guild {word} --there Ana --member 'Ben: trust 4' --action 'Ben: {word}'",
    "add-goal Ana {word} --on {day}",
    "goal g{id} --state moving",
    "goal g{id} --state reached",
    "add-action Ben {word} --owner them",
    "done a{id}",
    "add-outcome Ben {word} --for me",
    "park Ana {word}",
    "done k{id}",
    "agree Ana --every 2w --terms {word}",
    "move Ana learning --every 1w",
    "move Ana trusting",
    "decline Ana --until +2w",
    "pause Ben --until +{id}w",
    "resume Ben",
    "close Ana --as completed",
    "reopen Ana",
    "edit s{id} --notes {word}",
    "edit s{id} --topics 'parser, {word}' --energy 3",
    "edit g{id} --text {word}",
    "edit a{id} --text {word}",
    "edit Guild --as mentee --purpose {word}",
    "edit b1 --name {word}",
    "delete s{id}",
    "delete g{id}",
    "delete a{id}",
    "delete k{id}",
    "import first.csv",
    "import second.csv",
    "book Ana '+{id}w 15:00' --minutes 45",
    "unbook s{id}",
    "snooze Ana +{id}w",
    "busy add work.ics",
    "busy remove work.ics",
)
NOT_WRITING = {
    "status", "next", "remind", "goals", "actions", "brief", "phase", "show", "log", "search",
    "history", "demo", "plan", "config",
    "calendar",  # what is published is no part of what was recorded
}  # fmt: skip
FIRST = "who,day,notes,topics\nAna,2026-10-01,one,parser\nChen,2026-10-02,two,\n"
BUSY = "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//a//b//EN", "END:VCALENDAR", ""))
SECOND = "who,day,notes,topics\nChen,2026-10-02,two,\nBen,2020-10-03,three,ci\n"

commands = st.builds(
    lambda line, word, day, id: line.format(word=word, day=day, id=id),
    st.sampled_from(WRITING),
    st.sampled_from(("oak", "elm", "ash")),
    st.sampled_from(("2026-11-20", "2026-11-27")),
    st.integers(1, 3),
)
travels = st.builds(
    lambda word, count: f"{word} {count}",
    st.sampled_from(("undo", "redo", "redo --older")),
    st.integers(1, 3),
)
slow = settings(
    max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


def told(folder: str | Path) -> Journal:
    """A journal in a folder with two documents to import."""
    Path(folder, "first.csv").write_text(FIRST)
    Path(folder, "second.csv").write_text(SECOND)
    Path(folder, "work.ics").write_text(BUSY)
    journal = Journal(Path(folder, "journal.db"))
    for line in ("Ana --every 1w", "Ben", "Guild --member Ana"):
        journal.ok(f"add-relationship {line}")
    journal.ok("add-session Ana oak --topic parser --action 'them: read it'")
    journal.ok("add-goal Ana lead")
    journal.ok("park Ana elm")
    return journal


def run(journal: Journal, line: str) -> int:
    """Run a command of a sequence; a refusal is fine, anything unexpected is not."""
    for name in ("first.csv", "second.csv", "work.ics"):
        line = line.replace(name, str(journal.path.with_name(name)))
    result = journal.run(line)
    assert result.exit_code in (0, 2, 3, 4), (line, result.stderr)
    return result.exit_code


RECORDED = (
    "relationship", "session", "session_topic", "goal", "goal_state", "action", "outcome",
    "agreement", "move", "pause", "closing", "parked", "decline", "member", "attendance",
    "snooze", "busy_calendar",
)  # fmt: skip


def dumped(journal: Journal) -> str:
    """All data as text, read by a connection of its own."""
    opened = open_journal(journal.path, for_writing=False)
    assert opened is not None
    try:
        rows = {table: opened.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in RECORDED}
        return json.dumps(rows)
    finally:
        opened.conn.close()


def done_steps(journal: Journal) -> int:
    """How many commands stand, and so can be undone."""
    conn = opened(journal)
    count = conn.execute("SELECT count(*) FROM step WHERE undone IS NULL").fetchone()[0]
    conn.close()
    return int(count)


def test_the_sequences_hold_every_command_that_writes():
    """A new writing command is either in the sequences below or known not to be undone."""
    told = {line.split()[0] for line in WRITING} | {"undo", "redo", "forget"}
    assert told == set(COMMANDS) - NOT_WRITING


@slow
@given(lines=st.lists(commands, min_size=3, max_size=10))
def test_every_command_is_one_step_and_undo_redo_undo_gives_the_same_bytes(lines):
    """Each command is undone, redone, undone and redone to the byte; then all, and all back."""
    with tempfile.TemporaryDirectory() as folder:
        journal = told(folder)
        first, count = dumped(journal), 0
        for line in lines:
            before, steps = dumped(journal), done_steps(journal)
            code, after = run(journal, line), dumped(journal)
            assert done_steps(journal) - steps == int(after != before), line
            if after == before:
                continue
            assert code == 0, line
            count += 1
            for word, state in (("undo", before), ("redo", after), ("undo", before)):
                journal.ok(word)
                assert dumped(journal) == state, (line, word)
            journal.ok("redo")
        last = dumped(journal)
        if count:
            journal.ok(f"undo {count}")
            assert dumped(journal) == first
            journal.ok(f"redo {count}")
        assert dumped(journal) == last


@slow
@given(lines=st.lists(st.one_of(commands, commands, travels), min_size=6, max_size=16))
def test_what_came_after_an_undo_is_never_lost(lines):
    """Redo works and can be taken back, or is refused and changes nothing; then all is undone."""
    with tempfile.TemporaryDirectory() as folder:
        journal = told(folder)
        # The data before each command that stands; of the told story it is not looked at.
        stands = [""] * done_steps(journal)
        for line in lines:
            word, number = line.split()[0], line.split()[-1]
            before = dumped(journal)
            code, after = run(journal, line), dumped(journal)
            if code:
                assert after == before, line
            elif word == "undo":
                assert stands[-int(number)] in ("", after), line
                del stands[-int(number) :]
            elif word == "redo":
                journal.ok(f"undo {number}")
                assert dumped(journal) == before, line
                assert journal.run(f"redo {number}").exit_code == 0
                assert dumped(journal) == after, line
                for back in range(1, int(number) + 1):
                    journal.ok(f"undo {back}")
                    stands.insert(len(stands) - back + 1, dumped(journal))
                    journal.ok(f"redo {back}")
            elif after != before:
                stands.append(before)
        assert len(stands) == done_steps(journal)
        if stands:
            journal.ok(f"undo {len(stands)}")
        assert json.loads(dumped(journal)) == {table: [] for table in RECORDED}


CONFLICTS = (
    # set up and undone; a new command; then redo must be refused, for it would overwrite that
    ("edit s1 --notes oak", "edit s1 --energy 3"),
    ("edit s1 --notes oak", "delete s1"),
    ("done a1", "delete a1"),
    ("done a1", "edit a1 --text read"),
    ("goal g1 --state moving", "delete g1"),
    ("delete g1", "edit g1 --text elm"),
    ("delete s1", "edit s1 --topics ci"),
    ("edit s1 --topics ci", "delete s1"),
    ("add-relationship Ben", "add-relationship ben"),
    ("add-session Zoe elm --on 2026-09-01", "add-session Zoe elm --on 2026-08-01"),
)


@pytest.mark.parametrize(("undone", "new"), CONFLICTS)
def test_redo_never_overwrites_what_was_done_since(journal, ok, fails, undone, new):
    """A redo that would overwrite a newer command is refused, and both can be had in turn."""
    ok("add-relationship Zoe")
    ok("add-session Zoe note --topic parser --action 'me: read it'")
    ok("add-goal Zoe lead")
    ok(undone)
    wanted = dumped(journal)
    ok("undo")
    ok(new)
    stands = dumped(journal)
    fails("redo", code=4, says="redo --older")
    fails("redo --older", code=4, says="changed again since")
    assert dumped(journal) == stands
    ok("undo")
    ok("redo")
    assert dumped(journal) == stands
    ok("undo")
    assert wanted != stands


def test_what_was_undone_before_a_newer_command_is_put_back_only_when_asked_for(journal, ok, fails):
    """An old slip does not come back with one redo too many, and is not lost either."""
    ok("add-relationship Zoe")
    ok("add-session Zoe oak")
    ok("undo")
    ok("add-session Zoe elm")
    assert "undone; redo --older would put it back" in ok("history")
    fails("redo", code=4, says="nothing to redo\n  what was undone before newer commands: ")
    ok("undo")
    assert "undone; redo would put it back" in ok("history")
    assert "--older" in fails("redo 2", code=4, says="only 1 to redo")
    ok("redo")
    fails("redo", code=4, says="redo --older")
    ok("redo --older")
    assert [item["notes"] for item in journal.items("log zoe")] == ["elm", "oak"]
    ok("undo")
    assert [item["notes"] for item in journal.items("log zoe")] == ["elm"]


def test_more_than_there_is_cannot_be_undone(journal, ok, fails):
    """Undo of too many is refused with how many there are, and nothing is undone."""
    ok("add-relationship Zoe")
    before = dumped(journal)
    fails("undo 2", code=4, says="only 1 to undo")
    fails("redo", code=4, says="nothing to redo")
    assert dumped(journal) == before


def test_history_says_what_was_done_and_what_an_undo_would_do(journal, ok):
    """Newest first: when, by which command, with whom, and what goes."""
    ok("add-relationship Zoe")
    ok("add-session Zoe oak --topic ci --topic docs")
    ok("edit s1 --notes elm")
    ok("undo")
    lines = [line.split("  ", 1)[1].strip() for line in ok("history").splitlines()]
    assert [" ".join(line.split()) for line in lines] == [
        "edit Zoe undone; redo would put it back",
        "add-session Zoe undo: take out 1 session (s1), take out 2 topics",
        "add-relationship Zoe undo: take out 1 relationship (r1)",
    ]
    item = journal.items("history --limit 1")[0]
    assert (item["command"], item["relationships"], item["undone"]) == ("edit", ["Zoe"], True)


# --- nothing goes round it ---


def opened(journal: Journal) -> sqlite3.Connection:
    """The file as another program opens it."""
    conn = sqlite3.connect(journal.path, isolation_level=None)
    conn.row_factory = sqlite3.Row
    return conn


def test_every_table_is_recorded_with_all_its_columns(journal, ok):
    """Each table of data has the three recording triggers, and every column in their image."""
    ok("add-relationship Zoe")
    conn = opened(journal)
    own = {"step", "change", "recording", "sqlite_sequence", "_sqlite_migrations"}
    own |= {"nudge", "published"}  # told to the outside already: undo cannot take that back
    tables = {
        row["name"]
        for row in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if "_words" not in row["name"]
    } - own
    assert tables == set(RECORDED)
    for table in tables:
        triggers = {
            row["name"]: row["sql"]
            for row in conn.execute("SELECT * FROM sqlite_master WHERE tbl_name = ?", (table,))
            if row["type"] == "trigger" and row["name"].endswith("_recorded")
        }
        columns = [row["name"] for row in conn.execute(f"PRAGMA table_info({table})")]
        assert set(triggers) == {f"{table}_{e}_recorded" for e in ("insert", "update", "delete")}
        for kind in ("update", "delete"):
            for column in columns:
                assert f"'{column}', OLD.{column}" in triggers[f"{table}_{kind}_recorded"]
    conn.close()


def test_a_change_by_another_program_is_a_step_and_is_undone(journal, ok):
    """What plain SQL adds, changes and deletes is in the history and comes back."""
    ok("add-relationship Zoe")
    ok("add-session Zoe oak --topic ci")
    before = dumped(journal)
    conn = opened(journal)
    conn.execute("PRAGMA foreign_keys = ON")
    conn.execute("UPDATE session SET notes = 'elm'")
    conn.execute(
        "INSERT INTO goal (relationship_id, added_on, text, recorded_at)"
        " VALUES (1, '2026-11-01', 'lead', 'now')"
    )
    conn.execute("DELETE FROM session")
    conn.close()
    commands = [item["command"] for item in journal.items("history")]
    assert commands[:-2] == ["another program"] * 4  # the topic went with its session
    ok("undo 4")
    assert dumped(journal) == before
    ok("redo 4")
    assert journal.items("log") == []


def test_another_program_between_undo_and_redo_is_not_overwritten(journal, ok, fails):
    """A redo over what plain SQL changed is refused."""
    ok("add-relationship Zoe")
    ok("add-session Zoe oak")
    ok("edit s1 --notes elm")
    ok("undo")
    conn = opened(journal)
    conn.execute("UPDATE session SET energy = 3")
    conn.close()
    fails("redo --older", code=4, says="changed again since")
    assert journal.items("log")[0]["energy"] == 3


# --- across processes ---


def process(journal: Journal, *words: str) -> subprocess.Popen[str]:
    """Start a command in a process of its own."""
    line = [sys.executable, "-m", "mentorlog", "--journal", str(journal.path), "--today", TODAY]
    return subprocess.Popen([*line, *words], text=True, stdout=subprocess.PIPE, stderr=-1)


def test_parallel_writers_during_undo_lose_nothing(journal, ok):
    """Writers and undoers at once: each session acknowledged is there, or an undo named it."""
    ok("add-relationship Zoe")
    running = [process(journal, "add-session", "Zoe", f"note {n}", "--json") for n in range(10)]
    undoing = [process(journal, "undo", "--json") for _ in range(4)]
    added, undone = [], 0
    for one in running:
        out, err = one.communicate()
        if one.returncode in (3, 4):  # an undo took the relationship itself out first
            assert err.startswith("error: ") and "Traceback" not in err
            continue
        assert one.returncode == 0, err
        added.append(json.loads(out)["items"][0]["id"])
    for one in undoing:
        out, err = one.communicate()
        assert one.returncode in (0, 4), err
        undone += one.returncode == 0
    assert len(set(added)) == len(added)
    steps = journal.items("history --limit 100")
    assert len(steps) == 1 + len(added)
    assert sum(step["undone"] for step in steps) == undone
    conn = opened(journal)
    assert conn.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
    assert conn.execute("SELECT quiet, step_id FROM recording").fetchone()[:] == (0, None)
    conn.close()
    if undone:
        ok(f"redo --older {undone}")
    assert {item["id"] for item in journal.items("log")} == set(added)
