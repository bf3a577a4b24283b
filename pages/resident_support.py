import pandas as pd
import streamlit as st

from lib import commitments, format, ui
from lib.charts import timeline
from lib.queries import budget, editions, meeting, schedule

KIND = "간담회 조치사항"
DEPARTMENT = "남북협력과"
NONE = "아직 없음"


def choose(label: str) -> None:
    """Look at the action whose bar was clicked."""
    st.session_state.follow_up = label


as_of, unit, today = ui.as_of(), ui.unit(), ui.today()
calendar = editions.calendar(as_of)
meetings = meeting.meetings(as_of)
if meetings.empty:
    st.info("이 보고서에는 간담회가 실려 있지 않습니다.")
    ui.source("meeting")
    st.stop()
title = meetings["title"].iloc[0]
if len(meetings) > 1:
    title = st.selectbox("간담회", meetings["title"], key="meeting", bind="query-params")
[held] = meetings[meetings["title"] == title].itertuples()
participants = meeting.participants(as_of, held.meeting)
suggestions = meeting.suggestions(as_of, held.meeting)
answers = meeting.answers(as_of, held.meeting)
planned = schedule.commitments(as_of, KIND)
planned = planned[planned["topic"] == title]
actions = commitments.standing(planned, as_of, today)

with st.container(horizontal=True, vertical_alignment="bottom"):
    wanted = st.text_input(
        "건의와 조치에서 찾기",
        key="find",
        bind="query-params",
        type="search",
        placeholder="예: 교육, 병역, 홍보",
        width=220,
    )
    topics = st.pills(
        "주제",
        list(dict.fromkeys(suggestions["topic"])),
        selection_mode="multi",
        key="topic",
        bind="query-params",
    )
    suggested = st.selectbox(
        "건의",
        suggestions["content"],
        index=None,
        key="suggestion",
        bind="query-params",
        placeholder="모든 건의",
        filter_mode="contains",
        width=260,
    )
    action = st.selectbox(
        "조치",
        actions["label"],
        index=None,
        key="follow_up",
        bind="query-params",
        placeholder="모든 조치",
        filter_mode="contains",
        width=260,
    )
    marked = today if st.toggle("오늘 표시", key="today", bind="query-params") else None

counts = participants.groupby("kind", sort=False).agg(
    count=("participant_count", "sum"), unit=("unit", "first")
)
ui.cards(
    [
        ui.Card("일시", format.date(held.held_on), f"{held.start_time}~{held.end_time}"),
        *(ui.Card(str(kind), f"{row['count']}{row['unit']}") for kind, row in counts.iterrows()),
    ]
)
agencies = [
    row.participant + (f" {row.participant_count}{row.unit}" if row.participant_count > 1 else "")
    for row in participants[participants["kind"] == "유관기관"].itertuples()
]
st.markdown(
    f"**{held.title}** · {held.place}  \n내용: {held.content}"
    + (f"  \n유관기관: {', '.join(agencies)}" if agencies else "")
)

covered = suggestions["suggestion"].isin(answers["suggestion"])
bare = suggestions[~covered]
rows = suggestions.merge(
    answers.merge(actions[["commitment", "window", "state"]])[
        ["suggestion", "label", "window", "state", "reason"]
    ],
    how="left",
).fillna({"label": NONE, "window": format.EMPTY, "state": format.EMPTY, "reason": format.EMPTY})
if topics:
    rows = rows[rows["topic"].isin(topics)]
if suggested:
    rows = rows[rows["content"] == suggested]
if action:
    rows = rows[rows["label"] == action]
sought = wanted.replace(" ", "")
text = (rows["topic"] + rows["content"] + rows["label"]).str.replace(" ", "")
rows = rows[text.str.contains(sought, regex=False)]

st.markdown(
    f"**건의 {len(suggestions)}건 가운데 {covered.sum()}건에 답하는 조치가 있고 {len(bare)}건에는 아직 없습니다**"
)
for topic in sorted(set(bare["topic"]) - set(suggestions.loc[covered, "topic"])):
    st.warning(f"‘{topic}’ 건의에는 답하는 조치가 하나도 없습니다.", icon=":material/link_off:")
if rows.empty:
    st.info("고른 조건에 맞는 건의가 없습니다. 조건을 줄이거나 더 짧은 말로 찾아보십시오.")
else:
    ui.table(
        ui.shown(
            rows,
            {
                "주제": ("topic", str),
                "건의": ("content", str),
                "답하는 조치": ("label", str),
                "기간": ("window", str),
                "상태": ("state", str),
                "짝지은 까닭": ("reason", str),
            },
        ),
        "건의와 조치",
        text=["주제", "건의", "답하는 조치", "기간", "상태", "짝지은 까닭"],
    )
