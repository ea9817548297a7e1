"""The values that travel between the layers: frozen, typed, in the words of the journal.

In names, ``_on`` is a local calendar day, ``_at`` an aware UTC moment, ``_days`` a number
of days.
"""

from collections.abc import Callable, Sequence
from datetime import date, time
from typing import Any, Generic, Literal, TypeVar, dataclass_transform

Role = Literal["mentor", "mentee", "peer"]
Side = Literal["me", "them"]
Party = Literal["both", "me", "them"]
Status = Literal["held", "cancelled", "no-show", "booked"]
Kind = Literal["session", "touch"]
OpenedUp = Literal["me", "them", "both", "none"]
GoalState = Literal["not-started", "moving", "reached", "dropped"]
Ending = Literal["completed", "early", "dormant"]
Standing = Literal["ahead", "due", "late", "very-late", "quiet", "paused", "closed"]

_T = TypeVar("_T")

DAYS_PER_MONTH = 30.4375  # mean Gregorian month; used to compare cadences, never to step dates


def _values(self: Any) -> tuple[Any, ...]:
    return tuple(getattr(self, name) for name in self.__slots__)


def _equal(self: Any, other: object) -> bool:
    return self is other or (type(self) is type(other) and _values(self) == _values(other))


def _hashed(self: Any) -> int:
    return hash(_values(self))


def _shown(self: Any) -> str:
    pairs = zip(self.__slots__, _values(self), strict=True)
    return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in pairs)})"


def derived(*, init: Literal[False] = False) -> Any:
    """Mark an attribute that is worked out in ``__post_init__`` from the others."""
    return derived


@dataclass_transform(frozen_default=True, field_specifiers=(derived,))
def frozen(cls: type[_T]) -> type[_T]:
    """Make a class of values with slots that is frozen to the type checker.

    Every start makes some three dozen of these classes and a list of all relationships tens
    of thousands of values. ``dataclasses`` takes four times as long to make a class, as it
    compiles what no value may need, and its guard against change ten times as long to make a
    value.
    """
    body = dict(cls.__dict__)
    slots = tuple(cls.__annotations__)
    defaults = {name: body.pop(name) for name in slots if name in body}
    given = tuple(name for name in slots if defaults.get(name) is not derived)
    takes = (f"{name}=_defaults[{name!r}]" if name in defaults else name for name in given)
    lines = [f"self.{name} = {name}" for name in given]
    if "__post_init__" in body:
        lines.append("self.__post_init__()")
    source = f"def __init__(self, {', '.join(takes)}): {'; '.join(lines)}"

    def compiled(self: Any, *values: Any, **named: Any) -> None:
        found: dict[str, Any] = {}
        exec(source, {"_defaults": defaults}, found)
        made.__init__ = found["__init__"]
        made.__init__(self, *values, **named)

    body |= {"__slots__": slots, "__match_args__": given, "__init__": compiled}
    body |= {"__eq__": _equal, "__hash__": _hashed, "__repr__": _shown}
    del body["__dict__"], body["__weakref__"]
    made: Any = type(cls.__name__, cls.__bases__, body)
    return made  # type: ignore[no-any-return]


def replace(value: _T, **changes: Any) -> _T:
    """Return a value of :func:`frozen` with some of what it was made of changed."""
    made_of = {name: getattr(value, name) for name in value.__match_args__}  # type: ignore[attr-defined]
    return type(value)(**made_of | changes)


def fields_of(value: object, names: str) -> dict[str, Any]:
    """Return some attributes by their names, which are given as a ``namedtuple`` is given them."""
    return {name: getattr(value, name) for name in names.split()}


class lazy(Generic[_T]):
    """An attribute that is worked out when it is first asked for, and then kept.

    ``functools.cached_property`` takes a lock each time in Python 3.11, which costs more than
    most of what is kept here.
    """

    def __init__(self, make: Callable[[Any], _T]) -> None:
        self._make, self._name = make, make.__name__
        self.__doc__ = make.__doc__

    def __get__(self, of: Any, owner: type | None = None) -> _T:
        made = of.__dict__[self._name] = self._make(of)
        return made


@frozen
class Cadence:
    """The interval between meetings: ``count`` weeks (``w``) or calendar months (``m``).

    ``days`` is its nominal length, for comparing one cadence with another.
    """

    count: int
    unit: Literal["w", "m"]
    days: float = derived()

    def __post_init__(self) -> None:
        self.days = self.count * (7 if self.unit == "w" else DAYS_PER_MONTH)  # type: ignore[misc]

    def __str__(self) -> str:
        if self.unit == "m" and self.count % 12 == 0:
            return f"{self.count // 12}y"
        return f"{self.count}{self.unit}"


@frozen
class Relationship:
    """One mentoring relationship; ``role`` is what the owner of the journal is in it."""

    id: int
    name: str
    role: Role
    started_on: date
    ladder: tuple[Cadence, ...] = ()
    purpose: str | None = None


