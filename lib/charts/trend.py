"""A figure over the dates at hand, as a small line. Rows are those of queries.trend, oldest first."""

import altair as alt
import pandas as pd

from lib import format, palette
from lib.charts.look import Picture, remembered

HEIGHT = 200
NAMED_DATES = 6
"""Up to so many dates each has its name and its value; more of them stand on an axis of time."""
BELOW = 0.25
"""So much of the range of the values is left free below them; twice as much above them, for the texts."""


@remembered
def line(rows: pd.DataFrame, name: str) -> Picture:
    """Wants as_of, value and text of what `name` says; elapsed_rate, where there is one, is the dashed line beside it."""
    few = len(rows) <= NAMED_DATES
    last = len(rows) - 1
    drawn = rows.assign(
        date=[f"’{day:%y}. {day.month}." for day in rows["as_of"]],
        day=[format.date(day) for day in rows["as_of"]],
        shown=[text if few or place in (0, last) else "" for place, text in enumerate(rows["text"])],
    )
    scale = alt.Scale(domain=_domain(rows), nice=False)
    base = alt.Chart(drawn).encode(_dates(few), alt.Y("value:Q", title=None, axis=None, scale=scale))
    hint = [alt.Tooltip("day:N", title="기준일"), alt.Tooltip("text:N", title=name)]
    layers = [
        base.mark_line(color=palette.PRIMARY, strokeWidth=2),
        base.mark_point(color=palette.PRIMARY, filled=True, size=50 if few else 12, opacity=1).encode(
            tooltip=hint
        ),
        # In a row of their own at the top, where the line does not cross them.
        base.mark_text(color=palette.INK, fontSize=13).encode(y=alt.value(8), text="shown:N"),
    ]
    if "elapsed_rate" in rows:
        layers.append(
            base.mark_line(color=palette.INK, strokeDash=[4, 3], strokeWidth=1.5).encode(
                alt.Y("elapsed_rate:Q", title=None, axis=None, scale=scale)
            )
        )
    return alt.layer(*layers).properties(height=HEIGHT)


def _dates(few: bool) -> alt.X:
    if few:
        # Padding: the texts of the first and the last date need room beside them.
        return alt.X(
            "date:O", sort=None, title=None, axis=alt.Axis(labelAngle=0), scale=alt.Scale(padding=0.5)
        )
    axis = alt.Axis(format="%Y. %-m.", tickCount=5, labelOverlap=True, labelFlush=True)
    return alt.X("as_of:T", title=None, axis=axis)


def _domain(rows: pd.DataFrame) -> list[float]:
    values = rows[[name for name in ("value", "elapsed_rate") if name in rows]].stack()
    low, high = float(values.min()), float(values.max())
    room = (high - low or abs(high) or 1.0) * BELOW
    return [low - room, high + 2 * room]
