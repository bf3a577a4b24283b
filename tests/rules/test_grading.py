"""근무성적평정: the distribution of one unit."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.rules import apportionment, grading

FULL = grading.Rule(mode="full")
CONFIRMED = grading.Rule(mode="confirmed")
SPREAD = grading.Rule(mode="confirmed", rest="all_grades")

rules = st.builds(
    grading.Rule,
    shares=st.sampled_from([(20, 40, 30, 10), (10.5, 39.5, 33.3, 16.7), (25, 25, 25, 25), (60, 40, 0, 0)]),
    mode=st.sampled_from(["none", "confirmed", "full"]),
    rest=st.sampled_from(["next_grade", "all_grades"]),
    method=st.sampled_from(["largest_remainder", "webster"]),
    tie=st.sampled_from(["upper", "lower"]),
)


@st.composite
def rated_units(draw: st.DrawFn) -> tuple[int, grading.Rule, int]:
    people, rule = draw(st.integers(0, 400)), draw(rules)
    return people, rule, draw(st.integers(0, people)) if rule.mode == "confirmed" else 0


@given(rated_units())
def test_everyone_gets_one_grade(unit: tuple[int, grading.Rule, int]) -> None:
    """Somebody is graded twice or not at all, in one of the modes."""
    people, rule, confirmed = unit
    result = grading.distribution(people, rule, confirmed)
    assert result.people == sum(result.counts) == sum(result.quotas) == people
    assert min(result.counts) >= 0
    assert min(result.quotas) >= 0
    assert set(result.favoured) <= set(result.ties)
    if rule.method == "largest_remainder":
        assert all(abs(difference) < 1 for difference in result.differences)


@given(rated_units())
def test_a_grade_nobody_merits_is_given_to_nobody(unit: tuple[int, grading.Rule, int]) -> None:
    """A 가 comes out of rounding where the rule says nobody, or says exactly how many."""
    people, rule, confirmed = unit
    result = grading.distribution(people, rule, confirmed)
    if rule.mode != "full":
        assert result.counts[3] == result.quotas[3] == confirmed
        assert 3 not in result.ties


@pytest.mark.parametrize(
    ("people", "rule", "confirmed", "expected"),
    [
        (361, grading.LAW, 0, (72, 145, 144, 0)),
        (360, grading.LAW, 0, (72, 144, 144, 0)),
        (360, FULL, 0, (72, 144, 108, 36)),
        (361, FULL, 0, (72, 145, 108, 36)),
        (4, FULL, 0, (1, 2, 1, 0)),
        (6, FULL, 0, (1, 2, 2, 1)),
        (360, CONFIRMED, 4, (72, 144, 140, 4)),
        (360, CONFIRMED, 0, (72, 144, 144, 0)),
        (360, CONFIRMED, 36, (72, 144, 108, 36)),
        (100, SPREAD, 4, (21, 43, 32, 4)),
        (90, SPREAD, 0, (20, 40, 30, 0)),
    ],
)
def test_distributions_that_can_be_checked_by_eye(
    people: int, rule: grading.Rule, confirmed: int, expected: tuple[int, ...]
) -> None:
    """The bureau's own numbers, or those of the notes, come out differently."""
    assert grading.distribution(people, rule, confirmed).counts == expected


def test_shares_merge_before_anyone_is_counted() -> None:
    """The share of 가 is added to that of 양 after counting: another result for a fifth of all sizes."""
    differing = 0
    for people in range(1, 101):
        upper, middle, lower, lowest = grading.distribution(people, FULL).counts
        differing += grading.distribution(people).counts != (upper, middle, lower + lowest, 0)
    assert differing == 20


def test_what_stands_beside_the_people() -> None:
    """The page's differences in people and in points do not belong to its counts."""
    result = grading.distribution(361)
    assert result.quotas == (Fraction(722, 10), Fraction(1444, 10), Fraction(1444, 10), 0)
    assert result.differences == (Fraction(-1, 5), Fraction(3, 5), Fraction(-2, 5), 0)
    assert result.percentages[0] == Fraction(7200, 361)
    assert result.point_differences == tuple(
        percent - share for percent, share in zip(result.percentages, (20, 40, 40, 0), strict=True)
    )
    assert (result.ties, result.favoured) == ((1, 2), (1,))


def test_a_unit_of_nobody_has_no_differences() -> None:
    """An empty unit divides by zero."""
    result = grading.distribution(0)
    assert result.counts == (0, 0, 0, 0)
    assert result.percentages == result.point_differences == (0, 0, 0, 0)


def test_the_tie_rule_decides_who_gets_the_lowest_grade() -> None:
    """A unit of five gives a 가 by a tie, whatever rule was chosen."""
    assert grading.distribution(5, FULL).counts == (1, 2, 2, 0)
    lower = grading.distribution(5, FULL._replace(tie="lower"))
    assert lower.counts == (1, 2, 1, 1)
    assert (lower.ties, lower.favoured) == ((2, 3), (3,))


