"""The page that is read in the minute before a call."""

from datetime import date
from typing import Any

from mentorlog.dates import say_ago, say_cadence, say_day
from mentorlog.model import (
    Action,
    Goal,
    GoalState,
    Outcome,
    Parked,
    SessionRecord,
    fields_of,
    frozen,
    replace,
)
from mentorlog.phase.advice import Outlook
from mentorlog.phase.cadence import unanswered
from mentorlog.phase.evidence import SETTLED, State
from mentorlog.phase.measures import paused_days, silent_days
from mentorlog.phase.questions import ENDING, questions
from mentorlog.render import pages, text

QUIET_MEETINGS = 3
SCREEN = 40  # lines; a longer page does without blank ones


@frozen
class Brief:
    """Everything that the page is made of."""

    outlook: Outlook
    records: list[SessionRecord]
    parked: list[Parked]
    outcomes: list[Outcome]
    topics: list[tuple[str, int, date]]
    clocks: list[str]


def open_actions(brief: Brief) -> list[tuple[Action, int]]:
    """Return open actions, the owner's first, each with how many meetings it was carried over.

    One that has a day is carried over by the meetings after that day.
    """
    state = brief.outlook.state
    found = [(a, state.held_after(a.due_on or a.on)) for a in state.open_actions]
    return sorted(found, key=lambda f: (f[0].owner, f[0].due_on or date.max, f[0].id))


def quiet_topics(brief: Brief) -> list[tuple[str, int, date]]:
    """Return topics that came up at least twice, but not in the last three meetings."""
    held = brief.outlook.state.held
    if len(held) <= QUIET_MEETINGS:
        return []
    since = held[-QUIET_MEETINGS].held_on
    return [topic for topic in brief.topics if topic[1] >= 2 and topic[2] < since]


def sides_without_outcome(brief: Brief) -> list[str]:
    """Return the sides for whom nothing was noted that this phase has given."""
    since = brief.outlook.state.entered_on
    noted = {outcome.owner for outcome in brief.outcomes if outcome.on >= since}
    return [side for side in ("me", "them") if side not in noted]


def brief_lines(brief: Brief) -> list[str]:
    """Return the page, line by line; a part with nothing in it is left out, a long one is cut."""
    outlook, state = brief.outlook, brief.outlook.state
    name, today = state.history.relationship.name, state.today
    asked, sides = unanswered(outlook.timing), sides_without_outcome(brief)
    gained = " and ".join(text.who(side, name) for side in sides)
    missing = [f"Not noted yet: what this phase has given to {gained}."]
    goals = [goal for goal in state.goals if goal[1] not in SETTLED]
    head = f"{name}: {text.phase_title(outlook)}. {text.next_line(outlook)}"
    advice = [text.advice_line(outlook), *text.advice_sentences(outlook)]
    lines = _parts(
        ("", [head, text.sentence(asked, name)] if asked else [head]),
        ("", brief.clocks),
        ("", [*advice, *_lacking(outlook)]),
        ("Parked for this time", _some(3, [f"k{i.id}  {_short(i.text)}" for i in brief.parked])),
        ("Promised", _some(5, [_action(*found, state) for found in open_actions(brief)])),
        ("Goals", _some(3, [_goal(*goal, today) for goal in goals])),
        ("Last times", [_thread(r) for r in brief.records if r.session.status != "booked"]),
        ("Gone quiet", _some(2, [_quiet(topic, today) for topic in quiet_topics(brief)])),
        ("Agreed", [*_agreed(state), *_lately(brief.outlook)]),
        ("", missing if sides and len(state.held) > 3 and not state.closing else []),
        ("To ask", questions(outlook)),
    )
    return lines if len(lines) <= SCREEN else [line for line in lines if line]


def _parts(*parts: tuple[str, list[str]]) -> list[str]:
    """The lines of a page from its parts, a title and what stands below it, if anything."""
    lines: list[str] = []
    for title, items in parts:
        if items:
            lines += [""] if lines else []
            lines += [f"{title}:", *(f"  {item}" for item in items)] if title else items
    return lines


def _lacking(outlook: Outlook) -> list[str]:
    """What the next step still needs, unless something else comes first."""
    if outlook.advice.move not in ("stay", "ask") or outlook.state.closing:
        return []
    return [line for line in text.known_lines(outlook) if line.startswith("Not")]


def _some(most: int, items: list[str]) -> list[str]:
    """The first of many, and how many more there are, so that the page stays one screen."""
    return items if len(items) <= most else [*items[:most], f"... and {len(items) - most} more"]


