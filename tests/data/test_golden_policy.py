"""Golden figures of section Ⅱ and of the residents' file, typed from the sources, against the database.

A month, share or name that slipped in a CSV breaks no sum, so it is caught here.
"""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

Ask = Callable[..., list[tuple[Any, ...]]]

MILESTONES = [
    ("hall.pre-review", "도시공간기획담당관", 1, 1, None),
    ("hall.deliberation", "도시공간기획담당관", 2, 2, "hall.pre-review"),
    ("hall.designer-selection", "도시공간기획담당관", 3, 3, "hall.deliberation"),
    ("hall.design", "총무과", 4, 7, "hall.designer-selection"),
    ("hall.construction", "총무과", 8, None, "hall.design"),
    ("office.field-staff", None, 1, 1, None),
    ("office.disability-policy", None, 2, 2, None),
    ("office.relocation", None, 3, 3, None),
    ("office.restrooms", None, 3, 3, None),
    ("office.demanding-units", None, 8, 8, None),
]


def month(number: int | None) -> date | None:
    return None if number is None else date(2023, number, 1)


@pytest.mark.parametrize("printed", MILESTONES, ids=lambda printed: printed[0])
def test_milestone_is_as_printed(ask: Ask, printed: tuple[Any, ...]) -> None:
    """A month or an owner that the report does not give."""
    milestone, owner, start, end, predecessor = printed
    [row] = ask(
        "select owner, start_month, end_month, predecessor from milestone where milestone = $milestone",
        milestone=milestone,
    )
    assert row == (owner, month(start), month(end), predecessor)


def test_there_are_no_other_milestones(ask: Ask) -> None:
    """A step that the report does not have."""
    assert ask("select count(*) from milestone") == [(len(MILESTONES),)]


def test_flexible_work(ask: Ask) -> None:
    """Months, shares or rules of 시차출퇴근 mistyped."""
    assert ask(
        "select month, use_count, printed_unit, mandatory from flexible_work_month order by month"
    ) == [
        (date(2023, 2, 1), 2060, "건", False),
        (date(2023, 3, 1), 6902, "건", True),
    ]
    assert ask("select earliest, latest, share_percent from flexible_work_start order by position") == [
        (time(8), time(8), Decimal("31.8")),
        (time(9, 30), None, Decimal("20.9")),
    ]
    assert dict(ask("select rank_band, weekly_minimum from flexible_work_rule")) == {
        "5급 이하": 1,
        "4급 이상": 2,
    }


def test_counselling(ask: Ask) -> None:
    """A visit on another day or to another office."""
    assert ask("select visit_number, visited_on, organisation from counselling_visit order by 1") == [
        (1, date(2023, 3, 10), "중부수도사업소"),
        (2, date(2023, 3, 23), "서북병원"),
    ]
    assert ask("select service from counselling_service order by position") == [
        ("고충상담",),
        ("현장진단",),
        ("제도안내",),
    ]


def test_bonus(ask: Ask) -> None:
    """Figures of 실적가점 before and after exchanged, or a share made up for the new grades."""
    rows = ask("select regime, item, value, unit from bonus_regime where value is not null")
    assert set(rows) == {
        ("개선 전", "recommended_share", Decimal(2), "%"),
        ("개선 전", "selected_share", Decimal(1), "%"),
        ("개선 전", "grade_count", Decimal(3), "개"),
        ("개선 후", "recommended_share", Decimal(5), "%"),
        ("개선 후", "selected_share", Decimal(3), "%"),
        ("개선 후", "grade_count", Decimal(5), "개"),
        ("개선 후", "team_minimum", Decimal(2), "명"),
        ("개선 후", "team_maximum", Decimal(5), "명"),
        ("개선 후", "team_multiple", Decimal(3), "배"),
        ("개선 후", "junior_minimum_share", Decimal(30), "%"),
    }
    assert ask("select tier, share_percent from bonus_tier where regime = '개선 전' order by position") == [
        ("S", Decimal(10)),
        ("A", Decimal(20)),
        ("B", Decimal(20)),
        ("선정 제외", Decimal(50)),
    ]
    after = ask("select tier, share_percent from bonus_tier where regime = '개선 후' order by position")
    assert after == [(tier, None) for tier in ("S++", "S+", "S", "A", "B", "선정 제외")]


def test_grading(ask: Ask) -> None:
    """Shares of the grades mistyped, or 가 added to another grade than 양."""
    assert ask("select grade, share_percent, merges_into from grading_share order by position") == [
        ("수", Decimal(20), None),
        ("우", Decimal(40), None),
        ("양", Decimal(30), None),
        ("가", Decimal(10), "양"),
    ]
    assert ask("select held_on from grading_step where held_on is not null") == [(date(2023, 4, 7),)]


def test_meeting(ask: Ask) -> None:
    """When, where and with whom the meeting was held."""
    assert ask("select held_on, start_time, end_time, place from meeting") == [
        (date(2023, 3, 29), time(15), time(17), "서울시청 본관 8층 간담회장")
    ]
    rows = ask(
        "select participant, participant_count from participant where kind = '유관기관' order by position"
    )
    assert rows == [("통일부", 1), ("남북하나재단", 1), ("강서구", 1), ("노원구", 1), ("지역적응센터", 4)]
    topics = ask("select topic, count(*) from suggestion group by topic")
    assert dict(topics) == {"교육": 2, "돌봄": 2, "취업": 1, "홍보": 1, "병역 등": 2}


def test_follow_up_windows(ask: Ask) -> None:
    """An action given other months than the report's."""
    assert ask(
        "select follow_up, start_month, end_month, printed_window from follow_up order by position"
    ) == [
        ("review", month(4), month(5), "4~5월"),
        ("support-plan", month(4), month(5), "4~5월"),
        ("government-visits", month(4), month(5), "4~5월"),
        ("outreach", month(4), month(12), "연중"),
        ("mailing", month(4), month(12), "연중"),
        ("community-centres", month(4), month(12), "연중"),
        ("next-budget", month(8), None, "8월~"),
    ]


def test_care_is_the_only_topic_without_an_action(ask: Ask) -> None:
    """A suggestion linked to an action that does not answer it."""
    rows = ask(
        "select topic from suggestion left join suggestion_follow_up using (as_of, suggestion)"
        " group by topic having count(follow_up) = 0"
    )
    assert rows == [("돌봄",)]


def test_residents_file(ask: Ask) -> None:
    """A row of the residents' file lost or doubled."""
    assert ask(
        "select count(*), sum(population), sum(household_count), sum(male_count) from district_population"
    ) == [(25, 9426404, 4463385, 4566299)]
    assert ask("select count(*), sum(population), sum(population_65_and_over) from dong_population") == [
        (426, 9426404, 1680154)
    ]
    assert ask("select sum(area_km2), sum(tong), sum(ban) from district") == [
        (Decimal("605.24"), 12881, 96502)
    ]
