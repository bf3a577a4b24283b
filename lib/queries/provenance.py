"""Where figures come from, and what came of checking them."""

import datetime
from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from lib import db


class Origin(NamedTuple):
    """The source of one set of figures."""

    dataset: str
    title: str
    publisher: str
    section: str
    date: datetime.date
    date_note: str | None
    licence: str
    note: str | None


class Verdict(NamedTuple):
    """How many checks there are, and how many of them do not hold."""

    check_count: int
    open_count: int


def names() -> list[str]:
    """The names of all datasets, in order."""
    return list(db.query("select dataset from dataset order by position")["dataset"])


def datasets(as_of: datetime.date) -> pd.DataFrame:
    """One row per dataset with the date it is of, in order."""
    return db.query(
        """
        select dataset, title, publisher, section, coalesce(own_date, $as_of::date) as date, date_note, licence, note
        from dataset
        order by position
        """,
        as_of=as_of,
    )


@db.remembered
def dataset(name: str, as_of: datetime.date) -> Origin:
    """One dataset. A ValueError says that there is none of that name."""
    rows = datasets(as_of)
    [row] = rows[rows["dataset"] == name].astype(object).itertuples(index=False)
    values: list[Any] = [None if pd.isna(value) else value for value in row]
    return Origin(*values)._replace(date=row.date.date())


@db.remembered
def verdict(names: Sequence[str], as_of: datetime.date) -> Verdict:
    """The verdict over the checks of some datasets together."""
    [row] = db.query(
        """
        select count(*) as check_count, count(*) filter (not holds) as open_count
        from reconciliation
        where as_of = $as_of and list_contains($names, dataset)
        """,
        as_of=as_of,
        names=list(names),
    ).itertuples(index=False)
    return Verdict(*row)


def checks(names: Sequence[str], as_of: datetime.date) -> pd.DataFrame:
    """One row per check of some datasets; those that do not hold come first."""
    return db.query(
        """
        select check_name, subject, unit, expected::double as expected, actual::double as actual, holds, note
        from reconciliation
        where as_of = $as_of and list_contains($names, dataset)
        order by holds, dataset, check_name, subject
        """,
        as_of=as_of,
        names=list(names),
    )
