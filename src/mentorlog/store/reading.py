"""Questions to the journal: who is in it, the evidence on each, and the sessions as written."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from mentorlog.model import Attendance, History, Relationship, SessionRecord
from mentorlog.names import no_record, pick_name
from mentorlog.store.journal import Broken, Journal, fault
from mentorlog.store.rows import MAKERS, relationship, session, whole

# A long history costs nothing: the last touches, trust values and meetings of members are enough.
TOUCHES, READINGS, COMINGS = 6, 4, 60


def _since(table: str, where: str, day: str, limit: int | str) -> str:
    """The day of the last row but ``limit``; a bound that an index gives, whatever the size."""
    return (
        f"ifnull((SELECT {day} FROM {table} WHERE relationship_id = r.id AND {where}"
        f" AND {day} <= :today ORDER BY {day} DESC LIMIT 1 OFFSET {limit} - 1), '')"
    )


_MET = "kind = 'session' AND status <> 'booked'"
_TOUCHED, _TOLD = "kind = 'touch' AND status <> 'booked'", "their_trust IS NOT NULL AND guess = 0"
_WAS = "status <> 'booked'"
_LAST_HELD = (
    "(SELECT held_on FROM session WHERE relationship_id = r.id AND kind = 'session'"
    " AND status = 'held' AND held_on <= :today ORDER BY held_on DESC LIMIT 1)"
)
# One after the other as their ids come, which is how the indexes are laid out.
_EACH = "FROM relationship r NOT INDEXED CROSS JOIN"
_KEPT = "done_on IS NOT NULL AND due_on IS NOT NULL"

# Each reads a stretch of an index that holds all that is asked for: no row of a table, so no
# notes, and none of a day is left out. The last meeting held is always among the meetings.
# ``{words}`` is the text of a promise and ``{states}`` picks those of a goal: only the page of
# one relationship shows all of it.
EVIDENCE = {
    "met": "SELECT r.id, s.id, s.held_on, s.status, s.by, s.short_notice, s.breach, s.opened_up,"
    f" s.energy, s.agenda {_EACH} session s ON s.relationship_id = r.id"
    " AND s.kind = 'session' AND s.status <> 'booked' AND s.held_on <= :today"
    f" AND s.held_on >= min({_since('session', _MET, 'held_on', ':meetings')},"
    f" ifnull({_LAST_HELD}, '9')) WHERE {{scope}}",
    "touch": f"SELECT r.id, s.id, s.held_on, s.status, s.breach {_EACH} session s"
    " ON s.relationship_id = r.id AND s.kind = 'touch'"
    " AND s.status <> 'booked' AND s.held_on <= :today"
    f" AND s.held_on >= ifnull(min({_LAST_HELD}, :touched), '')"
    f" AND +s.held_on >= {_since('session', _TOUCHED, 'held_on', TOUCHES)} WHERE {{scope}}",
    "booked": f"SELECT r.id, s.id, s.held_on, s.at, s.minutes, s.zone {_EACH} session s"
    " INDEXED BY session_booked ON s.relationship_id = r.id AND s.status = 'booked'"
    " WHERE {scope}",
    "my_trust": f"SELECT r.id, s.held_on, s.trust {_EACH} session s"
    " ON s.relationship_id = r.id AND s.trust IS NOT NULL AND s.held_on <= :today"
    f" AND s.held_on >= {_since('session', 'trust IS NOT NULL', 'held_on', READINGS)}"
    " WHERE {scope}",
    "their_trust": f"SELECT r.id, s.held_on, s.their_trust {_EACH} session s"
    " ON s.relationship_id = r.id AND s.their_trust IS NOT NULL AND s.guess = 0"
    f" AND s.held_on <= :today AND s.held_on >= {_since('session', _TOLD, 'held_on', READINGS)}"
    " WHERE {scope}",
    "kept": f"SELECT r.id, group_concat(a.due_on) {_EACH} action a ON a.relationship_id = r.id"
    " AND a.done_on IS NOT NULL AND a.due_on IS NOT NULL AND a.due_on <= :today"
    f" AND a.done_on <= :today AND a.due_on >= {_since('action', _KEPT, 'due_on', ':promises')}"
    " WHERE {scope} GROUP BY r.id",
    "kept_later": "SELECT r.id, a.id, a.added_on, a.owner, a.due_on, a.done_on{words}"
    " FROM action a CROSS JOIN relationship r ON r.id = a.relationship_id"
    " WHERE a.done_on > :today AND a.added_on <= :today AND {scope}",
    "open_action": "SELECT r.id, a.id, a.added_on, a.owner, a.due_on, a.done_on{words}"
    f" {_EACH} action a ON a.relationship_id = r.id AND a.added_on <= :today"
    " AND a.done_on IS NULL WHERE {scope}",
    "move": "SELECT relationship_id, id, moved_on, phase, every, agreed_by, why, recorded_at"
    " FROM move WHERE {whose}",
    "agreement": "SELECT relationship_id, id, agreed_on, by, every, terms, until_on, ready_for,"
    " recorded_at, ladder FROM agreement WHERE {whose}",
    "goal": "SELECT relationship_id, g.id, added_on, text, urgent, c.changed_on, c.state"
    " FROM goal g LEFT JOIN goal_state c ON c.id {states} WHERE {whose}{in_order}",
    "decline": "SELECT relationship_id, id, declined_on, until_on, move, phase, every, why, facts"
    " FROM decline WHERE {whose}",
    "member": "SELECT r.id, b.id, b.name, b.joined_on, b.left_on FROM member b"
    " CROSS JOIN relationship r ON r.id = b.relationship_id WHERE {scope}",
    "attendance": "SELECT r.id, w.session_id, w.member_id, w.there, w.trust, w.their_trust,"
    f" s.held_on {_EACH} session s ON s.relationship_id = r.id AND s.held_on <= :today"
    " AND EXISTS (SELECT 1 FROM member WHERE relationship_id = r.id)"
    f" AND s.held_on >= {_since('session', _WAS, 'held_on', COMINGS)}"
    " CROSS JOIN attendance w ON w.session_id = s.id AND w.relationship_id = r.id WHERE {scope}",
    "pause": "SELECT relationship_id, id, from_on, until_on, why FROM pause WHERE {whose}",
    "closing": "SELECT relationship_id, id, closed_on, ending, reopened_on FROM closing"
    " WHERE {whose}",
}
PAGE = {
    "scope": "r.id = :id",
    "whose": "relationship_id = :id",
    "words": ", a.text, (SELECT name FROM member WHERE id = a.member_id)",
    "states": "IN (SELECT id FROM goal_state WHERE goal_id = g.id)",
    "in_order": " ORDER BY c.changed_on, c.id",
}
LIST = {
    "scope": "1",
    "whose": "1",
    "words": "",
    "in_order": "",
    "states": "= (SELECT id FROM goal_state WHERE goal_id = g.id"
    " AND changed_on <= :today ORDER BY changed_on DESC, id DESC LIMIT 1)",
}

# All of a session but its private text, as ``rows.session`` reads it.
SESSION = (
    "s.id, s.held_on, s.status, s.kind, s.by, s.short_notice, s.breach, s.opened_up, s.energy,"
    " s.agenda, s.minutes, s.trust, s.their_trust, s.guess, s.at, s.zone"
)


def names(journal: Journal) -> list[tuple[str, str]]:
    """Return (name, folded name) of every relationship."""
    rows = journal.rows("SELECT name, folded FROM relationship ORDER BY folded")
    return [(row[0], row[1]) for row in rows]


def find(journal: Journal, text: str) -> Relationship:
    """Return the relationship meant by a typed name; NotFound or Refused otherwise."""
    name = pick_name(names(journal), text)
    rows = journal.rows(f"SELECT {_REL} FROM relationship r WHERE r.name = ?", (name,))
    return relationship(rows[0])


def of_id(journal: Journal, row_id: int) -> Relationship:
    """Return the relationship that a record is of."""
    return relationship(
        journal.rows(f"SELECT {_REL} FROM relationship r WHERE id = ?", (row_id,))[0]
    )


def begins_next(journal: Journal, *, after: date) -> Relationship | None:
    """Return the relationship that begins next after a day, if any."""
    rows = journal.rows(
        f"SELECT {_REL} FROM relationship r WHERE started_on > ? ORDER BY started_on, id LIMIT 1",
        (after.isoformat(),),
    )
    return relationship(rows[0]) if rows else None


_REL = "r.id, r.name, r.role, r.started_on, r.ladder, r.purpose"


def histories(
    journal: Journal,
    *,
    today: date,
    meetings: int,
    promises: int,
    touch_days: int,
    only: Relationship | None = None,
) -> list[History]:
    """Return the evidence on all relationships, or one, up to a day, ordered by name.

    ``meetings`` and ``promises`` are how many of the last ones the rules look at,
    ``touch_days`` for how long they look at touches. The words of promises come with one
    relationship only.
    """
    asked = PAGE if only else LIST
    values: dict[str, str | int] = {
        "today": today.isoformat(),
        "id": only.id if only else 0,
        "meetings": meetings,
        "promises": promises,
        "touched": (today - timedelta(days=touch_days)).isoformat(),
    }
    try:
        journal.conn.execute("BEGIN")  # one moment for all questions
        try:
            found = journal.rows(
                f"SELECT {_REL} FROM relationship r WHERE {asked['scope']} ORDER BY r.folded",
                values,
            )
            known = _known(journal, asked, values)
        finally:
            journal.conn.execute("COMMIT")
        return [History(relationship(row), **known[row[0]]) for row in found]
    except Broken as error:
        raise fault(journal.path, error) from error


def _known(
    journal: Journal, asked: dict[str, str], values: dict[str, str | int]
) -> defaultdict[int, dict[str, list[Any]]]:
    """The fields of the histories, by the id of the relationship."""
    known: defaultdict[int, dict[str, list[Any]]] = defaultdict(dict)
    for name, (field, make) in MAKERS.items():
        last = None
        for row in journal.rows(EVIDENCE[name].format(**asked), values):
            if row[0] != last:  # mostly those of one come together
                last = row[0]
                add = known[last].setdefault(field, []).append
            add(make(row))
    for fields in known.values():
        whole(fields, states=asked is PAGE)
    return known


def session_record(journal: Journal, row_id: int) -> SessionRecord:
    """Return one session with its notes, be it ahead; NotFound if there is none of that id."""
    found = _records(journal, "s.id = ?", [row_id])
    if not found:
        raise no_record("session", row_id)
    return found[0]


def session_records(
    journal: Journal,
    *,
    today: date,
    only: Relationship | None = None,
    limit: int | None = None,
    since: date | None = None,
    topic: str | None = None,
    status: str | None = None,
) -> list[SessionRecord]:
    """Return sessions up to a day with their notes, newest first; the rest picks some."""
    asked: dict[str, Any] = {
        "s.held_on <= ?": today.isoformat(),
        "s.relationship_id = ?": only.id if only else None,
        "s.held_on >= ?": since and since.isoformat(),
        "s.id IN (SELECT session_id FROM session_topic WHERE topic = ?)": topic,
        "s.status = ?": status,
    }
    given = {clause: value for clause, value in asked.items() if value is not None}
    where = f"{' AND '.join(given)} ORDER BY s.held_on DESC, s.id DESC"
    if limit is not None:
        where += f" LIMIT {min(limit, 2**62)}"
    return _records(journal, where, list(given.values()))


def _records(journal: Journal, where: str, values: list[Any]) -> list[SessionRecord]:
    sql = (
        f"SELECT {SESSION}, r.name, s.title, s.notes, s.private,"
        " (SELECT group_concat(topic, char(31)) FROM session_topic WHERE session_id = s.id),"
        " EXISTS (SELECT 1 FROM attendance WHERE session_id = s.id)"
        f" FROM session s JOIN relationship r ON r.id = s.relationship_id WHERE {where}"
    )
    return [
        _record(row, attendance(journal, row[0]) if row[21] else [])
        for row in journal.rows(sql, values)
    ]


def attendance(journal: Journal, session_id: int) -> list[Attendance]:
    """Return who came to a session and what was noted of each member, by name."""
    rows = journal.rows(
        "SELECT b.name, w.there, w.trust, w.their_trust, w.opened_up FROM attendance w"
        " JOIN member b ON b.id = w.member_id WHERE w.session_id = ? ORDER BY b.name",
        (session_id,),
    )
    return [
        Attendance(name, came == 1, mine, theirs, opened == 1)
        for name, came, mine, theirs, opened in rows
    ]


def _record(row: Sequence[Any], came: Sequence[Attendance]) -> SessionRecord:
    return SessionRecord(
        session=session(row),
        relationship=row[16],
        title=row[17],
        notes=row[18],
        private=bool(row[19]),
        topics=tuple(sorted(row[20].split("\x1f"))) if row[20] else (),
        attendance=tuple(came),
    )
