"""The evidence of the journal under the rules in force, for every command that asks them.

What reads settings and time zones is imported inside: most journals have no ``config.toml``.
"""

from typing import TYPE_CHECKING

from mentorlog import config
from mentorlog.cli.run import Run
from mentorlog.errors import InvalidDocument
from mentorlog.model import History, Relationship, Session
from mentorlog.phase.advice import Outlook, outlook
from mentorlog.phase.policy import DEFAULT_POLICY, Policy, with_numbers
from mentorlog.reminders import in_view
from mentorlog.store import details, reading
from mentorlog.store.journal import Journal

if TYPE_CHECKING:
    from mentorlog.settings import Settings
    from mentorlog.zones import Zones

# A program ends at once; a function that returns takes down what it holds piece by piece, and
# of a thousand relationships that takes as long as all the rules.
_KEPT: list[list[Outlook]] = []


def load_policy() -> Policy:
    """Return the rules with what the person has set in ``config.toml``."""
    return read_policy(config.load_config())


def read_policy(found: config.Config | None) -> Policy:
    """Return the rules with what a configuration says; InvalidDocument for any slip in it."""
    if found is None:
        return DEFAULT_POLICY
    from mentorlog.settings import read_settings

    read_settings(found.content, found.where)  # a slip anywhere is said before anything is done
    try:
        return with_numbers(found.content, found.where)
    except OverflowError as error:
        raise InvalidDocument(f"{found.path}: {error}", "write a smaller number") from error


def load_settings() -> "Settings":
    """Return what the person has set in ``config.toml`` about days, limits and zones."""
    from mentorlog.settings import Settings, read_settings

    found = config.load_config()
    return read_settings(found.content, found.where) if found else Settings()


def load_zones(name: str = "") -> "Zones":
    """Return the time zones of the owner and of the other side of a name, where told."""
    from mentorlog.zones import zones_between

    return zones_between(load_settings(), name)


def load_clock_lines(journal: Journal, person: Relationship, booked: Session | None) -> list[str]:
    """Return what to say of the clocks of both sides when a meeting is booked."""
    if booked is None or booked.at is None:
        return []
    from mentorlog.render.bookings import clock_lines, shift_lines

    zones, last = load_zones(person.name), None
    if zones.mine and zones.theirs:
        last = details.last_timed(journal, person, before=booked.held_on)
    lines = clock_lines(booked, zones, person.name)
    return [*lines, *shift_lines(last, booked, zones, person.name)]


def load_histories(
    run: Run, journal: Journal, only: Relationship | None, policy: Policy
) -> list[History]:
    """Return the evidence on all relationships, or one, as far back as the rules look."""
    found = reading.histories(journal, today=run.today, only=only, **policy.bounds)
    mine = load_zones().mine if config.load_config() else None
    if mine is None:
        return found
    from mentorlog.zones import bookings_on_clock

    return [bookings_on_clock(history, mine) for history in found]


def load_outlook(run: Run, journal: Journal, only: Relationship) -> Outlook:
    """Return the answer for one relationship."""
    policy, settings = load_policy(), load_settings() if config.load_config() else None
    # With a limit its date depends on all the others.
    if settings and (settings.max_a_day or settings.max_a_week):
        found = _arranged(run, journal, load_histories(run, journal, None, policy), policy)
        found = [o for o in found if o.state.history.relationship.id == only.id]
        answer = outlook(load_histories(run, journal, only, policy)[0], policy, today=run.today)
        answer.timing = found[0].timing  # the page of one has more words than a list
        return answer
    return _arranged(run, journal, load_histories(run, journal, only, policy), policy)[0]


def load_outlooks(run: Run, name: str | None) -> list[Outlook]:
    """Return the answer for one relationship, or for all that are in view today."""
    policy, journal = load_policy(), run.reading() if name is None else run.existing()
    if journal is None:
        return []
    if name is not None:
        return [load_outlook(run, journal, reading.find(journal, name))]
    found = _arranged(run, journal, load_histories(run, journal, None, policy), policy)
    return [answer for answer in found if in_view(answer)]


def _arranged(run: Run, journal: Journal, found: list[History], policy: Policy) -> list[Outlook]:
    """The answers, their dates on days that suit where anything is set or busy."""
    answers = [outlook(history, policy, today=run.today) for history in found]
    _KEPT.append(answers)
    if config.load_config() is None and not details.has_busy_calendars(journal):
        return answers
    from mentorlog.cli.arranging import arranged

    return arranged(run, journal, answers, load_settings())
