"""The one Gantt chart of commitments in whole months, for renovation works and for actions after a meeting.

Labels stand above their bars, so that the bars have the whole width on a telephone too.
"""

import datetime
import textwrap
from collections.abc import Collection

import altair as alt
import pandas as pd

from lib import format, palette
from lib.charts.look import Picture, remembered
from lib.rules.schedule import Month

STATUS = {"완료": palette.NEUTRAL, "진행 중": palette.PRIMARY, "예정": palette.TEAL}
LETTERS = 30  # of label and text together, so that they fit side by side on a telephone
LINE, BAR, THIN, GAP, HEADING, MARK, HEAD, LABEL = 18, 14, 6, 14, 40, 20, 12, 13  # pixels
FRAME = 92  # of legend and month names
FAINT = alt.condition("datum.faint", alt.value(0.35), alt.value(1))
ARROW = "M0,-0.5L0.5,0L0,0.5Z"  # from the end of the bar to its tip, in halves of HEAD
BEYOND = 6  # months that the chart grows to reach today; what is further is an arrow at the edge


@remembered
def gantt(
    steps: pd.DataFrame,
    as_of: datetime.date,
    today: datetime.date | None = None,
    selected: Collection[str | None] = (),
) -> Picture:
    """A bar per step from the first day of its first month to the last of its last, under its topic.

    Wants label, topic, status, text (stands at the right), start_month and end_month; without an end the bar is
    an arrow, without a start there is none. Where there are before_start and before_end too, they are a thin line
    below each bar. The bars of `selected` stand out, and a click on one is the selection "picked" with its label.
    """
    low, high, tick = _months(_months_of(steps), as_of, today)
    marks = _marks(as_of, today, low, high)
    rows, headings, height = _placed(steps, top=MARK * len(marks) + 8)
    stands_out = rows["label"].isin(list(selected))
    rows = _spanned(rows, high).assign(faint=~stands_out & stands_out.any())
    scale = alt.Scale(domain=[low, high], nice=False, zero=False)
    across = alt.X("start:Q", title=None, scale=scale, axis=_axis(low, high, tick))
    layers = [_rules(low, high), *_bars(rows, across), _arrows(rows, high)]
    if "before_start" in steps:
        layers.append(_before(rows))
    return alt.layer(
        *layers, *_texts(rows, high), _headings(headings), *(_mark(mark, rows) for mark in marks)
    ).properties(height=height + FRAME)


def _index(month: Month) -> int:
    return month.year * 12 + month.month - 1


def _position(day: datetime.date) -> float:
    """The close of a day in months since year 0: the last day of a month is where the next begins."""
    month = Month.of(day)
    return _index(month) + day.day / month.last.day


def _months_of(steps: pd.DataFrame) -> pd.DataFrame:
    """Every start_month and end_month that is to be seen, baseline included."""
    columns = {"before_start": "start_month", "before_end": "end_month"}
    parts = [steps[["start_month", "end_month"]]]
    if "before_start" in steps:
        parts.append(steps[list(columns)].rename(columns=columns))
    return pd.concat(parts).dropna(subset="start_month")


def _months(both: pd.DataFrame, as_of: datetime.date, today: datetime.date | None) -> tuple[int, int, int]:
    """First and last edge of the chart and the distance of its ticks, in months."""
    starts = [_index(Month.of(day)) for day in both["start_month"]]
    ends = [_index(Month.of(day)) + 1 for day in both["end_month"].dropna()]
    opens = [_index(Month.of(day)) + 3 for day in both.loc[both["end_month"].isna(), "start_month"]]
    low = min([*starts, int(_position(as_of)) - 1])
    high = max([*ends, *opens, _index(Month.of(as_of)) + 2])
    if today is not None and high <= _position(today) <= high + BEYOND:
        high = _index(Month.of(today)) + 1
    tick = next((tick for tick in (1, 3, 6) if (high - low) / tick <= 13), 12)
    low -= low % max(tick, 3)
    return low, max(high + -high % 3, low + 12), tick


