"""Which section of a briefing tells what a page of the dashboard shows."""

import datetime
from collections.abc import Mapping

from lib.queries import budget

WHOLE = {
    "": "expenditure",
    "org-chart": "organisation",
    "renovation-timeline": "renovation",
    "resident-support": "meeting",
}
# Pages of several views: the parameter of the link that chooses one, its sections, and the section otherwise.
PARTS = {
    "budget-execution": ("view", {"증감": "change", "전망": "projection"}, "expenditure"),
    "district-population-map": (
        "view",
        {"분포": "distribution", "행정여건": "district_conditions"},
        "population",
    ),
    "flexible-work": ("view", {"인사상담": "counselling"}, "flexible_work"),
    "evaluation-simulator": ("part", {"실적가점": "bonus"}, "grading"),
}


def section(path: str, parameters: Mapping[str, str], as_of: datetime.date) -> str | None:
    """The key of the section for a page at an address with the parameters of its link; None where there is none."""
    if path in WHOLE:
        return WHOLE[path]
    if path not in PARTS:
        return None
    name, parts, otherwise = PARTS[path]
    key = parts.get(parameters.get(name, ""), otherwise)
    if path == "budget-execution" and _is_revenue(parameters.get("line", ""), as_of):
        return "revenue"
    return key


def _is_revenue(label: str, as_of: datetime.date) -> bool:
    lines = budget.lines(as_of)
    return bool(((lines["label"] == label) & (lines["side"] == "세입")).any())
