"""The two pages about commitments: the renovation works and what follows the meeting."""

import datetime
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qsl, unquote

import pytest
from streamlit.testing.v1 import AppTest

from data import build
from lib import menu
from tests.data.test_editions import JUNE, MARCH, Rows, altered, remarked, without_residents
from tests.pages.conftest import ROOT, Visit, cards, charts, follow, tables

HALL, OFFICE = "본관 1층 시민 공간", "사무실 재배치·보수"


def steps(page: AppTest, name: str = "단계") -> list[str]:
    """The first column of that name in the first table that has it."""
    [table, *_] = [table for table in tables(page) if name in table.columns]
    return [str(cell) for cell in table[name]]


def said(page: AppTest) -> str:
    """Everything that the page says, for what has no key to look it up by."""
    parts = [*page.markdown, *page.caption, *page.warning, *page.success, *page.info]
    return "\n".join([part.value for part in parts] + [part.proto.title for part in page.warning])


def fact(page: AppTest, label: str) -> tuple[str, str]:
    [card] = [card for card in cards(page) if card.name == label]
    return card.value, card.remark


def test_status_on_the_as_of_date(visit: Visit) -> None:
    """A step that is done shown as planned, or the next date told wrongly."""
    page = visit("renovation-timeline")
    assert fact(page, "끝난 단계") == ("7개", "전체 10개")
    assert fact(page, "남은 단계") == ("3개", "진행 중 0 · 예정 3")
    assert fact(page, "다음 일정") == ("2023년 4월", "설계 용역 시작")
    assert fact(page, "종료 미정") == ("1개", "리모델링 공사")
    assert len(steps(page)) == 10


@pytest.mark.parametrize(
    ("parameters", "kept"),
    [
        ({"work": OFFICE, "status": "예정"}, ["사무환경 구성·공사"]),
        ({"status": "종료 미정"}, ["리모델링 공사"]),
        ({"owner": "총무과"}, ["설계 용역", "리모델링 공사"]),
        ({"owner": "담당 미기재", "status": "예정"}, ["사무환경 구성·공사"]),
        ({"owner": "없는 과", "work": "없는 사업"}, None),
    ],
)
def test_filters_come_from_the_link(visit: Visit, parameters: dict[str, str], kept: list[str] | None) -> None:
    """A link that opens with other steps than its sender saw; an unknown value that breaks the page."""
    page = visit("renovation-timeline", **parameters)
    assert len(steps(page)) == 10 if kept is None else steps(page) == kept


def test_filters_that_leave_nothing_say_so(visit: Visit) -> None:
    """An empty chart without a word."""
    page = visit("renovation-timeline", work=OFFICE, owner="총무과")
    assert "조건에 맞는 단계가 없습니다" in said(page)


def test_a_link_to_a_step_shows_it(visit: Visit) -> None:
    """The overview or the search leading to the page but not to the step."""
    page = visit("renovation-timeline", milestone="리모델링 공사")
    assert page.selectbox(key="milestone").value == "리모델링 공사"
    [shown] = [m.value for m in page.markdown if m.value.startswith("**리모델링 공사**")]
    assert "앞 단계: 설계 용역" in shown and "수유실" in shown and "담당 총무과" in shown


def test_the_overview_leads_to_steps(visit: Visit) -> None:
    """A row of the attention list with a value that the page does not know."""
    page = visit()
    links = [
        (link.proto.page, dict(parse_qsl(link.proto.query_string)))
        for link in page.page_link
        if link.proto.page in ("renovation-timeline", "resident-support")
    ]
    selecting = [(path, selected) for path, selected in links if selected]
    assert selecting
    for path, selected in selecting:
        target = visit(path, **selected)
        assert {key: target.selectbox(key=key).value for key in selected} == selected


