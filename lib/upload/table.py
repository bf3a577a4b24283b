"""Tables that a visitor hands in for a what-if: bytes or pasted text in, rows out, or what to mend and where.

The heads may stand below a title and in any order. See lib/upload/sheet.py for files and limits, lib/upload/cell.py
for what a cell may hold.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

import pandas as pd

from lib.upload import cell, sheet
from lib.upload.cell import Column
from lib.upload.sheet import Cells, Problem, Sheet, UploadError

TYPES = ("xlsx", "csv")


def table(name: str, content: bytes, columns: Sequence[Column], key: Sequence[str] = ()) -> pd.DataFrame:
    """The rows of an uploaded .xlsx or .csv, in order; the index `row` is the row in the file.

    Columns are those asked for, under their own names; others of the file are left out. No two rows
    may agree in all columns of `key`. Raises UploadError with every problem found.
    """
    sheets = sheet.sheets(name, content)
    for rows in sheets:
        heads = _heads(rows, columns)
        if heads:
            return _rows(rows, *heads, columns, key)
    raise UploadError([_no_heads(sheets, columns)])


def pasted(text: str, columns: Sequence[Column], key: Sequence[str] = ()) -> pd.DataFrame:
    """The rows of cells copied from a spreadsheet, with their heads or, without, in the order of `columns`."""
    rows = sheet.pasted(text)
    heads = _heads(rows, columns)
    if heads:
        return _rows(rows, *heads, columns, key)
    if rows and _places(rows[0][1], columns):
        raise UploadError([_no_heads([rows], columns)])
    return _rows(rows, -1, dict(enumerate(columns)), columns, key)


def _heads(rows: Sheet, columns: Sequence[Column]) -> tuple[int, dict[int, Column]] | None:
    """Where the heads stand (position in the sheet) and which cell is which column."""
    for position, (_, cells) in enumerate(rows[: sheet.HEAD_ROWS]):
        places = _places(cells, columns)
        if all(column in places.values() for column in columns if column.required):
            return position, places
    return None


def _places(cells: Cells, columns: Sequence[Column]) -> dict[int, Column]:
    names = {_plain(head): column for column in columns for head in (column.head, *column.also)}
    places: dict[int, Column] = {}
    for place, head in enumerate(cells):
        column = names.get(_plain(head))
        if column is not None and column not in places.values():
            places[place] = column
    return places


def _plain(head: object) -> str:
    """A head without spaces and without a remark in brackets: 인원 (명) is 인원."""
    text = unicodedata.normalize("NFKC", "" if head is None else str(head))
    return re.sub(r"\s+|\(.*?\)", "", text).lower()


def _no_heads(sheets: Sequence[Sheet], columns: Sequence[Column]) -> Problem:
    wanted = [column for column in columns if column.required]
    found = [_places(cells, columns) for rows in sheets for _, cells in rows[: sheet.HEAD_ROWS]]
    best = max(found, key=len, default={})
    missing = "·".join(f"‘{column.head}’" for column in wanted if column not in best.values())
    names = ", ".join(column.head for column in columns)
    return Problem(None, "", f"{missing} 열이 없으니", f"첫 줄에 {names} 순으로 열 이름을 적어 올리십시오")


def _rows(
    rows: Sheet, head: int, places: dict[int, Column], columns: Sequence[Column], key: Sequence[str]
) -> pd.DataFrame:
    body = rows[head + 1 :]
    if not body:
        raise UploadError([Problem(None, "", "열 이름 아래에 내용이 없으니", "한 행 이상 적어 올리십시오")])
    if len(body) > sheet.ROWS:
        raise UploadError([sheet.too_many(body[sheet.ROWS][0])])
    problems: list[Problem] = []
    values = {column.column: [column.default] * len(body) for column in columns}
    for place, column in places.items():
        for position, (number, cells) in enumerate(body):
            value = cell.value(cells[place] if place < len(cells) else None, column)
            if isinstance(value, Problem):
                problems.append(value._replace(row=number, column=column.head))
            values[column.column][position] = value
    numbers = [number for number, _ in body]
    problems = problems or _duplicates(numbers, values, columns, key)
    if problems:
        raise UploadError(sorted(problems, key=lambda problem: problem.row or 0))
    return _frame(numbers, values, columns)


def _frame(numbers: list[int], values: dict[str, list[Any]], columns: Sequence[Column]) -> pd.DataFrame:
    index = pd.Index(numbers, name="row")
    kinds = {"text": "str", "whole": "int64"}
    return pd.DataFrame(
        {
            column.column: pd.Series(
                values[column.column],
                index=index,
                dtype=kinds.get(column.kind, "object") if None not in values[column.column] else "object",
            )
            for column in columns
        }
    )


def _duplicates(
    numbers: list[int], values: dict[str, list[Any]], columns: Sequence[Column], key: Sequence[str]
) -> list[Problem]:
    if not key:
        return []
    heads = "·".join(column.head for column in columns if column.column in key)
    seen: dict[tuple[Any, ...], int] = {}
    problems = []
    for number, *parts in zip(numbers, *(values[column] for column in key), strict=True):
        first = seen.setdefault(tuple(parts), number)
        if first != number:
            found = f"{first:,}행과 같은 값({cell.quoted(' '.join(map(str, parts)).strip())})이 있으니"
            problems.append(Problem(number, heads, found, "하나로 합치거나 이름을 달리하십시오"))
    return problems
