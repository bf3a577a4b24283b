"""Numbers as people type them, made exact or refused."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.rules import number


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (3, Fraction(3)),
        (0.1, Fraction(1, 10)),
        (33.3, Fraction(333, 10)),
        (1e-7, Fraction(1, 10_000_000)),
        (Decimal("0.10"), Fraction(1, 10)),
        (Fraction(1, 3), Fraction(1, 3)),
        (np.int64(7), Fraction(7)),
        (np.float64(0.1), Fraction(1, 10)),
    ],
)
def test_what_is_typed_is_meant(typed: number.Number, meant: Fraction) -> None:
    """A tenth typed as 0.1 becomes the binary number beside it, and ties are no longer ties."""
    assert number.exact(typed, "share") == meant


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        True,
        "1",
        "",
        float("nan"),
        float("inf"),
        Decimal("NaN"),
        Decimal("-Infinity"),
        1j,
        [1],
        np.True_,
    ],
)
def test_what_is_no_number_is_refused_by_name(wrong: object) -> None:
    """An empty or damaged cell counts as a number, and nobody learns which."""
    with pytest.raises(ValueError, match=r"shares\[2\]"):
        number.exact(wrong, "shares[2]")


def test_a_share_is_not_negative() -> None:
    """A negative share takes people from the others."""
    assert number.share(0, "share") == 0
    with pytest.raises(ValueError, match="share must not be negative"):
        number.share(-0.1, "share")


@pytest.mark.parametrize("wrong", [1.0, "3", True, None, Fraction(3), Decimal(3), np.float64(3)])
def test_people_are_whole_numbers(wrong: object) -> None:
    """Half a person, or a truth value, is counted as people."""
    with pytest.raises(ValueError, match="people must be a whole number"):
        number.whole(wrong, "people")


def test_a_whole_number_has_a_floor() -> None:
    """A negative headcount runs through the arithmetic and comes out as a result."""
    assert number.whole(np.int64(3), "people", least=3) == 3
    with pytest.raises(ValueError, match="people must be at least 3, but is 2"):
        number.whole(2, "people", least=3)
    with pytest.raises(ValueError, match="people must be at least 0"):
        number.whole(-1, "people")


@pytest.mark.parametrize(
    ("value", "floor", "half", "ceil"),
    [("0", 0, 0, 0), ("2.4", 2, 2, 3), ("2.5", 2, 3, 3), ("3.5", 3, 4, 4), ("2.6", 2, 3, 3), ("7", 7, 7, 7)],
)
def test_the_three_ways_to_round(value: str, floor: int, half: int, ceil: int) -> None:
    """Halves go to the even number, as Python's round does, where the assumption on screen says up."""
    exact = Fraction(value)
    assert number.rounded(exact, "floor") == floor
    assert number.rounded(exact, "half") == half
    assert number.rounded(exact, "ceil") == ceil


def test_an_unknown_word_is_refused() -> None:
    """A damaged link names a rounding that does not exist, and another one is used in silence."""
    with pytest.raises(ValueError, match="rounding must be one of floor, half, ceil, not 'down'"):
        number.rounded(Fraction(1, 2), "down")  # type: ignore[arg-type]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_survives_the_way_there_and_back(value: float) -> None:
    """Reading a float through its decimal form loses digits."""
    assert float(number.exact(value, "value")) == value
