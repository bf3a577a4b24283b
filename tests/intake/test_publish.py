"""Publishing and rolling back: what stands afterwards, who is told what, and what open visits see."""

import contextvars
import datetime
import os
import shutil
import threading
from pathlib import Path
from typing import Any

import duckdb
import pytest

from data import build
from lib import db
from lib.intake import check, history, publish, standing, store
from lib.intake.draft import Draft, IntakeError
from lib.intake.history import Entry
from tests.intake import drafts
from tests.intake.drafts import JUNE, MARCH

OLD = "청사 시설물 관리"


def published(folder: Path, draft: Draft, **more: Any) -> Entry:
    """Publish with everything accepted that is asked."""
    accepted = drafts.accepted(check.verdict(draft, folder))
    return publish.publish(draft, folder, "홍길동", "분기 보고", accepted=accepted, **more)


def corrected(folder: Path, duty: str = drafts.DUTY) -> Entry:
    return publish.publish(drafts.correction(standing.of(folder), duty), folder, "홍길동", "오기 정정")


def rows(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All tables of a database."""
    with duckdb.connect(database, read_only=True) as connection:
        names = connection.execute("select table_name from duckdb_tables() order by all").fetchall()
        return {name: connection.execute(f"from {name} order by all").fetchall() for (name,) in names}


def test_an_edition_goes_in_whole(folder: Path, tmp_path: Path) -> None:
    """A database that is not what the CSVs give, or CSVs that are not what was read."""
    stands = standing.of(folder)
    draft = drafts.edition(stands)
    before = drafts.contents(folder)
    shares: list[float] = []
    entry = published(
        folder,
        draft,
        files=[("보고.hwpx", b"content")],
        expected=stands.state,
        step=lambda name, share: shares.append(share),
    )
    after = drafts.contents(folder)
    new = {path for path in after if path not in before}
    assert {path.rsplit("/", 1)[0] for path in new} == {"report/2023-06-30"}
    assert {path: hash for path, hash in after.items() if path in before and path != "bureau.duckdb"} == {
        path: hash for path, hash in before.items() if path != "bureau.duckdb"
    }
    now = standing.of(folder)
    for sheet in draft.sheets:
        if sheet.table != "known_difference":
            assert now.sheets[sheet.path] == [
                {column: cell.text for column, cell in row.items()} for row in sheet.rows
            ]
    assert rows(folder / "bureau.duckdb") == rows(build.build(folder, tmp_path / "again.duckdb"))
    assert drafts.duty(folder, JUNE) == drafts.DUTY
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert (entry.number, entry.by, entry.reason, entry.editions) == (1, "홍길동", "분기 보고", [JUNE, MARCH])
    assert not drafts.leftovers(folder)


def test_accepted_differences_become_notes(folder: Path) -> None:
    """A difference that a person explained is asked for again, or shown to nobody."""
    draft = drafts.edition(standing.of(folder))
    verdict = check.verdict(draft, folder)
    entry = published(folder, draft)
    notes = standing.of(folder).rows("known_difference", JUNE)
    assert {(row["check_name"], row["subject"]) for row in notes} == {
        (found.check_name, found.subject) for found in verdict.differences
    }
    assert all(any(row["note"] in sentence for sentence in entry.accepted) for row in notes)


def test_a_correction_of_the_same_date(folder: Path) -> None:
    """A corrected edition stands beside the wrong one, or takes tables away that the file did not hold."""
    before = drafts.contents(folder)
    entry = corrected(folder)
    changed = {path for path, hash in drafts.contents(folder).items() if before.get(path) != hash}
    assert changed == {"bureau.duckdb", "report/2023-03-31/duty.csv"}
    assert drafts.duty(folder) == drafts.DUTY
    assert entry.editions == [MARCH]


def test_open_visits_see_it_on_their_next_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that mixes two editions in one run, or shows the old one until a restart."""
    monkeypatch.setenv("BUREAU_DATA", str(folder))
    # In a context of its own, as each run of a page is: what it pins is not pinned for the tests that follow.
    contextvars.copy_context().run(visit_across_a_publication, folder)


def visit_across_a_publication(folder: Path) -> None:
    sql = "select max(as_of) as as_of, count(*) as rows from duty"
    stamp = db.pin()
    [before] = db.query(sql).itertuples(index=False)
    published(folder, drafts.edition(standing.of(folder)))
    [still] = db.query(sql).itertuples(index=False)
    [fresh] = db.query(f"{sql} -- asked for the first time").itertuples(index=False)
    assert before == still == fresh
    assert db.pin() != stamp
    [after] = db.query(sql).itertuples(index=False)
    assert after.as_of.date() == JUNE
    assert after.rows == 2 * before.rows


def test_make_has_nothing_to_build_afterwards(folder: Path) -> None:
    """`make run` after a publication builds again for seconds, while people wait."""
    published(folder, drafts.edition(standing.of(folder)))
    publish.rollback(folder, 0, "홍길동", "시험")
    built = (folder / "bureau.duckdb").stat().st_mtime_ns
    sources = [path for path in folder.rglob("*") if store.HISTORY not in path.parts]
    assert max(path.stat().st_mtime_ns for path in sources) == built


# refused ------------------------------------------------------------------------------------------------


def refused(folder: Path, draft: Draft, **more: Any) -> str:
    """What is said; the folder is as before."""
    before = drafts.contents(folder)
    with pytest.raises(IntakeError) as told:
        publish.publish(draft, folder, **{"by": "홍길동", "reason": "시험", **more})
    assert drafts.contents(folder) == before
    assert not drafts.leftovers(folder)
    return str(told.value)


def test_nobody_publishes_without_name_and_reason(folder: Path) -> None:
    """A history in which nobody did it."""
    draft = drafts.correction(standing.of(folder))
    for unsigned in ({"by": " "}, {"reason": ""}):
        assert "이름이나 사유가 비어 있습니다" in refused(folder, draft, **unsigned)


def test_bad_data_is_not_published(folder: Path) -> None:
    """Data that the build refuses goes in by another door."""
    [sheet] = drafts.correction(standing.of(folder)).sheets
    bad = sheet.rows[0] | {"position": sheet.rows[0]["position"]._replace(text="첫째", printed="첫째")}
    said = refused(folder, Draft([sheet._replace(rows=[bad, *sheet.rows[1:]])]))
    assert said == "자료.xlsx duty 시트 2행 position(B열): 첫째 → 정수가 아닙니다(‘첫째’)."


def test_what_is_asked_must_be_answered(folder: Path) -> None:
    """A difference that nobody explained, or a department gone that nobody noticed, is published."""
    draft = drafts.edition(standing.of(folder))
    accepted = drafts.accepted(check.verdict(draft, folder))
    [*most, last] = accepted
    assert last not in (said := refused(folder, draft, accepted={key: accepted[key] for key in most}))
    assert said.count("\n") == 0
    assert "사유를 적어 확인하고" in said
    without_notes = dict.fromkeys(accepted, " ")
    assert "사유를 적어 확인하고" in refused(folder, draft, accepted=without_notes)


def test_nothing_new_is_not_published(folder: Path) -> None:
    """A history full of publications that changed nothing."""
    assert "지금 게시된 자료와 같습니다" in refused(folder, drafts.correction(standing.of(folder), OLD))


def test_the_second_of_two_is_told(folder: Path) -> None:
    """The later of two people undoes the work of the first, compared with what no longer stands."""
    seen = standing.of(folder).state
    draft = drafts.correction(standing.of(folder), "다른 이름")
    corrected(folder)
    said = refused(folder, draft, expected=seen)
    assert "그 사이 홍길동 님이 게시하였습니다(오기 정정)." in said
    assert "다시 비교한 뒤" in said


def test_a_folder_changed_by_hand_meanwhile(folder: Path) -> None:
    """What somebody changed in the folder itself is lost without a word."""
    seen = standing.of(folder).state
    draft = drafts.correction(standing.of(folder))
    path = folder / "report/2023-03-31/counselling_visit.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("서북병원", "동부병원"), encoding="utf-8")
    assert "그 사이 자료가 바뀌었습니다" in refused(folder, draft, expected=seen)


def test_one_at_a_time(folder: Path) -> None:
    """Two publications write into one folder at once."""
    draft = drafts.correction(standing.of(folder))
    with store.exclusive(folder):
        with pytest.raises(IntakeError, match="다른 사람이 게시하고 있습니다"):
            publish.publish(draft, folder, "홍길동", "시험")
        with pytest.raises(IntakeError, match="다른 사람이 게시하고 있습니다"):
            publish.rollback(folder, 0, "홍길동", "시험")
    assert drafts.duty(folder) == OLD


def test_of_two_at_once_one_wins(folder: Path) -> None:
    """Both are told that they have published, and one of them has not."""
    stands = standing.of(folder)
    start = threading.Barrier(2)
    entries: list[Entry] = []
    told: list[str] = []

    def person(duty: str) -> None:
        draft = drafts.correction(stands, duty)
        start.wait()
        try:
            entries.append(publish.publish(draft, folder, duty, "시험", expected=stands.state))
        except IntakeError as refusal:
            told.append(str(refusal))

    people = [threading.Thread(target=person, args=(name,)) for name in ("가", "나")]
    for thread in people:
        thread.start()
    for thread in people:
        thread.join()
    [won], [said] = entries, told
    assert "다른 사람이 게시하고 있습니다" in said or f"그 사이 {won.by} 님이 게시하였습니다" in said
    assert drafts.duty(folder) == won.by
    assert standing.of(folder).rows("duty")[0]["duty"] == won.by


def test_no_folder(tmp_path: Path, folder: Path) -> None:
    """A mistyped BUREAU_DATA shows a trace."""
    draft = drafts.correction(standing.of(folder))
    with pytest.raises(IntakeError, match="자료 폴더\\(nowhere\\)가 없습니다"):
        publish.publish(draft, tmp_path / "nowhere", "홍길동", "시험")
    with pytest.raises(IntakeError, match="자료 폴더\\(nowhere\\)가 없습니다"):
        standing.of(tmp_path / "nowhere")


# back ----------------------------------------------------------------------------------------------------


def test_back_to_any_state_and_forth_again(folder: Path) -> None:
    """A rollback that leaves traces, and an edition that cannot be published a second time."""
    start = drafts.contents(folder)
    draft = drafts.edition(standing.of(folder))
    published(folder, draft)
    june = drafts.contents(folder)
    corrected(folder, "다른 이름")

    entry = publish.rollback(folder, 0, "성춘향", "잘못 게시함")
    assert (entry.kind, entry.restored, entry.editions) == ("rolled back", 0, [MARCH])
    assert csvs(folder) == {path: hash for path, hash in start.items() if path != "bureau.duckdb"}
    assert (drafts.duty(folder), drafts.duty(folder, JUNE)) == (OLD, None)
    assert not (folder / "report/2023-06-30").exists()

    published(folder, draft)
    assert csvs(folder) == {path: hash for path, hash in june.items() if path != "bureau.duckdb"}
    publish.rollback(folder, 2, "성춘향", "그래도")
    assert (drafts.duty(folder), drafts.duty(folder, JUNE)) == ("다른 이름", drafts.DUTY)
    assert [found.number for found in history.entries(folder)] == [5, 4, 3, 2, 1, 0]


def csvs(folder: Path) -> dict[str, str]:
    return {path: hash for path, hash in drafts.contents(folder).items() if path != "bureau.duckdb"}


def test_back_to_the_edition_of_a_date(folder: Path) -> None:
    """`rollback 2023-03-31` brings back the first March and not the last one."""
    corrected(folder)
    published(folder, drafts.edition(standing.of(folder), duty="또 다른 이름"))
    entry = publish.rollback(folder, MARCH, "홍길동", "시험")
    assert entry.restored == 1
    assert (drafts.duty(folder), drafts.duty(folder, JUNE)) == (drafts.DUTY, None)


def test_back_where_no_history_tells(folder: Path) -> None:
    """Editions that were put into the folder by hand cannot be taken back."""
    shutil.copytree(folder / "report/2023-03-31", folder / "report/2023-06-30")
    path = folder / "report/2023-06-30/known_difference.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text(
        "".join(line for line in lines if not line.startswith(("구간별 개수", "기준일보다"))),
        encoding="utf-8",
    )
    build.build(folder)
    entry = publish.rollback(folder, MARCH, "홍길동", "시험")
    assert (entry.number, entry.restored, entry.editions) == (1, None, [MARCH])
    assert drafts.duty(folder, JUNE) is None
    assert history.entries(folder)[1].editions == [JUNE, MARCH]


