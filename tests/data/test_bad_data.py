"""What the build refuses: each kind of bad data once, by file, line, column and reason, with the old
database left byte for byte as it was."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest

from data import build
from data.problem import Problem, RefusedError

REPORT = "report/2023-03-31"
POPULATION = "population/2023-03-31"
ROOT = Path(build.__file__).parent.parent


def replaced(old: str, new: str) -> Callable[[Path], None]:
    """An alteration that replaces the one place where old stands."""

    def alter(path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return alter


def as_cp949(path: Path) -> None:
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp949"))


def removed(path: Path) -> None:
    path.unlink()


def created(path: Path) -> None:
    path.write_text("department\n총무과\n", encoding="utf-8")


class Case(NamedTuple):
    """An alteration of one file, and the one problem that comes of it (part of its reason)."""

    file: str
    alter: Callable[[Path], None]
    line: int | None
    column: str | None
    reason: str


CASES = {
    # files
    "missing file": Case(f"{REPORT}/duty.csv", removed, None, None, "파일이 없습니다"),
    "unknown file": Case(f"{REPORT}/duties.csv", created, None, None, "이런 이름의 표가 없습니다"),
    "unknown reference file": Case("reference/dongs.csv", created, None, None, "이런 이름의 표가 없습니다"),
    "not UTF-8": Case(f"{REPORT}/meeting.csv", as_cp949, 2, None, "UTF-8이 아닙니다"),
    "two rows where one is meant": Case(
        f"{REPORT}/edition.csv",
        replaced("2023-12-31,\n", "2023-12-31,\n제목,행정국,2023,2023-01-01,2023-12-31,\n"),
        None,
        None,
        "한 줄이어야 하는데 2줄",
    ),
    "a quotation mark left open": Case(
        f"{REPORT}/counselling_visit.csv", replaced("서북병원", '"서북병원'), 3, None, "따옴표"
    ),
    # header and cells
    "missing column": Case(
        f"{REPORT}/department.csv", replaced("head_count,", ""), 1, "head_count", "열이 없습니다"
    ),
    "unknown column": Case(
        f"{REPORT}/counselling_visit.csv",
        replaced("visited_on,organisation", "visited_on,organisation,remark"),
        1,
        "remark",
        "표에 없는 열",
    ),
    "doubled column": Case(
        f"{REPORT}/counselling_visit.csv",
        replaced("visited_on,organisation", "visited_on,organisation,visited_on"),
        1,
        "visited_on",
        "두 번",
    ),
    "too few cells": Case(
        f"{REPORT}/duty.csv", replaced("총무과,2,청사 방호", "총무과,2"), 3, None, "3개여야 하는데 2개"
    ),
    "text for an integer": Case(
        f"{REPORT}/department.csv",
        replaced("인사과,과,41", "인사과,과,많음"),
        3,
        "head_count",
        "정수가 아닙니다(‘많음’)",
    ),
    "thousands separator": Case(
        f"{REPORT}/flexible_work_month.csv", replaced("6902", '"6,902"'), 3, "use_count", "정수가 아닙니다"
    ),
    "fraction for an integer": Case(
        f"{REPORT}/flexible_work_month.csv", replaced("6902", "6902.4"), 3, "use_count", "정수가 아닙니다"
    ),
    "integer beyond the column": Case(
        f"{REPORT}/flexible_work_month.csv",
        replaced("6902", "69020000000"),
        3,
        "use_count",
        "정수가 아닙니다",
    ),
    "a printed dash": Case(
        f"{REPORT}/budget_line.csv",
        replaced(
            "25233,24154,-1079,-4.3,,\nrevenue.nontax.sanctions.i",
            "25233,24154,-1079,-4.3,-,\nrevenue.nontax.sanctions.i",
        ),
        15,
        "realised",
        "빈칸으로 두십시오",
    ),
    "too many decimals": Case(
        f"{REPORT}/population_bucket.csv", replaced("43.7", "43.66"), 6, "share_percent", "소수점 아래 1자리"
    ),
    "a day that does not exist": Case(
        f"{REPORT}/meeting.csv", replaced("2023-03-29", "2023-02-30"), 2, "held_on", "날짜(YYYY-MM-DD)"
    ),
    "a time that does not exist": Case(
        f"{REPORT}/meeting.csv", replaced("15:00", "25:00"), 2, "start_time", "시각(HH:MM)"
    ),
    "neither true nor false": Case(
        f"{REPORT}/flexible_work_month.csv", replaced("true", "예"), 3, "mandatory", "true나 false"
    ),
    "empty where a value is needed": Case(
        f"{REPORT}/meeting.csv",
        replaced("서울시청 본관 8층 간담회장", " "),
        2,
        "place",
        "비어 있으면 안 됩니다",
    ),
    # rules of the schema
    "a kind that is none": Case(
        f"{REPORT}/department.csv", replaced("공무원수련원,사업소", "공무원수련원,팀"), 9, "kind", "kind 팀"
    ),
    "end before start": Case(
        f"{REPORT}/follow_up.csv",
        replaced("2023-04-01,2023-05-01,4~5월,1", "2023-04-01,2023-03-01,4~5월,1"),
        2,
        "end_month",
        "end_month 2023-03-01, start_month 2023-04-01",
    ),
    "men and women that are not the residents": Case(
        f"{POPULATION}/district_population.csv",
        replaced("68170,72890", "68170,72891"),
        2,
        "male_count",
        "population",
    ),
    "duplicate key": Case(
        f"{REPORT}/duty.csv",
        replaced("총무과,2,청사 방호", "총무과,1,청사 방호"),
        3,
        "position",
        "2행과 겹칩니다",
    ),
    "duplicate name": Case(
        f"{REPORT}/duty.csv",
        replaced("총무과,2,청사 방호", "총무과,2,청사 시설물 관리"),
        3,
        "duty",
        "2행과 겹칩니다",
    ),
    "unknown parent": Case(
        f"{REPORT}/budget_line.csv",
        replaced("revenue.penalties,세입,revenue,", "revenue.penalties,세입,revenues,"),
        17,
        "parent_code",
        "budget_line 표에 없는 값입니다(‘revenues’)",
    ),
    "unknown department": Case(
        f"{REPORT}/duty.csv",
        replaced("총무과,2,청사 방호", "총무부,2,청사 방호"),
        3,
        "department",
        "‘총무부’",
    ),
    "unknown source": Case(
        f"{REPORT}/stated_figure.csv",
        replaced("grading,introduced_year", "rating,introduced_year"),
        45,
        "dataset",
        "‘rating’",
    ),
    "unknown district": Case(
        "reference/dong.csv",
        replaced("1111053000,11110,", "1111053000,11111,"),
        3,
        "district_code",
        "‘11111’",
    ),
    # circles and order
    "circle in the budget": Case(
        f"{REPORT}/budget_line.csv",
        replaced("revenue.nontax,세입,revenue,", "revenue.nontax,세입,revenue.nontax.current,"),
        3,
        "parent_code",
        "revenue.nontax → revenue.nontax.current → revenue.nontax",
    ),
    "circle of one": Case(
        f"{REPORT}/milestone.csv",
        replaced("2023-02-01,2023-02-01,hall.pre-review", "2023-02-01,2023-02-01,hall.deliberation"),
        3,
        "predecessor",
        "hall.deliberation → hall.deliberation",
    ),
    "circle of steps": Case(
        f"{REPORT}/milestone.csv",
        replaced("2023-01-01,2023-01-01,,1\n", "2023-01-01,2023-01-01,hall.design,1\n"),
        2,
        "predecessor",
        "hall.pre-review → hall.design → hall.designer-selection → hall.deliberation → hall.pre-review",
    ),
    "step that ends before it starts": Case(
        f"{REPORT}/milestone.csv",
        replaced("2023-04-01,2023-07-01", "2023-04-01,2023-03-01"),
        5,
        "end_month",
        "end_month 2023-03-01, start_month 2023-04-01",
    ),
    "step from the middle of a month": Case(
        f"{REPORT}/milestone.csv",
        replaced("2023-04-01,2023-07-01", "2023-04-15,2023-07-01"),
        5,
        "start_month",
        "start_month 2023-04-15",
    ),
    "unknown predecessor": Case(
        f"{REPORT}/milestone.csv",
        replaced("hall.designer-selection,4", "hall.designer,4"),
        5,
        "predecessor",
        "milestone 표에 없는 값입니다(‘hall.designer’)",
    ),
    "step given twice": Case(
        f"{REPORT}/milestone.csv",
        replaced("office.disability-policy,", "office.field-staff,"),
        8,
        "milestone",
        "7행과 겹칩니다",
    ),
    "unknown step that brings something": Case(
        f"{REPORT}/deliverable.csv",
        replaced("화장실 리모델링,office.restrooms", "화장실 리모델링,office.restroom"),
        16,
        "milestone",
        "milestone 표에 없는 값입니다(‘office.restroom’)",
    ),
    "pair with an unknown action": Case(
        f"{REPORT}/suggestion_follow_up.csv",
        replaced("outreach.policy,mailing", "outreach.policy,mail"),
        5,
        "follow_up",
        "follow_up 표에 없는 값입니다(‘mail’)",
    ),
    "predecessor that ends too late": Case(
        f"{REPORT}/milestone.csv", replaced("2023-07-01", "2023-08-01"), 6, "predecessor", "(끝: 2023-08)"
    ),
    "predecessor without an end": Case(
        f"{REPORT}/milestone.csv", replaced("2023-07-01", ""), 6, "predecessor", "(끝: 없음)"
    ),
    # residents
    "missing district": Case(
        f"{POPULATION}/district_population.csv",
        replaced("11740,459982,202637,225091,234891\n", ""),
        None,
        "district_code",
        "강동구(11740)",
    ),
    "missing 동": Case(
        f"{POPULATION}/dong_population.csv",
        replaced("1111053000,9106,1808\n", ""),
        None,
        "dong_code",
        "종로구 사직동(1111053000)",
    ),
    # totals
    "a printed rate that is not the rate": Case(
        f"{REPORT}/budget_line.csv",
        replaced("3389068,19.7", "3389068,19.8"),
        2,
        "realised_percent",
        "적힌 값 19.8%, 다시 셈한 값 19.7%",
    ),
    "a printed average that is not the average": Case(
        f"{REPORT}/stated_figure.csv",
        replaced("자치구 평균,1452,명", "자치구 평균,1451,명"),
        28,
        "value",
        "다시 셈한 값 1,452명",
    ),
    "a known difference that is none": Case(
        f"{REPORT}/known_difference.csv",
        replaced("\n통의 수(2022년 말 통계)", "\n통의 수(2021년 말 통계)"),
        13,
        "check_name",
        "어긋나지 않는 검산",
    ),
}

# These alterations break something else too; the first problem is the one that is asked for.
ALSO_BREAK = {"a known difference that is none"}


def problems(folder: Path) -> list[Problem]:
    """What a build of the folder is refused for."""
    with pytest.raises(RefusedError) as refusal:
        build.build(folder)
    return refusal.value.problems


@pytest.mark.parametrize("name", CASES)
def test_bad_data_is_refused(folder: Path, name: str) -> None:
    """Bad data that gets into the database, or a refusal that does not say where."""
    case = CASES[name]
    case.alter(folder / case.file)
    before = (folder / "bureau.duckdb").read_bytes()
    found = problems(folder)
    [problem] = [problem for problem in found if problem[:3] == (case.file, case.line, case.column)]
    assert case.reason in problem.reason
    assert name in ALSO_BREAK or found == [problem]
    assert (folder / "bureau.duckdb").read_bytes() == before
    assert sorted(path.name for path in folder.glob("bureau*")) == ["bureau.duckdb"]


def test_broken_total_names_every_check_it_breaks(folder: Path) -> None:
    """A wrong amount reported once, so that the reader mends the total instead of the amount."""
    replaced("2103208,29.4", "2203208,29.4")(folder / REPORT / "budget_line.csv")
    assert {(problem.line, problem.column) for problem in problems(folder)} == {
        (22, "realised"),
        (28, "realised_percent"),
    }


def test_dongs_that_do_not_sum_to_their_district(folder: Path) -> None:
    """A residents' file whose two sheets are of different months."""
    replaced("1111053000,9106,1808", "1111053000,9107,1808")(folder / POPULATION / "dong_population.csv")
    found = problems(folder)
    [problem] = [problem for problem in found if "종로구" in problem.reason]
    assert problem[:3] == (f"{POPULATION}/district_population.csv", 2, "population")
    assert "적힌 값 141,060명, 다시 셈한 값 141,061명" in problem.reason


