"""What if a step began later, took longer, or ended at all: how far it may move, and the plan after that.

Nothing that is done can move, nothing can move into the past, and nothing starts before what it waits for
has ended. Months are whole; positive is later or longer.
"""

import datetime
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from lib.rules import schedule
from lib.rules.schedule import Month, Step

FURTHEST = 24
LONGEST = 36


class Move(NamedTuple):
    """What someone tries with a step. months: the length assumed for one without an end; 0 leaves it open."""

    shift: int = 0
    lengthen: int = 0
    months: int = 0


class Room(NamedTuple):
    """How far a step may move: the least and most of each part of a Move. Nothing where both are 0."""

    shift: tuple[int, int]
    lengthen: tuple[int, int]
    months: tuple[int, int]

    @property
    def any(self) -> bool:
        """Whether the step can move at all."""
        return any(low < high for low, high in self)


def room(plan: Sequence[Step], key: str, as_of: datetime.date) -> Room:
    """The room of a step in the plan as it stands on a day. A KeyError names a step that the plan lacks."""
    by_key = {step.key: step for step in plan}
    step = by_key[key]
    status = schedule.status(step, as_of)
    if status == "완료":
        return Room((0, 0), (0, 0), (0, 0))
    shift = (_earliest(step, by_key, as_of) - step.start, FURTHEST) if status == "예정" else (0, 0)
    if step.end is None:
        return Room(shift, (0, 0), (0, LONGEST))
    shortest = max(step.start, Month.of(as_of)) - step.end
    return Room(shift, (min(shortest, 0), FURTHEST), (0, 0))


def _earliest(step: Step, by_key: Mapping[str, Step], as_of: datetime.date) -> Month:
    """The first month a planned step may start in: after the as-of date and after what it waits for."""
    earliest = Month.of(as_of) + 1
    if step.predecessor is not None:
        before = by_key[step.predecessor]
        earliest = max(earliest, (before.end or before.start) + 1)
    return min(earliest, step.start)


def after(plan: Sequence[Step], moves: Mapping[str, Move], as_of: datetime.date) -> tuple[Step, ...]:
    """The plan after all moves, predecessors first; what depends on a step moves with its end.

    A move beyond the room that its step has by then goes as far as the room does. Keys that the plan lacks
    are left out. Raises StepError where the plan itself is unsound.
    """
    result = tuple(plan)
    for key in [step.key for step in schedule.ordered(plan) if step.key in moves]:
        move, limits = moves[key], room(result, key, as_of)
        months = _within(move.months, limits.months)
        if months:
            [start] = [step.start for step in result if step.key == key]
            end = max(start + (months - 1), Month.of(as_of))  # it has not ended by now
            result = schedule.with_assumed_end(result, key, end)
        shift, lengthen = _within(move.shift, limits.shift), _within(move.lengthen, limits.lengthen)
        result = schedule.moved(result, key, shift, lengthen)
    return result


def _within(value: int, bounds: tuple[int, int]) -> int:
    low, high = bounds
    return min(max(value, low), high)
