"""Made-up editions of the report and months of residents, derived from what a data folder holds; they add up as real ones do.

Nothing of it lies in data/: a test writes it into a folder of its own. Each says of itself that it is made up.
"""

import csv
import datetime
import shutil
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from lib.intake import standing, workbook
from lib.intake.draft import Cell, Draft, Sheet

REMARK = "시험용으로 만든 자료"
MARCH, JUNE, SEPTEMBER = (datetime.date(2023, month, day) for month, day in ((3, 31), (6, 30), (9, 30)))

Row = dict[str, str]
Rows = list[Row]


def report(folder: Path, base: datetime.date, as_of: datetime.date) -> None:
    """Write the report of as_of into a data folder: that of base with more spent, a few people moved, a step that
    slipped, and the figures of the residents of as_of, where the folder has them.
    """
    edition = folder / "report" / str(as_of)
    shutil.copytree(folder / "report" / str(base), edition)
    _altered(edition / "edition.csv", lambda rows: [row | {"remark": REMARK} for row in rows])
    _altered(edition / "department.csv", _moved)
    _altered(edition / "budget_line.csv", lambda rows: _spent(rows, _elapsed(as_of) / _elapsed(base)))
    _altered(edition / "milestone.csv", _slipped)
    _altered(edition / "flexible_work_month.csv", lambda rows: _later(rows, as_of))
    _altered(
        edition / "population_bucket.csv", lambda rows: _without_superseded(_counted(rows, folder, as_of))
    )
    _altered(edition / "stated_figure.csv", lambda rows: _stated(rows, folder, as_of))
    _altered(edition / "known_difference.csv", _still_known)


