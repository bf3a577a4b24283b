"""Streamlit pieces that more than one page uses."""

from lib.finding import Card
from lib.ui.access import account, enter, file_box, may, pages, person
from lib.ui.commitments import agenda, changes, compared
from lib.ui.editions import MANY, difference, other_edition, trends, versus
from lib.ui.figures import (
    chart,
    downloads,
    findings,
    link,
    literal,
    screen_map,
    shown,
    source,
)
from lib.ui.inputs import control, controls, law, problems, widget
from lib.ui.key_figures import cards, line_cards, rate_card
from lib.ui.panels import add_to_briefing, data_panel, glossary_panel, incident, unavailable
from lib.ui.run import alone, pin
from lib.ui.tables import table
from lib.ui.visit import as_of, follow_newest, today, unit, window_width

__all__ = [
    "MANY",
    "Card",
    "account",
    "add_to_briefing",
    "agenda",
    "alone",
    "as_of",
    "cards",
    "changes",
    "chart",
    "compared",
    "control",
    "controls",
    "data_panel",
    "difference",
    "downloads",
    "enter",
    "file_box",
    "findings",
    "follow_newest",
    "glossary_panel",
    "incident",
    "law",
    "line_cards",
    "link",
    "literal",
    "may",
    "other_edition",
    "pages",
    "person",
    "pin",
    "problems",
    "rate_card",
    "screen_map",
    "shown",
    "source",
    "table",
    "today",
    "trends",
    "unavailable",
    "unit",
    "versus",
    "widget",
    "window_width",
]
