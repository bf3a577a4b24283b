"""A briefing as a workbook: a summary, then a sheet per section, numbers as numbers."""

import io
import re
from collections.abc import Callable, Iterator, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from lib import format
from lib.briefing import model
from lib.briefing.model import Briefing, Column, Section
from lib.export import FORMULA_STARTS

FONT = "맑은 고딕"
SHADE = PatternFill("solid", fgColor="E8EDF5")
LINE = Side("thin", color="8A949E")
GRID = Border(LINE, LINE, LINE, LINE)
WRAP = Alignment(wrap_text=True, vertical="top")
MIDDLE = Alignment("center", "center", wrap_text=True)
NARROWEST, WIDEST = 11, 42  # of a column, in digits
LEAST_COLUMNS = 4  # of a sheet: what the key figures take
ANSWERS = "발표 메모와 예상 질의"
FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


def write(briefing: Briefing, progress: Callable[[float, str], None] | None = None) -> bytes:
    """The workbook. `progress` is told the share of one that is done, and the section that was written."""
    book = Workbook()
    for style in _styles():
        book.add_named_style(style)
    summary = book.active
    assert isinstance(summary, Worksheet)
    names = _sheet_names(briefing)
    _summary(summary, briefing, names)
    for number, (name, section) in enumerate(zip(names, briefing.sections, strict=True), start=1):
        _section(book.create_sheet(name), section, briefing)
        if progress:
            progress(number / len(names), section.title)
    if any(section.speaker_notes or section.questions for section in briefing.sections):
        _answers(book.create_sheet(ANSWERS), briefing)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def number_format(decimals: int) -> str:
    """Thousands separators, so many decimals, and △ for minus."""
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    return f"{digits};△{digits}"


def _styles() -> list[NamedStyle]:
    """The looks of cells by name: openpyxl takes ten times as long where each cell gets its own."""
    head, plain = Font(FONT, 10, bold=True), Font(FONT, 10)
    return [
        NamedStyle("title", Font(FONT, 15, bold=True)),
        NamedStyle("message", Font(FONT, 11, bold=True), alignment=WRAP),
        NamedStyle("label", head),
        NamedStyle("head", head, SHADE, GRID, MIDDLE),
        NamedStyle("line", plain, alignment=WRAP),
        NamedStyle("cell", plain, border=GRID),
        NamedStyle("total", head, SHADE, GRID),
        NamedStyle("words", plain, border=GRID, alignment=WRAP),
    ]


def _sheet_names(briefing: Briefing) -> list[str]:
    """A name per section that a sheet may have: 31 characters, none of []:*?/\\, no two alike."""
    return [
        f"{number}. {FORBIDDEN.sub(' ', section.title)}"[:31].rstrip(" '")
        for number, section in enumerate(briefing.sections, start=1)
    ]


def _summary(sheet: Worksheet, briefing: Briefing, names: list[str]) -> None:
    sheet.title = "요약"
    _put(sheet, 1, 1, briefing.title, "title")
    heading = [f"{briefing.bureau} · {format.date(briefing.as_of)} 기준", *briefing.settings]
    heading.append(f"만든 날: {format.date(briefing.made_on)}")
    for row, text in enumerate(heading, start=2):
        _put(sheet, row, 1, text)
    top = row = len(heading) + 3
    _row(sheet, top, ("항목", "요지", "수치", "값", "단위", "비고"), "head")
    for name, section in zip(names, briefing.sections, strict=True):
        for place, figure in enumerate(section.figures):
            row += 1
            shown = (section.title, section.message) if place == 0 else (None, None)
            values = (*shown, figure.name, figure.value, figure.unit, figure.remark)
            cells = _row(sheet, row, values, "words")
            cells[3].number_format = number_format(figure.decimals)
            if place == 0:
                cells[0].hyperlink = f"#'{name}'!A1"
    sheet.freeze_panes = f"A{top + 1}"
    _widths(sheet, (22, 52, 22, 14, 8, 30))
    _print_set_up(sheet, briefing, briefing.title, (top, top))


def _section(sheet: Worksheet, section: Section, briefing: Briefing) -> None:
    """Message and table at the top, under heads that stay; what belongs to them below."""
    table = section.table
    widths = list(_column_widths(section))
    _put(sheet, 1, 1, section.title, "title")
    _line(sheet, 2, widths, section.message, "message")
    _put(sheet, 3, 1, f"{table.title} ({format.date(section.as_of)} 기준)", "label")
    first = _table_heads(sheet, 4, table.columns)
    for place, values in enumerate(table.rows):
        cells = _row(sheet, first + place, values, "total" if place in table.total_rows else "cell")
        for cell, column in zip(cells, table.columns, strict=True):
            if column.numeric and isinstance(cell.value, (int, float)):
                cell.number_format = number_format(column.decimals_of(cell.value))
    row = _figures(sheet, first + len(table.rows) + 1, section)
    for name, lines in (("알아둘 점", section.notes), ("출처", section.sources)):
        row = _lines(sheet, row + 1, widths, name, lines)
    sheet.freeze_panes = f"B{first}"
    _widths(sheet, widths)
    _print_set_up(sheet, briefing, section.title, (4, first - 1))


