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


def commitments(as_of: datetime.date, kind: str) -> pd.DataFrame:
    """One row per step of a kind (청사 환경 개선, 간담회 조치사항), in the report's order.

    `commitment` is the same in every edition, `label` is unique within this one. Months are their first days;
    an empty end_month is an end that nobody has given, an empty predecessor a step that waits for none.
    """
    return db.query(
        """
        select commitment, label, topic, coalesce(owner, '') as owner, coalesce(detail, '') as detail,
               start_month, end_month, coalesce(printed_window, '') as printed_window, predecessor
        from commitment
        where as_of = $as_of and kind = $kind
        order by position, commitment
        """,
        as_of=as_of,
        kind=kind,
    )
