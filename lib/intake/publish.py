"""A draft becomes the data: all of it or none of it, one at a time, and always to be taken back."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from lib.intake.draft import Draft
from lib.intake.history import Entry

Step = Callable[[str, float], None]
"""Called with what is being done, in Korean, and the share of the work that is done, of one."""


def silent(name: str, share: float) -> None:
    """Tell nobody."""


def publish(
    draft: Draft,
    folder: Path,
    by: str,
    reason: str,
    files: Sequence[tuple[str, bytes]] = (),
    accepted: Mapping[str, str] | None = None,
    expected: str | None = None,
    step: Step = silent,
) -> Entry:
    """Publish a draft; every visit sees it on its next click. Returns its entry in the history.

    files are the names and contents handed in, of which the hashes are kept; accepted holds a note by key of
    check.Difference and check.Unlikely; expected is the Standing.state that the draft was compared with.
    Raises IntakeError, the data untouched, where the draft has problems, something is not accepted, somebody else
    publishes now or has published since, or the folder cannot be written.
    """
    raise NotImplementedError


def rollback(
    folder: Path,
    to: int | datetime.date,
    by: str,
    reason: str,
    expected: str | None = None,
    step: Step = silent,
) -> Entry:
    """Go back to the state after an entry of the history, or to that in which a report was the newest.

    Raises IntakeError as publish does, and where there is no such state or it stands already.
    """
    raise NotImplementedError


def recover(folder: Path) -> bool:
    """Finish a publication that was cut off after its point of no return, clear away what an earlier one left.

    Returns whether anything had been left. Does nothing while somebody publishes. Raises IntakeError where the
    folder cannot be written; the database that stands is whole even then.
    """
    raise NotImplementedError


def rebuild(folder: Path) -> Path:
    """Recover, then build the database from the CSVs as they stand; its path.

    Raises data.problem.RefusedError where the CSVs are refused, IntakeError as recover does.
    """
    raise NotImplementedError