def _table_heads(sheet: Worksheet, top: int, columns: tuple[Column, ...]) -> int:
    """Heads with units, those with a group under its head; gives the first row below."""
    names = [f"{column.head}({column.unit})" if column.unit else column.head for column in columns]
    if not any(column.group for column in columns):
        _row(sheet, top, names, "head")
        return top + 1
    _row(sheet, top, [column.group or name for column, name in zip(columns, names, strict=True)], "head")
    _row(sheet, top + 1, names, "head")
    start = 1
    for number, column in enumerate(columns, start=1):
        if not column.group:
            _merge(sheet, top, top + 1, number, number)
        elif number == len(columns) or columns[number].group != column.group:
            _merge(sheet, top, top, start, number)
        if number < len(columns) and columns[number].group != column.group:
            start = number + 1
    return top + 2


def _figures(sheet: Worksheet, row: int, section: Section) -> int:
    """The key figures; gives the first row below."""
    _row(sheet, row, ("주요 수치", "값", "단위", "비고"), "head")
    for figure in section.figures:
        row += 1
        cells = _row(sheet, row, (figure.name, figure.value, figure.unit, figure.remark), "cell")
        cells[1].number_format = number_format(figure.decimals)
    return row + 1


def _lines(sheet: Worksheet, row: int, widths: list[float], name: str, lines: tuple[str, ...]) -> int:
    """A heading with its lines; nothing where there are none. Gives the first row below."""
    if not lines:
        return row - 1
    _put(sheet, row, 1, name, "label")
    for place, line in enumerate(lines, start=1):
        _line(sheet, row + place, widths, line)
    return row + len(lines) + 1


def _answers(sheet: Worksheet, briefing: Briefing) -> None:
    _put(sheet, 1, 1, ANSWERS, "title")
    _row(sheet, 2, ("항목", "구분", "내용", "답변"), "head")
    lines = [
        (section.title, *line)
        for section in briefing.sections
        for line in [
            *(("발표 메모", note, "") for note in section.speaker_notes),
            *(("예상 질의", question.question, question.answer) for question in section.questions),
        ]
    ]
    for row, values in enumerate(lines, start=3):
        _row(sheet, row, values, "words")
    sheet.freeze_panes = "A3"
    _widths(sheet, (20, 11, 52, 70))
    _print_set_up(sheet, briefing, ANSWERS, (2, 2))


def _put(sheet: Worksheet, row: int, column: int, value: model.Cell, style: str = "line") -> Cell:
    """A value in a cell; text that looks like a formula stays text, and keeps the look of it."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    cell.value = value
    cell.style = style
    if isinstance(value, str):
        cell.data_type = "s"
        if value.startswith(FORMULA_STARTS):
            cell.quotePrefix = True
    return cell


def _row(sheet: Worksheet, row: int, values: Sequence[model.Cell], style: str) -> list[Cell]:
    return [_put(sheet, row, column, value, style) for column, value in enumerate(values, start=1)]


def _line(sheet: Worksheet, row: int, widths: list[float], text: str, style: str = "line") -> None:
    """A sentence over the width of the table, in as many lines as it needs."""
    _put(sheet, row, 1, text, style)
    _merge(sheet, row, row, 1, len(widths))
    sheet.row_dimensions[row].height = 16 * (1 + int(1.15 * _digits(text) // sum(widths)))


def _merge(sheet: Worksheet, top: int, bottom: int, left: int, right: int) -> None:
    # Not merge_cells, which gives every cell of the range a look of its own, one by one.
    if (top, left) != (bottom, right):
        sheet.merged_cells.add(CellRange(min_row=top, max_row=bottom, min_col=left, max_col=right).coord)


def _digits(text: str) -> int:
    """The room that a text takes, in digits: Hangul takes that of two."""
    return sum(2 if letter >= "ᄀ" else 1 for letter in text)


def _column_widths(section: Section) -> Iterator[float]:
    """A width per column of the sheet that holds its longest cell; heads may break."""
    table = section.table
    for number in range(max(len(table.columns), LEAST_COLUMNS)):
        texts = [figure.name for figure in section.figures] if number == 0 else []
        if number < len(table.columns):
            column = table.columns[number]
            texts += [f"{column.head}({column.unit})"[:8], *(column.text(row[number]) for row in table.rows)]
        longest = max((_digits(text) for text in texts), default=0)
        yield min(max(longest * 1.1 + 2, NARROWEST), WIDEST)


def _widths(sheet: Worksheet, widths: Sequence[float]) -> None:
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def _print_set_up(sheet: Worksheet, briefing: Briefing, title: str, heads: tuple[int, int]) -> None:
    """A4, one page wide, heads on every page, title and page number at the edges."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.oddHeader is not None and sheet.oddFooter is not None
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.print_title_rows = f"{heads[0]}:{heads[1]}"
    sheet.oddHeader.left.text = briefing.bureau.replace("&", "&&")
    sheet.oddHeader.right.text = title.replace("&", "&&")
    sheet.oddFooter.center.text = "&P / &N"
    sheet.oddFooter.right.text = f"{format.date(briefing.as_of)} 기준"
