"""What the sections say, against the report's own figures."""

import datetime
from pathlib import Path

import pytest

from lib.briefing import compose, link
from lib.briefing.model import Briefing, Section
from lib.briefing.sections import SECTIONS
from lib.briefing.titles import TITLES


def section(briefing: Briefing, key: str) -> Section:
    [found] = [section for section in briefing.sections if section.key == key]
    return found


def figures(section: Section) -> dict[str, str]:
    return {figure.name: figure.text for figure in section.figures}


def made(key: str, **parameters: str) -> Section:
    settings, _ = link.read(parameters)
    return compose.briefing(settings, [key]).sections[0]


def test_every_section_is_whole(briefing: Briefing) -> None:
    """A slide without a source, a table with a cell too few, or so many key figures that they run into each other."""
    assert [section.key for section in briefing.sections] == list(SECTIONS) == list(TITLES)
    assert len(briefing.sections) >= 10
    for part in briefing.sections:
        assert part.message and part.sources and part.notes and part.table.rows, part.key
        assert 1 <= len(part.figures) <= 4, part.key
        assert all(len(row) == len(part.table.columns) for row in part.table.rows), part.key
        assert all(0 <= row < len(part.table.rows) for row in part.table.total_rows), part.key
        assert part.title.startswith(TITLES[part.key])
        if part.chart:
            assert all(len(series.values) == len(part.chart.categories) for series in part.chart.series)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("organisation", {"인력": "361명", "팀": "31개"}),
        ("expenditure", {"세출 집행률": "26.8%", "기간경과율": "24.7%", "세출 예산현액": "44,940.4억원"}),
        ("change", {"세출 증감률": "△17.0%", "조정교부금 비중": "92.7%"}),
        ("revenue", {"세입 징수율": "19.7%", "세입 예산현액": "172.1억원"}),
        ("population", {"주민등록인구": "9,426,404명", "송파구 인구": "658,006명"}),
        (
            "distribution",
            {"인구 30~50만 자치구": "15곳", "인구 2만 미만 동": "186곳", "인구 4만 이상 동": "15곳"},
        ),
        ("district_conditions", {"정원": "37,180명", "재정자립도 평균": "29.5%", "면적": "605.24㎢"}),
        ("flexible_work", {"3월 이용": "6,902건", "2월 이용": "2,060건", "전월 대비": "235%"}),
        ("counselling", {"방문": "2회", "대상 인원": "5,606명", "대상 비율": "53.6%"}),
        ("bonus", {"추천 비율": "5%", "선정 비율": "3%", "추천 가운데 선정": "60%"}),
        ("grading", {"‘수’": "20%", "‘우’": "40%", "‘양’": "30%", "‘가’": "10%"}),
        ("renovation", {"완료": "7개", "예정": "3개", "종료 미정": "1개"}),
        ("meeting", {"건의": "8건", "조치": "7건", "참석 지원단체": "14개"}),
    ],
)
def test_key_figures_are_those_of_the_report(briefing: Briefing, key: str, expected: dict[str, str]) -> None:
    """A number on a slide that is not the report's."""
    assert expected.items() <= figures(section(briefing, key)).items()


def test_messages_follow_from_the_figures(briefing: Briefing) -> None:
    """A sentence that was typed and stays when the figures change."""
    assert section(briefing, "expenditure").message == (
        "세출 집행률은 26.8%로 기간경과율 24.7%보다 2.2%p 높고, 11개 항목 가운데 5개가 기간경과율에 못 미칩니다"
    )
    assert section(briefing, "revenue").message.startswith(
        "세입 징수율은 19.7%로 기간경과율 24.7%보다 5.0%p 낮고"
    )
    assert "자치행정과, △621.4억원(△86.4%)" in section(briefing, "change").message
    assert "8건 가운데 5건" in section(briefing, "meeting").message


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (
            "expenditure",
            ["공무원수련원 14.3%", "인사과 17.6%", "시민협력과 19.0%", "남북협력과 21.5%", "총무과 24.4%"],
        ),
        ("change", ["38,123억원", "41,679억원", "9.3%", "△17.5%"]),
        ("population", ["송파구", "관악구", "285,914세대", "은평구 진관동(54,832명)"]),
        ("flexible_work", ["이용자 수", "건"]),
        ("bonus", ["60%", "50%"]),
        ("grading", ["2023. 4. 7.", "7일 뒤"]),
        ("renovation", ["리모델링 공사", "총무과"]),
    ],
)
def test_questions_to_expect_have_their_answers(briefing: Briefing, key: str, words: list[str]) -> None:
    """A council member asks for a figure that the presenter cannot find."""
    asked = " ".join(
        f"{question.question} {question.answer}" for question in section(briefing, key).questions
    )
    assert [word for word in words if word not in asked] == []


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("change", "17.5% 감소"),
        ("distribution", "426개 동에 하나 모자라며"),
        ("district_conditions", "1,487.2명"),
        ("bonus", "60%가 선정됩니다"),
        ("grading", "기준일보다 7일 뒤"),
    ],
)
def test_checks_that_do_not_hold_stand_beside_the_figures(briefing: Briefing, key: str, words: str) -> None:
    """A figure that does not close is shown to the council as if it did."""
    assert any(words in note for note in section(briefing, key).notes)