def _placed(steps: pd.DataFrame, top: int) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """The rows with the pixels of label and bar, the headings of the topics, and the height of it all."""
    wrapped = [
        textwrap.wrap(label, min(22, max(10, LETTERS - len(text))))
        for label, text in zip(steps["label"], steps["text"], strict=True)
    ]
    below = THIN + 3 if "before_start" in steps else 0
    labels, bars, headings = [], [], []
    topic = None
    for row, lines in zip(steps.itertuples(), wrapped, strict=True):
        if row.topic != topic:
            topic = row.topic
            headings.append({"topic": topic, "y": top + HEADING - 16})
            top += HEADING
        labels.append(top)
        bars.append(top + LINE * len(lines) + 2)
        top = bars[-1] + BAR + below + GAP
    lines = ["\n".join(lines) for lines in wrapped]
    rows = steps.assign(lines=lines, label_y=labels, bar_y=bars, bar_y2=[bar + BAR for bar in bars])
    return rows, pd.DataFrame(headings), top


def _spanned(rows: pd.DataFrame, high: int) -> pd.DataFrame:
    """The rows with the edges of bar and baseline in months; an open end reaches to the edge."""

    def start(day: pd.Timestamp) -> float | None:
        return None if pd.isna(day) else _index(Month.of(day))

    def end(first: pd.Timestamp, last: pd.Timestamp) -> float | None:
        if pd.isna(first):
            return None
        return high if pd.isna(last) else _index(Month.of(last)) + 1

    rows = rows.assign(
        start=[start(day) for day in rows["start_month"]],
        end=[end(*days) for days in zip(rows["start_month"], rows["end_month"], strict=True)],
        open_ended=rows["end_month"].isna() & rows["start_month"].notna(),
    )
    if "before_start" in rows:
        rows = rows.assign(
            before_from=[start(day) for day in rows["before_start"]],
            before_to=[end(*days) for days in zip(rows["before_start"], rows["before_end"], strict=True)],
            before_y=rows["bar_y2"] + 3,
            before_y2=rows["bar_y2"] + 3 + THIN,
        )
    return rows.drop(columns=["start_month", "end_month", "before_start", "before_end"], errors="ignore")


def _axis(low: int, high: int, tick: int) -> alt.Axis:
    month = "(datum.value % 12 + 1) + '월'"
    year = "floor(datum.value / 12) + '년'"
    return alt.Axis(
        orient="top",
        values=list(range(low, high, tick)),
        labelExpr=f"datum.value % 12 == 0 || datum.value == {low} ? [{year}, {month}] : ['', {month}]",
        labelAlign="left",
        labelFontSize=11,
        grid=False,
        domain=False,
        ticks=False,
        labelPadding=4 + LABEL,  # Vega places the first of two lines, and the second below it
        labelLineHeight=LABEL,
    )


def _down(field: str) -> alt.Y:
    """Pixels from the top."""
    return alt.Y(f"{field}:Q", scale=None, axis=None)


def _rules(low: int, high: int) -> alt.Chart:
    months = pd.DataFrame({"month": range(low, high + 1)}).assign(
        strength=lambda rows: (rows["month"] % 12 == 0).map({True: 0.4, False: 0.12})
    )
    return (
        alt.Chart(months)
        .mark_rule(color=palette.INK)
        .encode(x="month:Q", opacity=alt.Opacity("strength:Q", scale=None))
    )


def _bars(rows: pd.DataFrame, across: alt.X) -> tuple[alt.Chart, alt.Chart]:
    """What has an end, and what has none: that leaves room for the head of an arrow."""
    picked = alt.selection_point(name="picked", fields=["label"], toggle=False)
    colour = alt.Scale(domain=list(STATUS), range=list(STATUS.values()))
    drawn = rows.dropna(subset="start")
    closed, opened = (
        alt.Chart(part)
        .mark_rect(cursor="pointer", cornerRadius=2, x2Offset=offset)
        .encode(
            across,
            alt.X2("end:Q"),
            _down("bar_y"),
            alt.Y2("bar_y2:Q"),
            alt.Color("status:N", scale=colour),
            opacity=FAINT,
            tooltip=[alt.Tooltip("label:N", title="단계"), alt.Tooltip("text:N", title="기간")],
        )
        for part, offset in ((drawn[~drawn["open_ended"]], 0), (drawn[drawn["open_ended"]], -HEAD))
    )
    return closed.add_params(picked), opened


