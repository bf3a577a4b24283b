"""What a draft changes: added, removed, changed by how much, renamed if similar."""

from decimal import Decimal
from pathlib import Path

import pytest

from lib.intake import compare, standing
from lib.intake.compare import Change
from lib.intake.draft import Cell, Draft, Row, Sheet
from lib.intake.standing import Standing, TextRow
from tests.intake import drafts
from tests.intake.drafts import JUNE, MARCH


@pytest.fixture(scope="module")
def stands(bureau: Path) -> Standing:
    return standing.of(bureau)


def changes(stands: Standing, *sheets: Sheet) -> list[Change]:
    return compare.changes(Draft(list(sheets)), stands)


def cells(row: TextRow) -> Row:
    return {column: Cell(text) for column, text in row.items()}


def test_what_stands_is_no_change(stands: Standing) -> None:
    """A list of changes in which nothing has changed hides what has."""
    sheets = [drafts.sheet(stands, name, MARCH) for name, table in stands.tables.items() if table.dated]
    sheets = [sheet for sheet in sheets if sheet.rows]
    assert len(sheets) > 20
    assert changes(stands, *sheets) == []


def test_amounts_that_moved(stands: Standing) -> None:
    """A line that lost half of its budget is listed as `changed` and nothing more."""

    def alter(row: TextRow) -> TextRow:
        return row | ({"budget": "1000000"} if row["department"] == "인사과" else {})

    [change] = changes(stands, drafts.sheet(stands, "budget_line", JUNE, alter))
    assert change[:5] == ("changed", "budget_line", JUNE, MARCH, "expenditure.projects.personnel")
    assert (change.subject, change.column, change.before, change.after) == (
        "인사과 · 세출",
        "budget",
        "9021193",
        "1000000",
    )
    assert change.amount == Decimal(1000000 - 9021193)
    assert change.share == pytest.approx(1000000 / 9021193 - 1)


def test_an_empty_cell_is_no_zero(stands: Standing) -> None:
    """A "-" that became a number is shown as an increase from nothing by infinity."""
    empty = next(row for row in stands.rows("budget_line") if not row["realised"])

    def alter(row: TextRow) -> TextRow:
        return row | ({"realised": "5"} if row["line_code"] == empty["line_code"] else {})

    [change] = changes(stands, drafts.sheet(stands, "budget_line", JUNE, alter))
    assert (change.before, change.after, change.amount, change.share) == ("", "5", None, None)


def test_numbers_are_compared_as_people_read_them(stands: Standing) -> None:
    """Text that only looks like a number gets an amount, such as the code of a district."""

    def alter(row: TextRow) -> TextRow:
        return row | ({"statistics_code": "11999"} if row["district"] == "중구" else {})

    [sheet] = [drafts.sheet(stands, "district", MARCH, alter)._replace(as_of=None)]
    [change] = changes(stands, sheet)
    assert (change.subject, change.column, change.amount, change.base) == (
        "중구",
        "statistics_code",
        None,
        None,
    )


def renamed(stands: Standing, department: str, name: str) -> list[Sheet]:
    def alter(row: TextRow) -> TextRow:
        return row | ({"department": name} if row["department"] == department else {})

    return [drafts.sheet(stands, table, JUNE, alter) for table in ("department", "duty", "budget_line")]


def test_a_department_with_another_name(stands: Standing) -> None:
    """A department renamed by a reform looks like one abolished and one founded."""
    found = changes(stands, *renamed(stands, "남북협력과", "남북교류협력과"))
    departments = [change for change in found if change.table == "department"]
    [change] = departments
    assert (change.kind, change.column, change.before, change.after) == (
        "renamed",
        "department",
        "남북협력과",
        "남북교류협력과",
    )
    assert change.subject == "남북교류협력과"
    duties = [change for change in found if change.table == "duty"]
    assert {(change.kind, change.column) for change in duties} == {("renamed", "department")}
    assert [change.kind for change in found if change.table == "budget_line"] == ["changed"]


