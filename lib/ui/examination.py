"""What the page 자료 관리 shows of a verdict and of a comparison: problems, what does not close, what is hardly likely, changes."""

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd
import streamlit as st

from lib import export, format
from lib.intake import compare, guide
from lib.intake.check import Difference, Verdict
from lib.intake.compare import Change, Count
from lib.intake.draft import Problem
from lib.ui.figures import literal
from lib.ui.tables import table

LISTED = 40
NOTE_LENGTH = 300
HELD: Final = "session"
"""How long a tick or a note is kept when its step is not on the screen."""


def label(name: str) -> str:
    """The Korean name of a table."""
    return guide.table(name).label


def column(name: str, of: str) -> str:
    """The Korean name of a column of a table."""
    return guide.column(of, name).label if name else ""


# what is wrong --------------------------------------------------------------------------------------


def problems(found: Sequence[Problem], title: str) -> None:
    """What a file has wrong: one sentence each, or a table of places where there are many."""
    if not found:
        return
    if len(found) <= 3:
        st.error("  \n".join(literal(problem.sentence) for problem in found), title=title)
        return
    st.error(f"고칠 곳이 {len(found):,}건 있습니다.", title=title)
    rows = pd.DataFrame(
        {
            "파일": [problem.file for problem in found],
            "시트·표": [problem.sheet for problem in found],
            "행": [format.number(problem.row) if problem.row else "" for problem in found],
            "열": [problem.column for problem in found],
            "있는 것": [problem.found for problem in found],
            "있어야 할 것": [problem.expected for problem in found],
        }
    )
    listed(rows, "고칠 곳")


def differences(verdict: Verdict) -> None:
    """What does not close, each with room for the reason."""
    asked = verdict.differences
    if not asked:
        return
    st.markdown(f"**맞지 않는 수치 {len(asked)}건**")
    st.caption(
        "보고서에 그렇게 적혀 있으면 까닭을 적으십시오. 까닭은 수치 옆에 함께 실립니다. 잘못 읽은 것이면 파일을 고쳐 다시 올리십시오."
    )
    suggested = [difference for difference in asked if difference.suggestion]
    if len(suggested) > 1:
        st.button(
            f"이전 판의 까닭을 빈칸 {len(suggested)}곳에 쓰기",
            icon=":material/content_copy:",
            key="desk_same",
            on_click=_suggest,
            args=(suggested,),
            help="적은 까닭은 그대로 둡니다. 이번에도 맞는 말인지 읽어 보고 고치십시오.",
        )
    for difference in asked:
        with st.container(border=True, gap="xsmall"):
            st.markdown(literal(difference.sentence))
            with st.container(horizontal=True, vertical_alignment="bottom"):
                st.text_input(
                    "맞지 않는 까닭", key=_note_key(difference), max_chars=NOTE_LENGTH, persist_state=HELD
                )
                if difference.suggestion:
                    st.button(
                        "이전 판의 까닭 쓰기",
                        key=f"desk_same_{difference.key}",
                        help=literal(difference.suggestion),
                        on_click=_suggest,
                        args=([difference],),
                    )


def _note_key(difference: Difference) -> str:
    return f"desk_note_{difference.key}"


def _suggest(asked: Sequence[Difference]) -> None:
    for difference in asked:
        if not st.session_state.get(_note_key(difference)):
            st.session_state[_note_key(difference)] = difference.suggestion


def unlikely(verdict: Verdict) -> None:
    """What is possible and hardly likely, each to be confirmed."""
    asked = verdict.unlikely
    if not asked:
        return
    st.markdown(f"**확인이 필요한 것 {len(asked)}건**")
    for question in asked:
        with st.container(border=True, gap="xsmall"):
            st.markdown(literal(question.sentence))
            st.checkbox("확인하였습니다", key=f"desk_sure_{question.key}", persist_state=HELD)


def resolved(verdict: Verdict) -> None:
    """Known differences that hold now."""
    if verdict.resolved:
        st.caption(
            f"이전 판에서 맞지 않던 {len(verdict.resolved)}건이 이제 맞으므로 까닭을 뺍니다: "
            + literal(", ".join(f"{solved.subject} – {solved.check_name}" for solved in verdict.resolved))
        )


