"""The tables of a journal and how they came about; the only module that imports sqlite-utils.

Migrations are append-only: a journal in someone's hands was made by one of them.
``SCHEMA_VERSION`` in :mod:`mentorlog.store.journal` is their number, so that the ordinary
start need not load this module.
"""

import sqlite3
from typing import Any

from sqlite_utils import Database, Migrations

from mentorlog.store.journal import APPLICATION_ID

migrations = Migrations("mentorlog")

_UUID = (
    "uuid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2))"
    " || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1)"
    " || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))))"
)


def _day(column: str, null: bool = False) -> str:
    # date(x) turns 30 February into 1 March and calls it valid; with a modifier it must match.
    return (
        f"{column} TEXT {'' if null else 'NOT NULL '}CHECK ({column} IS date({column}, '+0 days'))"
    )


def _one_of(column: str, *values: str, null: bool = False) -> str:
    listed = ", ".join(f"'{value}'" for value in values)
    return f"{column} TEXT {'' if null else 'NOT NULL '}CHECK ({column} IN ({listed}))"


def _scale(column: str) -> str:
    return f"{column} INTEGER CHECK ({column} BETWEEN 1 AND 5)"


def _flag(column: str) -> str:
    return f"{column} INTEGER NOT NULL DEFAULT 0 CHECK ({column} IN (0, 1))"


_OF = "relationship_id INTEGER NOT NULL REFERENCES relationship (id) ON DELETE CASCADE"
_RECORDED = "recorded_at TEXT NOT NULL"
_TEXT = "text TEXT NOT NULL CHECK (text <> '')"


def _create(db: Database, table: str, *columns: str, unique: str = "") -> None:
    """Make a table of records: each has an id, a uuid and the moment it was recorded."""
    body = ", ".join(("id INTEGER PRIMARY KEY AUTOINCREMENT", _UUID, *columns, _RECORDED))
    only = f", UNIQUE ({unique})" if unique else ""
    db.execute(f"CREATE TABLE {table} ({body}{only}) STRICT")


_TABLES: dict[str, tuple[str, ...]] = {
    "relationship": (
        "name TEXT NOT NULL CHECK (name <> '')",
        "folded TEXT NOT NULL UNIQUE",
        _one_of("role", "mentor", "mentee", "peer"),
        _day("started_on"),
        "ladder TEXT",
        "purpose TEXT",
    ),
    "session": (
        _OF,
        _day("held_on"),
        "at TEXT CHECK (at GLOB '[0-2][0-9]:[0-5][0-9]')",
        "minutes INTEGER CHECK (minutes BETWEEN 0 AND 1440)",
        _one_of("status", "held", "cancelled", "no-show", "booked") + " DEFAULT 'held'",
        _one_of("kind", "session", "touch") + " DEFAULT 'session'",
        _one_of("by", "me", "them", null=True),
        _flag("short_notice"),
        "title TEXT",
        "notes TEXT NOT NULL DEFAULT ''",
        _flag("private"),
        _scale("trust"),
        _scale("their_trust"),
        _flag("guess"),
        _one_of("opened_up", "me", "them", "both", "none", null=True),
        _scale("energy"),
        _one_of("agenda", "me", "them", null=True),
        _flag("breach"),
    ),
    "goal": (_OF, _day("added_on"), _TEXT, _flag("urgent")),
    "action": (
        _OF,
        "session_id INTEGER REFERENCES session (id) ON DELETE SET NULL",
        _day("added_on"),
        _one_of("owner", "me", "them"),
        _TEXT,
        _day("due_on", null=True),
        _day("done_on", null=True),
    ),
    "outcome": (_OF, _day("added_on"), _one_of("owner", "me", "them"), _TEXT),
    "agreement": (
        _OF,
        _day("agreed_on"),
        _one_of("by", "both", "me", "them"),
        "every TEXT",
        "terms TEXT",
        _day("until_on", null=True),
        "ready_for TEXT",
    ),
    "move": (
        _OF,
        _day("moved_on"),
        "phase TEXT NOT NULL",
        "every TEXT",
        _one_of("agreed_by", "both", "me", "them"),
        "why TEXT",
    ),
    "pause": (_OF, _day("from_on"), _day("until_on", null=True), "why TEXT"),
    "closing": (
        _OF,
        _day("closed_on"),
        _one_of("ending", "completed", "early", "dormant"),
        _day("reopened_on", null=True),
    ),
}