def _short(words: str) -> str:
    return text.one_line(words, 60)


def _quiet(topic: tuple[str, int, date], today: date) -> str:
    return f"{_short(topic[0])}, {topic[1]} times, last {say_ago(topic[2], today=today)}"


def _goal(goal: Goal, now: GoalState, on: date, today: date) -> str:
    word = "set" if now == "not-started" else "noted"
    state = f"{now}, urgent" if goal.urgent else now
    return f"g{goal.id}  {_short(goal.text)}: {state}, {word} {say_ago(on, today=today)}"


def _action(action: Action, times: int, state: State) -> str:
    name, cut = state.history.relationship.name, state.is_cut and times == len(state.held)
    often = "once" if times == 1 else f"{times} times{' or more' * cut}"
    carried = f", carried over {often}" if times else ""
    return text.action_line(replace(action, text=_short(action.text)), name) + carried


def _thread(record: SessionRecord) -> str:
    kind, words = pages.kind_word(record.session), pages.first_words(record)
    said = words if kind == "held" and words else f"{kind}: {words}" if words else kind
    return f"{say_day(record.session.held_on)}  {said}"


def _agreed(state: State) -> list[str]:
    """The interval in force, the last terms and the end, with the day and by whom."""
    name, on = state.history.relationship.name, state.cadence_on
    interval = [(f"meet {say_cadence(state.cadence)}", on, state.cadence_source)] if on else []
    wish = state.unanswered
    if wish and wish != (on, state.cadence_source, state.cadence):
        interval.append((f"meet {say_cadence(wish[2])}", wish[0], wish[1]))
    steps = [(text.steps_line(state.own), state.own_on, "both")] if state.own_on > date.min else []
    terms = [(_short(a.terms), a.on, a.by) for a in state.agreements if a.terms]
    end = state.ending
    ends = [(f"until {say_day(end.until)}", end.on, end.by)] if end else []
    return [
        f"{what} ({say_day(on)}{'' if by == 'both' else f', only by {text.who(by, name)}'})"
        for what, on, by in [*interval, *steps, *terms[-1:], *ends]
    ]


def _lately(outlook: Outlook) -> list[str]:
    """What is happening, to lie beside what was agreed; paused days are no part of it."""
    state, days = outlook.state, sorted(set(outlook.state.held_days))[-4:]
    # Where meetings are rare, the last ones are of the time before.
    if len(days) < 2 or state.phase.touches_count or silent_days(state) > 2 * state.cadence.days:
        return []
    if outlook.timing.standing not in ("ahead", "due", "late"):
        return []
    active = (days[-1] - days[0]).days - paused_days(state, days[0], days[-1])
    mean = round(active / (len(days) - 1))
    return [f"lately you met about every {mean} day{'s' * (mean != 1)}"] if mean else []


def brief_item(brief: Brief) -> dict[str, Any]:
    """Return the page as an item of ``brief --json``."""
    from mentorlog.render.json import outlook_item, session_item

    return {
        **outlook_item(brief.outlook),
        "parked": [{"id": f"k{item.id}", "text": item.text} for item in brief.parked],
        "actions": [
            {"id": f"a{action.id}", **fields_of(action, "owner text due_on"), "carried_over": times}
            for action, times in open_actions(brief)
        ],
        "goals": [
            {"id": f"g{goal.id}", "text": goal.text, "state": now, "since": on}
            for goal, now, on in brief.outlook.state.goals
        ],
        "sessions": [session_item(record) for record in brief.records],
        "quiet_topics": [topic for topic, _, _ in quiet_topics(brief)],
        "outcomes_open": sides_without_outcome(brief),
        "questions": questions(brief.outlook),
    }


def ending_lines(state: State, outcomes: list[Outcome]) -> list[str]:
    """Return what belongs to a good ending: reached, still promised, gained, and to ask."""
    name = state.history.relationship.name
    reached, dropped = (
        [goal.text for goal, now, _ in state.goals if now == end] for end in SETTLED
    )
    promised = [f"a{a.id}  {text.promiser(a, name)}: {a.text}" for a in state.open_actions]
    gained = [f"{text.who(outcome.owner, name)}: {outcome.text}" for outcome in outcomes]
    lines = _parts(
        ("Reached", reached),
        ("Dropped on purpose", dropped),
        ("Still promised", promised),
        ("Gained", gained),
        ("For a good ending, ask each other", list(ENDING) if state.held else []),
    )
    return ["", *lines] if lines else []
