import urllib.parse

import pandas as pd
import streamlit as st

from lib import format, ui
from lib.briefing import compose, font, link
from lib.briefing.formats import FORMATS
from lib.briefing.model import Briefing, Section, Table
from lib.briefing.sections import SECTIONS
from lib.briefing.titles import TITLES

state = st.session_state


def move(key: str, by: int) -> None:
    """Put a section so many places further on; at either end it stays."""
    keys = list(state.sections)
    place = keys.index(key)
    to = min(max(place + by, 0), len(keys) - 1)
    keys.insert(to, keys.pop(place))
    state.sections = keys


def leave_out(key: str) -> None:
    """Hide a section."""
    state.sections = [other for other in state.sections if other != key]


def choose_all() -> None:
    """Every section, in the order of the report."""
    state.sections = list(SECTIONS)


def forget() -> None:
    """Take back every assumption that came from other pages."""
    state.assumed = ""


def take() -> None:
    """What was taken from other pages since: after what was chosen here, or alone where nothing was chosen yet."""
    taken = state.pop("briefing_taken", {})
    if not taken:
        return
    before = state.get("briefing_chosen", [])
    state.sections = [*before, *(key for key in taken if key not in before)]
    assumed = dict(urllib.parse.parse_qsl(state.get("assumed", state.get("briefing_assumed", ""))))
    for key, parameters in taken.items():
        assumed |= link.assumptions(key, parameters)
    if "pace" in assumed:
        state.pace = float(assumed.pop("pace"))
    state.assumed = urllib.parse.urlencode(assumed)


def produced(format_name: str, with_notes: bool) -> bytes:
    """The document, with its progress shown while it is made: half for the figures, half for the writing."""
    bar = st.progress(0.0, "수치를 모으고 있습니다.")
    briefing = compose.briefing(
        settings,
        keys,
        progress=lambda share, title: bar.progress(share / 2, f"수치를 모으고 있습니다: {title}"),
    )
    content = FORMATS[format_name].write(
        briefing if with_notes else compose.without_notes(briefing),
        lambda share, title: bar.progress(0.5 + share / 2, f"문서를 쓰고 있습니다: {title}"),
    )
    bar.empty()
    return content


def show(table: Table) -> None:
    """A table to read, heads with their units."""
    heads = [f"{column.group} {column.head}".strip() for column in table.columns]
    rows = pd.DataFrame(
        [[column.text(cell) for column, cell in zip(table.columns, row, strict=True)] for row in table.rows],
        columns=[
            f"{head}({column.unit})" if column.unit else head
            for head, column in zip(heads, table.columns, strict=True)
        ],
    )
    words = [name for name, column in zip(rows.columns, table.columns, strict=True) if not column.numeric]
    st.markdown(f"**{table.title}**")
    ui.table(rows, table.title, text=words)


def preview(section: Section) -> None:
    """One section as the documents have it."""
    ui.cards([ui.Card(figure.name, figure.text, figure.remark) for figure in section.figures])
    if section.chart:
        ui.chart(section.chart.picture, section.message, key=f"preview-{section.key}")
    else:
        st.markdown(f"**{section.message}**")
    show(section.table)
    for note in section.notes:
        st.caption(ui.literal(note))
    ui.source(*section.datasets, day=section.as_of)
    with st.expander("발표 메모와 예상 질의"):
        for note in section.speaker_notes:
            st.markdown(f"- {ui.literal(note)}")
        for question in section.questions:
            st.markdown(f"**{ui.literal(question.question)}**  \n{ui.literal(question.answer)}")


take()
left, right = st.columns([5, 4], gap="large")
with left:
    keys = st.multiselect(
        "보고할 항목(고른 차례대로)",
        list(SECTIONS),
        default=list(SECTIONS),
        key="sections",
        format_func=lambda key: TITLES[key],
        bind="query-params",
        placeholder="항목 고르기",
    )
    state.briefing_chosen = keys if keys != list(SECTIONS) else []
