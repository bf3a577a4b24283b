"""The simulation of rater reliability."""

import math
import statistics

import pytest
from scipy import stats

from lib.rules import reliability


def within(estimate: reliability.Estimate | None, expected: float, slack: float = 0.0) -> bool:
    """Whether an estimate lies within five of its own standard errors, and the slack."""
    assert estimate is not None
    return abs(estimate.value - expected) <= 5 * estimate.standard_error + slack


def test_perfect_ratings_find_everybody() -> None:
    """Without error somebody is still missed, so that the error shown is the simulation's own."""
    result = reliability.simulation(361, 72, 36, 1, draws=50)
    assert result.top_found == result.bottom_found == (1.0, 0.0)
    assert result.reversed_people == (0.0, 0.0)
    assert [chance.value for chance in result.top_chance] == [1.0] * 72 + [0.0] * 289
    assert [chance.value for chance in result.bottom_chance] == [0.0] * 325 + [1.0] * 36


def test_pure_chance_finds_the_size_of_the_group() -> None:
    """Ratings without any truth in them seem to find the best."""
    result = reliability.simulation(100, 20, 10, 0, draws=2000, seed=1)
    assert within(result.top_found, 0.2)
    assert within(result.bottom_found, 0.1)
    assert within(result.reversed_people, 20 * 0.1)
    assert all(within(chance, 0.2) for chance in result.top_chance)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_large_group_agrees_with_the_normal_distribution(share: float) -> None:
    """The model is not the one described: its correlation is the reliability instead of the root."""
    result = reliability.simulation(2000, 400, 200, share, draws=400, seed=2)
    for found, part in ((result.top_found, 0.2), (result.bottom_found, 0.1)):
        border = stats.norm.ppf(part)
        correlation = math.sqrt(share)
        both = stats.multivariate_normal.cdf([border, border], cov=[[1, correlation], [correlation, 1]])
        assert within(found, both / part, slack=0.002)


def test_the_groups_that_were_asked_for_are_filled() -> None:
    """The chances do not add up to the places there are, or the best stand last."""
    result = reliability.simulation(50, 10, 5, 0.6, draws=500, seed=3)
    assert sum(chance.value for chance in result.top_chance) == pytest.approx(10)
    assert sum(chance.value for chance in result.bottom_chance) == pytest.approx(5)
    assert result.top_chance[0].value > 0.8 > 0.1 > result.top_chance[-1].value
    assert result.bottom_chance[0].value < 0.1 < 0.7 < result.bottom_chance[-1].value
    assert result.top_found is not None
    assert result.top_found.value == pytest.approx(
        sum(chance.value for chance in result.top_chance[:10]) / 10
    )
    assert result.reversed_people.value == pytest.approx(
        sum(chance.value for chance in result.bottom_chance[:10])
    )


def test_the_standard_error_is_the_spread_over_seeds() -> None:
    """The error that stands beside an estimate is not the one it has."""
    runs = [reliability.simulation(40, 8, 4, 0.5, draws=100, seed=seed) for seed in range(200)]
    estimates_of = [
        [run.top_found for run in runs],
        [run.bottom_found for run in runs],
        [run.reversed_people for run in runs],
        [run.top_chance[8] for run in runs],
    ]
    for estimates in estimates_of:
        # Squares, because a run that never saw a rare event states no error at all.
        stated = statistics.fmean(estimate.standard_error**2 for estimate in estimates if estimate)
        spread = statistics.variance(estimate.value for estimate in estimates if estimate)
        assert stated == pytest.approx(spread, rel=0.35)


def test_one_seed_gives_one_result() -> None:
    """A colleague who opens the link sees other numbers."""
    first = reliability.simulation(361, 72, 36, 0.6, draws=300, seed=7)
    assert reliability.simulation(361, 72, 36, 0.6, draws=300, seed=7) == first
    assert reliability.simulation(361, 72, 36, 0.6, draws=300, seed=8).top_found != first.top_found
    assert (first.people, first.top, first.bottom) == (361, 72, 36)
    assert (first.reliability, first.draws, first.seed) == (0.6, 300, 7)


def test_progress_rises_to_one() -> None:
    """The bar stands still, or never fills."""
    done: list[float] = []
    reliability.simulation(361, 72, 36, 0.6, draws=1000, progress=done.append)
    assert len(done) > 3
    assert done == sorted(done)
    assert done[-1] == 1.0


@pytest.mark.parametrize(
    ("people", "top", "bottom"), [(10, 0, 0), (10, 10, 0), (10, 0, 10), (10, 4, 6), (1, 1, 0), (1, 0, 1)]
)
def test_groups_at_the_edges(people: int, top: int, bottom: int) -> None:
    """A group of nobody or of everybody stops the page."""
    result = reliability.simulation(people, top, bottom, 0.5, draws=20)
    assert (result.top_found is None) == (top == 0)
    assert (result.bottom_found is None) == (bottom == 0)
    assert sum(chance.value for chance in result.top_chance) == pytest.approx(top)
    assert sum(chance.value for chance in result.bottom_chance) == pytest.approx(bottom)
    if top == people:
        assert result.top_found == (1.0, 0.0)


@pytest.mark.parametrize(
    ("arguments", "options", "named"),
    [
        ((0, 0, 0, 0.5), {}, "people must be at least 1"),
        ((10, -1, 0, 0.5), {}, "top must be at least 0"),
        ((10, 1, -1, 0.5), {}, "bottom must be at least 0"),
        ((10, 6, 5, 0.5), {}, "bottom must leave the groups apart"),
        ((10, 2, 1, 1.1), {}, "reliability must be from 0 to 1"),
        ((10, 2, 1, -0.1), {}, "reliability must not be negative"),
        ((10, 2, 1, float("nan")), {}, "reliability must be a finite number"),
        ((10, 2, 1, 0.5), {"draws": 1}, "draws must be at least 2"),
        ((10, 2, 1, 0.5), {"seed": -1}, "seed must be at least 0"),
    ],
)
def test_bad_input_is_refused_by_name(
    arguments: tuple[int, int, int, float], options: dict[str, int], named: str
) -> None:
    """A damaged link runs a simulation of something else."""
    with pytest.raises(ValueError, match=named):
        reliability.simulation(*arguments, **options)  # type: ignore[arg-type]
