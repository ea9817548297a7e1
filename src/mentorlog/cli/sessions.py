"""Recording what happened."""

import sys
from collections.abc import Sequence
from datetime import date
from shlex import quote
from typing import Annotated, Any, Literal

from mentorlog.cli.drafts import Draft
from mentorlog.cli.loading import load_outlook, load_setup
from mentorlog.cli.possible import need_signs
from mentorlog.cli.promises import say_action
from mentorlog.cli.run import Name, On, Run, argument, clean, command, option, text_of
from mentorlog.cli.teams import attendance, opener, parse_promise
from mentorlog.cli.template import Edited, beside, given_in, read_template, template_of
from mentorlog.dates import say_day
from mentorlog.model import Action, Member, OpenedUp, SessionRecord, Side
from mentorlog.phase.evidence import enough_came
from mentorlog.render import pages
from mentorlog.render import text as say
from mentorlog.store import details, reading, writing
from mentorlog.store.journal import Journal

_LONG_AGO_DAYS = 60  # who enters a past year wants no advice after each line of it


@command
def add_session(
    run: Run,
    name: Name,
    notes: Annotated[str | None, argument("What it was about; - reads it.", "[NOTES]")] = None,
    on: On = None,
    title: Annotated[str | None, option("A title.", of="TEXT")] = None,
    minutes: Annotated[int | None, option("How long.", min=0, max=1440)] = None,
    status: Annotated[
        Literal["held", "cancelled", "no-show"], option("Whether it took place.")
    ] = "held",
    by: Annotated[Side | None, option("Who cancelled or did not come.")] = None,
    short_notice: Annotated[
        bool, option("Cancelled with less than a day's notice.", "--short-notice")
    ] = False,
    touch: Annotated[bool, option("A light contact: a mail, a chat, minutes.", "--touch")] = False,
    trust: Annotated[int | None, option("How much you trust them, 1 to 5.", min=1, max=5)] = None,
    their_trust: Annotated[
        int | None, option("How much they trust you, as they told you.", min=1, max=5)
    ] = None,
    guess: Annotated[bool, option("Their trust is only your guess.", "--guess")] = False,
    opened_up: Annotated[OpenedUp | None, option("Who shared something personal.")] = None,
    energy: Annotated[int | None, option("How alive it felt, 1 to 5.", min=1, max=5)] = None,
    agenda: Annotated[Side | None, option("Who set the agenda.")] = None,
    breach: Annotated[bool, option("Something said in confidence got out.", "--breach")] = False,
    topic: Annotated[list[str] | None, option("A topic.", of="T", completes="topic")] = None,
    action: Annotated[list[str] | None, option('"me: send the book by fri"', of="TEXT")] = None,
    there: Annotated[
        list[str] | None, option("A member who came; all if not given.", of="WHO")
    ] = None,
    member: Annotated[
        list[str] | None, option('"Ana: their-trust 5, opened-up"', of="TEXT")
    ] = None,
    private: Annotated[bool, option("These notes never leave the journal.", "--private")] = False,
    edit: Annotated[bool, option("Write the notes in your editor.", "--edit")] = False,
) -> None:
    """Record a meeting, a touch, or one that did not happen.

    Example: mentorlog add-session ana "paired on the parser" --trust 4
    """
    given: dict[str, Any] = {
        "held_on": None if on is None else run.past(on), "title": clean(title, "title"),
        "minutes": minutes, "status": None if status == "held" else status,
        "kind": "touch" if touch else None, "by": by, "short_notice": short_notice or None,
        "trust": trust, "their_trust": their_trust, "guess": guess or None,
        "opened_up": opened_up, "energy": energy, "agenda": agenda, "breach": breach or None,
        "private": private or None, "topics": topic and [text_of(t, "topic") for t in topic],
        "action": action, "there": there, "member": member,
    }  # fmt: skip
    _record(run, name, notes, edit, {f: value for f, value in given.items() if value is not None})


