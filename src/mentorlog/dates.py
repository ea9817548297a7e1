"""Days and intervals: parse what a person types, step by a cadence, say it in words.

Pure: no clock, no locale, no terminal. What cannot be read is ``BadUsage``, nothing else.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, time, timedelta
from functools import reduce

from mentorlog.errors import BadUsage
from mentorlog.model import Cadence

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_WEEKDAY_WORDS = {w.lower(): n for n, name in enumerate(_WEEKDAYS) for w in (name, name[:3])}
_WEEKDAY_WORDS |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_MONTH_WORDS = {w.lower(): n for n, name in enumerate(_MONTHS, 1) for w in (name, name[:3])}
_MONTH_WORDS |= {"sept": 9}
_DAY_WORDS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_COUNT_WORDS = {"a": 1, "an": 1, "one": 1, "every": 1, "every other": 2}
_UNIT_WORDS = {"d": "d day days", "w": "w week weeks", "m": "m month months", "y": "y year years"}
_UNITS = {word: unit for unit, words in _UNIT_WORDS.items() for word in words.split()}
_CADENCE_WORDS = {"weekly": "1w", "fortnightly": "2w", "monthly": "1m", "quarterly": "3m"}
_CADENCE_WORDS |= {"half-yearly": "6m", "yearly": "1y"}
_AMBIGUOUS_CADENCES = {"biweekly": "week", "bimonthly": "month"}
_LONGEST = {"w": 104, "m": 24}
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_LONGEST_TEXT = 60  # keeps int() away from the length at which it raises
_DAY_HINT = "Write it as 2026-12-15, '15 dec', 'last tue', '3 days ago' or +2w."
_YEAR_HINT = "Write all four digits of the year, such as 2026-12-15 or '15 dec 2026'."
_TIME_HINT = "Write the time as 15:00, 15h or 3pm."
_CADENCE_HINT = "Count weeks, months or years: 1w, 2w, 1m, 6m, 1y, or a word such as monthly."


def add_months(day: date, months: int, *, anchor_day: int | None = None) -> date:
    """Go ``months`` calendar months on (back if negative), clamped to the month's end.

    ``anchor_day`` is the day of the month wished for, 1 to 31; by default that of ``day``.
    Raises ValueError or OverflowError outside what ``date`` can hold.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    wished = day.day if anchor_day is None else anchor_day
    return date(year, month + 1, min(wished, _month_length(year, month + 1)))


def anchor_day(days: Sequence[date]) -> int:
    """The day of the month, 1 to 31, that the rhythm of ascending ``days`` is anchored on.

    The last one's, unless that is the end of its month and the anchor before was larger.
    Raises ValueError when there are no days.
    """
    if not days:
        raise ValueError("no days, so no anchor")
    if days[-1].day < 28:  # no month ends on it
        return days[-1].day

    def fold(anchor: int, day: date) -> int:
        ends_month = day.day == _month_length(day.year, day.month)
        return max(anchor, day.day) if ends_month else day.day

    return reduce(fold, days, 0)


def step(anchor: date, cadence: Cadence, times: int = 1) -> date:
    """The day ``times`` cadences after ``anchor``; month ends clamp and come back.

    Always ask from the anchor, never from the last result, or 31 Jan ends up on the 28th.
    Raises ValueError or OverflowError outside what ``date`` can hold.
    """
    return _shift(anchor, cadence.count * times, cadence.unit)


def parse_day(text: str, *, today: date, ahead: bool) -> date:
    """Read a DAY as typed; a weekday or a day without a year looks ``ahead`` or back.

    Raises BadUsage, with a hint, for whatever is not one certain day from 1900 to 2200.
    """
    words = _normal(text)
    first, _, rest = words.partition(" ")
    words = rest if first in ("on", "by") else words
    if not words:
        raise BadUsage("No day was given.", _DAY_HINT)
    for pattern, read in _READERS:
        if found := re.fullmatch(pattern, words, re.ASCII):
            try:
                day = read(found, today, ahead)
            except KeyError:  # a word that is in no table; "dec 15th" is not 15 of month "th"
                continue
            except (OverflowError, ValueError):
                raise _far_off(text) from None
            if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
                raise _far_off(text)
            return day
    raise BadUsage(f"'{_shown(text)}' cannot be read as a day.", _DAY_HINT)


def parse_due(text: str, *, made_on: date) -> date:
    """Read the day by which something is promised, counted from the day it was promised on.

    However late it is recorded: ``by fri`` is the first Friday after that day, never the day
    itself, and ``by 1 oct`` the first one from it on. Raises BadUsage as :func:`parse_day` does.
    """
    day = parse_day(text, today=made_on, ahead=True)
    is_weekday = _normal(text).split()[-1].rstrip(".") in _WEEKDAY_WORDS
    return day + timedelta(days=7) if is_weekday and day == made_on else day


