"""Tables as Excel writes them: a first line may say what stands between the cells."""

import pytest


@pytest.mark.parametrize(
    ("said", "mark"),
    [("sep=;", ";"), ("SEP=,", ","), ("sep=|", "|"), ("sep=\t", "\t"), ('"sep=;"', ";")],
)
def test_a_line_with_the_separator_is_no_line_of_the_table(journal, tmp_path, said, mark):
    """Its separator is taken, though another character is in the line of column names."""
    file = tmp_path / "table.csv"
    names = mark.join(("who", "day", '"a,b;c,d;e"'))
    row = mark.join(("Ana", "2026-11-03", "x"))
    file.write_text(f"{said}\r\n{names}\r\n{row}\r\n", encoding="utf-8-sig", newline="")
    assert "Imported 1 session" in journal.run(f"import {file}").stdout
    assert [item["held_on"] for item in journal.items("log ana")] == ["2026-11-03"]


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("sep=;\nwho;day\nAna;2026-11-03\nBen;2026-02-30\n", "line 4"),
        ("sep=;\nwho;when was it\n", "line 2: no column for day"),
        ("sep=;\n", "line 2: its first line is empty"),
    ],
)
def test_lines_are_counted_with_the_one_that_names_the_separator(journal, tmp_path, table, says):
    """A fault is where an editor shows it."""
    file = tmp_path / "table.csv"
    file.write_text(table, encoding="utf-8")
    journal.fails(f"import {file}", code=6, says=says)
