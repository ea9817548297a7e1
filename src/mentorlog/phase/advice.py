"""Whether to move on: signs first, then the conditions of the step, each with its evidence."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from typing import Literal

from mentorlog.model import Cadence, History, Standing, frozen, lazy
from mentorlog.phase.cadence import Reason, Timing, timing
from mentorlog.phase.evidence import State
from mentorlog.phase.measures import MEASURES, Value, next_cadence, silent_days
from mentorlog.phase.policy import AdviceMove, Condition, Policy, Sign
from mentorlog.phase.signs import SIGNS, Facts, goal_after, long_ago

Known = Literal["met", "not-met", "not-known"]


@frozen
class Checked:
    """A condition with its value and what was needed."""

    condition: Condition
    state: Known
    value: Value
    needed: int | bool

    @property
    def name(self) -> str:
        """What was measured."""
        return self.condition.measure

    @property
    def required(self) -> bool:
        """Whether it decides, or is only worth noting."""
        return self.condition.required


class Advice:
    """What may be time for, and why. ``to`` is a phase or ``close``; ``every`` its cadence.

    A list shows no reasons, so that all but the first are looked for when they are asked for.
    """

    def __init__(
        self,
        move: AdviceMove,
        to: str | None,
        every: Cadence | None,
        reasons: Iterable[Reason],
    ) -> None:
        self.move, self.to, self.every, self._reasons = move, to, every, reasons

    @lazy
    def reasons(self) -> tuple[Reason, ...]:
        """Why, the weightiest first."""
        return tuple(self._reasons)


class Outlook:
    """One relationship on one day; each answer is worked out when it is first asked for."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.relationship = state.history.relationship

    @lazy
    def timing(self) -> Timing:
        """When to meet next; the schedule may put it on a day that suits both."""
        return timing(self.state)

    @lazy
    def advice(self) -> Advice:
        """Whether to move on, and why."""
        return advise(self.state, self.timing)

    @lazy
    def conditions(self) -> tuple[Checked, ...]:
        """Every condition of the step in force, measured."""
        return tuple(_checked(self.state))


def outlook(history: History, policy: Policy, *, today: date) -> Outlook:
    """Return the whole answer for one relationship; pure and deterministic."""
    return Outlook(State(history, policy, today))


# Why a day is not that of the rhythm alone.
_NOT_BY_RHYTHM = {
    *("booked", "paused", "after_pause", "after_rest", "before_pause", "before_end", "after_miss"),
    *("day_off", "day_full", "week_full", "no_room", "first_session"),
}


def sooner(outlook: Outlook) -> list[Reason]:
    """Return that what leads back, or to an end, wants a meeting before a slow rhythm has one.

    Where the day was moved it is not the rhythm that makes two people wait.
    """
    advice, timing, state = outlook.advice, outlook.timing, outlook.state
    leads = advice.move == "back" or [r.why for r in advice.reasons[:1]] == ["both_done"]
    if not leads or not timing.next_on or _NOT_BY_RHYTHM & {r.why for r in timing.reasons}:
        return []
    soon = (advice.every or state.phase.shortest).days
    far = (timing.next_on - state.today).days > soon
    return [Reason("need_not_wait", {"until": timing.next_on})] if far else []


def _checked(state: State) -> Iterator[Checked]:
    role, team = state.history.relationship.role, bool(state.history.members)
    for condition in state.rules.conditions:
        if role in condition.roles and (team or not condition.teams_only):
            yield check(condition, state)


def check(condition: Condition, state: State) -> Checked:
    """Measure one condition: met, not met, or not known."""
    value = MEASURES[condition.measure](state)
    needed: int | bool = int(state.numbers[condition.needed]) if condition.needed else True
    if value is None or isinstance(value, str):  # one side's word: the other is to be asked
        known: Known = "not-known"
    elif condition.at_most:
        known = "met" if value <= needed else "not-met"
    else:
        known = "met" if value >= needed else "not-met"
    return Checked(condition, known, value, needed)


def advise(state: State, when: Timing) -> Advice:
    """Give the advice, unless a "not yet" to this very one, on these facts, lets it rest.

    ``when`` is the date as it is said, which days off may have moved.
    """
    advice = _advise(state, when)
    if not state.history.declines:
        return advice
    facts = grounds(state, advice)
    for decline in sorted(state.history.declines, key=lambda d: (d.on, d.id), reverse=True):
        same = (decline.move, decline.phase, decline.every) == (
            advice.move, advice.to, advice.every
        )  # fmt: skip
        valid = same and decline.facts in (None, facts)
        if valid and decline.on <= state.today < decline.until:
            rest = Reason("declined", {"on": decline.on, "until": decline.until})
            return Advice("stay", None, None, (rest,))
    return advice


def grounds(state: State, advice: Advice) -> str:
    """Return what an advice stands on, as one text that changes only when a fact does.

    Time alone changes nothing: numbers of days are left out.
    """
    said = [
        f"{reason.why}{sorted((k, str(v)) for k, v in reason.facts.items() if k != 'days')}"
        for reason in advice.reasons
    ]
    return "; ".join([*said, *(f"{c.name} {c.state}" for c in _checked(state))])


