"""The evaluation simulator as people use it, on the report's units."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lib.evaluation import plan, report
from lib.evaluation.controls import AWARDING, CONTROLS, CUTTING, GRADING, POINTING, SIMULATING
from lib.rules.rating_unit import Unit
from tests.pages.conftest import Visit, cards, charts, tables

PATH = "evaluation-simulator"
PARTS = {"근평 분포": GRADING, "커트라인": CUTTING, "실적가점": (*AWARDING, *POINTING, *SIMULATING)}
LIST = "평정단위,직급,식별번호,점수\n" + "\n".join(
    f"총무과,6급,식별{place:02d},{score}"
    for place, score in enumerate((68, 66, 66, 60, 55, 50, 40, 45, 33, 20), 1)
)
# A value of each control that changes what is seen in its part.
OTHER: dict[str, Any] = {
    "ga_mode": "가 비율 전부",
    "ga_rest": "수·우·양에 나눔",
    "method": "웹스터",
    "tie": "낮은 등급",
    "pool_below": 20,
    "scope": "전체 합계에 맞춤",
    "cut_tie": "모두 나은 등급",
    "recommended_percent": 8.0,
    "selected_percent": 1.0,
    "award_scope": "전체를 하나로",
    "award_rounding": "올림",
    "small_unit": 30,
    "small_minimum": 2,
    "tier_base": "선정 인원",
    "tier_s": 30.0,
    "tier_a": 40.0,
    "tier_b": 0.0,
    "top_place": "S와 별도로",
    "tier_spp": 1,
    "tier_sp": 1,
    "junior_percent": 80.0,
    "junior_base": "선정 인원",
    "junior_rounding": "버림",
    "juniors": 0,
    "seniors": 0,
    "point_spp": 2.0,
    "point_sp": 1.5,
    "point_s": 1.0,
    "point_a": 0.5,
    "point_b": 0.3,
    "team_points": 2.0,
    "team_multiple": 2.0,
    "first_half": "3",
    "second_half": "",
    "other_points": 4.0,
    "reliability": 0.9,
    "bottom_percent": 20.0,
    "draws": 500,
    "seed": 7,
}
# What must be set first for a control to matter.
SCENE: dict[str, dict[str, Any]] = {
    "ga_rest": {"ga_mode": "확정된 가만"},
    "tie": {"ga_mode": "가 비율 전부"},
    "method": {
        "ga_mode": "가 비율 전부",
        "share_su": 1.0,
        "share_u": 3.0,
        "share_yang": 30.0,
        "share_ga": 66.0,
    },
    "small_minimum": {"small_unit": 30},
    "top_place": {"tier_spp": 1},
    "junior_rounding": {"junior_percent": 50.0},
    "seniors": {"juniors": 6},
    "point_spp": {"tier_spp": 1},
    "point_sp": {"tier_sp": 1},
}


def seen(page: AppTest) -> str:
    """Everything that the results say: cards, tables, messages, remarks."""
    rows = [table.to_csv() for table in tables(page)]
    figures = [f"{card.name} {card.value}" for card in cards(page)]
    remarks = [element.value for kind in (page.caption, page.warning, page.error) for element in kind]
    drawn = [str(chart) for chart in charts(page)]
    return "\n".join([*figures, *rows, *remarks, *drawn])


def widget(page: AppTest, key: str) -> Any:
    """The widget of a control."""
    kind = CONTROLS[key].kind
    kinds = {"choice": page.segmented_control, "points": page.text_input}
    return kinds.get(kind, page.number_input)(key=key)


def edited(page: AppTest, **edits: Any) -> AppTest:
    """The page after edits of the units' table: edited_rows, added_rows, deleted_rows."""
    [editor] = page.data_editor
    state = {"edited_rows": {}, "added_rows": [], "deleted_rows": []} | edits
    page.session_state[editor.key] = state
    return page.run()


