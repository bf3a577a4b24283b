"""How much memory a process takes: at its start, for each visit that is open, and after many that have come and gone."""

import asyncio
import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from lib import menu
from tests.bench import process
from tests.bench.measurement import Measurement
from tests.browser import server
from tests.load import crowd, visit

SUBJECT = "Memory"
visits = 2000
OPEN = 100
"""Visits that are open at once where the share of one is measured."""
AT_ONCE = 20
WARM = 200
"""Visits after which what is kept for all of them is complete."""


def measurements(rounds: int) -> Iterator[Measurement]:
    """One process, from its start to its last visit; each figure once."""
    data = Path(os.environ.get("BUREAU_DATA", server.ROOT / "data"))
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        with server.serving(server.APP, log, data) as running:
            yield megabytes("at the start", process.memory(running.pid))
            asyncio.run(crowd.widgets(running.origin))
            before = process.memory(running.pid)
            yield megabytes("every page drawn once", before)
            during = asyncio.run(opened(running, OPEN))
            yield megabytes("for each visit that is open", (during - before) / OPEN)
            yield from come_and_gone(running)
            yield megabytes("at most", process.peak(running.pid))
        server.without_complaints(log)


def megabytes(name: str, amount: float) -> Measurement:
    return Measurement(SUBJECT, name, (amount,), unit="MB")


async def opened(running: server.Server, count: int) -> float:
    """Megabytes while so many visits are open, each on one page."""
    async with contextlib.AsyncExitStack() as stack:
        for number in range(count):
            reader = await stack.enter_async_context(visit.visiting(running.origin))
            await reader.open(menu.paths()[number % len(menu.paths())])
        return process.memory(running.pid)


def come_and_gone(running: server.Server) -> Iterator[Measurement]:
    """What visits leave behind that have been closed."""
    asyncio.run(gone(running.origin, WARM))
    warm = process.memory(running.pid)
    yield megabytes(f"after {WARM} visits that have ended", warm)
    asyncio.run(gone(running.origin, visits - WARM))
    after = process.memory(running.pid)
    yield megabytes(f"after {visits:,} visits that have ended", after)
    yield Measurement(
        SUBJECT, "growth for each of these", (1024 * (after - warm) / (visits - WARM),), unit="kB"
    )


async def gone(origin: str, count: int, page: str | None = None) -> None:
    """So many visits, a few at once, each of one page (all pages in turn where none is named); all of them end."""
    numbers = iter(range(count))

    async def one_after_the_other() -> None:
        for number in numbers:
            async with visit.visiting(origin) as reader:
                await reader.open(menu.paths()[number % len(menu.paths())] if page is None else page)

    await asyncio.gather(*(one_after_the_other() for _ in range(AT_ONCE)))
