"""A measured duration, and how a list of them is printed and kept."""

import itertools
import json
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class Ratio(NamedTuple):
    """How many times another duration; limit: what it should not exceed."""

    to: str
    value: float
    limit: float | None = None

    @property
    def text(self) -> str:
        over = f", over {self.limit:g}" if self.limit and self.value > self.limit else ""
        return f"{self.value:.2f} × {self.to}{over}"


class Measurement(NamedTuple):
    """The durations of one thing in milliseconds, and their median set against others."""

    subject: str
    name: str
    milliseconds: tuple[float, ...]
    ratios: tuple[Ratio, ...] = ()

    @property
    def median(self) -> float:
        return statistics.median(self.milliseconds)

    @property
    def line(self) -> str:
        spread = f"{min(self.milliseconds):.1f}–{max(self.milliseconds):.1f}"
        ratios = "   ".join(ratio.text for ratio in self.ratios)
        return f"  {self.name:<36}{self.median:>10.1f} ms   {spread:<20}{ratios}".rstrip()

    def against(self, other: "Measurement", limit: float | None = None) -> "Measurement":
        """The same with one more ratio: its median to that of another."""
        return self._replace(ratios=(*self.ratios, Ratio(other.name, self.median / other.median, limit)))


def table(measurements: Sequence[Measurement]) -> str:
    """One block per subject; on each line name, median, lowest and highest, ratios."""
    lines: list[str] = []
    for subject, group in itertools.groupby(measurements, key=lambda measurement: measurement.subject):
        lines += [subject, *(measurement.line for measurement in group), ""]
    return "\n".join(lines)


def keep(measurements: Sequence[Measurement], file: Path) -> None:
    """Write all samples as JSON, one object per measurement."""
    rows = [
        {
            "subject": measurement.subject,
            "name": measurement.name,
            "median_ms": measurement.median,
            "samples_ms": measurement.milliseconds,
            "ratios": [ratio._asdict() for ratio in measurement.ratios],
        }
        for measurement in measurements
    ]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
