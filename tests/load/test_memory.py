"""What visits leave behind once they have ended."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench import memory, process
from tests.browser import server

WARM, MORE = 160, 160
"""Visits; Streamlit keeps 128 that have ended for those who come back."""
LEFT_KILOBYTES = 150
"""Each further visit may leave as much: a tenth of what an open one takes, and what the measurement varies by."""


@pytest.fixture
def app(bureau: Path, tmp_path: Path) -> Iterator[server.Server]:
    with server.serving(server.APP, tmp_path / "log", bureau) as running:
        yield running
    server.without_complaints(tmp_path / "log")


def test_visits_that_have_ended_leave_nothing(app: server.Server) -> None:
    """A server that has to be started again every few days, since each visit leaves its rows and widgets behind."""
    asyncio.run(memory.gone(app.origin, WARM, page="resident-support"))
    before = process.memory(app.pid)
    asyncio.run(memory.gone(app.origin, MORE, page="resident-support"))
    assert 1024 * (process.memory(app.pid) - before) / MORE < LEFT_KILOBYTES
