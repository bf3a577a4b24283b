"""What a draft changes: rows added, removed, renamed, and cells changed by how much."""

import datetime
import difflib
import itertools
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal, NamedTuple

from lib import format
from lib.intake import guide, unlikely
from lib.intake.draft import Draft
from lib.intake.standing import NAMED_BY, Standing, TextRow

Kind = Literal["added", "removed", "changed", "renamed"]
KINDS: dict[Kind, str] = {"added": "추가", "removed": "삭제", "changed": "변경", "renamed": "이름 변경"}

# Names as similar as this are taken for one that was renamed; pairs beyond so many are not looked at.
SIMILAR, PAIRS = 0.6, 10_000
# As similar as rows count of which all but the key is equal.
EQUAL_ROWS = 0.7
NUMERIC = ("INTEGER", "BIGINT", "DECIMAL")
ORDER = "position"


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

    @property
    def sentence(self) -> str:
        """One line of Korean: 예산 2023. 6. 30. – 추가 1, 변경 12."""
        numbers: dict[Kind, int] = {
            "added": self.added,
            "removed": self.removed,
            "changed": self.changed,
            "renamed": self.renamed,
        }
        words = ", ".join(f"{KINDS[kind]} {number:,}" for kind, number in numbers.items() if number)
        date = f" {format.date(self.as_of)}" if self.as_of else ""
        return f"{guide.table(self.table).label}{date} – {words}"


class _Pair(NamedTuple):
    """A table before and after, and how its rows are told apart."""

    table: str
    as_of: datetime.date | None
    base: datetime.date | None
    identity: list[str]
    standing: Standing

    def change(self, kind: Kind, row: TextRow, column: str = "", before: str = "", after: str = "") -> Change:
        was, now = unlikely.number(before), unlikely.number(after)
        counted = column and self.type(column).startswith(NUMERIC) and was is not None and now is not None
        amount = now - was if counted and was is not None and now is not None else None
        share = float(amount / abs(was)) if amount is not None and was else None
        key = " / ".join(row.get(name, "") for name in self.standing.tables[self.table].row_key)
        subject = self.standing.subject(self.table, row)
        return Change(
            kind, self.table, self.as_of, self.base, key, subject, column, before, after, amount, share
        )

    def type(self, column: str) -> str:
        columns = self.standing.tables[self.table].columns
        return next((found.type for found in columns if found.name == column), "")


def changes(draft: Draft, standing: Standing) -> list[Change]:
    """All differences, in the order of the tables and of the rows.

    Each sheet is compared with the same date where that stands, else with the newest before it. The known
    differences of a new edition are left out: they come of its check.
    """
    order = list(standing.tables)
    found: list[Change] = []
    known = [sheet for sheet in draft.sheets if sheet.table in standing.tables]
    for sheet in sorted(
        known, key=lambda sheet: (order.index(sheet.table), sheet.as_of or datetime.date.min)
    ):
        base = standing.base(sheet.folder, sheet.as_of) if sheet.as_of else None
        if sheet.table == "known_difference" and base != sheet.as_of:
            continue
        old = standing.rows(sheet.table, base) if base or not sheet.as_of else []
        rows = [{column: cell.text.strip() for column, cell in row.items()} for row in sheet.rows]
        found += _differences(sheet.table, sheet.as_of, base, old, rows, standing)
    return found


def between(before: Standing, after: Standing) -> list[Change]:
    """What leads from one standing to another; an edition that is gone is compared with itself."""
    found: list[Change] = []
    for table in after.tables.values():
        if not table.dated:
            found += _differences(
                table.name, None, None, before.rows(table.name), after.rows(table.name), after
            )
            continue
        for day in sorted({*before.dates(table.folder), *after.dates(table.folder)}):
            base = before.base(table.folder, day) if day in after.dates(table.folder) else day
            if before.rows(table.name, day) == after.rows(table.name, day) and base == day:
                continue
            old = before.rows(table.name, base) if base else []
            found += _differences(table.name, day, base, old, after.rows(table.name, day), after)
    return found


