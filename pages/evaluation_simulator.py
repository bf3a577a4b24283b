from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from lib import sources, ui, upload
from lib.evaluation import award, cutting, distribution, plan, report, units
from lib.evaluation.controls import AWARDING, CONTROLS, CUTTING, GRADING, POINTING, SIMULATING
from lib.queries import evaluation, organisation
from lib.rules import bonus, rating_unit, reliability

DRAWN = {"근평 분포": GRADING, "커트라인": CUTTING, "실적가점": (*AWARDING, *POINTING, *SIMULATING)}
PARTS = list(DRAWN)

state = st.session_state


def replace(new: tuple[rating_unit.Unit, ...]) -> None:
    """Put other units into the table, as one without edits."""
    state.sim_units = new
    state.sim_version += 1
    state.sim_problems = ()


def take(rows: Callable[[], pd.DataFrame]) -> None:
    """The units that are read; or what is wrong with them, and the table stays as it is."""
    try:
        replace(units.of_rows(rows()))
    except upload.UploadError as fault:
        state.sim_problems = fault.problems


def take_file() -> None:
    """The units of an uploaded file."""
    if file := state.unit_file:
        take(lambda: upload.table(file.name, file.getvalue(), units.COLUMNS))


def take_pasted() -> None:
    """The units of what was pasted."""
    take(lambda: upload.pasted(state.unit_text, units.COLUMNS))


def rearrange(change: Callable[..., tuple[rating_unit.Unit, ...]], *keys: str) -> None:
    """Merge or split units by the widgets of the keys; or say why that cannot be."""
    try:
        replace(change(state.sim_units, *(state[key] for key in keys)))
    except ValueError as fault:
        state.sim_note = str(fault)


def settings() -> plan.Settings:
    """The value of every control, drawn or not; that it begins with where a link has emptied it (?ga_mode=)."""
    values = {key: state.get(key, control.default) for key, control in CONTROLS.items()}
    return {
        key: value if CONTROLS[key].holds(value) else CONTROLS[key].default for key, value in values.items()
    }


def set_baseline(baseline: plan.Plan | None) -> None:
    """What the plan is held against; None: the defaults on the same units."""
    state.sim_baseline = baseline


def set_plan(both: plan.Both) -> None:
    """Set every control, the units and the baseline."""
    for key, value in both.plan.settings.items():
        state[key] = value
    set_baseline(both.baseline)
    replace(both.plan.units)


def take_plan() -> None:
    """The plan of a saved file; or what is wrong with it, and all stays as it is."""
    if file := state.plan_file:
        try:
            set_plan(plan.loaded(file.getvalue()))
        except plan.PlanError as fault:
            state.sim_note = str(fault)


def take_list() -> None:
    """The people of an uploaded list, for this visit only; or what is wrong with it."""
    if file := state.people_file:
        try:
            state.sim_people, state.sim_list_problems = cutting.people(file.name, file.getvalue()), ()
        except upload.UploadError as fault:
            state.sim_list_problems = fault.problems


def forget_list() -> None:
    """Take the list out of this visit."""
    state.sim_people, state.sim_list_problems = (), ()


def old_regime() -> bonus.Regime:
    """실적가점 before the reform, from the report."""
    items, tiers = evaluation.items(as_of, report.BEFORE), evaluation.tiers(as_of, report.BEFORE)
    return award.old_regime(dict(zip(items["item"], items["value"], strict=True)), tiers.itertuples())


def simulations(found: report.Awards) -> list[tuple[str, reliability.Simulation]]:
    """The baseline's simulation where it differs, then the plan's; kept for the visit."""
    wanted = {
        report.BASE: award.simulated(base, found.base.counts),
        report.NOW: award.simulated(now, found.now.counts),
    }
    kept = state.get("sim_runs", {})
    runs = {}
    for name, arguments in wanted.items():
        if arguments not in kept and arguments not in runs:
            bar = st.progress(0.0, f"{name} 모의실험을 하고 있습니다.")
            runs[arguments] = reliability.simulation(
                *arguments[:4], draws=arguments[4], seed=arguments[5], progress=bar.progress
            )
            bar.empty()
        runs[arguments] = runs.get(arguments) or kept[arguments]
    state.sim_runs = runs
    names = list(wanted) if len(runs) > 1 else [report.NOW]
    return [(name, runs[wanted[name]]) for name in names]


