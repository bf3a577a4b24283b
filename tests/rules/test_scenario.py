"""What if: nothing moves into the past or before what it waits for, and no move changes nothing."""

import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from lib.rules import scenario, schedule
from lib.rules.scenario import Move
from lib.rules.schedule import Month, Step
from tests.rules.test_schedule import AS_OF, LOBBY, OFFICES, in_order, named, plans

untimed = settings(deadline=None)
days = st.dates(datetime.date(1999, 1, 1), datetime.date(2052, 12, 31))
amounts = st.integers(-60, 60)
moves = st.builds(Move, amounts, amounts, amounts)
tried = st.dictionaries(st.sampled_from([f"step {number}" for number in range(8)]), moves, max_size=5)


@untimed
@given(plans(), days)
def test_no_move_changes_nothing(plan: tuple[Step, ...], as_of: datetime.date) -> None:
    """A scenario that differs from the plan before anyone tried anything."""
    assert scenario.after(plan, {}, as_of) == plan
    assert scenario.after(plan, {step.key: Move() for step in plan}, as_of) == plan


@untimed
@given(plans(), tried, days)
def test_whatever_is_tried_stays_sound(
    plan: tuple[Step, ...], moves: dict[str, Move], as_of: datetime.date
) -> None:
    """A link edited by hand that breaks the page, the order of the steps, or the past."""
    result = scenario.after(plan, moves, as_of)
    assert [step.key for step in result] == [step.key for step in plan]
    assert in_order(result)
    before = named(plan)
    for step in result:
        if schedule.status(before[step.key], as_of) == "완료" and step.predecessor is None:
            assert step == before[step.key]
        if step.end_assumed and step.end is not None:
            assert step.end.last >= as_of
        if schedule.status(before[step.key], as_of) == "예정" and step.start < before[step.key].start:
            assert step.start.first > as_of


@untimed
@given(plans(), days)
def test_room_is_as_wide_as_it_says(plan: tuple[Step, ...], as_of: datetime.date) -> None:
    """A control whose ends do something else than they say."""
    for step in plan:
        limits = scenario.room(plan, step.key, as_of)
        for shift in limits.shift:
            for lengthen in limits.lengthen:
                [moved] = [
                    after
                    for after in scenario.after(plan, {step.key: Move(shift, lengthen)}, as_of)
                    if after.key == step.key
                ]
                assert moved.start - step.start == shift
                assert (moved.end is None) == (step.end is None)
                if moved.end and step.end:
                    assert moved.end - step.end == shift + lengthen


def test_design_moves_construction_and_its_assumed_end() -> None:
    """Construction that begins before its design is done, or an assumed length that shrinks on the way."""
    moves = {"design": Move(shift=1, lengthen=2), "construction": Move(months=5)}
    result = named(scenario.after(LOBBY, moves, AS_OF))
    assert (result["design"].start, result["design"].end) == (Month(2023, 5), Month(2023, 10))
    assert (result["construction"].start, result["construction"].end) == (Month(2023, 11), Month(2024, 3))
    assert result["construction"].end_assumed
    assert not schedule.overlaps([result["construction"]], OFFICES)


def test_room_of_the_report() -> None:
    """Steps offered to move that are done, or an end offered to move that nobody has given."""
    assert not scenario.room(LOBBY, "competition", AS_OF).any
    assert scenario.room(LOBBY, "design", AS_OF) == ((0, 24), (-3, 24), (0, 0))
    assert scenario.room(LOBBY, "construction", AS_OF) == ((0, 24), (0, 0), (0, 36))
    assert scenario.room(OFFICES, "field_departments", AS_OF) == ((-4, 24), (0, 24), (0, 0))


def test_what_is_under_way_can_only_last() -> None:
    """A step that has begun moved to another start, or ended before the day the plan is looked at."""
    may = datetime.date(2023, 5, 31)
    assert scenario.room(LOBBY, "design", may) == ((0, 0), (-2, 24), (0, 0))
