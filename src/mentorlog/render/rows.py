"""One relationship as a row of a list, or a condition as a row of a page."""

from mentorlog.dates import say_ago, say_short
from mentorlog.phase.advice import Checked, Outlook
from mentorlog.phase.cadence import unanswered
from mentorlog.render import text
from mentorlog.render.bookings import next_day

STATUS = ("Name", "Phase", "Last met", "Next", "", "Advice")
NEXT = ("When", "Who", "", "Advice")
CONDITIONS = ("", "Condition", "To record it")


def mark(outlook: Outlook) -> str:
    """Return how it stands in a word or two; first what is waiting for an answer."""
    timing = outlook.timing
    if not outlook.state.booked:
        return text.standing(timing)
    asked = unanswered(timing)
    if asked:
        return f"met {say_short(asked.facts['on'], today=outlook.state.today)}?"
    is_booked = any(reason.why == "booked" for reason in timing.reasons)
    return "booked" if is_booked else text.standing(timing)


def status_row(outlook: Outlook) -> tuple[str, ...]:
    """Return where one stands: name, phase, last met, next, standing, advice."""
    state, timing = outlook.state, outlook.timing
    last = state.last_held_on
    on, standing = _when(outlook)
    return (
        state.history.relationship.name,
        text.phase_title(outlook),
        f"met {say_ago(last, today=state.today)}" if last else "not met",
        f"next {on}" if timing.next_on and timing.standing != "quiet" else on,
        standing,
        text.short_advice(outlook) if timing.standing not in ("paused", "closed") else "",
    )


def next_row(outlook: Outlook) -> tuple[str, ...]:
    """Return when to meet next: day, name, standing, advice."""
    on, standing = _when(outlook)
    name = outlook.relationship.name
    return on, name, standing, text.short_advice(outlook)


def _when(outlook: Outlook) -> tuple[str, str]:
    """The day to meet, and how it stands on that; after a long silence since when it is."""
    timing = outlook.timing
    if timing.standing == "quiet":
        return text.quiet_since(outlook), ""
    return next_day(outlook, short=True), mark(outlook)


def condition_row(checked: Checked, outlook: Outlook) -> tuple[str, ...]:
    """Return a condition: met or not, with its value, and the command that supplies it."""
    return (
        checked.state.replace("-", " "),
        text.condition_said(checked, outlook) + ("" if checked.required else " (worth noting)"),
        text.condition_command(checked, outlook),
    )
