"""Signs that come before the conditions: each returns its facts, or ``None`` if it is not there.

Facts are plain values that the sentences are made of. A sign never looks at the text of
notes, at how long they are, or at how many hours two people have spent.
"""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import chain, pairwise
from operator import attrgetter
from typing import Any

from mentorlog.dates import step
from mentorlog.model import Session
from mentorlog.phase.cadence import window_days
from mentorlog.phase.evidence import State
from mentorlog.phase.measures import (
    SIDES,
    active_days,
    paused_days,
    percent,
    promises,
    ready_for,
    said_by,
    silent_days,
)

Facts = dict[str, Any]
_LEVEL = attrgetter("level")


def _trust_broken(state: State) -> Facts | None:
    """Where trust is still being built, only one that was there can be broken."""
    least = state.numbers["trust_needed"] if state.phase.fresh_start else 0
    for side in SIDES:
        readings = state.trust[side]
        if not readings or readings[-1].level > state.numbers["trust_broken"]:
            continue
        if any(reading.level >= least for reading in readings):
            return {"side": side, "level": readings[-1].level, "on": readings[-1].on}
    return None


def _breach(state: State) -> Facts | None:
    """A confidence broken in this phase, until both have renewed the terms on a later day and,
    where trust is not being built anyway, have met since."""
    for session in chain(state.held, state.touches):
        if session.breach and session.held_on > state.phase_after:
            renewed = [a for a in state.agreements if a.terms and a.on > session.held_on]
            wanted = 0 if state.phase.fresh_start else state.numbers["hysteresis_held"]
            settled = state.held_after(session.held_on) >= wanted
            if not settled or said_by(renewed) is not True:
                return {"on": session.held_on}
    return None


def _never_met(state: State) -> Facts | None:
    waited = active_days(state, state.history.relationship.started_on)
    if state.held or waited < state.numbers["no_session_days"]:
        return None
    return {"days": (state.today - state.history.relationship.started_on).days}


def _missed(sessions: list[Session]) -> int:
    return sum(1 for session in sessions if session.status != "held")


def _reliability_facts(recent: list[Session], missed: int) -> Facts:
    held = len(recent) - _missed(recent)
    by = _one_side([session for session in recent if session.status != "held"][-missed:])
    return {"missed": missed, "held": held, "planned": len(recent), "by": by}


def _misses_in_a_row(state: State) -> Facts | None:
    recent = state.recent
    row = 0
    while row < len(recent) and recent[-1 - row].status != "held":
        row += 1
    return _reliability_facts(recent, row) if row >= 2 else None


def _misses_of_four(state: State) -> Facts | None:
    recent = state.recent
    missed = _missed(recent[-4:])
    return _reliability_facts(recent, missed) if missed >= 3 else None


def _unreliable(state: State) -> Facts | None:
    recent = state.recent
    if len(recent) < state.numbers["reliability_least"]:
        return None
    missed = _missed(recent)
    low = percent(len(recent) - missed, len(recent)) < state.numbers["reliability_talk"]
    return _reliability_facts(recent, missed) if low else None


def _called_off_again(state: State) -> Facts | None:
    """Meetings that were called off one after the other, in good time or not, and none between."""
    met = state.history.meetings
    if len(met) == len(state.held) or state.ahead:
        return None
    since = max(state.answered_after, state.last_held_on or date.min)
    off = [s for s in met if s.status == "cancelled" and since < s.held_on <= state.today]
    if len(off) < state.numbers["called_off_talk"]:
        return None
    return {"missed": len(off), "by": _one_side(off)}


def _one_side(sessions: list[Session]) -> str | None:
    """The side that all of them are due to, if they are due to one."""
    sides = {session.by for session in sessions}
    return sides.pop() if len(sides) == 1 else None


def _trust_fell(state: State) -> Facts | None:
    for side in SIDES:
        levels = [*map(_LEVEL, state.trust[side][-4:])]
        if levels and max(levels) - levels[-1] >= state.numbers["trust_drop"]:
            return {"side": side, "before": max(levels), "level": levels[-1]}
    return None


def _low_energy(state: State) -> Facts | None:
    known = [s for s in state.held if s.energy][-2:]
    if len(known) < 2 or known[0].held_on <= state.phase_after:
        return None
    energies = [s.energy for s in known if s.energy]
    if max(energies) <= state.numbers["energy_low"]:
        return {"energies": energies, "settled": bool(state.goals) and not state.open_goals}
    return None


