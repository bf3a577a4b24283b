"""What the renovation works bring."""

import datetime

import pandas as pd

from lib import db


def deliverables(as_of: datetime.date) -> pd.DataFrame:
    """One row per thing that a work brings, in order; `commitment` is the step that brings it, or empty.

    Which step it is, is read by the editor of the data; the report lists things per work.
    """
    return db.query(
        """
        select work, topic, deliverable, coalesce(milestone, '') as commitment
        from deliverable
        where as_of = $as_of
        order by position
        """,
        as_of=as_of,
    )
