"""Golden figures of section Ⅰ: what the report prints, typed from the report, against what the database holds.

A slip in a CSV that still adds up (two cells swapped, a digit changed in a total and its part) is caught here.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

Ask = Callable[..., list[tuple[Any, ...]]]


# line_code, line, 2022 예산현액, 2023 예산현액, 증감액, 증감률, 징수액·집행액, 징수율·집행률 (천원, %)
BUDGET_LINES = [
    ("revenue", "계", 21_385_346, 17_212_564, -4_172_782, -19.5, 3_389_068, 19.7),
    ("revenue.nontax", "세외수입", 18_541_465, 14_657_233, -3_884_232, -20.9, 888_228, 6.1),
    ("revenue.nontax.current", "경상적세외수입", 3_265_174, 3_189_269, -75_905, -2.3, 350_214, 11.0),
    ("revenue.nontax.current.rent", "공유재산임대료", 1_002_518, 1_061_545, 59_027, 5.9, 57_769, 5.4),
    ("revenue.nontax.current.fees", "사용료수입", 1_682_937, 1_871_898, 188_961, 11.2, 283_100, 15.1),
    ("revenue.nontax.current.recyclables", "재활용품수거판매수입", 4_482, 8_415, 3_933, 87.8, 2_565, 30.5),
    ("revenue.nontax.current.other-business", "기타사업수입", 13_631, 137_044, 123_413, 905.4, 4_098, 3.0),
    ("revenue.nontax.current.interest", "기타이자수입", 561_606, 110_367, -451_239, -80.3, 2_682, 2.4),
    ("revenue.nontax.occasional", "임시적세외수입", 15_251_058, 11_443_810, -3_807_248, -25.0, 538_014, 4.7),
    ("revenue.nontax.occasional.disposals", "불용품매각대금", 18_423, 21_054, 2_631, 14.3, 14_769, 70.1),
    (
        "revenue.nontax.occasional.subsidy-returns",
        "보조금반환수입",
        3_458_990,
        3_423_490,
        -35_500,
        -1.0,
        None,
        None,
    ),
    ("revenue.nontax.occasional.other", "그외수입", 11_033_580, 7_568_034, -3_465_546, -31.4, 412_703, 5.5),
    (
        "revenue.nontax.occasional.previous-years",
        "지난연도수입",
        740_065,
        431_232,
        -308_833,
        -41.7,
        110_542,
        25.6,
    ),
    ("revenue.nontax.sanctions", "지방행정제재·부과금", 25_233, 24_154, -1_079, -4.3, None, None),
    ("revenue.nontax.sanctions.indemnities", "변상금", 25_233, 24_154, -1_079, -4.3, None, None),
    ("revenue.penalties", "과태료", None, None, None, None, None, None),
    ("revenue.special-grant", "특별교부세", 300_000, None, -300_000, -100.0, None, None),
    ("revenue.national-subsidies", "국고보조금 등", 2_508_297, 2_540_498, 32_201, 1.3, 2_499_498, 98.4),
    ("revenue.carry-over", "보전수입 등", 35_584, 14_833, -20_751, -58.3, 1_342, 9.0),
    ("expenditure", "계", 5_413_123_388, 4_494_041_590, -919_081_798, -17.0, 1_206_266_494, 26.8),
    ("expenditure.projects", "사업비", 197_990_777, 140_799_168, -57_191_609, -28.9, 36_103_843, 25.6),
    (
        "expenditure.projects.general-affairs",
        "총무과",
        40_388_889,
        41_673_085,
        1_284_196,
        3.2,
        10_147_986,
        24.4,
    ),
    ("expenditure.projects.personnel", "인사과", 8_334_565, 9_021_193, 686_628, 8.2, 1_585_349, 17.6),
    (
        "expenditure.projects.human-resources-development",
        "인력개발과",
        51_646_626,
        58_375_874,
        6_729_248,
        13.0,
        16_415_040,
        28.1,
    ),
    (
        "expenditure.projects.autonomous-administration",
        "자치행정과",
        71_900_858,
        9_762_919,
        -62_137_939,
        -86.4,
        3_057_211,
        31.3,
    ),
    (
        "expenditure.projects.civic-cooperation",
        "시민협력과",
        13_469_274,
        11_098_599,
        -2_370_675,
        -17.6,
        2_104_693,
        19.0,
    ),
    (
        "expenditure.projects.external-cooperation",
        "대외협력과",
        8_200_206,
        7_144_343,
        -1_055_863,
        -12.9,
        2_103_208,
        29.4,
    ),
    (
        "expenditure.projects.inter-korean-cooperation",
        "남북협력과",
        3_163_405,
        2_183_300,
        -980_105,
        -31.0,
        469_521,
        21.5,
    ),
    (
        "expenditure.projects.training-centre",
        "공무원수련원",
        886_954,
        1_539_855,
        652_901,
        73.6,
        220_835,
        14.3,
    ),
    (
        "expenditure.adjustment-grant",
        "조정교부금",
        5_049_993_540,
        4_167_858_240,
        -882_135_300,
        -17.5,
        1_098_105_321,
        26.3,
    ),
    ("expenditure.operations", "행정운영경비", 154_902_576, 174_682_593, 19_780_017, 12.8, 61_457_330, 35.2),
    ("expenditure.financing", "재무활동", 10_236_495, 10_701_589, 465_094, 4.5, 10_600_000, 99.1),
]

STATED_FIGURES = [
    ("organisation", "head_count", "361", "명"),
    ("organisation", "section_count", "7", "개"),
    ("organisation", "office_count", "1", "개"),
    ("district_fact", "area", "605.24", "㎢"),
    ("district_fact", "national_area_share", "0.6", "%"),
    ("district_fact", "population", "9426404", "명"),
    ("district_fact", "household_count", "4463", "천세대"),
    ("district_fact", "district_count", "25", "개"),
    ("district_fact", "dong_count", "426", "개"),
    ("district_fact", "tong", "12885", "개"),
    ("district_fact", "ban", "96545", "개"),
    ("district_fact", "budget_total", "221491", "억원"),
    ("district_fact", "fiscal_independence_average", "29.5", "%"),
    ("district_fact", "population_average_district", "377", "천명"),
    ("district_fact", "household_average_district", "179", "천세대"),
    ("district_fact", "population_average_dong", "22", "천명"),
    ("district_fact", "household_average_dong", "10477", "세대"),
    ("district_fact", "population_max_district", "66", "만명"),
    ("district_fact", "household_max_district", "285", "천세대"),
    ("district_fact", "population_min_district", "12", "만명"),
    ("district_fact", "household_min_district", "64", "천세대"),
    ("district_fact", "population_max_dong", "54832", "명"),
    ("district_fact", "population_min_dong", "65", "명"),
    ("district_fact", "quota_total", "37180", "명"),
    ("district_fact", "quota_total_average", "1488", "명"),
    ("district_fact", "quota_district", "36296", "명"),
    ("district_fact", "quota_district_average", "1452", "명"),
    ("district_fact", "quota_council", "884", "명"),
    ("district_fact", "quota_council_average", "36", "명"),
    ("district_fact", "budget_average", "8860", "억원"),
    ("district_fact", "budget_max", "12847", "억원"),
    ("district_fact", "budget_min", "5243", "억원"),
    ("district_fact", "adjustment_grant", "41679", "억원"),
    ("district_fact", "adjustment_grant_previous", "38123", "억원"),
    ("district_fact", "adjustment_grant_change", "9.3", "%"),
    ("flexible_work", "growth", "235", "%"),
    ("flexible_work", "daily_hours", "8", "시간"),
    ("flexible_work", "standard_start", "9", "시"),
    ("flexible_work", "standard_end", "18", "시"),
    ("counselling", "target_count", "5606", "명"),
    ("counselling", "target_share", "53.6", "%"),
    ("counselling", "monthly_visit_plan", "2", "회"),
    ("counselling", "visit_count", "2", "회"),
    ("grading", "introduced_year", "2019", "년"),
    ("renovation", "building_age", "10", "년"),
    ("meeting", "support_group_count", "14", "개"),
    ("meeting", "council_count", "4", "명"),
    ("meeting", "agency_count", "8", "개"),
]

NAMED_EXTREMES = [
    ("population_max_district", "송파구"),
    ("household_max_district", "송파구"),
    ("population_min_district", "중구"),
    ("household_min_district", "중구"),
    ("population_max_dong", "은평구 진관동"),
    ("population_min_dong", "강동구 둔촌1동"),
    ("budget_max", "강남구"),
    ("budget_min", "종로구"),
]

DEPARTMENTS = [
    ("총무과", "과", 178, 7, None, None),
    ("인사과", "과", 41, 5, None, None),
    ("인력개발과", "과", 38, 4, None, None),
    ("자치행정과", "과", 42, 6, None, None),
    ("시민협력과", "과", 21, 3, None, None),
    ("대외협력과", "과", 16, 3, None, None),
    ("남북협력과", "과", 13, 3, None, None),
    ("공무원수련원", "사업소", 12, None, None, None),
    ("서울시자원봉사센터", "위탁 법인", 36, 5, 2, date(2006, 1, 18)),
]

BUCKETS = [
    ("current", "district", "30만 미만", 6, "24"),
    ("current", "district", "30~50만", 15, "60"),
    ("current", "district", "50~60만", 3, "12"),
    ("current", "district", "60~70만", 1, "4"),
    ("current", "dong", "2만 미만", 186, "43.7"),
    ("current", "dong", "2~3만", 164, "38.5"),
    ("current", "dong", "3~4만", 61, "14.3"),
    ("current", "dong", "4만 이상", 15, "3.5"),
    ("superseded", "dong", "2만 미만", 161, "37.9"),
    ("superseded", "dong", "2~3만", 179, "42.1"),
    ("superseded", "dong", "3~4만", 71, "16.7"),
    ("superseded", "dong", "4만 이상", 14, "3.3"),
]

DUTIES = [
    ("총무과", "서울광장 운영"),
    ("인사과", "유연근무제 활성화"),
    ("인력개발과", "공무원수련원 지도·감독"),
    ("자치행정과", "공직선거"),
    ("시민협력과", "서울혁신파크 운영"),
    ("대외협력과", "대외협력기금 운용"),
    ("남북협력과", "이산가족 지원"),
]


def percent(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


@pytest.mark.parametrize("printed", BUDGET_LINES, ids=lambda printed: printed[0])
def test_budget_line_is_as_printed(ask: Ask, printed: tuple[Any, ...]) -> None:
    """A mistyped amount, or a "-" that became a zero."""
    line_code, line, previous_budget, budget, change, change_percent, realised, realised_percent = printed
    [row] = ask(
        "select line, previous_budget, budget, change, change_percent, realised, realised_percent"
        " from budget_line where line_code = $line_code",
        line_code=line_code,
    )
    rates = percent(change_percent), percent(realised_percent)
    assert row == (line, previous_budget, budget, change, rates[0], realised, rates[1])


def test_there_are_no_other_budget_lines(ask: Ask) -> None:
    """A line entered twice under another code, or in another order than the report's."""
    codes = [code for (code,) in ask("select line_code from budget_line order by side, position")]
    assert codes == [line[0] for line in BUDGET_LINES]


