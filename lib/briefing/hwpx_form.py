"""The bureau's report form in HWPX: signs and indents of its levels, tables with merged heads, pictures."""

from typing import Literal, NamedTuple

from hwpx import HwpxDocument
from hwpx.oxml.paragraph import HwpxOxmlParagraph
from hwpx.oxml.table import HwpxOxmlTable, HwpxOxmlTableCell
from lxml import etree

from lib.briefing import grid
from lib.briefing.model import Table

HEADING_FONT, TEXT_FONT = "함초롬돋움", "함초롬바탕"
MARGIN = 20.0  # millimetres at the left and right
TEXT_WIDTH = 210 - 2 * MARGIN
UNITS = 7200 / 25.4  # HWPUNIT of a millimetre
LINE = 1700  # HWPUNIT of a row of a table with one line of text
WIDE = 84  # half letters, from which on a table is set smaller
SHADE, RULE, INK, GREY = "#E8EEF9", "#7F7F7F", "#000000", "#555555"
_PARAGRAPH = "{http://www.hancom.co.kr/hwpml/2011/paragraph}"

Alignment = Literal["LEFT", "RIGHT", "CENTER", "JUSTIFY"]


class Style(NamedTuple):
    """How a paragraph looks: points, millimetres and points of air; `hang` is what its sign takes."""

    size: float = 12
    bold: bool = False
    font: str = TEXT_FONT
    colour: str = INK
    alignment: Alignment = "JUSTIFY"
    indent: float = 0
    hang: float = 0
    before: float = 0
    after: float = 0
    together: bool = False
    new_page: bool = False


TITLE = Style(20, True, HEADING_FONT, alignment="CENTER", before=6, after=6)
BYLINE = Style(12, alignment="CENTER", after=4)
HEADING = Style(16, True, HEADING_FONT, "#14306B", "LEFT", before=12, after=6, together=True)
ANNEX = HEADING._replace(new_page=True)
SQUARE = Style(14, True, HEADING_FONT, hang=6.5, before=6, after=3, together=True)
CIRCLE = Style(13, indent=4, hang=6, before=3, after=1)
DASH = Style(12, indent=9, hang=4.5, before=1, after=1)
NOTE = Style(10, colour=GREY, indent=4, hang=4.5, before=2, after=2)
CAPTION = Style(12, True, HEADING_FONT, alignment="CENTER", before=8, together=True)
UNIT = Style(10, alignment="RIGHT", together=True)
PICTURE = Style(10, alignment="CENTER", before=4, after=4)
HEAD_CELL = Style(10, True, HEADING_FONT, alignment="CENTER")
SUM_CELL, NUMBER_CELL, TEXT_CELL = (
    Style(10, True, HEADING_FONT, alignment="RIGHT"),
    Style(10, alignment="RIGHT"),
    Style(10, alignment="LEFT"),
)


