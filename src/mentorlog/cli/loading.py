"""The evidence of the journal under the rules in force, for every command that asks them.

What reads settings and time zones is imported inside: most journals have no ``config.toml``.
"""

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from mentorlog.cli.run import Run
from mentorlog.config import Config, load_config
from mentorlog.errors import InvalidDocument
from mentorlog.model import History, Relationship, Session
from mentorlog.phase.advice import Outlook, outlook
from mentorlog.phase.cadence import booking
from mentorlog.phase.policy import DEFAULT_POLICY, Policy, with_numbers
from mentorlog.reminders import in_view
from mentorlog.store import details, reading
from mentorlog.store.journal import Journal

if TYPE_CHECKING:
    from mentorlog.settings import Settings

# A program ends at once; a function that returns takes down what it holds piece by piece, and
# of a thousand relationships that takes as long as all the rules.
_KEPT: list[list[Outlook]] = []


class Setup(NamedTuple):
    """What the person has set: the rules in force, and the rest, ``None`` without a file."""

    policy: Policy = DEFAULT_POLICY
    said: "Settings | None" = None

    @property
    def settings(self) -> "Settings":
        """Days, limits and zones; as by default where there is no file."""
        from mentorlog.settings import Settings

        return self.said or Settings()


@lru_cache(maxsize=1)
def load_setup(run: Run) -> Setup:
    """Return what ``config.toml`` says, read once a run; InvalidDocument for any slip in it.

    What records asks for it first, so that a slip is told before anything is done.
    """
    return read_setup(load_config())


def read_setup(found: Config | None) -> Setup:
    """Return what a configuration says; InvalidDocument, with file, line and key, for a slip."""
    if found is None:
        return Setup()
    from mentorlog.settings import read_settings

    settings = read_settings(found.content, found.where)
    try:
        return Setup(with_numbers(found.content, found.where), settings)
    except OverflowError as error:
        raise InvalidDocument(f"{found.path}: {error}", "write a smaller number") from error


def load_clock_lines(
    run: Run, journal: Journal, found: Outlook, booked: Session | None = None
) -> list[str]:
    """Return what to say of the clocks of both sides at a booking, the next one if not given."""
    booked, person = booked or booking(found.state), found.relationship
    if booked is None or booked.at is None:
        return []
    from mentorlog.render.bookings import clock_lines, shift_lines
    from mentorlog.zones import zones_between

    zones, last = zones_between(load_setup(run).settings, person.name), None
    if zones.mine and zones.theirs:
        last = details.last_timed(journal, person, before=booked.held_on)
    lines = clock_lines(booked, zones, person.name)
    return [*lines, *shift_lines(last, booked, zones, person.name)]


def load_histories(run: Run, journal: Journal, only: Relationship | None) -> list[History]:
    """Return the evidence on all relationships, or one, as far back as the rules look."""
    policy, said = load_setup(run)
    found = reading.histories(journal, today=run.today, only=only, **policy.bounds)
    if said is None or said.me.zone is None:
        return found
    from mentorlog.zones import bookings_on_clock

    return [bookings_on_clock(history, said.me.zone) for history in found]


def load_outlook(run: Run, journal: Journal, only: Relationship) -> Outlook:
    """Return the answer for one relationship."""
    policy, said = load_setup(run)
    # With a limit its date depends on all the others.
    if said and (said.max_a_day or said.max_a_week):
        found = _arranged(run, journal, None)
        found = [o for o in found if o.relationship.id == only.id]
        answer = outlook(load_histories(run, journal, only)[0], policy, today=run.today)
        answer.timing = found[0].timing  # the page of one has more words than a list
        return answer
    return _arranged(run, journal, only)[0]


def load_outlooks(run: Run, name: str | None) -> list[Outlook]:
    """Return the answer for one relationship, or for all that are in view today."""
    load_setup(run)
    journal = run.reading() if name is None else run.existing()
    if journal is None:
        return []
    if name is not None:
        return [load_outlook(run, journal, reading.find(journal, name))]
    return load_in_view(run, journal)


def load_in_view(run: Run, journal: Journal) -> list[Outlook]:
    """Return the answers for all that are in view today."""
    return [answer for answer in _arranged(run, journal, None) if in_view(answer)]


def _arranged(run: Run, journal: Journal, only: Relationship | None) -> list[Outlook]:
    """The answers, their dates on days that suit where anything is set or busy."""
    policy, said = load_setup(run)
    histories = load_histories(run, journal, only)
    answers = [outlook(history, policy, today=run.today) for history in histories]
    _KEPT.append(answers)
    if said is not None or details.has_busy_calendars(journal):
        from mentorlog.cli.arranging import arrange

        arrange(run, journal, answers)
    return answers
