"""Pictures of 시차출퇴근: what the report gives, what follows from assumptions, and HR's own counts.

Rates are shares of one; NaN is hidden and drawn as such. Pictures of made-up counts say so themselves.
"""

import altair as alt
import pandas as pd

from lib import format, palette
from lib.charts.look import Picture, remembered

ROW, FRAME = 28, 84  # pixels of a bar with its gap, and of axis and legend together
UNDESCRIBED = "보고서에 설명 없음"
HIDDEN = "가림"
STATES = ("규정 미만 ▼", "규정 이상")
PRESENT, UNPLACED, ABSENT = "근무 중", "시각 가림", "근무 외·점심"
BANDS = ("전체", "5급 이하", "4급 이상")
INKS = ("on light", "on dark", "hidden")
SAMPLE = "예시 – 지어낸 자료"


@remembered
def month_bars(months: pd.DataFrame) -> Picture:
    """The printed counts by month. Wants name, use_count and text, in order."""
    return _bars(months, "name", "use_count", [palette.NEUTRAL, palette.PRIMARY])


def what_if_bars(rows: pd.DataFrame) -> Picture:
    """A printed count beside what assumptions give. Wants name, value, text and assumed, in order."""
    base = alt.Chart(rows).encode(
        _names("name"),
        alt.X(
            "value:Q", title=None, axis=None, scale=alt.Scale(domain=[0, 1.5 * float(rows["value"].max())])
        ),
    )
    bars = base.mark_bar().encode(
        alt.Color(
            "assumed:N", scale=alt.Scale(domain=["보고서", "가정"], range=[palette.PRIMARY, palette.OCHRE])
        ),
        tooltip=[alt.Tooltip("name:N", title="구분"), alt.Tooltip("text:N", title="수")],
    )
    return alt.layer(
        bars, base.mark_text(align="left", dx=5, color=palette.INK, fontSize=13).encode(text="text:N")
    ).properties(height=FRAME + ROW * len(rows))


@remembered
def start_shares(starts: pd.DataFrame) -> Picture:
    """Shares of start times as one bar of 100 %. Wants start_band and share_percent, with UNDESCRIBED, in order."""
    names = list(starts["start_band"])
    rows = starts.assign(
        place=range(len(starts)),
        text=[format.percent(share) for share in starts["share_percent"]],
        bar="출근시각",
    )
    open_part = f"datum.start_band === '{UNDESCRIBED}'"
    colours = [palette.PRIMARY, palette.NEUTRAL, palette.TEAL, palette.OCHRE]
    base = alt.Chart(rows).encode(
        alt.X("share_percent:Q", title=None, axis=None, stack="zero", scale=alt.Scale(domain=[0, 100])),
        alt.Order("place:Q"),
    )
    bars = base.mark_bar(size=44, strokeWidth=1.5).encode(
        alt.Color(
            "start_band:N",
            scale=alt.Scale(domain=names, range=colours[: len(names)]),
            legend=alt.Legend(columns=1, symbolType="square"),
        ),
        fillOpacity=alt.condition(open_part, alt.value(0.12), alt.value(1)),
        stroke=alt.condition(open_part, alt.value(palette.NEUTRAL), alt.value("transparent")),
        strokeDash=alt.condition(open_part, alt.value([5, 4]), alt.value([1, 0])),
        tooltip=[alt.Tooltip("start_band:N", title="출근시각"), alt.Tooltip("text:N", title="비율")],
    )
    middle = rows.assign(middle=rows["share_percent"].cumsum() - rows["share_percent"] / 2)
    texts = (
        alt.Chart(middle)
        .mark_text(fontSize=14, fontWeight="bold")
        .encode(
            x=alt.X("middle:Q", scale=alt.Scale(domain=[0, 100]), axis=None),
            text="text:N",
            color=alt.condition(open_part, alt.value(palette.INK), alt.value("white")),
        )
    )
    return alt.layer(bars, texts).properties(height=150)


