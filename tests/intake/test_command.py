"""`python -m lib.intake`, as a terminal or a timer runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from lib.intake import __main__ as command
from lib.intake import standing, store, workbook
from lib.intake.draft import Draft
from tests.intake import drafts
from tests.intake.drafts import JUNE, MARCH

ROOT = Path(__file__).resolve().parents[2]
OLD = "청사 시설물 관리"
SIGNED = ("--by", "홍길동", "--reason", "시험")


class Told:
    """What a command said, and its exit code."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs a command on the folder."""
    monkeypatch.setenv("BUREAU_DATA", str(folder))

    def run(*arguments: str | Path) -> Told:
        capsys.readouterr()
        code = command.main([str(argument) for argument in arguments])
        return Told(code, *capsys.readouterr())

    return run


@pytest.fixture
def correction(folder: Path, tmp_path: Path) -> Path:
    """A workbook that corrects one duty of March."""
    return book(folder, tmp_path / "정정.xlsx", drafts.correction(standing.of(folder)))


def book(folder: Path, path: Path, draft: Draft) -> Path:
    """A draft as a workbook, with the tables of March that it does not hold."""
    stands = standing.of(folder)
    lacking = [
        name for name, table in stands.tables.items() if table.folder == "report" and not draft.sheet(name)
    ]
    draft = Draft([*draft.sheets, *(drafts.sheet(stands, name, MARCH) for name in lacking)])
    path.write_bytes(workbook.write(draft, stands))
    return path


def test_a_correction_from_check_to_rollback(run: Any, folder: Path, correction: Path) -> None:
    """The way that the person who keeps the data goes every quarter, without the page."""
    told = run("check", correction)
    assert (told.code, told.err) == (0, "")
    assert "담당업무 2023. 3. 31. – 추가 1, 삭제 1" in told.out
    assert drafts.duty(folder) == OLD

    told = run("publish", correction, *SIGNED)
    assert told.code == 0
    assert told.err.endswith("100% 게시 마침\n")
    assert "정정.xlsx" in told.out
    assert drafts.duty(folder) == drafts.DUTY

    lines = run("history").out.splitlines()
    assert [line.split(" | ")[0] for line in lines] == ["1", "0"]
    assert "홍길동 | 시험" in lines[0]

    assert run("rollback", "0", *SIGNED).code == 0
    assert drafts.duty(folder) == OLD
    told = run("history", "--json")
    assert [entry["kind"] for entry in told.json["entries"]] == ["rolled back", "published", "found"]


def test_one_line_per_problem(run: Any, folder: Path, tmp_path: Path) -> None:
    """A timer's log in which nobody finds the cell to mend."""
    [sheet] = drafts.correction(standing.of(folder)).sheets
    doubled = [row | {"position": row["position"]._replace(text="1")} for row in sheet.rows[:3]]
    draft = Draft([sheet._replace(rows=[*doubled, *sheet.rows[3:]])])
    bad = book(folder, tmp_path / "잘못.xlsx", draft)
    told = run("check", bad)
    assert told.code == 1
    lines = told.err.splitlines()
    assert len([line for line in lines if line.startswith("잘못.xlsx")]) == 2
    assert run("publish", bad, *SIGNED).code == 1
    assert drafts.duty(folder) == OLD

    told = run("check", bad, "--json")
    assert told.code == 1
    problems = told.json["problems"]
    assert [sorted(problem) for problem in problems] == [
        ["column", "expected", "file", "found", "row", "sheet"]
    ] * 2
    assert [problem["row"] for problem in problems] == [3, 4]
    assert "겹칩니다" in problems[0]["expected"]


