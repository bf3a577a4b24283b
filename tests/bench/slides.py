"""Slide mode: from the request to the first slide, and from a key to the next slide on the screen."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page

from tests.bench.measurement import Measurement
from tests.browser import server, visit

SUBJECT = "Slides of a whole briefing"
# From the key to the second frame after it: what the first one paints is then on the screen.
TURN = """() => new Promise((done) => {
  const pressed = performance.now();
  const key = new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true });
  document.body.dispatchEvent(key);
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - pressed)));
})"""


def measurements(rounds: int) -> Iterator[Measurement]:
    """All slides in each round; a page that was asked for before comes out of the server's memory."""
    data = Path(os.environ.get("BUREAU_DATA", server.ROOT / "data"))
    with (
        tempfile.TemporaryDirectory() as folder,
        server.serving(server.APP, Path(folder) / "log", data) as app,
        visit.browser() as browser,
        visit.visitor(browser, width=1920, height=1080) as visitor,
    ):
        page = visitor.new_page()
        page.goto(f"{app.origin}/slides")
        yield Measurement(SUBJECT, "opened again", tuple(opened(page) for _ in range(rounds)))
        slides = page.locator(".slide").count() - 1
        turns = tuple(float(page.evaluate(TURN)) for _ in range(rounds) for _ in turned(page, slides))
        yield Measurement(SUBJECT, "one slide further", turns)


def opened(page: Page) -> float:
    """Milliseconds of a reload, to the loaded page."""
    page.reload()
    return float(page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"))


def turned(page: Page, slides: int) -> Iterator[int]:
    """As many turns as there are slides, from the first page on."""
    page.keyboard.press("Home")
    yield from range(slides)
