"""Pictures of revenue and expenditure, from rows of queries.budget.lines: amounts in 천원, rates of one."""

from typing import Any

import altair as alt
import pandas as pd

from lib import format, palette

ROW = 28
BEHIND, AHEAD = "기간경과율 미만 ▼", "기간경과율 이상"
PARTS = ("현재까지", "연말까지 추가(가정)", "남는 예산(가정)")


def execution_bars(lines: pd.DataFrame, elapsed_rate: float, selected: str | None = None) -> alt.LayerChart:
    """Rates against the calendar line, in the order of the rows; the bar of `selected` stands out.

    A click on a bar is the selection "picked" with its label.
    """
    late = lines["realised_rate"] < elapsed_rate
    rows = lines[["label", "realised_rate"]].assign(
        state=late.map({True: BEHIND, False: AHEAD}),
        text=[format.rate(rate) + " ▼" * below for rate, below in zip(lines["realised_rate"], late, strict=True)],
        faint=(lines["label"] != selected) & (selected is not None),
    )
    base = alt.Chart(rows).encode(_names())
    x = alt.X(
        "realised_rate:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%", tickCount=5)
    )
    bars = base.mark_bar(cursor="pointer").encode(
        x,
        alt.Color(
            "state:N", scale=alt.Scale(domain=[BEHIND, AHEAD], range=[palette.BEHIND, palette.PRIMARY])
        ),
        opacity=alt.condition("datum.faint", alt.value(0.45), alt.value(1)),
        tooltip=[alt.Tooltip("label:N", title="항목"), alt.Tooltip("text:N", title="비율")],
    )
    texts = base.mark_text(align="left", dx=5, color=palette.INK).encode(x, text="text:N")
    return alt.layer(bars.add_params(_picked()), _calendar_line(elapsed_rate), texts).properties(
        height=ROW * len(lines)
    )


def change_bars(lines: pd.DataFrame, unit: format.Unit) -> alt.LayerChart:
    """What each line adds to or takes from the year before, in the order of the rows."""
    rows = pd.DataFrame(
        {
            "label": lines["label"],
            "change": lines["change"] / unit.thousand_won,
            "direction": (lines["change"] < 0).map({True: "감소 △", False: "증가"}),
            "text": [
                f"{format.money(line.change, unit)} ({format.percent(line.change_percent)})"
                for line in lines.itertuples()
            ],
        }
    )
    span = max(rows["change"].abs().max(), 1e-9)
    # Room for the text beyond the end of each bar, on the sides that have bars.
    room = [-2.2 * span * bool((rows["change"] < 0).any()), 2.2 * span * bool((rows["change"] > 0).any())]
    x = alt.X("change:Q", title=None, axis=None, scale=alt.Scale(domain=room if any(room) else [-1, 1], nice=False))
    base = alt.Chart(rows).encode(_names(), x)
    bars = base.mark_bar(cursor="pointer").encode(
        alt.Color(
            "direction:N", scale=alt.Scale(domain=["증가", "감소 △"], range=[palette.PRIMARY, palette.OCHRE])
        ),
        tooltip=[alt.Tooltip("label:N", title="항목"), alt.Tooltip("text:N", title="증감")],
    )
    text = base.mark_text(color=palette.INK).encode(text="text:N")
    return alt.layer(
        bars.add_params(_picked()),
        text.mark_text(align="left", dx=5, color=palette.INK).transform_filter("datum.change >= 0"),
        text.mark_text(align="right", dx=-5, color=palette.INK).transform_filter("datum.change < 0"),
        alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule(color=palette.INK, opacity=0.5).encode(x="zero:Q"),
    ).properties(height=ROW * len(lines))


def projection_bars(lines: pd.DataFrame, unit: format.Unit) -> alt.Chart:
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
                "part:N", scale=alt.Scale(domain=PARTS, range=[palette.PRIMARY, palette.TEAL, palette.FAINT])
            ),
            alt.Order("place:Q"),
            tooltip=[
                alt.Tooltip("label:N", title="항목"),
                alt.Tooltip("part:N", title="구분"),
                alt.Tooltip("text:N", title="금액"),
            ],
        )
        .properties(height=ROW * len(lines))
    )


def treemap(lines: pd.DataFrame, top: str, unit: format.Unit) -> dict[str, Any]:
    """The budget of the lines below the line `top` as areas, nested as the lines are. Lines of no budget have none."""
    colours = [palette.PRIMARY, palette.TEAL, palette.NEUTRAL, palette.OCHRE, palette.AHEAD]
    nodes = _nodes(lines[lines["budget"] > 0], top, unit)
    label = {"formatter": "{b}\n{c}" + unit.name, "color": "#ffffff", "fontSize": 14, "lineHeight": 20}
    return {
        "tooltip": {"formatter": "{b}: {c}" + unit.name},
        "series": [
            {
                "type": "treemap",
                "roam": False,
                "nodeClick": False,
                "breadcrumb": {"show": False},
                "animation": False,
                "width": "100%",
                "height": "100%",
                "label": label,
                "upperLabel": {**label, "show": True, "height": 26, "formatter": "{b} {c}" + unit.name},
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


def _nodes(lines: pd.DataFrame, parent: str, unit: format.Unit) -> list[dict[str, Any]]:
    nodes = []
    for line in lines[lines["parent_code"] == parent].itertuples():
        node: dict[str, Any] = {
            "name": line.label,
            "value": round(float(line.budget) / unit.thousand_won, unit.decimals),
        }
        if children := _nodes(lines, str(line.line_code), unit):
            node["children"] = children
        nodes.append(node)
    return nodes


def _names() -> alt.Y:
    return alt.Y("label:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False))


def _picked() -> alt.Parameter:
    return alt.selection_point(name="picked", fields=["label"], toggle=False)


def _calendar_line(elapsed_rate: float) -> alt.LayerChart:
    rows = pd.DataFrame(
        {"elapsed_rate": [elapsed_rate], "text": [f"기간경과율 {format.rate(elapsed_rate)}"]}
    )
    line = alt.Chart(rows).encode(x="elapsed_rate:Q")
    return alt.layer(
        line.mark_rule(color=palette.INK, strokeDash=[4, 3], strokeWidth=1.5),
        line.mark_text(
            align="left", baseline="bottom", dx=4, dy=-3, color=palette.INK, fontWeight="bold"
        ).encode(y=alt.value(0), text="text:N"),
    )
