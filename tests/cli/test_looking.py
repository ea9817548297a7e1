"""Reading again: one stream of everything, and a log that is narrowed by what one remembers."""

import pytest

STORY = """
add-relationship Ana --started 2026-09-01 --purpose "first year as lead"
add-relationship Ben --started 2026-09-01
add-session Ana "on planning" --topic planning --on 2026-10-01
add-session Ana "a mail" --touch --on 2026-10-05
add-session Ben "on tests" --topic tests --on 2026-10-08
add-session Ana --status no-show --by them --on 2026-10-15
add-session Ana "planning again\nand more" --topic planning --topic tests --on 2026-10-22
add-goal Ana lead --on 2026-10-01
goal g1 --state moving --on 2026-10-06
agree Ana --every 1w --on 2026-10-02
move Ana learning --on 2026-10-03 --why ready
pause Ana --from 2026-10-25 --until 2026-10-31 --why away
add-outcome Ana "sees it whole" --for them --on 2026-10-22
"""


@pytest.fixture
def told(journal):
    """A journal of two with one of everything."""
    lines = STORY.strip().replace("\nand", "\0and").splitlines()
    return journal.told(*(line.replace("\0", "\n") for line in lines))


LOGS = (
    ("log", ["s5", "s4", "s3", "s2", "s1"]),
    ("log ana", ["s5", "s4", "s2", "s1"]),
    ("log --since '8 oct'", ["s5", "s4", "s3"]),
    ("log --until '8 oct'", ["s3", "s2", "s1"]),
    ("log ana --since '2 oct' --until '20 oct'", ["s4", "s2"]),
    ("log --topic planning", ["s5", "s1"]),
    ("log ana --topic tests", ["s5"]),
    ("log --topic nothing", []),
    ("log --status no-show", ["s4"]),
    ("log --status held --limit 2", ["s5", "s3"]),
)


@pytest.mark.parametrize(("line", "ids"), LOGS)
def test_the_log_is_narrowed_and_newest_first(told, line, ids):
    """By name, days, topic, status and number; the same as text and as JSON."""
    assert [item["id"] for item in told.items(line)] == ids
    assert [row.split()[0] for row in told.ok(line).splitlines()] == ids


def test_show_is_one_stream_of_everything(told):
    """Sessions, touches, moves, agreements, goals, outcomes and pauses, oldest first."""
    body = told.ok("show ana").split("\n\n", 1)[1]
    ids = [line.split()[0] for line in body.splitlines() if line and not line.startswith(" ")]
    assert ids == [
        "s1", "g1", "t1", "m1", "s2", "g1", "s4", "s5", "o1", "p1",
    ]  # fmt: skip
    assert "m1  Sat 3 Oct 2026, moved to learning, agreed by both sides (ready)" in body
    assert "p1  Sun 25 Oct 2026, paused until Sat 31 Oct 2026 (away)" in body


def test_one_session_in_full(told):
    """All of its notes and facts."""
    assert told.ok("show s5") == (
        "s5  Ana, held, Thu 22 Oct 2026, topics: planning, tests\n"
        "    planning again\n"
        "    and more\n"
    )
    told.fails("show s99", code=3, says="no session s99")


def test_names_of_any_script_keep_the_columns_in_line(journal):
    """A character may take two columns of a terminal, and a combining accent takes none."""
    for name in ("李小龙", "Ines", "Jose\u0301"):
        journal.ok(f"add-relationship {name} --every 1w")
    rows = journal.ok("status").splitlines()
    assert [row.split("Trusting")[0] for row in rows] == ["Ines    ", "José    ", "李小龙  "]
