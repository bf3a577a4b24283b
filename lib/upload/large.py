"""Uploads of up to a million rows, read column by column: each different cell is looked at once.

The same columns, problems and errors as `upload`, which reads cell by cell and takes less. What counts people
is taken here, never the people: a column that looks like a person refuses the file.
"""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
import openpyxl
import pandas as pd

from lib.upload import cell, sheet
from lib.upload.cell import Column
from lib.upload.sheet import Problem, UploadError

MEGABYTES = 100
ROWS = 1_000_000
# A spreadsheet program holds as many, but an .xlsx takes some 40 µs a row to read, a CSV 2.
BOOK_ROWS = 100_000
UNPACKED_BYTES = 200_000_000
HEAD_ROWS = sheet.HEAD_ROWS
PROBLEMS = 200
NAMED_ROWS = 3  # of all rows with the same problem, those that are listed

PERSON_HEAD = re.compile(
    r"성명|이름|성함|직원명|사원명|사번|직원번호|공무원번호|행정전화|주민(등록)?번호|생년월일|여권|외국인등록"
    r"|e-?mail|이메일|메일|전자우편|전화|휴대폰|핸드폰|연락처|주소|계좌|name$|phone|employee"
)
PERSON_CELL = re.compile(
    r"\d{6}\s*-\s*[1-8]\d{6}|[\w.+-]+@[\w-]+\.[\w.]+|01[016789][\s.-]?\d{3,4}[\s.-]?\d{4}"
    r"|0\d{1,2}-\d{3,4}-\d{4}"
)
PERSON = Problem(
    None, "", "사람을 알아볼 수 있는 정보가 든 것으로 보이니", "그 열을 지우고 집계한 수만 올리십시오"
)

Progress = Callable[[float], object]


class Cells(NamedTuple):
    """One column of a file: each different cell once, and for each row the number of its cell (-1: none)."""

    values: Sequence[Any]
    codes: np.ndarray


class Grid(NamedTuple):
    """The columns of a file by place, as read; rows: their numbers in the file; heads: what stands above."""

    heads: tuple[str, ...]
    head_row: int
    columns: list[Cells]
    rows: np.ndarray


def table(
    name: str,
    content: bytes,
    columns: Sequence[Column],
    key: Sequence[str] = (),
    progress: Progress = lambda share: None,
) -> pd.DataFrame:
    """The rows of an .xlsx or .csv, in order; the index `row` is the row in the file.

    Text and time come as categories. No two rows may agree in all columns of `key`. `progress` is told the
    share that is done, 0 to 1. Raises UploadError, each kind of problem with the first rows that have it.
    """
    _check_size(content)
    grid = _book(content, columns) if content.startswith(b"PK") else _separated(name, content, columns)
    progress(0.5)
    _refuse_persons(grid)
    places = _places(grid.heads, columns)
    problems: list[Problem] = []
    read = {}
    for done, column in enumerate(columns, start=1):
        read[column.column] = _column(grid, places[column.column], column, problems)
        progress(0.5 + 0.4 * done / len(columns))
    rows = pd.DataFrame(read, index=pd.Index(grid.rows, name="row"), copy=False)
    if not problems:
        problems = duplicates(rows, key, columns)
    if problems:
        raise UploadError(sorted(problems, key=lambda problem: problem.row or 0)[:PROBLEMS])
    progress(1.0)
    return rows


def named(rows: pd.Series, column: str, found: str, remedy: str) -> list[Problem]:
    """The first rows marked true as problems of one kind; the last of them says how many more there are.

    `found` ends in 으니.
    """
    marked = rows.index[rows.to_numpy()]
    problems = [Problem(int(row), column, found, remedy) for row in marked[:NAMED_ROWS]]
    if len(marked) > NAMED_ROWS:
        more = f"{found.removesuffix('으니')}고 이런 행이 {len(marked) - NAMED_ROWS:,}개 더 있으니"
        problems[-1] = problems[-1]._replace(found=more)
    return problems


def duplicates(rows: pd.DataFrame, key: Sequence[str], columns: Sequence[Column]) -> list[Problem]:
    """Rows that agree with an earlier one in all columns of the key."""
    if not key:
        return []
    heads = "·".join(column.head for column in columns if column.column in key)
    codes = np.zeros(len(rows), dtype=np.int64)
    for column in key:
        numbers = codes * len(rows[column].cat.categories) + rows[column].cat.codes.to_numpy()
        codes, _ = pd.factorize(numbers)
    again = pd.Series(codes, index=rows.index).duplicated()
    return named(again, heads, "앞의 행과 같은 값이 있으니", "하나로 합치거나 지우십시오")


