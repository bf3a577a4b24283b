"""What this visit looks at: the edition, the unit of money, the day, the window."""

import datetime
import zoneinfo

import streamlit as st

from lib import format
from lib.queries import editions

KOREA = zoneinfo.ZoneInfo("Asia/Seoul")


def as_of() -> datetime.date:
    """The edition of the report that this visit looks at; the newest unless another was chosen."""
    chosen: datetime.date = st.session_state.get("as_of") or editions.newest()
    return chosen


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
