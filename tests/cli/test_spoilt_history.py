"""What undo and calendars stand on, spoilt by another program: the journal's fault, and said so."""

import pytest

from tests.cli.test_as_an_attacker_meets_it import spoil

BUSY = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//a//b//EN\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def undone(journal, tmp_path):
    """A journal with a change that can be undone and one that can be redone, and a draft."""
    (tmp_path / "work.ics").write_text(BUSY)
    for line in (
        "add-relationship Ana --started 2026-11-02",
        "add-session ana oak --on 2026-11-23",
        "edit s1 --notes elm",
        "edit s1 --notes ash",
        "undo",
        "book ana '7 dec 10:00'",
        "undo",
        "redo",
        "calendar",
        f"busy add {tmp_path / 'work.ics'}",
    ):
        assert journal.run(line).exit_code == 0, line
    journal.path.with_name("journal.db.draft-s1.txt").write_text("notes:\nbirch")
    return journal


IMAGES = ("", "x", "1", "[1]", "{}", "[" * 5000, None)


@pytest.mark.parametrize("image", IMAGES)
def test_a_spoilt_image_cannot_be_undone(undone, image):
    """What undo would bring back is no row: code 5, and nothing is changed."""
    undone.ok("undo 2")
    spoil(undone, "UPDATE change SET image = ? WHERE kind = 'update'", image)
    before = undone.path.read_bytes()
    undone.fails("undo", code=5, says="put back a backup copy")
    assert undone.path.read_bytes() == before


@pytest.mark.parametrize("image", IMAGES)
def test_a_spoilt_image_cannot_be_redone(undone, image):
    """What redo would put in again is no row: code 5, and nothing is changed."""
    undone.ok("undo")
    spoil(undone, "UPDATE change SET image = ?", image)
    before = undone.path.read_bytes()
    undone.fails("redo", code=5, says="put back a backup copy")
    assert undone.path.read_bytes() == before


@pytest.mark.parametrize(
    ("spoilt", "line"),
    [
        ("published SET stamp = 'x'", "calendar"),
        ("published SET stamp = ''", "calendar"),
        ("published SET sequence = 9223372036854775807", "calendar"),
        ("published SET held_on = '2026-13-45'", "calendar"),
        ("change SET kind = 'x'", "history"),
        ("step SET at = 'x'", "edit s1"),
        ("busy_calendar SET path = 'a' || char(0)", "next"),
        ("busy_calendar SET uuid = 'a' || char(0)", "next"),
    ],
)
def test_what_was_told_and_done_spoilt_is_the_journals_fault(undone, spoilt, line):
    """A moment or a word that no command would have written ends with code 5."""
    spoil(undone, f"UPDATE {spoilt}")
    undone.fails(line, code=5, says="put back a backup copy")
