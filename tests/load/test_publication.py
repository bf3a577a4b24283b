"""Data is published while many people read it."""

import asyncio
import os
import shutil
from collections.abc import Mapping
from typing import NamedTuple

from tests.load import visit
from tests.load.conftest import Published

READERS = 4
RUNS = 6
"""That each reader makes."""
RUNS_PER_PUBLICATION = 4
"""The data is exchanged when so many have ended, in the middle of those of the other readers."""
PAGES = ("", "budget-execution", "council-briefing")
"""Pages that show what changes."""
Drawn = Mapping[tuple[int, ...], str]


class Reading(NamedTuple):
    """A run of a page, as a reader got it."""

    page: str
    drawn: Drawn
    has_failed: bool


def publish(published: Published, state: int) -> None:
    """Put one of the states in the place of the other, as the build does it."""
    beside = published.database.with_name("beside")
    shutil.copyfile(published.states[state], beside)
    os.replace(beside, published.database)


async def alone(published: Published, state: int) -> dict[str, Drawn]:
    """What each page looks like in a state, while nothing moves."""
    publish(published, state)
    async with visit.visiting(published.app.origin) as reader:
        return {page: (await reader.open(page)).drawn() for page in PAGES}


async def together(published: Published) -> list[Reading]:
    """What readers get who go from page to page without a pause, while the data is exchanged again and again."""
    readings: list[Reading] = []

    async def read(first: int) -> None:
        async with visit.visiting(published.app.origin) as reader:
            for number in range(RUNS):
                page = PAGES[(first + number) % len(PAGES)]
                run = await reader.open(page)
                readings.append(Reading(page, run.drawn(), run.has_failed))
                if len(readings) % RUNS_PER_PUBLICATION == 0:
                    publish(published, len(readings) // RUNS_PER_PUBLICATION % 2)

    await asyncio.gather(*map(read, range(READERS)))
    return readings


def test_every_page_is_of_one_edition(published: Published) -> None:
    """A table of the new figures below a chart of the old ones, an incident, or a page that stays old for good."""

    async def seen() -> tuple[list[dict[str, Drawn]], list[Reading], list[dict[str, Drawn]]]:
        before = [await alone(published, state) for state in (0, 1)]
        readings = await together(published)
        return before, readings, [await alone(published, state) for state in (0, 1)]

    states, readings, after = asyncio.run(seen())
    assert after == states
    for page in PAGES:
        assert states[0][page] != states[1][page], f"{page} does not show what has changed"
    assert [reading.page for reading in readings if reading.has_failed] == []
    of_states = [[reading.drawn == state[reading.page] for state in states] for reading in readings]
    mixed = [reading.page for reading, found in zip(readings, of_states, strict=True) if not any(found)]
    assert mixed == []
    assert [any(found) for found in zip(*of_states, strict=True)] == [True, True]
