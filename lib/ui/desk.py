"""What the page 자료 관리 shows of files on their way in: steps, files, what was read.

The draft lies in the visit's session state alone; what a person ticks or writes stays until the visit ends.
"""

from collections import Counter
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from lib import db, format
from lib.access import audit
from lib.finding import Card
from lib.intake import limits, workbook
from lib.intake.case import Case, is_carried
from lib.intake.draft import Candidate, IntakeError, Sheet
from lib.ui import access, examination
from lib.ui.examination import HELD, column, label
from lib.ui.figures import literal
from lib.ui.key_figures import cards

STEPS = ("올리기", "읽은 결과", "검사", "견주기", "확인과 게시", "결과")
UPLOAD, READ, CHECK, COMPARE, CONFIRM, RESULT = STEPS
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TOLD = 200


# steps ----------------------------------------------------------------------------------------------


def go(step: str) -> None:
    """Show another step; as the callback of a button."""
    st.session_state.desk_step = step


def go_next(step: str) -> None:
    """Show another step from within the script."""
    st.session_state.desk_next = step
    st.rerun()


def steps(at: str | None = None) -> str:
    """The steps side by side, and the one that is shown: `at`, where it must be that one."""
    if following := at or st.session_state.pop("desk_next", None):
        st.session_state.desk_step = following
    return st.segmented_control(
        "단계",
        STEPS,
        default=UPLOAD,
        required=True,
        format_func=lambda step: f"{STEPS.index(step) + 1} {step}",
        key="desk_step",
        persist_state=HELD,
        width="content",
    )


def onward(step: str) -> None:
    """The button that leads to the next step."""
    st.button(
        f"다음: {step}", icon=":material/arrow_forward:", key=f"desk_to_{step}", on_click=go, args=(step,)
    )


def nothing_handed_in() -> None:
    """In the place of a step that has nothing to show yet."""
    st.info("읽은 파일이 없습니다. 먼저 파일을 올려 주십시오.")
    st.button("파일 올리기", icon=":material/upload_file:", key="desk_to_upload", on_click=go, args=(UPLOAD,))


# files ----------------------------------------------------------------------------------------------


def case() -> Case | None:
    """What this visit has handed in."""
    kept: Case | None = st.session_state.get("desk_case")
    return kept


def keep(handed_in: Case) -> None:
    """Work on with another case; the one before can be had back."""
    if (before := case()) and before.name != handed_in.name:
        st.session_state.desk_put_away = before
    st.session_state.desk_case = handed_in


def put_away() -> None:
    """Lay the case aside; it can be had back."""
    st.session_state.desk_put_away = st.session_state.pop("desk_case")
    go(UPLOAD)


def take_back() -> None:
    """Go on with the case that was laid aside."""
    kept = st.session_state.pop("desk_put_away")
    if before := st.session_state.pop("desk_case", None):
        st.session_state.desk_put_away = before
    st.session_state.desk_case = kept
    go(READ)


def upload() -> None:
    """The box for files, and what was handed in before."""
    files = st.file_uploader(
        "보고서, 통합 문서, 주민등록 인구 파일",
        accept_multiple_files=True,
        key="desk_files",
        max_upload_size=limits.FILE_BYTES // limits.MEGABYTE,
        on_change=_forget_refusal,
        help="한 번에 여러 파일을 올릴 수 있습니다. 게시하기 전에는 이 접속에만 있습니다.",
    )
    st.caption(
        "받는 파일: 업무보고(.hwpx, 글로 바꾼 .txt), 자료 통합 문서(.xlsx), 행정안전부 주민등록 인구통계와 서울 열린데이터광장의 "
        f"인구 자료(.csv, .xlsx). 파일 하나에 {limits.FILE_BYTES // limits.MEGABYTE}MB까지 받습니다."
    )
    if files and st.button("파일 읽기", type="primary", icon=":material/description:", key="desk_read"):
        for file in files:
            audit.upload(access.person().account, "desk_files", file.name, file.size)
        _read([(file.name, file.getvalue()) for file in files])
    examination.problems(st.session_state.get("desk_refused", []), "파일을 받지 않았습니다")
    _kept_cases()


def _forget_refusal() -> None:
    st.session_state.pop("desk_refused", None)


def _read(files: Sequence[tuple[str, bytes]]) -> None:
    """Read the files and go on; where they are not taken, what was read before stays."""
    _forget_refusal()
    try:
        with st.spinner("파일을 읽고 있습니다."):
            keep(Case(files, db.folder()))
    except IntakeError as refused:
        st.session_state.desk_refused = refused.problems
    else:
        go_next(READ)


def _kept_cases() -> None:
    if kept := case():
        st.markdown(f"**읽어 둔 파일**: {named(kept)}")
        with st.container(horizontal=True):
            st.button(
                "이어서 하기", icon=":material/arrow_forward:", key="desk_resume", on_click=go, args=(READ,)
            )
            st.button("치워 두기", icon=":material/inventory_2:", key="desk_put_away_now", on_click=put_away)
    if laid_aside := st.session_state.get("desk_put_away"):
        st.markdown(f"**치워 둔 파일**: {named(laid_aside)}")
        st.button("다시 꺼내기", icon=":material/undo:", key="desk_take_back", on_click=take_back)


