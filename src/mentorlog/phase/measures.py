"""The values that conditions look at, each from a :class:`State`; ``None`` is "not known"."""

from collections.abc import Callable
from datetime import date
from operator import attrgetter

from mentorlog.model import Agreement, Cadence, Goal, Member, Side
from mentorlog.phase.evidence import SETTLED, State

Value = int | bool | str | None
SIDES: tuple[Side, Side] = ("me", "them")


def percent(part: int, whole: int) -> int:
    """Whole per cent, rounded down so that a bar is never passed by rounding."""
    return part * 100 // whole


def promises(state: State, after: date) -> list[bool]:
    """Whether each of the last promises of both sides was kept, late or not, whose due day lies
    after ``after`` and is over, or that are done; as many as are looked at."""
    today = state.today
    due = [(on, True) for on in state.history.kept if after < on <= today]
    for action in state.actions:
        on = action.due_on
        if on and after < on <= today and (state.is_done(action) or on < today):
            due.append((on, state.is_done(action)))
    due.sort()
    looked_at = state.policy.bounds["promises"]
    if len(due) > looked_at:  # none of a day is left out
        due = [promise for promise in due if promise[0] >= due[-looked_at][0]]
    return [done for _, done in due]


def said_by(chosen: list[Agreement]) -> Value:
    """True if both sides are in these agreements, the one side if not, ``None`` if neither."""
    if not chosen:
        return None
    sides = {side for a in chosen for side in (SIDES if a.by == "both" else (a.by,))}
    return True if len(sides) == 2 else next(iter(sides), None)


def _readiness(state: State, what: str) -> list[Agreement]:
    since = state.entered_on
    return [a for a in state.agreements if a.ready_for == what and a.on >= since]


def ready_for(state: State, what: str) -> Value:
    """Who has said in this phase that they are ready for a phase, or for ``close``."""
    return said_by(_readiness(state, what))


def paused_days(state: State, first: date, last: date) -> int:
    """Return how many days after ``first``, up to ``last``, were paused."""
    total, counted = 0, first.toordinal()  # a pause and a closing may share days
    for pause in sorted(state.pauses, key=attrgetter("from_on")):
        begin = max(pause.from_on.toordinal() - 1, counted)
        end = min(pause.last_on, last).toordinal()
        total, counted = total + max(end - begin, 0), max(end, counted)
    return total


def active_days(state: State, since: date) -> int:
    """Return the days from ``since`` to today, without those that were paused."""
    days = max((state.today - since).days, 0)
    return days - paused_days(state, since, state.today) if state.pauses else days


def silent_days(state: State) -> int:
    """Return the days since the last contact that counts, or since the phase began."""
    since = max(state.last_held_on or date.min, state.entered_on)
    if state.phase.touches_count and state.touches:
        since = max(since, state.touches[-1].held_on)
    return active_days(state, since)


def _reliability(state: State) -> Value:
    counted = [s for s in state.counted if s.held_on > state.step_after]
    if not counted:
        return None
    return percent(sum(1 for s in counted if s.status == "held"), len(counted))


def _trust(state: State, side: Side) -> Value:
    readings = state.trust[side]
    return readings[-1].level if readings else None


def _terms_agreed(state: State) -> Value:
    since = state.entered_on if state.last_move else date.min
    after = state.gap_after
    if state.phase.fresh_start and state.long_rest:
        after = max(after, state.long_rest.last_on)
    return said_by([a for a in state.agreements if a.terms and a.on >= since and a.on > after])


def _opened_up(state: State) -> Value:
    known = [s.opened_up for s in state.held if s.opened_up and s.held_on > state.step_after]
    return any(side != "none" for side in known) if known else None


def _actions_kept(state: State) -> Value:
    due = promises(state, state.step_after)
    if len(due) < state.numbers["actions_least"]:
        return None
    return percent(sum(due), len(due))


def moving(state: State, after: date) -> list[Goal]:
    """Return the goals that are moving or were reached after a day."""
    return [g for g, now, on in state.goals if now == "moving" or (now == "reached" and on > after)]


def _goal_moving(state: State) -> Value:
    """What was reached before this step moves no more; where all was, a new goal is wanted."""
    return bool(moving(state, state.step_after)) or (False if state.open_goals else None)


def _goal_well_under_way(state: State) -> Value:
    if not state.goals:
        return None
    enough = state.numbers["well_under_way_days"]
    return any(
        now == "reached" or (now == "moving" and active_days(state, since) >= enough)
        for _, now, since in state.goals
    )


def _goals_settled(state: State) -> Value:
    if not state.goals:
        return None
    return percent(sum(1 for _, now, _ in state.goals if now in SETTLED), len(state.goals))


def _energy(state: State) -> Value:
    known = [s.energy for s in state.held if s.energy and s.held_on > state.phase_after]
    return known[-1] if known else None


def _mentee_agendas(state: State) -> Value:
    mentee = "me" if state.history.relationship.role == "mentee" else "them"
    known = [s.agenda for s in state.held if s.agenda and s.held_on > state.step_after][-3:]
    count = sum(1 for side in known if side == mentee)
    return None if len(known) < 3 and count < 2 else count


def _my_old_actions(state: State) -> Value:
    """Open promises of the owner that are old; one that has its day is none before that day."""
    old, today = state.numbers["old_action_days"], state.today
    mine = [a for a in state.open_actions if a.owner == "me" and (a.due_on or today) <= today]
    return sum(1 for a in mine if active_days(state, a.on) > old)


def next_cadence(state: State) -> tuple[Value, Cadence | None]:
    """Who agreed the interval of the next phase, and which; two different ones are none."""
    chosen = [a for a in _readiness(state, state.phase.then) if a.every]
    for latest in reversed(chosen):
        if said_by([a for a in chosen if a.every == latest.every]) is True:
            return True, latest.every
    return (chosen[-1].by, None) if chosen else (None, None)


def _members_met(state: State) -> Value:
    """A member who joined later needs one session; the others are not sent back for it."""

    def has_met(who: Member) -> bool:
        since = (s for s in state.held if s.held_on >= who.joined_on)
        return any(s.there is None or who.id in s.there for s in since)

    return all(has_met(who) for who in state.history.members if who.is_in(state.today))


MEASURES: dict[str, Callable[[State], Value]] = {
    "held_in_step": lambda state: state.held_after(state.step_after),
    "days_in_step": lambda state: active_days(state, state.step_since),
    "reliability": _reliability,
    "my_trust": lambda state: _trust(state, "me"),
    "their_trust": lambda state: _trust(state, "them"),
    "terms_agreed": _terms_agreed,
    "goal_named": lambda state: any(now != "dropped" for _, now, _ in state.goals) or None,
    "opened_up": _opened_up,
    "actions_kept": _actions_kept,
    "goal_moving": _goal_moving,
    "goal_well_under_way": _goal_well_under_way,
    "goals_settled": _goals_settled,
    "energy": _energy,
    "mentee_agendas": _mentee_agendas,
    "my_old_actions": _my_old_actions,
    "both_ready": lambda state: ready_for(state, state.phase.then),
    "next_cadence_agreed": lambda state: next_cadence(state)[0],
    "both_done": lambda state: ready_for(state, "close"),
    "members_met": _members_met,
}