def _advise(state: State, when: Timing) -> Advice:
    """Give the advice of the first sign that is there, or else of the conditions."""
    if state.closing:
        return Advice("stay", None, None, ())
    if state.pause:
        return Advice("paused", None, None, ())
    settling = _settling(state)
    waits = settling == "advance"
    found = (pair for pair in _found(state, when.standing) if not (waits and _is_early(pair[0])))
    for sign, facts in found:
        to, every = _target(state, sign, facts)
        more = (Reason(other.name, known) for other, known in found)
        first = Reason(sign.name, facts), *_trust_first(state, sign, to), *_afresh(state, sign.move)
        return Advice(sign.move, to, every, chain(first, more))
    advice = _by_conditions(state, when, settling)
    stays = advice.move == "stay" and advice.reasons[0].why != "urgent_open"
    if waits and stays and any(_found(state, when.standing)):  # all that is there is too early
        return Advice("stay", None, None, (Reason("just_moved", {"on": state.moved_on}),))
    if again := _afresh(state, advice.move):
        return Advice(advice.move, None, None, (*advice.reasons, *again))
    return advice


def _found(state: State, standing: Standing) -> Iterator[tuple[Sign, Facts]]:
    """The signs that are there, in the order of the phase's table."""
    for sign in state.phase.signs:
        if sign.standing and sign.standing != standing:
            continue
        facts = SIGNS[sign.name](state)
        if facts is not None:
            yield sign, facts


def _afresh(state: State, move: AdviceMove) -> list[Reason]:
    """Why what was told long ago is not known any more, where that is asked for."""
    if state.gap_since is None or move not in ("stay", "ask", "talk"):
        return []
    return [Reason("afresh", {"since": state.gap_since})]


def _is_early(sign: Sign) -> bool:
    """Whether a sign waits for two held sessions after a step forward."""
    return sign.move == "back" and not sign.urgent


def _trust_first(state: State, sign: Sign, to: str | None) -> list[Reason]:
    """Why the way back leads to another phase than the sign's own, if it does."""
    if to is None or to != sign.after_long:
        return []
    return [Reason("trust_first", {"since": state.last_held_on or state.entered_on})]


def _by_conditions(state: State, when: Timing, settling: str | None) -> Advice:
    unknown = consent_open = in_time = False
    for checked in _checked(state):
        if checked.state == "met" or not checked.required:
            continue
        if checked.condition.consent:
            consent_open = True
        elif checked.state == "not-met":
            said = "not_yet" if state.held_after(state.step_after) else "no_meeting_yet"
            return Advice("stay", None, None, (Reason(said, {}),))
        elif checked.condition.in_time:
            in_time = True
        else:
            unknown = True
    if unknown:
        if state.phase.asks:
            return Advice("ask", None, None, (Reason("unknown", {}),))
        missed = any(reason.why == "after_miss" for reason in when.reasons)
        calm = when.standing == "ahead" and not missed
        why = _urgent(state) or Reason("as_agreed" if calm else "as_it_is", {})
        return Advice("stay", None, None, (why,))
    move, to, every = _onward(state)
    slower = every is None or every.days > state.cadence.days
    if first := _first_of_all(state, slower=slower, in_time=in_time):
        return Advice("stay", None, None, (Reason(first, {}),))
    if slower and (urgent := _urgent(state)):
        return Advice("stay", None, None, (urgent,))
    if settling == "back":
        return Advice("stay", None, None, (Reason("just_moved", {"on": state.moved_on}),))
    said = "both_done" if move == "close" else "consent_open" if consent_open else "all_met"
    return Advice(move, to, every, (Reason(said, {}),))


def _first_of_all(state: State, *, slower: bool, in_time: bool) -> str | None:
    """What is to come before another step, though nothing speaks against it."""
    if silent_days(state) >= 2 * state.cadence.days:
        return "meet_first"  # a rhythm that has stopped is no readiness for a slower one
    if slower and state.held and state.paused_to > state.held[-1].held_on:
        return "just_back"
    return "in_time" if in_time else None


def _onward(state: State) -> tuple[AdviceMove, str, Cadence | None]:
    """The next step of the phase, or else the phase that it leads to, with its cadence."""
    if state.step + 1 < len(state.ladder):
        return "advance", state.phase.name, state.ladder[state.step + 1]
    then = state.phase.then
    if then == "close":
        return "close", then, None
    return "advance", then, next_cadence(state)[1] or _first_cadence(state, then, 0)


def _urgent(state: State) -> Reason | None:
    """That a goal came up in this step which cannot wait: no time to meet less often."""
    facts = goal_after(state, state.step_after, urgent=True)
    return Reason("urgent_open", facts) if facts else None


def _settling(state: State) -> str | None:
    """The last move's direction while fewer than two meetings (or touches, where they
    count) have followed it."""
    if state.last_move is None:
        return None
    contacts = state.held_after(state.moved_on)
    if state.phase.touches_count:
        contacts += sum(1 for touch in state.touches if touch.held_on > state.moved_on)
    if contacts >= state.numbers["hysteresis_held"]:
        return None
    return "back" if state.moved_back else "advance"


def _target(state: State, sign: Sign, facts: Facts) -> tuple[str | None, Cadence | None]:
    """Where a sign leads: a phase with the cadence to enter it at, or the step before."""
    if sign.move == "close":
        return "close", None
    if sign.to is None:
        return None, None
    if sign.to == "faster":
        return state.phase.name, state.ladder[state.step - 1]
    if sign.after_long and long_ago(state):
        return sign.after_long, _first_cadence(state, sign.after_long, 0)
    return sign.to, _first_cadence(state, sign.to, 0 if facts.get("urgent") else sign.enter)


def _first_cadence(state: State, phase: str, step: int) -> Cadence:
    ladder = state.ladder_of(state.policy.model.phase(phase))
    return ladder[min(step, len(ladder) - 1)]
