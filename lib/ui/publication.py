"""Publishing from the page 자료 관리: name and reason, progress, result, history, and the way back."""

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd
import streamlit as st

from lib import db, format
from lib.access import audit
from lib.finding import Card
from lib.intake import history, publish, standing, store, workbook
from lib.intake.case import Case
from lib.intake.draft import IntakeError, Problem
from lib.intake.history import Entry
from lib.intake.job import Job
from lib.intake.publish import Step
from lib.queries import editions, population
from lib.ui import access, desk, examination
from lib.ui.figures import link, literal
from lib.ui.key_figures import cards
from lib.ui.tables import table
from lib.ui.visit import KOREA

TICK_SECONDS = 0.1
NAME_LENGTH, REASON_LENGTH, HASH_LENGTH = 40, 300, 12
WITHOUT = [Problem("", "", None, "", "이름이나 사유가 비어 있습니다.", "둘 다 적어 주십시오.")]


class Signature(NamedTuple):
    """Who publishes, and why."""

    by: str
    reason: str

    @property
    def whole(self) -> bool:
        return bool(self.by and self.reason)


# a publication under way ----------------------------------------------------------------------------


def job() -> Job | None:
    """What this visit publishes now, or has published last."""
    kept: Job | None = st.session_state.get("desk_job")
    return kept


def _begin(work: Callable[[Step], Entry]) -> None:
    """Publish in a thread of its own; the audit log has it even if nobody waits for the end."""
    if not access.may("publish"):
        return
    account = access.person().account

    def noted(step: Step) -> Entry:
        entry = work(step)
        audit.publication(account, str(entry.editions[0]), f"{entry.number} {entry.kind}")
        return entry

    st.session_state.desk_job = Job(noted)
    desk.go_next(desk.RESULT)


def progress(working: Job) -> None:
    """Show the steps until the work has ended, then the page again; whoever leaves the page stops nothing."""
    with st.status("게시하고 있습니다. 이 화면을 닫아도 게시는 끝까지 이어집니다.", expanded=True) as box:
        bar = st.progress(0.0)
        told = 0
        while working.running or told < len(working.steps):
            bar.progress(working.share)
            for name in working.steps[told:]:
                st.write(name)
                told += 1
            working.wait(TICK_SECONDS)
        box.update(label="끝났습니다.", state="complete")
    st.rerun()


def _signature(key: str) -> Signature:
    """Name and reason, in a form."""
    by = st.text_input(
        "이름",
        access.person().name,
        key=f"{key}_by",
        max_chars=NAME_LENGTH,
        persist_state=examination.HELD,
        width=280,
    )
    reason = st.text_input(
        "사유",
        key=f"{key}_reason",
        max_chars=REASON_LENGTH,
        persist_state=examination.HELD,
        placeholder="예: 2023년 6월 말 업무보고 반영",
    )
    return Signature(by.strip()[:NAME_LENGTH], reason.strip()[:REASON_LENGTH])


def confirm(kept: Case) -> None:
    """What will change, name and reason, and the button."""
    draft, verdict, _ = kept.examined(desk.taken(kept))
    accepted = examination.accepted(verdict)
    left = verdict.open(accepted)
    if verdict.problems or left:
        st.warning(
            f"고칠 곳 {len(verdict.problems)}건과 확인하지 않은 것 {len(left)}건이 남아 있어 아직 게시할 수 없습니다.",
            icon=":material/rule:",
        )
        st.button(
            "검사로 가기",
            icon=":material/arrow_back:",
            key="desk_to_check",
            on_click=desk.go,
            args=(desk.CHECK,),
        )
        return
    counts = kept.counts(draft, verdict, accepted)
    if not counts:
        st.info("지금 자료와 같아서 게시할 것이 없습니다.")
        return
    st.markdown(f"**게시하면 달라지는 것** (파일: {desk.named(kept)})")
    examination.counted(counts, "게시하면 달라지는 것")
    with st.form("desk_publish", border=True):
        signed = _signature("desk")
        pressed = st.form_submit_button("게시", type="primary", icon=":material/publish:")
    st.caption(
        "게시하면 열려 있는 모든 화면이 다음 조작부터 새 자료를 봅니다. 언제든 아래 이력에서 되돌릴 수 있습니다."
    )
    if pressed and not signed.whole:
        examination.problems(WITHOUT, "게시하지 않았습니다")
    elif pressed:
        _begin(
            lambda step: publish.publish(
                draft, kept.folder, *signed, kept.files, accepted, kept.standing.state, step
            )
        )


