"""A data folder that a test may publish into."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def folder(bureau: Path, tmp_path: Path) -> Path:
    """A copy of the real data folder, database included, nothing published into it yet."""
    return Path(shutil.copytree(bureau, tmp_path / "data"))
