"""An invented journal in a temporary place, and the main job run on it, the same every day."""

import io
import shlex
import tempfile
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from mentorlog.cli.run import Run, command, option
from mentorlog.dates import say_day
from mentorlog.errors import Refused

TODAY = "2026-12-01"

# What the owner of the demo journal typed, one line after each meeting.
STORY = """
add-relationship Ana --as mentor --started 2026-09-07 --purpose "first year as team lead"
add-session Ana "Got to know each other; why she took the job." --on 2026-09-10 --trust 3
add-session Ana "Told her about my first failed release." --on 2026-09-17 --trust 4 --their-trust 4 --opened-up both
agree Ana --every 1w --terms "what we say stays with us" --on 2026-09-17
add-goal Ana "Run the planning round without me" --on 2026-09-17
move Ana learning --every 1w --on 2026-09-17 --why "we both said so"
add-session Ana "Planning: cut the list in half." --on 2026-09-24 --energy 4 --agenda me --action "them: draft the plan by 2026-10-01"
done a1 --on 2026-09-30
add-session Ana "Draft is good. Next: who owns what." --on 2026-10-01 --energy 4 --action "me: introduce her to Priya by 2026-10-05"
done a2 --on 2026-10-05
goal g1 --state moving --on 2026-10-08
add-session Ana "First round run alone, me at the back." --on 2026-10-08 --trust 4 --their-trust 4 --energy 5 --agenda them --action "them: write up the round by 2026-10-15"
done a3 --on 2026-10-14
add-session Ana "How to say no to a director." --on 2026-10-15 --trust 5 --their-trust 4 --energy 4 --agenda them
add-session Ana "Said no, kindly. It worked." --on 2026-10-22 --trust 5 --their-trust 5 --energy 4 --agenda them
add-session Ana "Short one: she comes with the answer." --on 2026-11-26 --trust 5 --their-trust 5 --energy 4 --agenda them --minutes 30
pause Ana --from 2026-10-26 --until 2026-11-20 --why "her parental leave"
add-relationship Ben --as mentor --started 2026-08-31
add-session Ben "Wants to publish; does not know where." --on 2026-09-02
move Ben learning --every 2w --on 2026-09-16
agree Ben --every 2w --on 2026-09-16
add-session Ben "Outline of the first paper." --on 2026-09-30 --energy 3
add-session Ben "Outline again; stuck on the data." --on 2026-10-14 --energy 3 --action "them: ask the archive by 2026-10-28"
add-session Ben --status no-show --by them --on 2026-10-28
add-session Ben --status no-show --by them --on 2026-11-11
add-relationship "Chen Li" --as mentee --started 2026-11-09
add-session "Chen Li" "She told me how she got lost in her own first lab." --on 2026-11-12 --trust 4 --opened-up them
add-session "Chen Li" "Agreed what this is for." --on 2026-11-26 --trust 5
agree "Chen Li" --every 2w --terms "my thesis, and nothing leaves the room" --on 2026-11-26
add-goal "Chen Li" "Submit the second chapter" --on 2026-11-26
add-relationship Dana --as peer --started 2024-01-15
add-session Dana "Swapped war stories." --on 2024-01-18
move Dana learning --on 2024-02-15
add-session Dana "Hiring: how each of us does it." --on 2024-03-14
move Dana maintenance --every 6m --on 2025-03-13 --why "we both have what we came for"
add-session Dana "Long dinner. All well." --on 2026-09-14
add-relationship Emil --as mentor --started 2026-03-02
add-session Emil "First steps as maintainer." --on 2026-03-05
agree Emil --every 1w --terms "open about what is hard" --on 2026-03-05
move Emil learning --every 1w --on 2026-03-12
add-session Emil "Release notes together." --on 2026-10-29
pause Emil --from 2026-11-02 --until 2027-01-08 --why "exams"
"""

SHOWN = ("status", "next", "next Ana", 'phase "Chen Li"', "remind --within 3")


def tell(journal: Path) -> None:
    """Record the story in a journal, by the same commands that a person types."""
    for line in STORY.strip().splitlines():
        _answer(journal, line)


def _answer(journal: Path, line: str) -> str:
    with redirect_stdout(io.StringIO()) as said:
        perform(journal, line)
    return said.getvalue()


def perform(journal: Path, line: str) -> None:
    """Run one command line on a journal, as on the demo's day."""
    from mentorlog.cli.app import app

    group = typer.main.get_command(app)
    arguments = ["--journal", str(journal), "--today", TODAY, *shlex.split(line)]
    try:
        group.main(arguments, prog_name="mentorlog")
    except SystemExit as end:
        if end.code:
            raise


@command
def demo(
    run: Run,
    keep: Annotated[
        Path | None, option("Keep the demo journal there, to try things.", of="FILE")
    ] = None,
) -> None:
    """Show it all on an invented journal of five, in a temporary place, as on 1 December 2026.

    Example: mentorlog demo
    """
    with tempfile.TemporaryDirectory(prefix="mentorlog-") as folder:
        journal = keep or Path(folder) / "demo.db"
        if keep and keep.exists():
            raise Refused(f"there is a file {keep} already", "name one that is not there yet")
        tell(journal)
        run.today = date.fromisoformat(TODAY)
        if run.json:
            run.items({"line": line, "output": _answer(journal, line)} for line in SHOWN)
            return
        run.out(f"An invented journal, as on {say_day(run.today)}.", "")
        for line in SHOWN:
            run.out(f"$ mentorlog {line}")
            perform(journal, line)
            run.out("")
    if keep:
        run.out(
            f"The demo journal is {keep}. Try: mentorlog --journal {keep} --today {TODAY} show Ana"
        )
