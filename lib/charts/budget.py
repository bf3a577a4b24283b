"""Pictures of revenue and expenditure, from rows of queries.budget.lines: amounts in 천원, rates of one."""

from typing import Any

import altair as alt
import pandas as pd

from lib import format, palette
from lib.charts.look import Picture, remembered

ROW, FRAME = 28, 84  # pixels of a bar with its gap, and of axis and legend together
BEHIND, AHEAD = "미만 ▼", "이상"  # of the 기간경과율
PARTS = ("현재까지", "연말까지 추가(가정)", "남는 예산(가정)")


@remembered
def execution_bars(lines: pd.DataFrame, elapsed_rate: float, selected: str | None = None) -> Picture:
    """Rates against the calendar line, in the order of the rows; the bar of `selected` stands out.

    A click on a bar is the selection "picked" with its label.
    """
    late = lines["realised_rate"] < elapsed_rate
    rows = lines[["label", "realised_rate"]].assign(
        state=late.map({True: BEHIND, False: AHEAD}),
        text=[
            format.rate(rate) + " ▼" * below for rate, below in zip(lines["realised_rate"], late, strict=True)
        ],
        faint=(lines["label"] != selected) & (selected is not None),
    )
    base = alt.Chart(rows).encode(_names())
    # Rates stand in a column of their own at the right, where neither bars nor the calendar line cross them.
    axis = alt.Axis(format="%", values=[0, 0.2, 0.4, 0.6, 0.8, 1])
    x = alt.X("realised_rate:Q", title=None, scale=alt.Scale(domain=[0, 1.32], nice=False), axis=axis)
    bars = base.mark_bar(cursor="pointer").encode(
        x,
        alt.Color(
            "state:N", scale=alt.Scale(domain=[BEHIND, AHEAD], range=[palette.BEHIND, palette.PRIMARY])
        ),
        opacity=alt.condition("datum.faint", alt.value(0.45), alt.value(1)),
        tooltip=[alt.Tooltip("label:N", title="항목"), alt.Tooltip("text:N", title="비율")],
    )
    texts = base.mark_text(align="right", color=palette.INK, fontSize=13).encode(
        x=alt.datum(1.32), text="text:N"
    )
    return alt.layer(bars.add_params(_picked()), _calendar_line(elapsed_rate), texts).properties(
        height=FRAME + ROW * len(lines)
    )


@remembered
def change_bars(lines: pd.DataFrame, unit: format.Unit) -> Picture:
    """What each line adds to or takes from the year before, in the order of the rows."""
    rows = pd.DataFrame(
        {
            "label": lines["label"],
            "change": lines["change"] / unit.thousand_won,
            "direction": (lines["change"] < 0).map({True: "감소 △", False: "증가"}),
            "text": [format.money(change, unit) for change in lines["change"]],
        }
    )
    low, high = min(rows["change"].min(), 0), max(rows["change"].max(), 1e-9)
    edge = high + 0.45 * (high - low)  # amounts stand in a column of their own at the right
    x = alt.X("change:Q", title=None, axis=None, scale=alt.Scale(domain=[low, edge], nice=False))
    base = alt.Chart(rows).encode(_names())
    bars = base.mark_bar(cursor="pointer").encode(
        x,
        alt.Color(
            "direction:N", scale=alt.Scale(domain=["증가", "감소 △"], range=[palette.PRIMARY, palette.OCHRE])
        ),
        tooltip=[alt.Tooltip("label:N", title="항목"), alt.Tooltip("text:N", title="증감")],
    )
    texts = base.mark_text(align="right", color=palette.INK, fontSize=13).encode(
        x=alt.datum(edge), text="text:N"
    )
    zero = (
        alt.Chart(pd.DataFrame({"change": [0]}))
        .mark_rule(color=palette.INK, opacity=0.5)
        .encode(x="change:Q")
    )
    return alt.layer(bars.add_params(_picked()), texts, zero).properties(height=FRAME + ROW * len(lines))


