"""How long the queries take that the pages make: cold, and out of the cache.

Cold is a query whose answer is not cached; the connection is open and the file in the system's memory.
"""

import importlib
import inspect
import pkgutil
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from lib import db
from tests.bench.measurement import Measurement


def measurements(rounds: int) -> Iterator[Measurement]:
    """The median over all queries, then each cold; those are measured that need at most an edition's date."""
    cold = {name: tuple(cold_duration(query) for _ in range(rounds)) for name, query in queries().items()}
    cached = {name: tuple(cached_duration(query) for _ in range(rounds)) for name, query in queries().items()}
    yield Measurement("Queries", "median, cold", medians(cold))
    yield Measurement("Queries", "median, cached", medians(cached))
    for name, durations in cold.items():
        yield Measurement("Queries", f"{name}, cold", durations)


def queries() -> dict[str, Callable[[], Any]]:
    """The public functions of lib/queries by module and name, ready to call with the newest edition."""
    import lib.queries
    from lib.queries import editions

    given = {"as_of": editions.newest()}
    found: dict[str, Callable[[], Any]] = {}
    for module in pkgutil.iter_modules(lib.queries.__path__):
        subject = importlib.import_module(f"lib.queries.{module.name}")
        for name, function in inspect.getmembers(subject, inspect.isfunction):
            needed = required(function)
            if (
                function.__module__ == subject.__name__
                and not name.startswith("_")
                and needed <= given.keys()
            ):
                found[f"{module.name}.{name}"] = partial(function, **{key: given[key] for key in needed})
    return found


def required(function: Callable[..., Any]) -> set[str]:
    """The parameters without a default."""
    parameters = inspect.signature(function).parameters.values()
    return {parameter.name for parameter in parameters if parameter.default is parameter.empty}


def cold_duration(query: Callable[[], Any]) -> float:
    db.forget()
    return duration(query)


def cached_duration(query: Callable[[], Any]) -> float:
    query()
    return duration(query)


def duration(query: Callable[[], Any]) -> float:
    """Milliseconds of one call."""
    started = time.perf_counter()
    query()
    return 1000 * (time.perf_counter() - started)


def medians(durations: dict[str, tuple[float, ...]]) -> tuple[float, ...]:
    return tuple(statistics.median(values) for values in durations.values())
