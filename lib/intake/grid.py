"""Rows of cells out of a CSV or an .xlsx that nobody vouches for, within lib/intake/limits.py."""

import csv
import datetime
import functools
import io
import re
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

import openpyxl

from lib.intake import archive, limits
from lib.intake.draft import IntakeError, Problem, refusal

Value = (
    str | int | float | bool | datetime.datetime | datetime.date | datetime.time | datetime.timedelta | None
)
SAVE_BOOK = "엑셀에서 열어 ‘Excel 통합 문서(.xlsx)’로 다시 저장하여 올려 주십시오."
SAVE_TEXT = "엑셀에서 열어 ‘CSV UTF-8’로 다시 저장하여 올려 주십시오."
SMALLER = "서울특별시만, 또는 기간을 나누어 내려받아 주십시오."
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")


class BookCell(NamedTuple):
    """A cell of an .xlsx: what it holds, and how many decimals it shows (None: as many as there are)."""

    value: Value
    decimals: int | None = None
    fault: str = ""
    """Why its value cannot be used: it is a formula, or an error. A sentence of Korean."""


NOTHING = BookCell(None)


class BookSheet(NamedTuple):
    """The rows of a sheet that hold anything, with their numbers from 1."""

    title: str
    rows: list[tuple[int, list[BookCell]]]


class Source(NamedTuple):
    """A table of texts in a file: a CSV, or one sheet of a workbook."""

    file: str
    sheet: str
    """Empty where the file has no sheets."""
    rows: Callable[[], Iterator[tuple[int, list[str]]]]
    """The rows with their numbers from 1; may be asked for more than once."""

    def top(self, count: int) -> list[tuple[int, list[str]]]:
        """The first rows."""
        return list(islice(self.rows(), count))


# Text ---------------------------------------------------------------------------------------------


