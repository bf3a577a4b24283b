"""A measured quantity, and how a list of them is printed, kept and set against an earlier one."""

import itertools
import json
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

NOTICED = 1.15
"""How much more than before is pointed out; less lies within what a machine varies by itself."""


class Ratio(NamedTuple):
    """How many times another quantity; limit: what it should not exceed."""

    to: str
    value: float
    limit: float | None = None

    @property
    def text(self) -> str:
        over = f", over {self.limit:g}" if self.limit and self.value > self.limit else ""
        return f"{self.value:.2f} × {self.to}{over}"


class Measurement(NamedTuple):
    """How long one thing takes, or how much of the unit it comes to, and the median set against others."""

    subject: str
    name: str
    samples: tuple[float, ...]
    ratios: tuple[Ratio, ...] = ()
    unit: str = "ms"

    @property
    def median(self) -> float:
        return statistics.median(self.samples)

    @property
    def spread(self) -> str:
        return f"{min(self.samples):,.1f}–{max(self.samples):,.1f}" if len(self.samples) > 1 else ""

    @property
    def line(self) -> str:
        ratios = "   ".join(ratio.text for ratio in self.ratios)
        return f"  {self.name:<44}{self.median:>10,.1f} {self.unit:<6} {self.spread:<20}{ratios}".rstrip()

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
    """Write all samples as JSON, one object per measurement; other subjects of the file stay."""
    subjects = {measurement.subject for measurement in measurements}
    earlier = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
    rows = [row for row in earlier if row["subject"] not in subjects]
    rows += [
        {
            "subject": measurement.subject,
            "name": measurement.name,
            "unit": measurement.unit,
            "median": measurement.median,
            "samples": measurement.samples,
            "ratios": [ratio._asdict() for ratio in measurement.ratios],
        }
        for measurement in measurements
    ]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def kept(file: Path) -> list[Measurement]:
    """The measurements of a file that `keep` has written."""
    return [
        Measurement(
            row["subject"],
            row["name"],
            tuple(row["samples"]),
            tuple(Ratio(**ratio) for ratio in row["ratios"]),
            row["unit"],
        )
        for row in json.loads(file.read_text(encoding="utf-8"))
    ]


def comparison(before: Sequence[Measurement], now: Sequence[Measurement]) -> str:
    """What was measured both times, then and now, with how many times as much it has become."""
    earlier = {(measurement.subject, measurement.name): measurement for measurement in before}
    lines = [f"  {'':<44}{'before':>10}{'now':>10}"]
    for subject, group in itertools.groupby(now, key=lambda measurement: measurement.subject):
        lines.append(subject)
        for measurement in group:
            if found := earlier.get((measurement.subject, measurement.name)):
                change = measurement.median / found.median if found.median else 1
                told = "  MORE" if change > NOTICED else "  less" if change < 1 / NOTICED else ""
                lines.append(
                    f"  {measurement.name:<44}{found.median:>10,.1f}{measurement.median:>10,.1f}"
                    f" {measurement.unit:<6}× {change:.2f}{told}"
                )
    return "\n".join(lines)


def markdown(measurements: Sequence[Measurement]) -> str:
    """The table for docs/performance.md."""
    lines: list[str] = []
    for subject, group in itertools.groupby(measurements, key=lambda measurement: measurement.subject):
        lines += [f"### {subject}", "", "| what | median | lowest–highest | against |", "|---|---:|---:|---|"]
        lines += [
            f"| {one.name} | {one.median:,.1f} {one.unit} | {one.spread} | {'; '.join(r.text for r in one.ratios)} |"
            for one in group
        ]
        lines.append("")
    return "\n".join(lines)