def test_open_check_without_a_note(folder: Path) -> None:
    """A difference that people would see without a reason."""
    path = folder / REPORT / "known_difference.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:2] + lines[3:]), encoding="utf-8")
    [problem] = problems(folder)
    assert problem[:3] == (f"{REPORT}/stated_figure.csv", 30, "value")


@pytest.mark.parametrize("name", ["2023-6-30", "2023-02-30", "상반기"])
def test_folder_that_is_no_date(folder: Path, name: str) -> None:
    """An edition that is silently left out because of its folder's name."""
    (folder / "report" / name).mkdir()
    [problem] = problems(folder)
    assert problem[:3] == (f"report/{name}", None, None)
    assert "날짜(YYYY-MM-DD)" in problem.reason


def test_no_edition_at_all(folder: Path) -> None:
    """An empty database that every page would then fail on."""
    shutil.rmtree(folder / "report")
    [problem] = problems(folder)
    assert problem.file == "report"


def test_no_folder(tmp_path: Path) -> None:
    """A traceback where the setting names a folder that is not there."""
    [problem] = problems(tmp_path / "nowhere")
    assert problem.reason == "폴더가 없습니다."
    assert list(tmp_path.iterdir()) == []


def test_all_problems_are_told_at_once(folder: Path) -> None:
    """Mending one cell per attempt."""
    replaced("인사과,과,41", "인사과,과,많음")(folder / REPORT / "department.csv")
    replaced("2023-03-29", "어제")(folder / REPORT / "meeting.csv")
    replaced("1111053000,11110,", "1111053000,11111,")(folder / "reference/dong.csv")
    assert {problem.file for problem in problems(folder)} == {
        f"{REPORT}/department.csv",
        f"{REPORT}/meeting.csv",
        "reference/dong.csv",
    }


