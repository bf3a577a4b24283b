"""How long people wait when many browse at once: at one process, at replicas behind nginx, and as fast as these can.

Browsing: everyone opens a page, thinks five seconds (a half more or less), goes to another page or changes a
control, thinks again. A wait begins with the request and ends with the last message of the run. The clients run on
the same machine, so they take their share of it.
"""

import asyncio
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench import process
from tests.bench.measurement import Measurement
from tests.browser import server
from tests.load import crowd
from tests.replicas import replica

SUBJECT = "Load"
visitors = 200
THINK_SECONDS = 5.0
BROWSE_SECONDS = 25.0
PUSH_SECONDS = 6.0
PUSHERS = 24
"""Visitors without a thought: what they get done in a second is all that can be done."""
MEDIAN_LIMIT, PERCENTILE_LIMIT = 500, 1500
REPLICAS = (1, 2, 3)
# Nobody signs in here: what is measured is the pages.
SETTINGS = {
    "BUREAU_TRUSTED_NETWORK": "1",
    "STREAMLIT_SERVER_COOKIE_SECRET": "shared by all replicas in a benchmark",
}


def measurements(rounds: int) -> Iterator[Measurement]:
    """One process, then one, two and three replicas. Each is measured once, over thousands of runs."""
    data = Path(os.environ.get("BUREAU_DATA", server.ROOT / "data"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with server.serving(server.APP, folder / "log", data, settings=SETTINGS) as alone:
            yield from browsed("one process", alone.origin, [alone.pid])
        server.without_complaints(folder / "log")
        with replica.replicas(folder, data, replica.free_ports(), SETTINGS | {"BUREAU_LOG": name}) as group:
            pids = [group.running[replica_name][0].pid for replica_name in group.names]
            yield from browsed("three replicas", group.proxy.origin, pids, group)
            yield from pushed(group)


def browsed(
    what: str, origin: str, pids: list[int], group: replica.Replicas | None = None
) -> Iterator[Measurement]:
    """People who browse: how long they wait, what it costs, what goes wrong."""
    context = group.proxy.context if group else None
    for _ in pids * 2:  # every replica is to have drawn every page once
        asyncio.run(crowd.widgets(origin, context=context))
    before = sum(map(process.seconds, pids))
    load = asyncio.run(crowd.browsing(origin, visitors, BROWSE_SECONDS, THINK_SECONDS, context=context))
    spent = sum(map(process.seconds, pids)) - before
    name = f"{visitors} people, {what}"
    yield limited(Measurement(SUBJECT, f"{name}: median", (load.median,)), MEDIAN_LIMIT)
    yield limited(Measurement(SUBJECT, f"{name}: 95th percentile", (load.percentile_95,)), PERCENTILE_LIMIT)
    yield Measurement(SUBJECT, f"{name}: runs a second", (load.per_second,), unit="/s")
    yield Measurement(SUBJECT, f"{name}: processor time a run", (1000 * spent / len(load.milliseconds),))
    yield Measurement(SUBJECT, f"{name}: failed", (float(load.faults.total()),), unit="")


def limited(measured: Measurement, limit: float) -> Measurement:
    """The same with its ratio to what it should stay under."""
    wanted = Measurement(SUBJECT, f"{limit / 1000:g} s", (limit,))
    return measured.against(wanted, limit=1)


def pushed(group: replica.Replicas) -> Iterator[Measurement]:
    """Runs a second with one replica, two and three: how far each further one goes."""
    first: Measurement | None = None
    for count in REPLICAS:
        for replica_name in group.names[:count]:
            asyncio.run(crowd.widgets(f"http://127.0.0.1:{replica_name}"))
        origins = [f"http://127.0.0.1:{replica_name}" for replica_name in group.names[:count]]
        rate = asyncio.run(pushing(origins))
        what = f"as fast as can be, {count} replica{'s' if count > 1 else ''}"
        measured = Measurement(SUBJECT, what, (rate,), unit="/s")
        first = first or measured
        yield measured.against(first)


async def pushing(origins: list[str]) -> float:
    """Runs a second of all servers together, visitors without a thought spread evenly over them."""
    share = PUSHERS // len(origins)
    loads = await asyncio.gather(*(crowd.browsing(origin, share, PUSH_SECONDS, 0) for origin in origins))
    return sum(load.per_second for load in loads)
