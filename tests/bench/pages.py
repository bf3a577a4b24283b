"""Each page in Chromium against bare Streamlit pages: the first load, and a rerun after a control changes.

The limit is on the ratio to a bare page that does the same: one that draws a chart, one with a table to edit beside
it, one that draws a map, one whose chart follows a control, one whose control puts another chart in its place (as a
change of view does), or another map and chart. All ratios to plainer pages, that of one line of text the last, are
given too, without a limit: no page that draws a chart stays under that, a bare one included.

All servers run side by side and are visited in turn, round after round, so that whatever else the machine
does falls on all of them. A first load is a visitor with an empty cache; it ends when the last chart is
drawn. A rerun begins with the click and ends likewise.
"""

import contextlib
import os
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page

from lib import menu
from tests.bench.measurement import Measurement
from tests.browser import server, visit

BARE = Path(__file__).parent / "bare"
# As the app has it: no traffic to the outside, no developer's toolbar.
BARE_OPTIONS = ("--browser.gatherUsageStats=false", "--client.toolbarMode=viewer")
FIRST_LOAD = "First load to the last chart drawn"
RERUN = "Rerun after a control changes"
LIMIT = 1.5


class Control(NamedTuple):
    """Something on a page that makes Streamlit run; click: moves it, to and fro as the turn is even or odd."""

    name: str
    click: Callable[[Page, int], None]


class Target(NamedTuple):
    """A page to visit, and what is tried on it."""

    name: str
    link: str
    controls: tuple[Control, ...] = ()


def choice(name: str, key: str, *options: str) -> Control:
    """A segmented control by the key of its widget; its options are clicked in turn."""

    def click(page: Page, turn: int) -> None:
        page.locator(f".st-key-{key}").get_by_text(options[turn % len(options)], exact=True).click()

    return Control(name, click)


UNIT = choice("money unit", "unit", "천원", "백만원")
# More controls of single pages, by address; the money unit is tried on all. To measure one: a line here.
CONTROLS: dict[str, tuple[Control, ...]] = {
    "budget-execution": (choice("view", "view", "증감", "속도"),),
    "district-population-map": (choice("level", "level", "동 전체", "자치구"),),
    "evaluation-simulator": (choice("mode", "ga_mode", "가 비율 전부", "가 없음"),),
    "flexible-work": (choice("view", "view", "가정 계산", "보고서"),),
    "renovation-timeline": (choice("view", "view", "가정해 보기", "일정"),),
}

BARE_TEXT = Target("bare page", "text.py")
BARE_CHART = Target("bare page with a chart", "chart.py")
BARE_MAP = Target("bare page with a map", "map.py")
BARE_CONTROL = Target("bare control", "control.py", (UNIT,))
BARE_CONTROL_CHART = Target("bare control and chart", "control_chart.py", (UNIT,))
BARE_OTHER_CHART = Target(
    "bare control and another chart", "other_chart.py", (choice("view", "view", "선", "막대"),)
)
BARE_EDITOR = Target("bare page with an editor", "editor.py")
BARE_OTHER_MAP = Target(
    "bare control, another map and chart", "other_map.py", (choice("view", "view", "동쪽", "서쪽"),)
)
BARE_PAGES = (
    BARE_TEXT,
    BARE_CHART,
    BARE_EDITOR,
    BARE_MAP,
    BARE_CONTROL,
    BARE_CONTROL_CHART,
    BARE_OTHER_CHART,
    BARE_OTHER_MAP,
)
LIKE = {
    "/district-population-map": BARE_MAP.name,
    "/evaluation-simulator": BARE_EDITOR.name,
    "/district-population-map, level": f"{BARE_OTHER_MAP.name}, view",
}
"""What is held against another bare page than the first of its kind."""


def measurements(rounds: int) -> Iterator[Measurement]:
    """First loads, then reruns: the bare pages and each page of the app, in menu order."""
    samples: dict[tuple[str, str], list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder, visit.browser() as browser, served(Path(folder)) as targets:
        for turn in range(rounds + 1):
            for target in targets:
                durations = visited(browser, target)
                # The first visit pays for what a server does once; that is not the page's.
                for subject, name, duration in durations if turn else ():
                    samples[subject, name].append(duration)
    yield from compared(samples, FIRST_LOAD, (BARE_CHART.name, BARE_TEXT.name))
    bare = [f"{target.name}, {UNIT.name}" for target in (BARE_CONTROL_CHART, BARE_CONTROL)]
    yield from compared(samples, RERUN, tuple(bare), f"{BARE_OTHER_CHART.name}, view")


@contextlib.contextmanager
def served(folder: Path) -> Iterator[list[Target]]:
    """All targets with their links, each bare page on a server of its own, until the block ends."""
    data = Path(os.environ.get("BUREAU_DATA", server.ROOT / "data"))
    with contextlib.ExitStack() as servers:
        targets = []
        for bare in BARE_PAGES:
            serving = server.serving(BARE / bare.link, folder / f"{bare.link}.log", None, *BARE_OPTIONS)
            targets.append(bare._replace(link=servers.enter_context(serving).origin))
        app = servers.enter_context(server.serving(server.APP, folder / "app.log", data))
        for entry in menu.PAGES:
            controls = (UNIT, *CONTROLS.get(entry.path, ()))
            targets.append(Target(f"/{entry.path}", f"{app.origin}/{entry.path}", controls))
        yield targets
        # A page that only says it failed is fast.
        server.without_complaints(folder / "app.log")


def visited(browser: Browser, target: Target) -> list[tuple[str, str, float]]:
    """One visit with an empty cache: subject, name and milliseconds of all that was tried."""
    with visit.visitor(browser) as visitor:
        page = visitor.new_page()
        durations = [(FIRST_LOAD, target.name, visit.opened(page, target.link))]
        for control in target.controls:
            for turn in range(2):
                duration = visit.rerun(page, partial(control.click, page, turn))
                durations.append((RERUN, f"{target.name}, {control.name}", duration))
        return durations


def compared(
    samples: dict[tuple[str, str], list[float]], subject: str, baselines: tuple[str, ...], view: str = ""
) -> Iterator[Measurement]:
    """The measurements of a subject, each with its ratios: with a limit to what is alike (LIKE; for a change of view
    `view`; else the first baseline), without one to the baselines else.
    """
    measured = {
        name: Measurement(subject, name, tuple(values))
        for (its_subject, name), values in samples.items()
        if its_subject == subject
    }
    for name, measurement in measured.items():
        like = LIKE.get(name, view if view and name.endswith(", view") else baselines[0])
        if not name.startswith("bare "):
            measurement = measurement.against(measured[like], LIMIT)
            for other in baselines[like in baselines :]:
                measurement = measurement.against(measured[other])
        yield measurement
