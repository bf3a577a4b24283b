"""What may be shown of monthly counts: each month's small cells hidden, with all that would give them away.

A month is two tables of users that share their row totals, department × rank band (bounded by the 정원, which
is known) and department × start time; `suppression.pair` says what to hide of both. Cases are hidden where
users are. Whatever a page shows is worked out from what is published here and from nothing else, so that no
filter, sum, chart or file can tell more.

Many departments are protected in blocks, each with totals of its own. A total over all blocks is published
where it is published in every block: it then follows from what is safe already.
"""

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from lib.flexible_work.counts import WHOLE
from lib.rules import suppression
from lib.upload.sheet import Problem

BLOCK = 40  # departments; the time to protect a block grows with its square

Counts = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Masks = tuple[Mask, Mask]


class Published(NamedTuple):
    """A month's counts as they may be shown, users and cases NaN where hidden.

    bands: one row per department and rank band, with the 정원; starts: one row per department and start
    time, as text (08:00). Totals are rows named 전체, last in each. People of the 정원 are never hidden.
    """

    month: datetime.date
    bands: pd.DataFrame
    starts: pd.DataFrame


class Taken(NamedTuple):
    """What a visit has handed in: the file, and its months or what is wrong with it."""

    file_id: str
    name: str
    book: "Book | None"
    problems: tuple[Problem, ...]


class Book:
    """Months of counts. What may be shown of a month is worked out when it is first asked for, and kept."""

    def __init__(self, counts: pd.DataFrame, bands: Sequence[str]) -> None:
        """counts: rows as `counts.read` gives them; bands: the rank bands, in order."""
        in_order = counts.sort_values("month", kind="stable")
        months = in_order["month"].cat.categories[np.unique(in_order["month"].cat.codes)]
        edges = np.searchsorted(
            in_order["month"].cat.codes, in_order["month"].cat.categories.get_indexer(months)
        )
        self._rows = {
            month: in_order.iloc[first:last]
            for month, first, last in zip(months, edges, [*edges[1:], len(in_order)], strict=True)
        }
        self._bands = tuple(bands)
        self._published: dict[datetime.date, Published] = {}
        self.departments: list[str] = sorted(counts["department"].cat.categories)

    @property
    def months(self) -> list[datetime.date]:
        """The first days of the months, oldest first."""
        return list(self._rows)

    def month(self, month: datetime.date) -> Published:
        """What may be shown of a month. A KeyError names a month that is not here."""
        if month not in self._published:
            self._published[month] = published(month, self._rows[month], self._bands)
        return self._published[month]


def published(
    month: datetime.date, rows: pd.DataFrame, bands: Sequence[str], block: int = BLOCK
) -> Published:
    """What may be shown of the counts of one month; block: departments that are protected together."""
    departments = sorted(rows["department"].unique())
    starts = sorted(rows["start"].unique())
    place = (
        rows["department"].map({name: number for number, name in enumerate(departments)}).to_numpy(dtype=int)
    )
    band = rows["band"].map({name: number for number, name in enumerate(bands)}).to_numpy(dtype=int)
    start = rows["start"].map({time: number for number, time in enumerate(starts)}).to_numpy(dtype=int)
    left, right = (len(departments), len(bands)), (len(departments), len(starts))
    quota = np.zeros(left, dtype=np.int64)
    quota[place, band] = rows["quota"]
    users = _added(left, place, band, rows["users"]), _added(right, place, start, rows["users"])
    cases = _added(left, place, band, rows["cases"]), _added(right, place, start, rows["cases"])
    hidden = _hidden(*users, quota, block)
    by_band = _table(departments, bands, users[0], cases[0], hidden[0])
    by_start = _table(departments, [f"{time:%H:%M}" for time in starts], users[1], cases[1], hidden[1])
    return Published(
        month,
        by_band.rename(columns={"column": "band"}).assign(quota=_with_totals(quota).ravel()),
        by_start.rename(columns={"column": "start"}),
    )


def _added(shape: tuple[int, int], row: Counts, column: Counts, values: pd.Series) -> Counts:
    table = np.zeros(shape, dtype=np.int64)
    np.add.at(table, (row, column), values.to_numpy())
    return table


def _hidden(bands: Counts, starts: Counts, quota: Counts, block: int) -> Masks:
    """What to hide of both tables, totals last."""
    blocks = [_block(bands[rows], starts[rows], quota[rows]) for rows in _blocks(len(bands), block)]
    left, right = (
        np.vstack([*(masks[side][:-1] for masks in blocks), _any([masks[side][-1] for masks in blocks])])
        for side in (0, 1)
    )
    return left, right


def _blocks(departments: int, block: int) -> Iterator[slice]:
    """Blocks of nearly the same size."""
    count = max(1, -(-departments // block))
    edges = np.linspace(0, departments, count + 1).astype(int)
    return (slice(first, last) for first, last in zip(edges, edges[1:], strict=False))


def _block(bands: Counts, starts: Counts, quota: Counts) -> Masks:
    try:
        left, right = suppression.pair(bands, starts, left_capacity=quota)
    except ValueError:  # the 정원 alone gives a cell away: nothing of the block is shown
        return tuple(  # type: ignore[return-value]
            np.ones((table.shape[0] + 1, table.shape[1] + 1), dtype=bool) for table in (bands, starts)
        )
    return left.hidden, right.hidden


def _any(totals: Sequence[Mask]) -> Mask:
    hidden: Mask = np.any(totals, axis=0)
    return hidden


def _table(
    departments: Sequence[str], columns: Sequence[str], users: Counts, cases: Counts, hidden: Mask
) -> pd.DataFrame:
    names = pd.MultiIndex.from_product(
        [[*departments, WHOLE], [*columns, WHOLE]], names=["department", "column"]
    )
    rows = names.to_frame(index=False)
    for name, values in (("users", users), ("cases", cases)):
        rows[name] = np.where(hidden, np.nan, _with_totals(values).astype(float)).ravel()
    return rows


def _with_totals(counts: Counts) -> Counts:
    across = np.hstack([counts, counts.sum(axis=1, keepdims=True)])
    return np.vstack([across, across.sum(axis=0, keepdims=True)])
