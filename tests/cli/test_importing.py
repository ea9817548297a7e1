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
    """Nobody comes back under the old name; what is new in the file is theirs too."""
    path = tmp_path / "old.csv"
    path.write_text("who,day,notes\nJim,2026-06-01,hi\nJim,2026-06-08,ho\n")
    journal.ok(f"import {path}")
    journal.ok("edit jim --name 'James Ross'")
    again = "Imported 0 sessions and 0 new relationships; 2 were there already.\n"
    assert journal.ok(f"import {path}") == again
    path.write_text(path.read_text() + "Jim,2026-05-25,new\n")
    assert "Imported 1 session and 0 new relationships" in journal.run(f"import {path}").stdout
    assert {item["relationship"] for item in journal.items("log")} == {"James Ross"}
    assert "since Mon 25 May 2026" in journal.ok("show james")
    old = path.read_text()
    journal.ok("add-relationship Jim")
    path.write_text(old + "Jim,2026-06-22,his\n")
    said = journal.run(f"import {path}").stderr
    assert said == "What is new of Jim is with James Ross, who has the other rows of that name.\n"
    assert {item["relationship"] for item in journal.items("log")} == {"James Ross"}
    journal.ok("edit jim --name Bo")
    path.write_text("who,day\nJim,2026-06-20\n")
    assert "1 new relationship" in journal.ok(f"import {path}"), "a file of somebody else"


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
    rows = [f"Jim,2026-06-0{day},{said}\n" for day, said in enumerate(lengths, 1)]
    path.write_text(f"who,day,minutes\n{''.join(rows)}")
    journal.ok(f"import {path}")
    assert [item["minutes"] for item in journal.items("log")][::-1] == [45, 45, 60, 90, 125]
    path.write_text("who,day,minutes\nJim,2026-06-02,1:30\n")
    journal.fails(f"import {path}", code=6, says="line 2: minutes is '1:30'")


def test_all_rows_that_cannot_be_used_are_told_at_once(journal, tmp_path):
    """By their lines, the first with what to do; of many the first five."""
    path = tmp_path / "slips.csv"
    path.write_text("who,day,trust\nJim,2026-06-01,9\nJim,2026-06-02,4\nJim,3.6.26,\nJim,x\n")
    said = journal.fails(f"import {path}", code=6)
    assert "line 2: trust is '9'; line 4: '3.6.26' does not have its whole year" in said
    assert "; line 5: 2 cells where the header has 3\n  a whole number from 1 to 5" in said
    path.write_text("who,day\n" + "Jim,31 feb\n" * 9)
    assert "; line 6: '31 feb' is not a day in the calendar; and 4 more\n" in journal.fails(
        f"import {path}", code=6
    )
    assert not journal.path.exists()


def test_a_day_may_come_with_its_time(journal, tmp_path):
    """As other programs write moments; midnight to the second is a day alone."""
    path = tmp_path / "moments.csv"
    path.write_text(
        "who,day\nJim,2026-06-01T10:00\nJim,2026-06-02 15:30:00\nJim,2026-06-03 00:00:00\n"
    )
    journal.ok(f"import {path}")
    assert [(i["held_on"], i["at"]) for i in journal.items("log")][::-1] == [
        ("2026-06-01", "10:00"), ("2026-06-02", "15:30"), ("2026-06-03", None),
    ]  # fmt: skip


def test_rows_that_are_the_same_are_taken_and_said(journal, tmp_path):
    """Two equal rows may be two meetings, or a slip; the same file again adds nothing."""
    path = tmp_path / "twice.csv"
    path.write_text("who,day,notes\nJim,2026-06-01,hi\nJim,2026-06-01,hi\n")
    done = journal.run(f"import {path}")
    assert done.stderr == "1 row is the same as another; each was taken for a meeting.\n"
    times = tmp_path / "times.csv"
    times.write_text("who,day\nJim,2026-06-05 9:00\nJim,2026-06-05 15:00\n")
    journal.ok(f"import {times}")
    assert journal.ok(f"import {path}").endswith("2 were there already.\n")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("Jim,15 dec,held", "line 2: '15 dec' does not say the year"),
        ("Jim,tue,held", "line 2: 'tue' does not say the year"),
        ("Jim,2026-12-20,no-show", "line 2: Sun 20 Dec 2026 is ahead"),
    ],
)
def test_a_day_of_a_file_is_the_same_on_every_day_and_no_miss_is_ahead(
    journal, tmp_path, row, says
):
    """Read again a week later it would be another one; what no command records is refused."""
    path = tmp_path / "days.csv"
    path.write_text(f"who,day,status\n{row}\n")
    journal.fails(f"import {path}", code=6, says=says)


def test_a_booking_on_a_day_that_is_imported_is_named(journal, tmp_path):
    """Nobody would ever say what became of it."""
    journal.ok("add-relationship Ana --started 2026-11-01")
    journal.ok("book ana today")
    path = tmp_path / "held.csv"
    path.write_text("who,day\nAna,2026-12-01\n")
    said = journal.run(f"import {path}").stderr
    assert said == "Still booked on a day that had its meeting: s1. mentorlog unbook ID\n"


def test_an_imported_booking_is_kept_as_book_keeps_it(journal, tmp_path, sets):
    """By the owner's days, and at a time that comes; the same file again adds nothing."""
    sets('[me]\nzone = "Europe/Berlin"\n')
    path = tmp_path / "booked.csv"
    path.write_text(
        "who,day,status,at,zone\n"
        "Di,2026-12-05,booked,23:30,America/Los_Angeles\nAna,2027-03-28,booked,02:30,Europe/Berlin\n"
    )
    journal.ok(f"import {path}")
    assert [i["on"] for i in journal.items("plan") if i["kind"] == "booked"] == ["2026-12-06"]
    booked = journal.items("next ana")[0]["booked"]
    assert (booked["on"], booked["at"]) == ("2027-03-28", "03:30")
    assert "2 were there already" in journal.ok(f"import {path}")
