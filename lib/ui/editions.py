"""Another edition beside the one that is looked at, and a figure over all of them. Nothing of it where there is but one."""

import datetime
from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from lib import format
from lib.charts import trend
from lib.queries import editions
from lib.ui.figures import chart
from lib.ui.tables import table
from lib.ui.visit import as_of

MANY = 3
"""So many dates make a trend."""
LISTED = 13

Written = Callable[[float], str]


def other_edition() -> datetime.date | None:
    """A control for the edition that changes are shown against, and what it says: the one before unless another was chosen.

    None, and no control, where there is but one edition.
    """
    days, day = editions.all(), as_of()
    others = [other for other in days if other < day] + [other for other in reversed(days) if other > day]
    if not others:
        return None
    chosen: datetime.date = st.selectbox(
        "견줄 기준일", others, key="against", format_func=format.date, bind="query-params", width=160
    )
    return chosen


def difference(now: float | None, then: float | None, written: Written) -> str:
    """What a figure has over an earlier one, with its sign; empty where one of them is missing."""
    if now is None or then is None or pd.isna(now) or pd.isna(then):
        return format.EMPTY
    return format.signed(written(now - then))


def versus(rows: Sequence[tuple[str, float, float, Written, Written]], other: datetime.date) -> None:
    """Figures beside those of another edition: name, now, then, how they and how their difference are written."""
    table(
        pd.DataFrame(
            {
                "구분": [name for name, *_ in rows],
                format.date(other): [written(then) for _, _, then, written, _ in rows],
                format.date(as_of()): [written(now) for _, now, _, written, _ in rows],
                "증감": [difference(now, then, apart) for _, now, then, _, apart in rows],
            }
        ),
        f"{format.date(other)} 대비",
        text=["구분"],
    )


def trends(rows: pd.DataFrame, lines: Sequence[tuple[str, str, Written]]) -> None:
    """A small line for each column (column, name, how it is written) over the dates, and one table of all.

    Rows of queries.trend. A column that ends in _rate has the 기간경과율 beside it where the rows know it.
    """
    if len(rows) < MANY:
        return
    with st.grid(min(len(lines), 3), min_column_width=280):
        for column, name, written in lines:
            known = rows.dropna(subset=[column])
            if len(known) >= MANY:
                _line(known, column, name, written)
    listed = pd.DataFrame(
        {"기준일": [format.date(day) for day in rows["as_of"]]}
        | {name: [written(value) for value in rows[column]] for column, name, written in lines}
    )
    if len(listed) <= LISTED:
        table(listed, "기준일별 수치", text=["기준일"])
    else:
        st.dataframe(listed, hide_index=True, alt="기준일별 수치", height=300)


def _line(rows: pd.DataFrame, column: str, name: str, written: Written) -> None:
    first, last = rows.iloc[0], rows.iloc[-1]
    drawn = pd.DataFrame(
        {
            "as_of": rows["as_of"],
            "value": rows[column].astype(float),
            "text": [written(value) for value in rows[column]],
        }
    )
    dashed = column.endswith("_rate") and "elapsed_rate" in rows
    if dashed:
        drawn["elapsed_rate"] = rows["elapsed_rate"]
    with st.container():
        chart(
            trend.line(drawn, name),
            f"{name}: {format.date(first['as_of'])} {written(first[column])} → "
            f"{format.date(last['as_of'])} {written(last[column])}" + ", 점선은 기간경과율" * dashed,
            key=f"trend-{column}-{name}",
        )
