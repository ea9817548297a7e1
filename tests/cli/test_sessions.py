"""Recording a meeting: one line captures everything, or a page in the editor does."""

import stat
from pathlib import Path

import pytest

PAGE = """\
# Ana, Tue 1 Dec 2026. Write the notes above or below.
# What do you hope for from this, and what would make it a waste of time?
# What should stay between the two of us?
# What was a turn in your life that few people here know of?
# Put an x in the brackets of what is done; the rest stays open.
[ ] k1 ask about the conference
[ ] a1 you: send the book
[ ] a2 Ana: draft the RFC
# Promise something:  + me: send the book by fri
# Lines that begin with # are not kept. Nothing written, nothing saved.
"""


@pytest.fixture
def told(journal):
    """A relationship with open promises of both sides and something parked."""
    journal.ok("add-relationship Ana --started 2026-11-01")
    journal.ok('add-action Ana "send the book" --owner me')
    journal.ok('add-action Ana "draft the RFC" --owner them')
    journal.ok('add-action Ana "done before" --owner them')
    journal.ok("done a3")
    journal.ok('park Ana "ask about\nthe conference"')
    return journal


@pytest.fixture
def editor(tmp_path):
    """Make an editor of a few lines of shell; it gets the page as its argument."""

    def make(script):
        path = tmp_path / "editor.sh"
        path.write_text(f'#!/bin/sh\ncp "$1" "{tmp_path}/seen"\n{script}\n')
        path.chmod(0o700)
        return str(path)

    return make


def draft(journal):
    """Where the draft of notes about Ana lies."""
    return journal.path.with_name(f"{journal.path.name}.draft-ana.txt")


def test_one_line_captures_everything(told):
    """The reply says what was understood, what it changed, and how to take it back."""
    said = told.ok(
        'add-session an "paired on the parser; she\'ll draft the RFC" --on yesterday --trust 4'
        ' --minutes 50 --topic parser --action "them: send the RFC by fri" --action "me: read it"'
    )
    assert said == (
        "Recorded s1: Ana, held, Mon 30 Nov 2026, 50 min, your trust 4, topics: parser.\n"
        "a4  Ana: send the RFC, due Fri 4 Dec 2026, in 3 days\n"
        "a5  you: read it\n"
        "Next with Ana: Mon 7 Dec 2026, window 4 to 10 Dec 2026.\n"
        "To take it back: mentorlog undo\n"
    )
    told.ok("undo")
    assert told.items("log") == []
    assert [item["id"] for item in told.items("actions")] == ["a1", "a2"]


def test_the_page_holds_questions_promises_and_parked_items(told, editor, tmp_path):
    """The page of the phase, private, with what is open; what was done before is not in it."""
    told.ok(
        "add-session ana --edit",
        EDITOR=editor(f'stat -c %a "$1" > "{tmp_path}/mode"; echo hi >> "$1"'),
    )
    assert (tmp_path / "seen").read_text() == PAGE
    assert (tmp_path / "mode").read_text() == "600\n"


def test_what_is_ticked_is_done_what_is_left_or_deleted_is_not_recorded(told, editor):
    """Ticks, notes and promises are recorded; comments and everything else in the page are not."""
    script = (
        'sed -i "s/^. . k1/[x] k1/; /a1/d" "$1"\n'
        'printf "Two lines\\n# a comment\\nof notes\\n+ me: buy cake by fri\\n" >> "$1"'
    )
    said = told.ok('add-session ana "from the line" --edit --trust 4', EDITOR=editor(script))
    (item,) = told.items("log")
    assert item["notes"] == "from the line\nTwo lines\nof notes"
    assert item["trust"] == 4
    assert "a4  you: buy cake, due Fri 4 Dec 2026" in said
    assert {i["id"]: i["text"] for i in told.items("actions")} == {
        "a1": "send the book", "a2": "draft the RFC", "a4": "buy cake",
    }  # fmt: skip
    assert told.items("brief ana")[0]["parked"] == []
    assert not draft(told).exists()
    told.ok("undo")
    assert told.items("log") == []
    assert [i["id"] for i in told.items("brief ana")[0]["parked"]] == ["k1"]


def test_only_ticks_are_a_meeting_too_and_leave_no_draft(told, editor):
    """A page in which something is only ticked off is recorded once, and the draft is gone."""
    told.ok("add-session ana --edit", EDITOR=editor('sed -i "s/^. . a1/[X] a1/" "$1"'))
    assert [item["notes"] for item in told.items("log")] == [""]
    assert [item["id"] for item in told.items("actions")] == ["a2"]
    assert not draft(told).exists()


FAILING = (
    ('echo "my notes" >> "$1"; exit 2', 1, "the editor ended with 2"),
    ('printf "my notes\\n+ nobody: do it\\n" >> "$1"', 2, "whose action"),
    ('printf "my notes\\n+ me: do it by 32 dec\\n" >> "$1"', 2, "calendar"),
    ('printf "my notes\\n[x] a99 gone\\n" >> "$1"', 3, "no action a99"),
)


@pytest.mark.parametrize(("script", "code", "says"), FAILING)
def test_the_draft_is_kept_on_any_failure_and_taken_up_again(told, editor, script, code, says):
    """Nothing is recorded, the page is kept, private, named, and the next --edit goes on in it."""
    said = told.fails("add-session ana --edit", code=code, says=says, EDITOR=editor(script))
    assert str(draft(told)) in said
    assert stat.S_IMODE(draft(told).stat().st_mode) == 0o600
    assert told.items("log") == []
    assert len(told.items("actions")) == 2
    told.ok("add-session ana --edit", EDITOR=editor('sed -i "/^+/d; /a99/d" "$1"'))
    assert [item["notes"] for item in told.items("log")] == ["my notes"]
    assert not draft(told).exists()


@pytest.mark.parametrize(
    "script", ["", ': > "$1"', 'echo "# only this" > "$1"', 'sed -i /k1/d "$1"']
)
def test_nothing_written_is_nothing_saved(told, editor, script):
    """A page left as it was, emptied, or with comments alone records nothing and stays nowhere."""
    told.fails("add-session ana --edit", code=1, says="nothing was written", EDITOR=editor(script))
    assert told.items("log") == []
    assert not draft(told).exists()


def test_an_editor_that_is_not_there(told):
    """It says so and keeps the page."""
    told.fails("add-session ana --edit", code=4, says="set $EDITOR", EDITOR="/no/such/editor")
    assert draft(told).exists()


def test_notes_from_a_pipe_are_kept_when_the_name_is_unknown(told):
    """What was piped in is not lost to a typing slip."""
    said = told.fails("add-session zoe -", code=3, says="your notes are kept", input="long notes\n")
    path = said.split("your notes are kept: ")[1].strip()
    assert Path(path).read_text().strip() == "long notes"
