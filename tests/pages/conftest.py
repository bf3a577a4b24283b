"""Pages as a visitor opens them: in the frame, on the real figures, without a browser."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from lxml import html
from streamlit.testing.v1 import AppTest

from lib import menu
from lib.finding import Card

ROOT = Path(__file__).resolve().parents[2]
FRAME_PARAMETERS = {"unit", "as_of"}
Visit = Callable[..., AppTest]


@pytest.fixture
def visit(bureau: Path, monkeypatch: pytest.MonkeyPatch) -> Visit:
    """Opens a page by its address with the parameters of a link, and fails on any error it shows."""
    monkeypatch.setenv("BUREAU_DATA", str(bureau))

    def opened(path: str = "", **parameters: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "lib" / "frame.py"), default_timeout=30)
        for name in FRAME_PARAMETERS & parameters.keys():
            app.query_params[name] = parameters[name]
        app.run()
        for name, value in parameters.items():
            app.query_params[name] = value
        if path:
            app.switch_page(menu.entry(path).script)
        app.run()
        assert not app.exception, app.exception
        return app

    return opened


def found(page: AppTest) -> list[str]:
    """What the search box offers, as its buttons say it."""
    return [button.label for button in page.sidebar.button if str(button.key).startswith("hit-")]


def follow(page: AppTest, wanted: str) -> AppTest:
    """The page after a search, where the first thing found was picked."""
    page.text_input(key="search").set_value(wanted).run()
    page.button(key="hit-0").click().run()
    assert not page.exception, page.exception
    return page


def popovers(page: AppTest) -> list[str]:
    """The labels of all popovers of a page, which AppTest has no list of."""
    return [block.proto.popover.label for block in _blocks(page._tree) if block.type == "popover"]


def _blocks(node: Any) -> Iterator[Any]:
    for child in getattr(node, "children", {}).values():
        yield child
        yield from _blocks(child)


def charts(page: AppTest) -> list[Any]:
    """The Altair charts of a page, as Streamlit sends them."""
    return [element.proto for element in page.get("vega_lite_chart")]


def tables(block: Any) -> list[pd.DataFrame]:
    """The tables of a page or of a part of it, all cells as the text that is read."""
    return [_table(box) for box in _boxes(block, "data-table")]


def cards(page: AppTest) -> list[Card]:
    """The key figures of a page, as they are read."""
    return [_card(figure) for box in _boxes(page, "cards") for figure in box]


def below_cards(page: AppTest) -> str:
    """What stands below the key figures of a page, as it is read."""
    return "\n".join(text.text_content() for text in _boxes(page, "below"))


def _boxes(block: Any, kind: str) -> list[Any]:
    boxes = [box for element in block.html for box in html.fragments_fromstring(element.value)]
    return [box for box in boxes if box.get("class") == kind]


def _card(figure: Any) -> Card:
    name, value, *below = figure
    [remark] = [part for dd in below for part in dd.iter("span")] or [None]
    [description] = [part for dd in below for part in dd.iter("small")] or [None]
    ahead = {"ahead": True, "behind": False}.get(remark.get("class", "")) if remark is not None else None
    below_it, beside_it = ("" if part is None else part.text_content() for part in (remark, description))
    return Card(name.text_content(), value.text_content(), below_it, beside_it, ahead)


def _table(box: Any) -> pd.DataFrame:
    [heads, *rows] = [[cell.text_content() for cell in row.iter("th", "td")] for row in box.iter("tr")]
    return pd.DataFrame(rows, columns=heads)
