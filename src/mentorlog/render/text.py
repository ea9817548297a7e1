"""Every sentence the program says about a relationship, made from the reasons of the rules.

Plain and kind: what is known, what was needed, and the command that records the missing
piece or the decision. ASCII of its own, so that mail from cron arrives as it was sent.
"""

from collections.abc import Iterable
from datetime import date, time
from shlex import quote
from typing import Any

from mentorlog.dates import say_ago, say_cadence, say_day, say_span, say_time
from mentorlog.model import Action, Cadence
from mentorlog.phase.advice import Checked, Outlook
from mentorlog.phase.cadence import Reason, unanswered
from mentorlog.phase.policy import Phase
from mentorlog.render.bookings import next_day

STANDINGS = {
    "ahead": "",
    "due": "due",
    "late": "late",
    "very-late": "very late",
    "quiet": "quiet",
    "paused": "paused",
    "closed": "closed",
}

# What each reason says. {side} is whose ("your", "Ana's"), {by} who ("you", "Ana").
SENTENCES: dict[str, str] = {
    "first_session": "No meeting yet. A first one within a week of the start, {started}, keeps"
    " it alive.",
    "after_session": "The interval is {cadence}, {source}. You last met on {base}.",
    "after_touch": "The interval is {cadence}, {source}. You were last in touch on {base}.",
    "after_move": "The interval is {cadence}, {source}. Counted from the move on {base}.",
    "one_sided": "{by} alone wished for {every} on {on}; that agreement is still open. Ask, and"
    " record it: mentorlog agree {name_quoted} --every {every_short} --by both",
    "after_miss": "The meeting on {on} did not take place, so a new try soon.",
    "after_pause": "The pause ended on {until}; the first date is a week after it.",
    "before_pause": "You pause from {from} to {until}; the first date is a week after it.",
    "gap": "A gap of {days} days since {since}. That happens; two warm lines are enough to take"
    " it up again.",
    "booked": "A meeting is booked for {on}{at_text} (s{id}).",
    "unanswered": "Did you meet {name} on {on}?"
    "\n  It took place: mentorlog add-session {name_quoted} --on {day}"
    "\n  It did not:    mentorlog add-session {name_quoted} --on {day} --status no-show"
    "\n  It was moved:  mentorlog book {name_quoted} {weekday} --move s{id}",
    "paused": "Paused since {from}{until_text}. Nothing is due and nothing is late.",
    "closed": "Closed on {on} ({ending}). To take it up again: mentorlog reopen {name_quoted}",
    "closed_stays": "It is closed.",
    "trust_broken": "{Side} trust was {level} of 5 on {on}. Trust comes before any other"
    " subject: name what happened, and renew what you agreed on confidentiality.",
    "breach": "A confidence was broken ({on}). Name it first, and renew the agreement on"
    " confidentiality.",
    "long_gap": "A gap of {days} days. Revisit trust and the agreement before the work goes on;"
    " it will go faster than the first time.",
    "end_is_near": "You agreed to end it by {until}. Announce it a meeting ahead, so that it can"
    " end well.",
    "both_done": "Both of you say that it is done. Look back on the goals, say what each has"
    " gained, and thank each other.",
    "never_met": "{days} days since the start and no meeting yet. Ask, without reproach, what"
    " keeps the two of you from meeting.",
    "misses_in_a_row": "The last {missed} meetings were missed. Reliability: {held} of {planned}"
    " took place. Ask kindly if all is well, and if the rhythm still fits.",
    "misses_of_four": "{missed} of the last four meetings were missed. Reliability: {held} of"
    " {planned} took place. Ask kindly if all is well, and if the rhythm still fits.",
    "unreliable": "Reliability: {held} of {planned} meetings took place. Talk about a rhythm"
    " that both can keep.",
    "trust_fell": "{Side} trust went from {before} to {level} of 5. Ask what changed.",
    "low_energy": "Energy was {energies} of 5 the last two times. Talk about what these meetings"
    " should be for, and whether the goal still holds.",
    "drift": "You plan {cadence}, you meet about every {mean} days ({gaps}). That is not a"
    " reason to slow down; agree on one interval that both can keep.",
    "stall": "{days} days in this step, where {needed} are usual, and no goal is moving."
    " Choose one together, or make it smaller.",
    "trust_not_built": "{held} meetings in {days} days, and {side} trust is {level} of 5. Say so"
    " kindly, agree on what this is for, and leave both of you a way out without fault.",
    "terms_stale": "The pause lasted {days} days. Agree the terms and the interval again:"
    " mentorlog agree {name_quoted} --terms TEXT",
    "urgent_goal": "An urgent goal came up ({goal}). Meeting more often for a while is a good"
    " sign.",
    "actions_slipping": "{kept} of the {due} actions that fell due were kept. Shorter steps and"
    " smaller promises may help.",
    "someone_asks": "{By_asks} to work together again (since {on}).",
    "new_goal": "There is a new goal ({goal}). That is a good reason to meet more often again.",
    "unplanned_contacts": "{contacts} unplanned contacts within {days} days: you are at work"
    " again already; make it an agreement.",
    "contacts_missed": "{missed} contacts have gone by since {last}. Let it rest, or say goodbye"
    " well; both are fine.",
    "cadence_unanswered": "The interval {every} is only what {by} wished for; it wants an"
    " agreement of both.",
    "gone_quiet": "No meeting for {days} days. Ask if you both want to go on; if not, let it rest,"
    " no fault of anyone: mentorlog close {name_quoted} --as dormant",
    "declined": 'You said "not yet" on {on}; the same advice rests until {until}.',
    "not_yet": "Not everything that the next step needs is there yet.",
    "unknown": "All that is known fits.",
    "as_agreed": "Silence until then is what was agreed, and no sign of trouble.",
    "just_moved": "You moved on {on}; give it two meetings before you look again.",
    "all_met": "Everything that the next step needs is there. The two of you decide.",
}

