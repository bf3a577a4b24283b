"""Briefings of every section, made from the real figures, once: nobody can change them."""

import datetime
from pathlib import Path

import pytest

from lib.briefing import compose, link
from lib.briefing.model import Briefing

MADE_ON = datetime.date(2023, 4, 20)


@pytest.fixture
def data(bureau: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of the tests, where the queries look."""
    monkeypatch.setenv("BUREAU_DATA", str(bureau))
    return bureau


@pytest.fixture(scope="session")
def briefing(bureau: Path) -> Briefing:
    """Every section under the settings of an empty link."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUREAU_DATA", str(bureau))
        settings, keys = link.read({})
        return compose.briefing(settings, keys, MADE_ON)
