"""The outlines as committed: complete, drawable, fitting together, true to their source, small."""

import csv
import json
import math
import shutil
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import shapely

from lib import boundary

DATA = Path(__file__).resolve().parents[2] / "data"
Feature = dict[str, Any]

# WGS84, GRS80's twin: semi-major axis in km and eccentricity.
SEMI_MAJOR_KM = 6378.137
ECCENTRICITY = 0.0818191908426


@pytest.fixture(autouse=True)
def committed_outlines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BUREAU_DATA", raising=False)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def properties(collection: boundary.FeatureCollection, name: str) -> list[Any]:
    return [feature["properties"][name] for feature in collection["features"]]


def shapes(collection: boundary.FeatureCollection) -> list[shapely.Geometry]:
    return [shapely.geometry.shape(feature["geometry"]) for feature in collection["features"]]


def segments(ring: list[list[float]]) -> list[frozenset[tuple[float, ...]]]:
    points = [tuple(point) for point in ring]
    return [frozenset(pair) for pair in zip(points, points[1:], strict=False)]


def all_segments(features: list[Feature]) -> Counter[frozenset[tuple[float, ...]]]:
    return Counter(
        segment
        for feature in features
        for ring in feature["geometry"]["coordinates"]
        for segment in segments(ring)
    )


def equal_area(point: tuple[float, float]) -> tuple[float, float]:
    """Longitude and latitude on the ellipsoid's cylindrical equal-area projection, in km (Snyder 1987, 3-12)."""
    sine = math.sin(math.radians(point[1]))
    e = ECCENTRICITY
    q = (1 - e**2) * (sine / (1 - (e * sine) ** 2) - math.log((1 - e * sine) / (1 + e * sine)) / (2 * e))
    return SEMI_MAJOR_KM * math.radians(point[0]), SEMI_MAJOR_KM * q / 2


def area_km2(shape: shapely.Geometry) -> float:
    return shapely.Polygon([equal_area(point) for point in shape.exterior.coords]).area


LEVELS = [
    pytest.param(partial(level, overview=overview), id=f"{level.__name__}{'-overview' * overview}")
    for level in (boundary.districts, boundary.dongs)
    for overview in (False, True)
]


def test_every_polygon_of_the_source_is_drawn_once() -> None:
    """A district or 동 that fell out of the build, or is drawn twice, leaves the city's picture wrong."""
    codes = [
        code for joined in properties(boundary.dongs(), "boundary_code_2020") for code in joined.split("+")
    ]
    assert len(boundary.districts()["features"]) == 25
    assert len(boundary.dongs()["features"]) == 424
    assert len(codes) == len(set(codes)) == 425


@pytest.mark.parametrize("level", LEVELS)
def test_each_outline_is_one_valid_polygon_without_a_hole(level: Any) -> None:
    """A self-crossing or splintered outline is filled wrongly and cannot be clicked as one area."""
    for shape in shapes(level()):
        assert shape.geom_type == "Polygon"
        assert shape.is_valid, shapely.is_valid_reason(shape)
        assert not shape.interiors


@pytest.mark.parametrize("level", LEVELS)
def test_rings_run_clockwise(level: Any) -> None:
    """d3-geo takes a counter-clockwise ring for the rest of the globe: the Altair map would be one flat colour."""
    assert not any(shape.exterior.is_ccw for shape in shapes(level()))


@pytest.mark.parametrize("level", LEVELS)
def test_neighbours_share_their_edges(level: Any) -> None:
    """Outlines simplified one by one leave slivers: every segment must be two areas' border or the city's."""
    collection = level()
    city = shapely.union_all(shapes(collection))
    assert city.geom_type == "Polygon"
    assert not city.interiors
    used = all_segments(collection["features"])
    assert set(used.values()) == {1, 2}
    outer = {segment for segment, count in used.items() if count == 1}
    assert outer == set(segments([list(point) for point in city.exterior.coords]))
    assert shapely.coverage_is_valid(shapes(collection))


@pytest.mark.parametrize("level", LEVELS)
def test_areas_add_up_to_the_city(level: Any) -> None:
    """An overlap counts ground twice and a gap loses it, even where each outline alone looks right."""
    outlines = shapes(level())
    total = sum(shape.area for shape in outlines)
    assert shapely.union_all(outlines).area == pytest.approx(total, rel=1e-9)


@pytest.mark.parametrize("level", LEVELS)
def test_every_area_has_a_neighbour(level: Any) -> None:
    """An outline in the wrong place touches nobody, though it may be valid and of the right size."""
    features = level()["features"]
    used = all_segments(features)
    for feature in features:
        assert any(used[segment] == 2 for segment in all_segments([feature])), feature["properties"]


