"""Classes of a map: every value has one, and the legend says which."""

from hypothesis import given
from hypothesis import strategies as st

from lib.rules import classes

VALUES = st.lists(st.floats(0, 1e9, allow_nan=False), min_size=1, max_size=60)


@given(VALUES, st.integers(2, 6), st.integers(0, 2))
def test_bounds_rise_within_the_values(values: list[float], count: int, decimals: int) -> None:
    """Prevents a class that nothing can fall into, or more classes than colours."""
    for divide in (classes.quantiles, classes.equal):
        bounds = divide(values, count, decimals)
        assert bounds == sorted(set(bounds))
        assert len(bounds) < count
        assert all(min(values) < bound <= max(values) for bound in bounds)


@given(VALUES, st.integers(2, 6), st.integers(0, 2))
def test_a_value_lies_within_the_bounds_of_its_class(values: list[float], count: int, decimals: int) -> None:
    """Prevents a value that stands in the legend's next class."""
    bounds = classes.quantiles(values, count, decimals)
    edges = [float("-inf"), *bounds, float("inf")]
    for value in values:
        place = classes.index(value, bounds)
        assert edges[place] <= value < edges[place + 1]


@given(st.lists(st.integers(0, 999), min_size=10, max_size=60, unique=True))
def test_quantiles_hold_about_as_many(values: list[int]) -> None:
    """Prevents quantiles that are something else: classes of very different sizes where no bound was rounded.

    Up to 999 nothing is rounded. Above, 999,500 becomes 1,000,000, which may be another of the values.
    """
    bounds = classes.quantiles(values, 5, 0)
    sizes = [sum(classes.index(value, bounds) == place for value in values) for place in range(5)]
    assert max(sizes) - min(sizes) <= 1


def test_bounds_are_written_as_they_are_used() -> None:
    """Prevents a bound that the legend rounds to another number than the one values are classed by."""
    assert classes.equal([120_963, 658_006], 5, 0) == [228_000, 336_000, 443_000, 551_000]
    assert classes.quantiles([1.23456, 2.34567, 3.45678, 4.56789], 2, 2) == [3.46]
    assert classes.labels([10, 20.5], "{:g}%".format) == ["10% 미만", "10%~20.5%", "20.5% 이상"]


def test_equal_values_are_one_class() -> None:
    """Prevents a division by nothing, or empty classes, where all values are the same."""
    assert classes.equal([7, 7, 7], 5, 0) == classes.quantiles([7, 7, 7], 5, 0) == []
    assert classes.labels([], str) == ["전체"]
