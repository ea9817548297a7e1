"""The phase model and its numbers, as data.

Phases after Doug Lawrence's public description of mentoring (Trusting; Learning and
Development; Maintenance), with a closing, which every other published model has. The
numbers are judgement, not experiment: each has a name, a unit and bounds, and can be
changed within them. Nothing here evaluates; nothing that evaluates knows these names.
"""

from collections.abc import Callable, Mapping
from typing import Any, Literal

from mentorlog.errors import InvalidDocument
from mentorlog.model import Cadence, Role, Standing, derived, frozen

RULES_VERSION = "lawrence-1"

AdviceMove = Literal["stay", "advance", "back", "talk", "ask", "paused", "close"]


@frozen
class Number:
    """A number of the rules: its default, unit and the bounds a person may set."""

    value: float
    unit: str
    low: float
    high: float


@frozen
class Condition:
    """One thing that the next step needs.

    ``measure`` names a function of the evidence; ``needed`` the number its value must reach
    (or must not exceed, if ``at_most``), or ``None`` when the value must be true.
    ``required=False`` is worth noting and never decides. ``consent`` marks what the two say
    when they decide: it is asked for, and never keeps an advice back. ``in_time`` marks what
    nobody can be asked, as time will show it. ``roles`` and ``teams_only`` limit whom it
    concerns.
    """

    measure: str
    needed: str | None = None
    at_most: bool = False
    required: bool = True
    consent: bool = False
    in_time: bool = False
    roles: tuple[Role, ...] = ("mentor", "mentee", "peer")
    teams_only: bool = False


@frozen
class Step:
    """A stretch of a phase with its own cadence and its own conditions for going on."""

    cadence: Cadence
    conditions: tuple[Condition, ...]
    days_needed: str | None = None


@frozen
class Sign:
    """A sign that comes before the conditions, in the order of the phase's table.

    ``name`` names a function of the evidence that returns facts or nothing. ``to`` is a
    phase, or ``faster`` for the step before; ``enter`` the step to enter it at. ``after_long``
    is the phase to go to instead when the last meeting is very long ago. A sign that asks
    to go back waits for two held sessions after a step forward, unless it is ``urgent``. One with
    a ``standing`` is there only while it stands so on its date.
    """

    name: str
    move: AdviceMove
    to: str | None = None
    enter: int = 0
    after_long: str | None = None
    urgent: bool = False
    standing: Standing | None = None


@frozen
class Phase:
    """A phase: its steps, the cadences that fit it, what comes next, and its signs.

    ``asks`` is whether unknown conditions are worth asking about; ``both_decide`` whether
    a cadence needs both sides; ``touches_count`` whether a touch can stand for a meeting;
    ``fresh_start`` whether only what happened since its beginning counts in it.
    """

    name: str
    title: str
    steps: tuple[Step, ...]
    shortest: Cadence
    longest: Cadence
    then: str
    signs: tuple[Sign, ...]
    asks: bool = True
    both_decide: bool = False
    touches_count: bool = False
    fresh_start: bool = False
    late_days: str | None = None
    very_late_days: str | None = None
    ladder: tuple[Cadence, ...] = derived()

    def __post_init__(self) -> None:
        self.ladder = tuple(step.cadence for step in self.steps)  # type: ignore[misc]


@frozen
class Model:
    """A phase model: phases in order, each building on the one before."""

    name: str
    phases: tuple[Phase, ...]
    _order: dict[str, int] = derived()

    def __post_init__(self) -> None:
        self._order = {phase.name: i for i, phase in enumerate(self.phases)}  # type: ignore[misc]

    def phase(self, name: str) -> Phase:
        """Return the phase of that name; KeyError if the model has none."""
        return self.phases[self._order[name]]

    def has(self, name: str) -> bool:
        """Return whether the model has a phase of that name."""
        return name in self._order

    def order(self, name: str) -> int:
        """Return the phase's place in the model, from 0."""
        return self._order[name]


