"""A report as .hwpx: the paragraphs, boxes and tables of its sections in their order.

The XML is read with the standard library, not with python-hwpx: its map of tables takes seconds where this takes
hundredths, and it leaves out the boxes of an organisation chart. lib.intake.archive has looked at the parts before.
"""

import re
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from lib.intake import archive, limits
from lib.intake.draft import Draft, refusal
from lib.intake.report import edition
from lib.intake.report.blocks import Block, Grid, Line, Slot
from lib.intake.standing import Standing

SAVE_AGAIN = "한글에서 열어 ‘HWPX 문서(*.hwpx)’로 다시 저장하여 올려 주십시오."
_SECTION = re.compile(r"Contents/section([0-9]{1,4})\.xml", re.IGNORECASE)
_BLANKS = {"tab": "\t", "lineBreak": "\n", "nbSpace": " ", "fwSpace": "\u3000", "hyphen": "-"}
# Parts of a paragraph that are not read: heads and feet of pages, comments, what fields and shapes say of themselves.
_LEFT_OUT = {
    "header",
    "footer",
    "hiddenComment",
    "memogroup",
    "shapeComment",
    "parameters",
    "secPr",
    "linesegarray",
}
_HEADING_LENGTH = 60


def read(name: str, content: bytes, standing: Standing) -> Draft:
    """What a report in .hwpx says; `name` is that of its file.

    Raises IntakeError where the file is damaged or hostile, names no date or holds none of the known tables.
    """
    return edition.draft(name, blocks(name, content), standing)


def blocks(name: str, content: bytes) -> list[Block]:
    """The document as lines and grids. Raises IntakeError where it is damaged or larger than the limits."""
    parts = archive.parts(name, content)
    sections = sorted((int(match[1]), part) for part in parts if (match := _SECTION.fullmatch(part)))
    if not sections:
        raise refusal(name, "한글 문서(.hwpx)의 본문이 없습니다.", SAVE_AGAIN)
    story = _Story(name, parts)
    for _, part in sections:
        try:
            root = _parsed(parts[part])
        except (ElementTree.ParseError, LookupError, ValueError):
            raise refusal(name, "본문이 손상되어 읽을 수 없습니다.", SAVE_AGAIN) from None
        story.paragraphs(root)
    return story.blocks


class _Story:
    """The blocks of a document while it is walked through."""

    def __init__(self, name: str, parts: dict[str, bytes]) -> None:
        self.name = name
        self.parts = parts
        self.blocks: list[Block] = []
        self.paragraph_count = 0
        self.group = 0
        self.table_count = 0
        self.chart_count = 0
        self.room = limits.TABLE_CELLS

    def paragraphs(self, story: Element, box: bool = False) -> None:
        """The paragraphs of a section, or of a box, which are one group."""
        self.group += 1
        for paragraph in story:
            if paragraph.tag == "p":
                self._paragraph(paragraph, box)

    def _paragraph(self, paragraph: Element, box: bool) -> None:
        self.paragraph_count += 1
        place = f"문단 {self.paragraph_count}"
        lines = [line for line in _text(paragraph).split("\n") if line.strip()]
        if lines and not box:
            self.group += 1
        for line in lines:
            self._line(Line(line, place, self.group))
        for thing in _objects(paragraph):
            self._thing(thing)

    def _thing(self, thing: Element) -> None:
        if thing.tag == "tbl":
            self._table(thing)
        elif thing.tag == "chart":
            self._chart(thing.get("chartIDRef", ""))
        else:
            self.paragraphs(thing, box=True)

    def _line(self, line: Line) -> None:
        if len(self.blocks) >= limits.REPORT_LINES:
            raise refusal(self.name, "본문이 너무 깁니다.", edition.SHORTER)
        self.blocks.append(line)

    def _table(self, table: Element) -> None:
        self.table_count += 1
        if self.table_count > limits.TABLES:
            raise refusal(self.name, "표가 너무 많습니다.", edition.SHORTER)
        name = f"표 {self.table_count}"
        cells = [cell for row in table.findall("tr") for cell in row.findall("tc")]
        placed = _placed(table)
        rows = self._grid(name, placed)
        caption = "\n".join(
            _text(paragraph)
            for one in table.findall("caption")
            for paragraph in one.iter()
            if paragraph.tag == "p"
        )
        self._add(Grid(name, rows, caption))
        for cell in cells:
            for thing in _things_of(cell):
                self._thing(thing)

    def _grid(self, name: str, placed: list[tuple[int, int, int, int, str]]) -> list[list[Slot]]:
        """The slots of a table by row, each filled by the cell that covers it."""
        height = max((row + rows for row, _, rows, _, _ in placed), default=0)
        width = max((column + columns for _, column, _, columns, _ in placed), default=0)
        self.room -= max(height * width, sum(rows * columns for _, _, rows, columns, _ in placed))
        if self.room < 0:
            raise refusal(self.name, "표의 칸이 너무 많습니다.", edition.SHORTER)
        filled: dict[tuple[int, int], Slot] = {}
        for row, column, rows, columns, text in placed:
            slot = Slot(text, f"{name}의 {row + 1}행 {column + 1}열", (row, column))
            for covered in range(row, row + rows):
                for beside in range(column, column + columns):
                    filled.setdefault((covered, beside), slot)
        return [
            [
                filled.get((row, column), Slot("", f"{name}의 {row + 1}행 {column + 1}열", (row, column)))
                for column in range(width)
            ]
            for row in range(height)
        ]

    def _chart(self, part: str) -> None:
        """The numbers behind a chart, a column per series; one that cannot be read is but a picture."""
        self.chart_count += 1
        name = f"도표 {self.chart_count}"
        try:
            series = [_series(one) for one in _parsed(self.parts[part]).iter("ser")]
        except (KeyError, ElementTree.ParseError, LookupError, ValueError):
            return
        if not series or len({tuple(labels) for _, labels, _ in series}) > 1:
            return
        columns = [["구간", *series[0][1]], *([title, *values] for title, _, values in series)]
        height = max(map(len, columns))
        placed = [
            (row, column, 1, 1, text)
            for column, texts in enumerate(columns)
            for row, text in enumerate(texts)
        ]
        if height > 1:
            self.blocks.append(Grid(name, self._grid(name, placed)))

    def _add(self, grid: Grid) -> None:
        """The grid; a table that is but a frame around text becomes lines."""
        if not grid.rows:
            return
        if caption := grid.caption.strip():
            self.group += 1
            self._line(Line(caption, grid.name, self.group))
        alone = list({slot.origin: slot for slot in grid.rows[0]}.values())
        one_column = all(len({slot.origin for slot in row}) == 1 for row in grid.rows)
        texts = [" ".join(slot.text.split()) for slot in alone]
        heading = (
            len(grid.rows) == 1
            and not any("\n" in slot.text.strip() for slot in alone)
            and len(" ".join(texts)) <= _HEADING_LENGTH
        )
        if one_column:
            for slot in dict.fromkeys(row[0] for row in grid.rows):
                self.group += 1
                for line in slot.text.split("\n"):
                    if line.strip():
                        self._line(Line(line, slot.place, self.group))
        elif heading and len(alone) <= 3:
            self.group += 1
            self._line(Line(" ".join(text for text in texts if text), grid.name, self.group))
        else:
            self.blocks.append(grid)


