"""Uploads of many rows: every way a file can be wrong is named by row, column and what to do."""

import datetime
import io

import openpyxl
import pytest

from lib.upload import large
from lib.upload.cell import Column
from lib.upload.sheet import Problem, UploadError

COLUMNS = (
    Column("month", "월", "month"),
    Column("department", "부서"),
    Column("start", "출근시각", "time"),
    Column("users", "이용자", "whole"),
)
KEY = ("month", "department", "start")
HEADS = "월,부서,출근시각,이용자"
GOOD = f"{HEADS}\n2023-04,총무과,08:00,12\n2023-04,인사과,10:00,7\n"


def problems(content: bytes, name: str = "counts.csv") -> list[Problem]:
    with pytest.raises(UploadError) as refused:
        large.table(name, content, COLUMNS, KEY)
    return list(refused.value.problems)


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_encodings_and_delimiters_of_korean_spreadsheets(encoding: str, delimiter: str) -> None:
    """A file saved by another program is refused, or read as broken letters."""
    rows = large.table("counts.csv", GOOD.replace(",", delimiter).encode(encoding), COLUMNS, KEY)
    assert list(rows["department"]) == ["총무과", "인사과"]
    assert list(rows["start"]) == [datetime.time(8), datetime.time(10)]
    assert list(rows["users"]) == [12, 7]
    assert list(rows["month"]) == [datetime.date(2023, 4, 1)] * 2
    assert list(rows.index) == [2, 3]


def test_a_workbook_reads_like_the_same_csv() -> None:
    """Excel turns months and times into dates: the same counts would read as others."""
    content = workbook(
        ("월", "부서", "출근시각", "이용자"),
        (datetime.date(2023, 4, 1), "총무과", datetime.time(8), 12),
        ("2023-04", "인사과", "10:00", "7"),
    )
    rows = large.table("counts.xlsx", content, COLUMNS, KEY)
    expected = large.table("counts.csv", GOOD.encode(), COLUMNS, KEY)
    assert rows.astype(object).equals(expected.astype(object))


def test_title_empty_lines_and_other_columns_are_passed_over() -> None:
    """Rows are counted as the spreadsheet counts them, or people look for the fault in the wrong place."""
    text = f"시차출퇴근 집계\n비고,{HEADS}\n\nx,2023-04,총무과,08:00,12\n,,,,\nx,2023-04,인사과,10:00,칠\n"
    [problem] = problems(text.encode())
    assert (problem.row, problem.column) == (6, "이용자")
    assert "숫자가 아닌 값(칠)" in problem.sentence


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("2023-13,총무과,08:30,1", "월", "월이 아닌 값"),
        ("2023-04,,08:30,1", "부서", "값이 없으니"),
        ("2023-04,총무과,아침,1", "출근시각", "시각이 아닌 값"),
        ("2023-04,총무과,08:30,1.5", "이용자", "소수"),
        ("2023-04,총무과,08:30,-1", "이용자", "음수"),
        ("2023-04,총무과,08:30", "이용자", "값이 없으니"),
        ("2023-04,총무과,08:00,3", "월·부서·출근시각", "같은 값"),
    ],
)
def test_bad_cells_are_named(line: str, column: str, words: str) -> None:
    """A wrong number taken for another, or a refusal that does not say where."""
    [problem] = problems((GOOD + line + "\n").encode())
    assert (problem.row, problem.column) == (4, column)
    assert words in problem.found
    assert problem.remedy


@pytest.mark.parametrize(
    "head", ["성명", "사번", "주민등록번호", "E-mail", "이메일", "휴대폰", "전화번호", "직원명", "생년월일"]
)
def test_a_column_of_persons_is_refused_with_the_reason(head: str) -> None:
    """Names of people reach a page that is for counts."""
    text = (
        GOOD.replace("이용자\n", f"이용자,{head}\n").replace(",12\n", ",12,가\n").replace(",7\n", ",7,나\n")
    )
    [problem] = problems(text.encode())
    assert (problem.row, problem.column) == (1, head)
    assert "사람을 알아볼 수 있는 정보" in problem.found


@pytest.mark.parametrize("cell", ["900101-1234567", "hong@seoul.go.kr", "010-1234-5678", "02-2133-0000"])
def test_cells_that_look_like_a_person_are_refused_under_any_head(cell: str) -> None:
    """A column called 비고 carries what the columns of persons may not."""
    text = (
        GOOD.replace("이용자\n", "이용자,비고\n").replace(",12\n", ",12,\n").replace(",7\n", f",7,{cell}\n")
    )
    [problem] = problems(text.encode())
    assert (problem.row, problem.column) == (3, "비고")
    assert cell not in problem.sentence, "the message must not spread what it refuses"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "내용이 없으니"),
        (HEADS.encode(), "열 이름 아래에 내용이 없으니"),
        ("부서,이용자\n총무과,1\n".encode(), "‘월’·‘출근시각’ 열이 없으니"),
        ((GOOD + "2023-04,총무과,08:30,1,9,9\n").encode(), "칸이 많거나"),
        (b"PK\x03\x04 broken", "엑셀 파일이 손상되어"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "옛 형식(.xls)"),
        (workbook(("부서",), ("총무과",)), "열이 없으니"),
    ],
)
def test_files_that_cannot_be_read_say_what_to_do(content: bytes, words: str) -> None:
    """A trace, or a table half read, in place of a sentence."""
    [problem] = problems(content)
    assert words in problem.found
    assert problem.remedy


def test_too_many_cells_are_found_on_their_line() -> None:
    """The row named is another than the one that has to be mended."""
    [problem] = problems((GOOD + "2023-04,총무과,08:30,1,9,9\n").encode())
    assert problem.row == 4


def test_a_fault_in_very_many_rows_is_said_once() -> None:
    """Ten thousand sentences where one and a number would do."""
    lines = "".join(f"2023-04,부서{number},08:00,칠\n" for number in range(500))
    found = problems((f"{HEADS}\n" + lines).encode())
    assert len(found) == large.NAMED_ROWS
    again = "".join("2023-04,총무과,08:00,1\n" for _ in range(50))
    found = problems((f"{HEADS}\n" + again).encode())
    assert len(found) == large.NAMED_ROWS
    assert "이런 행이 46개 더 있으니" in found[-1].sentence


def test_progress_only_rises_to_the_end() -> None:
    """A bar that jumps back or stops short of the end."""
    shares: list[float] = []
    large.table("counts.csv", GOOD.encode(), COLUMNS, KEY, shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
