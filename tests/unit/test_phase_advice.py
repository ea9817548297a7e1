"""Whether to move on: every sign and every condition of the model, there and not there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from histories import (
    HEALTHY,
    TODAY,
    action,
    ago,
    agreed,
    booked,
    cancelled,
    closed,
    day,
    fortnightly,
    goal,
    held,
    history,
    look,
    maintenance,
    met,
    missed,
    monthly,
    moved,
    numbers,
    paused,
    plus,
    touch,
    trusting,
    weekly,
    without,
)

from mentorlog.dates import parse_cadence
from mentorlog.model import History, Member, replace
from mentorlog.phase.evidence import State
from mentorlog.phase.measures import MEASURES
from mentorlog.phase.policy import DEFAULT_POLICY, LAWRENCE
from mentorlog.phase.signs import SIGNS
from mentorlog.render.text import explanation


def says(outlook):
    """The advice in short: its move, where to and at which cadence."""
    advice = outlook.advice
    return advice.move, advice.to, str(advice.every) if advice.every else None


def whys(outlook):
    """The names of the reasons of the advice."""
    return [reason.why for reason in outlook.advice.reasons]


def state_of(outlook, name):
    """Whether a condition is met, not met or not known."""
    return next(c.state for c in outlook.conditions if c.name == name)


def pattern(base: History, marks: str, phase: str = "") -> History:
    """The history with its sessions replaced: one a day until yesterday, H held or M missed.

    In Maintenance one every two months, because meetings day by day are a sign of their own.
    """
    apart = 60 if phase == "maintenance" else 1
    days = [ago(1 + apart * i) for i in reversed(range(len(marks)))]
    sessions = [held(on) if m == "H" else missed(on) for m, on in zip(marks, days, strict=True)]
    return plus(without(base, "meetings"), sessions)


def at_gaps(base: History, *gaps: int) -> History:
    """The history with its sessions replaced by meetings that are so many days apart."""
    days = [ago(sum(gaps[i:]) + 1) for i in range(len(gaps) + 1)]
    return plus(without(base, "meetings", "agreements", "actions"), met(*days))


def settled(base: History) -> History:
    """The history with every goal reached, in its phase."""
    done = tuple(replace(g, states=(*g.states, (ago(12), "reached"))) for g in base.goals)
    return replace(base, goals=done)


# --- signs


@dataclass
class Case:
    """A history in which one sign is there, one that just misses it, and the advice."""

    there: History
    near: History
    advice: tuple[str, str | None, str | None]


PHASES = {"trusting": trusting, "learning": weekly, "maintenance": maintenance}
LOST_TRUST = {
    "trusting": ("talk", None, None),
    "learning": ("back", "trusting", "1w"),
    "maintenance": ("back", "trusting", "1w"),
}
ASK, TALK, CLOSE = ("ask", None, None), ("talk", None, None), ("close", "close", None)
TO_LEARNING = ("back", "learning", "2w")


def trust_broken(base, phase):
    near = plus(base, held(ago(3), trust=3), held(ago(2), their_trust=2, guess=True))
    return Case(plus(base, held(ago(3), trust=3), held(ago(2), trust=2)), near, LOST_TRUST[phase])


def breach(base, phase):
    near = plus(base, held(ago(-1), breach=True))
    return Case(plus(base, held(ago(2), breach=True)), near, LOST_TRUST[phase])


def end_is_near(base, phase):
    nominal = timedelta(days=int(look(base).state.cadence.days))
    there = plus(base, agreed(ago(2), until=TODAY + nominal))
    near = plus(base, agreed(ago(2), until=TODAY + nominal + timedelta(days=1)))
    return Case(there, near, CLOSE)


def both_done(base, phase):
    there = plus(settled(base), agreed(ago(2), by="me", ready_for="close"))
    there = plus(there, agreed(ago(1), by="them", ready_for="close"))
    near = plus(settled(base), agreed(ago(2), by="me", ready_for="close"))
    return Case(there, near, CLOSE)


def one_done(base, phase):
    there = plus(base, agreed(ago(2), by="me", ready_for="close"))
    both = plus(there, agreed(ago(1), by="them", ready_for="close"), goal(ago(90)))
    if phase != "maintenance":
        assert says(look(both)) == TALK, "what is to become of the open goal?"
        both = plus(base, agreed(ago(2), by="me", ready_for="maintenance"))
    return Case(there, both, TALK)


def never_met(base, phase):
    return Case(history(ago(14)), history(ago(13)), ASK)


def gone_quiet(base, phase):
    moves = [] if phase == "trusting" else [moved(ago(190), phase, "1w")]
    there, near = (history(ago(200), moves, held(ago(days))) for days in (97, 96))
    back = plus(history(ago(200), moves, held(ago(170))), paused(ago(70), ago(10)))
    assert "gone_quiet" not in whys(look(back))  # the first date after it is just over
    return Case(there, near, TALK)


def misses_in_a_row(base, phase):
    return Case(pattern(base, "HHHHMM", phase), pattern(base, "HHHHHM", phase), TALK)


def misses_of_four(base, phase):
    return Case(pattern(base, "HHHHMMHM", phase), pattern(base, "HHHHMHHM", phase), TALK)


def unreliable(base, phase):
    return Case(pattern(base, "MMMHMH"), pattern(base, "MMHHMH"), TALK)


def called_off_again(base, phase):
    def off(*days):
        return plus(base, *(cancelled(ago(n), short_notice=False) for n in days))

    assert "called_off_again" not in whys(look(plus(off(3, 2, 1), booked("2026-12-03"))))
    return Case(off(3, 2, 1), off(2, 1), TALK)


def trust_fell(base, phase):
    fallen = plus(base, held(ago(3), their_trust=5), held(ago(2), their_trust=3))
    near = plus(base, held(ago(3), their_trust=5), held(ago(2), their_trust=4))
    return Case(fallen, near, TO_LEARNING if phase == "maintenance" else TALK)


def low_energy(base, phase):
    tired = plus(base, held(ago(3), energy=2), held(ago(2), energy=1))
    return Case(tired, plus(base, held(ago(3), energy=2), held(ago(2), energy=3)), TALK)


def drift(base, phase):
    if phase == "trusting":
        base = replace(base, relationship=replace(base.relationship, started_on=ago(45)))
        rhythm = agreed(ago(45), "1w")
        there, near = (
            plus(at_gaps(base, 12, 13, 12), rhythm),
            plus(at_gaps(base, 12, 12, 12), rhythm),
        )
        return Case(there, near, TALK)
    return Case(at_gaps(base, 12, 13, 12), at_gaps(base, 12, 12, 12), TALK)


def trust_not_built(base, phase):
    four = plus(base, held(ago(2), trust=3))
    return Case(four, plus(trusting_of_three(), held(ago(2), trust=3)), TALK)


def test_signs_at_their_borders():
    """Each is there on one side of its border and not on the other; as are the facts in it."""
    base = history(ago(150), moved(ago(140), "learning", "1w"))

    def there(sign, *records, of=base):
        return sign in whys(look(plus(of, *records)))

    assert there("unreliable", of=pattern(base, "MMHM"))
    assert not there("unreliable", of=pattern(base, "MHM"))
    row = look(pattern(base, "HHHHMM")).advice.reasons[0].facts
    assert row == {"missed": 2, "held": 4, "planned": 6, "by": "them"}
    of_both = [held(ago(3)), missed(ago(2), "me"), missed(ago(1), "them")]
    assert look(plus(base, of_both)).advice.reasons[0].facts["by"] is None
    tired = [held(ago(12), energy=1), held(ago(2), energy=1)]
    assert there("low_energy", *tired)
    assert not there("low_energy", *tired, of=history(ago(150), moved(ago(12), "learning", "1w")))
    slow = met(ago(39), ago(26), ago(13), ago(0))
    assert there("drift", slow, agreed(ago(39), "1w"))
    assert not there("drift", slow, agreed(ago(38), "1w"))
    assert there("drift", met(ago(52), ago(41), ago(31), ago(1)))
    assert not there("drift", met(ago(51), ago(41), ago(31), ago(1))), "one long gap in a rhythm"
    old = history(ago(500), moved(ago(490), "learning", "1w"))
    assert there("drift", met(ago(204), ago(24), ago(12), ago(0)), of=old)
    assert not there("drift", met(ago(205), ago(24), ago(12), ago(0)), of=old)
    idle = met(*(ago(n) for n in range(139, 0, -7)))
    assert there("stall", idle, goal(ago(140)))
    assert not there("stall", idle)
    low = history(ago(70), touch(ago(2), trust=3))
    assert not there("trust_not_built", of=low), "they have not met"
    assert not there("trust_broken", held(ago(2), trust=2), of=history(ago(20)))
    assert there("trust_broken", held(ago(2), trust=2))
    late = [action(ago(30), "them", ago(n)) for n in (9, 8, 7)]
    assert there("actions_slipping", late, of=without(fortnightly(), "actions"))
    assert not there("actions_slipping", late, of=without(weekly(), "actions")), "no faster step"
    more = [held(ago(20)), touch(ago(10)), held(ago(2))]
    assert there("unplanned_contacts", more, of=maintenance())
    assert not there("unplanned_contacts", more[1:], of=maintenance()), "one may be the planned one"
    done = agreed(ago(1), ready_for="close")
    assert there("both_done", done, goal(ago(9), (ago(2), "reached")))
    assert not there("both_done", done, goal(ago(9)))
    told = [held(ago(5), breach=True), agreed(ago(4), terms="again"), held(ago(3))]
    assert there("breach", told)
    assert not there("breach", told, held(ago(2))), "both renewed the terms, and met twice since"
    assert there("breach", told[0], met(ago(3), ago(2)))
    assert not there("breach", told[:2], of=history(ago(20))), "trust is being built anyway"
    entered = look(maintenance()).state.entered_on
    assert there("cadence_unanswered", agreed(entered, "1y", "me"), of=maintenance())
    assert not there("cadence_unanswered", agreed(ago(1, entered), "1y", "me"), of=maintenance())


def test_trust_that_still_grows_is_given_its_60_days():
    """Four meetings and 2, then 3 of 5 are on the way, until the phase has been long."""
    records = history(ago(59), held(ago(50), trust=2), met(ago(40), ago(30)))
    growing = plus(records, held(ago(2), trust=3))
    assert "trust_not_built" not in whys(look(growing))
    assert "trust_not_built" in whys(look(plus(records, held(ago(2), trust=2))))
    fell = plus(records, held(ago(20), trust=4), held(ago(2), trust=3))
    assert "trust_not_built" in whys(look(fell))
    started = replace(growing.relationship, started_on=ago(60))
    assert "trust_not_built" in whys(look(replace(growing, relationship=started)))


def trusting_of_three() -> History:
    """Trusting with two meetings, so that a third is not yet long."""
    base = trusting()
    return replace(base, meetings=base.meetings[1:])


def stall(base, phase):
    def idle(days):
        entered = moved(ago(days), "learning", "1w")
        sessions = met(*(ago(n) for n in range(days - 1, 0, -7)))
        return history(ago(200), entered, sessions, goal(ago(150)))

    return Case(idle(84), idle(83), TALK)


def long_gap(base, phase):
    there, near = (plus(without(base, "meetings", "moves"), moved(ago(300), "learning", "1w"),
                        held(ago(days)), action(ago(9))) for days in (181, 180))  # fmt: skip
    return Case(there, near, ("back", "trusting", "1w"))


def terms_stale(base, phase):
    there = plus(base, paused(ago(96), ago(6)))
    return Case(there, plus(base, paused(ago(95), ago(6))), ASK)


def urgent_goal(base, phase):
    there = plus(fortnightly(), goal(ago(2), urgent=True))
    return Case(there, plus(fortnightly(), goal(ago(2))), ("back", "learning", "1w"))


def actions_slipping(base, phase):
    base = without(fortnightly(), "actions")
    due = [ago(20), ago(15), ago(10), ago(5), ago(2)]
    promises = [action(ago(50), "me", on, on) for on in due[:2]]
    there = plus(base, promises[:1], [action(ago(50), "them", on) for on in due[1:3]])
    near = plus(base, promises, [action(ago(50), "them", on) for on in due[2:]])
    return Case(there, near, ("back", "learning", "1w"))


def someone_asks(base, phase):
    entered = look(base).state.entered_on
    there = plus(base, agreed(ago(2), by="them", ready_for="learning"))
    return Case(there, plus(base, agreed(entered, ready_for="learning")), TO_LEARNING)


def new_goal(base, phase):
    entered = look(base).state.entered_on
    return Case(plus(base, goal(ago(2))), plus(base, goal(entered)), TO_LEARNING)


def unplanned_contacts(base, phase):
    there = plus(base, touch(ago(59)), touch(ago(2)))
    return Case(there, plus(base, touch(ago(60)), touch(ago(2))), TO_LEARNING)


def contacts_missed(base, phase):
    there, near = (
        history("2025-01-01", moved("2025-05-01", "maintenance", "6m"), held(last))
        for last in ("2025-11-01", "2025-11-02")
    )
    return Case(there, near, CLOSE)


def cadence_unanswered(base, phase):
    there = plus(base, agreed(ago(2), "1y", "me"))
    return Case(there, plus(base, agreed(ago(2), "1y", "both")), ASK)


SIGN_CASES: dict[str, Callable[[History, str], Case]] = {
    case.__name__: case
    for case in (
        trust_broken, breach, end_is_near, both_done, one_done, never_met, gone_quiet,
        misses_in_a_row, misses_of_four, unreliable, called_off_again, trust_fell, low_energy,
        drift, stall, trust_not_built,
        long_gap, terms_stale, urgent_goal, actions_slipping, someone_asks, new_goal,
        unplanned_contacts, contacts_missed, cadence_unanswered,
    )
}  # fmt: skip

MODEL_SIGNS = [(phase, sign) for phase in LAWRENCE.phases for sign in phase.signs]
SIGN_IDS = [f"{phase.name}-{sign.name}" for phase, sign in MODEL_SIGNS]


def test_every_sign_has_a_case():
    """A sign that is added to the model without a case here fails."""
    assert {sign.name for _, sign in MODEL_SIGNS} == set(SIGN_CASES) == set(SIGNS)


@pytest.mark.parametrize(("phase", "sign"), MODEL_SIGNS, ids=SIGN_IDS)
def test_a_sign_that_is_there_decides(phase, sign):
    """A sign comes before the conditions, with its move and a sentence of its own."""
    case = SIGN_CASES[sign.name](PHASES[phase.name](), phase.name)
    found = look(case.there)
    assert found.state.phase == phase
    assert whys(found)[0] == sign.name
    assert says(found) == case.advice
    assert case.advice[0] == sign.move
    assert len("\n".join(explanation(found))) > 100


@pytest.mark.parametrize(("phase", "sign"), MODEL_SIGNS, ids=SIGN_IDS)
def test_a_sign_that_is_nearly_there_does_not(phase, sign):
    """Just short of its bounds a sign says nothing."""
    case = SIGN_CASES[sign.name](PHASES[phase.name](), phase.name)
    found = look(case.near)
    assert found.state.phase == phase
    assert sign.standing or SIGNS[sign.name](found.state) is None
    assert sign.name not in whys(found)


def test_several_signs_are_all_said_and_the_first_decides():
    """The first sign of the phase's table decides; the others are said as well."""
    found = look(plus(weekly(), missed(ago(3)), missed(ago(2)), held(ago(1), trust=1, breach=True)))
    assert whys(found)[:2] == ["trust_broken", "breach"]
    assert "trust_fell" in whys(found)
    assert says(found) == ("back", "trusting", "1w")


