"""The CSVs: found, read and checked cell by cell against the columns of their table."""

import csv
import functools
import io
import re
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import NamedTuple

from data.catalogue import OPTIONAL_FOLDERS, Column, Table
from data.problem import Problem

# What people call the format of a cell; the patterns are narrower than what DuckDB would take,
# which reads 3.7 as the integer 4.
PATTERNS = {
    "INTEGER": (r"-?[0-9]{1,9}", "정수가 아닙니다"),
    "BIGINT": (r"-?[0-9]{1,18}", "정수가 아닙니다"),
    "BOOLEAN": (r"true|false", "true나 false가 아닙니다"),
    "DATE": (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "날짜(YYYY-MM-DD)가 아닙니다"),
    "TIME": (r"[0-9]{2}:[0-9]{2}", "시각(HH:MM)이 아닙니다"),
}


class Row(NamedTuple):
    """One line of a CSV: as_of from the folder (empty for reference data), cells by column, None where empty."""

    file: str
    line: int
    as_of: str | None
    cells: dict[str, str | None]


class Sheet(NamedTuple):
    """The rows of one table from all of its files; damaged where a file or a cell of it had a problem."""

    table: Table
    rows: list[Row]
    damaged: bool


def read(folder: Path, tables: list[Table]) -> tuple[list[Sheet], list[Problem]]:
    """One sheet per table, with the problems of the files themselves and of single cells."""
    problems: list[Problem] = []
    sheets = []
    for table in tables:
        rows: list[Row] = []
        before = len(problems)
        for path, as_of in _files(folder, table):
            rows += _rows(folder, path, as_of, table, problems)
        sheets.append(Sheet(table, rows, len(problems) > before))
    return sheets, [*_layout(folder, tables), *problems]


def _files(folder: Path, table: Table) -> Iterator[tuple[Path, str | None]]:
    name = f"{table.name}.csv"
    if not table.dated:
        yield folder / table.folder / name, None
        return
    for edition in _editions(folder / table.folder):
        if _is_date(edition.name):
            yield edition / name, edition.name


def _editions(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))


def _layout(folder: Path, tables: list[Table]) -> Iterator[Problem]:
    """Folders that are missing or wrongly named, and CSVs that belong to no table."""
    for kind in dict.fromkeys(table.folder for table in tables):
        names = {table.name for table in tables if table.folder == kind}
        dated = any(table.dated for table in tables if table.folder == kind)
        places = _editions(folder / kind) if dated else [folder / kind]
        if dated and not places and kind not in OPTIONAL_FOLDERS:
            yield Problem(kind, None, None, "기준일 폴더(YYYY-MM-DD)가 하나도 없습니다.")
        for place in places:
            if dated and not _is_date(place.name):
                yield Problem(f"{kind}/{place.name}", None, None, "폴더 이름이 날짜(YYYY-MM-DD)가 아닙니다.")
                continue
            for path in sorted(place.glob("*.csv")):
                if path.stem not in names and not path.name.startswith("."):
                    yield Problem(_relative(folder, path), None, None, "이런 이름의 표가 없습니다.")


def _relative(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix()


def _rows(folder: Path, path: Path, as_of: str | None, table: Table, problems: list[Problem]) -> list[Row]:
    file = _relative(folder, path)
    text = _text(path, file, problems)
    if text is None:
        return []
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        if not _fits(header, table, file, problems):
            return []
        columns = table.sheet_columns
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) == len(header):
                rows.append(_row(file, line, as_of, dict(zip(header, cells, strict=True)), columns, problems))
            elif cells:
                reason = f"칸이 {len(header)}개여야 하는데 {len(cells)}개입니다."
                problems.append(Problem(file, line, None, reason))
            line = reader.line_num + 1
    except csv.Error:
        problems.append(Problem(file, reader.line_num, None, "따옴표가 닫히지 않았거나 CSV 형식이 아닙니다."))
    if not table.row_key and len(rows) != 1:
        problems.append(Problem(file, None, None, f"자료가 한 줄이어야 하는데 {len(rows)}줄입니다."))
    return rows


def _text(path: Path, file: str, problems: list[Problem]) -> str | None:
    """The text without a byte order mark; None, and a problem, where there is none to be had."""
    if not path.is_file():
        problems.append(Problem(file, None, None, "파일이 없습니다."))
        return None
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        problems.append(Problem(file, line, None, "UTF-8이 아닙니다. UTF-8로 저장해 주십시오."))
        return None


def _fits(header: list[str], table: Table, file: str, problems: list[Problem]) -> bool:
    expected = [column.name for column in table.sheet_columns]
    found = [
        *(Problem(file, 1, name, "열이 없습니다.") for name in expected if name not in header),
        *(
            Problem(file, 1, name, "표에 없는 열입니다.")
            for name in dict.fromkeys(header)
            if name not in expected
        ),
        *(Problem(file, 1, name, "같은 열이 두 번 있습니다.") for name in expected if header.count(name) > 1),
    ]
    problems += found
    return not found


def _row(
    file: str,
    line: int,
    as_of: str | None,
    cells: dict[str, str],
    columns: list[Column],
    problems: list[Problem],
) -> Row:
    values: dict[str, str | None] = {}
    for column in columns:
        cell = cells[column.name].strip()
        reason = _refusal(cell, column)
        if reason is not None:
            problems.append(Problem(file, line, column.name, reason))
        values[column.name] = cell if cell and reason is None else None
    return Row(file, line, as_of, values)


def _refusal(cell: str, column: Column) -> str | None:
    """Why the cell cannot stand in the column; None where it can."""
    if not cell:
        return "비어 있으면 안 됩니다." if column.required else None
    pattern, reason = _pattern(column.type)
    valid = pattern.fullmatch(cell) is not None
    if column.type == "DATE":
        valid = _is_date(cell)
    if column.type == "TIME":
        valid = valid and _is_time(cell)
    hint = " 값이 없으면 빈칸으로 두십시오." if cell == "-" else ""
    return None if valid else f"{reason}(‘{cell}’).{hint}"


@functools.cache
def _pattern(type_name: str) -> tuple[re.Pattern[str], str]:
    """What a cell of the type looks like, and what people are told where it does not."""
    decimal = re.fullmatch(r"DECIMAL\((\d+),(\d+)\)", type_name)
    if decimal:
        precision, scale = map(int, decimal.groups())
        pattern = rf"-?[0-9]{{1,{precision - scale}}}(\.[0-9]{{1,{scale}}})?"
        return re.compile(pattern), f"소수점 아래 {scale}자리까지의 수가 아닙니다"
    pattern, reason = PATTERNS.get(type_name, (r"(?s).*", ""))
    return re.compile(pattern), reason


def _is_date(text: str) -> bool:
    if not re.fullmatch(PATTERNS["DATE"][0], text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_time(text: str) -> bool:
    try:
        time.fromisoformat(text)
    except ValueError:
        return False
    return True
