"""The served app, and visitors who notice what goes wrong."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import server, visit

HERE = Path(__file__).parent

# A test machine may be many times slower than a desk; what never comes still fails.
expect.set_options(timeout=30_000)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs Chromium; `make check` leaves it out."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("browser")


@pytest.fixture(scope="package")
def app(bureau: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[server.Server]:
    """The app as `make run` serves it, for all tests that do not care who came before them."""
    log = tmp_path_factory.mktemp("app") / "log"
    with server.serving(server.APP, log, bureau) as running:
        yield running
    assert not (complaints := server.complaints(log)), "\n".join(complaints)


@pytest.fixture
def first_request_server(bureau: Path, tmp_path: Path) -> Iterator[server.Server]:
    """The app just started: the test's first request is the first of all."""
    log = tmp_path / "log"
    with server.serving(server.APP, log, bureau) as running:
        yield running
    assert not (complaints := server.complaints(log)), "\n".join(complaints)


# Package, not session: while Playwright runs, no other test could use asyncio.
@pytest.fixture(scope="package")
def chromium_browser() -> Iterator[Browser]:
    """Chromium; without one every test here fails, with what to do."""
    with visit.browser() as launched:
        yield launched


@pytest.fixture
def page(chromium_browser: Browser) -> Iterator[Page]:
    """A desk's window. Fails the test that leaves errors in the console or asks another server."""
    with visit.visitor(chromium_browser, width=1440, height=1000) as visitor, visit.watched(visitor):
        yield visitor.new_page()


@pytest.fixture
def phone(chromium_browser: Browser) -> Iterator[Page]:
    """A phone's window, watched like `page`."""
    with visit.visitor(chromium_browser, width=390, height=844) as visitor, visit.watched(visitor):
        yield visitor.new_page()
