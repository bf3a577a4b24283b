"""Several editions and months at once: a made-up next quarter is a change of data, never of code."""

import csv
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from data import build
from data.problem import RefusedError

MARCH, JUNE = date(2023, 3, 31), date(2023, 6, 30)
# What compares with a residents' file has nothing to compare with where there is none of the date.
# Totals and averages, largest and smallest with their ranks, buckets, and the 동 of each district.
TIED_TO_RESIDENTS = 7 + 6 + 4 + 12 + 25

Rows = list[dict[str, str]]


def altered(path: Path, alter: Callable[[Rows], Rows]) -> None:
    """Write a CSV again with other rows."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = list(rows[0])
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(alter(rows))


def spent(amount: int) -> Callable[[Rows], Rows]:
    """인사과 has spent more, and so have the totals above it."""

    def alter(rows: Rows) -> Rows:
        for row in rows:
            if row["line_code"] in ("expenditure", "expenditure.projects", "expenditure.projects.personnel"):
                row["realised"] = str(int(row["realised"]) + amount)
                row["realised_percent"] = f"{100 * int(row['realised']) / int(row['budget']):.1f}"
        return rows

    return alter


def without_residents(rows: Rows) -> Rows:
    """Known differences of an edition that has no residents' file of its date, and a committee that has met."""
    return [row for row in rows if row["check_name"] not in ("구간별 개수", "기준일보다 늦은 날수")]


def slipped(rows: Rows) -> Rows:
    """설계 ends two months later, and so the works begin later."""
    for row in rows:
        if row["milestone"] == "hall.design":
            row["end_month"] = "2023-09-01"
        if row["milestone"] == "hall.construction":
            row["start_month"] = "2023-10-01"
    return rows


def remarked(rows: Rows) -> Rows:
    return [{**row, "remark": "시험을 위하여 지어낸 자료"} for row in rows]


@pytest.fixture
def june(folder: Path) -> Path:
    """The folder with a made-up report of June beside the real one."""
    edition = folder / "report" / str(JUNE)
    shutil.copytree(folder / "report" / str(MARCH), edition)
    altered(edition / "edition.csv", remarked)
    altered(edition / "budget_line.csv", spent(2_000_000))
    altered(edition / "known_difference.csv", without_residents)
    altered(edition / "milestone.csv", slipped)
    return folder


def asked(folder: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(build.build(folder), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_two_editions_stand_side_by_side(june: Path) -> None:
    """A view that joins without the date, so that two editions multiply each other."""
    rows = asked(
        june,
        "select as_of, realised, (select count(*) from budget_tree as other where other.as_of = line.as_of),"
        " (select sum(head_count) from department_summary as d where d.as_of = line.as_of and in_bureau),"
        " (select sum(share_percent) from department_summary as d where d.as_of = line.as_of)"
        " from execution_gap as line where line_code = 'expenditure.projects.personnel' order by as_of",
    )
    assert rows == [
        (MARCH, 1_585_349, 32, 361, pytest.approx(100)),
        (JUNE, 3_585_349, 32, 361, pytest.approx(100)),
    ]


def test_each_edition_has_its_own_calendar(june: Path) -> None:
    """June measured against March's share of the year."""
    assert asked(june, "select elapsed_days from calendar order by as_of") == [(90,), (181,)]


def test_both_editions_reconcile(june: Path) -> None:
    """Checks that compare one edition with the residents or the notes of the other."""
    rows = asked(
        june,
        "select as_of, sum(check_count), sum(open_count) from dataset_verdict group by as_of order by as_of",
    )
    assert rows == [(MARCH, 225, 13), (JUNE, 225 - TIED_TO_RESIDENTS, 13 - 5)]


def test_a_later_edition_sees_what_was_to_come(june: Path) -> None:
    """Steps that slipped or ended between the editions shown by the dates of the other."""
    rows = asked(
        june,
        "select as_of, value, end_month, under_way from upcoming where value = '설계 용역' order by as_of",
    )
    assert rows == [
        (MARCH, "설계 용역", date(2023, 7, 1), False),
        (JUNE, "설계 용역", date(2023, 9, 1), True),
    ]


def test_notes_of_one_edition_do_not_excuse_another(june: Path) -> None:
    """An error of June that is let through because March has a note for the same check."""
    altered(june / "report" / str(JUNE) / "known_difference.csv", lambda rows: rows[1:])
    with pytest.raises(RefusedError) as refusal:
        build.build(june)
    [problem] = refusal.value.problems
    assert problem[:3] == (f"report/{JUNE}/stated_figure.csv", 26, "value")


def test_an_edition_ties_to_the_residents_of_its_date(june: Path) -> None:
    """An edition compared with the residents of another month, or with none."""
    shutil.copytree(june / "population" / str(MARCH), june / "population" / str(JUNE))
    altered(june / "population" / str(JUNE) / "population_month.csv", remarked)
    with pytest.raises(RefusedError) as refusal:
        build.build(june)
    assert {problem.file for problem in refusal.value.problems} == {f"report/{JUNE}/population_bucket.csv"}
    assert len(refusal.value.problems) == 4  # the stale chart, whose notes the made-up edition has dropped


def test_a_month_of_residents_needs_no_edition(folder: Path) -> None:
    """A month that cannot be added before the quarter's report is there."""
    month = folder / "population" / "2023-04-30"
    shutil.copytree(folder / "population" / str(MARCH), month)
    altered(month / "population_month.csv", remarked)

    def moved(rows: Rows) -> Rows:
        rows[0]["population"] = str(int(rows[0]["population"]) + 10)
        return rows

    def born(rows: Rows) -> Rows:
        return [{**row, "male_count": str(int(row["male_count"]) + 10)} for row in moved(rows)[:1]] + rows[1:]

    altered(month / "dong_population.csv", moved)
    altered(month / "district_population.csv", born)
    rows = asked(folder, "select as_of, sum(population) from district_profile group by as_of order by as_of")
    assert rows == [(MARCH, 9_426_404), (date(2023, 4, 30), 9_426_414)]
    rows = asked(folder, "select dataset, check_count from dataset_verdict where as_of = '2023-04-30'")
    assert rows == [("dong_population", 25)]


def test_removing_a_folder_is_a_rollback(june: Path) -> None:
    """Traces of an edition that was taken back."""
    before = asked(june, "select count(*) from edition")
    shutil.rmtree(june / "report" / str(JUNE))
    assert before == [(2,)]
    assert asked(june, "select count(*) from edition") == [(1,)]
