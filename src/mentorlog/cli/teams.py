"""Several people in one relationship: who they are, who came, and what was said of each."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from mentorlog.cli.promises import with_due
from mentorlog.cli.run import Name, On, Run, argument, command, text_of
from mentorlog.dates import say_day
from mentorlog.errors import BadUsage, NotFound, Refused
from mentorlog.model import Member, Side
from mentorlog.names import clean_name, fold_name, pick_name
from mentorlog.store import details, reading, writing

Promise = tuple[Side, str, date | None, Member | None]  # owner, what, due day, member

_SAID = re.compile(r"(trust|their-trust) ([1-5])|(opened-up)")


@command
def add_member(
    run: Run,
    name: Name,
    member: Annotated[str, argument("The name of the new member.", "MEMBER")],
    on: On = None,
) -> None:
    """Add a member to a relationship of several.

    Example: mentorlog add-member "Data guild" Ana
    """
    day, who, journal = run.past(on), clean_name(member), run.existing()
    relationship = reading.find(journal, name)
    gone = {fold_name(m.name): m for m in details.members(journal, relationship) if m.left_on}
    if back := gone.get(fold_name(who)):
        raise Refused(
            f"{back.name} was a member of {relationship.name} before",
            f"take their leaving back: mentorlog edit b{back.id} --left ''",
        )
    with journal.write() as conn:
        row_id = writing.add_member(conn, relationship.id, who, day, at=run.at)
    run.wrote(
        "member", row_id, [f"{who} is in {relationship.name} from {say_day(day)}."],
        relationship=relationship.name, member=who, joined_on=day,
    )  # fmt: skip


def find_member(members: Sequence[Member], text: str) -> Member:
    """Return the member meant by a typed name; NotFound or Refused otherwise."""
    try:
        picked = pick_name([(m.name, fold_name(m.name)) for m in members], text)
    except NotFound as error:
        known = ", ".join(member.name for member in members)
        raise NotFound(f"no member '{text.strip()}'", f"members: {known}") from error
    return next(m for m in members if m.name == picked)


def parse_promise(text: str, members: Sequence[Member], *, today: date) -> Promise:
    """Read ``me: send the book by fri``; a member's action is one of theirs.

    The due day counts from ``today``, the day of the promise. Raises BadUsage where the owner
    is missing, NotFound or Refused for a member that nobody or several are.
    """
    owner, colon, rest = text.partition(":")
    side: Side | None = {"me": "me", "them": "them"}.get(owner.strip().lower())  # type: ignore[assignment]
    who = find_member(members, owner) if members and colon and not side else None
    if not colon or not (side or who):
        raise BadUsage(
            f"whose action is '{text}'?", 'write "me: send the book by fri" or "them: ..."'
        )
    return side or "them", *with_due(text_of(rest, "action"), today=today), who


def attendance(
    members: Sequence[Member], there: Sequence[str], said: Sequence[str], *, on: date, held: bool
) -> list[dict[str, Any]]:
    """Return the rows of who came and what was said of each; all came if nobody is named.

    To a meeting that was not held only those came who are named, or of whom something is said.

    Raises BadUsage where the relationship has no members, or for words that cannot be read.
    """
    texts, said = said, [part for text in said for part in text.split(";") if part.strip()]
    if texts and not said:
        raise BadUsage("nothing is said of any member", 'for example: --member "Ana: trust 4"')
    if not members:
        if there or said:
            raise BadUsage(
                "this relationship has no members", "add them: mentorlog add-member NAME MEMBER"
            )
        return []
    then = [member for member in members if member.is_in(on)]
    then = then or [member for member in members if not member.has_left(on)]
    names = [name for text in there for name in text.split(",") if name.strip()]
    if names or not held:
        names = names or [text.partition(":")[0] for text in said]
        came = {find_member(members, name).id for name in names}
    else:
        came = {member.id for member in then}
    rows = {
        m.id: {"member_id": m.id, "there": m.id in came}
        for m in members
        if m in then or m.id in came
    }
    for text in said:
        who, _, words = text.partition(":")
        member = find_member(members, who)
        row: dict[str, Any] = rows.setdefault(
            member.id, {"member_id": member.id, "there": not there}
        )
        for word in filter(None, (part.strip().lower() for part in words.split(","))):
            found = _SAID.fullmatch(word)
            if not found:
                raise BadUsage(
                    f"cannot read '{word}' of {member.name}",
                    'trust is 1 to 5: --member "Ana: trust 4, their-trust 5, opened-up"',
                )
            key = "opened_up" if found[3] else found[1].replace("-", "_")
            if key in row:
                raise BadUsage(f"'{word}' of {member.name} comes beside another", "say it once")
            row[key] = int(found[2]) if found[2] else True
    return list(rows.values())


def opener(rows: Sequence[dict[str, Any]]) -> str | None:
    """Return ``them`` if a member opened up."""
    return "them" if any(row.get("opened_up") for row in rows) else None
