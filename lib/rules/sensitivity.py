"""What a distribution hangs on: the size of the unit, one person more or less, one point of share."""

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise, permutations
from typing import NamedTuple

from lib.rules import grading, number


class UnitSize(NamedTuple):
    """The same people graded in `unit_count` units of `smallest` or `largest` people."""

    unit_size: int
    unit_count: int
    smallest: int
    largest: int
    total: grading.Distribution
    """Sum of the units, beside the quotas of everyone as one unit."""


class PersonStep(NamedTuple):
    """The unit with one person more or less."""

    people: int
    distribution: grading.Distribution
    change: tuple[int, ...]
    """Against the unit as it is, per grade."""


class PointStep(NamedTuple):
    """One percentage point moved from one grade's share to another's (positions in GRADES)."""

    taken_from: int
    given_to: int
    shares: tuple[Fraction, ...]
    distribution: grading.Distribution
    change: tuple[int, ...]
    """Against the shares as they are, per grade."""


def by_unit_size(
    people: int,
    rule: grading.Rule = grading.LAW,
    confirmed: int = 0,
    sizes: Iterable[int] | None = None,
) -> tuple[UnitSize, ...]:
    """`people` graded as units of each size; of 3 … all, unless `sizes` says otherwise.

    There are people // size units, whose sizes differ by at most one (361 in fours: 89 units of 4
    and one of 5), and the confirmed cases of 가 are spread over them as evenly, larger units first.
    ValueError names a size that is below 1 or above the people.
    """
    people = number.whole(people, "people")
    whole = grading.distribution(people, rule, confirmed)
    if sizes is None:
        sizes = range(min(3, people), people + 1) if people else ()
    totals: dict[int, grading.Distribution] = {}
    results = []
    for size in sizes:
        if number.whole(size, "sizes", least=1) > people:
            raise ValueError(f"sizes has {size}, more than the {people} people")
        unit_count = people // size
        if unit_count not in totals:
            totals[unit_count] = _in_units(unit_count, whole, rule, confirmed)
        smallest, larger_count = divmod(people, unit_count)
        results.append(
            UnitSize(size, unit_count, smallest, smallest + (larger_count > 0), totals[unit_count])
        )
    return tuple(results)


def one_person(people: int, rule: grading.Rule = grading.LAW, confirmed: int = 0) -> tuple[PersonStep, ...]:
    """The unit with one person fewer and with one more.

    One fewer is left out where nobody is there to go, or only confirmed cases of 가.
    """
    base = grading.distribution(people, rule, confirmed)
    steps = []
    for size in (people - 1, people + 1):
        if size >= confirmed:
            stepped = grading.distribution(size, rule, confirmed)
            steps.append(PersonStep(size, stepped, grading.change(base, stepped)))
    return tuple(steps)


def one_point(people: int, rule: grading.Rule = grading.LAW, confirmed: int = 0) -> tuple[PointStep, ...]:
    """One point moved between every two grades, in both directions, where there is one to take."""
    base = grading.distribution(people, rule, confirmed)
    shares = [number.exact(share, "shares") for share in rule.shares]
    steps = []
    for taken_from, given_to in permutations(range(len(shares)), 2):
        if shares[taken_from] < 1:
            continue
        moved = shares.copy()
        moved[taken_from] -= 1
        moved[given_to] += 1
        stepped = grading.distribution(people, rule._replace(shares=tuple(moved)), confirmed)
        steps.append(PointStep(taken_from, given_to, tuple(moved), stepped, grading.change(base, stepped)))
    return tuple(steps)


def _in_units(
    unit_count: int, whole: grading.Distribution, rule: grading.Rule, confirmed: int
) -> grading.Distribution:
    smallest, larger_count = divmod(whole.people, unit_count)
    cases, more_count = divmod(confirmed, unit_count)
    counts = [0] * len(grading.GRADES)
    # Units alike in size and cases are graded once.
    for start, end in pairwise(sorted({0, larger_count, more_count, unit_count})):
        unit = grading.distribution(smallest + (start < larger_count), rule, cases + (start < more_count))
        counts = [count + (end - start) * added for count, added in zip(counts, unit.counts, strict=True)]
    return grading.Distribution(tuple(counts), whole.quotas)