def residents(folder: Path, base: datetime.date, as_of: datetime.date) -> None:
    """Write the residents of as_of into a data folder: those of base with a few more or less in each 동."""
    month = folder / "population" / str(as_of)
    shutil.copytree(folder / "population" / str(base), month)
    _altered(month / "population_month.csv", lambda rows: [{"remark": REMARK}])
    change: dict[str, int] = defaultdict(int)

    def moved(rows: Rows) -> Rows:
        for number, row in enumerate(rows):
            before = int(row["population"])
            more = min(60 - number % 97, before // 10)
            row["population"] = str(max(before + more, int(row["population_65_and_over"])))
            change[row["dong_code"][:5]] += int(row["population"]) - before
        return rows

    _altered(month / "dong_population.csv", moved)
    _altered(month / "district_population.csv", lambda rows: [_grown(row, change) for row in rows])


def folder(bureau: Path, place: Path, *days: datetime.date) -> Path:
    """A copy of the real data folder, with made-up residents and reports of these days after the real ones."""
    copy = Path(shutil.copytree(bureau, place, ignore=shutil.ignore_patterns("*.duckdb*", "history")))
    for base, day in zip((MARCH, *days), days, strict=False):
        residents(copy, base, day)
        report(copy, base, day)
    return copy


def draft(folder: Path, as_of: datetime.date) -> Draft:
    """The report and the residents of a date as they stand in a folder, as a draft."""
    stands = standing.of(folder)
    return Draft(
        [
            Sheet(table.folder, as_of, table.name, [_cells(row) for row in stands.rows(table.name, as_of)])
            for table in stands.tables.values()
            if table.folder in ("report", "population")
        ]
    )


def book(folder: Path, as_of: datetime.date) -> bytes:
    """The same as the workbook (.xlsx) that the bureau hands in."""
    return workbook.write(draft(folder, as_of), standing.of(folder))


def tables(folder: Path, as_of: datetime.date) -> dict[str, Rows]:
    """The rows of a report by table, for a maker of documents."""
    return {path.stem: _rows(path) for path in sorted((folder / "report" / str(as_of)).glob("*.csv"))}


def figure(draft: Draft, table: str, key: Row, column: str, text: str) -> Draft:
    """The draft with another figure in the one row that has these values."""
    sheets = []
    for sheet in draft.sheets:
        rows = [
            row | {column: Cell(text)}
            if sheet.table == table and all(row[name].text == value for name, value in key.items())
            else row
            for row in sheet.rows
        ]
        sheets.append(sheet._replace(rows=rows))
    return draft._replace(sheets=sheets)


def without(draft: Draft, table: str, column: str, part: str) -> Draft:
    """The draft without the rows of a table that have these words in a column."""
    return draft._replace(
        sheets=[
            sheet._replace(rows=[row for row in sheet.rows if part not in row[column].text])
            if sheet.table == table
            else sheet
            for sheet in draft.sheets
        ]
    )


def _cells(row: Row) -> dict[str, Cell]:
    return {column: Cell(text) for column, text in row.items()}


def _altered(path: Path, alter: Callable[[Rows], Rows]) -> None:
    """Write a CSV again with other rows."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = list(rows[0])
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(alter(rows))


def _rows(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _rounded(number: float, digits: int = 0) -> str:
    """As the report rounds: half away from zero."""
    scaled = int(abs(number) * 10**digits + 0.5 + 1e-9) / 10**digits
    return f"{-scaled if number < 0 else scaled:.{digits}f}"


def _elapsed(day: datetime.date) -> int:
    return day.timetuple().tm_yday


# report ---------------------------------------------------------------------------------------------


def _moved(rows: Rows) -> Rows:
    """Three more in 인사과, two less in 총무과: one more in the bureau."""
    for row in rows:
        row["head_count"] = str(
            int(row["head_count"]) + {"인사과": 3, "총무과": -2}.get(row["department"], 0)
        )
    return rows


def _spent(rows: Rows, pace: float) -> Rows:
    """Leaves realise in step with the year, some faster; projects get a little more budget; totals follow."""
    parents = {row["parent_code"] for row in rows}
    for place, row in enumerate(rows):
        if row["line_code"] in parents:
            continue
        if row["department"]:
            row["budget"] = str(int(row["budget"]) + 1_000 * (place + 1))
        if row["realised"]:
            grown = int(int(row["realised"]) * (1 + (pace - 1) * (0.6 + place % 5 / 10)))
            row["realised"] = str(max(min(grown, int(row["budget"])), int(row["realised"])))
    for row in sorted(rows, key=lambda row: -row["line_code"].count(".")):
        parts = [part for part in rows if part["parent_code"] == row["line_code"]]
        for column in ("budget", "realised") if parts else ():
            row[column] = str(sum(int(part[column] or 0) for part in parts)) if row[column] else ""
    return [_derived(row) for row in rows]


def _derived(row: Row) -> Row:
    budget, before = int(row["budget"] or 0), int(row["previous_budget"] or 0)
    if row["change"]:
        row["change"] = str(budget - before)
    if row["change_percent"]:
        row["change_percent"] = _rounded(100 * (budget - before) / before, 1)
    if row["realised_percent"]:
        row["realised_percent"] = _rounded(100 * int(row["realised"]) / budget, 1)
    return row


def _slipped(rows: Rows) -> Rows:
    """설계 ends two months later, and so the works begin later."""
    for row in rows:
        if row["milestone"] == "hall.design":
            row["end_month"] = "2023-09-01"
        if row["milestone"] == "hall.construction":
            row["start_month"] = "2023-10-01"
    return rows


def _later(rows: Rows, as_of: datetime.date) -> Rows:
    """The last two months before the as-of date, the second with a tenth more."""
    last = as_of.replace(day=1)
    months = ((last - datetime.timedelta(days=1)).replace(day=1), last)
    counts = (int(rows[-1]["use_count"]), int(rows[-1]["use_count"]) * 11 // 10)
    return [
        rows[-1] | {"month": str(month), "use_count": str(count)}
        for month, count in zip(months, counts, strict=True)
    ]


def _without_superseded(rows: Rows) -> Rows:
    return [row for row in rows if row["chart"] == "current"]


def _still_known(rows: Rows) -> Rows:
    """Without what held of the older chart and of the committee that has met by now."""
    return [
        row
        for row in rows
        if "이전 도표" not in row["subject"] and row["check_name"] != "기준일보다 늦은 날수"
    ]


# residents ------------------------------------------------------------------------------------------


def _grown(row: Row, change: dict[str, int]) -> Row:
    more = change[row["district_code"]]
    men = more // 2
    return row | {
        "population": str(int(row["population"]) + more),
        "household_count": str(int(row["household_count"]) + more // 3),
        "male_count": str(int(row["male_count"]) + men),
        "female_count": str(int(row["female_count"]) + more - men),
    }


def _counted(rows: Rows, folder: Path, as_of: datetime.date) -> Rows:
    """The current chart with the districts and 동 counted again."""
    month = folder / "population" / str(as_of)
    for row in rows if month.is_dir() else ():
        people = [int(unit["population"]) for unit in _rows(month / f"{row['level']}_population.csv")]
        upper = int(row["upper_bound"] or 10**9)
        count = sum(int(row["lower_bound"]) <= number < upper for number in people)
        row |= {"unit_count": str(count), "share_percent": _rounded(100 * count / len(people), 1)}
    return rows


def _stated(rows: Rows, folder: Path, as_of: datetime.date) -> Rows:
    """The single figures that follow from people, months and residents."""
    edition = folder / "report" / str(as_of)
    people = [row for row in _rows(edition / "department.csv") if row["kind"] != "위탁 법인"]
    first, last = (int(row["use_count"]) for row in _rows(edition / "flexible_work_month.csv"))
    values = {
        ("organisation", "head_count"): str(sum(int(row["head_count"]) for row in people)),
        ("flexible_work", "growth"): _rounded(100 * (last - first) / first),
    }
    subjects: dict[tuple[str, str], str] = {}
    month = folder / "population" / str(as_of)
    if month.is_dir():
        for figure, (value, subject) in _of_residents(folder, month).items():
            values["district_fact", figure] = value
            if subject:
                subjects["district_fact", figure] = subject
    for row in rows:
        key = row["dataset"], row["figure"]
        row |= {"value": values.get(key, row["value"]), "subject": subjects.get(key, row["subject"])}
    return rows


def _of_residents(folder: Path, month: Path) -> dict[str, tuple[str, str]]:
    """Value and, where one place is meant, subject of each figure about residents."""
    names = {row["district_code"]: row["district"] for row in _rows(folder / "reference" / "district.csv")}
    dongs = {
        row["dong_code"]: f"{names[row['district_code']]} {row['dong']}"
        for row in _rows(folder / "reference" / "dong.csv")
    }
    districts = _rows(month / "district_population.csv")
    by_people = sorted(districts, key=lambda row: int(row["population"]))
    dong_rows = sorted(_rows(month / "dong_population.csv"), key=lambda row: int(row["population"]))
    people, homes = (
        sum(int(row[column]) for row in districts) for column in ("population", "household_count")
    )
    found = {
        "population": (str(people), ""),
        "household_count": (_rounded(homes / 1000), ""),
        "population_average_district": (_rounded(people / len(districts) / 1000), ""),
        "household_average_district": (_rounded(homes / len(districts) / 1000), ""),
        "population_average_dong": (_rounded(people / len(dong_rows) / 1000), ""),
        "household_average_dong": (_rounded(homes / len(dong_rows)), ""),
    }
    for end, district, dong in (
        ("min", by_people[0], dong_rows[0]),
        ("max", by_people[-1], dong_rows[-1]),
    ):
        name = names[district["district_code"]]
        found |= {
            f"population_{end}_district": (_rounded(int(district["population"]) / 10_000), name),
            f"household_{end}_district": (_rounded(int(district["household_count"]) / 1000), name),
            f"population_{end}_dong": (dong["population"], dongs[dong["dong_code"]]),
        }
    return found
