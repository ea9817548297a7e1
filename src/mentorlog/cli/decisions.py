"""What the two of them decide: moves, agreements, pauses, endings. Nothing decides for them."""

from datetime import date
from shlex import quote
from typing import Annotated, Literal

from mentorlog.cli.loading import load_outlook
from mentorlog.cli.possible import need_begun, need_order
from mentorlog.cli.relationships import Ladder, need_both, parse_ladder
from mentorlog.cli.run import Name, On, Run, argument, clean, command, option
from mentorlog.dates import parse_cadence, say_cadence, say_day
from mentorlog.errors import BadUsage, Refused
from mentorlog.model import Agreement, Cadence, Ending, Party, Relationship
from mentorlog.phase.advice import Outlook, grounds
from mentorlog.phase.evidence import State
from mentorlog.phase.policy import Phase
from mentorlog.render.bookings import say_booking
from mentorlog.render.brief import ending_lines
from mentorlog.render.json import evidence
from mentorlog.render.text import advice_line, agreed_line, phase_title, sentence, who
from mentorlog.store import details, reading, writing
from mentorlog.store.journal import Journal

PhaseName = Literal["trusting", "learning", "maintenance"]

Why = Annotated[str | None, option("Why, for the record.", of="TEXT")]
Every = Annotated[str | None, option("The interval: 1w, 2w, monthly, 6m.", of="CADENCE")]


def _load(run: Run, name: str) -> tuple[Journal, Relationship, Outlook]:
    journal = run.existing()
    journal.guard()  # what is decided stands on what is read now
    person = reading.find(journal, name)
    return journal, person, load_outlook(run, journal, person)


def _open(run: Run, name: str) -> tuple[Journal, Relationship, Outlook]:
    journal, person, found = _load(run, name)
    need_open(found)
    return journal, person, found


def need_open(found: Outlook) -> None:
    """Refuse to go on with what is closed, and say how to take it up again."""
    history = found.state.history
    closing = writing.open_closing(history.closings)
    if closing:
        raise Refused(
            f"{history.relationship.name} was closed on {say_day(closing.on)}",
            f"take it up again first: mentorlog reopen {quote(history.relationship.name)}",
        )


def _fits(cadence: Cadence, phase: Phase) -> bool:
    return phase.shortest.days <= cadence.days <= phase.longest.days


def need_fitting(cadence: Cadence | None, phase: Phase, elsewhere: str = "") -> None:
    """Refuse an interval that is none of a phase, and say what would fit, here and elsewhere."""
    if cadence and not _fits(cadence, phase):
        raise BadUsage(
            f"{say_cadence(cadence)} does not fit {phase.name}",
            f"from {say_cadence(phase.shortest)} to {say_cadence(phase.longest)}{elsewhere}",
        )


@command
def move(
    run: Run,
    name: Name,
    phase: Annotated[PhaseName, argument("The phase to be in.")],
    every: Every = None,
    on: On = None,
    agreed_by: Annotated[Party, option("Who agreed to it.")] = "both",
    why: Why = None,
) -> None:
    """Record that you have moved to a phase, or to another step of Learning.

    Example: mentorlog move ana learning --every 2w --why "two goals are moving"
    """
    day, cadence = run.past(on), None if every is None else parse_cadence(every)
    journal, person, found = _open(run, name)
    need_begun(person, day, today=run.today)
    state = found.state
    target = state.policy.model.phase(phase)
    agreed = state.cadence if state.cadence_source == "both" else None
    if phase == state.phase.name and cadence in (None, agreed) and day >= state.step_since:
        fitting = (*state.ladder, target.shortest, target.longest)
        other = next(str(every) for every in fitting if every != state.cadence)
        raise Refused(
            f"{phase_title(found)} is where {person.name} is already",
            f"for another interval give it: --every {other}",
        )
    need_fitting(cadence, target)
    decided = {"phase": phase, "moved_on": day, "every": cadence, "agreed_by": agreed_by}
    because = {"why": clean(why, "reason"), "evidence": evidence(found)}
    row_id = run.add(journal, "move", person, **decided, **because)
    now = load_outlook(run, journal, person).state
    told = cadence or (now.cadence if now.phase is target and len(target.steps) > 1 else None)
    rhythm = f", {say_cadence(told)}" if told else ""
    lines = [f"{person.name} is in {target.title}{rhythm} from {say_day(day)}."]
    if now.phase.name != phase or cadence not in (None, now.cadence):
        lines.append(
            f"What was decided later stands: {now.phase.title}, {say_cadence(now.cadence)}."
        )
    run.wrote("move", row_id, lines, relationship=person.name, **decided)


