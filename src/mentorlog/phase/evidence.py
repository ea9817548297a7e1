"""What is known of one relationship on one day, folded from what was recorded.

Everything recorded after ``today`` is invisible; nothing depends on the order of recording,
but for two decisions of one day, where the later recorded one stands.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from operator import attrgetter, lt
from typing import TypeVar

from mentorlog.model import (
    Action,
    Agreement,
    Cadence,
    Closing,
    Goal,
    GoalState,
    History,
    Member,
    Party,
    Pause,
    Reading,
    Session,
    Side,
    frozen,
    lazy,
)
from mentorlog.phase.course import BY_ON, Course, in_order
from mentorlog.phase.policy import Policy, Step

_T = TypeVar("_T")

SETTLED: tuple[GoalState, ...] = ("reached", "dropped")


@frozen
class AgreedEnd:
    """The day by which a relationship is to end, whose word it is, and when that was said."""

    until: date
    by: Party
    on: date


class State(Course):
    """Where a relationship stands on a day; parts are folded when they are first asked for.

    ``*_after`` are exclusive lower bounds: with ``gap_after`` a phase that starts afresh does so
    again after a long gap, the meeting before which is ``gap_since``. ``paused_to`` is the
    last day of the last pause that is over, ``date.min`` without one. ``held``, ``missed`` and
    ``counted`` (both of them: what reliability looks at) are meetings up to the day, ``ahead``
    those booked from it on, oldest first like all else.
    """

    # What every state has; what is folded later goes to the dict, which few need to grow.
    __slots__ = (
        *("pauses", "pause", "last_pause", "paused_to", "closing"),
        *("touches", "booked", "ahead", "held", "held_days", "gap_since", "gap_after"),
        *("counted", "missed", "__dict__"),
    )

    def __init__(self, history: History, policy: Policy, today: date) -> None:
        super().__init__(history, policy, today)
        self.pauses = [*history.pauses, *_rests(history, today)]
        self.pause, self.last_pause = _pauses(self.pauses, today) if self.pauses else (None, None)
        self.paused_to = self.last_pause.last_on if self.last_pause else date.min
        self.closing = _closing(history, today) if history.closings else None
        touches = [s for s in history.touches if s.status == "held" and s.held_on <= today]
        self.touches, self.booked = in_order(touches, _BY_DAY), in_order([*history.booked], _BY_DAY)
        self.ahead = [session for session in self.booked if session.held_on >= today]
        soon = soon_days(self.cadence, policy.numbers)
        past = _past(history, today)
        self.held = [session for session in past if session.status == "held"]
        self.held_days = [*map(_HELD_ON, self.held)]
        self.gap_since: date | None = None
        self.gap_after = self._gap_after() if self.phase.fresh_start else date.min
        self.step_after = max(self.step_after, self.gap_after)
        self.counted, self.missed = self.held, []
        if len(self.held) < len(past):
            days = self.held_days
            self.counted = [s for s in past if s.status == "held" or _is_miss(s, days, soon)]
            self.missed = [s for s in self.counted if s.status != "held"]

    @lazy
    def long_rest(self) -> Pause | None:
        """The last pause, or time for which it was closed, that is over and wants terms anew."""
        long = self.numbers["renew_pause_days"]
        over = (p for p in self.pauses if p.last_on < self.today and p.days > long)
        return max(over, key=attrgetter("last_on"), default=None)

    def _gap_after(self) -> date:
        """After when things count, for the last long gap in the phase, running or over.

        Not from the last meeting on: terms are often written up a day later, and renewed before
        two meet again.
        """
        long, after = int(self.numbers["gap_days"]), date.min
        for day, then in pairwise((*self.held_days, self.today)):
            if (then - day).days > long and day >= self.phase_after:
                self.gap_since, after = day, then - timedelta(days=long // 2)
        return after

    @lazy
    def goals(self) -> list[tuple[Goal, GoalState, date]]:
        """Goals with the state they are in, and since when; of one day the last recorded stands."""
        found: list[tuple[Goal, GoalState, date]] = []
        for goal in in_order([g for g in self.history.goals if g.on <= self.today], BY_ON):
            since = goal.on
            state: GoalState = "not-started"
            for on, name in goal.states:
                if since <= on <= self.today:
                    since, state = on, name
            found.append((goal, state, since))
        return found

    @lazy
    def agreements(self) -> list[Agreement]:
        """All that was agreed."""
        return in_order([a for a in self.history.agreements if a.on <= self.today], BY_ON)

    @lazy
    def ending(self) -> AgreedEnd | None:
        """The end in force: the one that both agreed last, or else the last one of one side."""
        both: AgreedEnd | None = None
        alone: AgreedEnd | None = None
        for a in self.agreements:
            if a.until:
                answers = alone and alone.until == a.until and alone.by != a.by
                found = AgreedEnd(a.until, "both" if answers else a.by, a.on)
                both, alone = (found, None) if found.by == "both" else (both, found)
        return both or alone

    @lazy
    def agreed_end(self) -> date | None:
        """The last day before the end in force, if any."""
        return self.ending.until if self.ending else None

    @lazy
    def actions(self) -> list[Action]:
        """The promises of both sides that are open, and may be others, in no order."""
        return [a for a in self.history.actions if a.on <= self.today]

    @lazy
    def open_actions(self) -> list[Action]:
        """The promises of both sides that are not done."""
        return in_order([a for a in self.actions if not self.is_done(a)], BY_ON)

    def is_done(self, action: Action) -> bool:
        """Whether a promise is done by the day."""
        return action.done_on is not None and action.done_on <= self.today

    @lazy
    def recent(self) -> list[Session]:
        """Where any was missed, the meetings that count and are still to be spoken of."""
        if not self.missed:
            return []
        after = self.answered_after
        return [session for session in self.counted if session.held_on > after]

    @lazy
    def answered_after(self) -> date:
        """After when misses are to be spoken of: the phase, a pause, a gap, a touch that counts."""
        after = max(self.phase_after, self.paused_to, self.gap_after)
        spoken = self.phase.touches_count and self.touches
        return max(after, self.touches[-1].held_on) if spoken else after

    @property
    def is_cut(self) -> bool:
        """Whether there may be meetings before those that the rules look at."""
        seen = sum(meeting.held_on <= self.today for meeting in self.history.meetings)
        return seen >= self.policy.bounds["meetings"]

    @property
    def last_held_on(self) -> date | None:
        """The day of the last meeting that took place, if any."""
        return self.held[-1].held_on if self.held else None

    def held_after(self, day: date) -> int:
        """Number of meetings held after a day."""
        return len(self.held_days) - bisect_right(self.held_days, day)

    @lazy
    def trust(self) -> dict[Side, Sequence[Reading]]:
        """Known trust by side, oldest first; the lower one of a day stands.

        Only since the phase began, where a phase starts afresh.
        """
        after = date.min
        if self.phase.fresh_start:
            after = max(self.phase_after, self.gap_after)
            if self.is_cut and self.held:  # a long gap may lie before all that is seen
                seen = self.held_days[0].toordinal() - int(self.numbers["gap_days"])
                after = max(after, date.fromordinal(max(seen, 1)))
        return {
            "me": self._told(self.history.my_trust, after),
            "them": self._told(self.history.their_trust, after),
        }

    def _told(self, readings: Sequence[Reading], after: date) -> Sequence[Reading]:
        if self.history.members:
            gone = {m.id for m in self.history.members if m.has_left(self.today)}
            readings = [r for r in readings if r.member not in gone]
        elif _ascending([*map(_ON, readings)], self.today):
            return readings if after == date.min else [r for r in readings if r.on > after]
        known = sorted((r for r in readings if r.on <= self.today), key=lambda r: (r.on, -r.level))
        return [r for r in _lowest(known) if r.on > after]

    @lazy
    def open_goals(self) -> list[Goal]:
        """Goals neither reached nor dropped."""
        return [goal for goal, state, _ in self.goals if state not in SETTLED]

    @property
    def rules(self) -> Step:
        """The rules of the step in force: the first, a middle, or the last of the phase."""
        steps = self.phase.steps
        last = self.step == len(self.ladder) - 1
        return steps[-1 if last else min(self.step, len(steps) - 1)]


def soon_days(cadence: Cadence, numbers: dict[str, float]) -> int:
    """Days to the next try after a miss: the smaller of a week and half the interval."""
    return int(min(numbers["after_miss_days"], cadence.days / 2))


def _rests(history: History, today: date) -> list[Pause]:
    """The times for which it was closed and then taken up again: they age nothing either."""
    return [
        Pause(0, c.on, c.reopened_on - timedelta(days=1))
        for c in history.closings
        if c.reopened_on and c.on < c.reopened_on <= today
    ]


def _pauses(pauses: list[Pause], today: date) -> tuple[Pause | None, Pause | None]:
    """The pause in force and the last one that ended before today."""
    begun = sorted((p for p in pauses if p.from_on <= today), key=attrgetter("from_on", "last_on"))
    current = next((p for p in reversed(begun) if p.last_on >= today), None)
    ended = max((p for p in begun if p.last_on < today), key=attrgetter("last_on"), default=None)
    return current, ended


def _ascending(days: list[date], today: date) -> bool:
    """Whether no day is before the last, twice or ahead: most lists are so, and sorting costs."""
    return all(map(lt, days, days[1:])) and (not days or days[-1] <= today)


_ON, _HELD_ON = attrgetter("on"), attrgetter("held_on")
_BY_DAY = attrgetter("held_on", "id")


def _past(history: History, today: date) -> Sequence[Session]:
    """Meetings up to the day, held or missed, oldest first."""
    found = history.meetings
    if history.members:
        found = [s for s in found if s.status != "held" or enough_came(s, history.members)]
    if _ascending([*map(_HELD_ON, found)], today):
        return found
    found = [s for s in found if s.held_on <= today]
    return sorted(found, key=attrgetter("held_on", "status", "id"))


def _is_miss(session: Session, held_days: list[date], soon: int) -> bool:
    """Whether a meeting that was not held leaves a mark; moved and held within days does not."""
    on = session.held_on
    if session.status == "no-show":
        return on not in held_days
    last = on + timedelta(days=soon)
    return session.short_notice and not any(on <= day <= last for day in held_days)


def enough_came(session: Session, members: Sequence[Member]) -> bool:
    """Whether at least half of the members of that day were there; it is no miss if not."""
    if session.there is None:
        return True
    then = [m.id for m in members if m.is_in(session.held_on)]
    return 2 * len(set(session.there) & set(then)) >= len(then)


def _lowest(known: Sequence[Reading]) -> list[Reading]:
    """The lowest of a day; of several members the lowest latest one, on each day one was noted."""
    latest: dict[int | None, int] = {}
    by_day: dict[date, Reading] = {}
    for reading in known:
        latest[reading.member] = reading.level
        by_day[reading.on] = Reading(reading.on, min(latest.values()))
    return list(by_day.values())


def _closing(history: History, today: date) -> Closing | None:
    """The ending in force, if it is closed."""
    begun = [c for c in history.closings if c.on <= today]
    still = [c for c in begun if not c.reopened_on or c.reopened_on > today]
    return max(still, key=BY_ON, default=None)
