"""What a record cannot be: fields that contradict each other, whichever command sets them."""

from collections.abc import Mapping
from datetime import date
from shlex import quote
from typing import Any

from mentorlog.dates import say_day
from mentorlog.errors import BadUsage, Refused
from mentorlog.model import Relationship
from mentorlog.names import PREFIXES
from mentorlog.store import details
from mentorlog.store.journal import Journal

# Of a kind of record two days in their order, and what is said where the later one is not.
_ORDERS = {
    "pause": ("from_on", "until_on", "a pause from {} cannot end on {}"),
    "closing": ("closed_on", "reopened_on", "what was closed on {} cannot be open again on {}"),
    "action": ("added_on", "done_on", "what was promised on {} cannot be done on {}"),
    "parked": ("added_on", "done_on", "what was parked on {} cannot be ticked off on {}"),
    "agreement": ("agreed_on", "until_on", "what was agreed on {} cannot end on {}"),
    "member": ("joined_on", "left_on", "who joined on {} cannot have left on {}"),
    "decline": ("declined_on", "until_on", 'a "not yet" of {} cannot rest until {}'),
}

# What says nothing without another field: which values that has then, if not any, and what to do.
_HANGS: dict[str, tuple[str, tuple[Any, ...], str, str]] = {
    "by": (
        "status", ("cancelled", "no-show"),
        "--by says who missed it, but it was held", "add --status no-show or cancelled",
    ),
    "short_notice": (
        "status", ("cancelled",),
        "--short-notice is for a cancelled meeting", "add --status cancelled",
    ),
    "guess": (
        "their_trust", (), "--guess is about their trust", "add --their-trust 1-5",
    ),
    "zone": ("at", (), "--zone is about a time, and none is given", "add --at 15:00"),
}  # fmt: skip
_NOTHING = {"by": None, "short_notice": False, "guess": False, "zone": None}

# Of one relationship, those of a kind share no day, from the first of the two to the second.
_SPANS = ("pause", "closing")


def need_signs(session: Mapping[str, Any], changed: Mapping[str, Any] | None = None) -> None:
    """Refuse signs of a session that contradict each other, with what would fit.

    Here as below only what is ``changed`` is looked at, of a new record all: older ones may
    hold what is refused by now, and something else in them is to be put right.
    """
    missed_touch = session.get("kind") == "touch" and session.get("status", "held") != "held"
    if missed_touch and not (changed or session).keys().isdisjoint(("kind", "status")):
        raise BadUsage("a touch is held or there is none", "leave --touch out for a missed meeting")
    if _HANGS.keys().isdisjoint(session):  # as most of a hundred thousand rows
        return
    for field, (other, values, message, hint) in _HANGS.items():
        looked_at = not (changed or session).keys().isdisjoint((field, other))
        if looked_at and session.get(field) and not _says(session.get(other), values):
            raise BadUsage(message, hint)


def falling_away(known: Mapping[str, Any], changed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a change of a session empties, as it would say nothing any more."""
    after = {**known, **changed}
    return {
        field: _NOTHING[field]
        for field, (other, values, *_) in _HANGS.items()
        if field not in changed
        and other in changed
        and after[field]
        and not _says(after[other], values)
    }


def _says(value: Any, values: tuple[Any, ...]) -> bool:
    return value in values if values else value is not None


def need_happened(session: Mapping[str, Any], *, today: date) -> None:
    """Refuse a meeting that took place, or was missed, on a day that has not come."""
    day = str(session["held_on"])
    if session["status"] in ("held", "no-show") and day > today.isoformat():
        raise BadUsage(
            f"{say_day(date.fromisoformat(day))} is ahead of today", "give its day: --on DAY"
        )


def need_order(
    kind: str, record: Mapping[str, Any], changed: Mapping[str, Any] | None = None
) -> None:
    """Refuse a record whose later day comes before the earlier one; days, or as ISO text."""
    if kind not in _ORDERS or (changed or record).keys().isdisjoint(_ORDERS[kind]):
        return
    early, late, said = _ORDERS[kind]
    first, last = (
        record[field] and date.fromisoformat(str(record[field])) for field in (early, late)
    )
    if last and last < first:
        raise BadUsage(
            said.format(say_day(first), say_day(last)),
            "give a later day, or put the first one right",
        )


def need_apart(
    journal: Journal, kind: str, record: Mapping[str, Any], changed: Mapping[str, Any]
) -> None:
    """Refuse a pause, or an ending, that shares a day with another one."""
    if kind not in _SPANS or changed.keys().isdisjoint(_ORDERS[kind]):
        return
    fields = _ORDERS[kind][:2]
    first, last = (str(record[field] or "9999") for field in fields)
    for other in details.siblings(journal, kind, record):
        start, end = (other[field] or "9999" for field in fields)
        # A relationship may be taken up again on the day on which it is closed once more.
        if first < end and start < last if kind == "closing" else first <= end and start <= last:
            known = f"{PREFIXES[kind]}{other['id']}"
            raise Refused(
                f"that would share days with {known}",
                f"choose other days, or take that one out: mentorlog delete {known}",
            )


def need_own_steps(journal: Journal, person: Relationship) -> None:
    """Refuse another ladder of the beginning where one was agreed since, which stands."""
    agreed = details.agreed_ladder(journal, person)
    if agreed:
        raise Refused(
            f"the steps of {person.name} were agreed since: t{agreed}",
            f"change them there: mentorlog edit t{agreed} --ladder STEPS",
        )


def need_begun(person: Relationship, day: date, *, today: date, ahead: bool = True) -> None:
    """Refuse a decision before the beginning, unless, where ``ahead``, that is yet to come."""
    started_on, begun = person.started_on, person.started_on <= today
    if day < started_on and (begun or not ahead):
        raise Refused(
            f"{person.name} {'began' if begun else 'begins'} on {say_day(started_on)}",
            f"give that day, or a later one; or put it right:"
            f" mentorlog edit {quote(person.name)} --started DAY",
        )
