"""Visits to a served page: the browser, and how to know that a page is done."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browser import chromium

ACTIVITY = Path(__file__).with_name("activity.js")
LAYOUT = Path(__file__).with_name("layout.js")
QUIET_MILLISECONDS = 200
DONE_MILLISECONDS = 60_000
FLAGS = (
    # Root, as in most CI, cannot have the sandbox.
    "--no-sandbox",
    # Containers give /dev/shm 64 MB.
    "--disable-dev-shm-usage",
    # WebGL without a graphics card, for the maps.
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    # The browser's own traffic is none of the page's.
    "--disable-background-networking",
)


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """Chromium without a window. Raises RuntimeError with what to do where there is none."""
    path = chromium.executable()
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield launched
        finally:
            launched.close()


@contextlib.contextmanager
def watched(context: BrowserContext) -> Iterator[None]:
    """Raise AssertionError at the end of the block where a page of the visit left an error in the console or
    asked for anything outside the server of its first request.
    """
    errors: list[str] = []
    asked: list[str] = []
    context.on("console", lambda message: errors.append(said(message)) if message.type == "error" else None)
    context.on("weberror", lambda fault: errors.append(str(fault.error)))
    context.on("request", lambda request: asked.append(request.url))
    context.on("page", lambda page: page.on("websocket", lambda socket: asked.append(socket.url)))
    yield
    assert not errors, "\n".join(["Errors in the browser's console:", *errors])
    outside = [url for url in asked if server_of(url) not in (server_of(asked[0]), "")]
    assert not outside, "\n".join(["Requests to other servers:", *outside])


def said(message: ConsoleMessage) -> str:
    return f"{message.text} ({message.location.get('url', '')})"


def server_of(url: str) -> str:
    """Host and port; empty for data: and blob:, which ask nobody."""
    return urlsplit(url).netloc


def faults(page: Page) -> list[str]:
    """What a reader of the settled page would call broken: wider than the window, cut text, English words."""
    found: list[str] = page.evaluate(LAYOUT.read_text())
    return found


@contextlib.contextmanager
def visitor(
    chromium_browser: Browser, width: int = 1440, height: int = 1000, dark: bool = False
) -> Iterator[BrowserContext]:
    """A Korean visitor with an empty cache; width and height in CSS pixels."""
    context = chromium_browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        locale="ko-KR",
        timezone_id="Asia/Seoul",
    )
    context.add_init_script(path=ACTIVITY)
    try:
        yield context
    finally:
        context.close()


def opened(page: Page, address: str, quiet: int = QUIET_MILLISECONDS) -> float:
    """Open the address; milliseconds from the start of the navigation to the last thing drawn."""
    page.goto(address, wait_until="commit")
    settle(page, quiet)
    return float(page.evaluate("activity.last"))


def rerun(page: Page, act: Callable[[], None], quiet: int = QUIET_MILLISECONDS) -> float:
    """Act, which must end in a click that makes Streamlit run; milliseconds from that click to the last thing drawn."""
    messages = int(page.evaluate("activity.messages"))
    act()
    settle(page, quiet, messages)
    return float(page.evaluate("activity.last - activity.pressed"))


def settle(page: Page, quiet: int = QUIET_MILLISECONDS, messages: int = 0) -> None:
    """Wait until the run has ended, every visible chart is drawn and nothing has moved for `quiet` milliseconds.

    messages: how many messages of the server belong to an earlier run.
    """
    try:
        page.wait_for_function(
            "([quiet, messages]) => window.activity && activity.settled(quiet, messages)",
            arg=[quiet, messages],
            timeout=DONE_MILLISECONDS,
        )
    except PlaywrightTimeout:
        missing = page.evaluate("activity.missing()") or "quiet"
        raise AssertionError(f"{page.url} is not done: still waiting for {missing}") from None
