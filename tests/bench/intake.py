"""The way in: a report read and checked, an edition published until an open visit shows it, ten years of residents.

After the ten years, all pages are measured as in pages.py and maps.py, on the folder that holds them.
"""

import datetime
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from data import build
from lib.intake import check, publish, read, standing
from lib.intake.draft import Draft
from tests.bench import maps, pages
from tests.bench.measurement import Measurement
from tests.browser import server, visit
from tests.intake import drafts, report_file

SUBJECT = "Intake"
MONTHS = 120
# What none of them should exceed, in seconds.
READ, VISIBLE, TEN_YEARS = 1, 3, 20


def measurements(rounds: int) -> Iterator[Measurement]:
    """The three, then the pages on ten years of residents; each on a copy of the data."""
    turns = min(rounds, 3)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "data"
        left_out = shutil.ignore_patterns("bureau.duckdb*", "__pycache__", "history", "*.py", "*.sql")
        shutil.copytree(os.environ.get("BUREAU_DATA", server.ROOT / "data"), folder, ignore=left_out)
        build.build(folder)
        yield within(READ, "report .hwpx read and checked", checked(folder, rounds))
        yield within(VISIBLE, "published to visible in an open visit", visible(folder, turns))
        yield within(TEN_YEARS, f"426 동 × {MONTHS} months published", ten_years(folder, turns))
        before = os.environ.get("BUREAU_DATA")
        os.environ["BUREAU_DATA"] = str(folder)
        try:
            for measured in (*pages.measurements(turns), *maps.measurements(turns)):
                yield measured._replace(subject=f"{measured.subject}, {MONTHS} months")
        finally:
            del os.environ["BUREAU_DATA"]
            os.environ |= {"BUREAU_DATA": before} if before else {}


def within(seconds: int, name: str, samples: list[float]) -> Measurement:
    """Samples in milliseconds against their limit."""
    limit = Measurement(SUBJECT, f"{seconds} s", (1000.0 * seconds,))
    return Measurement(SUBJECT, name, tuple(samples)).against(limit, 1)


def milliseconds(since: float) -> float:
    return 1000 * (time.perf_counter() - since)


def checked(folder: Path, turns: int) -> list[float]:
    content = report_file.hwpx(report_file.report(report_file.published(), report_file.Layout()))
    samples = []
    for _ in range(turns):
        started = time.perf_counter()
        stands = standing.of(folder)
        draft = standing.completed(read.drafts([("보고.hwpx", content)], stands), stands)
        check.examined(draft, stands)
        samples.append(milliseconds(started))
    return samples


def visible(folder: Path, turns: int) -> list[float]:
    """From the call of publish to the date of the new edition in a visit that was open all the time."""
    draft = drafts.edition(standing.of(folder))
    accepted = drafts.accepted(check.verdict(draft, folder))
    samples = []
    log = folder.parent / "app.log"
    with visit.browser() as browser, server.serving(server.APP, log, folder) as app:
        for turn in range(turns + 1):
            with visit.visitor(browser) as visitor:
                page = visitor.new_page()
                visit.opened(page, app.origin)
                started = time.perf_counter()
                publish.publish(draft, folder, "bench", "bench", accepted=accepted)
                page.get_by_test_id("stSidebar").get_by_text("백만원", exact=True).click()
                page.get_by_text("2023. 6. 30. 기준").first.wait_for()
                # The first click pays for what a server does once.
                samples += [milliseconds(started)] if turn else []
            publish.rollback(folder, 0, "bench", "bench")
    return samples


def ten_years(folder: Path, turns: int) -> list[float]:
    """As many months in one draft as ten years have, up to the month before what stands."""
    stands = standing.of(folder)
    newest = stands.months[0]
    days = [first_of(newest, back) - datetime.timedelta(days=1) for back in range(MONTHS)]
    draft = Draft([sheet for back, day in enumerate(days) for sheet in drafts.month(stands, day, back)])
    accepted = drafts.accepted(check.verdict(draft, folder))
    samples = []
    for turn in range(turns):
        if turn:
            publish.rollback(folder, 0, "bench", "bench")
        started = time.perf_counter()
        publish.publish(draft, folder, "bench", "bench", accepted=accepted)
        samples.append(milliseconds(started))
    return samples


def first_of(day: datetime.date, months_back: int) -> datetime.date:
    """The first day of the month so many months before."""
    year, month = divmod(12 * day.year + day.month - 1 - months_back, 12)
    return datetime.date(year, month + 1, 1)
