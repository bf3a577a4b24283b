"""Controlled rounding: the nearest whole table with the given totals, or the word that there is none."""

import itertools
import math
from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.rules import apportionment, controlled_rounding

Rows = Sequence[Sequence[Fraction]]

STATUTORY = (20, 40, 30, 10)
tie_rules = st.sampled_from(["upper", "lower"])
share_lists = st.lists(st.integers(0, 20), min_size=2, max_size=4).filter(any)


def quotas(sizes: Sequence[int], shares: Sequence[int]) -> list[list[Fraction]]:
    return [[Fraction(size * share, sum(shares)) for share in shares] for size in sizes]


def distance(rows: Sequence[Sequence[int]], exact: Rows) -> Fraction:
    pairs = itertools.chain.from_iterable(
        zip(row, cells, strict=True) for row, cells in zip(rows, exact, strict=True)
    )
    return sum(((cell - quota) ** 2 for cell, quota in pairs), Fraction())


def every_table(exact: Rows, totals: Sequence[int]) -> list[tuple[tuple[int, ...], ...]]:
    """All tables that round every cell down or up and keep the totals, by trying them all."""
    choices = [
        [
            row
            for row in itertools.product(*({math.floor(cell), math.ceil(cell)} for cell in cells))
            if sum(row) == sum(cells)
        ]
        for cells in exact
    ]
    return [
        rows
        for rows in itertools.product(*choices)
        if [sum(column) for column in zip(*rows, strict=True)] == list(totals)
    ]


def place(rows: Sequence[Sequence[int]]) -> int:
    """Large where early rows hold early columns."""
    return sum(row * column * cell for row, cells in enumerate(rows) for column, cell in enumerate(cells))


@given(
    st.lists(st.integers(0, 15), min_size=1, max_size=4),
    share_lists,
    st.sampled_from(["largest_remainder", "webster"]),
    st.integers(0, 3),
    tie_rules,
)
def test_the_table_is_the_nearest_of_all(
    sizes: list[int],
    shares: list[int],
    method: apportionment.Method,
    moved: int,
    tie: apportionment.TieRule,
) -> None:
    """A unit is given more than a person too many, a total is off, or "no solution" is wrong.

    The totals are sometimes moved by one person, so that tables without a solution come up too.
    """
    exact = quotas(sizes, shares)
    totals = list(apportionment.apportion(shares, sum(sizes), method, tie).seats)
    if 0 < moved < len(totals) and totals[moved]:
        totals[moved] -= 1
        totals[0] += 1
    result = controlled_rounding.table(exact, totals, tie)
    possible = every_table(exact, totals)
    assert result.feasible == bool(possible)
    if possible:
        assert result.rows in possible
        assert distance(result.rows, exact) == min(distance(rows, exact) for rows in possible)
    else:
        assert result.rows == ()


def certainly_nearest(rows: Sequence[Sequence[int]], exact: Rows) -> bool:
    """Whether no exchange between columns, over any rows, comes nearer (so that none does).

    For every two columns the cheapest row to take from the one and give to the other; a cycle of
    columns that gains would be a better table.
    """
    width = len(exact[0])
    cheapest: dict[tuple[int, int], Fraction] = {}
    for row, cells in zip(rows, exact, strict=True):
        for down, up in itertools.permutations(range(width), 2):
            if row[down] > cells[down] and row[up] < cells[up]:
                cost = 2 * (cells[down] % 1) - 2 * (cells[up] % 1)
                cheapest[down, up] = min(cost, cheapest.get((down, up), cost))
    cycles = itertools.chain.from_iterable(
        itertools.permutations(range(width), length) for length in range(2, width + 1)
    )
    for cycle in cycles:
        steps = list(zip(cycle, (*cycle[1:], cycle[0]), strict=True))
        if all(step in cheapest for step in steps) and sum(cheapest[step] for step in steps) < 0:
            return False
    return True


@pytest.mark.parametrize("shares", [STATUTORY, (1937, 4113, 2890, 1060)], ids=["law", "uneven"])
@pytest.mark.parametrize("tie", ["upper", "lower"])
def test_five_hundred_units_add_up_to_the_whole(shares: tuple[int, ...], tie: apportionment.TieRule) -> None:
    """At the size of the whole city the solver stops short of the nearest table, or off a total."""
    sizes = [1 + unit * unit % 61 for unit in range(500)]
    exact = quotas(sizes, shares)
    totals = apportionment.apportion(shares, sum(sizes)).seats
    result = controlled_rounding.table(exact, totals, tie)
    assert result.feasible
    assert [sum(row) for row in result.rows] == sizes
    assert [sum(column) for column in zip(*result.rows, strict=True)] == list(totals)
    assert all(
        abs(cell - quota) < 1
        for row, cells in zip(result.rows, exact, strict=True)
        for cell, quota in zip(row, cells, strict=True)
    )
    assert certainly_nearest(result.rows, exact)


def test_ninety_units_of_four_share_the_bureaus_tenth() -> None:
    """Ninety units of four give no 가 at all on their own; tied, their 36 must come out."""
    exact = quotas([4] * 90, STATUTORY)
    result = controlled_rounding.table(exact, (72, 144, 108, 36))
    assert [sum(column) for column in zip(*result.rows, strict=True)] == [72, 144, 108, 36]
    assert {sum(row) for row in result.rows} == {4}
    assert result == controlled_rounding.table(exact, (72, 144, 108, 36))