def parse_time(text: str) -> time:
    """Read a time of day as typed: ``15:00``, ``15.00``, ``15h``, ``15h30``, ``3pm``, ``3:30 pm``.

    Without am or pm it is taken as written, by 24 hours: ``3:00`` is at night. Raises
    BadUsage, with a hint, for whatever is not one certain time from 0:00 to 23:59.
    """
    words = _normal(text).removeprefix("at ")
    if not re.fullmatch(_TIME, words, re.ASCII):
        raise BadUsage(f"'{_shown(text)}' cannot be read as a time.", _TIME_HINT)
    figures = re.findall(r"\d+", words)
    hour, minute = int(figures[0]), int(figures[1]) if len(figures) > 1 else 0
    half = words.replace(".", "")[-2:]
    if half in ("am", "pm"):
        if not 1 <= hour <= 12:
            hint = "With am or pm the hour is 1 to 12; without, it is 0 to 23."
            raise BadUsage(f"'{_shown(text)}' is not a time of day.", hint)
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        hint = "Midnight is 0:00 of the next day." if hour == 24 else _TIME_HINT
        raise BadUsage(f"'{_shown(text)}' is not a time of day.", hint)
    return time(hour, minute)


def parse_day_and_time(text: str, *, today: date, ahead: bool) -> tuple[date, time | None]:
    """Read a DAY that may hold a time, on either side of it: ``thu 15:00``, ``3pm tomorrow``.

    Raises BadUsage, with a hint, as :func:`parse_day` and :func:`parse_time` do, for a time
    without a day, and for ``thu 15.12``, which could be a time or a day.
    """
    words = _normal(text)
    for pattern in _DAYS_AND_TIMES:
        if found := re.fullmatch(pattern, words, re.ASCII):
            day, at = found["day"], found["time"]
            if not day:
                raise BadUsage(f"'{_shown(text)}' does not say the day.", "Write 'thu 15:00'.")
            if re.fullmatch(r"\d+\.(?:0[1-9]|1[0-2])", at) and not re.search(r"\d", day):
                hint = f"Write '{day} {at.replace('.', ':')}' if the time is meant."
                raise BadUsage(f"'{_shown(text)}' could be a time or a day.", hint)
            return parse_day(day, today=today, ahead=ahead), parse_time(at)
    return parse_day(text, today=today, ahead=ahead), None


def parse_cadence(text: str) -> Cadence:
    """Read a cadence from 1 week to 2 years (104 weeks, 24 months); a year is 12 months.

    Raises BadUsage, with a hint, for whatever is not one certain cadence in these bounds.
    """
    words = _normal(text)
    words = _CADENCE_WORDS.get(words, words)
    if words in _AMBIGUOUS_CADENCES:
        unit = _AMBIGUOUS_CADENCES[words]
        both = f"twice a {unit} or every two {unit}s"
        raise BadUsage(f"'{words}' could mean {both}.", "Write 2w, fortnightly or 2m instead.")
    counted = r"(?:every (?=\d))?(?P<count>\d+|every|every other) ?(?P<unit>[a-z]+)"
    found = re.fullmatch(counted, words, re.ASCII)
    unit = _UNITS.get(found["unit"], "d") if found else "d"
    if not found or unit == "d":
        raise BadUsage(f"'{_shown(text)}' cannot be read as a cadence.", _CADENCE_HINT)
    count = _COUNT_WORDS.get(found["count"]) or int(found["count"])
    count *= 12 if unit == "y" else 1
    cadence = Cadence(count, "w" if unit == "w" else "m")
    if not 1 <= count <= _LONGEST[cadence.unit]:
        hint = "Choose one from 1w to 104w, from 1m to 24m, 1y or 2y."
        raise BadUsage(f"'{_shown(text)}' is not a cadence from 1 week to 2 years.", hint)
    return cadence


def say_day(day: date) -> str:
    """Say a day with its weekday, ``Tue 8 Dec 2026``, the same in every locale."""
    return f"{_weekday_day_month(day)} {day.year}"


def say_time(at: time) -> str:
    """Say a time of day by 24 hours: ``9:00``, ``15:30``."""
    return f"{at.hour}:{at.minute:02}"


def say_span(first: date, last: date) -> str:
    """Say the days from ``first`` to ``last``, naming a month or year shared by both once."""
    end = f"{_day_month(last)} {last.year}"
    if first == last:
        return end
    if first.year != last.year:
        return f"{_day_month(first)} {first.year} to {end}"
    return f"{first.day if first.month == last.month else _day_month(first)} to {end}"


