"""Commitments in whole months: where they stand on a day, what moves when one moves, what slipped.

The report gives months, not days (시행 '23. 8.~). A `Month` is a type of its own rather than the first day of
the month: the day would look like information, a date from the middle of a month would slip in unnoticed,
and what is added to a month is months. It converts where data and charts need dates.

A step runs from the first day of its start month to the last day of its end month. A step without an end is
open (종료 미정): it starts, and nothing says when it is done. Problems are a `StepError` with the step's key.
"""

import calendar
import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

Status = Literal["완료", "진행 중", "예정"]
Event = Literal["시작", "종료"]
Change = Literal[
    "변동 없음", "지연", "앞당김", "조기 완료", "종료 확정", "종료 미정 전환", "신규", "제외", "완료 후 제외"
]


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A month of a year. Raises ValueError where there is none such."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and datetime.MINYEAR <= self.year <= datetime.MAXYEAR):
            raise ValueError(f"{self.year}-{self.month} is not a month")

    @classmethod
    def of(cls, day: datetime.date) -> "Month":
        """The month a day lies in."""
        return cls(day.year, day.month)

    @property
    def first(self) -> datetime.date:
        """Its first day."""
        return datetime.date(self.year, self.month, 1)

    @property
    def last(self) -> datetime.date:
        """Its last day."""
        return datetime.date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    def __add__(self, months: int) -> "Month":
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Month(year, month + 1)

    def __sub__(self, other: "Month") -> int:
        return (self.year - other.year) * 12 + self.month - other.month

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


class StepError(ValueError):
    """What is wrong with a step; `key` says which, so that a reader of files can name the line."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(f"{key}: {reason}")
        self.key = key


class Step(NamedTuple):
    """A commitment. key: the same in every edition. end None: open. predecessor: must end before it starts."""

    key: str
    start: Month
    end: Month | None = None
    predecessor: str | None = None
    end_assumed: bool = False

    @property
    def open_ended(self) -> bool:
        """Whether no end is given (종료 미정)."""
        return self.end is None


class Due(NamedTuple):
    """A start or an end that lies ahead, and its day."""

    key: str
    event: Event
    day: datetime.date


class Overlap(NamedTuple):
    """Two steps under way at once, and the months they share; end None: no end in sight."""

    left: str
    right: str
    start: Month
    end: Month | None


class Slip(NamedTuple):
    """A step in two editions. Months are positive for later; None where one side has no such date."""

    key: str
    change: Change
    before: Step | None
    after: Step | None
    start_months: int | None
    end_months: int | None


def ordered(steps: Iterable[Step]) -> tuple[Step, ...]:
    """The steps, every predecessor before what depends on it, otherwise as given.

    Raises StepError for a key given twice, an end before the start, an unknown predecessor and a circle.
    """
    by_key = _by_key(steps)
    return tuple(sorted(by_key.values(), key=lambda step: len(_ancestors(step, by_key))))


def _by_key(steps: Iterable[Step]) -> dict[str, Step]:
    """The steps by key, in the order given and free of the faults that `ordered` names."""
    by_key: dict[str, Step] = {}
    for step in steps:
        if step.key in by_key:
            raise StepError(step.key, "given twice")
        if step.end is not None and step.end < step.start:
            raise StepError(step.key, f"ends in {step.end}, before it starts in {step.start}")
        by_key[step.key] = step
    for step in by_key.values():
        _ancestors(step, by_key)
    return by_key


def _ancestors(step: Step, by_key: Mapping[str, Step]) -> list[str]:
    """What must end before the step starts, nearest first."""
    chain = [step.key]
    while (key := by_key[chain[-1]].predecessor) is not None:
        if key not in by_key:
            raise StepError(chain[-1], f"unknown predecessor {key}")
        if key in chain:
            raise StepError(key, f"waits for itself: {' <- '.join([*chain[chain.index(key) :], key])}")
        chain.append(key)
    return chain[1:]


def _step(key: str, by_key: Mapping[str, Step]) -> Step:
    if key not in by_key:
        raise StepError(key, "unknown step")
    return by_key[key]


def early_starts(steps: Iterable[Step]) -> tuple[Step, ...]:
    """The steps that start before the month after their predecessor's end (an open one: after its start)."""
    by_key = _by_key(steps)
    gaps = ((step, _gap(step, by_key)) for step in by_key.values())
    return tuple(step for step, gap in gaps if gap is not None and gap < 1)


def _gap(step: Step, by_key: Mapping[str, Step]) -> int | None:
    """Months from the earliest the predecessor can end to the start: 1 or more, or it starts too early."""
    if step.predecessor is None:
        return None
    before = by_key[step.predecessor]
    return step.start - (before.end or before.start)


def status(step: Step, on: datetime.date) -> Status:
    """Where a step stands at the close of a day: done on the last day of its end month, never while open."""
    if on < step.start.first:
        return "예정"
    return "완료" if step.end is not None and on >= step.end.last else "진행 중"


def overdue(step: Step, as_of: datetime.date, today: datetime.date) -> bool:
    """Whether the end has passed since the report, which therefore cannot say if the step was done."""
    return step.end is not None and as_of < step.end.last < today


