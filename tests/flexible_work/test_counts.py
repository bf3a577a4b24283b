"""Counts of flexible work: what must hold between the columns, the template, the sample."""

import io

import openpyxl
import pandas as pd
import pytest

from lib.flexible_work import counts, sample
from lib.upload.sheet import UploadError

BANDS = ("5급 이하", "4급 이상")
HEADS = "월,부서,직급대,출근시각,건수,이용자,정원"


def read(*lines: str) -> pd.DataFrame:
    return counts.read("counts.csv", "\n".join([HEADS, *lines]).encode(), BANDS)


def test_good_counts_are_taken() -> None:
    """A check that refuses what HR really has: full posts, no use at all, every working day."""
    rows = read(
        "2023-04,총무과,5급 이하,08:00,200,10,30",
        "2023-04,총무과,5급 이하,10:00,20,20,30",
        "2023-04,총무과,4급 이상,08:00,0,0,1",
    )
    assert rows["cases"].sum() == 220


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("2023-04,합계,5급 이하,08:00,9,5,30", "부서", "합계 행을 지우십시오"),
        ("2023-04,소 계,5급 이하,08:00,9,5,30", "부서", "합계 행을 지우십시오"),
        ("2023-04,인사과,6급,08:00,9,5,30", "직급대", "‘5급 이하’·‘4급 이상’ 가운데"),
        ("2023-04,인사과,5급 이하,09:00,9,5,30", "출근시각", "기본 근무시각"),
        ("2023-04,인사과,5급 이하,08:10,9,5,30", "출근시각", "30분 단위"),
        ("2023-04,인사과,5급 이하,13:00,9,5,30", "출근시각", "30분 단위"),
        ("2023-04,인사과,5급 이하,08:00,4,5,30", "이용자", "건수와 이용자를 바꾸어"),
        ("2023-04,인사과,5급 이하,08:00,4,0,30", "이용자", "이용한 사람 수를 적으십시오"),
        ("2023-04,인사과,5급 이하,08:00,41,2,30", "건수", "매일 이용해도"),
        ("2023-04,인사과,5급 이하,08:00,40,31,30", "이용자", "정원보다 많으니"),
        ("2023-04,총무과,5급 이하,08:30,40,3,31", "정원", "모든 행에 같은 정원"),
    ],
)
def test_what_cannot_be_is_refused_by_row_and_column(line: str, column: str, words: str) -> None:
    """Rates over 100 % or a bureau counted twice, drawn without a word."""
    with pytest.raises(UploadError) as refused:
        read("2023-04,총무과,5급 이하,08:00,100,10,30", line)
    [problem] = refused.value.problems
    assert (problem.row, problem.column) == (3, column)
    assert words in problem.sentence


def test_twenty_working_days_bound_the_cases() -> None:
    """The bound is off by a day: April 2023 has twenty days from Monday to Friday."""
    assert len(read("2023-04,총무과,5급 이하,08:00,40,2,30")) == 1
    with pytest.raises(UploadError):
        read("2023-04,총무과,5급 이하,08:00,41,2,30")


def test_users_may_not_exceed_the_posts_over_all_start_times() -> None:
    """People counted once for every start time pass as more people than there are."""
    with pytest.raises(UploadError) as refused:
        read("2023-04,총무과,5급 이하,08:00,40,20,30", "2023-04,총무과,5급 이하,10:00,40,11,30")
    assert refused.value.problems[0].row == 2


def test_the_template_reads_back() -> None:
    """A template that the page itself would refuse."""
    rows = counts.read("template.xlsx", counts.template(), BANDS)
    assert len(rows) == len(counts.EXAMPLES)


def test_the_template_explains_every_column() -> None:
    """A column whose meaning people guess: 이용자 counted once per start time breaks the totals."""
    book = openpyxl.load_workbook(io.BytesIO(counts.template()))
    explained = [row[0] for row in book["설명"].iter_rows(values_only=True)]
    assert set(explained) >= {column.head for column in counts.COLUMNS}


def test_the_sample_is_the_same_every_time_and_holds() -> None:
    """A sample that changes cannot be talked about; one that would be refused teaches the wrong thing."""
    rows = sample.counts()
    assert rows.equals(sample.counts())
    assert counts.broken(rows, BANDS) == []
    assert sample.BANDS == BANDS


def test_every_made_up_department_says_so() -> None:
    """A made-up department under the name of a real one."""
    assert all(str(name).startswith("예시") for name in sample.counts()["department"].unique())