@pytest.mark.parametrize(
    ("to", "said"),
    [
        (7, "7번 게시 이력이 없습니다"),
        (datetime.date(2022, 12, 31), "2022. 12. 31. 보고서가 이력에 없습니다"),
        (MARCH, "이미 가장 최근 자료입니다"),
        (1, "지금 게시된 자료와 같습니다"),
    ],
)
def test_back_to_where_there_is_nothing(folder: Path, to: int | datetime.date, said: str) -> None:
    """A slip of the pen takes back another edition than was meant."""
    corrected(folder)
    before = drafts.contents(folder)
    with pytest.raises(IntakeError, match=said):
        publish.rollback(folder, to, "홍길동", "시험")
    assert drafts.contents(folder) == before


@pytest.mark.parametrize("lost", [True, False])
def test_a_version_changed_by_hand_is_not_brought_back(folder: Path, lost: bool) -> None:
    """A version that somebody edited, or what stands now, passes for what was once published."""
    corrected(folder)
    place = folder / "history/versions" / history.entries(folder)[-1].manifest["report/2023-03-31"]
    if lost:
        shutil.rmtree(place)
    else:
        (place / "duty.csv").write_text("department,position,duty\n", encoding="utf-8")
    with pytest.raises(IntakeError, match="보관된 판\\(report/2023-03-31\\)이 없거나 바뀌었습니다"):
        publish.rollback(folder, 0, "홍길동", "시험")
    assert drafts.duty(folder) == drafts.DUTY


def test_versions_do_not_follow_the_data(folder: Path) -> None:
    """An editor that writes into the CSV in place alters the kept version too, and there is no way back."""
    corrected(folder)
    with (folder / "report/2023-03-31/duty.csv").open("r+b") as file:
        file.write(b"DEPARTMENT")
    kept = history.entries(folder)[0].manifest["report/2023-03-31"]
    assert os.stat(folder / "history/versions" / kept / "duty.csv").st_nlink == 1
    assert (folder / "history/versions" / kept / "duty.csv").read_bytes().startswith(b"department")
