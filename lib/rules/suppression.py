"""Which cells of a table of counts stay hidden, so that small ones cannot be worked out from the rest.

The dashboard's own rule (no statute is cited for it): a count of 1 to 4 people is hidden (primary), and so is
whatever else would give it away through the totals (complementary). Totals are cells like any other.

A reader is taken to know every shown cell, that row, column and grand totals add up, that counts are whole
and at most their capacity, and how zeros are handled. Against that reader no hidden cell is certain: for each
there are at least two tables that agree with all that is shown. A reader who replays this module's choices,
or who knows one of the people, may know more; so may one who sees a second table that shares cells with this
one (see `pair`) or the same table under another filter.

Zeros: a zero is shown, because nobody stands behind it, and a reader may therefore take a hidden cell to be
at least 1. Where the group itself is known to be under the threshold (its capacity), a zero would tell what
each of a few people did not do: it is hidden like any other count there. A row that can hold exactly as many
people as it has other cells always hides its zeros too, since at full strength each cell would have to be 1;
any other zero or zero total only where it would give a cell away. A cell of capacity 0 is always shown.

Method: sums are nodes, cells are edges, and every cell stands in exactly two sums, so tables that agree on the
shown cells differ by circulations on the hidden ones. A cell is certain exactly when no cycle of hidden cells
passes through it along which each can still move by one (Gusfield, SIAM J. Comput. 17(3), 1988). Cells are
added along the cheapest such cycle: totals last, then few cells, then few people.
"""

import heapq
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

THRESHOLD = 5

Counts = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Arcs = list[list[tuple[int, int]]]
Trail = dict[int, tuple[int, int]]
Given = tuple[npt.ArrayLike, npt.ArrayLike | None, npt.ArrayLike | None]


class Suppression(NamedTuple):
    """What to hide of a table of r rows and c columns; both masks are (r + 1, c + 1), totals last."""

    hidden: Mask
    primary: Mask


class Edge(NamedTuple):
    """A cell between the two sums it stands in. Raising it by one moves one unit from tail to head."""

    tail: int
    head: int
    value: int
    low: int
    high: int | None
    hideable: bool
    sensitive: bool
    cost: int


class Table(NamedTuple):
    """What is given, read: counts, capacity (-1: unknown) and what must be hidden anyway."""

    counts: Counts
    capacity: Counts
    hidden: Mask


class Side(NamedTuple):
    """A table with its totals, (r + 1, c + 1): counts, capacity (-1: unknown), and what follows from them."""

    counts: Counts
    capacity: Counts
    sensitive: Mask
    may_be_zero: Mask
    hideable: Mask


def table(
    counts: npt.ArrayLike,
    capacity: npt.ArrayLike | None = None,
    hidden: npt.ArrayLike | None = None,
    threshold: int = THRESHOLD,
) -> Suppression:
    """What to hide of counts (r rows, c columns, without totals) when its totals are shown too.

    capacity: what each cell can be at most, as far as readers know it (정원); None: unknown.
    hidden: cells that must be hidden for another reason, such as cases of a group whose users are hidden.
    Raises ValueError for counts that are not whole, negative or above capacity, and for shapes that differ.
    """
    return _solved([(counts, capacity, hidden)], threshold)[0]


def pair(
    left: npt.ArrayLike,
    right: npt.ArrayLike,
    left_capacity: npt.ArrayLike | None = None,
    right_capacity: npt.ArrayLike | None = None,
    left_hidden: npt.ArrayLike | None = None,
    right_hidden: npt.ArrayLike | None = None,
    threshold: int = THRESHOLD,
) -> tuple[Suppression, Suppression]:
    """What to hide of two tables that share their row totals, such as 부서 × 직급대 and 부서 × 출근시각.

    Hidden or shown, a row total is so in both, and nothing hidden follows from the two tables together.
    What a row can hold by the capacities of one table bounds its cells in the other, and a row that must
    hide its zeros does so in both.
    Raises ValueError as `table` does, and where the row totals differ.
    """
    sides = _solved([(left, left_capacity, left_hidden), (right, right_capacity, right_hidden)], threshold)
    return sides[0], sides[1]


def _solved(given: list[Given], threshold: int) -> list[Suppression]:
    """Protect every sensitive cell; where that fails, hide the zeros of the row as well and start again."""
    if threshold < 1:
        raise ValueError(f"threshold must be at least 1, not {threshold}")
    read = _joined([_read(*table) for table in given])
    rows = len(read[0].counts)
    veiled = _crowded(read, threshold)
    while True:
        sides = [_side(*table, veiled, threshold) for table in read]
        edges, places = _network(sides)
        hidden, failed = _protected(edges)
        if not failed:
            return [_masks(*found, hidden) for found in zip(sides, places, strict=True)]
        if veiled.all():
            raise ValueError("counts: a cell cannot be hidden, its capacities alone give it away")
        spots = {row for numbers in places for edge in failed for row in np.nonzero(numbers == edge)[0]}
        spots -= {rows, *np.nonzero(veiled)[0]}
        veiled[list(spots) or slice(None)] = True


