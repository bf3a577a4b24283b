"""The reconciliations: how many there are, exactly which do not hold, and that each cell is really guarded."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

Ask = Callable[..., list[tuple[Any, ...]]]

# check_name, subject, as printed, as derived
NOT_CLOSING = {
    ("정원 ÷ 자치구 수", "자치구와 구의회 평균", "1488", "1487"),
    ("정원 ÷ 자치구 수", "구의회 평균", "36", "35"),
    ("구간별 개수", "동(이전 도표) 2만 미만", "161", "186"),
    ("구간별 개수", "동(이전 도표) 2~3만", "179", "164"),
    ("구간별 개수", "동(이전 도표) 3~4만", "71", "61"),
    ("구간별 개수", "동(이전 도표) 4만 이상", "14", "15"),
    ("구간 개수 합계", "동(이전 도표)", "426", "425"),
    ("본예산·예산현액 대조", "조정교부금 2022년", "38123", "50500"),
    ("본예산·예산현액 증감률 대조", "조정교부금 증감률", "9.3", "-17.5"),
    ("추천 인원 중 선정 비율", "개선 후", "50", "60"),
    ("기준일보다 늦은 날수", "‘가’ 평정 기준결정위원회(공개 모집한 직원으로 구성)", "0", "7"),
    ("통의 수(2022년 말 통계)", "서울특별시", "12885", "12881"),
    ("반의 수(2022년 말 통계)", "서울특별시", "96545", "96502"),
}

# Figures that nothing else in the data could confirm.
UNGUARDED_FIGURES = {
    "national_area_share",
    "daily_hours",
    "standard_start",
    "standard_end",
    "target_count",
    "target_share",
    "monthly_visit_plan",
    "introduced_year",
    "building_age",
}


@pytest.fixture(scope="module")
def writable(bureau: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database that a test alters within a transaction and rolls back."""
    path = tmp_path_factory.mktemp("writable") / "bureau.duckdb"
    path.write_bytes((bureau / "bureau.duckdb").read_bytes())
    with duckdb.connect(path) as connection:
        yield connection


def failures(connection: duckdb.DuckDBPyConnection, view: str) -> set[tuple[Any, ...]]:
    """Checks of one view that fail, with both numbers."""
    return set(
        connection.execute(
            f"select check_name, subject, expected, actual from {view} where expected is distinct from actual"
        ).fetchall()
    )


def test_number_of_checks(ask: Ask) -> None:
    """A join that drops or doubles checks: they would fail nowhere, and nobody would miss them."""
    rows = ask("select dataset, count(*) from reconciliation group by dataset")
    assert dict(rows) == {
        "organisation": 3,
        "revenue": 65,
        "expenditure": 45,
        "district_fact": 38,
        "population_bucket": 30,
        "flexible_work": 1,
        "counselling": 3,
        "bonus": 5,
        "grading": 2,
        "meeting": 4,
        "renovation": 4,
        "dong_population": 25,
    }


@pytest.mark.parametrize(
    ("check_name", "count"),
    [("하위 항목 합계", 21), ("증감액", 31), ("증감률", 31), ("징수율", 14), ("집행률", 13)],
)
def test_every_budget_cell_has_its_check(ask: Ask, check_name: str, count: int) -> None:
    """A sum, change or rate of the two budget tables left out."""
    rows = ask("select count(*) from reconciliation where check_name = $check_name", check_name=check_name)
    assert rows == [(count,)]


def test_what_does_not_close(ask: Ask) -> None:
    """A difference that is new, or one that was silently corrected."""
    rows = ask("select check_name, subject, expected, actual from reconciliation where not holds")
    assert set(rows) == {(name, subject, Decimal(e), Decimal(a)) for name, subject, e, a in NOT_CLOSING}
    assert len(rows) == len(NOT_CLOSING)


def test_every_open_check_has_its_note_and_no_other(ask: Ask) -> None:
    """A difference shown without a reason, or a reason beside a check that holds."""
    assert ask("select check_name, subject from reconciliation where holds <> (note is null)") == []


def test_a_check_is_named_once(ask: Ask) -> None:
    """Two checks of one name, so that one note would excuse both."""
    assert ask("select as_of, check_name, subject from reconciliation group by all having count(*) > 1") == []