@frozen
class Session:
    """A meeting or a touch on a day, with the optional signals that the rules can look at.

    ``trust`` is the owner's own, 1 to 5; ``their_trust`` the other side's, told to the
    owner unless ``guess``. ``short_notice`` marks a cancellation under a day's notice.
    ``there`` are the ids of the members who came, ``None`` where all did. ``at`` is the local
    time of a booking in ``zone``, an IANA name; ``None`` is the owner's own zone.
    """

    id: int
    held_on: date
    status: Status = "held"
    kind: Kind = "session"
    by: Side | None = None
    short_notice: bool = False
    breach: bool = False
    opened_up: OpenedUp | None = None
    energy: int | None = None
    agenda: Side | None = None
    minutes: int | None = None
    trust: int | None = None
    their_trust: int | None = None
    guess: bool = False
    at: time | None = None
    zone: str | None = None
    there: tuple[int, ...] | None = None


@frozen
class Member:
    """One person of a relationship with several; ``left_on`` is the first day without them."""

    id: int
    name: str
    joined_on: date
    left_on: date | None = None

    def is_in(self, day: date) -> bool:
        """Whether they are a member on a day."""
        return self.joined_on <= day and not self.has_left(day)

    def has_left(self, day: date) -> bool:
        """Whether they are no member any more on a day."""
        return self.left_on is not None and self.left_on <= day


@frozen
class Attendance:
    """Whether a member came to a session, and what was noted of them; trust is 1 to 5."""

    member: str
    there: bool = True
    trust: int | None = None
    their_trust: int | None = None
    opened_up: bool = False


@frozen
class SessionRecord:
    """A session with its private text, as listings and exports show it."""

    session: Session
    relationship: str
    title: str | None = None
    notes: str = ""
    topics: tuple[str, ...] = ()
    private: bool = False
    attendance: tuple[Attendance, ...] = ()


@frozen
class Reading:
    """One known trust value, 1 to 5, of a side or one member of it; never a guess."""

    on: date
    level: int
    member: int | None = None


@frozen
class Move:
    """A recorded decision to be in a phase from a day on.

    ``recorded`` is when, as the journal writes it, for the order of what is of one day.
    """

    id: int
    on: date
    phase: str
    every: Cadence | None = None
    agreed_by: Party = "both"
    why: str | None = None
    recorded: str = ""


@frozen
class Agreement:
    """What was agreed on a day and by whom: a cadence, terms, an end day, a readiness, a ladder.

    ``recorded`` is when, as the journal writes it, for the order of what is of one day.
    """

    id: int
    on: date
    by: Party
    every: Cadence | None = None
    terms: str | None = None
    until: date | None = None
    ready_for: str | None = None
    recorded: str = ""
    ladder: tuple[Cadence, ...] = ()


@frozen
class Goal:
    """What the mentee works toward, with the dated states it has been in."""

    id: int
    on: date
    text: str
    urgent: bool = False
    states: tuple[tuple[date, GoalState], ...] = ()


@frozen
class Action:
    """A promise of one side, with an optional due day; without its text in a list of all."""

    id: int
    on: date
    owner: Side
    due_on: date | None = None
    done_on: date | None = None
    text: str = ""
    member: str | None = None


@frozen
class Outcome:
    """What a phase has given to one side."""

    id: int
    on: date
    owner: Side
    text: str


@frozen
class Pause:
    """Days on which nothing is due; ``until_on`` is its last day, open while ``None``.

    ``last_on`` is that day too, and the last day there is while it is open.
    """

    id: int
    from_on: date
    until_on: date | None = None
    why: str | None = None
    last_on: date = derived()

    def __post_init__(self) -> None:
        self.last_on = self.until_on or date.max  # type: ignore[misc]

    @property
    def days(self) -> int:
        """How many days it lasts, the first and the last one included."""
        return (self.last_on - self.from_on).days + 1


@frozen
class Closing:
    """The end of a relationship, and the day it was taken up again, if it was."""

    id: int
    on: date
    ending: Ending
    reopened_on: date | None = None


@frozen
class History:
    """The evidence on one relationship that the rules can look at, bounded by the store.

    ``meetings`` and ``touches`` are the last ones, ``booked`` those ahead; ``my_trust`` and
    ``their_trust`` the last values told, which may be older. ``actions`` are the promises that
    are open, and may hold others; ``kept`` are the days on which the last ones that are done
    were due. Order never matters: the rules sort by day.
    """

    relationship: Relationship
    meetings: Sequence[Session] = ()
    touches: Sequence[Session] = ()
    booked: Sequence[Session] = ()
    my_trust: Sequence[Reading] = ()
    their_trust: Sequence[Reading] = ()
    moves: Sequence[Move] = ()
    agreements: Sequence[Agreement] = ()
    goals: Sequence[Goal] = ()
    actions: Sequence[Action] = ()
    kept: Sequence[date] = ()
    pauses: Sequence[Pause] = ()
    closings: Sequence[Closing] = ()
    declines: Sequence["Decline"] = ()
    members: Sequence[Member] = ()


@frozen
class Parked:
    """Something kept for the next meeting, until it is ticked off."""

    id: int
    on: date
    text: str


@frozen
class Decline:
    """A "not yet" to an advice: which one, until when it rests, and on which facts."""

    id: int
    on: date
    until: date
    move: str
    phase: str | None = None
    every: Cadence | None = None
    why: str | None = None
    facts: str | None = None
