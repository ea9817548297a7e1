"""``python -m tests.benchmarks.year``: a year of one mentor with 15 mentees, day by day.

All start on one Monday. Every day the next meetings are worked out anew, as the program does,
and those that are for that day are held. Nothing is timed, and nothing left to chance.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import mean

from mentorlog.dates import say_cadence
from mentorlog.model import Cadence
from mentorlog.phase.cadence import Reason, next_by, window_days
from mentorlog.phase.policy import DEFAULT_POLICY
from mentorlog.schedule.days import Days, Limits, Place, Wish
from mentorlog.schedule.sharing import share

START, LENGTH = date(2026, 1, 5), 364  # 52 weeks from a Monday
LIMITS = Limits(a_day=3)
WEEKLY, FORTNIGHTLY, MONTHLY = Cadence(1, "w"), Cadence(2, "w"), Cadence(1, "m")
MIX = {WEEKLY: 5, FORTNIGHTLY: 6, MONTHLY: 4}
WORKDAYS = frozenset(range(5))
VACATION = date(2026, 8, 3), date(2026, 8, 16)
_HOLIDAYS = "01-06 04-03 04-06 05-01 05-14 05-25 06-04 10-26 12-08 12-25"  # all on workdays
HOLIDAYS = {date.fromisoformat(f"2026-{day}"): "a public holiday" for day in _HOLIDAYS.split()}
ALL_OFF = Days(WORKDAYS, (VACATION,), HOLIDAYS)


@dataclass
class Mentee:
    """One mentee: the rhythm, and of each meeting the day, the ideal day, and why it moved."""

    id: int
    every: Cadence
    held: list[date] = field(default_factory=list)
    moves: list[str] = field(default_factory=list)

    def wish(self, today: date) -> Wish:
        """The next meeting, by the rules of the program."""
        policy = DEFAULT_POLICY
        base, ideal = START, START + timedelta(days=policy.numbers["first_session_days"])
        if self.held:
            base = self.held[-1]
            ideal = next_by(base, self.every, self.held)
        interval = (ideal - base).days
        wide = window_days(interval, policy.numbers)
        around = timedelta(days=wide)
        overdue = (today - ideal).days >= interval / 2
        span = ideal - around, ideal + around
        return Wish(self.id, ideal, *span, overdue, not self.held, interval, Days())

    def gaps(self) -> Iterator[tuple[int, bool]]:
        """The days from one meeting to the next, and whether the vacation lies between them."""
        for before, after in zip(self.held, self.held[1:], strict=False):
            yield (after - before).days, before < VACATION[0] <= after


@dataclass
class Year:
    """What came of it: the mentees, and how many were met on each day."""

    mentees: list[Mentee]
    meetings: Counter[date] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """All meetings."""
        return self.meetings.total()

    @property
    def moved(self) -> Counter[str]:
        """Meetings that were not on their ideal day, by the first reason."""
        return Counter(why for mentee in self.mentees for why in mentee.moves if why)

    def interval(self, every: Cadence, *, with_vacation: bool) -> float:
        """The mean days between two meetings of all mentees with one rhythm."""
        gaps = (gap for mentee in self.mentees if mentee.every == every for gap in mentee.gaps())
        return mean(days for days, is_vacation in gaps if with_vacation or not is_vacation)


def live(mix: dict[Cadence, int] = MIX, mine: Days = ALL_OFF, limits: Limits = LIMITS) -> Year:
    """Go through the year; a meeting is held on the day that the program suggests."""
    rhythms = [every for every, number in mix.items() for _ in range(number)]
    year = Year([Mentee(id, every) for id, every in enumerate(rhythms)])
    for today in (START + timedelta(days=n) for n in range(LENGTH)):
        wishes = [mentee.wish(today) for mentee in year.mentees]
        places = share(wishes, mine, limits, year.meetings, today=today)
        for wish in wishes:
            if places[wish.id].on == today:
                mentee = year.mentees[wish.id]
                mentee.held.append(today)
                mentee.moves.append("" if today == wish.ideal else _why(places[wish.id]))
        year.meetings.update(m.held[-1] for m in year.mentees if m.held[-1:] == [today])
    return year


def _why(place: Place) -> str:
    """The first reason, of a day off its kind; one that had let its day go by has none."""
    first = next(iter(place.reasons), Reason("late", {}))
    return str(first.facts.get("off", first.why))


def percent(part: float, whole: float) -> str:
    """A share as text: ``6.1 %``."""
    return f"{100 * part / whole:.1f} %"


def show(title: str, year: Year, mix: dict[Cadence, int]) -> None:
    """Print the figures of a year."""
    say, moved = sys.stdout.write, year.moved
    say(f"\n{title}\n  {year.total} meetings, {max(year.meetings.values())} a day at most\n")
    say(f"  moved {moved.total()} ({percent(moved.total(), year.total)})\n")
    for why, number in moved.most_common():
        say(f"    {why:<10}{number:>4} ({percent(number, year.total)})\n")
    for every, number in mix.items():
        found = [year.interval(every, with_vacation=w) for w in (False, True)]
        apart = [f"{days:.2f} ({100 * days / every.days - 100:+.1f} %)" for days in found]
        say(f"  {number} {say_cadence(every)}: every {apart[0]} days; over all {apart[1]}\n")


def main() -> None:
    """Print the years: weekends off alone, with holidays, with a vacation, and with too many."""
    show("Monday to Friday", live(mine=Days(WORKDAYS)), MIX)
    show("and 10 holidays", live(mine=Days(WORKDAYS, (), HOLIDAYS)), MIX)
    show("and two weeks of vacation", live(), MIX)
    many = {WEEKLY: 15}
    show("15 weekly, two a day", live(many, Days(WORKDAYS), Limits(a_day=2)), many)


if __name__ == "__main__":
    main()
