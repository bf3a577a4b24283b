"""Tables as files that Korean office software opens (CSV for Excel, and XLSX), and files written whole or not at all."""

import contextlib
import io
import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

# What a spreadsheet takes for a formula; the wide letters too, which Korean and Japanese ones read like the narrow.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Begins like one and can be none: -5, +3.2%, and the - that stands for nothing.
NUMBER = re.compile(r"[+-][0-9.,]*%?", re.ASCII)


def csv(rows: pd.DataFrame, notes: list[str]) -> bytes:
    """The rows, then an empty line and the notes. UTF-8 with a BOM, which Korean Excel asks for.

    Text that a spreadsheet would take for a formula gets an apostrophe in front of it, heads and notes too; numbers
    stay what they are.
    """
    table = io.StringIO()
    rows.map(_literal).rename(columns=_literal).to_csv(table, index=False, lineterminator="\r\n")
    closing = pd.Series(["", *notes]).map(_literal).to_csv(index=False, header=False, lineterminator="\r\n")
    return (table.getvalue() + closing).encode("utf-8-sig")


def xlsx(rows: pd.DataFrame, title: str, notes: list[str]) -> bytes:
    """One sheet: title, heads (frozen), the rows with numbers as numbers, then the notes."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title[:31]
    sheet.append([title])
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.append([str(column) for column in rows.columns])
    for cell in sheet[2]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(horizontal="center", wrap_text=True)
    for row in rows.itertuples(index=False):
        sheet.append([None if pd.isna(value) else _plain(value) for value in row])
    sheet.append([])
    for note in notes:
        sheet.append([note])
    _as_text(sheet)
    for number, column in enumerate(rows.columns, start=1):
        longest = max([len(str(column)), *(len(str(value)) for value in rows[column].head(200))])
        sheet.column_dimensions[get_column_letter(number)].width = min(60, 4 + longest * 1.3)
    sheet.freeze_panes = "A3"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def workbook(sheets: Mapping[str, Sequence[tuple[str, pd.DataFrame]]], notes: Sequence[str]) -> bytes:
    """A sheet per name with titled tables one below the other, the notes on the last; text stays text."""
    book = Workbook()
    del book[book.sheetnames[0]]
    for name, tables in sheets.items():
        sheet = book.create_sheet(name)
        widths: dict[int, int] = {}
        for title, rows in tables:
            sheet.append([title])
            sheet.cell(sheet.max_row, 1).font = Font(bold=True, size=14)
            sheet.append([str(column) for column in rows.columns])
            for cell in sheet[sheet.max_row]:
                cell.font = Font(bold=True)
            for row in rows.itertuples(index=False):
                sheet.append([None if pd.isna(value) else _plain(value) for value in row])
            sheet.append([])
            for number, column in enumerate(rows.columns, start=1):
                longest = max([len(str(column)), *(len(str(value)) for value in rows[column].head(200))])
                widths[number] = max(widths.get(number, 0), longest)
        if name == list(sheets)[-1]:
            for note in notes:
                sheet.append([note])
        _as_text(sheet)
        for number, width in widths.items():
            sheet.column_dimensions[get_column_letter(number)].width = min(60, 4 + width * 1.3)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _plain(value: Any) -> Any:
    """A NumPy scalar as the Python number that openpyxl writes as a number."""
    return value.item() if hasattr(value, "item") else value


def _as_text(sheet: Any) -> None:
    """Text that looks like a formula stays text, and keeps the look of it when the cell is edited."""
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                cell.data_type = "s"
                cell.quotePrefix = cell.value.startswith(FORMULA_STARTS)
            elif isinstance(cell.value, int):
                cell.number_format = "#,##0"
            elif isinstance(cell.value, float):
                cell.number_format = "#,##0.0##"


def _literal(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula, with the apostrophe that prevents it."""
    dangerous = isinstance(value, str) and value.startswith(FORMULA_STARTS) and not NUMBER.fullmatch(value)
    return f"'{value}" if dangerous else value


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file beside `path` that takes its place only when all of it is written; else it is removed."""
    handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with open(handle, "wb") as file:
            yield file
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(beside, 0o666 & ~mask)  # as any other new file, not for this user alone
        os.replace(beside, path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
