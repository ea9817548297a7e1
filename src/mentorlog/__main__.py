"""The entry point: everything is imported inside it, so that Ctrl-C is quiet from the start."""

import sys


def main() -> None:
    """Run the command line."""
    try:
        from mentorlog.cli.app import app

        app()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
