"""How many bytes a browser with an empty cache fetches before a page stands, straight from the process and through nginx."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from tests.bench.measurement import Measurement
from tests.bench.pages import BARE, BARE_CHART, BARE_OPTIONS
from tests.browser import server, visit
from tests.replicas import replica

SUBJECT = "Bytes to the browser on first load"
PAGES = ("", "budget-execution", "district-population-map")
SETTINGS = {"BUREAU_TRUSTED_NETWORK": "1"}
KILOBYTE = 1024


def measurements(rounds: int) -> Iterator[Measurement]:
    """Some pages, both ways, against a bare page with a chart. Each once: nothing about it varies."""
    data = Path(os.environ.get("BUREAU_DATA", server.ROOT / "data"))
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        bare_log = folder / "bare.log"
        bare = stack.enter_context(server.serving(BARE / BARE_CHART.link, bare_log, None, *BARE_OPTIONS))
        settings = SETTINGS | {"BUREAU_LOG": str(folder / "log")}
        group = stack.enter_context(replica.replicas(folder, data, replica.free_ports(), settings))
        browser = stack.enter_context(visit.browser())
        baseline = kilobytes(BARE_CHART.name, fetched(browser, bare.origin))
        yield baseline
        for page in PAGES:
            straight = fetched(browser, f"http://127.0.0.1:{group.names[0]}/{page}")
            yield kilobytes(f"/{page}", straight).against(baseline)
            proxied = fetched(browser, f"{group.proxy.origin}/{page}")
            yield kilobytes(f"/{page} through nginx", proxied).against(baseline)


def kilobytes(name: str, count: int) -> Measurement:
    return Measurement(SUBJECT, name, (count / KILOBYTE,), unit="kB")


def fetched(browser: Browser, link: str) -> int:
    """Bytes of everything that arrives, as it travels: HTML, scripts, styles, fonts, and the WebSocket."""
    arrived: list[int] = []

    def loaded(event: dict[str, Any]) -> None:
        arrived.append(int(event["encodedDataLength"]))

    def told(event: dict[str, Any]) -> None:
        # Binary frames come as base64: four characters for three bytes.
        arrived.append(len(event["response"]["payloadData"]) * 3 // 4)

    context = browser.new_context(
        viewport={"width": 1440, "height": 1000}, locale="ko-KR", ignore_https_errors=True
    )
    context.add_init_script(path=visit.ACTIVITY)
    try:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", loaded)
        session.on("Network.webSocketFrameReceived", told)
        visit.opened(page, link)
        return sum(arrived)
    finally:
        context.close()
