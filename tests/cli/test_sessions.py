"""Recording a meeting: one line captures everything, or a page in the editor does."""

import stat
from pathlib import Path

import pytest

PAGE = """\
# Ana, Tue 1 Dec 2026. Write the notes above or below.
# What do you hope for from this, and what would make it a waste of time?
# What should stay between us?
# What was a turn in your life that few people here know of?
# Put an x in the brackets of what is done; the rest stays open.
[ ] k1 ask about the conference
[ ] a1 you: send the book
[ ] a2 Ana: draft the RFC
# Promise something:  + me: send the book by fri
# Of this meeting: {"held_on": "2026-12-01"}
# Lines that begin with # are not kept. Nothing written, nothing saved.
"""


@pytest.fixture
def told(journal):
    """A relationship with open promises of both sides and something parked."""
    return journal.told(
        "add-relationship Ana --started 2026-11-01",
        'add-action Ana "send the book" --owner me',
        'add-action Ana "draft the RFC" --owner them',
        'add-action Ana "done before" --owner them',
        "done a3",
        'park Ana "ask about\nthe conference"',
    )


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
    assert not told.draft("ana").exists()
    told.ok("undo")
    assert told.items("log") == []
    assert [i["id"] for i in told.items("brief ana")[0]["parked"]] == ["k1"]


def test_only_ticks_are_a_meeting_too_and_leave_no_draft(told, editor):
    """A page in which something is only ticked off is recorded once, and the draft is gone."""
    told.ok("add-session ana --edit", EDITOR=editor('sed -i "s/^. . a1/[X] a1/" "$1"'))
    assert [item["notes"] for item in told.items("log")] == [""]
    assert [item["id"] for item in told.items("actions")] == ["a2"]
    assert not told.draft("ana").exists()


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
    assert str(told.draft("ana")) in said
    assert stat.S_IMODE(told.draft("ana").stat().st_mode) == 0o600
    assert told.items("log") == []
    assert len(told.items("actions")) == 2
    told.ok("add-session ana --edit", EDITOR=editor('sed -i "/^+/d; /a99/d" "$1"'))
    assert [item["notes"] for item in told.items("log")] == ["my notes"]
    assert not told.draft("ana").exists()


@pytest.mark.parametrize(
    "script", ["", ': > "$1"', 'echo "# only this" > "$1"', 'sed -i /k1/d "$1"']
)
def test_nothing_written_is_nothing_saved(told, editor, script):
    """A page left as it was, emptied, or with comments alone records nothing and stays nowhere."""
    told.fails("add-session ana --edit", code=1, says="nothing was written", EDITOR=editor(script))
    assert told.items("log") == []
    assert not told.draft("ana").exists()


def test_a_member_may_be_noted_in_one_option_or_several(journal):
    """As `edit` takes it; a value out of range says the range."""
    journal.ok("add-relationship Guild --member Mia --member Noor")
    journal.ok("add-session guild --member 'Mia: trust 4; Noor: opened-up'")
    (item,) = journal.items("log")
    assert [(m["member"], m["trust"], m["opened_up"]) for m in item["member"]] == [
        ("Mia", 4, False), ("Noor", None, True),
    ]  # fmt: skip
    journal.fails("add-session guild --member 'Mia: trust 6'", code=2, says="trust is 1 to 5")
    journal.fails("add-session guild --member ';'", code=2, says="nothing is said")
    journal.fails("edit s1 --member ';'", code=2, says="nothing is said")


def test_a_meeting_that_was_called_off_is_none_of_its_day(weekly):
    """Another one on that day is the only one; a touch is held or there is none."""
    weekly.ok('book ana "5 sep 10:00"')
    weekly.ok("unbook ana")
    assert "That makes" not in weekly.on("2026-09-05").ok("add-session ana met")
    assert "That makes 2 with Ana" in weekly.ok("add-session ana --touch")
    weekly.fails("add-session ana --touch --status no-show", code=2, says="a touch is held")


def test_an_editor_that_is_not_there(told):
    """It says so and keeps the page."""
    told.fails("add-session ana --edit", code=4, says="set $EDITOR", EDITOR="/no/such/editor")
    assert told.draft("ana").exists()