@remembered
def visit_bars(months: pd.DataFrame, plan: float) -> Picture:
    """Visits by month against the plan per month. Wants name and visit_count, in order."""
    rows = months.assign(text=[f"{count}회" if count else "" for count in months["visit_count"]])
    x = alt.X("name:N", sort=None, title=None, axis=alt.Axis(labelAngle=0, ticks=False))
    top = 1.4 * max(plan, float(rows["visit_count"].max()))
    y = alt.Y(
        "visit_count:Q",
        title="방문(회)",
        scale=alt.Scale(domain=[0, top]),
        axis=alt.Axis(tickMinStep=1, format="d"),
    )
    base = alt.Chart(rows).encode(x, y)
    line = pd.DataFrame({"visit_count": [plan], "text": [f"월 {format.number(plan)}회 안팎(계획)"]})
    rule = alt.Chart(line).encode(y="visit_count:Q")
    return alt.layer(
        base.mark_bar(color=palette.PRIMARY, size=18),
        base.mark_text(dy=14, color="white", fontWeight="bold").encode(text="text:N"),
        rule.mark_rule(color=palette.INK, strokeDash=[4, 3]),
        rule.mark_text(align="right", dx=-2, dy=-8, color=palette.INK).encode(
            x=alt.value("width"), text="text:N"
        ),
    ).properties(height=200)


def compliance_bars(rows: pd.DataFrame, sample: bool) -> Picture:
    """Cases of departments against the rule, in the order given. Wants department, compliance and state."""
    late = rows["state"] == "규정 미만"
    shown = rows[["department", "compliance"]].assign(
        met=late.map({True: STATES[0], False: STATES[1]}),
        text=[
            HIDDEN if pd.isna(rate) else format.rate(rate) + " ▼" * below
            for rate, below in zip(rows["compliance"], late, strict=True)
        ],
    )
    edge = 1.3 * max(1.0, float(shown["compliance"].max()) if shown["compliance"].notna().any() else 1.0)
    ticks = [step / 2 for step in range(int(edge / 1.3 * 2) + 1)]
    base = alt.Chart(shown).encode(_names("department"))
    bars = base.mark_bar().encode(
        alt.X(
            "compliance:Q",
            title=None,
            scale=alt.Scale(domain=[0, edge], nice=False),
            axis=alt.Axis(format="%", values=ticks),
        ),
        alt.Color("met:N", scale=alt.Scale(domain=list(STATES), range=[palette.BEHIND, palette.PRIMARY])),
        tooltip=[alt.Tooltip("department:N", title="부서"), alt.Tooltip("text:N", title="이행률")],
    )
    texts = base.mark_text(align="right", color=palette.INK, fontSize=13).encode(
        x=alt.datum(edge), text="text:N"
    )
    line = alt.Chart(pd.DataFrame({"compliance": [1.0]})).mark_rule(color=palette.INK, strokeDash=[4, 3])
    return _marked(alt.layer(bars, line.encode(x="compliance:Q"), texts), sample, FRAME + ROW * len(rows))


