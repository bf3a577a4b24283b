"""Controlled rounding: a table of quotas made whole so that its totals stay what they are.

Every cell becomes its quota rounded down or up, every row keeps its (whole) sum, and every column
sums to a given total. Of all such tables the one nearest to the quotas is taken (the least sum of
squares, which here is also the least sum of distances). It is a transport problem; SciPy's
`linprog` (HiGHS) solves it.
"""

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from scipy import optimize, sparse

from lib.rules import apportionment, number

Counts = np.ndarray[tuple[int, ...], np.dtype[np.int64]]

# Costs are whole numbers in units of 1/precision of a person, so that equal means equal.
LIMIT_OF_PRECISION = 1_000_000
INFEASIBLE = 2  # the status of scipy.optimize.linprog


class Blocked(NamedTuple):
    """A column whose total no rounding of its cells can reach: it must lie in lowest … highest."""

    column: int
    total: int
    lowest: int
    highest: int


class Table(NamedTuple):
    """The rounded table, or why there is none."""

    feasible: bool
    rows: tuple[tuple[int, ...], ...]
    """One row per row of quotas; empty where no solution exists."""
    ties: tuple[tuple[int, int], ...]
    """Cells (row, column) that come out differently under the other tie rule: tables as near exist."""
    blocked: tuple[Blocked, ...]
    """Columns that alone rule a solution out. Empty and not feasible: only their combination does."""


def table(
    quotas: Sequence[Sequence[number.Number]],
    column_totals: Sequence[int],
    tie: apportionment.TieRule = "upper",
) -> Table:
    """`quotas`, rows × columns, as whole numbers with the rows' own sums and `column_totals`.

    Between tables that are equally near, `upper` gives the earlier columns to the earlier rows and
    `lower` to the later ones (rows with the same fractions standing where the first of them
    stands). Quotas that differ by less than a millionth may count as equal.

    ValueError names the argument: quotas that are ragged, negative, not finite or whose rows do
    not sum to whole numbers, totals that are not whole or do not sum to what the rows sum to.
    """
    number.choice(tie, apportionment.TieRule, "tie")
    totals = [number.whole(total, f"column_totals[{column}]") for column, total in enumerate(column_totals)]
    exact = _rows(quotas, len(totals))
    if sum(totals) != sum(sum(row) for row in exact):
        raise ValueError(
            f"column_totals sum to {sum(totals)}, the quotas to {sum(sum(row) for row in exact)}"
        )
    blocked = _blocked(exact, totals)
    if blocked:
        return Table(False, (), (), blocked)
    solution = _solution(exact, totals, tie)
    if solution is None:
        return Table(False, (), (), ())
    other = _solution(exact, totals, "lower" if tie == "upper" else "upper")
    differing = np.argwhere(solution != other)
    return Table(
        True,
        tuple(tuple(int(cell) for cell in row) for row in solution),
        tuple((int(row), int(column)) for row, column in differing),
        (),
    )


def _rows(quotas: Sequence[Sequence[number.Number]], width: int) -> list[list[Fraction]]:
    rows = []
    for position, row in enumerate(quotas):
        cells = [number.share(cell, f"quotas[{position}][{column}]") for column, cell in enumerate(row)]
        if len(cells) != width:
            raise ValueError(f"quotas[{position}] has {len(cells)} cells, column_totals has {width}")
        if sum(cells).denominator != 1:
            raise ValueError(f"quotas[{position}] must sum to a whole number, not {float(sum(cells))}")
        rows.append(cells)
    return rows


def _blocked(rows: Sequence[Sequence[Fraction]], totals: Sequence[int]) -> tuple[Blocked, ...]:
    columns = (
        Blocked(
            column,
            total,
            sum(math.floor(row[column]) for row in rows),
            sum(math.ceil(row[column]) for row in rows),
        )
        for column, total in enumerate(totals)
    )
    return tuple(column for column in columns if not column.lowest <= column.total <= column.highest)


