"""A table of meetings as other programs write it."""

import pytest


@pytest.mark.parametrize("mark", [";", "\t", ","])
def test_cells_may_be_apart_by_a_semicolon_or_a_tab(journal, tmp_path, mark):
    """A table as a European spreadsheet writes it is read as it is."""
    rows = [("Person", "date", "notes"), ("Ana", "2026-11-03", '"a, b; c"')]
    file = tmp_path / "table.csv"
    file.write_text("".join(f"{mark.join(row)}\n" for row in rows), encoding="utf-8")
    journal.ok(f"import {file} --map date=date")
    assert [item["notes"] for item in journal.items("log ana")] == ["a, b; c"]


@pytest.mark.parametrize("maps", ["--map who=b --map day=b", "--map who=a --map who=b"])
def test_a_column_is_one_field_and_a_field_one_column(journal, tmp_path, maps):
    """What is mapped twice is a slip, and nothing is imported."""
    file = tmp_path / "table.csv"
    file.write_text("a,b\nAna,2026-11-03\n", encoding="utf-8")
    journal.fails(f"import {file} {maps}", code=2, says="given already")
    assert not journal.path.exists()


def test_the_same_file_adds_nothing_after_a_change_of_name(journal, tmp_path):
    """Nobody comes back under the old name; only who has something new is made."""
    path = tmp_path / "old.csv"
    path.write_text("who,day,notes\nJim,2026-06-01,hi\nJim,2026-06-08,ho\n")
    journal.ok(f"import {path}")
    journal.ok("edit jim --name 'James Ross'")
    again = "Imported 0 sessions and 0 new relationships; 2 were there already.\n"
    assert journal.ok(f"import {path}") == again
    path.write_text(path.read_text() + "Jim,2026-06-15,new\n")
    assert "Imported 1 session and 1 new relationship" in journal.ok(f"import {path}")
    assert {item["relationship"] for item in journal.items("log")} == {"James Ross", "Jim"}


def test_signs_that_contradict_each_other_are_not_imported(journal, tmp_path):
    """As no command would record them."""
    path = tmp_path / "odd.csv"
    path.write_text("who,day,status,by\nJim,2026-06-01,held,them\n")
    journal.fails(f"import {path}", code=6, says="line 2: --by says who missed it")


def test_days_with_points_are_read(journal, tmp_path):
    """As a table made in much of Europe has them."""
    path = tmp_path / "tage.csv"
    path.write_text("who;date\nJim;01.11.2026\nJim;24.11.2026\n")
    journal.ok(f"import {path}")
    assert [item["held_on"] for item in journal.items("log")] == ["2026-11-24", "2026-11-01"]


def test_what_was_imported_before_moves_no_start(journal, tmp_path):
    """A day that was put right stays right, whoever has the name now."""
    path = tmp_path / "a.csv"
    path.write_text("who,date\nBen,2026-11-03\nBen,2026-11-17\n")
    journal.ok(f"import {path}")
    journal.ok("edit s1 --on 2026-11-10")
    journal.ok("edit ben --started 2026-11-10")
    journal.ok(f"import {path}")
    assert "since Tue 10 Nov 2026" in journal.ok("show ben")


def test_of_many_people_an_import_brought_some_are_named(journal, tmp_path):
    """And that there are others, when it is undone and in the history."""
    file = tmp_path / "many.csv"
    file.write_text("who,day\n" + "".join(f"P{n},2026-11-0{n}\n" for n in range(1, 7)))
    journal.ok(f"import {file}")
    assert "P1, P2, P3, P4 and others" in journal.ok("history")
    assert "(P1, P2, P3, P4 and others)" in journal.ok("undo")


def test_lengths_are_read_as_other_programs_write_them(journal, tmp_path):
    """With their unit, in hours and minutes; what could be either is refused."""
    path = tmp_path / "lengths.csv"
    lengths = ("45", "45 min", "1h", "1 h 30", "2 hours 5 minutes")
    path.write_text("who,day,minutes\n" + "".join(f"Jim,2026-06-01,{said}\n" for said in lengths))
    journal.ok(f"import {path}")
    assert [item["minutes"] for item in journal.items("log")][::-1] == [45, 45, 60, 90, 125]
    path.write_text("who,day,minutes\nJim,2026-06-02,1:30\n")
    journal.fails(f"import {path}", code=6, says="line 2: minutes is '1:30'")