def _read(counts: npt.ArrayLike, capacity: npt.ArrayLike | None, hidden: npt.ArrayLike | None) -> Table:
    numbers = np.asarray(counts)
    if numbers.ndim != 2 or numbers.size and numbers.dtype.kind not in "iu":
        raise ValueError("counts must be whole numbers in rows and columns")
    most = np.full(numbers.shape, -1) if capacity is None else np.asarray(capacity)
    mask = np.zeros(numbers.shape, dtype=bool) if hidden is None else np.asarray(hidden)
    if most.shape != numbers.shape or mask.shape != numbers.shape:
        raise ValueError(f"capacity and hidden must have the shape of counts, {numbers.shape}")
    if most.size and most.dtype.kind not in "iu" or mask.size and mask.dtype != bool:
        raise ValueError("capacity must be whole numbers, hidden true or false")
    known = capacity is not None
    wrong = (numbers < 0) | (known & ((most < 0) | (numbers > most))) | (mask & (most == 0))
    if wrong.any():
        row, column = (int(place) for place in np.argwhere(wrong)[0])
        raise ValueError(
            f"counts[{row}, {column}] is {numbers[row, column]}: must lie between 0 and its capacity, "
            "and a cell of capacity 0 cannot be hidden"
        )
    return Table(numbers.astype(np.int64), most.astype(np.int64), mask.astype(bool))


def _joined(read: list[Table]) -> list[Table]:
    """The tables once their shared totals agree and each cell is bounded by what its row can hold in any."""
    first, last = read[0].counts, read[-1].counts
    if len(first) != len(last) or (first.sum(axis=1) != last.sum(axis=1)).any():
        raise ValueError("left and right must have the same row totals")
    room = _room(read)
    if room is None:
        return read
    most = room[:, None]
    return [
        table._replace(capacity=np.where(table.capacity < 0, most, np.minimum(table.capacity, most)))
        for table in read
    ]


def _room(read: list[Table]) -> Counts | None:
    """How many people each row can hold, as far as any table's capacities say."""
    known = [table.capacity.sum(axis=1) for table in read if (table.capacity >= 0).all()]
    return np.minimum.reduce(known) if known else None


def _crowded(read: list[Table], threshold: int) -> Mask:
    """Rows that can hold just one person in each cell whose zero would be shown: full, they would be certain."""
    crowded = np.zeros(len(read[0].counts), dtype=bool)
    room = _room(read)
    for table in read if room is not None else []:
        crowded |= (table.capacity >= threshold).sum(axis=1) == room
    return crowded


def _side(counts: Counts, capacity: Counts, hidden: Mask, veiled: Mask, threshold: int) -> Side:
    known = bool((capacity >= 0).all())
    whole = _with_totals(counts)
    most = _with_totals(capacity) if known else np.full(whole.shape, -1)
    small_group = (most >= 1) & (most < threshold)
    veil = np.pad(np.broadcast_to(veiled[:, None], counts.shape), (0, 1)) & (most != 0)
    may_be_zero = small_group | veil
    may_be_zero[-1, :] |= may_be_zero[:-1, :].any(axis=0)
    may_be_zero[:, -1] |= may_be_zero[:, :-1].any(axis=1)
    sensitive = ((whole >= 1) & (whole < threshold)) | small_group | veil | np.pad(hidden, (0, 1))
    hideable = sensitive | (whole > 0)
    hideable[-1, :] = hideable[:, -1] = True
    return Side(whole, most, sensitive, may_be_zero | (whole == 0), hideable)


def _with_totals(counts: Counts) -> Counts:
    across = np.hstack([counts, counts.sum(axis=1, keepdims=True)])
    return np.vstack([across, across.sum(axis=0, keepdims=True)])


def _network(sides: list[Side]) -> tuple[list[Edge], list[Counts]]:
    """The edges, and for each table the number of each cell's edge. Shared totals are one edge.

    Units go round: row totals -> rows -> columns -> column totals -> grand total -> back, where they
    meet either one node for all row totals or, in reverse, the columns and rows of the second table.
    """
    rows, columns = (size - 1 for size in sides[0].counts.shape)
    others = sides[1].counts.shape[1] - 1 if len(sides) > 1 else 0
    grand, back = rows + columns, rows + columns + 1
    behind = [back + (1 + others + row) * (len(sides) > 1) for row in range(rows)]
    scale = (int(sides[0].counts[-1, -1]) + 1) * (2 * rows + columns + others + 4)
    edges: list[Edge] = []
    places = [np.zeros(side.counts.shape, dtype=np.int64) for side in sides]

    def add(which: int, row: int, column: int, tail: int, head: int) -> None:
        places[which][row, column] = len(edges)
        edges.append(_edge(sides[which], row, column, tail, head, scale))

    for row in range(rows):
        add(0, row, columns, behind[row], row)
        for column in range(columns):
            add(0, row, column, row, rows + column)
    for column in range(columns):
        add(0, rows, column, rows + column, grand)
    add(0, rows, columns, grand, back)
    for column in range(others):
        add(1, rows, column, back, back + 1 + column)
        for row in range(rows):
            add(1, row, column, back + 1 + column, behind[row])
    places[-1][:, -1] = places[0][:, -1]
    return edges, places


