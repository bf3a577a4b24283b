"""Tables that a visitor hands in for a what-if: bytes or pasted text in, rows out, or what to mend and where.

Nothing is written, logged or cached here, and the text of an UploadError quotes nothing of the file:
whoever shows its problems to the visitor does so on that visitor's own screen.

The kind of a file is taken from its content, its name only serves to say what is wrong. CSV is read as
UTF-8, cp949 or UTF-16, with commas, tabs or semicolons. The heads may stand below a title, in any order.
"""

import csv
import datetime
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any, Literal, NamedTuple

import openpyxl
import pandas as pd
from openpyxl.cell.read_only import EMPTY_CELL

# What one upload may be. Files up to MEGABYTES never leave the server's memory: only larger ones are
# parked in a temporary file while they arrive.
MEGABYTES = 1
ROWS = 10_000
COLUMNS = 50
CELL_LENGTH = 200
UNPACKED_BYTES = 50_000_000
PROBLEMS = 200
LARGEST = 1_000_000
TYPES = ("xlsx", "csv")

HEAD_ROWS = 10  # how far down the heads may stand
SHEET_ROWS = 1_048_576
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UNCALCULATED = object()
PLAIN_NUMBER = re.compile(r"[+-]?(\d{1,15}|\d{1,3}(,\d{3}){1,4})(\.\d{1,15})?")
MONTH = re.compile(r"(\d{4})\s*[-./년]?\s*(\d{1,2})\s*([-./]\s*\d{1,2}\s*\.?|월|\.)?")
TIME = re.compile(r"(\d{1,2})\s*[:시]\s*(\d{1,2})?\s*(분|:\d{2})?")

Kind = Literal["text", "whole", "number", "month", "time"]
Cells = tuple[Any, ...]
Sheet = list[tuple[int, Cells]]
"""Rows with their numbers in the file, from 1; empty rows are left out."""


class Column(NamedTuple):
    """A column that is looked for, and what its cells may hold.

    text: str, "" where empty; whole: int of 0 … most; number: Decimal of 0 … most; month: date of its
    first day; time: time. A cell left empty in a column that is not required is `default`.
    """

    column: str
    """Name in the rows."""
    head: str
    """Name that people write above it."""
    kind: Kind = "text"
    required: bool = True
    default: Any = None
    most: int = LARGEST
    also: tuple[str, ...] = ()
    """Other heads that are understood."""


class Problem(NamedTuple):
    """What is wrong at a place of the file, and what to do about it. Quotes the file."""

    row: int | None
    """Row as a spreadsheet counts them; None: the file as a whole."""
    column: str
    """Head of the column; empty: the row as a whole."""
    found: str
    """A clause of Korean, ending so that an advice can follow (… 있으니)."""
    remedy: str

    @property
    def sentence(self) -> str:
        """One sentence of Korean."""
        row = "" if self.row is None else f"{self.row:,}행"
        column = f"‘{self.column}’ 열" if self.column else ""
        place = f"{row} {column}".strip()
        return f"{place}{'에 ' if place else ''}{self.found} {self.remedy}."


