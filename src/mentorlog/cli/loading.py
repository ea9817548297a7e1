"""The evidence of the journal under the rules in force, for every command that asks them."""

from collections.abc import Iterator

from mentorlog import config
from mentorlog.cli.run import Run
from mentorlog.errors import InvalidDocument
from mentorlog.model import History, Relationship
from mentorlog.phase.advice import Outlook, outlook
from mentorlog.phase.policy import DEFAULT_POLICY, Policy, with_numbers
from mentorlog.reminders import in_view
from mentorlog.store import reading
from mentorlog.store.journal import Journal


def load_policy() -> Policy:
    """Return the rules with what the person has set in ``config.toml``."""
    found = config.load_config()
    if found is None:
        return DEFAULT_POLICY
    try:
        return with_numbers(found[1], str(found[0]))
    except OverflowError as error:
        raise InvalidDocument(f"{found[0]}: {error}", "write a smaller number") from error


def load_histories(
    run: Run, journal: Journal, only: Relationship | None, policy: Policy | None = None
) -> list[History]:
    """Return the evidence on all relationships, or one, as far back as the rules look."""
    bounds = (policy or load_policy()).bounds
    return reading.histories(journal, today=run.today, only=only, **bounds)


def load_outlook(
    run: Run, journal: Journal, only: Relationship, policy: Policy | None = None
) -> Outlook:
    """Return the answer for one relationship."""
    policy = policy or load_policy()
    return outlook(load_histories(run, journal, only, policy)[0], policy, today=run.today)


def load_outlooks(run: Run, name: str | None) -> list[Outlook]:
    """Return the answer for one relationship, or for all that are in view today."""
    policy, journal = load_policy(), run.reading() if name is None else run.existing()
    if journal is None:
        return []
    if name is not None:
        return [load_outlook(run, journal, reading.find(journal, name), policy)]
    return list(_in_view(run, load_histories(run, journal, None, policy), policy))


def _in_view(run: Run, found: list[History], policy: Policy) -> Iterator[Outlook]:
    for history in found:
        answer = outlook(history, policy, today=run.today)
        if in_view(answer):
            yield answer
