"""The cell of an uploaded table: what it may hold, and what it says."""

import datetime
import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from lib.upload.sheet import UNCALCULATED, Problem

LENGTH = 200
LARGEST = 1_000_000
PLAIN_NUMBER = re.compile(r"[+-]?(\d{1,15}|\d{1,3}(,\d{3}){1,4})(\.\d{1,15})?")
MONTH = re.compile(r"(\d{4})\s*[-./년]?\s*(\d{1,2})\s*([-./]\s*\d{1,2}\s*\.?|월|\.)?")
TIME = re.compile(r"(\d{1,2})\s*[:시]\s*(\d{1,2})?\s*(분|:\d{2})?")

Kind = Literal["text", "whole", "number", "month", "time"]


class Column(NamedTuple):
    """A column that is looked for, and what its cells may hold.

    text: str; whole: int of 0 … most; number: Decimal of 0 … most; month: date of its
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


def value(cell: Any, column: Column) -> Any:
    """What the cell holds for the column; or the Problem, its place left open."""
    if is_empty(cell):
        return (
            column.default
            if not column.required
            else Problem(None, "", "값이 없으니", "채우거나 그 행을 지우십시오")
        )
    if cell is UNCALCULATED:
        return Problem(
            None, "", "계산되지 않은 수식이 있으니", "엑셀에서 열어 저장하거나 값으로 붙여 넣으십시오"
        )
    if len(str(cell)) > LENGTH:
        return Problem(None, "", f"{LENGTH}자가 넘는 글이 있으니", "줄여 적으십시오")
    return READERS[column.kind](cell, column)


def is_empty(cell: Any) -> bool:
    return cell is None or not str(cell).strip()


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
            return Problem(None, "", f"소수({quoted(cell)})가 있으니", "정수로 고치십시오")
        return int(value)
    return value


def _read_number(cell: Any, column: Column) -> Any:
    text = unicodedata.normalize("NFKC", str(cell)).strip().rstrip("명건점").strip()
    text = re.sub(r"^[△▲−–]\s*", "-", text)
    if isinstance(cell, bool) or not PLAIN_NUMBER.fullmatch(text):
        return Problem(None, "", f"숫자가 아닌 값({quoted(cell)})이 있으니", "12처럼 숫자로 고치십시오")
    value = Decimal(text.replace(",", ""))
    if value < 0:
        return Problem(None, "", f"음수({quoted(cell)})가 있으니", "0 이상의 수로 고치십시오")
    if value > column.most:
        return Problem(
            None, "", f"너무 큰 수({quoted(cell)})가 있으니", f"{column.most:,} 이하의 수로 고치십시오"
        )
    return value


def _read_month(cell: Any, column: Column) -> Any:
    if isinstance(cell, datetime.date):
        return datetime.date(cell.year, cell.month, 1)
    found = MONTH.fullmatch(unicodedata.normalize("NFKC", str(cell)).strip())
    if found and 1 <= int(found[2]) <= 12 and 1900 <= int(found[1]) <= 2999:
        return datetime.date(int(found[1]), int(found[2]), 1)
    return Problem(None, "", f"월이 아닌 값({quoted(cell)})이 있으니", "2023-03처럼 고치십시오")


def _read_time(cell: Any, column: Column) -> Any:
    if isinstance(cell, (datetime.time, datetime.datetime)):
        return datetime.time(cell.hour, cell.minute)
    found = TIME.fullmatch(unicodedata.normalize("NFKC", str(cell)).strip())
    if found and int(found[1]) < 24 and int(found[2] or 0) < 60:
        return datetime.time(int(found[1]), int(found[2] or 0))
    return Problem(None, "", f"시각이 아닌 값({quoted(cell)})이 있으니", "08:30처럼 고치십시오")


def quoted(cell: object) -> str:
    """The cell as a message shows it, cut short."""
    text = re.sub(r"\s+", " ", str(cell)).strip()
    return f"{text[:20]}…" if len(text) > 20 else text


READERS: dict[Kind, Callable[[Any, Column], Any]] = {
    "text": _read_text,
    "whole": _read_whole,
    "number": _read_number,
    "month": _read_month,
    "time": _read_time,
}
