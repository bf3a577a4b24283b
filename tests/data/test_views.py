"""The vocabulary: what the views derive from the tables, on the real figures and at the edges."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

Ask = Callable[..., list[tuple[Any, ...]]]


def test_calendar(ask: Ask) -> None:
    """A day lost or counted twice at either end of the year."""
    [row] = ask("select elapsed_days, year_days, elapsed_percent from calendar")
    assert row[:2] == (90, 365)
    assert row[2] == pytest.approx(24.6575, abs=1e-4)


def test_budget_tree_has_the_hierarchy_that_the_report_hides(ask: Ask) -> None:
    """지난연도수입 or 지방행정제재·부과금 left where the plain text seems to put them."""
    paths = dict(ask("select line_code, path from budget_tree"))
    assert (
        paths["revenue.nontax.occasional.previous-years"] == "세입 › 세외수입 › 임시적세외수입 › 지난연도수입"
    )
    assert paths["revenue.nontax.sanctions.indemnities"] == "세입 › 세외수입 › 지방행정제재·부과금 › 변상금"
    assert paths["expenditure.projects.personnel"] == "세출 › 사업비 › 인사과"
    assert len(paths) == 32


def test_budget_tree_levels_and_leaves(ask: Ask) -> None:
    """A subtotal taken for a leaf, and so counted twice in a treemap."""
    rows = ask(
        "select side, sum(budget) filter (leaf), any_value(budget) filter (level = 0), max(level)"
        " from budget_tree group by side order by side"
    )
    assert rows == [("세입", 17_212_564, 17_212_564, 3), ("세출", 4_494_041_590, 4_494_041_590, 2)]


def test_path_codes_go_with_path(ask: Ask) -> None:
    """A breadcrumb that leads to another line than it names."""
    rows = ask("select path, path_codes, line_code, level from budget_tree")
    for path, path_codes, line_code, level in rows:
        assert len(path.split(" › ")) == len(path_codes.split(" › ")) == level + 1
        assert path_codes.split(" › ")[-1] == line_code


def test_label_names_one_line(ask: Ask) -> None:
    """A link that leads to 계 of 세입 where 계 of 세출 is meant."""
    assert ask("select label from budget_tree group by as_of, label having count(*) > 1") == []
    labels = dict(ask("select line_code, label from budget_tree"))
    assert labels["expenditure"] == "세출 계"
    assert labels["revenue.nontax.sanctions.indemnities"] == "변상금"


def test_rates_are_shares_of_one_and_empty_where_undefined(ask: Ask) -> None:
    """A rate of zero where the report prints "-", or a percentage taken for a share."""
    [row] = ask("select realised_rate, change_rate from budget_tree where line_code = 'expenditure'")
    assert row == (pytest.approx(0.26841, abs=1e-5), pytest.approx(-0.16979, abs=1e-5))
    rows = ask("select line_code from budget_tree where realised_rate is null order by position")
    assert [code.rsplit(".")[-1] for (code,) in rows] == [
        *("subsidy-returns", "sanctions", "indemnities", "penalties", "special-grant"),
    ]
    assert ask("select change_rate from budget_tree where line_code = 'revenue.special-grant'") == [(-1.0,)]


def test_units_behind_the_calendar(ask: Ask) -> None:
    """A department called behind that is not, or the other way round."""
    rows = ask("select department, behind from execution_gap where department is not null")
    assert dict(rows) == {
        "공무원수련원": True,
        "인사과": True,
        "시민협력과": True,
        "남북협력과": True,
        "총무과": True,
        "대외협력과": False,
        "인력개발과": False,
        "자치행정과": False,
    }


@pytest.mark.parametrize(
    ("line_code", "gap"),
    [
        # budget × 90 / 365 − realised, worked out by hand
        ("expenditure.projects.training-centre", 158_855),
        ("expenditure.projects.general-affairs", 127_569),
        ("expenditure.projects.external-cooperation", -341_589),
        ("revenue.nontax.occasional.subsidy-returns", 844_148),
    ],
)
def test_gap_to_the_calendar(ask: Ask, line_code: str, gap: int) -> None:
    """An amount that would not bring the unit to the calendar, or with the sign turned."""
    assert ask("select gap from execution_gap where line_code = $line_code", line_code=line_code) == [(gap,)]


def test_lines_without_a_budget_have_no_gap(ask: Ask) -> None:
    """과태료 and 특별교부세, which have no budget, called behind."""
    assert ask("select count(*) from execution_gap") == [(30,)]


def test_department_summary(ask: Ask) -> None:
    """The centre counted in the bureau, or a department's budget multiplied by its duties."""
    assert ask("select sum(head_count), sum(share_percent) from department_summary where in_bureau") == [
        (361, pytest.approx(100))
    ]
    [centre] = ask(
        "select in_bureau, share_percent, duty_count, line_code, people_per_team"
        " from department_summary where department = '서울시자원봉사센터'"
    )
    assert centre == (False, None, 0, None, pytest.approx(7.2))
    [personnel] = ask(
        "select duty_count, budget, realised, people_per_team from department_summary where department = '인사과'"
    )
    assert personnel == (9, 9_021_193, 1_585_349, pytest.approx(8.2))


