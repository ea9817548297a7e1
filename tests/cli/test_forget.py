"""Forgetting someone: not one byte stays, nobody else is touched, nothing brings it back."""

import os
import shutil
import sqlite3
import subprocess
import sys

import pytest

# Each word stands in one kind of record of the one who is forgotten, and nowhere else.
TRACES = [
    "Quillfeather",
    "purposeword",
    "titleword",
    "notesword",
    "topicword",
    "goalword",
    "actionword",
    "outcomeword",
    "termsword",
    "whyword",
    "pauseword",
    "parkedword",
    "declineword",
    "memberword",
    "deletedword",
    "editedword",
    "undoneword",
    "importword",
]

STORY = """
add-relationship Ben --started 2026-09-01
add-session Ben "kept: the parser" --on 2026-11-10 --topic parser
add-relationship "Ana Quillfeather" --started 2026-09-01 --purpose purposeword --member memberword
add-session ana notesword --title titleword --topic topicword --action "memberword: actionword"
add-goal ana goalword --on 2026-11-11
goal g1 --state moving --on 2026-11-12
add-outcome ana outcomeword --for me
agree ana --terms termsword
park ana parkedword
decline ana --until +2w --why declineword
move ana learning --every 1w --why whyword
pause ana --from +1w --until +2w --why pauseword
close ana --as early
reopen ana
add-session ana deletedword --on 2026-11-13
delete s3
add-session ana editedword --topic topicword --on 2026-11-14
edit s4 --notes now
add-goal ana undoneword
undo
add-goal Ben "lead the round"
"""
IMPORTED = "who,day,notes\nAna Quillfeather,2026-11-03,importword\nBen,2026-11-04,kept too\n"


@pytest.fixture
def told(journal, tmp_path):
    """A journal of two, with something of every kind about the one to forget."""
    (tmp_path / "both.csv").write_text(IMPORTED)
    for line in STORY.strip().splitlines():
        journal.ok(line)
    journal.ok(f"import {tmp_path / 'both.csv'}")
    return journal


def traces(path):
    """The words about the one who was forgotten that are anywhere in the file."""
    content = path.read_bytes().lower()
    return [word for word in TRACES if word.lower().encode() in content]


def table(path, sql):
    """Rows of the file as another program reads it."""
    conn = sqlite3.connect(path)
    try:
        return conn.execute(sql).fetchall()
    finally:
        conn.close()


def search_terms(path):
    """Every word that the search index knows, of rows that are there and that are gone."""
    terms = set()
    conn = sqlite3.connect(path)
    for name in ("session", "goal", "action", "outcome"):
        conn.execute(f"CREATE VIRTUAL TABLE temp.{name}_v USING fts5vocab(main, {name}_words, row)")
        terms |= {row[0] for row in conn.execute(f"SELECT term FROM temp.{name}_v")}
    conn.close()
    return terms


def test_before_every_trace_is_there(told):
    """The story leaves each of the traces, or the next test would show nothing."""
    assert traces(told.path) == TRACES


def test_not_one_byte_is_left(told):
    """Rows, recorded changes, the search index and free pages: all without a trace."""
    said = told.ok('forget ana --yes "Ana Quillfeather"')
    assert said.startswith("Ana Quillfeather is forgotten: ")
    assert "3 sessions, 1 goal, 1 action, 1 outcome" in said
    assert traces(told.path) == []
    assert not {word.lower() for word in TRACES} & search_terms(told.path)
    assert table(told.path, "SELECT count(*) FROM change WHERE relationship_id = 2") == [(0,)]
    assert table(told.path, "PRAGMA freelist_count") == [(0,)]
    assert table(told.path, "PRAGMA integrity_check") == [("ok",)]
    assert table(told.path, "PRAGMA foreign_key_check") == []


def test_a_trace_of_what_another_program_deleted_goes_too(told):
    """Plain SQL, with foreign keys or without, leaves nothing behind for forget to miss."""
    conn = sqlite3.connect(told.path)
    conn.execute("DELETE FROM session WHERE id = 4")
    conn.commit()
    conn.execute("PRAGMA foreign_keys = ON")
    conn.execute("DELETE FROM session WHERE id = 2")
    conn.commit()
    conn.close()
    assert "topicword" in traces(told.path)
    told.ok('forget ana --yes "Ana Quillfeather"')
    assert traces(told.path) == []


