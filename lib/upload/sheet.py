"""Files and pasted text as sheets of cells: .xlsx, and CSV in the encodings that Korean spreadsheets write.

The kind of a file is taken from its content; its name only serves to say what is wrong. Nothing is
written, logged or cached, and the text of an UploadError quotes nothing of the file: whoever shows its
problems to the visitor does so on that visitor's own screen.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

import openpyxl
from openpyxl.cell.read_only import EMPTY_CELL

# What one upload may be. Files up to MEGABYTES never leave the server's memory: only larger ones are
# parked in a temporary file while they arrive.
MEGABYTES = 1
ROWS = 10_000
COLUMNS = 50
HEAD_ROWS = 10
"""How far down the heads may stand."""
UNPACKED_BYTES = 50_000_000
SHEET_ROWS = 1_048_576

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UNCALCULATED = object()
"""Stands for a formula whose value the file does not hold."""

Cells = tuple[Any, ...]
Sheet = list[tuple[int, Cells]]
"""Rows with their numbers in the file, from 1; empty rows are left out."""


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


def sheets(name: str, content: bytes) -> list[Sheet]:
    """The visible sheets of an .xlsx, formulas as the values last calculated; or the one sheet of a CSV."""
    _check_size(content)
    return _book(content) if content.startswith(b"PK") else [_separated(text(name, content))]


def pasted(text: str) -> Sheet:
    """Cells copied from a spreadsheet."""
    _check_size(text.encode("utf-8", "replace"))
    return _separated(text)


def too_many(row: int) -> Problem:
    """The table goes on past ROWS."""
    return Problem(row, "", f"이르러 {ROWS:,}행을 넘으니", "나누어 올리십시오")


def _check_size(content: bytes) -> None:
    if not content.strip():
        raise UploadError([Problem(None, "", "내용이 없으니", "표를 넣어 다시 올리십시오")])
    if len(content) > MEGABYTES * 1024 * 1024:
        raise UploadError(
            [Problem(None, "", f"{MEGABYTES}MB가 넘으니", "필요한 열만 남기거나 나누어 올리십시오")]
        )


def text(name: str, content: bytes) -> str:
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
    gap: Cells | None = None  # the reader fills missing rows with one and the same tuple
    for row, cells in zip(rows, formulas.iter_rows(**bounds), strict=True):
        if cells is gap or all(cell is EMPTY_CELL for cell in cells):
            gap = cells
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
        raise UploadError([too_many(kept[-1][0])])
    return kept


def _filled(rows: Iterable[Sequence[Any]]) -> Iterator[tuple[int, Sequence[Any]]]:
    for number, row in enumerate(rows, start=1):
        if row.count(None) < len(row) and any(cell is not None and str(cell).strip() for cell in row):
            yield number, row