def test_a_broken_confidence_is_settled_where_terms_are_renewed():
    """In Trusting both agreeing the terms again ends the talk; one side, or before, does not."""
    broken = plus(trusting(), held(ago(9), breach=True))
    both, mine = (agreed(ago(5), terms="ours", by=by) for by in ("both", "me"))
    before = agreed(ago(12), terms="ours")
    renewed = [whys(look(plus(broken, *terms)))[:1] for terms in ([], [mine], [before], [both])]
    assert renewed[:3] == [["breach"]] * 3
    assert renewed[3] != ["breach"]


# --- conditions

MODEL_CONDITIONS = [
    (phase.name, n, condition)
    for phase in LAWRENCE.phases
    for n, step in enumerate(phase.steps)
    for condition in step.conditions
]


def no_goals(base):
    return without(base, "goals")


def dead_goal(base):
    return replace(base, goals=tuple(replace(g, states=()) for g in base.goals))


def one_ready(base):
    ready = agreed("2026-11-01", "6m", "me", ready_for="maintenance")
    return plus(without(base, "agreements"), ready)


def quiet(name):
    """A change that takes one signal out of every session."""

    def change(base):
        if name in ("my_trust", "their_trust"):
            return replace(base, **{name: ()})
        return replace(base, meetings=tuple(replace(s, **{name: None}) for s in base.meetings))

    return change


