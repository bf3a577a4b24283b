"""No hidden count can be worked out: judged by linear programs that know nothing of the module's method."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from lib.rules import suppression

SMALL = range(1, suppression.THRESHOLD)


Array = np.ndarray[Any, Any]
SharedRows = tuple[Array, Array, Array | None, Array | None]


class Published(NamedTuple):
    """A table as readers see it: all cells with totals, what is hidden, and the capacities they know."""

    cells: Array
    hidden: Array
    capacity: Array | None = None


def with_totals(counts: Any) -> Array:
    across = np.column_stack([counts, np.sum(counts, axis=1)])
    return np.vstack([across, across.sum(axis=0)])


def rows_that_hide_zeros(tables: Sequence[Published]) -> Array:
    """The rows in which zeros of cells that could hold more than a few people are hidden, in any of the tables.

    Readers see it only of rows that must by the rule, those that can hold as many people as such cells; of
    others they might not, so that what is judged is the harder case wherever no such zero is there.
    """
    rows = np.zeros(len(tables[0].cells) - 1, dtype=bool)
    rooms = [table.capacity.sum(axis=1) for table in tables if table.capacity is not None]
    for table in tables:
        large = np.ones((len(rows), table.cells.shape[1] - 1), dtype=bool)
        if table.capacity is not None:
            large = table.capacity >= suppression.THRESHOLD
            rows |= large.sum(axis=1) == np.min(rooms, axis=0)
        rows |= (large & (table.cells[:-1, :-1] == 0) & table.hidden[:-1, :-1]).any(axis=1)
    return rows


def least(published: Published, rows_that_hide: Array) -> Array:
    """What readers take a hidden cell to be at least: 1, since zeros are shown, but 0 where they need not be.

    They need not be where under five people could be counted at all, in a row that hides its zeros, and in
    the totals over such cells.
    """
    inner = published.cells[:-1, :-1]
    zero = np.broadcast_to(rows_that_hide[:, None], inner.shape).copy()
    if published.capacity is not None:
        zero |= np.isin(published.capacity, SMALL)
    low = np.ones(published.cells.shape)
    low[:-1, :-1][zero] = 0
    low[-1, :-1][zero.any(axis=0)] = 0
    low[:-1, -1][zero.any(axis=1)] = 0
    low[-1, -1] = 0 if zero.any() else 1
    return np.minimum(low, published.cells)


def system(tables: Sequence[Published]) -> tuple[Array, list[tuple[float, float]]]:
    """The sums as equations over all cells of all tables, and the bounds that readers know of each cell.

    Row totals and the grand total of a second table equal those of the first. A row hides its zeros in both.
    """
    numbers: list[Array] = []
    size = 0
    for table in tables:
        numbers.append(np.arange(size, size + table.cells.size).reshape(table.cells.shape))
        size += table.cells.size
    equations = []
    for number in numbers:
        for line in [*number, *number.T]:
            equation = np.zeros(size)
            equation[line[:-1]], equation[line[-1]] = 1, -1
            equations.append(equation)
    for number in numbers[1:]:
        for mine, first in zip(number[:, -1], numbers[0][:, -1], strict=True):
            equation = np.zeros(size)
            equation[mine], equation[first] = 1, -1
            equations.append(equation)
    bounds: list[tuple[float, float]] = []
    rows = rows_that_hide_zeros(tables)
    for table in tables:
        most = np.full(table.cells.shape, np.inf)
        if table.capacity is not None:
            most[:-1, :-1] = table.capacity
        low = np.where(table.hidden, least(table, rows), table.cells)
        high = np.where(table.hidden, most, table.cells)
        bounds += list(zip(low.ravel(), high.ravel(), strict=True))
    return np.array(equations), bounds


def certain(*tables: Published) -> set[int]:
    """The hidden cells that have the same value in every table readers could imagine, by linear programs.

    The equations are totally unimodular, so the programs' vertices are whole tables.
    """
    equations, bounds = system(tables)
    truth = np.concatenate([table.cells.ravel() for table in tables])
    hidden = np.concatenate([table.hidden.ravel() for table in tables])
    roof = [(low, min(high, value + 10)) for (low, high), value in zip(bounds, truth, strict=True)]
    moved = ~hidden
    for cell in np.nonzero(hidden)[0]:
        for sign in (1, -1):
            if moved[cell]:
                break
            goal = np.zeros(len(truth))
            goal[cell] = sign
            found = linprog(goal, A_eq=equations, b_eq=np.zeros(len(equations)), bounds=roof)
            assert found.success, found.message
            moved |= np.abs(found.x - truth) > 0.5
    return {int(cell) for cell in np.nonzero(~moved)[0]}


def follows_from_sums(published: Published) -> list[int]:
    """The hidden cells fixed by the sums alone, whatever the bounds: their unit vector is in the row space."""
    equations, _ = system([published])
    unknown = equations[:, published.hidden.ravel()]
    rank = np.linalg.matrix_rank(unknown) if unknown.size else 0
    return [
        cell
        for cell in range(unknown.shape[1])
        if np.linalg.matrix_rank(np.vstack([unknown, np.eye(unknown.shape[1])[cell]])) == rank
    ]


def seen_together(
    left: Array,
    right: Array,
    capacity: Array | None,
    right_capacity: Array | None,
    hidden: Array,
    right_hidden: Array,
) -> list[Published]:
    """Two tables with shared row totals; what a row can hold in one bounds its cells in the other."""
    rooms = [most.sum(axis=1) for most in (capacity, right_capacity) if most is not None]
    if rooms:
        room = np.min(rooms, axis=0)[:, None]
        capacity = np.minimum(room, left + room if capacity is None else capacity)
        right_capacity = np.minimum(room, right + room if right_capacity is None else right_capacity)
    return [
        Published(with_totals(left), hidden, capacity),
        Published(with_totals(right), right_hidden, right_capacity),
    ]


def published(counts: Any, capacity: Any = None, **settings: Any) -> Published:
    counts = np.array(counts)
    found = suppression.table(counts, capacity, **settings)
    return Published(with_totals(counts), found.hidden, None if capacity is None else np.array(capacity))


values = st.one_of(st.integers(0, 6), st.sampled_from([0, 0, 1, 1, 2, 9, 30]))


@st.composite
def tables(draw: st.DrawFn) -> Array:
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    return np.array(draw(st.lists(values, min_size=rows * columns, max_size=rows * columns))).reshape(
        rows, columns
    )


@st.composite
def tables_with_capacity(draw: st.DrawFn) -> tuple[Array, Array]:
    counts = draw(tables())
    spare = st.lists(st.sampled_from([0, 0, 0, 1, 3, 8]), min_size=counts.size, max_size=counts.size)
    return counts, counts + np.array(draw(spare)).reshape(counts.shape)


@st.composite
def tables_with_shared_rows(draw: st.DrawFn) -> SharedRows:
    """Two tables whose rows sum to the same, each with capacities or without."""
    left, capacity = draw(tables_with_capacity())
    cuts = draw(st.integers(0, 3))
    places = st.lists(st.integers(0, 40), min_size=cuts, max_size=cuts)
    rows = [
        (0, *sorted(min(cut, total) for cut in draw(places)), total) for total in left.sum(axis=1).tolist()
    ]
    right = np.diff(np.array(rows), axis=1)
    spare = st.lists(st.sampled_from([0, 0, 1, 3, 8]), min_size=right.size, max_size=right.size)
    right_capacity = right + np.array(draw(spare), dtype=int).reshape(right.shape)
    known = draw(st.sampled_from([(False, False), (True, False), (False, True), (True, True)]))
    return left, right, capacity if known[0] else None, right_capacity if known[1] else None


def test_the_judge_sees_what_hiding_small_cells_alone_gives_away() -> None:
    """A judge that finds nothing would let every other test here pass for no reason."""
    cells = with_totals([[3, 20], [10, 30]])
    assert certain(Published(cells, np.isin(cells, SMALL))) == {0}
    assert follows_from_sums(Published(cells, np.isin(cells, SMALL))) == [0]
    ones = with_totals([[1, 1, 8], [1, 1, 9], [7, 8, 9]])
    square = np.zeros(ones.shape, dtype=bool)
    square[:2, :2] = True
    assert follows_from_sums(Published(ones, square)) == []
    assert certain(Published(ones, square)) == {0, 1, 4, 5}, "two hidden cells that sum to 2 are 1 and 1"


@settings(max_examples=150, deadline=None)
@given(tables())
def test_no_hidden_cell_is_certain(counts: Array) -> None:
    """A count under five that is hidden but follows from rows, columns and totals is published all the same."""
    seen = published(counts)
    assert certain(seen) == set()
    assert follows_from_sums(seen) == []


@settings(max_examples=150, deadline=None)
@given(tables_with_capacity())
def test_known_group_sizes_give_nothing_away(drawn: tuple[Array, Array]) -> None:
    """Readers know the 정원 of a group: a full group, or an empty one of one person, must not be certain."""
    assert certain(published(*drawn)) == set()


@settings(max_examples=150, deadline=None)
@given(tables_with_shared_rows())
def test_two_tables_with_the_same_row_totals_give_nothing_away_together(drawn: SharedRows) -> None:
    """A total hidden in one table and shown in the other, or balanced through both, would undo the hiding."""
    left, right, capacity, right_capacity = drawn
    try:
        first, second = suppression.pair(left, right, capacity, right_capacity)
    except ValueError as refusal:
        assert "capacities alone" in str(refusal)
        everything = [np.ones((len(table) + 1, table.shape[1] + 1), dtype=bool) for table in (left, right)]
        assert certain(*seen_together(*drawn, *everything))
    else:
        assert (first.hidden[:, -1] == second.hidden[:, -1]).all()
        assert certain(*seen_together(*drawn, first.hidden, second.hidden)) == set()


@settings(max_examples=100, deadline=None)
@given(tables_with_shared_rows())
def test_small_counts_are_hidden_and_zeros_and_large_tables_are_not(drawn: SharedRows) -> None:
    """Hiding too little breaks the promise; hiding where nothing is small makes the table useless."""
    left, right, *_ = drawn
    for seen in (published(left), published(right)):
        assert seen.hidden[np.isin(seen.cells, SMALL)].all()
        assert not seen.hidden[:-1, :-1][seen.cells[:-1, :-1] == 0].any()
    assert not published(left + 5).hidden.any()
    assert not published(left * 5).hidden.any()


@settings(max_examples=60, deadline=None)
@given(st.data(), tables())
def test_cells_hidden_for_another_reason_are_protected_too(data: st.DataObject, counts: Array) -> None:
    """Cases of a group whose users are hidden must not follow from the table of cases."""
    flags = data.draw(st.lists(st.booleans(), min_size=counts.size, max_size=counts.size))
    mask = np.array(flags).reshape(counts.shape)
    seen = published(counts, hidden=mask)
    assert seen.hidden[:-1, :-1][mask].all()
    assert certain(seen) == set()


def test_a_group_of_one_person_is_always_hidden() -> None:
    """A shown 0 of 1 says by name who did not use it: 과장 is one person in every 과."""
    for users in (0, 1):
        seen = published([[users, 20], [1, 30]], [[1, 40], [1, 31]])
        assert seen.hidden[0, 0] and seen.hidden[1, 0]


def test_a_zero_total_is_hidden_over_small_groups() -> None:
    """If nobody of a department of 1 + 6 used it, the total of 0 would tell of the one."""
    seen = published([[0, 0], [12, 15]], [[1, 6], [20, 20]])
    assert seen.hidden[0, 0] and seen.hidden[0, 2]


def test_an_empty_group_is_shown() -> None:
    """No post of that rank: there is nobody to protect, and a hidden cell would mislead."""
    seen = published([[0, 20], [3, 30], [4, 40]], [[0, 40], [30, 40], [30, 40]])
    assert not seen.hidden[0, 0]


def test_a_row_of_single_people_at_full_strength_hides_its_zeros() -> None:
    """Six people of six, each at another time: with the zeros shown, every cell would have to be 1."""
    left, capacity = np.array([[6], [40]]), np.array([[6], [60]])
    right = np.array([[1, 1, 1, 1, 1, 1, 0], [10, 10, 5, 5, 5, 5, 0]])
    first, second = suppression.pair(left, right, capacity)
    assert second.hidden[0, :-1].all()
    assert not second.hidden[1, 6], "the zeros of other rows stay"
    assert certain(*seen_together(left, right, capacity, None, first.hidden, second.hidden)) == set()


def test_a_row_with_room_for_one_person_a_cell_always_hides_its_zeros() -> None:
    """If only full rows hid their zeros, a row without zeros would still be six times one."""
    for users, starts in ((6, [1, 1, 1, 1, 1, 1]), (5, [2, 1, 1, 1, 0, 0])):
        left, capacity = np.array([[users], [40]]), np.array([[6], [60]])
        right = np.array([starts, [10, 10, 5, 5, 5, 5]])
        first, second = suppression.pair(left, right, capacity)
        assert second.hidden[0].all()
        assert certain(*seen_together(left, right, capacity, None, first.hidden, second.hidden)) == set()


def test_a_small_department_hides_its_zeros_in_the_second_table() -> None:
    """Nobody of three people at 10:00 is as telling as one of them; the second table has no 정원 of its own."""
    _, second = suppression.pair([[2], [40]], [[2, 0], [20, 20]], [[3], [60]])
    assert second.hidden[0].all()


def test_a_total_that_one_table_makes_small_is_hidden_in_both() -> None:
    """Only the second table says that the group has three people: its total of none is hidden in the first too."""
    first, second = suppression.pair([[0, 0], [12, 15]], [[0], [27]], None, [[3], [40]])
    assert first.hidden[0, -1] and second.hidden[0, -1]


def test_a_lone_person_at_full_strength_can_be_hidden_under_any_total() -> None:
    """One of one, above nobody of nine: the totals of 1 must be thought to be 0 as well, or nothing helps."""
    column = published([[1], [0]], [[1], [9]])
    assert column.hidden[0].all() and not column.hidden[1, 0]
    row = published([[1, 0]], [[1, 9]])
    assert row.hidden[:, 0].all() and not row.hidden[0, 1]
    assert certain(column) == certain(row) == set()


def test_a_single_row_keeps_its_total() -> None:
    """A list of start times is the commonest table; its total must not vanish for one small cell."""
    found = suppression.table([[3, 120, 40, 9]])
    assert found.hidden[0].tolist() == [True, False, False, True, False]
    assert found.primary[0].tolist() == [True, False, False, False, False]


def test_totals_stay_shown_where_cells_can_do_the_work() -> None:
    """Totals tie the table to others; hiding one before a cell would cost more than it protects."""
    found = suppression.table([[3, 20, 30], [10, 30, 40], [50, 60, 70]])
    assert not found.hidden[-1].any() and not found.hidden[:, -1].any()
    assert found.hidden.sum() == 4


def test_a_longer_way_round_is_taken_to_keep_the_totals() -> None:
    """Three totals would be fewer than five cells here, but the totals are what other pages repeat."""
    found = suppression.table([[3, 20, 0], [0, 30, 40], [50, 0, 60]])
    assert not found.hidden[-1].any() and not found.hidden[:, -1].any()


def test_one_hidden_row_protects_several_small_cells() -> None:
    """Each small cell with its own companions would hide half of the table for nothing."""
    assert suppression.table([[2, 2, 2], [20, 6, 7], [9, 8, 20]]).hidden.sum() == 6


def test_a_table_without_people_hides_nothing() -> None:
    """An empty month or a filter without rows must come through, not fail."""
    assert not suppression.table([[0, 0], [0, 0]]).hidden.any()
    assert suppression.table(np.zeros((0, 3), dtype=int)).hidden.shape == (1, 4)
    assert suppression.table(np.zeros((2, 0), dtype=int)).hidden.shape == (3, 1)


def test_a_threshold_of_another_office_is_followed() -> None:
    """Some data are hidden under ten."""
    assert suppression.table([[7, 20, 30]], threshold=10).hidden[0, 0]
    assert not suppression.table([[7, 20, 30]]).hidden.any()


@pytest.mark.parametrize(
    ("counts", "more", "message"),
    [
        ([[1.5, 2]], {}, "whole numbers"),
        ([1, 2], {}, "rows and columns"),
        ([[1, -2]], {}, r"counts\[0, 1\] is -2"),
        ([[1, 2]], {"capacity": [[1, 1]]}, r"counts\[0, 1\] is 2"),
        ([[1, 2]], {"capacity": [[5, -1]]}, r"counts\[0, 1\] is 2"),
        ([[1, 2]], {"capacity": [[1.0, 2.5]]}, "capacity must be whole"),
        ([[1, 2]], {"capacity": [[1]]}, "shape of counts"),
        ([[0, 2]], {"capacity": [[0, 9]], "hidden": [[True, False]]}, "capacity 0 cannot be hidden"),
        ([[1, 2]], {"hidden": [[1, 0]]}, "true or false"),
        ([[1, 2]], {"threshold": 0}, "threshold must be at least 1"),
    ],
)
def test_bad_input_is_refused_by_name(counts: Any, more: dict[str, Any], message: str) -> None:
    """A wrong number taken in silently would be protected as something it is not."""
    with pytest.raises(ValueError, match=message):
        suppression.table(counts, **more)


def test_tables_whose_rows_differ_are_refused() -> None:
    """Two tables that do not share their totals cannot be protected as if they did."""
    with pytest.raises(ValueError, match="same row totals"):
        suppression.pair([[1, 2]], [[4]])
    with pytest.raises(ValueError, match="same row totals"):
        suppression.pair([[1, 2]], [[3], [4]])


def test_capacities_that_leave_no_doubt_are_refused() -> None:
    """Hiding a cell that is known to be empty anyway cannot be promised, and saying nothing would mislead."""
    with pytest.raises(ValueError, match="capacities alone"):
        suppression.pair([[0]], [[0]], None, [[0]], left_hidden=[[True]])
