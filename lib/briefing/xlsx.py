"""A briefing as a workbook: a summary, then a sheet per section, numbers as numbers."""

import io
import re
from collections.abc import Callable, Iterator

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from lib import format
from lib.briefing.model import Briefing, Column, Section
from lib.export import FORMULA_STARTS

FONT = "맑은 고딕"
TITLE, HEAD, BOLD, PLAIN = (
    Font(FONT, 15, bold=True),
    Font(FONT, 10, bold=True),
    Font(FONT, 11, bold=True),
    Font(FONT, 10),
)
SHADE = PatternFill("solid", fgColor="E8EDF5")
LINE = Side("thin", color="8A949E")
GRID = Border(LINE, LINE, LINE, LINE)
WRAP = Alignment(wrap_text=True, vertical="top")
MIDDLE = Alignment("center", "center", wrap_text=True)
NARROWEST, WIDEST = 11, 42
LEAST_COLUMNS = 4  # of a sheet: what the key figures take
FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


def write(briefing: Briefing, progress: Callable[[float, str], None] | None = None) -> bytes:
    """The workbook. `progress` is told the share of one that is done, and the section that was written."""
    book = Workbook()
    summary = book.active
    assert isinstance(summary, Worksheet)
    names = _sheet_names(briefing)
    _summary(summary, briefing, names)
    for number, (name, section) in enumerate(zip(names, briefing.sections, strict=True), start=1):
        sheet = book.create_sheet(name)
        _section(sheet, section, briefing)
        if progress:
            progress(number / len(names), section.title)
    if any(section.speaker_notes or section.questions for section in briefing.sections):
        _answers(book.create_sheet("발표 메모와 예상 질의"), briefing)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def number_format(decimals: int) -> str:
    """Thousands separators, so many decimals, and △ for minus."""
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    return f"{digits};△{digits}"


def _sheet_names(briefing: Briefing) -> list[str]:
    """A name per section that a sheet may have: 31 characters, none of []:*?/\\, no two alike."""
    names: list[str] = []
    for number, section in enumerate(briefing.sections, start=1):
        names.append(f"{number}. {FORBIDDEN.sub(' ', section.title)}"[:31].rstrip(" '"))
    return names


def _summary(sheet: Worksheet, briefing: Briefing, names: list[str]) -> None:
    sheet.title = "요약"
    _put(sheet, 1, 1, briefing.title).font = TITLE
    heading = [f"{briefing.bureau} · {format.date(briefing.as_of)} 기준", *briefing.settings]
    heading.append(f"만든 날: {format.date(briefing.made_on)}")
    for row, text in enumerate(heading, start=2):
        _put(sheet, row, 1, text)
    top = len(heading) + 3
    _heads(sheet, top, ("항목", "요지", "수치", "값", "단위", "비고"))
    row = top
    for name, section in zip(names, briefing.sections, strict=True):
        for place, figure in enumerate(section.figures):
            row += 1
            shown = (section.title, section.message) if place == 0 else (None, None)
            cells = [
                _put(sheet, row, column, value)
                for column, value in enumerate(
                    (*shown, figure.name, figure.value, figure.unit, figure.remark), 1
                )
            ]
            cells[3].number_format = number_format(figure.decimals)
            for cell in cells:
                cell.border, cell.alignment = GRID, WRAP
            if place == 0:
                cells[0].hyperlink = f"#'{name}'!A1"
    sheet.freeze_panes = f"A{top + 1}"
    _widths(sheet, (22, 52, 22, 14, 8, 30))
    _print_set_up(sheet, briefing, briefing.title, (top, top))


def _section(sheet: Worksheet, section: Section, briefing: Briefing) -> None:
    """Message and table at the top, under heads that stay; what belongs to them below."""
    table = section.table
    width = max(len(table.columns), LEAST_COLUMNS)
    _put(sheet, 1, 1, section.title).font = TITLE
    _line(sheet, 2, width, section.message).font = BOLD
    _put(sheet, 3, 1, f"{table.title} ({format.date(section.as_of)} 기준)").font = HEAD
    first = _table_heads(sheet, 4, table.columns)
    row = first - 1
    for place, values in enumerate(table.rows):
        row = first + place
        for number, (column, value) in enumerate(zip(table.columns, values, strict=True), start=1):
            cell = _put(sheet, row, number, value)
            cell.border = GRID
            if not isinstance(value, str) and column.numeric:
                cell.number_format = number_format(column.decimals)
            if place in table.total_rows:
                cell.font, cell.fill = HEAD, SHADE
    row = _figures(sheet, row + 2, section)
    for name, lines in (("알아둘 점", section.notes), ("출처", section.sources)):
        row = _lines(sheet, row + 1, width, name, lines)
    sheet.freeze_panes = f"B{first}"
    _widths(sheet, list(_column_widths(section, width)))
    _print_set_up(sheet, briefing, section.title, (4, first - 1))