def test_a_damaged_parent_does_not_accuse_its_children(folder: Path) -> None:
    """A hundred sentences about unknown departments where one file is missing."""
    (folder / REPORT / "department.csv").unlink()
    [problem] = problems(folder)
    assert problem.file == f"{REPORT}/department.csv"


def test_no_old_database_and_bad_data_leave_nothing(folder: Path) -> None:
    """Half a database after a first build that is refused."""
    (folder / "bureau.duckdb").unlink()
    (folder / REPORT / "duty.csv").unlink()
    assert problems(folder)
    assert list(folder.glob("bureau*")) == []


def test_forms_that_spreadsheets_save_are_taken(folder: Path) -> None:
    """A byte order mark, Windows line ends, blank lines, another order of columns or spaces refused."""
    path = folder / REPORT / "counselling_visit.csv"
    path.write_bytes(
        '\ufefforganisation,visited_on,visit_number\r\n서북병원 ,2023-03-23,2\r\n\r\n"중부\u2028수도",2023-03-10,1\r\n'.encode()
    )
    with duckdb.connect(build.build(folder), read_only=True) as connection:
        rows = connection.execute(
            "select visit_number, organisation from counselling_visit order by 1"
        ).fetchall()
    assert rows == [(1, "중부\u2028수도"), (2, "서북병원")]