def upcoming(steps: Iterable[Step], on: datetime.date) -> tuple[Due, ...]:
    """All starts and ends after a day, nearest first, then in the order given."""
    dues = []
    for step in steps:
        if step.start.first > on:
            dues.append(Due(step.key, "시작", step.start.first))
        if step.end is not None and step.end.last > on:
            dues.append(Due(step.key, "종료", step.end.last))
    return tuple(sorted(dues, key=lambda due: due.day))


def next_due(steps: Iterable[Step], on: datetime.date) -> tuple[Due, ...]:
    """What falls on the nearest day ahead; empty where nothing lies ahead."""
    dues = upcoming(steps, on)
    return tuple(due for due in dues if due.day == dues[0].day)


def moved(steps: Sequence[Step], key: str, shift: int = 0, lengthen: int = 0) -> tuple[Step, ...]:
    """The steps after one is shifted and lengthened by months (negative: earlier, shorter).

    Everything that depends on it, directly or not, moves by as many months as its end does (an open end: as
    its start), so that waiting times stay as planned and moves add up in any order. Raises StepError for an
    unknown key, a length below one month, an open end to lengthen, and a start that would come before the
    month after the predecessor's end (or further before it, where the plan already has that).
    """
    by_key = _by_key(steps)
    step = _step(key, by_key)
    if step.end is None and lengthen:
        raise StepError(key, "has no end to move: assume one first")
    changed = step._replace(start=step.start + shift, end=step.end and step.end + shift + lengthen)
    if changed.end is not None and changed.end < changed.start:
        raise StepError(key, f"would end in {changed.end}, before it starts in {changed.start}")
    gap = _gap(changed, by_key)
    if gap is not None and gap < 1 and shift < 0:
        raise StepError(key, f"would start in {changed.start}, before {step.predecessor} can have ended")
    dependants = {other.key for other in steps if key in _ancestors(other, by_key)}
    return tuple(
        changed
        if other.key == key
        else _shifted(other, shift + lengthen)
        if other.key in dependants
        else other
        for other in steps
    )


def _shifted(step: Step, months: int) -> Step:
    return step._replace(start=step.start + months, end=step.end and step.end + months)


def with_assumed_end(steps: Sequence[Step], key: str, end: Month) -> tuple[Step, ...]:
    """The steps with an end assumed for an open one, marked so; what it now holds up starts the month after.

    Raises StepError for an unknown key, a step with an end of its own, and an end before the start.
    """
    step = _step(key, _by_key(steps))
    if step.end is not None:
        raise StepError(key, f"ends in {step.end}: nothing to assume")
    closed = step._replace(end=end, end_assumed=True)
    result = tuple(closed if other.key == key else other for other in steps)
    waiting = [other for other in early_starts(result) if other.predecessor == key]
    for other in waiting:
        result = moved(result, other.key, shift=end - other.start + 1)
    return result


def overlaps(left: Iterable[Step], right: Iterable[Step]) -> tuple[Overlap, ...]:
    """Every pair of a step of one work and a step of another that share a month, in the order given."""
    others = tuple(right)
    found = ((one, other, _shared(one, other)) for one in left for other in others)
    return tuple(Overlap(one.key, other.key, *shared) for one, other, shared in found if shared is not None)


def _shared(one: Step, other: Step) -> tuple[Month, Month | None] | None:
    start = max(one.start, other.start)
    end = min((end for end in (one.end, other.end) if end is not None), default=None)
    return (start, end) if end is None or start <= end else None


def slips(
    earlier: Iterable[Step], later: Iterable[Step], earlier_on: datetime.date, later_on: datetime.date
) -> tuple[Slip, ...]:
    """What became of each step between two editions: the later edition's in its order, then those gone.

    The end decides; where it did not move, the start. An earlier end that has come by the later edition's
    date is 조기 완료, one still ahead 앞당김. An open step that got an end is 종료 확정 unless it also starts
    later (지연). A step gone is 제외, or 완료 후 제외 where it was done by the earlier edition's date.
    Raises StepError as `ordered` does.
    """
    before, after = _by_key(earlier), _by_key(later)
    kept = [_slip(before.get(key), step, later_on) for key, step in after.items()]
    return (*kept, *(_gone(step, earlier_on) for key, step in before.items() if key not in after))


def _slip(before: Step | None, after: Step, on: datetime.date) -> Slip:
    if before is None:
        return Slip(after.key, "신규", None, after, None, None)
    start = after.start - before.start
    end = None if before.end is None or after.end is None else after.end - before.end
    return Slip(after.key, _change(before, after, on), before, after, start, end)


def _change(before: Step, after: Step, on: datetime.date) -> Change:
    if before.end is not None and after.end is None:
        return "종료 미정 전환"
    start = after.start - before.start
    if before.end is None and after.end is not None:
        return "지연" if start > 0 else "종료 확정"
    moved = (after.end - before.end if after.end and before.end else 0) or start
    if not moved:
        return "변동 없음"
    if moved > 0:
        return "지연"
    return "조기 완료" if before.end != after.end and status(after, on) == "완료" else "앞당김"


def _gone(step: Step, on: datetime.date) -> Slip:
    change: Change = "완료 후 제외" if status(step, on) == "완료" else "제외"
    return Slip(step.key, change, step, None, None, None)
