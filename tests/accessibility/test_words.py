"""What the pages say and ask, without a browser: help, errors, links, the HTML before any script."""

import re
from pathlib import Path

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from lib import menu, server
from tests.browser.server import ROOT
from tests.pages.conftest import Visit, visit

__all__ = ["visit"]

STREAMLIT_HTML = Path(streamlit.__file__).parent / "static" / "index.html"
HUE = re.compile("빨간|빨강|붉은|파란|파랑|푸른|초록|녹색|노란|노랑|주황|보라")
MOTION = re.compile("devicemotion|deviceorientation|Accelerometer|Gyroscope")
HELP = ["용어", "자료 설명"]


def buttons(page: AppTest) -> list[str]:
    return [button.label for button in page.button if button.label in HELP]


def test_help_stands_in_the_same_place(visit: Visit) -> None:
    """Help that has to be looked for anew on every page (KWCAG 7.2.2)."""
    for path in menu.paths():
        assert buttons(visit(path)) == HELP, path


@pytest.mark.parametrize(
    ("path", "parameters", "word"),
    [
        ("council-briefing", {"assumed": "shift.hall.design=둘"}, "shift.hall.design"),
        ("district-population-map", {"place": "없는구"}, "없는구"),
    ],
)
def test_errors_are_said_in_words(visit: Visit, path: str, parameters: dict[str, str], word: str) -> None:
    """An entry that is refused in silence, or by a red edge alone (KWCAG 7.3.1)."""
    page = visit(path, **parameters)
    said = [message.value for message in (*page.error, *page.warning)]
    assert any(word in text and re.search("[가-힣]", text) for text in said), said


def test_links_bring_back_what_was_seen(visit: Visit) -> None:
    """Whoever was interrupted, or has no time left, begins again (KWCAG 6.2.1, 7.3.4)."""
    page = visit("budget-execution", unit="천원", view="증감")
    [view] = [control for control in page.segmented_control if control.label == "보기"]
    [unit] = [control for control in page.segmented_control if control.label == "금액 단위"]
    assert (view.value, unit.value) == ("증감", "천원")


def test_no_instruction_by_colour() -> None:
    """“Press the red button”, said to somebody who sees no red (KWCAG 5.3.3)."""
    scripts = [*(ROOT / "pages").glob("*.py"), *(ROOT / "lib").rglob("*.py")]
    found = [
        f"{script.name}: {line.strip()}"
        for script in scripts
        for line in script.read_text("utf-8").splitlines()
        if HUE.search(line)
    ]
    assert not found


def test_nothing_listens_to_motion() -> None:
    """A page that has to be shaken or tilted (KWCAG 6.5.4)."""
    assert not [
        script.name for script in server.STATIC.glob("*.js") if MOTION.search(script.read_text("utf-8"))
    ]


def test_html_is_korean() -> None:
    """A page that a screen reader begins in English, and says in English that it needs a script (KWCAG 7.1.1)."""
    page = server.korean(STREAMLIT_HTML.read_bytes()).decode()
    assert '<html lang="ko"' in page
    [words] = re.findall(r"<noscript>(.*?)</noscript>", page, re.DOTALL)
    assert "자바스크립트" in words and "You need" not in page