def test_notes_from_a_pipe_are_kept_when_the_name_is_unknown(told):
    """What was piped in is not lost to a typing slip."""
    said = told.fails("add-session zoe -", code=3, says="your notes are kept", input="long notes\n")
    path = said.split("your notes are kept: ")[1].strip()
    assert Path(path).read_text().strip() == "long notes"


def read_back(told, editor, line, script=""):
    """Go on with a draft; return what was recorded and what was said beside it."""
    result = told.run(line, EDITOR=editor(script))
    assert result.exit_code == 0, result.stderr
    return told.items("log --limit 1")[0], result.stderr


BESIDE = (
    "--private --trust 4 --their-trust 3 --guess --status cancelled --by them --short-notice"
    " --minutes 0 --title 'A \"hard\" talk' --topic parser --topic été --energy 2 --agenda me"
    " --breach --opened-up both --action 'me: buy cake by fri'"
)


def test_what_was_given_beside_a_draft_that_failed_is_kept_with_it(told, editor):
    """Every option counts when the draft is gone on with, and is said; none is given again."""
    told.fails(f"add-session ana --edit {BESIDE}", code=1, EDITOR=editor('echo x >> "$1"; exit 1'))
    item, said = read_back(told, editor, "add-session ana --edit")
    assert said.startswith("What you gave beside it then counts too: title, minutes, status,")
    wanted = {
        "private": True, "trust": 4, "their_trust": 3, "guess": True, "status": "cancelled",
        "by": "them", "short_notice": True, "minutes": 0, "title": 'A "hard" talk',
        "topics": ["parser", "été"], "energy": 2, "agenda": "me", "breach": True,
        "opened_up": "both", "kind": "session",
    }  # fmt: skip
    assert item | wanted == item
    assert "buy cake" in [action["text"] for action in told.items("actions")]
    assert not told.draft("ana").exists()


def test_what_is_given_again_counts_most(told, editor):
    """Of what is given beside a draft again the last word counts, after any number of tries."""
    for trust in ("4 --private", "5 --on yesterday", "4"):
        failing = editor('echo x >> "$1"; exit 1')
        told.run(f"add-session ana --edit --trust {trust}", EDITOR=failing)
    told.today = "2026-12-04"
    item, said = read_back(told, editor, "add-session ana --edit --energy 3")
    assert (item["trust"], item["private"], item["energy"]) == (4, True, 3)
    assert item["held_on"] == "2026-11-30"
    assert "Your draft is of Mon 30 Nov 2026, and so is this." in said


def test_a_slip_beside_a_draft_is_not_kept_with_it(told, editor):
    """What is refused at once does not stand in the way of the next try."""
    told.fails("add-session ana --edit", code=1, EDITOR=editor('echo x >> "$1"; exit 1'))
    before = told.draft("ana").read_text()
    for slip in ("--guess", "--action nobody", "--there Bo"):
        told.fails(f"add-session ana --edit {slip}", code=2, EDITOR=editor(""))
    assert told.draft("ana").read_text() == before


def test_without_a_draft_no_day_of_one_is_spoken_of(told, editor):
    """A page that is opened for yesterday is just of yesterday."""
    item, said = read_back(told, editor, "add-session ana --edit --on yesterday", 'echo x >> "$1"')
    assert (item["held_on"], said) == ("2026-11-30", "")


def test_another_day_than_the_drafts_is_said(told, editor):
    """--on beside a draft that was begun for another day counts, and is remarked on."""
    told.fails("add-session ana --edit", code=1, EDITOR=editor('echo x >> "$1"; exit 1'))
    item, said = read_back(told, editor, "add-session ana --edit --on '27 nov'")
    assert item["held_on"] == "2026-11-27"
    assert said == "Your draft is of Tue 1 Dec 2026, but this is of Fri 27 Nov 2026.\n"


