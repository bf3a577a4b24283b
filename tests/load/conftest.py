"""Two states of the data, and the app that serves first the one and then the other."""

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from data import build
from tests.browser import server

TOTALS = ("expenditure", "expenditure.projects", "expenditure.projects.personnel")
SPENT = 2_000_000
"""천원 that 인사과 has spent more in the later state."""


class Published(NamedTuple):
    """An app and the two databases that its data folder may hold."""

    app: server.Server
    database: Path
    states: tuple[Path, Path]


@pytest.fixture(scope="module")
def published(bureau: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    """The app on a copy of the data, which can be exchanged for one where more has been spent."""
    folder = tmp_path_factory.mktemp("published")
    later = Path(shutil.copytree(bureau, folder / "later"))
    spend(next(later.glob("report/*/budget_line.csv")))
    build.build(later)
    current = Path(shutil.copytree(bureau, folder / "data"))
    states = bureau / "bureau.duckdb", later / "bureau.duckdb"
    with server.serving(server.APP, folder / "log", current) as running:
        yield Published(running, current / "bureau.duckdb", states)
    server.without_complaints(folder / "log")


def spend(sheet: Path) -> None:
    """Have 인사과 spend more, in its own line and in the totals above."""
    with sheet.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["line_code"] in TOTALS:
            row["realised"] = str(int(row["realised"]) + SPENT)
            row["realised_percent"] = f"{100 * int(row['realised']) / int(row['budget']):.1f}"
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
