"""Sessions and the page of a relationship, as text."""

from collections.abc import Sequence

from mentorlog.dates import say_day, say_time
from mentorlog.model import Attendance, Goal, GoalState, Session, SessionRecord
from mentorlog.phase.advice import Outlook
from mentorlog.phase.evidence import SETTLED, State
from mentorlog.phase.measures import promises
from mentorlog.render import text
from mentorlog.render.bookings import say_booking
from mentorlog.render.words import ROLES


def kind_word(session: Session) -> str:
    """Return ``held``, ``touch``, ``no-show`` ... of a session."""
    return session.kind if session.kind == "touch" and session.status == "held" else session.status


def goal_word(goal: Goal, now: GoalState) -> str:
    """Return what state a goal is in, and that it is urgent while it is open."""
    return f"{now}, urgent" if goal.urgent and now not in SETTLED else now


def first_words(record: SessionRecord) -> str:
    """Return the title, or the first words of the notes, on one line."""
    return text.one_line(record.title or record.notes, 60)


def session_facts(record: SessionRecord) -> str:
    """Return what was recorded of a session beside its notes, as one line."""
    session = record.session
    told = "your guess of their trust" if session.guess else "their trust"
    facts = [
        record.relationship,
        kind_word(session) + (f" by {session.by}" if session.by else ""),
        say_day(session.held_on) + (f" at {say_time(session.at)}" if session.at else ""),
        session.zone or "",
        f"{session.minutes} min" if session.minutes is not None else "",
        "short notice" if session.short_notice else "",
        f"your trust {session.trust}" if session.trust else "",
        f"{told} {session.their_trust}" if session.their_trust else "",
        *_came(record.attendance),
        f"opened up: {session.opened_up}" if session.opened_up else "",
        f"energy {session.energy}" if session.energy else "",
        f"agenda: {session.agenda}" if session.agenda else "",
        "a confidence was broken" if session.breach else "",
        f"topics: {', '.join(record.topics)}" if record.topics else "",
        "private" if record.private else "",
    ]
    return ", ".join(fact for fact in facts if fact)


def _came(attendance: Sequence[Attendance]) -> list[str]:
    """Who was there, and what was noted of each; of those who were not only what was noted."""
    said = {a: f" ({', '.join(words)})" if (words := member_words(a)) else "" for a in attendance}
    there = ", ".join(f"{a.member}{said[a]}" for a in attendance if a.there)
    away = ", ".join(f"{a.member}{said[a]}" for a in attendance if said[a] and not a.there)
    return [f"there: {there}" if there else "", f"not there: {away}" if away else ""]


def member_words(noted: Attendance) -> list[str]:
    """Return what was noted of a member, in the words in which it is typed."""
    words = (
        f"trust {noted.trust}" if noted.trust else "",
        f"their-trust {noted.their_trust}" if noted.their_trust else "",
        "opened-up" if noted.opened_up else "",
    )
    return [word for word in words if word]


def session_page(record: SessionRecord, lines: int | None) -> list[str]:
    """Return a session with its notes; ``lines`` cuts long notes and says how to see the rest."""
    head = [f"s{record.session.id}  {session_facts(record)}"]
    notes = record.notes.strip().splitlines()
    if record.title and (not notes or notes[0].strip() != record.title.strip()):
        head.append(f"    {record.title}")
    shown = notes if lines is None or len(notes) <= lines + 2 else notes[:lines]
    body = [f"    {line.rstrip()}".rstrip() for line in shown]
    if len(shown) < len(notes):
        body.append(
            f"    ... {len(notes) - len(shown)} more lines: mentorlog show s{record.session.id}"
        )
    return head + body


def promises_kept(state: State) -> list[str]:
    """Return how many of the promises that fell due in this step were kept.

    Nothing where they are fewer than the rules look at: ``0 of 1`` would be a reproach.
    """
    due = promises(state, state.step_after)
    enough = len(due) >= state.numbers["actions_least"]
    return [f"{sum(due)} of {len(due)} promises kept."] if enough else []


def page_head(outlook: Outlook, clocks: list[str]) -> list[str]:
    """Return the head of a relationship's page: role, phase, next, goals, open actions.

    ``clocks`` is what to say of the next booking's.
    """
    state = outlook.state
    relationship = state.history.relationship
    lines = [
        f"{relationship.name}. You are {ROLES[relationship.role]}, since"
        f" {say_day(relationship.started_on)}. {text.phase_title(outlook)} since"
        f" {say_day(state.step_since)}.",
        text.next_line(outlook),
        *clocks,
        text.advice_line(outlook),
    ]
    if state.own:
        lines.insert(1, f"{text.steps_line(state.own).capitalize()}.")
    if relationship.purpose:
        lines.insert(1, f"For: {relationship.purpose}")
    lines += [f"s{s.id}  booked: {say_booking(s)}" for s in state.ahead]
    lines += [
        f"p{p.id}  pause planned: from {say_day(p.from_on)}{text.until(p.until_on)}"
        for p in sorted(state.history.pauses, key=lambda p: (p.from_on, p.id))
        if p.from_on > state.today
    ]
    lines += [
        f"b{m.id}  member: {m.name}"
        + (f", left on {say_day(m.left_on)}" if m.left_on and m.has_left(state.today) else "")
        for m in state.history.members
        if m.joined_on <= state.today
    ]
    lines += [f"g{g.id}  goal, {goal_word(g, now)}: {g.text}" for g, now, _ in state.goals]
    return lines + [text.action_line(action, relationship.name) for action in state.open_actions]
