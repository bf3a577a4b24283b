"""Apportionment: whole people that add up, whatever the shares."""

import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from apportionment import methods as reference
from hypothesis import assume, given
from hypothesis import strategies as st

from lib.rules import apportionment

STATUTORY = (20, 40, 30, 10)
CAN_LOSE = (1, 3, 10, 20, 66)

methods = st.sampled_from(["largest_remainder", "webster"])
tie_rules = st.sampled_from(["upper", "lower"])
positive_total = st.lists(st.integers(0, 1000), min_size=1, max_size=12).filter(any)
seat_numbers = st.integers(0, 400)


# Properties ---------------------------------------------------------------------------------


@given(positive_total, seat_numbers, methods, tie_rules)
def test_seats_add_up_and_keep_the_order(
    shares: list[int], seats: int, method: apportionment.Method, tie: apportionment.TieRule
) -> None:
    """A distribution has a person too many, or a smaller share gets more people than a larger one."""
    result = apportionment.apportion(shares, seats, method, tie)
    assert sum(result.seats) == seats
    assert sum(result.quotas) == seats
    assert all(held >= 0 for held in result.seats)
    for one, share in enumerate(shares):
        for other, larger in enumerate(shares):
            assert share >= larger or result.seats[one] <= result.seats[other]


@given(positive_total, seat_numbers, tie_rules)
def test_largest_remainder_stays_within_one_of_the_quota(
    shares: list[int], seats: int, tie: apportionment.TieRule
) -> None:
    """A grade lies a whole person or more from what its share gives."""
    result = apportionment.apportion(shares, seats, tie=tie)
    pairs = zip(result.seats, result.quotas, strict=True)
    assert all(abs(held - quota) < 1 for held, quota in pairs)