# Each index serves a question that an everyday command asks; tests read the query plans.
_INDEXES = (
    "CREATE INDEX session_of ON session (relationship_id, held_on, id)",
    "CREATE INDEX session_day ON session (held_on, id)",
    # All that the rules look at, so that they never read the rows with the notes.
    "CREATE INDEX session_evidence ON session (relationship_id, kind, held_on, id, status, by,"
    " minutes, short_notice, breach, trust, their_trust, guess, opened_up, energy, agenda)",
    "CREATE INDEX session_booked ON session (relationship_id, held_on, id) WHERE status = 'booked'",
    "CREATE INDEX session_trust ON session (relationship_id, held_on, trust)"
    " WHERE trust IS NOT NULL",
    "CREATE INDEX session_their_trust ON session (relationship_id, held_on, their_trust, guess)"
    " WHERE their_trust IS NOT NULL AND guess = 0",
    "CREATE INDEX topic_of ON session_topic (topic, session_id)",
    "CREATE INDEX goal_of ON goal (relationship_id, added_on)",
    "CREATE INDEX goal_state_of ON goal_state (goal_id, changed_on)",
    "CREATE INDEX action_of ON action (relationship_id, added_on, id)",
    "CREATE INDEX action_open ON action (relationship_id, due_on) WHERE done_on IS NULL",
    "CREATE INDEX action_session ON action (session_id) WHERE session_id IS NOT NULL",
    "CREATE INDEX outcome_of ON outcome (relationship_id, added_on)",
    "CREATE INDEX agreement_of ON agreement (relationship_id, agreed_on)",
    "CREATE INDEX move_of ON move (relationship_id, moved_on)",
    "CREATE INDEX pause_of ON pause (relationship_id, from_on)",
    "CREATE INDEX closing_of ON closing (relationship_id, closed_on)",
)

_VIEW = """
CREATE VIEW last_met AS
SELECT r.name, r.role, max(s.held_on) AS last_held_on, count(s.id) AS sessions
FROM relationship r
LEFT JOIN session s
  ON s.relationship_id = r.id AND s.kind = 'session' AND s.status = 'held'
GROUP BY r.id
"""


@migrations()
def m001_journal(db: Database) -> None:
    """The first journal: relationships, sessions, and the signals that the rules look at."""
    for table, columns in _TABLES.items():
        _create(db, table, *columns)
    db.execute(
        "CREATE TABLE session_topic (session_id INTEGER NOT NULL"
        " REFERENCES session (id) ON DELETE CASCADE, topic TEXT NOT NULL CHECK (topic <> ''),"
        " PRIMARY KEY (session_id, topic)) STRICT, WITHOUT ROWID"
    )
    _create(
        db, "goal_state", "goal_id INTEGER NOT NULL REFERENCES goal (id) ON DELETE CASCADE",
        _day("changed_on"), _one_of("state", "not-started", "moving", "reached", "dropped"),
    )  # fmt: skip
    for index in _INDEXES:
        db.execute(index)
    db.execute(_VIEW)


_OWNER = {
    "relationship": "{row}.id",
    "goal_state": "(SELECT relationship_id FROM goal WHERE id = {row}.goal_id)",
    "session_topic": "(SELECT relationship_id FROM session WHERE id = {row}.session_id)",
    "busy_calendar": "NULL",
}


def record_changes(db: Database, table: str) -> None:
    """Make every change of a table's rows be recorded, whoever makes it.

    An insert keeps only the row's id, as the row itself is the record; an update or a delete
    keeps the row as it was. To be called again whenever a table gets another column.
    """
    columns = [column.name for column in db[table].columns]
    image = "json_object(" + ", ".join(f"'{c}', {{row}}.{c}" for c in columns) + ")"
    owner = _OWNER.get(table, "{row}.relationship_id")
    for kind, row in (("insert", "NEW"), ("update", "OLD"), ("delete", "OLD")):
        keyless = "id" not in columns
        before = "NULL" if kind == "insert" and not keyless else image.format(row=row)
        row_id = "NULL" if keyless else f"{row}.id"
        db.execute(f"DROP TRIGGER IF EXISTS {table}_{kind}_recorded")
        db.execute(
            f"CREATE TRIGGER {table}_{kind}_recorded AFTER {kind.upper()} ON {table}"
            " WHEN (SELECT quiet FROM recording) = 0 BEGIN"
            " INSERT INTO step (command, at, seq) SELECT 'another program',"
            " strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), (SELECT ifnull(max(seq), 0) + 1 FROM step)"
            " WHERE (SELECT step_id FROM recording) IS NULL;"
            " INSERT INTO change (step_id, kind, in_table, row_id, relationship_id, image)"
            " VALUES (ifnull((SELECT step_id FROM recording), (SELECT max(id) FROM step)),"
            f" '{kind}', '{table}', {row_id}, {owner.format(row=row)}, {before}); END"
        )


