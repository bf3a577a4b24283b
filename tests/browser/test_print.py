"""Every page on paper: A4, with all columns of its tables and without the menu."""

import pytest
from playwright.sync_api import Browser, Page, expect

from lib import menu
from tests.browser import server, visit

PAPER = {"width": 700, "height": 1000}  # what the margins of an A4 sheet leave, in CSS pixels
CUT = """() => [...document.querySelectorAll('.data-table :is(th, td), [data-testid="stVegaLiteChart"] svg')]
  .filter((part) => part.getBoundingClientRect().right > innerWidth + 1)
  .map((part) => part.textContent.slice(0, 30))"""
VIEWS = ("budget-execution?view=내역", "district-population-map?view=행정여건", "flexible-work?view=인사상담")
ADDRESSES = (*menu.paths(), *VIEWS)


CASES = [*((address, False) for address in ADDRESSES), ("budget-execution", True)]


@pytest.mark.parametrize(
    ("address", "dark"),
    CASES,
    ids=lambda case: (case or "overview") if isinstance(case, str) else f"dark {case}",
)
def test_paper_holds_all_columns(
    chromium_browser: Browser, app: server.Server, address: str, dark: bool
) -> None:
    """A printed table without its last columns, or light text on white paper."""
    with visit.visitor(chromium_browser, dark=dark) as visitor:
        page = visitor.new_page()
        visit.opened(page, f"{app.origin}/{address}")
        on_paper(page)


def on_paper(page: Page) -> None:
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PAPER["width"], "height": PAPER["height"]})
    visit.settle(page)
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate(CUT) == []
    dark_enough = page.locator(".data-table td").first
    if dark_enough.count():
        assert dark_enough.evaluate("cell => getComputedStyle(cell).color") == "rgb(30, 33, 36)"
