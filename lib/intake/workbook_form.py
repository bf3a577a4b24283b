"""How the workbook looks: sheets with notes and drop-downs, doubtful cells marked, a first sheet that explains."""

import datetime
import io
import re
from collections.abc import Iterator, Sequence
from typing import Literal

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as BookCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from data.catalogue import Column, Table
from lib.export import FORMULA_STARTS
from lib.intake import guide, value
from lib.intake.draft import Candidate, Cell, Draft, Sheet
from lib.intake.grid import Value
from lib.intake.standing import Standing

GUIDE, CANDIDATES, LISTS = "안내", "후보", "목록"
AS_OF = "기준일"
FONT = "맑은 고딕"
HEAD, MARK, DOUBT = "head", "mark", "doubt"
GREY, YELLOW, AMBER = "E6EAF0", "FFF3BF", "FFD8A8"
SPARE_ROWS = 500  # below the last, that drop-downs still cover
MOST_COMMENTS = 2_000
LISTED_DOUBTS = 500
CHOICES = re.compile(r'\("?(\w+)"? IN \((.*)\)\)')
FORMS = {"INTEGER": "정수", "BIGINT": "정수", "DATE": "날짜", "TIME": "시각", "BOOLEAN": "TRUE/FALSE"}
HOW_TO = (
    "시트 하나가 표 하나이며, 1행은 열 이름입니다. 시트와 열의 이름은 바꾸지 마십시오.",
    "‘기준일’ 오른쪽 칸에 이 자료의 기준일을 적습니다.",
    "바탕을 칠하고 메모를 단 칸은 확인이 필요한 칸입니다. 메모를 읽고 고치거나 그대로 두십시오. 칠한 것은 지우지 않아도 됩니다.",
    "값이 없는 칸(보고서의 ‘-’)은 0이 아니라 빈칸으로 둡니다. △는 빼기(-)로 적습니다.",
    "수식은 받지 않습니다. 계산한 값은 ‘값 붙여넣기’로 넣으십시오.",
    "다 적은 파일을 ‘자료 관리’ 화면에 올리면 점검 결과를 시트와 행으로 알려 줍니다.",
)


def title(table: str, as_of: datetime.date | None = None) -> str:
    """Name of the sheet of a table: 예산 (budget_line); with a date, budget_line 2023-03-31."""
    return f"{table} {as_of.isoformat()}" if as_of else f"{guide.table(table).label} ({table})"


def write(draft: Draft, standing: Standing) -> bytes:
    """The workbook as bytes."""
    book = Workbook()
    for style in _styles():
        book.add_named_style(style)
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = GUIDE
    form = _Form(book, draft, standing)
    for sheet in draft.sheets:
        form.add(sheet)
    _explain(first, form)
    if draft.candidates:
        _candidates(book.create_sheet(CANDIDATES), draft.candidates)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _styles() -> list[NamedStyle]:
    """Looks by name: openpyxl takes ten times as long where each cell gets its own."""
    bold = Font(FONT, 10, bold=True)
    return [
        NamedStyle(HEAD, bold, PatternFill("solid", GREY), alignment=Alignment(vertical="center")),
        NamedStyle(MARK, bold, PatternFill("solid", YELLOW)),
        NamedStyle(DOUBT, Font(FONT, 10), PatternFill("solid", AMBER)),
    ]