class UploadError(ValueError):
    """Why an upload was not taken; as text it says only how many problems there are."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"the upload has {len(problems)} problems")
        self.problems = tuple(problems)


def table(name: str, content: bytes, columns: Sequence[Column], key: Sequence[str] = ()) -> pd.DataFrame:
    """The rows of an uploaded .xlsx or .csv, in order; the index `row` is the row in the file.

    Columns are those asked for, under their own names; others of the file are left out. No two rows
    may agree in all columns of `key`. Raises UploadError with every problem found (up to PROBLEMS).
    """
    _check_size(content)
    sheets = _book(content) if content.startswith(b"PK") else [_separated(_text(name, content))]
    for sheet in sheets:
        heads = _heads(sheet, columns)
        if heads:
            return _rows(sheet, *heads, columns, key)
    raise UploadError([_no_heads(sheets, columns)])


def pasted(text: str, columns: Sequence[Column], key: Sequence[str] = ()) -> pd.DataFrame:
    """The rows of cells copied from a spreadsheet, with their heads or, without, in the order of `columns`."""
    _check_size(text.encode("utf-8", "replace"))
    sheet = _separated(text)
    heads = _heads(sheet, columns)
    if heads:
        return _rows(sheet, *heads, columns, key)
    known = {_plain(head) for column in columns for head in (column.head, *column.also)}
    if sheet and known & {_plain(cell) for cell in sheet[0][1]}:
        raise UploadError([_no_heads([sheet], columns)])
    return _rows(sheet, -1, dict(enumerate(columns)), columns, key)


def _check_size(content: bytes) -> None:
    if not content.strip():
        raise UploadError([Problem(None, "", "내용이 없으니", "표를 넣어 다시 올리십시오")])
    if len(content) > MEGABYTES * 1024 * 1024:
        raise UploadError(
            [Problem(None, "", f"{MEGABYTES}MB가 넘으니", "필요한 열만 남기거나 나누어 올리십시오")]
        )


# Files -----------------------------------------------------------------------------------------


def _text(name: str, content: bytes) -> str:
    """The text of a CSV in any of the three encodings that Korean spreadsheets write."""
    save = "엑셀에서 열어 ‘Excel 통합 문서(.xlsx)’로 다시 저장하여 올리십시오"
    if content.startswith(OLE):
        raise UploadError([Problem(None, "", "옛 형식(.xls)이거나 암호가 걸린 파일이니", save)])
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in content or name.lower().endswith((".xlsx", ".xls")):
        raise UploadError(
            [Problem(None, "", "엑셀 파일이 아니거나 손상 또는 문서보안이 걸린 파일이니", save)]
        )
    else:
        encodings = ["utf-8-sig", "cp949"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeError:
            continue
    raise UploadError(
        [
            Problem(
                None, "", "글자를 읽을 수 없는 파일이니", "‘CSV UTF-8’ 또는 .xlsx로 다시 저장하여 올리십시오"
            )
        ]
    )


def _separated(text: str) -> Sheet:
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max("\t,;", key=first.count)
    try:
        return _sheet(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        raise UploadError(
            [
                Problem(
                    None,
                    "",
                    "따옴표의 짝이 맞지 않으니",
                    "표를 엑셀에서 열어 .xlsx로 다시 저장하여 올리십시오",
                )
            ]
        ) from None


def _book(content: bytes) -> list[Sheet]:
    """The visible sheets of an .xlsx. Formulas count as the values last calculated."""
    broken = Problem(None, "", "엑셀 파일이 손상되어 있으니", "엑셀에서 열어 다시 저장하여 올리십시오")
    try:
        has_formulas = _check_parts(content)
        values = _workbook(content, data_only=True)
        formulas = _workbook(content, data_only=False) if has_formulas else None
        return [
            _sheet(_cells(sheet, formulas[sheet.title] if formulas else None))
            for sheet in values.worksheets
            if sheet.sheet_state == "visible"
        ]
    except UploadError:
        raise
    except Exception:  # whatever a damaged or hostile file makes of the reader
        raise UploadError([broken]) from None


def _workbook(content: bytes, data_only: bool) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)


def _cells(values: Any, formulas: Any) -> Iterator[Cells]:
    """The rows of a sheet by value; a formula that was never calculated stands as UNCALCULATED."""
    bounds = {"min_row": 1, "max_row": SHEET_ROWS, "max_col": COLUMNS}
    rows = values.iter_rows(values_only=True, **bounds)
    if formulas is None:
        yield from rows
        return
    for row, cells in zip(rows, formulas.iter_rows(**bounds), strict=True):
        if cells.count(EMPTY_CELL) == len(cells):
            yield ()
        else:
            yield tuple(
                UNCALCULATED if value is None and cell.data_type == "f" else value
                for value, cell in zip(row, cells, strict=True)
            )


def _check_parts(content: bytes) -> bool:
    """Whether there are formulas. Refuses what unpacks to too much, or declares entities as no spreadsheet does."""
    has_formulas = False
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        if sum(part.file_size for part in parts.infolist()) > UNPACKED_BYTES:
            raise UploadError(
                [
                    Problem(
                        None,
                        "",
                        "압축을 풀면 지나치게 큰 파일이니",
                        "필요한 시트만 새 파일로 저장하여 올리십시오",
                    )
                ]
            )
        for part in parts.infolist():
            text = parts.read(part).replace(b"\0", b"")
            has_formulas = has_formulas or b"<f>" in text or b"<f " in text
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                raise UploadError(
                    [
                        Problem(
                            None,
                            "",
                            "엑셀이 만들지 않는 내용이 든 파일이니",
                            "새 통합 문서에 값만 붙여 넣어 올리십시오",
                        )
                    ]
                )
    return has_formulas


def _sheet(rows: Iterable[Sequence[Any]]) -> Sheet:
    """The rows that hold anything; UploadError where they are more than are taken."""
    kept = [(number, tuple(row[:COLUMNS])) for number, row in islice(_filled(rows), HEAD_ROWS + ROWS + 1)]
    if len(kept) > HEAD_ROWS + ROWS:
        raise UploadError([_too_many(kept[-1][0])])
    return kept


def _filled(rows: Iterable[Sequence[Any]]) -> Iterator[tuple[int, Sequence[Any]]]:
    for number, row in enumerate(rows, start=1):
        if row.count(None) < len(row) and any(cell is not None and str(cell).strip() for cell in row):
            yield number, row


def _too_many(row: int) -> Problem:
    return Problem(row, "", f"이르러 {ROWS:,}행을 넘으니", "나누어 올리십시오")


# Heads -----------------------------------------------------------------------------------------


def _heads(sheet: Sheet, columns: Sequence[Column]) -> tuple[int, dict[int, Column]] | None:
    """Where the heads stand (position in the sheet) and which cell is which column."""
    for position, (_, cells) in enumerate(sheet[:HEAD_ROWS]):
        places = _places(cells, columns)
        if all(column in places.values() for column in columns if column.required):
            return position, places
    return None


def _places(cells: Cells, columns: Sequence[Column]) -> dict[int, Column]:
    names = {_plain(head): column for column in columns for head in (column.head, *column.also)}
    places: dict[int, Column] = {}
    for place, cell in enumerate(cells):
        column = names.get(_plain(cell))
        if column is not None and column not in places.values():
            places[place] = column
    return places


def _plain(cell: object) -> str:
    """A head without spaces and without a remark in brackets: 인원 (명) is 인원."""
    text = unicodedata.normalize("NFKC", "" if cell is None else str(cell))
    return re.sub(r"\s+|\(.*?\)", "", text).lower()


def _no_heads(sheets: Sequence[Sheet], columns: Sequence[Column]) -> Problem:
    wanted = [column for column in columns if column.required]
    found = [_places(cells, columns) for sheet in sheets for _, cells in sheet[:HEAD_ROWS]]
    best = max(found, key=len, default={})
    missing = "·".join(f"‘{column.head}’" for column in wanted if column not in best.values())
    names = ", ".join(column.head for column in columns)
    return Problem(None, "", f"{missing} 열이 없으니", f"첫 줄에 {names} 순으로 열 이름을 적어 올리십시오")


# Cells -----------------------------------------------------------------------------------------


def _rows(
    sheet: Sheet, head: int, places: dict[int, Column], columns: Sequence[Column], key: Sequence[str]
) -> pd.DataFrame:
    body = sheet[head + 1 :]
    if not body:
        raise UploadError([Problem(None, "", "열 이름 아래에 내용이 없으니", "한 행 이상 적어 올리십시오")])
    if len(body) > ROWS:
        raise UploadError([_too_many(body[ROWS][0])])
    problems: list[Problem] = []
    values: dict[str, list[Any]] = {
        column.column: [column.default if column.kind != "text" else column.default or ""] * len(body)
        for column in columns
    }
    for place, column in places.items():
        for position, (number, cells) in enumerate(body):
            cell = cells[place] if place < len(cells) else None
            if _is_empty(cell) and not column.required:
                continue
            value = _value(cell, column)
            if isinstance(value, Problem):
                problems.append(value._replace(row=number, column=column.head))
            else:
                values[column.column][position] = value
    numbers = [number for number, _ in body]
    if not problems:
        problems = _duplicates(numbers, values, columns, key)
    if problems:
        problems.sort(key=lambda problem: problem.row or 0)
        raise UploadError(problems[:PROBLEMS])
    return _frame(numbers, values, columns)


def _frame(numbers: list[int], values: dict[str, list[Any]], columns: Sequence[Column]) -> pd.DataFrame:
    index = pd.Index(numbers, name="row")
    kinds = {"text": "str", "whole": "int64"}
    return pd.DataFrame(
        {
            column.column: pd.Series(
                values[column.column],
                index=index,
                dtype=kinds.get(column.kind, "object") if None not in values[column.column] else "object",
            )
            for column in columns
        }
    )


def _duplicates(
    numbers: list[int], values: dict[str, list[Any]], columns: Sequence[Column], key: Sequence[str]
) -> list[Problem]:
    if not key:
        return []
    heads = "·".join(column.head for column in columns if column.column in key)
    seen: dict[tuple[Any, ...], int] = {}
    problems = []
    for number, *parts in zip(numbers, *(values[column] for column in key), strict=True):
        first = seen.setdefault(tuple(parts), number)
        if first != number:
            found = f"{first:,}행과 같은 값({_quoted(' '.join(map(str, parts)))})이 있으니"
            problems.append(Problem(number, heads, found, "하나로 합치거나 이름을 달리하십시오"))
    return problems


def _is_empty(cell: object) -> bool:
    return cell is None or not str(cell).strip()


def _value(cell: Any, column: Column) -> Any:
    """What the cell holds, or the problem (its place left open)."""
    if _is_empty(cell):
        return Problem(None, "", "값이 없으니", "채우거나 그 행을 지우십시오")
    if cell is UNCALCULATED:
        return Problem(
            None, "", "계산되지 않은 수식이 있으니", "엑셀에서 열어 저장하거나 값으로 붙여 넣으십시오"
        )
    if len(str(cell)) > CELL_LENGTH:
        return Problem(None, "", f"{CELL_LENGTH}자가 넘는 글이 있으니", "줄여 적으십시오")
    return READERS[column.kind](cell, column)


def _read_text(cell: Any, column: Column) -> Any:
    if isinstance(cell, float) and cell.is_integer():  # a number typed where a name belongs
        cell = int(cell)
    text = unicodedata.normalize("NFC", str(cell)).strip()
    if any(unicodedata.category(letter) in ("Cc", "Cf", "Cs") for letter in text):
        text = re.sub(r"\s+", " ", text)
        text = "".join(letter for letter in text if unicodedata.category(letter) not in ("Cc", "Cf", "Cs"))
    return text or Problem(None, "", "보이지 않는 글자만 있으니", "다시 적으십시오")


def _read_whole(cell: Any, column: Column) -> Any:
    value = _read_number(cell, column)
    if isinstance(value, Decimal):
        if value != int(value):
            return Problem(None, "", f"소수({_quoted(cell)})가 있으니", "자연수로 고치십시오")
        return int(value)
    return value


def _read_number(cell: Any, column: Column) -> Any:
    text = unicodedata.normalize("NFKC", str(cell)).strip().removesuffix("명").strip()
    text = re.sub(r"^[△▲−–]\s*", "-", text)
    if isinstance(cell, bool) or not PLAIN_NUMBER.fullmatch(text):
        return Problem(None, "", f"숫자가 아닌 값({_quoted(cell)})이 있으니", "12처럼 숫자로 고치십시오")
    value = Decimal(text.replace(",", ""))
    if value < 0:
        return Problem(None, "", f"음수({_quoted(cell)})가 있으니", "0 이상의 수로 고치십시오")
    if value > column.most:
        return Problem(
            None, "", f"너무 큰 수({_quoted(cell)})가 있으니", f"{column.most:,} 이하의 수로 고치십시오"
        )
    return value


def _read_month(cell: Any, column: Column) -> Any:
    if isinstance(cell, datetime.date):
        return datetime.date(cell.year, cell.month, 1)
    found = MONTH.fullmatch(unicodedata.normalize("NFKC", str(cell)).strip())
    if found and 1 <= int(found[2]) <= 12 and 1900 <= int(found[1]) <= 2999:
        return datetime.date(int(found[1]), int(found[2]), 1)
    return Problem(None, "", f"월이 아닌 값({_quoted(cell)})이 있으니", "2023-03처럼 고치십시오")


def _read_time(cell: Any, column: Column) -> Any:
    if isinstance(cell, (datetime.time, datetime.datetime)):
        return datetime.time(cell.hour, cell.minute)
    found = TIME.fullmatch(unicodedata.normalize("NFKC", str(cell)).strip())
    if found and int(found[1]) < 24 and int(found[2] or 0) < 60:
        return datetime.time(int(found[1]), int(found[2] or 0))
    return Problem(None, "", f"시각이 아닌 값({_quoted(cell)})이 있으니", "08:30처럼 고치십시오")


def _quoted(cell: object) -> str:
    text = re.sub(r"\s+", " ", str(cell)).strip()
    return f"{text[:20]}…" if len(text) > 20 else text


READERS: dict[Kind, Callable[[Any, Column], Any]] = {
    "text": _read_text,
    "whole": _read_whole,
    "number": _read_number,
    "month": _read_month,
    "time": _read_time,
}