NUMBERS: dict[str, Number] = {
    "trust_needed": Number(4, "of 5", 3, 5),
    "trust_broken": Number(2, "of 5", 1, 2),
    "trust_drop": Number(2, "levels", 1, 4),
    "trusting_held": Number(1, "sessions", 1, 12),
    "trusting_talk_held": Number(4, "sessions", 2, 12),
    "trusting_talk_days": Number(60, "days", 14, 365),
    "weekly_held": Number(4, "sessions", 1, 12),
    "weekly_days": Number(28, "days", 7, 365),
    "weekly_actions": Number(60, "%", 0, 100),
    "fortnightly_held": Number(4, "sessions", 1, 12),
    "fortnightly_days": Number(56, "days", 7, 365),
    "fortnightly_actions": Number(70, "%", 0, 100),
    "fortnightly_agendas": Number(2, "of the last 3", 1, 3),
    "monthly_held": Number(3, "sessions", 1, 12),
    "monthly_days": Number(84, "days", 7, 730),
    "monthly_goals": Number(80, "%", 0, 100),
    "old_action_days": Number(30, "days", 1, 365),
    "old_actions_allowed": Number(0, "actions", 0, 20),
    "reliability_needed": Number(75, "%", 50, 100),
    "reliability_talk": Number(50, "%", 0, 75),
    "reliability_least": Number(4, "sessions", 2, 12),
    "actions_least": Number(3, "due actions", 1, 12),
    "actions_back": Number(40, "%", 0, 60),
    "actions_back_held": Number(3, "sessions", 1, 12),
    "called_off_talk": Number(3, "meetings", 2, 8),
    "energy_needed": Number(3, "of 5", 1, 5),
    "energy_low": Number(2, "of 5", 1, 4),
    "well_under_way_days": Number(28, "days", 1, 365),
    "drift_ratio": Number(1.75, "times", 1.25, 5),
    "stall_ratio": Number(3, "times", 1.5, 10),
    "gap_days": Number(180, "days", 60, 730),
    "renew_pause_days": Number(90, "days", 30, 365),
    "after_pause_days": Number(7, "days", 1, 60),
    "after_miss_days": Number(7, "days", 1, 30),
    "first_session_days": Number(7, "days", 1, 60),
    "no_session_days": Number(14, "days", 7, 90),
    "unplanned_touches": Number(2, "contacts", 1, 10),
    "unplanned_days": Number(60, "days", 14, 180),
    "maintenance_trust_first_days": Number(365, "days", 90, 1095),
    "maintenance_late_days": Number(30, "days", 7, 180),
    "maintenance_very_late_days": Number(90, "days", 14, 365),
    "missed_contacts": Number(2, "contacts", 1, 5),
    "hysteresis_held": Number(2, "sessions", 0, 10),
    "quiet_days": Number(90, "days", 30, 730),
    "window_weekly_days": Number(3, "days", 1, 3),
    "window_longest_days": Number(14, "days", 1, 30),
    "review_days": Number(182, "days", 30, 730),
    "horizon_days": Number(90, "days", 30, 365),
}

_TRUST = (
    Condition("my_trust", "trust_needed"),
    Condition("their_trust", "trust_needed"),
    Condition("members_met", teams_only=True),
)
_RELIABLE = Condition("reliability", "reliability_needed")

_URGENT = (
    Sign("trust_broken", "back", "trusting", urgent=True),
    Sign("breach", "back", "trusting", urgent=True),
)
_GONE_QUIET = Sign("gone_quiet", "talk", standing="quiet")
_MISSES = (
    Sign("misses_in_a_row", "talk"),
    Sign("misses_of_four", "talk"),
    Sign("unreliable", "talk"),
    Sign("called_off_again", "talk"),
)
_LOW_ENERGY = Sign("low_energy", "talk")
_TALK = (*_MISSES, Sign("trust_fell", "talk"), _LOW_ENERGY, Sign("drift", "talk"))
_LOST_TRUST_TALK = (Sign("trust_broken", "talk", urgent=True), Sign("breach", "talk", urgent=True))
_ENDING = (Sign("end_is_near", "close"), Sign("both_done", "close"), Sign("one_done", "talk"))

