"""The figures that a report is made from, and those that were read from it."""

import csv
import datetime
import io
from calendar import monthrange
from pathlib import Path

from data import build
from lib.intake.draft import Draft

Rows = dict[str, list[dict[str, str]]]
PUBLISHED = datetime.date(2023, 3, 31)
FOLDER = Path(build.__file__).parent / "report" / PUBLISHED.isoformat()
READ_TABLES = (
    "department",
    "duty",
    "budget_line",
    "stated_figure",
    "population_bucket",
    "milestone",
    "follow_up",
)


def published() -> Rows:
    """The rows of the published edition by table."""
    return {
        path.stem: list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
        for path in sorted(FOLDER.glob("*.csv"))
    }


def moved(facts: Rows, as_of: datetime.date, step: int = 1_000) -> Rows:
    """The facts of a made-up edition: every figure that a report holds differs, and sums and rates close again."""
    other = {table: [dict(row) for row in rows] for table, rows in facts.items()}
    _move_budget(other["budget_line"], step)
    for number, row in enumerate(other["department"], 1):
        row["head_count"] = str(int(row["head_count"]) + number)
    for row in other["stated_figure"]:
        if row["dataset"] in ("organisation", "district_fact"):
            row["value"] = (
                str(round(float(row["value"]) + 1, 2)) if "." in row["value"] else str(int(row["value"]) + 1)
            )
    for row in other["population_bucket"]:
        if row["chart"] == "current" and row["level"] == "dong":
            row["unit_count"] = str(
                int(row["unit_count"]) + {"2만 미만": -3, "2~3만": 4}.get(row["bucket"], 0)
            )
    for table in ("milestone", "follow_up"):
        for row in other[table]:
            if row.get("printed_window") != "연중":
                _move_months(row, as_of.year)
            elif as_of.year != PUBLISHED.year:
                row["start_month"] = (
                    as_of.replace(day=monthrange(as_of.year, as_of.month)[1]) + datetime.timedelta(days=1)
                ).isoformat()
                row["end_month"] = f"{as_of.year}-12-01"
    return other


def _move_months(row: dict[str, str], year: int) -> None:
    for name in ("start_month", "end_month"):
        if row[name]:
            month = datetime.date.fromisoformat(row[name]).month % 12 + 1
            row[name] = datetime.date(year, month, 1).isoformat()
    if "printed_window" in row:
        row["printed_window"] = months(row)


def _move_budget(rows: list[dict[str, str]], step: int) -> None:
    parents = {row["parent_code"] for row in rows}
    for number, row in enumerate(rows, 1):
        for name in ("previous_budget", "budget", "realised"):
            if row[name] and row["line_code"] not in parents:
                row[name] = str(int(row[name]) // step * step + number * step)
    for row in reversed(rows):
        own = [other for other in rows if other["parent_code"] == row["line_code"]]
        for name in ("previous_budget", "budget", "realised"):
            if own:
                row[name] = (
                    str(sum(int(other[name] or 0) for other in own))
                    if any(other[name] for other in own)
                    else ""
                )
    for row in rows:
        previous, budget, realised = (
            int(row[name] or 0) for name in ("previous_budget", "budget", "realised")
        )
        row["change"] = str(budget - previous) if row["budget"] or row["previous_budget"] else ""
        row["change_percent"] = f"{100 * (budget - previous) / previous:.1f}" if previous else ""
        row["realised_percent"] = f"{100 * realised / budget:.1f}" if row["realised"] and budget else ""


def months(row: dict[str, str]) -> str:
    """The months of a row as they are printed: 3월, 4~7월, 8월~."""
    first = datetime.date.fromisoformat(row["start_month"])
    if not row["end_month"]:
        return f"{first.month}월~"
    last = datetime.date.fromisoformat(row["end_month"])
    return f"{first.month}월" if first == last else f"{first.month}~{last.month}월"


def unlike(facts: Rows, draft: Draft) -> list[str]:
    """What a draft has otherwise than the facts: table, row and column with both texts, or rows too many or too few."""
    found = []
    for table in READ_TABLES:
        sheet = draft.sheet(table)
        rows = [{column: cell.text for column, cell in row.items()} for row in sheet.rows] if sheet else []
        if len(rows) != len(facts[table]):
            found.append(f"{table}: {len(rows)} rows for {len(facts[table])}")
        for number, (fact, row) in enumerate(zip(facts[table], rows, strict=False), 1):
            found += [
                f"{table} {number} {column}: {row.get(column)!r} for {text!r}"
                for column, text in fact.items()
                if row.get(column) != text
            ]
            found += [f"{table} {number} {column}: no column" for column in row.keys() - fact.keys()]
    return found
