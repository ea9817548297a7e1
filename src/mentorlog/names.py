"""Names and ids as people type them: accents folded, a prefix where it is unique; ``s12``."""

from collections.abc import Sequence
from functools import lru_cache

from mentorlog.errors import BadUsage, NotFound, Refused

LONGEST_NAME = 200

PREFIXES = {
    "session": "s",
    "goal": "g",
    "action": "a",
    "outcome": "o",
    "agreement": "t",
    "move": "m",
    "pause": "p",
    "closing": "c",
    "parked": "k",
    "member": "b",
    "decline": "d",
    "relationship": "r",
    "snooze": "z",
    "busy_calendar": "y",
}


def fold_name(name: str) -> str:
    """Return the form in which two spellings of a name are the same."""
    if name.isascii():
        return name.lower()
    import unicodedata

    plain = unicodedata.normalize("NFKD", _without_joiners(name))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def _without_joiners(name: str) -> str:
    """The name without the joiners that Persian and Sinhala are spelt with."""
    return name.translate({0x200C: None, 0x200D: None})


@lru_cache(256)
def clean_name(text: str) -> str:
    """Return a name with its spaces tidied; BadUsage if nothing printable is left of it."""
    import unicodedata

    name = unicodedata.normalize("NFC", " ".join(text.split()))
    if not name or not fold_name(name):
        raise BadUsage("a relationship needs a name", "with at least one letter: Ana")
    if not _without_joiners(name).isprintable() or len(name) > LONGEST_NAME:
        raise BadUsage(
            "that name has characters that cannot be shown, or is very long",
            f"use printable characters, at most {LONGEST_NAME}",
        )
    return name


def pick_name(names: Sequence[tuple[str, str]], text: str) -> str:
    """Return the one name meant by ``text``: exact, else by unique prefix, folded.

    ``names`` are (name, folded) pairs. Raises NotFound or Refused with the candidates.
    """
    wanted = fold_name(" ".join(text.split()))
    if not wanted:
        raise BadUsage("which relationship? the name is empty", "see them all: mentorlog status")
    found = [name for name, folded in names if folded == wanted]
    found = found or [name for name, folded in names if folded.startswith(wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        raise Refused(
            f"'{_short(text)}' could be {listed(found)}",
            "type more of the name until it fits only one",
        )
    if not names:
        raise NotFound(
            f"no relationship '{_short(text)}': the journal is empty",
            f"add it first: mentorlog add-relationship {_quoted(text)}",
        )
    near = _near(names, wanted) if len(wanted) <= LONGEST_NAME else []
    raise NotFound(
        f"no relationship '{_short(text)}'" + (f"; did you mean {listed(near)}?" if near else ""),
        f"see them all: mentorlog status; or add: mentorlog add-relationship {_quoted(text)}",
    )


def _near(names: Sequence[tuple[str, str]], wanted: str) -> list[str]:
    from difflib import get_close_matches

    inside = [name for name, folded in names if f" {wanted}" in folded]
    spelt = {word: name for name, folded in names for word in (*folded.split(), folded)}
    near = [spelt[word] for word in get_close_matches(wanted, spelt, 3)]
    return inside or list(dict.fromkeys(near))


def listed(names: Sequence[str]) -> str:
    """Return names in order as one text, at most eight of them: ``Ana, Bo and 3 more``."""
    shown = ", ".join(sorted(names)[:8])
    return shown + (f" and {len(names) - 8} more" if len(names) > 8 else "")


def _short(text: str) -> str:
    """What was typed, on one line and short enough to be read."""
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:57]}..."


def _quoted(text: str) -> str:
    import shlex

    return shlex.quote(_short(text))


def no_record(table: str, row_id: int) -> NotFound:
    """Say that an id is not in the journal."""
    return NotFound(
        f"there is no {table} {PREFIXES[table]}{row_id}",
        "the page of each relationship shows the ids: mentorlog show NAME",
    )
