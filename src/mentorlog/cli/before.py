"""Before the meeting: one page to read, and what was kept for it."""

from typing import Annotated

import typer

from mentorlog.cli.loading import load_clock_lines, load_outlooks
from mentorlog.cli.run import Name, On, Run, command, text_of
from mentorlog.phase.cadence import booking
from mentorlog.render.brief import Brief, brief_item, brief_lines
from mentorlog.store import details, reading, writing


@command
def brief(run: Run, name: Name) -> None:
    """Show what to know before meeting someone: read in a minute.

    Example: mentorlog brief ana
    """
    found = load_outlooks(run, name)[0]
    journal, relationship = run.existing(), found.state.history.relationship
    page = Brief(
        outlook=found,
        records=reading.session_records(journal, today=run.today, only=relationship, limit=3),
        parked=details.parked(journal, relationship, today=run.today),
        outcomes=details.outcomes(journal, relationship, today=run.today),
        topics=details.topic_days(journal, relationship, today=run.today),
        clocks=load_clock_lines(journal, relationship, booking(found.state)),
    )
    if run.json:
        return run.items([brief_item(page)])
    return run.out(*brief_lines(page))


@command
def park(
    run: Run,
    name: Name,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What to bring up next time.")],
    on: On = None,
) -> None:
    """Keep something for the next meeting; `brief` shows it until `done k3` ticks it off.

    Example: mentorlog park ana "ask about the conference"
    """
    day, words, journal = run.past(on), text_of(text, "note"), run.existing()
    relationship = reading.find(journal, name)
    row_id = writing.add(journal, "parked", relationship, run.at, added_on=day, text=words)
    run.wrote(
        "parked", row_id, [f"Parked k{row_id} for {relationship.name}: {words}."],
        relationship=relationship.name, text=words, added_on=day,
    )  # fmt: skip
