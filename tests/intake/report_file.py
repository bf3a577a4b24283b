"""Reports made for tests, as .hwpx and as plain text: the figures of a data edition in our own words and many layouts."""

import calendar
import csv
import datetime
import functools
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from hwpx import HwpxDocument

from data import build
from lib import format
from lib.intake import standing
from lib.intake.draft import Draft
from lib.intake.standing import Standing

Rows = dict[str, list[dict[str, str]]]
PUBLISHED = datetime.date(2023, 3, 31)
FOLDER = Path(build.__file__).parent / "report" / PUBLISHED.isoformat()
SECTIONS = ("staff", "duties", "revenue", "expenditure", "districts", "renovation", "meeting", "counselling")


def published() -> Rows:
    """The rows of the published edition by table."""
    return {
        path.stem: list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
        for path in sorted(FOLDER.glob("*.csv"))
    }


@functools.cache
def standing_data() -> Standing:
    """The published data as the readers are given it."""
    return standing.of(FOLDER.parents[1])


class Layout(NamedTuple):
    """How a report is set."""

    as_of: datetime.date = PUBLISHED
    sections: tuple[str, ...] = SECTIONS
    unit: str = "천원"
    unit_in_table: bool = False
    merged_heads: bool = True
    swapped_years: bool = False
    split_after: int = 0
    """Lines of a budget table on its first page; 0: all."""
    broken_name: bool = False
    """Whether the first line of the second page stands in two rows."""
    spaced: bool = False
    """Names letter by letter, with full-width spaces before and behind."""
    levels: bool = False
    """Names in one column per level."""
    one_cell: bool = False
    """All lines of a budget table in one row, a paragraph each."""
    wide: bool = False
    """Full-width figures."""
    staff: str = "boxes"
    districts: str = "lines"
    buckets: str = "lines"
    schedule: str = "prose"
    apostrophe: str = "’"


SECOND_QUARTER = datetime.date(2023, 6, 30)
PLAIN_LAYOUTS = {
    "as published": Layout(),
    "other date": Layout(SECOND_QUARTER),
    "split over pages": Layout(SECOND_QUARTER, split_after=6),
    "a name broken by a page": Layout(SECOND_QUARTER, split_after=6, broken_name=True),
    "letters set apart": Layout(SECOND_QUARTER, split_after=9, spaced=True),
    "other order": Layout(
        SECOND_QUARTER, tuple(reversed(SECTIONS)), unit_in_table=True, apostrophe="'", spaced=True
    ),
    "heads in one row": Layout(SECOND_QUARTER, merged_heads=False, apostrophe="‘"),
    "next year": Layout(datetime.date(2024, 3, 31), spaced=True, apostrophe="′"),
    "tables": Layout(
        SECOND_QUARTER,
        merged_heads=False,
        staff="table",
        districts="table",
        buckets="table",
        schedule="table",
    ),
    "millions": Layout(SECOND_QUARTER, unit="백만원", swapped_years=True, spaced=True),
}
DRAWN_LAYOUTS = {
    **PLAIN_LAYOUTS,
    "a chart of cells": Layout(SECOND_QUARTER, unit="백만원", swapped_years=True, staff="chart"),
    "a box per cell": Layout(SECOND_QUARTER, staff="cells", wide=True),
    "a column per level": Layout(SECOND_QUARTER, levels=True, wide=True, unit_in_table=True),
    "all lines in one row": Layout(SECOND_QUARTER, one_cell=True, spaced=True),
}


class Line(NamedTuple):
    text: str


class Box(NamedTuple):
    """A drawn box with lines of text."""

    lines: tuple[str, ...]