def test_what_is_asked_is_accepted_by_key(run: Any, folder: Path, tmp_path: Path) -> None:
    """A quarter's report that a timer cannot publish, or publishes with its differences unread."""
    june = book(folder, tmp_path / "6월.xlsx", drafts.edition(standing.of(folder)))
    told = run("check", june, "--json")
    assert told.code == 1
    assert told.json["problems"] == []
    keys = [found["key"] for found in told.json["differences"]]
    assert len(keys) > 5
    plain = run("check", june)
    assert all(f"[{key}]" in plain.err for key in keys)

    told = run("publish", june, *SIGNED, "--accept", "all=확인함")
    assert told.code == 1
    assert len([line for line in told.err.splitlines() if "다시 셈한 값" in line]) == len(keys)
    assert drafts.duty(folder, JUNE) is None

    notes = [argument for key in keys for argument in ("--accept", f"{key}=시험용 사유")]
    assert run("check", june, *notes, "--accept", "all=확인함").code == 0
    told = run("publish", june, *SIGNED, "--json", *notes, "--accept", "all=확인함")
    assert (told.code, told.err) == (0, "")
    assert told.json["entry"]["files"][0]["name"] == "6월.xlsx"
    assert drafts.duty(folder, JUNE) == drafts.DUTY

    assert run("rollback", MARCH.isoformat(), *SIGNED, "--json").json["entry"]["restored"] == 0
    assert drafts.duty(folder, JUNE) is None


def test_the_template_goes_in_unchanged(run: Any, folder: Path, tmp_path: Path) -> None:
    """The form that people are given is refused when they hand it in."""
    out = tmp_path / "양식.xlsx"
    told = run("template", "--out", out)
    assert (told.code, told.out, told.err) == (0, "", "")
    told = run("check", out)
    assert (told.code, told.out, told.err) == (0, "", "")
    told = run("publish", out, *SIGNED)
    assert told.code == 1
    assert "지금 게시된 자료와 같습니다" in told.err
    assert run("template", "--out", out, "--as-of", "2020-01-01").code == 1
    told = run("template", "--out", tmp_path / "nowhere" / "양식.xlsx")
    assert told.code == 1
    assert "파일을 쓸 수 없습니다" in told.err


def test_files_that_cannot_be_read(run: Any, folder: Path, tmp_path: Path) -> None:
    """A mistyped name or a film of three gigabytes ends in a trace, or in memory that runs out."""
    film = tmp_path / "film.xlsx"
    with film.open("wb") as file:
        file.truncate(3 * 1024**3)
    told = run("check", film, tmp_path / "nowhere.xlsx", "--json")
    assert told.code == 1
    assert [problem["found"].split("(")[0] for problem in told.json["problems"]] == [
        "파일이 너무 큽니다.",
        "파일을 읽을 수 없습니다",
    ]
    (tmp_path / "빈.hwpx").touch()
    assert run("check", tmp_path / "빈.hwpx").code == 1


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("check",),
        ("publish", "x.xlsx"),
        ("rollback", "어제", *SIGNED),
        ("check", "x.xlsx", "--accept", "ja"),
    ],
)
def test_a_command_that_cannot_be_read(run: Any, arguments: tuple[str, ...]) -> None:
    """A slip in the command ends in English, or publishes something."""
    with pytest.raises(SystemExit) as ended:
        run(*arguments)
    assert ended.value.code == 2


def test_an_unfinished_publication_is_finished_first(run: Any, folder: Path, correction: Path) -> None:
    """After a power cut, the first to publish finds half of what was there before."""
    stray = folder / store.HISTORY / "work-0"
    stray.mkdir(parents=True)
    assert run("publish", correction, *SIGNED).code == 0
    assert not drafts.leftovers(folder)


def test_from_a_terminal(folder: Path, correction: Path) -> None:
    """The command only works inside of the tests, or brings Streamlit with it."""
    script = "import runpy, sys; sys.argv[0] = 'intake'\ntry:\n runpy.run_module('lib.intake', run_name='__main__')\n"
    script += "finally:\n assert 'streamlit' not in sys.modules"
    done = subprocess.run(
        [sys.executable, "-c", script, "publish", correction, *SIGNED],
        cwd=ROOT,
        env=os.environ | {"BUREAU_DATA": str(folder)},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr.splitlines()[-1]) == (0, "100% 게시 마침")
    assert drafts.duty(folder) == drafts.DUTY
