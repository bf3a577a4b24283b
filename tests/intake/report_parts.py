"""The parts that a made report consists of, and how they are written as .hwpx and as plain text."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from hwpx import HwpxDocument


class Line(NamedTuple):
    text: str


class Box(NamedTuple):
    """A drawn box with lines of text."""

    lines: tuple[str, ...]


class Table(NamedTuple):
    """Cells by row, and merged areas: row, column, last row, last column."""

    rows: list[list[str]]
    merged: tuple[tuple[int, int, int, int], ...] = ()


class Chart(NamedTuple):
    """A drawn chart: its labels and numbers."""

    labels: tuple[str, ...]
    values: tuple[str, ...]


Part = Line | Box | Table | Chart


def hwpx(parts: Sequence[Part]) -> bytes:
    """The parts as .hwpx."""
    document = HwpxDocument.new()
    for part in parts:
        if isinstance(part, Line):
            document.add_paragraph(part.text)
        elif isinstance(part, Box):
            shape = document.add_paragraph("").add_rectangle()
            shape.set_draw_text("\n".join(part.lines))
        elif isinstance(part, Chart):
            document.shapes.add_chart(_chart(part))
        else:
            _draw(document, part)
    return document.to_bytes()


def _draw(document: Any, table: Table) -> None:
    drawn = document.add_table(len(table.rows), len(table.rows[0]), height=1700 * len(table.rows))
    covered = {
        (row, column): (first_row, first_column)
        for first_row, first_column, last_row, last_column in table.merged
        for row in range(first_row, last_row + 1)
        for column in range(first_column, last_column + 1)
    }
    for row, texts in enumerate(table.rows):
        for column, text in enumerate(texts):
            if covered.get((row, column), (row, column)) == (row, column) and text:
                drawn.set_cell_text(row, column, text)
    for area in table.merged:
        if area[:2] != area[2:]:
            drawn.merge_cells(*area)


CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"


def _chart(chart: Chart) -> str:
    """A pie chart of one series (ECMA-376 part 1, chapter 21.2)."""

    def points(texts: Sequence[str]) -> str:
        values = "".join(
            f'<c:pt idx="{number}"><c:v>{text}</c:v></c:pt>' for number, text in enumerate(texts)
        )
        return f'<c:ptCount val="{len(texts)}"/>{values}'

    return (
        f'<c:chartSpace xmlns:c="{CHART}"><c:chart><c:plotArea><c:layout/><c:pieChart><c:varyColors val="1"/><c:ser>'
        '<c:idx val="0"/><c:order val="0"/><c:tx><c:v>개수</c:v></c:tx>'
        f"<c:cat><c:strLit>{points(chart.labels)}</c:strLit></c:cat>"
        f"<c:val><c:numLit>{points(chart.values)}</c:numLit></c:val>"
        "</c:ser></c:pieChart></c:plotArea></c:chart></c:chartSpace>"
    )


def text(parts: Sequence[Part], between: str = " ") -> str:
    """The parts as a converter prints them: a line per paragraph, the cells of a table with `between` between them."""
    lines: list[str] = []
    for part in parts:
        if isinstance(part, Line):
            lines += [part.text, ""]
        elif isinstance(part, Box):
            lines += [*part.lines, ""]
        elif isinstance(part, Table):
            covered = {
                (row, column)
                for top, left, bottom, right in part.merged
                for row in range(top, bottom + 1)
                for column in range(left, right + 1)
                if (row, column) != (top, left)
            }
            for number, row in enumerate(part.rows):
                cells = [cell for column, cell in enumerate(row) if cell and (number, column) not in covered]
                lines += [between.join(cells)] if cells else []
            lines.append("")
    return "\n".join(lines)
