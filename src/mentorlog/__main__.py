"""The entry point: everything is imported inside it, so that Ctrl-C is quiet from the start."""

import gc
import os
import sys


def main() -> None:
    """Run the command line."""
    try:
        # A run is short and what it loads lives to its end: looking for garbage costs a fifth.
        gc.disable()
        from mentorlog.cli.app import app

        app()
    except KeyboardInterrupt:
        _leave(130)
    except RuntimeError as error:
        # Until 3.12 Python wraps what happens while a class tells its attributes their names.
        if isinstance(error.__cause__, KeyboardInterrupt):
            _leave(130)
        raise
    except SystemExit as end:
        _leave(end.code if isinstance(end.code, int) else 0)


def _leave(code: int) -> None:
    """End at once: taking down what was loaded, piece by piece, costs as much as an answer."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            code = code or 1
    os._exit(code)


if __name__ == "__main__":
    main()
