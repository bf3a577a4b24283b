"""A report in neutral form as a draft: its date, its tables, what is offered and what is missing."""

import datetime
from collections.abc import Sequence

from lib.intake import limits
from lib.intake.draft import Candidate, Draft, Missing, Row, Sheet, refusal
from lib.intake.report import (
    blocks,
    buckets,
    budget,
    dates,
    districts,
    duties,
    prose,
    schedule,
    staff,
    topics,
)
from lib.intake.report.blocks import Block, Line
from lib.intake.report.reading import Found, Reading
from lib.intake.standing import Standing

NO_DATE = "보고서에 ‘(기준: ’23. 3. 31.)’과 같은 기준일이 있는지 확인해 주십시오."
SHORTER = "보고서만 새 파일로 저장해 주십시오."
NO_TABLE = "행정국 업무보고인지, 표가 그림으로 들어 있지 않은지 확인해 주십시오."


def draft(name: str, report: Sequence[Block], standing: Standing) -> Draft:
    """What a report says: a sheet for each table that it holds, `name` being that of the file.

    Tables that the report does not hold in a form that is known are not in the draft (see standing.completed).
    Raises IntakeError where it names no date or holds none of the tables.
    """
    _check_size(name, report)
    as_of, said = _as_of(name, report)
    reading = Reading(name, report, topics.along(report), as_of, standing)
    found = _found(reading)
    if not any(part.rows for part in found.values()):
        raise refusal(name, "업무보고의 표를 하나도 찾지 못하였습니다.", NO_TABLE)
    sheets = [Sheet("report", as_of, table, part.rows) for table, part in found.items() if part.rows]
    candidates: list[Candidate] = [
        *(c for part in found.values() for c in part.candidates),
        *prose.candidates(reading),
    ]
    missing = [*said, *(gap for part in found.values() for gap in part.missing)]
    return Draft(sheets, candidates, missing)


def _check_size(name: str, report: Sequence[Block]) -> None:
    """Refuse what is longer than any report: its reader looks at every letter many times."""
    room = limits.REPORT_LETTERS
    for block in report:
        if isinstance(block, Line):
            room -= len(block.text)
        else:
            room -= sum(len(slot.text) + 1 for row in block.rows for slot in row)
    if len(report) > limits.REPORT_LINES or room < 0:
        raise refusal(name, "본문이 너무 깁니다.", SHORTER)


def _found(reading: Reading) -> dict[str, Found]:
    found = {"department": staff.departments(reading)}
    names = [row["department"].text for row in found["department"].rows] or [
        row["department"] for row in reading.rows("department")
    ]
    found["duty"] = duties.duties(reading, names)
    found["budget_line"] = budget.lines(reading, names)
    found["stated_figure"] = districts.figures(reading)
    found["population_bucket"] = buckets.charts(reading, _unit_counts(found["stated_figure"].rows))
    found["milestone"] = schedule.milestones(reading)
    found["follow_up"] = schedule.actions(reading)
    return found


def _unit_counts(rows: Sequence[Row]) -> dict[str, int]:
    """How many districts and 동 the report states."""
    return {
        level: int(float(row["value"].text or 0))
        for level in ("district", "dong")
        for row in rows
        if row["figure"].text == f"{level}_count"
    }


def _as_of(name: str, report: Sequence[Block]) -> tuple[datetime.date, list[Missing]]:
    """The date that stands beside 기준 most often, the earliest in the text where several do; others are said."""
    texts = [line.text for line in blocks.in_lines(report)]
    found = dates.as_of(texts) or dates.month_ends(texts)
    if not found:
        raise refusal(name, "기준일을 찾지 못하였습니다.", NO_DATE)
    best, _ = found.most_common(1)[0]
    others = [day for day in found if day != best]
    if not others:
        return best, []
    listed = ", ".join(f"{day.isoformat()}({count}곳)" for day, count in found.most_common(5))
    what = f"기준일이 여러 가지로 적혀 있어 가장 많이 나온 날짜를 썼습니다({listed}). 맞는지 확인해 주십시오."
    return best, [Missing("edition", what)]
