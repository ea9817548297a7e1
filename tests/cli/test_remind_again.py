"""What was said three times is said once more when it has become very late."""


def said(journal, first, last):
    """The days of December 2026 on which `remind --once` says something, asked twice a day."""
    found = []
    for day in range(first, last + 1):
        journal.today = f"2026-12-{day:02}"
        found += [day] * sum(bool(journal.ok("remind --once")) for _ in range(2))
    return found


def test_what_has_become_very_late_is_said_once_more(journal):
    """Weekly and due on the 1st: three days, and again a whole interval later; then no more."""
    journal.ok("add-relationship Ana --every 1w --started 2026-11-02")
    journal.ok("add-session ana --on 2026-11-24")
    assert said(journal, 1, 20) == [1, 2, 3, 8]


def test_a_promise_is_said_three_times_however_late_the_meeting(journal):
    """Only the meeting itself has become very late."""
    journal.ok("add-relationship Ana --every 1w --started 2026-11-02")
    journal.ok("add-session ana --on 2026-11-24")
    journal.ok("add-action ana 'send it' --owner me --due 2026-12-01")
    said(journal, 1, 7)
    journal.today = "2026-12-08"
    assert journal.items("remind --once")[0]["about"] == ["meeting"]
