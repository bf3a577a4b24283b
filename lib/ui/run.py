"""What a run begins with, and parts of a page that have runs of their own."""

from collections.abc import Callable

import streamlit as st

from lib import db
from lib.ui.access import enter
from lib.ui.panels import unavailable
from lib.ui.visit import is_behind


def pin() -> None:
    """Fix the database for this run; where there is none, say so and end it."""
    try:
        db.pin()
    except db.Unavailable as fault:
        unavailable(str(fault))
        st.stop()


def alone(part: Callable[[], None]) -> None:
    """A part of what is shown: what is chosen in it draws it alone, and all around it stays as it is.

    In the run that draws the rest as well, the part belongs to that one; a later run of its own begins as each does.
    """
    within = True

    @st.fragment
    def drawn() -> None:
        nonlocal within
        if not within:
            enter()
            pin()
            if is_behind():
                st.rerun()
        within = False
        part()

    drawn()
