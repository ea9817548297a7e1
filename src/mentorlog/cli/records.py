"""Changing and deleting what was recorded, by the ids that the listings show."""

import inspect
import re
from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path
from shlex import quote
from typing import Annotated, Any

from mentorlog.cli import possible
from mentorlog.cli.bookings import need_free, settled
from mentorlog.cli.decisions import need_agreeable, need_fitting
from mentorlog.cli.drafts import Draft, outdated
from mentorlog.cli.fields import FIELDS, coming_day, flag, read_field
from mentorlog.cli.loading import load_outlook
from mentorlog.cli.relationships import need_both
from mentorlog.cli.run import Run, argument, command, option, record_id
from mentorlog.cli.teams import attendance, opener
from mentorlog.cli.undoing import settings_about
from mentorlog.config import config_path
from mentorlog.dates import parse_cadence, say_day
from mentorlog.errors import BadUsage, Refused
from mentorlog.model import Member, Relationship, Session
from mentorlog.names import PREFIXES, fold_name
from mentorlog.render.pages import member_words
from mentorlog.store import details, reading, writing
from mentorlog.store.journal import Journal

# A relationship is ended or forgotten, and a member's part in it stays.
_LASTING = ("relationship", "member")
_FITS = {"every", "agreed_on", "ready_for"}  # on what it depends if an interval fits
_KINDS = [kind for kind in FIELDS if kind in PREFIXES and kind not in _LASTING]
Id = Annotated[str, argument("As listed: s12, g3, a7.", "ID", *_KINDS)]
NameOrId = Annotated[
    str, argument("As listed: s12, g3, a7; or who.", "ID|NAME", *_KINDS, "member", "name")
]


# How `edit` calls a field: the first day of each kind of record is --on, the rest as they are.
_CALLED = {"role": "as", "ending": "as"} | {
    next(field for field in fields if field.endswith("_on")): "on"
    for kind, fields in FIELDS.items()
    if kind != "booking"
}
_HELP = {"on": "Its day.", "as": "What you are in it, or how it ended."}


def _option(field: str) -> str:
    return _CALLED.get(field, field.removesuffix("_on"))


