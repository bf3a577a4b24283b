"""실적가점: people, tiers, minimum and points."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.rules import bonus, number
from lib.rules.bonus import Award, Tier

TIERS = (Tier("S", 10), Tier("A", 20), Tier("B", 20))
BEFORE = bonus.Regime(2, 1, TIERS)
AFTER = bonus.Regime(5, 3, (), 30)
BUREAU = (178, 41, 38, 42, 21, 16, 13, 12)


# Recommended and selected ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("people", "regime", "rounding", "recommended", "selected"),
    [
        (361, BEFORE, "floor", 7, 3),
        (361, BEFORE, "half", 7, 4),
        (361, BEFORE, "ceil", 8, 4),
        (361, AFTER, "floor", 18, 10),
        (361, AFTER, "half", 18, 11),
        (361, AFTER, "ceil", 19, 11),
        (19, AFTER, "floor", 0, 0),
        (20, AFTER, "floor", 1, 0),
        (33, AFTER, "floor", 1, 0),
        (34, AFTER, "floor", 1, 1),
        (0, AFTER, "ceil", 0, 0),
        (1, AFTER, "ceil", 1, 1),
    ],
)
def test_counts_that_can_be_checked_by_eye(
    people: int, regime: bonus.Regime, rounding: number.Rounding, recommended: int, selected: int
) -> None:
    """The rounding that was assumed is not the one that was used: 20 and 34 people are the borders."""
    result = bonus.counts(people, regime, rounding)
    assert (result.people, result.recommended, result.selected) == (people, recommended, selected)
    assert result.exact_recommended == Fraction(people) * number.exact(regime.recommended_percent, "") / 100
    assert result.exact_selected == Fraction(people) * number.exact(regime.selected_percent, "") / 100
    assert not result.raised


@given(
    st.integers(0, 2000),
    st.floats(0, 100),
    st.floats(0, 1),
    st.sampled_from(["floor", "half", "ceil"]),
    st.integers(0, 200),
    st.integers(0, 3),
)
def test_no_more_selected_than_recommended_than_people(
    people: int, percent: float, part: float, rounding: number.Rounding, small_unit: int, minimum: int
) -> None:
    """A unit selects people whom nobody recommended, or recommends more than it has."""
    regime = bonus.Regime(percent, percent * part)
    result = bonus.counts(people, regime, rounding, small_unit=small_unit, small_unit_minimum=minimum)
    assert 0 <= result.selected <= result.recommended <= people
    if people < small_unit:
        assert result.recommended >= min(minimum, people)
    by_share = bonus.counts(people, regime, rounding).recommended
    assert result.raised == (result.recommended > by_share)


def test_a_small_unit_may_recommend_one() -> None:
    """A 실·국 under 100 people recommends nobody, or one with 100 people gets the exception too."""
    rule = {"small_unit": 100, "small_unit_minimum": 1}
    assert bonus.counts(49, BEFORE, "floor", **rule)[1:3] == (1, 0)
    assert bonus.counts(49, BEFORE, "floor", **rule).raised
    assert bonus.counts(99, BEFORE, "floor", **rule)[1:3] == (1, 0)
    assert not bonus.counts(99, BEFORE, "floor", **rule).raised
    tiny = bonus.Regime(0.1, 0)
    assert bonus.counts(100, tiny, "floor", **rule).recommended == 0
    assert bonus.counts(0, tiny, "floor", **rule).recommended == 0


def test_units_one_by_one_against_all_as_one() -> None:
    """Rounding in every unit takes recommendations away, and the page does not show how many."""
    result = bonus.by_unit(BUREAU, AFTER, "floor")
    assert [unit.recommended for unit in result.units] == [8, 2, 1, 2, 1, 0, 0, 0]
    assert (result.total.people, result.total.recommended, result.total.selected) == (361, 14, 8)
    assert (result.whole.recommended, result.whole.selected) == (18, 10)
    assert result.total.exact_recommended == result.whole.exact_recommended == Fraction(1805, 100)
    assert result.total.exact_selected == result.whole.exact_selected == Fraction(1083, 100)
    assert result.unreached == 3
    assert not result.total.raised


def test_the_small_unit_rule_is_for_units_only() -> None:
    """The whole bureau is treated as a small unit, or an empty unit as one that was passed over."""
    result = bonus.by_unit([10, 0, 30], AFTER, "floor", small_unit=100)
    assert [unit.recommended for unit in result.units] == [1, 0, 1]
    assert result.total.raised
    assert result.whole.recommended == 2
    assert result.unreached == 0
    assert bonus.by_unit([10, 0, 30], AFTER, "floor").unreached == 1
    assert not bonus.by_unit([10, 5], AFTER, "floor", small_unit=100).whole.raised
    assert bonus.by_unit([], AFTER, "floor").total.people == 0


@pytest.mark.parametrize(
    ("people", "regime", "rounding", "named"),
    [
        (-1, AFTER, "floor", "people must be at least 0"),
        (10, bonus.Regime(101, 3), "floor", "recommended_percent must be at most 100"),
        (10, bonus.Regime(5, -1), "floor", "selected_percent must not be negative"),
        (10, bonus.Regime(3, 5), "floor", "selected_percent must not be larger"),
        (10, AFTER, "down", "rounding must be one of"),
    ],
)
def test_bad_shares_are_refused_by_name(
    people: int, regime: bonus.Regime, rounding: number.Rounding, named: str
) -> None:
    """A damaged share gives numbers that look right."""
    with pytest.raises(ValueError, match=named):
        bonus.counts(people, regime, rounding)


@pytest.mark.parametrize("argument", ["small_unit", "small_unit_minimum"])
def test_a_bad_small_unit_rule_is_refused_by_name(argument: str) -> None:
    """A negative limit switches the rule off in silence."""
    with pytest.raises(ValueError, match=f"{argument} must be at least 0"):
        bonus.counts(10, AFTER, "floor", **{argument: -1})


# Tiers --------------------------------------------------------------------------------------


def test_tiers_of_the_recommended() -> None:
    """Half of those recommended get a tier before the reform; somebody is in none and in one."""
    result = bonus.tiers(20, 10, TIERS, "recommended")
    assert result.names == ("S", "A", "B")
    assert result.people == (2, 4, 4)
    assert result.quotas == (2, 4, 4)
    assert (result.excluded, result.unexplained) == (10, 0)
    uneven = bonus.tiers(18, 10, TIERS, "recommended")
    assert (uneven.people, uneven.excluded, uneven.unexplained) == ((2, 4, 3), 9, -1)
    assert (uneven.ties, uneven.favoured) == ((1, 2), (1,))
    assert bonus.tiers(18, 10, TIERS, "recommended", tie="lower").people == (2, 3, 4)


def test_the_listed_tiers_do_not_reach_those_selected_after_the_reform() -> None:
    """3 of 5 are 60 % of the recommended, the listed tiers 50 %: the gap is closed in silence."""
    result = bonus.tiers(100, 60, TIERS, "recommended")
    assert (result.people, result.excluded, result.unexplained) == ((10, 20, 20), 50, -10)
    scaled = bonus.tiers(100, 60, TIERS, "selected")
    assert (scaled.people, scaled.excluded, scaled.unexplained) == ((12, 24, 24), 40, 0)


@given(
    st.integers(0, 300),
    st.integers(0, 300),
    st.lists(st.integers(1, 25), min_size=1, max_size=4),
    st.sampled_from(["recommended", "selected"]),
    st.sampled_from(["largest_remainder", "webster"]),
)
def test_all_recommended_are_in_a_tier_or_excluded(
    one: int, other: int, shares: list[int], base: bonus.TierBase, method: str
) -> None:
    """The tiers and those in none do not add up to those recommended."""
    recommended, selected = max(one, other), min(one, other)
    listed = [Tier(str(position), share) for position, share in enumerate(shares)]
    result = bonus.tiers(recommended, selected, listed, base, method)  # type: ignore[arg-type]
    assert sum(result.people) + result.excluded == recommended
    assert sum(result.people) - selected == result.unexplained
    assert result.excluded >= 0
    assert len(result.people) == len(result.quotas) == len(result.names) == len(listed)
    if base == "selected":
        assert result.unexplained == 0


@pytest.mark.parametrize(
    ("recommended", "selected", "listed", "base", "named"),
    [
        (5, 6, TIERS, "recommended", "selected is 6, more than the 5 recommended"),
        (5, 3, (), "recommended", "listed must have at least one tier"),
        (5, 3, (Tier("S", -1),), "recommended", r"listed\[0\].share_percent must not be negative"),
        (
            5,
            3,
            (Tier("S", 60), Tier("A", 60)),
            "recommended",
            "listed shares must sum to at most 100, not 120",
        ),
        (5, 3, (Tier("S", 0),), "selected", "listed shares are all 0"),
        (5, 3, TIERS, "all", "base must be one of recommended, selected"),
        (-5, 0, TIERS, "recommended", "recommended must be at least 0"),
        (5, -1, TIERS, "recommended", "selected must be at least 0"),
    ],
)
def test_bad_tiers_are_refused_by_name(
    recommended: int, selected: int, listed: Sequence[Tier], base: bonus.TierBase, named: str
) -> None:
    """A damaged table of tiers hands out people all the same."""
    with pytest.raises(ValueError, match=named):
        bonus.tiers(recommended, selected, listed, base)


def test_tiers_without_a_share_stay_empty() -> None:
    """A tier of 0 % divides by zero, or takes somebody."""
    assert bonus.tiers(7, 3, (Tier("S++", 0), Tier("S", 10)), "recommended").people == (0, 1)


def test_outstanding_cases_come_out_of_the_tier_below() -> None:
    """S++ and S+ make the selected more, or a tie is ascribed to the wrong tier."""
    awarded = bonus.tiers(18, 10, TIERS, "recommended")
    result = bonus.promoted(awarded, [("S++", 1), ("S+", 0)])
    assert result.names == ("S++", "S+", "S", "A", "B")
    assert result.people == (1, 0, 1, 4, 3)
    assert result.quotas == (0, 0, *awarded.quotas)
    assert (result.excluded, result.unexplained) == (awarded.excluded, awarded.unexplained)
    assert (result.ties, result.favoured) == ((3, 4), (3,))
    assert bonus.promoted(awarded, []) == awarded
    from_a = bonus.promoted(awarded, [("A+", 2)], "A")
    assert from_a.people == (2, 2, 2, 3)
    assert from_a.names == ("S", "A+", "A", "B")


def test_a_tie_above_the_source_keeps_its_place() -> None:
    """New tiers below shift a tie that lies above them, or leave that of their source behind."""
    awarded = bonus.tiers(5, 3, (Tier("S", 10), Tier("A", 10), Tier("B", 20)), "recommended")
    assert awarded.ties == (0, 1)
    assert bonus.promoted(awarded, [("B+", 0)], "B").ties == (0, 1)
    assert bonus.promoted(awarded, [("A+", 0)], "A").ties == (0, 2)


@pytest.mark.parametrize(
    ("outstanding", "source", "named"),
    [
        ([("S++", 2), ("S+", 1)], "S", "outstanding cases are 3, but S has 2"),
        ([("S++", -1)], "S", r"outstanding\[0\] must be at least 0"),
        ([("S++", 1)], "SS", "source must be one of the tiers, not 'SS'"),
    ],
)
def test_bad_outstanding_cases_are_refused(
    outstanding: list[tuple[str, int]], source: str, named: str
) -> None:
    """More outstanding cases than S has leave a tier with fewer than nobody."""
    with pytest.raises(ValueError, match=named):
        bonus.promoted(bonus.tiers(18, 10, TIERS, "recommended"), outstanding, source)


# 7급 이하 -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("people", "rounding", "required", "effect"),
    [
        (0, "ceil", 0, 0),
        (1, "ceil", 1, 100),
        (2, "ceil", 1, 50),
        (3, "ceil", 1, Fraction(100, 3)),
        (4, "ceil", 2, 50),
        (10, "ceil", 3, 30),
        (18, "ceil", 6, Fraction(100, 3)),
        (1, "floor", 0, 0),
        (18, "floor", 5, Fraction(250, 9)),
        (1, "half", 0, 0),
        (2, "half", 1, 50),
        (5, "half", 2, 40),
    ],
)
def test_the_minimum_in_whole_people(
    people: int, rounding: number.Rounding, required: int, effect: Fraction
) -> None:
    """30 % is shown as 30 % where it is everybody, or nobody."""
    result = bonus.junior_minimum(people, 30, rounding)
    assert (result.people, result.required, result.effect) == (people, required, effect)
    assert result.exact == Fraction(3 * people, 10)
    assert result.feasible
    assert result.reason == ""


def test_rounded_up_the_minimum_is_exact_only_at_tens() -> None:
    """The page says 30 % and means more, nearly everywhere."""
    exact = [people for people in range(1, 101) if bonus.junior_minimum(people, 30).effect == 30]
    assert exact == list(range(10, 101, 10))


@pytest.mark.parametrize(
    ("juniors", "seniors", "reason"),
    [
        (0, None, "18명 중 7급 이하가 6명 이상이어야 하나 7급 이하 후보가 없음"),
        (5, 40, "18명 중 7급 이하가 6명 이상이어야 하나 7급 이하 후보가 5명뿐임"),
        (6, 11, "18명을 추천하여야 하나 후보가 모두 17명뿐임"),
        (6, 12, ""),
        (6, None, ""),
        (None, 2, ""),
        (None, None, ""),
    ],
)
def test_what_cannot_be_met_is_said(juniors: int | None, seniors: int | None, reason: str) -> None:
    """No candidate of 7급 이하 exists, and the rule is relaxed in silence."""
    result = bonus.junior_minimum(18, 30, juniors=juniors, seniors=seniors)
    assert result.reason == reason
    assert result.feasible == (not reason)
    assert result.required == 6


@pytest.mark.parametrize(
    ("people", "percent", "candidates", "named"),
    [
        (-1, 30, {}, "people must be at least 0"),
        (5, 130, {}, "percent must be at most 100"),
        (5, 30, {"juniors": -1}, "juniors must be at least 0"),
        (5, 30, {"seniors": -1}, "seniors must be at least 0"),
    ],
)
def test_a_bad_minimum_is_refused_by_name(
    people: int, percent: float, candidates: dict[str, int], named: str
) -> None:
    """A damaged cell makes the rule feasible."""
    with pytest.raises(ValueError, match=named):
        bonus.junior_minimum(people, percent, **candidates)  # type: ignore[arg-type]


# Points --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("members", "pool_each", "person_total"),
    [(2, "1.5", 6), (3, "1", 9), (4, "0.75", 12), (5, "0.6", 15)],
)
def test_both_readings_of_three_times(members: int, pool_each: str, person_total: int) -> None:
    """One reading is shown as the rule; a team of five gets 3 points or 15."""
    result = bonus.collaboration(1, members)
    assert result == (members, Fraction(pool_each), 3, 3, person_total)
    half = bonus.collaboration(0.5, members, 2)
    assert half == (members, Fraction(1, members), 1, 1, members)


@pytest.mark.parametrize("members", [0, 1, 6])
def test_a_team_has_its_size(members: int) -> None:
    """One person is a team, or twenty are."""
    with pytest.raises(ValueError, match=f"members must be 2 to 5, but is {members}"):
        bonus.collaboration(1, members)
    assert bonus.collaboration(1, 6, team_sizes=range(2, 7)).person_total == 18


@pytest.mark.parametrize(
    ("points", "multiple", "named"),
    [(-1, 3, "points must not be negative"), (1, -3, "multiple must not be negative")],
)
def test_bad_points_are_refused_by_name(points: float, multiple: float, named: str) -> None:
    """A damaged cell takes points away."""
    with pytest.raises(ValueError, match=named):
        bonus.collaboration(points, 2, multiple)


def test_only_the_highest_award_of_a_half_year_counts() -> None:
    """Two awards of one half-year are added up."""
    awards = (
        Award("2023 상반기", 1),
        Award("2023 하반기", 0.5),
        Award("2023 상반기", 1.5),
        Award("2023 상반기", Decimal("1.5")),
    )
    result = bonus.points(awards)
    assert result.counted == (awards[2], awards[1])
    assert result.uncounted == (awards[0], awards[3])
    assert result.counted[0] is awards[2]
    assert result.before_cap == result.total == 2
    assert result.capped == 0


def test_all_bonuses_together_end_at_five_points() -> None:
    """Other bonuses are added after the cap, or the cap is not shown."""
    result = bonus.points([Award("2023 상반기", 3), Award("2023 하반기", 1.5)], other=1)
    assert (result.before_cap, result.total, result.capped) == (Fraction(11, 2), 5, Fraction(1, 2))
    assert bonus.points([Award("2023 상반기", 3)], other=2).total == 5
    assert bonus.points([Award("2023 상반기", 3)], cap=2).capped == 1
    assert bonus.points([]) == ((), (), 0, 0)


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 6)), max_size=12))
def test_points_are_the_sum_of_the_highest(drawn: list[tuple[str, int]]) -> None:
    """An award is lost, or counted twice."""
    awards = [Award(half_year, points) for half_year, points in drawn]
    result = bonus.points(awards, cap=100)
    highest = {half_year: max(value for key, value in drawn if key == half_year) for half_year, _ in drawn}
    assert result.before_cap == sum(highest.values())
    assert sorted([*result.counted, *result.uncounted]) == sorted(awards)


@pytest.mark.parametrize(
    ("points", "other", "cap", "named"),
    [
        (-1, 0, 5, r"awards\[0\].points must not be negative"),
        (1, -1, 5, "other must not be negative"),
        (1, 0, -5, "cap must not be negative"),
    ],
)
def test_bad_awards_are_refused_by_name(points: float, other: float, cap: float, named: str) -> None:
    """A damaged cell takes points away."""
    with pytest.raises(ValueError, match=named):
        bonus.points([Award("2023 상반기", points)], other, cap)
