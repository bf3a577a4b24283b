"""Money, people, percent and dates as Korean text. Nothing is never zero: it is "-"."""

import datetime
import math
from typing import NamedTuple

import pandas as pd

EMPTY = "-"
MINUS = "△"


class Unit(NamedTuple):
    """A unit of money: its name, how many 천원 it holds, and the decimals it is shown with."""

    name: str
    thousand_won: int
    decimals: int


UNITS = (Unit("천원", 1, 0), Unit("백만원", 1_000, 0), Unit("억원", 100_000, 1))


def unit(name: str) -> Unit:
    """The unit of that name; 억원 where there is none."""
    return next((unit for unit in UNITS if unit.name == name), UNITS[-1])


def number(value: float | None, decimals: int = 0) -> str:
    """A number with thousands separators and △ for minus, rounded half away from zero."""
    if value is None or pd.isna(value):
        return EMPTY
    scaled = math.floor(abs(value) * 10**decimals + 0.5 + 1e-9) / 10**decimals
    return f"{MINUS if value < 0 and scaled else ''}{scaled:,.{decimals}f}"


def amount(thousand_won: float | None, unit: Unit) -> str:
    """An amount in the unit, without its name; with more decimals where it would read as a false zero."""
    if thousand_won is None or pd.isna(thousand_won):
        return EMPTY
    value = float(thousand_won) / unit.thousand_won
    decimals = unit.decimals
    while 0 < abs(value) < 0.5 / 10**decimals:
        decimals += 1
    return number(value, decimals)


def money(thousand_won: float | None, unit: Unit) -> str:
    """An amount with its unit."""
    text = amount(thousand_won, unit)
    return text if text == EMPTY else f"{text}{unit.name}"


def won_words(thousand_won: float) -> str:
    """An amount as it is said aloud: 4조 4,940억원, 352억원, 2,415만원."""
    sign = MINUS if thousand_won < 0 else ""
    hundred_millions = math.floor(abs(thousand_won) / 100_000 + 0.5)
    if not hundred_millions:
        return f"{sign}{abs(thousand_won) / 10:,.0f}만원"
    trillions, rest = divmod(hundred_millions, 10_000)
    words = [f"{trillions:,}조"] * bool(trillions) + [f"{rest:,}억"] * bool(rest)
    return f"{sign}{' '.join(words)}원"


def people(count: float | None) -> str:
    """A head count with 명."""
    return EMPTY if pd.isna(count) else f"{number(count)}명"


def percent(value: float | None, decimals: int = 1) -> str:
    """A value that is in percent already."""
    text = number(value, decimals)
    return text if text == EMPTY else f"{text}%"


def rate(share: float | None, decimals: int = 1) -> str:
    """A share of one as percent."""
    return EMPTY if share is None or pd.isna(share) else percent(share * 100, decimals)


def points(difference: float | None, decimals: int = 1) -> str:
    """A difference of two percentages in %p, with its sign."""
    if pd.isna(difference):
        return EMPTY
    text = number(difference, decimals)
    return f"{text}%p" if text.startswith(MINUS) else f"+{text}%p"


def rate_points(difference: float | None, decimals: int = 1) -> str:
    """A difference of two shares of one in %p, with its sign."""
    return EMPTY if difference is None or pd.isna(difference) else points(difference * 100, decimals)


def signed(difference: str) -> str:
    """A difference as text, with + where it is more and 변동 없음 where it is nothing."""
    if not any(digit in difference for digit in "123456789"):
        return difference if difference == EMPTY else "변동 없음"
    return difference if difference.startswith((MINUS, "+")) else f"+{difference}"


def date(day: datetime.date) -> str:
    """2023. 3. 31."""
    return f"{day.year}. {day.month}. {day.day}."


def month(day: datetime.date) -> str:
    """2023년 4월."""
    return f"{day.year}년 {day.month}월"


def particle(word: str, after_consonant: str, after_vowel: str) -> str:
    """The word with the particle that its last Hangul syllable asks for; what stands in brackets is not read."""
    spoken = word.partition("(")[0].rstrip()
    final = 0xAC00 <= ord(spoken[-1]) <= 0xD7A3 and (ord(spoken[-1]) - 0xAC00) % 28
    return f"{word}{after_consonant if final else after_vowel}"