def test_others_are_untouched_and_their_past_can_be_undone(told):
    """Ben's records stay; undoing and redoing his goes on, one import of both included."""
    before = told.items("log ben"), told.items("goals ben"), told.items("next ben")
    told.ok('forget ana --yes "Ana Quillfeather"')
    assert (told.items("log ben"), told.items("goals ben"), told.items("next ben")) == before
    assert told.items("search parser")[0]["relationship"] == "Ben"
    told.ok("undo")  # the import, of which Ben's half is left
    assert [item["notes"] for item in told.items("log ben")] == ["kept: the parser"]
    told.ok("undo")
    assert told.items("goals ben") == []
    told.ok("redo 2")
    assert (told.items("log ben"), told.items("goals ben"), told.items("next ben")) == before


def test_no_undo_and_no_redo_brings_a_trace_back(told):
    """After all is undone and all is redone there is nothing of her."""
    told.ok('forget ana --yes "Ana Quillfeather"')
    steps = len(told.items("history --limit 1000"))
    assert all(item["relationships"] in ([], ["Ben"]) for item in told.items("history"))
    for word in ("undo", "redo"):
        while told.run(word).exit_code == 0:
            assert traces(told.path) == []
    assert len(told.items("history --limit 1000")) == steps
    assert [item["relationship"] for item in told.items("status")] == ["Ben"]


def test_the_same_name_can_be_added_again(told):
    """A new beginning starts from nothing, and the import of her rows works again."""
    told.ok('forget ana --yes "Ana Quillfeather"')
    assert "2 new" not in told.ok(f"import {told.path.with_name('both.csv')}")
    assert [item["notes"] for item in told.items("log ana")] == ["importword"]


@pytest.mark.parametrize("answer", ["", "--yes ana", "--yes 'ana quillfeather'", "--yes Ben"])
def test_it_wants_the_exact_name(told, answer):
    """Without the whole name, or with another, nothing goes, and it says what would."""
    before = told.path.read_bytes()
    told.fails(f"forget ana {answer}", code=1, says="nothing was removed; Ana Quillfeather has 3")
    assert told.path.read_bytes() == before
    told.fails("forget zoe --yes zoe", code=3)


@pytest.mark.skipif(os.name != "posix", reason="there are no pseudo terminals here")
@pytest.mark.parametrize(("typed", "code"), [("Ana Quillfeather", 0), ("ana", 1), ("", 1)])
def test_on_a_terminal_it_asks_for_the_name(told, typed, code):
    """It names what will go and asks; only the whole name, typed, goes on."""
    keyboard, terminal = os.openpty()
    os.write(keyboard, f"{typed}\n\x04".encode())
    line = [sys.executable, "-m", "mentorlog", "--journal", str(told.path), "forget", "ana"]
    got = subprocess.run(line, stdin=terminal, capture_output=True, text=True, check=False)
    os.close(keyboard)
    os.close(terminal)
    assert got.returncode == code
    assert "This removes Ana Quillfeather for good: 3 sessions" in got.stderr
    assert (traces(told.path) == []) is (code == 0)


def test_drafts_go_and_copies_are_named(told):
    """Her drafts are gone, others stay; each copy that may still hold her is named."""
    folder = told.path.parent
    told.run("add-session ana --edit", EDITOR="false")
    told.run("edit s4", EDITOR="false")
    told.run("add-session ben --edit", EDITOR="false")
    kept = folder / "journal.db.draft-ben.txt"
    assert len(list(folder.glob("journal.db.draft-*"))) == 3
    copies = [folder / "journal.db.before-5", folder / "journal.db.bak", folder / "copy.db"]
    for copy in copies:
        shutil.copy(told.path, copy)
    said = told.ok('forget ana --yes "Ana Quillfeather"')
    assert list(folder.glob("journal.db.draft-*")) == [kept]
    for copy in copies:
        assert f"A copy made before may still hold it: {copy}" in said
    assert str(kept) not in said
    assert traces(kept) == []


def test_it_says_where_someone_may_still_be_named(journal):
    """A group that they are in, and calendars that were written before."""
    journal.ok("add-relationship Zoe --every 1w")
    journal.ok("add-relationship Team --member Zoë --member Al")
    journal.ok(f"calendar -o {journal.path.parent / 'z.ics'}")
    said = journal.ok("forget zoe --yes Zoe")
    assert "Team has a member of that name: mentorlog show Team\n" in said
    assert said.endswith(
        "Calendars that were written before may still name them; take it out there.\n"
    )
