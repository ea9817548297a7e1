"""When to meet next: the rhythm in force, counted from the last meeting that was held."""

from datetime import date, timedelta
from typing import Any

from mentorlog.dates import add_months, anchor_day
from mentorlog.model import Cadence, Session, Standing, frozen
from mentorlog.phase.evidence import State, soon_days
from mentorlog.phase.measures import active_days


@frozen
class Reason:
    """Why, as data: a name that has a sentence in ``render``, and the facts it is made of."""

    why: str
    facts: dict[str, Any]


@frozen
class Timing:
    """When to meet next, and how it stands on that.

    ``due_on`` is the day the rhythm gives, which may be past; ``next_on`` the day to meet,
    never before today; ``window`` its first and last day that are as good. Both are ``None``
    where there is none.
    """

    due_on: date | None
    next_on: date | None
    window: tuple[date, date] | None
    standing: Standing
    late_days: int
    reasons: tuple[Reason, ...]


def booking(state: State) -> Session | None:
    """The next meeting that is booked, today's included, if any."""
    return state.ahead[0] if state.ahead else None


def unanswered(timing: Timing) -> Reason | None:
    """That the day of a booking has passed without a record, and which one, if so."""
    return next((reason for reason in timing.reasons if reason.why == "unanswered"), None)


def next_by(base: date, cadence: Cadence, held: list[date]) -> date:
    """One interval after ``base``; months keep the anchor day through a short month."""
    if cadence.unit == "w":
        return base + timedelta(weeks=cadence.count)
    return add_months(base, cadence.count, anchor_day=anchor_day(held or [base]))


