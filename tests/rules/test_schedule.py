"""Where commitments stand, what moves with what, and what became of them by the next edition."""

import datetime
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lib.rules import schedule
from lib.rules.schedule import Month, Step

untimed = settings(deadline=None)
AS_OF = datetime.date(2023, 3, 31)


def month(text: str) -> Month:
    return Month.of(datetime.date.fromisoformat(f"{text}-01"))


def step(key: str, start: str, end: str | None = None, predecessor: str | None = None) -> Step:
    return Step(key, month(start), None if end is None else month(end), predecessor)


LOBBY = (
    step("review", "2023-01", "2023-01"),
    step("deliberation", "2023-02", "2023-02", "review"),
    step("competition", "2023-03", "2023-03", "deliberation"),
    step("design", "2023-04", "2023-07", "competition"),
    step("construction", "2023-08", None, "design"),
)
OFFICES = (
    step("field_staff", "2023-01", "2023-01"),
    step("toilets", "2023-03", "2023-03"),
    step("field_departments", "2023-08", "2023-08"),
)

months = st.builds(Month, st.integers(2000, 2050), st.integers(1, 12))
days = st.dates(datetime.date(1999, 1, 1), datetime.date(2052, 12, 31))
shifts = st.integers(-6, 24)


@st.composite
def steps_alone(draw: st.DrawFn) -> Step:
    start = draw(months)
    length = draw(st.none() | st.integers(0, 30))
    return Step("step", start, None if length is None else start + length)


@st.composite
def plans(draw: st.DrawFn) -> tuple[Step, ...]:
    """A sound plan of up to seven steps, some open, some waiting for another, in any order."""
    made: list[Step] = []
    for number in range(draw(st.integers(1, 7))):
        before = draw(st.none() | st.sampled_from(made)) if made else None
        wait = draw(st.integers(1, 6))
        start = draw(months) if before is None else (before.end or before.start) + wait
        length = draw(st.none() | st.integers(0, 9))
        end = None if length is None else start + length
        made.append(Step(f"step {number}", start, end, before and before.key))
    return tuple(draw(st.permutations(made)))


def named(plan: tuple[Step, ...]) -> dict[str, Step]:
    return {step.key: step for step in plan}


def in_order(plan: tuple[Step, ...]) -> bool:
    """An independent check: whatever waits starts after the last day of what it waits for."""
    by_key = named(plan)
    for one in plan:
        if one.predecessor is not None:
            before = by_key[one.predecessor]
            if one.start.first <= (before.end or before.start).last:
                return False
    return True


def attempt(plan: tuple[Step, ...], *arguments: Any) -> tuple[Step, ...] | None:
    """The plan after a move, or None where the move is refused."""
    try:
        return schedule.moved(plan, *arguments)
    except schedule.StepError:
        return None


@given(months, st.integers(-300, 300), st.integers(-300, 300))
def test_months_add_like_numbers(start: Month, some: int, more: int) -> None:
    """December plus one is where month arithmetic goes wrong."""
    assert start + some + more == start + (some + more)
    assert (start + some) - start == some
    assert (start + some < start) == (some < 0)
    assert (start + 1).first - start.last == datetime.timedelta(days=1)
    assert Month.of(start.first) == Month.of(start.last) == start


def test_months_read_like_dates() -> None:
    """Leap years, and the text that error messages and tables show."""
    assert month("2024-02").last == datetime.date(2024, 2, 29)
    assert str(month("2023-12") + 1) == "2024-01"
    for year, number in ((2023, 0), (2023, 13), (0, 1), (10000, 1)):
        with pytest.raises(ValueError, match="is not a month"):
            Month(year, number)


def test_the_report_on_its_own_date() -> None:
    """Golden: the three preparations are done on 31 March, design and construction lie ahead."""
    assert [schedule.status(one, AS_OF) for one in LOBBY] == ["완료", "완료", "완료", "예정", "예정"]
    assert [schedule.status(one, AS_OF) for one in OFFICES] == ["완료", "완료", "예정"]
    assert [one.key for one in LOBBY if one.open_ended] == ["construction"]


