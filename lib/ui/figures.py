"""Figures as pages show them: charts with their message, tables, key figures, sources with their checks, downloads."""

import datetime
import html
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import pydeck as pdk
import streamlit as st

from lib import calendar_file, export, format, menu, palette, sources
from lib.charts import look
from lib.finding import Block
from lib.queries import provenance
from lib.ui.access import pages
from lib.ui.tables import table
from lib.ui.visit import KOREA, as_of


def link(path: str, label: str, icon: str | None = None, **parameters: str) -> None:
    """A link to a page with something selected on it; only the label where this person's menu has no such page."""
    if path in [entry.path for entry in pages()]:
        st.page_link(
            menu.entry(path).script, label=label, icon=icon, query_params=parameters or None, width="stretch"
        )
    else:
        st.markdown(f"{icon or ''} {label}")


def chart(
    picture: look.Picture | look.Filled,
    message: str,
    key: str | None = None,
    on_pick: Callable[[str], None] | None = None,
) -> None:
    """A chart with its message: as the line above it, and as its name for those who do not see it (static/page.js).

    With another name Streamlit draws a chart anew, so one of a visitor's own rows is sent under that of its outline.

    `on_pick` is called with what was clicked, where the chart has the selection "picked".
    """
    st.markdown(f"**{message}**")
    spec = look.to_send(picture)
    name = picture.name if isinstance(picture, look.Filled) else message
    if on_pick is None:
        st.vega_lite_chart(spec=spec, key=key, alt=name)
    else:
        st.vega_lite_chart(spec=spec, key=key, alt=name, on_select=lambda: _pick(str(key), on_pick))


def screen_map(
    picture: pdk.Deck,
    message: str,
    classes: Sequence[str],
    height: int,
    key: str,
    on_pick: Callable[[str], None],
) -> None:
    """A deck.gl map with its message, as `chart`, and its classes from low to high; `on_pick` is called with the
    place that was clicked.
    """
    st.html(f'<p class="message">{html.escape(message)}</p>{_legend(classes)}')
    st.pydeck_chart(picture, height=height, key=key, alt=message, on_select=lambda: _pick_area(key, on_pick))


def _legend(classes: Sequence[str]) -> str:
    """The classes of a map with their colours, which static/page.js sets beside each other."""
    colours = zip(palette.rising(len(classes)), map(html.escape, classes), strict=True)
    listed = "".join(f'<li><i style="background: {colour}"></i>{name}</li>' for colour, name in colours)
    return f'<ul class="legend">{listed}</ul>'


def _pick_area(key: str, on_pick: Callable[[str], None]) -> None:
    for areas in st.session_state[key].selection.objects.values():
        for area in areas[:1]:
            on_pick(area["properties"]["place"])


def _pick(key: str, on_pick: Callable[[str], None]) -> None:
    for picked in st.session_state[key].selection.picked[:1]:
        value, *_ = picked.values()
        on_pick(value)


def literal(text: str) -> str:
    """Text that came from outside, for places that read Markdown: "-" or "1." begin no list, ~ is no line through."""
    return re.sub(r"^(\d+)([.)])(?=\s|$)", r"\1\\\2", re.sub(r"([\\`*_{}\[\]<>#+\-!|$~:])", r"\\\1", text))


def shown(rows: pd.DataFrame, columns: Mapping[str, tuple[str, Callable[[Any], str]]]) -> pd.DataFrame:
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
    key: str = "",
) -> None:
    """Buttons for the rows as CSV and XLSX, with sources, dates and notes below the figures.

    day: what the figures are of where it is not the edition's date. entries: offered as a calendar too, made
    on the as-of date. key: of the buttons, where the title changes with what is chosen; else the title.
    """
    key = key or title
    name = f"{title}_{day or as_of():%Y%m%d}"
    lines = [*notes, *(f"출처: {line}" for line in sources.lines(datasets, day or as_of()))]
    with st.container(horizontal=True):
        st.download_button(
            "CSV 내려받기",
            lambda: export.csv(rows, lines),
            f"{name}.csv",
            "text/csv",
            key=f"{key}.csv",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            "엑셀(XLSX) 내려받기",
            lambda: export.xlsx(rows, title, lines),
            f"{name}.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            key=f"{key}.xlsx",
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
                key=f"{key}.ics",
                icon=":material/calendar_add_on:",
                on_click="ignore",
                help="업무용 달력에 가져오면 시작하는 달의 첫날부터 끝나는 달의 마지막 날까지 들어갑니다.",
            )


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


def source(*datasets: str, day: datetime.date | None = None, key: str = "") -> None:
    """Where the figures above come from and of which date, with the verdict of their checks.

    day: what they are of where it is not the edition's date, such as another month of residents. key: of the verdict,
    where other choices have other datasets; else their names.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption("출처: " + " / ".join(sources.lines(datasets, day or as_of())), width="content")
        _verdict(datasets, day or as_of(), key or "-".join(datasets))


def _verdict(datasets: Sequence[str], day: datetime.date, key: str) -> None:
    verdict = provenance.verdict(datasets, day)
    if not verdict.check_count:
        return
    if verdict.open_count:
        label, icon = f"검산 {verdict.check_count}건 중 {verdict.open_count}건 불일치", ":material/error:"
    else:
        label, icon = f"검산 {verdict.check_count}건 일치", ":material/check_circle:"
    badge = st.popover(label, icon=icon, type="tertiary", key=f"checks-{key}", on_change="rerun")
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