as_of = ui.as_of()
departments = organisation.departments(as_of)
departments = departments[departments["in_bureau"]]
example = units.illustration([(row.department, int(row.head_count)) for row in departments.itertuples()])
given = st.query_params.to_dict()

if "sim_units" not in state:
    both = plan.first(example)
    state.sim_note = ""
    if "plan" in given:
        try:
            both = plan.unpacked(given["plan"], example)
        except plan.PlanError as fault:
            state.sim_note = str(fault)
    state.sim_units, state.sim_baseline, state.sim_example = both.plan.units, both.baseline, example
    state.sim_version, state.sim_problems = 0, ()
    state.sim_people, state.sim_list_problems = (), ()
    part = given.get("part", PARTS[0])
    for key, control in CONTROLS.items():  # those that this run does not draw
        if control not in DRAWN.get(part, GRADING):
            if both.plan.settings[key] != control.default:
                state[key] = both.plan.settings[key]
            elif key in given and control.reads(given[key]):
                state[key] = control.read(given[key])
if state.sim_example != example:  # another edition of the report
    if state.sim_units == state.sim_example:
        replace(example)
    state.sim_example = example

for key in [key for key, text in given.items() if key in CONTROLS and not CONTROLS[key].reads(text)]:
    st.warning(
        f"주소의 ‘{CONTROLS[key].label}’ 값을 쓸 수 없어 처음 값으로 열었으니 이 화면에서 다시 고르십시오."
    )
if state.sim_note:
    st.warning(ui.literal(state.sim_note))
    state.sim_note = ""

scenario = st.container()
part = (
    st.segmented_control(
        "부문",
        PARTS,
        default=PARTS[0],
        required=True,
        key="part",
        bind="query-params",
        label_visibility="collapsed",
        width="stretch",
    )
    or PARTS[0]
)  # ?part= in a link chooses nothing
headline = st.container()  # what comes out, in sight while the controls are moved

# Controls: those of the open part.

if part == PARTS[0]:
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown("**평정단위** (바로 고칠 수 있고, 맨 아래 행에 단위를 더할 수 있습니다)")
        table = f"units-{state.sim_version}"
        if table not in state:
            state.sim_table = units.frame(state.sim_units)
        whole: dict[str, Any] = {"min_value": 0, "max_value": units.LARGEST, "step": 1, "format": "localized"}
        edited = st.data_editor(
            state.sim_table,
            key=table,
            num_rows="dynamic",
            hide_index=True,
            height=340,
            placeholder="",
            alt="평정단위와 인원",
            column_config={
                "단위": st.column_config.TextColumn(required=True, max_chars=200),
                "직급": st.column_config.TextColumn(max_chars=200, help="같은 직급끼리만 묶거나 합칩니다."),
                "평정대상 인원": st.column_config.NumberColumn(required=True, **whole),
                "확정된 가": st.column_config.NumberColumn(
                    help="‘확정된 가만’에서 셉니다. 비워 두면 0입니다.", **whole
                ),
            },
        )
        try:
            state.sim_units = units.edited(edited)
        except upload.UploadError as fault:
            ui.problems(fault.problems, "단위표에서 고칠 곳이 있어, 마지막으로 맞던 표로 계산합니다.")
        people = sum(unit.people for unit in state.sim_units)
        if state.sim_units == example:
            st.caption(
                f":orange-badge[예시] 보고서의 {len(example)}개 부서 {people:,}명을 평정단위로 놓아 본 것입니다. "
                "보고서에는 직급별 인원이 없고 4급 이상도 들어 있어 실제 평정단위와 다릅니다."
            )
        else:
            st.caption(f"단위 {len(state.sim_units):,}개, 모두 {people:,}명입니다.")
        if exempt := units.without_quota(state.sim_units):
            st.warning(
                f"4급 이상은 성과계약 평가 대상이라 분포 비율이 없으니({ui.literal(', '.join(exempt[:5]))}) "
                "단위표에서 빼십시오. 근거: 임용령 제31조의2 제2항·제4항"
            )
        with st.container(horizontal=True):
            with st.popover("붙여넣기·올리기", icon=":material/upload:"):
                st.caption(
                    f"열 이름: {', '.join(units.HEADS)}. 파일은 {upload.MEGABYTES}MB·1만 행까지이며 저장되지 않습니다."
                )
                ui.file_box(
                    "단위표 파일(.xlsx, .csv)",
                    upload.TYPES,
                    upload.MEGABYTES,
                    key="unit_file",
                    on_change=take_file,
                )
                if ui.may("upload"):
                    st.text_area(
                        "엑셀에서 복사한 칸",
                        key="unit_text",
                        placeholder="총무과\t6급\t12\t0",
                        max_chars=900_000,
                    )
                    st.button("붙여넣은 표로 바꾸기", on_click=take_pasted, key="take_pasted")
            with st.popover("합치기·나누기", icon=":material/call_split:"):
                labels = [units.label(unit) for unit in state.sim_units[:1000]]
                st.multiselect("합칠 단위", labels, key="merge", placeholder="둘 이상 고르기")
                st.button("합치기", on_click=rearrange, args=(units.merged, "merge"), key="do_merge")
                st.selectbox("나눌 단위", labels, key="split_unit")
                st.number_input("몇 개로", 2, 1000, 2, key="split_parts")
                st.button(
                    "나누기",
                    on_click=rearrange,
                    args=(units.split, "split_unit", "split_parts"),
                    key="do_split",
                )
            st.button("예시로 되돌리기", on_click=replace, args=(example,), key="to_example", type="tertiary")
        if state.sim_problems:
            ui.problems(state.sim_problems, "올린 표를 받지 못해 앞의 표를 그대로 두었습니다.")
    with right, st.container(border=True, gap="xsmall"):
        st.markdown("**등급 비율**")
        with st.grid(4, min_column_width=110):
            for control in GRADING[:4]:
                ui.widget(control)
        if gap := distribution.gap(settings()):
            st.error(
                f"비율의 합이 {distribution.exact(100 + gap)}%로 100%보다 {distribution.exact(abs(gap))}%p "
                f"{'많으니 줄이' if gap > 0 else '모자라니 늘리'}십시오."
            )
        else:
            st.caption("비율의 합: 100%")
        ui.law(GRADING[0])
    with right:
        ui.control(GRADING[4])
    ui.controls(GRADING[5:])
