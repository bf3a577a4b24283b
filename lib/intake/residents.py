"""Resident registration as figures of a place and a month, whatever file they stand in."""

import calendar
import datetime
import re
import unicodedata
from collections.abc import Mapping
from typing import Any, NamedTuple

from lib.intake import limits
from lib.intake.draft import Cell, Problem
from lib.intake.standing import Standing

# What is told of a place in a month.
POPULATION, HOUSEHOLDS, MALE, FEMALE, OLD = "인구", "세대", "남자", "여자", "65세 이상"
ITEMS = (POPULATION, HOUSEHOLDS, MALE, FEMALE, OLD)
SEOUL = "11"
CITY = "서울특별시"


COUNT = re.compile(r"(\d{1,3}(,\d{3}){1,3}|\d{1,10})(\.0+)?", re.ASCII)
NONE = ("", "-", "–", "…")


class Figure(NamedTuple):
    """A count with where it stands."""

    value: int
    file: str
    sheet: str
    row: int
    column: str
    printed: str

    @property
    def place(self) -> str:
        sheet = f"{self.sheet} 시트 " if self.sheet else ""
        return f"{self.file} {sheet}{self.row}행 ‘{self.column}’ 열"

    @property
    def cell(self) -> Cell:
        return Cell(str(self.value), self.place, self.printed)

    def problem(self, expected: str) -> Problem:
        """That this count is wrong, and what was expected."""
        return Problem(self.file, self.sheet, self.row, self.column, self.printed, expected)


class Month(NamedTuple):
    """The figures of a month by code of the place: SEOUL, five digits of a district, or ten of a 동."""

    as_of: datetime.date
    figures: dict[str, dict[str, Figure]]
    ageless: list[str]
    """Why the files do not say how many are 65 and older, as sentences of Korean; one per file that could have."""

    def figure(self, code: str, item: str) -> Figure | None:
        return self.figures.get(code, {}).get(item)


class Residents:
    """What several files say of several months, brought together; problems where they contradict each other."""

    def __init__(self, places: "Places") -> None:
        self.places = places
        self.months: dict[datetime.date, Month] = {}
        self.problems: list[Problem] = []
        self.strangers: set[str] = set()
        """Codes of rows that belong to no known place; each is told once."""

    def month(self, as_of: datetime.date) -> Month:
        if as_of not in self.months:
            self.months[as_of] = Month(as_of, {}, [])
        return self.months[as_of]

    def knows(self, as_of: datetime.date, code: str, name: str, counts: Mapping[Any, Figure]) -> bool:
        """Whether a row is of a place there was on that day; a problem where it is not and yet counts anybody."""
        dong = self.places.dongs.get(code)
        if code == SEOUL or code in self.places.districts or (dong and dong.stands(as_of)):
            return True
        counted = [figure for figure in counts.values() if figure.value]
        if counted and code not in self.strangers and len(self.problems) <= limits.PROBLEMS:
            self.strangers.add(code)
            self.problems.append(self._stranger(as_of, code, name, counted[0]))
        return False

    def _stranger(self, as_of: datetime.date, code: str, name: str, figure: Figure) -> Problem:
        found = f"{name}({code})" if code.isdigit() else name
        dong = self.places.dongs.get(code)
        if dong:
            validity = " ~ ".join(str(day or "") for day in (dong.valid_from, dong.valid_to))
            expected = (
                f"동 목록에 {validity} 동안 있던 동으로 적혀 있어 {as_of} 자료에 있을 수 없습니다."
                " data/reference/dong.csv의 valid_from·valid_to를 확인해 주십시오."
            )
        else:
            expected = (
                "목록에 없는 곳입니다. 새로 생기거나 이름·코드가 바뀐 동이면 동 목록(‘동 (dong)’ 통합 문서나"
                " data/reference/dong.csv)에 코드·자치구·이름·면적과 시작일(valid_from)을 적은 행을 더하고,"
                " 없어진 동의 행에 마지막 날(valid_to)을 적어 함께 올려 주십시오."
            )
        return Problem(figure.file, figure.sheet, figure.row, "행정구역", found, expected)

    def add(self, as_of: datetime.date, code: str, item: str, figure: Figure) -> None:
        """One count; a problem where another file, or another row, says otherwise."""
        known = self.month(as_of).figures.setdefault(code, {}).setdefault(item, figure)
        if known.value != figure.value and len(self.problems) <= limits.PROBLEMS:
            self.problems.append(
                figure.problem(
                    f"{known.place}의 {known.printed}와 같아야 합니다. 같은 기준의 파일인지 확인해 주십시오."
                )
            )


class Dong(NamedTuple):
    code: str
    district_code: str
    dong: str
    valid_from: datetime.date | None
    valid_to: datetime.date | None

    def stands(self, as_of: datetime.date) -> bool:
        """Whether there was such a 동 on that day."""
        return (self.valid_from or as_of) <= as_of <= (self.valid_to or as_of)


class Places(NamedTuple):
    """The districts and 동 that are known, for names and codes."""

    districts: dict[str, str]
    """Name by code."""
    dongs: dict[str, Dong]

    def district_code(self, name: str) -> str | None:
        """Of 종로구; None where there is no such district."""
        return next((code for code, known in self.districts.items() if known == name.replace(" ", "")), None)

    def dong_of(self, district_code: str, name: str, as_of: datetime.date) -> Dong | None:
        """The 동 of that name (종로1·2·3·4가동 or 종로1.2.3.4가동) on that day, or else on any."""
        named = [
            dong
            for dong in self.dongs.values()
            if dong.district_code == district_code and plain_name(dong.dong) == plain_name(name)
        ]
        return next((dong for dong in named if dong.stands(as_of)), named[0] if named else None)

    def title(self, code: str) -> str:
        """Name of a place for people."""
        if code == SEOUL:
            return CITY
        dong = self.dongs.get(code)
        return f"{self.title(dong.district_code)} {dong.dong}" if dong else self.districts.get(code, code)


def places(standing: Standing) -> Places:
    """The places of the reference data as it stands."""
    return Places(
        {row["district_code"]: row["district"] for row in standing.rows("district")},
        {
            row["dong_code"]: Dong(
                row["dong_code"],
                row["district_code"],
                row["dong"],
                _day(row.get("valid_from", "")),
                _day(row.get("valid_to", "")),
            )
            for row in standing.rows("dong")
        },
    )


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        return None


def plain_name(name: str) -> str:
    """A name without what files write differently: 종로1·2·3·4가동, 종로1.2.3.4가동."""
    return re.sub(r"[\s.,·ㆍ・‧∙]", "", unicodedata.normalize("NFKC", name))


def month_end(year: int, month: int) -> datetime.date | None:
    """Its last day; None where there is no such month."""
    if not (1990 <= year <= 2999 and 1 <= month <= 12):
        return None
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def count(text: str) -> int | None:
    """The number of a cell such as 1,234; None where the cell is empty or "-". Raises ValueError where it is neither."""
    plain = text.strip()
    if COUNT.fullmatch(plain) is None:
        if len(text) > 40:
            raise ValueError(text[:40])
        plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    if plain in NONE:
        return None
    if COUNT.fullmatch(plain) is None:
        raise ValueError(text)
    return int(plain.split(".")[0].replace(",", ""))
