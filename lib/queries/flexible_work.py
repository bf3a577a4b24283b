"""Use of 시차출퇴근 as the report gives it."""

import datetime

import pandas as pd

from lib import db


def months(as_of: datetime.date) -> pd.DataFrame:
    """One row per month with its count as printed, ordered by month."""
    return db.query(
        """
        select month, use_count, printed_unit, mandatory
        from flexible_work_month
        where as_of = $as_of
        order by month
        """,
        as_of=as_of,
    )