if part == PARTS[1]:
    left, right = st.columns(2, gap="large")
    with left, st.container(border=True):
        ui.file_box(
            "평정 목록(.xlsx, .csv): 평정단위, 직급, 식별번호, 점수",
            upload.TYPES,
            upload.MEGABYTES,
            key="people_file",
            on_change=take_list,
        )
        st.caption(
            "올린 목록은 이 화면을 보고 있는 동안에만 서버 메모리에 있습니다. 저장·기록하지 않고 링크와 설정 파일에도 "
            "담지 않으며, 다른 사람에게 보이지 않습니다. 이름 대신 인사과의 식별번호를 쓰십시오."
        )
        if state.sim_people:
            st.button("목록 지우기", on_click=forget_list, key="forget", icon=":material/delete:")
        if state.sim_list_problems:
            ui.problems(state.sim_list_problems, "올린 목록을 받지 못해 앞의 것을 그대로 두었습니다.")
    with right:
        for control in CUTTING:
            ui.control(control)
if part == PARTS[2]:
    with st.expander("인원과 등급", expanded=True):
        ui.controls(AWARDING)
    with st.expander("점수와 협력 부문"):
        ui.controls(POINTING)
    with st.expander("평정 신뢰도 모의실험"):
        ui.controls(SIMULATING)
        st.toggle("모의실험 실행", key="simulate", bind="query-params")

now = plan.Plan(settings(), state.sim_units)
gap = distribution.gap(now.settings)
base = state.sim_baseline or plan.Plan(plan.DEFAULTS, state.sim_units)
packed = plan.packed(plan.Both(now, state.sim_baseline), example, [control.key for control in DRAWN[part]])
if packed != given.get("plan", ""):
    if packed:
        st.query_params["plan"] = packed
    else:
        st.query_params.pop("plan", None)