def counts(found: list[Change]) -> list[Count]:
    """Changes by table and date, in their order; the rows of a changed table are counted, not its cells."""
    rows: dict[tuple[str, datetime.date | None], dict[Kind, set[str]]] = {}
    for change in found:
        kinds = rows.setdefault((change.table, change.as_of), {kind: set() for kind in KINDS})
        kinds[change.kind].add(change.key)
    return [
        Count(table, as_of, *(len(kinds[kind]) for kind in KINDS)) for (table, as_of), kinds in rows.items()
    ]


def _differences(
    table: str,
    as_of: datetime.date | None,
    base: datetime.date | None,
    old: list[TextRow],
    rows: list[TextRow],
    standing: Standing,
) -> Iterator[Change]:
    pair = _Pair(table, as_of, base, standing.identity(table), standing)
    before = _keyed(pair, old)
    after = _keyed(pair, rows)
    gone = {key: row for key, row in before.items() if key not in after}
    fresh = {key: row for key, row in after.items() if key not in before}
    renamed = dict(_renamed(pair, gone, fresh))
    same_rows = not gone and not fresh
    for key, row in after.items():
        if (origin := renamed.get(key)) is not None:
            for column in _unequal(pair.identity, gone[origin], row):
                yield pair.change("renamed", row, column, gone[origin].get(column, ""), row.get(column, ""))
        if (was := before.get(key) or gone.get(renamed.get(key, ()))) is None:
            yield pair.change("added", row, after=_words(row))
            continue
        for column in _unequal(row, was, row):
            if column not in pair.identity and (column != ORDER or same_rows):
                yield pair.change("changed", row, column, was.get(column, ""), row.get(column, ""))
    for key, row in gone.items():
        if key not in renamed.values():
            yield pair.change("removed", row, before=_words(row))


def _keyed(pair: _Pair, rows: list[TextRow]) -> dict[tuple[str, ...], TextRow]:
    """Rows by identity; one of a doubled identity, which the check refuses."""
    return {tuple(row.get(column, "") for column in pair.identity): row for row in rows}


def _renamed(
    pair: _Pair, gone: dict[tuple[str, ...], TextRow], fresh: dict[tuple[str, ...], TextRow]
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Pairs of a fresh and a gone row that are one, the most similar first."""
    if not pair.identity or len(gone) * len(fresh) > PAIRS:
        return
    scored = sorted(
        (
            (_likeness(pair, was, row), new, old)
            for (old, was), (new, row) in itertools.product(gone.items(), fresh.items())
        ),
        key=lambda found: -found[0],
    )
    taken: set[tuple[str, ...]] = set()
    for score, new, old in scored:
        if score >= SIMILAR and ("new", *new) not in taken and ("old", *old) not in taken:
            taken |= {("new", *new), ("old", *old)}
            yield new, old


def _likeness(pair: _Pair, was: TextRow, row: TextRow) -> float:
    """How alike two rows are, of one: by their names, or because all but the key is equal."""
    unequal = _unequal(pair.identity, was, row)
    if len(unequal) > 1:
        return 0
    others = [column for column in row if column not in (*pair.identity, ORDER)]
    alike = 0.0
    if len(others) > 1 and not _unequal(others, was, row):
        alike = EQUAL_ROWS
    if pair.type(unequal[0]) != "VARCHAR" or unlikely.number(row[unequal[0]]) is not None:
        return alike  # dates, numbers and codes are not names
    name = NAMED_BY.get(pair.table, unequal)[0] if len(pair.identity) == 1 else unequal[0]
    names = difflib.SequenceMatcher(None, was.get(name, ""), row.get(name, ""), autojunk=False)
    return max(alike, names.ratio())


def _unequal(columns: list[str] | TextRow, was: TextRow, row: TextRow) -> list[str]:
    return [column for column in columns if was.get(column, "") != row.get(column, "")]


def _words(row: TextRow) -> str:
    return " · ".join(text for text in row.values() if text)
