"""What became of each step by the next edition, and plans that no edition may hold."""

import datetime
from typing import Any

import pytest

from lib.rules import schedule
from lib.rules.schedule import Month, Step

AS_OF = datetime.date(2023, 3, 31)


def month(text: str) -> Month:
    return Month.of(datetime.date.fromisoformat(f"{text}-01"))


def step(key: str, start: str, end: str | None = None, predecessor: str | None = None) -> Step:
    return Step(key, month(start), None if end is None else month(end), predecessor)


FIRST_EDITION = (
    step("review", "2023-01", "2023-01"),
    step("deliberation", "2023-02", "2023-02", "review"),
    step("competition", "2023-03", "2023-03", "deliberation"),
    step("design", "2023-04", "2023-07", "competition"),
    step("construction", "2023-08", None, "design"),
    step("field_departments", "2023-08", "2023-08"),
    step("exhibition", "2023-09", "2023-10"),
)


def test_editions_are_told_apart() -> None:
    """A made-up second edition: slipped, early, dropped, new and the rest, each under its own name."""
    later = (
        step("review", "2023-01", "2023-01"),
        step("design", "2023-04", "2023-09", "competition"),
        step("competition", "2023-03", "2023-03"),
        step("construction", "2023-10", None, "design"),
        step("field_departments", "2023-06", "2023-06"),
        step("furniture", "2023-11", "2023-12"),
    )
    slips = schedule.slips(FIRST_EDITION, later, AS_OF, datetime.date(2023, 6, 30))
    found = {slip.key: slip for slip in slips}
    assert [slip.key for slip in slips] == [*(one.key for one in later), "deliberation", "exhibition"]
    assert {key: slip.change for key, slip in found.items()} == {
        "review": "변동 없음",
        "design": "지연",
        "competition": "변동 없음",
        "construction": "지연",
        "field_departments": "조기 완료",
        "furniture": "신규",
        "deliberation": "완료 후 제외",
        "exhibition": "제외",
    }
    assert (found["design"].start_months, found["design"].end_months) == (0, 2)
    assert (found["construction"].start_months, found["construction"].end_months) == (2, None)
    assert (found["furniture"].before, found["exhibition"].after) == (None, None)


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (("2023-08", None), ("2023-08", "2023-12"), "종료 확정"),
        (("2023-08", None), ("2023-09", "2023-12"), "지연"),
        (("2023-08", "2023-12"), ("2023-08", None), "종료 미정 전환"),
        (("2023-08", None), ("2023-07", None), "앞당김"),
        (("2023-08", "2023-12"), ("2023-08", "2023-11"), "앞당김"),
        (("2023-04", "2023-12"), ("2023-04", "2023-06"), "조기 완료"),
        (("2023-04", "2023-06"), ("2023-03", "2023-06"), "앞당김"),
        (("2023-08", "2023-12"), ("2023-09", "2023-12"), "지연"),
        (("2023-08", "2023-12"), ("2023-07", "2024-01"), "지연"),
        (("2023-08", None), ("2023-08", None), "변동 없음"),
    ],
)
def test_each_kind_of_change(before: Any, after: Any, change: str) -> None:
    """One row per kind: an end that got known is good news and must not be listed with the delays."""
    [slip] = schedule.slips([step("one", *before)], [step("one", *after)], AS_OF, datetime.date(2023, 6, 30))
    assert slip.change == change


@pytest.mark.parametrize(
    ("plan", "key", "message"),
    [
        ([step("a", "2023-05", "2023-04")], "a", "a: ends in 2023-04, before it starts in 2023-05"),
        ([step("a", "2023-05"), step("a", "2023-06")], "a", "a: given twice"),
        ([step("a", "2023-05", None, "b")], "a", "a: unknown predecessor b"),
        ([step("a", "2023-05", None, "a")], "a", "a: waits for itself: a <- a"),
        (
            [
                step("c", "2023-05", None, "a"),
                step("a", "2023-05", None, "b"),
                step("b", "2023-05", None, "a"),
            ],
            "a",
            "a: waits for itself: a <- b <- a",
        ),
    ],
)
def test_a_faulty_plan_is_refused_by_the_step(plan: list[Step], key: str, message: str) -> None:
    """The build must be able to name the line of the CSV, whichever function meets the fault first."""
    for call in (
        lambda: schedule.ordered(plan),
        lambda: schedule.early_starts(plan),
        lambda: schedule.moved(plan, "a"),
        lambda: schedule.with_assumed_end(plan, "a", month("2024-01")),
        lambda: schedule.slips(plan, [], AS_OF, AS_OF),
        lambda: schedule.slips([], plan, AS_OF, AS_OF),
    ):
        with pytest.raises(schedule.StepError) as raised:
            call()
        assert (str(raised.value), raised.value.key) == (message, key)
