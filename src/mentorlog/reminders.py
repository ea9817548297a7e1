"""What cron says: of many relationships, those that are due, most urgent first. No notes."""

from collections.abc import Iterable
from datetime import date, timedelta

from mentorlog.phase.advice import Outlook
from mentorlog.phase.cadence import unanswered

_URGENCY = {"very-late": 0, "late": 1, "due": 2, "quiet": 3, "ahead": 4, "paused": 5, "closed": 6}


def by_urgency(outlooks: Iterable[Outlook]) -> list[Outlook]:
    """Order by urgency, then day, then name; closed and paused last."""
    return sorted(
        outlooks,
        key=lambda o: (
            _URGENCY[o.timing.standing],
            o.timing.due_on or date.max,
            o.state.history.relationship.name,
        ),
    )


def in_view(outlook: Outlook) -> bool:
    """Whether a relationship belongs on a list as of its day: begun, or about to begin."""
    state = outlook.state
    begins = state.history.relationship.started_on
    return begins <= state.today + timedelta(days=state.policy["horizon_days"])


def due(outlooks: Iterable[Outlook], *, within_days: int) -> list[Outlook]:
    """Return those to be reminded of: due, late or very late, or due within some days, and
    those of which nobody has said whether a booked meeting took place.

    One that has gone quiet was reminded of long enough; ``status`` still shows it.
    """
    return by_urgency(
        o
        for o in outlooks
        if in_view(o)
        and (
            o.timing.standing in ("due", "late", "very-late")
            or unanswered(o.timing)
            or (
                o.timing.standing in ("ahead", "paused")
                and o.timing.due_on is not None
                and (o.timing.due_on - o.state.today).days <= within_days
            )
        )
    )
