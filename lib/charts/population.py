"""Pictures of districts and 동: the map for the screen, the map for print, ranks, distribution, comparison.

Maps take outlines (lib.boundary) and areas, one row per outline: code (a property of the outlines), place
(what a link names), name, value, text (the value in words), rank (in words) and band (the label of its class).
"""

import json
import math
from collections.abc import Iterator, Sequence
from typing import Any

import altair as alt
import pandas as pd
import pydeck as pdk
from pydeck.bindings.json_tools import default_serialize

from lib import palette
from lib.charts.look import ROWS, Filled, Picture, remembered

Outlines = dict[str, Any]  # a GeoJSON FeatureCollection

HEIGHT = 540  # pixels of a map on a desk
TILE = 512  # pixels of the whole world at zoom 0
TALLEST = 6000  # metres of the highest area where heights are drawn
FONT = "Malgun Gothic, Apple SD Gothic Neo, Noto Sans KR, Noto Sans CJK KR, NanumGothic, sans-serif"
COUNTED, PRINTED, SUPERSEDED = "주민등록인구로 계산", "보고서", "보고서(이전 도표)"


class Map(pdk.Deck):  # type: ignore[misc]  # pydeck has no types
    """A deck that is written down once, and without white space: half of what pydeck writes."""

    _text = ""

    def to_json(self) -> str:
        if not self._text:
            self._text = json.dumps(
                self, default=default_serialize, separators=(",", ":"), ensure_ascii=False
            )
        return self._text


def screen_map(
    outlines: Outlines,
    areas: pd.DataFrame,
    classes: Sequence[str],
    *,
    code: str,
    selected: str | None = None,
    borders: Outlines | None = None,
    raised: bool = False,
    width: int = 620,
) -> Map:
    """The map for the screen: areas in the colour of their class, with names; a click selects a place.

    code: the property of the outlines that areas are matched by. borders: districts drawn over 동, and
    named in their place. raised: heights that grow with the value. width: pixels that the map will have.
    """
    colours = dict(zip(classes, map(palette.rgb, palette.rising(len(classes))), strict=True))
    rows = {row.code: row for row in areas.itertuples()}
    highest = max(float(areas["value"].max()), 1e-9)
    heights = {
        row.code: round(TALLEST * max(row.value, 0) / highest) if raised else 0 for row in rows.values()
    }
    shapes = [
        {
            "type": "Feature",
            "geometry": outline["geometry"],
            "properties": {
                "place": row.place,
                "name": row.name,
                "detail": f"{row.text}\n{row.rank}",
                "colour": palette.rgb(palette.CHOSEN)
                if raised and row.place == selected
                else colours[row.band],
                "height": heights[row.code],
            },
        }
        for outline, row in _matched(outlines, rows, code)
    ]
    chosen = [shape["geometry"] for shape in shapes if shape["properties"]["place"] == selected]
    names = [
        {
            "at": [
                *outline["properties"]["label_point"],
                TALLEST * raised if borders else heights[outline["properties"][code]],
            ],
            "name": outline["properties"]["district"]
            if borders
            else lines(rows[outline["properties"][code]].name),
        }
        for outline in (borders or outlines)["features"]
    ]
    # A new selection is a layer of a new name, or the browser would keep its own marks on the old one.
    layers = [_fills(shapes, f"area-{selected}", raised)]
    if borders:
        layers.append(
            _lines([outline["geometry"] for outline in borders["features"]], "border", palette.PRINT, 1.5)
        )
    if chosen and not raised:
        layers.append(_lines(chosen, "chosen", palette.CHOSEN, 4))
    layers.append(_names(names, width, raised))
    return Map(
        layers=layers,
        initial_view_state=_view(outlines, width, raised),
        views=[pdk.View(type="MapView", controller={"scrollZoom": False})],
        map_provider=None,
        # Below the pointer rather than beside it: a map is too narrow to hold it at its right edge.
        tooltip={
            "html": "<b>{name}</b><div style='white-space:pre-line'>{detail}</div>",
            "style": {
                "width": "210px",
                "marginLeft": "-115px",
                "marginTop": "14px",
                "color": palette.PAPER,
                "backgroundColor": palette.PRINT,
            },
        },
    )