@pytest.mark.parametrize(
    ("wanted", "path", "parameter"),
    [
        ("설계 용역", "renovation-timeline", "milestone"),
        ("정신적 외상", "resident-support", "suggestion"),
        ("지원단체 대상 정기 메일", "resident-support", "follow_up"),
    ],
)
def test_search_leads_to_commitments(visit: Visit, wanted: str, path: str, parameter: str) -> None:
    """A step, suggestion or action that the search finds and does not select, from elsewhere and on its page."""
    for start in ("", path):
        page = follow(visit(start), wanted)
        assert page.selectbox(key=parameter).value.startswith(wanted)


def test_moving_the_design_moves_construction_and_ends_the_clash(visit: Visit) -> None:
    """A scenario in which construction begins before its design is done, or the clash is not looked at again."""
    page = visit("renovation-timeline", view="가정해 보기")
    assert "아직 바꾼 일정이 없어" in said(page)
    assert [warning.proto.title for warning in page.warning] == [
        "보고서 일정: 8월에 ‘리모델링 공사’, ‘사무환경 구성·공사’ 겹침",
    ]
    assert "총무과(7팀 178명), 본관 1층" in page.warning[0].value
    assert "현업·격무부서" in page.warning[0].value
    page.number_input(key="shift.office.demanding-units").set_value(-1).run()
    page.number_input(key="lengthen.hall.design").set_value(-1).run()
    page.number_input(key="shift.hall.construction").set_value(2).run()
    assert not page.exception
    text = said(page)
    assert "설계 용역 종료 1개월 앞당겨짐(7월 → 6월)" in text
    assert "리모델링 공사 시작 1개월 늦어짐(8월 → 9월)" in text
    assert "가정한 일정: 두 사업의 남은 단계가 겹치는 달이 없습니다." in text


def test_a_scenario_is_in_its_link(visit: Visit) -> None:
    """A link that opens without what its sender tried, or with an end taken for the report's."""
    page = visit(
        "renovation-timeline",
        **{"view": "가정해 보기", "lengthen.hall.design": "2", "months.hall.construction": "6"},
    )
    [table] = [table for table in tables(page) if "가정한 일정" in table.columns]
    after = dict(zip(table["단계"], table["가정한 일정"], strict=True))
    before = dict(zip(table["단계"], table["보고서 일정"], strict=True))
    assert (before["설계 용역"], after["설계 용역"]) == ("4~7월", "4~9월")
    assert (before["리모델링 공사"], after["리모델링 공사"]) == ("8월~", "10월~2024년 3월")
    page.button(key="forget").click().run()
    assert page.number_input(key="lengthen.hall.design").value == 0
    assert "아직 바꾼 일정이 없어" in said(page)


@pytest.mark.parametrize("value", ["-99", "99", "많이"])
def test_a_link_beyond_the_room_of_a_step_keeps_the_page(visit: Visit, value: str) -> None:
    """A link edited by hand that breaks the page or moves the design into the past."""
    page = visit("renovation-timeline", **{"view": "가정해 보기", "shift.hall.design": value})
    [table] = [table for table in tables(page) if "가정한 일정" in table.columns]
    assert table["보고서 일정"].tolist()[3] == "4~7월"
    assert table["가정한 일정"].tolist()[3] in ("4~7월", "2025년 4~7월")


def test_only_what_is_left_can_be_moved(visit: Visit) -> None:
    """Controls that change what is done."""
    page = visit("renovation-timeline", view="가정해 보기")
    assert {field.key for field in page.number_input} == {
        "shift.hall.design",
        "lengthen.hall.design",
        "shift.hall.construction",
        "months.hall.construction",
        "shift.office.demanding-units",
        "lengthen.office.demanding-units",
    }


def test_what_should_have_ended_and_what_has_no_end_is_listed(visit: Visit) -> None:
    """An overdue step or an open end that nobody is told of. The report's year is over."""
    text = said(visit("renovation-timeline"))
    assert "**2023년 7월 말** 설계 용역(총무과)" in text
    assert "**2023년 8월** 시작 리모델링 공사(총무과)" in text
    assert "**8월 시작** 리모델링 공사(총무과), 사무환경 구성·공사" in text