def test_the_tie_rule_decides_between_tables_as_near() -> None:
    """Two alike units: which of them gets the better grade is left to the solver's mood."""
    exact = quotas([1, 1], (1, 1))
    upper = controlled_rounding.table(exact, (1, 1), "upper")
    lower = controlled_rounding.table(exact, (1, 1), "lower")
    assert upper.rows == ((1, 0), (0, 1))
    assert lower.rows == ((0, 1), (1, 0))
    assert upper.ties == lower.ties == ((0, 0), (0, 1), (1, 0), (1, 1))
    assert controlled_rounding.table(quotas([5, 1], (1, 1)), (3, 3)).rows == ((3, 2), (0, 1))


def test_the_tie_rule_decides_between_rows_that_are_not_alike() -> None:
    """Two unlike units could change places at no cost, and the tie rule is not asked."""
    quarter = Fraction(1, 4)
    exact = [[quarter] * 4, [quarter, quarter, 2 * quarter, 0]]
    first, second = (1, 0, 0, 0), (0, 1, 0, 0)
    assert controlled_rounding.table(exact, (1, 1, 0, 0), "upper").rows == (first, second)
    assert controlled_rounding.table(exact, (1, 1, 0, 0), "lower").rows == (second, first)


@given(st.lists(st.integers(0, 12), min_size=1, max_size=5), share_lists)
def test_the_tie_rule_never_costs_distance(sizes: list[int], shares: list[int]) -> None:
    """A preference among equals makes the table worse, or marks cells that no tie decided."""
    exact = quotas(sizes, shares)
    totals = apportionment.apportion(shares, sum(sizes)).seats
    upper = controlled_rounding.table(exact, totals, "upper")
    lower = controlled_rounding.table(exact, totals, "lower")
    assert upper.feasible == lower.feasible
    assert distance(upper.rows, exact[: len(upper.rows)]) == distance(lower.rows, exact[: len(lower.rows)])
    assert place(upper.rows) >= place(lower.rows)
    differing = [
        (row, column)
        for row, pair in enumerate(zip(upper.rows, lower.rows, strict=True))
        for column, (one, other) in enumerate(zip(*pair, strict=True))
        if one != other
    ]
    assert list(upper.ties) == list(lower.ties) == differing


def test_a_column_out_of_reach_is_named() -> None:
    """There is no solution and nobody learns which grade is in the way."""
    exact = quotas([4, 4], STATUTORY)
    result = controlled_rounding.table(exact, (2, 3, 0, 3))
    assert result == (
        False,
        (),
        (),
        (controlled_rounding.Blocked(2, 0, 2, 4), controlled_rounding.Blocked(3, 3, 0, 2)),
    )


def test_columns_that_only_together_are_out_of_reach() -> None:
    """Every column on its own looks possible, and an impossible table is given out."""
    half = Fraction(1, 2)
    exact = [[half, half, 0, 0], [0, 0, half, half]]
    assert controlled_rounding.table(exact, (1, 1, 0, 0)) == (False, (), (), ())
    assert controlled_rounding.table(exact, (1, 0, 1, 0)).rows == ((1, 0, 0, 0), (0, 0, 1, 0))


def test_whole_quotas_stay_as_they_are() -> None:
    """Nothing is to be rounded, and the solver is asked and fails."""
    exact = quotas([10, 20, 0], STATUTORY)
    result = controlled_rounding.table(exact, (6, 12, 9, 3))
    assert result.rows == ((2, 4, 3, 1), (4, 8, 6, 2), (0, 0, 0, 0))
    assert result.ties == ()
    assert controlled_rounding.table([], (0, 0)) == (True, (), (), ())


def test_fractions_finer_than_a_millionth_still_add_up() -> None:
    """Shares with many digits overflow the solver's costs."""
    shares = (Fraction(1, 3) + Fraction(1, 999_983), Fraction(1, 7), Fraction(2, 11))
    total = sum(shares)
    exact = [[size * share / total for share in shares] for size in (7, 11, 13)]
    totals = apportionment.apportion(shares, 31).seats
    result = controlled_rounding.table(exact, totals)
    assert [sum(column) for column in zip(*result.rows, strict=True)] == list(totals)
    assert certainly_nearest(result.rows, exact)


@pytest.mark.parametrize(
    ("exact", "totals", "named"),
    [
        ([[1, 2], [1]], (2, 3), r"quotas\[1\] has 1 cells, column_totals has 2"),
        ([[0.5, 0.4]], (1, 0), r"quotas\[0\] must sum to a whole number, not 0.9"),
        ([[0.5, -0.5]], (0, 0), r"quotas\[0\]\[1\] must not be negative"),
        ([["x", 1]], (1, 1), r"quotas\[0\]\[0\] must be a number"),
        ([[0.5, 0.5]], (1, 1), "column_totals sum to 2, the quotas to 1"),
        ([[0.5, 0.5]], (1.0, 0), r"column_totals\[0\] must be a whole number"),
    ],
)
def test_bad_input_is_refused_by_name(
    exact: list[list[object]], totals: tuple[object, ...], named: str
) -> None:
    """A damaged table is rounded all the same."""
    with pytest.raises(ValueError, match=named):
        controlled_rounding.table(exact, totals)  # type: ignore[arg-type]


def test_an_unknown_tie_rule_is_refused() -> None:
    """A damaged link names a rule that does not exist, and another one is used in silence."""
    with pytest.raises(ValueError, match="tie must be one of upper, lower"):
        controlled_rounding.table([[1]], (1,), "first")  # type: ignore[arg-type]