def old_promise(base):
    return plus(base, action(ago(31), "me"))


def few(base):
    """Fewer meetings than any step needs, the last one not long ago."""
    kept = base.meetings[-1:] if base.moves else ()
    young = replace(base.relationship, started_on=ago(9))
    return replace(base, meetings=kept, relationship=base.relationship if base.moves else young)


def with_members(base, *joined):
    """The history as one of several people, who joined so many days ago."""
    people = tuple(Member(n, f"M{n}", ago(days)) for n, days in enumerate(joined, 1))
    return replace(base, members=people)


def set_by_me(base):
    return replace(base, meetings=tuple(replace(s, agenda="me") for s in base.meetings))


# What makes each condition not met, and not known; None where it cannot be.
CONDITION_CASES: dict[str, tuple[Callable | None, Callable | None]] = {
    "held_in_step": (few, None),
    "days_in_step": (lambda h: replace(h, moves=(replace(h.moves[-1], on=ago(6)),)), None),
    "reliability": (lambda h: pattern(h, "HHHMHHM"), lambda h: without(h, "meetings")),
    "my_trust": (lambda h: plus(h, held(ago(2), trust=3)), quiet("my_trust")),
    "their_trust": (lambda h: plus(h, held(ago(2), their_trust=3)), quiet("their_trust")),
    "terms_agreed": (
        None,
        lambda h: plus(without(h, "agreements"), agreed(ago(9), by="them", terms="ours")),
    ),
    "goal_named": (None, no_goals),
    "opened_up": (
        lambda h: replace(h, meetings=tuple(replace(s, opened_up="none") for s in h.meetings)),
        quiet("opened_up"),
    ),
    "actions_kept": (
        lambda h: plus(h, [action(ago(40), "them", ago(n)) for n in range(2, 5)]),
        lambda h: replace(h, actions=h.actions[:2]),
    ),
    "goal_moving": (dead_goal, no_goals),
    "goal_well_under_way": (
        lambda h: replace(h, goals=(replace(h.goals[0], states=((ago(27), "moving"),)),)),
        no_goals,
    ),
    "goals_settled": (lambda h: plus(h, goal("2026-02-01", ("2026-03-01", "moving"))), no_goals),
    "members_met": (lambda h: with_members(h, 5, 1), None),
    "energy": (lambda h: plus(h, held(ago(2), energy=2)), quiet("energy")),
    "mentee_agendas": (set_by_me, quiet("agenda")),
    "my_old_actions": (old_promise, None),
    "both_ready": (None, one_ready),
    "next_cadence_agreed": (None, lambda h: without(h, "agreements")),
    "both_done": (None, lambda h: without(h, "agreements")),
}  # fmt: skip