@pytest.mark.parametrize("path", ["renovation-timeline", "resident-support"])
def test_today_can_be_switched_on(visit: Visit, path: str) -> None:
    """A chart that cannot say how far back the report lies."""

    def shows_today(page: AppTest) -> bool:
        return any("오늘 20".encode() in chart.SerializeToString() for chart in charts(page))

    page = visit(path)
    assert not shows_today(page)
    page.toggle(key="today").set_value(True).run()
    assert shows_today(page)


@pytest.mark.parametrize("path", ["renovation-timeline", "resident-support"])
def test_downloads(visit: Visit, path: str) -> None:
    """A table or calendar that cannot be taken along."""
    labels = [button.proto.label for button in visit(path).get("download_button")]
    assert {"CSV 내려받기", "엑셀(XLSX) 내려받기", "일정(ICS) 내려받기"} <= set(labels)


def test_meeting(visit: Visit) -> None:
    """Who met when, told wrongly."""
    page = visit("resident-support")
    assert fact(page, "일시") == ("2023. 3. 29.", "15:00~17:00")
    counts = [fact(page, kind)[0] for kind in ("지원단체", "시의회", "유관기관")]
    assert counts == ["14개", "4명", "8개"]
    assert "통일부, 남북하나재단, 강서구, 노원구, 지역적응센터 4개" in said(page)


def test_coverage(visit: Visit) -> None:
    """A suggestion counted as answered that nobody answers, or a pairing taken for the report's own."""
    page = visit("resident-support")
    text = said(page)
    assert "건의 8건 가운데 5건에 답하는 조치가 있고 3건에는 아직 없습니다" in text
    assert "‘돌봄’ 건의에는 답하는 조치가 하나도 없습니다." in text
    assert "자료 작성자가 보고서를 읽고 지은 것이며 보고서에 적힌 것이 아닙니다" in text
    [table, *_] = [table for table in tables(page) if "답하는 조치" in table.columns]
    bare = table[table["답하는 조치"] == "아직 없음"]
    assert set(bare["주제"]) == {"교육", "돌봄"}
    assert len(bare) == 3


@pytest.mark.parametrize(
    ("parameters", "suggestions", "actions"),
    [
        ({"find": "병 역"}, 2, 1),
        ({"topic": "돌봄"}, 2, 7),
        ({"suggestion": "북한이탈주민과 단체에 시 정책 홍보·공유"}, 3, 7),
        ({"follow_up": "건의별 지원 방안 협의"}, 2, 7),
    ],
)
def test_search_and_filters(visit: Visit, parameters: dict[str, str], suggestions: int, actions: int) -> None:
    """A search that spaces defeat, or a link to a suggestion that shows all."""
    page = visit("resident-support", **parameters)
    assert len(steps(page, "짝지은 까닭")) == suggestions
    assert len(steps(page, "보고서 표기")) == actions


def test_nothing_found_says_so(visit: Visit) -> None:
    """A blank page after a search."""
    page = visit("resident-support", find="없는 말")
    assert "조건에 맞는 건의가 없습니다" in said(page)
    assert "찾는 말이 든 조치가 없습니다" in said(page)


def test_budget_of_the_department(visit: Visit) -> None:
    """Another department's money, or a link that leads to another line."""
    page = visit("resident-support")
    assert fact(page, "집행률")[0] == "21.5%"
    assert "2024년 예산에 담겨야" in said(page)
    [link] = [link for link in page.page_link if "예산 집행 자세히" in link.label]
    assert unquote(link.proto.query_string) == "line=남북협력과"


def made_up(rows: Rows) -> Rows:
    """By June: design ends in September, the offices were done in June, construction is dropped, an opening is new."""
    kept = [row for row in rows if row["milestone"] not in ("hall.construction", "office.disability-policy")]
    for row in kept:
        if row["milestone"] == "hall.design":
            row |= {"step": "실시 설계 용역", "end_month": "2023-09-01"}
        if row["milestone"] == "office.demanding-units":
            row |= {"start_month": "2023-06-01", "end_month": "2023-06-01"}
    opening = {
        **dict.fromkeys(kept[0], ""),
        "milestone": "hall.opening",
        "work": HALL,
        "step": "개관",
        "place": "본관 1층",
        "start_month": "2024-01-01",
        "end_month": "2024-01-01",
        "position": "11",
    }
    return [*kept, opening]


