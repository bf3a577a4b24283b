"""The data itself as an .xlsx: one sheet per table, row 1 the columns of the CSV, so that rows are lines of the CSV.

Written for people to fill in (lib/intake/workbook_form.py), read back cell by cell; what was written and not touched
reads the same.
"""

import datetime
import re
from collections.abc import Sequence

from openpyxl.utils import get_column_letter

from data.catalogue import Column, Table
from lib.intake import grid, guide, limits, value, workbook_form
from lib.intake.draft import Cell, Draft, IntakeError, Problem, Row, Sheet, refusal
from lib.intake.grid import BookCell, BookSheet
from lib.intake.standing import Standing
from lib.intake.workbook_form import AS_OF, CANDIDATES, GUIDE

NAMED = re.compile(r".*\(([a-z0-9_]+)\)")
DATED = re.compile(r"([a-z0-9_]+) (\d{4}-\d{2}-\d{2})")
SEARCHED_ROWS = 40
KEEP_SHEETS = "내려받은 통합 문서의 시트를 지우거나 숨기거나 이름을 바꾸지 말고 올려 주십시오."


def write(draft: Draft, standing: Standing) -> bytes:
    """The draft as an .xlsx. Cells with a doubt are marked and say why; what is missing stands on the first sheet.

    A report comes with all of its tables, so that the workbook can be handed in again: those that the draft does not
    hold as they stand for its date, or else carried over from the edition before, each cell with a doubt.
    """
    return workbook_form.write(_whole(draft, standing), standing)


def _whole(draft: Draft, standing: Standing) -> Draft:
    day = next((sheet.as_of for sheet in draft.sheets if sheet.folder == "report"), None)
    if day is None:
        return draft
    others = [sheet for sheet in draft.sheets if (sheet.folder, sheet.as_of) != ("report", day)]
    own = [
        draft.sheet(table.name, day) or Sheet("report", day, table.name, _rows_of(table.name, day, standing))
        for table in standing.tables.values()
        if table.folder == "report"
    ]
    return draft._replace(sheets=[*own, *others])


def _rows_of(table: str, day: datetime.date, standing: Standing) -> list[Row]:
    if day in standing.editions:
        return [_standing_row(row) for row in standing.rows(table, day)]
    return standing.carried(table, day)


def template(standing: Standing, as_of: datetime.date | None = None) -> bytes:
    """An edition as it stands (the newest, where no date is asked for), to be changed into the next one.

    Raises IntakeError where there is no such edition.
    """
    day = as_of or next(iter(standing.editions), None)
    if day is None or day not in standing.editions:
        raise refusal("", "그 기준일의 보고서가 없습니다.", "게시된 기준일 가운데 고르십시오.")
    sheets = [
        Sheet(table.folder, day, table.name, [_standing_row(row) for row in standing.rows(table.name, day)])
        for table in standing.tables.values()
        if table.folder == "report"
    ]
    return write(Draft(sheets), standing)


def table(standing: Standing, name: str) -> bytes:
    """A table of the reference data (dong, district, glossary, …) as it stands, to be changed and handed in."""
    folder = standing.tables[name].folder
    rows = [_standing_row(row) for row in standing.rows(name)]
    return write(Draft([Sheet(folder, None, name, rows)]), standing)


def _standing_row(row: dict[str, str]) -> Row:
    return {column: Cell(text) for column, text in row.items()}


# Reading ------------------------------------------------------------------------------------------


def recognised(sheets: Sequence[BookSheet], standing: Standing) -> bool:
    """Whether a workbook is one of these: by its first sheet, or by a sheet of a table."""
    return any(sheet.title.strip() == GUIDE or _table(sheet.title, standing) for sheet in sheets)


def read(name: str, content: bytes, standing: Standing) -> Draft:
    """What the workbook holds. Raises IntakeError with all that is wrong with its sheets, columns and cells."""
    return of_sheets(name, grid.book(name, content), standing)


def of_sheets(name: str, sheets: Sequence[BookSheet], standing: Standing) -> Draft:
    """The same, of sheets that were read."""
    problems: list[Problem] = []
    as_of = _as_of(sheets)
    found: list[Sheet] = []
    for sheet in sheets:
        if sheet.title.strip() in (GUIDE, CANDIDATES):
            continue
        table = _table(sheet.title, standing)
        if table is None:
            expected = f"표에 없는 시트입니다. 지우거나 다른 파일로 옮겨 주십시오. {KEEP_SHEETS}"
            problems.append(Problem(name, sheet.title, None, "", "알 수 없는 시트", expected))
            continue
        own = DATED.fullmatch(sheet.title.strip())
        day = (_day(own[2]) if own else as_of) if table.dated else None
        if table.dated and day is None:
            problems.append(_no_date(name))
            continue
        rows = _rows(name, sheet, table, problems)
        if any(other.path == Sheet(table.folder, day, table.name, []).path for other in found):
            problems.append(Problem(name, sheet.title, None, "", "같은 표의 시트가 둘입니다.", KEEP_SHEETS))
        found.append(Sheet(table.folder, day, table.name, rows))
    problems += _missing_sheets(name, found, standing)
    if not found and not problems:
        problems.append(Problem(name, "", None, "", "자료 시트가 하나도 없습니다.", KEEP_SHEETS))
    if problems:
        raise IntakeError(list(dict.fromkeys(problems))[: limits.PROBLEMS])
    return Draft(found)


