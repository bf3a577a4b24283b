"""What all tests share: a data folder with a database built from the real figures."""

import shutil
from pathlib import Path

import pytest

from data import build

DATA = Path(build.__file__).parent


@pytest.fixture(scope="session")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the real CSVs and the database built from them. Read only."""
    folder = tmp_path_factory.mktemp("bureau") / "data"
    left_out = shutil.ignore_patterns("*.py", "*.sql", "*.duckdb*", "__pycache__", "history")
    shutil.copytree(DATA, folder, ignore=left_out)
    build.build(folder)
    return folder
