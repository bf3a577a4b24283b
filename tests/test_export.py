"""What leaves as a table: no cell of it becomes a formula on the machine of the person who opens it."""

import csv
import io

import pandas as pd
import pytest
from openpyxl import load_workbook

from lib import export

FORMULAS = (
    "=1+1",
    '=HYPERLINK("http://127.0.0.1","a")',
    "+1+1",
    "-1+1",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "+82-2-120",
    "-2+3+cmd|' /C calc'!A0",
)
NUMBERS = ("-", "-5", "+3.2%", "-4,172,782", "+0.5")


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_of_a_csv_is_a_formula(text: str) -> None:
    """A name in the data runs a command on the machine of the person who opens the download."""
    rows = pd.DataFrame({text: [text], "수": [-5]})
    content = export.csv(rows, [text]).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(content, newline="")))
    assert lines[0] == [f"'{text}", "수"]
    assert lines[1] == [f"'{text}", "-5"]
    assert [f"'{text}"] in lines[2:]


@pytest.mark.parametrize("text", NUMBERS)
def test_numbers_of_a_csv_stay_numbers(text: str) -> None:
    """A decrease, or a cell without a value, comes with an apostrophe that no sum takes."""
    content = export.csv(pd.DataFrame({"증감": [text, -5, -0.5]}), []).decode("utf-8-sig")
    assert [line[0] for line in csv.reader(io.StringIO(content, newline="")) if line][1:4] == [
        text,
        "-5",
        "-0.5",
    ]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_of_a_workbook_is_a_formula(text: str) -> None:
    """The same in an .xlsx, where the cell itself must say that it is text."""
    rows = pd.DataFrame({text: [text], "수": [-5]})
    for content in (export.xlsx(rows, "표", [text]), export.workbook({"표": [(text, rows)]}, [text])):
        [page] = load_workbook(io.BytesIO(content)).worksheets
        cells = [cell for line in page.iter_rows() for cell in line if isinstance(cell.value, str)]
        assert len(cells) >= 3
        assert {cell.data_type for cell in cells} == {"s"}
        assert all(cell.quotePrefix for cell in cells if cell.value.strip().startswith(tuple("=+-@")))
