"""Which line of a budget table is part of which: a line's amounts are the sum of the lines below it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

Amounts = tuple[Decimal | None, ...]
# A table that asks for more than this many tries is one that does not close, or was made to keep a reader busy.
TRIES = 20_000


class Tree(NamedTuple):
    """The parent of each line (None for the first, the total), and those that no sum proves."""

    parents: list[int | None]
    guessed: set[int]


def tree(
    amounts: Sequence[Amounts],
    known: Mapping[int, int],
    indents: Sequence[int],
    tolerance: Decimal = Decimal(0),
) -> Tree:
    """The parents of lines in the printed order, each after the one it is part of.

    `known` holds parents that are certain. Where sums decide nothing, the line's indent does, and then its neighbour.
    """
    if not amounts:
        return Tree([], set())
    proven = _Search(amounts, known, tolerance).parents()
    parents: list[int | None] = [None]
    guessed: set[int] = set()
    for line in range(1, len(amounts)):
        if line in known:
            parents.append(known[line])
        elif proven and any(amounts[line]):
            parents.append(proven[line])
        else:
            parents.append(_neighbour(line, parents, indents))
            guessed.add(line)
    return Tree(parents, guessed)


def _neighbour(line: int, parents: Sequence[int | None], indents: Sequence[int]) -> int:
    """The parent of the nearest line before that is indented as much; the line before itself where it is less."""
    before = line - 1
    if indents[line] > indents[before]:
        return before
    while before > 0 and indents[before] > indents[line]:
        before = parents[before] or 0
    return parents[before] or 0


class _Search:
    """Lines of a table split so that every group's amounts are the sum of its members."""

    def __init__(self, amounts: Sequence[Amounts], known: Mapping[int, int], tolerance: Decimal) -> None:
        self.amounts = [tuple(value or Decimal(0) for value in line) for line in amounts]
        self.known = known
        self.groups = set(known.values())
        self.tolerance = tolerance
        self.tries = TRIES
        self.members: dict[tuple[int, int], list[tuple[int, int]]] = {}

    def parents(self) -> list[int] | None:
        """The parent of each line; None where the total is not the sum of its parts or the tries are used up."""
        count = len(self.amounts)
        ends: list[list[int]] = [[] for _ in range(count + 1)]
        for line in reversed(range(count)):
            ends[line] = self._ends(line, ends)
        if (0, count) not in self.members or self.tries <= 0:
            return None
        found = [0] * count
        waiting = [(0, count)]
        while waiting:
            group = waiting.pop()
            for member in self.members.get(group, []):
                found[member[0]] = group[0]
                waiting.append(member)
        return found

    def _ends(self, line: int, ends: list[list[int]]) -> list[int]:
        """Where the line with its parts can end: as a group first, then alone."""
        whole = self.amounts[line]
        closed: dict[int, list[tuple[int, int]]] = {}
        if any(whole):
            self._extend(line, line + 1, tuple(Decimal(0) for _ in whole), [], ends, closed)
        for end, members in closed.items():
            self.members[line, end] = members
        alone = [line + 1] if line not in self.groups else []
        return sorted(closed, reverse=True) + [end for end in alone if end not in closed]

    def _extend(
        self,
        line: int,
        start: int,
        summed: tuple[Decimal, ...],
        members: list[tuple[int, int]],
        ends: list[list[int]],
        closed: dict[int, list[tuple[int, int]]],
    ) -> None:
        self.tries -= 1
        slack = self.tolerance * (len(members) + 1)
        if self.tries <= 0 or any(
            part > total + slack for part, total in zip(summed, self.amounts[line], strict=True)
        ):
            return
        if members and all(
            abs(part - total) <= slack for part, total in zip(summed, self.amounts[line], strict=True)
        ):
            closed.setdefault(start, list(members))
        if start >= len(self.amounts) or self.known.get(start, line) != line:
            return
        for end in ends[start]:
            more = tuple(a + b for a, b in zip(summed, self.amounts[start], strict=True))
            self._extend(line, end, more, [*members, (start, end)], ends, closed)
