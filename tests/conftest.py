"""What all tests share: data folders with their databases, of the real figures and of made-up editions beside them."""

import shutil
from pathlib import Path

import pytest

from data import build
from tests.editions import made_up

DATA = Path(build.__file__).parent


@pytest.fixture(scope="session")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the real CSVs and the database built from them. Read only."""
    folder = tmp_path_factory.mktemp("bureau") / "data"
    left_out = shutil.ignore_patterns("*.py", "*.sql", "*.duckdb*", "__pycache__", "history")
    shutil.copytree(DATA, folder, ignore=left_out)
    build.build(folder)
    return folder


@pytest.fixture
def spare(bureau: Path, tmp_path: Path) -> Path:
    """A copy of the real data folder, database included, for one test to publish into."""
    return Path(shutil.copytree(bureau, tmp_path / "spare"))


@pytest.fixture(scope="session")
def with_june(bureau: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real data with a made-up June beside it. Read only."""
    folder = made_up.folder(bureau, tmp_path_factory.mktemp("june") / "data", made_up.JUNE)
    build.build(folder)
    return folder


@pytest.fixture(scope="session")
def with_september(bureau: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real data with a made-up June and September beside it. Read only."""
    folder = made_up.folder(
        bureau, tmp_path_factory.mktemp("september") / "data", made_up.JUNE, made_up.SEPTEMBER
    )
    build.build(folder)
    return folder


@pytest.fixture(scope="session")
def june_book(with_june: Path) -> bytes:
    """The made-up June as the workbook that is handed in."""
    return made_up.book(with_june, made_up.JUNE)
