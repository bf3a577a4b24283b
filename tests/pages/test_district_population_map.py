"""The map page: every metric on every level, the figures of the report, the link, and a second month."""

import csv
import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from lxml import html
from streamlit.testing.v1 import AppTest

from data import build
from lib import metric, palette
from tests.pages.conftest import Visit, below_cards, cards, charts, tables

ADDRESS = "district-population-map"
KILOBYTE = 1024


def decks(page: AppTest) -> list[dict[str, Any]]:
    """The maps for the screen, as deck.gl gets them."""
    return [json.loads(element.proto.json) for element in page.get("deck_gl_json_chart")]


def areas(page: AppTest) -> list[dict[str, Any]]:
    """The properties of the areas of the one map for the screen."""
    [deck] = decks(page)
    [layer] = [layer for layer in deck["layers"] if layer["id"].startswith("area-")]
    return [area["properties"] for area in layer["data"]]


def legend(page: AppTest) -> dict[str, str]:
    """The classes of the map for the screen in words, each with its colour."""
    [listed] = [element.value for element in page.html if 'class="legend"' in element.value]
    [_, legend] = html.fragments_fromstring(listed)
    return {item.text_content(): item.find("i").get("style").removeprefix("background: ") for item in legend}


def ranked(page: AppTest) -> pd.DataFrame:
    """The rows of the ranked bars."""
    [bars] = [chart for chart in charts(page) if chart.id.endswith("-ranks")]
    [rows] = [data.data.data for data in bars.datasets]
    return pa.ipc.open_stream(rows).read_pandas()


def facts(page: AppTest) -> dict[str, tuple[str, str]]:
    return {card.name: (card.value, card.remark) for card in cards(page)}


def table(page: AppTest, number: int = 0) -> pd.DataFrame:
    """A table of the page, by its place."""
    return tables(page)[number]


def words(page: AppTest) -> str:
    shown = [*page.markdown, *page.caption, *page.info, *page.warning]
    return "\n".join(element.value for element in shown)


@pytest.mark.parametrize("place", ["서울특별시", "강동구", "강동구 상일1동", "강동구 강일동·상일1동·상일2동"])
@pytest.mark.parametrize("measure", [measure.name for measure in metric.METRICS])
def test_every_metric_of_every_kind_of_place(visit: Visit, measure: str, place: str) -> None:
    """Prevents a metric that fails on a level, or stands there without its source or its table."""
    page = visit(ADDRESS, place=place, metric=measure)
    assert len(decks(page)) == 1
    assert any("출처" in caption.value for caption in page.caption)
    assert len(tables(page)[0]) == (25 if place == "서울특별시" else 19)
    without = not metric.named(measure).dong and place != "서울특별시"
    assert any("동별 자료가 없어" in info.value for info in page.info) == without


@pytest.mark.parametrize("place", ["서울특별시", "송파구"])
@pytest.mark.parametrize("way", ["보고서 구간", "분위수", "등간격"])
@pytest.mark.parametrize("medium", ["화면용", "인쇄용"])
@pytest.mark.parametrize("level", ["자치구", "동 전체"])
def test_every_map(visit: Visit, level: str, medium: str, way: str, place: str) -> None:
    """Prevents a combination of controls that draws no map, or both."""
    page = visit(ADDRESS, place=place, level=level, map=medium, classes=way)
    assert (len(decks(page)), len(charts(page))) == ((1, 1) if medium == "화면용" else (0, 2))


@pytest.mark.parametrize(
    ("measure", "city", "largest", "smallest"),
    [
        ("주민등록인구", "9,426,404명", ("658,006명", "송파구"), ("120,963명", "중구")),
        ("세대", "4,463,385세대", ("285,914세대", "관악구"), ("63,862세대", "중구")),
        ("행정동 수", "426개", ("27개", "송파구"), ("10개", "금천구")),
        ("2023 예산", "221,491.1억원", ("12,846.6억원", "강남구"), ("5,243.1억원", "종로구")),
        ("재정자립도", "29.5%", ("60.4%", "강남구"), ("16.5%", "노원구")),
    ],
)
def test_totals_and_extremes(
    visit: Visit, measure: str, city: str, largest: tuple[str, str], smallest: tuple[str, str]
) -> None:
    """Prevents a total, a largest or a smallest that is not the report's."""
    page = visit(ADDRESS, metric=measure)
    first, second, third = cards(page)
    assert first.value == city
    assert ((second.value, second.remark), (third.value, third.remark)) == (largest, smallest)


def test_report_buckets_colour_the_map(visit: Visit) -> None:
    """Prevents classes that count otherwise than the report: 6/15/3/1 districts, 186/164/61/15 동."""
    for level, counts in (("자치구", [6, 15, 3, 1]), ("동 전체", [186, 164, 61, 15])):
        bands = legend(visit(ADDRESS, level=level))
        assert [int(words.split("· ")[1].removesuffix("곳")) for words in bands] == counts


