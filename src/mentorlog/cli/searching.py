"""Finding what was written."""

from typing import Annotated

from mentorlog.cli.run import Run, argument, command, is_terminal, option, text_of
from mentorlog.dates import say_day
from mentorlog.model import fields_of
from mentorlog.store import reading
from mentorlog.store import searching as store


@command
def search(
    run: Run,
    words: Annotated[list[str], argument('Words, "a phrase", name:ana.', "WORDS...")],
    limit: Annotated[int, option("At most so many.", min=1, max=10000)] = 20,
) -> None:
    """Find words in notes, titles, goals, actions and outcomes; best match first.

    Example: mentorlog search "code review" name:ana
    """
    joined = " ".join(map(_requoted, words))
    query, name = store.parse_words(text_of(joined, "text to search for"))
    journal = run.existing()
    only = reading.find(journal, name) if name is not None else None
    hits = store.search(journal, query, only=only, today=run.today, limit=limit + 1)
    if len(hits) > limit:
        run.note(f"There are more than {limit}: --limit {limit * 5} shows more of them.")
        hits = hits[:limit]
    if run.json:
        return run.items(fields_of(hit, "id relationship on snippet rank") for hit in hits)
    rows = [
        (hit.id, say_day(hit.on), hit.relationship, " ".join(hit.snippet.split())) for hit in hits
    ]
    if not rows and is_terminal():
        run.note("Nothing found.")
    return run.table(("", "Day", "With", "Found"), rows)


def _requoted(word: str) -> str:
    """Put quotes again around a phrase, or around a name, that came in quotes of the shell."""
    if " " not in word or '"' in word:
        return word
    head = "name:" if word.lower().startswith("name:") else ""
    return f'{head}"{word[len(head) :]}"'
