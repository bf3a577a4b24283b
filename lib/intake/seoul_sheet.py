"""주민등록인구 as Seoul's open-data site (서울 열린데이터광장) gives it: headings over two or three rows, sums in between.

The counts come for all (합계), Koreans (한국인) and registered foreigners (등록외국인); Koreans are taken. The date stands
in a column (기간: 2023.1/4) or above each block of columns (2023 1/4). 65세이상고령자 includes foreigners unless a heading
says otherwise, and is then not taken.
"""

import datetime
import re
import unicodedata
from typing import NamedTuple

from lib.intake import limits, residents
from lib.intake.draft import IntakeError, Problem, refusal
from lib.intake.grid import Source
from lib.intake.residents import FEMALE, HOUSEHOLDS, MALE, OLD, POPULATION, Figure, Places, Residents

SEARCHED_ROWS = 15
HEAD_ROWS = 5
PERIOD = ("기간", "시점")
DISTRICT = ("자치구", "자치구별(2)", "동별(2)", "구별", "구별(2)")
DONG = ("동", "행정동", "동별(3)", "자치구별(3)")
LABELS = (*PERIOD, *DISTRICT, *DONG, "동별(1)", "자치구별(1)", "구별(1)")
SUMS = ("합계", "소계", "계", "총계", "서울시", "서울특별시")
KOREANS = ("한국인", "내국인")
SEXES = {"남": MALE, "남자": MALE, "여": FEMALE, "여자": FEMALE}
FOREIGN_INCLUDED = "서울 열린데이터광장의 65세 이상에는 등록외국인이 들어 있어 쓰지 않았습니다."
NO_KOREANS = "한국인만 센 수가 없습니다(합계에는 등록외국인이 들어 있습니다)."


class Column(NamedTuple):
    place: int
    title: str
    item: str
    as_of: datetime.date | None
    """None where the date stands in a column of its own."""


class Head(NamedTuple):
    last_row: int
    period: int | None
    district: int
    dong: int | None
    columns: list[Column]
    mixed: set[str]
    """What is counted only together with foreigners: POPULATION, OLD."""


def head(source: Source, places: Places) -> Head | None:
    """The headings of such a table; None where it is none."""
    top = source.top(SEARCHED_ROWS + HEAD_ROWS)
    for position, (_, cells) in enumerate(top[:SEARCHED_ROWS]):
        plain = [_plain(cell) for cell in cells]
        district = _first(plain, DISTRICT)
        if district is None:
            continue
        rows = _head_rows(top[position : position + HEAD_ROWS], district, places)
        columns, mixed = _columns(rows)
        if columns or mixed:
            last = top[position + len(rows) - 1][0]
            return Head(last, _first(plain, PERIOD), district, _first(plain, DONG), columns, mixed)
    return None


