"""A whole briefing of the real figures, made once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from lib.briefing import compose
from lib.briefing.model import Briefing
from lib.briefing.settings import Settings
from tests.briefing import made


@pytest.fixture(scope="session")
def whole(bureau: Path) -> Iterator[Briefing]:
    """All sections of 2023-03-31."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUREAU_DATA", str(bureau))
        yield compose.briefing(Settings(made.AS_OF))
