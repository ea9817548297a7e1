"""JSON as a promise: one envelope, keys that are never removed or given another meaning."""

import json
from collections.abc import Iterable
from datetime import date, time
from typing import Any

from mentorlog.model import Cadence, Session, SessionRecord, fields_of
from mentorlog.phase.advice import Checked, Outlook, sooner
from mentorlog.phase.cadence import Reason, booking, unanswered
from mentorlog.reminders import Reminder
from mentorlog.render.text import sentence


def _plain(value: date | time | Cadence) -> str:
    """The form that a day, a time and a cadence have in every document."""
    if isinstance(value, Cadence):
        return str(value)
    return value.isoformat("minutes") if isinstance(value, time) else value.isoformat()


def _booked(session: Session | None) -> dict[str, Any] | None:
    """A booking: id, on, at, minutes, zone; ``None`` for the zone is the owner's own."""
    if session is None:
        return None
    day = {"id": f"s{session.id}", "on": session.held_on}
    return day | fields_of(session, "at minutes zone")


def envelope(command: str, today: date, items: Iterable[dict[str, Any]]) -> str:
    """Return the document that every ``--json`` prints."""
    document = {"version": 1, "command": command, "today": today, "items": list(items)}
    return json.dumps(document, indent=2, default=_plain)


def condition_item(checked: Checked) -> dict[str, Any]:
    """Return one condition: name, state, value, needed."""
    return fields_of(checked, "name state value needed required")


def evidence(outlook: Outlook) -> str:
    """Return what the advice and its conditions were on a day, to keep beside a decision."""
    document = {
        "advice": outlook.advice.move,
        "conditions": list(map(condition_item, outlook.conditions)),
    }
    return json.dumps(document)


def _without_text(reason: Reason) -> Reason:
    """The reason with a goal by its id, and a pause without its why."""
    hidden = {"goal": f"g{reason.facts.get('id')}", "why": None}
    facts = {key: hidden.get(key, fact) for key, fact in reason.facts.items()}
    return Reason(reason.why, facts)


def outlook_item(outlook: Outlook, *, texts: bool = True) -> dict[str, Any]:
    """Return an item of ``status``, ``next``, ``phase`` and ``remind``.

    Without texts for what travels by mail: the reasons then hold nothing that was written.
    """
    state, timing, advice = outlook.state, outlook.timing, outlook.advice
    reasons = (*timing.reasons, *advice.reasons, *sooner(outlook))
    relationship = state.history.relationship
    asked = unanswered(timing)
    return {
        "relationship": relationship.name,
        "role": relationship.role,
        "phase": state.phase.name,
        "step": state.ladder[state.step],
        **fields_of(state, "cadence cadence_source last_held_on"),
        **fields_of(timing, "due_on next_on window standing late_days"),
        "booked": _booked(booking(state)),
        "unanswered": asked and {"id": f"s{asked.facts['id']}", "on": asked.facts["on"]},
        "advice": {
            **fields_of(advice, "move to every"),
            "conditions": [condition_item(checked) for checked in outlook.conditions],
        },
        "reasons": [
            sentence(reason if texts else _without_text(reason), relationship.name)
            for reason in reasons
        ],
        "rules": state.policy.version,
    }


def reminder_items(reminders: Iterable[Reminder]) -> list[dict[str, Any]]:
    """Return an item for each relationship to be reminded of, with what it is about."""
    found: dict[str, dict[str, Any]] = {}
    for reminder in reminders:
        name = reminder.outlook.relationship.name
        if name not in found:
            found[name] = {**outlook_item(reminder.outlook, texts=False), "about": []}
        found[name]["about"].append(reminder.about)
    return list(found.values())


def session_item(record: SessionRecord) -> dict[str, Any]:
    """Return an item of ``log``; the fields have the names of their options."""
    return {
        "id": f"s{record.session.id}",
        "relationship": record.relationship,
        **fields_of(record.session, "held_on at zone status by kind minutes"),
        **fields_of(record, "title notes topics private"),
        **fields_of(record.session, "short_notice breach trust their_trust guess"),
        **fields_of(record.session, "opened_up energy agenda"),
        "there": [came.member for came in record.attendance if came.there],
        "member": [
            fields_of(came, "member trust their_trust opened_up") for came in record.attendance
        ],
    }
