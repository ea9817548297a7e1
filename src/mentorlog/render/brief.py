"""The page that is read in the minute before a call."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from mentorlog.dates import say_ago, say_cadence, say_day
from mentorlog.model import Action, Outcome, Parked, SessionRecord
from mentorlog.phase.advice import Outlook
from mentorlog.phase.evidence import State
from mentorlog.phase.questions import ENDING, questions
from mentorlog.render import pages, text

QUIET_MEETINGS = 3


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything that the page is made of."""

    outlook: Outlook
    records: list[SessionRecord]
    parked: list[Parked]
    outcomes: list[Outcome]
    topics: list[tuple[str, int, date]]
    clocks: list[str]


def open_actions(brief: Brief) -> list[tuple[Action, int]]:
    """Return open actions, the owner's first, each with how many meetings it was carried over."""
    state = brief.outlook.state
    found = [
        (action, state.held_after(action.on))
        for action in state.actions
        if not (action.done_on and action.done_on <= state.today)
    ]
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
    """Return the page, line by line; a part with nothing in it is left out."""
    state = brief.outlook.state
    name, today = state.history.relationship.name, state.today
    quiet = [f"{t}, {n} times, last {say_ago(d, today=today)}" for t, n, d in quiet_topics(brief)]
    missing = [text.whose(side, name) for side in sides_without_outcome(brief)]
    since = [s for s in state.history.agreements if s.on <= today and (s.terms or s.every)]
    parts: list[tuple[str, list[str]]] = [
        ("", [f"{name}: {text.phase_title(brief.outlook)}. {text.next_line(brief.outlook)}"]),
        ("", brief.clocks),
        ("", [text.advice_line(brief.outlook), *text.advice_sentences(brief.outlook)]),
        ("Parked for this time", [f"k{item.id}  {item.text}" for item in brief.parked]),
        (
            "Promised",
            [_action(action, times, name, today) for action, times in open_actions(brief)],
        ),
        (
            "Goals",
            [
                f"g{goal.id}  {goal.text}: {now}, {_moved(now, on, today)}"
                for goal, now, on in state.goals
                if now not in ("reached", "dropped")
            ],
        ),
        ("Last times", [_thread(record) for record in brief.records]),
        ("Gone quiet", quiet),
        ("Agreed", [*(_agreed(a, today) for a in since[-2:]), *_lately(brief)]),
        ("", [f"Not noted yet: {' and '.join(missing)} gain in this phase."] if missing else []),
        ("To ask", questions(brief.outlook)),
    ]
    lines: list[str] = []
    for title, items in parts:
        if items:
            lines += [*([""] if lines else []), *([f"{title}:"] if title else [])]
            lines += [f"  {item}" for item in items] if title else items
    return lines


def _moved(now: str, on: date, today: date) -> str:
    return (
        f"since {say_ago(on, today=today)}"
        if now != "not-started"
        else f"set {say_ago(on, today=today)}"
    )


def _action(action: Action, times: int, name: str, today: date) -> str:
    due = f", due {say_day(action.due_on)}" if action.due_on else ""
    carried = f", carried over {times} time{'s' * (times != 1)}" if times else ""
    return f"a{action.id}  {text.promiser(action, name)}: {action.text}{due}{carried}"


def _thread(record: SessionRecord) -> str:
    words = pages.first_words(record) or pages.kind_word(record.session)
    return f"{say_day(record.session.held_on)}  {words}"


def _agreed(agreement: Any, today: date) -> str:
    parts = [
        f"meet {say_cadence(agreement.every)}" if agreement.every else "",
        agreement.terms or "",
    ]
    by = "" if agreement.by == "both" else f", only by {agreement.by}"
    return f"{'; '.join(p for p in parts if p)} ({say_day(agreement.on)}{by})"


def _lately(brief: Brief) -> list[str]:
    """What is happening, to lie beside what was agreed."""
    days = [session.held_on for session in brief.outlook.state.held][-4:]
    if len(days) < 2:
        return []
    mean = round((days[-1] - days[0]).days / (len(days) - 1))
    return [f"lately you met about every {mean} days"]


def brief_item(brief: Brief) -> dict[str, Any]:
    """Return the page as an item of ``brief --json``."""
    from mentorlog.render.json import outlook_item, session_item

    return {
        **outlook_item(brief.outlook),
        "parked": [{"id": f"k{item.id}", "text": item.text} for item in brief.parked],
        "actions": [
            {
                "id": f"a{action.id}",
                "owner": action.owner,
                "text": action.text,
                "due_on": action.due_on.isoformat() if action.due_on else None,
                "carried_over": times,
            }
            for action, times in open_actions(brief)
        ],
        "goals": [
            {"id": f"g{goal.id}", "text": goal.text, "state": now, "since": on.isoformat()}
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
    still = [a for a in state.actions if not (a.done_on and a.done_on <= state.today)]
    parts = [
        ("Reached", [goal.text for goal, now, _ in state.goals if now == "reached"]),
        ("Dropped on purpose", [goal.text for goal, now, _ in state.goals if now == "dropped"]),
        ("Still promised", [f"a{a.id}  {text.promiser(a, name)}: {a.text}" for a in still]),
        ("Gained", [f"{text.who(o.owner, name)}: {o.text}" for o in outcomes]),
        ("For a good ending, ask each other", list(ENDING)),
    ]
    lines: list[str] = []
    for title, items in parts:
        if items:
            lines += ["", f"{title}:", *(f"  {item}" for item in items)]
    return lines
