"""A briefing out of the sections that were chosen."""

import datetime
from collections.abc import Callable, Sequence

from lib.briefing.model import Briefing
from lib.briefing.sections import SECTIONS
from lib.briefing.settings import Settings

TITLE = "행정국 주요 업무보고"
BUREAU = "서울특별시 행정국"


def briefing(
    settings: Settings,
    keys: Sequence[str] = tuple(SECTIONS),
    made_on: datetime.date | None = None,
    progress: Callable[[float, str], object] | None = None,
) -> Briefing:
    """The sections of these keys, in this order.

    `progress` is told the share of one that is done, and what comes next. Raises ValueError with one sentence
    in Korean where a key is unknown, given twice, or none is given.
    """
    if not keys:
        raise ValueError("보고할 항목을 하나 이상 고르십시오.")
    if unknown := [key for key in keys if key not in SECTIONS]:
        raise ValueError(
            f"없는 항목입니다: {', '.join(unknown)}. 고를 수 있는 항목은 {', '.join(SECTIONS)}입니다."
        )
    if len(set(keys)) < len(keys):
        raise ValueError("같은 항목을 두 번 고를 수 없습니다.")
    sections = []
    for number, key in enumerate(keys):
        section = SECTIONS[key](settings)
        sections.append(section)
        if progress:
            progress((number + 1) / len(keys), section.title)
    return Briefing(
        TITLE, BUREAU, settings.as_of, made_on or datetime.date.today(), tuple(sections), settings.lines()
    )


def without_notes(briefing: Briefing) -> Briefing:
    """The same for those who listen: no speaker notes, no expected questions."""
    return briefing._replace(
        sections=tuple(section._replace(speaker_notes=(), questions=()) for section in briefing.sections)
    )
