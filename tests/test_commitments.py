"""Rows of the database as steps, and in words what the rules say about them."""

import datetime
from typing import Any

import pandas as pd
import pytest

from lib import commitments
from lib.rules.schedule import Month, Step

MARCH, JUNE = datetime.date(2023, 3, 31), datetime.date(2023, 6, 30)


def rows(*steps: tuple[Any, ...]) -> pd.DataFrame:
    """Rows as the query gives them: commitment, topic, owner, start, end and predecessor."""
    return pd.DataFrame(
        {
            "commitment": [step[0] for step in steps],
            "label": [f"{step[0]} 단계" for step in steps],
            "topic": [step[1] for step in steps],
            "owner": [step[2] for step in steps],
            "detail": ["본관" for _ in steps],
            "start_month": pd.to_datetime([step[3] for step in steps]),
            "end_month": pd.to_datetime([step[4] for step in steps]),
            "predecessor": [step[5] if len(step) > 5 else None for step in steps],
        }
    )


PLANNED = rows(
    ("선정", "본관", "가과", "2023-03-01", "2023-03-01"),
    ("설계", "본관", "나과", "2023-04-01", "2023-07-01", "선정"),
    ("공사", "본관", "나과", "2023-08-01", None, "설계"),
    ("정비", "사무실", "", "2023-08-01", "2023-08-01"),
)


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ((2023, 1), (2023, 1), "1월"),
        ((2023, 4), (2023, 7), "4~7월"),
        ((2023, 8), None, "8월~"),
        ((2023, 11), (2024, 2), "11월~2024년 2월"),
        ((2024, 2), (2024, 5), "2024년 2~5월"),
        ((2022, 11), (2023, 2), "2022년 11월~2023년 2월"),
        ((2024, 2), None, "2024년 2월~"),
    ],
)
def test_window_names_a_year_only_where_it_is_needed(
    start: tuple[int, int], end: tuple[int, int] | None, text: str
) -> None:
    """February of the next year read as February of this one."""
    assert commitments.window(Step("단계", Month(*start), end and Month(*end)), 2023) == text


def test_standing() -> None:
    """A status other than the dates give, or an end that has passed taken for one that lies ahead."""
    steps = commitments.standing(PLANNED, MARCH, datetime.date(2023, 8, 15))
    assert list(steps["state"]) == ["완료", "예정", "예정(종료 미정)", "예정"]
    assert list(steps["overdue"]) == [False, True, False, False]
    assert commitments.overdue(steps) == ["**2023년 7월 말** 설계 단계(나과)"]
    assert commitments.without_end(steps) == ["**2023년 8월** 시작 공사 단계(나과)"]


def test_nothing_is_overdue_on_the_day_of_the_report() -> None:
    """A step that the report itself calls done listed as late."""
    assert commitments.overdue(commitments.standing(PLANNED, MARCH, MARCH)) == []


@pytest.mark.parametrize(
    ("topics", "owner", "states", "kept"),
    [
        ([], None, [], ["선정", "설계", "공사", "정비"]),
        (["사무실"], None, [], ["정비"]),
        ([], "나과", [], ["설계", "공사"]),
        ([], commitments.UNOWNED, [], ["정비"]),
        ([], None, ["예정"], ["설계", "공사", "정비"]),
        ([], None, [commitments.OPEN], ["공사"]),
        ([], None, ["완료", commitments.OPEN], ["선정", "공사"]),
        (["본관"], "나과", ["완료"], []),
    ],
)
def test_matching(topics: list[str], owner: str | None, states: list[str], kept: list[str]) -> None:
    """A filter that hides what it should show; steps without an owner or an end that no filter finds."""
    steps = commitments.standing(PLANNED, MARCH, MARCH)
    assert list(commitments.matching(steps, topics, owner, states)["commitment"]) == kept