LAWRENCE = Model(
    name="lawrence",
    phases=(
        Phase(
            name="trusting",
            title="Trusting",
            steps=(
                Step(
                    Cadence(1, "w"),
                    (
                        Condition("held_in_step", "trusting_held"),
                        *_TRUST,
                        Condition("terms_agreed"),
                        Condition("goal_named"),
                        Condition("opened_up", required=False),
                    ),
                ),
            ),
            shortest=Cadence(1, "w"),
            longest=Cadence(3, "m"),
            then="learning",
            fresh_start=True,
            signs=(
                *_LOST_TRUST_TALK,
                *_ENDING,
                Sign("never_met", "ask"),
                _GONE_QUIET,
                *_TALK,
                Sign("trust_not_built", "talk"),
                Sign("terms_stale", "ask"),
            ),
        ),
        Phase(
            name="learning",
            title="Learning and Development",
            steps=(
                Step(
                    Cadence(1, "w"),
                    (
                        Condition("held_in_step", "weekly_held"),
                        Condition("days_in_step", "weekly_days"),
                        _RELIABLE,
                        *_TRUST,
                        Condition("actions_kept", "weekly_actions", in_time=True),
                        Condition("goal_moving"),
                        Condition("energy", "energy_needed"),
                    ),
                    days_needed="weekly_days",
                ),
                Step(
                    Cadence(2, "w"),
                    (
                        Condition("held_in_step", "fortnightly_held"),
                        Condition("days_in_step", "fortnightly_days"),
                        _RELIABLE,
                        Condition("actions_kept", "fortnightly_actions", in_time=True),
                        Condition("goal_well_under_way"),
                        Condition(
                            "mentee_agendas", "fortnightly_agendas", roles=("mentor", "mentee")
                        ),
                    ),
                    days_needed="fortnightly_days",
                ),
                Step(
                    Cadence(1, "m"),
                    (
                        Condition("held_in_step", "monthly_held"),
                        Condition("days_in_step", "monthly_days"),
                        Condition("goals_settled", "monthly_goals"),
                        Condition("my_old_actions", "old_actions_allowed", at_most=True),
                        Condition("both_ready", consent=True),
                        Condition("next_cadence_agreed", consent=True),
                    ),
                    days_needed="monthly_days",
                ),
            ),
            shortest=Cadence(1, "w"),
            longest=Cadence(3, "m"),
            then="maintenance",
            signs=(
                *_URGENT,
                Sign("long_gap", "back", "trusting", urgent=True),
                *_ENDING,
                _GONE_QUIET,
                *_TALK,
                Sign("stall", "talk"),
                Sign("terms_stale", "ask"),
                Sign("urgent_goal", "back", "faster"),
                Sign("actions_slipping", "back", "faster"),
            ),
        ),
        Phase(
            name="maintenance",
            title="Maintenance",
            steps=(Step(Cadence(6, "m"), (Condition("both_done"),)),),
            shortest=Cadence(3, "m"),
            longest=Cadence(12, "m"),
            then="close",
            asks=False,
            both_decide=True,
            touches_count=True,
            late_days="maintenance_late_days",
            very_late_days="maintenance_very_late_days",
            signs=(
                *_URGENT,
                Sign("someone_asks", "back", "learning", 1, "trusting", urgent=True),
                Sign("new_goal", "back", "learning", 1, "trusting"),
                *_ENDING,  # what both say weighs more than what may be read from two mails
                Sign("unplanned_contacts", "back", "learning", 1, "trusting"),
                Sign("trust_fell", "back", "learning", 1, "trusting"),
                Sign("contacts_missed", "close"),
                *_MISSES,
                _LOW_ENERGY,
                Sign("terms_stale", "ask"),
                Sign("cadence_unanswered", "ask"),
            ),
        ),
    ),
)


class Policy:
    """A model and the numbers in force, by their names."""

    def __init__(
        self,
        model: Model = LAWRENCE,
        numbers: dict[str, float] | None = None,
        version: str = RULES_VERSION,
    ) -> None:
        self.model, self.version = model, version
        self.numbers = numbers or {name: number.value for name, number in NUMBERS.items()}
        # How far back the rules look: no number asks for more than half of these meetings or
        # of these promises that were due.
        held = max(self.numbers[name] for name in NUMBERS if name.endswith("_held"))
        self.bounds = {
            "meetings": 2 * int(held),
            "promises": 2 * int(self.numbers["actions_least"]),
            "touch_days": int(self.numbers["unplanned_days"]),
        }


DEFAULT_POLICY = Policy()


def with_numbers(document: Mapping[str, Any], where: Callable[[str], str]) -> Policy:
    """Return the default policy with the numbers of a configuration's ``[rules]`` put in.

    ``where`` gives file and line of a key. Raises InvalidDocument naming them for anything
    unknown or out of bounds.
    """
    wanted = document.get("rules", {})
    if not isinstance(wanted, Mapping):
        raise InvalidDocument(f"{where('rules')}: 'rules' must be a section", "write [rules]")
    for name, value in wanted.items():
        key, number = f"rules.{name}", NUMBERS.get(name)
        if number is None:
            raise InvalidDocument(
                f"{where(key)}: unknown key '{key}'", f"known: {', '.join(NUMBERS)}"
            )
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise InvalidDocument(f"{where(key)}: '{key}' must be a number", f"in {number.unit}")
        if not number.low <= value <= number.high:
            raise InvalidDocument(
                f"{where(key)}: '{key}' is {value:g}, out of bounds",
                f"from {number.low:g} to {number.high:g} {number.unit}",
            )
    if not wanted:
        return DEFAULT_POLICY
    return Policy(LAWRENCE, {**DEFAULT_POLICY.numbers, **wanted}, f"{RULES_VERSION}+config")
