"""What is known of one relationship on one day, folded from what was recorded.

Everything recorded after ``today`` is invisible; nothing depends on the order of recording,
but for two decisions of one day, where the later recorded one stands.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mentorlog.model import (
    Action,
    Agreement,
    Cadence,
    Closing,
    Goal,
    GoalState,
    History,
    Member,
    Move,
    Party,
    Pause,
    Reading,
    Relationship,
    Session,
    Side,
    frozen,
)
from mentorlog.phase.policy import Condition, Phase, Policy

SETTLED: tuple[GoalState, ...] = ("reached", "dropped")


@dataclass(slots=True)
class _Course:
    """The phase, step and cadence in force, while decisions are folded in day by day."""

    policy: Policy
    history: History
    phase: Phase
    entered_on: date
    phase_after: date = date.min
    step: int = 0
    step_since: date = date.min
    step_after: date = date.min
    both: tuple[date, Cadence] | None = None
    one: tuple[date, Side, Cadence] | None = None
    last_move: Move | None = None
    moved_back: bool = False

    @property
    def ladder(self) -> tuple[Cadence, ...]:
        return ladder_of(self.history.relationship, self.phase)

    @property
    def in_force(self) -> tuple[Cadence | None, str, date | None]:
        if self.both:
            return self.both[1], "both", self.both[0]
        if self.one and not self.phase.both_decide:
            return self.one[2], self.one[1], self.one[0]
        return None, "step", None

    def agree(self, on: date, by: Party, every: Cadence) -> None:
        other = self.one
        if by != "both" and other and other[1] != by and other[2] == every:
            by = "both"
        if by == "both":
            self.both, self.one = (on, every), None
        else:
            self.one = (on, by, every)

    def move(self, move: Move) -> None:
        """Enter a phase or step; cadences agreed before stay where they fit and none is given."""
        was_order, was_days = self.policy.model.order(self.phase.name), self._days()
        if move.phase != self.phase.name:
            self.phase = self.policy.model.phase(move.phase)
            first = self.last_move is None and move.on <= self.history.relationship.started_on
            self.entered_on = move.on
            self.phase_after = date.min if first else move.on
            self.step = -1
            shortest, longest = self.phase.shortest.days, self.phase.longest.days
            if self.both and not shortest <= self.both[1].days <= longest:
                self.both = None
            if self.one and not shortest <= self.one[2].days <= longest:
                self.one = None
        if move.every:
            self.both = self.one = None
            self.agree(move.on, move.agreed_by, move.every)
        order = self.policy.model.order(self.phase.name)
        self.moved_back = order < was_order or (order == was_order and self._days() < was_days)
        self.last_move = move

    def _days(self) -> float:
        every = self.in_force[0]
        return every.days if every else self.ladder[max(self.step, 0)].days

    def settle(self, on: date) -> None:
        """Take the step that the cadence in force belongs to; a new one begins on ``on``."""
        every, ladder = self.in_force[0], self.ladder
        fitting = [i for i, step in enumerate(ladder) if every and step.days <= every.days]
        step = max(fitting, default=0)
        if step == self.step:
            return
        self.step, self.step_since = step, on
        self.step_after = self.phase_after if on <= self.entered_on else on


def _course(history: History, policy: Policy, today: date) -> _Course:
    started_on = history.relationship.started_on
    course = _Course(policy, history, policy.model.phases[0], started_on, step_since=started_on)
    known = {phase.name for phase in policy.model.phases}
    moves = [m for m in history.moves if m.on <= today and m.phase in known]
    # A cadence agreed with a readiness is one for the next phase, not for this one.
    agreed = [a for a in history.agreements if a.on <= today and a.every and not a.ready_for]
    items: list[Move | Agreement] = [*moves, *agreed]
    for item in sorted(items, key=lambda i: (i.on, isinstance(i, Agreement), i.id)):
        if isinstance(item, Move):
            course.move(item)
        elif item.every:
            course.agree(item.on, item.by, item.every)
        course.settle(item.on)
    return course


@frozen
class State:
    """Where a relationship stands on a day. ``*_after`` are exclusive lower bounds."""

    history: History
    policy: Policy
    today: date
    phase: Phase
    entered_on: date
    phase_after: date
    ladder: tuple[Cadence, ...]
    step: int
    step_since: date
    step_after: date
    cadence: Cadence
    cadence_source: str
    cadence_on: date | None
    unanswered: tuple[date, Side, Cadence] | None
    last_move: Move | None
    moved_back: bool
    pause: Pause | None
    last_pause: Pause | None
    closing: Closing | None
    held: list[Session]
    counted: list[Session]
    missed: list[Session]
    touches: list[Session]
    booked: list[Session]
    readings: dict[Side, list[Reading]]
    goals: list[tuple[Goal, GoalState, date]]
    agreements: list[Agreement]
    actions: list[Action]

    @property
    def last_held_on(self) -> date | None:
        """The day of the last meeting that took place, if any."""
        return self.held[-1].held_on if self.held else None

    def held_after(self, day: date) -> int:
        """Number of meetings held after a day."""
        return sum(1 for session in self.held if session.held_on > day)

    def trust(self, side: Side) -> list[Reading]:
        """Known trust of a side; only since the phase began, where a phase starts afresh."""
        if not self.phase.fresh_start:
            return self.readings[side]
        return [reading for reading in self.readings[side] if reading.on > self.phase_after]

    @property
    def open_goals(self) -> list[Goal]:
        """Goals neither reached nor dropped."""
        return [goal for goal, state, _ in self.goals if state not in SETTLED]

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions of the step in force: the first, a middle, or the last of the phase."""
        steps = self.phase.steps
        if self.step == len(self.ladder) - 1:
            return steps[-1].conditions
        return steps[min(self.step, len(steps) - 1)].conditions