def _check_size(content: bytes) -> None:
    if not content.strip():
        raise UploadError([Problem(None, "", "내용이 없으니", "표를 넣어 다시 올리십시오")])
    if len(content) > MEGABYTES * 1024 * 1024:
        raise UploadError([Problem(None, "", f"{MEGABYTES}MB가 넘으니", "기간을 나누어 올리십시오")])


# Files -----------------------------------------------------------------------------------------


def _separated(name: str, content: bytes, columns: Sequence[Column]) -> Grid:
    text = sheet.text(name, content)
    start = "\n".join(text[:50_000].splitlines()[:HEAD_ROWS])
    delimiter = max("\t,;", key=start.count)
    top = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), HEAD_ROWS))
    head = _head(top, columns)
    try:
        frame = pd.read_csv(
            io.BytesIO(text.encode()),
            sep=delimiter,
            header=None,
            skiprows=head,
            dtype="category",
            keep_default_na=False,
            skip_blank_lines=False,
            nrows=ROWS + 2,
        )
    except pd.errors.ParserError as fault:
        raise UploadError([_misshapen(fault)]) from None
    columns_read = [
        Cells(list(frame[place].cat.categories), frame[place].cat.codes.to_numpy().astype(np.int64)[1:])
        for place in frame
    ]
    return _grid(tuple(top[head]), head, columns_read, ROWS)


def _misshapen(fault: Exception) -> Problem:
    where = re.search(r"line (\d+)", str(fault))
    found = "열 이름보다 칸이 많거나 따옴표의 짝이 맞지 않으니"
    return Problem(int(where[1]) if where else None, "", found, "엑셀에서 열어 고친 뒤 다시 올리십시오")


def _book(content: bytes, columns: Sequence[Column]) -> Grid:
    """The first visible sheet that has the heads. Formulas count as the values last calculated."""
    broken = Problem(None, "", "엑셀 파일이 손상되어 있으니", "엑셀에서 열어 다시 저장하여 올리십시오")
    try:
        _check_parts(content)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        tabs = [tab for tab in book.worksheets if tab.sheet_state == "visible"]
        tops = [list(_texts(tab, HEAD_ROWS)) for tab in tabs]
        for tab, top in zip(tabs, tops, strict=True):
            if _head_or_none(top, columns) is not None:
                head = _head(top, columns)
                width = len(top[head])
                values = tab.iter_rows(min_row=head + 2, max_col=width, values_only=True)
                rows = list(islice(values, BOOK_ROWS + 2))
                return _grid(
                    tuple(top[head]),
                    head,
                    [_cells([row[place] for row in rows]) for place in range(width)],
                    BOOK_ROWS,
                )
        _head([row for top in tops for row in top], columns)
        raise UploadError([broken])
    except UploadError:
        raise
    except Exception:  # whatever a damaged or hostile file makes of the reader
        raise UploadError([broken]) from None


def _texts(tab: Any, count: int) -> Iterator[list[str]]:
    for row in tab.iter_rows(max_row=count, max_col=sheet.COLUMNS, values_only=True):
        yield ["" if cell is None else str(cell) for cell in row]