def people(page: AppTest) -> dict[str, str]:
    """The cards: grade or figure → people."""
    return {card.name: card.value for card in cards(page)}


def test_the_report_s_units_stand_there_as_an_illustration(visit: Visit) -> None:
    """Prevents that an illustration passes for the units that Seoul rates."""
    page = visit(PATH)
    [editor] = page.data_editor
    assert list(editor.value["단위"])[0] == "총무과" and editor.value["평정대상 인원"].sum() == 361
    assert any("예시" in caption.value and "361명" in caption.value for caption in page.caption)
    assert people(page) == {"수": "72명", "우": "146명", "양": "143명", "가": "0명"}


@pytest.mark.parametrize("key", OTHER)
def test_every_control_changes_what_is_seen(visit: Visit, key: str) -> None:
    """Prevents a control without effect, or one that leads to an error."""
    [part] = [part for part, controls in PARTS.items() if CONTROLS[key] in controls]
    page = visit(PATH, part=part, table="단위 크기" if key == "tie" else report.VIEWS[0])
    if key in ("reliability", "bottom_percent", "draws", "seed"):
        page.number_input(key="draws").set_value(300)
        page.toggle(key="simulate").set_value(True)
    for scene, value in SCENE.get(key, {}).items():
        widget(page, scene).set_value(value)
    page.run()
    if key == "cut_tie":
        page.file_uploader(key="people_file").set_value(("목록.csv", LIST.encode("cp949"), "text/csv")).run()
    if key == "ga_rest":
        page = edited(page, edited_rows={0: {"확정된 가": 2}})
    before = seen(page)
    widget(page, key).set_value(OTHER[key])
    page.run()
    assert not page.exception
    assert seen(page) != before
    named = " ".join(text.value for text in page.markdown).replace("\\", "")
    assert CONTROLS[key].label in named, "the scenario names what differs"


def test_every_control_has_its_law_beside_it(visit: Visit) -> None:
    """Prevents a control that does not say what it rests on, or that passes an assumption for law."""
    for part, controls in PARTS.items():
        captions = "\n".join(caption.value for caption in visit(PATH, part=part).caption)
        for control in controls:
            assert f"근거: {control.law}" in captions, control.key
            assert f":orange-badge[가정] {control.silent}" in captions or not control.silent, control.key


def test_shares_must_add_up_and_the_page_says_by_how_much_they_do_not(visit: Visit) -> None:
    """Prevents people counted out of shares of 95 or 110 percent."""
    page = visit(PATH)
    page.number_input(key="share_su").set_value(15.0).run()
    assert page.error[0].value == "비율의 합이 95%로 100%보다 5%p 모자라니 늘리십시오."
    assert not cards(page)
    page.number_input(key="share_u").set_value(55.5).run()
    assert page.error[0].value == "비율의 합이 110.5%로 100%보다 10.5%p 많으니 줄이십시오."
    page.number_input(key="share_u").set_value(45.0).run()
    assert not page.error and people(page)["수"] == "55명"


def test_units_are_edited_in_place(visit: Visit) -> None:
    """Prevents that an edited, added or removed unit is not counted."""
    page = edited(
        visit(PATH),
        edited_rows={0: {"평정대상 인원": 10, "단위": "총무과 일부"}},
        added_rows=[{"단위": "새 과", "직급": "7급", "평정대상 인원": 5}],
        deleted_rows=[1, 2, 3, 4, 5, 6, 7],
    )
    rows = tables(page)[0]
    assert list(rows.iloc[:, 0])[:2] == ["총무과 일부", "새 과 7급"]
    assert people(page) == {"수": "3명", "우": "6명", "양": "6명", "가": "0명"}


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ({"평정대상 인원": -1}, "2행 ‘평정대상 인원’ 열에 음수"),
        ({"평정대상 인원": None}, "2행 ‘평정대상 인원’ 열에 값이 없으니"),
        ({"평정대상 인원": 100_001}, "2행 ‘평정대상 인원’ 열에 너무 큰 수"),
        ({"단위": "총무과"}, "2행 ‘단위·직급’ 열에 1행과 같은 값"),
        ({"단위": ""}, "2행 ‘단위’ 열에 값이 없으니"),
        ({"확정된 가": 42}, "2행 ‘확정된 가’ 열에 인원"),
    ],
)
def test_a_bad_entry_is_named_and_what_stood_before_counts(
    visit: Visit, cell: dict[str, Any], sentence: str
) -> None:
    """Prevents that one bad cell takes the results away, or changes them in silence."""
    page = edited(visit(PATH), edited_rows={1: cell})
    [error] = page.error
    assert error.value.replace("\\", "").startswith(f"- {sentence}")
    assert people(page)["수"] == "72명"