def _record(run: Run, name: str, notes: str | None, edit: bool, given: dict[str, Any]) -> None:
    """Record a session with what was given by the names of its fields; see ``template.LISTS``."""
    load_setup(run)  # a slip in the settings is said before anything is recorded
    read, piped = notes == "-", None
    draft = Draft(run.path, name, beside(given) if given and (edit or read) else "")
    if read and not (sys.stdin and sys.stdin.isatty()):  # before anything can fail
        notes = piped = draft.read_notes()
    with draft.kept(piped, safe=False):
        journal = run.existing()
        relationship = reading.find(journal, name)
        draft = Draft(run.path, relationship.name, draft.beside)
        given = _taken_up(run, draft, given) if edit else given
        need_signs(given)
        day = given.setdefault("held_on", run.today)
        members = details.members(journal, relationship)
        there, said = given.pop("there", ()), given.pop("member", ())
        # Of a meeting that did not take place nobody was there.
        held = given.get("status", "held") == "held"
        whole = [m for m in members if not m.has_left(day)] if there or said or held else []
        came = attendance(whole, there, said, on=day, held=held)
        promised = [parse_promise(t, members, today=day) for t in given.pop("action", ())]
        notes = draft.read_notes() if read and piped is None else notes
        page = text_of(notes, "note") if notes or (notes == "" and not edit) else ""
        if edit:
            page = draft.edit(template_of(run, journal, relationship, day), page)
    words, more, ticked = _edited(page, draft, day, members) if edit else (page, [], [])
    given = {"status": "held", "kind": "session", "opened_up": opener(came), **given}
    with draft.kept(page if edit or read else None), journal.write() as conn:
        row_id = writing.add_session(conn, relationship, at=run.at, notes=words, **given)
        common = {"relationship_id": relationship.id, "session_id": row_id}
        writing.set_attendance(conn, row_id, relationship.id, came, run.at)
        for kind, number in ticked:
            writing.update(conn, kind, number, done_on=day)
        made = []
        for owner, what, due_on, who in promised + more:
            promise = {"owner": owner, "text": what, "due_on": due_on, "member_id": who and who.id}
            number = writing.insert(conn, "action", run.at, **common, added_on=day, **promise)
            made.append(Action(number, day, owner, due_on, None, what, who.name if who else None))
        # Before it is told to others: a parallel undo may take it back at once.
        record = reading.session_record(journal, row_id)
    with run.noting_closed(journal, relationship):
        return _answer(run, journal, record, made, relationship.started_on)


def _taken_up(run: Run, draft: Draft, given: dict[str, Any]) -> dict[str, Any]:
    """What is given now, and what was beside a draft that was left, which is said."""
    left = given_in(draft.text, today=run.today)
    both = {"held_on": run.today, **left, **given}
    draft.beside = beside(both) if both != left else ""
    day = left.pop("held_on", run.today)
    if draft.path.exists() and day != both["held_on"]:
        run.note(f"Your draft is of {say_day(day)}, but this is of {say_day(both['held_on'])}.")
    elif day != run.today and "held_on" not in given:
        run.note(f"Your draft is of {say_day(day)}, and so is this. For another day: --on DAY")
    again = ", ".join(field.replace("_", " ") for field in left if field not in given)
    if again:
        run.note(f"What you gave beside it then counts too: {again}.")
    return both


def _edited(page: str, draft: Draft, day: date, members: Sequence[Member]) -> Edited:
    with draft.kept(page, safe=False):
        words, more, ticked = read_template(page, members, today=day)
    draft.need(words or more or ticked)
    return words, more, ticked


def _answer(
    run: Run, journal: Journal, record: SessionRecord, made: list[Action], began_on: date
) -> None:
    """Say what was understood, and what it means for the next meeting."""
    if run.json:
        from mentorlog.render.json import session_item

        return run.items([session_item(record)])
    # Before the rest is worked out: whatever happens then, it is recorded.
    run.out(f"Recorded s{record.session.id}: {pages.session_facts(record)}.")
    lines, day = [], record.session.held_on
    relationship = reading.find(journal, record.relationship)
    if relationship.started_on < began_on:
        lines.append(f"{relationship.name} now begins on {say_day(day)}, as you met then.")
    found = load_outlook(run, journal, relationship)
    known = found.state.history
    here = [s for s in known.meetings if s.id == record.session.id and s.status == "held"]
    if here and not enough_came(here[0], known.members):
        lines.append(
            "Fewer than half of the members were there, so it does not count as a meeting."
        )
    same = sum(
        1 for s in (*known.meetings, *known.touches) if s.held_on == day and s.status != "cancelled"
    )
    if same > 1:
        lines.append(f"That makes {same} with {relationship.name} on that day.")
    lines += [say_action(action, relationship.name, today=run.today) for action in made]
    if here:
        lines += pages.promises_kept(found.state)
    is_recent = (run.today - day).days <= _LONG_AGO_DAYS
    if is_recent and found.timing.next_on:
        lines.append(say.next_line(found))
    if is_recent and found.advice.move in ("advance", "back", "talk", "close"):
        lines.append(f"{say.advice_line(found)} Why: mentorlog next {quote(relationship.name)}")
    return run.out(*lines, "To take it back: mentorlog undo")
