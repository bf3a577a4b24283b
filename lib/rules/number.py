"""Exact numbers out of what people type, and the three ways to make a headcount whole.

0.1 that somebody typed means a tenth, not the binary number next to it; so every float is read
through its shortest decimal form, and all arithmetic of the rules runs in Fractions.
"""

import math
import operator
from decimal import Decimal
from fractions import Fraction
from typing import Literal, get_args

Number = int | Fraction | Decimal | float
Rounding = Literal["floor", "half", "ceil"]


def exact(value: object, name: str) -> Fraction:
    """The number as a Fraction; `name` is the argument that the ValueError names.

    Integers (NumPy's too), Fractions, Decimals and floats are numbers; text, None and booleans
    are not, and neither is anything infinite or NaN.
    """
    if isinstance(value, bool) or value is None:
        raise ValueError(f"{name} must be a number, not {value!r}")
    if isinstance(value, Fraction):
        return value
    if isinstance(value, (float, Decimal)):
        if not math.isfinite(value):
            raise ValueError(f"{name} must be a finite number, not {value}")
        return Fraction(repr(float(value))) if isinstance(value, float) else Fraction(value)
    try:
        return Fraction(operator.index(value))  # type: ignore[arg-type]
    except TypeError:
        raise ValueError(f"{name} must be a number, not {type(value).__name__}") from None


def share(value: object, name: str) -> Fraction:
    """A number that is not negative, as a Fraction; ValueError otherwise."""
    number = exact(value, name)
    if number < 0:
        raise ValueError(f"{name} must not be negative, but is {value}")
    return number


def whole(value: object, name: str, *, least: int = 0) -> int:
    """A whole number of at least `least`; ValueError otherwise. 3.0 and True are not whole numbers."""
    try:
        number = operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        number = None
    if number is None or isinstance(value, bool):
        raise ValueError(f"{name} must be a whole number, not {value!r}")
    if number < least:
        raise ValueError(f"{name} must be at least {least}, but is {number}")
    return number


def choice(value: str, allowed: object, name: str) -> None:
    """ValueError unless `value` is one of the words of the Literal type `allowed`."""
    words = get_args(allowed)
    if value not in words:
        raise ValueError(f"{name} must be one of {', '.join(words)}, not {value!r}")


def rounded(value: Fraction, rounding: Rounding) -> int:
    """The number made whole: down (`floor`), to the nearest with halves up (`half`), up (`ceil`)."""
    choice(rounding, Rounding, "rounding")
    if rounding == "floor":
        return math.floor(value)
    if rounding == "ceil":
        return math.ceil(value)
    return math.floor(value + Fraction(1, 2))
