"""The page that `add-session --edit` opens, and what is read back from it.

Lines that begin with # are dropped. A line "[x] a7 ..." ticks off what it names, one with
"[ ]" is left open and not recorded; "+ me: send the book by fri" promises something. All
other lines are the notes.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from mentorlog.cli.loading import load_outlook
from mentorlog.cli.run import Run
from mentorlog.cli.teams import Promise, parse_promise
from mentorlog.dates import say_day
from mentorlog.errors import BadUsage
from mentorlog.model import Member, Relationship
from mentorlog.phase.questions import questions
from mentorlog.render.text import one_line, promiser
from mentorlog.store import details
from mentorlog.store.journal import Journal

_TICK = re.compile(r"\[([ xX])\]\s*([ak])(\d+)\b")
_KINDS = {"a": "action", "k": "parked"}

_BESIDE = "# Of this meeting: "
LISTS = ("topics", "action", "there", "member")

Edited = tuple[str, list[Promise], list[tuple[str, int]]]


def template_of(run: Run, journal: Journal, relationship: Relationship, day: date) -> str:
    """Return the page for a meeting: questions of the phase, open promises, parked items."""
    found = load_outlook(run, journal, relationship)
    lines = [f"# {relationship.name}, {say_day(day)}. Write the notes above or below."]
    lines += [f"# {question}" for question in questions(found)]
    parked = details.parked(journal, relationship, today=run.today)
    open_actions = found.state.open_actions
    if parked or open_actions:
        lines.append("# Put an x in the brackets of what is done; the rest stays open.")
    lines += [f"[ ] k{item.id} {one_line(item.text)}" for item in parked]
    lines += [
        f"[ ] a{a.id} {promiser(a, relationship.name)}: {one_line(a.text)}" for a in open_actions
    ]
    lines.append("# Promise something:  + me: send the book by fri")
    return "\n".join(lines)


def beside(given: Mapping[str, Any]) -> str:
    """Return what was given beside the notes, by field, as a line that a draft keeps."""
    import json

    return _BESIDE + json.dumps(given, default=str, ensure_ascii=False)


def given_in(text: str, *, today: date) -> dict[str, Any]:
    """Return what was given beside a draft that was left; BadUsage for what it cannot be."""
    import json

    from mentorlog.cli.fields import read_field

    line = ["", *re.findall(rf"^{_BESIDE}(.*)$", text, re.MULTILINE)][-1]
    try:
        found = dict(json.loads(line or "{}"))
        listed = {field: list(map(str, found.pop(field, ()))) for field in LISTS}
    except (TypeError, ValueError) as error:
        raise BadUsage(f"your draft has '{_BESIDE}{line}'", "put that right in it") from error
    read = {f: read_field("session", f, str(v), today=today) for f, v in found.items()}
    return read | {field: texts for field, texts in listed.items() if texts}


def read_template(text: str, members: Sequence[Member], *, today: date) -> Edited:
    """Return the notes, the new promises, and what was ticked off; BadUsage for a bad promise."""
    notes, promised, ticked = [], [], []
    for line in text.splitlines():
        tick = _TICK.match(line)
        if tick:
            if tick[1] != " ":
                ticked.append((_KINDS[tick[2]], int(tick[3])))
        elif line.startswith("+ "):
            promised.append(parse_promise(line[2:], members, today=today))
        else:
            notes.append(line)
    return "\n".join(notes).strip(), promised, ticked