@pytest.mark.parametrize(("dataset", "figure", "value", "unit"), STATED_FIGURES)
def test_stated_figure_is_as_printed(ask: Ask, dataset: str, figure: str, value: str, unit: str) -> None:
    """A single figure mistyped, or given in another unit than the report's."""
    [row] = ask(
        "select value, unit from stated_figure where dataset = $dataset and figure = $figure",
        dataset=dataset,
        figure=figure,
    )
    assert row == (Decimal(value), unit)


def test_every_stated_figure_is_golden(ask: Ask) -> None:
    """A figure added to the data that no one has compared with the report."""
    assert set(ask("select dataset, figure from stated_figure")) == {row[:2] for row in STATED_FIGURES}


@pytest.mark.parametrize(("figure", "subject"), NAMED_EXTREMES)
def test_extreme_names_the_place(ask: Ask, figure: str, subject: str) -> None:
    """The largest or smallest place exchanged for another."""
    assert ask("select subject from stated_figure where figure = $figure", figure=figure) == [(subject,)]


@pytest.mark.parametrize("printed", DEPARTMENTS, ids=lambda printed: printed[0])
def test_department_is_as_printed(ask: Ask, printed: tuple[Any, ...]) -> None:
    """Heads or teams of a department mistyped, or its kind mistaken."""
    [row] = ask(
        "select department, kind, head_count, team_count, division_count, established_on"
        " from department where department = $department",
        department=printed[0],
    )
    assert row == printed