def conditions_with(case: int):
    """Run a test for every condition that can be so: 0 for not met, 1 for not known."""
    able = [found for found in MODEL_CONDITIONS if CONDITION_CASES[found[2].measure][case]]
    ids = [f"{phase}-{n}-{condition.measure}" for phase, n, condition in able]
    return pytest.mark.parametrize(("phase", "step", "condition"), able, ids=ids)


def healthy(phase: str, step: int) -> History:
    """A history in which every condition of the step is met and no sign is there."""
    base = HEALTHY[phase, step]()
    if phase == "maintenance":  # an open goal, so that it is the conditions that decide
        return plus(base, goal("2025-03-01"), agreed(ago(9), ready_for="close"))
    return base


def test_every_condition_has_a_case():
    """A condition that is added to the model without a case here fails."""
    assert {c.measure for *_, c in MODEL_CONDITIONS} == set(CONDITION_CASES) == set(MEASURES)


@pytest.mark.parametrize(
    ("phase", "step", "advice"),
    [
        ("trusting", 0, ("advance", "learning", "1w")),
        ("learning", 0, ("advance", "learning", "2w")),
        ("learning", 1, ("advance", "learning", "1m")),
        ("learning", 2, ("advance", "maintenance", "6m")),
        ("maintenance", 0, ("close", "close", None)),
    ],
)
def test_where_all_is_known_and_met_the_next_step_is_advised(phase, step, advice):
    """With every condition met the advice is the next step of the design's table."""
    found = look(healthy(phase, step))
    assert (found.state.phase.name, found.state.step) == (phase, step)
    assert {c.state for c in found.conditions} == {"met"}
    assert says(found) == advice


@conditions_with(0)
def test_a_condition_that_is_not_met_means_stay(phase, step, condition):
    """One required condition that is known and not met is enough to stay."""
    found = look(CONDITION_CASES[condition.measure][0](healthy(phase, step)))
    assert (found.state.phase.name, found.state.step) == (phase, step)
    assert state_of(found, condition.measure) == "not-met"
    if condition.required:
        assert found.advice.move in ("stay", "talk")
        assert found.advice.move == "talk" or whys(found) in (["not_yet"], ["no_meeting_yet"])
    else:
        assert found.advice.move == "advance"


@conditions_with(1)
def test_a_condition_that_is_not_known_neither_passes_nor_fails(phase, step, condition):
    """What is not known is asked; in Maintenance, where nothing is owed, it is left alone."""
    found = look(CONDITION_CASES[condition.measure][1](healthy(phase, step)))
    assert state_of(found, condition.measure) == "not-known"
    others = {c.state for c in found.conditions if c.required}
    if not condition.required:
        assert found.advice.move == "advance"
    elif "not-met" in others:  # without sessions there is more that is missing
        assert whys(found) in (["not_yet"], ["no_meeting_yet"], ["long_gap"])
    elif condition.consent:
        assert (found.advice.move, whys(found)) == ("advance", ["consent_open"])
    elif condition.in_time:
        assert (says(found), whys(found)) == (("stay", None, None), ["in_time"])
    elif phase == "maintenance":
        assert (says(found), whys(found)) == (("stay", None, None), ["as_agreed"])
    else:
        assert (says(found), whys(found)) == (ASK, ["unknown"])


def test_a_rhythm_that_has_stopped_is_no_readiness_for_a_slower_one():
    """With everything met, two intervals without a meeting keep the advance back."""
    assert says(look(weekly(), "2026-12-07")) == ("advance", "learning", "2w")
    stopped = look(weekly(), "2026-12-08")
    assert (says(stopped), whys(stopped)) == (("stay", None, None), ["meet_first"])


def test_after_a_pause_two_meet_before_they_slow_down():
    """What was there before a break is looked at again with the first meeting after it."""
    back = plus(weekly(), paused(ago(6), ago(1)))
    assert (says(look(back)), whys(look(back))) == (("stay", None, None), ["just_back"])
    sooner = plus(trusting(), paused(ago(2), ago(1)))
    assert says(look(sooner)) == says(look(trusting())), "it is no slower step"
    again = plus(back, held("2026-12-01"))
    assert says(look(again)) == ("advance", "learning", "2w")


def test_trusting_begins_anew_after_a_long_gap():
    """One meeting with trust and terms of its own is enough then, and told why; none before."""
    old = [held("2026-01-08", trust=5, their_trust=5), goal("2026-01-02")]
    then = history("2026-01-01", agreed("2026-01-08", terms="between us"), *old)
    back = plus(then, held("2026-08-10"))
    found = look(back, "2026-08-10")
    assert (says(found), whys(found)) == (ASK, ["unknown", "afresh"])
    assert "After the long gap (from Thu 8 Jan 2026)" in "".join(explanation(found))
    renewed = agreed("2026-08-09", terms="as before")
    told = plus(then, renewed, held("2026-08-10", trust=4, their_trust=4))
    assert says(look(told, "2026-08-10")) == ("advance", "learning", "1w")
    sooner = plus(then, held("2026-07-07"))  # 180 days are no long gap
    assert says(look(sooner, "2026-07-07")) == ("advance", "learning", "1w")
    away = plus(then, paused("2026-01-10", "2026-07-20"))
    assert [c.name for c in look(away, "2026-07-21").conditions if c.state == "met"] == [
        "goal_named"
    ]
    late = agreed("2026-01-09", terms="written up a day later")
    assert "terms_agreed" in [
        c.name for c in look(plus(back, late), "2026-08-10").conditions if c.state == "not-known"
    ]
    many = plus(back, met(*(ago(n, day("2026-11-01")) for n in range(0, 70, 7))))
    hidden = {c.name: c.state for c in look(many, "2026-11-01").conditions}
    assert hidden["my_trust"] == "not-known", "however many meetings hide the gap"
    days = [ago(n, day("2026-11-01")) for n in range(0, 301, 7)]
    steady = plus(then, agreed("2026-01-05", terms="ours"), met(*days[8:]), met(*days[:8],
                  trust=5, their_trust=5))  # fmt: skip
    assert says(look(steady, "2026-11-01"))[0] == "advance", "terms do not age without a gap"
    misses = plus(then, missed("2026-01-15"), missed("2026-01-22"), held("2026-08-10"))
    assert whys(look(misses, "2026-08-10")) == ["unknown", "afresh"]
    low = plus(then, held("2026-08-10", trust=3))  # and so do its sixty days
    assert "trust_not_built" not in whys(look(low, "2026-10-08"))
    assert "trust_not_built" in whys(look(low, "2026-10-09"))


