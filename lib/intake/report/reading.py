"""What every part of the reader is given, and what it gives back."""

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from lib.intake.draft import Candidate, Cell, Missing, Row
from lib.intake.report import topics
from lib.intake.report.blocks import Block
from lib.intake.standing import Standing, TextRow

NEW_NAME = "이전 판에 없는 항목이라 새 이름을 붙였습니다. 알맞은 영문 이름으로 고쳐 주십시오."
NOT_IN_FILE = "이번 보고서에서 찾지 못하여 이전 판의 값을 두었습니다. 이번에도 맞는지 확인해 주십시오."


class Reading(NamedTuple):
    """A report on its way: its blocks, the section of each, its date, and what is published now."""

    file: str
    blocks: Sequence[Block]
    topics: Sequence[str]
    as_of: datetime.date
    standing: Standing

    def rows(self, table: str) -> list[TextRow]:
        """The rows of a table in the edition that this one is compared with; empty where there is none."""
        before = self.standing.base("report", self.as_of)
        return self.standing.rows(table, before) if before else []

    def within(self, *wanted: str) -> list[Block]:
        """The blocks of some sections."""
        return topics.within(self.blocks, self.topics, *wanted)


class Found(NamedTuple):
    """What one part of the reader found."""

    rows: list[Row] = []
    candidates: list[Candidate] = []
    missing: list[Missing] = []


def kept(row: TextRow, doubt: str = "") -> Row:
    """A row of the standing edition as cells that come from no file."""
    return {column: Cell(text, doubt=doubt) for column, text in row.items()}


def positioned(rows: Sequence[Row]) -> list[Row]:
    """The rows with their column position counted from 1."""
    return [{**row, "position": Cell(str(number))} for number, row in enumerate(rows, 1)]
