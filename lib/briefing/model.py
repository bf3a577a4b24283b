"""What a briefing is, whatever format it leaves in.

Every number is kept as a number with its unit and decimals, so that a sheet gets a number, a document gets
Korean text, and both are the same. Nothing here knows a file format.
"""

import datetime
from typing import Literal, NamedTuple

from lib import format
from lib.charts.look import Filled, Picture

Cell = str | float | int | None
ChartKind = Literal["bar", "stacked_bar", "timeline", "map"]


class Figure(NamedTuple):
    """A key figure: its name, its number with unit and decimals, and what to read beside it."""

    name: str
    value: float
    unit: str
    decimals: int = 0
    remark: str = ""

    @property
    def text(self) -> str:
        """The number with its unit, as it is printed."""
        return f"{format.number(self.value, self.decimals)}{self.unit}"


class Column(NamedTuple):
    """A column of a table. `unit` is empty for text; `group` is the head that stands over several columns.

    `mixed`: numbers of units that another column of the row names, each with the decimals it has.
    """

    head: str
    unit: str = ""
    decimals: int = 0
    group: str = ""
    mixed: bool = False

    @property
    def numeric(self) -> bool:
        """Whether its cells are numbers."""
        return bool(self.unit) or self.mixed

    def text(self, cell: Cell) -> str:
        """A cell as it is printed: △ for minus, "-" for nothing."""
        if cell is None:
            return format.EMPTY
        return cell if isinstance(cell, str) else format.number(cell, self.decimals_of(cell))

    def decimals_of(self, cell: float) -> int:
        """The decimals that a number of this column is printed with."""
        if not self.mixed:
            return self.decimals
        return next(decimals for decimals in (0, 1, 2) if decimals == 2 or round(cell, decimals) == cell)


class Table(NamedTuple):
    """Rows under columns; a row has a cell per column. `total_rows` are the positions of sums."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total_rows: tuple[int, ...] = ()


class Series(NamedTuple):
    """One series of a chart: a value per category, None where there is none."""

    name: str
    values: tuple[float | None, ...]


class Chart(NamedTuple):
    """A picture twice: as data for formats with charts of their own, and as the picture of the pages.

    `message` is its text alternative. `percent` says that values are shares of one. `line` is a level that all
    bars are compared with: its name and value, in the unit of the values.
    """

    kind: ChartKind
    message: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    decimals: int
    picture: Picture | Filled
    percent: bool = False
    line: tuple[str, float] | None = None


class Question(NamedTuple):
    """A question to expect, with its answer out of the figures."""

    question: str
    answer: str


class Section(NamedTuple):
    """One subject. `message` is one sentence computed from the figures.

    `sources` are the source lines as they are printed, `datasets` the names of what they are of.
    """

    key: str
    title: str
    message: str
    figures: tuple[Figure, ...]
    table: Table
    chart: Chart | None
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    as_of: datetime.date
    speaker_notes: tuple[str, ...]
    questions: tuple[Question, ...]
    datasets: tuple[str, ...] = ()


class Briefing(NamedTuple):
    """Sections in the order they are given, and the settings (filters, scenario, unit) they were made under."""

    title: str
    bureau: str
    as_of: datetime.date
    made_on: datetime.date
    sections: tuple[Section, ...]
    settings: tuple[str, ...] = ()