def test_legend_map_and_bars_have_the_same_colours(visit: Visit) -> None:
    """Prevents a legend that says of a colour what the map does not."""
    page = visit(ADDRESS)
    bands = legend(page)
    drawn = Counter(tuple(area["colour"]) for area in areas(page))
    assert [drawn[tuple(palette.rgb(colour))] for colour in bands.values()] == [6, 15, 3, 1]
    assert Counter(ranked(page)["colour"]) == dict(zip(bands.values(), [6, 15, 3, 1], strict=True))


def test_rank_and_figures_in_the_tooltip(visit: Visit) -> None:
    """Prevents a tooltip without the figure or with another place's rank."""
    [home] = [area for area in areas(visit(ADDRESS)) if area["place"] == "관악구"]
    assert home["detail"] == "주민등록인구 487,815명\n25개 자치구 가운데 5위"


def test_areas_that_cannot_be_told_apart(visit: Visit) -> None:
    """Prevents three 동 drawn as one without saying so, or one of them passed off for the three."""
    page = visit(ADDRESS, place="강동구 상일1동")
    [joint] = [area for area in areas(page) if "·" in area["place"]]
    assert joint["name"] == "강일동·상일1동·상일2동"
    assert joint["detail"] == "주민등록인구 84,136명\n경계를 나눌 수 없어 더한 값(순위 없음)"
    assert "한 구역으로 그리고 값을 더했습니다" in words(page)
    assert facts(page)["상일1동 인구"] == ("39,285명", "19개 동 가운데 2위")
    [chosen] = [layer for deck in decks(page) for layer in deck["layers"] if layer["id"] == "chosen"]
    assert len(chosen["data"]) == 1


@pytest.mark.parametrize(("level", "limit"), [("자치구", 150), ("동 전체", 600)])
@pytest.mark.parametrize("medium", ["화면용", "인쇄용"])
def test_size_of_what_goes_to_the_browser(visit: Visit, medium: str, level: str, limit: int) -> None:
    """Prevents a map that takes long over the bureau's network."""
    page = visit(ADDRESS, level=level, map=medium)
    sent = [*(element.proto for element in page.get("deck_gl_json_chart")), *charts(page)]
    assert sum(message.ByteSize() for message in sent) < limit * KILOBYTE


def test_unknown_name_in_the_link(visit: Visit) -> None:
    """Prevents that a link with a misspelt name shows the city as if it had been asked for."""
    page = visit(ADDRESS, place="없는구")
    [warning] = page.warning
    assert "없는구" in warning.value
    assert page.selectbox(key="place").value == "서울특별시"
    assert len(tables(page)[0]) == 25
    page.selectbox(key="place").set_value("강남구").run()
    assert not page.warning


def test_unknown_choices_in_the_link(visit: Visit) -> None:
    """Prevents an error on a link with other values that no control has."""
    page = visit(ADDRESS, metric="없는 지표", view="없는 보기", classes="-", map="3D", level="통")
    assert page.selectbox(key="metric").value == "주민등록인구"
    assert len(decks(page)) == 1


def test_down_into_a_district_and_back(visit: Visit) -> None:
    """Prevents a level that cannot be left."""
    page = visit(ADDRESS, place="강남구 신사동")
    assert facts(page)["강남구 인구"] == ("532,798명", "25개 자치구 가운데 3위")
    page.button(key="up-district").click().run()
    assert page.selectbox(key="place").value == "강남구"
    page.button(key="up-city").click().run()
    assert page.selectbox(key="place").value == "서울특별시"
    assert len(tables(page)[0]) == 25


def test_place_is_kept_where_it_is_not_asked_for(visit: Visit) -> None:
    """Prevents that a look at the distribution leads back to the whole city."""
    page = visit(ADDRESS, place="강남구")
    for view in ("분포", "행정여건"):
        page.segmented_control(key="view").set_value(view).run()
        assert "place" not in [box.key for box in page.selectbox]
    page.segmented_control(key="view").set_value("견주기").run()
    assert page.selectbox(key="one").value == "강남구"
    page.segmented_control(key="view").set_value("지도").run()
    assert page.selectbox(key="place").value == "강남구"


def test_two_dongs_of_one_name(visit: Visit) -> None:
    """Prevents that 신사동 of one district shows the other's figures."""
    values = [
        facts(visit(ADDRESS, place=f"{district} 신사동"))["신사동 인구"][0]
        for district in ("강남구", "관악구")
    ]
    assert values == ["15,545명", "22,674명"]


