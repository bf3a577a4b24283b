"""The one way in for files: what each is, by its content, and what it says."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lib.intake.draft import Draft

if TYPE_CHECKING:
    from lib.intake.standing import Standing


def drafts(files: Sequence[tuple[str, bytes]], standing: "Standing") -> Draft:
    """What the files (name, content) say together, compared with what stands for names and codes alone.

    Raises IntakeError with the problems of all files where one of them is not taken.
    """
    return Draft([])
