"""Tables of PowerPoint's own, over as many slides as they need, the heads on each."""

import functools
import math
import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any, NamedTuple

from pptx.enum.text import PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Emu, Inches, Pt

from lib.briefing import grid, slide_form
from lib.briefing.model import Table

TOP = Inches(1.55)
ROOM = Inches(5.2)
AIR = Inches(0.1)  # above and below the text of a row
SIZES = (13, 11)  # points; the second for a table that the first takes to another slide
WHITE = "FFFFFF"
LEFT, RIGHT, CENTER = "l", "r", "ctr"
NO_STYLE = "{5940675A-B579-460E-94D1-54222C63F5DA}"  # of PowerPoint: no fill, all borders
_INSET = Inches(0.08)
_NAMESPACE = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # what XML cannot hold


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
            align = RIGHT if column.numeric else LEFT
            _fill(cell, text, how.size, align, total, str(slide_form.PALE) if total else WHITE)


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
        _fill(cell, head.text, how.size, CENTER, True, str(slide_form.PALE))


def _fill(cell: Any, text: str, size: int, align: str, bold: bool, colour: str) -> None:
    """Sets a cell at once: through python-pptx a table of 400 cells takes a quarter of a second."""
    body, properties = _cell(size, align, bold, colour)
    body, properties = deepcopy(body), deepcopy(properties)
    body.find(f".//{qn('a:t')}").text = _UNPRINTABLE.sub("", text)
    for old in list(cell._tc):
        cell._tc.remove(old)
    cell._tc.extend([body, properties])


@functools.cache
def _cell(size: int, align: str, bold: bool, colour: str) -> tuple[Any, Any]:
    """Text and properties of a cell of this look, with thin grey rules around it."""
    font = f'<a:latin typeface="{slide_form.FONT}"/><a:ea typeface="{slide_form.FONT}"/>'
    ink = f'<a:solidFill><a:srgbClr val="{slide_form.INK}"/></a:solidFill>'
    body = (
        f'<a:txBody {_NAMESPACE}><a:bodyPr/><a:lstStyle/><a:p><a:pPr algn="{align}"/><a:r>'
        f'<a:rPr lang="ko-KR" altLang="en-US" sz="{size * 100}" b="{int(bold)}">{ink}{font}</a:rPr>'
        f"<a:t/></a:r></a:p></a:txBody>"
    )
    rule = f'w="6350"><a:solidFill><a:srgbClr val="{slide_form.RULE}"/></a:solidFill>'
    rules = "".join(f"<a:{side} {rule}</a:{side}>" for side in ("lnL", "lnR", "lnT", "lnB"))
    properties = (
        f'<a:tcPr {_NAMESPACE} marL="{_INSET}" marR="{_INSET}" marT="{AIR // 2}" marB="{AIR // 2}" anchor="ctr">'
        f'{rules}<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:tcPr>'
    )
    return parse_xml(body), parse_xml(properties)


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
