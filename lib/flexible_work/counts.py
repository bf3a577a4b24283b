"""Monthly counts of 시차출퇴근 as HR keeps them: the columns, what must hold between them, and the template.

One row per month, department, rank band and start time. 이용자 counts each person once, at the start time that
the person used most in that month, so that users add up over start times, bands and departments, and never
exceed the 정원. A group without any use still has one row, with zeros.
"""

import datetime
import io
from collections.abc import Callable, Collection, Sequence
from typing import Any

import openpyxl
import pandas as pd
from openpyxl.styles import Font

from lib.rules import flexible_work
from lib.upload import large
from lib.upload.cell import Column
from lib.upload.sheet import Problem, UploadError

WHOLE = "전체"
TOTALS = frozenset({WHOLE, "계", "합계", "소계", "총계", "총합계", "누계"})
FIRST_START, LAST_START = datetime.time(6), datetime.time(12)
KEY = ("month", "department", "band", "start")
COLUMNS = (
    Column("month", "월", "month"),
    Column("department", "부서", "text", also=("과", "부서명")),
    Column("band", "직급대", "text", also=("직급",)),
    Column("start", "출근시각", "time", also=("출근시간",)),
    Column("cases", "건수", "whole", also=("이용건수",)),
    Column("users", "이용자", "whole", also=("이용자수", "이용인원")),
    Column("quota", "정원", "whole", also=("정원수",)),
)
MEANINGS = (
    ("월", "집계한 달. 예: 2023-04"),
    ("부서", "과·사업소 이름. 합계 행은 넣지 않습니다."),
    ("직급대", "‘5급 이하’ 또는 ‘4급 이상’"),
    ("출근시각", "시차출퇴근한 날의 출근 시각. 30분 단위, 09:00(기본 근무시각) 제외. 예: 08:00"),
    ("건수", "그달에 그 시각으로 출근한 횟수의 합. 한 사람이 네 번 이용하면 4건"),
    ("이용자", "그달에 이용한 사람 수. 여러 시각을 이용한 사람은 가장 많이 이용한 시각에 한 번만 셉니다."),
    ("정원", "그달 그 부서·직급대의 정원. 같은 부서·직급대는 모든 행에 같은 값"),
)
NOTES = (
    "이용이 없는 부서·직급대도 건수와 이용자를 0으로 적은 행을 하나 넣습니다.",
    "성명·사번·주민등록번호·전자우편·전화번호 등 사람을 알아볼 수 있는 열이 있으면 받지 않습니다.",
    "5명 미만인 칸과, 그 칸을 거꾸로 계산할 수 있게 하는 칸은 화면과 내려받기에서 가립니다.",
)
EXAMPLES = (
    ("2023-04", "○○과", "5급 이하", "08:00", 96, 22, 40),
    ("2023-04", "○○과", "5급 이하", "10:00", 51, 12, 40),
    ("2023-04", "○○과", "4급 이상", "08:00", 0, 0, 1),
)

Finding = tuple[pd.Series, str, str, str]


def read(
    name: str,
    content: bytes,
    bands: Collection[str],
    progress: large.Progress = lambda share: None,
) -> pd.DataFrame:
    """The counts of an uploaded .xlsx or .csv. Raises UploadError with row, column and what to do.

    bands: the rank bands that the rule knows.
    """
    rows = large.table(name, content, COLUMNS, KEY, lambda share: progress(0.8 * share))
    problems = broken(rows, bands)
    if problems:
        raise UploadError(problems)
    progress(1.0)
    return rows