class Form:
    """A document that is being written; each look is made once and used again."""

    def __init__(self, title: str, bureau: str) -> None:
        self.document = HwpxDocument.new()
        self.document.page.setup(
            paper_size="A4",
            margin_left_mm=MARGIN,
            margin_right_mm=MARGIN,
            margin_top_mm=20,
            margin_bottom_mm=15,
            header_margin_mm=10,
            footer_margin_mm=10,
        )
        self.document.parts.set_document_metadata(title=title, creator=bureau)
        self._letters: dict[tuple[float, bool, str, str], str] = {}
        self._shapes: dict[Style, str] = {}
        self._fills: dict[str, str] = {}
        self._begun = False
        self._plain = str(self.document.styles.resolve("바탕글").id)
        self.document.page.set_page_number(format="page/total", align="CENTER", prefix="- ", suffix=" -")

    def line(self, text: str, style: Style) -> HwpxOxmlParagraph:
        """A paragraph of text at the end."""
        letter = self._letter(style)
        if self._begun:
            paragraph = self.document.add_paragraph(
                text,
                style_id_ref=self._plain,
                para_pr_id_ref=self._shapes.get(style),
                char_pr_id_ref=letter,
                inherit_style=False,
            )
        else:  # a new document has an empty paragraph that holds its settings
            [paragraph] = self.document.paragraphs
            paragraph.add_run(text, char_pr_id_ref=letter)
            self._begun = True
        self._shape(paragraph, style)
        return paragraph

    def heading(self, text: str, new_page: bool = False) -> None:
        """A heading that the word processor numbers, and lists in its outline."""
        style = HEADING._replace(new_page=new_page)
        paragraph = self.document.add_heading(text, level=1, char_pr_id_ref=self._letter(style))
        # Its shape holds the outline too, so it is not that of a line of the same look.
        self._shape(paragraph, style, style._replace(hang=-1))

    def picture(self, png: bytes, width: float, text: str) -> None:
        """A picture in a line of its own, `width` millimetres wide, with its text alternative."""
        placed = self.document.add_picture(
            png, "png", width_mm=width, align="CENTER", style_id_ref=self._plain
        )
        comment = placed.element.find(f"{_PARAGRAPH}shapeComment")
        if comment is None:
            comment = etree.SubElement(placed.element, f"{_PARAGRAPH}shapeComment")
        comment.text = text

    def table(self, table: Table) -> None:
        """A table with its title and unit above it; it flows over pages with its heads."""
        self.line(f"< {table.title} >", CAPTION)
        if unit := grid.unit_line(table):
            self.line(unit, UNIT)
        depth, rows = grid.head_rows(table), grid.texts(table)
        drawn = self.document.add_table(
            depth + len(rows),
            len(table.columns),
            width=round(TEXT_WIDTH * UNITS),
            height=LINE * (depth + len(rows)),
            border_fill_id_ref=self._fill(""),
            style_id_ref=self._plain,
        )
        drawn.element.set("repeatHeader", "1")
        drawn.element.set("pageBreak", "TABLE")
        drawn.set_treat_as_char(False)
        widths = grid.widths(table)
        drawn.set_column_widths(widths)
        size = 10 if sum(widths) <= WIDE else 9
        self._heads(drawn, table, size)
        for place, (cells, texts) in enumerate(zip(drawn.rows[depth:], rows, strict=True)):
            total = place in table.total_rows
            for cell, column, text in zip(cells.cells, table.columns, texts, strict=True):
                style = NUMBER_CELL if column.numeric else TEXT_CELL
                if total:
                    style = SUM_CELL if column.numeric else HEAD_CELL
                self._write(cell, text, style._replace(size=size), SHADE if total else "")

    def to_bytes(self) -> bytes:
        """The document as a file."""
        return self.document.to_bytes()

    def _heads(self, drawn: HwpxOxmlTable, table: Table, size: float) -> None:
        rows = drawn.rows
        for place in range(grid.head_rows(table)):
            for cell in rows[place].cells:
                cell.element.set("header", "1")
                cell.element.set("borderFillIDRef", self._fill(SHADE))
        for head in grid.heads(table):
            style = HEAD_CELL._replace(size=size)
            self._write(rows[head.row].cells[head.column], head.text, style, SHADE)
        for head in grid.heads(table):
            if head.row_span > 1 or head.column_span > 1:
                drawn.merge_cells(
                    head.row, head.column, head.row + head.row_span - 1, head.column + head.column_span - 1
                )

    def _write(self, cell: HwpxOxmlTableCell, text: str, style: Style, shade: str) -> None:
        [paragraph] = cell.paragraphs
        paragraph.char_pr_id_ref = self._letter(style)
        self._shape(paragraph, style)
        cell.set_text(text)
        cell.element.set("borderFillIDRef", self._fill(shade))

    def _letter(self, style: Style) -> str:
        key = (style.size, style.bold, style.font, style.colour)
        if key not in self._letters:
            self._letters[key] = self.document.styles.ensure_run(
                size=style.size, bold=style.bold, font=style.font, color=style.colour
            )
        return self._letters[key]

    def _shape(self, paragraph: HwpxOxmlParagraph, style: Style, key: Style | None = None) -> None:
        key = key or style
        if key not in self._shapes:
            self.document.styles.apply_paragraph_format(
                paragraphs=[paragraph],
                alignment=style.alignment,
                line_spacing_percent=150,
                indent_left_mm=style.indent + style.hang,
                first_line_indent_mm=-style.hang,
                spacing_before_pt=style.before,
                spacing_after_pt=style.after,
                keep_with_next=style.together,
                page_break_before=style.new_page,
            )
            self._shapes[key] = str(paragraph.para_pr_id_ref)
        paragraph.para_pr_id_ref = self._shapes[key]

    def _fill(self, colour: str) -> str:
        if colour not in self._fills:
            self._fills[colour] = self.document.styles.ensure_border_fill(
                border_color=RULE, fill_color=colour or None
            )
        return self._fills[colour]