def result(done: Job, kept: Case | None) -> None:
    """What came of it, and where to go from there."""
    if done.fault:
        raise done.fault
    if done.entry is None:
        examination.problems(done.problems, "게시하지 않았으며, 지금 자료는 그대로입니다")
        if kept and kept.outdated:
            desk.outdated(kept)
        elif kept:
            st.caption("읽은 파일과 적은 내용은 그대로 있습니다. 바로잡은 뒤 다시 게시할 수 있습니다.")
            st.button("확인과 게시로 가기", key="desk_retry", on_click=desk.go, args=(desk.CONFIRM,))
        return
    entry = done.entry
    verb = "되돌렸습니다" if entry.kind == "rolled back" else "게시하였습니다"
    st.success(
        f"{verb}(이력 {entry.number}번). 열려 있는 모든 화면이 다음 조작부터 이 자료를 봅니다.",
        icon=":material/check_circle:",
    )
    _details(entry)
    link("", "한눈에 보기에서 확인하기", icon=":material/dashboard:")
    st.button(
        "다음 파일 올리기",
        icon=":material/upload_file:",
        key="desk_more",
        on_click=desk.go,
        args=(desk.UPLOAD,),
    )


def settle(done: Job) -> None:
    """Lay what was published aside, once."""
    if done.entry and done.entry.kind == "published" and st.session_state.get("desk_settled") != done.entry:
        st.session_state.desk_settled = done.entry
        st.session_state.pop("desk_case", None)


# what is published ----------------------------------------------------------------------------------


def published() -> None:
    """The newest report and month, and who published last."""
    days, months = editions.all(), population.months()
    entry = next(iter(_entries()), None)
    cards(
        [
            Card("보고서 기준일", format.date(days[0]), f"{len(days)}개 판"),
            Card("주민등록인구 기준일", format.date(months[0]), f"{len(months)}개월"),
            Card(
                "마지막 게시",
                _moment(entry)[: -len(" 00:00")] if entry else format.EMPTY,
                entry.by or history.KINDS[entry.kind] if entry else "게시 이력 없음",
            ),
        ],
        3,
    )


