"""Reminders as short lines for a mail or a phone, and as a whole mail. Never any notes."""

from collections.abc import Sequence
from datetime import datetime
from shlex import quote

from mentorlog.dates import say_ago, say_short
from mentorlog.reminders import Reminder
from mentorlog.render import text


def reminder_lines(reminder: Reminder) -> list[str]:
    """Return what is said of one thing: a line, or a question with the commands that answer."""
    outlook = reminder.outlook
    name, today = outlook.state.history.relationship.name, outlook.state.today
    if reminder.about == "booking":
        asked = (r for r in outlook.timing.reasons if r.why == "unanswered")
        return text.sentence(
            next(r for r in asked if r.facts["id"] == reminder.ids[0]), name
        ).splitlines()
    if reminder.about == "meeting":
        return text.reminder(outlook).splitlines()
    when = f"{say_short(reminder.on, today=today)}, {say_ago(reminder.on, today=today)}"
    ids = ", ".join(f"a{number}" for number in reminder.ids)
    count = f"{len(reminder.ids)} promise{'s' * (len(reminder.ids) != 1)} of yours"
    said = {
        "promises": f"{name}: {count} due since {when} ({ids})",
        "agreement": f"{name}: only one of you agreed ({when}): mentorlog next {quote(name)}",
        "review": f"{name}: time to look at the terms again: mentorlog brief {quote(name)}",
        "pause": f"{name}: the pause ends {when}",
        "end": f"{name}: you agreed to end {when}",
    }
    return [said[reminder.about].replace("due since " + when, f"due {when}")
            if reminder.on == today else said[reminder.about]]  # fmt: skip


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
