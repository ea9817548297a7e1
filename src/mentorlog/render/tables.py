"""Tables for a terminal; the only module that needs rich to show results."""

import os
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

# Never colour alone: the word is always there too.
_STYLES = {"due": "bold", "late": "yellow", "very late": "bold yellow", "paused": "dim"}


def print_table(headers: Sequence[str], rows: Iterable[tuple[str, ...]]) -> None:
    """Print a table as wide as the terminal; cells are text, never markup."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for header in headers:
        table.add_column(header, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell, style=_STYLES.get(cell, "")) for cell in row))
    # To rich, NO_COLOR leaves bold and dim; who wants no colour wants no escapes.
    plain = bool(os.environ.get("NO_COLOR"))
    Console(highlight=False, color_system=None if plain else "auto").print(table)