@command
def agree(
    run: Run,
    name: Name,
    every: Every = None,
    ladder: Ladder = None,
    terms: Annotated[
        str | None, option("Purpose, confidentiality, expectations.", of="TEXT")
    ] = None,
    until: Annotated[str | None, option("An end you agreed on.", of="DAY")] = None,
    ready_for: Annotated[
        Literal["trusting", "learning", "maintenance", "close"] | None,
        option("Who is ready for a phase, or to close; --every is then its interval."),
    ] = None,
    by: Annotated[Party, option("Who agreed.")] = "both",
    on: On = None,
) -> None:
    """Record what was agreed, and by whom.

    Example: mentorlog agree ana --every 2w --terms "what we say stays with us"
    """
    if every is ladder is terms is until is ready_for is None:
        raise BadUsage(
            "what was agreed?",
            "give at least one of --every, --ladder, --terms, --until, --ready-for",
        )
    day, cadence = run.past(on), None if every is None else parse_cadence(every)
    steps = () if ladder is None else parse_ladder(ladder)
    need_both(steps, by)
    until_on = None if until is None else run.coming(until)
    terms = clean(terms, "terms")
    need_order("agreement", {"agreed_on": day, "until_on": until_on})
    journal, person, found = _open(run, name)
    need_begun(person, day, today=run.today)
    need_agreeable(cadence, ready_for, found, on=day)
    agreed = {"agreed_on": day, "by": by, "every": cadence, "terms": terms, "ready_for": ready_for}
    if until_on:
        need_begun(person, until_on, today=run.today, ahead=False)
    row_id = run.add(journal, "agreement", person, **agreed, until_on=until_on, ladder=steps)
    said = agreed_line(
        Agreement(row_id, day, by, cadence, terms, until_on, ready_for, ladder=steps)
    )
    party = who(by, person.name)
    lines = [f"{person.name}, agreed by {party} on {say_day(day)}: {said}."]
    now = load_outlook(run, journal, person)
    if (now.state.rung, now.state.step_since) != (found.state.rung, found.state.step_since):
        lines.append(f"{phase_title(now)} counts from {say_day(now.state.step_since)}.")
    run.wrote(
        "agreement", row_id, lines, relationship=person.name, **agreed, until=until_on,
        ladder=[str(step) for step in steps] or None,
    )  # fmt: skip


def need_agreeable(
    cadence: Cadence | None, ready_for: str | None, found: Outlook, *, on: date
) -> None:
    """Refuse an interval that does not fit the phase of that day, or the one they are ready for."""
    history, policy = found.state.history, found.state.policy
    if cadence and ready_for and policy.model.has(ready_for):
        need_fitting(cadence, policy.model.phase(ready_for))
    elif cadence:
        fitting = next((p.name for p in policy.model.phases[::-1] if _fits(cadence, p)), "")
        to_move = f"mentorlog move {quote(history.relationship.name)} {fitting} --every {cadence}"
        ahead = f"; for {fitting}: --ready-for {fitting}, or {to_move}" if fitting else ""
        need_fitting(cadence, State(history, policy, on).phase, ahead)


@command
def pause(
    run: Run,
    name: Name,
    start: Annotated[
        str | None, option("Its first day; today if not given.", "--from", of="DAY")
    ] = None,
    until: Annotated[str | None, option("Its last day, if you know it.", of="DAY")] = None,
    why: Why = None,
) -> None:
    """Pause a relationship: nothing is due until it ends.

    Example: mentorlog pause ana --until "15 jan" --why "parental leave"
    """
    from_on = run.coming(start, also_past=True)
    until_on = None if until is None else run.coming(until, also_past=True)
    need_order("pause", {"from_on": from_on, "until_on": until_on})
    journal, person, found = _open(run, name)
    running = writing.open_pause(found.state.history.pauses, from_on, until_on or date.max)
    longer = running and start is None and until_on and running.from_on <= run.today
    if running and not longer:
        end = f"until {say_day(running.until_on)}" if running.until_on else "with its end open"
        raise Refused(
            f"{person.name} is paused then, {end}",
            f"choose other days, or take that pause out: mentorlog delete p{running.id}",
        )
    reason = {} if why is None else {"why": clean(why, "reason")}
    if running:
        row_id, from_on = running.id, running.from_on
        with journal.write() as conn:
            writing.update(conn, "pause", row_id, until_on=until_on, **reason)
    else:
        row_id = run.add(journal, "pause", person, from_on=from_on, until_on=until_on, **reason)
    end = f"until {say_day(until_on)}" if until_on else "until you resume it"
    was = "was" if until_on and until_on < run.today else "is"
    run.wrote(
        "pause", row_id,
        [
            f"{person.name} {was} paused from {say_day(from_on)} {end}.",
            *_still_booked(found, from_on, until_on or date.max),
        ],
        relationship=person.name, from_on=from_on, until_on=until_on,
    )  # fmt: skip


