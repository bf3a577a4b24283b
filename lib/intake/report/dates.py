"""The as-of date, days, and windows of months, as Korean reports write them."""

import calendar
import datetime
import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from lib.intake.report import letters

# Of squeezed text: '23.3.31., ’23. 3. 31.(금), 2023년 3월 31일, 2023-03-31.
_YEAR = r"(?P<year>(?<![0-9])(?:20[0-9]{2}|'?[0-9]{2}))"
_DAY = _YEAR + r"[.년/-](?P<month>1[0-2]|0?[1-9])[.월/-](?P<day>3[01]|[12][0-9]|0?[1-9])(?![0-9])[.일]?"
DAY = re.compile(_DAY)
_MONTH_END = re.compile(_YEAR + r"[.년](?P<month>1[0-2]|0?[1-9])월?말")
_AS_OF = (
    re.compile(r"기준일?[:은]?\(?" + _DAY),
    re.compile(_DAY + r"(?:\([월화수목금토일]\))?(?:현재|기준)"),
)

_ONE_YEAR = r"(?:(?P<{0}>20[0-9]{{2}}|'?[0-9]{{2}})(?:\.|년도?))?"
_ONE_MONTH = r"(?P<{0}>1[0-2]|0?[1-9])"
# '23.4.~7. / 4~5월 / '23.8.~ / 8월~ / 3월 / '23.11월~'24.2월
WINDOW = re.compile(
    r"(?<![0-9.,])"
    + _ONE_YEAR.format("year")
    + _ONE_MONTH.format("month")
    + r"(?P<mark>[.월]|(?=~))(?P<open>~"
    + r"(?:"
    + _ONE_YEAR.format("last_year")
    + _ONE_MONTH.format("last_month")
    + r"(?P<last_mark>월|\.(?!\d)|(?=[^0-9.,%명개팀]|$)))?)?"
    r"(?:중|초|말)?(?![0-9일])"
)
_WORDS = {"연중": (1, 12), "상반기": (1, 6), "하반기": (7, 12)}
_QUARTER = re.compile(r"(?:([1-4])/4분기|(?<![0-9])([1-4])분기)")


class Window(NamedTuple):
    """Whole months from the first to the last; last is None where no end is given."""

    first: datetime.date
    last: datetime.date | None
    printed: str
    """Without the year where it is that of the report: 4~5월, 연중, 8월~."""
    start: int
    end: int
    """Place in the squeezed text."""
    words: bool = False
    """Whether it is given in words (연중, 상반기), which say less than months."""


def as_of(texts: Iterable[str]) -> Counter[datetime.date]:
    """Dates that stand beside 기준 or 현재, with how often they do."""
    found: Counter[datetime.date] = Counter()
    for text in texts:
        bare = letters.squeezed(text)
        days = {
            match.span("day"): day
            for pattern in _AS_OF
            for match in pattern.finditer(bare)
            if (day := _day(match)) is not None
        }
        found.update(days.values())
    return found


def month_ends(texts: Iterable[str]) -> Counter[datetime.date]:
    """Last days of months of which a text says 3월말, for reports that name no day."""
    found: Counter[datetime.date] = Counter()
    for text in texts:
        for match in _MONTH_END.finditer(letters.squeezed(text)):
            year, month = _year(match["year"]), int(match["month"])
            found[datetime.date(year, month, calendar.monthrange(year, month)[1])] += 1
    return found


def days(text: str) -> list[datetime.date]:
    """The days that a text names, in its order."""
    found = (_day(match) for match in DAY.finditer(letters.squeezed(text)))
    return [day for day in found if day is not None]


def windows(text: str, year: int) -> list[Window]:
    """The windows of months in a text, without those inside of whole days; places are of the squeezed text."""
    bare = letters.squeezed(text)
    whole_days = [match.span() for match in DAY.finditer(bare)]
    found = []
    for match in WINDOW.finditer(bare):
        inside = any(match.start() < end and start < match.end() for start, end in whole_days)
        if not inside and (window := _window(match, year)):
            found.append(window)
    for word, months in _WORDS.items():
        found += [
            Window(
                datetime.date(year, months[0], 1),
                datetime.date(year, months[1], 1),
                word,
                *match.span(),
                True,
            )
            for match in re.finditer(word, bare)
        ]
    for match in _QUARTER.finditer(bare):
        quarter = int(match[1] or match[2])
        first = datetime.date(year, 3 * quarter - 2, 1)
        last = datetime.date(year, 3 * quarter, 1)
        found.append(Window(first, last, match[0], *match.span(), True))
    return sorted(found, key=lambda window: window.start)


def _window(match: re.Match[str], year: int) -> Window | None:
    first_year = _year(match["year"]) if match["year"] else year
    month = int(match["month"])
    last_month = int(match["last_month"]) if match["last_month"] else None
    if match["mark"] == "" and last_month is None:
        return None  # a bare number before a wave
    if match["mark"] != "월" and match["last_mark"] != "월" and not match["year"]:
        return None  # 3. or 3.~4. without a year may be anything
    first = datetime.date(first_year, month, 1)
    last: datetime.date | None = first
    if match["open"]:
        last = None
        if last_month is not None:
            last_year = _year(match["last_year"]) if match["last_year"] else first_year
            if not match["last_year"] and last_month < month:
                last_year += 1
            last = datetime.date(last_year, last_month, 1)
    if last is not None and last < first:
        return None
    return Window(first, last, printed(first, last, year), *match.span())


def printed(first: datetime.date, last: datetime.date | None, year: int) -> str:
    """A window as a short text: 3월, 4~5월, 8월~, 2024년 1월."""
    start = "" if first.year == year else f"{first.year}년 "
    if last is None:
        return f"{start}{first.month}월~"
    if last == first:
        return f"{start}{first.month}월"
    if last.year == first.year:
        return f"{start}{first.month}~{last.month}월"
    return f"{start}{first.month}월~{last.year}년 {last.month}월"


def _day(match: re.Match[str]) -> datetime.date | None:
    try:
        return datetime.date(_year(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _year(text: str) -> int:
    year = int(text.lstrip("'"))
    return year if year > 99 else 2000 + year
