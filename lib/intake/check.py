"""Whether a draft may be published: built beside the data by the very rules of data.build."""

import datetime
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from lib.intake.draft import Draft, Problem


class Difference(NamedTuple):
    """A reconciliation that the draft breaks and no known_difference explains. A person may accept it with a note."""

    key: str
    """Short name of it and its two numbers, for `accepted`."""
    as_of: datetime.date
    check_name: str
    subject: str
    unit: str
    expected: Decimal | None
    """As printed."""
    actual: Decimal | None
    """As derived from the parts."""
    path: str
    """CSV that prints it: report/2023-06-30/stated_figure.csv."""
    place: str
    """Where it stands in the file, in Korean; empty where that is not known."""
    suggestion: str
    """The note of the edition before for the same check; empty: none."""

    @property
    def sentence(self) -> str:
        """Subject, check and both numbers in one line of Korean."""
        raise NotImplementedError


class Unlikely(NamedTuple):
    """A change too large to be likely, or cells that the reader doubts; a person confirms it."""

    key: str
    """Short name of it and its values, for `accepted`."""
    path: str
    subject: str
    sentence: str


class Resolved(NamedTuple):
    """A known difference that holds with the draft; its row is taken out of known_difference."""

    as_of: datetime.date
    check_name: str
    subject: str
    note: str


class Verdict(NamedTuple):
    """All that stands between a draft and its publication."""

    problems: list[Problem]
    """To be mended in the file; with these, nothing is published."""
    differences: list[Difference]
    """Each to be accepted with a note, which becomes a row of known_difference."""
    unlikely: list[Unlikely]
    """Each to be confirmed."""
    resolved: list[Resolved]
    """Told, not asked."""

    def open(self, accepted: dict[str, str]) -> list[str]:
        """Sentences of the differences and unlikely changes that nobody has accepted; a difference needs a note."""
        raise NotImplementedError


def verdict(draft: Draft, folder: Path) -> Verdict:
    """The draft laid over the data folder, built in memory and examined. Writes nothing into the folder."""
    raise NotImplementedError