def _takes_fields(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command an option for every field of every kind of record, as ``**given``."""
    own = list(inspect.signature(function).parameters.values())[:-1]
    fields = {_option(field): field for kind in FIELDS.values() for field in kind}
    for name, field in fields.items():
        names = [f"--{name.replace('_', '-')}", *(["--started"] if name == "on" else [])]
        kinds = dict.fromkeys(kind.split()[-1] for kind in FIELDS if field in FIELDS[kind])
        text = _HELP.get(name, f"Of: {', '.join(kinds)}.")
        value = Annotated[str | None, option(text, *names, of="VALUE", show_default=False)]
        keyword = inspect.Parameter.KEYWORD_ONLY
        own.append(inspect.Parameter(field, keyword, annotation=value, default=None))
    function.__signature__ = inspect.Signature(own)  # type: ignore[attr-defined]
    return function


def find_record(journal: Journal, text: str) -> tuple[str, int]:
    """Return the kind and number of what an id or a name means.

    BadUsage for no id; NotFound or Refused for a name that nobody or several have.
    """
    text = text.strip()
    kind = next((k for k in FIELDS if PREFIXES.get(k) == text[:1].lower()), "")
    is_id = bool(re.fullmatch(r"[A-Za-z]\d+", text))
    if is_id and fold_name(text) in (folded for _, folded in reading.names(journal)):
        # Someone is called so: the record is meant where there is one, but for their own id.
        own = kind in ("", "relationship")
        is_id = not own and details.has(journal, kind, record_id(text, kind))
    if not is_id:
        return "relationship", reading.find(journal, text).id
    if not kind:
        raise BadUsage(
            f"'{text}' is not an id, and nobody is called so",
            "ids look like s12, g3 or a7; see: mentorlog show NAME",
        )
    return kind, record_id(text, kind)


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    return "" if value is None else str(value)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return say_day(value)
    return _shown(value) or "empty"


def _called(field: str) -> str:
    """A field in a sentence: ``held on``, ``until``, ``their trust``."""
    words = field if _option(field) == "on" else field.removesuffix("_on")
    return words.replace("_", " ")


def _as_text(kind: str, record: dict[str, Any]) -> str:
    """The whole record as lines to edit; its long text, if any, comes last."""
    *fields, long = FIELDS[kind]
    shown = {
        f: _said(bool(record[f])) if FIELDS[kind][f] is flag else _shown(record[f]) for f in fields
    }
    lines = [f"{field}: {' '.join(text.split())}" for field, text in shown.items()]
    return "\n".join([*lines, f"{long}:", _shown(record[long])])


def _from_text(kind: str, text: str) -> dict[str, str]:
    *_, long = FIELDS[kind]
    head, found, tail = f"\n{text}".partition(f"\n{long}:")
    if not found:
        raise BadUsage(f"the line '{long}:' is missing", "put it back before the text")
    given = {long: tail.strip()}
    for line in filter(str.strip, head.splitlines()):
        field, colon, value = line.partition(":")
        if not colon:
            raise BadUsage(f"cannot read the line '{line}'", "each line is FIELD: VALUE")
        given[field.strip()] = value.strip()
    return given


@command
@_takes_fields
def edit(run: Run, record: NameOrId, **given: str | None) -> None:
    """Change a record: with options, or without any in your editor. An empty value empties it.

    Example: mentorlog edit s12 --their-trust 4
    """
    journal = run.existing()
    kind, number = find_record(journal, record)
    known = details.record(journal, kind, number)
    person = reading.of_id(journal, known.get("relationship_id", number))
    typed = {_option(field): text for field, text in given.items() if text is not None}
    chosen = {f: typed.pop(_option(f)) for f in FIELDS[kind] if _option(f) in typed} | typed
    draft = Draft(run.path, f"{PREFIXES[kind]}{number}")
    shape, members = _shape(journal, kind, known, person)
    page = _as_text(shape, known)
    if not chosen and draft.path.exists():
        _need_current(journal, kind, number, draft.path)
    begun = None if chosen else draft.edit(page, comments=False)
    with draft.kept(begun):
        if begun is not None:
            # Only what was changed in the page: the rest may have been changed elsewhere since.
            was = _from_text(shape, page)
            chosen = {f: v for f, v in _from_text(shape, begun).items() if v != was.get(f)}
        values = {field: _read(run, shape, field, text) for field, text in chosen.items()}
        if "their_trust" in values and begun is None:
            values.setdefault("guess", False)  # who types it again has been told
        if kind == "session":
            values |= possible.falling_away(known, values)
        took_place = {**known, **values}.get("status") == "held"
        if members and took_place != (known["status"] == "held"):
            values = {"there": [], "member": "", **values}
        _need_possible(run, journal, kind, {**known, **values}, values, person)
        said = _settle(run, journal, known, values, person) if shape == "booking" else []
        came = _came(members, known, values)
        after = {**known, **values}
        moved = _save(run, journal, kind, person, after, values, came) if values else []
    changed = {f: v for f, v in values.items() if known.get(f) not in (v, v and str(v))}
    lines = "; ".join(f"{_called(f)} is now {_said(v)}" for f, v in changed.items())
    who = known["name"] if kind in _LASTING else f"{record} ({person.name})"
    if "held_on" in changed and not moved:
        moved = _still_begins(person, known)
    run.wrote(kind, number, [f"{who}: {lines or 'nothing changed'}.", *said, *moved], **values)
    if kind == "relationship" and "name" in changed:
        _follow_name(run, known["name"], values["name"])


def _save(
    run: Run, journal: Journal, kind: str, person: Relationship, after: dict[str, Any],
    values: dict[str, Any], came: list[dict[str, Any]] | None,
) -> list[str]:  # fmt: skip
    """Write what was changed; return what else that changes, as lines."""
    own = {field: v for field, v in values.items() if field not in ("there", "member")}
    with journal.write() as conn:
        writing.change(conn, kind, after["id"], **own)
        if came is not None:
            writing.set_attendance(conn, after["id"], person.id, came, run.at)
        if kind == "session" and after["status"] == "held":
            day = date.fromisoformat(str(after["held_on"]))
            if writing.begin_by(conn, person, day):
                return [f"{person.name} now begins on {say_day(day)}, as you met then."]
    return []


def _still_begins(person: Relationship, known: dict[str, Any]) -> list[str]:
    """What to say of a start where the meeting that it may have come from is gone from it."""
    if known.get("held_on") != person.started_on.isoformat():
        return []
    said = f"{person.name} still begins on {say_day(person.started_on)}. To change it:"
    return [f"{said} mentorlog edit {quote(person.name)} --started DAY"]


def _shape(
    journal: Journal, kind: str, known: dict[str, Any], person: Relationship
) -> tuple[str, list[Member]]:
    """Which fields a record has, and the members of its group; who came joins what is known."""
    if known.get("status") == "booked":
        return "booking", []
    members = []
    if kind == "session":
        members = details.members(journal, person)
        came = reading.attendance(journal, known["id"])
        noted = {a.member: member_words(a) for a in came}
        known["there"] = [a.member for a in came if a.there]
        known["member"] = "; ".join(f"{m}: {', '.join(w)}" for m, w in noted.items() if w)
    return "group session" if members else kind, members


def _came(
    members: list[Member], known: dict[str, Any], values: dict[str, Any]
) -> list[dict[str, Any]] | None:
    """Who came to a session and what was said of each, as typed; ``there`` gets their names.

    ``None`` where nothing of that is changed.
    """
    if values.keys().isdisjoint({"there", "member"}):
        if "held_on" in values:
            _need_staying(members, known.get("there", ()), known, values)
        return None
    after = {**known, **values}
    day = date.fromisoformat(str(after["held_on"]))
    held = after["status"] == "held"
    rows = []
    if held or after["there"] or after["member"]:
        rows = attendance(
            members, after["there"], [after["member"]] if after["member"] else [], on=day, held=held
        )
    opened, before = opener(rows), "opened-up" in known["member"]
    if opened and not after["opened_up"]:
        values["opened_up"] = opened
    elif before and not opened and after["opened_up"] == "them" and "opened_up" not in values:
        values["opened_up"] = None
    came = {row["member_id"] for row in rows if row["there"]}
    _need_staying(members, {m.name for m in members if m.id in came}, known, values)
    values["there"] = [member.name for member in members if member.id in came]
    return rows


def _need_staying(
    members: list[Member], there: Collection[str], known: dict[str, Any], values: dict[str, Any]
) -> None:
    """Refuse to name as there, or to put a meeting past, one who has left by its day."""
    day = date.fromisoformat(str({**known, **values}["held_on"]))
    new = set(there) if "held_on" in values else set(there) - set(known["there"])
    for who in members:
        if who.name in new and who.has_left(day):
            raise BadUsage(f"{who.name} had left by {say_day(day)}", "name who was there: --there")


def _need_current(journal: Journal, kind: str, number: int, draft: Path) -> None:
    """Refuse to go on with a page that would take back what was changed after it."""
    changed = details.changed_at(journal, kind, number)
    if changed and changed.timestamp() > draft.stat().st_mtime:
        raise outdated(f"{PREFIXES[kind]}{number}", draft)


def _read(run: Run, kind: str, field: str, text: str) -> Any:
    """Read a field as the commands do that record it: what has happened is not ahead."""
    value = read_field(kind, field, text, today=run.today)
    if not isinstance(value, date):
        return value
    if FIELDS[kind][field] is not coming_day:
        return run.past(text, or_ahead=kind == "relationship")  # one may begin later
    return run.coming(text, also_past=kind == "pause")


def _need_possible(
    run: Run, journal: Journal, kind: str, after: dict[str, Any], values: dict[str, Any],
    person: Relationship,
) -> None:  # fmt: skip
    """Refuse what no command would record; see ``possible``."""
    if kind == "session":
        possible.need_signs(after, values)
        possible.need_happened(after, today=run.today)
        _need_unbooked(journal, person, after, values)
    possible.need_order(kind, after, values)
    possible.need_apart(journal, kind, after, values)
    if kind in ("move", "agreement") and values.keys() & _FITS and after["every"]:
        _need_interval(run, journal, kind, after, person)
    need_both(after.get("ladder"), after.get("by", "both"))
    if kind == "relationship" and "ladder" in values:
        possible.need_own_steps(journal, person)
    if kind == "agreement" and not any(
        after[f] for f in ("every", "ladder", "terms", "until_on", "ready_for")
    ):
        raise Refused(
            "nothing of it would be left", f"take it out: mentorlog delete t{after['id']}"
        )
    for field in values.keys() & {"closed_on", "moved_on", "agreed_on"}:
        possible.need_begun(person, values[field], today=run.today)
    _need_first(journal, kind, after["id"], values)


def _settle(
    run: Run, journal: Journal, known: dict[str, Any], values: dict[str, Any], person: Relationship
) -> list[str]:
    """Put a booking whose time was changed on the day and time that `book` would keep; say why."""
    if values.keys().isdisjoint({"at", "zone"}):
        return []
    kept, said = settled(run, person.name, {**known, **values})
    values |= kept
    if str(kept["held_on"]) != known["held_on"]:
        need_free(journal.conn, run, person, Session(known["id"], kept["held_on"]))
    return said


def _need_unbooked(
    journal: Journal, person: Relationship, after: dict[str, Any], values: dict[str, Any]
) -> None:
    """Refuse to put a meeting on the day of a booking, which would be asked about for ever."""
    if after["kind"] != "session" or values.keys().isdisjoint({"held_on", "kind"}):
        return
    day = date.fromisoformat(str(after["held_on"]))
    booked = writing.booked_on(journal.conn, person, day, but=after["id"])
    if booked:
        raise Refused(
            f"s{booked} is booked on {say_day(day)}",
            f"call it off first: mentorlog unbook s{booked}",
        )


# The day of a kind of record that cannot be put after what has come of it, as it is said.
_FIRSTS = (
    ("relationship", "started_on", "you met", "session"),
    ("relationship", "started_on", "you moved", "move"),
    ("relationship", "started_on", "it was closed", "closing"),
    ("goal", "added_on", "it changed", "goal_state"),
)


def _need_first(journal: Journal, kind: str, row_id: int, values: dict[str, Any]) -> None:
    """Refuse a beginning after the first of what has come of it."""
    for of, field, did, table in _FIRSTS:
        if of != kind or field not in values:
            continue
        first = details.first_day(journal, table, row_id)
        if first and values[field] > first:
            raise Refused(f"{did} on {say_day(first)} already", "give that day, or one before it")


def _need_interval(
    run: Run, journal: Journal, kind: str, after: dict[str, Any], person: Relationship
) -> None:
    """Refuse an interval that does not fit the phase it is for."""
    found = load_outlook(run, journal, person)
    every, model = parse_cadence(after["every"]), found.state.policy.model
    if kind == "agreement":
        day = date.fromisoformat(str(after["agreed_on"]))
        if day <= person.started_on:  # as it may be when one begins to be recorded
            return
        need_agreeable(every, after["ready_for"], found, on=day)
    elif model.has(after["phase"]):
        need_fitting(every, model.phase(after["phase"]))


def _follow_name(run: Run, name: str, new: str) -> None:
    """Let a draft of notes go with the name, and say where the old one still stands."""
    draft, moved = (Draft(run.path, who).path for who in (name, new))
    if draft != moved and draft.exists() and not moved.exists():
        draft.rename(moved)
    if settings_about(name):
        run.note(f"[with.{name}] in {config_path()} still has the old name.")


@command
def delete(run: Run, record: Id) -> None:
    """Delete a record; `mentorlog undo` brings it back.

    Example: mentorlog delete s12
    """
    journal = run.existing()
    kind, number = find_record(journal, record)
    if kind in _LASTING:
        raise Refused(
            f"'{record}' is no record that can be taken out alone",
            "to end all of it: mentorlog close NAME, or forget NAME"
            if kind == "relationship"
            else f"their part stays; from when they are gone: mentorlog edit {record} --left DAY",
        )
    known = details.record(journal, kind, number)
    person = reading.of_id(journal, known["relationship_id"])
    left = details.promised_in(journal, number) if kind == "session" else []
    with journal.write() as conn:
        writing.delete(conn, kind, number)
    lines = [f"Deleted {record} ({person.name}). To bring it back: mentorlog undo"]
    lines += [f"Still promised: {a}. To take it out: mentorlog delete {a}" for a in left]
    run.wrote(kind, number, [*lines, *_still_begins(person, known)])