def test_what_lies_before_a_move_to_trusting_is_not_asked_for_twice():
    """A gap that ends after the move is that of the phase before."""
    base = history("2025-01-01", moved("2025-02-01", "learning", "1w"), held("2026-01-08"))
    back = plus(base, moved("2026-08-01", "trusting"), goal("2026-08-01"))
    back = plus(back, agreed("2026-08-01", terms="as before"), held("2026-08-10"))
    told = plus(back, held("2026-08-17", trust=4, their_trust=4))
    assert says(look(told, "2026-08-17")) == ("advance", "learning", "1w")
    assert whys(look(back, "2026-08-10")) == ["unknown"]


def test_who_never_met_in_learning_is_spoken_of_too():
    """As a silence since the phase began; in Trusting the question is another one."""
    never = history(ago(190), moved(ago(120), "learning", "1w"))
    assert (look(never).timing.standing, whys(look(never))[0]) == ("quiet", "gone_quiet")
    assert whys(look(history(ago(120)))) == ["never_met"]


def test_what_both_say_weighs_more_than_two_mails():
    """Where both say that it is done it is to end well, however much they wrote of late."""
    wrote = plus(settled(maintenance()), touch(ago(50)), touch(ago(2)))
    assert whys(look(wrote))[0] == "unplanned_contacts"
    done = plus(wrote, agreed(ago(1), ready_for="close"))
    assert says(look(done)) == CLOSE
    assert says(look(plus(done, goal("2025-06-15")))) == CLOSE, "nor is a goal of before in its way"


def test_a_way_back_that_is_too_early_is_said_to_be():
    """A new goal right after the move into Maintenance waits, and the answer says for what."""
    early = history("2025-05-01", moved("2026-01-10", "maintenance", "6m"), held("2026-07-08"))
    found = look(plus(early, goal("2026-08-10")), "2026-08-10")
    assert (says(found), whys(found)) == (("stay", None, None), ["just_moved"])


def test_a_way_back_over_trusting_says_why():
    """After more than twelve months the sign leads there, and its sentence does not tell it."""
    long = plus(maintenance(), goal("2027-06-20"))
    assert whys(look(long, "2027-06-20"))[:2] == ["new_goal", "trust_first"]
    assert "trust_first" not in whys(look(long, "2027-06-15"))


def test_a_touch_in_maintenance_answers_misses():
    """Who has spoken since is asked no more if all is well."""
    two = plus(maintenance(), missed(ago(30)), missed(ago(20)))
    assert whys(look(two))[0] == "misses_in_a_row"
    assert says(look(plus(two, touch(ago(10)))))[0] == "stay"
    off = plus(maintenance(), *(cancelled(ago(n), short_notice=False) for n in (30, 20, 10)))
    assert whys(look(off))[0] == "called_off_again"
    assert says(look(plus(off, touch(ago(9)))))[0] == "stay"


def test_terms_are_stale_after_the_last_long_pause():
    """A short one after it takes nothing away, and who never agreed any is not told "again"."""
    twice = plus(weekly(), paused(ago(96), ago(6)), paused(ago(3), ago(2)))
    assert "terms_stale" in whys(look(twice))
    base = history(ago(200), held(ago(190)))
    rest = paused(ago(110), ago(5))
    assert "terms_stale" not in whys(look(plus(base, rest)))
    agreed_once = plus(base, agreed(ago(190), terms="between us"), rest)
    found = look(agreed_once)
    assert whys(found)[0] == "terms_stale"
    assert "terms_agreed" in [c.name for c in found.conditions if c.state == "not-known"]
    again = plus(base, closed(ago(110), "dormant", reopened=ago(5)), agreed(ago(150), "1w"))
    assert "It was closed for 3 months." in "".join(explanation(look(again)))


def test_a_missed_meeting_is_no_silence_that_was_agreed():
    """In Maintenance, while the new try is ahead."""
    back = plus(maintenance(), agreed("2026-06-16", "6m"))
    assert whys(look(without(back, "agreements"), "2026-12-05")) == ["as_agreed"]
    tried = look(plus(without(back, "agreements"), missed("2026-12-04")), "2026-12-05")
    assert whys(tried) == ["as_it_is"]


def test_what_leads_back_need_not_wait_for_the_date_of_a_slow_rhythm():
    """The date is of the rhythm until a move is recorded; the page says that it may be sooner."""
    said = "That need not wait until Sun 9 May 2027: mentorlog book Ana DAY"
    broken = plus(maintenance(), held("2026-11-09", trust=2))
    assert said in explanation(look(broken))
    assert said not in explanation(look(plus(broken, booked("2027-05-09"))))
    assert "need not wait" not in "".join(explanation(look(plus(weekly(), held(ago(1), trust=2)))))
    ending = plus(maintenance(), agreed(ago(1), until="2027-01-20"))
    assert "need not wait" not in "".join(explanation(look(ending)))


def test_a_day_is_paused_once():
    """A closing in a pause, or a pause in a closing, takes no day out twice."""
    base = history("2026-10-01", moved("2026-10-25", "learning", "1w"), held("2026-10-25"))
    resting = plus(base, paused("2026-11-01", "2026-11-24"),
                   closed("2026-11-10", "dormant", reopened="2026-11-20"))  # fmt: skip
    found = next(c for c in look(resting).conditions if c.name == "days_in_step")
    assert found.value == 37 - 24


def test_one_long_gap_is_no_drift():
    """A summer between two weeks that were kept says nothing of the rhythm."""
    base = history(ago(150), moved(ago(140), "learning", "1w"))
    assert "drift" not in whys(look(plus(base, met(ago(92), ago(85), ago(78), ago(8)))))
    assert "drift" not in whys(look(plus(base, met(ago(92), ago(85), ago(77), ago(8)))))
    assert "drift" in whys(look(plus(base, met(ago(92), ago(81), ago(70), ago(8)))))


def test_a_goal_of_which_nothing_was_noted_for_long_stands_still():
    """Three times the days of the step without a word on any goal is a stall, until one is said."""
    base = history(ago(120), moved(ago(100), "learning", "1w"), met(*map(ago, range(96, 1, -7))))
    said = "mentorlog goal ID --state moving"
    idle = look(plus(base, goal(ago(110), (ago(84), "moving"))))
    assert "stall" in whys(idle) and said in "".join(explanation(idle))
    assert "stall" not in whys(look(plus(base, goal(ago(110), (ago(83), "moving")))))
    again = goal(ago(110), (ago(84), "moving"), (ago(3), "moving"))
    assert "stall" not in whys(look(plus(base, again)))
    old = goal(ago(110), (ago(84), "moving"))
    assert "stall" not in whys(look(plus(base, old, goal(ago(27)))))
    assert "stall" in whys(look(plus(base, old, goal(ago(28)))))