def named(kept: Case) -> str:
    """The names of its files."""
    return ", ".join(literal(name) for name, _ in kept.files)


def outdated(kept: Case) -> None:
    """Say that the data has changed since the files were read, and offer to compare them again."""
    st.warning(
        f"그 사이 {literal(kept.publisher) or '자료가 바뀌었습니다'}. 읽은 파일과 적은 내용은 그대로 있습니다. "
        "달라진 자료와 다시 견준 뒤 게시하십시오.",
        icon=":material/sync_problem:",
    )
    if st.button("달라진 자료와 다시 견주기", icon=":material/sync:", key="desk_again"):
        _read(kept.files)


# what was read --------------------------------------------------------------------------------------


def recognised(kept: Case) -> None:
    """How much was found, per table."""
    sheets, doubts = kept.read_draft.sheets, kept.doubts()
    read = [sheet for sheet in sheets if not is_carried(sheet)]
    doubtful = Counter(doubt.table for doubt in doubts)
    cards(
        [
            Card("파일에서 읽은 표", f"{len(read)}개", f"{sum(len(sheet.rows) for sheet in read):,}행"),
            Card("옮겨 적은 표", f"{len(sheets) - len(read)}개"),
            Card("찾지 못한 것", f"{len(kept.read_draft.missing)}건"),
            Card("확인할 칸", f"{len(doubts):,}개"),
        ]
    )
    examination.listed(
        pd.DataFrame(
            {
                "표": [label(sheet.table) for sheet in sheets],
                "기준일": [format.date(sheet.as_of) if sheet.as_of else format.EMPTY for sheet in sheets],
                "행": [format.number(len(sheet.rows)) for sheet in sheets],
                "확인할 칸": [
                    format.number(doubtful[sheet.table]) if sheet in read and doubtful[sheet.table] else ""
                    for sheet in sheets
                ],
                "어디에서": [_origin(sheet) for sheet in sheets],
            }
        ),
        "읽은 표",
        numbers=("행", "확인할 칸"),
    )


def _origin(sheet: Sheet) -> str:
    return "이전 판에서 옮김" if is_carried(sheet) else sheet.file or "파일"


def missing(kept: Case) -> None:
    """What was looked for and not found."""
    if gaps := kept.read_draft.missing:
        st.markdown(f"**찾지 못한 것 {len(gaps)}건**")
        st.markdown("\n".join(f"- {label(gap.table)}: {literal(gap.what)}" for gap in gaps[:TOLD]))


def doubts(kept: Case) -> None:
    """The cells that a person must look at."""
    found = kept.doubts()
    if not found:
        return
    st.markdown(f"**확인할 칸 {len(found):,}개**")
    rows = pd.DataFrame(
        {
            "표": [label(doubt.table) for doubt in found],
            "대상": [doubt.subject for doubt in found],
            "열": [column(doubt.column, doubt.table) for doubt in found],
            "적힌 값": [doubt.cell.printed for doubt in found],
            "읽은 값": [doubt.cell.text for doubt in found],
            "까닭": [doubt.cell.doubt for doubt in found],
            "위치": [doubt.cell.place for doubt in found],
        }
    )
    examination.listed(rows, "확인할 칸")


def candidates(kept: Case) -> None:
    """What stands in prose, beside its sentence, each to be taken or left."""
    offered = kept.read_draft.candidates
    if not offered:
        return
    st.markdown(f"**문장에서 찾은 후보 {len(offered)}건**")
    st.caption("표가 아니라 문장에 있어 확실하지 않습니다. 문장과 맞는 것만 자료에 넣으십시오.")
    with st.grid(2, min_column_width=300):
        for place, candidate in enumerate(offered):
            with st.container(border=True, height="stretch", gap="xsmall"):
                st.markdown(f"“{literal(candidate.sentence)}”")
                st.caption(f"{literal(candidate.place)} · {label(candidate.table)}: {_values(candidate)}")
                st.toggle("자료에 넣기", key=_taken_key(kept, place), persist_state=HELD)


def _values(candidate: Candidate) -> str:
    return literal(
        ", ".join(
            f"{column(name, candidate.table)} {cell.text}"
            for name, cell in candidate.row.items()
            if cell.text
        )
    )


def _taken_key(kept: Case, place: int) -> str:
    return f"desk_take_{kept.name}_{place}"


def taken(kept: Case) -> list[int]:
    """The places of the candidates that were taken."""
    places = range(len(kept.read_draft.candidates))
    return [place for place in places if st.session_state.get(_taken_key(kept, place))]


def book(kept: Case) -> None:
    """The workbook of the draft, to be finished and handed in again."""
    chosen = taken(kept)
    days = [sheet.as_of for sheet in kept.read_draft.sheets if sheet.as_of]
    st.download_button(
        "통합 문서(XLSX) 내려받기",
        lambda: workbook.write(kept.draft(chosen), kept.standing),
        f"행정국 자료_{max(days):%Y%m%d}.xlsx" if days else "행정국 자료.xlsx",
        XLSX,
        key="desk_book",
        icon=":material/download:",
        on_click="ignore",
        help="확인할 칸에 색과 메모가 있습니다. 마저 적은 뒤 그 파일을 다시 올리십시오.",
    )
