"""What was promised and where it stands, as the two pages about commitments and the overview show it."""

import datetime
from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from lib import commitments, format
from lib.charts import timeline
from lib.ui.figures import chart, shown
from lib.ui.tables import table


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
