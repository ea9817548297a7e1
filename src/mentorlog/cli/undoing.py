"""Every slip undone; and the one thing that is not: forgetting someone."""

import sys
from itertools import chain
from shlex import quote
from typing import Annotated

import typer

from mentorlog.cli.drafts import Draft
from mentorlog.cli.run import Name, Run, argument, command, option
from mentorlog.config import load_config
from mentorlog.errors import Declined, MentorlogError, NotFound
from mentorlog.model import Relationship, fields_of
from mentorlog.names import PREFIXES, fold_name
from mentorlog.store import calendars, details, reading
from mentorlog.store import undo as store
from mentorlog.store.journal import Journal
from mentorlog.store.undo import Step

Count = Annotated[int, argument("How many commands.", "[N]", min=1, max=1000)]

_WORDS = {"insert": "added", "update": "changed", "delete": "deleted"}
_TAKEN = {"insert": "took out", "update": "set back", "delete": "brought back"}
_BACK = {"insert": "take out", "update": "set back", "delete": "bring back"}


def _journal(run: Run) -> Journal:
    journal = run.reading()
    if journal is None:
        raise NotFound("there is no journal yet", "begin: mentorlog add-relationship NAME")
    return journal


def _counted(step: Step, words: dict[str, str]) -> str:
    parts = []
    for kind, table, count, row_id in step.changes:
        what = table.replace("session_topic", "topic").replace("_", " ")
        which = f" ({PREFIXES[table]}{row_id})" if row_id and table in PREFIXES else ""
        parts.append(f"{words[kind]} {count} {what}{'s' * (count != 1)}{which}")
    return ", ".join(parts)


def _whose(step: Step) -> str:
    others = " and others" if len(step.names) > 4 else ""
    return f"{', '.join(step.names[:4])}{others}"


def _item(step: Step) -> dict[str, object]:
    return {
        **fields_of(step, "id command at undone"),
        "relationships": list(step.names),
        "changes": [
            {"kind": kind, "table": table, "count": count} for kind, table, count, _ in step.changes
        ],
    }


def _say(run: Run, word: str, words: dict[str, str], steps: list[Step], hint: str) -> None:
    if run.json:
        return run.items(_item(step) for step in steps)
    for step in steps:
        who = f" ({_whose(step)})" if step.names else ""
        run.out(f"{word} {step.command}{who}: {_counted(step, words)}.")
    return run.out(hint)


@command
def undo(run: Run, count: Count = 1) -> None:
    """Take back the last command that changed the journal, or the last N.

    Example: mentorlog undo
    """
    found = store.undo(_journal(run), count)
    back = f"mentorlog redo {count}" if count > 1 else "mentorlog redo"
    _say(run, "Undone:", _TAKEN, found, f"To put it back: {back}")


@command
def redo(
    run: Run,
    count: Count = 1,
    older: Annotated[bool, option("Also what newer commands came after.", "--older")] = False,
) -> None:
    """Put back what was undone last.

    Example: mentorlog redo
    """
    found = store.redo(_journal(run), count, older=older)
    back = f"mentorlog undo {count}" if count > 1 else "mentorlog undo"
    _say(run, "Redone:", _WORDS, found, f"To take it back: {back}")


@command
def history(
    run: Run,
    limit: Annotated[int, option("At most so many.", min=1, max=100000)] = 20,
) -> None:
    """List what was done, newest first, and what an undo of it would do.

    Example: mentorlog history
    """
    found = store.steps(run.existing(), limit=limit)
    if run.json:
        return run.items(_item(step) for step in found)
    rows = [
        (
            step.at[:16].replace("T", " "),
            step.command,
            _whose(step),
            f"undone; redo{' --older' * step.left_behind} would put it back"
            if step.undone
            else f"undo: {_counted(step, _BACK)}",
        )
        for step in found
    ]
    return run.table(("When (UTC)", "Command", "With", ""), rows)


def _told(records: dict[str, list[str]]) -> str:
    words = {"parked": "parked item", "closing": "ending"}
    counts = {words.get(kind, kind): len(ids) for kind, ids in records.items() if ids}
    parts = (f"{count} {word}{'s' * (count != 1)}" for word, count in counts.items())
    return ", ".join(parts) or "no records"


@command
def forget(
    run: Run,
    name: Name,
    yes: Annotated[str | None, option("The whole name, to answer beforehand.", of="NAME")] = None,
) -> None:
    """Remove a relationship and every trace of it. This is the one thing that is not undone.

    Example: mentorlog forget "Ana Lopez" --yes "Ana Lopez"
    """
    journal = _journal(run)
    relationship = reading.find(journal, name)
    ids = details.record_ids(journal, relationship)
    told = _told(ids)
    if yes is None and sys.stdin and sys.stdin.isatty():
        run.note(f"This removes {relationship.name} for good: {told}.")
        yes = typer.prompt("Type the whole name to go on", err=True)
    if yes != relationship.name:
        quoted = quote(relationship.name)
        raise Declined(
            f"nothing was removed; {relationship.name} has {told}",
            f"to remove it for good: mentorlog forget {quoted} --yes {quoted}",
        )
    beside = _beside(journal, relationship)
    named = (relationship.name, f"r{relationship.id}", *chain.from_iterable(ids.values()))
    store.forget(journal, relationship.id)
    drafts = {Draft(run.path, who).path for who in named}
    for draft in drafts & set(run.path.parent.iterdir()):
        draft.unlink(missing_ok=True)
    copies, places = details.copies(journal), settings_about(relationship.name)
    if run.json:
        facts = {"copies": [str(copy) for copy in copies], "settings": places, "says": beside}
        return run.items([{"relationship": relationship.name, **facts}])
    run.out(f"{relationship.name} is forgotten: {told} removed.")
    for copy in copies:
        run.out(f"A copy made before may still hold it: {copy}")
    for place in places:
        run.out(f"Your settings still name them: {place}")
    return run.out(*beside) if beside else None


def _beside(journal: Journal, relationship: Relationship) -> list[str]:
    """Where someone may still be named once they are forgotten, and what to do about it."""
    groups = details.groups_with(journal, relationship.name)
    lines = [
        f"{group} has a member of that name: mentorlog show {quote(group)}" for group in groups
    ]
    if calendars.published(journal, only=relationship):
        lines.append("Calendars that were written before may still name them; take it out there.")
    return lines


def settings_about(name: str) -> list[str]:
    """File and line of the settings about a person; they are the owner's, so they stay."""
    try:
        found = load_config()
    except MentorlogError:  # what cannot be read is said by the commands that need it
        return []
    people = found.content.get("with", {}) if found else {}
    if found is None or not isinstance(people, dict):
        return []
    return [found.where(f"with.{who}") for who in people if fold_name(who) == fold_name(name)]
