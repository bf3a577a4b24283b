"""What published counts say: use and the rule, spread of start times, who is at work when, one month and another.

Everything here is worked out from `published.Published`, so it can show no more than that; NaN is hidden.
Rates are shares of one.
"""

import datetime
import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

import pandas as pd

from lib.flexible_work.counts import WHOLE
from lib.flexible_work.published import Book, Published
from lib.rules import flexible_work

MET, BELOW, HIDDEN, NO_RULE = "규정 이상", "규정 미만", "가림", "의무 시행 전"
Uses = Mapping[str, Fraction]


class TooManyCasesError(ValueError):
    """More cases than the working days allow, so that no average day can be drawn."""


def against_rule(month: Published, uses: Uses) -> pd.DataFrame:
    """The rows of `bands` that have posts, against the rule.

    uses: what the rule expects of one person of each band in the month; empty before there was a rule.
    Adds expected (cases), adoption (users / 정원), compliance (cases / expected), shortfall (cases), state.
    """
    rows = month.bands[month.bands["quota"] > 0]
    each = rows["band"].map({band: float(count) for band, count in uses.items()})
    expected = rows["quota"] * each
    whole = rows["band"] == WHOLE
    sums = expected[~whole].groupby(rows["department"]).sum(min_count=1)
    expected = expected.mask(whole, rows["department"].map(sums))
    compliance = rows["cases"] / expected
    return rows.assign(
        expected=expected,
        adoption=rows["users"] / rows["quota"],
        compliance=compliance,
        shortfall=(expected - rows["cases"]).clip(lower=0),
        state=[_state(*row) for row in zip(rows["cases"], expected, strict=True)],
    ).reset_index(drop=True)


def _state(cases: float, expected: float) -> str:
    if math.isnan(expected):
        return NO_RULE
    if math.isnan(cases):
        return HIDDEN
    # Fifths of a week do not come out even as floating point numbers.
    return MET if cases >= expected - 1e-9 else BELOW


def trend(
    book: Book,
    months: Sequence[datetime.date],
    department: str,
    uses_of: Callable[[datetime.date], Uses],
    progress: Callable[[float], object] = lambda share: None,
) -> pd.DataFrame:
    """One row per month and rank band of one department (or all, 전체), as `against_rule` gives them."""
    found = []
    for done, month in enumerate(months, start=1):
        rows = against_rule(book.month(month), uses_of(month))
        found.append(rows[rows["department"] == department].assign(month=pd.Timestamp(month)))
        progress(done / len(months))
    return pd.concat(found, ignore_index=True)


def spread(month: Published, department: str) -> pd.DataFrame:
    """One row per start time of a department: users, cases, and share, of all its cases."""
    rows = month.starts[month.starts["department"] == department]
    whole = rows.loc[rows["start"] == WHOLE, "cases"].item()
    rows = rows[rows["start"] != WHOLE]
    return rows.assign(share=rows["cases"] / whole if whole else math.nan).reset_index(drop=True)


def heat(month: Published) -> pd.DataFrame:
    """One row per department and start time, departments with most posts first: cases and share of the department's."""
    starts = month.starts[month.starts["department"] != WHOLE]
    whole = starts[starts["start"] == WHOLE].set_index("department")["cases"]
    rows = starts[starts["start"] != WHOLE]
    posts = month.bands[month.bands["band"] == WHOLE].set_index("department")["quota"]
    return (
        rows.assign(
            share=rows["cases"] / rows["department"].map(whole.where(whole > 0)),
            quota=rows["department"].map(posts),
        )
        .sort_values(["quota", "department", "start"], ascending=[False, True, True])
        .reset_index(drop=True)
    )


def cover(
    month: Published, department: str, days: int, lunch: datetime.time | None = flexible_work.LUNCH
) -> pd.DataFrame | None:
    """One row per half-hour from 09:00 to 18:00 of an average working day: slot, present, unplaced, absent.

    days: working days of the month. Whoever does not use 시차출퇴근 on a day starts at 09:00; nobody is
    counted as on leave. `unplaced` are users whose start time is hidden. None where the department's own
    total is hidden. Raises TooManyCasesError.
    """
    rows = spread(month, department)
    whole = month.starts[(month.starts["department"] == department) & (month.starts["start"] == WHOLE)]
    total = whole["cases"].item()
    if math.isnan(total):
        return None
    people = int(_posts(month, department))
    shown = rows.dropna(subset=["cases"])
    starts = {_time(row.start): int(row.cases) for row in shown.itertuples()}
    hidden_starts = [_time(start) for start in rows.loc[rows["cases"].isna(), "start"]]
    hidden = (total - sum(starts.values())) / max(days, 1)
    try:
        by_start = flexible_work.average_day(starts, people, days)
    except ValueError as fault:
        raise TooManyCasesError(str(fault)) from fault
    standard = by_start[flexible_work.STANDARD_START] - hidden
    if standard < -1e-9:
        raise TooManyCasesError(f"{total} cases do not fit into {days} days of {people} people")
    by_start[flexible_work.STANDARD_START] = max(standard, 0.0)
    return pd.DataFrame(flexible_work.cover(by_start, hidden_starts, hidden, lunch)).assign(
        slot=lambda slots: [f"{slot:%H:%M}" for slot in slots["slot"]]
    )


def _posts(month: Published, department: str) -> float:
    rows = month.bands[(month.bands["department"] == department) & (month.bands["band"] == WHOLE)]
    return rows["quota"].item()


def _time(text: str) -> datetime.time:
    return datetime.time.fromisoformat(text)


def comparison(before: pd.DataFrame, after: pd.DataFrame, band: str) -> pd.DataFrame:
    """Two months of `against_rule` beside each other: one row per department that is in either, for one band.

    Columns of the first end in _before; change is that of users, and point_change that of adoption.
    """
    left, right = (
        rows.loc[rows["band"] == band, ["department", "quota", "users", "cases", "adoption", "compliance"]]
        for rows in (before, after)
    )
    both = left.merge(right, on="department", how="outer", suffixes=("_before", ""), sort=True)
    both = both.assign(
        change=both["users"] - both["users_before"], point_change=both["adoption"] - both["adoption_before"]
    )
    whole = both["department"] == WHOLE
    return pd.concat([both[~whole], both[whole]], ignore_index=True)