def test_merging_and_splitting(visit: Visit) -> None:
    """Prevents that merging or splitting loses people, or edits made before."""
    page = edited(visit(PATH), edited_rows={0: {"평정대상 인원": 180}})
    page.multiselect(key="merge").set_value(["인사과", "인력개발과"])
    page.button(key="do_merge").click().run()
    [editor] = page.data_editor
    assert list(editor.value["단위"])[:2] == ["총무과", "인사과 + 인력개발과"]
    assert list(editor.value["평정대상 인원"])[:2] == [180, 79]
    page.selectbox(key="split_unit").select("총무과")
    page.number_input(key="split_parts").set_value(3)
    page.button(key="do_split").click().run()
    assert list(page.data_editor[0].value["평정대상 인원"])[:4] == [60, 60, 60, 79]
    page.multiselect(key="merge").set_value(["총무과 1"])
    page.button(key="do_merge").click().run()
    assert "둘 이상 고르십시오" in page.warning[0].value
    page.button(key="to_example").click().run()
    assert page.data_editor[0].value["평정대상 인원"].sum() == 361


def test_units_out_of_a_file_and_out_of_pasted_cells(visit: Visit) -> None:
    """Prevents that an upload is read wrongly, or a bad one takes the table with it."""
    page = visit(PATH)
    content = "단위,직급,인원,확정된 가\n총무과,6급,10,1\n=인사과,6급,5,\n".encode("cp949")
    page.file_uploader(key="unit_file").set_value(("단위.csv", content, "text/csv")).run()
    assert list(page.data_editor[0].value["단위"]) == ["총무과", "=인사과"]
    page.file_uploader(key="unit_file").set_value(
        ("단위.csv", "단위,인원\n가,열\n".encode(), "text/csv")
    ).run()
    assert (
        "2행 ‘인원’" in page.error[0].value.replace("\\", "") or "2행 ‘평정대상 인원’" in page.error[0].value
    )
    assert list(page.data_editor[0].value["단위"]) == ["총무과", "=인사과"]
    page.text_area(key="unit_text").set_value("대외협력과\t7급\t20\t0")
    page.button(key="take_pasted").click().run()
    assert not page.error and list(page.data_editor[0].value["단위"]) == ["대외협력과"]


def test_the_baseline_stands_beside_the_scenario(visit: Visit) -> None:
    """Prevents a scenario without what it is held against."""
    page = visit(PATH)
    page.segmented_control(key="ga_mode").set_value("가 비율 전부").run()
    [ga] = [card for card in cards(page) if card.name == "가"]
    assert (ga.value, ga.remark) == ("36명", "+36명")
    page.button(key="keep_baseline").click().run()
    [ga] = [card for card in cards(page) if card.name == "가"]
    assert (ga.value, ga.remark) == ("36명", "0명")
    page.segmented_control(key="tie").set_value("낮은 등급").run()
    assert any("동점일 때 마지막 한 명 나은 등급 → 낮은 등급" in text.value for text in page.markdown)
    page.button(key="start_over").click().run()
    assert page.segmented_control(key="ga_mode").value == "가 없음"
    assert "plan" not in page.query_params


