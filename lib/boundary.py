"""Outlines of the districts and 동 as GeoJSON, for pydeck and Altair alike.

data/boundary/build.py makes the files and says where they come from; the member `attribution` of
either collection must stand beside every map. Parsed once per process. Degrees (WGS84), [lon, lat].
"""

import json
import os
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import Any

FeatureCollection = dict[str, Any]

DATA = Path(__file__).resolve().parents[1] / "data"
YEAR = 2020


def folder() -> Path:
    """Where the outlines lie: under BUREAU_DATA where that is set, else in the project's data folder."""
    return Path(os.environ.get("BUREAU_DATA", DATA)) / "boundary" / str(YEAR)


def districts(overview: bool = False) -> FeatureCollection:
    """The 25 districts, ordered by district_code; overview: as maps of the whole city on a screen want them.

    Properties: district_code, statistics_code (text), district (name), area_km2_source (km² of the
    published outline, a yardstick for the drawing; densities take area_km2 of the district table),
    label_point ([lon, lat] inside the outline, with most room around it).
    """
    collection = _collection(_file("district", overview))
    return _copy(collection, collection["features"])


def dongs(district_code: str | None = None, overview: bool = False) -> FeatureCollection:
    """The 동 of one district, or all 424 areas that cover the 426 동, ordered by boundary_code_2020.

    Properties: boundary_code_2020 (text, equals the column of the dong table), district_code, dong (name;
    several joined by · where the outlines cannot tell them apart), dong_codes (list), area_km2_source
    label_point and overview as in districts(). KeyError where no district has that district_code.
    """
    collection = _collection(_file("dong", overview))
    features = [
        feature
        for feature in collection["features"]
        if district_code in (None, feature["properties"]["district_code"])
    ]
    if not features:
        raise KeyError(district_code)
    return _copy(collection, features)


def _file(name: str, overview: bool) -> Path:
    """The file of that name; a folder that was set up before there was an overview has the outlines themselves."""
    drawn = folder() / f"{name}_overview.geojson"
    return drawn if overview and drawn.exists() else folder() / f"{name}.geojson"


def drawn(outlines: FeatureCollection, member: str, codes: Collection[str]) -> FeatureCollection:
    """The outlines that a month has figures for; `member` is the property that holds the code."""
    features = [outline for outline in outlines["features"] if outline["properties"][member] in codes]
    return {**outlines, "features": features}


def _copy(collection: FeatureCollection, features: list[dict[str, Any]]) -> FeatureCollection:
    """A collection whose properties the caller may add to; the coordinates are shared by all callers."""
    copies = [{**feature, "properties": dict(feature["properties"])} for feature in features]
    return {**collection, "features": copies}


@lru_cache(maxsize=8)
def _collection(path: Path) -> FeatureCollection:
    collection: FeatureCollection = json.loads(path.read_text(encoding="utf-8"))
    return collection
