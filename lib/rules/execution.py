"""What the present pace of a budget leads to by the end of the year.

A straight line over the year is a neutral yardstick, not a plan: subsidies and transfers arrive in
lumps. Amounts are in any one unit of money.
"""

from typing import NamedTuple


class Projection(NamedTuple):
    """Amount realised by the end of the year, what is left of the budget, and whether the budget was the limit."""

    amount: float
    remainder: float
    capped: bool


def projection(budget: float, realised: float, elapsed_rate: float, pace: float = 1.0) -> Projection:
    """Go on until the end of the year at `pace` times the present daily pace, never beyond the budget.

    `elapsed_rate` is the share of the year gone, of one. Raises ValueError where it is not above 0 and
    at most 1, or where the pace is negative.
    """
    if not 0 < elapsed_rate <= 1:
        raise ValueError(f"elapsed_rate must be above 0 and at most 1, not {elapsed_rate}")
    if pace < 0:
        raise ValueError(f"pace must not be negative, not {pace}")
    straight = realised + realised / elapsed_rate * (1 - elapsed_rate) * pace
    amount = min(straight, max(budget, realised))
    return Projection(amount, budget - amount, straight > amount)


def gap(budget: float, realised: float, elapsed_rate: float) -> float:
    """What is missing to the calendar line; negative where the line is ahead of it."""
    return budget * elapsed_rate - realised