def say_cadence(cadence: Cadence) -> str:
    """Say a cadence: ``weekly``, ``every 2 weeks``, ``monthly``, ``yearly``."""
    count, unit = cadence.count, "week" if cadence.unit == "w" else "month"
    if unit == "month" and count % 12 == 0:
        count, unit = count // 12, "year"
    return f"{unit}ly" if count == 1 else f"every {count} {unit}s"


def say_ago(day: date, *, today: date) -> str:
    """Say how far ``day`` is from ``today``, in whole units rounded down, past or ahead."""
    days = (day - today).days
    if -1 <= days <= 1:
        return next(word for word, offset in _DAY_WORDS.items() if days == offset)
    far = abs(days)
    if far < 98:
        amount = f"{far} days" if far < 14 else f"{far // 7} weeks"
    else:
        early, late = sorted((day, today))
        months = (late.year - early.year) * 12 + late.month - early.month
        months -= late.day < min(early.day, _month_length(late.year, late.month))
        amount = f"{months} months" if months < 24 else f"{months // 12} years"
    return f"{amount} ago" if days < 0 else f"in {amount}"


def say_days(days: int) -> str:
    """Say a number of days as a person would: ``12 days``, ``9 weeks``, ``6 years``."""
    scales = ((14, 1, "days"), (98, 7, "weeks"), (730, 30.44, "months"))
    for below, length, unit in scales:
        if days < below:
            # Months of the calendar may have two days less than three in a row have on average.
            count = int((days + 3 * (unit == "months")) // length)
            return f"{count} {unit}" if count != 1 else f"1 {unit[:-1]}"
    return f"{days // 365} years"


def say_month(day: date) -> str:
    """Say the month of a day: ``Aug 2020``."""
    return f"{_MONTHS[day.month - 1][:3]} {day.year}"


def say_short(day: date, *, today: date) -> str:
    """Say a day with its weekday, and its year only where that is another one."""
    return _weekday_day_month(day) if day.year == today.year else say_day(day)


def _read_word(found: re.Match[str], today: date, ahead: bool) -> date:
    return today + timedelta(days=_DAY_WORDS[found[0]])


def _read_shift(found: re.Match[str], today: date, ahead: bool) -> date:
    count = _COUNT_WORDS.get(found["count"]) or int(found["count"])
    return _shift(today, -count if found["sign"] in ("-", "ago") else count, _UNITS[found["unit"]])


def _read_weekday(found: re.Match[str], today: date, ahead: bool) -> date:
    weekday, which = _WEEKDAY_WORDS[found["weekday"]], found["which"]
    way = 1 if which == "next" or (ahead and not which) else -1
    days = way * (weekday - today.weekday()) % 7 or (7 if which else 0)
    return today + timedelta(days=way * days)


def _read_date(found: re.Match[str], today: date, ahead: bool) -> date:
    named, month_text = found["weekday"], found["month"]
    weekday = _WEEKDAY_WORDS[named] if named else None
    month = int(month_text) if month_text.isdigit() else _MONTH_WORDS[month_text]
    number, year = int(found["day"]), _year(found)
    if not 1 <= month <= 12:
        hint = "Write year, month and day in this order: 2026-12-15."
        raise BadUsage(f"'{found[0]}' is not a day: there is no month {month}.", hint)
    longest = _month_length(year or 2000, month)  # without a year, 29 Feb is possible
    if not 1 <= number <= longest:
        hint = f"Choose a day from 1 to {longest} {_MONTHS[month - 1]} {year or ''}".rstrip() + "."
        raise BadUsage(f"'{found[0]}' is not a day in the calendar.", hint)
    day = _nearest(month, number, today, ahead) if year is None else date(year, month, number)
    if weekday is not None and weekday != day.weekday():
        really = f"{_day_month(day)} {day.year} is a {_WEEKDAYS[day.weekday()]}"
        hint = f"Write '{say_day(day)}', or the day that is meant without its weekday."
        raise BadUsage(f"{really}, not a {_WEEKDAYS[weekday]}.", hint)
    return day


def _refuse_figures(found: re.Match[str], today: date, ahead: bool) -> date:
    year, a, b = _year(found), int(found["a"]), int(found["b"])
    readings = [
        (day, month)
        for day, month in dict.fromkeys(((a, b), (b, a)))
        if 1 <= month <= 12 and 1 <= day <= _month_length(year or 2000, month)
    ]
    if not readings:
        raise BadUsage(f"'{found[0]}' is not a day in the calendar.", _DAY_HINT)
    could = " or ".join(f"{day} {_MONTHS[month - 1]}" for day, month in readings)
    day, month = readings[0]
    words = f"{day} {_MONTHS[month - 1][:3].lower()}"
    write = f"'{words}'" if year is None else f"{year}-{month:02}-{day:02} or '{words} {year}'"
    problem = f"could be {could}" if len(readings) > 1 else "gives the month as a figure"
    hint = f"Write it as {write} if {day} {_MONTHS[month - 1]} is meant."
    raise BadUsage(f"'{found[0]}' {problem}.", hint)


_GAP = r"(?:[.,]? |[.-])"
_WEEKDAY = rf"(?:(?P<weekday>[a-z]+){_GAP})?"
_DAY, _MONTH = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<month>[a-z]+)"
_YEAR = rf"(?:{_GAP}(?P<year>\d+))?"
_FIGURES = r"(?:[a-z]+[., ]+)?(?P<a>\d{1,2})[./-] ?(?P<b>\d{1,2})(?:[./-] ?(?P<year>\d+)?)?"
_AMOUNT = r"(?P<count>\d+|(?:an?|one)(?= )) ?(?P<unit>[a-z]+)"
_TIME = r"\d{1,2}(?:[:.h]\d{2} ?(?:[ap]\.?m\.?)?|h| ?[ap]\.?m\.?)"
_DAYS_AND_TIMES = (
    r"(?:at )?(?P<time>\d{1,2}:\d{2}|\d{1,2}h|\d{1,2} ?[ap]m)(?P<day>)",
    rf"(?P<day>.+?)(?:,? at |,? |(?<=\d)t)(?P<time>{_TIME})",
    rf"(?:at )?(?P<time>{_TIME})(?:,? on |,? )(?P<day>.+)",
)
# Plain text, compiled by `re` on first use: a start that reads no day pays nothing.
_READERS: tuple[tuple[str, Callable[[re.Match[str], date, bool], date]], ...] = (
    ("|".join(_DAY_WORDS), _read_word),
    (rf"(?P<sign>[+-]|in ) ?{_AMOUNT}", _read_shift),
    (rf"{_AMOUNT} (?P<sign>ago)", _read_shift),
    (r"(?:(?P<which>last|next) )?(?P<weekday>[a-z]+)\.?", _read_weekday),
    (rf"{_WEEKDAY}(?P<year>\d+)-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})", _read_date),
    (rf"{_WEEKDAY}{_DAY}{_GAP}?(?:of )?{_MONTH}{_YEAR}", _read_date),
    (rf"{_WEEKDAY}{_MONTH}{_GAP}?{_DAY}{_YEAR}", _read_date),
    # With points the day comes first wherever people write so.
    (rf"{_WEEKDAY}{_DAY}\. ?(?P<month>\d{{1,2}})\. ?(?P<year>\d{{4}})", _read_date),
    (_FIGURES, _refuse_figures),
)


