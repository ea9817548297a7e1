"""Where things are: the journal, and what a person has set in ``config.toml``."""

import os
import sys
from pathlib import Path
from typing import Any, NamedTuple

from mentorlog.errors import BadUsage, InvalidDocument

APP = "mentorlog"


_XDG = {
    "data": ("XDG_DATA_HOME", ".local/share"),
    "config": ("XDG_CONFIG_HOME", ".config"),
    "cache": ("XDG_CACHE_HOME", ".cache"),
}


def _folder(kind: str) -> Path:
    try:
        if sys.platform == "linux":  # as platformdirs has it, without the time to load that
            variable, below_home = _XDG[kind]
            given = Path(os.environ.get(variable, "").strip())
            # The specification has a relative one ignored.
            return (given if given.is_absolute() else Path.home() / below_home) / APP
        import platformdirs

        return Path(getattr(platformdirs, f"user_{kind}_dir")(APP, appauthor=False)).expanduser()
    except (RuntimeError, KeyError, OSError) as error:
        raise _no_home() from error


def _no_home() -> BadUsage:
    return BadUsage(
        "there is no home folder to look for the journal in",
        "name the file: --journal FILE, or set MENTORLOG_JOURNAL",
    )


def journal_path(given: Path | None) -> tuple[Path, bool]:
    """Return the journal's path and whether the person named it (option or variable)."""
    named = str(given) if given else os.environ.get("MENTORLOG_JOURNAL")
    try:
        path = Path(named).expanduser() if named else _folder("data") / "journal.db"
    except RuntimeError as error:
        raise _no_home() from error
    if not path.is_absolute() and not named:
        raise _no_home()
    return path, bool(named)


def config_path() -> Path:
    """Return the path of ``config.toml`` in the platform's configuration folder."""
    return _folder("config") / "config.toml"


def cache_folder() -> Path:
    """Return the platform's folder for what can be worked out again."""
    return _folder("cache")


class Config(NamedTuple):
    """The file with the settings: where it is, what it says, and how it says it."""

    path: Path
    content: dict[str, Any]
    text: str

    def line(self, dotted: str) -> int | None:
        """Return the line on which a key such as ``me.away`` or ``with.Ana`` stands, if found."""
        section = ""
        for number, line in enumerate(self.text.splitlines(), 1):
            words = line.split("#")[0].strip()
            if words.startswith("["):
                section = words.strip("[] ").replace('"', "").replace("'", "")
                here = section
            else:
                here = f"{section}.{words.partition('=')[0].strip(chr(34) + chr(39) + ' ')}"
            if here.removeprefix(".") == dotted or here.startswith(f"{dotted}."):
                return number
        return None

    def where(self, dotted: str) -> str:
        """Return the file, and the line of a key where it can be told."""
        number = self.line(dotted)
        return f"{self.path}, line {number}" if number else str(self.path)


def load_config(path: Path | None = None) -> Config | None:
    """Return ``config.toml``, or another file like it; ``None`` where there is none.

    Raises InvalidDocument naming the file for one that cannot be read.
    """
    try:
        path = path or config_path()
        if path.exists() and not path.is_file():
            raise InvalidDocument(f"{path} is not a file", "remove it, or put a file there")
        text = path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError, BadUsage):
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidDocument(
            f"{path}: cannot be read: {error}", "fix or remove the file"
        ) from error
    import tomllib

    try:
        return Config(path, tomllib.loads(text), text)
    # Beside its own error, figures without end and brackets without end.
    except (ValueError, RecursionError) as error:
        raise InvalidDocument(f"{path}: {error}", "fix that line, or remove the file") from error
