"""What the shell is offered; silent whatever happens, and never makes a journal."""

import os
from collections.abc import Callable
from typing import Any

from mentorlog.config import journal_path
from mentorlog.errors import MentorlogError
from mentorlog.names import fold_name
from mentorlog.store import details, reading
from mentorlog.store.journal import Journal, open_journal


def _offer(ctx: Any, incomplete: str, find: Callable[[Journal], list[str]]) -> list[str]:
    try:
        given = ctx.params.get("journal") or ctx.find_root().params.get("journal")
        journal = open_journal(journal_path(given)[0], for_writing=False)
        wanted = fold_name(incomplete)
        found = [x for x in find(journal) if fold_name(x).startswith(wanted)] if journal else []
        return [_as_typed(x, incomplete) for x in found]
    except (MentorlogError, OSError):
        return []


def _as_typed(value: str, incomplete: str) -> str:
    """Go on from what was typed, in its own case; bash wants spaces escaped, others do not."""
    if not value.startswith(incomplete):
        value = incomplete + value[len(incomplete) :]
    if os.environ.get("_MENTORLOG_COMPLETE") == "complete_bash":
        head, tail = value[: len(incomplete)], value[len(incomplete) :]
        return head + tail.replace(" ", "\\ ").replace("'", "\\'")
    return value


def complete_name(ctx: Any, incomplete: str) -> list[str]:
    """Return the names that begin with what was typed, case and accents folded."""
    return _offer(ctx, incomplete, lambda journal: [name for name, _ in reading.names(journal)])


def complete_id(*kinds: str) -> Callable[[Any, str], list[str]]:
    """Return a completion of the newest ids of some kinds of record."""

    def complete(ctx: Any, incomplete: str) -> list[str]:
        return _offer(ctx, incomplete, lambda journal: details.newest_ids(journal, kinds))

    return complete


def complete_topic(ctx: Any, incomplete: str) -> list[str]:
    """Return the topics in use."""
    return _offer(ctx, incomplete, details.topics)
