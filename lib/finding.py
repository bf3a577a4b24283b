"""Findings and key figures as data: pages show them, and a workbook keeps those of a simulator."""

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
    """A key figure. All is plain text.

    remark: what stands below the value, such as its difference from a baseline; description: what explains the
    remark; ahead: whether the remark tells of being ahead or behind, where it does.
    """

    name: str
    value: str
    remark: str = ""
    description: str = ""
    ahead: bool | None = None
