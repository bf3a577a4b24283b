"""What is published now: the CSVs of a data folder as rows of text, for readers to match names to keys with."""

import csv
import datetime
import functools
import io
import time
from pathlib import Path
from typing import NamedTuple

import duckdb

from data import build, catalogue
from data.catalogue import DATED_FOLDERS, Table
from lib import format
from lib.intake import store
from lib.intake.draft import EMPTY, Cell, Draft, IntakeError, Missing, Problem, Row, Sheet, refusal

TextRow = dict[str, str]
"""A row of a CSV: text by column, without as_of; empty where there is no value."""

NAMED_BY = {
    "budget_line": ["line", "side"],
    "stated_figure": ["subject", "figure"],
    "milestone": ["step", "place"],
    "meeting": ["title"],
    "suggestion": ["content"],
    "follow_up": ["content"],
}
"""Columns that people know a row by, the name first, where its key is a code."""

WAIT_SECONDS = 10
"""How long a reader waits for a publication to be over."""


class Standing(NamedTuple):
    """A data folder as it stands."""

    folder: Path
    state: str
    """Tells one state of the folder from another; what publish.publish takes as `expected`."""
    tables: dict[str, Table]
    """The tables of schema.sql by name, parents before children."""
    sheets: dict[str, list[TextRow]]
    """Rows by path of the CSV: report/2023-03-31/budget_line.csv, reference/dong.csv."""
    names: dict[str, str]
    """Names of districts and 동 by 행정표준코드: 종로구, 은평구 진관동."""

    def dates(self, folder: str) -> list[datetime.date]:
        """The dates below report, population or flexible_work, newest first."""
        names = {path.split("/")[1] for path in self.sheets if path.startswith(f"{folder}/")}
        return sorted((day for name in names if (day := _day(name))), reverse=True)

    @property
    def editions(self) -> list[datetime.date]:
        """The as-of dates of the report, newest first."""
        return self.dates("report")

    @property
    def months(self) -> list[datetime.date]:
        """The months of residents, newest first."""
        return self.dates("population")

    def base(self, folder: str, as_of: datetime.date) -> datetime.date | None:
        """What an edition is compared with: the same date where it stands, else the newest before it, else the newest."""
        dates = self.dates(folder)
        return next((day for day in dates if day <= as_of), dates[0] if dates else None)

    def rows(self, table: str, as_of: datetime.date | None = None) -> list[TextRow]:
        """The rows of a table; of its newest date where none is asked for. Empty where there are none."""
        folder = self.tables[table].folder
        if not self.tables[table].dated:
            return self.sheets.get(f"{folder}/{table}.csv", [])
        day = as_of or next(iter(self.dates(folder)), None)
        return self.sheets.get(f"{folder}/{day}/{table}.csv", [])

    def carried(self, table: str, as_of: datetime.date) -> list[Row]:
        """The rows of the edition before as cells without a place, each with a doubt; for a file that lacks the table."""
        base = self.base(self.tables[table].folder, as_of)
        if base is None:
            return []
        doubt = f"파일에 없어 {format.date(base)} 자료를 옮겨 적었습니다. 그대로인지 확인해 주십시오."
        return [
            {column: Cell(text, doubt=doubt) for column, text in row.items()}
            for row in self.rows(table, base)
        ]

    def subject(self, table: str, row: TextRow) -> str:
        """What people call a row, in Korean: 인사과 · 세출, 종로구, 은평구 진관동."""
        columns = NAMED_BY.get(table) or self.identity(table)
        words = [self.names.get(row.get(column, ""), row.get(column, "")) for column in columns]
        return " · ".join(word for word in words if word)

    def identity(self, table: str) -> list[str]:
        """The columns that tell rows apart whatever their order: the first key without position, else the primary key."""
        keys = [[name for name in key if name != "as_of"] for key in self.tables[table].keys]
        return next((key for key in keys if key and "position" not in key), keys[0])


def of(folder: Path) -> Standing:
    """The folder as it stands, read whole between two publications. Raises IntakeError where it cannot be read."""
    end = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < end:
        try:
            folder.stat()
            contents = _contents(folder)
            if not store.unfinished(folder) and _contents(folder) == contents:
                return parsed(folder, contents)
            with store.exclusive(folder):
                store.resume(folder)
        except store.Busy:
            time.sleep(0.05)
        except FileNotFoundError:  # taken away between looking and reading
            if not folder.is_dir():
                raise store.missing(folder) from None
        except OSError as fault:
            raise refusal(
                "", f"자료 폴더를 읽을 수 없습니다({fault.strerror}).", "폴더의 권한을 확인해 주십시오."
            ) from fault
    raise refusal("", "다른 사람이 게시하고 있습니다.", "잠시 뒤에 다시 시도해 주십시오.")


def parsed(folder: Path, contents: dict[str, dict[str, bytes]]) -> Standing:
    """A standing out of the files of each folder, by the name that the folder has in a manifest."""
    manifest = {key: store.fingerprint(files) for key, files in contents.items()}
    sheets = {
        f"{key}/{name}": _rows(f"{key}/{name}", content)
        for key, files in contents.items()
        for name, content in files.items()
        if name.endswith(".csv")
    }
    return Standing(folder, store.state(manifest), tables(), sheets, _names(sheets))