def test_departments_that_are_not_alike(stands: Standing) -> None:
    """One department goes, a wholly other one comes, and it is told as a new name."""
    department = next(row for row in stands.rows("department") if row["department"] == "남북협력과")
    other = department | {"department": "기후환경본부", "head_count": "99"}
    rows = [row for row in stands.rows("department") if row is not department] + [other]
    sheet = Sheet("report", JUNE, "department", [cells(row) for row in rows])
    found = changes(stands, sheet)
    assert [(change.kind, change.subject) for change in found] == [
        ("added", "기후환경본부"),
        ("removed", "남북협력과"),
    ]
    assert "99" in found[0].after
    assert "남북협력과" in found[1].before


def test_dates_are_never_renamed(stands: Standing) -> None:
    """The month of April that follows is told as a February with another name."""
    february, march = stands.rows("flexible_work_month")
    april = march | {"month": "2023-04-01", "use_count": "7000"}
    sheet = Sheet("report", JUNE, "flexible_work_month", [cells(march), cells(april)])
    kinds = [(change.kind, change.key) for change in changes(stands, sheet)]
    assert kinds == [("added", "2023-04-01"), ("removed", february["month"])]


def test_a_duty_put_in_front_is_one_change(stands: Standing) -> None:
    """One new duty at the top shifts all others, and every one of them is listed as changed."""
    rows = stands.rows("duty")
    new = {"department": "총무과", "position": "1", "duty": "새로 맡은 전혀 다른 일"}
    shifted = [
        row | {"position": str(int(row["position"]) + 1)} if row["department"] == "총무과" else row
        for row in rows
    ]
    sheet = Sheet("report", JUNE, "duty", [cells(row) for row in (new, *shifted)])
    [change] = changes(stands, sheet)
    assert (change.kind, change.after) == ("added", "총무과 · 1 · 새로 맡은 전혀 다른 일")


def test_another_order_is_told(stands: Standing) -> None:
    """Rows that only changed places are published without a word."""
    swap = {"1": "2", "2": "1"}
    found = changes(
        stands,
        drafts.sheet(
            stands,
            "department",
            MARCH,
            lambda row: row | {"position": swap.get(row["position"], row["position"])},
        ),
    )
    assert [(change.column, change.before, change.after) for change in found] == [
        ("position", "1", "2"),
        ("position", "2", "1"),
    ]


def test_notes_of_a_new_edition_come_of_its_check(stands: Standing) -> None:
    """Thirteen notes of March look deleted before June has been checked."""
    empty = Sheet("report", JUNE, "known_difference", [])
    assert changes(stands, empty) == []
    assert {change.kind for change in changes(stands, empty._replace(as_of=MARCH))} == {"removed"}


def test_rows_are_counted_once(stands: Standing) -> None:
    """A line with three changed cells counts as three lines."""

    def alter(row: TextRow) -> TextRow:
        return row | ({"budget": "1", "realised": "1"} if row["department"] else {})

    found = changes(stands, drafts.sheet(stands, "budget_line", JUNE, alter))
    [count] = compare.counts(found)
    lines = [row for row in stands.rows("budget_line") if row["department"]]
    assert count == ("budget_line", JUNE, 0, 0, len(lines), 0)
    assert count.sentence == f"예산 2023. 6. 30. – 변경 {len(lines)}"
    assert len(found) == 2 * len(lines)


def test_a_first_month_before_all_others(stands: Standing) -> None:
    """A month older than all that stand is compared with nothing, or fails."""
    sheets = drafts.month(stands, MARCH.replace(year=2020), more=1)
    found = changes(stands, *sheets)
    assert {(change.base, change.kind) for change in found} == {(MARCH, "changed")}
    assert sorted(change.amount for change in found if change.amount) == [1, 1, 1]
