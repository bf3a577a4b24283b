"""What every page stands in: menu, search, money unit, edition, the panels, and the page's head."""

import streamlit as st

from lib import format, menu, server, ui
from lib.queries import editions, search

HITS = 8
"""How many of the things found are offered."""


def follow(found: search.Found) -> None:
    """Note what was picked below the search box, and empty the box."""
    st.session_state.found = found
    st.session_state.search = ""


@st.fragment
def finder() -> None:
    """The search box, and below it what it finds while someone types; the page stays as it is until one is picked."""
    if "found" in st.session_state:
        st.rerun()
    wanted = st.text_input(
        "찾기", key="search", type="search", live="200ms", placeholder="부서, 업무, 예산 항목"
    )
    if not wanted.strip():
        return
    hits = search.hits(ui.as_of(), list(scripts), wanted)
    with st.container(key="found", gap="xxsmall"):
        for number, found in enumerate(hits[:HITS]):
            st.button(
                ui.literal(found.label),
                key=f"hit-{number}",
                icon=menu.entry(found.page).icon,
                type="tertiary",
                on_click=follow,
                args=(found,),
            )
    if not hits:
        st.caption("찾는 항목이 없습니다. 더 짧은 말로 찾아보십시오.")
    elif len(hits) > HITS:
        st.caption(f"{len(hits):,}건 가운데 {HITS}건입니다. 말을 더 넣으면 좁혀집니다.")


def body() -> None:
    """The page, as often as what is chosen on it asks for."""
    page._can_be_called = True  # Streamlit lets a page run once, and means once for each run of the frame
    page.run()


# Before the menu: without an icon, Streamlit would ask a server outside for that of the page.
st.set_page_config(page_title="행정국 업무보고", page_icon=server.STATIC / "icon.svg", layout="wide")
ui.enter()

scripts = {
    entry.path: st.Page(
        entry.script,
        title=entry.title,
        icon=entry.icon,
        url_path=entry.path or None,
        default=not entry.path,
        help=entry.help,
    )
    for entry in ui.pages()
}
sections: dict[str, list[st.Page]] = {}
for entry in ui.pages():
    sections.setdefault(entry.section, []).append(scripts[entry.path])
page = st.navigation(sections, expanded=True)
entry = menu.entry(page.url_path)
st.set_page_config(page_title=f"{entry.title} - 행정국 업무보고")

ui.pin()
ui.follow_newest()
if found := st.session_state.pop("found", None):
    if found.page == entry.path:
        st.session_state[found.parameter] = found.value
    else:
        st.switch_page(menu.entry(found.page).script, query_params={found.parameter: found.value})

with st.sidebar:
    ui.account()
    finder()
    st.segmented_control(
        "금액 단위",
        [unit.name for unit in format.UNITS],
        default="억원",
        required=True,
        key="unit",
        bind="query-params",
        width="stretch",
    )
    if len(editions.all()) > 1:
        st.selectbox(
            "보고서 기준일", editions.all(), key="as_of", format_func=format.date, bind="query-params"
        )

st.title(entry.title, anchor=False, help=entry.help)
with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    st.badge(f"{format.date(ui.as_of())} 기준", icon=":material/event:", color="blue")
    if st.button("용어", icon=":material/menu_book:", type="tertiary", key="open_glossary"):
        ui.glossary_panel()
    if st.button("자료 설명", icon=":material/fact_check:", type="tertiary", key="open_data_panel"):
        ui.data_panel()
    ui.add_to_briefing(entry.path)
if remark := editions.remark(ui.as_of()):
    st.warning(f"보고서({format.date(ui.as_of())} 기준): {ui.literal(remark)}", icon=":material/info:")
ui.alone(body)