def test_comparison(visit: Visit) -> None:
    """Prevents that 관악구 (most households) and 송파구 (most residents) are not told apart."""
    page = visit(ADDRESS, view="견주기")
    assert (page.selectbox(key="one").value, page.selectbox(key="two").value) == ("송파구", "관악구")
    rows = table(page).set_index("지표")
    assert rows.loc["주민등록인구", "송파구"] == "658,006명 (1위)"
    assert rows.loc["세대", "관악구"] == "285,914세대 (1위)"
    assert rows.loc["세대", "차이(송파구-관악구)"] == "△425세대"
    assert list(rows.index) == [measure.name for measure in metric.METRICS]
    assert "2020. 12. 31." in rows.loc["인구밀도", "기준일"]
    page.selectbox(key="two").set_value("송파구").run()
    assert not page.exception


def test_distribution(visit: Visit) -> None:
    """Prevents a distribution that does not tie to the report, or a stale chart without its note."""
    page = visit(ADDRESS, view="분포")
    districts, dongs = table(page, 0), table(page, 1)
    assert list(districts["계산"]) == list(districts["보고서"]) == ["6", "15", "3", "1"]
    assert list(dongs["계산"]) == list(dongs["보고서"]) == ["186", "164", "61", "15"]
    assert list(dongs["이전 도표"]) == ["161", "179", "71", "14"]
    assert "이전 도표" not in districts
    assert "425개" in words(page)


def test_facts_of_the_section(visit: Visit) -> None:
    """Prevents a figure of the report without the calculation, or one that does not close without its reason."""
    page = visit(ADDRESS, view="행정여건")
    rows = {(row.항목, row.대상): row for number in range(4) for row in table(page, number).itertuples()}
    assert len(rows) == 32
    average = rows["정원", "자치구와 구의회 평균"]
    assert (average.보고서, average.계산, average.판정) == ("1,488명", "1,487명", "차이 있음")
    assert "1,487.2" in average.비고
    grant = rows["조정교부금", "조정교부금 2022년"]
    assert (grant.보고서, grant.계산, grant.판정) == ("38,123억원", "-", "-")
    assert "기준이 다릅니다" in grant.비고
    assert rows["면적", "서울특별시"].계산 == "605.24㎢"
    assert rows["인구 최대 동", "은평구 진관동"].판정 == "일치"
    assert "관악구(285,914세대)" in rows["인구 최대 자치구의 세대", "송파구"].비고


@pytest.fixture
def two_months(bureau: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The real data and a made-up month before: ten people fewer in each 동, as many households."""
    folder = Path(shutil.copytree(bureau, tmp_path / "data"))
    march, february = folder / "population" / "2023-03-31", folder / "population" / "2023-02-28"
    february.mkdir()
    dongs: dict[str, int] = {}
    for name in ("dong_population.csv", "district_population.csv"):
        with (march / name).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            code = row.get("district_code") or row["dong_code"][:5]
            fewer = 10 if "dong_code" in row else dongs[code]
            dongs[code] = dongs.get(code, 0) + fewer * ("dong_code" in row)
            row["population"] = str(int(row["population"]) - fewer)
            if "male_count" in row:
                row["male_count"] = str(int(row["male_count"]) - fewer)
        with (february / name).open("w", encoding="utf-8", newline="") as file:
            sheet = csv.DictWriter(file, rows[0].keys())
            sheet.writeheader()
            sheet.writerows(rows)
    (february / "population_month.csv").write_text("remark\n시험하려고 지어낸 달입니다.\n", encoding="utf-8")
    build.build(folder)
    monkeypatch.setenv("BUREAU_DATA", str(folder))
    return folder


def test_a_second_month_needs_no_code(
    visit: Visit, two_months: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents that another month of residents cannot be chosen, or changes the edition's own figures."""
    monkeypatch.setenv("BUREAU_DATA", str(two_months))
    page = visit(ADDRESS)
    assert page.selectbox(key="month").value.isoformat() == "2023-03-31"
    assert facts(page)["서울특별시 인구"][0] == "9,426,404명"
    assert "서울특별시 +4,260명, 가장 큰 곳 송파구 +270명, 가장 작은 곳 금천구 +100명" in below_cards(page)
    changes = table(page).set_index("자치구")["인구 증감(2023. 2. 28. 대비)"]
    assert changes["강남구"] == "+220명"

    page.selectbox(key="month").set_value(page.selectbox(key="other").value).run()
    assert facts(page)["서울특별시 인구"][0] == "9,422,144명"
    assert "△4,260명" in below_cards(page)
    assert "지어낸 달" in words(page)
    assert any("2023. 2. 28. 기준" in caption.value for caption in page.caption)
    page.selectbox(key="metric").set_value("2023 예산").run()
    assert not page.exception
    assert "증감" not in " ".join(tables(page)[0].columns)
    page.selectbox(key="place").set_value("강남구 신사동").run()
    assert not page.exception
    for view in ("견주기", "분포", "행정여건"):
        page.segmented_control(key="view").set_value(view).run()
        assert not page.exception
