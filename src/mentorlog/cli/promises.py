"""Goals, actions and outcomes: what the two are after, promised and gained; what waits."""

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from mentorlog.cli.loading import load_histories, load_setup
from mentorlog.cli.run import (
    MaybeName,
    Name,
    On,
    Run,
    argument,
    command,
    option,
    record_id,
    text_of,
)
from mentorlog.dates import parse_due, say_ago, say_day
from mentorlog.errors import BadUsage, Refused
from mentorlog.model import Action, GoalState, Side, fields_of
from mentorlog.names import PREFIXES
from mentorlog.phase.evidence import State
from mentorlog.render.pages import goal_word
from mentorlog.render.text import action_line, promiser, who
from mentorlog.store import details, reading, writing
from mentorlog.store.rows import day as stored_day

Text = Annotated[str, argument("In a few words.", "TEXT")]

_AMOUNT = r"\d+([.,]\d+)? ?(%|percent|per cent|points?|times|x)?"  # "cut the backlog by 20 %"


def with_due(text: str, *, today: date) -> tuple[str, date | None]:
    """Return the words of a promise, and the day after its last " by ", if it reads as one.

    What reads as no day is text. It counts from ``today``, the day of the promise; BadUsage for
    figures that are no day.
    """
    what, by, day = text.rpartition(" by ")
    if by:
        try:
            return text_of(what, "action"), parse_due(day, made_on=today)
        except BadUsage as error:
            if re.search(r"\d", day) and not re.fullmatch(_AMOUNT, day):
                raise BadUsage(f"in '{text}': {error.message}", error.hint) from error
    return text, None


def say_action(action: Action, name: str, *, today: date) -> str:
    """Return an action as one line, and how far ahead it is due."""
    ago = f", {say_ago(action.due_on, today=today)}" if action.due_on else ""
    return action_line(action, name) + ago


def _add(run: Run, name: str, table: str, say: Callable[[int, str], str], **values: Any) -> None:
    """Add one record to a relationship, and say what it is, from its number and the name."""
    journal = run.existing()
    person = reading.find(journal, name)
    row_id = run.add(journal, table, person, **values)
    run.wrote(table, row_id, [say(row_id, person.name)], relationship=person.name, **values)


@command
def add_goal(
    run: Run,
    name: Name,
    text: Text,
    on: On = None,
    urgent: Annotated[bool, option("It cannot wait.", "--urgent")] = False,
) -> None:
    """Add a goal the mentee works toward.

    Example: mentorlog add-goal ana "lead the planning round"
    """
    day, words, soon = run.past(on), text_of(text, "goal"), ", urgent" if urgent else ""
    _add(
        run, name, "goal", lambda number, who: f"Goal g{number} for {who}{soon}: {words}.",
        text=words, added_on=day, urgent=urgent,
    )  # fmt: skip


@command
def goal(
    run: Run,
    goal_id: Annotated[str, argument("As listed: g3.", "ID", "goal")],
    state: Annotated[GoalState, option("What it is now.")],
    on: On = None,
) -> None:
    """Record that a goal moves, is reached, or is dropped on purpose.

    Example: mentorlog goal g3 --state reached
    """
    day, number, journal = run.past(on), record_id(goal_id, "goal"), run.existing()
    known = details.record(journal, "goal", number)
    if day.isoformat() < known["added_on"]:
        raise Refused(
            f"g{number} was added on {say_day(stored_day(known['added_on']))}",
            f"if it is older, say so first: mentorlog edit g{number} --on {day}",
        )
    with journal.write() as conn:
        writing.insert(conn, "goal_state", run.at, goal_id=number, changed_on=day, state=state)
    who_ = reading.of_id(journal, known["relationship_id"]).name
    said = f"Goal g{number} ({who_}) is {state} since {say_day(day)}: {known['text']}."
    run.wrote("goal", number, [said], state=state, changed_on=day)


@command
def goals(run: Run, name: MaybeName = None) -> None:
    """List goals with what state each is in, and since when.

    Example: mentorlog goals ana
    """
    journal, policy = run.existing(), load_setup(run).policy
    only = reading.find(journal, name) if name is not None else None
    found = [
        (history.relationship.name, *goal)
        for history in load_histories(run, journal, only)
        for goal in State(history, policy, run.today).goals
    ]
    if run.json:
        return run.items(
            {
                "id": f"g{goal.id}",
                "relationship": with_,
                "text": goal.text,
                "state": state,
                "since": since,
                "added_on": goal.on,
                "urgent": goal.urgent,
            }
            for with_, goal, state, since in found
        )
    rows = [
        (f"g{g.id}", with_, goal_word(g, state), say_day(on), g.text)
        for with_, g, state, on in found
    ]
    return run.table(("", "With", "State", "Since", "Goal"), rows)


