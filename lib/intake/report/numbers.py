"""Numbers as the report prints them: △ and other minus signs, "-" for nothing, thousands, units behind."""

import re
from decimal import ROUND_HALF_UP, Decimal

from lib.intake.report import letters

_NUMBER = re.compile(
    r"(?P<minus>△|-)?(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,18})(?P<part>\.[0-9]{1,6})?"
    r"(?P<unit>%p?|천?원|백만원|억원|천?명|개|팀|부|천?세대|㎢|건|회)?"
)
_NOTHING = re.compile(r"-*|△-?|해당없음|없음")
_WORDS = re.compile(r"(?:(?P<trillion>[0-9,]{1,9})조)?(?:(?P<hundred_million>[0-9,]{1,9})억)?원?")
# 천원 in one of the unit.
THOUSAND_WON = {
    "원": Decimal("0.001"),
    "천원": Decimal(1),
    "만원": Decimal(10),
    "백만원": Decimal(1_000),
    "억원": Decimal(100_000),
}
_UNIT = re.compile(r"단위[:;]?\(?[^)\]>]{0,12}?(백만원|천원|억원|만원|(?<![가-힣])원)")
SIGNS = "△-"


def value(text: str) -> Decimal | None:
    """The number; None for "-" and an empty cell. Raises ValueError where it is no number."""
    bare = letters.squeezed(text)
    if _NOTHING.fullmatch(bare):
        return None
    found = _NUMBER.fullmatch(bare)
    if not found:
        raise ValueError(bare[:40])
    number = Decimal(found["whole"].replace(",", "") + (found["part"] or ""))
    return -number if found["minus"] else number


def is_number(text: str) -> bool:
    """Whether a cell holds a number or the "-" of an empty one; an empty text is neither."""
    if not text.strip():
        return False
    try:
        value(text)
    except ValueError:
        return False
    return True


def hundred_million_won(text: str) -> Decimal | None:
    """억원 of an amount in words: 22조 1,491억원 is 221491. None where it is not one."""
    found = _WORDS.fullmatch(letters.squeezed(text))
    if not found or not (found["trillion"] or found["hundred_million"]):
        return None
    trillion, hundred_million = (
        Decimal((found[part] or "0").replace(",", "") or "0") for part in ("trillion", "hundred_million")
    )
    return trillion * 10_000 + hundred_million


def unit(text: str) -> str:
    """The unit of money that a heading names (단위 : 백만원, %); empty where it names none."""
    found = _UNIT.search(letters.squeezed(text))
    return found[1] if found else ""


def written(number: Decimal, decimals: int | None = None) -> str:
    """As a CSV holds it: 2415, -19.5; with that many decimals, rounded half away from zero."""
    if decimals is not None:
        number = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{number:f}"