def _table_heads(sheet: Worksheet, top: int, columns: tuple[Column, ...]) -> int:
    """Heads with units, those with a group under it; gives the first row below."""
    grouped = any(column.group for column in columns)
    bottom = top + grouped
    _heads(
        sheet, bottom, [f"{column.head}({column.unit})" if column.unit else column.head for column in columns]
    )
    if not grouped:
        return bottom + 1
    start = 1
    for number, column in enumerate(columns, start=1):
        if not column.group:
            _put(sheet, top, number, sheet.cell(bottom, number).value)
            sheet.merge_cells(start_row=top, end_row=bottom, start_column=number, end_column=number)
        elif number == 1 or columns[number - 2].group != column.group:
            start = number
            _put(sheet, top, number, column.group)
        if (
            column.group
            and (number == len(columns) or columns[number].group != column.group)
            and start < number
        ):
            sheet.merge_cells(start_row=top, end_row=top, start_column=start, end_column=number)
        _as_head(sheet.cell(top, number))
    return bottom + 1


def _figures(sheet: Worksheet, row: int, section: Section) -> int:
    """The key figures; gives the first row below."""
    _heads(sheet, row, ("주요 수치", "값", "단위", "비고"))
    for figure in section.figures:
        row += 1
        for column, value in enumerate((figure.name, figure.value, figure.unit, figure.remark), start=1):
            _put(sheet, row, column, value).border = GRID
        sheet.cell(row, 2).number_format = number_format(figure.decimals)
    return row + 1


def _lines(sheet: Worksheet, row: int, width: int, name: str, lines: tuple[str, ...]) -> int:
    """A heading with its lines; nothing where there are none. Gives the first row below."""
    if not lines:
        return row - 1
    _put(sheet, row, 1, name).font = HEAD
    for line in lines:
        row += 1
        _line(sheet, row, width, line)
    return row + 1


def _answers(sheet: Worksheet, briefing: Briefing) -> None:
    _put(sheet, 1, 1, "발표 메모와 예상 질의").font = TITLE
    _heads(sheet, 2, ("항목", "구분", "내용", "답변"))
    row = 2
    for section in briefing.sections:
        lines = [("발표 메모", note, None) for note in section.speaker_notes]
        lines += [("예상 질의", question.question, question.answer) for question in section.questions]
        for values in lines:
            row += 1
            for column, value in enumerate((section.title, *values), start=1):
                cell = _put(sheet, row, column, value)
                cell.border, cell.alignment = GRID, WRAP
    sheet.freeze_panes = "A3"
    _widths(sheet, (20, 11, 52, 70))
    _print_set_up(sheet, briefing, "발표 메모와 예상 질의", (2, 2))


def _put(sheet: Worksheet, row: int, column: int, value: str | float | int | None) -> Cell:
    """A value in a cell; text that looks like a formula stays text, and keeps the look of it."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    cell.value = value
    cell.font = PLAIN
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(FORMULA_STARTS)
    return cell


def _line(sheet: Worksheet, row: int, width: int, text: str) -> Cell:
    """A sentence over the width of the table, in as many lines as it needs."""
    cell = _put(sheet, row, 1, text)
    cell.alignment = WRAP
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
    room = width * NARROWEST * 0.62  # Hangul takes the room of two digits, less what is between columns
    sheet.row_dimensions[row].height = 16 * (1 + int(len(text) // room))
    return cell


def _heads(sheet: Worksheet, row: int, names: tuple[str, ...] | list[str]) -> None:
    for column, name in enumerate(names, start=1):
        _put(sheet, row, column, name)
        _as_head(sheet.cell(row, column))


def _as_head(cell: object) -> None:
    if isinstance(cell, Cell):
        cell.font = HEAD
    cell.fill, cell.border, cell.alignment = SHADE, GRID, MIDDLE  # type: ignore[attr-defined]


def _column_widths(section: Section, width: int) -> Iterator[float]:
    table = section.table
    for number in range(width):
        texts = [figure.name for figure in section.figures] if number == 0 else []
        if number < len(table.columns):
            column = table.columns[number]
            texts += [f"{column.head}({column.unit})"[:14]]
            texts += [column.text(row[number]) for row in table.rows]
        longest = max((sum(2 if letter > "ᄀ" else 1 for letter in text) for text in texts), default=0)
        yield min(max(longest * 1.05 + 2, NARROWEST), WIDEST)


def _widths(sheet: Worksheet, widths: tuple[float, ...] | list[float]) -> None:
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def _print_set_up(sheet: Worksheet, briefing: Briefing, title: str, heads: tuple[int, int]) -> None:
    """A4, one page wide, heads on every page, title and page number at the edges."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    assert sheet.sheet_properties.pageSetUpPr is not None
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.print_title_rows = f"{heads[0]}:{heads[1]}"
    sheet.oddHeader.left.text = briefing.bureau.replace("&", "&&")
    sheet.oddHeader.right.text = title.replace("&", "&&")
    sheet.oddFooter.center.text = "&P / &N"
    sheet.oddFooter.right.text = f"{format.date(briefing.as_of)} 기준"
