"""Pictures as SVG and PNG, without a browser: the charts of the pages, plain and readable on white paper."""

import functools
import json
import re
import weakref
from typing import Any

import vl_convert

from lib import palette
from lib.briefing import font
from lib.charts import look

FONT = "Noto Sans KR"
VEGA_LITE = "6.4"
GRID = "#dde1e6"
WIDTH = 640  # pixels of a view that names no width of its own
KEPT = 64  # pictures in memory; one is a few hundred kB at most
SHARPNESS = 2.5  # pixels of a PNG per pixel of its picture

THEME: dict[str, Any] = {
    "font": FONT,
    "background": "#ffffff",
    "view": {"continuousWidth": WIDTH, "discreteWidth": WIDTH, "stroke": None},
    "axis": {
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "gridColor": GRID,
        "domainColor": GRID,
        "tickColor": GRID,
    },
    "legend": {"labelFontSize": 13, "symbolType": "square", "orient": "top", "title": None},
    "header": {"labelFontSize": 13, "titleFontSize": 13},
    "text": {"fontSize": 13},
    "bar": {"color": palette.PRIMARY},
    "range": {
        "category": [palette.PRIMARY, palette.TEAL, palette.OCHRE, palette.BEHIND, palette.AHEAD],
    },
}
_known: dict[int, tuple[weakref.ref[Any], str]] = {}  # by identity: a chart has no hash
_VIEW_NAME = re.compile(r'"view_\d+"')


@functools.cache
def font_folder() -> str:
    """The folder of the font that documents embed, known to what draws pictures. Raises font.Unavailable."""
    folder = str(font.folder())
    vl_convert.register_font_directory(folder)
    return folder


def svg(picture: look.Picture | look.Filled) -> str:
    """The picture with its text as text in FONT; ink that takes the colour around it is black.

    A picture that was drawn before comes out of memory.
    """
    key = id(picture)
    if (known := _known.get(key)) and known[0]() is picture:
        return known[1]
    drawing = _svg(_specification(picture))
    # To write a picture down as text takes some 20 ms: the next format of the same briefing has it already.
    _known[key] = (weakref.ref(picture, lambda _: _known.pop(key, None)), drawing)
    return drawing


@functools.lru_cache(maxsize=KEPT)
def png(drawing: str) -> bytes:
    """An SVG in pixels, SHARPNESS to one of its own."""
    font_folder()
    return vl_convert.svg_to_png(drawing, scale=SHARPNESS)


def size(drawing: str) -> tuple[float, float]:
    """Width and height of an SVG in pixels."""
    head = drawing[: drawing.index(">")]
    width, height = (re.search(rf' {side}="([\d.]+)"', head) for side in ("width", "height"))
    assert width and height
    return float(width[1]), float(height[1])


def forget() -> None:
    """Forgets what was drawn, as after a start."""
    _known.clear()
    _svg.cache_clear()
    png.cache_clear()


def _specification(picture: look.Picture | look.Filled) -> str:
    # A size of its own, which Altair writes into every chart, would go before that of THEME.
    spec = look.specification(picture) | {"config": look.DRESS | {"view": THEME["view"]}}
    rows = spec.pop("datasets", {})
    # Altair counts the views it ever made; without that, the same picture is the same text.
    names: dict[str, str] = {}
    text = _VIEW_NAME.sub(
        lambda name: names.setdefault(name[0], f'"view_{len(names) + 1}"'), json.dumps(spec, sort_keys=True)
    )
    return json.dumps(json.loads(text) | {"datasets": rows})


@functools.lru_cache(maxsize=KEPT)
def _svg(specification: str) -> str:
    font_folder()
    drawing = vl_convert.vegalite_to_svg(
        specification, vl_version=VEGA_LITE, config=THEME, allowed_base_urls=["data:"]
    )
    return drawing.replace("<svg ", '<svg color="#000000" ', 1)
