"""Streamlit pieces that more than one page uses."""

import datetime
from collections.abc import Callable, Sequence
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from lib import export, format, menu
from lib.charts import look
from lib.queries import editions, glossary, provenance


def as_of() -> datetime.date:
    """The edition of the report that this visit looks at; the newest unless another was chosen."""
    chosen: datetime.date = st.session_state.get("as_of") or editions.newest()
    return chosen


def unit() -> format.Unit:
    """The unit of money that this visit has chosen."""
    return format.unit(st.session_state.get("unit", ""))


def link(path: str, label: str, icon: str | None = None, **parameters: str) -> None:
    """A link to a page with something selected on it."""
    st.page_link(
        menu.entry(path).script, label=label, icon=icon, query_params=parameters or None, width="stretch"
    )


def chart(
    picture: alt.Chart | alt.LayerChart | alt.FacetChart | alt.VConcatChart,
    message: str,
    key: str | None = None,
    on_select: Callable[[], None] | None = None,
) -> None:
    """A chart with its message: as the line above it, and as its name for those who do not see it."""
    st.markdown(f"**{message}**")
    st.altair_chart(look.dressed(picture), key=key, alt=message, on_select=on_select or "ignore")


def table(rows: pd.DataFrame, name: str, text: Sequence[str] = ()) -> None:
    """A table to read and to print: columns of `text` from the left, all others (numbers as text) from the right."""
    numbers = [column for column in rows.columns if column not in text]
    styled = rows.style.set_properties(subset=numbers, **{"text-align": "right", "white-space": "nowrap"})
    styled = styled.set_table_styles(
        [
            {"selector": f"th.col{rows.columns.get_loc(column)}", "props": "text-align: right"}
            for column in numbers
        ]
    )
    st.table(styled.hide(), hide_index=True, alt=name, border="horizontal")


def downloads(rows: pd.DataFrame, title: str, *datasets: str, notes: Sequence[str] = ()) -> None:
    """Buttons for the rows as CSV and XLSX, with sources, dates and notes below the figures."""
    name = f"{title}_{as_of():%Y%m%d}"
    lines = [*notes, *(f"출처: {_source_text(dataset)}" for dataset in datasets)]
    with st.container(horizontal=True):
        st.download_button(
            "CSV 내려받기",
            lambda: export.csv(rows, lines),
            f"{name}.csv",
            "text/csv",
            key=f"{title}.csv",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            "엑셀(XLSX) 내려받기",
            lambda: export.xlsx(rows, title, lines),
            f"{name}.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            key=f"{title}.xlsx",
            icon=":material/download:",
            on_click="ignore",
        )


