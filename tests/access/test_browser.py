"""Signing in and out in Chromium, as people do it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from lib import menu
from lib.access import roles
from tests.access.conftest import SignedServer
from tests.accessibility import axe, looks
from tests.browser import visit

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with visit.browser() as launched:
        yield launched


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A window that fails on errors in its console; the provider is another server."""
    errors: list[str] = []
    with visit.visitor(chromium) as visitor:
        visitor.on("console", lambda line: errors.append(visit.said(line)) if line.type == "error" else None)
        visitor.on("weberror", lambda fault: errors.append(str(fault.error)))
        yield visitor.new_page()
    # A question after the end of a sign-in is answered so; Chromium calls that an error.
    assert not [error for error in errors if "/session)" not in error], errors


def test_sign_in_with_a_link_and_out_by_the_button(page: Page, signed: SignedServer) -> None:
    """A way in that stops half-way, forgets the link, or cannot be used from the keyboard; a way out that leads back."""
    page.goto(f"{signed.origin}/budget-execution?unit=천원")
    expect(page.get_by_role("heading", name="로그인", exact=True)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="presenter-1").click()
    page.wait_for_url(f"{signed.origin}/budget-execution**")
    visit.settle(page)
    expect(page.get_by_role("radio", name="천원")).to_be_checked()
    mine = [entry for entry in menu.PAGES if roles.opens({"viewer", "presenter"}, entry.path)]
    expect(page.get_by_test_id("stSidebarNavLink")).to_have_count(len(mine))
    expect(page.get_by_text("박보고 · 의회 보고")).to_be_visible()
    for width, dark in looks.FIRST:
        looks.put(page, width, dark)
        assert not (faults := looks.faults(page)), (width, dark, "\n".join(faults))
    looks.put(page, looks.WIDE, False)
    page.get_by_role("button", name="로그아웃").click()
    expect(page.get_by_text("행정국 업무보고를 보려면 로그인하십시오.")).to_be_visible()
    page.go_back()
    page.reload()
    expect(page.get_by_text("행정국 업무보고를 보려면 로그인하십시오.")).to_be_visible()


def test_a_desk_that_was_left_is_warned_and_emptied(page: Page, signed: SignedServer) -> None:
    """Work that is lost without a word, or figures that stay on the screen of whoever has gone."""
    before = signed.access.read_text("utf-8")
    signed.access.write_text(
        before.replace("idle_minutes = 30", "idle_minutes = 0.4"), "utf-8"
    )  # warned after 18 s
    try:
        page.goto(signed.origin)
        page.get_by_role("link", name="로그인").click()
        page.get_by_role("link", name="reader-1").click()
        visit.settle(page)
        warning = page.get_by_role("dialog", name="곧 로그아웃됩니다")
        expect(warning).to_be_visible(timeout=60_000)
        expect(warning).to_contain_text("계속 보려면 ‘계속 사용’을 누르십시오.")
        assert not (faults := axe.violations(page)), "\n".join(faults)
        page.keyboard.press("Enter")  # the button has the focus
        expect(warning).to_be_hidden()
        page.get_by_text("천원").click()
        visit.settle(page)
        expect(warning).to_be_visible(timeout=60_000)
        expect(page.get_by_text("로그인이 끝났습니다")).to_be_visible(timeout=60_000)
        expect(page.get_by_test_id("stApp")).to_have_count(0)
    finally:
        signed.access.write_text(before, "utf-8")


def test_the_pages_before_the_dashboard_can_be_used_by_all(chromium: Browser, signed: SignedServer) -> None:
    """A way in, or a refusal, that somebody who sees little, hears the page or enlarges it cannot make out."""
    found: list[str] = []
    with visit.visitor(chromium) as visitor:  # Chromium calls each refusal an error
        page = visitor.new_page()

        def look(heading: str) -> None:
            expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
            for width, dark in looks.FIRST:
                page.emulate_media(color_scheme="dark" if dark else "light")
                page.set_viewport_size({"width": width, "height": looks.HEIGHT})
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), heading
                found.extend(f"{heading}, {width}{' dark' * dark}: {fault}" for fault in axe.violations(page))

        page.goto(f"{signed.origin}/sign-in/start?provider=none")
        look("접속할 수 없습니다")
        page.goto(f"{signed.origin}/sign-in?to=/slides")
        look("로그인")
        page.get_by_role("link", name="로그인").click()
        page.get_by_role("link", name="reader-1").click()
        look("볼 권한이 없습니다")
        page.goto(f"{signed.origin}/auth/logout")
        look("로그인")
    assert not found, "\n".join(found)
