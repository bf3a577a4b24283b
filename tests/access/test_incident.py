"""A fault of the program: people read one sentence and a number, the log has the trace under that number."""

import logging
import re
import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib.access import incident

ROOT = Path(__file__).parents[2]

SCRIPT = """
from lib import server
try:
    try:
        raise KeyError("홍길동")
    except KeyError as fault:
        raise RuntimeError("secret of an upload") from fault
except RuntimeError as error:
    server.script_error(error)
"""


def test_a_fault_is_a_sentence_with_a_number(caplog: pytest.LogCaptureFixture) -> None:
    """A trace on the screen of whoever met it, a number that the log does not know, or a name in the log."""
    with caplog.at_level(logging.ERROR):
        page = AppTest.from_string(SCRIPT, default_timeout=30).run()
    assert not page.exception
    [told] = [error.value for error in page.error]
    number = re.search(r"\*\*([0-9a-f]{8})\*\*", told)
    assert number and "RuntimeError" not in told
    [line] = [record.getMessage() for record in caplog.records if number[1] in record.getMessage()]
    assert "builtins.RuntimeError" in line and "builtins.KeyError" in line and "line 5, in" in line
    assert "secret" not in line.replace('raise RuntimeError("secret of an upload")', "")
    assert "홍길동" not in line.replace('raise KeyError("홍길동")', "")


def test_a_full_disk_is_named() -> None:
    """An incident whose cause nobody can tell."""
    assert incident.trace(OSError(28, "No space left on device")).endswith(
        "[Errno 28] No space left on device"
    )


FAULT = """
import logging
from lib.access import incident
logging.getLogger("streamlit.error_util").setLevel(logging.INFO)
incident.keep_texts_out_of_the_log()
from streamlit.error_util import handle_uncaught_app_exception
handle_uncaught_app_exception(ValueError("홍길동"))
logging.getLogger("streamlit.error_util").error("still there")
"""


def test_streamlit_does_not_log_the_text_of_a_fault() -> None:
    """The library writes down beforehand what we leave out."""
    ended = subprocess.run(
        [sys.executable, "-c", FAULT], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert "still there" in ended.stderr and "홍길동" not in ended.stderr


def test_no_page_shows_its_own_traces() -> None:
    """Streamlit's own box with a trace, where the server does not come first."""
    settings = (ROOT / ".streamlit" / "config.toml").read_text("utf-8")
    assert re.search(r'^showErrorDetails = "none"$', settings, re.MULTILINE)
