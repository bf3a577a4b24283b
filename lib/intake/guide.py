"""What the tables and columns of the schema mean, in Korean, for those who fill the workbook in (guide.csv)."""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

CSV = Path(__file__).with_name("guide.csv")


class Entry(NamedTuple):
    label: str
    note: str


@cache
def entries() -> dict[tuple[str, str], Entry]:
    """By table and column; of the table itself where the column is empty."""
    with CSV.open(encoding="utf-8", newline="") as file:
        return {
            (row["table"], row["column"]): Entry(row["label"], row["note"]) for row in csv.DictReader(file)
        }


def table(name: str) -> Entry:
    return entries()[name, ""]


def column(table: str, name: str) -> Entry:
    return entries()[table, name]