def link(page: AppTest) -> dict[str, str]:
    """The parameters of the page's address."""
    return {
        key: values[-1] if isinstance(values, list) else values for key, values in page.query_params.items()
    }


def test_a_link_shows_a_colleague_the_same_numbers(visit: Visit) -> None:
    """Prevents that a link loses a setting, a unit or the baseline."""
    page = edited(visit(PATH), edited_rows={0: {"평정대상 인원": 100, "확정된 가": 3}})
    page.button(key="keep_baseline").click().run()
    page.segmented_control(key="ga_mode").set_value("확정된 가만")
    page.number_input(key="share_su").set_value(25.0)
    page.number_input(key="share_u").set_value(35.0)
    page.run()
    page = edited(page, edited_rows={0: {"평정대상 인원": 101, "확정된 가": 3}})
    packed = link(page)["plan"]
    assert len(packed) < 500
    opened = visit(PATH, plan=packed, ga_mode="확정된 가만", share_su="25.0", share_u="35.0")
    assert seen(opened) == seen(page)
    assert people(opened) == people(page)


@pytest.mark.parametrize(
    ("parameters", "part"),
    [
        ({"plan": "x"}, "plan 값이 손상되어"),
        ({"plan": "A" * 5000}, "plan 값이 손상되어"),
        ({"ga_mode": "<script>"}, "‘가 처리’ 값을 쓸 수 없어"),
        ({"share_su": "1e999"}, "‘수(%)’ 값을 쓸 수 없어"),
        ({"draws": "99999999999"}, "‘반복 횟수’ 값을 쓸 수 없어"),
        ({"pool_below": "-1"}, "‘이보다 작은 단위는 묶어 평정(명)’ 값을 쓸 수 없어"),
    ],
)
def test_a_damaged_link_opens_with_a_sentence(visit: Visit, parameters: dict[str, str], part: str) -> None:
    """Prevents a trace, or other numbers than were sent, without a word."""
    page = visit(PATH, **parameters)
    assert part in page.warning[0].value.replace("\\", "")
    assert people(page)["수"] == "72명"


def test_a_plan_is_saved_and_loaded(visit: Visit) -> None:
    """Prevents that a saved plan opens as another one, or that a damaged one takes what was there."""
    units = (Unit("총무과", 20, "6급", 1), Unit("인사과", 5, "6급"))
    settings = {**plan.DEFAULTS, "ga_mode": "가 비율 전부", "tie": "낮은 등급", "seed": 5}
    content = plan.saved(plan.Both(plan.Plan(settings, units), plan.Plan(plan.DEFAULTS, units)))
    page = visit(PATH)
    page.file_uploader(key="plan_file").set_value(("설정.json", content, "application/json")).run()
    assert page.segmented_control(key="tie").value == "낮은 등급"
    assert people(page) == {"수": "5명", "우": "10명", "양": "7명", "가": "3명"}
    damaged = json.dumps({"form": plan.FORM, "version": 1, "plan": {"settings": {"tie": 3}, "units": []}})
    page.file_uploader(key="plan_file").set_value(("설정.json", damaged.encode(), "application/json")).run()
    assert "‘동점일 때 마지막 한 명’ 값(3)" in page.warning[0].value.replace("\\", "")
    assert people(page)["가"] == "3명"
    page.segmented_control(key="part").set_value("실적가점").run()
    assert page.number_input(key="seed").value == 5


