"""What a simulator finds, as data: the page shows it and a workbook keeps it."""

from typing import NamedTuple

import pandas as pd

from lib.charts.look import Filled, Picture


class Block(NamedTuple):
    """A finding: a picture or a table under its title (a picture's message), then remarks."""

    title: str = ""
    rows: pd.DataFrame | None = None
    text: tuple[str, ...] = ()
    """Columns of the rows that hold text."""
    picture: Picture | Filled | None = None
    caution: str = ""
    """What needs attention; plain text."""
    note: str = ""
    """What explains; plain text."""


class Card(NamedTuple):
    """A key figure of the plan with its difference from the baseline."""

    name: str
    value: str
    difference: str
    description: str
