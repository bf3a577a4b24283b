"""Streamlit pieces that more than one page uses."""

from lib.ui.access import account, enter, file_box, may, pages, person
from lib.ui.commitments import agenda, changes, compared
from lib.ui.figures import (
    cards,
    chart,
    downloads,
    fact,
    findings,
    link,
    literal,
    rate_metric,
    screen_map,
    shown,
    source,
    table,
)
from lib.ui.inputs import control, controls, law, problems, widget
from lib.ui.panels import add_to_briefing, data_panel, glossary_panel, incident, unavailable
from lib.ui.visit import as_of, today, unit, window_width

__all__ = [
    "account",
    "add_to_briefing",
    "agenda",
    "as_of",
    "cards",
    "changes",
    "chart",
    "compared",
    "control",
    "controls",
    "data_panel",
    "downloads",
    "enter",
    "fact",
    "file_box",
    "findings",
    "glossary_panel",
    "incident",
    "law",
    "link",
    "literal",
    "may",
    "pages",
    "person",
    "problems",
    "rate_metric",
    "screen_map",
    "shown",
    "source",
    "table",
    "today",
    "unavailable",
    "unit",
    "widget",
    "window_width",
]
