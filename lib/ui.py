"""Streamlit pieces that more than one page uses."""

import datetime
import re
import zoneinfo
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import pydeck as pdk
import streamlit as st

from lib import calendar_file, commitments, export, format, menu, sources, upload
from lib.briefing import view
from lib.briefing.titles import TITLES
from lib.charts import look, timeline
from lib.control import Control
from lib.finding import Block, Card
from lib.queries import editions, glossary, provenance

KOREA = zoneinfo.ZoneInfo("Asia/Seoul")


def as_of() -> datetime.date:
    """The edition of the report that this visit looks at; the newest unless another was chosen."""
    chosen: datetime.date = st.session_state.get("as_of") or editions.newest()
    return chosen


def unit() -> format.Unit:
    """The unit of money that this visit has chosen."""
    return format.unit(st.session_state.get("unit", ""))


def link(path: str, label: str, icon: str | None = None, **parameters: str) -> None:
    """A link to a page with something selected on it; only the label where the menu has no such page."""
    if path in menu.paths():
        st.page_link(
            menu.entry(path).script, label=label, icon=icon, query_params=parameters or None, width="stretch"
        )
    else:
        st.markdown(f"{icon or ''} {label}")


def chart(
    picture: look.Picture,
    message: str,
    key: str | None = None,
    on_pick: Callable[[str], None] | None = None,
) -> None:
    """A chart with its message: as the line above it, and as its name for those who do not see it.

    `on_pick` is called with what was clicked, where the chart has the selection "picked".
    """
    st.markdown(f"**{message}**")
    spec = look.specification(picture)
    if on_pick is None:
        st.vega_lite_chart(spec=spec, key=key, alt=message)
    else:
        st.vega_lite_chart(spec=spec, key=key, alt=message, on_select=lambda: _pick(str(key), on_pick))


def screen_map(
    picture: pdk.Deck, message: str, height: int, key: str, on_pick: Callable[[str], None]
) -> None:
    """A deck.gl map with its message, as `chart`; `on_pick` is called with the place that was clicked."""
    st.markdown(f"**{message}**")
    st.pydeck_chart(picture, height=height, key=key, alt=message, on_select=lambda: _pick_area(key, on_pick))


def _pick_area(key: str, on_pick: Callable[[str], None]) -> None:
    for areas in st.session_state[key].selection.objects.values():
        for area in areas[:1]:
            on_pick(area["properties"]["place"])


def window_width() -> int:
    """How wide the visitor's window was when they came, in CSS pixels; that of a desk where it is not known."""
    told = st.context.cookies.get("window_width", "")
    return min(max(int(told), 320), 7680) if told.isdecimal() and len(told) < 6 else 1440


def _pick(key: str, on_pick: Callable[[str], None]) -> None:
    for picked in st.session_state[key].selection.picked[:1]:
        [value] = picked.values()
        on_pick(value)


def rate_metric(name: str, rate: float, elapsed_rate: float) -> None:
    """A rate of execution or collection against the calendar, both shares of one."""
    known = not pd.isna(rate)
    ahead = known and rate >= elapsed_rate
    st.metric(
        name,
        format.rate(rate),
        format.points((rate - elapsed_rate) * 100) if known else None,
        delta_arrow="up" if ahead else "down",
        delta_color="green" if ahead else "red",
        delta_description=f"기간경과율 {format.rate(elapsed_rate)}" if known else None,
        border=True,
        height="stretch",
    )


def fact(name: str, value: str, detail: str | None = None, description: str | None = None) -> None:
    """A key figure with an uncoloured remark below it: neither good nor bad."""
    st.metric(
        name,
        value,
        detail,
        delta_color="off",
        delta_arrow="off",
        delta_description=description,
        border=True,
        height="stretch",
    )


def table(rows: pd.DataFrame, name: str, text: Sequence[str] = ()) -> None:
    """A table to read and to print: columns of `text` stand left, all others (numbers as text) right.

    Words are never broken; where the columns do not fit the screen, the table scrolls sideways.
    """
    styles = [
        {"selector": f".col{place}{within}", "props": _column_style(rows[column], column in text)}
        for place, column in enumerate(rows.columns)
        for within in ("", " *")  # Streamlit sets its own breaking of words on what is inside a cell
    ]
    st.table(
        rows.reset_index(drop=True).map(_literal).style.set_table_styles(styles),
        hide_index=True,
        alt=name,
        border="horizontal",
    )


