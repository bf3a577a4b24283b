"""The Gantt chart and its controls as people see them: wide and narrow, light and dark, and in print."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import server, visit

WHAT_IF = "renovation-timeline?view=가정해 보기&lengthen.hall.design=6&months.hall.construction=12"
LINKS = ("renovation-timeline", "renovation-timeline?today=true", WHAT_IF, "resident-support")
# Glyphs may share the pixels of their edges.
SLACK = 2

BOXES = """() => [...document.querySelectorAll('[data-testid="stVegaLiteChart"] svg text')]
  .filter((text) => text.textContent.trim())
  .map((text) => ({ text: text.textContent, ...text.getBoundingClientRect().toJSON() }))"""
COLOURS = """() => ({
  page: getComputedStyle(document.querySelector('[data-testid="stMain"]')).color,
  texts: [...document.querySelectorAll('[data-testid="stVegaLiteChart"] svg .mark-text text')]
    .filter((text) => !text.textContent.startsWith("오늘"))
    .map((text) => getComputedStyle(text).fill),
})"""


@pytest.fixture(params=[(1440, False), (1440, True), (390, False), (390, True)], ids=str)
def visitor(request: pytest.FixtureRequest, chromium_browser: Browser) -> Iterator[Page]:
    """A desk and a phone, each light and dark."""
    width, dark = request.param
    with (
        visit.visitor(chromium_browser, width=width, height=1000, dark=dark) as context,
        visit.watched(context),
    ):
        yield context.new_page()


def crossing(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(
        min(one[far], other[far]) - max(one[near], other[near]) > SLACK
        for near, far in (("left", "right"), ("top", "bottom"))
    )


@pytest.mark.parametrize("link", LINKS)
def test_every_word_of_the_chart_can_be_read(visitor: Page, app: server.Server, link: str) -> None:
    """Labels over one another, cut, or in the colour of the background."""
    visit.opened(visitor, f"{app.origin}/{link}")
    texts = visitor.evaluate(BOXES)
    assert len(texts) > 20
    overlapping = [(a["text"], b["text"]) for a, b in combinations(texts, 2) if crossing(a, b)]
    assert not overlapping
    colours = visitor.evaluate(COLOURS)
    assert set(colours["texts"]) == {colours["page"]}
    assert not (faults := visit.faults(visitor)), "\n".join(faults)


def test_a_click_on_a_bar_shows_its_step(page: Page, app: server.Server) -> None:
    """A chart that looks like buttons and does nothing."""
    visit.opened(page, f"{app.origin}/renovation-timeline")
    bar = page.locator('[data-testid="stVegaLiteChart"] svg .mark-rect path').nth(3)
    visit.rerun(page, bar.click)
    expect(page.get_by_text("앞 단계: 설계업체 공모 · 다음 단계: 리모델링 공사")).to_be_visible()
    assert "milestone=" in page.url


def test_what_is_tried_is_in_the_address(page: Page, app: server.Server) -> None:
    """A scenario that cannot be sent to anyone."""
    visit.opened(page, f"{app.origin}/renovation-timeline?view=가정해 보기")
    visit.rerun(page, page.get_by_test_id("stNumberInputStepUp").first.click)
    expect(page.get_by_text("가정: 설계 용역 시작 1개월 늦어짐(4월 → 5월)")).to_be_visible()
    assert "shift.hall.design=1" in page.url
    visit.opened(page, page.url)
    expect(page.get_by_text("가정: 설계 용역 시작 1개월 늦어짐(4월 → 5월)")).to_be_visible()


@pytest.mark.parametrize("link", ["renovation-timeline", "resident-support"])
def test_the_chart_is_printed_whole(page: Page, app: server.Server, link: str) -> None:
    """A printed page on which the chart is empty, or runs over the edge of the paper."""
    visit.opened(page, f"{app.origin}/{link}")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1000, "height": 1400})  # A4 across, at 96 pixels to the inch
    visit.settle(page, quiet=500)
    chart = page.locator('[data-testid="stVegaLiteChart"] svg').first.bounding_box()
    assert chart is not None
    assert chart["x"] >= 0 and chart["x"] + chart["width"] <= 1000
    texts = page.evaluate(BOXES)
    assert len(texts) > 20
    assert all(chart["x"] - SLACK <= text["left"] <= text["right"] <= 1000 for text in texts)
    assert page.pdf(format="A4", landscape=True).startswith(b"%PDF")
