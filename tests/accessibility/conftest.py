"""The served app and its visitors, as for the other tests in Chromium."""

from pathlib import Path

import pytest

from tests.browser.conftest import app, chromium_browser, page, phone

__all__ = ["app", "chromium_browser", "page", "phone"]

HERE = Path(__file__).parent
NO_BROWSER = {"test_contrast.py", "test_document.py", "test_words.py"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What drives Chromium; `make check` leaves it out."""
    for item in items:
        if item.path.is_relative_to(HERE) and item.path.name not in NO_BROWSER:
            item.add_marker("browser")