def test_settings_of_one_part_stay_while_another_is_open(visit: Visit) -> None:
    """Prevents that looking at another part takes back what was set, here or for the one who gets the link."""
    page = visit(PATH, part="커트라인", ga_mode="가 비율 전부", pool_below="14")
    assert any("가 처리 가 없음 → 가 비율 전부" in text.value for text in page.markdown)
    packed = link(page)["plan"]
    page.segmented_control(key="part").set_value("근평 분포").run()
    assert page.segmented_control(key="ga_mode").value == "가 비율 전부"
    page.segmented_control(key="part").set_value("실적가점").run()
    page.number_input(key="seed").set_value(9).run()
    page.segmented_control(key="part").set_value("근평 분포").run()
    assert page.number_input(key="pool_below").value == 14
    page.segmented_control(key="part").set_value("실적가점").run()
    assert page.number_input(key="seed").value == 9
    colleague = visit(PATH, part="커트라인", plan=packed)
    colleague.segmented_control(key="part").set_value("근평 분포").run()
    assert colleague.segmented_control(key="ga_mode").value == "가 비율 전부"
    assert colleague.number_input(key="pool_below").value == 14


@pytest.mark.parametrize("view", report.VIEWS)
def test_every_view_has_a_table(visit: Visit, view: str) -> None:
    """Prevents an empty view, or one that fails."""
    page = visit(PATH, table=view, ga_mode="가 비율 전부")
    assert tables(page)[0].to_csv().count("\n") > 8


def test_the_list_is_cut_and_compared(visit: Visit) -> None:
    """Prevents that a list is cut by other settings than those shown, or a bad one is cut at all."""
    page = visit(PATH, part="커트라인")
    page.file_uploader(key="people_file").set_value(("목록.csv", LIST.encode("cp949"), "text/csv")).run()
    text = seen(page)
    assert "식별02(수), 식별03(우)" in text and "식별10,20.00" in text
    page.segmented_control(key="part").set_value("근평 분포").run()
    page.segmented_control(key="ga_mode").set_value("가 비율 전부").run()
    page.segmented_control(key="part").set_value("커트라인").run()
    assert "식별10,양,가" in seen(page)
    bad = LIST.replace("20", "71").encode()
    page.file_uploader(key="people_file").set_value(("목록.csv", bad, "text/csv")).run()
    assert "11행 ‘점수’" in page.error[0].value.replace("\\", "")
    assert "식별10,양,가" in seen(page), "the list before stays"
    page.button(key="forget").click().run()
    assert "식별" not in seen(page).replace("식별번호", "")


def test_the_list_is_neither_in_the_link_nor_in_a_second_visit(visit: Visit) -> None:
    """Prevents that people's scores leave the visit they were uploaded in."""
    page = visit(PATH, part="커트라인")
    page.file_uploader(key="people_file").set_value(("목록.csv", LIST.encode("cp949"), "text/csv")).run()
    assert "식별02" in seen(page)
    assert not any("식별" in value for value in link(page).values())
    second = visit(PATH, **link(page))
    assert "식별02" not in seen(second)
    assert any("평정 목록을 올리면" in info.value for info in second.info)


def test_the_simulation_says_its_seed_draws_and_error(visit: Visit) -> None:
    """Prevents a chance result without what it would take to get it again."""
    page = visit(PATH, part="실적가점", simulate="true", draws="400", seed="3")
    text = seen(page)
    assert "400회 · 3" in text and "±" in text and "(가정)" in text
    again = visit(PATH, part="실적가점", simulate="true", draws="400", seed="3")
    assert seen(again) == text


def test_no_solution_is_said(visit: Visit) -> None:
    """Prevents that tying to the whole is relaxed in silence where it cannot be done."""
    page = visit(PATH, ga_mode="확정된 가만", scope="전체 합계에 맞춤")
    sizes = [("가단위", 4, 3), ("나단위", 6, 0), ("다단위", 5, 0)]
    rows = [dict(zip(("단위", "평정대상 인원", "확정된 가"), row, strict=True)) for row in sizes]
    page = edited(page, deleted_rows=list(range(8)), added_rows=rows)
    assert not page.exception
    assert "전체 합계에 맞출 수 없으니" in page.error[0].value
    assert "'양' 합계 3명이 필요하나 4~5명만 가능" in page.error[0].value
    assert not people(page)
