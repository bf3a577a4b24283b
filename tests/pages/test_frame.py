"""The frame: what stands on every page."""

import re
import shutil
from pathlib import Path

import pytest

from data import build
from lib import menu
from tests.pages.conftest import Visit, cards, follow, found, popovers


@pytest.mark.parametrize("path", menu.paths())
def test_every_page_opens_with_title_and_date(visit: Visit, path: str) -> None:
    """Prevents a page that fails, or that does not say of which day its figures are."""
    page = visit(path)
    assert page.title[0].value == menu.entry(path).title
    assert "2023. 3. 31. 기준" in page.markdown[0].value


@pytest.mark.parametrize("path", menu.paths())
def test_every_page_names_its_sources_with_a_verdict(visit: Visit, path: str) -> None:
    """Prevents figures without source, date and check."""
    page = visit(path)
    sources = [caption.value for caption in page.caption if caption.value.startswith("출처: ")]
    assert sources
    assert all("기준" in source for source in sources)
    assert any(label.startswith("검산 ") for label in popovers(page))


def test_glossary_finds_a_term_by_a_part_of_it(visit: Visit) -> None:
    """Prevents a panel of words that opens empty or does not search."""
    page = visit()
    page.button(key="open_glossary").click().run()
    assert "**기간경과율**" in " ".join(markdown.value for markdown in page.markdown)
    page.text_input(key="glossary_search").set_value("시차출퇴근").run()
    page.button(key="open_glossary").click().run()
    terms = [markdown.value for markdown in page.markdown if markdown.value.startswith("**")]
    assert any(term.startswith("**시차출퇴근") for term in terms)


def test_data_panel_lists_what_does_not_close(visit: Visit) -> None:
    """Prevents that known differences stay unsaid."""
    page = visit()
    page.button(key="open_data_panel").click().run()
    text = " ".join(markdown.value for markdown in page.markdown)
    assert "1,487.2명" in text and "이전 도표" in text


def test_money_unit_stays_across_pages(visit: Visit) -> None:
    """Prevents that a presenter's unit is lost on the next page."""
    page = visit("budget-execution")
    page.segmented_control(key="unit").set_value("천원").run()
    assert cards(page)[0].value == "4,494,041,590천원"
    page.switch_page(menu.entry("org-chart").script).run()
    assert page.segmented_control(key="unit").value == "천원"


@pytest.mark.parametrize(
    ("wanted", "title", "parameter", "value"),
    [
        ("후생복지", "조직·인력", "department", "인력개발과"),
        ("남북협력과 부서", "조직·인력", "department", "남북협력과"),
        ("변상금", "예산 집행", "line", "변상금"),
        ("세입 계", "예산 집행", "line", "세입 계"),
        ("청운효자", "자치구·동 인구 지도", "place", "종로구 청운효자동"),
    ],
)
@pytest.mark.parametrize("start", ["", "org-chart", "budget-execution", "district-population-map"])
def test_search_leads_to_what_was_picked(
    visit: Visit, start: str, wanted: str, title: str, parameter: str, value: str
) -> None:
    """Prevents a search that finds but does not select, from any page and on the page itself."""
    page = follow(visit(start), wanted)
    assert page.title[0].value == title
    assert page.selectbox(key=parameter).value == value
    assert page.text_input(key="search").value == ""
    assert found(page) == []


def test_search_says_how_many_there_are_more(visit: Visit) -> None:
    """A list without an end beside the page, or one that hides that it was cut."""
    page = visit()
    page.text_input(key="search").set_value("동").run()
    assert len(found(page)) == 8
    assert any(
        re.fullmatch(r"\d+건 가운데 8건입니다\. .+", caption.value) for caption in page.sidebar.caption
    )


def test_search_that_finds_nothing_says_so(visit: Visit) -> None:
    """An empty space in place of an answer."""
    page = visit()
    page.text_input(key="search").set_value("없는 말").run()
    assert found(page) == []
    assert [caption.value for caption in page.sidebar.caption] == [
        "찾는 항목이 없습니다. 더 짧은 말로 찾아보십시오."
    ]
    page.text_input(key="search").set_value("  ").run()
    assert not page.sidebar.caption


@pytest.mark.parametrize("content", [None, b"", b"not a database" * 100])
def test_without_a_readable_database_one_plain_page(
    visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    """Prevents a trace where the database is missing, empty or damaged."""
    if content is not None:
        (tmp_path / "bureau.duckdb").write_bytes(content)
    page = visit()
    monkeypatch.setenv("BUREAU_DATA", str(tmp_path))
    page.run()
    assert not page.exception
    assert page.title[0].value == "자료를 열 수 없습니다"
    assert page.code[0].value == "make data"
    assert not cards(page)


def test_a_new_database_is_seen_on_the_next_click(
    visit: Visit, bureau: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents that open visits go on showing a replaced edition until a restart."""
    folder = tmp_path / "data"
    shutil.copytree(bureau, folder)
    page = visit("org-chart")
    monkeypatch.setenv("BUREAU_DATA", str(folder))
    page.run()
    assert page.header[-1].value == "담당업무 57건"
    with (folder / "report" / "2023-03-31" / "duty.csv").open("a", encoding="utf-8") as duties:
        duties.write("공무원수련원,1,예시 업무\n")
    build.build(folder)
    page.run()
    assert page.header[-1].value == "담당업무 58건"