@pytest.mark.parametrize(
    ("level", "overview", "bound"),
    [
        (boundary.districts, False, 0.01),
        (boundary.districts, True, 0.01),
        (boundary.dongs, False, 0.005),
        (boundary.dongs, True, 0.02),
    ],
)
def test_areas_keep_to_the_source(level: Any, overview: bool, bound: float) -> None:
    """Too much simplification shrinks or swells areas. EPSG:5179 is itself 0.1 % off at Seoul."""
    outlines = level(overview=overview)
    for feature, shape in zip(outlines["features"], shapes(outlines), strict=True):
        source = feature["properties"]["area_km2_source"]
        assert area_km2(shape) == pytest.approx(source, rel=bound), feature["properties"]


def test_source_areas_sum_to_the_city_on_both_levels() -> None:
    """A yardstick taken from the wrong polygons would let any drift pass: the city has 605.24 km² officially."""
    for level in (boundary.districts, boundary.dongs):
        assert sum(properties(level(), "area_km2_source")) == pytest.approx(605.24, rel=0.001)


@pytest.mark.parametrize("overview", [False, True])
def test_a_district_is_the_union_of_its_dongs(overview: bool) -> None:
    """Where the levels differ, a district's line runs beside its 동's lines and both look wrong."""
    districts = boundary.districts(overview)
    for feature, outline in zip(districts["features"], shapes(districts), strict=True):
        union = shapely.union_all(shapes(boundary.dongs(feature["properties"]["district_code"], overview)))
        assert shapely.normalize(union) == shapely.normalize(outline), feature["properties"]["district"]


@pytest.mark.parametrize("level", LEVELS)
def test_labels_stand_inside(level: Any) -> None:
    """The name of a bent district must not land in its neighbour."""
    for label, shape in zip(properties(level(), "label_point"), shapes(level()), strict=True):
        assert shape.contains_properly(shapely.Point(label))


def test_everyone_counted_has_an_outline() -> None:
    """A district or 동 with residents but no outline would vanish from the map without a word."""
    months = [path for path in (DATA / "population").iterdir() if path.is_dir()]
    drawn = [code for codes in properties(boundary.dongs(), "dong_codes") for code in codes]
    assert months
    for month in months:
        districts = [row["district_code"] for row in rows(month / "district_population.csv")]
        dongs = [row["dong_code"] for row in rows(month / "dong_population.csv")]
        assert sorted(properties(boundary.districts(), "district_code")) == sorted(districts)
        assert sorted(drawn) == sorted(dongs)


def test_names_and_codes_are_those_of_the_reference() -> None:
    """Outlines built from another state of the reference files would put figures on the wrong area."""
    names = ["district_code", "statistics_code", "district"]
    expected = {tuple(row[name] for name in names) for row in rows(DATA / "reference" / "district.csv")}
    drawn = {
        tuple(feature["properties"][name] for name in names) for feature in boundary.districts()["features"]
    }
    assert drawn == expected
    by_area: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in sorted(rows(DATA / "reference" / "dong.csv"), key=lambda row: row["dong_code"]):
        by_area.setdefault((row["boundary_code_2020"], row["district_code"]), []).append(row)
    areas = [feature["properties"] for feature in boundary.dongs()["features"]]
    assert len(areas) == len(by_area)
    for area in areas:
        members = by_area[area["boundary_code_2020"], area["district_code"]]
        assert area["dong_codes"] == [row["dong_code"] for row in members]
        assert area["dong"] == "·".join(row["dong"] for row in members)


def test_the_three_dongs_that_share_an_outline() -> None:
    """강일동, 상일1동 and 상일2동 have no line between them in 2020: one area with all three names."""
    (area,) = [
        feature
        for feature in boundary.dongs("11740")["features"]
        if len(feature["properties"]["dong_codes"]) > 1
    ]
    assert area["properties"]["dong"] == "강일동·상일1동·상일2동"
    assert area["properties"]["dong_codes"] == ["1174051500", "1174052500", "1174052600"]
    assert area["properties"]["boundary_code_2020"] == "1125051+1125052"
    assert (
        max(
            len(codes)
            for code in ("11110", "11680")
            for codes in properties(boundary.dongs(code), "dong_codes")
        )
        == 1
    )


