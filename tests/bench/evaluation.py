"""How long the rules of the evaluation simulator take, each with the limit it should stay under."""

import time
from collections.abc import Callable, Iterator

from lib.rules import controlled_rounding, grading, rating_unit, reliability
from tests.bench.measurement import Measurement

FULL = grading.Rule(mode="full")
UNITS = [rating_unit.Unit(f"단위 {number}", 3 + number * 7919 % 97, "6급") for number in range(10_000)]


def measurements(rounds: int) -> Iterator[Measurement]:
    """Apportioning, controlled rounding and the simulation."""
    rows = [grading.distribution(unit.people, FULL) for unit in UNITS[:500]]
    totals = grading.distribution(sum(row.people for row in rows), FULL).counts
    quotas = [row.quotas for row in rows]
    tasks: dict[str, Callable[[], object]] = {
        "10,000 units apportioned (< 1,000 ms)": lambda: rating_unit.outcome(UNITS, FULL),
        "500 × 4 rounded together (< 2,000 ms)": lambda: controlled_rounding.table(quotas, totals),
        "361 people, 10,000 draws (< 1,000 ms)": lambda: reliability.simulation(361, 11, 36, 0.6),
    }
    for name, task in tasks.items():
        yield Measurement("Evaluation", name, tuple(duration(task) for _ in range(rounds)))


def duration(task: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    started = time.perf_counter()
    task()
    return 1000 * (time.perf_counter() - started)
