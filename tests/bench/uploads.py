"""A million rows of flexible-work counts: read, checked, made fit to show and drawn, in Chromium and out of it.

The file is as HR would make it of twelve years of 400 departments. In the browser, the time runs from handing in
the file to the last thing drawn; a filter change is set against a bare page whose chart follows a control.
"""

import io
import os
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from playwright.sync_api import Page

from tests.bench.measurement import Measurement
from tests.bench.pages import BARE, BARE_CONTROL_CHART, BARE_OPTIONS
from tests.browser import server, visit

ROWS, DEPARTMENTS = 1_000_000, 400
BANDS = ("5급 이하", "4급 이상")
STARTS = ("07:00", "07:30", "08:00", "08:30", "09:30", "10:00", "10:30", "11:00")
SUBJECT = "Uploads"
FILTER_LIMIT = 3


def measurements(rounds: int) -> Iterator[Measurement]:
    """Reading and checking, the first picture, and in Chromium from the file to the chart; then a filter."""
    content = csv()
    turns = min(rounds, 3)  # a file of 50 MB each
    yield from in_process(content, turns)
    yield from in_browser(content, turns, rounds)


def csv() -> bytes:
    """ROWS rows, users within the 정원, as UTF-8."""
    months = -(-ROWS // (DEPARTMENTS * len(BANDS) * len(STARTS)))
    names = pd.MultiIndex.from_product(
        [
            pd.period_range("2012-01", periods=months, freq="M").astype(str),
            [f"{number:03}과" for number in range(DEPARTMENTS)],
            BANDS,
            STARTS,
        ],
        names=["월", "부서", "직급대", "출근시각"],
    )
    rows = names.to_frame(index=False)
    dice = np.random.default_rng(5)
    upper = (rows["직급대"] == BANDS[1]).to_numpy()
    users = np.where(upper, dice.integers(0, 2, len(rows)), dice.integers(0, 7, len(rows)))
    rows["건수"] = users * dice.integers(1, 9, len(rows))
    rows["이용자"] = users
    rows["정원"] = np.where(upper, 9, 60)
    file = io.StringIO()
    rows.head(ROWS).to_csv(file, index=False)
    return file.getvalue().encode()


def in_process(content: bytes, turns: int) -> Iterator[Measurement]:
    from lib.flexible_work import counts, published

    reading, deciding = [], []
    for _ in range(turns):
        started = time.perf_counter()
        book = published.Book(counts.read("counts.csv", content, BANDS), BANDS)
        read = time.perf_counter()
        book.month(book.months[-2])
        reading.append(1000 * (read - started))
        deciding.append(1000 * (time.perf_counter() - read))
    yield Measurement(SUBJECT, f"{ROWS:,} rows read and checked", tuple(reading))
    yield Measurement(SUBJECT, f"hiding in one month of {DEPARTMENTS} 부서", tuple(deciding))


def in_browser(content: bytes, turns: int, rounds: int) -> Iterator[Measurement]:
    data = Path(os.environ.get("BUREAU_DATA", server.ROOT / "data"))
    drawn, filtered, bare = [], [], []
    with tempfile.TemporaryDirectory() as folder, visit.browser() as browser:
        file = Path(folder) / "counts.csv"
        file.write_bytes(content)
        with (
            server.serving(server.APP, Path(folder) / "app.log", data) as app,
            server.serving(
                BARE / BARE_CONTROL_CHART.link, Path(folder) / "bare.log", None, *BARE_OPTIONS
            ) as other,
        ):
            for _ in range(turns):
                with visit.visitor(browser) as visitor:
                    page = visitor.new_page()
                    visit.opened(page, f"{app.origin}/flexible-work?view=자체 집계")
                    drawn.append(handed_in(page, file))
                    for turn in range(max(1, rounds // turns)):
                        filtered.append(visit.rerun(page, partial(choose_band, page, BANDS[turn % 2])))
                with visit.visitor(browser) as visitor:
                    page = visitor.new_page()
                    visit.opened(page, other.origin)
                    [control] = BARE_CONTROL_CHART.controls
                    for turn in range(max(1, rounds // turns)):
                        bare.append(visit.rerun(page, partial(control.click, page, turn)))
    yield Measurement(SUBJECT, f"{ROWS:,} rows, from file to chart", tuple(drawn))
    baseline = Measurement(SUBJECT, "bare control and chart, rerun", tuple(bare))
    yield baseline
    yield Measurement(SUBJECT, f"{ROWS:,} rows, filter changed", tuple(filtered)).against(
        baseline, FILTER_LIMIT
    )


def handed_in(page: Page, file: Path) -> float:
    """Milliseconds from handing in the file to the last thing drawn."""
    started = page.evaluate("performance.now()")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_text("살펴볼 것").wait_for(timeout=visit.DONE_MILLISECONDS)
    visit.settle(page)
    return float(page.evaluate("activity.last")) - float(started)


def choose_band(page: Page, band: str) -> None:
    page.get_by_test_id("stButtonGroup").get_by_text(band, exact=True).click()
