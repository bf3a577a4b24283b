"""What is published now: the CSVs of a data folder as rows of text, for readers to match names to keys with."""

import datetime
from pathlib import Path
from typing import NamedTuple

from data.catalogue import Table
from lib.intake.draft import Draft, Row

TextRow = dict[str, str]
"""A row of a CSV: text by column, without as_of; empty where there is no value."""


class Standing(NamedTuple):
    """A data folder as it stands."""

    folder: Path
    state: str
    """Tells one state of the folder from another; what publish.publish takes as `expected`."""
    tables: dict[str, Table]
    """The tables of schema.sql by name, parents before children."""
    sheets: dict[str, list[TextRow]]
    """Rows by path of the CSV: report/2023-03-31/budget_line.csv, reference/dong.csv."""

    def dates(self, folder: str) -> list[datetime.date]:
        """The dates below report, population or flexible_work, newest first."""
        raise NotImplementedError

    @property
    def editions(self) -> list[datetime.date]:
        """The as-of dates of the report, newest first."""
        return self.dates("report")

    @property
    def months(self) -> list[datetime.date]:
        """The months of residents, newest first."""
        return self.dates("population")

    def base(self, folder: str, as_of: datetime.date) -> datetime.date | None:
        """What an edition is compared with: the same date where it stands, else the newest before it, else the newest."""
        raise NotImplementedError

    def rows(self, table: str, as_of: datetime.date | None = None) -> list[TextRow]:
        """The rows of a table; of its newest date where none is asked for. Empty where there are none."""
        raise NotImplementedError

    def carried(self, table: str, as_of: datetime.date) -> list[Row]:
        """The rows of the edition before as cells without a place, each with a doubt; for a file that lacks the table."""
        raise NotImplementedError


def of(folder: Path) -> Standing:
    """The folder as it stands, read whole between two publications. Raises IntakeError where it cannot be read."""
    raise NotImplementedError


def completed(draft: Draft, standing: Standing) -> Draft:
    """The draft with the tables that a new edition of the report needs and its file does not hold, carried over.

    Residents are never carried over. Called once more, it adds nothing.
    """
    raise NotImplementedError