def _plain(title: str) -> str:
    """A heading without spaces and units: 계 (명) is 계, 동별(2) stays."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", title[:100]))
    return re.sub(r"\((명|세대|%|개)\)", "", text)


def _first(plain: list[str], names: tuple[str, ...]) -> int | None:
    return next((place for place, title in enumerate(plain) if title in names), None)


def _head_rows(rows: list[tuple[int, list[str]]], district: int, places: Places) -> list[list[str]]:
    """The rows of headings, each with the headings that merged cells leave out."""
    heads: list[list[str]] = []
    width = max(len(cells) for _, cells in rows)
    for _, cells in rows:
        plain = [_plain(cell) for cell in cells] + [""] * (width - len(cells))
        if heads and (plain[district] in SUMS or places.district_code(plain[district])):
            break
        for place in range(1, width):
            # A merged cell holds its text in the first column alone, and ends where the heading above it ends.
            below_one = all(row[place] == row[place - 1] for row in heads)
            if not plain[place] and below_one and plain[place - 1] not in LABELS:
                plain[place] = plain[place - 1]
        heads.append(plain)
    return heads


def _columns(heads: list[list[str]]) -> tuple[list[Column], set[str]]:
    """The columns of Koreans, and what other columns count together with foreigners."""
    columns = []
    mixed = set()
    for place in range(len(heads[0]) if heads else 0):
        parts = list(dict.fromkeys(row[place] for row in heads if row[place]))
        if not parts or parts[0] in LABELS:
            continue
        as_of = next((date for part in parts if (date := period(part))), None)
        item, koreans_alone = _item([part for part in parts if not period(part)])
        if item and koreans_alone:
            columns.append(Column(place, " ".join(parts), item, as_of))
        elif item:
            mixed.add(item)
    return columns, mixed


def _item(parts: list[str]) -> tuple[str, bool]:
    """What a column counts (empty: nothing that is wanted), and whether Koreans alone."""
    if not parts or any("외국인" in part for part in parts):
        return "", False
    koreans = any(part in KOREANS for part in parts)
    if any(part.startswith("65세이상") for part in parts):
        whole = all(part in (*SUMS, *KOREANS) or part.startswith("65세이상") for part in parts)
        return (OLD if whole else ""), koreans
    if any(part in ("세대", "세대수") for part in parts):
        return HOUSEHOLDS, True
    if koreans:
        return SEXES.get(parts[-1], POPULATION if parts[-1] in (*SUMS, *KOREANS) else ""), True
    return (POPULATION if parts[0] in ("합계", "계", "인구", "총인구") else ""), False


def period(text: str) -> datetime.date | None:
    """The last day of a quarter (2023.1/4, 2023 1/4, 2023년 1분기), a month (2023.03, 2023년 3월) or a year (2022)."""
    plain = _plain(text)
    if found := re.fullmatch(r"(\d{4})[.년]?([1-4])(/4|분기)(분기)?", plain):
        return residents.month_end(int(found[1]), 3 * int(found[2]))
    if found := re.fullmatch(r"(\d{4})(?:[.년\-/](?=\d)|(?=\d\d월?$))(\d{1,2})월?", plain):
        return residents.month_end(int(found[1]), int(found[2]))
    if found := re.fullmatch(r"(\d{4})년?", plain):
        return residents.month_end(int(found[1]), 12)
    return None


def read(source: Source, found: Head, gathered: Residents) -> None:
    """Add what the table says. Raises IntakeError where Koreans are not told apart, or cells are no counts."""
    if not any(column.item == POPULATION for column in found.columns):
        expected = "한국인이 따로 나오는 표나 행정안전부 ‘주민등록 인구 및 세대현황’ 파일을 올려 주십시오."
        raise refusal(source.file, NO_KOREANS, expected)
    problems: list[Problem] = []
    district = ""
    seen: set[datetime.date] = set()
    for number, cells in source.rows():
        if number <= found.last_row:
            continue
        district = _cell(cells, found.district) or district
        if len(problems) > limits.PROBLEMS:
            break
        for column in found.columns:
            if column.place >= len(cells):
                break
            as_of = column.as_of or (period(_cell(cells, found.period)) if found.period is not None else None)
            if as_of is None:
                continue
            seen.add(as_of)
            if len(seen) > limits.MONTHS:
                raise refusal(source.file, f"{limits.MONTHS}개월을 넘습니다.", "기간을 나누어 올려 주십시오.")
            text = _cell(cells, column.place)
            figure = _figure(source, number, column, text, problems)
            if figure is None:
                continue
            code, name = _code(district, _cell(cells, found.dong), as_of, gathered.places)
            if gathered.knows(as_of, code, name, {column: figure}):
                gathered.add(as_of, code, column.item, figure)
    if problems:
        raise IntakeError(problems)
    if not seen:
        raise refusal(
            source.file,
            "기준 시점(예: 2023 1/4)을 찾지 못했습니다.",
            "기간이 나오도록 다시 내려받아 주십시오.",
        )
    if OLD in found.mixed and not any(column.item == OLD for column in found.columns):
        for as_of in seen:
            gathered.month(as_of).ageless.append(FOREIGN_INCLUDED)


def _cell(cells: list[str], place: int | None) -> str:
    return cells[place].strip() if place is not None and place < len(cells) else ""


def _figure(source: Source, number: int, column: Column, text: str, problems: list[Problem]) -> Figure | None:
    try:
        value = residents.count(text)
    except ValueError:
        expected = "1,234처럼 0 이상의 정수여야 합니다."
        problems.append(Problem(source.file, source.sheet, number, column.title, text[:40], expected))
        return None
    if value is None:
        return None
    return Figure(value, source.file, source.sheet, number, column.title, text)


def _code(district: str, dong: str, as_of: datetime.date, places: Places) -> tuple[str, str]:
    """Code of the place of a row, and its name; a code that nobody has where the place is not known."""
    if district in SUMS:
        return residents.SEOUL, residents.CITY
    code = places.district_code(district)
    if code is None:
        return f"?{district[:20]}", f"{residents.CITY} {district[:20]}"
    if not dong or dong in SUMS:
        return code, district
    known = places.dong_of(code, dong, as_of)
    return (known.code if known else f"{code}?{dong[:20]}"), f"{residents.CITY} {district} {dong[:20]}"