def kept(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of the kept table as `read` gives counts: month as a date, what is looked up as categories."""
    rows = rows.assign(month=[month.date() for month in rows["month"]])
    return rows.astype(dict.fromkeys(KEY, "category"))


def broken(rows: pd.DataFrame, bands: Collection[str]) -> list[Problem]:
    """What does not hold between the columns, by row."""
    first = _values(rows, bands)
    problems = [problem for finding in first for problem in large.named(*finding)]
    if not problems:
        problems = [problem for finding in _groups(rows) for problem in large.named(*finding)]
    return sorted(problems, key=lambda problem: problem.row or 0)


def _values(rows: pd.DataFrame, bands: Collection[str]) -> list[Finding]:
    cases, users = rows["cases"], rows["users"]
    known = "·".join(f"‘{band}’" for band in bands)
    days = _each(rows["month"], lambda month: len(flexible_work.working_days(month, ())))
    return [
        (
            _each(rows["department"], lambda name: str(name).replace(" ", "") in TOTALS),
            "부서",
            "합계로 보이는 행이 있으니",
            "합계 행을 지우십시오",
        ),
        (
            _each(rows["band"], lambda band: band not in bands),
            "직급대",
            "규정에 없는 직급대가 있으니",
            f"{known} 가운데 하나로 고치십시오",
        ),
        (
            _each(rows["start"], lambda start: start == flexible_work.STANDARD_START),
            "출근시각",
            "기본 근무시각(09:00)이 있으니",
            "시차출퇴근이 아닌 행을 지우십시오. 이용이 없는 부서이면 08:00으로 고쳐 0으로 적으십시오",
        ),
        (
            _each(
                rows["start"],
                lambda start: start.minute % 30 != 0 or not FIRST_START <= start <= LAST_START,
            ),
            "출근시각",
            "받지 않는 시각이 있으니",
            f"{FIRST_START:%H:%M}부터 {LAST_START:%H:%M}까지 30분 단위로 모아 적으십시오",
        ),
        (
            users > cases,
            "이용자",
            "건수보다 많은 값이 있으니",
            "건수와 이용자를 바꾸어 적지 않았는지 보십시오",
        ),
        (
            (users == 0) & (cases > 0),
            "이용자",
            "건수가 있는데 0이 적혀 있으니",
            "이용한 사람 수를 적으십시오",
        ),
        (
            (users > 0) & (cases > users * days),
            "건수",
            "이용자가 그달에 매일 이용해도 넘지 못할 값이 있으니",
            "건수와 이용자를 확인하십시오",
        ),
    ]


def _groups(rows: pd.DataFrame) -> list[Finding]:
    """What does not hold within a month, department and band."""
    groups = rows.groupby(["month", "department", "band"], observed=True, sort=False)
    quota = groups["quota"].transform("first")
    return [
        (
            rows["quota"] != quota,
            "정원",
            "같은 달 같은 부서·직급대의 다른 행과 다른 값이 있으니",
            "모든 행에 같은 정원을 적으십시오",
        ),
        (
            (groups["users"].transform("sum") > quota) & (groups.cumcount() == 0),
            "이용자",
            "부서·직급대의 합이 정원보다 많으니",
            "여러 시각을 이용한 사람을 가장 많이 이용한 시각에 한 번만 세어 적으십시오",
        ),
    ]


def _each(column: pd.Series, ask: Callable[[Any], object]) -> pd.Series:
    """What is answered for each different value of a column of categories, by row."""
    answers = pd.Series([ask(value) for value in column.cat.categories])
    return pd.Series(answers.to_numpy()[column.cat.codes], index=column.index)


def template() -> bytes:
    """The .xlsx to fill in: the heads with rows to overwrite, and a second sheet that explains the columns."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "집계"
    _append(sheet, [tuple(column.head for column in COLUMNS), *EXAMPLES])
    sheet.freeze_panes = "A2"
    notes = book.create_sheet("설명")
    _append(notes, [("열", "적는 법"), *MEANINGS, (), *((note,) for note in NOTES)])
    notes.column_dimensions["A"].width = 14
    notes.column_dimensions["B"].width = 90
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _append(sheet: Any, rows: Sequence[tuple[object, ...]]) -> None:
    for row in rows:
        sheet.append(row)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = 14
