"""평정단위: the units within which people are graded, alone, pooled, or tied to the whole.

The shares hold per 직급 within a roster unit (지방공무원 임용령 제31조의2 제5항), and no text says what
a unit of two or three does. The size of the unit is the strongest lever of all: sixty units of six
give 60 people a 가 where the same 360 as one unit give 36.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from lib.rules import controlled_rounding, grading, number


class Unit(NamedTuple):
    """People of one 직급 who are graded together."""

    name: str
    people: int
    rank: str = ""
    confirmed: int = 0
    """Confirmed cases of 가; counted in mode `confirmed` only."""


class Pool(NamedTuple):
    """What is graded as one: a unit as given, or small ones together."""

    unit: Unit
    members: tuple[int, ...]
    """Positions of the units it is made of."""
    small: bool
    """Still below the threshold."""


class Outcome(NamedTuple):
    """All units under one rule."""

    pools: tuple[Pool, ...]
    rows: tuple[grading.Distribution, ...]
    """One per pool; empty where no solution exists."""
    bureau: grading.Distribution
    """Everyone as one single unit: what the sums of the units are held against."""
    ignored: int
    """Confirmed cases of 가 that the mode leaves out of account."""
    feasible: bool = True
    reason: str = ""
    """Why there is no solution, in Korean; empty where there is one."""

    @property
    def total(self) -> grading.Distribution:
        """Sum of the rows, beside the quotas of everyone as one unit; nobody if there is no solution."""
        counts = tuple(sum(row.counts[grade] for row in self.rows) for grade in range(len(grading.GRADES)))
        return grading.Distribution(counts, self.bureau.quotas)


class Change(NamedTuple):
    """People per grade of what is graded as one, in two outcomes; None where only the other has it."""

    name: str
    rank: str
    before: tuple[int, ...] | None
    after: tuple[int, ...] | None

    @property
    def change(self) -> tuple[int, ...]:
        """People more (+) or fewer (−) per grade; a unit that is not there counts as nobody."""
        nobody = (0,) * len(grading.GRADES)
        pairs = zip(self.before or nobody, self.after or nobody, strict=True)
        return tuple(after - before for before, after in pairs)


def pooled(units: Sequence[Unit], threshold: int) -> tuple[Pool, ...]:
    """Units of fewer than `threshold` people graded together with the others of their 직급.

    A pool stands where its first member stood; a threshold of 0 pools nothing. Who of a pool gets
    which grade is decided by the order within it; no member has a distribution of its own.

    ValueError names the argument; two units of one name and rank are an error.
    """
    threshold = number.whole(threshold, "threshold")
    _check(units)
    members: dict[tuple[str, int | None], list[int]] = {}
    for position, unit in enumerate(units):
        # One key for all the small units of a rank, one for every other unit.
        key = (unit.rank, None if unit.people < threshold else position)
        members.setdefault(key, []).append(position)
    pools = []
    for positions in members.values():
        unit = _union([units[position] for position in positions])
        pools.append(Pool(unit, tuple(positions), unit.people < threshold))
    return tuple(pools)


def merged(units: Sequence[Unit], positions: Sequence[int], name: str = "") -> tuple[Unit, ...]:
    """The units with those at `positions` made one, in the place of the first of them.

    They must share their 직급. Without a name, theirs are joined with " + ".
    """
    chosen = sorted(set(positions))
    if len(chosen) < 2 or chosen[0] < 0 or chosen[-1] >= len(units):
        raise ValueError(f"positions must be two or more of the {len(units)} units, not {list(positions)}")
    parts = [units[position] for position in chosen]
    if len({part.rank for part in parts}) > 1:
        raise ValueError("positions must be units of one rank")
    union = _union(parts)
    union = union._replace(name=name or union.name)
    return tuple(
        union if position == chosen[0] else unit
        for position, unit in enumerate(units)
        if position not in chosen[1:]
    )


def split(unit: Unit, people: Sequence[int], confirmed: Sequence[int] = ()) -> tuple[Unit, ...]:
    """The unit in parts of `people`, named "… 1", "… 2".

    ValueError unless the parts have people and sum to the unit's; so for `confirmed`, which may be
    left out where the unit has no confirmed case.
    """
    if sum(people) != unit.people or any(part < 1 for part in people):
        raise ValueError(f"people must be parts of at least 1 that sum to {unit.people}, not {list(people)}")
    cases = list(confirmed) or [0] * len(people)
    if len(cases) != len(people) or sum(cases) != unit.confirmed:
        raise ValueError(f"confirmed must be one number per part and sum to {unit.confirmed}")
    parts = tuple(
        Unit(f"{unit.name} {part}", size, unit.rank, case)
        for part, (size, case) in enumerate(zip(people, cases, strict=True), start=1)
    )
    _check(parts)
    return parts


def outcome(
    units: Sequence[Unit], rule: grading.Rule = grading.LAW, *, threshold: int = 0, tied: bool = False
) -> Outcome:
    """All units graded: small ones pooled first, then each on its own or all `tied` to the whole.

    Tied, the grades of the units sum to those of everyone as one unit, and each cell is its exact
    quota rounded up or down; `ties` of a row are then the grades that another table, as near to
    the quotas, rounds the other way. Where no table exists `feasible` is False and `reason` says
    why; nothing is relaxed.

    ValueError names the argument.
    """
    pools = pooled(units, threshold)
    cases = [pool.unit.confirmed if rule.mode == "confirmed" else 0 for pool in pools]
    sizes = [(pool.unit.people, case) for pool, case in zip(pools, cases, strict=True)]
    # Units alike in size and cases are graded once.
    graded = {size: grading.distribution(size[0], rule, size[1]) for size in dict.fromkeys(sizes)}
    rows = tuple(graded[size] for size in sizes)
    bureau = grading.distribution(sum(unit.people for unit in units), rule, sum(cases))
    ignored = sum(unit.confirmed for unit in units) - sum(cases)
    if not tied:
        return Outcome(pools, rows, bureau, ignored)
    table = controlled_rounding.table([row.quotas for row in rows], bureau.counts, rule.tie)
    if not table.feasible:
        return Outcome(pools, (), bureau, ignored, False, _reason(table))
    return Outcome(pools, _tied(rows, table), bureau, ignored)


def changes(before: Outcome, after: Outcome) -> tuple[Change, ...]:
    """Every row of the two outcomes, matched by name and rank: those of `before`, then new ones."""
    old, new = _rows(before), _rows(after)
    return tuple(Change(*key, old.get(key), new.get(key)) for key in old | new)


def _check(units: Sequence[Unit]) -> None:
    seen = set()
    for position, unit in enumerate(units):
        people = number.whole(unit.people, f"units[{position}].people")
        confirmed = number.whole(unit.confirmed, f"units[{position}].confirmed")
        if confirmed > people:
            raise ValueError(f"units[{position}].confirmed is {confirmed}, more than its {people} people")
        if (unit.name, unit.rank) in seen:
            raise ValueError(f"units[{position}] has the name and rank of an earlier unit")
        seen.add((unit.name, unit.rank))


def _union(units: Sequence[Unit]) -> Unit:
    return Unit(
        " + ".join(unit.name for unit in units),
        sum(unit.people for unit in units),
        units[0].rank,
        sum(unit.confirmed for unit in units),
    )


def _rows(result: Outcome) -> dict[tuple[str, str], tuple[int, ...]]:
    return {
        (pool.unit.name, pool.unit.rank): row.counts
        for pool, row in zip(result.pools, result.rows, strict=False)
    }


def _tied(
    rows: Sequence[grading.Distribution], table: controlled_rounding.Table
) -> tuple[grading.Distribution, ...]:
    ties = defaultdict(list)
    for row, grade in table.ties:
        ties[row].append(grade)
    return tuple(
        grading.Distribution(
            counts,
            row.quotas,
            tuple(ties[position]),
            tuple(grade for grade in ties[position] if counts[grade] > row.quotas[grade]),
        )
        for position, (row, counts) in enumerate(zip(rows, table.rows, strict=True))
    )


def _reason(table: controlled_rounding.Table) -> str:
    """That there is no table, in Korean, and which grades alone rule it out."""
    grades = (
        f"'{grading.GRADES[column]}' 합계 {total:,}명이 필요하나 "
        f"{'~'.join(f'{end:,}' for end in sorted({lowest, highest}))}명만 가능"
        for column, total, lowest, highest in table.blocked
    )
    return ". ".join(["단위별 인원의 올림·버림만으로는 등급별 합계를 모두 맞출 수 없음", *grades])
