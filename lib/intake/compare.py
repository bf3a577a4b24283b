"""What a draft changes: rows added, removed, renamed, and cells changed by how much."""

import datetime
from decimal import Decimal
from typing import Literal, NamedTuple

from lib.intake.draft import Draft
from lib.intake.standing import Standing

Kind = Literal["added", "removed", "changed", "renamed"]


class Change(NamedTuple):
    """One difference between a draft and what it is compared with."""

    kind: Kind
    table: str
    as_of: datetime.date | None
    """Date of the draft's sheet; None in reference."""
    base: datetime.date | None
    """Date it is compared with; None in reference, and where nothing of the table stands yet."""
    key: str
    """Key of the row in the CSV, joined by " / "."""
    subject: str
    """What people call the row, in Korean."""
    column: str
    """Column of a changed cell or a renamed key; empty for whole rows."""
    before: str
    after: str
    amount: Decimal | None
    """after minus before where both are numbers."""
    share: float | None
    """amount as a share of before, of one; None where there is none."""


class Count(NamedTuple):
    """How many changes of each kind a table has."""

    table: str
    as_of: datetime.date | None
    added: int
    removed: int
    changed: int
    renamed: int


def changes(draft: Draft, standing: Standing) -> list[Change]:
    """All differences, in the order of the tables and of the rows.

    Each sheet is compared with the same date where that stands, else with the newest before it.
    """
    raise NotImplementedError


def counts(found: list[Change]) -> list[Count]:
    """Changes by table and date, in their order; the rows of a changed table are counted, not its cells."""
    raise NotImplementedError
