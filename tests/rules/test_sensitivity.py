"""What a distribution hangs on."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.rules import grading, sensitivity

FULL = grading.Rule(mode="full")
CONFIRMED = grading.Rule(mode="confirmed")


@pytest.mark.parametrize(
    ("size", "expected"), [(360, (72, 144, 108, 36)), (4, (90, 180, 90, 0)), (6, (60, 120, 120, 60))]
)
def test_published_unit_sizes(size: int, expected: tuple[int, ...]) -> None:
    """The figures of the notes for 360 people come out differently."""
    (row,) = sensitivity.by_unit_size(360, FULL, sizes=[size])
    assert row.total.counts == expected
    assert row.total.quotas == (72, 144, 108, 36)
    assert (row.unit_size, row.unit_count, row.smallest, row.largest) == (size, 360 // size, size, size)


@given(st.integers(0, 150), st.sampled_from([grading.LAW, FULL, CONFIRMED]), st.integers(0, 20))
def test_every_size_from_three_grades_the_same_people(
    people: int, rule: grading.Rule, confirmed: int
) -> None:
    """A size of unit is left out, or people or cases are lost in dividing them into units."""
    confirmed = min(confirmed, people) if rule.mode == "confirmed" else 0
    rows = sensitivity.by_unit_size(people, rule, confirmed)
    assert [row.unit_size for row in rows] == list(range(min(3, people), people + 1) if people else [])
    for row in rows:
        assert row.total.people == people
        assert row.largest - row.smallest in (0, 1)
        assert row.unit_size <= row.smallest
        assert row.smallest * row.unit_count <= people <= row.largest * row.unit_count
        if rule.mode == "confirmed":
            assert row.total.counts[3] == confirmed
    if rows:
        assert rows[-1].total.counts == grading.distribution(people, rule, confirmed).counts


def test_units_that_do_not_come_out_even() -> None:
    """The people left over are graded as a unit of one, or not at all."""
    rows = sensitivity.by_unit_size(361, CONFIRMED, 91, sizes=[4])
    assert (rows[0].unit_count, rows[0].smallest, rows[0].largest) == (90, 4, 5)
    # One unit of five with two cases, 89 of four with one each.
    five = grading.distribution(5, CONFIRMED, 2).counts
    four = grading.distribution(4, CONFIRMED, 1).counts
    assert rows[0].total.counts == tuple(one + 89 * other for one, other in zip(five, four, strict=True))


@pytest.mark.parametrize(
    ("sizes", "named"),
    [
        ([0], "sizes must be at least 1"),
        ([11], "sizes has 11, more than the 10 people"),
        ([2.5], "sizes must be a whole"),
    ],
)
def test_sizes_that_cannot_be_are_refused(sizes: list[int], named: str) -> None:
    """A unit of nobody divides by zero."""
    with pytest.raises(ValueError, match=named):
        sensitivity.by_unit_size(10, sizes=sizes)


def test_one_person_more_or_less() -> None:
    """Who leaves or comes changes somebody's grade, and the page shows another change."""
    fewer, more = sensitivity.one_person(5, FULL)
    assert (fewer.people, fewer.distribution.counts, fewer.change) == (4, (1, 2, 1, 0), (0, 0, -1, 0))
    assert (more.people, more.distribution.counts, more.change) == (6, (1, 2, 2, 1), (0, 0, 0, 1))


def test_nobody_leaves_an_empty_unit_or_one_of_cases_only() -> None:
    """A unit of minus one person, or with fewer people than cases, stops the page."""
    assert [step.people for step in sensitivity.one_person(0)] == [1]
    assert [step.people for step in sensitivity.one_person(2, CONFIRMED, 2)] == [3]
    assert [step.people for step in sensitivity.one_person(2, CONFIRMED, 1)] == [1, 3]


@given(st.integers(0, 400))
def test_one_point_of_share(people: int) -> None:
    """A point is moved the wrong way, or the shares no longer sum to a hundred."""
    base = grading.distribution(people, FULL)
    steps = sensitivity.one_point(people, FULL)
    assert len(steps) == 12
    for step in steps:
        assert sum(step.shares) == 100
        assert step.shares[step.taken_from] == grading.STATUTORY_SHARES[step.taken_from] - 1
        assert step.shares[step.given_to] == grading.STATUTORY_SHARES[step.given_to] + 1
        assert step.distribution == grading.distribution(people, FULL._replace(shares=step.shares))
        assert step.change == grading.change(base, step.distribution)
        assert step.distribution.quotas[step.given_to] == base.quotas[step.given_to] + Fraction(people, 100)


def test_a_point_is_taken_only_where_there_is_one() -> None:
    """A share falls below zero."""
    steps = sensitivity.one_point(10, grading.Rule(shares=(99.5, 0, 0, 0.5), mode="full"))
    assert [(step.taken_from, step.given_to) for step in steps] == [(0, 1), (0, 2), (0, 3)]
    last_point = sensitivity.one_point(10, grading.Rule(shares=(99, 1, 0, 0), mode="full"))[3]
    assert (last_point.taken_from, last_point.given_to, last_point.shares) == (1, 0, (100, 0, 0, 0))