def test_amounts_follow_the_unit(data: Path) -> None:
    """Figures in one unit under a head with another, or a small amount that reads as zero."""
    thousands = made("revenue", unit="천원")
    assert figures(thousands)["세입 예산현액"] == "17,212,564천원"
    assert {column.unit for column in thousands.table.columns} == {"", "천원", "%", "%p"}
    for part in (thousands, made("revenue", unit="억원")):
        cells = [
            (column.text(cell), cell)
            for row in part.table.rows
            for column, cell in zip(part.table.columns, row, strict=True)
        ]
        assert not [
            text for text, cell in cells if isinstance(cell, float) and cell and not text.strip("△0.")
        ]


def test_the_pace_is_an_assumption_and_says_so(data: Path) -> None:
    """A projection without its pace, or one that the pace does not move."""
    usual, slow = made("projection"), made("projection", pace="0.5")
    assert usual.message.startswith("가정:") and "0.5배" in slow.message
    assert slow.figures[0].value < usual.figures[0].value


def test_moved_steps_are_marked_as_assumed(data: Path) -> None:
    """A tried schedule that is taken for the report's."""
    plain = made("renovation")
    moved = made("renovation", **{"shift.hall.design": "2"})
    assert "가정" not in plain.title + plain.message
    assert moved.title.endswith("(가정)") and moved.message.startswith("가정: 설계 용역")
    heads = [column.head for column in moved.table.columns]
    row = next(row for row in moved.table.rows if row[1] == "설계 용역")
    assert (row[heads.index("보고서 기간")], row[heads.index("가정한 기간")]) == ("4~7월", "6~9월")


def test_a_plan_of_the_simulator_comes_along(data: Path) -> None:
    """The scenario that HR prepared is dropped on the way to the briefing."""
    plain, full = made("grading"), made("grading", ga_mode="가 비율 전부")
    assert full.title.endswith("(가정)")
    assert any("가 처리" in note and "가 비율 전부" in note for note in full.notes)
    assert plain.table.rows[-1][-1] == 0 and full.table.rows[-1][-1] == 36


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"sections": ""}, "하나 이상"),
        ({"sections": "expenditure,nothing"}, "nothing"),
        ({"sections": "expenditure,expenditure"}, "두 번"),
        ({"unit": "달러"}, "달러"),
        ({"as_of": "2020-01-01"}, "2020-01-01"),
        ({"pace": "9"}, "9"),
        ({"pace": "빨리"}, "빨리"),
        ({"shift.hall.design": "x"}, "정수"),
        ({"ga_mode": "없는 것"}, "없는 것"),
        ({"plan": "###"}, "plan"),
    ],
)
def test_what_cannot_be_used_is_said(data: Path, parameters: dict[str, str], words: str) -> None:
    """A wrong link or option ends in a trace, or makes something else than was asked for."""
    with pytest.raises(ValueError, match=words):
        compose.briefing(*link.read(parameters))


def test_a_link_leads_back_to_its_settings(data: Path) -> None:
    """A link that was sent opens another choice, unit or scenario."""
    given = {
        "sections": "projection,renovation,grading",
        "unit": "백만원",
        "pace": "1.3",
        "shift.hall.design": "2",
        "ga_mode": "가 비율 전부",
    }
    settings, keys = link.read(given)
    assert link.written(settings, keys) == given
    assert link.written(*link.read({})) == {}
    assert settings.as_of == datetime.date(2023, 3, 31)


@pytest.mark.parametrize(
    ("key", "carried"),
    [
        ("projection", {"pace": "1.3"}),
        ("renovation", {"shift.hall.design": "2"}),
        ("grading", {"ga_mode": "가 비율 전부"}),
        ("flexible_work", {}),
    ],
)
def test_a_section_takes_its_own_assumptions_along(data: Path, key: str, carried: dict[str, str]) -> None:
    """An assumption is lost, or one of another page becomes one of evaluation because it has the same name."""
    parameters = {"pace": "1.3", "shift.hall.design": "2", "ga_mode": "가 비율 전부", "view": "전망"}
    assert link.assumptions(key, parameters) == carried


def test_for_those_who_listen(briefing: Briefing) -> None:
    """The council gets the answers that were prepared for its questions."""
    handed = compose.without_notes(briefing)
    assert not any(part.speaker_notes or part.questions for part in handed.sections)
    assert [part.table for part in handed.sections] == [part.table for part in briefing.sections]


def test_settings_are_printed_on_what_leaves(data: Path) -> None:
    """A document made under assumptions looks like the report's own."""
    assert link.read({})[0].lines() == ("보고서 기준일: 2023. 3. 31.", "금액 단위: 억원")
    given = {"unit": "천원", "pace": "1.3", "shift.hall.design": "2", "ga_mode": "가 비율 전부"}
    assumed = link.read(given)[0].lines()
    assert assumed[1:] == (
        "금액 단위: 천원",
        "가정: 연말 전망 속도 1.3배",
        "가정: 청사 환경 개선 일정 1개 단계 변경",
        "가정: 성과평가 모의 설정 1개 변경",
    )
