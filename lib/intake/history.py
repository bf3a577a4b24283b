"""Who published what, when, from which file and why: <data>/history/log.jsonl and the versions that it names."""

import datetime
from pathlib import Path
from typing import Literal, NamedTuple

from lib.intake.compare import Change, Count

Kind = Literal["found", "published", "rolled back"]


class File(NamedTuple):
    """A file that was handed in."""

    name: str
    sha256: str
    size: int
    """Bytes."""


class Entry(NamedTuple):
    """One state of the data folder, and how it came about."""

    number: int
    """From 0, the state that was found when the first publication came."""
    kind: Kind
    """found: changed by hand, outside of publish."""
    at: datetime.datetime
    """UTC."""
    by: str
    """Empty where kind is found."""
    reason: str
    files: list[File]
    changes: list[Count]
    accepted: list[str]
    """What was accepted or confirmed, with the note, as sentences of Korean."""
    restored: int | None
    """The entry that was rolled back to."""
    manifest: dict[str, str]
    """Content hash by folder: {"report/2023-03-31": …, "reference": …}."""

    @property
    def editions(self) -> list[datetime.date]:
        """The as-of dates of the report that stood after it, newest first."""
        raise NotImplementedError


def entries(folder: Path) -> list[Entry]:
    """All entries, newest first; empty where nothing was published yet."""
    raise NotImplementedError


def changes(folder: Path, number: int) -> list[Change]:
    """What an entry changed against the one before it, row by row. Raises IntakeError where there is no such entry."""
    raise NotImplementedError
