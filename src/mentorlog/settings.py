"""What a person has set about days: their own and those of the people they meet. Values only."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date, time

from mentorlog.model import frozen


@frozen
class Availability:
    """The days of one side. ``None`` is "not said".

    ``weekdays`` are 0 (Monday) to 6; ``away`` first and last days, both included; ``holidays``
    a country with or without a region, ``DE`` or ``DE-BY``; ``zone`` an IANA time zone.
    """

    weekdays: frozenset[int] | None = None
    away: tuple[tuple[date, date], ...] = ()
    holidays: str | None = None
    zone: str | None = None


@frozen
class Settings:
    """All that ``config.toml`` says beside the numbers of the rules.

    ``max_a_day`` and ``max_a_week`` are meetings of the owner; ``hours`` when a working day
    begins and ends; ``minutes`` the usual length of a meeting; ``mail`` where reminders go;
    ``others`` the days of other people by folded name.
    """

    me: Availability = field(default_factory=Availability)
    max_a_day: int | None = None
    max_a_week: int | None = None
    hours: tuple[time, time] = (time(9), time(17))
    minutes: int = 60
    mail: str | None = None
    others: Mapping[str, Availability] = field(default_factory=dict)
