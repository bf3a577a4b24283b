"""Single figures as the report states them."""

import datetime

import pandas as pd

from lib import db


def figures(as_of: datetime.date, dataset: str) -> pd.DataFrame:
    """One row per stated figure of a dataset with value, unit and note as printed, in order; indexed by its name."""
    return db.query(
        """
        select figure, subject, value::double as value, unit, coalesce(note, '') as note
        from stated_figure
        where as_of = $as_of and dataset = $dataset
        order by position
        """,
        as_of=as_of,
        dataset=dataset,
    ).set_index("figure")