def test_a_promise_is_not_old_before_its_day():
    """What is promised for the next meeting of a slow rhythm keeps nothing back."""
    ready = plus(monthly(), action(ago(60), "me", due="2026-12-02"))
    assert state_of(look(ready), "my_old_actions") == "met"
    assert state_of(look(ready, "2026-12-02"), "my_old_actions") == "not-met"


def test_what_is_ones_own_is_said_as_ones_own():
    """Nobody is asked what changed for them where the trust or the missing was the owner's."""
    mine = plus(weekly(), missed(ago(2), by="me"), missed(ago(1), by="me"), held(ago(3), trust=2))
    theirs = plus(weekly(), missed(ago(2)), missed(ago(1)), held(ago(3), their_trust=2))
    own, other = ("\n".join(explanation(look(h))) for h in (mine, theirs))
    assert "say what would help" in own and "ask what would help" in other
    assert "They were yours: say a word about it" in own
    assert "Ask kindly if all is well" in other


def test_paused_days_are_no_part_of_a_step():
    """A step is as old as the days that were not paused."""
    whole, resting = weekly(), plus(weekly(), paused("2026-11-01", "2026-11-11"))
    days = [
        next(c.value for c in look(h).conditions if c.name == "days_in_step")
        for h in (whole, resting)
    ]
    assert days == [42, 31]


def test_the_rhythm_two_people_live_is_offered_where_none_was_agreed():
    """Dates alone, two weeks apart, are met with the command that makes them the interval."""
    lived = history("2026-09-01", met("2026-10-13", "2026-10-27", "2026-11-10", "2026-11-24"))
    assert "mentorlog agree Ana --every 2w" in "\n".join(explanation(look(lived)))
    agreed_on = plus(lived, agreed("2026-11-24", "2w"))
    assert "agree Ana" not in "\n".join(explanation(look(agreed_on)))


def test_what_is_asked_for_is_put_into_the_last_meeting():
    """The command for a missing value changes the last meeting; it invents no other."""
    said = "\n".join(explanation(look(quiet("their_trust")(trusting()))))
    assert "To record it: mentorlog edit s3 --their-trust 1-5" in said
    assert "Ask: Ana's trust is not known." in said


NUMERIC = [(p, n, c) for p, n, c in MODEL_CONDITIONS if c.needed]


@pytest.mark.parametrize(
    ("phase", "step", "condition"), NUMERIC, ids=[f"{p}-{n}-{c.measure}" for p, n, c in NUMERIC]
)
def test_a_number_that_is_reached_exactly_is_met(phase, step, condition):
    """The number needed is the first that passes, for a bound above the last."""
    base = healthy(phase, step)
    value = MEASURES[condition.measure](State(base, DEFAULT_POLICY, TODAY))
    short = value - 1 if condition.at_most else value + 1
    exact = look(base, policy=numbers(**{condition.needed: value}))
    missing = look(base, policy=numbers(**{condition.needed: short}))
    assert state_of(exact, condition.measure) == "met"
    assert state_of(missing, condition.measure) == "not-met"


def test_the_two_sides_are_apart_and_the_lower_one_decides():
    """Five on one side does not make up for three on the other."""
    found = look(plus(weekly(), held(ago(2), trust=5, their_trust=3)))
    assert (state_of(found, "my_trust"), state_of(found, "their_trust")) == ("met", "not-met")
    assert says(found) == ("stay", None, None)


def test_two_values_of_one_day_count_as_the_lower():
    """Of two trust values of one day and side the lower one stands."""
    found = look(plus(weekly(), held(ago(2), trust=5), held(ago(2), trust=3)))
    assert state_of(found, "my_trust") == "not-met"


def test_dates_alone_give_a_date_and_a_question():
    """A journal of dates only is neither passed nor failed."""
    found = look(history("2026-10-01", met("2026-11-03", "2026-11-10", "2026-11-17")), "2026-11-18")
    assert says(found) == ASK
    assert found.timing.next_on == day("2026-11-24")
    assert {c.state for c in found.conditions} == {"met", "not-known"}


def test_a_peer_has_no_mentee_to_set_the_agenda():
    """Between peers nobody is the mentee, so there is no such condition."""
    base = quiet("agenda")(fortnightly())
    peers = replace(base, relationship=replace(base.relationship, role="peer"))
    assert says(look(base)) == ASK
    assert says(look(peers)) == ("advance", "learning", "1m")
    assert "mentee_agendas" not in {c.name for c in look(peers).conditions}


@pytest.mark.parametrize(
    ("role", "setter", "agendas", "known"),
    [
        ("mentor", "them", 3, "met"),
        ("mentor", "me", 3, "not-met"),
        ("mentee", "me", 3, "met"),
        ("mentee", "them", 3, "not-met"),
        ("mentor", "them", 2, "met"),
        ("mentor", "them", 1, "not-known"),
        ("mentor", "me", 2, "not-known"),
    ],
)
def test_the_agenda_is_the_mentees(role, setter, agendas, known):
    """Two of the last three agendas are the mentee's, whichever side that is."""
    base = fortnightly()
    sessions = quiet("agenda")(base).meetings
    last = tuple(replace(s, agenda=setter) for s in sessions[-agendas:])
    changed = replace(
        base,
        relationship=replace(base.relationship, role=role),
        meetings=(*sessions[:-agendas], *last),
    )
    assert state_of(look(changed), "mentee_agendas") == known


@pytest.mark.parametrize(
    ("due", "done", "value"),
    [
        ([5, 4], [5, 4], None),
        ([5, 4, 3], [5, 4, 3], 100),
        ([5, 4, 3], [5], 33),
        ([5, 4, 0], [5, 4, 0], 100),
        ([5, 4, 0], [5, 4], None),
        ([5, 4, -1], [5, 4], None),
        ([90, 5, 4], [90, 5, 4], None),
    ],
)
def test_actions_count_from_three_due_on(due, done, value):
    """A promise counts once its day is over, or it is done; before three nothing is known."""
    promises = [action(ago(90), "me", ago(n), ago(n) if n in done else None) for n in due]
    found = look(plus(without(weekly(), "actions"), promises))
    kept = next(c for c in found.conditions if c.name == "actions_kept")
    assert kept.value == value


@pytest.mark.parametrize(
    ("marks", "value"),
    [("H", 100), ("HM", 50), ("HHHM", 75), ("HHM", 66), ("HHHHHHHHM", 88), ("", None)],
)
def test_reliability_is_held_of_all_that_counted(marks, value):
    """Reliability is held of held, no-shows and late cancellations, rounded down."""
    found = look(pattern(weekly(), marks))
    reliability = next(c for c in found.conditions if c.name == "reliability")
    assert reliability.value == value


# --- not ready, though it may look so


