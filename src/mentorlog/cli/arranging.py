"""Dates on days that suit both sides: what is set and what is busy, put before the schedule."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache

from mentorlog.cli.busy import load_busy
from mentorlog.cli.loading import load_setup
from mentorlog.cli.run import Run
from mentorlog.errors import InvalidDocument
from mentorlog.model import Session, replace
from mentorlog.phase.advice import Outlook
from mentorlog.phase.cadence import Reason
from mentorlog.schedule import wishes as schedule
from mentorlog.schedule.days import Days, Limits
from mentorlog.settings import Settings
from mentorlog.store import details, remembered
from mentorlog.store.journal import Journal
from mentorlog.zones import on_clock

# The days of both sides where nothing is set: all but those of pauses and after an end.
ANY_DAYS: tuple[Days, schedule.Theirs] = Days(), lambda o: schedule.theirs_of(o, Days())


def limits_of(settings: Settings) -> Limits:
    """Return how many meetings the owner wants at most."""
    return Limits(settings.max_a_day, settings.max_a_week)


def load_holidays(place: str | None, *, today: date) -> Mapping[date, str]:
    """Return the public holidays of a country or region, of last year to the year after next.

    Remembered for the month: the package that knows them takes longer than all the rest.
    Raises InvalidDocument where it is not installed, or knows no such place.
    """
    if place is None:
        return {}
    years = list(range(today.year - 1, today.year + 3))
    made_from = [years, today.month]
    known = remembered.load(f"holidays-{place}", made_from)
    if known is None:
        known = {on.isoformat(): name for on, name in _holidays(place, years).items()}
        remembered.save(f"holidays-{place}", made_from, known)
    return {date.fromisoformat(on): name for on, name in known.items()}


def _holidays(place: str, years: list[int]) -> dict[date, str]:
    try:
        import holidays
    except ImportError as error:
        raise InvalidDocument(
            "public holidays need the holidays package", "pip install 'mentorlog[holidays]'"
        ) from error
    country, _, region = place.partition("-")
    supported = holidays.list_supported_countries()
    if country not in supported:
        raise InvalidDocument(
            f"no public holidays are known for '{country}'", f"known: {', '.join(supported)}"
        )
    if region and region not in supported[country]:
        regions = ", ".join(supported[country]) or "none"
        raise InvalidDocument(f"'{country}' has no region '{region}'", f"its regions: {regions}")
    return dict(
        holidays.country_holidays(country, subdiv=region or None, years=years, language="en_US")
    )


def arrange(run: Run, journal: Journal, outlooks: list[Outlook]) -> None:
    """Put the dates of the answers on days that suit; they stay where nothing is set."""
    if days := load_days(run, journal):
        limits = limits_of(load_setup(run).settings)
        schedule.arrange(outlooks, *days, limits, today=run.today)


@lru_cache(maxsize=1)
def load_days(run: Run, journal: Journal) -> tuple[Days, schedule.Theirs] | None:
    """Return the owner's days and those of each other side; ``None`` if none are set or busy."""
    settings, known = load_setup(run).settings, {}
    busy, notes = load_busy(journal, settings, today=run.today)
    for place in {said.holidays for said in (settings.me, *settings.others.values())}:
        try:
            known[place] = load_holidays(place, today=run.today)
        except InvalidDocument as error:  # an answer without them is better than none
            known[place] = {}
            notes.append(f"Answered without holidays: {error.message} ({error.hint[:60]})")
    # What cron runs prints nothing but what is due; `next` and `status` say it.
    if notes and run.command != "remind":
        run.note(*notes)
    if settings == Settings() and not busy:
        return None

    def theirs(outlook: Outlook) -> Days:
        said = settings.other(outlook.relationship.name)
        days = schedule.days_of(said, known.get(said.holidays, {}))
        return schedule.theirs_of(outlook, days)

    return schedule.days_of(settings.me, known[settings.me.holidays], busy=busy), theirs


def booked_reasons(run: Run, journal: Journal, outlook: Outlook, real: Session) -> list[Reason]:
    """Return what speaks against a booking; it is booked all the same."""
    settings, day = load_setup(run).settings, real.held_on
    reasons = _off_reasons(run, journal, outlook, day)
    monday = day - timedelta(days=day.weekday())
    for why, limit, first, last in (
        ("booked_full", settings.max_a_day, day, day),
        ("booked_week", settings.max_a_week, monday, monday + timedelta(days=6)),
    ):
        if limit is None:
            continue
        count = len(details.booked_between(journal, first, last))
        count += details.held_between(journal, first, last)
        if count > limit:
            reasons.append(Reason(why, {"day": day, "meetings": count, "limit": limit}))
    return [*_overlaps(journal, real, settings), *reasons]


def _off_reasons(run: Run, journal: Journal, outlook: Outlook, day: date) -> list[Reason]:
    """The first side for which a day is off, and why; a pause is said elsewhere."""
    mine, theirs = load_days(run, journal) or ANY_DAYS
    for whose, days in (("me", mine), ("them", replace(theirs(outlook), pauses=()))):
        if off := days.off(day):
            facts = {"day": day, "whose": whose, "off": off[0], "named": off[1]}
            return [Reason("booked_off", facts)]
    return []


def _overlaps(journal: Journal, real: Session, settings: Settings) -> list[Reason]:
    """The other meetings that are booked for the same time, on the owner's clock."""
    day, mine = timedelta(days=1), settings.me.zone
    wanted = _span(on_clock(real, mine), settings.minutes)
    if wanted is None:
        return []
    reasons = []
    for name, other in details.booked_between(journal, real.held_on - day, real.held_on + day):
        seen = on_clock(other, mine)
        taken = _span(seen, settings.minutes)
        if taken and other.id != real.id and taken[0] < wanted[1] and wanted[0] < taken[1]:
            facts = {"other": name, "at": seen.at, "id": other.id}
            reasons.append(Reason("booked_overlap", facts))
    return reasons


def _span(booked: Session, usual_minutes: int) -> tuple[datetime, datetime] | None:
    if booked.at is None:
        return None
    start = datetime.combine(booked.held_on, booked.at)
    return start, start + timedelta(minutes=booked.minutes or usual_minutes)