class _Form:
    """The book while it is written."""

    def __init__(self, book: Workbook, draft: Draft, standing: Standing) -> None:
        self.book, self.draft, self.standing = book, draft, standing
        dates = [sheet.as_of for sheet in draft.sheets if sheet.as_of]
        self.as_of = dates[0] if dates else None
        self.titles = {sheet.path: self._title(sheet) for sheet in draft.sheets}
        self.doubts: list[tuple[str, str, Cell]] = []
        self.lists: dict[tuple[str, ...], str] = {}

    def _title(self, sheet: Sheet) -> str:
        return title(sheet.table, sheet.as_of if sheet.as_of != self.as_of else None)

    def add(self, sheet: Sheet) -> None:
        """One more sheet."""
        table = self.standing.tables[sheet.table]
        page = self.book.create_sheet(self.titles[sheet.path])
        for place, column in enumerate(table.sheet_columns, start=1):
            cell = _put(page, 1, place, column.name, HEAD)
            label, note = guide.column(table.name, column.name)
            cell.comment = _comment(f"{label}\n{note}")
            widest = max([len(column.name), *(_width(row[column.name].text) for row in sheet.rows[:200])])
            page.column_dimensions[get_column_letter(place)].width = min(60, widest + 3)
            self._restrict(page, sheet, table, column, place)
        for number, row in enumerate(sheet.rows, start=2):
            for place, column in enumerate(table.sheet_columns, start=1):
                self._fill(page, number, place, row[column.name], column)
        page.freeze_panes = "A2"

    def _fill(self, page: Worksheet, row: int, place: int, cell: Cell, column: Column) -> None:
        shown = value.shown(cell.text, column.type)
        written = _put(page, row, place, shown.value, DOUBT if cell.doubt else "")
        written.number_format = "0" if column.name.endswith("_year") else shown.format
        if cell.doubt:
            self.doubts.append((str(page.title), written.coordinate, cell))
            if len(self.doubts) <= MOST_COMMENTS:
                parts = (cell.doubt, f"적힌 값: {cell.printed}" if cell.printed else "", cell.place)
                written.comment = _comment("\n".join(part for part in parts if part))

    def _restrict(self, page: Worksheet, sheet: Sheet, table: Table, column: Column, place: int) -> None:
        """What may be typed into a column."""
        rule = self._choices(sheet, table, column) or _of_type(column)
        if rule is None:
            return
        rule.allow_blank = not column.required
        rule.showErrorMessage = True
        rule.errorTitle = guide.column(table.name, column.name).label
        rule.error = rule.error or "목록에 있는 값을 골라 주십시오."
        letter = get_column_letter(place)
        rule.add(f"{letter}2:{letter}{len(sheet.rows) + SPARE_ROWS}")
        page.add_data_validation(rule)

    def _choices(self, sheet: Sheet, table: Table, column: Column) -> DataValidation | None:
        if column.type == "BOOLEAN":
            return DataValidation("list", formula1='"TRUE,FALSE"')
        values = choices(table, column)
        if values:
            return DataValidation("list", formula1=self._listed(values))
        for reference in table.references:
            if reference.columns[-1] == column.name:
                source = self._parent(sheet, reference.parent, reference.parent_columns[-1])
                return DataValidation("list", formula1=source) if source else None
        return None

    def _parent(self, sheet: Sheet, parent: str, column: str) -> str:
        """Where the values of a parent stand: on its own sheet, or else in the lists; empty where there are none."""
        parents = self.standing.tables[parent]
        path = Sheet(parents.folder, sheet.as_of if parents.dated else None, parent, []).path
        if path in self.titles:
            own = next(other for other in self.draft.sheets if other.path == path)
            names = [item.name for item in parents.sheet_columns]
            letter = get_column_letter(names.index(column) + 1)
            return f"{quote_sheetname(self.titles[path])}!${letter}$2:${letter}${len(own.rows) + SPARE_ROWS}"
        values = tuple(row[column] for row in self.standing.sheets.get(path, []) if row[column])
        return self._listed(values) if values else ""

    def _listed(self, values: tuple[str, ...]) -> str:
        """The range of a hidden sheet that holds the values; a formula holds no more than 255 letters of them."""
        if values not in self.lists:
            page = self.book[LISTS] if LISTS in self.book.sheetnames else self.book.create_sheet(LISTS)
            page.sheet_state = "hidden"
            place = len(self.lists) + 1
            for row, text in enumerate(values, start=1):
                _put(page, row, place, text)
            letter = get_column_letter(place)
            self.lists[values] = f"{LISTS}!${letter}$1:${letter}${len(values)}"
        return self.lists[values]


def choices(table: Table, column: Column) -> tuple[str, ...]:
    """The values that a check constraint `in (…)` allows; none where there is no such constraint."""
    for check in table.checks:
        found = CHOICES.fullmatch(check.expression)
        if found and found[1] == column.name:
            return tuple(text.replace("''", "'") for text in re.findall(r"'((?:[^']|'')*)'", found[2]))
    return ()


def _of_type(column: Column) -> DataValidation | None:
    """What the type of a column allows; None for text."""
    rule: Literal["whole", "decimal", "date", "time"]
    largest = "9" * value.DIGITS
    if column.type in value.INTEGERS:
        rule, least, most = "whole", f"-{largest}", largest
        error = "정수를 적어 주십시오. 값이 없으면 비워 두십시오."
    elif value.scale(column.type) is not None:
        rule, least, most = "decimal", f"-{largest}", largest
        error = "수를 적어 주십시오. 값이 없으면 비워 두십시오."
    elif column.type == "DATE":
        rule, least, most = "date", "DATE(1901,1,1)", "DATE(2999,12,31)"
        error = "2023-06-30처럼 날짜를 적어 주십시오."
    elif column.type == "TIME":
        rule, least, most = "time", "0", "0.999988425925926"
        error = "08:30처럼 시각을 적어 주십시오."
    else:
        return None
    return DataValidation(rule, operator="between", formula1=least, formula2=most, error=error)


