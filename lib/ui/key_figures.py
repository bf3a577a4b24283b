"""Key figures beside each other, as a list of names and values.

Streamlit's own takes the browser 3 ms for each value that changes, and calls the name a label that labels nothing.
static/page.js has the look.
"""

import datetime
import html
from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from lib import format
from lib.finding import Card
from lib.queries import editions

LEAST = 10.5
"""The narrowest that a figure stands in, in rem; two beside each other on a phone."""
KINDS = {None: "", True: ' class="ahead"', False: ' class="behind"'}


def cards(figures: Sequence[Card], columns: int = 4, below: str = "") -> None:
    """Key figures, as many in a row as fit and no more than `columns`; and plain text below them."""
    st.html(markup(figures, columns) + f'<p class="below">{html.escape(below)}</p>' * bool(below))


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


def line_cards(
    line: Any,
    calendar: editions.Calendar,
    as_of: datetime.date,
    unit: format.Unit,
    amount: str = "집행액",
    rate: str = "집행률",
) -> list[Card]:
    """A line of the budget (a row of queries.budget.lines): 예산현액 against the year before, what is done, and its rate."""
    year = calendar.fiscal_year
    return [
        Card(
            f"{year}년 예산현액",
            format.money(line.budget, unit),
            format.percent(line.change_percent),
            f"{year - 1}년 {format.money(line.previous_budget, unit)}",
        ),
        Card(amount, format.money(line.realised, unit), f"{format.date(as_of)}까지"),
        rate_card(rate, line.realised_rate, calendar.elapsed_rate),
    ]


def markup(figures: Sequence[Card], columns: int) -> str:
    """The figures as HTML in which all text stays text."""
    least = max([LEAST, *(_room(figure.value) for figure in figures)])
    style = f"--columns: {columns}; --least: {least:.1f}rem"
    return f'<dl class="cards" style="{style}">{"".join(map(_card, figures))}</dl>'


def _room(value: str) -> float:
    """How wide the longest word of a value is with the edges of its card, in rem: a number is never broken."""
    return 2 + 1.5 * max((sum(map(_breadth, word)) for word in value.split()), default=0)


def _breadth(letter: str) -> float:
    """How broad a letter is, as a share of its height."""
    return 0.95 if letter >= "\u1100" else 0.58 if letter.isalnum() else 0.3


def _card(figure: Card) -> str:
    name, value, remark, description = map(html.escape, figure[:4])
    below = f"<span{KINDS[figure.ahead]}>{remark}</span>" if remark else ""
    beside = f" <small>{description}</small>" if description else ""
    return f"<div><dt>{name}</dt><dd>{value}</dd>" + f"<dd>{below}{beside}</dd>" * bool(below) + "</div>"