def height(width: int) -> int:
    """The height of a map of that width, in pixels."""
    return min(HEIGHT, round(0.95 * width))


def lines(name: str) -> str:
    """A name on a map: names joined by · below each other."""
    return name.replace("·", "\n")


def _matched(outlines: Outlines, rows: dict[str, Any], code: str) -> Iterator[tuple[dict[str, Any], Any]]:
    for outline in outlines["features"]:
        yield outline, rows[outline["properties"][code]]


def _fills(shapes: list[dict[str, Any]], name: str, raised: bool) -> pdk.Layer:
    return pdk.Layer(
        "GeoJsonLayer",
        shapes,
        id=name,
        get_fill_color="properties.colour",
        get_line_color=palette.rgb(palette.PAPER),
        get_line_width=1,
        line_width_units=pdk.types.String("pixels"),
        stroked=not raised,
        extruded=raised,
        get_elevation="properties.height",
        pickable=True,
        auto_highlight=True,
        highlight_color=[255, 255, 255, 70],
    )


def _lines(geometries: list[dict[str, Any]], name: str, colour: str, width: float) -> pdk.Layer:
    return pdk.Layer(
        "GeoJsonLayer",
        [{"type": "Feature", "geometry": geometry, "properties": {}} for geometry in geometries],
        id=name,
        filled=False,
        get_line_color=palette.rgb(colour),
        get_line_width=width,
        line_width_units=pdk.types.String("pixels"),
        line_joint_rounded=True,
        pickable=False,
    )


def _names(names: list[dict[str, Any]], width: int, raised: bool) -> pdk.Layer:
    """Dark text with a light edge, which reads on all fills and in both themes."""
    # Names stand before all areas, however high those are. Where all are flat they do so by themselves, and without
    # the parameters a browser that draws by software is a tenth of a first load sooner.
    before = {"parameters": {"depthCompare": "always", "depthWriteEnabled": False}} if raised else {}
    return pdk.Layer(
        "TextLayer",
        names,
        id="name",
        get_position="at",
        get_text="name",
        get_size=14 if width >= 500 else 11,
        get_color=palette.rgb(palette.PRINT),
        font_family=pdk.types.String(FONT),
        font_weight=700,
        character_set=pdk.types.String("auto"),
        # As large as a name on a fine screen: the browser works each letter out by itself.
        font_settings={"sdf": True, "fontSize": 32, "buffer": 6, "radius": 11},
        outline_width=4,
        outline_color=[255, 255, 255, 235],
        pickable=False,
        **before,
    )


def _view(outlines: Outlines, width: int, raised: bool) -> pdk.ViewState:
    """The view that shows all outlines in a map of that width, with a little room around."""
    points = [
        point
        for outline in outlines["features"]
        for ring in outline["geometry"]["coordinates"]
        for point in ring
    ]
    west, east = min(point[0] for point in points), max(point[0] for point in points)
    south, north = min(point[1] for point in points), max(point[1] for point in points)
    across = (east - west) / 360
    upright = _mercator(north) - _mercator(south)
    zoom = math.log2(min(0.94 * width / across, 0.92 * height(width) / upright) / TILE) - 0.25 * raised
    return pdk.ViewState(
        longitude=(west + east) / 2,
        latitude=(south + north) / 2,
        zoom=round(zoom, 3),
        pitch=45 * raised,
        bearing=0,
    )


def _mercator(latitude: float) -> float:
    """Height on the map of the world, of which all is one."""
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)) / (2 * math.pi)


