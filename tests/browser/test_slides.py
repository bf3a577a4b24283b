"""Slide mode in Chromium: keys, focus, sizes, no chrome, notes, timer and rotation."""

import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from lib.briefing.titles import TITLES
from tests.browser import server, visit

CHOICE = ["organisation", "expenditure", "district_conditions"]
LINK = f"/slides?sections={','.join(CHOICE)}"
NUMBER_PIXELS = 64
# What of a slide lies outside it or upon something else.
BROKEN = """() => {
  const slide = document.querySelector(".slide.shown");
  const edge = document.querySelector(".bar").getBoundingClientRect().top;
  const parts = [...slide.children].filter((part) => part.getClientRects().length && !part.matches(".speaker"));
  const boxes = parts.map((part) => [part.className || part.tagName, part.getBoundingClientRect()]);
  const found = boxes
    .filter(([, box]) => box.right > innerWidth + 1 || box.left < -1 || box.bottom > edge + 1)
    .map(([name]) => `${slide.id}: ${name} leaves the slide`);
  for (const [name, box] of boxes) {
    for (const [other, its] of boxes) {
      const apart = box.bottom <= its.top + 1 || its.bottom <= box.top + 1 || box.right <= its.left + 1 || its.right <= box.left + 1;
      if (name < other && !apart) found.push(`${slide.id}: ${name} lies upon ${other}`);
    }
  }
  for (const part of slide.querySelectorAll(".figures > div, .message, h2, .table")) {
    const box = part.parentElement;
    if (part.scrollWidth > part.clientWidth + 2) found.push(`${slide.id}: ${part.className || part.tagName} is cut`);
  }
  const table = slide.querySelector(".table");
  if (table && table.scrollHeight > table.clientHeight + 2) found.push(`${slide.id}: rows of the table are cut`);
  const column = slide.querySelector(".figures");
  if (column && column.scrollHeight > column.clientHeight + 2) found.push(`${slide.id}: the key figures are cut`);
  return found;
}"""


@pytest.fixture
def hall(chromium_browser: Browser) -> Iterator[Page]:
    """The projector of the council: 1920×1080."""
    with visit.visitor(chromium_browser, width=1920, height=1080) as visitor, visit.watched(visitor):
        yield visitor.new_page()


def shown(page: Page) -> str:
    return str(page.evaluate("document.querySelector('.slide.shown').id"))


def test_arrows_home_and_end_turn_the_pages(hall: Page, app: server.Server) -> None:
    """A presenter who cannot go on, or who loses the place when the page is loaded again."""
    hall.goto(app.origin + LINK)
    assert shown(hall) == "cover"
    expect(hall).to_have_title("행정국 주요 업무보고 2023. 3. 31.")
    expect(hall.locator("html")).to_have_attribute("lang", "ko")
    expect(hall.get_by_test_id("stApp")).to_have_count(0)
    seen = []
    for key in ("ArrowRight", "PageDown", "End", "ArrowRight", "ArrowLeft", "PageUp", "Home", "ArrowLeft"):
        hall.keyboard.press(key)
        seen.append(shown(hall))
    first, second, third = CHOICE
    assert seen == [first, second, third, third, second, first, "cover", "cover"]
    hall.keyboard.press("End")
    expect(hall.locator(".place")).to_have_text("3 / 3")
    hall.reload()
    assert shown(hall) == third


def test_the_page_list_leads_and_keeps_its_own_arrows(hall: Page, app: server.Server) -> None:
    """A list that leads nowhere, or whose arrows turn pages as well."""
    hall.goto(app.origin + LINK)
    pages = hall.get_by_label("쪽 목록")
    expect(pages.locator("option")).to_have_text(
        ["0. 표지", *(f"{n}. {TITLES[key]}" for n, key in enumerate(CHOICE, start=1))]
    )
    pages.select_option("expenditure")
    assert shown(hall) == "expenditure"
    pages.focus()
    hall.keyboard.press("Home")
    assert shown(hall) == "cover" or pages.input_value() == shown(hall)


def test_every_slide_fits_and_its_figures_are_large(hall: Page, app: server.Server) -> None:
    """Figures that nobody reads from the last row, or text upon text."""
    hall.goto(f"{app.origin}/slides")
    broken: list[str] = []
    for key in ["cover", *TITLES]:
        assert shown(hall) == key
        for name in ("표 보기", "그림 보기"):
            broken += hall.evaluate(BROKEN)
            hall.get_by_role("button", name=name).click()
        sizes = hall.locator(".slide.shown .value").evaluate_all(
            "values => values.map((value) => parseFloat(getComputedStyle(value).fontSize))"
        )
        assert all(size >= NUMBER_PIXELS for size in sizes) and (sizes or key == "cover")
        hall.keyboard.press("ArrowRight")
    assert not broken, "\n".join(broken)