def text(name: str, content: bytes) -> str:
    """The text of a file in one of the encodings that Korean programs write. Raises IntakeError."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\0" in content:
        raise refusal(name, "글이 아닌 내용이 든 파일입니다.", SAVE_TEXT)
    else:
        encodings = ("utf-8-sig", "cp949")
    for encoding in encodings:
        try:
            decoded = content.decode(encoding)
        except UnicodeError:
            continue
        if CONTROL.search(decoded):
            break
        return decoded
    raise refusal(name, "글자를 읽을 수 없는 파일입니다.", SAVE_TEXT)


def of_text(name: str, content: str) -> Source:
    """A CSV, split at tabs, commas or semicolons, whichever its beginning has most of. Raises IntakeError."""
    start = "\n".join(content[:50_000].splitlines()[:10])
    delimiter = max("\t,;", key=start.count)
    if content.count(delimiter) + content.count("\n") > limits.TEXT_CELLS:
        raise refusal(name, "칸이 너무 많습니다.", SMALLER)

    def rows() -> Iterator[tuple[int, list[str]]]:
        reader = csv.reader(_lines(name, content), delimiter=delimiter, strict=True)
        try:
            for number, cells in enumerate(reader, start=1):
                if number > limits.TEXT_ROWS:
                    raise refusal(name, f"{limits.TEXT_ROWS:,}행을 넘습니다.", SMALLER)
                yield number, cells
        except csv.Error:
            row = reader.line_num
            found = "따옴표의 짝이 맞지 않거나 칸이 지나치게 깁니다."
            raise IntakeError([Problem(name, "", row, "", found, SAVE_TEXT)]) from None

    return Source(name, "", rows)


def _lines(name: str, content: str) -> Iterator[str]:
    for line in io.StringIO(content, newline=""):
        if len(line) > limits.LINE_LENGTH:
            raise refusal(name, "한 행에 칸이 너무 많습니다.", SMALLER)
        yield line


# Workbooks ----------------------------------------------------------------------------------------


def of_book(name: str, sheets: Sequence[BookSheet]) -> list[Source]:
    """The sheets of a workbook as tables of text."""

    def rows(sheet: BookSheet) -> Callable[[], Iterator[tuple[int, list[str]]]]:
        return lambda: ((number, [_plain(cell) for cell in cells]) for number, cells in sheet.rows)

    return [Source(name, sheet.title, rows(sheet)) for sheet in sheets]


def _plain(cell: BookCell) -> str:
    value = cell.value
    if cell.fault:
        return f"#{value}"
    if isinstance(value, float):
        return format(value, ".15g")
    return "" if value is None else str(value)


def book(name: str, content: bytes) -> list[BookSheet]:
    """The visible sheets of an .xlsx. Raises IntakeError where it is damaged, has macros, or is too large."""
    _check(name, archive.parts(name, content))
    try:
        with warnings.catch_warnings():
            # What openpyxl does not keep of a file that is only read.
            warnings.simplefilter("ignore")
            return _sheets(name, content)
    except IntakeError:
        raise
    except Exception:  # whatever a damaged or hostile file makes of the reader
        raise refusal(name, "통합 문서가 손상되어 열 수 없습니다.", SAVE_BOOK) from None


def _check(name: str, parts: Mapping[str, bytes]) -> None:
    if any(part.lower().endswith("vbaproject.bin") for part in parts):
        raise refusal(name, "매크로가 든 통합 문서입니다.", SAVE_BOOK)
    if "[Content_Types].xml" not in parts or not any(part.startswith("xl/") for part in parts):
        raise refusal(name, "엑셀 통합 문서가 아닙니다.", SAVE_BOOK)


def _sheets(name: str, content: bytes) -> list[BookSheet]:
    opened = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    if len(opened.worksheets) > limits.BOOK_SHEETS:
        raise refusal(name, f"시트가 {limits.BOOK_SHEETS}개를 넘습니다.", "필요한 시트만 남겨 주십시오.")
    found = []
    room = [limits.BOOK_CELLS, limits.BOOK_AREA]
    for sheet in opened.worksheets:
        if sheet.sheet_state == "visible":
            found.append(BookSheet(str(sheet.title), list(_filled(name, sheet, room))))
    return found


def _filled(name: str, sheet: Any, room: list[int]) -> Iterator[tuple[int, list[BookCell]]]:
    """The rows that hold anything, up to their last filled cell; `room` is what is left of cells and of area."""
    for number, row in enumerate(sheet.iter_rows(max_row=limits.SHEET_LAST_ROW), start=1):
        if not row:
            continue
        room[1] -= len(row)
        cells = [NOTHING if cell.value is None else _cell(cell) for cell in row] if room[1] >= 0 else []
        while cells and cells[-1].value in (None, ""):
            cells.pop()
        room[0] -= sum(cell.value is not None for cell in cells)
        if min(room) < 0 or (cells and number > limits.BOOK_ROWS):
            raise refusal(name, "통합 문서의 칸이 너무 많습니다.", "필요한 시트와 행만 남겨 주십시오.")
        if any(len(cell.value) > limits.CELL_LENGTH for cell in cells if isinstance(cell.value, str)):
            found = f"{limits.CELL_LENGTH:,}자가 넘는 칸이 있습니다."
            raise IntakeError([Problem(name, str(sheet.title), number, "", found, "줄여 적어 주십시오.")])
        if cells:
            yield number, cells


def _cell(cell: Any) -> BookCell:
    value = cell.value
    if cell.data_type == "f":
        return BookCell(str(value)[:100], None, "수식이 들어 있습니다.")
    if cell.data_type == "e":
        return BookCell(str(value)[:100], None, "엑셀의 오류값입니다.")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return BookCell(value, decimals_of(cell.number_format))
    return BookCell(value)


@functools.lru_cache(maxsize=1_000)
def decimals_of(number_format: str) -> int | None:
    """How many decimals a number format shows; None where it does not say (General)."""
    shown = re.match(r"[#,0]*0(?:\.(0+))?(?:[;_].*)?$", number_format)
    return len(shown[1] or "") if shown else None
