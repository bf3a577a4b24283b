"""How far the reliability of ratings decides who is found in the top and the bottom group.

The model is that of classical test theory: a rating is √r × merit + √(1 − r) × error, merit and
error independent and standard normal, r the reliability (0: pure chance, 1: no error). Both the
model and any value of r are assumptions; nobody has measured the reliability of these ratings.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from lib.rules import number

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

# Draws are made in blocks of about so many ratings: memory stays small, progress is reported.
BLOCK = 50_000


class Estimate(NamedTuple):
    """A mean over the draws."""

    value: float
    standard_error: float
    """Monte Carlo standard error: what another seed would typically differ by."""


class Simulation(NamedTuple):
    """What came out, and of what."""

    people: int
    top: int
    bottom: int
    reliability: float
    draws: int
    seed: int
    top_found: Estimate | None
    """Share (0 … 1) of the truly best `top` who are found in the top group; None for an empty group."""
    bottom_found: Estimate | None
    """Share (0 … 1) of the truly last `bottom` who are found in the bottom group."""
    reversed_people: Estimate
    """People of the truly best `top` found in the bottom group."""
    top_chance: tuple[Estimate, ...]
    """Per true place, the best first: probability of being found in the top group."""
    bottom_chance: tuple[Estimate, ...]
    """Per true place, the best first: probability of being found in the bottom group."""


def simulation(
    people: int,
    top: int,
    bottom: int,
    reliability: number.Number,
    *,
    draws: int = 10_000,
    seed: int = 0,
    progress: Callable[[float], object] | None = None,
) -> Simulation:
    """`draws` times, merit and ratings of `people`; who of them is in the rated top and bottom group.

    The same arguments give the same result. `progress` is called with the part that is done, up to
    1.0. Time grows with people × draws: 361 × 10,000 take a fraction of a second.

    ValueError names the argument: groups that together exceed the people, a reliability outside
    0 … 1, fewer than two draws.
    """
    people = number.whole(people, "people", least=1)
    top = number.whole(top, "top")
    bottom = number.whole(bottom, "bottom")
    if top + bottom > people:
        raise ValueError(f"bottom must leave the groups apart: {top} + {bottom} exceeds the {people} people")
    draws = number.whole(draws, "draws", least=2)
    seed = number.whole(seed, "seed")
    share = float(number.share(reliability, "reliability"))
    if share > 1:
        raise ValueError(f"reliability must be from 0 to 1, but is {reliability}")
    found = np.empty((draws, 3))
    in_top, in_bottom = np.zeros(people), np.zeros(people)
    generator = np.random.default_rng(seed)
    block = max(1, BLOCK // people)
    for start in range(0, draws, block):
        stop = min(start + block, draws)
        best, last = _groups(_ratings(generator, stop - start, people, share), top, bottom)
        in_top += best.sum(axis=0)
        in_bottom += last.sum(axis=0)
        found[start:stop, 0] = best[:, people - top :].sum(axis=1)
        found[start:stop, 1] = last[:, :bottom].sum(axis=1)
        found[start:stop, 2] = last[:, people - top :].sum(axis=1)
        if progress is not None:
            progress(stop / draws)
    return Simulation(
        people,
        top,
        bottom,
        share,
        draws,
        seed,
        _mean(found[:, 0] / top) if top else None,
        _mean(found[:, 1] / bottom) if bottom else None,
        _mean(found[:, 2]),
        _chances(in_top, draws),
        _chances(in_bottom, draws),
    )


def _ratings(generator: np.random.Generator, draws: int, people: int, reliability: float) -> Array:
    """Ratings, draws × people; in every draw the people stand by true merit, the best last."""
    merit = np.sort(generator.standard_normal((draws, people)), axis=1)
    error = generator.standard_normal((draws, people))
    return math.sqrt(reliability) * merit + math.sqrt(1 - reliability) * error


def _groups(ratings: Array, top: int, bottom: int) -> tuple[np.ndarray, np.ndarray]:
    """Whether each rating is among the `top` highest, or the `bottom` lowest, of its draw."""
    people = ratings.shape[1]
    places = sorted({place for place in (bottom - 1, people - top) if 0 <= place < people})
    ordered = np.partition(ratings, places, axis=1) if places else ratings
    nobody = np.zeros(ratings.shape, dtype=bool)
    best = ratings >= ordered[:, [people - top]] if top else nobody
    last = ratings <= ordered[:, [bottom - 1]] if bottom else nobody
    return best, last


def _mean(values: Array) -> Estimate:
    return Estimate(float(values.mean()), float(values.std(ddof=1) / math.sqrt(len(values))))


def _chances(hits: Array, draws: int) -> tuple[Estimate, ...]:
    """Relative frequencies with their standard errors, turned so that the best come first."""
    chances = hits[::-1] / draws
    errors = np.sqrt(chances * (1 - chances) / (draws - 1))
    return tuple(Estimate(float(chance), float(error)) for chance, error in zip(chances, errors, strict=True))