def source(*datasets: str) -> None:
    """Where the figures above come from and of which date, with the verdict of their checks."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption("출처: " + " / ".join(_source_text(dataset) for dataset in datasets), width="content")
        _verdict(datasets)


def _source_text(dataset: str) -> str:
    origin = provenance.dataset(dataset, as_of())
    note = f" ({origin.date_note})" if origin.date_note else ""
    return f"{origin.publisher}, {origin.title}({origin.section}), {format.date(origin.date)} 기준{note}"


def _verdict(datasets: Sequence[str]) -> None:
    verdict = provenance.verdict(datasets, as_of())
    if not verdict.check_count:
        return
    if verdict.open_count:
        label, icon = f"검산 {verdict.check_count}건 중 {verdict.open_count}건 불일치", ":material/error:"
    else:
        label, icon = f"검산 {verdict.check_count}건 일치", ":material/check_circle:"
    badge = st.popover(
        label, icon=icon, type="tertiary", key=f"checks-{'-'.join(datasets)}", on_change="rerun"
    )
    if badge.open:
        with badge:
            _checks(provenance.checks(datasets, as_of()))


def _checks(checks: pd.DataFrame) -> None:
    """Checks as people read them: those that do not hold first, with their reasons."""
    for check in checks[~checks["holds"]].itertuples():
        st.warning(
            f"보고서 {format.number(check.expected, 2)} · 계산 {format.number(check.actual, 2)} "
            f"(단위: {check.unit})  \n{check.note}",
            title=f"{check.check_name} – {check.subject}",
        )
    shown = pd.DataFrame(
        {
            "검산": checks["check_name"],
            "대상": checks["subject"],
            "보고서": [format.number(value, 1) for value in checks["expected"]],
            "계산": [format.number(value, 1) for value in checks["actual"]],
            "단위": checks["unit"],
            "판정": ["일치" if holds else "불일치" for holds in checks["holds"]],
        }
    )
    table(shown, "검산 목록", text=["검산", "대상", "단위", "판정"])


@st.dialog("용어", width="large")
def glossary_panel() -> None:
    """The words of the field, with a search."""
    wanted = st.text_input(
        "찾을 말", key="glossary_search", placeholder="예: 예산현액", type="search", live=True
    )
    terms = glossary.terms(wanted)
    if terms.empty:
        st.info("찾는 말이 든 용어가 없습니다. 더 짧은 말로 찾아보십시오.")
    for term in terms.itertuples():
        st.markdown(f"**{term.term}**  \n{term.definition}")
        if term.basis:
            st.caption(f"근거: {term.basis}")


@st.dialog("자료 설명", width="large")
def data_panel() -> None:
    """Where all figures come from, on what terms, and what does not close."""
    checks = provenance.checks(provenance.names(), as_of())
    open_checks = checks[~checks["holds"]]
    st.markdown(
        f"보고서의 합계·증감·비율·분포를 **{len(checks)}건** 다시 계산해 "
        f"**{len(checks) - len(open_checks)}건**이 일치하고 **{len(open_checks)}건**이 맞지 않습니다. "
        "맞지 않는 수치는 고치지 않고 보고서대로 싣되, 까닭을 함께 적습니다."
    )
    st.subheader("맞지 않는 수치", anchor=False)
    for check in open_checks.itertuples():
        st.markdown(f"**{check.check_name} – {check.subject}**  \n{check.note}")
    st.subheader("자료 출처", anchor=False)
    origins = provenance.datasets(as_of())
    table(
        pd.DataFrame(
            {
                "자료": origins["title"],
                "출처": origins["publisher"] + ", " + origins["section"],
                "기준일": [
                    format.date(row.date) + (f" ({row.date_note})" if row.date_note else "")
                    for row in origins.itertuples()
                ],
                "이용 조건": origins["licence"],
                "알아둘 점": origins["note"].fillna(""),
            }
        ),
        "자료 출처",
        text=["자료", "출처", "기준일", "이용 조건", "알아둘 점"],
    )
    st.caption("모든 자료는 이 컴퓨터(서버)에만 있으며, 화면을 여는 동안 바깥으로 나가는 통신은 없습니다.")


def unavailable(reason: str) -> None:
    """The page that stands in for all others while there is no database to read."""
    st.title("자료를 열 수 없습니다", anchor=False)
    st.error(reason, icon=":material/database_off:")
    st.markdown(
        "자료 담당자가 서버의 프로젝트 폴더에서 아래 명령을 실행하면 다시 만들어집니다. "
        "그다음 이 화면을 새로 고치십시오. 입력 자료(CSV)는 그대로 있습니다."
    )
    st.code("make data", language=None)


def incident(number: str) -> None:
    """One sentence in place of a trace."""
    st.error(
        f"화면을 만드는 중 오류가 발생했습니다. 다시 시도해도 같으면 담당자에게 오류 번호 **{number}** 를 알려 주십시오.",
        icon=":material/report:",
    )


def single_keys_off() -> None:
    """Takes Streamlit's single-key shortcuts away (KWCAG 2.2: no shortcut of one letter alone)."""
    st.html(
        """<script>
        if (!window.singleKeysOff) {
          window.singleKeysOff = true;
          document.addEventListener("keydown", (event) => {
            const typing = event.target.closest("input, textarea, [contenteditable]");
            const alone = !event.ctrlKey && !event.metaKey && !event.altKey;
            if (alone && !typing && ["r", "c", "R", "C", "ㄱ", "ㅊ"].includes(event.key)) {
              event.stopImmediatePropagation();
            }
          }, true);
        }
        </script>""",
        unsafe_allow_javascript=True,
        width="content",
    )


def rows_shown(rows: pd.DataFrame, columns: dict[str, Any]) -> pd.DataFrame:
    """The rows as a table shows them: chosen columns under their Korean heads, each through its formatter."""
    return pd.DataFrame(
        {head: [formatter(value) for value in rows[column]] for head, (column, formatter) in columns.items()}
    )
