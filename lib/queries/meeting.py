"""Meetings with support groups: who met, what was asked for, and which action answers it."""

import datetime

import pandas as pd

from lib import db


def meetings(as_of: datetime.date) -> pd.DataFrame:
    """One row per meeting that the edition gives account of, the latest first."""
    return db.query(
        """
        select meeting, title, held_on, left(start_time::varchar, 5) as start_time,
               left(end_time::varchar, 5) as end_time, place, content
        from meeting
        where as_of = $as_of
        order by held_on desc, meeting
        """,
        as_of=as_of,
    )


def participants(as_of: datetime.date, meeting: str) -> pd.DataFrame:
    """One row per participant, or group of them, of a meeting, in order."""
    return db.query(
        """
        select participant, kind, participant_count, unit
        from participant
        where as_of = $as_of and meeting = $meeting
        order by position
        """,
        as_of=as_of,
        meeting=meeting,
    )


def suggestions(as_of: datetime.date, meeting: str) -> pd.DataFrame:
    """One row per suggestion of a meeting, in order."""
    return db.query(
        """
        select suggestion, topic, content
        from suggestion
        where as_of = $as_of and meeting = $meeting
        order by position
        """,
        as_of=as_of,
        meeting=meeting,
    )


def answers(as_of: datetime.date, meeting: str) -> pd.DataFrame:
    """One row per suggestion and action that answers it, in order. The pairs are the editor's reading."""
    return db.query(
        """
        select suggestion, suggestion.topic, suggestion.content as suggested, follow_up as commitment,
               follow_up.content as label, reason
        from suggestion_follow_up
        join suggestion using (as_of, suggestion)
        join follow_up using (as_of, follow_up)
        where as_of = $as_of and suggestion.meeting = $meeting
        order by suggestion.position, follow_up.position
        """,
        as_of=as_of,
        meeting=meeting,
    )