def _still_booked(found: Outlook, first: date, last: date) -> list[str]:
    """What is booked on those days, and how to call it off."""
    return [
        f"Still booked: {say_booking(s)}. To call it off: mentorlog unbook s{s.id}"
        for s in found.state.booked
        if first <= s.held_on <= last
    ]


@command
def resume(run: Run, name: Name, on: On = None) -> None:
    """End a pause, or call off the next one that is planned.

    Example: mentorlog resume ana
    """
    from datetime import timedelta

    day = run.past(on)
    journal, person, found = _load(run, name)
    pauses = found.state.history.pauses
    running = writing.open_pause(pauses, day, day)
    if running is None and on is None:  # one that is only planned
        planned = [pause for pause in pauses if pause.from_on > day]
        running = min(planned, key=lambda pause: pause.from_on, default=None)
    if running is None:
        raise Refused(
            f"{person.name} is not paused on {say_day(day)}",
            f"see: mentorlog show {quote(person.name)}",
        )
    last = day - timedelta(days=1)
    with journal.write() as conn:
        if last < running.from_on:  # taken back on its first day: there was no pause
            writing.delete(conn, "pause", running.id)
        else:
            writing.update(conn, "pause", running.id, until_on=last)
    said = f"{person.name} goes on from {say_day(day)}."
    if running.from_on > day:
        said = f"The pause of {person.name} from {say_day(running.from_on)} is called off."
    run.wrote(
        "pause", running.id, [said],
        relationship=person.name, from_on=running.from_on, until_on=last,
    )  # fmt: skip


@command
def close(
    run: Run,
    name: Name,
    ending: Annotated[
        Ending, option("How it ends: early is no fault, dormant lets it rest.", "--as")
    ],
    on: On = None,
) -> None:
    """Close a relationship, with what is worth saying at a good ending; nothing of it is lost.

    Example: mentorlog close ana --as completed
    """
    day = run.past(on)
    journal, person, found = _open(run, name)
    need_begun(person, day, today=run.today)
    reopened = [c.reopened_on for c in found.state.history.closings if c.reopened_on]
    if reopened and day < max(reopened):
        raise Refused(
            f"{person.name} was taken up again on {say_day(max(reopened))}",
            "give that day, or a later one",
        )
    decided = {"closed_on": day, "ending": ending}
    row_id = run.add(journal, "closing", person, **decided)
    lines = [
        f"{person.name} is closed ({ending}) from {say_day(day)}.",
        *_still_booked(found, run.today, date.max),
        *ending_lines(found.state, details.outcomes(journal, person, today=run.today)),
    ]
    run.wrote("closing", row_id, lines, relationship=person.name, **decided)


@command
def reopen(run: Run, name: Name, on: On = None) -> None:
    """Take a closed relationship up again.

    Example: mentorlog reopen ana
    """
    day = run.past(on)
    journal, person, found = _load(run, name)
    closing = writing.open_closing(found.state.history.closings)
    if closing is None or day < closing.on:
        raise Refused(
            f"{person.name} is not closed on {say_day(day)}",
            f"see: mentorlog status {quote(person.name)}",
        )
    with journal.write() as conn:
        writing.update(conn, "closing", closing.id, reopened_on=day)
    now = load_outlook(run, journal, person).advice
    near = [sentence(r, person.name) for r in now.reasons if r.why == "end_is_near"]
    run.wrote(
        "closing", closing.id, [f"{person.name} is open again from {say_day(day)}.", *near],
        relationship=person.name, closed_on=closing.on, reopened_on=day,
    )  # fmt: skip


@command
def decline(
    run: Run,
    name: Name,
    until: Annotated[str, option("Until when the advice rests.", of="DAY")],
    why: Why = None,
) -> None:
    """Answer the advice of today with "not yet": the same advice rests until that day.

    Example: mentorlog decline ana --until "in 4 weeks" --why "she has a deadline"
    """
    until_on = run.coming(until)
    if until_on <= run.today:
        raise BadUsage(f"{say_day(until_on)} is not ahead", "give a later day: --until +4w")
    journal, person, found = _open(run, name)
    advice = found.advice
    if advice.move in ("stay", "paused"):
        raise Refused(
            f"there is no advice to decline; it says: {advice_line(found)}",
            f"see: mentorlog next {quote(person.name)}",
        )
    row_id = run.add(
        journal, "decline", person, declined_on=run.today, until_on=until_on, move=advice.move,
        phase=advice.to, every=advice.every, why=clean(why, "reason"),
        facts=grounds(found.state, advice),
    )  # fmt: skip
    run.wrote(
        "decline", row_id,
        [f"Not yet: \"{advice_line(found)}\" rests until {say_day(until_on)}."],
        relationship=person.name, until=until_on, move=advice.move, to=advice.to,
    )  # fmt: skip
