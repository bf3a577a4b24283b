"""Every page as a picture: `python -m tests.screenshots`, wide and narrow, light and dark, in full length.

`--guide`: the pictures of docs/user-guide.ko.md instead, small and of what stands first on a page.
"""

import argparse
import os
import tempfile
from itertools import product
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from lib import menu
from tests.browser import server, visit

WIDTHS = (1440, 390)
# Streamlit scrolls inside the page: for a picture of all of it, the window grows to what it holds.
CONTENT_HEIGHT = """() => Math.max(...["stMain", "stSidebarContent"].map((id) =>
    document.querySelector(`[data-testid="${id}"]`)?.scrollHeight ?? 0))"""
TALLEST = 12_000
GUIDE = Path(__file__).parents[1] / "docs" / "screenshots"
GUIDE_WIDTH, GUIDE_HEIGHT = 1280, 800
GUIDE_COLOURS = 96
# The pictures of the guide: the address, as somebody would have it before them.
GUIDE_PAGES = {
    "guide-overview.png": "/",
    "guide-org-chart.png": "/org-chart?department=인사과",
    "guide-budget-execution.png": "/budget-execution?view=속도",
    "guide-district-population-map.png": "/district-population-map",
    "guide-flexible-work.png": "/flexible-work",
    "guide-evaluation-simulator.png": "/evaluation-simulator?ga_mode=가 비율 전부",
    "guide-renovation-timeline.png": "/renovation-timeline",
    "guide-resident-support.png": "/resident-support",
    "guide-council-briefing.png": "/council-briefing",
    "guide-data-desk.png": "/data-desk",
    "guide-slides.png": "/slides?sections=organisation,expenditure#expenditure",
}


def main() -> None:
    """Pictures of all pages, or of those named, from the database of BUREAU_DATA or data/."""
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots", description=__doc__)
    parser.add_argument(
        "pages", nargs="*", metavar="ADDRESS", help="such as budget-execution or /; all if none"
    )
    parser.add_argument("--out", type=Path, default=Path(".cache/screenshots"), help="folder (%(default)s)")
    parser.add_argument("--query", default="", help="parameters of the link, such as unit=천원")
    parser.add_argument("--guide", action="store_true", help="the pictures of docs/user-guide.ko.md")
    wanted = parser.parse_args()
    addresses = [page.strip("/") for page in wanted.pages] or menu.paths()
    wanted.out.mkdir(parents=True, exist_ok=True)
    data = Path(os.environ.get("BUREAU_DATA", server.ROOT / "data"))
    with (
        tempfile.TemporaryDirectory() as folder,
        server.serving(server.APP, Path(folder) / "log", data) as app,
        visit.browser() as chromium_browser,
    ):
        if wanted.guide:
            guide(chromium_browser, app.origin)
            return
        for address, width, dark in product(addresses, WIDTHS, (False, True)):
            name = f"{address or 'overview'}-{width}-{'dark' if dark else 'light'}.png"
            link = f"{app.origin}/{address}?{wanted.query}"
            picture(chromium_browser, link, width, dark, wanted.out / name)
            print(wanted.out / name, flush=True)
        server.without_complaints(Path(folder) / "log")


def guide(chromium_browser: Browser, origin: str) -> None:
    """The pictures of the guide, in few colours: figures and text need no more."""
    for name, address in GUIDE_PAGES.items():
        with visit.visitor(chromium_browser, GUIDE_WIDTH, GUIDE_HEIGHT) as visitor:
            page = visitor.new_page()
            if address.startswith("/slides"):
                page.goto(origin + address, wait_until="networkidle")
            else:
                visit.opened(page, origin + address)
            page.screenshot(path=GUIDE / name)
        with Image.open(GUIDE / name) as taken:
            taken.convert("RGB").quantize(GUIDE_COLOURS, dither=Image.Dither.NONE).save(
                GUIDE / name, optimize=True
            )
        print(GUIDE / name, flush=True)


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