# For each condition: what it is called, and the command that records it.
CONDITIONS: dict[str, tuple[str, str]] = {
    "held_in_step": ("meetings held in this step", 'add-session {name} "NOTES"'),
    "days_in_step": ("days in this step", ""),
    "reliability": ("reliability in %", "add-session {name} --status no-show --by them"),
    "my_trust": ("your trust", "add-session {name} --trust 1-5"),
    "their_trust": ("{name}'s trust", "add-session {name} --their-trust 1-5"),
    "terms_agreed": ("agreement on terms", "agree {name} --terms TEXT"),
    "goal_named": ("a goal", "add-goal {name} TEXT"),
    "opened_up": ("someone opened up (worth noting)", "add-session {name} --opened-up both"),
    "actions_kept": (
        "actions kept in %",
        "add-action {name} TEXT --owner them --due DAY",
    ),
    "goal_moving": ("a goal moving", "goal ID --state moving"),
    "goal_well_under_way": ("a goal reached or well under way", "goal ID --state reached"),
    "goals_settled": ("goals reached or dropped in %", "goal ID --state reached"),
    "energy": ("energy", "add-session {name} --energy 1-5"),
    "mentee_agendas": (
        "agendas set by the mentee, of the last 3",
        "add-session {name} --agenda them",
    ),
    "my_old_actions": ("your actions open over 30 days", "done ID"),
    "both_ready": (
        "both ready for the next phase",
        "agree {name} --ready-for maintenance --by both",
    ),
    "next_cadence_agreed": (
        "the interval after that, agreed by both",
        "agree {name} --ready-for maintenance --every 6m --by both",
    ),
    "members_met": ("every member has met you once", 'add-session {name} "NOTES"'),
    "both_done": ("both say it is done", "agree {name} --ready-for close --by both"),
}

HEADINGS = {
    "stay": "Stay in {phase}.",
    "advance": "It may be time to move on: {target}.",
    "back": "It may be time to go back: {target}.",
    "talk": "Talk first.",
    "ask": "Ask: something that decides is not known.",
    "paused": "Paused.",
    "close": "It may be time to end it well.",
}

