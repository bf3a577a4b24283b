"""The map page against bare Streamlit pages: the first load to the drawn map, and a click on it to the redrawn page.

A selection puts another map and other bars in place, and is held against a bare page whose control does; its ratio to
one whose chart follows a control is given too, without a limit. People look at several places: each visit goes to and
fro some times, on the bare pages too, and all of it counts. The first of a visit, for which the browser has yet to
compile what it runs, is given by itself as well, without a limit.

Measured side by side as in pages.py. A click on the first of the ranked bars opens its district, map and all; the
button above the map leads back to the city. (deck.gl drops clicks on a busy machine without a graphics card.)
"""

import os
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from playwright.sync_api import Page

from tests.bench import pages
from tests.bench.measurement import Measurement
from tests.bench.pages import Control, Target
from tests.browser import server, visit

FIRST_LOAD = "First load to the drawn map"
SELECTION = "Selection to the page redrawn"
FIRST_SELECTION = "First selection of a visit"
SELECTIONS = 8
"""In each visit, every other one the way back."""
FIRST_LOAD_LIMIT, SELECTION_LIMIT = 1.8, 1.5


def click_to_and_fro(page: Page, turn: int) -> None:
    if turn % 2:
        page.get_by_test_id("stMain").get_by_role("button", name="서울특별시").click()
    else:
        page.get_by_test_id("stVegaLiteChart").locator("path[aria-roledescription='bar']").first.click()


BARES = (pages.BARE_MAP, pages.BARE_OTHER_MAP, pages.BARE_CONTROL_CHART)
MAP = Target("map page", "district-population-map", (Control("click and back", click_to_and_fro),))


def measurements(rounds: int) -> Iterator[Measurement]:
    """First loads, then selections, of the bare pages and the map page."""
    samples: dict[tuple[str, str], list[float]] = defaultdict(list)
    data = Path(os.environ.get("BUREAU_DATA", server.ROOT / "data"))
    with tempfile.TemporaryDirectory() as folder, visit.browser() as browser, ExitStack() as servers:
        targets = []
        for bare in BARES:
            log = Path(folder) / f"{bare.link}.log"
            serving = server.serving(pages.BARE / bare.link, log, None, *pages.BARE_OPTIONS)
            targets.append(bare._replace(link=servers.enter_context(serving).origin))
        app = servers.enter_context(server.serving(server.APP, Path(folder) / "app.log", data))
        targets.append(MAP._replace(link=f"{app.origin}/{MAP.link}"))
        for turn in range(rounds + 1):
            for target in targets:
                with visit.visitor(browser) as visitor:
                    page = visitor.new_page()
                    durations = [(FIRST_LOAD, visit.opened(page, target.link))]
                    for control in target.controls:
                        for to in range(SELECTIONS):
                            taken = visit.rerun(page, partial(control.click, page, to))
                            durations += [(SELECTION, taken)] + [(FIRST_SELECTION, taken)] * (to == 0)
                # The first visit pays for what a server does once; that is not the page's.
                for subject, duration in durations if turn else ():
                    samples[subject, target.name].append(duration)
    for subject, like, limit in (
        (FIRST_LOAD, pages.BARE_MAP.name, FIRST_LOAD_LIMIT),
        (SELECTION, pages.BARE_OTHER_MAP.name, SELECTION_LIMIT),
        (FIRST_SELECTION, pages.BARE_OTHER_MAP.name, None),
    ):
        measured = {
            name: Measurement(subject, name, tuple(values))
            for (its_subject, name), values in samples.items()
            if its_subject == subject
        }
        for name, measurement in measured.items():
            if name == MAP.name:
                measurement = measurement.against(measured[like], limit)
                measurement = measurement.against(measured[pages.BARE_CONTROL_CHART.name])
            yield measurement
