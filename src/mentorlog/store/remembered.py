"""What was costly to work out, kept in the cache folder until what it came from changes.

Nothing depends on it: a value that cannot be read or kept is worked out again.
"""

import contextlib
import os
from pathlib import Path
from typing import Any

from mentorlog.config import cache_folder
from mentorlog.errors import BadUsage


def load(name: str, fingerprint: Any) -> Any:
    """Return the value kept under a name, or ``None`` if there is none with this fingerprint.

    Both are what JSON can hold; the fingerprint says what the value was made from.
    """
    import json

    try:
        kept = json.loads(_path(name).read_bytes())
        return kept["value"] if kept["fingerprint"] == fingerprint else None
    except (OSError, ValueError, LookupError, TypeError, RecursionError, BadUsage):
        return None


def save(name: str, fingerprint: Any, value: Any) -> None:
    """Keep a value, private, under a name; never an error."""
    import json

    with contextlib.suppress(OSError, BadUsage):
        path = _path(name)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        content = json.dumps({"fingerprint": fingerprint, "value": value})
        write_private(path, content.encode())


def drop(name: str) -> None:
    """Remove what was kept under a name, if anything; never an error."""
    with contextlib.suppress(OSError, BadUsage):
        _path(name).unlink(missing_ok=True)


def write_private(path: Path, content: bytes) -> None:
    """Write a whole file or nothing, readable by its owner only; OSError if it cannot be."""
    from tempfile import mkstemp

    descriptor, draft = mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        os.replace(draft, path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _path(name: str) -> Path:
    return cache_folder() / f"{name}.json"
