"""The history: who published what, when, from which file and why, and what it changed."""

import datetime
import hashlib
import json
from decimal import Decimal
from pathlib import Path

import pytest

from lib.intake import check, history, publish, standing, store
from lib.intake.draft import IntakeError
from tests.intake import drafts
from tests.intake.drafts import JUNE, MARCH


def corrected(folder: Path, duty: str = drafts.DUTY) -> history.Entry:
    draft = drafts.correction(standing.of(folder), duty)
    files = [("정정.xlsx", b"content")]
    return publish.publish(draft, folder, "홍길동", "오기 정정", files)


def test_nothing_published_yet(folder: Path) -> None:
    """A fresh copy of the project has no history, and the page fails on it."""
    assert history.entries(folder) == []


def test_who_when_which_file_and_why(folder: Path) -> None:
    """A council member asks where a figure comes from, and nobody can say."""
    before = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    made = corrected(folder)
    entry, found = history.entries(folder)
    assert entry == made
    assert (entry.number, entry.kind, entry.by, entry.reason) == (1, "published", "홍길동", "오기 정정")
    assert before <= entry.at <= datetime.datetime.now(datetime.UTC)
    assert entry.files == [("정정.xlsx", hashlib.sha256(b"content").hexdigest(), 7)]
    assert [count.sentence for count in entry.changes] == ["담당업무 2023. 3. 31. – 추가 1, 삭제 1"]
    assert (found.number, found.kind, found.by, found.reason) == (0, "found", "", "처음 상태")


def test_what_an_entry_changed_row_by_row(folder: Path) -> None:
    """The history names a table, and what was changed in it is lost."""
    corrected(folder, "청사 시설 관리")
    [change] = history.changes(folder, 1)
    assert (change.kind, change.table, change.as_of, change.base) == ("renamed", "duty", MARCH, MARCH)
    assert (change.column, change.before, change.after) == ("duty", "청사 시설물 관리", "청사 시설 관리")
    assert history.changes(folder, 0) == []
    with pytest.raises(IntakeError, match="2번 게시 이력이 없습니다"):
        history.changes(folder, 2)


def test_a_new_month_against_the_month_before(folder: Path) -> None:
    """A month of residents is listed as 450 new rows, with no word of how many people more."""
    day = datetime.date(2023, 4, 30)
    stands = standing.of(folder)
    draft = drafts.Draft(drafts.month(stands, day, more=100))
    publish.publish(draft, folder, "홍길동", "4월분", accepted=drafts.accepted(check.verdict(draft, folder)))
    found = {(change.table, change.subject, change.column): change for change in history.changes(folder, 1)}
    change = found["dong_population", "종로구 청운효자동", "population"]
    assert (change.as_of, change.base, change.amount) == (day, MARCH, Decimal(100))
    assert change.share == pytest.approx(100 / 11574)


def test_a_folder_changed_by_hand(folder: Path) -> None:
    """What was changed outside of publishing is laid at the door of who publishes next, or cannot be brought back."""
    corrected(folder)
    path = folder / "report/2023-03-31/counselling_visit.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("서북병원", "동부병원"), encoding="utf-8")
    corrected(folder, "다른 이름")
    last, by_hand, *_ = history.entries(folder)
    assert (by_hand.number, by_hand.kind, by_hand.by) == (2, "found", "")
    assert [change.after for change in history.changes(folder, 2)] == ["동부병원"]
    assert {change.table for change in history.changes(folder, last.number)} == {"duty"}
    publish.rollback(folder, 2, "홍길동", "시험")
    assert "동부병원" in path.read_text(encoding="utf-8")
    publish.rollback(folder, 1, "홍길동", "시험")
    assert "서북병원" in path.read_text(encoding="utf-8")


def test_a_rollback_tells_what_went(folder: Path) -> None:
    """An edition taken back leaves no trace of what it had said."""
    draft = drafts.edition(standing.of(folder))
    publish.publish(draft, folder, "홍길동", "시험", accepted=drafts.accepted(check.verdict(draft, folder)))
    entry = publish.rollback(folder, 0, "홍길동", "시험")
    counts = {count.table: count for count in entry.changes}
    assert counts["budget_line"] == ("budget_line", JUNE, 0, 32, 0, 0)
    assert {change.kind for change in history.changes(folder, entry.number)} == {"removed"}


def test_a_log_damaged_by_hand(folder: Path) -> None:
    """A slip of an editor in the log shows a trace, or deletes every version that it no longer names."""
    corrected(folder)
    versions = sorted((folder / store.VERSIONS).iterdir())
    log = folder / store.LOG
    log.write_text(log.read_text(encoding="utf-8").replace('"number"', "number", 1), encoding="utf-8")
    with pytest.raises(IntakeError, match=r"history/log.jsonl 1행"):
        history.entries(folder)
    with pytest.raises(IntakeError, match=r"history/log.jsonl 1행"):
        publish.recover(folder)
    log.unlink()
    publish.recover(folder)
    assert sorted((folder / store.VERSIONS).iterdir()) == versions


def test_versions_that_nobody_names_are_cleared(folder: Path) -> None:
    """Publications that were cut off fill the disk year by year."""
    corrected(folder)
    stray = folder / store.VERSIONS / ("0" * 32)
    stray.mkdir()
    (stray / "duty.csv").write_text("department,position,duty\n", encoding="utf-8")
    assert publish.recover(folder) is True
    assert not stray.exists()
    named = {name for entry in history.entries(folder) for name in entry.manifest.values()}
    assert {path.name for path in (folder / store.VERSIONS).iterdir()} == named


def test_the_log_is_one_json_object_a_line(folder: Path) -> None:
    """Names with line ends or quotation marks break the log for everybody after them."""
    draft = drafts.correction(standing.of(folder))
    publish.publish(draft, folder, '홍"길\n동', "사유\n둘째 줄\u2028셋째 줄", [('파일\n".xlsx', b"")])
    lines = (folder / store.LOG).read_text(encoding="utf-8").rstrip("\n").split("\n")
    assert [json.loads(line)["number"] for line in lines] == [0, 1]
    assert history.entries(folder)[0].by == '홍"길\n동'