def _names(sheets: dict[str, list[TextRow]]) -> dict[str, str]:
    districts = {
        row.get("district_code", ""): row.get("district", "")
        for row in sheets.get("reference/district.csv", [])
    }
    return districts | {
        row.get("dong_code", ""): f"{districts.get(row.get('district_code', ''), '')} {row.get('dong', '')}"
        for row in sheets.get("reference/dong.csv", [])
    }


@functools.cache
def tables() -> dict[str, Table]:
    """The tables of schema.sql by name, parents before children."""
    with duckdb.connect() as connection:
        connection.execute((build.SQL / "schema.sql").read_text(encoding="utf-8"))
        return {table.name: table for table in catalogue.tables(connection)}


def completed(draft: Draft, standing: Standing) -> Draft:
    """The draft with the tables that a new edition of the report needs and its file does not hold, carried over.

    Residents are never carried over. Called once more, it adds nothing.
    """
    for folder in dict.fromkeys(DATED_FOLDERS.values()):
        fresh = dict.fromkeys(
            sheet.as_of
            for sheet in draft.sheets
            if sheet.folder == folder and sheet.as_of and sheet.as_of not in standing.dates(folder)
        )
        for as_of in fresh:
            for table in standing.tables.values():
                if table.folder == folder and not draft.sheet(table.name, as_of):
                    draft = _with(draft, standing, table, as_of)
    return draft


def _with(draft: Draft, standing: Standing, table: Table, as_of: datetime.date) -> Draft:
    """One more table of a new edition, where it may be carried over."""
    if table.name == "known_difference":
        return _added(draft, Sheet(table.folder, as_of, table.name, []))
    if table.name == "population_month":
        return _added(draft, Sheet(table.folder, as_of, table.name, [{"remark": Cell(EMPTY)}]))
    if table.folder != "report":
        return draft
    rows = standing.carried(table.name, as_of)
    if table.name == "edition":
        return _added(draft, Sheet(table.folder, as_of, table.name, [_dated(row, as_of) for row in rows[:1]]))
    kept = [fit for row in rows if (fit := _fitting(row, table, draft, as_of))]
    if len(kept) < len(rows):
        what = f"파일에 없어 앞 기준일에서 옮겨 적되, 이번에는 없는 항목에 딸린 {len(rows) - len(kept)}행은 뺐습니다. 확인해 주십시오."
        draft = draft._replace(missing=[*draft.missing, Missing(table.name, what)])
    return _added(draft, Sheet(table.folder, as_of, table.name, kept))


def _added(draft: Draft, sheet: Sheet) -> Draft:
    return draft._replace(sheets=[*draft.sheets, sheet])


def _dated(row: Row, as_of: datetime.date) -> Row:
    """The row of edition.csv for another date: the budget year is that of the calendar (지방자치법 제140조)."""
    year = {
        "fiscal_year": str(as_of.year),
        "year_start": f"{as_of.year}-01-01",
        "year_end": f"{as_of.year}-12-31",
        "remark": EMPTY,
    }
    return row | {column: row[column]._replace(text=text) for column, text in year.items() if column in row}


def _fitting(row: Row, table: Table, draft: Draft, as_of: datetime.date) -> Row | None:
    """The row without what points at rows that the draft does not have; None where it cannot do without."""
    required = {column.name for column in table.columns if column.required} | set(table.keys[0])
    for reference in table.references:
        sheet = draft.sheet(reference.parent, as_of)
        ours = [column for column in reference.columns if column != "as_of"]
        if sheet is None or not ours or not all(row[column].text for column in ours):
            continue
        theirs = [column for column in reference.parent_columns if column != "as_of"]
        present = {
            tuple(parent[column].text for column in theirs if column in parent) for parent in sheet.rows
        }
        if tuple(row[column].text for column in ours) in present:
            continue
        if required.intersection(ours[-1:]):
            return None
        row = row | {ours[-1]: row[ours[-1]]._replace(text=EMPTY)}
    return row


def _contents(folder: Path) -> dict[str, dict[str, bytes]]:
    """The files of each folder, by its name in a manifest."""
    return {
        key: {name: path.read_bytes() for name, path in store.files(place).items()}
        for key, place in store.places(folder).items()
    }


def _rows(path: str, content: bytes) -> list[TextRow]:
    """The rows of a CSV, as data.sheets reads it. Raises IntakeError where it is none."""
    try:
        reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        return [{name: (cell or EMPTY).strip() for name, cell in row.items() if name} for row in reader]
    except (UnicodeDecodeError, csv.Error) as fault:
        problem = Problem(path, "", None, "", "UTF-8 CSV가 아닙니다.", "게시된 자료를 먼저 고쳐 주십시오.")
        raise IntakeError([problem]) from fault


def _day(name: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(name)
    except ValueError:
        return None