@command
def add_action(
    run: Run,
    name: Name,
    text: Text,
    owner: Annotated[Side, option("Who promised it.")],
    due: Annotated[str | None, option("When it is due.", of="DAY")] = None,
    on: On = None,
) -> None:
    """Add something one of you promised.

    Example: mentorlog add-action ana "send the book" --owner me --due fri
    """
    day, words, due_on = run.past(on), text_of(text, "action"), None
    if due is None:
        words, due_on = with_due(words, today=day)
    else:
        due_on = parse_due(due, made_on=day)
        run.need_year(due, due_on)

    def say(number: int, name: str) -> str:
        action = Action(number, day, owner, due_on, text=words)
        return say_action(action, name, today=run.today)

    _add(run, name, "action", say, owner=owner, text=words, added_on=day, due_on=due_on)


@command
def done(
    run: Run,
    items: Annotated[
        list[str], argument("As listed: a7, or k3; one or several.", "ID...", "action", "parked")
    ],
    on: On = None,
) -> None:
    """Tick off an action, or something parked; several, all or none of them.

    Example: mentorlog done a7
    """
    day, journal = run.past(on), run.existing()
    ticked: dict[str, tuple[str, int, str]] = {}
    for item in items:
        kind = "parked" if item[:1].lower() == "k" else "action"
        number = record_id(item, kind)
        known = details.record(journal, kind, number)
        if known["done_on"] or day.isoformat() < known["added_on"]:
            since = known["done_on"] and say_day(stored_day(known["done_on"]))
            when = f"is done since {since}" if since else "was made later"
            shown = f"{PREFIXES[kind]}{number}"
            raise Refused(f"{shown} {when}", f"to change that: mentorlog edit {shown} --done DAY")
        with_ = reading.of_id(journal, known["relationship_id"]).name
        said = f"({with_}, {say_day(day)}): {known['text']}"
        ticked[f"{PREFIXES[kind]}{number}"] = kind, number, said
    with journal.write() as conn:
        for kind, number, _ in ticked.values():
            writing.update(conn, kind, number, done_on=day)
    if run.json:
        return run.items({"id": item, "done_on": day} for item in ticked)
    return run.out(*(f"Done: {item} {said}" for item, (*_, said) in ticked.items()))


@command
def actions(run: Run, name: MaybeName = None) -> None:
    """List open actions, yours first.

    Example: mentorlog actions ana
    """
    journal = run.existing()
    only = reading.find(journal, name) if name is not None else None
    found = details.open_actions(journal, today=run.today, only=only)
    found.sort(key=lambda f: (f[1].owner, f[1].due_on or date.max, f[1].id))
    if run.json:
        return run.items(
            {
                "id": f"a{a.id}",
                "relationship": who_,
                **fields_of(a, "owner member text"),
                "added_on": a.on,
                "due_on": a.due_on,
            }
            for who_, a in found
        )
    rows = [
        (f"a{a.id}", who_, promiser(a, who_), a.text, say_day(a.due_on) if a.due_on else "")
        for who_, a in found
    ]
    return run.table(("", "With", "Who", "What", "Due"), rows)


@command
def add_outcome(
    run: Run,
    name: Name,
    text: Text,
    owner: Annotated[Side, option("Who gained it.", "--for")],
    on: On = None,
) -> None:
    """Note what a phase has given to one of you.

    Example: mentorlog add-outcome ana "learned to ask first" --for me
    """
    day, words = run.past(on), text_of(text, "outcome")
    _add(
        run, name, "outcome",
        lambda number, name: f"Outcome o{number} for {who(owner, name)}: {words}.",
        owner=owner, text=words, added_on=day,
    )  # fmt: skip


@command
def park(
    run: Run,
    name: Name,
    text: Annotated[str, argument("What to bring up next time.", "TEXT")],
    on: On = None,
) -> None:
    """Keep something for the next meeting; `brief` shows it until `done k3` ticks it off.

    Example: mentorlog park ana "ask about the conference"
    """
    day, words = run.past(on), text_of(text, "note")
    _add(
        run, name, "parked", lambda number, who: f"Parked k{number} for {who}: {words}.",
        text=words, added_on=day,
    )  # fmt: skip
