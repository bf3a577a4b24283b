"""Reports made for tests: the figures of a data edition in our own words and many layouts."""

import datetime
import functools
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from lib import format
from lib.intake import standing
from lib.intake.standing import Standing
from tests.intake import report_facts, report_parts
from tests.intake.report_facts import Rows, months
from tests.intake.report_parts import Box, Chart, Line, Part, Table

PUBLISHED = report_facts.PUBLISHED
published, moved, unlike = report_facts.published, report_facts.moved, report_facts.unlike
hwpx, text = report_parts.hwpx, report_parts.text
SECTIONS = ("staff", "duties", "revenue", "expenditure", "districts", "renovation", "meeting", "counselling")


@functools.cache
def standing_data() -> Standing:
    """The published data as the readers are given it."""
    return standing.of(report_facts.FOLDER.parents[1])


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


def facts_of(layout: Layout) -> Rows:
    """The published facts for the published date, made-up ones for any other."""
    facts = published()
    return facts if layout.as_of == PUBLISHED else moved(facts, layout.as_of)


def report(facts: Rows, layout: Layout) -> list[Part]:
    """The parts of a report on the facts, in the order of the layout."""
    sections: dict[str, Callable[[Rows, Layout], Iterator[Part]]] = {
        "staff": _staff,
        "duties": _duties,
        "revenue": partial(_budget, side="세입"),
        "expenditure": partial(_budget, side="세출"),
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
        yield Table([*heads, *page], merged)


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
    value, words, stated = partial(_value, facts), partial(_words, facts), partial(_stated, facts)
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
    for label, said in pairs if layout.districts == "lines" else ():
        yield Line(f"‣ {label}  --------  {said}")
    if layout.districts == "table":
        yield Table([[label, said] for label, said in pairs])
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
        if layout.buckets == "chart":
            yield Chart(tuple(row["bucket"] for row in rows), tuple(row["unit_count"] for row in rows))
        elif layout.buckets == "table":
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


def _renovation(facts: Rows, layout: Layout) -> Iterator[Part]:
    yield Line("청사 환경 개선")
    yield Line("□ 추진실적 및 계획")
    if layout.schedule == "table":
        rows = [[row["place"], row["step"], row["owner"] or "-", months(row)] for row in facts["milestone"]]
        yield Table([["대상", "추진 단계", "담당", "시기"], *rows])
        return
    for row in facts["milestone"]:
        yield Line(f"- {row['place']} {row['step']}({months(row)}) 추진")


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