def accepted(verdict: Verdict) -> Mapping[str, str]:
    """What this visit has accepted: the note of each difference, nothing for what was only confirmed."""
    state = st.session_state
    notes = {
        asked.key: str(state.get(_note_key(asked)) or "").strip()[:NOTE_LENGTH]
        for asked in verdict.differences
    }
    sure = {asked.key: "" for asked in verdict.unlikely if state.get(f"desk_sure_{asked.key}")}
    return {key: note for key, note in notes.items() if note} | sure


# what changes ---------------------------------------------------------------------------------------


def counted(found: Sequence[Count], name: str) -> None:
    """How many rows of each table change, and how."""
    rows = pd.DataFrame(
        {
            "표": [label(count.table) for count in found],
            "기준일": [format.date(count.as_of) if count.as_of else format.EMPTY for count in found],
        }
        | {
            head: [format.number(getattr(count, kind)) if getattr(count, kind) else "" for count in found]
            for kind, head in compare.KINDS.items()
        }
    )
    listed(rows, name, numbers=list(compare.KINDS.values()))


def changes(found: Sequence[Change], key: str) -> None:
    """All changes, grouped by table, with a search. A group is put together when it is opened."""
    if not found:
        st.info("지금 자료와 다른 것이 없습니다.")
        return
    wanted = st.text_input(
        "달라진 것에서 찾기", key=f"{key}_wanted", type="search", placeholder="예: 인사과, 집행액", width=320
    )
    words = wanted.split()
    if words:
        found = [change for change in found if _holds(change, words)]
    if not found:
        st.info("찾는 말이 든 변경이 없습니다. 더 짧은 말로 찾아보십시오.")
    groups: dict[str, list[Change]] = {}
    for change in found:
        groups.setdefault(change.table, []).append(change)
    for name, group in groups.items():
        shown = st.expander(
            f"{_heading(group)} {len(group):,}건",
            expanded=bool(words) or len(groups) == 1,
            key=f"{key}_{name}_{'-'.join(words)}",
            on_change="rerun",
        )
        if shown.open:
            with shown:
                rows = pd.DataFrame([_row(change) for change in group])
                if rows["기준일"].nunique() == 1:
                    rows = rows.drop(columns="기준일")
                listed(rows, f"{label(name)}의 달라진 것", numbers=("이전", "이번", "증감"))


def _holds(change: Change, words: Sequence[str]) -> bool:
    text = " ".join(_row(change).values()) + label(change.table)
    return all(word in text for word in words)


def _heading(group: Sequence[Change]) -> str:
    """The table of some changes and its date, with the one that it is compared with where it is another."""
    first = group[0]
    days = {change.as_of for change in group}
    if len(days) > 1:
        return f"{label(first.table)} {len(days)}개 기준일"
    dated = f" {format.date(first.as_of)}" if first.as_of else ""
    against = f" ({format.date(first.base)} 대비)" if first.base and first.base != first.as_of else ""
    return f"{label(first.table)}{dated}{against}"


def _row(change: Change) -> dict[str, str]:
    counted = change.amount is not None
    share = f" ({format.rate(change.share)})" if change.share is not None else ""
    return {
        "기준일": format.date(change.as_of) if change.as_of else format.EMPTY,
        "구분": compare.KINDS[change.kind],
        "대상": change.subject,
        "열": column(change.column, change.table),
        "이전": _number(change.before) if counted else change.before,
        "이번": _number(change.after) if counted else change.after,
        "증감": _number(str(change.amount)) + share if counted else "",
    }


def _number(text: str) -> str:
    """A number of a CSV with separators and △, and the decimals that it has there."""
    return format.number(float(text), len(text.partition(".")[2]))


def listed(rows: pd.DataFrame, name: str, numbers: Sequence[str] = ()) -> None:
    """A table to read where it is short, one to explore where it is long; the file has all rows."""
    if len(rows) <= LISTED:
        table(rows, name, text=[head for head in rows.columns if head not in numbers])
        return
    right = {head: st.column_config.TextColumn(alignment="right") for head in numbers}
    st.dataframe(rows, column_config=right, hide_index=True, alt=name, height=420)
    st.download_button(
        "CSV 내려받기",
        lambda: export.csv(rows, []),
        f"{name}.csv",
        "text/csv",
        key=f"desk_csv_{name}",
        icon=":material/download:",
        on_click="ignore",
    )
