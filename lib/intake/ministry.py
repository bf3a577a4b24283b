"""주민등록 인구통계 as the ministry's site (행정안전부) gives it: a row per place, a block of columns per month.

Two tables are known, at the level of districts or of 동, of the whole country or of a part of it: 인구 및 세대현황
(2023년03월_총인구수, _세대수, _남자 인구수, _여자 인구수) and 연령별 인구현황 (2023년03월_계_총인구수, _계_연령구간인구수,
_계_0~9세 … _계_100세 이상, and the same for 남 and 여) in classes of one, five or ten years.
"""

import datetime
import re
import unicodedata
from typing import NamedTuple

from lib.intake import limits, residents
from lib.intake.draft import IntakeError, Problem, refusal
from lib.intake.grid import Source
from lib.intake.residents import FEMALE, HOUSEHOLDS, MALE, OLD, POPULATION, Figure, Places, Residents

HEAD_ROWS = 10
BLOCK = re.compile(r"(\d{4})년(?:(\d{1,2})월)?_(?:(계|남|여)_)?(\S+)")
AGE = re.compile(r"(\d{1,3})(?:~(\d{1,3})세|세(이상)?)")
NAMED = re.compile(r"(.*?)\((\d{10})\)")
COUNTS = {
    ("", "총인구수"): POPULATION,
    ("계", "총인구수"): POPULATION,
    ("남", "총인구수"): MALE,
    ("여", "총인구수"): FEMALE,
    ("", "남자인구수"): MALE,
    ("", "여자인구수"): FEMALE,
    ("", "세대수"): HOUSEHOLDS,
}
SPAN = "연령구간인구수"
BOTH = "계"
OLD_AGE = 65


class Ages(NamedTuple):
    """A class of ages, both ends in it; last is None where it is open."""

    first: int
    last: int | None


class Column(NamedTuple):
    """A column of a block: a count (item), the sum of the chosen ages (SPAN), or a class of ages."""

    place: int
    title: str
    as_of: datetime.date
    sex: str
    item: str
    ages: Ages | None = None


class Head(NamedTuple):
    row: int
    name: int
    code: int | None
    """The column of the code where it stands apart from the name."""
    columns: list[Column]


def head(source: Source) -> Head | None:
    """The row of headings of such a file; None where it is none."""
    for number, cells in source.top(HEAD_ROWS):
        plain = [_plain(cell) for cell in cells]
        columns = [column for place, title in enumerate(plain) if (column := _column(place, title))]
        names = [
            place for place, title in enumerate(plain) if title in ("행정구역", "행정기관", "행정구역명")
        ]
        codes = [place for place, title in enumerate(plain) if title in ("행정구역코드", "행정기관코드")]
        if names and columns:
            return Head(number, names[0], codes[0] if codes else None, columns)
    return None


