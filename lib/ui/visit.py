"""What this visit looks at: the edition, the unit of money, the day, the window."""

import datetime
import zoneinfo

import streamlit as st

from lib import format
from lib.queries import editions

KOREA = zoneinfo.ZoneInfo("Asia/Seoul")


def as_of() -> datetime.date:
    """The edition of the report that this visit looks at; the newest unless another that still stands was chosen."""
    chosen = st.session_state.get("as_of")
    return chosen if chosen in editions.all() else editions.newest()


def follow_newest() -> None:
    """Whoever looked at the newest edition looks at the one published since; so does whoever's edition is gone.

    Call it before the control of the edition is drawn.
    """
    state, newest = st.session_state, editions.newest()
    followed = state.get("newest")
    if "as_of" in state and (
        state.as_of not in editions.all() or followed != newest and state.as_of == followed
    ):
        del state.as_of
    state.newest = newest


def is_behind() -> bool:
    """Whether another edition has become the newest since the frame was drawn."""
    return st.session_state.get("newest") != editions.newest()


def unit() -> format.Unit:
    """The unit of money that this visit has chosen."""
    return format.unit(st.session_state.get("unit", ""))


def today() -> datetime.date:
    """The day in Korea, wherever the server stands."""
    return datetime.datetime.now(KOREA).date()


def window_width() -> int:
    """How wide the visitor's window was when they came, in CSS pixels; that of a desk where it is not known."""
    told = st.context.cookies.get("window_width", "")
    return min(max(int(told), 320), 7680) if told.isdecimal() and len(told) < 6 else 1440