def test_difference_is_derived_minus_printed(ask: Ask) -> None:
    """The sign of the difference turned round."""
    rows = ask("select difference from reconciliation where subject = '구의회 평균'")
    assert rows == [(Decimal(-1),)]


def test_verdict_counts_the_checks(ask: Ask) -> None:
    """A badge that says otherwise than the list it opens to."""
    rows = ask("select dataset, open_count from dataset_verdict where open_count > 0")
    assert dict(rows) == {"district_fact": 6, "population_bucket": 5, "bonus": 1, "grading": 1}
    assert ask("select sum(check_count), sum(open_count) from dataset_verdict") == [(225, 13)]


def test_checks_name_a_dataset_and_a_cell(ask: Ask) -> None:
    """A check that points to a source, table or column that does not exist."""
    assert ask("from reconciliation anti join dataset using (dataset)") == []
    assert (
        ask(
            "select check_name from reconciliation"
            " anti join (from duckdb_columns() select table_name, column_name) using (table_name, column_name)"
        )
        == []
    )


@pytest.mark.parametrize(
    ("numerator", "denominator", "digits", "printed"),
    [
        (25, 1000, 1, "0.0"),
        (50, 1000, 1, "0.1"),
        (-50, 1000, 1, "-0.1"),
        (1005, 2, 0, "503"),
        (-1005, 2, 0, "-503"),
        (446_338_5, 25_000, 0, "179"),
        (5_413_123_388_000, 1, 0, "5413123388000"),
    ],
)
def test_rounding_is_half_away_from_zero(
    ask: Ask, numerator: int, denominator: int, digits: int, printed: str
) -> None:
    """Bankers' rounding, or a half lost in binary fractions."""
    rows = ask(f"select rounded({numerator}::bigint, {denominator}, {digits})")
    assert rows == [(Decimal(printed),)]


def test_rounding_without_a_denominator_is_empty(ask: Ask) -> None:
    """A rate made up where nothing was budgeted."""
    assert ask("select rounded(5::bigint, 0, 1), rounded(5::bigint, null, 1)") == [(None, None)]


@pytest.mark.parametrize(
    "column", ["previous_budget", "budget", "change", "change_percent", "realised", "realised_percent"]
)
def test_every_printed_budget_cell_is_guarded(writable: duckdb.DuckDBPyConnection, column: str) -> None:
    """A mistyped amount that no check would notice."""
    cells = writable.execute(f"select line_code from budget_line where {column} is not null").fetchall()
    assert cells
    for (line_code,) in cells:
        writable.begin()
        writable.execute(
            f"update budget_line set {column} = {column} + 1 where line_code = $line_code",
            {"line_code": line_code},
        )
        failed = failures(writable, "budget_check")
        writable.rollback()
        assert failed, line_code


def test_every_stated_figure_is_guarded_or_known_not_to_be(writable: duckdb.DuckDBPyConnection) -> None:
    """A total or average that no check would notice when it is mistyped."""
    before = failures(writable, "stated_figure_check") | failures(writable, "bucket_check")
    unguarded = set()
    for (figure,) in writable.execute("select figure from stated_figure").fetchall():
        writable.begin()
        writable.execute(
            "update stated_figure set value = value * 3 + 7 where figure = $figure", {"figure": figure}
        )
        after = failures(writable, "stated_figure_check") | failures(writable, "bucket_check")
        writable.rollback()
        if after == before:
            unguarded.add(figure)
    assert unguarded == UNGUARDED_FIGURES


@pytest.mark.parametrize(("end_month", "shared"), [("2023-09-01", 2.0), (None, None)])
def test_the_order_of_steps_is_guarded(
    writable: duckdb.DuckDBPyConnection, end_month: str | None, shared: float | None
) -> None:
    """Works that start before their design is done, or while nobody says when it will be, called in order."""
    assert not failures(writable, "schedule_check")
    writable.begin()
    writable.execute(
        "update milestone set end_month = $end_month where milestone = 'hall.design'",
        {"end_month": end_month},
    )
    failed = failures(writable, "schedule_check")
    writable.rollback()
    assert failed == {("앞 단계와 겹치는 달수", "리모델링 공사", 0.0, shared)}
