from lib.briefing import grid
from lib.briefing.model import Column, Table

TABLE = Table(
    "표",
    (
        Column("항목"),
        Column("2022년", "억원", 1, "예산현액"),
        Column("2023년", "억원", 1, "예산현액"),
        Column("증감률", "%", 1),
    ),
    (("총무과", 403.9, 416.7, -3.25), ("계", 1.0, None, 0.0)),
)


def test_a_head_stands_over_its_columns() -> None:
    """A year stands beside 예산현액 instead of below it, and nobody knows what it is the year of."""
    assert [head[:] for head in grid.heads(TABLE)] == [
        ("항목", 0, 0, 2, 1),
        ("예산현액", 0, 1, 1, 2),
        ("증감률(%)", 0, 3, 2, 1),
        ("2022년(억원)", 1, 1, 1, 1),
        ("2023년(억원)", 1, 2, 1, 1),
    ]


def test_one_unit_stands_above_the_table_and_several_in_the_heads_too() -> None:
    """A percentage is read as an amount."""
    assert grid.unit_line(TABLE) == "(단위: 억원, %)"
    single = TABLE._replace(columns=TABLE.columns[:3], rows=(("총무과", 1.0, 2.0),))
    assert grid.unit_line(single) == "(단위: 억원)"
    assert grid.head_texts(single) == ("항목", "2022년", "2023년")
    assert grid.unit_line(single._replace(columns=(Column("항목"),), rows=(("가",),))) == ""


def test_cells_are_printed_as_everywhere() -> None:
    """A minus becomes a hyphen, or nothing becomes zero."""
    assert grid.texts(TABLE) == (("총무과", "403.9", "416.7", "△3.3"), ("계", "1.0", "-", "0.0"))
