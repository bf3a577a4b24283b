"""시차출퇴근 and 찾아가는 인사상담 as the report gives them, and the monthly counts kept beside it."""

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


def starts(as_of: datetime.date) -> pd.DataFrame:
    """One row per band of start times that the report describes, by time of day; shares in percent."""
    return db.query(
        """
        select start_band, share_percent::double as share_percent
        from flexible_work_start
        where as_of = $as_of
        order by position
        """,
        as_of=as_of,
    )


def rule(as_of: datetime.date) -> pd.DataFrame:
    """One row per rank band with how often a week it must use 시차출퇴근 and since when, lower ranks first."""
    return db.query(
        """
        select rank_band, weekly_minimum, valid_from
        from flexible_work_rule
        where as_of = $as_of
        order by weekly_minimum, rank_band
        """,
        as_of=as_of,
    )


def plan(as_of: datetime.date) -> pd.DataFrame:
    """One row per planned step with its topic and window as printed, in order; an empty end_month is an open end."""
    return db.query(
        """
        select step, start_month, end_month, topic, coalesce(printed_window, '') as printed_window,
               start_month <= $as_of as under_way
        from flexible_work_plan
        where as_of = $as_of
        order by position
        """,
        as_of=as_of,
    )


def visits(as_of: datetime.date) -> pd.DataFrame:
    """One row per counselling visit up to the as-of date, in order."""
    return db.query(
        """
        select visit_number, visited_on, organisation
        from counselling_visit
        where as_of = $as_of
        order by visit_number
        """,
        as_of=as_of,
    )


def services(as_of: datetime.date) -> pd.DataFrame:
    """One row per service that a counselling visit offers, in order."""
    return db.query(
        """
        select service, content
        from counselling_service
        where as_of = $as_of
        order by position
        """,
        as_of=as_of,
    )


def kept_counts() -> pd.DataFrame:
    """One row per month, department, rank band and start time of the counts kept for good; month is its first day."""
    return db.query(
        """
        select date_trunc('month', as_of)::date as month, department, rank_band as band, start_time as start,
               case_count as cases, user_count as users, quota
        from flexible_work_count
        order by as_of, department, rank_band, start_time
        """
    )