def _column_style(cells: pd.Series, text: bool) -> str:
    longest = max((len(str(cell).replace("&emsp;", "")) for cell in cells), default=0)
    wrap = (
        "word-break: keep-all; min-width: 12em"
        if longest > 18
        else "white-space: nowrap; word-break: keep-all"
    )
    return wrap if text else f"{wrap}; text-align: right !important"


def _literal(value: object) -> object:
    """Text as it is: st.table would read "-" or "1." as the start of a list, and ~ as a line through."""
    if not isinstance(value, str):
        return value
    return re.sub(r"^(\d+)([.)])(?=\s|$)", r"\1\\\2", re.sub(r"([\\`*_{}\[\]<>#+\-!|$~:])", r"\\\1", value))


def literal(text: str) -> str:
    """Text that came from outside, for places that read Markdown."""
    return str(_literal(text))


def problems(found: Sequence[upload.Problem], consequence: str) -> None:
    """What an upload or an entry has wrong, each in a sentence, and what was done about it."""
    listed = "\n".join(f"- {literal(problem.sentence)}" for problem in found[:10])
    more = f"\n- 그 밖에 {len(found) - 10:,}건이 더 있습니다." if len(found) > 10 else ""
    st.error(f"{listed}{more}", title=consequence)


def widget(control: Control) -> None:
    """The widget of a control, bound to the link."""
    if control.kind == "choice":
        st.segmented_control(
            control.label,
            control.options,
            default=control.default,
            required=True,
            key=control.key,
            bind="query-params",
        )
    elif control.kind == "points":
        st.text_input(control.label, control.default, max_chars=100, key=control.key, bind="query-params")
    else:
        number: Callable[[float], Any] = int if control.kind == "whole" else float
        st.number_input(
            control.label,
            number(control.least),
            number(control.most),
            control.default,
            number(control.step),
            control.format,
            key=control.key,
            bind="query-params",
            placeholder="미입력",
        )


def law(control: Control) -> None:
    """What a control rests on and, marked as an assumption, what that leaves open."""
    assumed = f"  \n:orange-badge[가정] {control.silent}" if control.silent else ""
    st.caption(f"근거: {control.law}{assumed}")


def control(control: Control) -> None:
    """A control in a box with its law."""
    with st.container(border=True, height="stretch", gap="xsmall"):
        widget(control)
        law(control)


def controls(controls: Sequence[Control]) -> None:
    """Controls in boxes, as many beside each other as fit."""
    with st.grid(3, min_column_width=280):
        for one in controls:
            control(one)


def findings(blocks: Sequence[Block]) -> None:
    """Findings, one below the other."""
    for block in blocks:
        if block.picture is not None:
            chart(block.picture, literal(block.title))
        elif block.rows is not None:
            st.markdown(f"**{literal(block.title)}**")
            table(block.rows, block.title, text=block.text)
        if block.caution:
            st.warning(literal(block.caution))
        if block.note:
            st.caption(literal(block.note))


def cards(figures: Sequence[Card]) -> None:
    """Key figures beside each other, each with its difference from the baseline."""
    with st.grid(4, min_column_width=150):
        for figure in figures:
            fact(*figure)


def shown(rows: pd.DataFrame, columns: dict[str, tuple[str, Callable[[Any], str]]]) -> pd.DataFrame:
    """The rows as a table shows them: chosen columns under their Korean heads, each through its formatter."""
    return pd.DataFrame(
        {head: [formatter(value) for value in rows[column]] for head, (column, formatter) in columns.items()}
    )


