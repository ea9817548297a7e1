"""One relationship as a row of a list, or a condition as a row of a page."""

from mentorlog.dates import say_ago, say_day
from mentorlog.phase.advice import Checked, Outlook
from mentorlog.render import text

STATUS = ("Name", "Phase", "Last met", "Next", "", "Advice")
NEXT = ("When", "Who", "", "Advice")
CONDITIONS = ("", "Condition", "To record it")

_KNOWN = {"met": "met", "not-met": "not met", "not-known": "not known"}


def status_row(outlook: Outlook) -> tuple[str, ...]:
    """Return where one stands: name, phase, last met, next, standing, advice."""
    state, timing = outlook.state, outlook.timing
    last = state.last_held_on
    return (
        state.history.relationship.name,
        text.phase_title(outlook),
        f"met {say_ago(last, today=state.today)}" if last else "not met",
        f"next {say_day(timing.next_on)}" if timing.next_on else "no date",
        text.STANDINGS[timing.standing],
        text.short_advice(outlook) if timing.standing not in ("paused", "closed") else "",
    )


def next_row(outlook: Outlook) -> tuple[str, ...]:
    """Return when to meet next: day, name, standing, advice."""
    timing = outlook.timing
    return (
        say_day(timing.next_on) if timing.next_on else "no date",
        outlook.state.history.relationship.name,
        text.STANDINGS[timing.standing],
        text.short_advice(outlook),
    )


def condition_row(checked: Checked, name: str) -> tuple[str, ...]:
    """Return a condition: met or not, with its value, and the command that supplies it."""
    return (
        _KNOWN[checked.state],
        text.condition_name(checked, name) + text.measured(checked),
        "" if checked.state == "met" else text.condition_command(checked, name),
    )