def test_teams_of_the_bureau(ask: Ask) -> None:
    """The centre's teams counted among the bureau's 31."""
    assert ask("select sum(team_count), sum(head_count) from department where kind <> '위탁 법인'") == [
        (31, 361)
    ]


@pytest.mark.parametrize(("department", "duty"), DUTIES)
def test_duty_belongs_to_its_department(ask: Ask, department: str, duty: str) -> None:
    """Duties that slipped to the neighbouring department."""
    assert ask("select department from duty where duty = $duty", duty=duty) == [(department,)]


def test_number_of_duties(ask: Ask) -> None:
    """A duty of the report left out."""
    rows = ask("select department, count(*) from duty group by department")
    assert dict(rows) == {
        "총무과": 13,
        "인사과": 9,
        "인력개발과": 9,
        "자치행정과": 7,
        "시민협력과": 7,
        "대외협력과": 6,
        "남북협력과": 6,
    }


@pytest.mark.parametrize(("chart", "level", "bucket", "unit_count", "share_percent"), BUCKETS)
def test_bucket_is_as_printed(
    ask: Ask, chart: str, level: str, bucket: str, unit_count: int, share_percent: str
) -> None:
    """A bucket of the stale chart that got into the current one."""
    [row] = ask(
        "select unit_count, share_percent from population_bucket"
        " where chart = $chart and level = $level and bucket = $bucket",
        chart=chart,
        level=level,
        bucket=bucket,
    )
    assert row == (unit_count, Decimal(share_percent))


def test_there_are_no_other_buckets(ask: Ask) -> None:
    """A bucket entered twice under another label."""
    assert ask("select count(*) from population_bucket") == [(len(BUCKETS),)]
