"""Tables of PowerPoint's own, over as many slides as they need, the heads on each."""

import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from lxml import etree
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Emu, Inches, Pt

from lib.briefing import grid, slide_form
from lib.briefing.model import Table

TOP = Inches(1.55)
ROOM = Inches(5.2)
AIR = Inches(0.1)  # above and below the text of a row
SIZES = (13, 11)  # points; the second for a table that the first takes to another slide
WHITE = RGBColor(0xFF, 0xFF, 0xFF)
NO_STYLE = "{5940675A-B579-460E-94D1-54222C63F5DA}"  # of PowerPoint: no fill, all borders
_INSET = Inches(0.08)


class Layout(NamedTuple):
    """How a table is set: points of its text, widths of its columns in EMU, and the rows of each slide."""

    size: int
    columns: tuple[int, ...]
    pages: tuple[range, ...]


def layout(table: Table) -> Layout:
    """The larger size where all rows stand on one slide, otherwise the smaller one, the slides about equally full."""
    columns = _widths(table)
    for size in SIZES:
        heights = [_height(row, columns, size) for row in grid.texts(table)]
        room = ROOM - grid.head_rows(table) * _height(grid.head_texts(table), columns, size)
        if sum(heights) <= room:
            return Layout(size, columns, (range(len(heights)),))
    slides = math.ceil(sum(heights) / room)
    return Layout(size, columns, tuple(_parted(heights, min(room, sum(heights) / slides + max(heights)))))


def add(slide: Slide, table: Table, how: Layout, rows: range, description: str) -> None:
    """Draws the heads and some rows, with the unit at the right above them."""
    depth = grid.head_rows(table)
    box = (slide_form.RIGHT - Inches(4), TOP - Inches(0.32), Inches(4), Inches(0.28))
    if unit := grid.unit_line(table):
        slide_form.text_box(slide, box, [(unit, 12, slide_form.GREY, False)], PP_ALIGN.RIGHT)
    frame = slide.shapes.add_table(
        depth + len(rows), len(how.columns), slide_form.LEFT, TOP, Emu(sum(how.columns)), Emu(AIR)
    )
    slide_form.describe(frame, "표", description)
    drawn = frame.table
    frame._element.xpath(".//a:tableStyleId")[0].text = NO_STYLE
    drawn.horz_banding = False
    for column, width in zip(drawn.columns, how.columns, strict=True):
        column.width = Emu(width)
    _heads(drawn, table, how)
    texts = grid.texts(table)
    for place, row in enumerate(rows, start=depth):
        drawn.rows[place].height = Emu(_height(texts[row], how.columns, how.size))
        total = row in table.total_rows
        for cell, column, text in zip(drawn.rows[place].cells, table.columns, texts[row], strict=True):
            align = PP_ALIGN.RIGHT if column.numeric else PP_ALIGN.LEFT
            _fill(cell, text, how.size, align, total, slide_form.PALE if total else WHITE)


def _parted(heights: Sequence[int], room: float) -> Iterator[range]:
    start, used = 0, 0
    for place, height in enumerate(heights):
        if place > start and used + height > room:
            yield range(start, place)
            start, used = place, 0
        used += height
    yield range(start, len(heights))


def _heads(drawn: Any, table: Table, how: Layout) -> None:
    for place in range(grid.head_rows(table)):
        drawn.rows[place].height = Emu(_height(grid.head_texts(table), how.columns, how.size))
    for head in grid.heads(table):
        cell = drawn.cell(head.row, head.column)
        if head.row_span > 1 or head.column_span > 1:
            cell.merge(drawn.cell(head.row + head.row_span - 1, head.column + head.column_span - 1))
        _fill(cell, head.text, how.size, PP_ALIGN.CENTER, True, slide_form.PALE)


def _fill(cell: Any, text: str, size: int, align: PP_ALIGN, bold: bool, colour: RGBColor) -> None:
    cell.margin_left = cell.margin_right = _INSET
    cell.margin_top = cell.margin_bottom = Emu(AIR // 2)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = align
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, slide_form.INK
    cell.fill.solid()
    cell.fill.fore_color.rgb = colour
    _border(cell)


def _border(cell: Any) -> None:
    """Thin grey rules around the cell."""
    properties = cell._tc.get_or_add_tcPr()
    for place, side in enumerate(("a:lnL", "a:lnR", "a:lnT", "a:lnB")):
        line = etree.Element(qn(side), w="6350")
        etree.SubElement(etree.SubElement(line, qn("a:solidFill")), qn("a:srgbClr"), val=str(slide_form.RULE))
        properties.insert(place, line)


def _widths(table: Table) -> tuple[int, ...]:
    """Widths in EMU that share the slide as the texts want."""
    wanted = grid.widths(table)
    whole = slide_form.RIGHT - slide_form.LEFT
    return tuple(math.floor(width * whole / sum(wanted)) for width in wanted)


def _height(texts: Sequence[str], columns: Sequence[int], size: int) -> int:
    """What a row needs in EMU when its text breaks at the edge of its cell."""
    half_letter = Pt(size) * 0.55
    lines = max(
        math.ceil(max(grid.length(text), 1) * half_letter / (width - 2 * _INSET))
        for text, width in zip(texts, columns, strict=True)
    )
    return int(Pt(size) * 1.5 * lines + AIR)
