"""Every sentence the program says about a relationship, made from the reasons of the rules.

Plain and kind: what is known, what was needed, and the command that records the missing
piece or the decision. ASCII of its own, so that mail from cron arrives as it was sent.
"""

from collections.abc import Callable, Iterable
from datetime import date, time
from shlex import quote
from typing import Any

from mentorlog.dates import say_cadence, say_day, say_days, say_month, say_span, say_time
from mentorlog.model import Action, Agreement, Cadence
from mentorlog.phase.advice import Checked, Outlook, sooner
from mentorlog.phase.cadence import Reason, Timing
from mentorlog.phase.measures import moving
from mentorlog.phase.policy import Phase
from mentorlog.render import words
from mentorlog.render.bookings import next_day


def one_line(text: str, width: int | None = None) -> str:
    """Return a text on one line, cut to a width, in characters, if one is given."""
    line = " ".join(text.split())
    if width is None or len(line) <= width:
        return line
    return f"{line[: width - 3].rstrip()}..."


def who(side: str, name: str) -> str:
    """Return ``you``, the name, or ``both sides``."""
    return {"me": "you", "both": "both sides"}.get(side, name)


def promiser(action: Action, name: str) -> str:
    """Return who promised: ``you``, the member, or the other side."""
    return action.member or who(action.owner, name)


def until(day: date | None) -> str:
    """Return `` until`` a day, or nothing where the end is open."""
    return f" until {say_day(day)}" if day else ""


def because(why: str | None) -> str:
    """Return a reason in brackets, or nothing where none was given."""
    return f" ({why})" if why else ""


def steps_line(ladder: Iterable[Cadence]) -> str:
    """Return a ladder of Learning: ``steps: every 2 weeks, monthly``."""
    return f"steps: {', '.join(map(say_cadence, ladder))}"


def agreed_line(agreement: Agreement) -> str:
    """Return what was agreed: ``weekly; terms: what we say stays with us``."""
    ready = agreement.ready_for
    parts = (
        say_cadence(agreement.every) if agreement.every else "",
        steps_line(agreement.ladder) if agreement.ladder else "",
        f"terms: {agreement.terms}" if agreement.terms else "",
        until(agreement.until).strip(),
        "ready to close" if ready == "close" else f"ready for {ready}" if ready else "",
    )
    return "; ".join(filter(None, parts))


def action_line(action: Action, name: str) -> str:
    """Return a promise as one line: id, whose, what, and when it is due."""
    due = f", due {say_day(action.due_on)}" if action.due_on else ""
    return f"a{action.id}  {promiser(action, name)}: {action.text}{due}"