def ladder_of(relationship: Relationship, phase: Phase) -> tuple[Cadence, ...]:
    """Cadences of a phase's steps; a relationship's own ladder replaces a ladder of several."""
    if relationship.ladder and len(phase.steps) > 1:
        return relationship.ladder
    return tuple(step.cadence for step in phase.steps)


def soon_days(cadence: Cadence, policy: Policy) -> int:
    """Days to the next try after a miss: the smaller of a week and half the interval."""
    return int(min(policy["after_miss_days"], cadence.days / 2))


def _pauses(history: History, today: date) -> tuple[Pause | None, Pause | None]:
    """The pause in force and the last one that ended before today."""
    current, ended = None, None
    for pause in sorted(history.pauses, key=lambda p: (p.from_on, p.until_on or date.max)):
        if pause.from_on > today:
            continue
        if pause.until_on is None or pause.until_on >= today:
            current = pause
        elif ended is None or ended.until_on is None or ended.until_on < pause.until_on:
            ended = pause
    return current, ended


def _meetings(
    history: History, soon: int, today: date
) -> tuple[list[Session], list[Session], list[Session]]:
    """Meetings held, those that count for reliability, and those missed, oldest first.

    A meeting that was called off late and held within a few days was moved: no mark.
    """
    past = sorted(
        (s for s in history.sessions if s.kind == "session" and s.held_on <= today),
        key=lambda s: (s.held_on, s.status, s.id),
    )
    if history.members:
        past = [s for s in past if s.status != "held" or _enough_came(s, history.members)]
    held = [s for s in past if s.status == "held"]
    if len(held) == len(past):
        return held, held, []
    days = {s.held_on for s in held}
    missed = [
        s
        for s in past
        if (s.status == "no-show" and s.held_on not in days)
        or (
            s.status == "cancelled"
            and s.short_notice
            and not any(0 <= (day - s.held_on).days <= soon for day in days)
        )
    ]
    return held, sorted(held + missed, key=lambda s: (s.held_on, s.id)), missed


def _enough_came(session: Session, members: tuple[Member, ...]) -> bool:
    """Whether at least half of the members of that day were there; it is no miss if not."""
    if session.there is None:
        return True
    then = [m.id for m in members if m.joined_on <= session.held_on]
    return 2 * len(set(session.there) & set(then)) >= len(then)


def _readings(history: History, today: date) -> dict[Side, list[Reading]]:
    """Known trust by side, oldest first: no guesses; the lower one of a day stands.

    Of several members the lowest latest one decides, on every day that one was noted.
    """
    known = sorted(
        (r for r in history.readings if r.on <= today and not r.guess),
        key=lambda r: (r.on, -r.level),
    )
    found: dict[Side, list[Reading]] = {"me": [], "them": []}
    latest: dict[Side, dict[int | None, int]] = {"me": {}, "them": {}}
    for reading in known:
        by_member = latest[reading.side]
        by_member[reading.member] = reading.level
        side = found[reading.side]
        if side and side[-1].on == reading.on:
            side.pop()
        side.append(Reading(reading.on, reading.side, min(by_member.values())))
    return found


def _goals(history: History, today: date) -> list[tuple[Goal, GoalState, date]]:
    """Goals with the state they are in, and since when; of one day the last recorded stands."""
    found: list[tuple[Goal, GoalState, date]] = []
    for goal in sorted(history.goals, key=lambda g: (g.on, g.id)):
        if goal.on > today:
            continue
        since = goal.on
        state: GoalState = "not-started"
        for on, name in goal.states:
            if since <= on <= today:
                since, state = on, name
        found.append((goal, state, since))
    return found


def fold(history: History, policy: Policy, *, today: date) -> State:
    """Fold everything recorded up to ``today`` into the state of the relationship."""
    course = _course(history, policy, today)
    every, source, cadence_on = course.in_force
    cadence = every or course.ladder[course.step]
    pause, last_pause = _pauses(history, today)
    held, counted, missed = _meetings(history, soon_days(cadence, policy), today)
    return State(
        history=history,
        policy=policy,
        today=today,
        phase=course.phase,
        entered_on=course.entered_on,
        phase_after=course.phase_after,
        ladder=course.ladder,
        step=course.step,
        step_since=course.step_since,
        step_after=course.step_after,
        cadence=cadence,
        cadence_source=source,
        cadence_on=cadence_on,
        unanswered=course.one,
        last_move=course.last_move,
        moved_back=course.moved_back,
        pause=pause,
        last_pause=last_pause,
        closing=_closing(history, today),
        held=held,
        counted=counted,
        missed=missed,
        touches=_touches(history, today),
        booked=_by_day(s for s in history.sessions if s.status == "booked"),
        readings=_readings(history, today),
        goals=_goals(history, today),
        agreements=sorted(
            (a for a in history.agreements if a.on <= today), key=lambda a: (a.on, a.id)
        ),
        actions=sorted((a for a in history.actions if a.on <= today), key=lambda a: (a.on, a.id)),
    )


def _closing(history: History, today: date) -> Closing | None:
    """The ending in force, if it is closed."""
    closings = [
        c
        for c in history.closings
        if c.on <= today and not (c.reopened_on and c.reopened_on <= today)
    ]
    return max(closings, key=lambda c: (c.on, c.id), default=None)


def _touches(history: History, today: date) -> list[Session]:
    return _by_day(
        s
        for s in history.sessions
        if s.kind == "touch" and s.status == "held" and s.held_on <= today
    )


def _by_day(sessions: Iterable[Session]) -> list[Session]:
    return sorted(sessions, key=lambda s: (s.held_on, s.id))
