"""Units that are graded alone, pooled, or tied to the whole."""

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.rules import grading, rating_unit
from lib.rules.rating_unit import Unit

# The eight units of the bureau and their people, 361 in all.
BUREAU = tuple(
    Unit(name, people)
    for name, people in (
        ("총무과", 178),
        ("인사과", 41),
        ("인력개발과", 38),
        ("자치행정과", 42),
        ("시민협력과", 21),
        ("대외협력과", 16),
        ("남북협력과", 13),
        ("공무원수련원", 12),
    )
)
FULL = grading.Rule(mode="full")
CONFIRMED = grading.Rule(mode="confirmed")


def alike(count: int, people: int) -> list[Unit]:
    return [Unit(f"단위 {number}", people) for number in range(count)]


def totals(rows: Sequence[grading.Distribution]) -> tuple[int, ...]:
    return tuple(sum(row.counts[grade] for row in rows) for grade in range(4))


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        (alike(1, 360), (72, 144, 108, 36)),
        (alike(90, 4), (90, 180, 90, 0)),
        (alike(60, 6), (60, 120, 120, 60)),
    ],
    ids=["one", "fours", "sixes"],
)
def test_the_size_of_the_unit_decides(units: list[Unit], expected: tuple[int, ...]) -> None:
    """The strongest lever there is shows nothing."""
    result = rating_unit.outcome(units, FULL)
    assert result.total.counts == expected
    assert result.bureau.counts == (72, 144, 108, 36)
    tied = rating_unit.outcome(units, FULL, tied=True)
    assert tied.feasible
    assert tied.total.counts == (72, 144, 108, 36)


@pytest.mark.parametrize("mode", ["none", "full"])
@pytest.mark.parametrize("tie", ["upper", "lower"])
def test_the_bureaus_units_add_up_to_the_bureau(mode: grading.Mode, tie: str) -> None:
    """The eight units come to another total than their bureau, though they were tied to it."""
    rule = grading.Rule(mode=mode, tie=tie)  # type: ignore[arg-type]
    result = rating_unit.outcome(BUREAU, rule, tied=True)
    assert result.feasible
    assert result.reason == ""
    assert result.total.counts == result.bureau.counts == grading.distribution(361, rule).counts
    assert [row.people for row in result.rows] == [unit.people for unit in BUREAU]
    assert all(abs(difference) < 1 for row in result.rows for difference in row.differences)


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 3)), min_size=1, max_size=12),
    st.sampled_from(["none", "confirmed", "full"]),
    st.integers(0, 15),
    st.booleans(),
)
def test_no_one_is_lost_between_units_and_whole(
    drawn: list[tuple[int, int]], mode: grading.Mode, threshold: int, tied: bool
) -> None:
    """Pooling, tying or a mode drops people or confirmed cases, or ties a table that does not tie."""
    units = [
        Unit(f"단위 {position}", people, ("6급", "7급")[position % 2], min(confirmed, people))
        for position, (people, confirmed) in enumerate(drawn)
    ]
    result = rating_unit.outcome(units, grading.Rule(mode=mode), threshold=threshold, tied=tied)
    assert sorted(member for pool in result.pools for member in pool.members) == list(range(len(units)))
    assert sum(pool.unit.people for pool in result.pools) == sum(unit.people for unit in units)
    cases = sum(unit.confirmed for unit in units)
    assert result.ignored == (0 if mode == "confirmed" else cases)
    assert result.feasible != bool(result.reason)
    if result.feasible:
        assert result.total.people == sum(unit.people for unit in units)
        assert [row.people for row in result.rows] == [pool.unit.people for pool in result.pools]
    else:
        assert tied
        assert result.rows == ()
        assert result.total.counts == (0, 0, 0, 0)
    if tied and result.feasible:
        assert result.total.counts == result.bureau.counts


