"""The slides and the page that is read, as the council sees them and as one person hears them."""

import pytest
from playwright.sync_api import Browser, expect

from tests.accessibility import axe
from tests.browser import server, visit

LINK = "/slides?sections=organisation,expenditure,district_conditions"
ENGLISH = """() => [...document.querySelectorAll("[aria-label], [title]")]
  .filter((element) => !element.closest("[aria-hidden]"))
  .flatMap((element) => [element.getAttribute("aria-label"), element.getAttribute("title")])
  .filter((text) => /[A-Za-z]{3,}/.test(text ?? ""))"""


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (390, True)], ids=str)
def test_slides(chromium_browser: Browser, app: server.Server, width: int, dark: bool) -> None:
    """A slide, its table, the notes or the page to read that cannot be read or worked by all."""
    found = []
    with visit.visitor(chromium_browser, width=width, dark=dark) as visitor, visit.watched(visitor):
        page = visitor.new_page()
        page.emulate_media(reduced_motion="reduce", color_scheme="dark" if dark else "light")
        page.goto(app.origin + LINK)
        expect(page.locator("html")).to_have_attribute("lang", "ko")
        for _ in range(page.locator(".slide").count()):
            found += axe.violations(page)
            page.keyboard.press("ArrowRight")
        for name in ("표 보기", "메모"):
            page.get_by_role("button", name=name, exact=True).click()
            found += axe.violations(page)
        found += page.evaluate(ENGLISH)
        page.get_by_role("button", name="문서로 보기").click()
        found += axe.violations(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
    assert not found, "\n".join(found)


def test_sentence_in_place_of_slides(chromium_browser: Browser, app: server.Server) -> None:
    """A wrong link leads to a page that no screen reader can make out."""
    with visit.visitor(chromium_browser) as visitor:
        page = visitor.new_page()
        page.goto(f"{app.origin}/slides?sections=nothing")
        found = axe.violations(page)
    assert not found, "\n".join(found)