def _drift(state: State) -> Facts | None:
    """Only an agreed rhythm can be drifted from; paused days are no part of a gap."""
    if state.cadence_on is None:
        return None
    days = state.held_days[-4:]
    if len(days) < 4 or days[0] < state.cadence_on:
        return None
    drifted = state.numbers["drift_ratio"] * state.cadence.days * 3
    if (days[-1] - days[0]).days < drifted:
        return None
    gaps = [(b - a).days - paused_days(state, a, b) for a, b in pairwise(days)]
    if sum(gaps) < drifted or max(gaps) > state.numbers["gap_days"]:
        return None  # a gap that long is a thing of its own
    kept = state.cadence.days + window_days(round(state.cadence.days), state.numbers)
    if sorted(gaps)[1] <= kept:  # nor is one long gap, a summer, a rhythm
        return None
    return {"cadence": state.cadence, "gaps": gaps, "mean": round(sum(gaps) / len(gaps))}


def _stall(state: State) -> Facts | None:
    if state.rules.days_needed is None:
        return None
    needed = state.numbers[state.rules.days_needed]
    days, long = active_days(state, state.step_since), state.numbers["stall_ratio"] * needed
    if days < long or not state.goals:
        return None
    for _, now, on in state.goals:  # a goal that nothing was noted of for as long stands still
        told = long if now in ("moving", "reached") else needed  # a new or a dropped one, a while
        if active_days(state, on) < told:
            return None
    return {"days": days, "needed": int(needed)}


def _trust_not_built(state: State) -> Facts | None:
    held, since = state.held_after(state.step_after), state.entered_on
    if held and state.gap_after > since:  # after a long gap it begins again
        since = state.held_days[-held]
    days = active_days(state, since)
    long = days >= state.numbers["trusting_talk_days"] and held > 0
    if held < state.numbers["trusting_talk_held"] and not long:
        return None
    for side in SIDES:
        levels = [*map(_LEVEL, state.trust[side][-4:])]
        growing = not long and levels == sorted(levels) and levels[:1] < levels[-1:]
        if levels and levels[-1] < state.numbers["trust_needed"] and not growing:
            return {"side": side, "level": levels[-1], "held": held, "days": days}
    return None


def _long_gap(state: State) -> Facts | None:
    """A gap in this phase, running or just over; with the second meeting it is behind them."""
    days = state.held_days
    running = max(state.entered_on, days[-1] if days else state.moved_on)
    if (state.today - running).days > state.numbers["gap_days"]:
        return {"days": (state.today - running).days, "ended": None}
    since = int(state.numbers["hysteresis_held"])
    for before, after in pairwise(days[-since:] if since else ()):
        gap = (after - before).days
        if after > state.phase_after and gap > state.numbers["gap_days"]:
            return {"days": gap, "ended": after}
    return None


def _gone_quiet(state: State) -> Facts | None:
    """In the first phase who never met is asked what keeps them from it."""
    if not state.held and state.phase.fresh_start:
        return None
    return {"days": silent_days(state), "since": state.last_held_on or state.entered_on}


def _end_is_near(state: State) -> Facts | None:
    end = state.ending
    if not end or end.until - state.today > timedelta(days=state.cadence.days):
        return None
    return {"until": end.until, "by": end.by, "over": end.until <= state.today}


def _both_done(state: State) -> Facts | None:
    settled = state.phase.then == "close" or not state.open_goals
    return {} if settled and ready_for(state, "close") is True else None


def _one_done(state: State) -> Facts | None:
    """One says so, or both do while a goal is open, where it is not the end that comes next."""
    by = ready_for(state, "close")
    if by is True and state.open_goals and state.phase.then != "close":
        return {"by": "both"}
    return {"by": by} if isinstance(by, str) else None


def goal_after(state: State, day: date, *, urgent: bool = False) -> Facts | None:
    """Return the first open goal that came up after a day, or the first urgent one."""
    for goal in state.open_goals:
        if goal.on > day and (goal.urgent or not urgent):
            return {"goal": goal.text, "id": goal.id, "on": goal.on}
    return None


def _urgent_goal(state: State) -> Facts | None:
    return goal_after(state, state.step_after, urgent=True) if state.step else None


