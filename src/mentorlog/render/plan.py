"""The coming weeks as lines: who is met when, what ends, how full it is, and the room left."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any

from mentorlog.dates import say_short, say_time
from mentorlog.model import frozen
from mentorlog.phase.cadence import Reason
from mentorlog.render.text import sentence
from mentorlog.schedule.days import Load


@frozen
class Item:
    """One thing on a day: ``kind`` is booked, suggested, ``pause ends`` or ``agreed end``.

    ``at`` is the local time of a booking, where it has one.
    """

    on: date
    name: str
    kind: str
    at: time | None = None


def in_order(item: Item) -> tuple[date, time, str]:
    """Return what things are sorted by: day, time, those without one last, and name."""
    return item.on, item.at or time.max, item.name


def plan_item(item: Item) -> dict[str, Any]:
    """Return one thing as an item of ``plan --json``."""
    return {"on": item.on, "at": item.at, "relationship": item.name, "kind": item.kind}


def plan_lines(
    items: Iterable[Item], held: Iterable[date], *, today: date, max_a_week: int | None
) -> list[tuple[str, ...]]:
    """Return rows by day; the first of a week says how many meetings that week has.

    Those that were held already, on the days of ``held``, count for their week.
    """
    rows: list[tuple[str, ...]] = []
    found = sorted(items, key=in_order)
    met = Counter(_monday(i.on) for i in found if i.kind in ("booked", "suggested"))
    met.update(map(_monday, held))
    week = None
    for item in found:
        monday = _monday(item.on)
        count = f"{met[monday]} of {max_a_week}" if max_a_week else str(met[monday])
        head = "" if monday == week else f"week of {say_short(monday, today=today)}: {count}"
        week = monday
        at = f" at {say_time(item.at)}" if item.at else ""
        rows.append((head, say_short(item.on, today=today), item.name, f"{item.kind}{at}"))
    return rows


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def room_lines(by_phase: dict[str, Load], whole: Load, short: Reason | None) -> list[str]:
    """Return what the rhythms ask of a week, and whether there is room for one more."""
    parts = ", ".join(f"{phase} {load.hours:g} h" for phase, load in by_phase.items())
    lines = [f"The rhythms ask for {whole.hours:g} h a week ({parts})."]
    if short:
        return [*lines, sentence(short, "")]
    lines.append(f"With another one weekly: {whole.hours_with_another:g} h.")
    if whole.shortage:
        facts = whole.shortage.facts
        lines.append(
            f"There is no room for one more: that would be {facts['asked']:g} meetings a week, and"
            f" {facts['possible']:g} fit your days and limits."
        )
    return lines