def test_focus_is_seen(hall: Page, app: server.Server) -> None:
    """Somebody without a mouse cannot tell which button the key will press."""
    hall.goto(app.origin + LINK)
    for _ in range(3):
        hall.keyboard.press("Tab")
    outline = hall.evaluate(
        "(({outlineStyle, outlineWidth}) => [outlineStyle, parseFloat(outlineWidth)])(getComputedStyle(document.activeElement))"
    )
    assert outline[0] == "solid" and outline[1] >= 2
    # What is not on the screen cannot be reached.
    assert hall.evaluate("document.activeElement.closest('.bar') !== null")


def test_notes_on_the_slide_and_in_a_window(hall: Page, app: server.Server) -> None:
    """A presenter without the answers, or an audience that reads them."""
    hall.goto(app.origin + LINK)
    hall.keyboard.press("ArrowRight")
    notes = hall.locator(".slide.shown .speaker")
    expect(notes).to_be_hidden()
    hall.get_by_role("button", name="메모", exact=True).click()
    expect(notes.get_by_text("직급별 인원은 어떻게 됩니까?")).to_be_visible()
    with hall.expect_popup() as opened:
        hall.get_by_role("button", name="메모 창").click()
    window = opened.value
    expect(window.get_by_role("heading", level=1)).to_have_text(f"1. {TITLES['organisation']}")
    expect(window.get_by_text(f"다음: {TITLES['expenditure']}")).to_be_visible()
    hall.keyboard.press("ArrowRight")
    expect(window.get_by_text("집행이 부진한 단위는 어디이며 까닭은 무엇입니까?")).to_be_visible()


def test_timer_and_rotation(hall: Page, app: server.Server) -> None:
    """A kiosk that stops, that cannot be held, or a timer that counts while it stands."""
    hall.clock.install()
    hall.goto(f"{app.origin}{LINK}&rotate=10")
    hall.clock.run_for(9_000)
    assert shown(hall) == "cover"
    expect(hall.locator(".timer")).to_have_text("00:09")
    seen = []
    for _ in range(4):
        hall.clock.run_for(10_000)
        seen.append(shown(hall))
    assert seen == [*CHOICE, "cover"]
    hall.get_by_role("button", name="멈춤", exact=True).click()
    hall.get_by_role("button", name="시계 멈춤").click()
    stood = hall.locator(".timer").inner_text()
    hall.clock.run_for(60_000)
    assert shown(hall) == "cover"
    expect(hall.locator(".timer")).to_have_text(stood)


def test_nothing_moves_for_those_who_ask_for_it(hall: Page, app: server.Server) -> None:
    """Motion that makes people ill."""
    hall.emulate_media(reduced_motion="reduce")
    hall.goto(app.origin + LINK)
    assert hall.locator(".slide.shown").evaluate("slide => getComputedStyle(slide).animationName") == "none"


def test_a_wrong_link_says_what_is_wrong(page: Page, app: server.Server) -> None:
    """A link typed wrongly shows a trace, or nothing."""
    answer = page.request.get(f"{app.origin}/slides?sections=nothing")
    assert answer.status == 400
    assert "없는 항목입니다: nothing" in answer.text()


def test_the_page_of_the_briefing_opens_its_slides(page: Page, app: server.Server) -> None:
    """A link that leads to other sections, another unit or nowhere."""
    titles = "&".join(f"sections={urllib.parse.quote(TITLES[key])}" for key in CHOICE)
    visit.opened(page, f"{app.origin}/council-briefing?{titles}&unit=백만원")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="발표 화면 열기").click()
    slides = opened.value
    expect(slides.get_by_role("toolbar")).to_be_visible()
    assert slides.locator(".slide").evaluate_all("all => all.map((slide) => slide.id)") == ["cover", *CHOICE]
    expect(slides.locator(".settings")).to_contain_text("백만원")


def test_the_saved_page_shows_slides_without_a_server(hall: Page, app: server.Server, tmp_path: Path) -> None:
    """On the day without a network the saved page is only to be read."""
    content = hall.request.get(app.origin + LINK).text()
    saved = tmp_path / "briefing.html"
    saved.write_text(content.replace('<body data-mode="slides">', '<body data-mode="document">'), "utf-8")
    hall.goto(saved.as_uri())
    expect(hall.get_by_role("navigation", name="차례")).to_be_visible()
    hall.get_by_role("button", name="발표 화면으로 보기").click()
    hall.keyboard.press("End")
    assert shown(hall) == CHOICE[-1]
    hall.get_by_role("button", name="문서로 보기").click()
    expect(hall.get_by_role("navigation", name="차례")).to_be_visible()