@migrations()
def m002_recorded_changes(db: Database) -> None:
    """Every change is kept, by command, so that each can be undone."""
    db.execute(
        "CREATE TABLE step (id INTEGER PRIMARY KEY AUTOINCREMENT, command TEXT NOT NULL,"
        " at TEXT NOT NULL, seq INTEGER NOT NULL, undone INTEGER) STRICT"
    )
    db.execute(
        "CREATE TABLE change (id INTEGER PRIMARY KEY, step_id INTEGER NOT NULL"
        " REFERENCES step (id) ON DELETE CASCADE, kind TEXT NOT NULL"
        " CHECK (kind IN ('insert', 'update', 'delete')), in_table TEXT NOT NULL,"
        " row_id INTEGER, relationship_id INTEGER, image TEXT) STRICT"
    )
    db.execute("CREATE TABLE recording (quiet INTEGER NOT NULL, step_id INTEGER) STRICT")
    db.execute("INSERT INTO recording (quiet) VALUES (0)")
    db.execute("CREATE INDEX change_of ON change (step_id, id)")
    db.execute("CREATE INDEX change_about ON change (relationship_id)")
    db.execute("CREATE INDEX step_order ON step (undone, seq)")
    db.execute("CREATE INDEX step_seq ON step (seq)")
    for table in (*_TABLES, "session_topic", "goal_state"):
        record_changes(db, table)


SEARCHED: dict[str, tuple[str, ...]] = {
    "session": ("title", "notes"),
    "goal": ("text",),
    "action": ("text",),
    "outcome": ("text",),
}


@migrations()
def m003_search(db: Database) -> None:
    """Words are found in notes, titles, goals, actions and outcomes, accents folded."""
    for table, columns in SEARCHED.items():
        listed = ", ".join(columns)
        db.execute(
            f"CREATE VIRTUAL TABLE {table}_words USING fts5 ({listed}, content='{table}',"
            " content_rowid='id', tokenize='unicode61 remove_diacritics 2')"
        )
        new = ", ".join(f"NEW.{column}" for column in columns)
        old = ", ".join(f"OLD.{column}" for column in columns)
        add = f"INSERT INTO {table}_words (rowid, {listed}) VALUES (NEW.id, {new});"
        drop = (
            f"INSERT INTO {table}_words ({table}_words, rowid, {listed})"
            f" VALUES ('delete', OLD.id, {old});"
        )
        for event, body in (("INSERT", add), (f"UPDATE OF {listed}", drop + add), ("DELETE", drop)):
            name = f"{table}_{event.split()[0].lower()}_words"
            db.execute(f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {body} END")
        db.execute(f"INSERT INTO {table}_words ({table}_words) VALUES ('rebuild')")


@migrations()
def m004_before_the_meeting(db: Database) -> None:
    """Items parked for next time, advice answered with "not yet", the evidence of a move."""
    _create(db, "parked", _OF, _day("added_on"), _TEXT, _day("done_on", null=True))
    record_changes(db, "parked")
    answer = "move TEXT NOT NULL, phase TEXT, every TEXT, why TEXT"
    _create(db, "decline", _OF, _day("declined_on"), _day("until_on"), answer)
    record_changes(db, "decline")
    db.execute("CREATE INDEX parked_open ON parked (relationship_id) WHERE done_on IS NULL")
    db.execute("CREATE INDEX decline_of ON decline (relationship_id, declined_on)")
    db.execute("ALTER TABLE move ADD COLUMN evidence TEXT")
    record_changes(db, "move")


@migrations()
def m005_teams(db: Database) -> None:
    """A relationship of several: its members, who came, and trust by member."""
    _create(
        db, "member", _OF, "name TEXT NOT NULL", "folded TEXT NOT NULL", _day("joined_on"),
        unique="relationship_id, folded",
    )  # fmt: skip
    _create(
        db, "attendance", _OF,
        "session_id INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE",
        "member_id INTEGER NOT NULL REFERENCES member (id) ON DELETE CASCADE",
        _flag("there"), _scale("trust"), _scale("their_trust"), _flag("opened_up"),
        unique="session_id, member_id",
    )  # fmt: skip
    db.execute("CREATE INDEX attendance_of ON attendance (relationship_id, session_id)")
    db.execute("ALTER TABLE action ADD COLUMN member_id INTEGER REFERENCES member (id)")
    # All that the rules look at, in the index itself.
    columns = "relationship_id, added_on, id, owner, text, due_on, done_on, member_id"
    _index(
        db,
        action_of=f"action ({columns}) ",
        action_open=f"action ({columns}) WHERE done_on IS NULL",
    )
    for table in ("member", "attendance", "action"):
        record_changes(db, table)


# Told to the outside already, so no part of what a person recorded: undo leaves them alone.
UNRECORDED: dict[str, tuple[str, ...]] = {
    # A nudge of `remind --once`: about what, on which facts, on which day.
    "nudge": (_OF, "about TEXT NOT NULL", "facts TEXT NOT NULL", _day("nudged_on")),
    # An event that `calendar` has written, so that the next time only a change is a change.
    # The row outlives its relationship, should an undo take that out: then it is cancelled.
    "published": (
        "relationship_id INTEGER NOT NULL",
        "uid TEXT NOT NULL UNIQUE",
        _day("held_on"),
        "digest TEXT NOT NULL",
        "sequence INTEGER NOT NULL CHECK (sequence >= 0)",
        "stamp TEXT NOT NULL",
    ),
}


@migrations()
def m006_dates(db: Database) -> None:
    """Bookings in a time zone, snoozes, busy calendars, and what was told to the outside."""
    db.execute("ALTER TABLE session ADD COLUMN zone TEXT")
    db.execute("ALTER TABLE decline ADD COLUMN facts TEXT")
    _create(db, "snooze", _OF, _day("snoozed_on"), _day("until_on"))
    _create(db, "busy_calendar", "path TEXT NOT NULL UNIQUE")
    for table, columns in UNRECORDED.items():
        db.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, {', '.join(columns)}) STRICT")
    db.execute("CREATE INDEX snooze_of ON snooze (relationship_id, until_on)")
    db.execute("CREATE INDEX nudge_of ON nudge (relationship_id, about, facts, nudged_on)")
    db.execute("CREATE INDEX published_of ON published (relationship_id)")
    for table in ("session", "decline", "snooze", "busy_calendar"):
        record_changes(db, table)