with right:
    st.markdown("**차례**")
    with st.container(gap=None):
        for number, key in enumerate(keys, start=1):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(f"{number}\\. {TITLES[key]}", width="stretch")
                for name, by, off in (("위로", -1, number == 1), ("아래로", 1, number == len(keys))):
                    st.button(
                        name,
                        key=f"move{by}-{key}",
                        type="tertiary",
                        disabled=off,
                        on_click=move,
                        args=(key, by),
                    )
                st.button("빼기", key=f"out-{key}", type="tertiary", on_click=leave_out, args=(key,))
    if keys != list(SECTIONS):
        st.button("모든 항목을 보고서 차례로", key="all", icon=":material/restart_alt:", on_click=choose_all)

with left:
    pace = st.slider(
        "연말 전망 속도(가정): 지금까지의 몇 배",
        *link.PACE,
        1.0,
        step=0.1,
        format="%.1f배",
        key="pace",
        bind="query-params",
        disabled="projection" not in keys,
    )
    assumed = st.text_input(
        "다른 화면에서 담은 가정(주소 형식)",
        key="assumed",
        bind="query-params",
        placeholder="없음",
        help="성과평가 모의와 청사 환경 개선에서 ‘의회 보고에 담기’를 누르면 그 화면의 가정이 들어옵니다.",
    )
    state.briefing_assumed = assumed
    if assumed:
        st.button("담은 가정 지우기", key="forget", on_click=forget, icon=":material/delete:")
    try:
        settings, _ = link.read(
            dict(urllib.parse.parse_qsl(assumed))
            | {"as_of": ui.as_of().isoformat(), "unit": ui.unit().name, "pace": f"{pace:g}"}
        )
    except ValueError as fault:
        st.error(str(fault))
        st.stop()
    if assumed:
        st.caption("  \n".join(line for line in settings.lines() if line.startswith("가정")))
    if not keys:
        st.info("보고할 항목을 하나 이상 고르십시오.")
        st.stop()

    parameters = link.written(settings, keys)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.link_button(
            "발표 화면 열기",
            f"./slides?{urllib.parse.urlencode(parameters)}",
            icon=":material/slideshow:",
            type="primary",
        )
        ending = st.selectbox(
            "문서 형식",
            list(FORMATS),
            key="format",
            format_func=lambda ending: FORMATS[ending].name,
            bind="query-params",
            width=220,
        )
        with_notes = st.toggle("발표 메모와 예상 질의도 담기", value=True, key="notes", bind="query-params")
    wanted = (parameters, ending, with_notes, settings)
    with st.container(horizontal=True, vertical_alignment="center"):
        ask = st.button("문서 만들기", key="produce", icon=":material/description:")
        if ask:
            try:
                state.briefing_file = (wanted, produced(ending, with_notes))
            except font.Unavailable as fault:
                st.error(str(fault))
        made, content = state.get("briefing_file", (None, b""))
        if made == wanted:
            st.download_button(
                f"{FORMATS[ending].name} 내려받기({format.number(len(content) / 1000)}kB)",
                content,
                f"{compose.TITLE}_{ui.as_of():%Y%m%d}.{ending}",
                FORMATS[ending].media_type,
                key="download",
                icon=":material/download:",
                type="primary",
                on_click="ignore",
            )
    st.caption(
        "발표 화면은 새 창에서 열립니다. 화살표(←, →)로 넘기고 Home·End로 처음과 끝으로 가며, 쪽 목록·시계·메모·자동 넘김은 "
        "화면 아래 단추에 있습니다. 웹 문서(HTML)를 내려받으면 연결이 없어도 같은 화면으로 발표할 수 있습니다."
    )

    st.header("미리 보기", anchor=False)
    looked_at = st.selectbox(
        "항목", keys, key="preview", format_func=lambda key: TITLES[key], label_visibility="collapsed"
    )
    briefing: Briefing = compose.briefing(settings, [looked_at])
    preview(briefing.sections[0])
