"""What sections are made of: amounts in the chosen unit, cells, and the notes that stand beside figures."""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from lib import format
from lib.briefing.model import Cell, Column
from lib.briefing.settings import Settings
from lib.queries import provenance

MOST_DECIMALS = 4


def cell(value: Any) -> Cell:
    """A value of a data frame as a plain text or number; None where there is nothing."""
    if pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value


def money(thousand_won: Any, unit: format.Unit) -> float | None:
    """An amount in 천원 in the unit; None where there is none."""
    return None if pd.isna(thousand_won) else float(thousand_won) / unit.thousand_won


def percent(share: Any) -> float | None:
    """A share of one in percent; None where there is none."""
    return None if pd.isna(share) else float(share) * 100


def money_column(head: str, amounts: Iterable[Any], unit: format.Unit, group: str = "") -> Column:
    """A column of amounts (in 천원), with as many decimals as keep the smallest from reading as zero."""
    values = [abs(float(amount)) / unit.thousand_won for amount in amounts if not pd.isna(amount) and amount]
    decimals = unit.decimals
    while values and decimals < MOST_DECIMALS and min(values) < 0.5 / 10**decimals:
        decimals += 1
    return Column(head, unit.name, decimals, group)


def open_checks(settings: Settings, datasets: Sequence[str], about: str = "") -> tuple[str, ...]:
    """A line per check that does not hold, of some datasets; only those `about` something where it is given.

    Checks with the same reason share a line.
    """
    checks = provenance.checks(list(datasets), settings.as_of)
    checks = checks[~checks["holds"] & checks["subject"].str.contains(about, regex=False)]
    lines = []
    for note, same in checks.groupby("note", sort=False):
        named = "; ".join(
            f"{check.check_name}({check.subject}) 보고서 {format.number(check.expected, _decimals(check.expected))}"
            f"{check.unit}, 계산 {format.number(check.actual, _decimals(check.actual))}{check.unit}"
            for check in same.itertuples()
        )
        lines.append(f"{named} – {note}")
    return tuple(lines)


def _decimals(value: float) -> int:
    return 0 if value == int(value) else 1
