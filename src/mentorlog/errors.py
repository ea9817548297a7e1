"""Failures a person can cause: each carries its exit code and what to do next."""


class MentorlogError(Exception):
    """A failure with one clear message, a next step, and a documented exit code."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class Declined(MentorlogError):
    """The person said no, or left the editor without saving."""

    exit_code = 1


class BadUsage(MentorlogError):
    """An option or a day that cannot be read."""

    exit_code = 2


class NotFound(MentorlogError):
    """No relationship, record or file of that name."""

    exit_code = 3


class Refused(MentorlogError):
    """Ambiguous, there already, or not possible in this state."""

    exit_code = 4


class JournalFault(MentorlogError):
    """The journal file is locked, unreadable, damaged, not a journal, or newer."""

    exit_code = 5


class ReadOnlyJournal(JournalFault):
    """The journal can be read, but not written."""


class InvalidDocument(MentorlogError):
    """An import or configuration document that cannot be used as it is."""

    exit_code = 6
