"""Which section of the report a block stands in, by the words of the headings before it."""

import re
from collections.abc import Sequence

from lib.intake.report import letters
from lib.intake.report.blocks import Block, Grid, Line

ORGANISATION, DUTY, REVENUE, EXPENDITURE, DISTRICT = (
    "organisation",
    "duty",
    "revenue",
    "expenditure",
    "district",
)
FLEXIBLE_WORK, COUNSELLING, BONUS, GRADING = "flexible_work", "counselling", "bonus", "grading"
RENOVATION, MEETING, NONE = "renovation", "meeting", ""

# Of a squeezed heading; the first that fits.
_HEADINGS = {
    DUTY: re.compile(r"담당업무|분장사무|업무분장"),
    REVENUE: re.compile(r"세입(총괄|예산|현황|결산|$|\()"),
    EXPENDITURE: re.compile(r"세출(총괄|예산|현황|결산|$|\()"),
    ORGANISATION: re.compile(r"조직(및|·|과|,)?(인력|정원|현황)|인력현황|기구(및|·)정원"),
    DISTRICT: re.compile(r"행정여건|자치구(별)?·?동?(현황|일반현황)"),
    COUNSELLING: re.compile(r"인사상담"),
    FLEXIBLE_WORK: re.compile(r"유연근무|유연한조직문화|시차출퇴근"),
    BONUS: re.compile(r"실적가점|성과평가"),
    GRADING: re.compile(r"근무성적평정|'?가'?평정"),
    RENOVATION: re.compile(r"청사.{0,12}(환경|개선|공간)|사무실재배치|본관.{0,8}공간|환경개선"),
    MEETING: re.compile(r"간담회"),
}
# Headings on more than one section say nothing of the next block.
_SEVERAL = re.compile(r"세입·?세출|세입및세출")
_HEADING_BULLETS = frozenset("□■ㅇᄋ○◯●①②③④⑤⑥⑦⑧⑨➀➁➂➃➄➅")
_LONGEST_HEADING = 60
_HEAD_NUMBER = re.compile(r"^(?:[ⅠⅡⅢⅣⅤⅥⅦ]|[0-9]{1,2}|[가-하])[.)]?(?=[^0-9])")
_ITEM_INSIDE = re.compile(r"[◦:]")


def of(block: Block) -> str | None:
    """The section that a heading opens; None for what is no heading of a known section."""
    if isinstance(block, Grid):
        return None
    return _section(block.text)


def _section(text: str) -> str | None:
    sign = letters.bullet(text)
    bare = letters.squeezed(letters.item(text))
    bare = re.sub(r"\(?(단위|기준일?|기준:).*$", "", bare)
    if sign and sign not in _HEADING_BULLETS or len(bare) > _LONGEST_HEADING or _SEVERAL.search(bare):
        return None
    if _ITEM_INSIDE.search(bare) and not re.search(r"조직.{0,4}인력:", bare):
        return None
    for topic, pattern in _HEADINGS.items():
        if pattern.search(bare):
            return topic
    return None


def along(blocks: Sequence[Block]) -> list[str]:
    """The section of each block; NONE before the first known heading."""
    topic, found = NONE, []
    for block in blocks:
        topic = of(block) or topic
        found.append(topic)
    return found


def is_aside(block: Block) -> bool:
    """Whether a line may stand between the two halves of a table: page numbers, units, (계속)."""
    if isinstance(block, Grid):
        return False
    bare = letters.squeezed(block.text)
    return bool(
        not bare
        or re.fullmatch(r"[-–]?[0-9]{1,3}(/[0-9]{1,3})?[-–]?", bare)
        or re.search(r"계속|단위[:(]|기준[:)]|기준$", bare)
        or re.fullmatch(r"(세입|세출)(총괄|예산|예산현황)?\(?계속\)?", bare)
    )


def within(blocks: Sequence[Block], topics: Sequence[str], *wanted: str) -> list[Block]:
    """The blocks of some sections, in order."""
    return [block for block, topic in zip(blocks, topics, strict=True) if topic in wanted]


def title_before(blocks: Sequence[Block], place: int) -> str:
    """The text of the last few lines before a block, nearest last: headings, units, as-of notes."""
    lines = []
    for block in reversed(blocks[max(0, place - 6) : place]):
        if isinstance(block, Grid):
            break
        assert isinstance(block, Line)
        lines.append(block.text)
    return "\n".join(reversed(lines))
