"""Aligned lines of text, for pipes and pagers."""

from collections.abc import Iterable
from itertools import chain


def columns(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Return rows as lines with aligned columns, one record a line, no trailing spaces."""
    rows = list(rows)
    plain = "".join(chain.from_iterable(rows)).isascii()
    length, pad = (len, str.ljust) if plain else (_cells, _padded)
    widths = [max(map(length, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(map(pad, row, widths)).rstrip() for row in rows]


def _cells(text: str) -> int:
    """How many columns of a terminal a text takes: some characters take two, some none."""
    from unicodedata import category, east_asian_width

    wide = (2 if east_asian_width(c) in "WF" else 1 for c in text if category(c) not in _NO_WIDTH)
    return sum(wide)


_NO_WIDTH = ("Mn", "Me", "Cf")  # marks on the character before, and what only joins


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _cells(text))
