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


def statements(as_of: datetime.date) -> pd.DataFrame:
    """One row per item of either regime, in order: the old one first. An item that has no number has no value."""
    return db.query(
        """
        select regime, item, value::double as value, coalesce(unit, '') as unit, statement
        from bonus_regime
        where as_of = $as_of
        order by regime = '개선 후', position
        """,
        as_of=as_of,
    )


def shares(as_of: datetime.date) -> pd.DataFrame:
    """One row per grade of 근무성적평정 with its share in percent, from the highest.

    `merges_into` is the grade that takes the share where nobody merits this one; empty: none.
    """
    return db.query(
        """
        select grade, share_percent::double as share_percent, coalesce(merges_into, '') as merges_into
        from grading_share
        where as_of = $as_of
        order by position
        """,
        as_of=as_of,
    )


def steps(as_of: datetime.date) -> pd.DataFrame:
    """One row per step towards a ‘가’ (purpose, criteria, procedure, support), in order; held_on where it has a day."""
    return db.query(
        """
        select topic, step, held_on
        from grading_step
        where as_of = $as_of
        order by position
        """,
        as_of=as_of,
    )