def _normal(text: str) -> str:
    """Lower case and single spaces; refuse what is too long or not plain ASCII."""
    words = " ".join(text.split())
    if len(words) > _LONGEST_TEXT or not words.isascii():
        hint = "Use a few plain letters and figures, such as 15 dec or 2w."
        raise BadUsage(f"'{_shown(text)}' cannot be read.", hint)
    return words.lower()


def _shown(text: str) -> str:
    """What was typed, made safe for any terminal and short enough for one line."""
    short = text if len(text) <= 40 else f"{text[:37]}..."
    return "".join(c if c.isprintable() else "?" for c in short)


def _far_off(text: str) -> BadUsage:
    hint = f"Choose a day in the years {_FIRST_YEAR} to {_LAST_YEAR}."
    return BadUsage(f"'{_shown(text)}' is very far off, which may be a slip.", hint)


def _year(found: re.Match[str]) -> int | None:
    text: str | None = found["year"]
    if text is None:
        return None
    if len(text) < 4:
        raise BadUsage(f"'{found[0]}' does not have its whole year.", _YEAR_HINT)
    if not _FIRST_YEAR <= int(text) <= _LAST_YEAR:
        raise _far_off(found[0])
    return int(text)


def _nearest(month: int, number: int, today: date, ahead: bool) -> date:
    """The nearest such day, today included; 29 February is at most 8 years away."""
    way = 1 if ahead else -1
    years = (today.year + way * n for n in range(10))
    days = (date(y, month, number) for y in years if number <= _month_length(y, month))
    return next(day for day in days if (day >= today if ahead else day <= today))


def _shift(day: date, count: int, unit: str) -> date:
    if unit in ("d", "w"):
        return day + timedelta(days=count * (7 if unit == "w" else 1))
    return add_months(day, count * (12 if unit == "y" else 1))


def _month_length(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _MONTH_DAYS[month - 1] + (leap and month == 2)


def _day_month(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1][:3]}"


def _weekday_day_month(day: date) -> str:
    return f"{_WEEKDAYS[day.weekday()][:3]} {_day_month(day)}"
