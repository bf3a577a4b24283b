"""Each page as people get it: in Chromium, from the served app, on the report's figures."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from lib import menu
from tests.browser import server, visit

every_page = pytest.mark.parametrize("entry", menu.PAGES, ids=lambda entry: entry.path or "overview")


@every_page
def test_deep_link_as_first_request(
    page: Page, first_request_server: server.Server, entry: menu.Entry
) -> None:
    """A link sent to somebody opens a page without its frame, a "Page not found" dialog, or the default unit,
    when nobody has opened the start page since the server came up."""
    visit.opened(page, f"{first_request_server.origin}/{entry.path}?unit=천원")

    expect(page.get_by_test_id("stSidebarNavLink")).to_have_count(len(menu.PAGES))
    expect(page.get_by_test_id("stSidebarNav")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text([entry.title])
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_role("radio", name="천원")).to_be_checked()
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    assert not (faults := visit.faults(page)), "\n".join(faults)


@every_page
def test_on_a_phone(phone: Page, app: server.Server, entry: menu.Entry) -> None:
    """On a phone a page scrolls sideways, or its text is cut."""
    visit.opened(phone, f"{app.origin}/{entry.path}")

    expect(phone.get_by_role("heading", level=1)).to_have_text([entry.title])
    assert not (faults := visit.faults(phone)), "\n".join(faults)


def test_dark_follows_the_system(chromium_browser: Browser, app: server.Server) -> None:
    """Whoever has set their machine to dark gets a white page."""
    with visit.visitor(chromium_browser, dark=True) as visitor:
        page = visitor.new_page()
        visit.opened(page, app.origin)
        colour = page.get_by_test_id("stApp").evaluate("element => getComputedStyle(element).backgroundColor")
    red, green, blue = (int(part) for part in re.findall(r"\d+", colour)[:3])
    assert red + green + blue < 3 * 64


def test_without_a_database(page: Page, tmp_path: Path) -> None:
    """With no database people see a trace, or nothing, in place of what to do."""
    (tmp_path / "data").mkdir()
    with server.serving(server.APP, tmp_path / "log", tmp_path / "data") as running:
        visit.opened(page, running.origin)
        expect(page.get_by_text("make data")).to_be_visible()
        expect(page.get_by_test_id("stException")).to_have_count(0)
        assert not (faults := visit.faults(page)), "\n".join(faults)
    server.without_complaints(tmp_path / "log")