_SOURCES: dict[str, str] = {
    "both": "an agreement of both on {on}",
    "me": "your wish of {on}; {name} has not answered, so the agreement is open",
    "them": "the wish of {name} of {on}; you have not answered, so the agreement is open",
    "step": "the usual one here, as none was agreed",
}


def whose(side: str, name: str) -> str:
    """Return ``your`` or the possessive of a name."""
    return "your" if side == "me" else f"{name}'s"


def who(side: str, name: str) -> str:
    """Return ``you``, the name, or ``both of you``."""
    return {"me": "you", "both": "both of you"}.get(side, name)


def promiser(action: Action, name: str) -> str:
    """Return who promised: ``you``, the member, or the other side."""
    return action.member or who(action.owner, name)


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


def sentence(reason: Reason, name: str) -> str:
    """Return the sentence of one reason about the relationship of that name."""
    facts = reason.facts
    words = {key: _value(value) for key, value in facts.items()}
    words["name"], words["name_quoted"] = name, quote(name)
    if "side" in facts:
        words["side"] = whose(facts["side"], name)
        words["Side"] = _capital(words["side"])
    if "by" in facts:
        by = facts["by"] or "them"
        words["by"] = _capital(who(by, name)) if reason.why == "one_sided" else who(by, name)
        words["By_asks"] = _capital(who(by, name)) + (" ask" if by != "them" else " asks")
    if "source" in facts:
        on = say_day(facts["agreed_on"]) if facts["agreed_on"] else ""
        words["source"] = _SOURCES[facts["source"]].format(on=on, name=name)
    if "every" in facts:
        words["every_short"] = str(facts["every"])
    if reason.why == "booked":
        words["at_text"] = f" at {words['at']}" if facts["at"] else ""
    if reason.why == "unanswered":
        words["day"], words["weekday"] = facts["on"].isoformat(), words["on"][:3].lower()
    if reason.why == "paused":
        words["until_text"] = f" until {words['until']}" if facts["until"] else ", end open"
    return SENTENCES[reason.why].format(**words)


def phase_title(outlook: Outlook) -> str:
    """Return the phase, and the rhythm where its steps differ: ``Learning, every 2 weeks``."""
    return _titled(outlook.state.phase, outlook.state.cadence)


def _titled(phase: Phase, cadence: Cadence) -> str:
    title = _capital(phase.name)
    return title if len(phase.steps) == 1 else f"{title}, {say_cadence(cadence)}"


def target(outlook: Outlook) -> str:
    """Return where the advice leads: ``Learning, every 2 weeks``; empty where nowhere."""
    advice = outlook.advice
    if advice.to is None or advice.to == "close":
        return ""
    phase = outlook.state.policy.model.phase(advice.to)
    return _titled(phase, advice.every) if advice.every else _capital(phase.name)


def advice_line(outlook: Outlook) -> str:
    """Return the advice in a few words."""
    return HEADINGS[outlook.advice.move].format(phase=phase_title(outlook), target=target(outlook))


def short_advice(outlook: Outlook) -> str:
    """Return the advice for a table: ``stay``, ``move on: Learning, weekly``, ..."""
    words = {
        "advance": f"move on: {target(outlook)}",
        "back": f"go back: {target(outlook)}",
        "close": "end it well",
    }
    return words.get(outlook.advice.move, outlook.advice.move)


def next_line(outlook: Outlook) -> str:
    """Return the first line of the answer: when to meet next."""
    name, timing = outlook.state.history.relationship.name, outlook.timing
    if timing.next_on is None or timing.window is None:
        return f"Next with {name}: no date, {timing.standing}."
    first, last = timing.window
    window = "" if first == last else f", window {say_span(first, last)}"
    late = ""
    if timing.late_days:
        state = STANDINGS[timing.standing]
        late = f" It was due on {say_day(timing.due_on)} ({state})." if timing.due_on else ""
    return f"Next with {name}: {next_day(outlook)}{window}.{late}"


def measured(checked: Checked) -> str:
    """Return a condition's value and need in brackets: ``3 (4 needed)``."""
    if checked.value is None:
        return ""
    if isinstance(checked.value, str):
        return " (only you)" if checked.value == "me" else " (only the other side)"
    if isinstance(checked.value, bool):
        return ""
    bound = f"at most {checked.needed}" if checked.at_most else f"{checked.needed} needed"
    return f" {checked.value} ({bound})"


