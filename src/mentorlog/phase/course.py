"""The decisions of the two, folded in day by day: which phase, step and cadence are in force."""

from datetime import date
from operator import attrgetter
from typing import Any, TypeVar

from mentorlog.model import Agreement, Cadence, History, Move, Party, Side
from mentorlog.phase.policy import Phase, Policy

_T = TypeVar("_T")

BY_ON = attrgetter("on", "id")
_BY_RECORDED = attrgetter("on", "recorded")


class Course:
    """The phase, step and cadence in force: decisions folded in day by day."""

    __slots__ = (
        *("history", "policy", "numbers", "today", "phase", "entered_on", "phase_after"),
        *("own", "own_on", "ladder", "rung", "step", "step_since", "step_after"),
        *("last_move", "moved_on", "moved_back"),
        *("both", "unanswered", "cadence", "cadence_source", "cadence_on"),
    )

    def __init__(self, history: History, policy: Policy, today: date) -> None:
        self.history, self.policy, self.today = history, policy, today
        self.numbers = policy.numbers
        self.phase = policy.model.phases[0]
        self.own, self.own_on = history.relationship.ladder, date.min
        self.ladder = self.ladder_of(self.phase)
        self.rung: Cadence | None = self.ladder[0]
        self.entered_on = self.step_since = self.moved_on = history.relationship.started_on
        self.phase_after = self.step_after = date.min
        self.step = 0
        self.both: tuple[date, Cadence] | None = None
        self.unanswered: tuple[date, Side, Cadence] | None = None
        self.last_move: Move | None = None
        self.moved_back = False
        self.cadence, self.cadence_source = self.ladder[0], "step"
        self.cadence_on: date | None = None
        for item in _decisions(history, policy, today):
            before = self.phase, self.cadence
            if isinstance(item, Move):
                self._move(item)
            else:
                if item.every and not item.ready_for:
                    self._agree(item.on, item.by, item.every)
                if item.ladder and item.by == "both":
                    self._climb(item)
            self._settle(item.on)
            if item is self.last_move:
                self.moved_back = self._is_back_from(*before)

    def ladder_of(self, phase: Phase) -> tuple[Cadence, ...]:
        """Cadences of a phase's steps; a relationship's own ladder replaces one of several."""
        return self.own if self.own and len(phase.steps) > 1 else phase.ladder

    def _agree(self, on: date, by: Party, every: Cadence) -> None:
        other = self.unanswered
        if by == "both" or (other and other[1] != by and other[2] == every):
            self.both, self.unanswered = (on, every), None
        elif other or not self.both or self.both[1] != every:  # else it is agreed by both already
            self.unanswered = (on, by, every)

    def _move(self, move: Move) -> None:
        """Enter a phase or step; cadences agreed before stay where they fit and none is given."""
        started_on = self.history.relationship.started_on
        if move.phase != self.phase.name:
            self.phase = self.policy.model.phase(move.phase)
            self.ladder = self.ladder_of(self.phase)
            first = self.last_move is None and move.on <= started_on
            self.entered_on = move.on
            self.phase_after = date.min if first else move.on
            self.rung = None
            shortest, longest = self.phase.shortest.days, self.phase.longest.days
            if self.both and not shortest <= self.both[1].days <= longest:
                self.both = None
            if self.unanswered and not shortest <= self.unanswered[2].days <= longest:
                self.unanswered = None
        if move.every:
            self.both = self.unanswered = None
            self._agree(move.on, move.agreed_by, move.every)
        self.last_move, self.moved_on = move, move.on

    def _climb(self, agreed: Agreement) -> None:
        """Take a ladder that both agreed on; an interval before its first step becomes that one,
        and the wish of one side is answered."""
        self.own, self.own_on = agreed.ladder, agreed.on
        self.ladder = self.ladder_of(self.phase)
        if self.ladder is self.own:
            self.unanswered = None
            if self.both and self.both[1].days < self.own[0].days:
                self.both = agreed.on, self.own[0]

    def _settle(self, on: date) -> None:
        """Take the cadence in force and the step it belongs to; a new one begins on ``on``."""
        if self.both:
            (self.cadence_on, every), self.cadence_source = self.both, "both"
        elif self.unanswered and not self.phase.both_decide:
            self.cadence_on, self.cadence_source, every = self.unanswered
        elif self.own_on > date.min and self.ladder is self.own:
            self.cadence_on, self.cadence_source, every = self.own_on, "both", self.ladder[0]
        else:
            self.cadence_on, self.cadence_source, every = None, "step", self.ladder[0]
        self.cadence, self.step = every, 0
        for i, rung in enumerate(self.ladder):
            if rung.days > every.days:
                break
            self.step = i
        if self.ladder[self.step] != self.rung:
            self.rung, self.step_since = self.ladder[self.step], on
            self.step_after = self.phase_after if on <= self.entered_on else on

    def _is_back_from(self, phase: Phase, cadence: Cadence) -> bool:
        if self.phase is phase:
            return self.cadence.days < cadence.days
        order = self.policy.model.order
        return order(self.phase.name) < order(phase.name)


def _decisions(history: History, policy: Policy, today: date) -> list[Move | Agreement]:
    """The moves and the agreements on a cadence or on a ladder, in their order.

    Of one day the later recorded one stands.
    """
    # A cadence agreed with a readiness is one for the next phase, not for this one.
    moves = [m for m in history.moves if m.on <= today and policy.model.has(m.phase)]
    agreed = [
        a
        for a in history.agreements
        if a.on <= today and (a.ladder or (a.every and not a.ready_for))
    ]
    items: list[Move | Agreement] = [*in_order(moves, BY_ON), *in_order(agreed, BY_ON)]
    return in_order(items, _BY_RECORDED)


def in_order(found: list[_T], key: Any) -> list[_T]:
    """Return a list sorted in place; most of a history are short or in order already."""
    if len(found) > 1:
        found.sort(key=key)
    return found