@remembered
def projection_bars(lines: pd.DataFrame, unit: format.Unit) -> Picture:
    """Each line's budget as what is realised, what the pace would add by the end of the year, and what is left.

    Wants also amount (by the end of the year) and remainder, in 천원.
    """
    parts = pd.concat(
        lines.assign(part=part, place=place, value=value)[["label", "budget", "part", "place", "value"]]
        for place, (part, value) in enumerate(
            zip(
                PARTS,
                (lines["realised"], lines["amount"] - lines["realised"], lines["remainder"]),
                strict=True,
            )
        )
    )
    parts = parts.assign(
        share=parts["value"] / parts["budget"], text=[format.money(value, unit) for value in parts["value"]]
    )
    return (
        alt.Chart(parts)
        .mark_bar()
        .encode(
            _names(),
            alt.X(
                "share:Q",
                title="예산현액에서 차지하는 비중",
                stack="zero",
                scale=alt.Scale(domain=[0, 1]),
                axis=alt.Axis(format="%", tickCount=5),
            ),
            alt.Color(
                "part:N",
                scale=alt.Scale(domain=PARTS, range=[palette.PRIMARY, palette.TEAL, palette.FAINT]),
                legend=alt.Legend(columns=1),
            ),
            alt.Order("place:Q"),
            tooltip=[
                alt.Tooltip("label:N", title="항목"),
                alt.Tooltip("part:N", title="구분"),
                alt.Tooltip("text:N", title="금액"),
            ],
        )
        .properties(height=FRAME + ROW * len(lines))
    )


def treemap(lines: pd.DataFrame, top: str, unit: format.Unit) -> dict[str, Any]:
    """The budget of the lines below the line `top` as areas, nested as the lines are.

    An ECharts option. Lines without a budget have no area, and small areas no text.
    """
    colours = [palette.PRIMARY, palette.TEAL, palette.NEUTRAL, palette.OCHRE, palette.AHEAD]
    rows = lines[lines["budget"] > 0]
    nodes = _nodes(rows, top, unit, float(rows.loc[rows["leaf"], "budget"].sum()))
    label = {"formatter": "{b}", "color": "#ffffff", "fontSize": 14, "lineHeight": 20, "ellipsis": ""}
    return {
        "tooltip": {"formatter": "{b}"},
        "series": [
            {
                "type": "treemap",
                "roam": False,
                "nodeClick": False,
                "breadcrumb": {"show": False},
                "animation": False,
                "left": 0,
                "right": 0,
                "top": 0,
                "bottom": 0,
                "label": label,
                "upperLabel": {**label, "show": True, "height": 26},
                "levels": [
                    {"itemStyle": {"borderWidth": 0, "gapWidth": 4}, "upperLabel": {"show": False}},
                    {"itemStyle": {"borderWidth": 3, "gapWidth": 2}},
                    {"itemStyle": {"borderWidth": 2, "gapWidth": 2, "borderColor": "#ffffff"}},
                ],
                "data": [
                    {**node, "itemStyle": {"color": colours[index % 5], "borderColor": colours[index % 5]}}
                    for index, node in enumerate(nodes)
                ],
            }
        ],
    }


def _nodes(lines: pd.DataFrame, parent: str, unit: format.Unit, whole: float) -> list[dict[str, Any]]:
    nodes = []
    for line in lines[lines["parent_code"] == parent].itertuples():
        children = _nodes(lines, str(line.line_code), unit, whole)
        share = float(line.budget) / whole
        amount = format.money(line.budget, unit)
        narrow = line.level == 1 and share < 0.06  # a slice of the full height: its text runs upwards
        node: dict[str, Any] = {
            "name": f"{line.label} {amount}" if children or narrow else f"{line.label}\n{amount}",
            "value": float(line.budget),
            "label": {
                "show": share >= 0.028,
                "rotate": 90 if narrow else 0,
                "fontSize": 14 if share >= 0.08 else 11,
                "lineHeight": 18,
                "padding": 0,
            },
        }
        nodes.append({**node, "children": children} if children else node)
    return nodes


def _names() -> alt.Y:
    return alt.Y("label:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False))


def _picked() -> alt.Parameter:
    return alt.selection_point(name="picked", fields=["label"], toggle=False)


def _calendar_line(elapsed_rate: float) -> Picture:
    rows = pd.DataFrame({"elapsed_rate": [elapsed_rate], "text": [f"기간경과율 {format.rate(elapsed_rate)}"]})
    line = alt.Chart(rows).encode(x="elapsed_rate:Q")
    return alt.layer(
        line.mark_rule(color=palette.INK, strokeDash=[4, 3], strokeWidth=1.5),
        line.mark_text(
            align="left", baseline="bottom", dx=4, dy=-3, color=palette.INK, fontWeight="bold"
        ).encode(y=alt.value(0), text="text:N"),
    )
