"""The editions of the report."""

import datetime
from typing import NamedTuple

import pandas as pd

from lib import db


class Calendar(NamedTuple):
    """How far the budget year has gone on the as-of date. The share is of one, unrounded."""

    as_of: datetime.date
    fiscal_year: int
    elapsed_days: int
    year_days: int
    elapsed_rate: float


@db.remembered
def all() -> tuple[datetime.date, ...]:
    """The as-of dates of all editions, newest first."""
    rows = db.query("select as_of from edition order by as_of desc")
    return tuple(day.date() for day in rows["as_of"])


def newest() -> datetime.date:
    """The as-of date of the newest edition."""
    return all()[0]


@db.remembered
def calendar(as_of: datetime.date) -> Calendar:
    """The budget year of an edition."""
    [row] = db.query(
        """
        select fiscal_year, elapsed_days, year_days, elapsed_days / year_days as elapsed_rate
        from calendar
        where as_of = $as_of
        """,
        as_of=as_of,
    ).itertuples(index=False)
    return Calendar(as_of, *row)


def remark(as_of: datetime.date) -> str | None:
    """What people must know of an edition, if anything."""
    [text] = db.query("select remark from edition where as_of = $as_of", as_of=as_of)["remark"]
    return None if pd.isna(text) else str(text)


def before(as_of: datetime.date) -> datetime.date | None:
    """The edition before one; None where it is the first."""
    return next((day for day in all() if day < as_of), None)


def listed() -> pd.DataFrame:
    """One row per edition, newest first: title, remark, how many checks it has, and how many do not hold."""
    return db.query(
        """
        select as_of, title, remark,
               coalesce(sum(check_count), 0)::bigint as check_count,
               coalesce(sum(open_count), 0)::bigint as open_count
        from edition
        left join dataset_verdict using (as_of)
        group by as_of, title, remark
        order by as_of desc
        """
    )
