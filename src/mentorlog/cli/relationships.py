"""Beginning a relationship."""

from itertools import pairwise
from shlex import quote
from typing import Annotated

from mentorlog.cli.run import Run, argument, clean, command, option
from mentorlog.dates import parse_cadence, say_cadence, say_day
from mentorlog.errors import BadUsage
from mentorlog.model import Cadence, Party, Role
from mentorlog.names import clean_name
from mentorlog.render.words import ROLES
from mentorlog.store import writing

Ladder = Annotated[str | None, option("Its own steps of Learning: 2w,1m,2m.", of="STEPS")]

_LONG_DAYS = 60  # what began longer ago may well be past Trusting
_SLOW_DAYS = 95  # so may those who meet more rarely than every three months


def parse_ladder(text: str) -> tuple[Cadence, ...]:
    """Read ``2w,1m,2m``: one to six cadences, each slower than the one before."""
    steps = tuple(parse_cadence(part) for part in text.split(","))
    slower = all(a.days < b.days for a, b in pairwise(steps))
    if not slower or len(steps) > 6 or steps[-1].days > 95:
        raise BadUsage(
            f"'{text}' is not a ladder",
            "one to six steps, each slower, up to 3m: --ladder 2w,1m,2m",
        )
    return steps


def need_both(ladder: object, by: str) -> None:
    """Refuse steps that only one side wishes for."""
    if ladder and by != "both":
        raise BadUsage(
            "a ladder is agreed by both",
            "leave out --by; one side can wish for an interval: --every",
        )


@command
def add_relationship(
    run: Run,
    name: Annotated[str, argument("The name you will type.", "NAME")],
    role: Annotated[Role, option("What you are in it.", "--as")] = "mentor",
    started: Annotated[str | None, option("When it began; today if not given.", of="DAY")] = None,
    every: Annotated[
        str | None, option("An agreed interval: 1w, 2w, monthly.", of="CADENCE")
    ] = None,
    agreed_by: Annotated[Party, option("Who agreed on the interval.")] = "both",
    ladder: Ladder = None,
    member: Annotated[list[str] | None, option("A member, where it is several.", of="WHO")] = None,
    purpose: Annotated[str | None, option("What it is for.", of="TEXT")] = None,
) -> None:
    """Begin a relationship. It starts in Trusting.

    Example: mentorlog add-relationship Ana --as mentor --every 1w
    """
    name, members = clean_name(name), [clean_name(who) for who in member or ()]
    cadence = None if every is None else parse_cadence(every)
    steps = () if ladder is None else parse_ladder(ladder)
    started_on = run.past(started, or_ahead=True)
    with run.writing().write() as conn:
        row_id = writing.add_relationship(
            conn, name, at=run.at, role=role, started_on=started_on, ladder=steps,
            purpose=clean(purpose, "purpose"),
        )  # fmt: skip
        for who in members:
            writing.add_member(conn, row_id, who, started_on, at=run.at)
        if cadence:
            writing.insert(
                conn, "agreement", run.at, relationship_id=row_id, by=agreed_by, every=cadence,
                agreed_on=min(started_on, run.today),
            )  # fmt: skip
    said = f", {say_cadence(cadence)}" if cadence else ""
    lines = [
        f"Added {name}: you are {ROLES[role]}, from {say_day(started_on)}{said}. Phase: Trusting."
    ]
    if (run.today - started_on).days > _LONG_DAYS or (cadence and cadence.days > _SLOW_DAYS):
        phase = "maintenance" if cadence and cadence.days > _SLOW_DAYS else "learning"
        further = f"mentorlog move {quote(name)} {phase} --every {cadence or '2w'}"
        lines.append(f"If you two are further by now: {further}")
    run.wrote(
        "relationship", row_id, lines,
        relationship=name, role=role, started_on=started_on,
        cadence=cadence,
    )  # fmt: skip
