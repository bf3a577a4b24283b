"""Months of residents that are not like the first: without ages, before and after a change of 동."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from data import build
from data.problem import RefusedError

Row = dict[str, str]
MARCH, APRIL = "2023-03-31", "2023-04-30"
DONG, NEXT = "1111051500", "1111051600"


def altered(path: Path, change: Callable[[list[Row]], object], to: Path | None = None) -> None:
    """The rows of a CSV with something done to them."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    change(rows)
    with (to or path).open("w", encoding="utf-8", newline="") as file:
        sheet = csv.DictWriter(file, rows[0].keys(), quoting=csv.QUOTE_ALL)
        sheet.writeheader()
        sheet.writerows(rows)


def ask(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(folder / "bureau.duckdb", read_only=True) as connection:
        return connection.execute(sql).fetchall()


def add_month(folder: Path, change: Callable[[list[Row]], object]) -> None:
    """A made-up month like March, with something done to its 동."""
    march, april = folder / "population" / MARCH, folder / "population" / APRIL
    april.mkdir()
    for name in ("district_population.csv", "population_month.csv"):
        altered(march / name, lambda rows: None, april / name)
    altered(march / "dong_population.csv", change, april / "dong_population.csv")


def test_a_month_may_come_without_ages(folder: Path) -> None:
    """The monthly file of residents cannot be published until another file is there."""

    def without_ages(rows: list[Row]) -> None:
        for row in rows:
            row["population_65_and_over"] = ""

    add_month(folder, without_ages)
    build.build(folder)
    known = ask(
        folder,
        "select as_of::varchar, count(*), count(share_65_and_over_percent) from district_profile group by 1 order by 1",
    )
    assert known == [(MARCH, 25, 25), (APRIL, 25, 0)]


def test_a_sum_without_one_of_its_parts_is_none(folder: Path) -> None:
    """A district whose 동 did not all come with ages shows too few old people."""

    def without_one(rows: list[Row]) -> None:
        rows[0]["population_65_and_over"] = ""

    add_month(folder, without_one)
    build.build(folder)
    empty = (
        f"select district from district_profile where as_of = '{APRIL}' and population_65_and_over is null"
    )
    assert ask(folder, empty) == [("종로구",)]


def change_of_dong(folder: Path) -> None:
    """청운효자동 ends with March; another 동 follows it in April."""

    def succeed(rows: list[Row]) -> None:
        [ended] = [row for row in rows if row["dong_code"] == DONG]
        ended["valid_to"] = MARCH
        rows.append(ended | {"dong_code": NEXT, "dong": "청운동", "valid_from": "2023-04-01", "valid_to": ""})

    altered(folder / "reference" / "dong.csv", succeed)


def test_months_before_and_after_a_change_of_dong_stand_side_by_side(folder: Path) -> None:
    """With the first change of 동 every month before it is refused."""

    def renamed(rows: list[Row]) -> None:
        rows[0]["dong_code"] = NEXT

    change_of_dong(folder)
    add_month(folder, renamed)
    build.build(folder)
    counted = ask(
        folder, "select as_of::varchar, sum(dong_count)::int from district_profile group by 1 order by 1"
    )
    assert counted == [(MARCH, 426), (APRIL, 426)]
    holds = (
        "select bool_and(holds) from reconciliation where check_name in ('행정동 면적 합계', '동 인구 합계')"
    )
    assert ask(folder, holds) == [(True,)]
    assert ask(folder, "select count(*) from findable where name in ('청운동', '청운효자동')") == [(1,)]


def test_a_dong_is_missed_only_in_the_months_that_it_stood(folder: Path) -> None:
    """A month is published without a 동 that there was, or with one that there was not."""
    change_of_dong(folder)
    add_month(folder, lambda rows: None)
    with pytest.raises(RefusedError) as refused:
        build.build(folder)
    found = [(problem.file, problem.line, problem.reason) for problem in refused.value.problems]
    assert len(found) == 2
    assert found[0][0] == found[1][0] == f"population/{APRIL}/dong_population.csv"
    assert any("청운동(1111051600) 자료가 없습니다" in reason for _, _, reason in found)
    assert any(
        line == 2 and "이 달에 없는 동입니다" in reason and MARCH in reason for _, line, reason in found
    )