class Table(NamedTuple):
    """Cells by row, and merged areas: row, column, last row, last column."""

    rows: list[list[str]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    heads: int = 1


Part = Line | Box | Table


# What a report says -------------------------------------------------------------------------------


def report(facts: Rows, layout: Layout) -> list[Part]:
    """The parts of a report on the facts, in the order of the layout."""
    sections = {
        "staff": _staff,
        "duties": _duties,
        "revenue": lambda facts, layout: _budget(facts, layout, "세입"),
        "expenditure": lambda facts, layout: _budget(facts, layout, "세출"),
        "districts": _districts,
        "renovation": _renovation,
        "meeting": _meeting,
        "counselling": _counselling,
    }
    parts: list[Part] = [Line("시험용 보고 (만든 자료)"), Line(f"(기준 : {_day(layout)})")]
    for name in layout.sections:
        parts += sections[name](facts, layout)
    return parts


def _day(layout: Layout) -> str:
    day = layout.as_of
    return f"{layout.apostrophe}{day:%y}. {day.month}. {day.day}."


def _spaced(text: str, layout: Layout) -> str:
    return f"　{' '.join(text)}　" if layout.spaced else text


def _stated(facts: Rows, figure: str) -> dict[str, str]:
    [row] = [row for row in facts["stated_figure"] if row["figure"] == figure]
    return row


def _value(facts: Rows, figure: str) -> str:
    number = float(_stated(facts, figure)["value"])
    return format.number(number, 0 if number.is_integer() else 2 if number > 100 else 1)


def _words(facts: Rows, figure: str) -> str:
    return format.won_words(float(_stated(facts, figure)["value"]) * 100_000)


def _staff(facts: Rows, layout: Layout) -> Iterator[Part]:
    totals = [_value(facts, figure) for figure in ("section_count", "office_count", "head_count")]
    yield Line("조직 및 인력 : {}과 {}사업소 {}명".format(*totals))
    inside = [row for row in facts["department"] if row["kind"] != "위탁 법인"]
    outside = [row for row in facts["department"] if row["kind"] == "위탁 법인"]
    if layout.staff == "table":
        rows = [["부서", "팀 수", "인력(명)", "비중(%)"], ["계", "31", totals[2], "100"]]
        rows += [
            [_spaced(row["department"], layout), row["team_count"] or "-", row["head_count"], "5.5"]
            for row in inside
        ]
        yield Table(rows)
    elif layout.staff == "chart":
        yield Table(
            [
                ["행 정 국"] * len(inside),
                [_count(row) for row in inside],
                [" ".join(row["department"]) for row in inside],
            ],
            ((0, 0, 0, len(inside) - 1),),
        )
    elif layout.staff == "cells":
        boxes = [f"{_count(row)}\n{' '.join(row['department'])}" for row in inside]
        yield Table([boxes[:4], ["", *boxes[4:7]], [boxes[7]] * 4], ((2, 0, 2, 3),))
    else:
        for row in inside:
            yield Box(
                (_count(row), " ".join(row["department"]))
                if row["team_count"]
                else (f"{row['department']} {_count(row)}",)
            )
    for row in outside:
        founded = datetime.date.fromisoformat(row["established_on"])
        day = f"{layout.apostrophe}{founded:%y}. {founded.month}. {founded.day}. 설립"
        yield Line(f"※ (사){row['department']}({day}) {row['division_count']}부 {_count(row)}")


def _count(row: dict[str, str]) -> str:
    return f"{row['team_count']}팀 {row['head_count']}명" if row["team_count"] else f"{row['head_count']}명"


def _duties(facts: Rows, layout: Layout) -> Iterator[Part]:
    yield Line("부서별 담당업무")
    rows = [["부  서", "담  당  업  무"]]
    for department in dict.fromkeys(row["department"] for row in facts["duty"]):
        own = [row["duty"] for row in facts["duty"] if row["department"] == department]
        half = (len(own) + 1) // 2
        rows.append([_spaced(department, layout), f"◦ {', '.join(own[:half])}\n◦ {', '.join(own[half:])} 등"])
    yield Table(rows)


def _budget(facts: Rows, layout: Layout, side: str) -> Iterator[Part]:
    year = layout.as_of.year
    unit = f"({_day(layout)} 기준, 단위 : {layout.unit}, %)"
    yield Line(f"  ㅇ {side}총괄" + ("" if layout.unit_in_table else f" {unit}"))
    word = ("징수", "징수액", "징수율") if side == "세입" else ("집행", "집행액", "집행률")
    before, now = f"{year - 1} 예산현액\n(A)", f"{year} 예산현액\n(B)"
    years = [now, before] if layout.swapped_years else [before, now]
    change, status = f"{layout.apostrophe}{(year - 1) % 100}년 대비 증감", f"{word[0]}현황"
    lines = [row for row in facts["budget_line"] if row["side"] == side]
    names = _names(lines, layout)
    width = len(names[0])
    rows = [[*name, *_amounts(row, layout)] for name, row in zip(names, lines, strict=True)]
    top = ["구   분"] * width
    if layout.merged_heads:
        heads = [
            [*top, *years, change, change, status, status],
            [*top, *years, "증감액(B-A)", "증감률", f"{word[1]}(C)", f"{word[2]}(C/B)"],
        ]
        merged = (
            (0, 0, 1, width - 1),
            *((0, width + c, 1, width + c) for c in (0, 1)),
            *((0, width + c, 0, width + c + 1) for c in (2, 4)),
        )
    else:
        heads = [[*top, *years, "증감액", "증감률(%)", word[1], f"{word[2]}(%)"]]
        merged = ((0, 0, 0, width - 1),) if width > 1 else ()
    if layout.unit_in_table:
        heads = [[unit] * len(heads[0]), *heads]
        merged = ((0, 0, 0, len(heads[0]) - 1), *((a + 1, b, c + 1, d) for a, b, c, d in merged))
    if layout.one_cell:
        rows = [["\n".join(row[column] for row in rows) for column in range(len(rows[0]))]]
    cut = layout.split_after or len(rows)
    pages = [rows[:cut], rows[cut:]] if rows[cut:] else [rows]
    for number, page in enumerate(pages):
        if number and layout.broken_name:
            first = page[0]
            name = first[width - 1].strip()
            page = [
                [*first[: width - 1], name[:2], *[""] * 6],
                [*[""] * (width - 1), name[2:], *first[width:]],
                *page[1:],
            ]
        yield from [Line("- 3 -"), Line(f"{side}총괄(계속)")] if number else []
        yield Table([*heads, *page], merged, len(heads))


def _names(lines: Sequence[dict[str, str]], layout: Layout) -> list[list[str]]:
    """The cells of a line's name: one, or one per level."""
    if layout.levels:
        deepest = max(_depth(row) for row in lines)
        names = []
        for row in lines:
            chain = [
                other["line"]
                for other in lines
                if other["parent_code"] and f"{row['line_code']}.".startswith(f"{other['line_code']}.")
            ]
            chain = chain or [row["line"]]
            names.append([*chain, *[""] * (deepest + 1)][: max(1, deepest)])
        return names
    return [["　" * _depth(row) + _spaced(row["line"], layout)] for row in lines]


def _depth(row: dict[str, str]) -> int:
    return row["line_code"].count(".")


def _amounts(row: dict[str, str], layout: Layout) -> list[str]:
    scale = format.unit(layout.unit).thousand_won
    previous, budget, change, realised = (
        format.number(int(row[name]) / scale) if row[name] else "-"
        for name in ("previous_budget", "budget", "change", "realised")
    )
    rates = [
        f"{format.number(float(row[name]), 1)}%" if row[name] else "-"
        for name in ("change_percent", "realised_percent")
    ]
    years = [budget, previous] if layout.swapped_years else [previous, budget]
    cells = [*years, change, rates[0], realised, rates[1]]
    return [_wide(cell) for cell in cells] if layout.wide else cells


def _wide(text: str) -> str:
    return "".join(chr(ord(letter) + 0xFEE0) if letter in "0123456789,.%" else letter for letter in text)


def _districts(facts: Rows, layout: Layout) -> Iterator[Part]:
    value, words, stated = (
        (lambda name: _value(facts, name)),
        (lambda name: _words(facts, name)),
        (lambda name: _stated(facts, name)),
    )
    yield Line("자치구‧동 행정여건")
    extremes = {
        (kind, end): f"{stated(f'population_{end}_{kind}')['subject']} {value(f'population_{end}_{kind}')}"
        for kind in ("district", "dong")
        for end in ("max", "min")
    }
    pairs = [
        ("면     적", f"{value('area')}㎢ (전 국토의 {value('national_area_share')}%)"),
        ("인     구", f"{value('population')}명 ({value('household_count')}천 세대)"),
        (
            "조     직",
            f"{value('district_count')}자치구 {value('dong_count')}동 ({value('tong')}통, {value('ban')}반)",
        ),
        ("예     산", f"{words('budget_total')} (재정자립도 평균 {value('fiscal_independence_average')}%)"),
        (
            "자치구별",
            f"평균 {value('population_average_district')}천명({value('household_average_district')}천세대)",
        ),
        ("동    별", f"평균 {value('population_average_dong')}천명({value('household_average_dong')}세대)"),
    ]
    for label, text in pairs if layout.districts == "lines" else ():
        yield Line(f"‣ {label}  --------  {text}")
    if layout.districts == "table":
        yield Table([[label, text] for label, text in pairs])
    for end, word in (("max", "최대"), ("min", "최소")):
        yield Line(f"※ {word} : {extremes['district', end]}만명({value(f'household_{end}_district')}천세대)")
        yield Line(f"※ {word} : {extremes['dong', end]}명")
    yield Line(f"ㅇ 행정인력 : 정원 {value('quota_total')}명(자치구 평균 {value('quota_total_average')}명)")
    yield Line(f"- 자치구(25) : 정원 {value('quota_district')}명 (평균 {value('quota_district_average')}명)")
    yield Line(f"- 구의회(25) : 정원 {value('quota_council')}명 (평균 {value('quota_council_average')}명)")
    yield Line(f"ㅇ 예산규모 : {words('budget_total')}(자치구 평균 {words('budget_average')}, 본예산)")
    places = [
        f"{word} : {stated(f'budget_{end}')['subject']} {words(f'budget_{end}')}"
        for end, word in (("max", "최대"), ("min", "최소"))
    ]
    yield Line(f"※ {',  '.join(places)}")
    share = float(stated("adjustment_grant_change")["value"])
    yield Line(
        f"조정교부금(본예산) : {words('adjustment_grant')}({layout.apostrophe}22년 본예산 {words('adjustment_grant_previous')} 대비"
        f" {abs(share)}% {'증가' if share > 0 else '감소'})"
    )
    yield from _buckets(facts, layout)


def _buckets(facts: Rows, layout: Layout) -> Iterator[Part]:
    units = {"dong": "동", "district": "구"}
    for chart, level in (("superseded", "dong"), ("current", "district"), ("current", "dong")):
        rows = [row for row in facts["population_bucket"] if (row["chart"], row["level"]) == (chart, level)]
        if layout.buckets == "table":
            yield Table(
                [
                    ["인구 구간", f"{units[level]} 수(개)", "비율(%)"],
                    *([row["bucket"], row["unit_count"], row["share_percent"]] for row in rows),
                ]
            )
        elif rows:
            texts = [
                f"{row['bucket']}({row['unit_count']}개{units[level]}, {row['share_percent']}%)"
                for row in rows
            ]
            yield Line(texts[-1])
            yield Line("".join(texts[:2]))
            yield from [Line(text) for text in texts[2:-1]]


def _months(row: dict[str, str]) -> str:
    first = datetime.date.fromisoformat(row["start_month"])
    if not row["end_month"]:
        return f"{first.month}월~"
    last = datetime.date.fromisoformat(row["end_month"])
    return f"{first.month}월" if first == last else f"{first.month}~{last.month}월"


def _renovation(facts: Rows, layout: Layout) -> Iterator[Part]:
    yield Line("청사 환경 개선")
    yield Line("□ 추진실적 및 계획")
    if layout.schedule == "table":
        rows = [[row["place"], row["step"], row["owner"] or "-", _months(row)] for row in facts["milestone"]]
        yield Table([["대상", "추진 단계", "담당", "시기"], *rows])
        return
    for row in facts["milestone"]:
        yield Line(f"- {row['place']} {row['step']}({_months(row)}) 추진")


def _meeting(facts: Rows, layout: Layout) -> Iterator[Part]:
    [row] = facts["meeting"]
    held = datetime.date.fromisoformat(row["held_on"])
    yield Line("소통 간담회 개최")
    yield Line(
        f"ㅇ 일    시 : {layout.apostrophe}{held:%y}. {held.month}. {held.day}.(수) {row['start_time']} ~ {row['end_time']}"
    )
    yield Line("□ 주요 조치사항 및 향후계획")
    windows = [row["printed_window"] for row in facts["follow_up"]]
    for number, row in enumerate(facts["follow_up"]):
        own = number == 0 or windows[number - 1] != windows[number]
        partner = f" - {row['partner']}" if row["partner"] else ""
        yield Line(
            f"ㅇ {row['content']}{partner} : {row['printed_window']}"
            if own
            else f"  - {row['content']}{partner}"
        )


def _counselling(facts: Rows, layout: Layout) -> Iterator[Part]:
    yield Line("찾아가는 인사상담")
    for row in facts["counselling_visit"]:
        day = datetime.date.fromisoformat(row["visited_on"])
        yield Line(
            f"- (제{row['visit_number']}회) {row['organisation']} 요청 청취({layout.apostrophe}{day:%y}. {day.month}. {day.day}.)"
        )


# What was read ------------------------------------------------------------------------------------

READ_TABLES = (
    "department",
    "duty",
    "budget_line",
    "stated_figure",
    "population_bucket",
    "milestone",
    "follow_up",
)


def unlike(facts: Rows, draft: Draft) -> list[str]:
    """What a draft has otherwise than the facts: table, row and column with both texts, or rows too many or too few."""
    found = []
    for table in READ_TABLES:
        sheet = draft.sheet(table)
        rows = [{column: cell.text for column, cell in row.items()} for row in sheet.rows] if sheet else []
        if len(rows) != len(facts[table]):
            found.append(f"{table}: {len(rows)} rows for {len(facts[table])}")
        for number, (fact, row) in enumerate(zip(facts[table], rows, strict=False), 1):
            found += [
                f"{table} {number} {column}: {row.get(column)!r} for {text!r}"
                for column, text in fact.items()
                if row.get(column) != text
            ]
            found += [f"{table} {number} {column}: no column" for column in row.keys() - fact.keys()]
    return found


def facts_of(layout: Layout) -> Rows:
    """The published facts for the published date, made-up ones for any other."""
    facts = published()
    return facts if layout.as_of == PUBLISHED else moved(facts, layout.as_of)


# Other figures ------------------------------------------------------------------------------------


def moved(facts: Rows, as_of: datetime.date, step: int = 1_000) -> Rows:
    """The facts of a made-up edition: every figure that a report holds differs, and sums and rates close again."""
    other = {table: [dict(row) for row in rows] for table, rows in facts.items()}
    _move_budget(other["budget_line"], step)
    for number, row in enumerate(other["department"], 1):
        row["head_count"] = str(int(row["head_count"]) + number)
    for row in other["stated_figure"]:
        if row["dataset"] in ("organisation", "district_fact"):
            row["value"] = (
                str(round(float(row["value"]) + 1, 2)) if "." in row["value"] else str(int(row["value"]) + 1)
            )
    for row in other["population_bucket"]:
        if row["chart"] == "current" and row["level"] == "dong":
            row["unit_count"] = str(
                int(row["unit_count"]) + {"2만 미만": -3, "2~3만": 4}.get(row["bucket"], 0)
            )
    for table in ("milestone", "follow_up"):
        for row in other[table]:
            if row.get("printed_window") != "연중":
                _move_months(row, as_of.year)
            elif as_of.year != PUBLISHED.year:
                row["start_month"] = (
                    month_end(as_of.year, as_of.month) + datetime.timedelta(days=1)
                ).isoformat()
                row["end_month"] = f"{as_of.year}-12-01"
    return other


def _move_months(row: dict[str, str], year: int) -> None:
    for name in ("start_month", "end_month"):
        if row[name]:
            month = datetime.date.fromisoformat(row[name]).month % 12 + 1
            row[name] = datetime.date(year, month, 1).isoformat()
    if "printed_window" in row:
        row["printed_window"] = _months(row)


def _move_budget(rows: list[dict[str, str]], step: int) -> None:
    parents = {row["parent_code"] for row in rows}
    for number, row in enumerate(rows, 1):
        for name in ("previous_budget", "budget", "realised"):
            if row[name] and row["line_code"] not in parents:
                row[name] = str(int(row[name]) // step * step + number * step)
    for row in reversed(rows):
        own = [other for other in rows if other["parent_code"] == row["line_code"]]
        for name in ("previous_budget", "budget", "realised"):
            if own:
                row[name] = (
                    str(sum(int(other[name] or 0) for other in own))
                    if any(other[name] for other in own)
                    else ""
                )
    for row in rows:
        previous, budget, realised = (
            int(row[name] or 0) for name in ("previous_budget", "budget", "realised")
        )
        row["change"] = str(budget - previous) if row["budget"] or row["previous_budget"] else ""
        row["change_percent"] = f"{100 * (budget - previous) / previous:.1f}" if previous else ""
        row["realised_percent"] = f"{100 * realised / budget:.1f}" if row["realised"] and budget else ""


def month_end(year: int, month: int) -> datetime.date:
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


# Files --------------------------------------------------------------------------------------------


def hwpx(parts: Sequence[Part]) -> bytes:
    """The parts as .hwpx."""
    document = HwpxDocument.new()
    for part in parts:
        if isinstance(part, Line):
            document.add_paragraph(part.text)
        elif isinstance(part, Box):
            shape = document.add_paragraph("").add_rectangle()
            shape.set_draw_text("\n".join(part.lines))
        else:
            _draw(document, part)
    return document.to_bytes()


def _draw(document: Any, table: Table) -> None:
    drawn = document.add_table(len(table.rows), len(table.rows[0]), height=1700 * len(table.rows))
    covered = {
        (row, column): (first_row, first_column)
        for first_row, first_column, last_row, last_column in table.merged
        for row in range(first_row, last_row + 1)
        for column in range(first_column, last_column + 1)
    }
    for row, texts in enumerate(table.rows):
        for column, text in enumerate(texts):
            if covered.get((row, column), (row, column)) == (row, column) and text:
                drawn.set_cell_text(row, column, text)
    for area in table.merged:
        if area[:2] != area[2:]:
            drawn.merge_cells(*area)


def text(parts: Sequence[Part]) -> str:
    """The parts as a converter prints them: a line per paragraph, the cells of a table behind each other."""
    lines: list[str] = []
    for part in parts:
        if isinstance(part, Line):
            lines += [part.text, ""]
        elif isinstance(part, Box):
            lines += [*part.lines, ""]
        else:
            for number, row in enumerate(part.rows):
                cells = list(dict.fromkeys(row)) if number < part.heads else row
                lines.append(" ".join(cell for cell in cells if cell))
            lines.append("")
    return "\n".join(lines)
