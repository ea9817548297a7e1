"""What the shell is offered; silent whatever happens, and never makes a journal."""

import os
import re
from collections.abc import Sequence
from typing import Any

from typer._click.shell_completion import add_completion_class
from typer._completion_classes import BashComplete

from mentorlog.config import journal_path
from mentorlog.errors import MentorlogError
from mentorlog.names import fold_name
from mentorlog.store import details, reading
from mentorlog.store.journal import Journal, open_journal


def offer(ctx: Any, incomplete: str, kinds: Sequence[str]) -> list[str]:
    """Return the values of these kinds that begin with what was typed, case and accents folded."""
    try:
        given = ctx.params.get("journal") or ctx.find_root().params.get("journal")
        journal = open_journal(journal_path(given)[0], for_writing=False)
        found = [value for kind in kinds for value in _values(journal, kind)] if journal else []
        wanted = fold_name(incomplete)
        return [_as_typed(x, incomplete) for x in found if fold_name(x).startswith(wanted)]
    except (MentorlogError, OSError):
        return []


def _values(journal: Journal, kind: str) -> list[str]:
    if kind == "name":
        return [name for name, _ in reading.names(journal)]
    return details.topics(journal) if kind == "topic" else details.newest_ids(journal, kind)


def _as_typed(value: str, incomplete: str) -> str:
    """Go on from what was typed, in its own case.

    For zsh no further than a quote, which does not come through: a beginning is enough.
    """
    more = value[len(incomplete) :]
    if os.environ.get("_MENTORLOG_COMPLETE") == "complete_zsh":
        more = re.split("['\"]", more)[0]
    return incomplete + more


class _Bash(BashComplete):
    """Bash takes what it is given as if it were typed: escaped, but not inside quotes."""

    def format_completion(self, item: Any) -> str:
        """Return one value as it stands on the line."""
        incomplete, typed = self.get_completion_args()[1], os.environ["COMP_WORDS"]
        if incomplete and typed.endswith(('"' + incomplete, "'" + incomplete)):
            return str(item.value)
        return re.sub(r"([^\w@%+=:,./-])", r"\\\1", item.value)


def speak_bash() -> None:
    """Answer bash with values that arrive as one argument."""
    add_completion_class(_Bash, "bash")