def postponed(rows: Rows) -> Rows:
    """The talks last until July."""
    return [row | {"end_month": "2023-07-01"} if row["follow_up"] == "review" else row for row in rows]


def untied(rows: Rows) -> Rows:
    return [{**row, "milestone": ""} for row in rows]


@pytest.fixture
def june(
    visit: Visit, bureau: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., AppTest]:
    """Opens a page on a folder with a made-up report of June beside the real one."""
    folder = Path(shutil.copytree(bureau, tmp_path / "data"))
    edition = folder / "report" / str(JUNE)
    shutil.copytree(folder / "report" / str(MARCH), edition)
    for name, alter in {
        "edition": remarked,
        "known_difference": without_residents,
        "milestone": made_up,
        "deliverable": untied,
        "follow_up": postponed,
    }.items():
        altered(edition / f"{name}.csv", alter)
    build.build(folder)

    def opened(path: str, **parameters: str) -> AppTest:
        monkeypatch.setenv("BUREAU_DATA", str(folder))
        app = AppTest.from_file(str(ROOT / "lib" / "frame.py"), default_timeout=30)
        for name, value in parameters.items():
            app.query_params[name] = value
        app.run()
        app.switch_page(menu.entry(path).script).run()
        assert not app.exception, app.exception
        return app

    return opened


def test_a_second_edition_shows_slips(june: Callable[..., AppTest]) -> None:
    """A step that slipped, came early, was dropped or is new, and nobody sees which."""
    page = june("renovation-timeline")
    assert fact(page, "이전 보고 대비") == (
        "5건 변동",
        "지연 1건 등",
    )
    page.segmented_control(key="view").set_value("이전 보고와 비교").run()
    assert not page.exception
    [table] = [table for table in tables(page) if "변동" in table.columns]
    changes = {
        step: (change, text)
        for step, change, text in zip(table["단계"], table["변동"], table["내용"], strict=True)
    }
    assert changes["실시 설계 용역"] == ("지연", "종료 2개월 늦어짐(7월 → 9월)")
    assert changes["사무환경 구성·공사"][0] == "조기 완료"
    assert changes["개관"] == ("신규", "이번 보고에 새로 들어옴")
    assert changes["리모델링 공사"] == ("제외", "이번 보고에서 빠짐")
    assert changes["사무실 정비"] == ("완료 후 제외", "이번 보고에서 빠짐")
    assert changes["공공건축심의"][0] == "변동 없음"
    told = "2023. 3. 31. 보고와 견주면 지연 1건, 제외 1건, 신규 1건, 조기 완료 1건, 완료 후 제외 1건입니다"
    assert told in said(page)


def test_actions_slip_by_the_same_rule(june: Callable[..., AppTest]) -> None:
    """Slips shown on one of the two pages only."""
    page = june("resident-support")
    [table] = [table for table in tables(page) if "변동" in table.columns]
    [row] = table[table["변동"] != "변동 없음"].itertuples(index=False)
    assert (row[0], row[-2:]) == ("건의사항 공유와 검토", ("지연", "종료 2개월 늦어짐(5월 → 7월)"))


def test_the_first_edition_has_nothing_to_compare_with(june: Callable[..., AppTest]) -> None:
    """March compared with June, which had not been written."""
    page = june("renovation-timeline")
    page.selectbox(key="as_of").set_value(datetime.date(2023, 3, 31)).run()
    assert not [card for card in cards(page) if card.name == "이전 보고 대비"]
    page.segmented_control(key="view").set_value("이전 보고와 비교").run()
    assert "견줄 이전 보고서가 없습니다" in said(page)
