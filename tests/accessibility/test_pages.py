"""Every page, with all that opens in it: wide, narrow and enlarged, light and dark."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lib import menu
from tests.accessibility import axe
from tests.accessibility.looks import FIRST, FURTHER, MARKUP, SMALLEST, WIDE, faults, put
from tests.browser import server, visit

SWITCHES = ("부문", "보기", "살펴볼 것")


def views(page: Page) -> Iterator[str]:
    """The page as it opens, then each of its further views."""
    yield "opened"
    for switch in SWITCHES if "?" not in page.url else SWITCHES[-1:]:
        choices = page.get_by_role("radiogroup", name=switch, exact=True).get_by_role("radio")
        for place in range(1, choices.count()):
            visit.rerun(page, choices.nth(place).click)
            yield choices.nth(place).inner_text()
        if choices.count():
            visit.rerun(page, choices.first.click)


def popovers(page: Page, done: set[str]) -> Iterator[str]:
    """Opens each popover that is not among those done, one after the other."""
    for button in page.get_by_test_id("stPopoverButton").all():
        name = button.get_by_test_id("stMarkdownContainer").inner_text()
        if name not in done:
            done.add(name)
            button.click()
            expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
            visit.settle(page)
            yield name
            page.keyboard.press("Escape")
            expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)


# What a page shows only when something was loaded or tried.
FILLED = (
    "flexible-work?view=자체 집계&sample=true",
    "renovation-timeline?view=가정해 보기&shift.hall.design=1",
)


@pytest.mark.parametrize("path", [*menu.paths(), *FILLED])
def test_page(page: Page, app: server.Server, path: str) -> None:
    """Somebody who sees little, hears the page, enlarges it or uses keys alone meets a wall on one of the pages."""
    page.emulate_media(reduced_motion="reduce")  # no colour is halfway to another
    visit.opened(page, f"{app.origin}/{path}")
    found: list[str] = []
    done: set[str] = set()
    for view in views(page):
        for width, dark in FIRST if view == "opened" else FURTHER:
            put(page, width, dark)
            found += [f"{view}, {width}{' dark' * dark}: {fault}" for fault in faults(page)]
        put(page, SMALLEST, False)
        found += [f"{view}, {SMALLEST}: {fault}" for fault in visit.faults(page)]
        put(page, WIDE, False)
        for name in popovers(page, done):
            found += [
                f"{view}, {name}: {fault}"
                for fault in axe.violations(page, '[data-testid="stPopoverBody"]') + page.evaluate(MARKUP)
            ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", ["용어", "자료 설명"])
def test_dialog(page: Page, app: server.Server, name: str) -> None:
    """The words and sources that stand behind buttons cannot be read, or not by all."""
    visit.opened(page, f"{app.origin}/resident-support")
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_role("dialog", name=name)).to_be_visible()
    found: list[str] = []
    for width, dark in FIRST:
        put(page, width, dark)
        found += [f"{width}{' dark' * dark}: {fault}" for fault in faults(page)]
    assert not found, "\n".join(found)


def test_menu_of_the_window(page: Page, app: server.Server) -> None:
    """The menu in the corner, where people choose dark or light, is English or faint."""
    visit.opened(page, f"{app.origin}/resident-support")
    page.get_by_test_id("stMainMenuButton").click()
    expect(page.get_by_role("menuitemradio", name="어둡게")).to_be_visible()
    found = axe.violations(page) + page.evaluate(MARKUP) + visit.faults(page)
    assert not found, "\n".join(found)


def test_without_database(page: Page, tmp_path: Path) -> None:
    """Where there is no database, the one page that says what to do cannot be read by all."""
    with server.serving(server.APP, tmp_path / "log", tmp_path) as empty:
        visit.opened(page, empty.origin)
        expect(page.get_by_text("make data")).to_be_visible()
        found: list[str] = []
        for width, dark in FIRST:
            put(page, width, dark)
            found += [f"{width}{' dark' * dark}: {fault}" for fault in faults(page)]
    assert not found, "\n".join(found)