def test_notes_from_a_pipe_are_kept_private_with_what_was_given(told, editor):
    """They fail on a slip, and go on in the editor as private as they were."""
    line = "add-session ana - --private --action nobody"
    told.fails(line, code=2, says="your notes are kept", input="# one\nsecret\n")
    told.fails(line, code=2, says="your notes are kept", input="# one\nsecret\n")
    beside = '# Of this meeting: {"private": true, "action": ["nobody"]}\n'
    assert told.draft("ana").read_text() == f"# one\nsecret\n\n{beside}"
    said = told.run("add-session ana --edit", EDITOR=editor("")).stderr
    assert "too: private, action.\nerror: whose action" in said
    item, _ = read_back(told, editor, "add-session ana --edit --action 'me: it'")
    assert (item["notes"], item["private"]) == ("secret", True)


BROKEN = (
    ("trust", '{"trust": 9}', "1 to 5"),
    ("a number", "7", "put that right in it"),
    ("no JSON", "{trust: 4", "put that right in it"),
    ("a list", '{"held_on": [1]}', "calendar|read|day"),
    ("an unknown field", '{"colour": "red"}', "no colour"),
    ("no list", '{"topics": 7}', "put that right in it"),
)


@pytest.mark.parametrize(("given", "says"), [row[1:] for row in BROKEN], ids=[r[0] for r in BROKEN])
def test_a_line_of_the_draft_that_was_broken_is_refused(told, editor, given, says):
    """Nothing is recorded, and the draft stays as it was."""
    told.draft("ana").write_text(f"my notes\n# Of this meeting: {given}\n")
    said = told.fails("add-session ana --edit", code=2, EDITOR=editor(""))
    assert any(words in said for words in says.split("|")), said
    assert told.items("log") == []
    assert told.draft("ana").read_text().startswith("my notes\n")


def test_a_draft_that_was_left_keeps_its_day(weekly, tmp_path, editor):
    """Notes begun on one day and finished on another are of the day they were begun."""
    writing = editor('test -e "$0.ready" && exit 0\necho Hard talk. >> "$1"\nexit 1')
    weekly.on("2026-09-08").fails("add-session ana --edit", code=1, EDITOR=writing)
    (tmp_path / "editor.sh.ready").touch()
    result = weekly.on("2026-09-11").run("add-session ana --edit", EDITOR=writing)
    assert result.exit_code == 0
    assert "Recorded s2: Ana, held, Tue 8 Sep 2026." in result.stdout
    assert result.stderr == (
        "Your draft is of Tue 8 Sep 2026, and so is this. For another day: --on DAY\n"
    )


@pytest.mark.parametrize("page", [r"caf\351 talk", r"notes\000more"])
def test_what_is_no_text_is_left_in_the_draft(told, editor, page):
    """An editor that saves another encoding changes nothing, and no letter of it is lost."""
    script = f"printf '{page}' > \"$1\""
    said = told.fails("add-session ana --edit", code=2, says="UTF-8", EDITOR=editor(script))
    assert str(told.draft("ana")) in said
    assert told.draft("ana").read_bytes() in (b"caf\xe9 talk", b"notes\0more")
    assert told.items("log") == []


def test_notes_from_a_pipe_that_are_no_text_are_kept_as_they_came(told):
    """Whoever converts them has all of them."""
    said = told.fails("add-session ana -", code=2, says="not UTF-8", input=b"caf\xe9")
    assert f"your notes are kept: {told.draft('ana')}" in said
    assert told.draft("ana").read_bytes().startswith(b"caf\xe9\n")


def test_a_meeting_before_the_start_says_that_it_moves_the_start(journal):
    """A slip of the year would otherwise stay unseen."""
    journal.ok("add-relationship Tom --started 2026-11-02")
    said = journal.ok("add-session tom slip --on 2024-03-10")
    assert "Tom now begins on Sun 10 Mar 2024, as you met then.\n" in said
    assert "now begins" not in journal.ok("add-session tom again --on 2026-11-10")


def test_a_meeting_with_someone_who_is_closed_says_so(weekly):
    """As every other record of theirs does."""
    weekly.ok("close ana --as early")
    result = weekly.run("add-session ana late")
    assert (result.exit_code, result.stderr) == (0, "Ana is closed since Tue 1 Sep 2026.\n")
