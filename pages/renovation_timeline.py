from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from lib import commitments, format, ui
from lib.charts import timeline
from lib.queries import editions, organisation, renovation, schedule
from lib.rules import scenario

KIND = "청사 환경 개선"
VIEWS = ["일정", "가정해 보기", "이전 보고와 비교"]


def choose(label: str) -> None:
    """Look at the step whose bar was clicked."""
    st.session_state.milestone = label


as_of, today = ui.as_of(), ui.today()
planned = schedule.commitments(as_of, KIND)
plan = commitments.plan(planned)
steps = commitments.published(as_of, KIND, today)
deliverables = renovation.deliverables(as_of)

with st.container(horizontal=True, vertical_alignment="bottom"):
    view = st.segmented_control(
        "보기", VIEWS, default=VIEWS[0], required=True, key="view", bind="query-params", width="content"
    )
    works = st.pills(
        "사업", list(dict.fromkeys(steps["topic"])), selection_mode="multi", key="work", bind="query-params"
    )
    states = st.pills(
        "상태",
        [*commitments.STATUSES, commitments.OPEN],
        selection_mode="multi",
        key="status",
        bind="query-params",
    )
    owner = st.selectbox(
        "담당",
        commitments.owners(steps),
        index=None,
        key="owner",
        bind="query-params",
        placeholder="모든 담당",
        width=200,
    )
    chosen = st.selectbox(
        "단계",
        steps["label"],
        index=None,
        key="milestone",
        bind="query-params",
        placeholder="단계 고르기",
        filter_mode="contains",
        width=240,
    )
    show_today = st.toggle("오늘 표시", key="today", bind="query-params")
marked = today if show_today else None
kept = commitments.matching(steps, works, owner, states)

left_over = steps[steps["status"] != "완료"]
month, event = commitments.next_due(planned, as_of)
open_ended = steps[steps["open_ended"]]
earlier = editions.before(as_of)
changed = (
    commitments.changes(schedule.commitments(earlier, KIND), planned, earlier, as_of) if earlier else None
)
figures = [
    ui.Card("끝난 단계", f"{len(steps) - len(left_over)}개", f"전체 {len(steps)}개"),
    ui.Card(
        "남은 단계",
        f"{len(left_over)}개",
        " · ".join(f"{status} {(steps['status'] == status).sum()}" for status in commitments.STATUSES[1:]),
    ),
    ui.Card("다음 일정", month, event),
    ui.Card(commitments.OPEN, f"{len(open_ended)}개", ", ".join(open_ended["label"])),
]
if changed is not None:
    first, *rest = commitments.tally(changed) or [commitments.UNCHANGED]
    count = (changed["change"] != commitments.UNCHANGED).sum()
    figures.append(ui.Card("이전 보고 대비", f"{count}건 변동", first + " 등" * bool(rest)))
ui.cards(figures)


def listed(rows: pd.DataFrame) -> None:
    """The steps as a table to read."""
    labels = steps.set_index("commitment")["label"]
    columns: dict[str, tuple[str, Callable[[Any], str]]] = {
        "사업": ("topic", str),
        "단계": ("label", str),
        "기간": ("window", str),
        "상태": ("state", str),
        "담당": ("owner", lambda name: name or commitments.UNOWNED),
        "장소·대상": ("detail", str),
        "앞 단계": ("waits", str),
    }
    waits = rows["predecessor"].map(labels).fillna(format.EMPTY)
    ui.table(ui.shown(rows.assign(waits=waits), columns), "단계별 일정", text=list(columns))


def brought() -> None:
    """What the works bring, by work and kind; the step that brings it where one does."""
    labels = steps.set_index("commitment")["label"]
    things = deliverables[deliverables["work"].isin(kept["topic"])]
    things = things.assign(step=things["commitment"].map(labels).fillna(""))
    with st.grid(3, min_column_width=260):
        for (work, topic, step), part in things.groupby(["work", "topic", "step"], sort=False):
            with st.container(border=True, height="stretch"):
                st.markdown(
                    f"**{topic}** · {work}\n"
                    + "\n".join(f"- {thing}" for thing in part["deliverable"])
                    + (f"\n\n‘{step}’ 단계에서 만듭니다." if step else "")
                )
    st.caption(
        "보고서는 만드는 것을 사업별로 적었습니다. 어느 단계에서 만드는지는 자료 작성자가 읽은 것이며, "
        "한 단계로 볼 수 없는 것에는 적지 않았습니다."
    )


