"""Where things stand, when to meet next, and whether to move on."""

from typing import Annotated

import typer

from mentorlog import config
from mentorlog.cli.run import MaybeName, Name, Run, command
from mentorlog.dates import say_ago, say_day
from mentorlog.errors import BadUsage, InvalidDocument
from mentorlog.phase.advice import Outlook, outlook
from mentorlog.phase.policy import DEFAULT_POLICY, Policy, with_numbers
from mentorlog.reminders import by_urgency, due, in_view
from mentorlog.render import text
from mentorlog.store import reading

DUE_EXIT_CODE = 10


def load_policy() -> Policy:
    """Return the rules with what the person has set in ``config.toml``."""
    found = config.load_config()
    if found is None:
        return DEFAULT_POLICY
    try:
        return with_numbers(found[1], str(found[0]))
    except OverflowError as error:
        raise InvalidDocument(f"{found[0]}: {error}", "write a smaller number") from error


def load_outlooks(run: Run, name: str | None) -> list[Outlook]:
    """Compute the answer for one relationship, or for all that are in view today."""
    policy, journal = load_policy(), run.reading() if name is None else run.existing()
    if journal is None:
        return []
    only = reading.find(journal, name) if name is not None else None
    found = reading.histories(journal, today=run.today, only=only)
    outlooks = [outlook(history, policy, today=run.today) for history in found]
    return outlooks if only else [o for o in outlooks if in_view(o)]


def _nothing(run: Run) -> None:
    run.note("Nobody is in the journal yet. Begin with: mentorlog add-relationship NAME")


@command
def status(run: Run, name: MaybeName = None) -> None:
    """Show where each relationship stands, or one of them.

    Example: mentorlog status
    """
    outlooks = sorted(load_outlooks(run, name), key=_closed_last)
    if run.json:
        from mentorlog.render.json import outlook_item

        return run.items(outlook_item(o) for o in outlooks)
    if not outlooks:
        return _nothing(run)
    headers = ("Name", "Phase", "Last met", "Next", "", "Advice")
    return run.table(headers, [_status_row(o) for o in outlooks])


def _closed_last(outlook: Outlook) -> bool:
    return outlook.timing.standing == "closed"


def _status_row(outlook: Outlook) -> tuple[str, ...]:
    state, timing = outlook.state, outlook.timing
    last = (
        f"met {say_ago(state.last_held_on, today=state.today)}" if state.last_held_on else "not met"
    )
    return (
        state.history.relationship.name,
        text.phase_title(outlook),
        last,
        f"next {say_day(timing.next_on)}" if timing.next_on else "no date",
        text.STANDINGS[timing.standing],
        text.short_advice(outlook) if timing.standing not in ("paused", "closed") else "",
    )


@command
def next_(run: Run, name: MaybeName = None) -> None:
    """Say when to meet next: all by urgency, or one with the full explanation.

    Example: mentorlog next ana
    """
    outlooks = by_urgency(load_outlooks(run, name))
    if run.json:
        from mentorlog.render.json import outlook_item

        return run.items(outlook_item(o) for o in outlooks)
    if name is not None:
        return run.out(*text.explanation(outlooks[0]))
    if not outlooks:
        return _nothing(run)
    shown = [o for o in outlooks if o.timing.standing not in ("paused", "closed")]
    return run.table(("When", "Who", "", "Advice"), [_next_row(o) for o in shown])


def _next_row(outlook: Outlook) -> tuple[str, ...]:
    timing = outlook.timing
    return (
        say_day(timing.next_on) if timing.next_on else "no date",
        outlook.state.history.relationship.name,
        text.STANDINGS[timing.standing],
        text.short_advice(outlook),
    )


@command
def phase(run: Run, name: Name) -> None:
    """Show every condition for the next step: its value, what is needed, how to record it.

    Example: mentorlog phase ana
    """
    found = load_outlooks(run, name)[0]
    if run.json:
        from mentorlog.render.json import outlook_item

        run.items([outlook_item(found)])
        return
    relationship = found.state.history.relationship
    since = say_day(found.state.step_since)
    run.out(f"{relationship.name}: {text.phase_title(found)}, since {since}.", "")
    rows = [
        (
            {"met": "met", "not-met": "not met", "not-known": "not known"}[c.state],
            text.condition_name(c, relationship.name) + text.measured(c),
            "" if c.state == "met" else text.condition_command(c, relationship.name),
        )
        for c in found.advice.conditions
    ]
    run.table(("", "Condition", "To record it"), rows)
    run.out("", text.advice_line(found), *text.advice_sentences(found))
    if text.decision_command(found):
        run.out(f"If you both agree: {text.decision_command(found)}")


@command
def remind(
    run: Run,
    within: Annotated[
        int, typer.Option(metavar="DAYS", help="Also what falls due within so many days.")
    ] = 0,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 10 if something is due.")
    ] = False,
) -> None:
    """Print what is due, one line each; nothing at all if nothing is. Made for cron.

    Example: mentorlog remind --within 7

    Every weekday at 7:30, from `crontab -e` (cron mails what is printed):

        30 7 * * 1-5  /ABSOLUTE/PATH/TO/.venv/bin/mentorlog remind

    Your absolute path: command -v mentorlog
    """
    if not 0 <= within <= 366:
        raise BadUsage(f"--within takes 0 to 366 days, not {within}", "for example: --within 7")
    found = due(load_outlooks(run, None), within_days=within)
    if run.json:
        from mentorlog.render.json import outlook_item

        run.items(outlook_item(o) for o in found)
    else:
        for o in found:
            run.out(text.reminder(o))
    if found and exit_code:
        raise typer.Exit(DUE_EXIT_CODE)
