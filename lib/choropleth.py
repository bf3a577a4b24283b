"""Places in the classes of a metric: what the map, the ranks and the table of the map page show of one choice."""

import datetime
from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd
import pydeck as pdk

from lib import boundary, db, format
from lib.charts import look
from lib.charts import population as charts
from lib.finding import Card
from lib.metric import Metric
from lib.queries import population
from lib.rules import classes

CITY = "서울특별시"
MUCH, HIGH = ("많고", "적습니다", "많은", "적은"), ("높고", "낮습니다", "높은", "낮은")
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

    message: what it says in a sentence; units: the places by rank, with rank, value, text, label and band (its class
    in words); areas: one row per outline, as lib.charts.population wants them; bands: the classes from low to high,
    with how many places each has; standings: the rank of a place in words; members: the area that a 동 without an
    outline of its own is in; extremes: a key figure of the largest and of the smallest value; notes: areas that are
    not what they seem.
    """

    message: str
    units: pd.DataFrame
    areas: pd.DataFrame
    bands: list[str]
    standings: dict[str, str]
    members: dict[str, str]
    extremes: list[Card]
    notes: list[str]


class Change(NamedTuple):
    """What the units of a choice have over another month; nothing for a 동 that is new.

    head: of a column; sentence: the city's, the largest and the smallest; values and texts: in the units' order.
    """

    head: str
    sentence: str
    values: list[float]
    texts: list[str]


class Listing(NamedTuple):
    """The units of a choice with every metric and their change: as numbers for files, and as text to be read."""

    numbers: pd.DataFrame
    texts: pd.DataFrame


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
    joint = list(areas[areas["joint"]].itertuples())
    members = {f"{area.district} {dong}": area.place for area in joint for dong in area.name.split("·")}
    notes = [
        f"{format.particle(area.place, '은', '는')} 2020년 경계로 나눌 수 없어 한 구역으로 그리고 값을 더했습니다."
        for area in joint
    ]
    places = list(units.itertuples())
    largest, smallest = places[0], places[-1]
    more, less, most, least = HIGH if drawn.high else MUCH
    named = [format.particle(f"{place.label}({place.text})", "이", "가") for place in (largest, smallest)]
    message = (
        f"{district or '서울'} {len(units)}개 {choice.kind} 가운데 {format.particle(drawn.name, '은', '는')} "
        f"{named[0]} 가장 {more} {named[1]} 가장 {less}"
    )
    extremes = [
        Card(f"가장 {kind} {choice.kind}", place.text, place.label)
        for kind, place in ((most, largest), (least, smallest))
    ]
    return Choropleth(message, units, areas, bands, standings, members, extremes, notes)


@db.remembered
def cards(choice: Choice, place: str) -> list[Card]:
    """The metric of the city, of the district and of the 동 that are looked at, then the extremes of the choice.

    place: the city, a district, or a 동 or an area with its district's name in front.
    """
    drawn, shown = choice.metric, choropleth(choice)
    [whole] = population.whole(choice.month).itertuples()
    facts = [(CITY, getattr(whole, drawn.column), drawn.basis)]
    if choice.district:
        districts = population.districts(choice.month).assign(rank=lambda rows: ranks(rows, drawn))
        [home] = districts[districts["place"] == choice.district].itertuples()
        standing = f"{len(districts)}개 자치구 가운데 {home.rank}위"
        facts.append((choice.district, getattr(home, drawn.column), standing))
    if place not in (CITY, choice.district):
        [here, *_] = [
            row for rows in (shown.units, shown.areas) for row in rows.itertuples() if row.place == place
        ]
        facts.append((here.name, here.value, shown.standings.get(place, JOINT)))
    return [
        *(Card(f"{name} {drawn.short}", drawn.written(value, choice.unit), of) for name, value, of in facts),
        *shown.extremes,
    ]


@db.remembered
def since(choice: Choice, other: datetime.date | None) -> Change | None:
    """The change since another month; None where there is none to compare with."""
    drawn, units = choice.metric, choropleth(choice).units
    if other is None or not drawn.monthly:
        return None
    now, before = (population.whole(month).iloc[0][drawn.column] for month in (choice.month, other))
    if pd.isna(before):
        return None
    earlier = population.dongs(other, choice.district) if choice.by_dong else population.districts(other)
    then = units["place"].map(earlier.set_index("place")[drawn.column])

    def written(now: float, then: float) -> str:
        return format.signed(drawn.difference(now, then, choice.unit))

    texts = [written(*pair) for pair in zip(units["value"], then, strict=True)]
    changed = units.assign(change=units["value"] - then, text=texts)
    if changed["change"].isna().all():
        return None
    grown, shrunk = (changed.loc[changed["change"].agg(end)] for end in ("idxmax", "idxmin"))
    head = f"{drawn.short} 증감({format.date(other)} 대비)"
    sentence = (
        f"{head}: {CITY} {written(now, before)}, 가장 큰 곳 {grown['label']} {grown['text']}, "
        f"가장 작은 곳 {shrunk['label']} {shrunk['text']}"
    )
    return Change(head, sentence, list(changed["change"]), texts)


@db.remembered
def listing(choice: Choice, metrics: Sequence[Metric], other: datetime.date | None) -> Listing:
    """The units of a choice with these metrics, and with their change since another month where there is one."""
    units, unit, change = choropleth(choice).units, choice.unit, since(choice, other)
    numbers = {
        metric.head(unit): units[metric.column] / unit.thousand_won if metric.money else units[metric.column]
        for metric in metrics
    }
    texts = {
        metric.head(unit): [metric.amount(value, unit) for value in units[metric.column]]
        for metric in metrics
    }
    ranked = [format.number(rank) for rank in units["rank"]]
    return Listing(
        pd.DataFrame(
            {"순위": units["rank"], choice.kind: units["place"], **numbers}
            | ({change.head: change.values} if change else {})
        ),
        pd.DataFrame(
            {"순위": ranked, choice.kind: list(units["label"]), **texts}
            | ({change.head: change.texts} if change else {})
        ),
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
    return charts.screen_map(**_shapes(choice, overview=True), selected=selected, raised=raised, width=width)


def print_map(choice: Choice, selected: str) -> look.Picture:
    """The same map for paper and for screen readers."""
    return charts.print_map(**_shapes(choice, overview=False), selected=selected)


def _shapes(choice: Choice, overview: bool) -> dict[str, Any]:
    """What either map is drawn of; overview: with outlines of the whole city for a screen."""
    drawn = choropleth(choice)
    if choice.district:
        districts = population.districts(choice.month)
        [code] = districts.loc[districts["place"] == choice.district, "code"]
        outlines, borders = boundary.dongs(code), None
    elif choice.by_dong:
        outlines, borders = boundary.dongs(overview=overview), boundary.districts(overview)
    else:
        outlines, borders = boundary.districts(overview), None
    return {
        "outlines": boundary.drawn(outlines, choice.code, set(drawn.areas["code"])),
        "areas": drawn.areas,
        "classes": drawn.bands,
        "code": choice.code,
        "borders": borders,
    }
