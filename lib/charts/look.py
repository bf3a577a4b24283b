"""What all charts look alike in, and how a chart of published figures is drawn once for all who look at it."""

import functools
import hashlib
import json
import pickle
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ParamSpec

import altair as alt
import pandas as pd
import pyarrow as pa

from lib.palette import INK

Picture = alt.Chart | alt.LayerChart | alt.FacetChart | alt.HConcatChart | alt.VConcatChart
ROWS = alt.NamedData("rows")
"""What an outline has in place of rows."""
Arguments = ParamSpec("Arguments")

REMEMBERED = 256  # charts kept; a page has a handful for each choice that people make on it


@dataclass(frozen=True, eq=False)
class Filled:
    """A chart of a visitor's own rows: its outline, drawn on ROWS and remembered, and the rows, which are kept nowhere.

    name: what it is of, whatever the rows. Other rows under the same name only move what is drawn.
    """

    name: str
    outline: Picture
    rows: pd.DataFrame


_lock = threading.Lock()
_charts: OrderedDict[bytes, Picture] = OrderedDict()
_specs: dict[int, str] = {}
_tables: dict[int, dict[str, bytes]] = {}


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
        spec = _written(chart)
        text, tables = json.dumps(spec), _arrow(spec)
        with _lock:
            _charts[key] = chart
            _specs[id(chart)], _tables[id(chart)] = text, tables
            while len(_charts) > REMEMBERED:
                _, forgotten = _charts.popitem(last=False)
                del _specs[id(forgotten)], _tables[id(forgotten)]
        return chart

    return drawn


def specification(picture: Picture | Filled) -> dict[str, Any]:
    """The chart as Vega-Lite, dressed. A copy of the caller's own."""
    if isinstance(picture, Filled):
        rows = json.loads(picture.rows.to_json(orient="records"))
        return {**specification(picture.outline), "datasets": {ROWS.name: rows}}
    with _lock:
        text = _specs.get(id(picture))
    return json.loads(text) if text else _written(picture)


def to_send(picture: Picture | Filled) -> dict[str, Any]:
    """The specification as it goes to the browser: a remembered chart's tables as Arrow streams. The caller's own."""
    if isinstance(picture, Filled):
        return {**specification(picture.outline), "datasets": {ROWS.name: _stream(picture.rows)}}
    spec = specification(picture)
    with _lock:
        tables = _tables.get(id(picture), {})
    return {**spec, "datasets": {**spec["datasets"], **tables}} if tables else spec


def _arrow(spec: dict[str, Any]) -> dict[str, bytes]:
    """The tables among the data of a chart (all but outlines, which stay GeoJSON) as Arrow streams."""
    return {
        name: _stream(pd.DataFrame(rows))
        for name, rows in spec.get("datasets", {}).items()
        if not (rows and rows[0].get("type") == "Feature")
    }


def _stream(rows: pd.DataFrame) -> bytes:
    table = pa.Table.from_pandas(rows, preserve_index=False)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue().to_pybytes()


DRESS: dict[str, dict[str, Any]] = {
    "axis": {
        "labelColor": INK,
        "labelOpacity": 0.85,
        "titleColor": INK,
        "titleOpacity": 0.85,
        "labelOverlap": False,
        "labelLimit": 180,
        "labelFlush": False,
    },
    "legend": {
        "labelColor": INK,
        "labelOpacity": 0.85,
        "titleColor": INK,
        "labelLimit": 240,
        "orient": "top",
        "title": None,
    },
    "header": {"labelColor": INK, "titleColor": INK},
    "view": {"stroke": None},
}
"""The configuration of all charts: labels that read in both themes (4.5:1) and are never dropped or cut."""


def _written(picture: Picture) -> dict[str, Any]:
    """Dressed. Checked against the schema while it was built; not again."""
    spec = picture.to_dict(validate=False)
    config = spec.get("config", {})
    return {**spec, "config": {**config, **{name: {**config.get(name, {}), **DRESS[name]} for name in DRESS}}}
