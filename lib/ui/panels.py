"""What opens over any page, and what stands in for a page that cannot be shown."""

import contextlib

import pandas as pd
import streamlit as st

from lib import db, format
from lib.briefing import view
from lib.briefing.titles import TITLES
from lib.queries import glossary, provenance
from lib.ui.access import may
from lib.ui.tables import table
from lib.ui.visit import as_of

RETRY_SECONDS = 5


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
    origins = provenance.datasets(as_of()).fillna({"date_note": "", "note": ""})
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
                "알아둘 점": origins["note"],
            }
        ),
        "자료 출처",
        text=["자료", "출처", "기준일", "이용 조건", "알아둘 점"],
    )
    st.caption("모든 자료는 이 컴퓨터(서버)에만 있으며, 화면을 여는 동안 바깥으로 나가는 통신은 없습니다.")


def unavailable(reason: str) -> None:
    """The page that stands in for all others while there is no database to read."""
    title = "자료를 열 수 없습니다"
    st.set_page_config(page_title=f"{title} - 행정국 업무보고")
    st.title(title, anchor=False)
    st.error(reason, icon=":material/database_off:")
    st.markdown(
        "자료 담당자가 서버의 프로젝트 폴더에서 아래 명령을 실행하면 다시 만들어집니다. 입력 자료(CSV)는 그대로 "
        "있습니다. 자료가 준비되면 이 화면은 저절로 바뀝니다."
    )
    st.code("make data", language=None)
    _until_available()


@st.fragment(run_every=RETRY_SECONDS)
def _until_available() -> None:
    """Look again from time to time, and show the page once there is something to show."""
    with contextlib.suppress(db.Unavailable):
        db.pin()
        st.rerun()


def incident(number: str) -> None:
    """One sentence in place of a trace."""
    st.error(
        f"화면을 만드는 중 오류가 발생했습니다. 다시 시도해도 같으면 담당자에게 오류 번호 **{number}** 를 알려 주십시오.",
        icon=":material/report:",
    )


def add_to_briefing(path: str) -> None:
    """A button that takes what the page at an address shows, with its assumptions, into the council briefing.

    What was taken waits in the visit until the page of the briefing opens. No button where no section tells it,
    or for people who prepare no briefing.
    """
    if may("brief") and view.section(path, {}, as_of()):
        st.button(
            "의회 보고에 담기",
            key="add_to_briefing",
            icon=":material/add_to_queue:",
            type="tertiary",
            help="지금 보는 내용을 의회 보고 화면의 차례에 넣습니다.",
            on_click=_take_to_briefing,
            args=(path,),
        )


def _take_to_briefing(path: str) -> None:
    parameters = st.query_params.to_dict()
    key = view.section(path, parameters, as_of())
    taken = st.session_state.setdefault("briefing_taken", {})
    taken[key] = parameters  # what of them is an assumption, the briefing's page knows
    st.toast(f"의회 보고에 ‘{TITLES[str(key)]}’ 항목을 담았습니다.", icon=":material/add_to_queue:")
