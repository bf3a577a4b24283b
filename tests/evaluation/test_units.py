"""평정단위 as people enter them."""

import pandas as pd
import pytest

from lib import upload
from lib.evaluation import units
from lib.rules.rating_unit import Unit
from lib.upload.sheet import UploadError

THREE = (Unit("총무과", 10, "6급", 1), Unit("인사과", 5, "6급"), Unit("인사과", 4, "7급", 2))


def test_the_table_gives_back_what_it_was_filled_with() -> None:
    """Prevents that showing the units changes them."""
    assert units.edited(units.frame(THREE)) == THREE


def test_empty_rows_do_not_count_and_half_empty_ones_are_named() -> None:
    """Prevents that a row under entry is counted as a unit of nobody."""
    rows = units.frame(THREE)
    rows.loc[3] = [None, None, pd.NA, pd.NA]
    assert units.edited(rows) == THREE
    rows.loc[4] = ["대외협력과", None, pd.NA, pd.NA]
    with pytest.raises(UploadError) as refused:
        units.edited(rows)
    [problem] = refused.value.problems
    assert problem.sentence == "5행 ‘평정대상 인원’ 열에 값이 없으니 채우거나 그 행을 지우십시오."


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (("합계", "", 19, 0), "합계 행(합계)이 있으니"),
        (("총 계", "", 19, 0), "합계 행(총 계)이 있으니"),
        (("인사과", "6급", 5, 0), "2행과 같은 값(인사과 6급)이 있으니"),
        (("남북협력과", "", 3, 4), "인원(3명)보다 많은 수(4명)가 있으니"),
        (("남북협력과", "", -3, 0), "음수(-3)가 있으니"),
        (("남북협력과", "", 3.5, 0), "소수(3.5)가 있으니"),
        (("남북협력과", "", 100_001, 0), "너무 큰 수(100001)가 있으니"),
    ],
)
def test_what_would_count_people_wrongly_is_refused(cells: tuple[object, ...], sentence: str) -> None:
    """Prevents people who are counted twice, or cases of 가 without a person."""
    rows = [(row, (unit.name, unit.rank, unit.people, unit.confirmed)) for row, unit in enumerate(THREE, 1)]
    with pytest.raises(UploadError) as refused:
        units.of_cells([*rows, (4, cells)])
    assert sentence in refused.value.problems[0].sentence
    assert refused.value.problems[0].row == 4


def test_an_upload_becomes_units() -> None:
    """Prevents that columns are mixed up on the way from a sheet to the units."""
    content = "직급,부서,현원,가\n6급,총무과,10,1\n6급,인사과,5,\n7급,인사과,4,2\n".encode("cp949")
    assert units.of_rows(upload.table("a.csv", content, units.COLUMNS)) == THREE


def test_merging_needs_two_of_one_rank() -> None:
    """Prevents units across 직급, for which the law has separate shares."""
    assert units.merged(THREE, ["총무과 6급", "인사과 6급"]) == (
        Unit("총무과 + 인사과", 15, "6급", 1),
        THREE[2],
    )
    with pytest.raises(ValueError, match="직급이 다른 단위는"):
        units.merged(THREE, ["인사과 6급", "인사과 7급"])
    with pytest.raises(ValueError, match="둘 이상"):
        units.merged(THREE, ["인사과 6급"])


def test_splitting_keeps_people_and_cases() -> None:
    """Prevents that people or cases of 가 are lost when a unit is divided."""
    parts = units.split(THREE, "총무과 6급", 3)
    assert [part.people for part in parts[:3]] == [4, 3, 3]
    assert sum(part.confirmed for part in parts) == 3
    assert parts[3:] == THREE[1:]
    with pytest.raises(ValueError, match="2~4개로 나누십시오"):
        units.split(THREE, "인사과 7급", 5)
    again = (Unit("총무과 1", 3, "6급"), *THREE)
    with pytest.raises(ValueError, match="이미 있으니"):
        units.split(again, "총무과 6급", 2)


def test_ranks_under_no_quota_are_found() -> None:
    """Prevents that 4급 이상 are given a distribution."""
    assert units.without_quota((Unit("가", 1, "4급"), Unit("나", 1, "5급"), Unit("다", 1))) == ["가 4급"]
