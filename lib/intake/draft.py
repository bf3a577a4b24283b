"""What was read from a file and is not published yet: rows as the CSVs would hold them, each cell with its place in the file."""

import datetime
from typing import NamedTuple

EMPTY = ""


class Cell(NamedTuple):
    """One value on its way in."""

    text: str
    """As the CSV would hold it: 2023-03-31, -4172782, 19.5, true; empty where there is no value."""
    place: str = ""
    """Where it stands in the file, in Korean: "예산 시트 B7", "표 3의 5행 2열". Empty: it does not come from the file."""
    printed: str = ""
    """As it stands there: △4,172,782, 19.5 %."""
    doubt: str = ""
    """Why a person must look at it, as a sentence of Korean; empty: nothing is doubtful."""


Row = dict[str, Cell]
"""Cells by column, all columns of the table but as_of."""


class Sheet(NamedTuple):
    """The rows that one CSV will hold: data/<folder>/<as_of>/<table>.csv, or data/reference/<table>.csv."""

    folder: str
    """report, population, flexible_work or reference."""
    as_of: datetime.date | None
    """None in reference alone."""
    table: str
    rows: list[Row]
    file: str = ""
    """Name of the file that was handed in; empty: not from a file."""

    @property
    def path(self) -> str:
        """Path of the CSV below the data folder."""
        return "/".join([self.folder, *([self.as_of.isoformat()] if self.as_of else []), f"{self.table}.csv"])


class Candidate(NamedTuple):
    """Something found in prose that may be a row; a person decides."""

    sentence: str
    place: str
    table: str
    row: Row


class Missing(NamedTuple):
    """Something that was looked for and not found."""

    table: str
    what: str
    """A sentence of Korean: what was looked for, and what to do."""


class Draft(NamedTuple):
    """All that one file, or several handed in together, say. Sheets not in it stay as they are."""

    sheets: list[Sheet]
    candidates: list[Candidate] = []
    missing: list[Missing] = []

    def sheet(self, table: str, as_of: datetime.date | None = None) -> Sheet | None:
        """The sheet of a table; the first one where no date is asked for."""
        return next((s for s in self.sheets if s.table == table and as_of in (None, s.as_of)), None)


class Problem(NamedTuple):
    """Why a file is not taken, or one thing in it to mend."""

    file: str
    sheet: str
    """Sheet or table of the file; empty: the file as a whole."""
    row: int | None
    """As the file counts it, from 1."""
    column: str
    found: str
    """What stands there, cut short; a sentence where the file as a whole is meant."""
    expected: str
    """What should stand there, or what to do, as a sentence of Korean."""

    @property
    def sentence(self) -> str:
        """One line of Korean: where, what was found, what was expected."""
        place = " ".join(
            part for part in (self.file, self.sheet, f"{self.row}행" if self.row else "", self.column) if part
        )
        return f"{place}: {self.found} → {self.expected}" if place else f"{self.found} {self.expected}"


class IntakeError(ValueError):
    """A file that is not taken, or data that is not published; problems says why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(problem.sentence for problem in problems))
        self.problems = problems


def refusal(file: str, found: str, expected: str) -> IntakeError:
    """Why a file as a whole is not taken, and what to do, in two sentences of Korean."""
    return IntakeError([Problem(file, "", None, "", found, expected)])
