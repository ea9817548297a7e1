"""What cron says, and letting it rest. Imports inside, for a shell that completes a name."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from mentorlog.cli.run import Name, Run, argument, command, option
from mentorlog.errors import BadUsage

if TYPE_CHECKING:
    from mentorlog.reminders import Reminder
    from mentorlog.store.journal import Journal

DUE_EXIT_CODE = 10


def _due(run: Run, journal: "Journal", within: int) -> "list[Reminder]":
    from mentorlog.cli.loading import load_outlooks
    from mentorlog.reminders import reminders
    from mentorlog.store import nudges

    resting = nudges.snoozed(journal, today=run.today)
    found = reminders(load_outlooks(run, None), within_days=within)
    return [r for r in found if r.outlook.relationship.id not in resting]


def _untold(run: Run, conn: Any, found: "list[Reminder]") -> "list[Reminder]":
    """What has not been told yet today, nor often enough; it counts as told from now on."""
    from mentorlog.store.nudges import claim

    return [
        r
        for r in found
        if claim(conn, r.outlook.relationship.id, r.about, r.facts, today=run.today, most=r.most)
    ]


def _tell(run: Run, found: "list[Reminder]", form: str, address: str) -> None:
    if run.json or form == "json":
        from mentorlog.render.json import reminder_items

        run.items(reminder_items(found))
    elif found:
        from mentorlog.render.reminders import mail, reminder_lines

        lines = [line for reminder in found for line in reminder_lines(reminder)]
        if form == "mail":
            lines = mail(lines, len(found), to=address, at=run.at).splitlines()
        run.out(*lines)


@command
def remind(
    run: Run,
    within: Annotated[int, option("Also what falls due within so many days.", of="DAYS")] = 0,
    once: Annotated[bool, option("Each thing once a day, three times at most.", "--once")] = False,
    form: Annotated[
        Literal["plain", "json", "mail"],
        option("Lines, JSON, or a mail for `sendmail -t`.", "--format"),
    ] = "plain",
    to: Annotated[str | None, option("Whom the mail goes to.", of="ADDRESS")] = None,
    exit_code: Annotated[bool, option("Exit with 10 if something is due.", "--exit-code")] = False,
) -> None:
    """Print what is due, one line each; nothing at all if nothing is. Made for cron.

    Example: mentorlog remind --within 7

    Every weekday at 7:30, from `crontab -e` (cron mails what is printed):

    \b
        30 7 * * 1-5  /PATH/TO/mentorlog remind --once

    Or as a systemd timer, of two files in ~/.config/systemd/user:

    \b
        # mentorlog.service
        [Service]
        Type=oneshot
        ExecStart=/PATH/TO/mentorlog remind --once

    \b
        # mentorlog.timer
        [Timer]
        OnCalendar=Mon..Fri 07:30
        Persistent=true

    \b
        [Install]
        WantedBy=timers.target

    Then: systemctl --user enable --now mentorlog.timer
    """
    if not 0 <= within <= 366:
        raise BadUsage(f"--within takes 0 to 366 days, not {within}", "for example: --within 7")
    # Before anything is marked as said: a mail that cannot be written has said nothing.
    address = _address(run, to) if form == "mail" else ""
    journal = run.reading()
    found = _due(run, journal, within) if journal else []
    if once and journal and found and sys.stdout is not None:  # what nobody can read is not said
        with journal.write(step=False) as conn:
            found = _untold(run, conn, found)
            _tell(run, found, form, address)
            sys.stdout.flush()  # only what is written out stays told
    else:
        _tell(run, found, form, address)
    if found and exit_code:
        raise typer.Exit(DUE_EXIT_CODE)


if "--help" in sys.argv and Path(sys.argv[0]).name == "mentorlog":
    # Ready to paste: cron and systemd need the whole path.
    from shlex import quote

    _PROGRAM = quote(str(Path(sys.argv[0]).absolute()))
    remind.__doc__ = (remind.__doc__ or "").replace("/PATH/TO/mentorlog", _PROGRAM)


def _address(run: Run, given: str | None) -> str:
    """Whom the mail goes to: one plain address, so that nobody else can slip in."""
    import re

    from mentorlog.cli.loading import load_setup
    from mentorlog.settings import ADDRESS

    known = given or load_setup(run).settings.mail
    address = known or os.environ.get("LOGNAME") or os.environ.get("USER")
    if not address or not re.fullmatch(rf"{ADDRESS}|[A-Za-z0-9._-]{{1,64}}", address):
        raise BadUsage("it is not known whom the mail goes to", "give --to me@example.org")
    return address


@command
def snooze(
    run: Run,
    name: Name,
    day: Annotated[str, argument("The day to remind again.", "DAY")],
) -> None:
    """Let the reminders about one relationship rest until a day; `status` still shows it.

    Example: mentorlog snooze ana +2w
    """
    from mentorlog.dates import say_day
    from mentorlog.store import reading

    until = run.coming(day)
    if until < run.today:
        raise BadUsage(f"{say_day(until)} is past", "give a day ahead, or today to end it")
    journal = run.existing()
    person = reading.find(journal, name)
    row_id = run.add(journal, "snooze", person, snoozed_on=run.today, until_on=until)
    said = (
        f"{person.name} is reminded of as before."
        if until == run.today
        else f"No reminders about {person.name} until {say_day(until)}."
    )
    run.wrote("snooze", row_id, [said], relationship=person.name, until=until)