# The first sheet ----------------------------------------------------------------------------------


def _explain(page: Worksheet, form: _Form) -> None:
    """Date, how to fill in, what to look at, and every table and column."""
    _put(page, 1, 1, "자료 입력 통합 문서", MARK)
    _put(page, 3, 1, AS_OF, HEAD)
    date = _put(page, 3, 2, form.as_of, MARK)
    date.number_format = "yyyy-mm-dd"
    lines: list[tuple[Sequence[str], str]] = [((text,), "") for text in HOW_TO]
    for name, body in (("확인할 칸", _doubts(form)), ("찾지 못한 것", _missing(form))):
        if body:
            lines += [((), ""), ((name,), HEAD), *((line, "") for line in body)]
    lines += [((), ""), (("시트", "열", "이름", "형식", "필수", "고를 수 있는 값", "설명"), HEAD)]
    lines += [(line, "") for sheet in form.draft.sheets for line in _columns(sheet, form)]
    for row, (texts, style) in enumerate(lines, start=5):
        for place, text in enumerate(texts, start=1):
            _put(page, row, place, text, style)
    for letter, width in zip("ABCDEFG", (34, 24, 18, 12, 6, 34, 80), strict=True):
        page.column_dimensions[letter].width = width


def _doubts(form: _Form) -> list[Sequence[str]]:
    listed = [
        (sheet, place, cell.printed or cell.text, cell.doubt)
        for sheet, place, cell in form.doubts[:LISTED_DOUBTS]
    ]
    more = len(form.doubts) - len(listed)
    return [*listed, *([(f"그 밖에 {more:,}칸",)] if more else [])]


def _missing(form: _Form) -> list[Sequence[str]]:
    return [(guide.table(missing.table).label, missing.what) for missing in form.draft.missing]


def _columns(sheet: Sheet, form: _Form) -> Iterator[Sequence[str]]:
    table = form.standing.tables[sheet.table]
    name = form.titles[sheet.path]
    yield (name, "", "", "", "", "", guide.table(table.name).note)
    for column in table.sheet_columns:
        label, note = guide.column(table.name, column.name)
        places = value.scale(column.type)
        kind = f"소수 {places}자리" if places is not None else FORMS.get(column.type, "글")
        yield (
            name,
            column.name,
            label,
            kind,
            "○" if column.required else "",
            ", ".join(choices(table, column)),
            note,
        )


def _candidates(page: Worksheet, candidates: Sequence[Candidate]) -> None:
    """What stands in prose and may be a row, for a person to copy."""
    for place, head in enumerate(("표", "문장", "위치", "적을 값"), start=1):
        _put(page, 1, place, head, HEAD)
    for number, candidate in enumerate(candidates, start=2):
        values = ", ".join(f"{column}: {cell.text}" for column, cell in candidate.row.items() if cell.text)
        texts = (title(candidate.table), candidate.sentence, candidate.place, values)
        for place, text in enumerate(texts, start=1):
            _put(page, number, place, text)
    for letter, width in zip("ABCD", (30, 80, 24, 60), strict=True):
        page.column_dimensions[letter].width = width


# Cells --------------------------------------------------------------------------------------------


def _put(page: Worksheet, row: int, place: int, content: Value, style: str = "") -> BookCell:
    """A value in a cell; text that looks like a formula stays text, also when somebody edits it."""
    cell = page.cell(row, place)
    assert isinstance(cell, BookCell)
    cell.value = value.CONTROL.sub("", content)[: value.LONGEST] if isinstance(content, str) else content
    if style:
        cell.style = style
    if isinstance(content, str):
        cell.data_type = "s"
        if content.startswith(FORMULA_STARTS):
            cell.quotePrefix = True
    return cell


def _comment(text: str) -> Comment:
    comment = Comment(text[:1_000], "자료 관리")
    comment.width, comment.height = 320, 40 + 20 * (text.count("\n") + len(text) // 28 + 1)
    return comment


def _width(text: str) -> int:
    """The room that a text takes: Hangul takes that of two letters."""
    return sum(2 if letter >= "ᄀ" else 1 for letter in text[:60])
