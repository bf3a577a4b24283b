"""What all charts look alike in, and how a chart of published figures is drawn once for all who look at it."""

import functools
import hashlib
import json
import pickle
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, ParamSpec, cast

import altair as alt

from lib.palette import INK

Picture = alt.Chart | alt.LayerChart | alt.FacetChart | alt.HConcatChart | alt.VConcatChart
Arguments = ParamSpec("Arguments")

REMEMBERED = 256  # charts kept; a page has a handful for each choice that people make on it

_lock = threading.Lock()
_charts: OrderedDict[bytes, Picture] = OrderedDict()
_specs: dict[int, str] = {}


def remembered(draw: Callable[Arguments, Picture]) -> Callable[Arguments, Picture]:
    """Draw the same rows once per process: Altair takes longer over a chart than all else on a page together.

    Only for charts of figures that everybody may see. What a visitor has uploaded stays in that visit, so a
    chart of it must not be remembered here. Nobody may change the chart that comes back.
    """

    @functools.wraps(draw)
    def drawn(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Picture:
        name = f"{draw.__module__}.{draw.__qualname__}"
        key = hashlib.blake2b(pickle.dumps((name, args, sorted(kwargs.items())))).digest()
        with _lock:
            if key in _charts:
                _charts.move_to_end(key)
                return _charts[key]
        chart = draw(*args, **kwargs)
        text = json.dumps(_written(chart))
        with _lock:
            _charts[key] = chart
            _specs[id(chart)] = text
            while len(_charts) > REMEMBERED:
                _, forgotten = _charts.popitem(last=False)
                del _specs[id(forgotten)]
        return chart

    return drawn


def specification(picture: Picture) -> dict[str, Any]:
    """The chart as Vega-Lite, dressed. A copy of the caller's own."""
    with _lock:
        text = _specs.get(id(picture))
    return json.loads(text) if text else _written(picture)


def dressed(picture: Picture) -> Picture:
    """The picture with labels that read in both themes (4.5:1) and are never dropped or cut."""
    return cast(
        Picture,
        picture.configure(
            axis=alt.AxisConfig(
                labelColor=INK,
                labelOpacity=0.85,
                titleColor=INK,
                titleOpacity=0.85,
                labelOverlap=False,
                labelLimit=180,
                labelFlush=False,
            ),
            legend=alt.LegendConfig(
                labelColor=INK, labelOpacity=0.85, titleColor=INK, labelLimit=240, orient="top", title=None
            ),
            header=alt.HeaderConfig(labelColor=INK, titleColor=INK),
            view=alt.ViewConfig(stroke=None),
        ),
    )


def _written(picture: Picture) -> dict[str, Any]:
    """Checked against the schema while it was built; not again."""
    return dressed(picture).to_dict(validate=False)