def _value(value: Any) -> str:
    if isinstance(value, date):
        return say_day(value)
    if isinstance(value, time):
        return say_time(value)
    if isinstance(value, Cadence):
        return say_cadence(value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class _Words(dict[str, str]):
    """The words of a sentence: made from the facts where a table says how, else as they are.

    One that begins with a capital begins a sentence.
    """

    def __init__(self, facts: dict[str, Any], name: str) -> None:
        super().__init__()
        self._facts, self._name = facts, name

    def __missing__(self, word: str) -> str:
        if word[0].isupper():
            return _capital(self[word.lower()])
        made = _MADE.get(word)
        return made(self._facts, self._name) if made else _value(self._facts[word])


def sentence(reason: Reason, name: str) -> str:
    """Return the sentence of one reason about the relationship of that name."""
    return words.SENTENCES[reason.why].format_map(_Words(reason.facts, name))


def _source(facts: dict[str, Any], name: str) -> str:
    on = say_day(facts["agreed_on"]) if facts["agreed_on"] else ""
    return words.SOURCES[facts["source"]].format(on=on, name=name)


def _until(facts: dict[str, Any]) -> str:
    return (until(facts["until"]) or ", end open") + because(facts["why"])


def _off(facts: dict[str, Any], name: str) -> str:
    """Why a day is off: ``a holiday for you (Epiphany)``."""
    side = "you" if facts["whose"] == "me" else name
    return {
        "holiday": f"a holiday for {side} ({facts['named']})",
        "away": f"a day on which {side} {'are' if side == 'you' else 'is'} away",
        "weekday": "no working day of yours"
        if side == "you"
        else f"no day of the week that suits {name}",
        "busy": "full in your calendar",
        "pause": "in a pause or right after it",
        "end": "after the end",
    }[facts["off"]]


def _window(facts: dict[str, Any]) -> str:
    """Which days had no room: ``Fri 4 Dec 2026 has no room: it is off``."""
    off, full = facts["off"], facts["full"]
    if facts["days"] == 1:
        return f"{say_day(facts['first'])} has no room: it is {'off' if off else 'full'}"
    parts = [
        f"{n} {'is' if n == 1 else 'are'} {word}" for n, word in ((off, "off"), (full, "full")) if n
    ]
    span = f"From {say_day(facts['first'])} to {say_day(facts['last'])} no day has room"
    return f"{span}: {' and '.join(parts)}"


def _nearest_cadence(days: int) -> str:
    """The cadence that comes nearest to a number of days, as it is typed."""
    weeks = max(round(days / 7), 1)
    return f"{weeks}w" if weeks < 4 else f"{max(round(days / 30.44), 1)}m"


def _by_side(word: str) -> Callable[[dict[str, Any], str], str]:
    """Says a word as it is of one's own trust, misses or wish, or of another's."""

    def said(facts: dict[str, Any], name: str) -> str:
        mine = "me" in (facts.get("side"), facts.get("by"))
        return (words.MINE if mine else words.THEIRS)[word]

    return said


# Each word of a sentence that is not a fact as it stands, from the facts and the name.
_MADE: dict[str, Callable[[dict[str, Any], str], str]] = {
    "name": lambda facts, name: name,
    "name_quoted": lambda facts, name: quote(name),
    "side": lambda facts, name: "your" if facts["side"] == "me" else f"{name}'s",
    "by": lambda facts, name: who(facts["by"], name),
    "ask": lambda facts, name: "asks" if facts["by"] == "them" else "ask",
    "say": lambda facts, name: "says" if facts["by"] == "them" else "say",
    "source": _source,
    "ended_text": lambda facts, name: until(facts["ended"]),
    "end_said": lambda facts, name: words.ENDINGS[facts["by"]].format(
        name=name, on=say_day(facts["until"])
    ),
    "end_text": lambda facts, name: (
        words.HAS_ENDED.format(name=quote(name)) if facts["over"] else words.ENDS
    ),
    "began": lambda facts, name: "begins" if facts["ahead"] else "began",
    "span": lambda facts, name: say_days(facts["days"]),
    "every_short": lambda facts, name: str(facts["every"]),
    "rest_text": lambda facts, name: "It was closed for" if facts["closed"] else "The pause lasted",
    "settled_text": lambda facts, name: words.SETTLED_TEXT if facts["settled"] else "",
    "lived": lambda facts, name: _nearest_cadence(facts["mean"]),
    "to_text": lambda facts, name: say_day(facts["to"]) if facts["to"] else words.NO_DAY,
    "off_text": _off,
    "days_text": lambda facts, name: _window(facts),
    "at_text": lambda facts, name: f" at {say_time(facts['at'])}" if facts["at"] else "",
    "on_iso": lambda facts, name: facts["on"].isoformat(),
    "until_text": lambda facts, name: _until(facts),
    "resume_text": lambda facts, name: (
        "" if facts["until"] else words.RESUME.format(name=quote(name))
    ),
    **{word: _by_side(word) for word in words.MINE},
}


def phase_title(outlook: Outlook) -> str:
    """Return the phase, and the rhythm where its steps differ: ``Learning, every 2 weeks``."""
    return _titled(outlook.state.phase, outlook.state.cadence)


def _titled(phase: Phase, cadence: Cadence) -> str:
    title, several = _capital(phase.name), len(phase.steps) > 1 or phase.both_decide
    return f"{title}, {say_cadence(cadence)}" if several else title


def target(outlook: Outlook) -> str:
    """Return where the advice leads: ``Learning, every 2 weeks``; empty where nowhere."""
    advice = outlook.advice
    if advice.to is None or advice.to == "close":
        return ""
    phase = outlook.state.policy.model.phase(advice.to)
    return _titled(phase, advice.every) if advice.every else _capital(phase.name)


def advice_line(outlook: Outlook) -> str:
    """Return the advice in a few words."""
    if outlook.state.closing:
        return "It is closed."
    unknown = [condition_name(checked, outlook) for checked in _to_ask(outlook)]
    verb = "and more are" if len(unknown) > 1 else "is"
    return words.HEADINGS[outlook.advice.move].format(
        phase=phase_title(outlook),
        target=target(outlook),
        unknown=f": {unknown[0]} {verb} not known" if unknown else " first",
    )


def _to_ask(outlook: Outlook) -> list[Checked]:
    """The conditions that the advice asks for; none where a sign asks."""
    if outlook.advice.move != "ask" or outlook.advice.reasons[0].why != "unknown":
        return []
    return [
        checked
        for checked in outlook.conditions
        if checked.state == "not-known"
        and checked.required
        and not (checked.condition.consent or checked.condition.in_time)
    ]


def short_advice(outlook: Outlook) -> str:
    """Return the advice for a table: ``stay``, ``move on: Learning, weekly``, ..."""
    move = outlook.advice.move
    said = words.SHORT.get(move)
    return said.format(target=target(outlook)) if said else move


def quiet_since(outlook: Outlook) -> str:
    """Return since when it is quiet: ``quiet since Aug 2020``."""
    last = outlook.state.last_held_on or outlook.state.entered_on
    return f"quiet since {say_month(last)}"


def standing(timing: Timing) -> str:
    """Return how it stands on a date, in a word or two; nothing while that is ahead."""
    return "" if timing.standing == "ahead" else timing.standing.replace("-", " ")


def next_line(outlook: Outlook) -> str:
    """Return the first line of the answer: when to meet next."""
    name, timing = outlook.relationship.name, outlook.timing
    if timing.next_on is None or timing.window is None:
        whys = {reason.why for reason in timing.reasons}
        said = next((said for why, said in words.NO_DATES.items() if why in whys), words.NO_DATE)
        return f"Next with {name}: no date, {said}."
    first, last = timing.window
    window = "" if first == last else f", window {say_span(first, last)}"
    if timing.standing == "quiet":
        offer = f"if you both want to go on, {next_day(outlook)}{window}"
        return f"Next with {name}: {offer}; {quiet_since(outlook)}."
    late = ""
    if timing.late_days and timing.due_on:
        state = "" if timing.standing == "due" else f" ({standing(timing)})"
        late = f" It was due on {say_day(timing.due_on)}{state}."
    return f"Next with {name}: {next_day(outlook)}{window}.{late}"


def condition_name(checked: Checked, outlook: Outlook) -> str:
    """Return what a condition is called: ``Ana's trust``."""
    least = f"{outlook.state.numbers['actions_least']:g}"
    name = outlook.relationship.name
    return words.CONDITIONS[checked.name].name.format(name_=name, least=least)


def condition_said(checked: Checked, outlook: Outlook) -> str:
    """Return a condition in words: with its value where it has one, else what it is called."""
    value, name = checked.value, outlook.relationship.name
    if value is None or value is False:
        return condition_name(checked, outlook)
    if isinstance(value, str):
        return f"{condition_name(checked, outlook)} (only {who(value, name)})"
    # More meetings than the rules look at are not counted.
    capped = checked.name == "held_in_step" and value == len(outlook.state.held)
    more = " or more" if capped and outlook.state.is_cut else ""
    said = words.CONDITIONS[checked.name].said
    if value == 1:
        said = said.replace("days in", "day in")
    return said.format(name_=name, value=f"{value}{more}", needed=checked.needed)


def condition_command(checked: Checked, outlook: Outlook) -> str:
    """Return the command that records or changes a condition, or nothing where time does."""
    phrase, held = words.CONDITIONS[checked.name], outlook.state.held
    if outlook.state.phase.fresh_start:
        held = [s for s in held if s.held_on > outlook.state.step_after]
    if checked.name in words.NOTED:
        # Only a meeting of this stretch that does not say it yet; a true value is not replaced.
        field, since = words.NOTED[checked.name]
        after = getattr(outlook.state, since)
        held = [s for s in held if s.held_on > after and not getattr(s, field)]
        if not held:
            return ""
    command = {"not-known": phrase.record, "not-met": phrase.change}.get(checked.state)
    if not command:
        return ""
    if "{last}" in command and not held:  # to note it would invent a meeting
        return ""
    if checked.name == "goal_well_under_way" and moving(outlook.state, outlook.state.today):
        return ""  # time does
    name = quote(outlook.relationship.name)
    last = f"edit s{held[-1].id}" if held else ""
    return f"mentorlog {command.format(name=name, last=last)}"


def known_lines(outlook: Outlook) -> list[str]:
    """Return the lines ``Known``, ``Not yet`` and ``Not known`` with what is in each."""
    groups = {"met": "Known", "not-met": "Not yet", "not-known": "Not known"}
    lines = []
    for state, label in groups.items():
        items = [condition_said(c, outlook) for c in outlook.conditions if c.state == state]
        if items and (outlook.state.phase.asks or state != "not-known"):
            lines.append(f"{label}: {'; '.join(items)}.")
    return lines


def decision_command(outlook: Outlook) -> str:
    """Return the command that records the advised decision, if it is one."""
    advice, name = outlook.advice, quote(outlook.relationship.name)
    if advice.move == "close":
        ending = "dormant" if advice.reasons[0].why == "contacts_missed" else "completed"
        return f"mentorlog close {name} --as {ending}"
    if advice.move in ("advance", "back") and advice.to:
        every = f" --every {advice.every}" if advice.every else ""
        return f"mentorlog move {name} {advice.to}{every} --agreed-by both"
    return ""


def advice_sentences(outlook: Outlook) -> list[str]:
    """Return why the advice is what it is: one sentence a subject, the two that weigh most."""
    name = outlook.relationship.name
    chosen: dict[str, Reason] = {}
    for reason in outlook.advice.reasons:
        chosen.setdefault(_subject(reason), reason)
    weightiest = list(chosen.values())[: words.MOST_REASONS]
    return [sentence(reason, name) for reason in [*weightiest, *sooner(outlook)]]


def timing_sentences(outlook: Outlook) -> list[str]:
    """Return why the date is what it is, without what the advice says of the same subject."""
    name = outlook.relationship.name
    said = set(map(_subject, outlook.advice.reasons))
    fine = words.GAP_IS_FINE if outlook.advice.move == "stay" else ""
    return [
        sentence(r, name) + (fine if r.why == "gap" else "")
        for r in outlook.timing.reasons
        # Why a window of one day has no room is said of that day.
        if _subject(r) not in said and not (r.why == "no_room" and r.facts["days"] == 1)
    ]


def _subject(reason: Reason) -> str:
    return words.SUBJECTS.get(reason.why, reason.why)


def explanation(outlook: Outlook, clocks: Iterable[str] = ()) -> list[str]:
    """Return the whole answer on one relationship; ``clocks`` is what to say of a booking's."""
    advice = outlook.advice
    lines = [next_line(outlook), *clocks, *timing_sentences(outlook)]
    if outlook.timing.standing == "closed":
        return lines
    now = "" if advice.move == "stay" else f" (Now: {phase_title(outlook)}.)"
    lines += ["", f"{advice_line(outlook)}{now}", *advice_sentences(outlook)]
    if advice.move in ("stay", "ask", "advance"):
        lines += known_lines(outlook)
    if _to_ask(outlook):
        lines.append(f"To record it: {condition_command(_to_ask(outlook)[0], outlook)}")
    if decision_command(outlook):
        lines.append(f"If you both agree: {decision_command(outlook)}")
    return lines
