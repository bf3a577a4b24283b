"""Classes of a coloured map: where they begin, and which of them a value falls into.

Classes are given by their inner bounds in rising order; a bound belongs to the class above it. Bounds are
rounded before values are classed, so that a legend says exactly what was done.
"""

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence

DIGITS = 3


def quantiles(values: Sequence[float], count: int, decimals: int) -> list[float]:
    """Inner bounds of up to `count` classes that hold about equally many values; fewer where values coincide.

    decimals: how many the values are shown with.
    """
    ordered = sorted(values)
    return _bounds(
        (
            ordered[math.ceil(len(ordered) * part / count)]
            for part in range(1, count)
            if len(ordered) >= count
        ),
        ordered,
        decimals,
    )


def equal(values: Sequence[float], count: int, decimals: int) -> list[float]:
    """Inner bounds of up to `count` classes of equal width from the smallest to the largest value."""
    ordered = sorted(values)
    step = (ordered[-1] - ordered[0]) / count if ordered else 0
    return _bounds((ordered[0] + step * part for part in range(1, count) if step), ordered, decimals)


def index(value: float, bounds: Sequence[float]) -> int:
    """The class of a value, counted from 0."""
    return bisect_right(bounds, value)


def labels(bounds: Sequence[float], written: Callable[[float], str]) -> list[str]:
    """The classes in words, from low to high; "~" includes the lower and leaves out the upper bound."""
    if not bounds:
        return ["전체"]
    texts = [written(bound) for bound in bounds]
    between = [f"{low}~{high}" for low, high in zip(texts, texts[1:], strict=False)]
    return [f"{texts[0]} 미만", *between, f"{texts[-1]} 이상"]


def _bounds(raw: Iterable[float], ordered: Sequence[float], decimals: int) -> list[float]:
    rounded = {_rounded(bound, decimals) for bound in raw}
    return sorted(bound for bound in rounded if ordered[0] < bound <= ordered[-1])


def _rounded(value: float, decimals: int) -> float:
    """The value with three significant digits and no more decimals than it is shown with."""
    if not value:
        return value
    return round(value, min(decimals, DIGITS - 1 - math.floor(math.log10(abs(value)))))
