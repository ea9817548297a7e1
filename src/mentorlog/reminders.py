"""What cron says: of many relationships, those that are due, most urgent first. No notes."""

from collections.abc import Callable, Iterable
from datetime import date, time, timedelta
from typing import Literal

from mentorlog.model import Standing, frozen
from mentorlog.phase.advice import Outlook
from mentorlog.phase.cadence import Timing, booking, unanswered

About = Literal["booking", "meeting", "promises", "agreement", "review", "pause", "end"]

MOST_NUDGES = 3  # of one lateness; more is nagging

# Why a meeting is on another day than that of the rhythm.
MOVED = ("day_off", "day_full", "week_full", "called_off", "before_end")
_IN_TIME = ("ahead", "due", "paused")

_URGENCY = {"very-late": 0, "late": 1, "due": 2, "quiet": 3, "ahead": 4, "paused": 5, "closed": 6}


def by_urgency(outlooks: Iterable[Outlook]) -> list[Outlook]:
    """Order by urgency, then day and time, then name; closed and paused last."""
    return sorted(
        outlooks,
        key=lambda o: (
            _URGENCY[o.timing.standing],
            (o.timing.next_on if o.timing.standing == "ahead" else o.timing.due_on) or date.max,
            _at(o),
            o.relationship.name,
        ),
    )


def _at(outlook: Outlook) -> time:
    booked = booking(outlook.state)
    return booked.at if booked and booked.at else time.max


def in_view(outlook: Outlook) -> bool:
    """Whether a relationship belongs on a list as of its day: begun, or about to begin."""
    state = outlook.state
    begins = state.history.relationship.started_on
    return begins <= state.today + timedelta(days=state.numbers["horizon_days"])


@frozen
class Reminder:
    """One thing to be reminded of: about what, on which facts, and the day it is about.

    It has no text of its own, as it travels by mail: numbers, days and ids only. ``most`` is
    how often the same facts are worth saying.
    """

    outlook: Outlook
    about: About
    facts: str
    on: date
    ids: tuple[int, ...] = ()
    most: int = MOST_NUDGES


def reminders(outlooks: Iterable[Outlook], *, within_days: int) -> list[Reminder]:
    """Return what is due, most urgent first: meetings, promises, agreements, endings.

    One that has gone quiet was reminded of long enough; ``status`` still shows it. One that is
    closed may leave a promise to keep. What no single day is waiting for (a review, an
    agreement of one side, an end that is near) comes up when it begins and then on Mondays, so
    that reminders stay worth reading; an end also within the days asked for.
    """
    found = []
    for outlook in by_urgency(o for o in outlooks if in_view(o)):
        found += _bookings(outlook)
        for rule in _RULES_OF.get(outlook.timing.standing, _RULES):
            reminder = rule(outlook, within_days)
            if reminder:
                found.append(reminder)
    return found


def _bookings(outlook: Outlook) -> list[Reminder]:
    """Each booking that nobody has said of whether it took place."""
    return [
        Reminder(outlook, "booking", str(on), on, (reason.facts["id"],))
        for reason in outlook.timing.reasons
        if reason.why == "unanswered" and (on := reason.facts["on"])
    ]


def _meeting(outlook: Outlook, within_days: int) -> Reminder | None:
    timing, today = outlook.timing, outlook.state.today
    on = meeting_on(outlook)
    if on is None or (on - today).days > within_days:
        return None
    asked = unanswered(timing) is not None and not booking(outlook.state)
    # What was said ahead is said again on the day, and so is a new try.
    again = f" again {on}" if on == timing.next_on and _is_tried(timing) else ""
    facts = f"{timing.due_on}{again}{' ahead' if on > today else ''}"
    # What has become very late is said once more.
    most = MOST_NUDGES + (timing.standing == "very-late")
    return None if asked else Reminder(outlook, "meeting", facts, on, most=most)


def meeting_on(outlook: Outlook) -> date | None:
    """Return the day a reminder names: the one that is due, of a new try, or it was moved to.

    A day beyond all those that are as good is no reason to be silent until then, unless those
    are days off: then nobody can meet before.
    """
    timing = outlook.timing
    if timing.standing == "ahead" and timing.next_on is None:
        return None
    whys = {reason.why: reason.facts for reason in timing.reasons}
    full = "no_room" in whys and not whys.keys().isdisjoint(("day_full", "week_full"))
    far = full and timing.standing == "due"
    moved = not far and not whys.keys().isdisjoint(MOVED)
    tried = _is_tried(timing)
    return timing.next_on if (moved or tried) and timing.standing in _IN_TIME else timing.due_on


def _is_tried(timing: Timing) -> bool:
    """Whether the next day is that of a new try after a meeting that did not take place."""
    return any(r.why == "after_miss" and r.facts["again"] == timing.next_on for r in timing.reasons)


def _promises(outlook: Outlook, within_days: int) -> Reminder | None:
    state = outlook.state
    last = state.today + timedelta(days=within_days)
    late = [
        action
        for action in state.open_actions
        if action.owner == "me" and action.due_on and action.due_on <= last
    ]
    if not late or state.pause:
        return None
    ids = tuple(sorted(action.id for action in late))
    first = min(action.due_on for action in late if action.due_on)
    ahead = " ahead" if first > state.today else ""
    return Reminder(outlook, "promises", f"{','.join(map(str, ids))}{ahead}", first, ids)


def _now_and_then(outlook: Outlook, since: date) -> bool:
    today = outlook.state.today
    return today == since or (today > since and today.weekday() == 0)


def _reach(within_days: int, today: date) -> int:
    """On a Friday the weekend is looked at too, for a cron that runs on weekdays only."""
    return max(within_days, 2 if today.weekday() == 4 else 0)


def _one_sided(outlook: Outlook, within_days: int) -> Reminder | None:
    alone = outlook.state.unanswered
    if alone is None or outlook.state.pause or not _now_and_then(outlook, alone[0]):
        return None
    return Reminder(outlook, "agreement", str(alone[0]), alone[0])


def _review(outlook: Outlook, within_days: int) -> Reminder | None:
    state = outlook.state
    agreed = [a.on for a in state.agreements if a.terms]
    if not agreed or not state.phase.asks or state.pause:
        return None
    on = agreed[-1] + timedelta(days=state.numbers["review_days"])
    return Reminder(outlook, "review", str(on), on) if _now_and_then(outlook, on) else None


def _pause_end(outlook: Outlook, within_days: int) -> Reminder | None:
    pause, today = outlook.state.pause, outlook.state.today
    reach = _reach(within_days, today)
    if pause is None or pause.until_on is None or (pause.until_on - today).days > reach:
        return None
    return Reminder(outlook, "pause", str(pause.until_on), pause.until_on)


def _agreed_end(outlook: Outlook, within_days: int) -> Reminder | None:
    state = outlook.state
    on, reach = state.agreed_end, _reach(within_days, state.today)
    if on is None:
        return None
    near = any(reason.why == "end_is_near" for reason in outlook.advice.reasons)
    begins = on - timedelta(days=int(state.cadence.days))
    now = 0 <= (on - state.today).days <= reach or (near and _now_and_then(outlook, begins))
    return Reminder(outlook, "end", str(on), on) if now else None


_RULES = (_meeting, _promises, _one_sided, _review, _pause_end, _agreed_end)
_RULES_OF: dict[Standing, tuple[Callable[[Outlook, int], Reminder | None], ...]] = {
    "quiet": (),
    "closed": (_promises,),
}
