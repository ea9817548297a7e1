"""Values: equal by what they hold, made by position or name, shown as they are made."""

import pytest

from mentorlog.model import Cadence, Goal, Session, derived, frozen, lazy, replace


@frozen
class Span:
    """A value with a default and with what is worked out."""

    first: int
    last: int = 9
    days: int = derived()

    def __post_init__(self) -> None:
        self.days = self.last - self.first  # type: ignore[misc]


def test_values_are_equal_by_what_they_hold() -> None:
    """Equal values are one in a set; another class with the same content is not equal."""
    assert {Span(1, 9), Span(1), Span(first=1)} == {Span(last=9, first=1)}
    assert Span(1) != Span(2)
    assert Cadence(1, "w") != Span(1, 7)


def test_what_is_worked_out_follows_what_it_was_made_of() -> None:
    """It is neither given nor copied."""
    assert replace(Span(1), last=4).days == 3
    with pytest.raises(TypeError):
        Span(1, 9, 8)  # type: ignore[call-arg]


def test_values_are_made_and_shown_by_name() -> None:
    """What is missing or unknown is an error, and the text is the call that made it."""
    assert repr(Span(1)) == "Span(first=1, last=9, days=8)"
    with pytest.raises(TypeError, match="first"):
        Span()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="other"):
        replace(Span(1), other=2)
    with pytest.raises(AttributeError):
        Span(1).other = 2  # type: ignore[attr-defined]


def test_a_value_keeps_its_methods_and_its_words() -> None:
    """The class that is made is the one that was written."""
    assert str(Cadence(12, "m")) == "1y"
    assert Session.__doc__ and Goal.__module__ == "mentorlog.model"
    assert Session.__match_args__[:3] == ("id", "held_on", "status")


def test_what_is_lazy_is_worked_out_once() -> None:
    """And not before it is asked for."""
    asked = []

    class Page:
        @lazy
        def words(self) -> int:
            """Words on it."""
            asked.append(self)
            return 3

    page = Page()
    assert not asked
    assert (page.words, page.words) == (3, 3)
    assert asked == [page]
