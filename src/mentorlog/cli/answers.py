"""Where things stand, when to meet next, and whether to move on.

What answers is imported inside: a shell that completes a name builds these commands too.
"""

from typing import TYPE_CHECKING

from mentorlog.cli.run import MaybeName, Name, Run, command

if TYPE_CHECKING:
    from mentorlog.phase.advice import Outlook


def _load(run: Run, name: str | None) -> "list[Outlook]":
    from mentorlog.cli.loading import load_outlooks

    return load_outlooks(run, name)


def _json(run: Run, found: "list[Outlook]") -> None:
    from mentorlog.render.json import outlook_item

    run.items(map(outlook_item, found))


@command
def status(run: Run, name: MaybeName = None) -> None:
    """Show where each relationship stands, or one of them.

    Example: mentorlog status
    """
    from mentorlog.render.rows import STATUS, status_row

    found = sorted(_load(run, name), key=lambda o: o.timing.standing == "closed")
    if run.json:
        return _json(run, found)
    if not found:
        return run.nobody()
    return run.table(STATUS, list(map(status_row, found)))


@command
def next_(run: Run, name: MaybeName = None) -> None:
    """Say when to meet next: all by urgency, or one with the full explanation.

    Example: mentorlog next ana
    """
    from mentorlog.cli.loading import load_clock_lines
    from mentorlog.reminders import by_urgency
    from mentorlog.render.rows import NEXT, next_row
    from mentorlog.render.text import explanation

    found = by_urgency(_load(run, name))
    if run.json:
        return _json(run, found)
    if name is not None:
        clocks = load_clock_lines(run, run.existing(), found[0])
        return run.out(*explanation(found[0], clocks))
    if not found:
        return run.nobody()
    shown = [o for o in found if o.timing.standing not in ("paused", "closed")]
    if not shown:
        run.note("Everyone is paused or closed; see: mentorlog status")
    return run.table(NEXT, list(map(next_row, shown)))


@command
def phase(run: Run, name: Name) -> None:
    """Show every condition for the next step: its value, what is needed, how to record it.

    Example: mentorlog phase ana
    """
    from mentorlog.dates import say_day
    from mentorlog.render import text
    from mentorlog.render.rows import CONDITIONS, condition_row

    found = _load(run, name)[0]
    if run.json:
        return _json(run, [found])
    who = found.relationship.name
    run.out(f"{who}: {text.phase_title(found)}, since {say_day(found.state.step_since)}.", "")
    if found.state.closing:
        return run.out(text.advice_line(found), *text.timing_sentences(found))
    run.table(CONDITIONS, [condition_row(checked, found) for checked in found.conditions])
    run.out("", text.advice_line(found), *text.advice_sentences(found))
    if text.decision_command(found):
        run.out(f"If you both agree: {text.decision_command(found)}")
    return None
