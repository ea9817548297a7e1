"""Full text search: any characters are plain words, phrases in quotes, best match first."""

import re
from datetime import date

from mentorlog.errors import BadUsage
from mentorlog.model import Relationship, frozen
from mentorlog.names import PREFIXES
from mentorlog.store.journal import Journal
from mentorlog.store.rows import day

# Each table that is searched, with the column of its day.
SEARCHED = {"session": "held_on", "goal": "added_on", "action": "added_on", "outcome": "added_on"}

# Thai and its neighbours; Chinese and Japanese are as wide as emoji.
_UNSPACED = (("\u0e00", "\u0eff"), ("\u1000", "\u109f"), ("\u1780", "\u17ff"))


@frozen
class Hit:
    """One record that matches, with the words around the match; lower ``rank`` is better."""

    id: str
    relationship: str
    on: date
    snippet: str
    rank: float


def _is_unspaced(char: str) -> bool:
    """Whether a character is of a script without spaces, or stands for itself."""
    from unicodedata import east_asian_width

    near = any(first <= char <= last for first, last in _UNSPACED)
    return near or (not char.isascii() and east_asian_width(char) in "WF")


def parse_words(words: str) -> tuple[str, str | None]:
    """Return the FTS5 query and the name of ``name:ana`` or ``name:"ana l"``; BadUsage if empty.

    Every word is quoted, so ``goal-setting`` or ``C++`` is a word and never syntax.
    """
    name = None
    terms = []
    pattern = r'(?i:name:)(?:"([^"]*)"|(\S+))|"([^"]*)"|(\S+)'
    for quoted, who, phrase, word in re.findall(pattern, words.replace("\0", " ")):
        if quoted or who:
            name = quoted or who
        elif any(c.isalnum() or _is_unspaced(c) for c in phrase or word):
            plain = (phrase or word).replace('"', " ")
            terms.append(f'"{plain}"')
    if not terms:
        raise BadUsage("there is no word to search for", "for example: mentorlog search parser")
    return " ".join(terms), name


def search(
    journal: Journal, query: str, *, only: Relationship | None, today: date, limit: int
) -> list[Hit]:
    """Return the best hits up to a day, best first.

    Where there are none, words that only begin so are hits too. Of scripts that put no spaces
    between words, and of what is no word, what is inside of a text is a hit.
    """
    beginnings = query.replace('" "', '"* "') + "*"
    ways = [(_search, query), (_search, beginnings)]
    if any(map(_is_unspaced, query)):
        ways = [(_inside, query)]
    hits: list[Hit] = []
    for find, asked in ways:
        hits = hits or [
            hit for table in SEARCHED for hit in find(journal, table, asked, only, today, limit)
        ]
    return sorted(hits, key=lambda hit: (hit.rank, -hit.on.toordinal(), hit.id))[:limit]


def _search(
    journal: Journal, table: str, query: str, only: Relationship | None, today: date, limit: int
) -> list[Hit]:
    on = SEARCHED[table]
    one = "AND t.relationship_id = :id" if only else ""
    rows = journal.rows(
        f"SELECT t.id, r.name, t.{on},"
        f" snippet({table}_words, -1, '[', ']', '...', 12), {table}_words.rank"
        f" FROM {table}_words JOIN {table} t ON t.id = {table}_words.rowid"
        " JOIN relationship r ON r.id = t.relationship_id"
        f" WHERE {table}_words MATCH :query AND t.{on} <= :today {one}"
        f" ORDER BY {table}_words.rank LIMIT :limit",
        {"query": query, "today": today.isoformat(), "id": only.id if only else 0, "limit": limit},
    )
    return [Hit(f"{PREFIXES[table]}{row[0]}", row[1], day(row[2]), row[3], row[4]) for row in rows]


def _inside(
    journal: Journal, table: str, query: str, only: Relationship | None, today: date, limit: int
) -> list[Hit]:
    on, words = SEARCHED[table], query.strip('"').split('" "')
    text = "ifnull(t.title || ' ', '') || t.notes" if table == "session" else "t.text"
    rows = journal.rows(
        f"SELECT t.id, r.name, t.{on}, {text} FROM {table} t"
        f" JOIN relationship r ON r.id = t.relationship_id WHERE t.{on} <= ?"
        f" AND {'r.id = ?' if only else '? = 0'}"
        + f" AND instr(lower({text}), lower(?))" * len(words)
        + f" ORDER BY t.{on} DESC LIMIT ?",
        (today.isoformat(), only.id if only else 0, *words, limit),
    )
    return [
        Hit(f"{PREFIXES[table]}{row[0]}", row[1], day(row[2]), _around(row[3], words[0]), 0.0)
        for row in rows
    ]


def _around(text: str, word: str) -> str:
    start = max(text.lower().find(word.lower()), 0)
    before, word, after = text[:start], text[start : start + len(word)], text[start + len(word) :]
    return (
        f"{'...' * (len(before) > 20)}{before[-20:]}[{word}]{after[:40]}{'...' * (len(after) > 40)}"
    )
