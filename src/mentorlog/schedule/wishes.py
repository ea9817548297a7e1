"""From answers to wishes and back: the day that the rhythm gives, on a day that suits both."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from mentorlog.model import Pause, replace
from mentorlog.phase.advice import Outlook
from mentorlog.phase.cadence import Timing, booking, fitting, next_by, standing_of, window_days
from mentorlog.phase.evidence import State
from mentorlog.schedule.days import Days, Limits, Place, Wish
from mentorlog.schedule.sharing import share
from mentorlog.settings import Availability

# The days of the other side of an answer.
Theirs = Callable[[Outlook], Days]


def days_of(
    said: Availability, holidays: Mapping[date, str], *, busy: frozenset[date] = frozenset()
) -> Days:
    """Return the days of one side; without a word on weekdays every one suits."""
    weekdays = frozenset(range(7)) if said.working_days is None else said.working_days
    return Days(weekdays, said.away, holidays, busy)


def theirs_of(outlook: Outlook, theirs: Days) -> Days:
    """Return the days of the other side, with the pauses and the end of the relationship."""
    until = outlook.state.agreed_end or date.max
    return replace(theirs, pauses=pauses_of(outlook), until=until)


def is_quiet(outlook: Outlook) -> bool:
    """Return whether it has gone quiet: its date is an offer, and waits for no day."""
    return outlook.timing.standing == "quiet"


def excused(outlook: Outlook, mine: Days, theirs: Days) -> Timing:
    """Return the timing with days off taken out: late counts from the first day that suits both."""
    timing, today = outlook.timing, outlook.state.today
    if timing.due_on is None or timing.standing not in ("due", "late", "very-late", "quiet"):
        return timing
    free = timing.due_on
    while free <= today and (mine.off(free) or theirs.off(free)):
        free += timedelta(days=1)
    if free == timing.due_on:
        return timing
    late = max((today - free).days, 0)
    standing = standing_of(outlook.state, late, round(outlook.state.cadence.days))
    kept = tuple(r for r in timing.reasons if r.why != "gap" or standing != "due")
    return replace(timing, standing=standing, late_days=late, reasons=kept)


def pauses_of(outlook: Outlook) -> tuple[tuple[date, date], ...]:
    """Return the first and last day of every pause; one without an end lasts.

    One that begins after the meeting is due lasts a week more: a meeting that is put off past
    it comes, like the first one after every pause, a week after its end. Before an agreed end
    every day that is left counts.
    """
    state = outlook.state
    due = outlook.timing.due_on if state.ending is None else None
    more = timedelta(days=state.numbers["after_pause_days"] - 1)

    def last(pause: Pause) -> date:
        put_off = due and due < pause.from_on and pause.last_on < date.max
        return pause.last_on + more if put_off else pause.last_on

    return tuple((pause.from_on, last(pause)) for pause in state.pauses)


def wish_of(outlook: Outlook, theirs: Days) -> Wish | None:
    """Return the next meeting as its rhythm has it; ``None`` where there is none to place."""
    timing, state = outlook.timing, outlook.state
    if timing.due_on is None or timing.next_on is None:
        return None
    whys = {reason.why: reason.facts for reason in timing.reasons}
    ideal = timing.next_on if whys.keys() & {"after_miss", "called_off"} else timing.due_on
    if "after_miss" in whys and whys["after_miss"]["again"] < state.today:
        ideal = whys["after_miss"]["again"]
    return Wish(
        state.history.relationship.id,
        *_around(ideal, state),
        timing.standing in ("late", "very-late"),
        state.phase == state.policy.model.phases[0],
        round(state.cadence.days),
        theirs,
        booking(state) is not None,
    )


def _around(ideal: date, state: State) -> tuple[date, date, date]:
    """A day, and the first and last of the days around it that are as good."""
    wide = timedelta(days=window_days(round(state.cadence.days), state.numbers))
    return ideal, ideal - wide, min(ideal + wide, state.agreed_end or date.max)


def following(outlook: Outlook, on: date) -> tuple[date, date, date]:
    """Return the ideal day after a meeting, and the first and last of its window."""
    state = outlook.state
    never = date.max, date.max, date.max
    if state.pause and state.pause.until_on is None:  # nothing is suggested before it has an end
        return never
    due = next_by(on, state.cadence, [on])
    ideal, _ = fitting(state, on, due, (due - on).days)
    return _around(ideal, state) if ideal else never


def booked_ahead(outlook: Outlook) -> list[date]:
    """Return the days that are booked from today on, up to an ending if there is one."""
    state = outlook.state
    last = state.closing.on if state.closing else date.max
    return [s.held_on for s in state.ahead if s.held_on <= last]


def taken_days(outlooks: Iterable[Outlook]) -> Counter[date]:
    """Count by day the meetings that no wish stands for: held of late, booked after the next."""
    taken: Counter[date] = Counter()
    for outlook in outlooks:
        taken.update(session.held_on for session in outlook.state.held)
        taken.update(booked_ahead(outlook)[1:])
    return taken


def arrange(
    outlooks: list[Outlook], mine: Days, theirs: Theirs, limits: Limits, *, today: date
) -> None:
    """Put the dates of all answers on days that suit, and say why one moved, if it did.

    Those that have gone quiet take no room: whether they meet again is not known.
    """
    asked: list[tuple[Outlook, Wish]] = []
    for outlook in outlooks:
        other = theirs(outlook)
        outlook.timing = excused(outlook, mine, other)
        if wish := wish_of(outlook, other):
            asked.append((outlook, wish))
    quiet = [wish for outlook, wish in asked if is_quiet(outlook)]
    shared = [wish for outlook, wish in asked if not is_quiet(outlook)]
    places = share(shared, mine, limits, taken_days(outlooks), today=today)
    places |= share(quiet, mine, Limits(), {}, today=today)
    for outlook, wish in asked:
        outlook.timing = _placed(outlook, places[wish.id], mine, wish.theirs)


def _placed(outlook: Outlook, place: Place, mine: Days, theirs: Days) -> Timing:
    timing, on = outlook.timing, place.on
    window = timing.window
    if on and not booking(outlook.state):
        around = (*(window or ()), on)
        first, last = min(around), max(around)
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        suits = [day for day in days if day == on or not (mine.off(day) or theirs.off(day))]
        window = suits[0], suits[-1]
    standing = timing.standing
    if on == outlook.state.today and standing == "ahead":
        standing = "due"  # it was moved to today
    if on and timing.due_on and standing == "due" and min(on, timing.due_on) > outlook.state.today:
        standing = "ahead"  # a new try of today was moved
    return replace(
        timing, next_on=on, window=window if on else None, standing=standing,
        reasons=(*timing.reasons, *place.reasons),
    )  # fmt: skip
