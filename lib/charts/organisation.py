"""Pictures of the bureau's organisation."""

from typing import Literal

import altair as alt
import pandas as pd

from lib import palette
from lib.charts.look import Picture, remembered

ROW = 42
ROOT, TRUNK, LEAF = 24, 29, 34


@remembered
def tree(departments: pd.DataFrame, bureau: str, people: str, selected: str | None = None) -> Picture:
    """The bureau at the left, its departments at the right; what stands outside it hangs on a dashed line.

    Wants department, detail (teams and people as text), kind and in_bureau, in order. The department
    `selected` is filled; a click on one is the selection "picked".
    """
    rows = departments.assign(
        row=range(len(departments)), chosen=(departments["department"] == selected), x=LEAF, x2=100
    ).assign(top=lambda rows: rows["row"] - 0.4, bottom=lambda rows: rows["row"] + 0.4)
    middle = float(rows.loc[rows["in_bureau"], "row"].mean())
    inside, outside = rows[rows["in_bureau"]], rows[~rows["in_bureau"]]
    root = pd.DataFrame(
        [
            {
                "x": 0,
                "x2": ROOT,
                "top": middle - 0.75,
                "bottom": middle + 0.75,
                "name": bureau,
                "detail": people,
            }
        ]
    )
    return alt.layer(
        _lines(_links(inside, ROOT, middle), rows),
        _lines(_links(outside, TRUNK, float(inside["row"].max())), rows, dash=[5, 4]),
        _boxes(root, rows).mark_rect(fill=palette.PRIMARY, cornerRadius=4),
        _root_text(root, rows, "name", -9, "bold"),
        _root_text(root, rows, "detail", 10, "normal"),
        _boxes(rows, rows)
        .mark_rect(fill=palette.PRIMARY, stroke=palette.PRIMARY, cornerRadius=4, cursor="pointer")
        .encode(
            fillOpacity=alt.condition("datum.chosen", alt.value(0.3), alt.value(0.08)),
        )
        .add_params(alt.selection_point(name="picked", fields=["department"], toggle=False)),
        _leaf_text(rows, "department", LEAF + 2, "left", "bold"),
        _leaf_text(rows, "detail", 98, "right", "normal"),
    ).properties(height=ROW * len(rows))


@remembered
def people_bars(departments: pd.DataFrame) -> Picture:
    """People of each department with the share of the bureau. Wants department, head_count and text, in order."""
    base = alt.Chart(departments).encode(
        alt.Y("department:N", sort=None, title=None, axis=alt.Axis(ticks=False)),
        alt.X(
            "head_count:Q",
            title=None,
            axis=None,
            scale=alt.Scale(domain=[0, 1.85 * float(departments["head_count"].max())]),
        ),
    )
    return alt.layer(
        base.mark_bar(color=palette.PRIMARY).encode(
            tooltip=[alt.Tooltip("department:N", title="부서"), alt.Tooltip("text:N", title="인력")]
        ),
        base.mark_text(align="left", dx=5, color=palette.INK).encode(text="text:N"),
    ).properties(height=28 * len(departments))


def _x(field: str) -> alt.X:
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, 100]))


def _y(field: str, rows: pd.DataFrame) -> alt.Y:
    return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(domain=[len(rows) - 0.5, -0.5], nice=False))


def _boxes(boxes: pd.DataFrame, rows: pd.DataFrame) -> Picture:
    return alt.Chart(boxes).encode(x=_x("x"), x2="x2:Q", y=_y("top", rows), y2="bottom:Q")


def _root_text(
    root: pd.DataFrame, rows: pd.DataFrame, field: str, dy: int, weight: Literal["normal", "bold"]
) -> Picture:
    middle = root.assign(x=ROOT / 2, row=(root["top"] + root["bottom"]) / 2)
    return (
        alt.Chart(middle)
        .mark_text(color="#ffffff", fontSize=14, fontWeight=weight, dy=dy)
        .encode(x=_x("x"), y=_y("row", rows), text=f"{field}:N")
    )


def _leaf_text(
    rows: pd.DataFrame, field: str, x: int, align: Literal["left", "right"], weight: Literal["normal", "bold"]
) -> Picture:
    return (
        alt.Chart(rows.assign(x=x))
        .mark_text(align=align, color=palette.INK, fontSize=14, fontWeight=weight, cursor="pointer")
        .encode(x=_x("x"), y=_y("row", rows), text=f"{field}:N")
    )


def _links(rows: pd.DataFrame, left: float, start: float) -> pd.DataFrame:
    """One row per corner of the line from (left, start) to each department."""
    corners = [
        {"department": row.department, "corner": corner, "x": x, "y": y}
        for row in rows.itertuples()
        for corner, (x, y) in enumerate([(left, start), (TRUNK, start), (TRUNK, row.row), (LEAF, row.row)])
    ]
    return pd.DataFrame(corners, columns=["department", "corner", "x", "y"])


def _lines(links: pd.DataFrame, rows: pd.DataFrame, dash: list[int] | None = None) -> Picture:
    return (
        alt.Chart(links)
        .mark_line(color=palette.NEUTRAL, strokeWidth=1.5, strokeDash=dash or [1, 0])
        .encode(x=_x("x"), y=_y("y", rows), detail="department:N", order="corner:Q")
    )
