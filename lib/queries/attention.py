"""What an executive should look at now, read out of the figures."""

import datetime

import pandas as pd

from lib import db


def behind(as_of: datetime.date) -> pd.DataFrame:
    """One row per unit of expenditure below the calendar line, the lowest rate first.

    Units are departments and the lines beside 사업비. `gap` is the amount in 천원 that would bring the
    unit to the line; rates are shares of one.
    """
    return db.query(
        """
        select execution_gap.line as label, execution_gap.realised_rate, execution_gap.gap
        from execution_gap
        join budget_tree using (as_of, line_code)
        where as_of = $as_of and execution_gap.side = '세출' and leaf and behind
        order by execution_gap.realised_rate
        """,
        as_of=as_of,
    )


def open_checks(as_of: datetime.date) -> pd.DataFrame:
    """One row per dataset with checks that do not hold: how many, of how many, and the page that shows it."""
    return db.query(
        """
        select title, page, check_count, open_count
        from dataset_verdict
        join dataset using (dataset)
        where as_of = $as_of and open_count > 0
        order by position
        """,
        as_of=as_of,
    )
