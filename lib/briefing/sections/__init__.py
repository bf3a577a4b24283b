"""The sections that a briefing can have, one function per subject, in the order of the report."""

from collections.abc import Callable

from lib.briefing.model import Section
from lib.briefing.sections import budget, commitment, culture, district, evaluation, organisation
from lib.briefing.settings import Settings

SECTIONS: dict[str, Callable[[Settings], Section]] = {
    "organisation": organisation.organisation,
    "expenditure": budget.expenditure,
    "change": budget.change,
    "revenue": budget.revenue,
    "projection": budget.projection,
    "population": district.population,
    "distribution": district.distribution,
    "district_conditions": district.district_conditions,
    "flexible_work": culture.flexible_work,
    "counselling": culture.counselling,
    "bonus": evaluation.bonus,
    "grading": evaluation.grading,
    "renovation": commitment.renovation,
    "meeting": commitment.meeting,
}
