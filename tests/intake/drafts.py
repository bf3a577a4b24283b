"""Drafts for tests, made out of what stands: a correction, the next edition, months of residents."""

import datetime
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from lib.intake import check, history, publish, standing, store
from lib.intake.draft import Cell, Draft, Sheet
from lib.intake.standing import Standing, TextRow

MARCH, JUNE = datetime.date(2023, 3, 31), datetime.date(2023, 6, 30)
DUTY = "고향사랑기부제 (시험)"

Alter = Callable[[TextRow], TextRow]


def sheet(stands: Standing, table: str, as_of: datetime.date, alter: Alter = lambda row: row) -> Sheet:
    """A table as it stands, altered row by row, as a sheet for a date; each cell says where it would stand."""
    rows = [alter(dict(row)) for row in stands.rows(table)]
    cells = [
        {
            column: Cell(text, place=f"{table} 시트 {chr(ord('A') + number)}{line}", printed=text)
            for number, (column, text) in enumerate(row.items())
        }
        for line, row in enumerate(rows, 2)
    ]
    return Sheet(stands.tables[table].folder, as_of, table, cells, "자료.xlsx")


def correction(stands: Standing, duty: str = DUTY) -> Draft:
    """March once more, the first duty of 총무과 called otherwise."""

    def alter(row: TextRow) -> TextRow:
        return row | {"duty": duty} if (row["department"], row["position"]) == ("총무과", "1") else row

    return Draft([sheet(stands, "duty", MARCH, alter)])


def edition(stands: Standing, day: datetime.date = JUNE, duty: str = DUTY) -> Draft:
    """A whole made-up edition: that of March for another date, marked as such, with another duty."""
    tables = [name for name, table in stands.tables.items() if table.folder == "report"]
    sheets = [
        sheet(stands, name, day, _marked if name == "edition" else lambda row: row)
        for name in tables
        if name not in ("duty", "known_difference")
    ]
    [duties] = correction(stands, duty).sheets
    return Draft(
        [*sheets, duties._replace(as_of=day), Sheet("report", day, "known_difference", [], "자료.xlsx")]
    )


def _marked(row: TextRow) -> TextRow:
    return row | {"remark": "시험을 위해 지어낸 판입니다."}


def month(stands: Standing, day: datetime.date, more: int = 0) -> list[Sheet]:
    """A made-up month: the residents of March, and in 청운효자동 so many more men."""

    def dong(row: TextRow) -> TextRow:
        return (
            row | {"population": str(int(row["population"]) + more)}
            if row["dong_code"] == "1111051500"
            else row
        )

    def district(row: TextRow) -> TextRow:
        if row["district_code"] != "11110":
            return row
        return row | {column: str(int(row[column]) + more) for column in ("population", "male_count")}

    return [
        sheet(stands, "population_month", day, lambda row: {"remark": "시험을 위해 지어낸 달입니다."}),
        sheet(stands, "district_population", day, district),
        sheet(stands, "dong_population", day, dong),
    ]


def accepted(verdict: check.Verdict) -> dict[str, str]:
    """Everything that a verdict asks, accepted."""
    notes = {found.key: found.suggestion or "시험용 사유" for found in verdict.differences}
    return notes | {found.key: "확인함" for found in verdict.unlikely}


def duty(folder: Path, day: datetime.date = MARCH) -> str | None:
    """What the database says that the first duty of 총무과 is; None where it has no such edition."""
    with duckdb.connect(folder / "bureau.duckdb", read_only=True) as connection:
        found = connection.execute(
            "select duty from duty where as_of = $day and department = '총무과' and position = 1",
            {"day": day},
        ).fetchone()
    return found[0] if found else None


def outcome(folder: Path) -> dict[str, Any]:
    """What stands after something went wrong, before and after the next start."""
    stood = duty(folder)
    recovered = publish.recover(folder)
    [row] = [
        row
        for row in standing.of(folder).rows("duty", MARCH)
        if (row["department"], row["position"]) == ("총무과", "1")
    ]
    newest = next(iter(history.entries(folder)), None)
    return {
        "stood": stood,
        "recovered": recovered,
        "duty": duty(folder),
        "csv": row["duty"],
        "logged": newest is None or newest.manifest == store.manifest(folder),
        "left": leftovers(folder),
    }


def contents(folder: Path) -> dict[str, str]:
    """Everything in the folder but its history, by path: the hash of each file."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and not path.relative_to(folder).as_posix().startswith(f"{store.HISTORY}/")
    }


def leftovers(folder: Path) -> list[str]:
    """What a publication that is over should not have left."""
    found = [*folder.glob("bureau.duckdb.*"), *folder.glob("history/work-*"), *folder.glob("history/*.json")]
    return [path.relative_to(folder).as_posix() for path in found]
