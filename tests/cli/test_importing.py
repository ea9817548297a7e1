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
