"""Pictures of the evaluation simulator, from rows of lib/evaluation: percent, people, places and scores."""

import math

import altair as alt
import pandas as pd

from lib import palette
from lib.charts import look
from lib.charts.look import Picture

ROW, FRAME = 60, 90  # pixels of a grade, and of axis and legend together
HEIGHT = 300
ACTUAL, TARGET, BASELINE = "배분 결과", "목표 비율", "기준안"
GRADES = ["수", "우", "양", "가"]
COLOURS = [palette.PRIMARY, palette.TEAL, palette.OCHRE, palette.BEHIND]
SHAPES = ["circle", "square", "triangle-up", "diamond"]
BANDS = (64, 53, 32)
PLANS = ["기준안", "비교안"]


def totals(grades: pd.DataFrame) -> look.Filled:
    """What the grades come to against their targets. Wants grade, percent, target, baseline (or null), text."""
    high = float(grades[["percent", "target", "baseline"]].max().max())
    highest = max(10, 10 * math.ceil(high / 10))
    outline = _totals(len(grades), highest, bool(grades["baseline"].notna().any()))
    return look.Filled("등급별 인원 비율과 목표 비율", outline, grades)


@look.remembered
def _totals(grade_count: int, high: int, has_baseline: bool) -> Picture:
    """The outline for so many grades up to so many percent."""
    edge = high * 1.1
    x = alt.Scale(domain=[0, edge], nice=False)
    y = alt.Y("grade:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False, labelFontSize=15))
    names = [ACTUAL, TARGET, BASELINE] if has_baseline else [ACTUAL, TARGET]
    colours = alt.Scale(domain=names, range=[palette.PRIMARY, palette.OCHRE, palette.TEAL][: len(names)])
    tooltip = [alt.Tooltip("grade:N", title="등급"), alt.Tooltip("text:N", title="인원")]

    def part(name: str) -> alt.Chart:
        return alt.Chart().encode(y=y, color=alt.ColorDatum(name, scale=colours), tooltip=tooltip)

    layers = [
        part(ACTUAL)
        .mark_bar(size=18, yOffset=-10)
        .encode(
            x=alt.X(
                "percent:Q",
                scale=x,
                title="전체 인원 대비(%)",
                axis=alt.Axis(values=list(range(0, high + 1, 10)), grid=False),
            )
        ),
        part(TARGET).mark_tick(thickness=3, size=28, yOffset=-10).encode(x=alt.X("target:Q", scale=x)),
    ]
    if has_baseline:
        layers.append(
            part(BASELINE)
            .mark_point(filled=True, size=90, shape="diamond", yOffset=-10)
            .encode(x=alt.X("baseline:Q", scale=x))
        )
    texts = (
        alt.Chart()
        .mark_text(align="left", color=palette.INK, fontSize=13, dy=12, dx=2)
        .encode(y=y, x=alt.datum(0), text="text:N")  # below the bar, where nothing crosses it
    )
    return alt.layer(*layers, texts, data=look.ROWS).properties(height=FRAME + ROW * grade_count)


def unit_sizes(lines: pd.DataFrame) -> Picture:
    """Percent of each grade by the size of the units. Wants unit_size, unit_count, grade, people, percent."""
    present = [grade for grade in GRADES if (lines.loc[lines["grade"] == grade, "people"] > 0).any()]
    rows = lines[lines["grade"].isin(present)]
    places = [GRADES.index(grade) for grade in present]
    low, high = int(rows["unit_size"].min()), int(rows["unit_size"].max())
    ticks = sorted(
        {low, *(size for size in (5, 10, 20, 50, 100, 200, 500, 1000, 5000) if low < size < high / 1.3), high}
    )
    return (
        alt.Chart(rows)
        .mark_line(interpolate="step-after", strokeWidth=2)
        .encode(
            alt.X(
                "unit_size:Q",
                title="한 단위의 인원(명, 로그 눈금)",
                scale=alt.Scale(type="log", domain=[low, max(high, low + 1)], nice=False),
                axis=alt.Axis(values=ticks, format=",d", grid=False),
            ),
            alt.Y("percent:Q", title="전체 인원 대비(%)", scale=alt.Scale(zero=True)),
            alt.Color("grade:N", scale=alt.Scale(domain=present, range=[COLOURS[place] for place in places])),
            alt.StrokeDash(
                "grade:N",
                scale=alt.Scale(
                    domain=present, range=[[[1, 0], [6, 3], [2, 2], [10, 3]][place] for place in places]
                ),
            ),
            tooltip=[
                alt.Tooltip("unit_size:Q", title="단위 인원"),
                alt.Tooltip("unit_count:Q", title="단위 수"),
                alt.Tooltip("grade:N", title="등급"),
                alt.Tooltip("people:Q", title="인원", format=","),
            ],
        )
        .properties(height=HEIGHT)
    )


def order(people: pd.DataFrame) -> Picture:
    """Scores in the submitted order, by grade, with the floors of the bands. Wants place, score, grade."""
    present = [grade for grade in GRADES if (people["grade"] == grade).any()]
    places = [GRADES.index(grade) for grade in present]
    dots = (
        alt.Chart(people)
        .mark_point(filled=True, size=45, opacity=0.9)
        .encode(
            alt.X("place:Q", title="제출 순위", axis=alt.Axis(format=",d", grid=False, tickMinStep=1)),
            alt.Y("score:Q", title="점수", scale=alt.Scale(zero=False)),
            alt.Color("grade:N", scale=alt.Scale(domain=present, range=[COLOURS[place] for place in places])),
            alt.Shape("grade:N", scale=alt.Scale(domain=present, range=[SHAPES[place] for place in places])),
            tooltip=[
                alt.Tooltip("place:Q", title="순위"),
                alt.Tooltip("score:Q", title="점수"),
                alt.Tooltip("grade:N", title="등급"),
            ],
        )
    )
    low, high = float(people["score"].min()), float(people["score"].max())
    floors = pd.DataFrame({"score": [floor for floor in BANDS if low - 3 <= floor <= high + 3]}, dtype=float)
    rules = alt.Chart(floors).mark_rule(color=palette.INK, strokeDash=[4, 3], opacity=0.6).encode(y="score:Q")
    return alt.layer(rules, dots).properties(height=HEIGHT)


def chances(places: pd.DataFrame, top: int) -> Picture:
    """Chance of being found in the top group by true place. Wants plan, place, chance (of one); `top`: its size."""
    present = [name for name in PLANS if (places["plan"] == name).any()]
    lines = (
        alt.Chart(places)
        .mark_line(strokeWidth=2)
        .encode(
            alt.X(
                "place:Q",
                title="실제 실력 순위",
                scale=alt.Scale(domain=[1, int(places["place"].max())]),
                axis=alt.Axis(format=",d", grid=False, tickMinStep=1),
            ),
            alt.Y(
                "chance:Q",
                title="상위 집단에 뽑힐 확률",
                scale=alt.Scale(domain=[0, 1]),
                axis=alt.Axis(format="%", tickCount=5),
            ),
            alt.Color(
                "plan:N",
                scale=alt.Scale(domain=PLANS, range=[palette.OCHRE, palette.PRIMARY]),
                legend=alt.Legend(values=present),
            ),
            alt.StrokeDash("plan:N", scale=alt.Scale(domain=PLANS, range=[[6, 3], [1, 0]]), legend=None),
            tooltip=[
                alt.Tooltip("place:Q", title="실제 순위"),
                alt.Tooltip("chance:Q", title="확률", format=".1%"),
                alt.Tooltip("plan:N", title="구분"),
            ],
        )
    )
    edge = (
        alt.Chart(pd.DataFrame({"place": [top + 0.5]}))
        .mark_rule(color=palette.INK, strokeDash=[4, 3], opacity=0.7)
        .encode(x="place:Q")
    )
    return alt.layer(lines, edge).properties(height=HEIGHT)