def listed() -> None:
    """The editions of the report with their checks, and the workbook of any as a template for the next."""
    rows = editions.listed()
    table(
        pd.DataFrame(
            {
                "기준일": [format.date(row.as_of) for row in rows.itertuples()],
                "보고서": rows["title"],
                "검산": [
                    f"{row.check_count}건 중 {row.open_count}건 불일치"
                    if row.open_count
                    else f"{row.check_count}건 일치"
                    for row in rows.itertuples()
                ],
                "비고": rows["remark"].fillna(""),
            }
        ),
        "판 목록",
        text=["기준일", "보고서", "검산", "비고"],
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        days = editions.all()
        day = st.selectbox(
            "서식으로 쓸 판", days, format_func=format.date, key=f"desk_template_{days[0]}", width=180
        )
        st.download_button(
            "통합 문서 서식(XLSX) 내려받기",
            lambda: workbook.template(standing.of(db.folder()), day),
            f"행정국 자료 서식_{day:%Y%m%d}.xlsx",
            desk.XLSX,
            key="desk_template",
            icon=":material/download:",
            on_click="ignore",
            help="고른 판의 수치가 들어 있습니다. 기준일과 수치를 고쳐 다음 판으로 올리십시오.",
        )


# history --------------------------------------------------------------------------------------------


def _entries() -> list[Entry]:
    try:
        return history.entries(db.folder())
    except IntakeError as damaged:
        examination.problems(damaged.problems, "게시 이력을 읽을 수 없습니다")
        return []


def _moment(entry: Entry) -> str:
    """When, in Korea: 2023. 7. 3. 14:05."""
    at = entry.at.astimezone(KOREA)
    return f"{format.date(at.date())} {at:%H:%M}"


def log() -> None:
    """All entries, one to look into, and the way back to it."""
    entries = _entries()
    if not entries:
        st.caption(
            "아직 이 화면에서 게시한 적이 없습니다. 처음 게시할 때 그때까지의 자료가 0번으로 남습니다."
        )
        return
    table(
        pd.DataFrame(
            {
                "번호": [str(entry.number) for entry in entries],
                "일시": [_moment(entry) for entry in entries],
                "구분": [_kind(entry) for entry in entries],
                "이름": [entry.by or format.EMPTY for entry in entries],
                "사유": [entry.reason for entry in entries],
                "파일": [_files(entry) for entry in entries],
                "바뀐 행": [
                    format.number(_rows(entry)) if entry.changes else format.EMPTY for entry in entries
                ],
            }
        ),
        "게시 이력",
        text=["번호", "일시", "구분", "이름", "사유", "파일"],
    )
    names = {entry.number: f"{entry.number}번 · {_moment(entry)} · {_kind(entry)}" for entry in entries}
    number = st.selectbox(
        "자세히 볼 이력",
        list(names),
        index=None,
        key="desk_entry",
        format_func=lambda number: names.get(number, str(number)),
        placeholder="번호 고르기",
        width=400,
    )
    chosen = next((entry for entry in entries if entry.number == number), None)
    if chosen:
        with st.container(border=True):
            _details(chosen)
            _compared(chosen)
            _way_back(chosen, entries[0])


def _kind(entry: Entry) -> str:
    back = f"({entry.restored}번으로)" if entry.restored is not None else ""
    return history.KINDS[entry.kind] + back


def _files(entry: Entry) -> str:
    return ", ".join(f"{file.name} ({file.sha256[:HASH_LENGTH]})" for file in entry.files) or format.EMPTY


def _rows(entry: Entry) -> int:
    return sum(count.added + count.removed + count.changed + count.renamed for count in entry.changes)


def _details(entry: Entry) -> None:
    """Who, why, from which files, what was accepted, and what changed by table."""
    st.markdown(
        f"**{entry.number}번 {_kind(entry)}** · {_moment(entry)} · {literal(entry.by or format.EMPTY)}  \n"
        f"사유: {literal(entry.reason)}"
        + "".join(
            f"  \n파일: {literal(file.name)}, {file.size:,}바이트, SHA-256 `{file.sha256}`"
            for file in entry.files
        )
    )
    if entry.accepted:
        st.markdown("**확인하고 게시한 것**")
        st.markdown("\n".join(f"- {literal(sentence)}" for sentence in entry.accepted))
    if entry.changes:
        examination.counted(entry.changes, f"{entry.number}번에서 바뀐 것")


def _compared(entry: Entry) -> None:
    """Row by row, when it is asked for."""
    if st.toggle("바뀐 행을 모두 보기", key=f"desk_rows_{entry.number}"):
        try:
            examination.changes(history.changes(db.folder(), entry.number), f"desk_entry_{entry.number}")
        except IntakeError as gone:
            examination.problems(gone.problems, "바뀐 행을 보일 수 없습니다")


def _way_back(entry: Entry, newest: Entry) -> None:
    """A form that publishes the state after this entry again."""
    if entry.manifest == newest.manifest:
        st.caption("지금 게시된 자료가 이 상태입니다.")
        return
    folder, expected = db.folder(), store.state(newest.manifest)
    with st.form(f"desk_back_{entry.number}", border=False):
        st.markdown(f"**{entry.number}번을 마친 때의 자료로 되돌리기**")
        signed = _signature("desk_back")
        sure = st.checkbox(
            f"지금 자료 대신 {entry.number}번의 자료를 게시하는 것을 확인하였습니다", key="desk_back_sure"
        )
        pressed = st.form_submit_button("되돌리기", icon=":material/settings_backup_restore:")
    if pressed and not (signed.whole and sure):
        found = (
            WITHOUT
            if not signed.whole
            else [WITHOUT[0]._replace(found="확인 칸이 비어 있습니다.", expected="확인한 뒤 눌러 주십시오.")]
        )
        examination.problems(found, "되돌리지 않았습니다")
    elif pressed:
        _begin(lambda step: publish.rollback(folder, entry.number, *signed, expected, step))