@remembered
def print_map(
    outlines: Outlines,
    areas: pd.DataFrame,
    classes: Sequence[str],
    *,
    code: str,
    selected: str | None = None,
    borders: Outlines | None = None,
) -> Picture:
    """The same map as a drawing, for paper and for screen readers; a click is the selection "picked"."""
    rows = {row.code: row for row in areas.itertuples()}
    shapes = [
        {
            "type": "Feature",
            "geometry": outline["geometry"],
            "place": row.place,
            "name": row.name,
            "text": row.text,
            "rank": row.rank,
            "band": row.band,
        }
        for outline, row in _matched(outlines, rows, code)
    ]
    chosen = [{**shape, "name": ""} for shape in shapes if shape["place"] == selected]
    fills = (
        _drawing(shapes)
        .mark_geoshape(stroke=palette.PAPER, strokeWidth=0.8, cursor="pointer")
        .encode(
            alt.Fill(
                "band:N",
                scale=class_scale(classes),
                legend=alt.Legend(
                    columns=2, symbolType="square", symbolSize=160, symbolStrokeColor=palette.FAINT
                ),
            ),
            tooltip=[
                alt.Tooltip("name:N", title="이름"),
                alt.Tooltip("text:N", title="값"),
                alt.Tooltip("rank:N", title="순위"),
            ],
        )
        .add_params(alt.selection_point(name="picked", fields=["place"], toggle=False))
    )
    layers = [fills]
    if borders:
        layers.append(_outline(borders["features"], palette.PRINT, 1.2))
    if chosen:
        layers.append(_outline(chosen, palette.CHOSEN, 3))
    named = borders or outlines
    names = pd.DataFrame(
        [
            (
                *outline["properties"]["label_point"],
                outline["properties"]["district"]
                if borders
                else lines(rows[outline["properties"][code]].name),
            )
            for outline in named["features"]
        ],
        columns=["longitude", "latitude", "name"],
    )
    text = alt.Chart(names).encode(longitude="longitude:Q", latitude="latitude:Q", text="name:N")
    layers.append(
        text.mark_text(
            lineBreak="\n",
            fontSize=12,
            fontWeight="bold",
            stroke=palette.PAPER,
            strokeWidth=3,
            strokeJoin="round",
        )
    )
    layers.append(text.mark_text(lineBreak="\n", fontSize=12, fontWeight="bold", color=palette.PRINT))
    return alt.layer(*layers).project(type="mercator").properties(height=HEIGHT)


def _outline(features: list[dict[str, Any]], colour: str, width: float) -> alt.Chart:
    shapes = [{"type": "Feature", "geometry": feature["geometry"]} for feature in features]
    return _drawing(shapes).mark_geoshape(filled=False, stroke=colour, strokeWidth=width, strokeJoin="round")


def _drawing(shapes: list[dict[str, Any]]) -> alt.Chart:
    """The shapes as an address that holds them: Altair copies and checks a list of them point by point, for seconds."""
    text = (
        json.dumps(shapes, separators=(",", ":"), ensure_ascii=False).replace("%", "%25").replace("#", "%23")
    )
    return alt.Chart(alt.UrlData(url=f"data:application/json,{text}", format=alt.JsonDataFormat(type="json")))


def class_scale(classes: Sequence[str]) -> alt.Scale:
    """The colours of the classes, from low to high."""
    return alt.Scale(domain=list(classes), range=palette.rising(len(classes)))


def rank_bars(
    units: pd.DataFrame, classes: Sequence[str], selected: str | None = None, turn: int = 0
) -> Filled:
    """Values in the order of the rows, in the colours of the map; the bar of `selected` stands out.

    Wants place, label, value, text and band. A click is the selection "picked" with the place and the turn: in
    another turn, a click on the same bar is another one.
    """
    colours = dict(zip(classes, palette.rising(len(classes)), strict=True))
    longest = max(*units["value"], 1e-9)
    rows = pd.DataFrame(
        {
            "place": units["place"],
            "label": units["label"],
            "text": units["text"],
            "length": [max(value, 0) / longest for value in units["value"]],
            "colour": [colours[band] for band in units["band"]],
            "chosen": [place == selected for place in units["place"]],
            "turn": turn,
        }
    )
    return Filled("값이 큰 곳부터", _rank_bars(), rows)


