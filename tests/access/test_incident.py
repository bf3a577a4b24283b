"""A fault of the program: people read one sentence and a number, the log has the trace under that number."""

import logging
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

SCRIPT = """
from lib import server
try:
    raise RuntimeError("secret of the inside at /srv/place")
except RuntimeError as error:
    server.script_error(error)
"""


def test_a_fault_is_a_sentence_with_a_number(caplog: pytest.LogCaptureFixture) -> None:
    """A trace with paths and values on the screen of whoever met it, or a number that the log does not know."""
    with caplog.at_level(logging.ERROR):
        page = AppTest.from_string(SCRIPT, default_timeout=30).run()
    assert not page.exception
    [told] = [error.value for error in page.error]
    number = re.search(r"\*\*([0-9a-f]{8})\*\*", told)
    assert number and "secret" not in told and "RuntimeError" not in told
    [record] = [record for record in caplog.records if number[1] in record.getMessage()]
    assert record.exc_info and "secret of the inside" in str(record.exc_info[1])


def test_no_page_shows_its_own_traces() -> None:
    """Streamlit's own box with a trace, where the server does not come first."""
    settings = (Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text("utf-8")
    assert re.search(r'^showErrorDetails = "none"$', settings, re.MULTILINE)
