"""The process ends and starts again while somebody has a page open in a browser."""

import contextlib
import os
import re
import signal
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import server, visit

LINK = "/budget-execution?view=증감&unit=천원"


@pytest.mark.browser
def test_the_browser_comes_back_to_what_it_showed(bureau: Path, tmp_path: Path) -> None:
    """People who lose what they had chosen, or sit before a dead page, because the server was started anew."""
    port = server.free_port()
    with visit.browser() as chromium, visit.visitor(chromium) as visitor:
        page = visitor.new_page()
        chosen = page.locator(".st-key-view").get_by_role("radio", name="증감")
        with serving(bureau, tmp_path, port) as running:
            visit.opened(page, running.origin + LINK)
            page.locator(".st-key-unit").get_by_text("백만원", exact=True).click()
            visit.settle(page)
            expect(page).to_have_url(re.compile("unit=%EB%B0%B1"))
            shown = page.get_by_test_id("stMain").inner_text()
            os.kill(running.pid, signal.SIGKILL)
        expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-connection-state", "PINGING_SERVER")
        with serving(bureau, tmp_path, port):
            expect(page.get_by_test_id("stApp")).to_have_attribute(
                "data-test-connection-state", "CONNECTED", timeout=60_000
            )
            visit.settle(page)
            expect(chosen).to_be_checked()
            assert page.get_by_test_id("stMain").inner_text() == shown
    server.without_complaints(tmp_path / "log")


def serving(data: Path, folder: Path, port: int) -> contextlib.AbstractContextManager[server.Server]:
    return server.serving(server.APP, folder / "log", data, port=port)
