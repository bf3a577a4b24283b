"""What is published of counts: no hidden cell can be worked out from it, over blocks of departments too."""

import datetime
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from lib.flexible_work import measures, published, sample
from lib.flexible_work.counts import WHOLE

MONTH = datetime.date(2023, 4, 1)
BANDS = ("5급 이하", "4급 이상")
STARTS = tuple(datetime.time(hour) for hour in (7, 8, 10))


@st.composite
def months(draw: st.DrawFn) -> pd.DataFrame:
    """Counts of up to seven departments: many small, some large, some full, some without anybody."""
    rows = []
    for department in range(draw(st.integers(1, 7))):
        for band in BANDS:
            users = [draw(st.sampled_from([0, 0, 1, 2, 3, 6, 15])) for _ in STARTS]
            quota = sum(users) + draw(st.sampled_from([0, 0, 1, 4, 30]))
            for start, count in zip(STARTS, users, strict=True):
                cases = count * draw(st.integers(1, 4))
                rows.append((MONTH, f"{department}과", band, start, cases, count, quota))
    frame = pd.DataFrame(rows, columns=["month", "department", "band", "start", "cases", "users", "quota"])
    return frame.astype(dict.fromkeys(("month", "department", "band", "start"), "category"))


def grid(rows: pd.DataFrame, column: str, value: str) -> np.ndarray[Any, Any]:
    """A published table as rows of departments, totals last."""
    departments, columns = rows["department"].nunique(), rows[column].nunique()
    return rows[value].to_numpy(dtype=float).reshape(departments, columns)


def truth(rows: pd.DataFrame, column: str, value: str) -> np.ndarray[Any, Any]:
    table = rows.pivot_table(
        index="department", columns=column, values=value, aggfunc="sum", observed=True, sort=True
    )
    if column == "band":
        table = table[list(BANDS)]
    cells = table.to_numpy(dtype=float)
    cells = np.column_stack([cells, cells.sum(axis=1)])
    return np.vstack([cells, cells.sum(axis=0)])


def free(shown: list[np.ndarray[Any, Any]], real: list[np.ndarray[Any, Any]], upto: float) -> list[bool]:
    """For each hidden cell of tables that share their row totals: whether another value fits all that is shown.

    Cells may be anything from 0 to the real value plus `upto`; sums must hold.
    """
    sizes = [table.size for table in shown]
    numbers, at = [], 0
    for table, size in zip(shown, sizes, strict=True):
        numbers.append(np.arange(at, at + size).reshape(table.shape))
        at += size
    equations = []
    for number in numbers:
        for line in [*number, *number.T]:
            equation = np.zeros(at)
            equation[line[:-1]], equation[line[-1]] = 1, -1
            equations.append(equation)
    for mine, other in zip(numbers[0][:, -1], numbers[1][:, -1], strict=True):
        equation = np.zeros(at)
        equation[mine], equation[other] = 1, -1
        equations.append(equation)
    seen = np.concatenate([table.ravel() for table in shown])
    values = np.concatenate([table.ravel() for table in real])
    bounds = [
        (value, value) if not np.isnan(cell) else (0, value + upto)
        for cell, value in zip(seen, values, strict=True)
    ]
    answers = []
    for cell in np.nonzero(np.isnan(seen))[0]:
        reached = []
        for sign in (1, -1):
            goal = np.zeros(at)
            goal[cell] = sign
            found = linprog(goal, A_eq=np.array(equations), b_eq=np.zeros(len(equations)), bounds=bounds)
            assert found.success, found.message
            reached.append(found.x[cell])
        answers.append(abs(reached[0] - reached[1]) > 0.5)
    return answers


@settings(max_examples=60, deadline=None)
@given(months(), st.sampled_from([1, 2, 3, 40]))
def test_no_hidden_cell_follows_from_what_is_shown(rows: pd.DataFrame, block: int) -> None:
    """A total over all blocks gives away what every block hides; cases give away what users hide."""
    month = published.published(MONTH, rows, BANDS, block)
    for value in ("users", "cases"):
        shown = [grid(month.bands, "band", value), grid(month.starts, "start", value)]
        real = [truth(rows, "band", value), truth(rows, "start", value)]
        assert all(free(shown, real, upto=50))


@settings(max_examples=60, deadline=None)
@given(months(), st.sampled_from([1, 2, 3, 40]))
def test_what_is_shown_is_true_and_never_under_five_people(rows: pd.DataFrame, block: int) -> None:
    """A small cell on the screen, or a number that is not the one handed in."""
    month = published.published(MONTH, rows, BANDS, block)
    for table, column in ((month.bands, "band"), (month.starts, "start")):
        users, real = grid(table, column, "users"), truth(rows, column, "users")
        seen = ~np.isnan(users)
        assert (users[seen] == real[seen]).all()
        assert not np.isin(users[seen], range(1, 5)).any()
        cases, real_cases = grid(table, column, "cases"), truth(rows, column, "cases")
        assert (np.isnan(cases) == ~seen).all()
        assert (cases[seen] == real_cases[seen]).all()


@settings(max_examples=60, deadline=None)
@given(months())
def test_row_totals_are_hidden_in_both_tables_or_in_neither(rows: pd.DataFrame) -> None:
    """A department's total hidden in one table stands in the other."""
    month = published.published(MONTH, rows, BANDS, block=2)
    by_band = month.bands[month.bands["band"] == WHOLE].set_index("department")["users"]
    by_start = month.starts[month.starts["start"] == WHOLE].set_index("department")["users"]
    assert by_band.isna().equals(by_start.isna())


@settings(max_examples=60, deadline=None)
@given(months(), st.sampled_from([datetime.time(12), None]))
def test_cover_sums_to_the_people_of_the_department(rows: pd.DataFrame, lunch: datetime.time | None) -> None:
    """People lost or counted twice between start times that are shown, hidden and standard."""
    month = published.published(MONTH, rows, BANDS)
    for department in month.bands["department"].unique():
        cover = measures.cover(month, department, 20, lunch)
        posts = month.bands.loc[
            (month.bands["department"] == department) & (month.bands["band"] == WHOLE), "quota"
        ].item()
        if cover is not None:
            assert np.allclose(cover[["present", "unplaced", "absent"]].sum(axis=1), posts)
            assert (cover[["present", "unplaced", "absent"]] > -1e-9).all(axis=None)


def test_a_book_keeps_its_months_apart_and_in_order() -> None:
    """Counts of one month shown under another, where a file is not sorted."""
    rows = sample.counts().sample(frac=1, random_state=4)
    book = published.Book(rows, BANDS)
    assert book.months == list(sample.MONTHS)
    for month in book.months:
        whole = book.month(month).bands.iloc[-1]
        assert (whole["department"], whole["band"]) == (WHOLE, WHOLE)
        assert whole["users"] == rows.loc[rows["month"] == month, "users"].sum()
    assert book.month(book.months[0]) is book.month(book.months[0])


def test_one_department_of_one_person_shows_nothing() -> None:
    """The smallest file there can be tells of its one person."""
    rows = pd.DataFrame(
        [(MONTH, "과", "5급 이하", STARTS[0], 3, 1, 1)],
        columns=["month", "department", "band", "start", "cases", "users", "quota"],
    ).astype(dict.fromkeys(("month", "department", "band", "start"), "category"))
    month = published.published(MONTH, rows, BANDS)
    assert month.bands.loc[month.bands["quota"] > 0, ["users", "cases"]].isna().all(axis=None)
    assert month.starts[["users", "cases"]].isna().all(axis=None)
    assert measures.cover(month, "과", 20) is None
