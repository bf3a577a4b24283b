"""What is promised, by when and by whom."""

import datetime

import pandas as pd

from lib import db


def upcoming(as_of: datetime.date) -> pd.DataFrame:
    """One row per step that has not ended on the as-of date, soonest first, with the link that shows it.

    A step ends with the last day of its last month; an empty end_month is an end that nobody has given.
    """
    return db.query(
        """
        select kind, name, topic, owner, start_month, end_month, page, parameter, value
        from upcoming
        where as_of = $as_of
        order by start_month, end_month nulls last, name
        """,
        as_of=as_of,
    )