def condition_name(checked: Checked, name: str) -> str:
    """Return what a condition is called."""
    return CONDITIONS[checked.name][0].format(name=name)


def condition_command(checked: Checked, name: str) -> str:
    """Return the command that records what is missing, or nothing where time supplies it."""
    command = CONDITIONS[checked.name][1].format(name=quote(name))
    return f"mentorlog {command}" if command else ""


def known_lines(outlook: Outlook) -> list[str]:
    """Return the lines ``Known``, ``Not yet`` and ``Not known`` with what is in each."""
    name = outlook.state.history.relationship.name
    groups = {"met": "Known", "not-met": "Not yet", "not-known": "Not known"}
    lines = []
    for state, label in groups.items():
        items = [
            f"{condition_name(c, name)}{measured(c)}"
            for c in outlook.conditions
            if c.state == state
        ]
        if items:
            lines.append(f"{label}: {'; '.join(items)}.")
    return lines


def decision_command(outlook: Outlook) -> str:
    """Return the command that records the advised decision, if it is one."""
    advice, name = outlook.advice, quote(outlook.state.history.relationship.name)
    if advice.move == "close":
        return f"mentorlog close {name} --as completed"
    if advice.move in ("advance", "back") and advice.to:
        every = f" --every {advice.every}" if advice.every else ""
        return f"mentorlog move {name} {advice.to}{every} --agreed-by both"
    return ""


def advice_sentences(outlook: Outlook) -> list[str]:
    """Return why the advice is what it is, in sentences."""
    name = outlook.state.history.relationship.name
    return [sentence(reason, name) for reason in outlook.advice.reasons]


def reminder(outlook: Outlook) -> str:
    """Return one short line for a mail or a phone: who, when, how late. Never any notes."""
    timing, name = outlook.timing, outlook.state.history.relationship.name
    asked = unanswered(timing)
    if any(reason.why == "booked" for reason in timing.reasons):
        line = f"{name}: booked, {next_day(outlook)}"
        return f"{sentence(asked, name)}\n{line}" if asked else line
    if asked:
        return sentence(asked, name)
    if timing.due_on is None:
        return name
    when = f"{say_day(timing.due_on)}, {say_ago(timing.due_on, today=outlook.state.today)}"
    if timing.standing in ("ahead", "paused"):
        return f"{name}: next {when}"
    return (
        f"{name}: {STANDINGS[timing.standing]}, was due {when}"
        if timing.late_days
        else (f"{name}: due {when}")
    )


def reasons(outlook: Outlook) -> list[str]:
    """Return all reasons as sentences: those of the date, then those of the advice."""
    name = outlook.state.history.relationship.name
    return [sentence(r, name) for r in (*outlook.timing.reasons, *outlook.advice.reasons)]


def explanation(outlook: Outlook, clocks: Iterable[str] = ()) -> list[str]:
    """Return the whole answer on one relationship; ``clocks`` is what to say of a booking's."""
    name = outlook.state.history.relationship.name
    lines = [next_line(outlook), *clocks]
    lines += [sentence(reason, name) for reason in outlook.timing.reasons]
    if outlook.timing.standing == "closed":
        return lines
    lines += ["", f"{advice_line(outlook)} (Now: {phase_title(outlook)}.)"]
    lines += [sentence(reason, name) for reason in outlook.advice.reasons]
    if outlook.timing.standing != "paused":
        lines += known_lines(outlook)
    unknown = [c for c in outlook.conditions if c.state == "not-known" and c.required]
    if outlook.advice.move == "ask" and unknown:
        lines.append(f"To record it: {condition_command(unknown[0], name)}")
    if decision_command(outlook):
        lines.append(f"If you both agree: {decision_command(outlook)}")
    return lines


def columns(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Return rows as lines with aligned columns, one record a line, no trailing spaces."""
    rows = list(rows)
    if not rows:
        return []
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
