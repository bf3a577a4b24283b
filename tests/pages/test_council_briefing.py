"""The council page: choice, order, preview, documents, and what other pages bring."""

import io

import openpyxl
import pytest

from lib.briefing.titles import TITLES
from tests.pages.conftest import Visit, cards, charts, tables


def chosen(page) -> list[str]:  # noqa: ANN001
    return list(page.multiselect(key="sections").value)


def test_all_sections_in_the_order_of_the_report(visit: Visit) -> None:
    """A briefing that forgets a subject unless somebody thinks of it."""
    page = visit("council-briefing")
    assert chosen(page) == list(TITLES)
    assert len(charts(page)) == 1


def test_order_and_leaving_out(visit: Visit) -> None:
    """Buttons that move another section, or lose one."""
    page = visit("council-briefing")
    page.button(key="move1-organisation").click().run()
    assert chosen(page)[:3] == ["expenditure", "organisation", "change"]
    page.button(key="out-change").click().run()
    assert "change" not in chosen(page) and len(chosen(page)) == len(TITLES) - 1
    page.button(key="move-1-organisation").click().run()
    assert chosen(page)[0] == "organisation"
    page.button(key="all").click().run()
    assert chosen(page) == list(TITLES)
    assert not page.exception


@pytest.mark.parametrize("key", list(TITLES))
def test_every_section_has_a_preview(visit: Visit, key: str) -> None:
    """A section that fails on the page although the documents have it."""
    page = visit("council-briefing")
    page.selectbox(key="preview").set_value(key).run()
    assert not page.exception
    assert len(tables(page)) == 1 and cards(page)


def test_an_empty_choice_says_what_to_do(visit: Visit) -> None:
    """An empty page, or a trace."""
    page = visit("council-briefing")
    page.multiselect(key="sections").set_value([]).run()
    assert not page.exception
    assert [info.value for info in page.info] == ["보고할 항목을 하나 이상 고르십시오."]


def test_a_document_is_made_and_offered(visit: Visit) -> None:
    """A button that makes nothing, or a file that stays when the choice has changed."""
    page = visit("council-briefing")
    page.multiselect(key="sections").set_value(["organisation", "revenue"]).run()
    page.selectbox(key="format").set_value("xlsx").run()
    page.button(key="produce").click().run()
    assert not page.exception
    _, content = page.session_state["briefing_file"]
    names = openpyxl.load_workbook(io.BytesIO(content)).sheetnames
    assert names[1:3] == [f"1. {TITLES['organisation']}", f"2. {TITLES['revenue']}"]
    assert [button.label for button in page.get("download_button")] != []
    page.multiselect(key="sections").set_value(["organisation"]).run()
    assert page.get("download_button") == []


def test_a_page_brings_its_view_with_its_assumption(visit: Visit) -> None:
    """A projection that loses its pace on the way, or a button that takes another view."""
    page = visit("budget-execution", view="전망", pace="1.5")
    page.button(key="add_to_briefing").click().run()
    assert not page.exception
    page.switch_page("../pages/council_briefing.py").run()
    assert not page.exception
    assert chosen(page) == ["projection"]
    assert page.slider(key="pace").value == 1.5
    assert any("1.5배" in text.value for text in page.markdown)


def test_what_is_taken_later_comes_after(visit: Visit) -> None:
    """The second page that is taken replaces the first."""
    page = visit("org-chart")
    page.button(key="add_to_briefing").click().run()
    page.switch_page("../pages/council_briefing.py").run()
    page.switch_page("../pages/resident_support.py").run()
    page.button(key="add_to_briefing").click().run()
    page.switch_page("../pages/council_briefing.py").run()
    assert not page.exception
    assert chosen(page) == ["organisation", "meeting"]


def test_a_wrong_assumption_in_a_link_is_said(visit: Visit) -> None:
    """A link typed wrongly ends in a trace."""
    page = visit("council-briefing", assumed="shift.hall.design=x")
    assert ["정수" in error.value for error in page.error] == [True]