def _check_parts(content: bytes) -> None:
    """Refuse a file that unpacks to too much: before anything of it is read."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        unpacked = sum(part.file_size for part in parts.infolist())
        declares = any(
            b"<!" in (start := parts.open(part).read(4096).replace(b"\0", b""))
            and (b"<!DOCTYPE" in start or b"<!ENTITY" in start)
            for part in parts.infolist()
        )
    if unpacked > UNPACKED_BYTES:
        raise UploadError(
            [Problem(None, "", "압축을 풀면 지나치게 큰 파일이니", "CSV로 저장하여 올리십시오")]
        )
    if declares:
        found = "엑셀이 만들지 않는 내용이 든 파일이니"
        raise UploadError([Problem(None, "", found, "새 통합 문서에 값만 붙여 넣어 올리십시오")])


def _cells(values: list[Any]) -> Cells:
    # Told apart by type as well: 1 and True are one key of a dict.
    numbers: dict[tuple[type, Any], int] = {}
    codes = [numbers.setdefault((type(value), value), len(numbers)) for value in values]
    return Cells([value for _, value in numbers], np.array(codes, dtype=np.int64))


def _grid(heads: tuple[str, ...], head: int, columns: list[Cells], most: int) -> Grid:
    """The rows that hold anything; UploadError where there are none, or more than are taken."""
    filled = np.zeros(len(columns[0].codes), dtype=bool)
    for column in columns:
        given = np.array([*(not _is_empty(value) for value in column.values), False])
        filled |= given[column.codes]
    if not filled.any():
        raise UploadError([Problem(None, "", "열 이름 아래에 내용이 없으니", "한 행 이상 적어 올리십시오")])
    if filled.sum() > most:
        remedy = "CSV로 저장하여 올리십시오" if most == BOOK_ROWS else "기간을 나누어 올리십시오"
        raise UploadError([Problem(None, "", f"{most:,}행을 넘으니", remedy)])
    rows = np.arange(len(filled)) + head + 2
    if filled.all():
        return Grid(heads, head + 1, columns, rows)
    kept = [Cells(column.values, column.codes[filled]) for column in columns]
    return Grid(heads, head + 1, kept, rows[filled])


# Heads -----------------------------------------------------------------------------------------


def _head(top: list[list[str]], columns: Sequence[Column]) -> int:
    found = _head_or_none(top, columns)
    if found is not None:
        return found
    best = max((_places(row, columns) for row in top), key=len, default={})
    missing = "·".join(f"‘{column.head}’" for column in columns if column.column not in best)
    names = ", ".join(column.head for column in columns)
    raise UploadError(
        [Problem(None, "", f"{missing} 열이 없으니", f"첫 줄에 {names} 순으로 열 이름을 적어 올리십시오")]
    )


def _head_or_none(top: list[list[str]], columns: Sequence[Column]) -> int | None:
    full = (place for place, row in enumerate(top) if len(_places(row, columns)) == len(columns))
    return next(full, None)


def _places(heads: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    names = {_plain(head): column.column for column in columns for head in (column.head, *column.also)}
    places: dict[str, int] = {}
    for place, head in enumerate(heads):
        if (column := names.get(_plain(head))) is not None:
            places.setdefault(column, place)
    return places


def _plain(head: str) -> str:
    return re.sub(r"\s+|\(.*?\)", "", unicodedata.normalize("NFKC", head)).lower()


def _refuse_persons(grid: Grid) -> None:
    """UploadError for each column whose head or any of whose cells looks like one person's."""
    problems = []
    for place, head in enumerate(grid.heads):
        if PERSON_HEAD.search(_plain(head)):
            problems.append(PERSON._replace(row=grid.head_row, column=head.strip()))
            continue
        if place >= len(grid.columns):
            continue
        values, codes = grid.columns[place]
        for number, value in enumerate(values):
            if PERSON_CELL.search(str(value)) and (codes == number).any():
                row = int(grid.rows[codes == number][0])
                problems.append(PERSON._replace(row=row, column=head.strip()))
                break
    if problems:
        raise UploadError(problems)


# Cells -----------------------------------------------------------------------------------------


def _column(grid: Grid, place: int, column: Column, problems: list[Problem]) -> Any:
    """The column as read; each different cell goes through the reader of its kind once."""
    cells, codes = grid.columns[place]
    values = [cell.value(found, column) for found in [*cells, None]]
    used = np.unique(codes)
    bad = [int(number) for number in used if isinstance(values[number], Problem)]
    for number in bad[:PROBLEMS]:
        rows = grid.rows[codes == number]
        problems += [values[number]._replace(row=int(row), column=column.head) for row in rows[:NAMED_ROWS]]
    if bad:
        return None
    used_values = [values[number] for number in used]
    if column.kind == "whole":
        numbers = np.zeros(len(values), dtype=np.int64)
        numbers[used] = used_values
        return numbers[codes]
    known = {value: number for number, value in enumerate(sorted(set(used_values)))}
    numbers = np.zeros(len(values), dtype=np.int64)
    numbers[used] = [known[value] for value in used_values]
    return pd.Categorical.from_codes(numbers[codes], categories=list(known))


def _is_empty(cell: object) -> bool:
    return cell is None or not str(cell).strip()
