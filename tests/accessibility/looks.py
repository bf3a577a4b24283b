"""What the window shows, looked at wide, narrow and enlarged, light and dark."""

from pathlib import Path

from playwright.sync_api import Page

from tests.accessibility import axe
from tests.browser import visit

HERE = Path(__file__).parent
CONTRAST = HERE.joinpath("contrast.js").read_text(encoding="utf-8")
MARKUP = HERE.joinpath("markup.js").read_text(encoding="utf-8")

HEIGHT = 1000
WIDE, ENLARGED, PHONE, SMALLEST = 1440, 720, 390, 320
"""CSS pixels: a desk, the same at 200 %, a phone, and what 400 % leaves of 1280."""
FIRST = [(WIDE, False), (WIDE, True), (PHONE, True), (PHONE, False), (ENLARGED, False)]
FURTHER = [(WIDE, False), (WIDE, True), (PHONE, False)]
"""Width and darkness of the looks that a page, and every further view of it, is seen in."""
FITS = """() => {
  const main = document.querySelector('[data-testid="stMain"]');
  const boxes = [...document.querySelectorAll(".data-table")];
  return main.scrollWidth <= main.clientWidth + 1
    && boxes.every((box) => !box.checkVisibility() || box.scrollWidth <= box.clientWidth || box.tabIndex === 0);
}"""
"""Nothing runs over the edge of the page, and what scrolls in it is reached by keys; both come a moment late. A table in what is closed is not asked."""


def put(page: Page, width: int, dark: bool) -> None:
    """Make the window that wide and the machine that dark; charts follow a little later."""
    page.emulate_media(color_scheme="dark" if dark else "light")
    if page.viewport_size != (size := {"width": width, "height": HEIGHT}):
        page.set_viewport_size(size)  # type: ignore[arg-type]
    visit.settle(page)
    page.wait_for_function(FITS)


def faults(page: Page, context: str | None = None) -> list[str]:
    """All that is wrong with what the window shows."""
    return [
        *axe.violations(page, context),
        *page.evaluate(MARKUP),
        *page.evaluate(CONTRAST),
        *visit.faults(page),
    ]
