"""The database asked directly, and a folder that a test may spoil."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

Ask = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture(scope="session")
def connection(bureau: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(bureau / "bureau.duckdb", read_only=True) as opened:
        yield opened


@pytest.fixture(scope="session")
def ask(connection: duckdb.DuckDBPyConnection) -> Ask:
    """The rows that a query of the real database answers with."""
    return lambda sql, **parameters: connection.execute(sql, parameters).fetchall()


@pytest.fixture
def folder(bureau: Path, tmp_path: Path) -> Path:
    """A copy of the real data folder, database included, for one test to alter."""
    return Path(shutil.copytree(bureau, tmp_path / "data"))
