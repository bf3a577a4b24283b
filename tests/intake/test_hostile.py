"""Files made to break a reader, and real ones with something changed: refused with a sentence, within the limits."""

import datetime
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lib.intake import read, standing, workbook
from lib.intake.draft import Cell, Draft, IntakeError, Sheet
from lib.intake.standing import Standing
from tests.intake import hostile, residents_files

MEGABYTES = 500
ROOT = Path(__file__).parents[2]
# Reads the files one after another in a process of its own; what the process once needed, stays counted.
READER = """
import json, sys
from pathlib import Path
from lib.intake import read, standing
from lib.intake.draft import IntakeError

stands = standing.of(Path(sys.argv[1]))
for name in sys.argv[3:]:
    content = (Path(sys.argv[2]) / name).read_bytes()
    try:
        read.drafts([(name, content)], stands)
        outcome = []
    except IntakeError as fault:
        outcome = [[problem.found, problem.expected] for problem in fault.problems]
    except BaseException as fault:
        outcome = repr(fault)
    [most] = [line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")]
    print(json.dumps([name, outcome, int(most) // 1024]), flush=True)
"""
bounded = settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def outcomes(bureau: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[object, int]]:
    """What became of each file: the problems, and the megabytes that the process has needed until then."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, made in hostile.FILES.items():
        (folder / name).write_bytes(made())
    run = subprocess.run(
        [sys.executable, "-c", READER, str(bureau), str(folder), *hostile.FILES],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    return {name: (outcome, megabytes) for name, outcome, megabytes in lines}


@pytest.mark.parametrize("name", hostile.FILES)
def test_a_hostile_file_is_refused(name: str, outcomes: dict[str, tuple[object, int]]) -> None:
    """A bomb fills the memory, an entity reads a file of the server, a renamed program is kept."""
    problems, _ = outcomes[name]
    assert isinstance(problems, list), problems
    assert problems
    for found, expected in problems:
        assert found
        assert expected.endswith("."), expected


def test_hostile_files_need_little_memory(outcomes: dict[str, tuple[object, int]]) -> None:
    """One file takes so much memory that the server ends, and every visit with it."""
    most = {name: megabytes for name, (_, megabytes) in outcomes.items() if megabytes > MEGABYTES}
    assert not most


@pytest.fixture(scope="module")
def stands(bureau: Path) -> Standing:
    return standing.of(bureau)


def _book(stands: Standing) -> bytes:
    row = {"department": "총무과", "rank_band": "5급 이하", "start_time": "08:00", "case_count": "9"}
    row |= {"user_count": "5", "quota": "100"}
    months = [datetime.date(2023, 2, 28), datetime.date(2023, 3, 31)]
    rows = [{column: Cell(text) for column, text in row.items()}]
    return workbook.write(
        Draft([Sheet("flexible_work", month, "flexible_work_count", rows) for month in months]), stands
    )


def _refused_or_taken(files: list[tuple[str, bytes]], stands: Standing) -> None:
    try:
        draft = read.drafts(files, stands)
    except IntakeError as fault:
        assert fault.problems
        assert all(problem.expected for problem in fault.problems)
    else:
        assert draft.sheets or draft.missing or draft.candidates


positions = st.integers(0, 10**6)
edits = st.lists(
    st.tuples(
        positions,
        st.sampled_from(("replace", "insert", "remove", "repeat", "cut")),
        st.one_of(
            st.binary(max_size=8),
            st.sampled_from(
                [
                    text.encode("cp949")
                    for text in ("계", "-1", "=1+1", '"', "\r", "㉠", ",", "1e9", "<", "&#0;")
                ]
            ),
        ),
    ),
    min_size=1,
    max_size=4,
)


def _edited(content: bytes, changes: list[tuple[int, str, bytes]]) -> bytes:
    for position, kind, piece in changes:
        at = position % (len(content) + 1)
        rest = content[at:]
        if kind == "cut":
            content = content[:at]
        elif kind == "repeat":
            content = content[:at] + rest[:200] * 3 + rest
        else:
            content = (
                content[:at] + piece + rest[len(piece) * (kind == "replace") + 20 * (kind == "remove") :]
            )
    return content


TEXTS = {
    "households.csv": residents_files.first_rows(
        residents_files.households(("2023년03월", "2023년04월")), 30
    ),
    "ages.csv": residents_files.first_rows(residents_files.ages(residents_files.steps(5)), 30),
    "seoul.csv": residents_files.first_rows(residents_files.seoul_csv(), 30),
    "Report.txt": residents_files.first_rows(residents_files.seoul_report(), 30),
}


@pytest.mark.parametrize("name", TEXTS)
@bounded
@given(changes=edits)
def test_a_changed_table_of_residents_is_refused_or_taken(
    name: str, stands: Standing, changes: list[tuple[int, str, bytes]]
) -> None:
    """A file that was opened and saved by another program ends the page with an error."""
    _refused_or_taken([(name, _edited(TEXTS[name], changes))], stands)


@bounded
@given(changes=edits)
def test_a_changed_workbook_is_refused_or_taken(
    stands: Standing, changes: list[tuple[int, str, bytes]]
) -> None:
    """A workbook that was damaged on its way ends the page with an error."""
    _refused_or_taken([("book.xlsx", _edited(_book(stands), changes))], stands)


@bounded
@given(part=st.integers(0, 100), changes=edits)
def test_a_workbook_with_a_changed_part_is_refused_or_taken(
    stands: Standing, part: int, changes: list[tuple[int, str, bytes]]
) -> None:
    """A workbook of another program, with parts that nobody foresaw, ends the page with an error."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_book(stands))) as before, zipfile.ZipFile(file, "w") as after:
        names = before.namelist()
        for name in names:
            content = before.read(name)
            after.writestr(name, _edited(content, changes) if name == names[part % len(names)] else content)
    _refused_or_taken([("book.xlsx", file.getvalue())], stands)


@bounded
@given(content=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_anything_is_refused_or_taken(stands: Standing, content: bytes) -> None:
    """A file of no known kind ends the page with an error."""
    for name in ("a.csv", "a.txt", "a.hwpx", "a.xlsx"):
        _refused_or_taken([(name, content)], stands)


@bounded
@given(
    cells=st.lists(
        st.lists(
            st.one_of(
                st.text(max_size=20),
                st.sampled_from(
                    (
                        "행정구역",
                        "2023년03월_총인구수",
                        "2023년13월_총인구수",
                        "0000년01월_계_65세 이상",
                        "자치구",
                        "한국인",
                        "2023.1/4",
                        "기간",
                        "합계",
                        "종로구",
                        "서울특별시 종로구 (1111000000)",
                        "(1100000000)",
                        "1,234",
                        "세대",
                    )
                ),
            ),
            min_size=1,
            max_size=8,
        ),
        max_size=8,
    )
)
def test_any_table_is_refused_or_taken(stands: Standing, cells: list[list[str]]) -> None:
    """A table with the right words in the wrong places ends the page with an error."""
    text = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in cells)
    _refused_or_taken([("table.csv", text.encode("utf-8", "replace"))], stands)
