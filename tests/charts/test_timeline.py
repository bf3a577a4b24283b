"""The Gantt chart: whole months, open ends as arrows, the dates, and room for every label."""

import datetime
from typing import Any

import pandas as pd

from lib.charts import timeline

AS_OF = datetime.date(2023, 3, 31)
STEPS = pd.DataFrame(
    {
        "label": ["공공건축심의", "설계 용역", "리모델링 공사"],
        "topic": ["본관", "본관", "사무실"],
        "status": ["완료", "예정", "예정"],
        "text": ["2월 완료", "4~7월 예정", "8월~ 예정(종료 미정)"],
        "start_month": pd.to_datetime(["2023-02-01", "2023-04-01", "2023-08-01"]),
        "end_month": pd.to_datetime(["2023-02-01", "2023-07-01", None]),
    }
)


def month(year: int, month: int) -> int:
    return year * 12 + month - 1


def layers(picture: Any, mark: str) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """The layers of a mark with their rows."""
    spec = picture.to_dict()

    def flat(layer: dict[str, Any]) -> list[dict[str, Any]]:
        return [part for inner in layer.get("layer", []) for part in flat(inner)] or [layer]

    return [
        (layer, spec["datasets"][layer["data"]["name"]])
        for layer in flat(spec)
        if layer["mark"]["type"] == mark
    ]


def texts(picture: Any) -> list[str]:
    return [row.get("text") or "" for _, rows in layers(picture, "text") for row in rows]


def domain(picture: Any) -> list[int]:
    [(closed, _), *_] = layers(picture, "rect")
    return closed["encoding"]["x"]["scale"]["domain"]


def test_bars_are_whole_months() -> None:
    """A bar that ends with the first day of its last month."""
    [(_, closed), (_, opened)] = layers(timeline.gantt(STEPS, AS_OF), "rect")
    assert [(row["start"], row["end"]) for row in closed] == [
        (month(2023, 2), month(2023, 3)),
        (month(2023, 4), month(2023, 8)),
    ]
    assert [row["start"] for row in opened] == [month(2023, 8)]


def test_an_open_end_reaches_the_edge_as_an_arrow() -> None:
    """A work without an end that looks as if it ended."""
    picture = timeline.gantt(STEPS, AS_OF)
    _, (_, [opened]) = layers(picture, "rect")
    [(_, [head])] = layers(picture, "point")
    assert opened["end"] == domain(picture)[1]
    assert head["label"] == "리모델링 공사"


def test_the_as_of_line_lies_at_the_close_of_its_day() -> None:
    """The last of March drawn at its first, so that what is done looks under way."""
    [mark, *_] = [rows for _, rows in layers(timeline.gantt(STEPS, AS_OF), "rule") if "position" in rows[0]]
    assert {row["position"] for row in mark} == {month(2023, 4)}


def test_today_is_shown_where_it_lies() -> None:
    """Today left out, or years of empty months drawn to reach it."""
    near = timeline.gantt(STEPS, AS_OF, today=datetime.date(2024, 3, 15))
    assert domain(near)[1] > month(2024, 3)
    assert "오늘 2024. 3. 15." in texts(near)
    far = timeline.gantt(STEPS, AS_OF, today=datetime.date(2026, 11, 23))
    assert domain(far) == domain(timeline.gantt(STEPS, AS_OF))
    assert "오늘 2026. 11. 23. ▶" in texts(far)
    assert not [text for text in texts(timeline.gantt(STEPS, AS_OF)) if text.startswith("오늘")]


def test_baseline_lies_below_and_a_dropped_step_has_only_that() -> None:
    """A scenario without what it is compared with, or a dropped step that breaks the chart."""
    after = STEPS.assign(
        before_start=STEPS["start_month"],
        before_end=STEPS["end_month"],
        start_month=pd.to_datetime([None, "2023-06-01", "2023-10-01"]),
        status=["", "예정", "예정"],
    )
    [(_, closed), (_, opened), (_, before)] = layers(timeline.gantt(after, AS_OF), "rect")
    assert [row["label"] for row in closed + opened] == ["설계 용역", "리모델링 공사"]
    assert [row["before_from"] for row in before] == [month(2023, 2), month(2023, 4), month(2023, 8)]
    assert all(row["before_y"] >= row["bar_y2"] for row in before)


def test_rows_never_overlap() -> None:
    """A label of two lines that runs into its bar, or a bar into the next label."""
    long = STEPS.assign(
        label=["정부 차원의 해결이 필요한 사항 방문 협의와 공문 시행(병역 등)", *STEPS["label"][1:]]
    )
    for steps in (STEPS, long):
        [_, (_, rows), *_] = [*layers(timeline.gantt(steps, AS_OF), "text")] + [(None, [])]
        placed = sorted(
            {
                row["label_y"]: row
                for _, rows in layers(timeline.gantt(steps, AS_OF), "text")
                for row in rows
                if "label_y" in row
            }.values(),
            key=lambda row: row["label_y"],
        )
        assert len(placed) == 3
        for row in placed:
            assert row["bar_y"] >= row["label_y"] + timeline.LINE * (1 + row["lines"].count("\n"))
        for above, below in zip(placed, placed[1:], strict=False):
            assert below["label_y"] > above["bar_y2"]


def test_what_is_selected_stands_out() -> None:
    """A step that somebody picked and cannot find; all faint where the pick is not in the chart."""

    def faint(picture: Any) -> list[bool]:
        return [row["faint"] for _, rows in layers(picture, "rect") for row in rows]

    assert faint(timeline.gantt(STEPS, AS_OF, selected=["설계 용역"])) == [True, False, True]
    assert not any(faint(timeline.gantt(STEPS, AS_OF, selected=[None, "없는 단계"])))


def test_a_long_plan_has_fewer_month_names() -> None:
    """Month names on top of one another."""
    for last in ("2023-12-01", "2025-12-01", "2031-12-01"):
        steps = STEPS.assign(end_month=pd.to_datetime(["2023-02-01", last, None]))
        [(closed, _), *_] = layers(timeline.gantt(steps, AS_OF), "rect")
        low, high = closed["encoding"]["x"]["scale"]["domain"]
        assert low <= month(2023, 2) and high > month(int(last[:4]), 12)
        assert 1 < len(closed["encoding"]["x"]["axis"]["values"]) <= 14