def test_drift_is_never_readiness():
    """A pair that meets every two weeks instead of weekly is not told to slow down."""
    base = weekly()
    gaps = at_gaps(base, 13, 13, 13)
    frank = tuple(replace(s, energy=4) for s in gaps.meetings)
    gaps = replace(gaps, meetings=frank, actions=base.actions)
    found = look(gaps)
    assert whys(found) == ["drift"]
    assert says(found) == TALK
    assert state_of(found, "held_in_step") == "met"


def test_paused_days_are_no_drift():
    """A gap that a pause explains is not drift."""
    base = at_gaps(weekly(), 12, 13, 12)
    assert whys(look(base)) == ["drift"]
    assert "drift" not in whys(look(plus(base, paused(ago(20), ago(14)))))


def test_without_an_agreement_there_is_nothing_to_drift_from():
    """The phase's own step is a proposal; nobody drifts from it."""
    found = look(history(ago(60), met(ago(46), ago(33), ago(20), ago(7))))
    assert "drift" not in whys(found)


def test_a_new_step_begins_with_nothing_held_in_it():
    """Meetings before a step do not count for it."""
    found = look(plus(weekly(), moved(ago(2), "learning", "2w")))
    counted = next(c for c in found.conditions if c.name == "held_in_step")
    assert (counted.value, says(found)) == (0, ("stay", None, None))


# --- hysteresis


def test_after_a_step_back_two_meetings_come_before_an_advance():
    """After a move back no advance is advised for two held meetings."""
    base = replace(trusting(), moves=())
    back = plus(history("2026-01-01", moved("2026-02-01", "learning", "1w")),
                moved("2026-11-09", "trusting", "1w"), base.agreements, base.goals)  # fmt: skip
    one = plus(back, held("2026-11-18", trust=5, their_trust=5))
    assert (says(look(one)), whys(look(one))) == (("stay", None, None), ["just_moved"])
    two = plus(one, held("2026-11-24"))
    assert says(look(two)) == ("advance", "learning", "1w")


def test_after_an_advance_two_meetings_come_before_a_step_back():
    """After a move ahead no step back is advised for two held meetings."""
    base = history(
        "2026-01-01",
        moved("2026-02-01", "learning", "1w"),
        moved("2026-11-01", "learning", "2w"),
        goal("2026-11-20", urgent=True),
    )
    one = plus(base, held("2026-11-17"))
    assert look(one).advice.move != "back"
    two = plus(one, held("2026-11-24"))
    assert says(look(two)) == ("back", "learning", "1w")


def test_lost_trust_waits_for_nothing():
    """Trust of 2 or less goes back at once, also right after an advance."""
    base = history("2026-01-01", moved("2026-11-01", "learning", "1w"), held(ago(2), trust=2))
    assert says(look(base)) == ("back", "trusting", "1w")


def test_in_maintenance_a_touch_is_one_of_the_two_contacts():
    """Where touches count they also end the time after a move."""
    base = history("2025-01-01", moved("2026-08-01", "maintenance", "6m"), goal("2026-11-20"))
    assert says(look(plus(base, touch(ago(20))))) == ("stay", None, None)
    assert says(look(plus(base, touch(ago(20)), held(ago(10))))) == TO_LEARNING


# --- where it leads


def test_an_urgent_goal_in_maintenance_enters_learning_weekly():
    """Back from Maintenance is every two weeks, and weekly if it is urgent."""
    assert says(look(plus(maintenance(), goal(ago(2))))) == TO_LEARNING
    urgent = look(plus(maintenance(), goal(ago(2), urgent=True)))
    assert says(urgent) == ("back", "learning", "1w")


@pytest.mark.parametrize(
    ("last", "advice"), [(365, TO_LEARNING), (366, ("back", "trusting", "1w"))]
)
def test_after_a_year_without_a_meeting_trust_comes_first(last, advice):
    """From Maintenance after more than 12 months one goes by way of Trusting."""
    base = history(ago(900), moved(ago(800), "maintenance", "1y"), met(ago(700), ago(last)))
    assert says(look(plus(base, goal(ago(2))))) == advice


def test_the_interval_that_both_agreed_for_maintenance_is_advised():
    """The advance to Maintenance names the interval that was agreed for it."""
    yearly = plus(without(monthly(), "agreements"), agreed(ago(3), "1y", ready_for="maintenance"))
    assert says(look(yearly)) == ("advance", "maintenance", "1y")


@pytest.mark.parametrize(
    ("agreements", "advice"),
    [
        ([("6m", "me"), ("6m", "them")], ("advance", "maintenance", "6m")),
        ([("1y", "me"), ("9m", "them")], ("advance", "maintenance", "6m")),
        ([("9m", "both"), ("1y", "me")], ("advance", "maintenance", "9m")),
        ([("6m", "both"), ("1y", "both")], ("advance", "maintenance", "1y")),
        ([("6m", "me"), ("1y", "them"), ("1y", "me")], ("advance", "maintenance", "1y")),
    ],
)
def test_two_different_intervals_are_not_an_agreement(agreements, advice):
    """The next interval is agreed once both have said the same one; until then the usual one."""
    base = without(monthly(), "agreements")
    ready = [
        agreed(ago(20 - n), cadence, by, ready_for="maintenance")
        for n, (cadence, by) in enumerate(agreements)
    ]
    assert says(look(plus(base, ready))) == advice


def test_readiness_of_an_earlier_phase_does_not_count():
    """Who said they were ready before this phase began has not said so now."""
    early = agreed("2026-01-05", "6m", ready_for="maintenance")
    found = look(plus(without(monthly(), "agreements"), early))
    assert state_of(found, "both_ready") == "not-known"


LADDER = ("2w", "3w", "1m", "2m")


@pytest.mark.parametrize(
    ("cadence", "step", "measures"),
    [("2w", 0, 0), ("3w", 1, 1), ("1m", 2, 2), ("2m", 3, 2)],
)
def test_an_own_ladder_uses_the_conditions_of_its_first_middle_and_last_step(
    cadence, step, measures
):
    """A ladder of one's own has its own cadences and the conditions of the model."""
    found = look(history("2026-01-01", moved("2026-02-01", "learning", cadence), ladder=LADDER))
    conditions = LAWRENCE.phase("learning").steps[measures].conditions
    expected = [c.measure for c in conditions if not c.teams_only]
    assert found.state.step == step
    assert [c.name for c in found.conditions] == expected


def test_an_advance_on_an_own_ladder_leads_to_its_next_step():
    """From two weeks the own ladder leads to three."""
    base = weekly()
    own = replace(base.relationship, ladder=tuple(parse_cadence(step) for step in LADDER))
    moves = (replace(base.moves[0], every=own.ladder[0]),)
    found = look(replace(base, relationship=own, moves=moves))
    assert says(found) == ("advance", "learning", "3w")


