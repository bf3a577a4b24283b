"""Pictures as they go into documents."""

import http.server
import io
import threading
from collections.abc import Iterator

import altair as alt
import pandas as pd
import pytest
from PIL import Image

from lib import palette
from lib.briefing import picture


def square(colour: str) -> alt.Chart:
    return (
        alt.Chart(pd.DataFrame({"x": [0]})).mark_rect(color=colour).encode(x=alt.value(0), x2=alt.value(100))
    )


def test_ink_is_black_on_white() -> None:
    """Text that takes the colour around it vanishes where there is none around it."""
    drawn = Image.open(io.BytesIO(picture.png(picture.svg(square(palette.INK))))).convert("RGB")
    colours = {colour for _, colour in drawn.getcolors(1 << 20) or []}
    assert {(0, 0, 0), (255, 255, 255)} <= colours


def test_text_is_in_the_font_of_the_documents() -> None:
    """Another machine draws boxes for Hangul."""
    labelled = alt.Chart(pd.DataFrame({"name": ["총무과"]})).mark_bar().encode(y="name:N")
    drawing = picture.svg(labelled)
    assert "총무과" in drawing
    assert f'font-family="{picture.FONT}"' in drawing or f"font-family=\"'{picture.FONT}'\"" in drawing


def test_a_picture_is_as_wide_as_a_page_needs() -> None:
    """A chart of 300 pixels is blown up, and its letters with it."""
    bars = alt.Chart(pd.DataFrame({"name": ["가"], "value": [1]})).mark_bar().encode(y="name:N", x="value:Q")
    drawing = picture.svg(bars)
    width, height = picture.size(drawing)
    assert width > picture.WIDTH
    pixels = Image.open(io.BytesIO(picture.png(drawing)))
    assert (pixels.width, pixels.height) == pytest.approx(
        (width * picture.SHARPNESS, height * picture.SHARPNESS), abs=2
    )


def test_the_same_picture_is_drawn_once() -> None:
    """Each document draws ten pictures anew and takes three seconds."""
    assert picture.svg(square("#123456")) is picture.svg(square("#123456"))
    assert picture.svg(square("#123456")) is not picture.svg(square("#123457"))


@pytest.fixture
def outside() -> Iterator[tuple[str, list[str]]]:
    """A server, and what it was asked for."""
    asked: list[str] = []

    class Server(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, format: str, *arguments: object) -> None:
            """Says nothing."""

    with http.server.HTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/rows.csv", asked
        server.shutdown()


def test_nothing_is_fetched(outside: tuple[str, list[str]]) -> None:
    """A picture asks a server on the closed network, or tells one outside."""
    address, asked = outside
    with pytest.raises(ValueError):
        picture.svg(alt.Chart(address).mark_bar().encode(x="a:Q"))
    assert asked == []
