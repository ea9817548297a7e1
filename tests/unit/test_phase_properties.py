"""What holds for every history: no date before today, no order of recording, no surprise.

And that a model is data: another one, with names of its own, is evaluated by the same code.
"""

from datetime import date, timedelta
from itertools import chain, pairwise

import pytest
from histories import (
    HEALTHY,
    LISTS,
    NEAR,
    ODD,
    TODAY,
    action,
    agreed,
    any_policy,
    closed,
    goal,
    held,
    histories,
    history,
    look,
    met,
    missed,
    moved,
    plus,
    without,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentorlog.model import Cadence, Move, replace
from mentorlog.phase.cadence import booking
from mentorlog.phase.policy import Condition, Model, Phase, Policy, Sign, Step
from mentorlog.reminders import meeting_on, reminders
from mentorlog.render import json, pages, text
from mentorlog.render.reminders import reminder_lines

quick = settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def answer(outlook):
    """Everything that is said about a relationship, as one text."""
    lines = [*text.explanation(outlook), text.short_advice(outlook)]
    lines += [
        line for found in reminders([outlook], within_days=7) for line in reminder_lines(found)
    ]
    return "\n".join([*lines, *pages.page_head(outlook, []), str(json.outlook_item(outlook))])


def shuffled(draw, records):
    """The same history, recorded in another order; what was recorded later keeps its id."""
    order = {name: tuple(draw(st.permutations(getattr(records, name)))) for name in LISTS}
    goals = tuple(replace(g, states=tuple(draw(st.permutations(g.states)))) for g in order["goals"])
    return replace(records, **{**order, "goals": goals})


@quick
@given(histories(odd=True), NEAR | ODD, any_policy())
def test_no_history_however_odd_raises(records, today, policy):
    """Whatever a journal holds, there is an answer, in ASCII where the name is."""
    found = look(records, today, policy)
    assert answer(found).isascii()
    assert json.envelope("next", today, [json.outlook_item(found)])
    assert "{" not in "".join(text.explanation(found)).replace("{name}", "").replace("{odd}", "")


@quick
@given(histories(), NEAR)
def test_no_date_lies_before_today(records, today):
    """The next date and its window are today at the earliest, and the date lies in the window."""
    timing = look(records, today).timing
    if timing.next_on is None:
        assert timing.window is None
        whys = {reason.why for reason in timing.reasons}
        no_day = ("paused", "closed")
        assert timing.standing in no_day or whys & {"before_end", "open_pause"}
    else:
        assert today <= timing.window[0] <= timing.next_on <= timing.window[1]


@quick
@given(histories(), NEAR)
def test_no_date_lies_in_a_pause_or_after_an_agreed_end(records, today):
    """Nor does any day of its window; what is booked stays, and no command lets pauses overlap."""
    pauses = [(p.from_on, p.until_on or date.max) for p in records.pauses]
    apart = all(a[1] < b[0] for a, b in pairwise(sorted(pauses)))
    found = look(records, today)
    timing, end = found.timing, found.state.agreed_end or date.max
    if not apart or timing.next_on is None or booking(found.state):
        return
    assert timing.window[1] <= end
    for day in {timing.next_on, *timing.window}:
        assert not any(first <= day <= last for first, last in pauses)


@quick
@given(histories(), NEAR)
def test_a_reminder_names_today_exactly_when_the_answer_does(records, today):
    """What cron says is due today is what ``next`` gives, and what is put off is not."""
    found = look(records, today)
    if found.timing.standing in ("ahead", "due", "paused"):
        assert (meeting_on(found) == today) == (found.timing.next_on == today)


@quick
@given(histories(), NEAR, any_policy())
def test_a_silence_is_one_in_the_list_and_in_the_advice(records, today, policy):
    """The advice speaks of those who have gone quiet exactly when the date does."""
    found = look(records, today, policy)
    whys = [reason.why for reason in found.advice.reasons]
    spoken_of = any(sign.name == "gone_quiet" for sign in found.state.phase.signs)
    met_or_moved = bool(found.state.held) or not found.state.phase.fresh_start
    quiet = found.timing.standing == "quiet" and met_or_moved
    if whys != ["declined"]:
        assert ("gone_quiet" in whys) == (quiet and spoken_of)


@quick
@given(histories(), NEAR, st.data())
def test_the_order_of_recording_changes_nothing(records, today, data):
    """Sessions, decisions and promises may be recorded in any order, and late."""
    again = shuffled(data.draw, records)
    assert answer(look(again, today)) == answer(look(records, today))


@quick
@given(histories(), NEAR)
def test_the_same_journal_and_day_give_the_same_words(records, today):
    """Advice is deterministic, to the byte."""
    assert answer(look(records, today)).encode() == answer(look(records, today)).encode()


@quick
@given(histories(), NEAR)
def test_what_lies_after_today_changes_nothing(records, today):
    """Without what was recorded for later days the answer is the same."""

    def seen(record):
        on = getattr(record, "held_on", None) or getattr(record, "on", None)
        return on is None or on <= today or getattr(record, "status", "") == "booked"

    fields = {n: tuple(filter(seen, getattr(records, n))) for n in LISTS}
    assert answer(look(replace(records, **fields), today)) == answer(look(records, today))


@quick
@given(histories(), st.integers(0, 200), st.integers(0, 200))
def test_one_more_meeting_never_brings_the_date_forward(records, later, waited):
    """A meeting after all that was recorded moves the date on, leaves it, or was the last."""
    person = records.relationship
    meetings = chain(records.meetings, records.touches, records.booked)
    days = [m.held_on for m in meetings] + [r.on for r in (*records.moves, *records.agreements)]
    last = max([person.started_on, *days])
    on = last + timedelta(days=later)
    today = on + timedelta(days=waited)
    before = look(records, today).timing.due_on
    after = look(plus(records, held(on)), today).timing.due_on
    assert after is None if before is None else after is None or before <= after


@quick
@given(st.none() | st.sampled_from(list(HEALTHY.values())), histories(), NEAR)
def test_advice_that_was_followed_does_not_come_back_that_day(healthy, records, today):
    """Once the advised move is recorded, the same advice is not given again on that day."""
    if healthy:  # a history that is ready to move on, and what happened since
        records, today = plus(healthy(), records.meetings[:1], records.goals[:1]), TODAY
    advice = look(records, today).advice
    if advice.move not in ("advance", "back", "close"):
        return
    if advice.move == "close":
        followed = plus(records, closed(today))
    else:
        followed = plus(records, Move(0, today, advice.to, advice.every))
    again = look(followed, today).advice
    assert (again.move, again.to, again.every) != (advice.move, advice.to, advice.every)


@quick
@given(histories(), NEAR)
def test_advice_is_one_of_a_few_and_fits_its_target(records, today):
    """A move that leads somewhere names a phase of the model and a cadence; others do not."""
    found = look(records, today)
    advice, names = found.advice, [phase.name for phase in found.state.policy.model.phases]
    if advice.move in ("advance", "back"):
        assert advice.to in names
        assert advice.every is not None
        assert text.decision_command(found).endswith("--agreed-by both")
    else:
        assert advice.to == ("close" if advice.move == "close" else None)
        assert advice.every is None
    assert advice.reasons or advice.move == "paused" or found.state.closing


@quick
@given(histories(), NEAR)
def test_what_is_not_recorded_is_not_a_fault(records, today):
    """Dates alone never lead to a step ahead, and never to a trust that fell."""
    dates = without(records, "my_trust", "their_trust", "goals", "agreements", "actions")
    advice = look(dates, today).advice
    assert advice.move != "advance"
    assert {r.why for r in advice.reasons}.isdisjoint({"trust_broken", "trust_fell", "stall"})


@pytest.mark.parametrize("kind", ["moves", "agreements"])
def test_of_two_decisions_of_one_day_the_later_recorded_one_stands(kind):
    """The ids tell which of two decisions of a day came later, in whatever order they lie."""
    decisions = {
        "moves": [moved("2026-11-01", "maintenance"), moved("2026-11-01", "learning", "2w")],
        "agreements": [agreed("2026-11-01", "1m"), agreed("2026-11-01", "2w")],
    }[kind]
    records = history("2026-10-01", decisions)
    turned = replace(records, **{kind: getattr(records, kind)[::-1]})
    assert str(look(records).state.cadence) == str(look(turned).state.cadence) == "2w"


# --- another model, as data

RELIABLE = Condition("reliability", "reliability_needed")
TWO_PHASES = Model(
    name="two phases",
    phases=(
        Phase(
            name="opening",
            title="Opening",
            steps=(Step(Cadence(2, "w"), (Condition("held_in_step", "monthly_held"), RELIABLE)),),
            shortest=Cadence(1, "w"),
            longest=Cadence(1, "m"),
            then="working",
            signs=(Sign("never_met", "ask"), Sign("misses_in_a_row", "talk")),
        ),
        Phase(
            name="working",
            title="Working",
            steps=(
                Step(Cadence(3, "w"), (Condition("held_in_step", "trusting_held"),)),
                Step(Cadence(2, "m"), (Condition("goals_settled", "monthly_goals"),)),
            ),
            shortest=Cadence(1, "w"),
            longest=Cadence(6, "m"),
            then="close",
            signs=(
                Sign("trust_broken", "back", "opening", urgent=True),
                Sign("new_goal", "back", "faster"),
            ),
        ),
    ),
)
OTHER = Policy(model=TWO_PHASES, version="two-phases-1")
OPENED = history("2026-01-05", met("2026-01-08", "2026-01-22", "2026-02-05"))
WORKING = plus(OPENED, moved("2026-02-05", "working", "3w"))
SECOND = plus(WORKING, held("2026-02-26"), moved("2026-02-26", "working", "2m"))


@pytest.mark.parametrize(
    ("records", "today", "phase", "next_on", "advice"),
    [
        (history("2026-01-05"), "2026-01-05", "opening", "2026-01-12", ("stay", None, None)),
        (history("2026-01-05"), "2026-01-19", "opening", "2026-01-20", ("ask", None, None)),
        (OPENED, "2026-02-05", "opening", "2026-02-19", ("advance", "working", "3w")),
        (
            plus(OPENED, missed("2026-02-06"), missed("2026-02-09")),
            "2026-02-09",
            "opening",
            "2026-02-16",
            ("talk", None, None),
        ),
        (WORKING, "2026-02-05", "working", "2026-02-26", ("stay", None, None)),
        (
            plus(WORKING, held("2026-02-26")),
            "2026-02-26",
            "working",
            "2026-03-19",
            ("advance", "working", "2m"),
        ),
        (SECOND, "2026-02-26", "working", "2026-04-26", ("ask", None, None)),
        (
            plus(SECOND, goal("2026-01-08", ("2026-03-01", "reached"))),
            "2026-03-01",
            "working",
            "2026-04-26",
            ("close", "close", None),
        ),
        (
            plus(SECOND, held("2026-04-20", trust=1)),
            "2026-04-20",
            "working",
            "2026-06-20",
            ("back", "opening", "2w"),
        ),
    ],
)
def test_another_model_is_evaluated_by_the_same_code(records, today, phase, next_on, advice):
    """A model of two phases with its own names gives dates, advice and sentences."""
    found = look(records, today, OTHER)
    assert found.state.phase.name == phase
    assert found.timing.next_on == date.fromisoformat(next_on)
    every = str(found.advice.every) if found.advice.every else None
    assert (found.advice.move, found.advice.to, every) == advice
    said = answer(found)
    assert f"'phase': '{phase}'" in said
    assert "two-phases-1" in said
    assert not any(name in said.lower() for name in ("trusting", "learning", "maintenance"))


@settings(quick, max_examples=60)
@given(histories(), NEAR)
def test_another_model_never_raises(records, today):
    """Moves to phases that the model does not have are left aside."""
    found = look(records, today, OTHER)
    assert found.state.phase.name == "opening"
    assert answer(found)


def test_a_move_to_an_unknown_phase_is_left_aside():
    """A phase of another model is no reason to fail."""
    found = look(plus(OPENED, moved("2026-02-01", "unheard-of", "1y")), "2026-02-05")
    assert (found.state.phase.name, str(found.state.cadence)) == ("trusting", "1w")


def test_promises_of_the_day_are_the_same_in_any_order():
    """An example without chance: promises turned round give the same words."""
    promises = [action(TODAY - timedelta(days=40 + n), "me", TODAY) for n in range(3)]
    ahead = history("2026-01-01", moved("2026-02-01", "learning", "1w"), promises)
    turned = replace(ahead, actions=ahead.actions[::-1])
    assert text.explanation(look(ahead)) == text.explanation(look(turned))
