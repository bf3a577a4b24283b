"""Several editions and months on the pages: the date that is chosen, the change against another, trends."""

import shutil
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data import build
from lib import menu
from tests.editions import made_up
from tests.pages.conftest import Visit, cards, charts, tables

CONTROLS = {"as_of", "against", "base", "month", "other"}


@pytest.fixture
def june_visit(visit: Visit, with_june: Path, monkeypatch: pytest.MonkeyPatch) -> Visit:
    """Opens pages on the real March and a made-up June."""
    monkeypatch.setenv("BUREAU_DATA", str(with_june))
    return visit


@pytest.fixture
def september_visit(visit: Visit, with_september: Path, monkeypatch: pytest.MonkeyPatch) -> Visit:
    """Opens pages on the real March, a made-up June and a made-up September."""
    monkeypatch.setenv("BUREAU_DATA", str(with_september))
    return visit


def read(page: AppTest, number: int = 0) -> pd.DataFrame:
    """A table of a page as people read it, without what keeps Markdown from reading it."""
    rows = tables(page)[number]
    return rows.rename(columns=lambda head: head.replace("\\", "")).map(lambda cell: cell.replace("\\", ""))


def alts(page: AppTest) -> list[str]:
    """The messages of the charts of a page."""
    return [chart.alt for chart in charts(page)]


@pytest.mark.parametrize("path", menu.paths())
def test_every_page_shows_the_newest_edition_and_says_that_it_is_made_up(
    june_visit: Visit, path: str
) -> None:
    """Prevents a page that fails on a second edition, stays with the first, or shows made-up figures as real ones."""
    page = june_visit(path)
    assert "2023. 6. 30. 기준" in page.markdown[0].value
    assert f"보고서(2023. 6. 30. 기준): {made_up.REMARK}" in [warning.value for warning in page.warning]


@pytest.mark.parametrize("path", menu.paths())
def test_every_page_shows_the_edition_of_the_link(june_visit: Visit, path: str) -> None:
    """Prevents a link to March that shows June."""
    page = june_visit(path, as_of="2023. 3. 31.")
    assert "2023. 3. 31. 기준" in page.markdown[0].value
    assert not [warning for warning in page.warning if made_up.REMARK in warning.value]


@pytest.mark.parametrize("path", menu.paths())
def test_one_edition_shows_nothing_of_another(visit: Visit, path: str) -> None:
    """Prevents controls and empty comparisons while there is but one report."""
    page = visit(path)
    assert not CONTROLS & {box.key for box in page.selectbox}
    assert not [alt for alt in alts(page) if "→" in alt]


def test_overview_has_the_change_against_another_edition(june_visit: Visit) -> None:
    """Prevents a difference of the wrong figures, without its sign, or against the wrong edition."""
    page = june_visit()
    table = read(page).set_index("구분")
    assert list(table.columns) == ["2023. 3. 31.", "2023. 6. 30.", "증감"]
    assert table.loc["인력"].tolist() == ["361명", "362명", "+1명"]
    assert table.loc["세출 집행률", "증감"] == "+26.2%p"
    page = june_visit(as_of="2023. 3. 31.")
    assert page.selectbox(key="against").value == made_up.JUNE
    assert read(page).set_index("구분").loc["인력", "증감"] == "△1명"


def test_organisation_has_the_change_of_each_department(june_visit: Visit) -> None:
    """Prevents a change that stands beside the wrong department, or a total that is not their sum."""
    table = read(june_visit("org-chart")).set_index("부서")["증감"]
    assert (table["총무과"], table["인사과"], table["인력개발과"], table["계"]) == (
        "△2명",
        "+3명",
        "변동 없음",
        "+1명",
    )
    page = june_visit("org-chart", department="인사과")
    [people] = [card for card in cards(page) if card.name == "인력"]
    assert (people.value, people.remark) == ("44명", "+3명")


def test_budget_compares_with_the_year_before_or_with_another_edition(june_visit: Visit) -> None:
    """Prevents that 예산현액 of June is compared with the year before when March is asked for."""
    page = june_visit("budget-execution", line="인사과", unit="천원")
    table = read(page).set_index("구분")["증감"]
    assert table["예산현액"].startswith("+")
    page = june_visit("budget-execution", view="증감", unit="천원", base="2023. 3. 31.")
    assert "2023. 3. 31. 보고보다" in " ".join(alts(page))
    rows = read(page, 1).set_index("항목")
    assert rows.loc["행정운영경비", "증감액(천원)"] == "0"
    assert rows.loc["인사과", "증감액(천원)"] == table["예산현액"].strip("+천원")


def test_two_editions_are_no_trend(june_visit: Visit) -> None:
    """Prevents a line drawn through two points."""
    for path in ("", "budget-execution", "district-population-map"):
        assert not [alt for alt in alts(june_visit(path)) if "→" in alt]


def test_three_editions_are_a_trend(september_visit: Visit) -> None:
    """Prevents a trend that leaves out a date, or is of another figure."""
    page = september_visit()
    lines = [alt for alt in alts(page) if "→" in alt]
    assert [line.partition(":")[0] for line in lines] == ["인력", "세출 예산현액", "세출 집행률"]
    assert lines[0] == "인력: 2023. 3. 31. 361명 → 2023. 9. 30. 363명"
    assert read(page, 1)["인력"].tolist() == ["361명", "362명", "363명"]
    page = september_visit("budget-execution", line="인사과")
    [rate] = [alt for alt in alts(page) if alt.startswith("인사과 집행률")]
    assert rate.startswith("인사과 집행률: 2023. 3. 31. 17.6% → 2023. 9. 30. ")


@pytest.mark.parametrize(
    ("place", "first"),
    [
        ("서울특별시", "9,426,404명"),
        ("송파구", "658,006명"),
        ("강남구 신사동", "15,545명"),
        ("강동구 강일동·상일1동·상일2동", "84,136명"),
    ],
)
def test_three_months_are_a_trend_of_the_place(september_visit: Visit, place: str, first: str) -> None:
    """Prevents a trend of the whole city beside a district or a 동."""
    page = september_visit("district-population-map", place=place, view="추이")
    [line] = [alt for alt in alts(page) if "→" in alt]
    assert line.startswith(f"{place} 주민등록인구: 2023. 3. 31. {first} → ")


def test_an_open_visit_follows_the_newest_edition(
    visit: Visit, with_june: Path, spare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents that a visit on the newest report stays behind when a newer one is published, and that one on an
    older report is moved; and a failure where the chosen report was taken back."""
    data = Path(shutil.copytree(with_june, spare.parent / "data"))
    monkeypatch.setenv("BUREAU_DATA", str(data))
    newest, older = visit(), visit()
    older.selectbox(key="as_of").set_value(made_up.MARCH).run()
    made_up.residents(data, made_up.JUNE, made_up.SEPTEMBER)
    made_up.report(data, made_up.JUNE, made_up.SEPTEMBER)
    build.build(data)
    for page, day in ((newest, "2023. 9. 30."), (older, "2023. 3. 31.")):
        page.run()
        assert not page.exception
        assert f"{day} 기준" in page.markdown[0].value
    shutil.rmtree(data / "report" / str(made_up.SEPTEMBER))
    shutil.rmtree(data / "population" / str(made_up.SEPTEMBER))
    build.build(data)
    newest.run()
    assert not newest.exception
    assert "2023. 6. 30. 기준" in newest.markdown[0].value