def _arrows(rows: pd.DataFrame, high: int) -> alt.Chart:
    """The head of what has no end."""
    opens = rows[rows["open_ended"]].assign(middle=rows["bar_y"] + BAR / 2)
    return (
        alt.Chart(opens)
        .mark_point(shape=ARROW, size=(2 * HEAD) ** 2, filled=True, xOffset=-HEAD, cursor="pointer")
        .encode(x=alt.datum(high), y=_down("middle"), color=alt.Color("status:N"), opacity=FAINT)
    )


def _before(rows: pd.DataFrame) -> alt.Chart:
    return (
        alt.Chart(rows.dropna(subset="before_from"))
        .mark_rect(color=palette.FAINT)
        .encode(
            x="before_from:Q",
            x2="before_to:Q",
            y=_down("before_y"),
            y2="before_y2:Q",
            tooltip=[alt.Tooltip("label:N", title="견주는 일정")],
        )
    )


def _texts(rows: pd.DataFrame, high: int) -> tuple[alt.Chart, alt.Chart]:
    base = alt.Chart(rows).encode(y=_down("label_y"))
    label = base.mark_text(
        align="left", baseline="top", color=palette.INK, fontSize=13, lineBreak="\n", lineHeight=LINE
    )
    months = base.mark_text(align="right", baseline="top", color=palette.INK, fontSize=12, opacity=0.85)
    return label.encode(x=alt.value(0), text="lines:N"), months.encode(x=alt.datum(high), text="text:N")


def _headings(headings: pd.DataFrame) -> alt.Chart:
    return (
        alt.Chart(headings)
        .mark_text(align="left", baseline="middle", color=palette.INK, fontSize=13, fontWeight="bold")
        .encode(x=alt.value(0), y=_down("y"), text="topic:N")
    )


def _marks(as_of: datetime.date, today: datetime.date | None, low: int, high: int) -> list[pd.DataFrame]:
    """As-of date and today, each with its line below the one before."""
    days = [("기준일", as_of)] + ([("오늘", today)] if today is not None else [])
    return [
        pd.DataFrame(
            [
                {
                    "position": min(_position(day), high),
                    "text": f"{name} {format.date(day)}" + " ▶" * (_position(day) > high),
                    "y": 4 + MARK * line,
                    "today": name == "오늘",
                    "right": _position(day) > (low + high) / 2,
                    "beyond": _position(day) > high,
                }
            ]
        )
        for line, (name, day) in enumerate(days)
    ]


def _mark(mark: pd.DataFrame, rows: pd.DataFrame) -> Picture:
    """A date: its name at the top, and its line beside the bars, so that it crosses no label."""
    [row] = mark.itertuples()
    colour = palette.BEHIND if row.today else palette.INK
    name = (
        alt.Chart(mark)
        .mark_text(
            align="right" if row.right else "left",
            baseline="top",
            dx=-5 if row.right else 5,
            color=colour,
            fontSize=12,
            fontWeight="bold",
        )
        .encode(x="position:Q", y=_down("y"), text="text:N")
    )
    if row.beyond:
        return name
    beside = pd.DataFrame({"y": rows["bar_y"] - 3, "y2": rows["bar_y2"] + GAP - 3})
    beside = pd.concat([pd.DataFrame([{"y": row.y, "y2": row.y + MARK}]), beside]).assign(
        position=row.position
    )
    line = alt.Chart(beside).mark_rule(
        color=colour, strokeWidth=1.5, strokeDash=[1, 0] if row.today else [5, 3]
    )
    return alt.layer(line.encode(x="position:Q", y=_down("y"), y2="y2:Q"), name)