def trend_lines(rows: pd.DataFrame, measure: str, name: str, sample: bool) -> Picture:
    """A rate by month and rank band; months that are hidden leave a gap. Wants month (as text), band and the measure."""
    months = sorted(rows["month"].unique())
    base = alt.Chart(
        rows[["month", "band", measure]].assign(
            text=[HIDDEN if pd.isna(rate) else format.rate(rate) for rate in rows[measure]]
        )
    ).encode(
        alt.X("month:O", title=None, axis=alt.Axis(labelAngle=-45, values=months[:: 1 + len(months) // 13])),
        alt.Y(f"{measure}:Q", title=name, axis=alt.Axis(format="%", tickCount=5), scale=alt.Scale(zero=True)),
        alt.Color(
            "band:N",
            scale=alt.Scale(domain=list(BANDS), range=[palette.PRIMARY, palette.TEAL, palette.OCHRE]),
            legend=alt.Legend(columns=2),
        ),
        alt.Shape(
            "band:N",
            scale=alt.Scale(domain=list(BANDS), range=["circle", "square", "triangle-up"]),
            legend=alt.Legend(columns=2),
        ),
        tooltip=[
            alt.Tooltip("month:O", title="월"),
            alt.Tooltip("band:N", title="직급대"),
            alt.Tooltip("text:N", title=name),
        ],
    )
    lines = alt.layer(base.mark_line(strokeWidth=2), base.mark_point(filled=True, size=60, opacity=1))
    return _marked(lines, sample, 300)


def spread_bars(rows: pd.DataFrame, sample: bool) -> Picture:
    """Cases by start time with their shares. Wants start, cases and share, in order."""
    texts = [
        HIDDEN if pd.isna(row.cases) else f"{format.number(row.cases)}건 · {format.rate(row.share)}"
        for row in rows.itertuples()
    ]
    return _marked(
        _bars(rows.assign(text=texts), "start", "cases", [palette.PRIMARY]), sample, FRAME + ROW * len(rows)
    )


def heat_map(rows: pd.DataFrame, sample: bool) -> Picture:
    """Departments × start times, coloured by the share of the department's cases; hidden cells say so."""
    shown = rows[["department", "start", "share"]].assign(
        text=[HIDDEN if pd.isna(share) else format.rate(share, 0) for share in rows["share"]],
        ink=["hidden" if pd.isna(share) else INKS[share > 0.3] for share in rows["share"]],
    )
    base = alt.Chart(shown).encode(
        alt.X("start:O", title=None, axis=alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False)),
        alt.Y("department:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False)),
        tooltip=[
            alt.Tooltip("department:N", title="부서"),
            alt.Tooltip("start:O", title="출근시각"),
            alt.Tooltip("text:N", title="비중"),
        ],
    )
    cells = base.mark_rect(stroke="white", strokeWidth=1).encode(
        alt.Color(
            "share:Q",
            scale=alt.Scale(domain=[0, 0.6], range=["#e8f0ff", palette.PRIMARY, "#0b3ea8"], clamp=True),
            legend=None,
        )
    )
    covered = base.transform_filter("!isValid(datum.share)").mark_rect(color=palette.FAINT, opacity=0.35)
    # Light cells carry black text (4.5:1 up to the middle of the scale), dark ones white, and covered ones the colour of the page around them.
    texts = base.mark_text(fontSize=12).encode(
        text="text:N",
        color=alt.Color(
            "ink:N", scale=alt.Scale(domain=list(INKS), range=["#000000", "white", palette.INK]), legend=None
        ),
    )
    picture = alt.layer(cells, covered, texts).resolve_scale(color="independent")
    return _marked(picture, sample, 40 + ROW * rows["department"].nunique())


def cover_bars(rows: pd.DataFrame, sample: bool) -> Picture:
    """People by half-hour: at work, start hidden, and away. Wants slot, present, unplaced and absent, in order."""
    parts = pd.concat(
        rows.assign(part=part, place=place, people=rows[column])
        for place, (part, column) in enumerate(
            ((PRESENT, "present"), (UNPLACED, "unplaced"), (ABSENT, "absent"))
        )
    )
    everyone = float(rows[["present", "unplaced", "absent"]].iloc[0].sum())
    x = alt.X(
        "people:Q",
        title=None,
        axis=None,
        stack="zero",
        scale=alt.Scale(domain=[0, 1.3 * everyone], nice=False),
    )
    bars = (
        alt.Chart(parts)
        .mark_bar()
        .encode(
            _names("slot"),
            x,
            alt.Color(
                "part:N",
                scale=alt.Scale(
                    domain=[PRESENT, UNPLACED, ABSENT], range=[palette.PRIMARY, palette.OCHRE, "#8a949e55"]
                ),
                legend=alt.Legend(columns=2),
            ),
            alt.Order("place:Q"),
            tooltip=[
                alt.Tooltip("slot:N", title="시각"),
                alt.Tooltip("part:N", title="구분"),
                alt.Tooltip("people:Q", title="명", format=",.1f"),
            ],
        )
    )
    texts = (
        alt.Chart(rows.assign(text=[f"{format.number(people, 1)}명" for people in rows["present"]]))
        .mark_text(align="right", color=palette.INK, fontSize=13)
        .encode(_names("slot"), x=alt.datum(1.3 * everyone), text="text:N")
    )
    return _marked(alt.layer(bars, texts), sample, FRAME + 24 * len(rows))


def change_dots(rows: pd.DataFrame, before: str, after: str, sample: bool) -> Picture:
    """Adoption of departments in two months. Wants department, adoption_before, adoption and point_change, in order."""
    rows = rows[["department", "adoption_before", "adoption", "point_change"]]
    points = pd.concat(
        [
            rows.assign(month=before, rate=rows["adoption_before"]),
            rows.assign(month=after, rate=rows["adoption"]),
        ]
    )
    edge = 1.35
    x = alt.X(
        "rate:Q",
        title=None,
        scale=alt.Scale(domain=[0, edge], nice=False),
        axis=alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1]),
    )
    base = alt.Chart(rows).encode(_names("department"))
    dots = (
        alt.Chart(points)
        .mark_point(filled=True, size=90, opacity=1)
        .encode(
            _names("department"),
            x,
            alt.Color(
                "month:N", scale=alt.Scale(domain=[before, after], range=[palette.NEUTRAL, palette.PRIMARY])
            ),
            alt.Shape("month:N", scale=alt.Scale(domain=[before, after], range=["square", "circle"])),
            tooltip=[
                alt.Tooltip("department:N", title="부서"),
                alt.Tooltip("month:N", title="월"),
                alt.Tooltip("rate:Q", title="이용률", format=".1%"),
            ],
        )
    )
    lines = base.mark_rule(color=palette.INK, opacity=0.5).encode(
        x=alt.X("adoption_before:Q"), x2="adoption:Q"
    )
    texts = (
        alt.Chart(
            rows.assign(
                text=[
                    HIDDEN if pd.isna(change) else format.points(change * 100)
                    for change in rows["point_change"]
                ]
            )
        )
        .mark_text(align="right", color=palette.INK, fontSize=13)
        .encode(_names("department"), x=alt.datum(edge), text="text:N")
    )
    return _marked(alt.layer(lines, dots, texts), sample, FRAME + ROW * len(rows))


def _bars(rows: pd.DataFrame, name: str, value: str, colours: list[str]) -> Picture:
    """Bars with their text in a column at the right, in the order of the rows."""
    most = float(rows[value].max()) if rows[value].notna().any() else 1.0
    edge = 1.45 * max(most, 1.0)
    base = alt.Chart(rows).encode(_names(name))
    bars = base.mark_bar().encode(
        alt.X(f"{value}:Q", title=None, axis=None, scale=alt.Scale(domain=[0, edge], nice=False)),
        alt.Color(
            f"{name}:N", sort=None, legend=None, scale=alt.Scale(domain=list(rows[name]), range=colours)
        ),
        tooltip=[alt.Tooltip(f"{name}:N", title="구분"), alt.Tooltip("text:N", title="수")],
    )
    texts = base.mark_text(align="right", color=palette.INK, fontSize=13).encode(
        x=alt.datum(edge), text="text:N"
    )
    return alt.layer(bars, texts).properties(height=40 + ROW * len(rows))


def _marked(picture: Picture, sample: bool, height: int) -> Picture:
    if not sample:
        return picture.properties(height=height)
    # Lowered by the few pixels that the title would else reach over the edge of the picture.
    title = alt.TitleParams(SAMPLE, anchor="start", color=palette.INK, fontSize=13, dy=5, offset=10)
    return picture.properties(height=height + 24, title=title)


def _names(column: str) -> alt.Y:
    return alt.Y(f"{column}:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False))
