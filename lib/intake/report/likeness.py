"""Whether a short item of the data is what a longer text of the report says, spaces and particles aside."""

import re

from lib.intake.report import letters

# A short item is put together from at most so many runs of the text's letters.
RUNS = 3
_PARTICLES = re.compile(r"(?<=[가-힣])(?:과|와|의|을|를|에|로|으로)(?= )|(?<= )(?:및|등|또는)(?= |$)")


def bare(text: str) -> str:
    """Letters and figures without particles: what two ways of saying the same have in common."""
    return letters.key(_PARTICLES.sub(" ", letters.plain(text)))


def covered(item: str, text: str) -> list[int]:
    """Places in letters.key(text) of the item's letters, in order and in few runs; empty where they are not there.

    An item of two letters must stand there whole; of four, in two runs; longer ones may be in three.
    """
    wanted, given = letters.key(item), letters.key(text)[: letters.LONGEST]
    if len(wanted) < 2:
        return []
    most = RUNS if len(wanted) > 5 else 2 if len(wanted) > 3 else 1
    found = _runs(wanted, given, most)
    if not found and bare(item) != wanted:
        found = _runs(bare(item), given, most)
    return found


def _runs(wanted: str, given: str, most: int, start: int = 0) -> list[int]:
    """The places of the first way to find `wanted` in at most `most` runs, each as long as it can be."""
    for length in range(len(wanted), 0, -1) if most > 1 else (len(wanted),):
        place = given.find(wanted[:length], start)
        while place >= 0:
            own = list(range(place, place + length))
            if length == len(wanted):
                return own
            if rest := _runs(wanted[length:], given, most - 1, place + length):
                return own + rest
            place = given.find(wanted[:length], place + 1) if length > 1 else -1
    return []


def share(item: str, text: str) -> float:
    """Which share of the pairs of letters of the item the text has too; 0 for items of one letter."""
    wanted = _pairs(bare(item))
    return len(wanted & _pairs(bare(text))) / len(wanted) if wanted else 0.0


def _pairs(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(len(text) - 1)}
