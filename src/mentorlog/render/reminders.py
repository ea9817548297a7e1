"""Reminders as short lines for a mail or a phone, and as a whole mail. Never any notes."""

from collections.abc import Sequence
from datetime import date, datetime
from shlex import quote

from mentorlog.dates import say_ago, say_day, say_short
from mentorlog.phase.advice import Outlook
from mentorlog.reminders import MOVED, Reminder
from mentorlog.render import text
from mentorlog.render.bookings import next_day

# What is said of all but meetings; {when} is the day it is about.
_SAID = {
    "promises": "{count} of yours due {since}{when} ({ids})",
    "agreement": "only one of you agreed ({when}): mentorlog next {quoted}",
    "review": "are the terms still right? mentorlog agree {quoted} --terms TEXT",
    "pause": "the pause ends {when}",
    "end": "{ending} to end {when}",
}
_ENDING = {"both": "you agreed", "me": "you wish", "them": "they wish"}


def reminder_lines(reminder: Reminder) -> list[str]:
    """Return what is said of one thing: a line, or a question with the commands that answer."""
    timing, state = reminder.outlook.timing, reminder.outlook.state
    name, today, number = state.history.relationship.name, state.today, len(reminder.ids)
    if reminder.about == "meeting":
        return [f"{name}: {_meeting(reminder.outlook, reminder.on)}"]
    if reminder.about == "booking":
        asked = [r for r in timing.reasons if r.why == "unanswered"]
        this = next(r for r in asked if r.facts["id"] == reminder.ids[0])
        return text.sentence(this, name).splitlines()
    said = _SAID[reminder.about].format(
        when=f"{say_short(reminder.on, today=today)}, {say_ago(reminder.on, today=today)}",
        since="since " if reminder.on < today else "",
        count=f"{number} promise{'s' * (number != 1)}",
        ids=", ".join(f"a{number}" for number in reminder.ids),
        quoted=quote(name),
        ending=_ENDING[state.ending.by] if state.ending else "",
    )
    return [f"{name}: {said}"]


def _meeting(outlook: Outlook, on: date) -> str:
    """When, and how late: ``late, due since Wed 4 Nov 2026, 3 weeks ago``."""
    timing, today = outlook.timing, outlook.state.today
    if any(reason.why == "booked" for reason in timing.reasons):
        return f"booked, {next_day(outlook)}"
    when = f"{say_day(on)}, {say_ago(on, today=today)}"
    if on > today:
        return f"next {when}"
    late = f"{text.standing(timing)}, " if timing.standing not in ("ahead", "due") else ""
    moved, then = any(reason.why in MOVED for reason in timing.reasons), timing.next_on
    more = f"; next {say_short(then, today=today)}" if moved and then and then > today else ""
    return f"{late}due {'since ' if on < today else ''}{when}{more}"


def mail(lines: Sequence[str], things: int, *, to: str, at: datetime) -> str:
    """Return a complete message for ``sendmail -t``; it names no host."""
    from email.message import EmailMessage
    from email.utils import format_datetime
    from uuid import uuid4

    message = EmailMessage()
    message["To"] = to
    message["Subject"] = f"mentorlog: {things} thing{'s' * (things != 1)} due"
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{uuid4()}@mentorlog.invalid>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("\n".join(lines) + "\n")
    return message.as_string()