def test_ties_of_a_tied_table_are_told() -> None:
    """Two alike units differ in their people, and nothing says that only a tie made it so."""
    result = rating_unit.outcome(alike(2, 5), FULL, tied=True)
    assert [row.counts for row in result.rows] == [(1, 2, 2, 0), (1, 2, 1, 1)]
    assert [row.ties for row in result.rows] == [(2, 3), (2, 3)]
    assert [row.favoured for row in result.rows] == [(2,), (3,)]
    lower = rating_unit.outcome(alike(2, 5), FULL._replace(tie="lower"), tied=True)
    assert [row.counts for row in lower.rows] == [(1, 2, 1, 1), (1, 2, 2, 0)]


def test_no_solution_is_said_with_its_reason() -> None:
    """More cases than a unit's lower grades hold: the total cannot be met, and a table appears."""
    units = [Unit("가단위", 4, confirmed=3), Unit("나단위", 6), Unit("다단위", 5)]
    result = rating_unit.outcome(units, CONFIRMED, tied=True)
    assert not result.feasible
    assert result.rows == ()
    assert "등급별 합계를 모두 맞출 수 없음. " in result.reason
    assert "'양' 합계 3명이 필요하나 4~5명만 가능" in result.reason
    assert rating_unit.outcome(units, CONFIRMED).feasible


def test_a_reachable_total_of_one_value_is_said_as_one() -> None:
    """Webster leaves the quota of a grade, and the reason reads "8 to 8"."""
    rule = grading.Rule((30, 10, 10, 50), "full", method="webster")
    result = rating_unit.outcome([Unit("가", 2), Unit("나", 6), Unit("다", 8)], rule, tied=True)
    assert not result.feasible
    assert "'가' 합계 7명이 필요하나 8명만 가능" in result.reason


def test_small_units_are_pooled_within_their_rank() -> None:
    """People of two ranks are graded against each other, or a large unit is drawn in."""
    units = [
        Unit("가", 3, "6급", 1),
        Unit("나", 30, "6급"),
        Unit("다", 4, "7급"),
        Unit("라", 5, "6급"),
        Unit("마", 10, "6급"),
    ]
    pools = rating_unit.pooled(units, 10)
    assert pools == (
        rating_unit.Pool(Unit("가 + 라", 8, "6급", 1), (0, 3), True),
        rating_unit.Pool(units[1], (1,), False),
        rating_unit.Pool(units[2], (2,), True),
        rating_unit.Pool(units[4], (4,), False),
    )
    assert [pool.unit for pool in rating_unit.pooled(units, 0)] == units


def test_units_merge_in_the_place_of_the_first() -> None:
    """Merging loses people, cases or the order of the table."""
    units = [Unit("가", 3, "6급", 1), Unit("나", 30, "6급"), Unit("다", 4, "6급", 2)]
    assert rating_unit.merged(units, [2, 0]) == (Unit("가 + 다", 7, "6급", 3), units[1])
    assert rating_unit.merged(units, [1, 2], "합") == (units[0], Unit("합", 34, "6급", 2))


@pytest.mark.parametrize("positions", [[], [1], [0, 0], [0, 3], [-1, 0]])
def test_merging_needs_two_units_that_are_there(positions: list[int]) -> None:
    """A selection that is gone merges something else."""
    with pytest.raises(ValueError, match="positions must be two or more of the 3 units"):
        rating_unit.merged([Unit("가", 1), Unit("나", 2), Unit("다", 3)], positions)


def test_ranks_do_not_merge() -> None:
    """People of two ranks are graded against each other."""
    with pytest.raises(ValueError, match="positions must be units of one rank"):
        rating_unit.merged([Unit("가", 1, "6급"), Unit("나", 2, "7급")], [0, 1])


def test_a_unit_splits_into_parts_that_sum_to_it() -> None:
    """Splitting loses people or cases."""
    unit = Unit("총무과", 10, "6급", 1)
    assert rating_unit.split(unit, [4, 6], [0, 1]) == (
        Unit("총무과 1", 4, "6급", 0),
        Unit("총무과 2", 6, "6급", 1),
    )
    assert [part.people for part in rating_unit.split(Unit("인사과", 5), [2, 3])] == [2, 3]


