"""실적가점 as the report has it, before and after the reform."""

import datetime

import pandas as pd

from lib import db


def items(as_of: datetime.date, regime: str) -> pd.DataFrame:
    """One row per numbered item of a regime (개선 전, 개선 후) with its value, in order."""
    return db.query(
        """
        select item, value::double as value, unit, statement
        from bonus_regime
        where as_of = $as_of and regime = $regime and value is not null
        order by position
        """,
        as_of=as_of,
        regime=regime,
    )


def tiers(as_of: datetime.date, regime: str) -> pd.DataFrame:
    """One row per tier of a regime that has a share (percent of those recommended), from the highest."""
    return db.query(
        """
        select tier, share_percent::double as share_percent
        from bonus_tier
        where as_of = $as_of and regime = $regime and share_percent is not null
        order by position
        """,
        as_of=as_of,
        regime=regime,
    )
