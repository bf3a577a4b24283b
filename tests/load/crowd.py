"""People who browse at the same time: they open a page, look, and go on or change something on it."""

import asyncio
import random
import ssl
import statistics
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from websockets.exceptions import WebSocketException

from lib import menu
from tests.load import visit

# What people change, by address: the key of a control and what they choose. The money unit stands on all pages.
UNIT = ("unit", ("천원", "백만원", "억원"))
CONTROLS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "budget-execution": ("view", ("증감", "속도")),
    "district-population-map": ("level", ("동 전체", "자치구")),
    "evaluation-simulator": ("ga_mode", ("가 비율 전부", "가 없음")),
    "flexible-work": ("view", ("가정 계산", "보고서")),
    "renovation-timeline": ("view", ("가정해 보기", "일정")),
}
STAY = 0.5
"""How often somebody changes something on the page in place of going to another."""


class Load(NamedTuple):
    """What a crowd met with. milliseconds: every run, first pages included; seconds: how long it went on."""

    visitors: int
    seconds: float
    milliseconds: list[float]
    faults: Counter[str]
    size: int
    """Bytes of all answers."""

    @property
    def median(self) -> float:
        return statistics.median(self.milliseconds)

    @property
    def percentile_95(self) -> float:
        return statistics.quantiles(self.milliseconds, n=20)[-1]

    @property
    def per_second(self) -> float:
        """Runs that came to their end in a second."""
        return len(self.milliseconds) / self.seconds


class Widgets(NamedTuple):
    """The names that the server has for controls, by address and key."""

    names: Mapping[tuple[str, str], str]

    def choice(self, chance: random.Random, page: str) -> tuple[str, str]:
        """A control of a page, and what to choose on it."""
        wanted = [UNIT, *([CONTROLS[page]] if page in CONTROLS else [])]
        key, values = chance.choice(wanted)
        return self.names[page, key], chance.choice(values)


async def widgets(
    origin: str, headers: Mapping[str, str] | None = None, context: ssl.SSLContext | None = None
) -> Widgets:
    """One visit to every page, which also has the server do what it does only once."""
    names: dict[tuple[str, str], str] = {}
    async with visit.visiting(origin, headers, context) as scout:
        for page in menu.paths():
            for message in (await scout.open(page)).parsed():
                name = message.delta.new_element.button_group.id
                if name:
                    names[page, name.split("-", 2)[-1]] = name
    return Widgets(names)


async def browsing(
    origin: str,
    visitors: int,
    seconds: float,
    think: float,
    headers: Sequence[Mapping[str, str]] = ({},),
    context: ssl.SSLContext | None = None,
    seed: int = 1,
) -> Load:
    """Let people browse for some seconds, with a time to think between steps (seconds, a half more or less).

    They arrive within the first time to think. headers: what they come with, in turn. Nothing is raised where the
    server fails them; it is counted.
    """
    known = await widgets(origin, headers[0], context)
    load = Load(visitors, seconds, [], Counter(), 0)
    ends = time.perf_counter() + seconds
    people = [
        _person(
            origin,
            known,
            random.Random(seed * 10_000 + number),
            ends,
            think,
            headers[number % len(headers)],
            context,
        )
        for number in range(visitors)
    ]
    for milliseconds, faults, size in await asyncio.gather(*people):
        load.milliseconds.extend(milliseconds)
        load.faults.update(faults)
        load = load._replace(size=load.size + size)
    return load


async def _person(
    origin: str,
    known: Widgets,
    chance: random.Random,
    ends: float,
    think: float,
    headers: Mapping[str, str],
    context: ssl.SSLContext | None,
) -> tuple[list[float], Counter[str], int]:
    milliseconds: list[float] = []
    faults: Counter[str] = Counter()
    size = 0
    await asyncio.sleep(chance.uniform(0, think))
    try:
        async with visit.visiting(origin, headers, context) as person:
            while time.perf_counter() < ends:
                run = await _step(person, known, chance, first=not milliseconds)
                milliseconds.append(run.milliseconds)
                size += run.size
                faults.update({"incident": run.has_failed, "unavailable": run.is_unavailable})
                await asyncio.sleep(chance.uniform(0.5 * think, 1.5 * think))
    except (OSError, WebSocketException) as fault:  # a TimeoutError is an OSError
        faults[type(fault).__name__] += 1
    return milliseconds, +faults, size


async def _step(person: visit.Visit, known: Widgets, chance: random.Random, first: bool) -> visit.Run:
    if first or chance.random() > STAY:
        return await person.open(chance.choice(menu.paths()))
    return await person.choose(*known.choice(chance, person.page))
