"""Everything by keys alone (KWCAG 2.2, 6.1): reached, seen, worked, and left again."""

import re

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser import server, visit

# What has the focus, as a name for its kind; empty at the end of the page.
KIND = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return "";
  return [element.tagName, element.getAttribute("role") ?? "", element.dataset.testid ?? "",
          element.getAttribute("type") ?? ""].join(" ");
}"""
PLACE = """() => {
  const box = document.activeElement.getBoundingClientRect();
  return { x: box.x, y: box.y, width: box.width, height: box.height };
}"""
MARGIN = 8  # pixels around what has the focus, in which its mark must show
STOPS = 150


def focused(page: Page) -> str:
    """What has the focus: its name for those who do not see it."""
    return str(
        page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText")
    )


def within(page: Page, container: Locator) -> bool:
    return bool(container.evaluate("container => container.contains(document.activeElement)"))


def marked(page: Page) -> bool:
    """Whether the picture of what has the focus changes when it loses it."""
    box = page.evaluate(PLACE)
    size = page.viewport_size
    assert size is not None
    left, top = max(box["x"] - MARGIN, 0), max(box["y"] - MARGIN, 0)
    clip: FloatRect = {
        "x": left,
        "y": top,
        "width": min(box["x"] + box["width"] + MARGIN, size["width"]) - left,
        "height": min(box["y"] + box["height"] + MARGIN, size["height"]) - top,
    }
    page.evaluate("() => { window.stop = document.activeElement; }")
    there = page.screenshot(clip=clip, animations="disabled", caret="hide")
    page.evaluate("window.stop.blur()")
    gone = page.screenshot(clip=clip, animations="disabled", caret="hide")
    page.evaluate("window.stop.focus({ preventScroll: true, focusVisible: true })")
    return there != gone


@pytest.mark.parametrize("path", ["council-briefing?sections=조직과 인력", "district-population-map"])
def test_focus_is_seen_and_goes_on(page: Page, app: server.Server, path: str) -> None:
    """Somebody without a mouse does not see where they are, or is caught in a control (KWCAG 6.1.2)."""
    page.emulate_media(reduced_motion="reduce")
    visit.opened(page, f"{app.origin}/{path}")
    kinds: dict[str, bool] = {}
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        kind = page.evaluate(KIND)
        if not kind:
            break
        if kind not in kinds:
            page.wait_for_timeout(100)  # what fades in has come
            kinds[kind] = marked(page)
    else:
        pytest.fail(f"After {STOPS} stops the end of the page is not reached.")
    assert len(kinds) > 10
    assert not [kind for kind, seen in kinds.items() if not seen]


def test_skip_link_leads_past_the_menu(page: Page, app: server.Server) -> None:
    """Whoever hears the page hears the menu before every page anew (KWCAG 6.4.1)."""
    visit.opened(page, f"{app.origin}/org-chart")
    page.keyboard.press("Tab")
    assert focused(page) == "본문 바로가기"
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert within(page, page.get_by_role("main"))


def test_closed_menu_is_passed_over(phone: Page, app: server.Server) -> None:
    """Enlarged or on a small screen, the focus goes through a menu that nobody sees (KWCAG 6.1.2); or never comes to it."""
    visit.opened(phone, f"{app.origin}/org-chart")
    menu = phone.get_by_test_id("stSidebar")
    for _ in range(6):
        phone.keyboard.press("Tab")
        assert not within(phone, menu)
    phone.get_by_test_id("stExpandSidebarButton").focus()
    phone.keyboard.press("Enter")
    expect(menu.get_by_role("link", name="한눈에 보기")).to_be_visible()
    stops = []
    for _ in range(12):
        phone.keyboard.press("Shift+Tab")
        stops.append(within(phone, menu))
    assert any(stops)


def test_menu_dialog_and_popover_by_keys(page: Page, app: server.Server) -> None:
    """A section of the menu that only a mouse folds; a dialog that the keys leave, or that keeps them; a popover
    that the keys do not find; a focus that is lost when it closes (KWCAG 6.1.1, 6.1.2)."""
    visit.opened(page, f"{app.origin}/org-chart")
    head = page.get_by_test_id("stNavSectionHeader").first
    links = page.get_by_test_id("stSidebarNavLink")
    many = links.count()
    for expanded in ("false", "true"):
        head.focus()
        page.keyboard.press("Enter")
        expect(head).to_have_attribute("aria-expanded", expanded)
    expect(links).to_have_count(many)

    for name in ("용어", "자료 설명"):
        button = page.get_by_role("main").get_by_role("button", name=name, exact=True)
        button.focus()
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name=name)
        expect(dialog).to_be_visible()
        visit.settle(page)
        for _ in range(5):
            page.keyboard.press("Tab")
            assert within(page, dialog)
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        expect(button).to_be_focused()

    button = page.get_by_test_id("stPopoverButton").first
    button.focus()
    page.keyboard.press("Enter")
    body = page.get_by_test_id("stPopoverBody")
    expect(body.get_by_role("table", name="검산 목록")).to_be_visible()
    for key in ("Tab", "Tab", "Tab", "Shift+Tab", "Shift+Tab"):
        assert within(page, body)
        page.keyboard.press(key)
    page.keyboard.press("Escape")
    expect(body).to_have_count(0)
    expect(button).to_be_focused()


def test_map_by_keys(page: Page, app: server.Server) -> None:
    """A place that only a click on the map can choose, or a map that keeps the keys (KWCAG 6.1.1)."""
    visit.opened(page, f"{app.origin}/district-population-map")
    places = page.get_by_role("combobox", name="자치구·동 찾기")
    places.focus()
    messages = page.evaluate("activity.messages")
    page.keyboard.type("송파구")
    expect(page.get_by_role("option").first).to_be_visible()
    for key in ("ArrowDown", "Enter"):
        page.keyboard.press(key)
    visit.settle(page, messages=messages)
    expect(page).to_have_url(re.compile("place=%EC%86%A1%ED%8C%8C%EA%B5%AC"))
    back = page.get_by_role("button", name="서울특별시")
    back.focus()
    page.keyboard.press("Enter")
    expect(back).to_have_count(0)
    visit.settle(page)
    chart = page.get_by_role("application", name=re.compile("^지도"))
    chart.focus()
    page.keyboard.press("Tab")
    expect(chart).not_to_be_focused()


def test_no_shortcut_of_a_single_letter(page: Page, app: server.Server) -> None:
    """Somebody who speaks to the machine reruns the page with every word that holds an R (KWCAG 6.1.4)."""
    visit.opened(page, app.origin)
    messages = page.evaluate("activity.messages")
    for key in "rRcC":
        page.keyboard.press(key)
    visit.settle(page, quiet=500)
    assert page.evaluate("activity.messages") == messages
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_wide_table_scrolls_by_keys(phone: Page, app: server.Server) -> None:
    """On a small screen or enlarged, columns that only a finger or a mouse brings into sight (KWCAG 6.1.1)."""
    visit.opened(phone, f"{app.origin}/renovation-timeline")
    box = phone.get_by_role("group", name="단계별 일정")
    box.focus()
    for _ in range(3):
        phone.keyboard.press("ArrowRight")
    phone.wait_for_function("box => box.scrollLeft > 0", arg=box.element_handle())


def test_focus_changes_nothing(page: Page, app: server.Server) -> None:
    """A page that runs, moves or opens a window because somebody passes through it (KWCAG 7.2.1)."""
    visit.opened(page, f"{app.origin}/resident-support")
    messages, address = page.evaluate("activity.messages"), page.url
    for _ in range(40):
        page.keyboard.press("Tab")
    visit.settle(page)
    assert (page.evaluate("activity.messages"), page.url) == (messages, address)
    assert len(page.context.pages) == 1


def test_pressing_alone_does_nothing(page: Page, app: server.Server) -> None:
    """Somebody whose hand slips cannot take it back (KWCAG 6.5.2)."""
    visit.opened(page, f"{app.origin}/resident-support")
    button = page.get_by_role("button", name="용어", exact=True)
    button.hover()
    page.mouse.down()
    page.mouse.move(5, 500)
    page.mouse.up()
    visit.settle(page, quiet=500)
    expect(page.get_by_role("dialog")).to_have_count(0)
    visit.rerun(page, button.click)
    expect(page.get_by_role("dialog", name="용어")).to_be_visible()


def test_nothing_moves_for_those_who_ask_for_it(page: Page, app: server.Server) -> None:
    """Motion that makes people ill (KWCAG 6.3.1)."""
    page.emulate_media(reduced_motion="reduce")
    visit.opened(page, f"{app.origin}/resident-support")
    moving = page.evaluate(
        """() => [...document.querySelectorAll("body *")].filter((element) => {
          const { animationDuration, transitionDuration } = getComputedStyle(element);
          return [animationDuration, transitionDuration].join().split(",").some((time) => parseFloat(time) > 0.001);
        }).map((element) => element.outerHTML.slice(0, 120))"""
    )
    assert not moving