def _parsed(content: bytes) -> Element:
    """The root of an XML part: names without their namespaces, and without the text that a tracked change takes out."""
    root = ElementTree.fromstring(content)
    deleted = False
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
        if element.tag == "t":
            if deleted:
                element.text = ""
            for child in element:
                mark = child.tag.rpartition("}")[2]
                if mark in ("deleteBegin", "deleteEnd"):
                    deleted = mark == "deleteBegin"
                if deleted:
                    child.tail = ""
    return root


def _series(series: Element) -> tuple[str, list[str], list[str]]:
    """Title, labels and values of a series of a chart (ECMA-376, c:ser)."""
    texts = (
        [point.text or "" for part in series.findall(tag) for point in part.iter("v")]
        for tag in ("tx", "cat", "val")
    )
    title, labels, values = texts
    return " ".join(title), labels, values


def _placed(table: Element) -> list[tuple[int, int, int, int, str]]:
    """Row, column, rows, columns and text of each cell; one that does not say where it stands follows the one before."""
    found = []
    for row_number, row in enumerate(table.findall("tr")):
        column_number = 0
        for cell in row.findall("tc"):
            row_place, column_place, rows, columns = row_number, column_number, 1, 1
            for child in cell:
                if child.tag == "cellAddr":
                    row_place = _whole(child.get("rowAddr"), row_number)
                    column_place = _whole(child.get("colAddr"), column_number)
                elif child.tag == "cellSpan":
                    rows, columns = (
                        max(1, _whole(child.get("rowSpan"), 1)),
                        max(1, _whole(child.get("colSpan"), 1)),
                    )
            stories = cell.findall("subList")
            text = "\n".join(_text(paragraph) for story in stories for paragraph in story.findall("p"))
            found.append((row_place, column_place, rows, columns, text))
            column_number = column_place + columns
    return found


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and len(text) < 7 and text.isascii() and text.isdigit() else otherwise


def _text(paragraph: Element) -> str:
    """The text of a paragraph's own runs, a line break as such."""
    parts: list[str] = []
    for run in paragraph.findall("run"):
        for text in run.findall("t"):
            parts.append(text.text or "")
            parts += [_BLANKS.get(child.tag, "") + (child.tail or "") for child in text]
    return "".join(parts)


def _things_of(cell: Element) -> Iterator[Element]:
    """Tables and boxes within a cell."""
    for story in cell.findall("subList"):
        for paragraph in story.findall("p"):
            yield from _objects(paragraph)


def _objects(element: Element) -> Iterator[Element]:
    """Tables, and the stories of boxes and notes, in a paragraph, none within another."""
    for child in element:
        kind = child.tag
        if kind in ("tbl", "subList", "chart"):
            yield child
        elif kind not in _LEFT_OUT and kind != "t":
            yield from _objects(child)