@given(
    positive_total,
    seat_numbers,
    methods,
    tie_rules,
    st.fractions(min_value="1/1000", max_value=1000),
    st.integers(0, 3),
)
def test_only_the_ratios_count(
    shares: list[int],
    seats: int,
    method: apportionment.Method,
    tie: apportionment.TieRule,
    factor: Fraction,
    minimum: int,
) -> None:
    """Shares in percent and the same shares in thousandths give different people, or two runs do."""
    minimum = min(minimum, seats // len(shares))
    once = apportionment.apportion(shares, seats, method, tie, minimum=minimum)
    scaled = [share * factor for share in shares]
    assert apportionment.apportion(scaled, seats, method, tie, minimum=minimum) == once


@given(positive_total, seat_numbers, methods, st.integers(0, 5))
def test_the_tie_rule_moves_only_what_tied(
    shares: list[int], seats: int, method: apportionment.Method, minimum: int
) -> None:
    """A tie rule changes people where nothing tied, or a tie goes unreported."""
    minimum = min(minimum, seats // len(shares))
    upper = apportionment.apportion(shares, seats, method, "upper", minimum=minimum)
    lower = apportionment.apportion(shares, seats, method, "lower", minimum=minimum)
    assert upper.ties == lower.ties
    assert len(upper.favoured) == len(lower.favoured)
    assert upper.favoured == upper.ties[: len(upper.favoured)]
    assert lower.favoured == lower.ties[len(lower.ties) - len(lower.favoured) :]
    for share, (one, other) in enumerate(zip(upper.seats, lower.seats, strict=True)):
        assert one - other == (share in upper.favoured) - (share in lower.favoured)
    assert (upper.seats != lower.seats) == bool(upper.ties)


@given(positive_total, seat_numbers, methods, tie_rules, st.integers(0, 40))
def test_a_minimum_is_given_to_all_and_changes_nothing_where_it_is_met(
    shares: list[int], seats: int, method: apportionment.Method, tie: apportionment.TieRule, minimum: int
) -> None:
    """A unit is left below the minimum, or a minimum that all have anyway moves people."""
    minimum = min(minimum, seats // len(shares))
    free = apportionment.apportion(shares, seats, method, tie)
    bound = apportionment.apportion(shares, seats, method, tie, minimum=minimum)
    assert sum(bound.seats) == seats
    assert min(bound.seats) >= minimum
    assert bound.quotas == free.quotas
    if min(free.seats) >= minimum:
        assert bound.seats == free.seats


def compositions(total: int, parts: int, least: int) -> list[tuple[int, ...]]:
    if parts == 1:
        return [(total,)] if total >= least else []
    return [
        (first, *others)
        for first in range(least, total + 1)
        for others in compositions(total - first, parts - 1, least)
    ]


@given(
    st.lists(st.integers(0, 30), min_size=1, max_size=4).filter(any), st.integers(0, 12), st.integers(0, 3)
)
def test_largest_remainder_is_the_nearest_with_that_minimum(
    shares: list[int], seats: int, minimum: int
) -> None:
    """A minimum takes its people from the wrong shares: some other distribution is nearer."""
    minimum = min(minimum, seats // len(shares))
    result = apportionment.apportion(shares, seats, minimum=minimum)

    def distance(candidate: Sequence[int]) -> Fraction:
        pairs = zip(candidate, result.quotas, strict=True)
        return sum(((held - quota) ** 2 for held, quota in pairs), Fraction())

    nearest = min(distance(candidate) for candidate in compositions(seats, len(shares), minimum))
    assert distance(result.seats) == nearest


@given(positive_total, seat_numbers, st.integers(0, 40))
def test_webster_has_a_common_divisor(shares: list[int], seats: int, minimum: int) -> None:
    """With or without a minimum, somebody's next seat has a stronger claim than another's last."""
    minimum = min(minimum, seats // len(shares))
    held = apportionment.apportion(shares, seats, "webster", minimum=minimum).seats
    last = [Fraction(share, 2 * have - 1) for share, have in zip(shares, held, strict=True) if have > minimum]
    following = [Fraction(share, 2 * have + 1) for share, have in zip(shares, held, strict=True)]
    assert not last or min(last) >= max(following)


@given(positive_total, st.integers(1, 150), tie_rules)
def test_webster_never_loses_a_seat(shares: list[int], up_to: int, tie: apportionment.TieRule) -> None:
    """The method offered against vanishing seats has them itself."""
    assert apportionment.lost_seats(shares, up_to, "webster", tie) == ()


@given(positive_total, st.integers(1, 400))
def test_largest_remainder_agrees_with_an_independent_implementation(shares: list[int], seats: int) -> None:
    """Our own arithmetic is wrong in a way that our own properties do not see.

    Compared where nothing ties: there the reference passes over stronger claims.
    """
    result = apportionment.apportion(shares, seats)
    assume(not result.ties)
    assert list(result.seats) == reference.largest_remainder(shares, seats, fractions=True)


@given(positive_total, st.integers(1, 400))
def test_webster_agrees_with_an_independent_implementation(shares: list[int], seats: int) -> None:
    """Our own arithmetic is wrong in a way that our own properties do not see; ties too, by order."""
    result = apportionment.apportion(shares, seats, "webster")
    assert list(result.seats) == reference.divisor(shares, seats, "saintelague", fractions=True)


# Published figures -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shares", "people", "expected"),
    [
        (STATUTORY, 360, (72, 144, 108, 36)),
        (STATUTORY, 361, (72, 145, 108, 36)),
        (STATUTORY, 4, (1, 2, 1, 0)),
        (STATUTORY, 6, (1, 2, 2, 1)),
        ((20, 40, 40), 360, (72, 144, 144)),
        ((20, 40, 40), 361, (72, 145, 144)),
        (CAN_LOSE, 11, (0, 1, 1, 2, 7)),
        (CAN_LOSE, 12, (0, 0, 1, 3, 8)),
    ],
)
def test_published_distributions(shares: tuple[int, ...], people: int, expected: tuple[int, ...]) -> None:
    """The bureau's own 361, or the examples it is told about, come out differently."""
    assert apportionment.apportion(shares, people).seats == expected


def test_naive_rounding_misses_the_total_at_thirty_sizes_of_a_hundred() -> None:
    """The reason for apportionment that the page gives is not true."""
    missing = [size for size in range(1, 101) if sum(apportionment.nearest(STATUTORY, size)) != size]
    assert len(missing) == 30
    assert apportionment.nearest(STATUTORY, 5) == (1, 2, 2, 1)


@given(st.integers(0, 400))
def test_the_lowest_two_tie_at_every_size_that_ends_in_five(size: int) -> None:
    """Somebody gets a 가 by the tie rule alone, and nobody is told."""
    result = apportionment.apportion(STATUTORY, size)
    if size % 10 == 5:
        assert result.ties == (2, 3)
        assert result.favoured == (2,)
        lower = apportionment.apportion(STATUTORY, size, tie="lower")
        assert lower.favoured == (3,)
        assert lower.seats[3] == result.seats[3] + 1
    else:
        assert not {2, 3} <= set(result.ties)


def test_a_seat_is_lost_as_the_unit_grows() -> None:
    """Somebody's tier vanishes because one more person came, and the page does not say so."""
    first = apportionment.lost_seats(CAN_LOSE, 12)
    assert first == (apportionment.LostSeat(seats=12, share=1, before=1, after=0),)
    assert apportionment.lost_seats(CAN_LOSE, 12, start=12) == first
    assert apportionment.lost_seats(CAN_LOSE, 14, start=13) == ()
    assert apportionment.lost_seats(CAN_LOSE, 11) == ()


@pytest.mark.parametrize("tie", ["upper", "lower"])
def test_the_statutory_shares_never_lose_a_seat(tie: apportionment.TieRule) -> None:
    """The page warns where there is nothing to warn of, or a tie rule brings the loss in."""
    assert apportionment.lost_seats(STATUTORY, 1000, tie=tie) == ()


def test_lost_seats_begin_where_the_minimum_can_be_given() -> None:
    """A minimum of one each makes the check fail at sizes that cannot give it."""
    lost = apportionment.lost_seats(CAN_LOSE, 40, minimum=1)
    assert all(loss.seats > len(CAN_LOSE) and loss.before > loss.after >= 1 for loss in lost)
    assert apportionment.lost_seats(CAN_LOSE, 4, minimum=1) == ()


# Single cases ------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["largest_remainder", "webster"])
def test_the_smallest_cases_work(method: apportionment.Method) -> None:
    """An empty unit, a share of nothing or a single share stops the page."""
    assert apportionment.apportion([1, 2], 0, method) == ((0, 0), (0, 0), (), ())
    assert apportionment.apportion([0, 5, 0], 7, method).seats == (0, 7, 0)
    assert apportionment.apportion([0.25], 7, method) == ((7,), (7,), (), ())
    assert apportionment.apportion([0, 9], 5, method, minimum=1).seats == (1, 4)
    assert apportionment.apportion([9, 1, 0], 3, method, minimum=1) == (
        (1, 1, 1),
        (Fraction(27, 10), Fraction(3, 10), 0),
        (),
        (),
    )


@pytest.mark.parametrize("method", ["largest_remainder", "webster"])
@pytest.mark.parametrize("tenth", [0.1, Decimal("0.1"), Fraction(1, 10)])
def test_a_tenth_is_a_tenth(tenth: float | Decimal | Fraction, method: apportionment.Method) -> None:
    """Binary dust in a float decides a tie, or makes the quotas miss the seats."""
    result = apportionment.apportion([tenth, tenth, tenth], 10, method)
    assert result.seats == (4, 3, 3)
    assert result.quotas == (Fraction(10, 3),) * 3
    assert result.ties == (0, 1, 2)
    assert result.favoured == (0,)


def test_webster_may_leave_the_quota() -> None:
    """The warning that stands beside the method is not true of it."""
    shares = (90, *[1] * 10)
    result = apportionment.apportion(shares, 10, "webster")
    assert (result.seats[0], result.quotas[0]) == (10, 9)
    assert apportionment.apportion(shares, 10).seats[0] == 9


def test_a_result_cannot_be_changed() -> None:
    """A cached result is altered by the page that shows it."""
    result = apportionment.apportion(STATUTORY, 10)
    with pytest.raises(AttributeError):
        result.seats = (10, 0, 0, 0)  # type: ignore[misc]
    assert isinstance(result.seats, tuple)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (([], 3), "shares must not be empty"),
        (([0, 0.0], 3), "shares must have a positive total"),
        (([1, -1], 3), r"shares\[1\] must not be negative"),
        (([1, float("nan")], 3), r"shares\[1\] must be a finite number"),
        (([float("inf"), 1], 3), r"shares\[0\] must be a finite number"),
        ((["1", 2], 3), r"shares\[0\] must be a number"),
        (([1, True], 3), r"shares\[1\] must be a number"),
        (([1, 2], -1), "seats must be at least 0"),
        (([1, 2], 3.0), "seats must be a whole number"),
        (([1, 2], "3"), "seats must be a whole number"),
        (([1, 2], True), "seats must be a whole number"),
        (([1, 2], 3, "hamilton"), "method must be one of largest_remainder, webster"),
        (([1, 2], 3, "webster", "both"), "tie must be one of upper, lower"),
    ],
)
def test_bad_input_is_refused_by_name(arguments: tuple[object, ...], named: str) -> None:
    """A damaged cell gives a distribution, or an error that does not say where to look."""
    with pytest.raises(ValueError, match=named):
        apportionment.apportion(*arguments)  # type: ignore[arg-type]


def test_a_minimum_that_cannot_be_given_is_refused() -> None:
    """More people are handed out than there are."""
    with pytest.raises(ValueError, match="minimum is 2 for 3 shares, more than the 5 seats"):
        apportionment.apportion([1, 1, 1], 5, minimum=2)
    with pytest.raises(ValueError, match="minimum must be at least 0"):
        apportionment.apportion([1, 1, 1], 5, minimum=-1)
    with pytest.raises(ValueError, match="start must be at least 1"):
        apportionment.lost_seats([1, 1], 5, start=0)
    with pytest.raises(ValueError, match="minimum must be a whole number"):
        apportionment.lost_seats([1, 1], 5, minimum=0.5)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="seats must be a whole number"):
        apportionment.nearest([1, 1], 2.5)  # type: ignore[arg-type]


def test_ten_thousand_units_in_uneven_decimals_add_up() -> None:
    """Large tables lose a person to rounding."""
    shares = [Decimal(unit % 97) / 8 + Decimal("0.37") for unit in range(10_000)]
    for method in ("largest_remainder", "webster"):
        result = apportionment.apportion(shares, 123_457, method)
        assert sum(result.seats) == 123_457
        assert math.isclose(sum(map(float, result.quotas)), 123_457)
