"""The only module that asks the system what time it is."""

from datetime import UTC, date, datetime


def today() -> date:
    """Return the current local calendar day."""
    return datetime.now().date()


def now_at() -> datetime:
    """Return the current moment, aware, in UTC."""
    return datetime.now(UTC)