def drawn(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with what the chart says beside each bar."""
    return rows.assign(text=rows["window"] + " " + rows["state"])


PARTS = {
    "shift": ("미루기(개월)", "음수는 앞당기기입니다."),
    "lengthen": ("늘리기(개월)", "음수는 줄이기입니다."),
    "months": (
        "기간 가정(개월)",
        "끝나는 시기가 보고서에 없어 사용자가 정하는 값입니다. 0은 종료 미정입니다.",
    ),
}


def forget(commitments: list[str]) -> None:
    """Take back everything that was tried."""
    for commitment in commitments:
        for part in PARTS:
            if f"{part}.{commitment}" in st.session_state:
                st.session_state[f"{part}.{commitment}"] = 0


def tried(commitment: str, room: scenario.Room) -> scenario.Move:
    """The controls of a step, and what they are set to."""
    move = scenario.Move()
    with st.container(horizontal=True):
        for part, (low, high) in room._asdict().items():
            if low < high:
                name, hint = PARTS[part]
                value = st.number_input(
                    name, low, high, 0, key=f"{part}.{commitment}", help=hint, bind="query-params", width=140
                )
                move = move._replace(**{part: value})
    return move


def clash(clashes: pd.DataFrame, name: str) -> None:
    """Which steps of the two works fall together, with people and places."""
    if clashes.empty:
        st.success(f"{name}: 두 사업의 남은 단계가 겹치는 달이 없습니다.", icon=":material/check_circle:")
    for pair in clashes.itertuples():
        people = [
            f"{label}: {headed(owner)}, {place}"
            for label, owner, place in (
                (pair.left_label, pair.left_owner, pair.left_place),
                (pair.right_label, pair.right_owner, pair.right_place),
            )
        ]
        st.warning(
            "  \n".join(
                [
                    *people,
                    *(
                        ["한쪽 담당이 보고서에 없어 인력이 겹치는지는 알 수 없습니다."]
                        if not (pair.left_owner and pair.right_owner)
                        else []
                    ),
                ]
            ),
            title=f"{name}: {pair.window}에 ‘{pair.left_label}’, ‘{pair.right_label}’ 겹침",
            icon=":material/event_busy:",
        )


def headed(owner: str) -> str:
    """An owner with its people, where it is a department of the bureau."""
    departments = organisation.departments(as_of).set_index("department")
    if owner in departments.index:
        return f"담당 {owner}({departments.loc[owner, 'detail']})"
    return f"담당 {owner}" if owner else commitments.UNOWNED


if chosen:
    [step] = steps[steps["label"] == chosen].itertuples()
    labels = steps.set_index("commitment")["label"]
    before = labels.get(step.predecessor, format.EMPTY)
    after = ", ".join(steps.loc[steps["predecessor"] == step.commitment, "label"]) or format.EMPTY
    brings = deliverables.loc[deliverables["commitment"] == step.commitment, "deliverable"]
    with st.container(border=True):
        st.markdown(
            f"**{step.label}** · {step.topic}  \n"
            f"{step.window} {step.state} · 담당 {step.owner or commitments.UNOWNED} · {step.detail}  \n"
            f"앞 단계: {before} · 다음 단계: {after}"
            + (f"  \n만드는 것: {', '.join(brings)}" if len(brings) else "")
        )

if view == VIEWS[0]:
    if kept.empty:
        st.info("고른 조건에 맞는 단계가 없습니다. 조건을 줄여 보십시오.")
    else:
        done = (kept["status"] == "완료").sum()
        ahead, its_event = commitments.next_due(commitments.alone(kept), as_of)
        ui.chart(
            timeline.gantt(drawn(kept), as_of, marked, [chosen]),
            f"{len(kept)}개 단계 가운데 {done}개가 끝났습니다"
            + (f". 다음 일정은 {ahead} {its_event}입니다" if ahead != format.EMPTY else ""),
            key="gantt",
            on_pick=choose,
        )
        st.caption(
            "보고서의 일정은 월 단위여서 막대는 달의 첫날부터 마지막 날까지입니다. "
            "상태는 기준일과 일정에서 계산한 것이고, 화살표는 끝나는 시기가 보고서에 없다는 뜻입니다."
        )
    ui.agenda(planned, steps, as_of, today)
    if not kept.empty:
        listed(kept)
        st.header("무엇을 만드는가", anchor=False)
        brought()

elif view == VIEWS[1]:
    rooms = {step.key: scenario.room(plan, step.key, as_of) for step in plan}
    movable = steps[[rooms[key].any for key in steps["commitment"]]]
    st.caption(
        "남은 단계를 달 단위로 옮기거나 늘려 봅니다. 뒤 단계는 앞 단계가 끝나는 만큼 함께 움직입니다. "
        "모두 가정이며 보고서의 일정을 바꾸지 않습니다. 정한 값은 이 화면의 주소에 담깁니다."
    )
    st.button(
        "가정 모두 지우기",
        icon=":material/restart_alt:",
        key="forget",
        on_click=forget,
        args=(list(movable["commitment"]),),
    )
    moves: dict[str, scenario.Move] = {}
    with st.grid(3, min_column_width=280):
        for step in movable.itertuples():
            with st.container(border=True, height="stretch"):
                st.markdown(f"**{step.label}**({step.window}, {step.owner or commitments.UNOWNED})")
                moves[step.commitment] = tried(step.commitment, rooms[step.commitment])
    result = commitments.rescheduled(planned, scenario.after(plan, moves, as_of))
    supposed = commitments.changes(planned, result, as_of, as_of)
    assumed = commitments.standing(result, as_of, today).assign(
        before_start=planned["start_month"], before_end=planned["end_month"]
    )
    moved = supposed[supposed["change"] != commitments.UNCHANGED]
    shown = assumed[assumed["commitment"].isin(kept["commitment"])]
    if shown.empty:
        st.info("고른 조건에 맞는 단계가 없습니다. 조건을 줄여 보십시오.")
    else:
        ui.chart(
            timeline.gantt(drawn(shown), as_of, marked, [chosen]),
            "가정: " + ", ".join(f"{row.label} {row.text}" for row in moved.itertuples())
            if len(moved)
            else "아직 바꾼 일정이 없어 가정과 보고서 일정이 같습니다",
            key="scenario",
            on_pick=choose,
        )
        st.caption("굵은 막대는 가정한 일정, 가는 회색 막대는 보고서의 일정입니다.")
    clash(commitments.clashes(planned, as_of), "보고서 일정")
    if len(moved):
        clash(commitments.clashes(result, as_of), "가정한 일정")
    ui.compared(supposed, "보고서 일정", "가정한 일정")

elif changed is None or earlier is None:
    st.info(
        "견줄 이전 보고서가 없습니다. 다음 보고서가 등록되면 늦어진 단계와 빠진 단계를 여기에서 견줍니다."
    )
else:
    shown = commitments.matching(changed, works, owner, [])
    if shown.empty:
        st.info("고른 조건에 맞는 단계가 없습니다. 조건을 줄여 보십시오.")
    else:
        ui.changes(shown, earlier, as_of, marked)

ui.source("renovation")
ui.downloads(
    pd.DataFrame(
        {
            "사업": kept["topic"],
            "단계": kept["label"],
            "시작": kept["start_month"].dt.strftime("%Y-%m"),
            "종료": kept["end_month"].dt.strftime("%Y-%m"),
            "상태": kept["state"],
            "담당": kept["owner"],
            "장소·대상": kept["detail"],
        }
    ),
    "청사 환경 개선 일정",
    "renovation",
    notes=["월 단위 일정입니다. 종료가 빈칸이면 끝나는 시기가 보고서에 없습니다."],
    entries=list(commitments.entries(kept, KIND)),
)