def test_upcoming_leaves_out_what_is_done(ask: Ask) -> None:
    """A step that ended in March shown as due, or one without an end forgotten."""
    rows = ask("select value, under_way from upcoming where page = 'renovation-timeline' order by position")
    assert rows == [
        ("설계 용역", False),
        ("리모델링 공사", False),
        ("사무환경 구성·공사", False),
    ]
    assert ask("select count(*) from upcoming where page = 'resident-support'") == [(7,)]
    begun = ask("select name from upcoming where under_way order by position")
    assert begun == [("시차출퇴근제 시범실시",), ("찾아가는 인사상담 정기 운영",)]


def test_district_profile(ask: Ask) -> None:
    """A density, share or budget per resident computed with another district's figures."""
    [row] = ask(
        "select population, persons_per_household, density, dong_count, budget_per_resident_won,"
        " fiscal_independence_percent from district_profile where district = '송파구'"
    )
    assert row == (
        658_006,
        pytest.approx(658_006 / 285_489),
        pytest.approx(658_006 / 33.87),
        27,
        pytest.approx(1_175_200_000_000 / 658_006),
        Decimal("37.4"),
    )
    [row] = ask("select sum(population_65_and_over), sum(dong_count), count(*) from district_profile")
    assert row == (1_680_154, 426, 25)


def test_most_households_are_not_where_most_residents_are(ask: Ask) -> None:
    """The report's largest district taken for the one with most households."""
    assert ask("select district from district_profile order by household_count desc limit 1") == [("관악구",)]
    assert ask("select district from district_profile order by population desc limit 1") == [("송파구",)]


def test_dong_profile(ask: Ask) -> None:
    """The two 신사동 taken for one."""
    rows = ask(
        "select district, population_65_and_over <= population from dong_profile where dong = '신사동' order by 1"
    )
    assert rows == [("강남구", True), ("관악구", True)]
    assert ask("select count(*), min(population), max(population) from dong_profile") == [(426, 65, 54_832)]


def test_population_distribution(ask: Ask) -> None:
    """A place counted twice at a bound, or in no bucket."""
    rows = ask("select level, unit_count from population_distribution order by level, position")
    assert [count for level, count in rows if level == "district"] == [6, 15, 3, 1]
    assert [count for level, count in rows if level == "dong"] == [186, 164, 61, 15]
    shares = ask("select level, sum(share_percent) from population_distribution group by level")
    assert dict(shares) == {"district": pytest.approx(100), "dong": pytest.approx(100)}


@pytest.mark.parametrize(
    ("part", "hit"),
    [
        ("인사과", ("부서", "인사과", "과", "org-chart", "department", "인사과")),
        ("유연근무제", ("담당업무", "유연근무제 활성화", "인사과", "org-chart", "department", "인사과")),
        (
            "변상",
            (
                "세입",
                "변상금",
                "세입 › 세외수입 › 지방행정제재·부과금 › 변상금",
                "budget-execution",
                "line",
                "변상금",
            ),
        ),
        ("세출 계", ("세출", "세출 계", "세출", "budget-execution", "line", "세출 계")),
        ("관악", ("자치구", "관악구", "서울특별시", "district-population-map", "place", "관악구")),
        ("진관", ("동", "진관동", "은평구", "district-population-map", "place", "은평구 진관동")),
        (
            "설계 용역",
            (
                "청사 개선 일정",
                "설계 용역",
                "본관 1층 시민 공간 · 본관 1층",
                "renovation-timeline",
                "milestone",
                "설계 용역",
            ),
        ),
        (
            "트라우마",
            (
                "건의사항",
                "정신적 외상(트라우마) 치유",
                "돌봄",
                "resident-support",
                "suggestion",
                "정신적 외상(트라우마) 치유",
            ),
        ),
        (
            "메일",
            (
                "조치사항",
                "지원단체 대상 정기 메일 발송",
                "연중",
                "resident-support",
                "follow_up",
                "지원단체 대상 정기 메일 발송",
            ),
        ),
    ],
)
def test_findable_finds_and_leads_there(ask: Ask, part: str, hit: tuple[str, ...]) -> None:
    """A thing that the search box misses, or that leads to another page."""
    rows = ask(
        "select kind, name, detail, page, parameter, value from findable where contains(name, $part)",
        part=part,
    )
    assert hit in rows


def test_findable_is_complete(ask: Ask) -> None:
    """A department, line, district or step that no search will ever find."""
    rows = ask("select kind, count(*) from findable group by kind")
    assert dict(rows) == {
        "부서": 9,
        "담당업무": 57,
        "세입": 19,
        "세출": 13,
        "자치구": 25,
        "동": 426,
        "청사 개선 일정": 10,
        "건의사항": 8,
        "조치사항": 7,
    }
    assert ask("from findable where name is null or page is null or parameter is null or value is null") == []


def test_edition_of_what_is_found(ask: Ask) -> None:
    """Things of an edition that cannot be told from those of another."""
    rows = ask("select distinct as_of from findable order by as_of nulls last")
    assert rows == [(date(2023, 3, 31),), (None,)]