def test_agenda_goes_by_month() -> None:
    """Past steps among those that come, or starts and ends confused."""
    assert commitments.agenda(PLANNED, MARCH) == [
        "**4월 시작** 설계 단계(나과)",
        "**7월 말 종료** 설계 단계(나과)",
        "**8월 시작** 공사 단계(나과), 정비 단계",
        "**8월 말 종료** 정비 단계",
    ]
    assert commitments.next_due(PLANNED, MARCH) == ("2023년 4월", "설계 단계 시작")
    assert commitments.next_due(PLANNED, datetime.date(2023, 7, 31)) == (
        "2023년 8월",
        "공사 단계 시작 등 2건",
    )
    assert commitments.next_due(PLANNED, datetime.date(2024, 1, 31)) == ("-", "-")


def test_changes_tell_everything_apart() -> None:
    """A slip, an early end, a new and a dropped step shown as the same thing, or not at all."""
    later = rows(
        ("선정", "본관", "가과", "2023-03-01", "2023-03-01"),
        ("설계", "본관", "나과", "2023-04-01", "2023-09-01", "선정"),
        ("개관", "본관", "나과", "2024-01-01", "2024-01-01"),
        ("정비", "사무실", "", "2023-06-01", "2023-06-01"),
    )
    changed = commitments.changes(PLANNED, later, MARCH, JUNE)
    assert changed[["commitment", "change", "text", "before_window", "window"]].values.tolist() == [
        ["선정", "변동 없음", "-", "3월", "3월"],
        ["설계", "지연", "종료 2개월 늦어짐(7월 → 9월)", "4~7월", "4~9월"],
        ["개관", "신규", "이번 보고에 새로 들어옴", "-", "2024년 1월"],
        ["공사", "제외", "이번 보고에서 빠짐", "8월~", "-"],
        ["정비", "조기 완료", "시작 2개월 앞당겨짐(8월 → 6월), 종료 2개월 앞당겨짐(8월 → 6월)", "8월", "6월"],
    ]
    assert commitments.tally(changed) == ["지연 1건", "제외 1건", "신규 1건", "조기 완료 1건"]
    drawn = commitments.drawn_changes(changed, JUNE)
    assert list(drawn["status"]) == ["완료", "진행 중", "예정", "", "완료"]


def test_no_change_has_no_tally() -> None:
    """An edition that repeats the plan announced as a change."""
    changed = commitments.changes(PLANNED, PLANNED, MARCH, JUNE)
    assert commitments.tally(changed) == []
    assert set(changed["text"]) == {"-"}


def test_clashes_name_people_and_places() -> None:
    """The two August works that fall together left out, or what is over counted as a clash."""
    both = pd.concat(
        [PLANNED, rows(("이전", "사무실", "다과", "2023-03-01", "2023-03-01"))], ignore_index=True
    )
    [pair] = commitments.clashes(both, MARCH).itertuples()
    assert (pair.left_label, pair.right_label, pair.window) == ("공사 단계", "정비 단계", "8월")
    assert (pair.left_owner, pair.right_owner, pair.left_place) == ("나과", "", "본관")


def test_no_clash_is_an_empty_table() -> None:
    """A page that fails where nothing falls together."""
    assert commitments.clashes(PLANNED.iloc[:2], MARCH).empty


def test_entries_say_where_no_end_is_given() -> None:
    """A calendar in which the works last a day and nobody learns that their end is open."""
    entries = list(commitments.entries(PLANNED.iloc[1:3], "청사 환경 개선"))
    assert [(entry.first, entry.last) for entry in entries] == [
        (datetime.date(2023, 4, 1), datetime.date(2023, 7, 31)),
        (datetime.date(2023, 8, 1), None),
    ]
    assert entries[1].description == "담당: 나과\n2023-08 시작, 종료 미정"
    assert len({entry.key for entry in entries}) == 2


def test_rescheduled_keeps_rows_and_marks_assumptions() -> None:
    """An end that someone assumed shown like one that the report gives."""
    steps = [
        step._replace(end=Month(2023, 12), end_assumed=True) if step.key == "공사" else step
        for step in commitments.plan(PLANNED)
    ]
    result = commitments.standing(commitments.rescheduled(PLANNED, steps), MARCH, MARCH)
    assert list(result["state"]) == ["완료", "예정", "예정(종료는 가정)", "예정"]
    assert list(result["commitment"]) == list(PLANNED["commitment"])