def downloads(
    rows: pd.DataFrame,
    title: str,
    *datasets: str,
    notes: Sequence[str] = (),
    day: datetime.date | None = None,
    entries: Sequence[calendar_file.Entry] = (),
) -> None:
    """Buttons for the rows as CSV and XLSX, with sources, dates and notes below the figures.

    day: what the figures are of where it is not the edition's date. entries: offered as a calendar too, made
    on the as-of date.
    """
    name = f"{title}_{day or as_of():%Y%m%d}"
    lines = [*notes, *(f"출처: {line}" for line in sources.lines(datasets, day or as_of()))]
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
        if entries:
            stamp = datetime.datetime.combine(as_of(), datetime.time(), KOREA)
            st.download_button(
                "일정(ICS) 내려받기",
                lambda: calendar_file.text(entries, stamp, title).encode(),
                f"{name}.ics",
                "text/calendar",
                key=f"{title}.ics",
                icon=":material/calendar_add_on:",
                on_click="ignore",
                help="업무용 달력에 가져오면 시작하는 달의 첫날부터 끝나는 달의 마지막 날까지 들어갑니다.",
            )


def today() -> datetime.date:
    """The day in Korea, wherever the server stands."""
    return datetime.datetime.now(KOREA).date()


def agenda(planned: pd.DataFrame, steps: pd.DataFrame, as_of: datetime.date, today: datetime.date) -> None:
    """What comes next, what should have ended since the report, and what has no end.

    planned: rows of queries.schedule.commitments; steps: the same as commitments.standing.
    """
    overdue = commitments.overdue(steps)
    with st.grid(3, min_column_width=260):
        for title, items, nothing in (
            ("다음 일정", commitments.agenda(planned, as_of), "기준일 뒤에 잡힌 일정이 없습니다."),
            (
                f"종료 시기가 지난 것({format.date(today)} 현재)",
                overdue,
                "기준일 뒤에 종료 시기가 지난 것이 없습니다.",
            ),
            ("종료 시기가 없는 것", commitments.without_end(steps), "모두 종료 시기가 있습니다."),
        ):
            with st.container(border=True, height="stretch"):
                st.markdown(f"**{title}**\n" + "\n".join(f"- {item}" for item in items or [nothing]))
    if overdue:
        st.caption(
            "종료 시기가 지난 것을 실제로 마쳤는지는 이 보고서로 알 수 없으며, 다음 보고에서 확인합니다."
        )


def changes(
    changed: pd.DataFrame, earlier: datetime.date, as_of: datetime.date, today: datetime.date | None
) -> None:
    """What became of commitments since an earlier edition: picture and table of commitments.changes."""
    tally = commitments.tally(changed)
    chart(
        timeline.gantt(commitments.drawn_changes(changed, as_of), as_of, today),
        f"{format.date(earlier)} 보고와 견주면 "
        + (f"{', '.join(tally)}입니다" if tally else "달라진 일정이 없습니다"),
        key="changes",
    )
    st.caption(f"굵은 막대는 이번 보고, 가는 회색 막대는 {format.date(earlier)} 보고의 일정입니다.")
    compared(changed, "이전 보고", "이번 보고")


def compared(changed: pd.DataFrame, before: str, after: str) -> None:
    """Two plans side by side, named before and after."""
    columns: dict[str, tuple[str, Callable[[Any], str]]] = {
        "단계": ("label", str),
        before: ("before_window", str),
        after: ("window", str),
        "변동": ("change", str),
        "내용": ("text", str),
    }
    table(shown(changed, columns), f"{before}, {after} 비교", text=list(columns))


def source(*datasets: str, day: datetime.date | None = None) -> None:
    """Where the figures above come from and of which date, with the verdict of their checks.

    day: what they are of where it is not the edition's date, such as another month of residents.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption("출처: " + " / ".join(sources.lines(datasets, day or as_of())), width="content")
        _verdict(datasets, day or as_of())


def _verdict(datasets: Sequence[str], day: datetime.date) -> None:
    verdict = provenance.verdict(datasets, day)
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
            _checks(provenance.checks(datasets, day))


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


def add_to_briefing(path: str) -> None:
    """A button that takes what the page at an address shows, with its assumptions, into the council briefing.

    What was taken waits in the visit until the page of the briefing opens. No button where no section tells it.
    """
    if view.section(path, {}, as_of()):
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