def _actions_slipping(state: State) -> Facts | None:
    recent = int(state.numbers["actions_back_held"])
    if state.step == 0 or state.held_after(state.step_after) < recent:
        return None
    due = promises(state, max(state.step_after, state.held_days[-recent] - timedelta(days=1)))
    done = sum(due)
    if len(due) < state.numbers["actions_least"]:
        return None
    if percent(done, len(due)) >= state.numbers["actions_back"]:
        return None
    return {"kept": done, "due": len(due)}


def _urgent(state: State) -> bool:
    return goal_after(state, state.entered_on, urgent=True) is not None


def _someone_asks(state: State) -> Facts | None:
    model = state.policy.model
    earlier = {phase.name for phase in model.phases[: model.order(state.phase.name)]}
    for agreement in state.agreements:
        if agreement.ready_for in earlier and agreement.on > state.entered_on:
            return {"by": agreement.by, "on": agreement.on, "urgent": _urgent(state)}
    return None


def _new_goal(state: State) -> Facts | None:
    facts = goal_after(state, state.entered_on)
    return {**facts, "urgent": _urgent(state)} if facts else None


def _unplanned_contacts(state: State) -> Facts | None:
    since = max(state.today - timedelta(days=state.numbers["unplanned_days"]), state.phase_after)
    touches = sum(1 for touch in state.touches if touch.held_on > since)
    # One meeting in that time may be the planned one.
    contacts = touches + max(state.held_after(since) - 1, 0)
    if contacts < state.numbers["unplanned_touches"]:
        return None
    days = int(state.numbers["unplanned_days"])
    return {"contacts": contacts, "days": days, "urgent": _urgent(state)}


def _contacts_missed(state: State) -> Facts | None:
    contacts = state.held_days + [s.held_on for s in state.touches]
    last = max(state.entered_on, state.paused_to, *contacts)
    missed = int(state.numbers["missed_contacts"])
    late = timedelta(days=state.numbers["maintenance_late_days"])
    if step(last, state.cadence, missed) + late > state.today:
        return None
    return {"missed": missed, "last": last, "cadence": state.cadence}


def _terms_stale(state: State) -> Facts | None:
    """After a long pause the terms are agreed again, before two meetings have gone by."""
    rest = state.long_rest
    if rest is None:
        return None
    renewed = any(a.terms and a.on > rest.last_on for a in state.agreements)
    settled = state.held_after(rest.last_on) >= state.numbers["hysteresis_held"]
    # Where trust is being built anyway, terms that never were are asked for with all the rest.
    any_before = any(a.on <= rest.last_on for a in state.agreements)
    if renewed or settled or (state.phase.fresh_start and not any_before):
        return None
    return {"days": rest.days, "until": rest.last_on, "closed": not rest.id}


def _cadence_unanswered(state: State) -> Facts | None:
    if state.unanswered is None or state.unanswered[0] < state.entered_on:
        return None
    on, by, every = state.unanswered
    return {"on": on, "by": by, "every": every}


def long_ago(state: State) -> bool:
    """Whether the last meeting is so long ago that trust comes first on the way back."""
    last = state.last_held_on or state.entered_on
    return (state.today - last).days > state.numbers["maintenance_trust_first_days"]


SIGNS: dict[str, Callable[[State], Facts | None]] = {
    "trust_broken": _trust_broken,
    "breach": _breach,
    "never_met": _never_met,
    "misses_in_a_row": _misses_in_a_row,
    "misses_of_four": _misses_of_four,
    "unreliable": _unreliable,
    "called_off_again": _called_off_again,
    "trust_fell": _trust_fell,
    "low_energy": _low_energy,
    "drift": _drift,
    "stall": _stall,
    "trust_not_built": _trust_not_built,
    "long_gap": _long_gap,
    "gone_quiet": _gone_quiet,
    "end_is_near": _end_is_near,
    "both_done": _both_done,
    "one_done": _one_done,
    "urgent_goal": _urgent_goal,
    "actions_slipping": _actions_slipping,
    "someone_asks": _someone_asks,
    "new_goal": _new_goal,
    "unplanned_contacts": _unplanned_contacts,
    "contacts_missed": _contacts_missed,
    "terms_stale": _terms_stale,
    "cadence_unanswered": _cadence_unanswered,
}
