"""A table as it is laid out on paper: heads that span, units, and every cell as text."""

from itertools import groupby
from typing import NamedTuple

from lib.briefing.model import Table


class Head(NamedTuple):
    """A cell of the heads: where it begins, and over how many rows and columns it stands."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


def head_rows(table: Table) -> int:
    """2 where columns stand under a common head, otherwise 1."""
    return 2 if any(column.group for column in table.columns) else 1


def heads(table: Table) -> tuple[Head, ...]:
    """The cells of the heads, row by row; a column without a group stands over both rows."""
    rows = head_rows(table)
    texts = head_texts(table)
    found: list[Head] = []
    for group, members in groupby(enumerate(table.columns), key=lambda place: place[1].group):
        places = [place for place, _ in members]
        if group:
            found.append(Head(group, 0, places[0], 1, len(places)))
            found += [Head(texts[place], 1, place) for place in places]
        else:
            found += [Head(texts[place], 0, place, rows) for place in places]
    return tuple(sorted(found, key=lambda head: (head.row, head.column)))


def head_texts(table: Table) -> tuple[str, ...]:
    """The heads of the columns, each with its unit where the table has more than one."""
    several = len(_units(table)) > 1
    return tuple(
        f"{column.head}({column.unit})" if column.unit and several else column.head
        for column in table.columns
    )


def unit_line(table: Table) -> str:
    """What stands at the right above a table of figures; empty where it has none."""
    units = _units(table)
    return f"(단위: {', '.join(units)})" if units else ""


def texts(table: Table) -> tuple[tuple[str, ...], ...]:
    """Every cell as it is printed, row by row."""
    return tuple(
        tuple(column.text(cell) for column, cell in zip(table.columns, row, strict=True))
        for row in table.rows
    )


def widths(table: Table, most: int = 34) -> tuple[int, ...]:
    """How much room each column wants, in half letters: its longest text, up to `most`, with some air."""
    columns = zip(head_texts(table), *texts(table), strict=True)
    return tuple(min(most, max(length(text) for text in column)) + 3 for column in columns)


def length(text: str) -> int:
    """The length of a text in half letters: a Hangul syllable takes two."""
    return sum(2 if letter > "\u2e7f" else 1 for letter in text)


def _units(table: Table) -> list[str]:
    return list(dict.fromkeys(column.unit for column in table.columns if column.unit))
