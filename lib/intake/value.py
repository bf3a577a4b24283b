"""One value as the CSV has it (text) and as a spreadsheet has it (number, date, time, boolean, text)."""

import datetime
import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

from lib.intake.grid import BookCell, Value

INTEGERS = ("INTEGER", "BIGINT")
DIGITS = 15  # that a spreadsheet keeps of a number
LONGEST = 32_767  # letters that a spreadsheet keeps of a text
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
DATE = re.compile(r"(\d{4})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[.일]?")
TIME = re.compile(r"(\d{1,2})\s*[:시]\s*(\d{1,2})\s*분?")
NUMBER = re.compile(r"([-+△▲−]?)\s*(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?")
TEXT_FORMAT = "@"


class Shown(NamedTuple):
    """A value with the number format that shows it."""

    value: Value
    format: str


def scale(type_name: str) -> int | None:
    """Decimals of DECIMAL(7,1); None for other types."""
    found = re.fullmatch(r"DECIMAL\(\d+,\s*(\d+)\)", type_name)
    return int(found[1]) if found else None


# To a spreadsheet ---------------------------------------------------------------------------------


def shown(text: str, type_name: str) -> Shown:
    """The value of a text; the text itself where it is none of the type, so that nothing of it is lost."""
    plain = CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))[:LONGEST]
    if not plain:
        return Shown(None, _format(None, type_name, 0))
    value = _value(plain, type_name)
    decimals = len(plain.partition(".")[2])
    if value is not None and text_of(BookCell(value, decimals), type_name) == plain:
        return Shown(value, _format(value, type_name, decimals))
    return Shown(plain, TEXT_FORMAT)


def _value(text: str, type_name: str) -> Value:
    try:
        if type_name in INTEGERS:
            return int(text) if len(text) <= DIGITS else None
        if scale(type_name) is not None:
            return float(text) if len(text) <= DIGITS else None
        if type_name == "DATE":
            day = datetime.date.fromisoformat(text)
            return day if day.year >= 1901 else None  # a spreadsheet knows none before
        if type_name == "TIME":
            return datetime.time.fromisoformat(text)
    except ValueError:
        return None
    return {"true": True, "false": False}.get(text) if type_name == "BOOLEAN" else None


def _format(value: Value, type_name: str, decimals: int) -> str:
    if type_name in INTEGERS:
        return "#,##0"
    if (places := scale(type_name)) is not None:
        places = places if value is None else decimals
        return "#,##0" + ("." + "0" * places if places else "")
    return {"DATE": "yyyy-mm-dd", "TIME": "hh:mm", "BOOLEAN": "General"}.get(type_name, TEXT_FORMAT)


# From a spreadsheet -------------------------------------------------------------------------------


def text_of(cell: BookCell, type_name: str) -> str:
    """The text that the CSV would hold; what is none of the type comes as it stands, for the checks to refuse.

    A float has 15 digits, as a spreadsheet shows it, so that 0.1 + 0.2 is 0.3; as many decimals as its cell shows.
    """
    value = cell.value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return _number(value, cell.decimals if scale(type_name) is not None else None)
    if isinstance(value, (datetime.date, datetime.time, datetime.timedelta)):
        return _moment(value, type_name)
    plain = CONTROL.sub("", str(value)).strip() if value is not None else ""
    return _tidied(plain, type_name)


def _number(value: int | float, decimals: int | None) -> str:
    if isinstance(value, float) and not abs(value) < 1e300:
        return str(value)
    exact = Decimal(value) if isinstance(value, int) else Decimal(format(value, f".{DIGITS}g"))
    text = format(exact, "f")
    whole, _, part = text.partition(".")
    part = part.rstrip("0").ljust(min(decimals or 0, 10), "0")
    text = f"{whole}.{part}" if part else whole
    return "0" if text == "-0" else text


def _moment(value: datetime.date | datetime.time | datetime.timedelta, type_name: str) -> str:
    """A date or a time, whichever the column holds; a spreadsheet keeps both as one number."""
    if isinstance(value, datetime.timedelta):
        value = datetime.datetime(1900, 1, 1) + value
    if type_name == "TIME" and isinstance(value, datetime.datetime):
        value = value.time()
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    if isinstance(value, datetime.time):
        return value.isoformat("minutes") if not value.second else value.isoformat("seconds")
    return value.isoformat()


def _tidied(text: str, type_name: str) -> str:
    """A text that somebody typed where a date, a time, a number or a boolean belongs, in the form of the CSV."""
    plain = unicodedata.normalize("NFKC", text) if len(text) < 100 else text
    if type_name == "DATE" and (found := DATE.fullmatch(plain)):
        return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    if type_name == "TIME" and (found := TIME.fullmatch(plain)):
        return f"{int(found[1]):02}:{int(found[2]):02}"
    if type_name == "BOOLEAN" and plain.lower() in ("true", "false"):
        return plain.lower()
    if (type_name in INTEGERS or scale(type_name) is not None) and (found := NUMBER.fullmatch(plain)):
        sign = "-" if found[1] and found[1] != "+" else ""
        return sign + found[2].replace(",", "") + (found[3] or "")
    return text
