"""One relationship as a row of a list, or a condition as a row of a page."""

from mentorlog.dates import say_ago, say_day
from mentorlog.phase.advice import Checked, Outlook
from mentorlog.phase.cadence import unanswered
from mentorlog.render import text
from mentorlog.render.bookings import next_day

STATUS = ("Name", "Phase", "Last met", "Next", "", "Advice")
NEXT = ("When", "Who", "", "Advice")
CONDITIONS = ("", "Condition", "To record it")

_KNOWN = {"met": "met", "not-met": "not met", "not-known": "not known"}


def mark(outlook: Outlook) -> str:
    """Return how it stands in a word or two; first what is waiting for an answer."""
    timing = outlook.timing
    asked = unanswered(timing)
    if asked:
        return f"met {say_day(asked.facts['on'])}?"
    is_booked = any(reason.why == "booked" for reason in timing.reasons)
    return "booked" if is_booked else text.STANDINGS[timing.standing]


def status_row(outlook: Outlook) -> tuple[str, ...]:
    """Return where one stands: name, phase, last met, next, standing, advice."""
    state, timing = outlook.state, outlook.timing
    last = state.last_held_on
    return (
        state.history.relationship.name,
        text.phase_title(outlook),
        f"met {say_ago(last, today=state.today)}" if last else "not met",
        f"next {next_day(outlook)}" if timing.next_on else "no date",
        mark(outlook),
        text.short_advice(outlook) if timing.standing not in ("paused", "closed") else "",
    )


def next_row(outlook: Outlook) -> tuple[str, ...]:
    """Return when to meet next: day, name, standing, advice."""
    return (
        next_day(outlook),
        outlook.state.history.relationship.name,
        mark(outlook),
        text.short_advice(outlook),
    )


def condition_row(checked: Checked, name: str) -> tuple[str, ...]:
    """Return a condition: met or not, with its value, and the command that supplies it."""
    return (
        _KNOWN[checked.state],
        text.condition_name(checked, name) + text.measured(checked),
        "" if checked.state == "met" else text.condition_command(checked, name),
    )
