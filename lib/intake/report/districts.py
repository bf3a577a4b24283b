"""Stated figures: of the bureau as a whole, and of districts and 동, from lines and from tables alike."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from lib.intake.draft import Cell, Missing, Row
from lib.intake.report import blocks, letters, numbers, staff, topics
from lib.intake.report.figure_titles import TITLES
from lib.intake.report.reading import NOT_IN_FILE, Found, Reading, kept

DATASET = "district_fact"
COLUMNS = ("dataset", "figure", "subject", "value", "unit", "position", "note")
# Of squeezed text. N a number, M money in words (22조1,491억원), W where it ends a label.
_N = r"(?P<{}>[0-9][0-9,]*(?:\.[0-9]+)?)"
_M = r"(?P<{}>(?:[0-9,]+조)?[0-9,]*억?)원"
_PEOPLE = r"(?P<{0}_unit>만명|천명|명)"
_HOUSEHOLDS = r"(?P<{0}_unit>천세대|만세대|세대)"
_AVERAGE = r"[-:]*평균:?"


class Pattern(NamedTuple):
    """What one sentence of the section says: named groups are figures, NAME_unit their units, NAME_subject of what."""

    text: str
    money: tuple[str, ...] = ()
    units: dict[str, str] = {}


def _people(name: str) -> str:
    return _N.format(name) + _PEOPLE.format(name)


def _households(name: str) -> str:
    return _N.format(name) + _HOUSEHOLDS.format(name)


def _extreme(word: str, end: str, of: str, pattern: str) -> str:
    return rf"{word}:?(?P<{of}_{end}_subject>{pattern})"


_DISTRICT = r"[가-힣]{1,4}구"
_DONG = r"[가-힣]{1,4}구[가-힣0-9·.]{1,8}동"


def _city() -> list[Pattern]:
    """Figures of the whole city."""
    return [
        Pattern(rf"면적:?{_N.format('area')}(?P<area_unit>㎢|km2|km²)"),
        Pattern(rf"국토(?:면적)?의?{_N.format('national_area_share')}%", units={"national_area_share": "%"}),
        Pattern(rf"인구:?{_people('population')}(?:\(?,?{_households('household_count')}\)?)?"),
        Pattern(
            rf"{_N.format('district_count')}개?자치구,?{_N.format('dong_count')}개?(?:행정)?동",
            units={"district_count": "개", "dong_count": "개"},
        ),
        Pattern(rf"{_N.format('tong')}개?통,?·?{_N.format('ban')}개?반", units={"tong": "개", "ban": "개"}),
        Pattern(rf"예산(?:규모)?:?{_M.format('budget_total')}", money=("budget_total",)),
        Pattern(
            rf"재정자립도:?(?:{_AVERAGE})?{_N.format('fiscal_independence_average')}%",
            units={"fiscal_independence_average": "%"},
        ),
    ]


def _offices() -> list[Pattern]:
    """정원 and money of districts and their councils."""
    return [
        Pattern(rf"정원:?{_N.format('quota_total')}명\(자치구{_AVERAGE}{_N.format('quota_total_average')}명"),
        Pattern(
            rf"자치구(?:\([0-9]+\))?:?정원:?{_N.format('quota_district')}명"
            rf"(?:[(,:]?{_AVERAGE}{_N.format('quota_district_average')}명)?"
        ),
        Pattern(
            rf"구의회(?:\([0-9]+\))?:?정원:?{_N.format('quota_council')}명"
            rf"(?:[(,:]?{_AVERAGE}{_N.format('quota_council_average')}명)?"
        ),
        Pattern(rf"자치구{_AVERAGE}{_M.format('budget_average')}", money=("budget_average",)),
        Pattern(
            rf"조정교부금(?:\(본예산\))?:?{_M.format('adjustment_grant')}"
            rf"(?:[^0-9]{{0,3}}'?[0-9]{{2,4}}년?본예산{_M.format('adjustment_grant_previous')}대비"
            rf"{_N.format('adjustment_grant_change')}%(?P<direction>증가|감소|증|감)?)?",
            money=("adjustment_grant", "adjustment_grant_previous"),
            units={"adjustment_grant_change": "%"},
        ),
    ]


def _averages() -> Iterator[Pattern]:
    for level, label in (("district", r"(?<!명\()자치구별?"), ("dong", "(?<![가-힣0-9·])(?:행정)?동별?")):
        people, households = f"population_average_{level}", f"household_average_{level}"
        yield Pattern(rf"{label}:?{_AVERAGE}{_people(people)}(?:[(,]{_households(households)})?")


def _extremes() -> Iterator[Pattern]:
    for end, word in (("max", "최대"), ("min", "최소")):
        yield Pattern(
            _extreme(word, end, "district", _DISTRICT)
            + rf"[:(]?{_people(f'population_{end}_district')}(?:[(,]{_households(f'household_{end}_district')})?"
        )
        yield Pattern(_extreme(word, end, "dong", _DONG) + rf"[:(]?{_people(f'population_{end}_dong')}")
        budget = f"budget_{end}"
        yield Pattern(_extreme(word, end, "budget", _DISTRICT) + rf"[:(]?{_M.format(budget)}", (budget,))


PATTERNS = [
    (re.compile(pattern.text), pattern) for pattern in (*_city(), *_offices(), *_averages(), *_extremes())
]
_SUBJECTS = {
    "population_max_district": "district_max_subject",
    "household_max_district": "district_max_subject",
    "population_min_district": "district_min_subject",
    "household_min_district": "district_min_subject",
    "population_max_dong": "dong_max_subject",
    "population_min_dong": "dong_min_subject",
    "budget_max": "budget_max_subject",
    "budget_min": "budget_min_subject",
}
_LEADER = re.compile(r"[-_.…·:=]{3,}")
_OPENER = re.compile(r"^[-:·]+")


class Figure(NamedTuple):
    """One figure as it is printed."""

    value: Cell
    unit: str
    subject: str = ""


def figures(reading: Reading) -> Found:
    """The rows of stated_figure of the bureau and of the districts; rows of other sections stay as they stand.

    A figure that is not found keeps its standing value with a doubt, and is listed as missing.
    """
    found: dict[str, Figure] = {
        name: Figure(cell, "명" if name == "head_count" else "개")
        for name, cell in staff.totals(reading).items()
    }
    found |= _of_districts(reading)
    if not found:
        what = "자치구·동 행정여건의 수치를 찾지 못하였습니다. 면적, 인구, 정원, 예산규모가 있는지 확인해 주십시오."
        return Found(missing=[Missing("stated_figure", what)])
    rows: list[Row] = []
    missing = []
    for row in reading.rows("stated_figure"):
        if row["dataset"] not in (DATASET, "organisation"):
            rows.append(kept(row, "") | {"value": Cell(row["value"], doubt=NOT_IN_FILE)})
            continue
        figure = found.pop(row["figure"], None)
        if figure is None:
            rows.append(kept(row) | {"value": Cell(row["value"], doubt=NOT_IN_FILE)})
            what = f"{row['subject']} {TITLES.get(row['figure'], row['figure'])}(이전 판 {row['value']}{row['unit']}): 찾지 못하여 이전 판의 값을 두었습니다. 값을 확인해 주십시오."
            missing.append(Missing("stated_figure", what))
        else:
            rows.append(_known(row, figure))
    first = 1 + sum(row["dataset"].text == DATASET for row in rows)
    rows += [_new(name, figure, first + number) for number, (name, figure) in enumerate(found.items())]
    return Found(rows, [], missing)


def _known(row: dict[str, str], figure: Figure) -> Row:
    doubt = (
        ""
        if figure.unit == row["unit"]
        else f"이전 판의 단위({row['unit']})와 다릅니다. 단위를 확인해 주십시오."
    )
    own = letters.key(figure.subject) != letters.key(row["subject"]) and figure.subject
    note = Cell(row["note"])
    if row["note"] and (own or figure.value.text != row["value"]):
        note = Cell(row["note"], doubt="값이 바뀌었습니다. 이전 판의 설명이 이번에도 맞는지 확인해 주십시오.")
    return {
        **kept(row),
        "subject": Cell(figure.subject if own else row["subject"], figure.value.place if own else ""),
        "value": figure.value,
        "unit": Cell(figure.unit, figure.value.place, doubt=doubt),
        "note": note,
    }


def _new(name: str, figure: Figure, position: int) -> Row:
    dataset = "organisation" if name.endswith(("section_count", "office_count", "head_count")) else DATASET
    doubt = "이전 판에 없는 수치입니다. 무엇의 수치인지 확인해 주십시오."
    subject = figure.subject or "서울특별시"
    cells = (dataset, name, subject, "", figure.unit, str(position), "")
    row = {column: Cell(text) for column, text in zip(COLUMNS, cells, strict=True)}
    return row | {"value": figure.value, "subject": Cell(subject, doubt=doubt)}


def _of_districts(reading: Reading) -> dict[str, Figure]:
    """Figures by English name: of the section on districts, else of the whole report with a doubt."""
    within = reading.within(topics.DISTRICT)
    doubt = "" if within else "자치구·동 행정여건 항목 밖에서 읽었습니다. 맞는 수치인지 확인해 주십시오."
    found: dict[str, Figure] = {}
    for text, place in sentences(within or list(reading.blocks)):
        for compiled, pattern in PATTERNS:
            for match in compiled.finditer(text):
                for name, figure in _figures(match, pattern, place, doubt):
                    found.setdefault(name, figure)
    return found


def _figures(match: re.Match[str], pattern: Pattern, place: str, doubt: str) -> list[tuple[str, Figure]]:
    groups = match.groupdict()
    found = []
    for name, text in groups.items():
        if not text or name.endswith(("_unit", "_subject")) or name == "direction":
            continue
        if name in pattern.money:
            number, unit = numbers.hundred_million_won(text), "억원"
        else:
            number = Decimal(text.replace(",", "")) if len(text) < 18 else None
            unit = pattern.units.get(name) or groups.get(f"{name}_unit") or "명"
        if number is None:
            continue
        if name == "adjustment_grant_change" and (groups["direction"] or "").startswith("감"):
            number = -number
        subject = groups.get(_SUBJECTS.get(name, ""), "") or ""
        cell = Cell(numbers.written(number), place, match[0][:80], doubt)
        found.append((name, Figure(cell, unit.replace("km2", "㎢").replace("km²", "㎢"), _spaced(subject))))
    return found


def _spaced(subject: str) -> str:
    """은평구진관동 as 은평구 진관동."""
    return re.sub(r"^([가-힣]{1,4}구)(?=[가-힣0-9·.]+동$)", r"\1 ", subject)


def sentences(within: Sequence[blocks.Block]) -> list[tuple[str, str]]:
    """Squeezed text with its place: lines, also joined with the one before, and rows of grids with their label."""
    found: list[tuple[str, str]] = []
    before = ""
    for block in within:
        if isinstance(block, blocks.Line):
            text = _OPENER.sub("", _LEADER.sub("", letters.squeezed(letters.item(block.text))))
            found.append((text, block.place))
            # 최대 and 최소 may be set in two columns, a label in a line of its own.
            if before and not text.startswith(("최대", "최소")) and len(before) < 20:
                found.append((before + text, block.place))
            before = text
            continue
        before = ""
        for row in block.rows:
            for slot in {slot.origin: slot for slot in row}.values():
                found += [
                    (_OPENER.sub("", letters.squeezed(letters.item(line))), slot.place)
                    for line in slot.text.splitlines()
                ]
            joined = ":".join(letters.squeezed(text) for text in blocks.texts(row))
            place = row[-1].place if row else ""
            found.append((joined, place))
            found.append((joined.replace(":", ""), place))
    first: dict[str, str] = {}
    for text, place in found:
        first.setdefault(text, place)
    return list(first.items())