both = plan.Both(now, state.sim_baseline)
with scenario, st.container(border=True, gap="xsmall"):
    changed = plan.differences(now.settings, base.settings)
    listed = (
        f"{', '.join(changed[:6])}{f' 등 {len(changed)}개' * (len(changed) > 6)}"
        if changed
        else "설정이 같음"
    )
    st.markdown(
        f"**{report.BASE}**: {'저장한 설정' if state.sim_baseline else '법정 기본값과 처음 가정'}"
        f"{', 다른 단위표' * (base.units != now.units)} · **{report.NOW}**: {ui.literal(listed)}"
    )
    with st.container(horizontal=True):
        st.button(
            "지금 설정을 기준안으로",
            on_click=set_baseline,
            args=(now,),
            key="keep_baseline",
            icon=":material/push_pin:",
            disabled=bool(gap),
        )
        st.button(
            "기준안을 처음 값으로", on_click=set_baseline, args=(None,), key="drop_baseline", type="tertiary"
        )
        st.button(
            "모두 처음 값으로",
            on_click=set_plan,
            args=(plan.first(example),),
            key="start_over",
            type="tertiary",
        )
        with st.popover("저장·공유", icon=":material/share:"):
            st.markdown(
                "주소를 보내면 받는 사람도 같은 설정과 숫자를 봅니다. 올린 평정 목록은 담기지 않습니다."
            )
            if packed is None:
                st.warning("단위표가 길어 주소에 담지 못하니 설정 파일을 보내십시오.")
            st.download_button(
                "설정 저장(JSON)",
                lambda: plan.saved(both),
                "성과평가_모의_설정.json",
                "application/json",
                key="save_plan",
                on_click="ignore",
            )
            ui.file_box("저장한 설정 열기", ("json",), 1, key="plan_file", on_change=take_plan)

# Results: those of the open part only.

if gap:
    st.info("등급 비율의 합을 100%로 맞추면 결과가 나옵니다.")
elif part == PARTS[0]:
    result, before = distribution.outcome(now), distribution.outcome(base)
    if not result.feasible:
        st.error(f"전체 합계에 맞출 수 없으니 단위를 합치거나 ‘단위별로’를 고르십시오. 까닭: {result.reason}")
    else:
        with headline:
            ui.cards(report.grade_cards(result, before))
        view = st.segmented_control(
            "보기", report.VIEWS, default=report.VIEWS[0], required=True, key="table", bind="query-params"
        )
        if view in report.TABLES:
            ui.findings([*report.grades(result, before, view, report.LIMIT), report.vanished(now)])
        elif view == report.VIEWS[-1]:
            which = st.selectbox("단위", [units.label(unit) for unit in now.units[:1000]], key="step_unit")
            ui.findings([report.steps(now, which)])
        else:
            ui.findings(report.unit_sizes(now))
elif part == PARTS[1]:
    if not state.sim_people:
        st.info("평정 목록을 올리면 제출 순위 그대로 등급을 나누고, 동점과 점수대를 살핍니다.")
    else:
        made, before_made = (
            cutting.cutting(now, state.sim_people),
            cutting.cutting(base, state.sim_people),
        )
        ui.findings(report.cuts(made))
        if made.groups:
            st.caption(
                "비율과 방법은 ‘근평 분포’의 설정을 따르며, 묶음 평정은 단위 사이의 순위가 없어 적용하지 않습니다."
            )
            which = st.selectbox("평정단위", [group.label for group in made.groups], key="cut_unit")
            ui.findings(report.one_cut(made, before_made, which))
            ui.downloads(
                cutting.summary(made),
                "평정단위별 등급 인원(요약)",
                "grading",
                notes=["5명 미만인 칸과 그 칸을 알게 하는 칸은 가렸습니다."],
            )
elif contradiction := award.problem(now.settings) or award.problem(base.settings):
    st.error(contradiction)
else:
    found = report.awards(now, base, old_regime())
    with headline:
        ui.cards(report.award_cards(found))
    ui.findings([*report.award_blocks(found, now), *report.point_blocks(now)])
    if state.simulate:
        st.subheader("평정의 신뢰도가 결과를 얼마나 바꾸는가", anchor=False)
        ui.findings(report.simulation_blocks(simulations(found)))

ui.source("grading", "bonus", "organisation")
if not gap:
    st.download_button(
        "설정·법령·가정·결과 내려받기(XLSX)",
        lambda: report.workbook(
            both, old_regime(), sources.lines(["grading", "bonus", "organisation"], as_of)
        ),
        f"성과평가_모의_{as_of:%Y%m%d}.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        key="workbook",
        icon=":material/download:",
        on_click="ignore",
    )