def test_visits_under_way_keep_the_old_database(folder: Path) -> None:
    """A page that reads half of one edition and half of another."""
    with duckdb.connect(folder / "bureau.duckdb", read_only=True) as old:
        replaced("행정국 주요 업무보고", "고친 제목")(folder / REPORT / "edition.csv")
        build.build(folder)
        assert old.execute("select title from edition").fetchall() == [("행정국 주요 업무보고",)]
    with duckdb.connect(folder / "bureau.duckdb", read_only=True) as new:
        assert new.execute("select title from edition").fetchall() == [("고친 제목",)]


def run(folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "BUREAU_DATA": str(folder), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", "data.build"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def test_command_builds_the_folder_of_the_environment(folder: Path) -> None:
    """`make data` that builds somewhere else than the app looks."""
    (folder / "bureau.duckdb").unlink()
    finished = run(folder)
    assert (finished.returncode, finished.stderr) == (0, "")
    assert (folder / "bureau.duckdb").is_file()


def test_command_says_one_sentence_per_problem(folder: Path) -> None:
    """A traceback, or an exit code that lets `make` go on."""
    replaced("인사과,과,41", "인사과,과,많음")(folder / REPORT / "department.csv")
    finished = run(folder)
    assert finished.returncode == 1
    assert finished.stderr == f"{REPORT}/department.csv 3행 head_count 열: 정수가 아닙니다(‘많음’).\n"


KEPT = "flexible_work/2023-04-30/flexible_work_count.csv"
KEPT_HEAD = "department,rank_band,start_time,case_count,user_count,quota\n"


def kept(folder: Path, *lines: str, month: str = "2023-04-30") -> None:
    place = folder / "flexible_work" / month
    place.mkdir(parents=True)
    (place / "flexible_work_count.csv").write_text(KEPT_HEAD + "\n".join([*lines, ""]), encoding="utf-8")


def test_kept_counts_are_optional_and_taken(folder: Path) -> None:
    """A build that fails because nobody keeps counts, or that leaves out those that are kept."""
    kept(folder, "총무과,5급 이하,08:00,40,10,60", "총무과,4급 이상,10:00,0,0,1")
    with duckdb.connect(build.build(folder), read_only=True) as database:
        assert database.execute("select sum(case_count) from flexible_work_count").fetchall() == [(40,)]
    shutil.rmtree(folder / "flexible_work")
    with duckdb.connect(build.build(folder), read_only=True) as database:
        assert database.execute("select count(*) from flexible_work_count").fetchall() == [(0,)]


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ("합계,5급 이하,08:00,40,10,60", "department", "조건"),
        ("인사과,6급,08:00,40,10,60", "rank_band", "조건"),
        ("인사과,5급 이하,09:00,40,10,60", "start_time", "조건"),
        ("인사과,5급 이하,08:00,4,10,60", "user_count", "조건"),
        ("인사과,5급 이하,08:00,4,0,60", "user_count", "조건"),
        ("총무과,5급 이하,10:00,40,10,61", "quota", "정원이 다릅니다"),
        ("인사과,5급 이하,08:00,90,61,60", "user_count", "정원(60)보다 많습니다"),
        ("총무과,5급 이하,08:00,40,10,60", "start_time", "2행과 겹칩니다"),
    ],
)
def test_bad_kept_counts_are_refused(folder: Path, line: str, column: str, reason: str) -> None:
    """Counts that the page would refuse as an upload get in through the folder."""
    kept(folder, "총무과,5급 이하,08:00,40,10,60", line)
    with pytest.raises(RefusedError) as refused:
        build.build(folder)
    [problem] = refused.value.problems
    assert (problem.file, problem.line, problem.column) == (KEPT, 3, column)
    assert reason in problem.reason


def test_kept_counts_of_half_a_month_are_refused(folder: Path) -> None:
    """A month counted on its 15th beside whole ones."""
    kept(folder, "총무과,5급 이하,08:00,40,10,60", month="2023-04-15")
    with pytest.raises(RefusedError):
        build.build(folder)