@pytest.mark.parametrize(
    ("day", "status"),
    [("2023-03-31", "예정"), ("2023-04-01", "진행 중"), ("2023-07-30", "진행 중"), ("2023-07-31", "완료")],
)
def test_status_turns_on_the_first_and_the_last_day(day: str, status: str) -> None:
    """A step shown as under way on the day it ends would contradict the report, whose date is a month's end."""
    assert schedule.status(LOBBY[3], datetime.date.fromisoformat(day)) == status


@untimed
@given(steps_alone(), days, days)
def test_status_never_goes_back(one: Step, some: datetime.date, other: datetime.date) -> None:
    """A later as-of date that turned 완료 into 진행 중 would make two editions contradict each other."""
    order = ["예정", "진행 중", "완료"]
    early, late = sorted((some, other))
    assert order.index(schedule.status(one, early)) <= order.index(schedule.status(one, late))
    assert not (one.open_ended and schedule.status(one, late) == "완료")


def test_overdue_is_what_the_report_cannot_know() -> None:
    """Between the edition and today an end may pass unconfirmed; before that, and without an end, nothing is."""
    today = datetime.date(2023, 8, 1)
    assert [one.key for one in LOBBY if schedule.overdue(one, AS_OF, today)] == ["design"]
    assert not schedule.overdue(LOBBY[3], AS_OF, datetime.date(2023, 7, 31))
    assert not any(schedule.overdue(one, AS_OF, AS_OF) for one in LOBBY)


@untimed
@given(steps_alone(), days, days)
def test_what_is_overdue_was_not_done_and_should_be(
    one: Step, some: datetime.date, other: datetime.date
) -> None:
    """A step done on the as-of date, or still under way by plan today, must not alarm anybody."""
    as_of, today = sorted((some, other))
    if schedule.overdue(one, as_of, today):
        assert schedule.status(one, as_of) != "완료"
        assert schedule.status(one, today) == "완료"


def test_what_is_due_next() -> None:
    """The overview's line: design starts in April, then ends in July, then both works start in August."""
    assert schedule.next_due(LOBBY, AS_OF) == (("design", "시작", datetime.date(2023, 4, 1)),)
    assert [due[:2] for due in schedule.upcoming((*LOBBY, *OFFICES), AS_OF)] == [
        ("design", "시작"),
        ("design", "종료"),
        ("construction", "시작"),
        ("field_departments", "시작"),
        ("field_departments", "종료"),
    ]
    assert len(schedule.next_due((*LOBBY, *OFFICES), datetime.date(2023, 7, 31))) == 2
    assert schedule.next_due(LOBBY, datetime.date(2023, 8, 1)) == ()


def test_construction_waits_for_design() -> None:
    """The what-if of the page: design two months longer moves construction to October, nothing else."""
    after = named(schedule.moved(LOBBY, "design", lengthen=2))
    assert (after["design"].start, after["design"].end) == (month("2023-04"), month("2023-09"))
    assert (after["construction"].start, after["construction"].end) == (month("2023-10"), None)
    assert after["competition"] == LOBBY[2]


@untimed
@given(plans(), st.data(), shifts, st.integers(-4, 12))
def test_nothing_starts_before_what_it_waits_for_has_ended(
    plan: tuple[Step, ...], data: st.DataObject, shift: int, lengthen: int
) -> None:
    """A what-if that lets construction begin during design promises what cannot be kept."""
    assert in_order(plan)
    key = data.draw(st.sampled_from(plan)).key
    after = attempt(plan, key, shift, lengthen)
    if after is None:
        before = named(plan)[key]
        assert shift < 0 or lengthen < 0 or before.open_ended
    else:
        assert in_order(after)
        assert [one.key for one in after] == [one.key for one in plan]
        assert schedule.early_starts(after) == ()


