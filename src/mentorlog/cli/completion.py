"""What the shell is offered; silent whatever happens, and never makes a journal."""

from typing import Any

from mentorlog.config import journal_path
from mentorlog.errors import MentorlogError
from mentorlog.names import fold_name
from mentorlog.store.journal import open_journal
from mentorlog.store.reading import names


def complete_name(ctx: Any, incomplete: str) -> list[str]:
    """Return the names that begin with what was typed, case and accents folded."""
    try:
        given = ctx.params.get("journal") or ctx.find_root().params.get("journal")
        journal = open_journal(journal_path(given)[0], for_writing=False)
        wanted = fold_name(incomplete)
        return [n for n, folded in names(journal) if folded.startswith(wanted)] if journal else []
    except MentorlogError:
        return []
