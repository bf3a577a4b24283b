"""Tables as HTML: text stays text, and every cell has its heads."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from lib.ui import tables

ROWS = pd.DataFrame({"부서": ["총무과", "인사과"], "인력(명)": ["178", "41"], "비고": ["-", None]})


def test_rows_and_columns_have_heads() -> None:
    """Prevents a table that a screen reader reads as numbers without saying whose they are."""
    box = html.fragment_fromstring(tables.markup(ROWS, "부서별 인력", ["부서"]))
    assert [caption.text for caption in box.iter("caption")] == ["부서별 인력"]
    assert [cell.text for cell in box.iter("th") if cell.get("scope") == "col"] == list(ROWS.columns)
    assert [cell.text for cell in box.iter("th") if cell.get("scope") == "row"] == ["총무과", "인사과"]
    assert [cell.text for cell in box.iter("td")] == ["178", "-", "41", "-"]


def test_words_stand_left_and_long_ones_may_break() -> None:
    """Prevents words set like numbers, and a sentence that makes its table wider than the screen."""
    rows = ROWS.assign(비고=["보고서에 적힌 그대로 옮긴 긴 문장입니다.", ""])
    box = html.fragment_fromstring(tables.markup(rows, "부서별 인력", ["부서", "비고"]))
    assert [cell.get("class") for cell in box.iter("th") if cell.get("scope") == "col"] == [
        "text",
        None,
        "text long",
    ]


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), max_size=40))
def test_any_text_stays_text(text: str) -> None:
    """Prevents markup in the data that becomes markup of the page."""
    for hostile in (text, f"<script>{text}</script>", f"&lt;{text}", f'"><img src=x onerror="{text}">'):
        rows = pd.DataFrame({hostile: [hostile]})
        box = html.fragment_fromstring(tables.markup(rows, hostile))
        assert [element.text_content() for element in box.iter("caption", "th", "td")] == [hostile] * 3
        assert {element.tag for element in box.iter()} == {
            "div",
            "table",
            "caption",
            "thead",
            "tbody",
            "tr",
            "th",
        }