def _no_date(name: str) -> Problem:
    expected = f"{GUIDE} 시트의 ‘{AS_OF}’ 오른쪽 칸에 2023-06-30처럼 날짜를 적어 주십시오."
    return Problem(name, GUIDE, None, AS_OF, "기준일을 찾지 못했습니다.", expected)


def _table(title: str, standing: Standing) -> Table | None:
    """The table of a sheet, by the name in brackets, by the name alone or by the Korean one."""
    plain = title.strip()
    for pattern in (NAMED, DATED):
        if found := pattern.fullmatch(plain):
            return standing.tables.get(found[1])
    labels = {guide.table(table).label: table for table in standing.tables}
    return standing.tables.get(plain) or standing.tables.get(labels.get(plain, ""))


def _as_of(sheets: Sequence[BookSheet]) -> datetime.date | None:
    """The date to the right of 기준일 on the first sheet."""
    first = next((sheet for sheet in sheets if sheet.title.strip() == GUIDE), None)
    for _, cells in first.rows[:SEARCHED_ROWS] if first else []:
        if len(cells) > 1 and str(cells[0].value).strip() == AS_OF and not cells[1].fault:
            return _day(value.text_of(cells[1], "DATE"))
    return None


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _missing_sheets(name: str, found: list[Sheet], standing: Standing) -> list[Problem]:
    """Tables of the report that a workbook with a report lacks."""
    present = {sheet.table for sheet in found if sheet.folder == "report"}
    return [
        Problem(name, workbook_form.title(table.name), None, "", "시트가 없습니다.", KEEP_SHEETS)
        for table in standing.tables.values()
        if present and table.folder == "report" and table.name not in present
    ]


def _rows(name: str, sheet: BookSheet, table: Table, problems: list[Problem]) -> list[Row]:
    places = _places(name, sheet, table, problems)
    if places is None:
        return []
    rows = [
        {column.name: _cell(name, sheet, number, cells, place, column, problems) for column, place in places}
        for number, cells in sheet.rows
        if number > 1 and len(problems) <= limits.PROBLEMS
    ]
    rows = [row for row in rows if any(cell.text for cell in row.values())]
    if not table.row_key and not rows:
        return [{column.name: Cell("") for column in table.sheet_columns}]
    return rows


def _places(
    name: str, sheet: BookSheet, table: Table, problems: list[Problem]
) -> list[tuple[Column, int]] | None:
    """Each column with its place; None, with problems, where row 1 has not all of them once and no others."""
    head = sheet.rows[0][1] if sheet.rows and sheet.rows[0][0] == 1 else []
    names = [value.text_of(cell, "VARCHAR") for cell in head]
    expected = [column.name for column in table.sheet_columns]
    before = len(problems)
    for column in expected:
        if names.count(column) != 1:
            found = "열이 없습니다." if column not in names else "같은 열이 두 번 있습니다."
            what = f"1행에 열 이름 {column}({guide.column(table.name, column).label})이 한 번 있어야 합니다."
            problems.append(Problem(name, sheet.title, 1, column, found, what))
    for column in dict.fromkeys(names):
        if column and column not in expected:
            what = "표에 없는 열입니다. 그 열을 지워 주십시오."
            problems.append(Problem(name, sheet.title, 1, column[:40], "알 수 없는 열", what))
    if len(problems) > before:
        return None
    return [(column, names.index(column.name)) for column in table.sheet_columns]


def _cell(
    name: str,
    sheet: BookSheet,
    number: int,
    cells: list[BookCell],
    place: int,
    column: Column,
    problems: list[Problem],
) -> Cell:
    cell = cells[place] if place < len(cells) else BookCell(None)
    if cell.fault:
        what = "값만 적어 주십시오(복사한 뒤 ‘값 붙여넣기’)."
        problems.append(Problem(name, sheet.title, number, column.name, cell.fault, what))
        return Cell("")
    text = value.text_of(cell, column.type)
    where = f"{sheet.title} 시트 {get_column_letter(place + 1)}{number}"
    return Cell(text, where, text)