def test_confirmed_cases_may_exceed_the_tenth() -> None:
    """One confirmed case in a unit of four, or a unit of cases only, stops the page."""
    assert grading.distribution(4, CONFIRMED, 1).counts == (1, 2, 0, 1)
    assert grading.distribution(1, CONFIRMED, 1).counts == (0, 0, 0, 1)
    assert grading.distribution(10, CONFIRMED, 7).counts == (1, 2, 0, 7)
    assert grading.distribution(3, SPREAD, 3).counts == (0, 0, 0, 3)
    assert grading.distribution(0, CONFIRMED).counts == (0, 0, 0, 0)


@given(st.integers(0, 400), st.data())
def test_what_the_lowest_grade_leaves_goes_up_by_one_grade(people: int, data: st.DataObject) -> None:
    """Unused 가 raises 수 and 우 although the assumption on screen gives it to 양."""
    confirmed = data.draw(st.integers(0, people * 2 // 5))
    result = grading.distribution(people, CONFIRMED, confirmed)
    assert result.quotas[:2] == (Fraction(people, 5), Fraction(2 * people, 5))
    assert result.quotas[2] == Fraction(2 * people, 5) - confirmed


def test_method_and_tie_reach_the_apportionment() -> None:
    """A control on the page has no effect."""
    shares = (90, 4, 3, 3)
    for method in ("largest_remainder", "webster"):
        rule = grading.Rule(shares, "full", method=method)
        expected = apportionment.apportion(shares, 10, method)
        assert grading.distribution(10, rule) == tuple(expected)
    hamilton, webster = (
        grading.distribution(10, grading.Rule(shares, "full", method=method)).counts
        for method in ("largest_remainder", "webster")
    )
    assert hamilton != webster


def test_changes_are_after_less_before() -> None:
    """A gain is shown as a loss."""
    before, after = grading.distribution(5), grading.distribution(6, FULL)
    assert grading.change(before, after) == (0, 0, 0, 1)
    assert grading.change(after, before) == (0, 0, 0, -1)


@pytest.mark.parametrize(
    ("shares", "gap"),
    [
        ((20, 40, 30, 10), 0),
        ((20, 40, 30, 8.5), Fraction(-3, 2)),
        ((33.3, 33.3, 33.4, 0.1), Fraction(1, 10)),
        ((), -100),
    ],
)
def test_the_gap_to_a_hundred(shares: tuple[float, ...], gap: Fraction) -> None:
    """The page says by how much the shares miss 100, and says it wrong."""
    assert grading.share_gap(shares) == gap


@pytest.mark.parametrize(
    ("rank", "expected"),
    [
        ("4급", False),
        ("3급 이상", False),
        ("5급", True),
        ("지방행정주사보(7급)", True),
        ("9 급", True),
        ("10급", None),
        ("", None),
        ("연구사", None),
    ],
)
def test_who_has_a_quota(rank: str, expected: bool | None) -> None:
    """4급 이상 are fitted to a distribution that the law does not put them under."""
    assert grading.has_quota(rank) is expected


@pytest.mark.parametrize(
    ("people", "rule", "confirmed", "named"),
    [
        (10, grading.Rule(shares=(20, 40, 40)), 0, "shares must be one per grade"),
        (10, grading.Rule(shares=(20, 40, 30, 9)), 0, "shares must sum to 100, not 99"),
        (10, grading.Rule(shares=(20, 40, 50, -10)), 0, r"shares\[3\] must not be negative"),
        (10, grading.Rule(mode="some"), 0, "mode must be one of none, confirmed, full"),  # type: ignore[arg-type]
        (10, grading.Rule(rest="up"), 0, "rest must be one of"),  # type: ignore[arg-type]
        (10, grading.Rule(method="dhondt"), 0, "method must be one of"),  # type: ignore[arg-type]
        (10, grading.Rule(tie="best"), 0, "tie must be one of"),  # type: ignore[arg-type]
        (-1, grading.LAW, 0, "people must be at least 0"),
        (2.5, grading.LAW, 0, "people must be a whole number"),
        (10, CONFIRMED, 11, "confirmed is 11, more than the 10 people"),
        (10, CONFIRMED, -1, "confirmed must be at least 0"),
        (10, grading.LAW, 1, "confirmed is 1, but mode 'none' counts no confirmed cases"),
        (10, FULL, 1, "confirmed is 1, but mode 'full'"),
    ],
)
def test_bad_input_is_refused_by_name(people: int, rule: grading.Rule, confirmed: int, named: str) -> None:
    """A damaged cell or link gives a distribution, or an error that does not say where to look."""
    with pytest.raises(ValueError, match=named):
        grading.distribution(people, rule, confirmed)
