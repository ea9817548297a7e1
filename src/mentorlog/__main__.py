"""The entry point: everything is imported inside it, so that Ctrl-C is quiet from the start."""

import gc
import sys


def main() -> None:
    """Run the command line."""
    # A run is short and what it loads lives to its end: looking for garbage is a fifth of the time.
    gc.disable()
    try:
        from mentorlog.cli.app import app

        app()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
