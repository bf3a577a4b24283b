"""Every page as a picture: `python -m tests.screenshots`, wide and narrow, light and dark, in full length."""

import argparse
import os
import tempfile
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page

from lib import menu
from tests.browser import server, visit

WIDTHS = (1440, 390)
# Streamlit scrolls inside the page: for a picture of all of it, the window grows to what it holds.
CONTENT_HEIGHT = """() => Math.max(...["stMain", "stSidebarContent"].map((id) =>
    document.querySelector(`[data-testid="${id}"]`)?.scrollHeight ?? 0))"""
TALLEST = 12_000


def main() -> None:
    """Pictures of all pages, or of those named, from the database of BUREAU_DATA or data/."""
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots", description=__doc__)
    parser.add_argument(
        "pages", nargs="*", metavar="ADDRESS", help="such as budget-execution or /; all if none"
    )
    parser.add_argument("--out", type=Path, default=Path(".cache/screenshots"), help="folder (%(default)s)")
    parser.add_argument("--query", default="", help="parameters of the link, such as unit=천원")
    wanted = parser.parse_args()
    addresses = [page.strip("/") for page in wanted.pages] or menu.paths()
    wanted.out.mkdir(parents=True, exist_ok=True)
    data = Path(os.environ.get("BUREAU_DATA", server.ROOT / "data"))
    with (
        tempfile.TemporaryDirectory() as folder,
        server.serving(server.APP, Path(folder) / "log", data) as app,
        visit.browser() as chromium_browser,
    ):
        for address, width, dark in product(addresses, WIDTHS, (False, True)):
            name = f"{address or 'overview'}-{width}-{'dark' if dark else 'light'}.png"
            link = f"{app.origin}/{address}?{wanted.query}"
            picture(chromium_browser, link, width, dark, wanted.out / name)
            print(wanted.out / name, flush=True)
        server.without_complaints(Path(folder) / "log")


def picture(chromium_browser: Browser, link: str, width: int, dark: bool, file: Path) -> None:
    """The whole length of a page, as a visitor of this width (CSS pixels) sees it."""
    with visit.visitor(chromium_browser, width=width, height=900, dark=dark) as visitor:
        page = visitor.new_page()
        visit.opened(page, link)
        grow(page, width)
        page.screenshot(path=file)


def grow(page: Page, width: int) -> None:
    """Make the window as tall as its content; again, since content may grow with it."""
    height = 0
    while height < (content := min(int(page.evaluate(CONTENT_HEIGHT)), TALLEST)):
        height = content
        page.set_viewport_size({"width": width, "height": height})
        visit.settle(page)


if __name__ == "__main__":
    main()
