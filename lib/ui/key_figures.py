"""Key figures beside each other, as a list of names and values.

Streamlit's own takes the browser 3 ms for each value that changes, and calls the name a label that labels nothing.
static/page.js has the look.
"""

import html
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from lib import format
from lib.finding import Card

KINDS = {None: "", True: ' class="ahead"', False: ' class="behind"'}


def cards(figures: Sequence[Card], columns: int = 4) -> None:
    """Key figures, as many in a row as fit and no more than `columns`."""
    st.html(markup(figures, columns))


def rate_card(name: str, rate: float, elapsed_rate: float) -> Card:
    """A rate of execution or collection against the calendar, both shares of one."""
    if pd.isna(rate):
        return Card(name, format.rate(rate))
    return Card(
        name,
        format.rate(rate),
        format.points((rate - elapsed_rate) * 100),
        f"기간경과율 {format.rate(elapsed_rate)}",
        bool(rate >= elapsed_rate),
    )


def markup(figures: Sequence[Card], columns: int) -> str:
    """The figures as HTML in which all text stays text."""
    return f'<dl class="cards" style="--columns:{columns}">{"".join(map(_card, figures))}</dl>'


def _card(figure: Card) -> str:
    name, value, remark, description = map(html.escape, figure[:4])
    below = f"<span{KINDS[figure.ahead]}>{remark}</span>" if remark else ""
    beside = f" <small>{description}</small>" if description else ""
    return f"<div><dt>{name}</dt><dd>{value}</dd>" + f"<dd>{below}{beside}</dd>" * bool(below) + "</div>"
