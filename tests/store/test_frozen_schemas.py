"""Old journals are in people's hands: what made them must not change any more."""

import sqlite3
from contextlib import closing

import pytest

from mentorlog.store.journal import SCHEMA_VERSION
from tests.store.freeze import FROZEN, made, schema


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION + 1))
def test_the_migrations_make_what_they_always_made(version: int) -> None:
    """A journal of each version is made as it was frozen; a new one wants freeze.py run."""
    text = (FROZEN / f"v{version}.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(":memory:")) as old, closing(made(version)) as new:
        old.executescript(text)
        assert schema(new) == schema(old)
        for pragma in ("user_version", "application_id"):
            assert new.execute(f"PRAGMA {pragma}").fetchone() == (
                old.execute(f"PRAGMA {pragma}").fetchone()
            )