@untimed
@given(plans(), st.data())
def test_a_zero_shift_changes_nothing(plan: tuple[Step, ...], data: st.DataObject) -> None:
    """Baseline and scenario must be the same picture until somebody moves something."""
    assert schedule.moved(plan, data.draw(st.sampled_from(plan)).key) == plan


@untimed
@given(plans(), st.data(), shifts, shifts)
def test_shifts_compose(plan: tuple[Step, ...], data: st.DataObject, some: int, more: int) -> None:
    """Two months and then one must be three, or a link with "3" shows another plan than the colleague saw."""
    key = data.draw(st.sampled_from(plan)).key
    once = attempt(plan, key, some)
    assume(once is not None and attempt(once, key, more) is not None)
    assert once is not None
    assert schedule.moved(once, key, more) == schedule.moved(plan, key, some + more)
    assert schedule.moved(schedule.moved(once, key, abs(some)), key, -abs(some)) == once


@untimed
@given(plans(), st.data(), st.integers(0, 24), st.integers(0, 24))
def test_moves_of_two_steps_add_up_in_any_order(
    plan: tuple[Step, ...], data: st.DataObject, some: int, more: int
) -> None:
    """The page keeps one number per step in the link; the order of a dictionary must not change the plan."""
    one, other = (data.draw(st.sampled_from(plan)).key for _ in range(2))
    assert schedule.moved(schedule.moved(plan, one, some), other, more) == schedule.moved(
        schedule.moved(plan, other, more), one, some
    )


@untimed
@given(plans(), st.data(), shifts)
def test_only_what_depends_on_it_moves_and_no_length_changes(
    plan: tuple[Step, ...], data: st.DataObject, shift: int
) -> None:
    """A shift that also stretched a step, or moved a stranger, would be a change nobody asked for."""
    key = data.draw(st.sampled_from(plan)).key
    after = attempt(plan, key, shift)
    assume(after is not None)
    assert after is not None
    by_key = named(plan)
    for old, new in zip(plan, after, strict=True):
        waits, current = old.key == key, old
        while current.predecessor is not None and not waits:
            current = by_key[current.predecessor]
            waits = current.key == key
        assert new.start - old.start == (shift if waits else 0)
        assert (new.end is None) == (old.end is None)
        if new.end and old.end:
            assert new.end - new.start == old.end - old.start


def test_a_plan_that_already_overlaps_can_be_moved_apart() -> None:
    """A printed plan with an overlap must be readable and mendable, but not made worse."""
    plan = (step("design", "2023-04", "2023-08"), step("construction", "2023-08", None, "design"))
    assert [one.key for one in schedule.early_starts(plan)] == ["construction"]
    assert schedule.early_starts(schedule.moved(plan, "construction", 1)) == ()
    assert schedule.moved(plan, "construction") == plan
    with pytest.raises(schedule.StepError, match="construction: would start in 2023-07, before design"):
        schedule.moved(plan, "construction", -1)


def test_an_assumed_end_is_marked_and_pushes_what_waits_only_if_it_must() -> None:
    """The end of construction is the user's assumption: it must not look like the report's."""
    plan = (
        *LOBBY,
        step("move_in", "2023-10", "2023-11", "construction"),
        step("open", "2023-12", None, "move_in"),
    )
    early = named(schedule.with_assumed_end(plan, "construction", month("2023-09")))
    assert early["construction"] == Step("construction", month("2023-08"), month("2023-09"), "design", True)
    assert [early[key] for key in ("move_in", "open")] == list(plan[-2:])
    late = named(schedule.with_assumed_end(plan, "construction", month("2023-12")))
    assert (late["move_in"].start, late["open"].start) == (month("2024-01"), month("2024-03"))
    assert not any(one.end_assumed for key, one in late.items() if key != "construction")


