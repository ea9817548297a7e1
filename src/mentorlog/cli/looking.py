"""Reading again what was recorded, and the page to read before a meeting."""

from typing import Annotated, Literal

from mentorlog.cli.loading import load_clock_lines, load_outlook
from mentorlog.cli.run import MaybeName, Name, Run, argument, command, option
from mentorlog.dates import say_day
from mentorlog.model import SessionRecord
from mentorlog.render import pages
from mentorlog.render.brief import Brief, brief_item, brief_lines
from mentorlog.store import details, nudges, reading

SHOWN_LINES = 8


@command
def brief(run: Run, name: Name) -> None:
    """Show what to know before meeting someone: read in a minute.

    Example: mentorlog brief ana
    """
    journal = run.existing()  # one for all of the page, as the file may be replaced meanwhile
    relationship = reading.find(journal, name)
    found = load_outlook(run, journal, relationship)
    page = Brief(
        outlook=found,
        records=reading.session_records(journal, today=run.today, only=relationship, limit=3),
        parked=details.parked(journal, relationship, today=run.today),
        outcomes=details.outcomes(journal, relationship, today=run.today),
        topics=details.topic_days(journal, relationship, today=run.today),
        clocks=load_clock_lines(run, journal, found),
    )
    if run.json:
        return run.items([brief_item(page)])
    return run.out(*brief_lines(page))


@command
def log(
    run: Run,
    name: MaybeName = None,
    since: Annotated[str | None, option("From this day on.", of="DAY")] = None,
    until: Annotated[str | None, option("Up to this day.", of="DAY")] = None,
    topic: Annotated[str | None, option("Only this topic.", of="T", completes="topic")] = None,
    status: Annotated[Literal["held", "cancelled", "no-show"] | None, option("Only these.")] = None,
    limit: Annotated[int | None, option("At most so many.", min=1)] = None,
) -> None:
    """List sessions, newest first, one a line.

    Example: mentorlog log ana --since "1 oct" --limit 5
    """
    journal = run.existing()
    records = reading.session_records(
        journal,
        today=min(run.day(until), run.today),
        only=None if name is None else reading.find(journal, name),
        since=None if since is None else run.day(since),
        topic=topic,
        status=status,
        limit=limit,
    )
    if run.json:
        return _json(run, records)
    rows = [
        (f"s{r.session.id}", say_day(r.session.held_on), r.relationship, pages.kind_word(r.session),
         pages.first_words(r))
        for r in records
    ]  # fmt: skip
    return run.table(("", "Day", "With", "", "About"), rows, paged=True)


@command
def show(
    run: Run,
    name: Annotated[
        str, argument("Who, by any of their ids too, or one session: s12.", "NAME|ID", "name")
    ],
    full: Annotated[bool, option("All notes to their end.", "--full")] = False,
) -> None:
    """Show the page of a relationship and all that happened, oldest first, or one session in full.

    Example: mentorlog show ana
    """
    from mentorlog.cli.records import find_record

    journal = run.existing()
    kind, number = find_record(journal, name)
    if kind == "session":
        record = reading.session_record(journal, number)
        return _json(run, [record]) if run.json else run.page(pages.session_page(record, None))
    known = details.record(journal, kind, number)
    only = reading.of_id(journal, known.get("relationship_id", number))
    records = reading.session_records(journal, today=run.today, only=only)[::-1]
    if run.json:
        return _json(run, records)
    from mentorlog.render.stream import stream

    found = load_outlook(run, journal, only)
    outcomes = details.outcomes(journal, only, today=run.today)
    lines = stream(found.state, records, outcomes, None if full else SHOWN_LINES)
    clocks = load_clock_lines(run, journal, found)
    until = nudges.snoozed(journal, today=run.today).get(only.id)
    resting = [f"No reminders until {say_day(until)}."] if until else []
    return run.page([*pages.page_head(found, clocks), *resting, "", *lines])


def _json(run: Run, records: list[SessionRecord]) -> None:
    from mentorlog.render.json import session_item

    run.items(map(session_item, records))
