"""The database explains itself: every table, view and column says what it is."""

from collections.abc import Callable
from typing import Any

Ask = Callable[..., list[tuple[Any, ...]]]


def test_every_table_and_view_has_a_comment(ask: Ask) -> None:
    """A table whose grain nobody wrote down."""
    assert ask("select table_name from duckdb_tables() where comment is null") == []
    assert ask("select view_name from duckdb_views() where not internal and comment is null") == []


def test_every_column_has_a_comment(ask: Ask) -> None:
    """A column without its unit. The views behind reconciliation have its columns and are explained there."""
    rows = ask(
        "select table_name, column_name from duckdb_columns()"
        " where not internal and comment is null and not ends_with(table_name, '_check')"
    )
    assert rows == []


def test_views_behind_reconciliation_have_its_columns(ask: Ask) -> None:
    """A check whose columns stand in another order, so that numbers and names change places."""
    rows = ask(
        "select distinct list(column_name order by column_index) from duckdb_columns()"
        " where ends_with(table_name, '_check') group by table_name"
    )
    assert rows == [
        (
            [
                *("as_of", "dataset", "check_name", "subject", "unit", "expected", "actual"),
                *("table_name", "column_name", "row_key"),
            ],
        )
    ]


def test_no_sentence_is_left_open(ask: Ask) -> None:
    """A note or definition that ends in the middle, as a cell cut at a comma would."""
    rows = ask(
        "select definition from glossary union all select note from known_difference"
        " union all select note from dataset where note is not null"
    )
    assert [text for (text,) in rows if not text.endswith("니다.")] == []


def test_glossary_has_the_terms_people_ask_for(ask: Ask) -> None:
    """A term of the pages that nobody defined."""
    terms = {term for (term,) in ask("select term from glossary")}
    assert terms >= {
        *("예산현액", "본예산", "징수율", "집행률", "기간경과율", "조정교부금", "재정자립도", "시차출퇴근"),
        *("실적가점", "근무성적평정", "세외수입", "경상적세외수입", "임시적세외수입", "국고보조금"),
        *("특별교부세", "보전수입", "재무활동", "행정운영경비", "사업비", "정원", "현원"),
        *("주민등록인구", "세대", "행정동", "통·반", "△", "%p", "검산"),
    }
