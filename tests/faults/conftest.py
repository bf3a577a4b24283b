"""A data folder to spoil, and the app that serves it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import server


@pytest.fixture(scope="module")
def spoilt_app(bureau: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[server.Server]:
    """The app on a copy of the real data. Its log may tell of the faults that the tests make."""
    folder = tmp_path_factory.mktemp("spoilt")
    shutil.copytree(bureau, folder / "data")
    with server.serving(server.APP, folder / "log", folder / "data") as running:
        yield running


@pytest.fixture
def database(bureau: Path, spoilt_app: server.Server) -> Iterator[Path]:
    """The database file that the app serves, for one test to spoil."""
    file = spoilt_app.log.with_name("data") / "bureau.duckdb"
    yield file
    if file.is_dir():
        file.rmdir()
    file.unlink(missing_ok=True)
    shutil.copyfile(bureau / "bureau.duckdb", file)
