"""Whole people out of shares: apportionment, as it is done for seats in a council.

A share's quota is what it would get if people could be divided. Both methods hand out the seats
one by one to the share with the strongest claim to its next seat:

* `largest_remainder` (Hamilton): the claim is the quota less the seats already held. Without a
  minimum, every share gets its quota rounded up or down; as the unit grows, a share can lose a
  seat (see `lost_seats`).
* `webster` (Sainte-Laguë): the claim is share / (2 × seats held + 1). No share ever loses a seat
  as the unit grows; in return a share may, rarely, lie a whole seat or more from its quota.

No Korean law says how a headcount is rounded: method and tie rule are assumptions.
"""

import heapq
import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from lib.rules import number

Method = Literal["largest_remainder", "webster"]
TieRule = Literal["upper", "lower"]
Claim = Callable[[int, int], int | Fraction]


class Apportionment(NamedTuple):
    """Seats of every share, in the order given."""

    seats: tuple[int, ...]
    """Whole numbers that sum to the seats there were."""
    quotas: tuple[Fraction, ...]
    """Exact entitlements, seats × share / total; a minimum does not change them."""
    ties: tuple[int, ...]
    """Positions of the shares whose claims to the last seats were equal; empty where nothing tied."""
    favoured: tuple[int, ...]
    """Those of `ties` to which the tie rule gave one of these last seats."""


class LostSeat(NamedTuple):
    """A share that has fewer seats in a unit of `seats` than in a unit of one fewer."""

    seats: int
    share: int
    before: int
    after: int


def apportion(
    shares: Sequence[number.Number],
    seats: int,
    method: Method = "largest_remainder",
    tie: TieRule = "upper",
    *,
    minimum: int = 0,
) -> Apportionment:
    """`seats` divided among `shares` in whole numbers that always sum to `seats`.

    Shares are ratios of any positive total. Equal claims to the last seats go to the shares that
    come first (`upper`) or last (`lower`) in the order given. `minimum` gives every share at least
    so many seats, a share of nothing too; the rest goes by the same claims, which for
    `largest_remainder` makes the seats the nearest to the quotas (least squares) that keep it.

    ValueError names the argument: shares that are empty, negative, not finite or all nothing,
    seats that are negative or not whole, a minimum that the seats cannot give.
    """
    number.choice(method, Method, "method")
    number.choice(tie, TieRule, "tie")
    seats = number.whole(seats, "seats")
    minimum = number.whole(minimum, "minimum")
    weights = _weights(shares)
    if minimum * len(weights) > seats:
        raise ValueError(f"minimum is {minimum} for {len(weights)} shares, more than the {seats} seats")
    total = sum(weights)
    if method == "webster":
        first = [(2 * weight * seats + total) // (2 * total) for weight in weights]
        claim = _webster_claim(weights)
    else:
        first = [weight * seats // total for weight in weights]
        claim = _remainder_claim(weights, seats, total)
    held = [max(start, minimum) for start in first]
    _settle(held, seats, minimum, claim)
    ties, favoured = _ties(held, minimum, claim, tie)
    return Apportionment(
        tuple(held), tuple(Fraction(weight * seats, total) for weight in weights), ties, favoured
    )


def lost_seats(
    shares: Sequence[number.Number],
    up_to: int,
    method: Method = "largest_remainder",
    tie: TieRule = "upper",
    *,
    start: int = 1,
    minimum: int = 0,
) -> tuple[LostSeat, ...]:
    """Every seat that a share loses while the unit grows by one, to sizes `start` … `up_to`.

    For 1/3/10/20/66 the second share has a seat at 11 and none at 12. Empty for `webster`, and
    empty for 20/40/30/10 with either method. One apportionment per size.
    """
    up_to = number.whole(up_to, "up_to")
    start = number.whole(start, "start", least=1)
    minimum = number.whole(minimum, "minimum")
    sizes = range(max(start - 1, minimum * len(shares)), up_to + 1)
    results = [apportion(shares, size, method, tie, minimum=minimum).seats for size in sizes]
    return tuple(
        LostSeat(size, share, before, after)
        for size, smaller, larger in zip(sizes[1:], results, results[1:], strict=False)
        for share, (before, after) in enumerate(zip(smaller, larger, strict=True))
        if after < before
    )


def nearest(shares: Sequence[number.Number], seats: int) -> tuple[int, ...]:
    """Every quota rounded on its own, halves up: what people try first, and what need not add up.

    For 20/40/30/10 it misses the total at 30 of the sizes 1 … 100.
    """
    seats = number.whole(seats, "seats")
    weights = _weights(shares)
    total = sum(weights)
    return tuple(number.rounded(Fraction(weight * seats, total), "half") for weight in weights)


def _weights(shares: Sequence[number.Number]) -> list[int]:
    """The shares as integers in the same ratios."""
    if len(shares) == 0:
        raise ValueError("shares must not be empty")
    fractions = [number.share(share, f"shares[{position}]") for position, share in enumerate(shares)]
    if not any(fractions):
        raise ValueError("shares must have a positive total, but all are 0")
    scale = math.lcm(*(fraction.denominator for fraction in fractions))
    return [fraction.numerator * (scale // fraction.denominator) for fraction in fractions]


def _remainder_claim(weights: Sequence[int], seats: int, total: int) -> Claim:
    """Quota less seats held, times the total so that it stays an integer."""
    return lambda share, held: weights[share] * seats - held * total


def _webster_claim(weights: Sequence[int]) -> Claim:
    return lambda share, held: Fraction(weights[share], 2 * held + 1)


def _settle(held: list[int], seats: int, minimum: int, claim: Claim) -> None:
    """Add the strongest or take the weakest claims, in place, until `held` sums to `seats`.

    `held` starts as all seats whose claim reaches one common level, and the minimum; so adding
    alone, or taking alone, leads to the seats with the strongest claims.
    """
    surplus = sum(held) - seats
    step = 1 if surplus < 0 else -1
    # When a seat is to be given, the heap holds the next seats; when taken, the last ones.
    offset = 0 if step > 0 else -1
    heap = [
        (-step * claim(share, have + offset), share)
        for share, have in enumerate(held)
        if step > 0 or have > minimum
    ]
    heapq.heapify(heap)
    for _ in range(abs(surplus)):
        _, share = heapq.heappop(heap)
        held[share] += step
        if step > 0 or held[share] > minimum:
            heapq.heappush(heap, (-step * claim(share, held[share] + offset), share))


def _ties(
    held: list[int], minimum: int, claim: Claim, tie: TieRule
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Shares whose last seat and next seat have the same claim; the tie rule hands them out anew."""
    last = {share: claim(share, have - 1) for share, have in enumerate(held) if have > minimum}
    following = [claim(share, have) for share, have in enumerate(held)]
    if not last or min(last.values()) > max(following):
        return (), ()
    level = max(following)
    holding = [share for share, value in last.items() if value == level]
    waiting = [share for share, value in enumerate(following) if value == level]
    tied = sorted(holding + waiting)
    favoured = tied[: len(holding)] if tie == "upper" else tied[-len(holding) :]
    for share in holding:
        held[share] -= 1
    for share in favoured:
        held[share] += 1
    return tuple(tied), tuple(favoured)
