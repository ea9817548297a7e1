"""Whole relationships, meeting by meeting, with the date and the advice after each.

A change of the rules shows here as what it does to people: every row was read and found right.
"""

from datetime import date

import pytest
from histories import (
    action,
    agreed,
    cancelled,
    closed,
    day,
    goal,
    held,
    history,
    look,
    missed,
    moved,
    paused,
    plus,
    touch,
)

WELL = {"trust": 4, "their_trust": 4, "energy": 4, "agenda": "them"}


def said(outlook) -> str:
    """The date, how it stands, and the advice, as one short line."""
    timing, advice = outlook.timing, outlook.advice
    to = f" {advice.to}" if advice.to else ""
    every = f" {advice.every}" if advice.every else ""
    why = advice.reasons[0].why if advice.reasons else "-"
    return f"{timing.next_on or 'no date'} {timing.standing}: {advice.move}{to}{every} ({why})"


# Each row: the day it is looked at, what was recorded up to then, and the answer.
STORIES = {
    "from trust to a slower rhythm": (
        history("2026-01-12"),
        [
            ("2026-01-12", [], "2026-01-19 ahead: stay (no_meeting_yet)"),
            (
                "2026-01-14",
                [held("2026-01-14", trust=3, opened_up="me")],
                "2026-01-21 ahead: stay (not_yet)",
            ),
            (
                "2026-01-21",
                [held("2026-01-21", trust=4), agreed("2026-01-21", "1w", terms="ours")],
                "2026-01-28 ahead: ask (unknown)",
            ),
            (
                "2026-01-28",
                [held("2026-01-28", their_trust=4), goal("2026-01-28")],
                "2026-02-04 ahead: advance learning 1w (all_met)",
            ),
            (
                "2026-01-28",
                [moved("2026-01-28", "learning", "1w")],
                "2026-02-04 ahead: stay (no_meeting_yet)",
            ),
            (
                "2026-02-04",
                [
                    held("2026-02-04", **WELL),
                    action("2026-02-04", "them", "2026-02-10", "2026-02-09"),
                ],
                "2026-02-11 ahead: stay (not_yet)",
            ),
            (
                "2026-02-11",
                [
                    held("2026-02-11", **WELL),
                    action("2026-02-11", "them", "2026-02-17", "2026-02-17"),
                ],
                "2026-02-18 ahead: stay (not_yet)",
            ),
            (
                "2026-02-18",
                [
                    held("2026-02-18", **WELL),
                    action("2026-02-18", "me", "2026-02-24", "2026-02-20"),
                ],
                "2026-02-25 ahead: stay (not_yet)",
            ),
            (
                "2026-02-25",
                [held("2026-02-25", **WELL), goal("2026-02-25", ("2026-02-25", "moving"))],
                "2026-03-04 ahead: advance learning 2w (all_met)",
            ),
            (
                "2026-03-04",
                [held("2026-03-04", **WELL)],
                "2026-03-11 ahead: advance learning 2w (all_met)",
            ),
            (
                "2026-03-04",
                [moved("2026-03-04", "learning", "2w")],
                "2026-03-18 ahead: stay (no_meeting_yet)",
            ),
            ("2026-03-18", [held("2026-03-18", **WELL)], "2026-04-01 ahead: stay (not_yet)"),
        ],
    ),
    "month ends and a leap day": (
        history("2023-11-30", moved("2023-11-30", "learning", "1m"), agreed("2023-11-30", "1m")),
        [
            ("2023-12-01", [held("2023-11-30")], "2023-12-30 ahead: stay (not_yet)"),
            ("2023-12-31", [held("2023-12-31")], "2024-01-31 ahead: stay (not_yet)"),
            ("2024-01-31", [held("2024-01-31")], "2024-02-29 ahead: stay (not_yet)"),
            ("2024-02-29", [held("2024-02-29")], "2024-03-31 ahead: ask (unknown)"),
            ("2024-03-31", [held("2024-03-31")], "2024-04-30 ahead: ask (unknown)"),
        ],
    ),
    "one who does not come": (
        history("2026-03-02", moved("2026-03-02", "learning", "2w"), agreed("2026-03-02", "2w")),
        [
            ("2026-03-10", [held("2026-03-10")], "2026-03-24 ahead: stay (not_yet)"),
            ("2026-03-24", [missed("2026-03-24")], "2026-03-31 ahead: stay (not_yet)"),
            ("2026-03-31", [missed("2026-03-31")], "2026-04-07 late: talk (misses_in_a_row)"),
            ("2026-04-07", [held("2026-04-07")], "2026-04-21 ahead: stay (not_yet)"),
            (
                "2026-04-21",
                [cancelled("2026-04-21", short_notice=False)],
                "2026-04-22 due: stay (not_yet)",
            ),
            ("2026-04-23", [held("2026-04-23")], "2026-05-07 ahead: stay (not_yet)"),
        ],
    ),
    "a leave of half a year": (
        history("2025-09-01", moved("2025-09-15", "learning", "2w"), agreed("2025-09-15", "2w")),
        [
            ("2025-12-09", [held("2025-12-09", **WELL)], "2025-12-23 ahead: stay (not_yet)"),
            ("2025-12-15", [paused("2025-12-15", "2026-06-30")], "2026-07-07 paused: paused (-)"),
            ("2026-06-30", [], "2026-07-07 paused: paused (-)"),
            ("2026-07-01", [], "2026-07-07 ahead: back trusting 1w (long_gap)"),
            (
                "2026-07-07",
                [held("2026-07-07", **WELL)],
                "2026-07-21 ahead: back trusting 1w (long_gap)",
            ),
            (
                "2026-07-21",
                [held("2026-07-21", **WELL), agreed("2026-07-21", "2w", terms="ours")],
                "2026-08-04 ahead: stay (not_yet)",
            ),
        ],
    ),
    "Maintenance and the way back": (
        history(
            "2024-01-15",
            moved("2024-02-01", "learning", "1m"),
            held("2024-12-02", **WELL),
            moved("2025-01-13", "maintenance", "6m"),
        ),
        [
            ("2025-01-13", [], "2025-06-02 ahead: stay (as_agreed)"),
            ("2025-06-02", [held("2025-06-02")], "2025-12-02 ahead: stay (as_agreed)"),
            ("2025-09-01", [touch("2025-09-01")], "2025-12-02 ahead: stay (as_agreed)"),
            ("2025-12-01", [touch("2025-12-01")], "2026-06-01 ahead: stay (as_agreed)"),
            ("2026-06-15", [], "2026-06-16 due: stay (as_it_is)"),
            ("2026-06-20", [touch("2026-06-20")], "2026-12-20 ahead: stay (as_agreed)"),
            (
                "2026-07-01",
                [touch("2026-06-28"), touch("2026-07-01")],
                "2026-12-20 ahead: back trusting 1w (unplanned_contacts)",
            ),
            (
                "2026-07-01",
                [moved("2026-07-01", "learning", "2w")],
                "2026-07-01 due: stay (no_meeting_yet)",
            ),
        ],
    ),
    "a silence, and letting it rest": (
        history("2026-01-05", agreed("2026-01-05", "1w")),
        [
            ("2026-01-08", [held("2026-01-08")], "2026-01-15 ahead: ask (unknown)"),
            ("2026-01-19", [], "2026-01-20 late: ask (unknown)"),
            ("2026-01-22", [], "2026-01-23 very-late: ask (unknown)"),
            ("2026-03-01", [], "2026-03-02 very-late: ask (unknown)"),
            ("2026-04-20", [], "2026-04-21 quiet: talk (gone_quiet)"),
            (
                "2026-04-21",
                [closed("2026-04-21", "dormant")],
                "no date closed: stay (-)",
            ),
        ],
    ),
}

ROWS = [
    pytest.param(story, number, id=f"{story}-{number}")
    for story, (_, rows) in STORIES.items()
    for number in range(len(rows))
]


@pytest.mark.parametrize(("story", "number"), ROWS)
def test_the_answer_after_each_meeting(story: str, number: int) -> None:
    """After each meeting of the story the date and the advice are these."""
    told, rows = STORIES[story]
    for _, records, _ in rows[: number + 1]:
        told = plus(told, records)
    on, _, expected = rows[number]
    assert said(look(told, day(on))) == expected


def test_no_answer_of_a_story_lies_before_its_day() -> None:
    """Looked at on every day of a year, no story gives a date that is past."""
    for told, rows in STORIES.values():
        whole = plus(told, [record for _, records, _ in rows for record in records])
        for ordinal in range(date(2026, 1, 1).toordinal(), date(2027, 1, 1).toordinal()):
            today = date.fromordinal(ordinal)
            found = look(whole, today).timing.next_on
            assert found is None or found >= today