@remembered
def _rank_bars() -> Picture:
    """The outline, the longest bar being 1."""
    edge = 1.45
    base = alt.Chart().encode(
        alt.Y("label:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False))
    )
    bars = base.mark_bar(cursor="pointer", strokeWidth=2.5).encode(
        alt.X("length:Q", title=None, axis=None, scale=alt.Scale(domain=[0, edge], nice=False)),
        alt.Fill("colour:N", scale=None),
        stroke=alt.condition("datum.chosen", alt.value(palette.CHOSEN), alt.value(palette.FAINT)),
        strokeWidth=alt.condition("datum.chosen", alt.value(2.5), alt.value(0.5)),
        tooltip=[alt.Tooltip("label:N", title="이름"), alt.Tooltip("text:N", title="값")],
    )
    texts = base.mark_text(align="right", color=palette.INK, fontSize=13).encode(
        x=alt.datum(edge), text="text:N"
    )
    picked = alt.selection_point(name="picked", fields=["place", "turn"], toggle=False)
    return alt.layer(bars.add_params(picked), texts, data=ROWS).properties(height=alt.Step(22))


@remembered
def distribution_bars(buckets: pd.DataFrame) -> Picture:
    """How many units each bucket holds: counted, as printed, and as in the older chart where there is one.

    Wants the rows of queries.population.distribution of one level, without columns that are all empty.
    """
    parts = [(COUNTED, "unit_count", "share_percent"), (PRINTED, "printed_count", "printed_percent")]
    colours = [palette.PRIMARY, palette.TEAL]
    if "superseded_count" in buckets:
        parts.append((SUPERSEDED, "superseded_count", "superseded_percent"))
        colours.append(palette.FAINT)
    rows = pd.concat(
        pd.DataFrame(
            {
                "bucket": buckets["bucket"],
                "series": series,
                "count": buckets[count].astype(float),
                "text": [
                    f"{number:.0f}곳 ({share:.1f}%)"
                    for number, share in zip(buckets[count], buckets[percent], strict=True)
                ],
            }
        )
        for series, count, percent in parts
    )
    order = [series for series, _, _ in parts]
    base = alt.Chart(rows).encode(
        alt.Y("bucket:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False)),
        alt.YOffset("series:N", sort=order),
    )
    bars = base.mark_bar().encode(
        alt.X(
            "count:Q", title=None, axis=None, scale=alt.Scale(domain=[0, 1.75 * float(rows["count"].max())])
        ),
        alt.Color("series:N", scale=alt.Scale(domain=order, range=colours), legend=alt.Legend(columns=2)),
        tooltip=[
            alt.Tooltip("bucket:N", title="구간"),
            alt.Tooltip("series:N", title="자료"),
            alt.Tooltip("text:N", title="수"),
        ],
    )
    texts = base.mark_text(align="left", dx=5, color=palette.INK).encode(x="count:Q", text="text:N")
    return alt.layer(bars, texts).properties(height=24 * len(rows) + 60)


@remembered
def rank_dots(ranks: pd.DataFrame, lowest: int) -> Picture:
    """The ranks of two places in each metric, 1 at the left. Wants metric, place, rank and text, in order."""
    places = list(dict.fromkeys(ranks["place"]))
    base = alt.Chart(ranks).encode(
        alt.Y("metric:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False, grid=True)),
        alt.X(
            "rank:Q",
            title="큰 값부터 매긴 순위",
            scale=alt.Scale(domain=[0, lowest + 1], nice=False),
            axis=alt.Axis(values=[1, 5, 10, 15, 20, lowest], grid=True),
        ),
    )
    dots = base.mark_point(size=220, filled=True, opacity=1).encode(
        alt.Color("place:N", scale=alt.Scale(domain=places, range=[palette.PRIMARY, palette.OCHRE])),
        alt.Shape("place:N", scale=alt.Scale(domain=places, range=["circle", "diamond"])),
        tooltip=[
            alt.Tooltip("place:N", title="자치구"),
            alt.Tooltip("metric:N", title="지표"),
            alt.Tooltip("text:N", title="값"),
            alt.Tooltip("rank:Q", title="순위"),
        ],
    )
    link = base.mark_line(color=palette.FAINT, strokeWidth=2).encode(detail="metric:N")
    return alt.layer(link, dots).properties(height=36 * ranks["metric"].nunique() + 90)