@pytest.mark.parametrize(
    ("people", "confirmed", "named"),
    [
        ([4, 5], [1, 0], "people must be parts of at least 1 that sum to 10"),
        ([10, 0], [1, 0], "people must be parts of at least 1"),
        ([4, 6], [], "confirmed must be one number per part and sum to 1"),
        ([4, 6], [1], "confirmed must be one number per part"),
        ([4, 6], [2, -1], r"units\[1\].confirmed must be at least 0"),
        ([4, 6], [1, 1], "confirmed must be one number per part and sum to 1"),
    ],
)
def test_parts_that_do_not_sum_are_refused(people: list[int], confirmed: list[int], named: str) -> None:
    """People or cases appear or vanish in a split."""
    with pytest.raises(ValueError, match=named):
        rating_unit.split(Unit("총무과", 10, "6급", 1), people, confirmed)


@pytest.mark.parametrize(
    ("units", "threshold", "named"),
    [
        ([Unit("가", 1), Unit("나", -1)], 0, r"units\[1\].people must be at least 0"),
        ([Unit("가", 1.5)], 0, r"units\[0\].people must be a whole number"),  # type: ignore[arg-type]
        ([Unit("가", 1, "", 2)], 0, r"units\[0\].confirmed is 2, more than its 1 people"),
        ([Unit("가", 1), Unit("나", 1), Unit("가", 2)], 0, r"units\[2\] has the name and rank"),
        ([Unit("가", 1)], -1, "threshold must be at least 0"),
    ],
)
def test_bad_units_are_refused_by_name(units: list[Unit], threshold: int, named: str) -> None:
    """A damaged row is graded, or the error does not say which row."""
    with pytest.raises(ValueError, match=named):
        rating_unit.outcome(units, threshold=threshold)


def test_one_name_may_hold_several_ranks() -> None:
    """Every 과 has several 직급; refusing the second row makes the table useless."""
    result = rating_unit.outcome([Unit("총무과", 5, "6급"), Unit("총무과", 5, "7급")])
    assert [row.people for row in result.rows] == [5, 5]


def test_the_total_stands_beside_the_bureaus_quotas() -> None:
    """The sum of the units is held against the sum of their own quotas, and no difference shows."""
    result = rating_unit.outcome(alike(90, 4), FULL)
    assert result.total.quotas == (72, 144, 108, 36)
    assert result.total.differences == (18, 36, -18, -36)
    assert result.total.point_differences == (5, 10, -5, -10)
    assert rating_unit.outcome([], FULL).total.counts == (0, 0, 0, 0)
    assert rating_unit.outcome([], FULL, tied=True).rows == ()


def test_two_scenarios_are_compared_unit_by_unit() -> None:
    """A unit that only one scenario grades is left out, or is matched with another."""
    units = [Unit("가", 3), Unit("나", 4), Unit("다", 20)]
    before = rating_unit.outcome(units)
    after = rating_unit.outcome(units, FULL, threshold=5)
    assert rating_unit.changes(before, after) == (
        rating_unit.Change("가", "", (1, 1, 1, 0), None),
        rating_unit.Change("나", "", (1, 2, 1, 0), None),
        rating_unit.Change("다", "", (4, 8, 8, 0), (4, 8, 6, 2)),
        rating_unit.Change("가 + 나", "", None, (1, 3, 2, 1)),
    )
    changed = [row.change for row in rating_unit.changes(before, after)]
    assert changed == [(-1, -1, -1, 0), (-1, -2, -1, 0), (0, 0, -2, 2), (1, 3, 2, 1)]
    assert all(not any(row.change) for row in rating_unit.changes(before, before))


def test_quotas_of_a_row_are_exact() -> None:
    """The quota beside the people is already rounded."""
    result = rating_unit.outcome([Unit("남북협력과", 13)], FULL)
    assert result.rows[0].quotas == (
        Fraction(13, 5),
        Fraction(26, 5),
        Fraction(39, 10),
        Fraction(13, 10),
    )
