"""What a briefing is made under: edition, unit of money, and the assumptions that were set."""

import datetime
from typing import NamedTuple

from lib import format
from lib.rules.scenario import Move


class Settings(NamedTuple):
    """Filters and assumptions.

    pace: the daily pace to the end of the year, in multiples of the present one. moves: what is tried with
    steps of the renovation, by commitment. evaluation: the parameters of a link of the evaluation simulator that are
    not as they always are, by name; empty: the report's own figures.
    """

    as_of: datetime.date
    unit: format.Unit = format.UNITS[-1]
    pace: float = 1.0
    moves: tuple[tuple[str, Move], ...] = ()
    evaluation: tuple[tuple[str, str], ...] = ()

    def lines(self) -> tuple[str, ...]:
        """What is printed on everything that leaves."""
        return (f"보고서 기준일: {format.date(self.as_of)}", f"금액 단위: {self.unit.name}")