def _plain(title: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", title[:100]))


def _column(place: int, title: str) -> Column | None:
    block = BLOCK.fullmatch(title)
    as_of = residents.month_end(int(block[1]), int(block[2] or 12)) if block else None
    if not block or not as_of:
        return None
    sex, what = block[3] or "", block[4]
    if ages := AGE.fullmatch(what):
        first = int(ages[1])
        last = int(ages[2]) if ages[2] else None if ages[3] else first
        return Column(place, title, as_of, sex or BOTH, "", Ages(first, last))
    item = SPAN if what == SPAN else COUNTS.get((sex, what))
    return Column(place, title, as_of, sex, item) if item else None


def read(source: Source, found: Head, gathered: Residents) -> None:
    """Add what the file says of Seoul. Raises IntakeError with the cells that are no counts."""
    problems: list[Problem] = []
    blocks = {column.as_of: _block(found, column.as_of) for column in found.columns}
    old = {as_of: _old_columns(columns) for as_of, columns in blocks.items()}
    if len(blocks) > limits.MONTHS:
        raise refusal(source.file, f"{limits.MONTHS}개월을 넘습니다.", "기간을 나누어 올려 주십시오.")
    seen = 0
    for number, cells in source.rows():
        if number <= found.row or found.name >= len(cells):
            continue
        named = _place(cells, found, gathered.places)
        if named is None:
            continue
        seen += 1
        if seen > limits.PLACES:
            raise refusal(
                source.file, "서울특별시의 행이 너무 많습니다.", "내려받은 그대로의 파일을 올려 주십시오."
            )
        if len(problems) > limits.PROBLEMS:
            break
        code, name = named
        for as_of, columns in blocks.items():
            counts = _counts(source, number, cells, columns, problems)
            if gathered.knows(as_of, code, name, counts):
                _add(gathered, as_of, code, counts, old[as_of], problems)
    if problems:
        raise IntakeError(problems)
    if not seen:
        raise refusal(source.file, "서울특별시 행이 없습니다.", "서울특별시를 골라 다시 내려받아 주십시오.")
    _say_what_ages_lack(gathered, blocks, old)


def _block(found: Head, as_of: datetime.date) -> list[Column]:
    return [column for column in found.columns if column.as_of == as_of]


def _place(cells: list[str], found: Head, places: Places) -> tuple[str, str] | None:
    """Code and name of a place of Seoul: SEOUL, five digits of a district, ten of a 동. None for all others."""
    text = " ".join(cells[found.name][:100].split())
    named = NAMED.fullmatch(text)
    name = (named[1] if named else text).strip()
    apart = cells[found.code].strip() if found.code is not None and found.code < len(cells) else ""
    code = named[2] if named else apart
    if not re.fullmatch(r"\d{10}", code):
        code = _code_of(name, places)
    if not code.startswith(residents.SEOUL):
        return None
    return re.sub(r"^(11)0{8}$|^(\d{5})0{5}$", r"\1\2", code), name


def _code_of(name: str, places: Places) -> str:
    """The code of 서울특별시 종로구 사직동, for a file without codes; empty for other places."""
    words = name.split()
    if not words or words[0] != residents.CITY:
        return ""
    district = places.district_code(words[1]) if len(words) > 1 else None
    if len(words) == 1:
        return residents.SEOUL
    if len(words) == 2 or district is None:
        return district or ""
    dong = places.dong_of(district, " ".join(words[2:]), datetime.date.max)
    return dong.code if dong else f"{district}?"


def _counts(
    source: Source, number: int, cells: list[str], columns: list[Column], problems: list[Problem]
) -> dict[Column, Figure]:
    """The counts of one row and month; cells that are none become problems."""
    counts = {}
    for column in columns:
        text = cells[column.place] if column.place < len(cells) else ""
        try:
            value = residents.count(text)
        except ValueError:
            expected = "1,234처럼 0 이상의 정수여야 합니다."
            problems.append(Problem(source.file, source.sheet, number, column.title, text[:40], expected))
            continue
        if value is not None:
            counts[column] = Figure(value, source.file, source.sheet, number, column.title, text.strip())
    return counts


def _add(
    gathered: Residents,
    as_of: datetime.date,
    code: str,
    counts: dict[Column, Figure],
    old: list[Column],
    problems: list[Problem],
) -> None:
    for column, figure in counts.items():
        if column.item == SPAN:
            parts = [part.value for other, part in counts.items() if other.ages and other.sex == column.sex]
            if parts and sum(parts) != figure.value:
                total = sum(parts)
                problems.append(figure.problem(f"연령별 인구를 더한 {total:,}과 같아야 합니다."))
        elif column.item:
            gathered.add(as_of, code, column.item, figure)
    items = {column.item: figure for column, figure in counts.items() if column.item}
    if POPULATION not in items and MALE in items and FEMALE in items:
        gathered.add(as_of, code, POPULATION, _sum([items[MALE], items[FEMALE]]))
    if old and all(column in counts for column in old):
        gathered.add(as_of, code, OLD, _sum([counts[column] for column in old]))


def _sum(figures: list[Figure]) -> Figure:
    """Counts of a row as one, which stands where the first and the last of them do."""
    value = sum(figure.value for figure in figures)
    first, last = figures[0], figures[-1]
    return first._replace(value=value, column=f"{first.column}~{last.column}", printed=f"{value:,}")


def _old_columns(columns: list[Column]) -> list[Column]:
    """The columns that 65 and older are the sum of; none where the classes do not say."""
    for sexes in ((BOTH,), ("남", "여")):
        chosen = []
        for sex in sexes:
            ages = [column for column in columns if column.ages and column.sex == sex]
            chosen.append(_from_old_age(ages))
        if all(chosen):
            return [column for part in chosen for column in part]
    return []


def _from_old_age(columns: list[Column]) -> list[Column]:
    """The classes from 65 to the open one; none where one of them is missing or begins below 65."""
    chosen = []
    age: int | None = OLD_AGE
    by_first = {column.ages.first: column for column in columns if column.ages}
    while age is not None:
        column = by_first.get(age)
        if column is None or column.ages is None or (column.ages.last is not None and column.ages.last < age):
            return []
        chosen.append(column)
        age = None if column.ages.last is None else column.ages.last + 1
    return chosen


def _say_what_ages_lack(
    gathered: Residents, blocks: dict[datetime.date, list[Column]], old: dict[datetime.date, list[Column]]
) -> None:
    for as_of, columns in blocks.items():
        classes = sorted({column.ages for column in columns if column.ages}, key=lambda ages: ages.first)
        if classes and not old[as_of]:
            across = [ages for ages in classes if ages.first < OLD_AGE <= (ages.last or ages.first)]
            reason = (
                f"연령 구간({across[0].first}~{across[0].last}세)이 65세를 걸쳐 있어 65세 이상을 셈할 수 없습니다."
                if across
                else "65세부터 100세 이상까지의 연령 구간이 모두 있지 않아 65세 이상을 셈할 수 없습니다."
            )
            gathered.month(as_of).ageless.append(reason)
