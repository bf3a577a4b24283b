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
        lines = [f"보고서 기준일: {format.date(self.as_of)}", f"금액 단위: {self.unit.name}"]
        if self.pace != 1:
            lines.append(f"가정: 연말 전망 속도 {format.number(self.pace, 1)}배")
        if self.moves:
            lines.append(f"가정: 청사 환경 개선 일정 {len(self.moves)}개 단계 변경")
        if self.evaluation:
            lines.append(f"가정: 성과평가 모의 설정 {len(self.evaluation)}개 변경")
        return tuple(lines)