general = actions[~actions["commitment"].isin(answers["commitment"])]
st.caption(
    "건의와 조치의 짝은 자료 작성자가 보고서를 읽고 지은 것이며 보고서에 적힌 것이 아닙니다. "
    + (f"건의 전체를 다루어 따로 짝짓지 않은 조치: {', '.join(general['label'])}." if len(general) else "")
)

picked = [action] if action else list(answers.loc[answers["suggested"] == suggested, "label"])
found = actions[
    (actions["label"] + actions["detail"]).str.replace(" ", "").str.contains(sought, regex=False)
    | actions["label"].isin(rows["label"])
]
if found.empty:
    st.info("찾는 말이 든 조치가 없습니다.")
else:
    ahead, event = commitments.next_due(found, as_of)
    ui.chart(
        timeline.gantt(found.assign(text=found["window"] + " " + found["state"]), as_of, marked, picked),
        f"조치 {len(found)}건 가운데 {(found['status'] == '예정').sum()}건이 기준일 뒤에 시작합니다"
        + (f". 다음 일정은 {ahead} {event}입니다" if ahead != format.EMPTY else ""),
        key="gantt",
        on_pick=choose,
    )
    st.caption(
        "보고서의 일정은 월 단위이고, 상태는 기준일과 일정에서 계산한 것입니다. "
        "화살표는 끝나는 시기가 보고서에 없다는 뜻입니다."
        + " ‘연중’으로만 적힌 조치의 기간은 자료 작성자가 달로 옮긴 것입니다."
        * bool((found["printed_window"] == "연중").any())
    )
ui.agenda(planned, actions, as_of, today)
if not found.empty:
    answered = answers.groupby("commitment")["suggested"].agg(", ".join)
    ui.table(
        ui.shown(
            found.assign(answered=found["commitment"].map(answered).fillna(format.EMPTY)),
            {
                "조치": ("label", str),
                "보고서 표기": ("printed_window", str),
                "기간": ("window", str),
                "상태": ("state", str),
                "담당": ("owner", lambda name: name or commitments.UNOWNED),
                "함께하는 기관": ("detail", lambda name: name or format.EMPTY),
                "답하는 건의": ("answered", str),
            },
        ),
        "조치 일정",
        text=["조치", "보고서 표기", "기간", "상태", "담당", "함께하는 기관", "답하는 건의"],
    )
ui.source("meeting")

if (earlier := editions.before(as_of)) is not None:
    before = schedule.commitments(earlier, KIND)
    changed = commitments.changes(before[before["topic"] == title], planned, earlier, as_of)
    st.header("이전 보고와 비교", anchor=False)
    ui.changes(changed, earlier, as_of, marked)

lines = budget.lines(as_of)
for line in lines[lines["department"] == DEPARTMENT].itertuples():
    st.header(f"{DEPARTMENT} 사업비", anchor=False)
    ui.cards(ui.line_cards(line, calendar, as_of, unit), 3)
    st.caption(
        f"과 전체의 사업비이며 간담회 조치만의 예산은 보고서에 따로 없습니다. {calendar.fiscal_year}년 사업비는 이미 "
        f"짜인 예산이므로, 건의에 따른 새 정책은 {calendar.fiscal_year + 1}년 예산에 담겨야 이 금액에 나타납니다."
    )
    ui.link(
        "budget-execution",
        f"{DEPARTMENT} 예산 집행 자세히 보기",
        icon=":material/account_balance_wallet:",
        line=line.label,
    )
    ui.source("expenditure")

st.markdown("**건의와 조치 내려받기**")
ui.downloads(
    rows[["topic", "content", "label", "window", "state", "reason"]].set_axis(
        ["주제", "건의", "답하는 조치", "기간", "상태", "짝지은 까닭"], axis=1
    ),
    "간담회 건의와 조치",
    "meeting",
    notes=["건의와 조치의 짝은 자료 작성자가 보고서를 읽고 지은 것입니다."],
)
st.markdown("**조치 일정 내려받기**")
ui.downloads(
    pd.DataFrame(
        {
            "조치": found["label"],
            "시작": found["start_month"].dt.strftime("%Y-%m"),
            "종료": found["end_month"].dt.strftime("%Y-%m"),
            "상태": found["state"],
            "담당": found["owner"],
            "함께하는 기관": found["detail"],
        }
    ),
    "간담회 조치 일정",
    "meeting",
    notes=["월 단위 일정입니다. 종료가 빈칸이면 끝나는 시기가 보고서에 없습니다."],
    entries=list(commitments.entries(found, KIND)),
)
