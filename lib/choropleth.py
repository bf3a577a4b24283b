"""Places in the classes of a metric: what the map, the ranks and the table of the map page show of one choice."""

import datetime
from typing import Any, NamedTuple

import pandas as pd
import pydeck as pdk

from lib import boundary, db, format
from lib.charts import look
from lib.charts import population as charts
from lib.metric import Metric
from lib.queries import population
from lib.rules import classes

BUCKETS, QUANTILES, EQUAL = "보고서 구간", "분위수", "등간격"
CLASSES = 5
JOINT = "경계를 나눌 수 없어 더한 값(순위 없음)"
MAPS = 32
"""Maps for the screen that are kept, of up to 600 KB each."""


class Choice(NamedTuple):
    """What is drawn of which month: all districts, all 동, or the 동 of one district.

    as_of: the edition whose buckets are used; month: of the residents; way: how classes are made.
    """

    as_of: datetime.date
    month: datetime.date
    district: str | None
    by_dong: bool
    metric: Metric
    way: str
    unit: format.Unit

    @property
    def kind(self) -> str:
        """What the places are, in Korean."""
        return "동" if self.by_dong else "자치구"

    @property
    def code(self) -> str:
        """The property of the outlines that areas are matched by."""
        return "boundary_code_2020" if self.by_dong else "district_code"


class Choropleth(NamedTuple):
    """A choice worked out. Nobody may change it.

    units: the places by rank, with rank, value, text, label and band (its class in words); areas: one row per
    outline, as lib.charts.population wants them; bands: the classes from low to high, with how many places each
    has; standings: the rank of a place in words; members: the area that a 동 without an outline of its own is in.
    """

    units: pd.DataFrame
    areas: pd.DataFrame
    bands: list[str]
    standings: dict[str, str]
    members: dict[str, str]


def ways(metric: Metric) -> list[str]:
    """How the values of a metric can be put into classes; the report has buckets of residents only."""
    return [BUCKETS, QUANTILES, EQUAL] if metric.column == "population" else [QUANTILES, EQUAL]


def ranks(units: pd.DataFrame, metric: Metric) -> pd.Series:
    """Ranks from the largest value, equal ones the same."""
    return units[metric.column].rank(ascending=False, method="min").astype(int)


@db.remembered
def choropleth(choice: Choice) -> Choropleth:
    """The places of a choice, ranked and classed."""
    month, district, drawn, unit = choice.month, choice.district, choice.metric, choice.unit
    if choice.by_dong:
        units, areas = population.dongs(month, district), population.areas(month, district)
    else:
        units = population.districts(month)
        areas = units.assign(joint=False)
    values = list(units[drawn.column])
    bounds, bands = _classes(choice, values)
    counts = pd.Series([classes.index(value, bounds) for value in values]).value_counts()
    bands = [f"{band} · {counts.get(index, 0)}곳" for index, band in enumerate(bands)]
    units = units.assign(
        rank=ranks(units, drawn),
        value=values,
        text=[drawn.written(value, unit) for value in values],
        label=units["place"] if choice.by_dong and district is None else units["name"],
        band=[bands[classes.index(value, bounds)] for value in values],
    ).sort_values("rank")
    standings = {row.place: f"{len(units)}개 {choice.kind} 가운데 {row.rank}위" for row in units.itertuples()}
    areas = areas.assign(
        value=areas[drawn.column],
        text=[f"{drawn.name} {drawn.written(value, unit)}" for value in areas[drawn.column]],
        rank=[standings.get(area, JOINT) for area in areas["place"]],
        band=[bands[classes.index(value, bounds)] for value in areas[drawn.column]],
    )
    members = {
        f"{area.district} {dong}": area.place
        for area in areas[areas["joint"]].itertuples()
        for dong in area.name.split("·")
    }
    return Choropleth(units, areas, bands, standings, members)


@db.remembered
def since(choice: Choice, other: datetime.date) -> pd.DataFrame:
    """The units of a choice with their change since another month, and it in words; empty for a 동 new since."""
    drawn, units = choice.metric, choropleth(choice).units
    earlier = population.dongs(other, choice.district) if choice.by_dong else population.districts(other)
    then = units["place"].map(earlier.set_index("place")[drawn.column])
    return units.assign(
        change=units["value"] - then,
        change_text=[drawn.difference(*pair, choice.unit) for pair in zip(units["value"], then, strict=True)],
    )


def _classes(choice: Choice, values: list[float]) -> tuple[list[float], list[str]]:
    """The inner bounds of the classes, and the classes in words."""
    if choice.way == BUCKETS:
        buckets = population.distribution(choice.as_of, choice.month)
        buckets = buckets[buckets["level"] == ("dong" if choice.by_dong else "district")]
        words = [f"{bucket}명" if "~" in bucket else bucket for bucket in buckets["bucket"]]
        return list(buckets["lower_bound"][1:]), words
    divide = classes.quantiles if choice.way == QUANTILES else classes.equal
    bounds = divide(values, CLASSES, choice.metric.decimals)
    return bounds, classes.labels(bounds, lambda bound: choice.metric.written(bound, choice.unit))


@db.remembered(most=MAPS)
def screen_map(choice: Choice, selected: str, raised: bool, width: int) -> pdk.Deck:
    """The map for the screen; width in pixels."""
    return charts.screen_map(**_shapes(choice), selected=selected, raised=raised, width=width)


def print_map(choice: Choice, selected: str) -> look.Picture:
    """The same map for paper and for screen readers."""
    return charts.print_map(**_shapes(choice), selected=selected)


def _shapes(choice: Choice) -> dict[str, Any]:
    """What either map is drawn of."""
    drawn = choropleth(choice)
    return {
        "outlines": boundary.drawn(_outlines(choice), choice.code, set(drawn.areas["code"])),
        "areas": drawn.areas,
        "classes": drawn.bands,
        "code": choice.code,
        "borders": _borders(choice),
    }


def _outlines(choice: Choice) -> boundary.FeatureCollection:
    if not choice.by_dong:
        return boundary.districts()
    districts = population.districts(choice.month)
    [code] = districts.loc[districts["place"] == choice.district, "code"] if choice.district else [None]
    return boundary.dongs(code)


def _borders(choice: Choice) -> boundary.FeatureCollection | None:
    """The districts, where all 동 are drawn."""
    return boundary.districts() if choice.by_dong and choice.district is None else None