@pytest.mark.parametrize(
    ("place", "district", "dong"),
    [
        pytest.param((126.9780, 37.5665), "중구", "명동", id="시청"),
        pytest.param((126.9141, 37.5319), "영등포구", "여의동", id="국회의사당"),
        pytest.param((127.0588, 37.5115), "강남구", "삼성1동", id="코엑스"),
        pytest.param((127.1026, 37.5126), "송파구", "잠실6동", id="롯데월드타워"),
        pytest.param((127.0396, 37.5744), "동대문구", "용신동", id="동대문구청"),
        pytest.param((126.9804, 37.5238), "용산구", "서빙고동", id="국립중앙박물관"),
    ],
)
def test_landmarks_lie_where_they_stand(place: tuple[float, float], district: str, dong: str) -> None:
    """Two code schemes give five codes to different districts; mixed up, valid outlines carry wrong names."""
    point = shapely.Point(place)
    (found,) = [
        feature
        for feature, shape in zip(boundary.districts()["features"], shapes(boundary.districts()), strict=True)
        if shape.contains(point)
    ]
    assert found["properties"]["district"] == district
    inner = boundary.dongs(found["properties"]["district_code"])
    names = [
        name
        for name, shape in zip(properties(inner, "dong"), shapes(inner), strict=True)
        if shape.contains(point)
    ]
    assert names == [dong]


@pytest.mark.parametrize(("level", "budget"), [(boundary.districts, 150_000), (boundary.dongs, 600_000)])
def test_a_third_of_the_budget_is_left_for_figures_and_labels(level: Any, budget: int) -> None:
    """Outlines too large to send make the first picture slow on a wall screen (budgets in bytes)."""
    assert len(json.dumps(level(), separators=(",", ":")).encode()) < budget * 2 / 3


@pytest.mark.parametrize("level", [boundary.districts, boundary.dongs])
def test_the_overview_is_smaller_and_holds_the_same(level: Any) -> None:
    """An overview that is as long to read as the outlines themselves, or that leaves an area out."""
    fine, overview = level(), level(overview=True)
    assert len(json.dumps(overview)) < 0.75 * len(json.dumps(fine))
    for one, other in zip(fine["features"], overview["features"], strict=True):
        assert {**one["properties"], "label_point": 0} == {**other["properties"], "label_point": 0}


@pytest.mark.parametrize("level", LEVELS)
def test_the_source_is_named(level: Any) -> None:
    """The licence (공공누리 제1유형) asks for the publisher's name wherever the outlines are used."""
    attribution = level()["attribution"]
    assert "통계청" in attribution
    assert "2020" in attribution
    assert "공공누리 제1유형" in attribution


def test_dongs_of_one_district() -> None:
    """Sending all 동 for one district wastes the line; sending a neighbour's confuses the reader."""
    counted = Counter(properties(boundary.dongs(), "district_code"))
    for code, count in counted.items():
        assert properties(boundary.dongs(code), "district_code") == [code] * count
    assert sum(counted.values()) == 424


@pytest.mark.parametrize("code", ["", "11250", "1174051500", "강동구"])
def test_an_unknown_district_is_an_error(code: str) -> None:
    """An empty map in place of an error hides a code of the wrong scheme (11250: 강동구 in the other)."""
    with pytest.raises(KeyError):
        boundary.dongs(code)


@pytest.mark.parametrize("level", LEVELS)
def test_one_visit_cannot_colour_another(level: Any) -> None:
    """Pages add colours and figures to the properties; in a shared dict the next visitor would see them."""
    first = level()
    first["features"][0]["properties"]["fill"] = [255, 0, 0]
    first["features"].pop()
    assert "fill" not in level()["features"][0]["properties"]
    assert len(level()["features"]) == len(first["features"]) + 1


@pytest.mark.parametrize("level", [boundary.districts, boundary.dongs])
def test_a_folder_without_an_overview(level: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No map at all, after an update of the program, where the data folder is an older one of the bureau's own."""
    for name in ("district", "dong"):
        path = Path("boundary") / "2020" / f"{name}.geojson"
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(DATA / path, tmp_path / path)
    monkeypatch.setenv("BUREAU_DATA", str(tmp_path))
    assert level(overview=True) == level()


def test_outlines_are_parsed_once_and_from_the_folder_of_the_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parsing on every visit is slow, and a cache that ignores BUREAU_DATA would mix two folders up."""
    before = boundary.districts()
    folder = tmp_path / "boundary" / "2020"
    shutil.copytree(DATA / "boundary" / "2020", folder)
    text = (folder / "district.geojson").read_text(encoding="utf-8")
    (folder / "district.geojson").write_text(text.replace("종로구", "시험구"), encoding="utf-8")
    monkeypatch.setenv("BUREAU_DATA", str(tmp_path))
    assert boundary.districts()["features"][0]["properties"]["district"] == "시험구"
    shutil.rmtree(folder)
    assert boundary.districts()["features"][0]["properties"]["district"] == "시험구"
    monkeypatch.delenv("BUREAU_DATA")
    assert boundary.districts() == before