def _edge(side: Side, row: int, column: int, tail: int, head: int, scale: int) -> Edge:
    total = row == side.counts.shape[0] - 1 or column == side.counts.shape[1] - 1
    value, most = int(side.counts[row, column]), int(side.capacity[row, column])
    return Edge(
        tail,
        head,
        value,
        low=0 if side.may_be_zero[row, column] else 1,
        high=None if most < 0 else most,
        hideable=bool(side.hideable[row, column]),
        sensitive=bool(side.sensitive[row, column]),
        cost=scale * scale * total + scale + value,
    )


def _protected(edges: list[Edge]) -> tuple[set[int], list[int]]:
    """The hidden edges once every sensitive one lies on a cycle, and the sensitive ones that cannot."""
    nodes = 1 + max((max(edge.tail, edge.head) for edge in edges), default=0)
    every: Arcs = [[] for _ in range(nodes)]
    free: Arcs = [[] for _ in range(nodes)]
    costs = [0 if edge.sensitive else edge.cost for edge in edges]
    for number, edge in enumerate(edges):
        if edge.hideable:
            _connect(every, number, edge)
        if edge.sensitive:
            _connect(free, number, edge)
    sensitive = [number for number, edge in enumerate(edges) if edge.sensitive]
    hidden, safe, failed = set(sensitive), set[int](), []
    for number in sensitive:
        if number in safe:
            continue
        edge = edges[number]
        cycle = _free_cycle(edge, number, free) or _cheapest_cycle(edge, number, every, costs)
        if not cycle:
            failed.append(number)
        for other in cycle - hidden:
            costs[other] = 0
            _connect(free, other, edges[other])
        safe |= cycle
        hidden |= cycle
    return hidden, failed


def _connect(arcs: Arcs, number: int, edge: Edge) -> None:
    """Add the ways in which the edge can still move by one."""
    if _can_rise(edge):
        arcs[edge.tail].append((edge.head, number))
    if _can_fall(edge):
        arcs[edge.head].append((edge.tail, number))


def _can_rise(edge: Edge) -> bool:
    return edge.high is None or edge.value < edge.high


def _can_fall(edge: Edge) -> bool:
    return edge.value > edge.low


def _free_cycle(edge: Edge, number: int, free: Arcs) -> set[int]:
    """Any cycle of hidden edges along which the edge can rise or fall by one; empty where there is none."""
    for start, goal in _ways_back(edge):
        came: Trail = {start: (start, number)}
        stack = [start]
        while stack:
            node = stack.pop()
            for other, taken in free[node]:
                if taken != number and other not in came:
                    came[other] = (node, taken)
                    stack.append(other)
            if goal in came:
                return {number, *_path(came, start, goal)}
    return set()


def _cheapest_cycle(edge: Edge, number: int, every: Arcs, costs: list[int]) -> set[int]:
    """The cheapest cycle of edges along which the edge can rise or fall by one; empty where there is none."""
    paths = [_cheapest(every, costs, start, goal, number) for start, goal in _ways_back(edge)]
    found = [path for path in paths if path is not None]
    return {number, *min(found)[1]} if found else set()


def _ways_back(edge: Edge) -> list[tuple[int, int]]:
    """From where to where a cycle must lead once the edge has risen, and once it has fallen."""
    return [(edge.head, edge.tail)] * _can_rise(edge) + [(edge.tail, edge.head)] * _can_fall(edge)


def _cheapest(
    arcs: Arcs, costs: list[int], start: int, goal: int, without: int
) -> tuple[int, list[int]] | None:
    """The cost and the edges of the cheapest path (Dijkstra); None where the goal is out of reach."""
    best = {start: 0}
    came: Trail = {}
    heap = [(0, start)]
    while heap:
        cost, node = heapq.heappop(heap)
        if node == goal:
            return cost, _path(came, start, goal)
        if cost > best[node]:
            continue
        for other, number in arcs[node]:
            total = cost + costs[number]
            if number != without and total < best.get(other, total + 1):
                best[other] = total
                came[other] = (node, number)
                heapq.heappush(heap, (total, other))
    return None


def _path(came: Trail, start: int, goal: int) -> list[int]:
    path = []
    while goal != start:
        goal, number = came[goal]
        path.append(number)
    return path


def _masks(side: Side, numbers: Counts, hidden: set[int]) -> Suppression:
    return Suppression(np.isin(numbers, list(hidden)), side.sensitive)
