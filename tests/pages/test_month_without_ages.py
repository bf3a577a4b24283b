"""A month of residents that came without ages, or without a 동 that a link asks for: the page says so and goes on."""

import csv
import datetime
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from data import build
from lib.briefing.sections import district
from lib.briefing.settings import Settings
from tests.pages.conftest import Visit, tables

ADDRESS = "district-population-map"
MARCH = "2023-03-31"
SHARE = "65세 이상 비율"


def rewritten(source: Path, target: Path, change: Callable[[list[dict[str, str]]], object]) -> None:
    with source.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    change(rows)
    with target.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.DictWriter(file, rows[0].keys(), quoting=csv.QUOTE_ALL)
        sheet.writeheader()
        sheet.writerows(rows)


def ageless(rows: list[dict[str, str]]) -> None:
    for row in rows:
        row["population_65_and_over"] = ""


@pytest.fixture
def two_months(bureau: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """March as it is, and a month before it without ages and without 청운효자동, which begins with March."""
    folder = Path(shutil.copytree(bureau, tmp_path / "data"))
    march, february = folder / "population" / MARCH, folder / "population" / "2023-02-28"
    shutil.copytree(march, february)

    def younger(rows: list[dict[str, str]]) -> None:
        ageless(rows)
        [gone] = [row for row in rows if row["dong_code"] == "1111051500"]
        rows.remove(gone)
        rows[0]["population"] = str(int(rows[0]["population"]) + int(gone["population"]))

    def begun(rows: list[dict[str, str]]) -> None:
        [row] = [row for row in rows if row["dong_code"] == "1111051500"]
        row["valid_from"] = "2023-03-01"

    dongs, places = february / "dong_population.csv", folder / "reference" / "dong.csv"
    rewritten(dongs, dongs, younger)
    rewritten(places, places, begun)
    build.build(folder)
    monkeypatch.setenv("BUREAU_DATA", str(folder))
    return folder


@pytest.mark.parametrize("view", ["지도", "견주기", "분포", "행정여건"])
def test_a_month_without_ages_is_shown_without_them(
    view: str, visit: Visit, two_months: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A month without ages ends the page with an error, or shows nobody of 65 and over."""
    monkeypatch.setenv("BUREAU_DATA", str(two_months))
    page = visit(ADDRESS, metric=SHARE, view=view)
    assert not any("자료 없음" in info.value for info in page.info)
    february = next(day for day in page.selectbox(key="month").options if "2023. 2. 28." in str(day))
    page.selectbox(key="month").select(february).run()
    assert not page.exception
    assert any(f"{SHARE}: 자료 없음" in info.value for info in page.info)
    shown = " ".join([str(table) for table in tables(page)])
    assert "65세" not in shown
    if view not in ("지도", "견주기"):
        return  # they show no place by itself
    for place in ("종로구", "종로구 사직동", "종로구 청운효자동", "서울특별시"):
        page.selectbox(key="place").set_value(place).run()
        assert not page.exception
        assert any("없는 동" in info.value for info in page.info) == ("청운효자" in place)


def test_change_against_a_month_without_ages_is_left_out(
    visit: Visit, two_months: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The change of a share against nothing ends the page with an error."""
    monkeypatch.setenv("BUREAU_DATA", str(two_months))
    page = visit(ADDRESS, metric=SHARE)
    assert "증감" not in " ".join(tables(page)[0].columns)
    page.selectbox(key="metric").set_value("주민등록인구").run()
    assert not page.exception
    assert "증감" in " ".join(tables(page)[0].columns)


def test_a_briefing_leaves_out_what_the_month_came_without(two_months: Path) -> None:
    """A document prints "nan %" before the council."""
    for name in ("dong_population.csv",):
        path = two_months / "population" / MARCH / name
        rewritten(path, path, ageless)
    build.build(two_months)
    section = district.population(Settings(datetime.date(2023, 3, 31)))
    assert all("65세" not in figure.name for figure in section.figures)
    shares = [row[-1] for row in section.table.rows]
    assert set(shares) == {None}
