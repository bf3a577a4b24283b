"""Key figures as HTML: names with their values, and text that stays text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from lib.finding import Card
from lib.ui import key_figures


def test_a_figure_is_a_name_and_its_values() -> None:
    """Prevents numbers that a screen reader reads without saying what they are of."""
    box = html.fragment_fromstring(
        key_figures.markup([Card("인력", "361명", "+3명", "전년 대비"), Card("팀", "31")], 3)
    )
    assert box.tag == "dl"
    assert [[(part.tag, part.text_content()) for part in figure] for figure in box] == [
        [("dt", "인력"), ("dd", "361명"), ("dd", "+3명 전년 대비")],
        [("dt", "팀"), ("dd", "31")],
    ]


def test_a_long_number_has_the_room_it_needs() -> None:
    """Prevents an amount in 천원 that runs over the edge of a phone, or is broken in two."""
    short, long = (
        key_figures.markup([Card("예산현액", value)], 3) for value in ("361명", "4,494,041,590천원")
    )
    assert "--least: 10.5rem" in short
    assert "--least: 14.9rem" in long


@pytest.mark.parametrize(
    ("rate", "remark", "ahead"),
    [(0.268, "+2.1%p", True), (0.247, "+0.0%p", True), (0.197, "△5.0%p", False), (float("nan"), "", None)],
)
def test_a_rate_tells_whether_it_is_ahead(rate: float, remark: str, ahead: bool | None) -> None:
    """Prevents a rate behind the calendar in the colour of one ahead, and "-" called either."""
    card = key_figures.rate_card("집행률", rate, 0.247)
    assert (card.remark, card.ahead) == (remark, ahead)


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40))
def test_any_text_stays_text(text: str) -> None:
    """Prevents markup in the data that becomes markup of the page."""
    for hostile in (text, f"<script>{text}</script>", f'"><img src=x onerror="{text}">'):
        [figure] = html.fragment_fromstring(key_figures.markup([Card(hostile, hostile, hostile, hostile)], 4))
        name, value, below = figure
        assert name.text_content() == value.text_content() == hostile
        assert below.text_content() == f"{hostile} {hostile}"
        assert {element.tag for element in figure.iter()} == {"div", "dt", "dd", "span", "small"}
