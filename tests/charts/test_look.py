"""Charts that are drawn once for all who look at them."""

import altair as alt
import pandas as pd

from lib.charts import evaluation, flexible_work, look


def bars(rows: pd.DataFrame, colour: str = "red") -> look.Picture:
    """A chart to remember."""
    drawn.append(colour)
    return alt.Chart(rows).mark_bar(color=colour).encode(x="value:Q")


drawn: list[str] = []
ROWS = pd.DataFrame({"value": [1, 2]})


def test_the_same_rows_are_drawn_once() -> None:
    """Prevents that each rerun of a page pays for its charts again."""
    drawn.clear()
    remembered = look.remembered(bars)
    first, again = remembered(ROWS, "blue"), remembered(ROWS.copy(), "blue")
    assert first is again
    assert drawn == ["blue"]


def test_other_rows_or_settings_are_drawn_anew() -> None:
    """Prevents that a page shows the chart of another choice or of another edition."""
    remembered = look.remembered(bars)
    changed = ROWS.assign(value=[1, 3])
    assert remembered(ROWS) is not remembered(changed)
    assert remembered(ROWS) is not remembered(ROWS, colour="green")
    assert "3" in str(look.specification(remembered(changed))["datasets"])


def test_a_specification_is_the_callers_own() -> None:
    """Prevents that one visit changes the chart of another."""
    picture = look.remembered(bars)(ROWS)
    look.specification(picture)["mark"] = "spoilt"
    assert look.specification(picture)["mark"]["type"] == "bar"
    assert look.specification(picture)["config"]["axis"]["labelColor"] == "currentColor"


def test_what_is_not_remembered_is_not_kept() -> None:
    """Prevents that a chart of uploaded data stays behind in the process."""
    before = len(look._charts)
    look.specification(bars(ROWS))
    assert len(look._charts) == before


def test_the_oldest_charts_are_forgotten() -> None:
    """Prevents a process that grows with every choice that anybody makes."""
    remembered = look.remembered(bars)
    for value in range(look.REMEMBERED + 5):
        remembered(ROWS.assign(value=value))
    assert len(look._charts) == len(look._specs) == look.REMEMBERED


def test_charts_of_uploads_are_never_remembered() -> None:
    """Prevents that what a visitor has uploaded outlives the visit in a cache that all share."""
    of_uploads = [evaluation.totals, evaluation.unit_sizes, evaluation.order, evaluation.chances]
    of_uploads += [flexible_work.compliance_bars, flexible_work.trend_lines, flexible_work.spread_bars]
    of_uploads += [flexible_work.heat_map, flexible_work.cover_bars, flexible_work.change_dots]
    assert not [draw.__name__ for draw in of_uploads if hasattr(draw, "__wrapped__")]


def test_the_outline_of_a_visitors_rows_is_drawn_once_and_holds_none_of_them() -> None:
    """Prevents that each number typed into the simulator has the chart drawn anew, and that what was typed is kept."""
    first, other = (
        evaluation.totals(
            pd.DataFrame(
                {"grade": ["수"], "percent": [share], "target": [20.0], "baseline": [None], "text": [text]}
            )
        )
        for share, text in ((21.5, "하나"), (22.5, "둘"))
    )
    assert first.outline is other.outline
    assert first.name == other.name
    assert "하나" not in str(look.specification(first.outline))
    assert look.specification(first)["datasets"]["rows"][0]["text"] == "하나"
    assert look.to_send(first)["datasets"] != look.to_send(other)["datasets"]
    assert {**look.to_send(first), "datasets": None} == {**look.to_send(other), "datasets": None}