def _solution(
    rows: Sequence[Sequence[Fraction]], totals: Sequence[int], tie: apportionment.TieRule
) -> Counts | None:
    """The nearest table, or None where there is none.

    Rows with the same fractions are alike: how often such a kind of row rounds each column up is
    solved for, and dealt out to its rows afterwards.
    """
    counts = np.array([[math.floor(cell) for cell in row] for row in rows], dtype=np.int64)
    counts = counts.reshape(len(rows), len(totals))
    kinds: dict[tuple[Fraction, ...], list[int]] = {}
    for position, row in enumerate(rows):
        kinds.setdefault(tuple(cell % 1 for cell in row), []).append(position)
    raised = _raised(kinds, np.array(totals, dtype=np.int64) - counts.sum(axis=0), tie)
    if raised is None:
        return None
    for (fractions, members), wanted in zip(kinds.items(), raised, strict=True):
        _deal(counts, members, wanted, int(sum(fractions)), tie)
    return counts


def _raised(
    kinds: Mapping[tuple[Fraction, ...], Sequence[int]], missing: Counts, tie: apportionment.TieRule
) -> Counts | None:
    """How often each kind of row (rows) rounds each column (columns) up; None: no solution.

    Its constraints are those of a transport problem, so the corner of the polytope that the
    simplex method ends in is whole without being told to be.
    """
    raised = np.zeros((len(kinds), len(missing)), dtype=np.int64)
    cells = [
        (kind, column, part)
        for kind, fractions in enumerate(kinds)
        for column, part in enumerate(fractions)
        if part
    ]
    if not cells:
        return raised
    kind_of = np.array([kind for kind, _, _ in cells])
    column_of = np.array([column for _, column, _ in cells])
    members = np.array([len(positions) for positions in kinds.values()])
    per_row = np.array([int(sum(fractions)) for fractions in kinds])
    answer = optimize.linprog(
        _costs(cells, int(members.sum()), tie),
        A_eq=sparse.csr_array(
            (
                np.ones(2 * len(cells)),
                (np.concatenate([kind_of, len(kinds) + column_of]), np.tile(np.arange(len(cells)), 2)),
            ),
            shape=(len(kinds) + len(missing), len(cells)),
        ),
        b_eq=np.concatenate([members * per_row, missing]),
        bounds=np.column_stack([np.zeros(len(cells)), members[kind_of]]),
        method="highs-ds",
    )
    if answer.status == INFEASIBLE:
        return None
    raised[kind_of, column_of] = np.rint(answer.x).astype(np.int64)
    return raised


def _costs(
    cells: Sequence[tuple[int, int, Fraction]], row_count: int, tie: apportionment.TieRule
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """What rounding a cell up costs: 1 − 2 × its fraction and, far below that, its place.

    The sum of kind × column over the raised cells is greatest where early kinds hold early
    columns. Over the whole table it varies by less than `ruling`, so place never outweighs
    distance.
    """
    precision = min(math.lcm(*(part.denominator for _, _, part in cells)), LIMIT_OF_PRECISION)
    width = max(column for _, column, _ in cells) + 1
    ruling = width * width * row_count * (cells[-1][0] + 1)
    direction = -1 if tie == "upper" else 1
    return np.array(
        [
            float(round(precision * (1 - 2 * part)) * ruling + direction * kind * column)
            for kind, column, part in cells
        ]
    )


def _deal(
    counts: Counts, members: Sequence[int], wanted: Counts, per_row: int, tie: apportionment.TieRule
) -> None:
    """Give each of `members` `per_row` of the raises that its kind of row has, in place.

    A column that every remaining row must raise comes first; then the earliest columns for the
    earliest rows (`upper`), or the latest columns for them (`lower`).
    """
    left = wanted.copy()
    order = range(len(left)) if tie == "upper" else range(len(left) - 1, -1, -1)
    for dealt, row in enumerate(members):
        forced = [column for column in order if left[column] == len(members) - dealt]
        free = [column for column in order if 0 < left[column] < len(members) - dealt]
        for column in (forced + free)[:per_row]:
            counts[row, column] += 1
            left[column] -= 1