@untimed
@given(plans(), st.data(), st.integers(0, 40))
def test_an_assumed_end_keeps_the_order(plan: tuple[Step, ...], data: st.DataObject, length: int) -> None:
    """Assuming a later end than what waits for it allows must move it, not overlap it."""
    open_steps = [one for one in plan if one.open_ended]
    assume(open_steps)
    chosen = data.draw(st.sampled_from(open_steps))
    after = schedule.with_assumed_end(plan, chosen.key, chosen.start + length)
    assert in_order(after)
    assert named(after)[chosen.key].end == chosen.start + length
    assert all(new.start >= old.start for old, new in zip(plan, after, strict=True))


def test_the_two_works_meet_in_august() -> None:
    """The clash that the page shows; with the end open it is still only August that they share."""
    assert schedule.overlaps(LOBBY, OFFICES) == (
        ("review", "field_staff", month("2023-01"), month("2023-01")),
        ("competition", "toilets", month("2023-03"), month("2023-03")),
        ("construction", "field_departments", month("2023-08"), month("2023-08")),
    )
    two_open = schedule.overlaps([LOBBY[-1]], [step("other", "2023-10")])
    assert two_open == (("construction", "other", month("2023-10"), None),)


@untimed
@given(steps_alone(), steps_alone())
def test_overlap_is_the_months_both_hold(one: Step, other: Step) -> None:
    """Checked month by month: a clash missed or made up would misplace people."""
    horizon = Month(2060, 12)

    def held(interval: Step) -> set[Month]:
        return {interval.start + n for n in range((interval.end or horizon) - interval.start + 1)}

    both = held(one) & held(other)
    found = schedule.overlaps([one], [other])
    assert bool(found) == bool(both)
    if found:
        assert (found[0].start, found[0].end or horizon) == (min(both), max(both))


@untimed
@given(plans(), st.data(), st.integers(0, 12))
def test_a_shift_is_read_back_as_a_slip(plan: tuple[Step, ...], data: st.DataObject, shift: int) -> None:
    """An edition that only repeats the last one has no slips; one that is shifted has exactly those."""
    key = data.draw(st.sampled_from(plan)).key
    after = schedule.moved(plan, key, shift)
    found = schedule.slips(plan, after, AS_OF, AS_OF)
    assert [slip.key for slip in found] == [one.key for one in plan]
    for slip, old, new in zip(found, plan, after, strict=True):
        assert slip.change == ("변동 없음" if old == new else "지연")
        assert slip.start_months == new.start - old.start


def test_predecessors_come_first_and_the_rest_stays() -> None:
    """A build that inserts steps in file order needs them so that every predecessor exists."""
    shuffled = (LOBBY[4], *OFFICES, LOBBY[2], LOBBY[3], LOBBY[0], LOBBY[1])
    keys = [one.key for one in schedule.ordered(shuffled)]
    assert keys == [*(one.key for one in OFFICES), *(one.key for one in LOBBY)]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: schedule.moved(LOBBY, "roof", 1), "roof: unknown step"),
        (
            lambda: schedule.moved(LOBBY, "design", lengthen=-4),
            "design: would end in 2023-03, before it starts",
        ),
        (lambda: schedule.moved(LOBBY, "design", -1), "design: would start in 2023-03, before competition"),
        (lambda: schedule.moved(LOBBY, "construction", lengthen=1), "construction: has no end to move"),
        (lambda: schedule.with_assumed_end(LOBBY, "roof", month("2024-01")), "roof: unknown step"),
        (
            lambda: schedule.with_assumed_end(LOBBY, "design", month("2024-01")),
            "design: ends in 2023-07: nothing",
        ),
        (
            lambda: schedule.with_assumed_end(LOBBY, "construction", month("2023-07")),
            "construction: ends in 2023-07",
        ),
    ],
)
def test_an_impossible_what_if_is_refused_with_its_reason(call: Any, message: str) -> None:
    """The page shows the reason; a plan bent silently would be taken for possible."""
    with pytest.raises(schedule.StepError, match=message):
        call()