def _index(db: Database, **indexes: str) -> None:
    for index, columns in indexes.items():
        db.execute(f"DROP INDEX IF EXISTS {index}")
        db.execute(f"CREATE INDEX {index} ON {columns}")


# All that the rules look at of what is decided.
_MOVE = "relationship_id, moved_on, id, phase, every, agreed_by, why"
_AGREEMENT = "relationship_id, agreed_on, id, by, every, terms, until_on, ready_for"


@migrations()
def m007_decisions_by_index(db: Database) -> None:
    """A long past costs less: goals and decisions are read from their indexes alone."""
    _index(
        db,
        goal_of="goal (relationship_id, added_on, id, urgent, text)",
        goal_state_of="goal_state (goal_id, changed_on, id, state)",
        move_of=f"move ({_MOVE})",
        agreement_of=f"agreement ({_AGREEMENT})",
    )


@migrations()
def m008_in_the_order_of_days(db: Database) -> None:
    """The decisions of a day in their order; the promises that fell due last, not all ahead."""
    _index(
        db,
        move_of=f"move ({_MOVE}, recorded_at)",
        agreement_of=f"agreement ({_AGREEMENT}, recorded_at)",
        action_of="action (relationship_id, added_on, id)",
        action_kept="action (relationship_id, due_on, done_on)"
        " WHERE done_on IS NOT NULL AND due_on IS NOT NULL",
        action_done="action (done_on) WHERE done_on IS NOT NULL",
    )


@migrations()
def m009_members_who_leave(db: Database) -> None:
    """A member of a group can leave; until then what was said of them counts."""
    db.execute(f"ALTER TABLE member ADD COLUMN {_day('left_on', null=True)}")
    record_changes(db, "member")


@migrations()
def m010_agreed_ladders(db: Database) -> None:
    """The steps of Learning can be agreed, on a day and by both, as an interval can."""
    db.execute("ALTER TABLE agreement ADD COLUMN ladder TEXT")
    _index(db, agreement_of=f"agreement ({_AGREEMENT}, recorded_at, ladder)")
    record_changes(db, "agreement")


def migrate(conn: sqlite3.Connection, **options: Any) -> None:
    """Bring a journal to the newest schema and mark it as a journal of that version."""
    db = Database(conn)
    migrations.apply(db, **options)
    version = len(migrations.applied(db))
    conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    conn.execute(f"PRAGMA user_version = {version}")
    conn.commit()