def test_a_ladder_that_both_agreed_on_is_in_force_from_its_day():
    """It counts from that day, in the place of the one before; the wish of one side does not."""
    ladder = tuple(parse_cadence(step) for step in LADDER)
    agreed_one = replace(agreed(ago(3)), ladder=ladder)
    found = look(plus(weekly(), agreed_one))
    assert (found.state.ladder, found.state.step, found.state.step_since) == (ladder, 0, ago(3))
    assert found.state.cadence == ladder[0], "weekly is before its first step"
    same = replace(agreed_one, ladder=tuple(parse_cadence(step) for step in ("1w", "2w")))
    kept = look(plus(weekly(), same)).state
    assert kept.step_since == look(weekly()).state.step_since, "the step in force is the same one"
    for base in (trusting(), maintenance()):
        there = look(plus(base, agreed_one)).state
        assert there.step_since == look(base).state.step_since, "it is one of Learning"
    assert says(look(plus(trusting(), agreed_one))) == ("advance", "learning", "2w")
    before = look(weekly()).state
    for other in (look(plus(weekly(), agreed_one), ago(4)), look(plus(weekly(), replace(
            agreed_one, by="me")))):  # fmt: skip
        assert other.state.ladder == before.ladder
        assert other.state.step_since == before.step_since
    later = look(history(ago(90), moved(ago(90), "learning"), held(ago(80)), agreed_one))
    assert later.state.cadence == ladder[0], "where no interval is agreed it is the first step"
    assert (later.state.cadence_source, later.timing.standing) == ("both", "due")


def test_the_rhythm_in_force_at_its_borders():
    """Which of several agreements, wishes and ladders decides, and of which phase each is."""
    ladder = tuple(parse_cadence(step) for step in ("2w", "1m"))
    steps = replace(agreed(ago(3)), ladder=ladder)

    def force(*records):
        state = look(history(ago(300), *records)).state
        return str(state.cadence), state.cadence_source

    resting = moved(ago(200), "maintenance")
    assert force(resting, agreed(ago(9), "3m"), steps) == ("3m", "both"), "a ladder of Learning"
    assert force(resting, steps) == ("6m", "step")
    learning = moved(ago(200), "learning")
    assert force(learning, agreed(ago(9), "1w"), steps) == ("2w", "both")
    assert force(learning, agreed(ago(9), "3w"), steps) == ("3w", "both"), "it is on the ladder"
    assert force(learning, agreed(ago(9), "2w"), steps) == ("2w", "both")
    assert force(learning, agreed(ago(9), "3w", "them"), steps) == ("2w", "both"), "both's word"
    own = look(history(ago(300), learning, ladder=("2w", "1m"))).state
    assert (str(own.cadence), own.cadence_source) == ("2w", "step")
    assert force(learning, agreed(ago(9), "6m", ready_for="maintenance")) == ("1w", "step")
    wish = agreed(ago(250), "1m", "me")
    assert force(wish, moved(ago(200), "learning")) == ("1m", "me")
    assert force(wish, resting) == ("6m", "step"), "a month is no interval of Maintenance"
    later = plus(history(ago(300), wish), resting, moved(ago(100), "learning"))
    assert look(later).state.unanswered is None, "so it is none after it"
    both = agreed(ago(250), "1m")
    assert look(history(ago(300), both, agreed(ago(9), "1m", "me"))).state.unanswered is None


def test_a_stall_on_an_own_ladder_is_measured_by_the_same_step_as_its_conditions():
    """The last of two steps has the days of the model's last one: three times 84."""

    def idle(days):
        sessions = met(*(ago(n) for n in range(days - 1, 0, -14)))
        entered = moved(ago(days), "learning", "2w")
        return history(ago(400), entered, sessions, goal(ago(390)), ladder=("1w", "2w"))

    assert "stall" not in whys(look(idle(251)))
    assert "stall" in whys(look(idle(252)))


# --- closed and paused


def test_paused_and_closed_give_no_advice_to_move():
    """While paused the advice is to rest, and once closed to leave it."""
    broken = plus(weekly(), held(ago(2), trust=1))
    assert says(look(plus(broken, paused(ago(1))))) == ("paused", None, None)
    assert says(look(plus(broken, closed(ago(1))))) == ("stay", None, None)
    assert whys(look(plus(broken, closed(ago(1), reopened=ago(1))))) == [
        "trust_broken",
        "trust_fell",
    ]


@pytest.mark.parametrize(("days", "there"), [(90, False), (91, True)])
def test_terms_are_agreed_again_after_a_pause_over_90_days(days, there):
    """A pause over 90 days wants the terms agreed again; then it is done."""
    base = plus(weekly(), paused(ago(days + 5), ago(6)))
    assert (whys(look(base)) == ["terms_stale"]) == there
    renewed = plus(base, agreed(ago(3), terms="as before"))
    assert "terms_stale" not in whys(look(renewed))
    settled_in = plus(base, held(ago(4)), held(ago(2)))
    assert "terms_stale" not in whys(look(settled_in))


def test_a_long_pause_in_maintenance_is_not_two_missed_contacts():
    """What was paused was not missed."""
    base = history("2024-01-01", moved("2024-02-01", "maintenance", "6m"), held("2024-12-01"))
    there = look(base, "2026-02-01")
    assert whys(there) == ["contacts_missed"]
    assert "mentorlog close Ana --as dormant" in explanation(there)[-1]
    rested = look(plus(base, paused("2025-01-01", "2026-01-25")), "2026-02-01")
    assert "contacts_missed" not in whys(rested)


def test_an_urgent_goal_that_is_open_is_no_time_to_meet_less():
    """Where all else is there the advice is to stay, and says why; one that is reached is none."""
    ready = healthy("learning", 0)
    assert says(look(ready))[0] == "advance"
    pressing = look(plus(ready, goal(ago(2), urgent=True)))
    assert (says(pressing), whys(pressing)[0]) == (("stay", None, None), "urgent_open")
    done = look(plus(ready, goal(ago(2), (ago(1), "reached"), urgent=True)))
    assert says(done)[0] == "advance"
    # From Trusting one goes on to meet as often.
    begun = look(plus(trusting(), goal(ago(2), urgent=True)))
    assert says(begun) == ("advance", "learning", "1w")


def test_who_paused_from_the_start_is_not_asked_why_they_did_not_meet():
    """Only days on which they could have met are counted."""
    resting = history(ago(30), paused(ago(30), ago(2)))
    assert "never_met" not in whys(look(resting))
    assert "never_met" in whys(look(history(ago(30))))