def window_days(interval_days: int, numbers: dict[str, float]) -> int:
    """Days either side that are as good: 3 for a week, else a fifth, from 1 to 14."""
    if interval_days == 7:
        return int(numbers["window_weekly_days"])
    return int(max(1, min(numbers["window_longest_days"], interval_days // 5)))


def timing(state: State) -> Timing:
    """Say when to meet next, from the state alone; see the design for the order of rules."""
    if state.closing:
        closed = Reason("closed", {"on": state.closing.on, "ending": state.closing.ending})
        return Timing(None, None, None, "closed", 0, (closed,))
    booked = booking(state)
    if state.pause and not booked:
        return _paused(state)
    base, due, interval, reasons = _due(state)
    reasons[:0] = _unanswered(state)
    if booked:
        day, facts = booked.held_on, {"on": booked.held_on, "at": booked.at, "id": booked.id}
        standing: Standing = "due" if day == state.today else "ahead"
        return Timing(day, day, (day, day), standing, 0, (Reason("booked", facts), *reasons))
    wide = timedelta(days=window_days(interval, state.numbers))
    target, tried = _new_try(state, base, due)
    reasons += tried
    # What was due is past: a meeting wants a day's notice, so tomorrow at the earliest.
    next_on = target if target >= state.today else state.today + timedelta(days=1)
    if tried and target != due:  # a day that was suggested is there when it comes
        next_on = min(next_on, tried[0].facts["last"])
    if next_on == state.today and _is_called_off(state):
        next_on += timedelta(days=1)
        reasons.append(Reason("called_off", {"on": state.today}))
    on, why_not = fitting(state, base, next_on, interval)
    reasons += why_not
    if on is None:
        return Timing(None, None, None, "ahead", 0, tuple(reasons))
    if on != next_on:
        due, target, next_on = min(due, on), on, on
    late = (state.today - due).days
    standing = standing_of(state, late, interval)
    if tried and standing in ("ahead", "due") and target >= state.today:  # it has its new day
        standing, late = ("due", late) if target == state.today else ("ahead", 0)
    if standing not in ("ahead", "due") and state.held:
        days = active_days(state, base)
        reasons.append(Reason("gap", {"days": days, "since": base, "late_days": late}))
    reasons += _lived(state)
    window = _window(state, target, next_on, wide)
    return Timing(due, next_on, window, standing, max(late, 0), tuple(reasons))


def _is_called_off(state: State) -> bool:
    """Whether a meeting of today was recorded as one that does not take place."""
    return any(s.held_on == state.today and s.status != "held" for s in state.history.meetings)


def _window(state: State, target: date, on: date, wide: timedelta) -> tuple[date, date]:
    """The days that are as good, without those in pauses around the day or after an agreed end."""
    first = min(max(state.today, target - wide), on)
    last = (target if target + wide >= on else on) + wide
    end = state.ending
    if end and on <= end.until < last:
        last = end.until
    for pause in state.pauses:
        if first <= pause.last_on < on:
            first = pause.last_on + timedelta(days=1)
        if on < pause.from_on <= last:
            last = pause.from_on - timedelta(days=1)
    return first, last


def _lived(state: State) -> list[Reason]:
    """The days between the last meetings, where none were agreed and the usual ones do not fit."""
    days = state.held_days[-4:]
    if state.cadence_on or len(days) < 4 or state.phase.touches_count:
        return []
    mean = round((days[-1] - days[0]).days / 3)
    drifted = state.numbers["drift_ratio"] * state.cadence.days
    lived = drifted <= mean <= state.numbers["quiet_days"]
    return [Reason("lived", {"mean": mean})] if lived else []


def _unanswered(state: State) -> list[Reason]:
    """The bookings whose day has passed with no meeting recorded on it, oldest first."""
    return [
        Reason("unanswered", {"id": s.id, "on": s.held_on})
        for s in state.booked
        if s.held_on < state.today
        and all(meeting.held_on != s.held_on for meeting in state.history.meetings)
    ]


def _paused(state: State) -> Timing:
    pause = state.pause
    assert pause is not None
    facts = {"from": pause.from_on, "until": pause.until_on, "why": pause.why}
    asked = [r for r in _unanswered(state) if r.facts["on"] >= pause.from_on]
    reasons = (*asked, Reason("paused", facts))
    if pause.until_on is None:
        return Timing(None, None, None, "paused", 0, reasons)
    # A rhythm whose day comes later anyway goes on as if there were no pause.
    base, later, interval, why = _due(state)
    resumed = pause.until_on + timedelta(days=state.numbers["after_pause_days"])
    if later <= resumed:
        later, why = past_pauses(state, resumed)
    on, why_not = fitting(state, base, later, interval)
    if on == resumed and not why:
        why = [Reason("resumes", {"due": on})]
    window = (on, on) if on else None
    return Timing(on, on, window, "paused", 0, (*reasons, *why, *why_not))


def _due(state: State) -> tuple[date, date, int, list[Reason]]:
    """The day counted from, the day that is due, the interval in days, and why."""
    held_days, started_on = state.held_days, state.history.relationship.started_on
    if not held_days and (not state.last_move or state.moved_on < started_on):
        base = started_on
        due = base + timedelta(days=state.numbers["first_session_days"])
        interval = max((due - base).days, 1)
        facts: dict[str, Any] = {"started": base, "due": due, "ahead": base > state.today}
        reasons = [Reason("first_session", facts)]
    else:
        base = held_days[-1] if held_days else max(state.entered_on, state.moved_on)
        due = next_by(base, state.cadence, held_days)
        touch = _planned_touch(state, base, due)
        if touch:
            base = touch.held_on
            due = next_by(base, state.cadence, [base])
        interval = max((due - base).days, 1)
        # A phase or a rhythm that began since makes nothing late.
        begun = max(state.entered_on, state.cadence_on or date.min)
        since = [Reason("begun_since", {"on": begun})] if begun > due else []
        due = max(due, begun)
        why = "after_touch" if touch else "after_session" if held_days else "after_move"
        facts = {
            "cadence": state.cadence,
            "source": state.cadence_source,
            "agreed_on": state.cadence_on,
            "base": base,
            "due": due,
        }
        reasons = [Reason(why, facts), *since]
    first = reasons[0].why == "first_session"  # says nothing of an interval
    if state.unanswered and (first or state.cadence_source != state.unanswered[1]):
        on, by, every = state.unanswered
        reasons.append(Reason("one_sided", {"on": on, "by": by, "every": every}))
    due, after = _after_pause(state, base, due)
    reasons += after
    due, ahead = past_pauses(state, due)
    return base, due, interval, reasons + ahead


def _after_pause(state: State, base: date, due: date) -> tuple[date, list[Reason]]:
    """The day, or a week after a pause that has ended since, if that is later."""
    last = state.last_pause
    if last and last.last_on >= base:
        resumed = last.last_on + timedelta(days=state.numbers["after_pause_days"])
        if resumed > due:
            why = "after_pause" if last.id else "after_rest"
            return resumed, [Reason(why, {"until": last.last_on, "due": resumed})]
    return due, []


def fitting(state: State, base: date, on: date, interval: int) -> tuple[date | None, list[Reason]]:
    """The day, or another outside of pauses and before an agreed end, ``None`` for none; why.

    ``base`` is the day of the meeting before, ``interval`` the days from one to the next.
    """
    why: list[Reason] = []
    if on < date.max:
        on, why = past_pauses(state, on)
    end = state.ending
    if end is None or on <= end.until:
        return (on, why) if on < date.max else (None, why)
    last = _last_before(state, end.until, base, interval)
    return last, [Reason("before_end", {"until": end.until, "by": end.by})]


def _last_before(state: State, end: date, base: date, interval: int) -> date | None:
    """The last day before an agreed end; ``None`` where the end is over, or so near that the
    meeting of ``base``, less than half an interval before, was the last one."""
    if 2 * (end - base).days < interval and _was_met(state, base):
        return None
    for pause in sorted(state.pauses, key=lambda p: p.from_on, reverse=True):
        if pause.from_on <= end <= pause.last_on:
            end = pause.from_on - timedelta(days=1)
    return end if end >= state.today else None


def _was_met(state: State, day: date) -> bool:
    """Whether there was contact on a day, or is supposed to be, and not only a beginning."""
    touched = any(touch.held_on == day for touch in state.touches)
    return day > state.today or day in state.held_days or touched


def past_pauses(state: State, on: date) -> tuple[date, list[Reason]]:
    """The day, or a week after the planned pauses that it would fall into, and why.

    ``date.max`` where it would fall into one without an end.
    """
    reasons: list[Reason] = []
    if not state.pauses:
        return on, reasons
    for pause in sorted(state.pauses, key=lambda p: (p.from_on, p.id)):
        if pause.until_on is None and state.today < pause.from_on <= on:
            return date.max, [Reason("open_pause", {"from": pause.from_on})]
        if pause.until_on is None or pause.until_on < state.today:
            continue
        resumed = pause.until_on + timedelta(days=state.numbers["after_pause_days"])
        if pause.from_on <= on < resumed:
            on = resumed
            facts = {"from": pause.from_on, "until": pause.until_on, "due": on}
            reasons.append(Reason("before_pause", facts))
    return on, reasons


def _planned_touch(state: State, base: date, due: date) -> Session | None:
    """The last touch that stands for a meeting, where touches count.

    One in the window of the due day or later, and alone in its time: of several close
    together each is a sign of need, and the planned meeting stays.
    """
    if not state.phase.touches_count:
        return None
    alone = timedelta(days=state.numbers["unplanned_days"])
    found, before = None, date.min
    for touch in (s for s in state.touches if s.held_on > base):
        wide = timedelta(days=window_days((due - base).days, state.numbers))
        if touch.held_on >= due - wide and touch.held_on - before >= alone:
            found, base = touch, touch.held_on
            due = next_by(base, state.cadence, [base])
        before = touch.held_on
    return found


def _new_try(state: State, base: date, due: date) -> tuple[date, list[Reason]]:
    """The day to try again, if a meeting was missed after the last contact or pause, or ``due``.

    A try that was let go by, with the days that are as good, leaves the day of the rhythm.
    """
    if not state.missed:
        return due, []
    misses = [s for s in state.missed if s.held_on > max(base, state.paused_to)]
    if not misses:
        return due, []
    soon = timedelta(days=soon_days(state.cadence, state.numbers))
    again, _ = past_pauses(state, misses[-1].held_on + soon)
    patience = timedelta(days=state.numbers["window_weekly_days"])
    last = again + patience if again < state.today else again
    if again < state.today and not state.today <= last < due:
        again = due
        if due > state.today:
            return due, []
    facts = {"on": misses[-1].held_on, "by": misses[-1].by, "again": again, "last": last}
    return again, [Reason("after_miss", facts)]


def standing_of(state: State, late: int, interval: int) -> Standing:
    """Return how it stands, from the days that it is late (negative: ahead) and the interval."""
    if late < 0:
        return "ahead"
    numbers, phase = state.numbers, state.phase
    bands: tuple[tuple[Standing, float], ...] = (
        ("quiet", max(3 * interval, numbers["quiet_days"])),
        ("very-late", numbers[phase.very_late_days] if phase.very_late_days else interval),
        ("late", numbers[phase.late_days] if phase.late_days else interval / 2),
    )
    return next((name for name, days in bands if late >= days), "due")
