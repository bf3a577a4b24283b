"""What the columns of a budget table hold, by the words of their heads."""

import re
from collections.abc import Sequence

PERCENT = re.compile(r"률|율|비율|[(/]?%\)?$|%")
UNIT_NOTE = re.compile(r"\(?단위[:：]?[^)]*\)?")
YEAR = re.compile(r"(?<![0-9])(20[0-9]{2}|'[0-9]{2})(?![0-9])")
REALISED = re.compile(r"징수|수납|집행|지출")
_EARLIER = re.compile(r"전년|작년|\(A\)")
_LATER = re.compile(r"금년|당해|올해|본년|\(B\)")
_LABELS = re.compile(r"\([A-Z](?:[-/][A-Z])?\)")


def roles(heads: Sequence[str]) -> dict[str, int]:
    """Column of each role (previous_budget, budget, change, …) by squeezed heads; roles without a column are left out."""
    found: dict[str, int] = {}
    budgets = []
    for column, head in enumerate(heads):
        bare = UNIT_NOTE.sub("", head)
        percent = PERCENT.search(_LABELS.sub("", bare)) is not None
        role = ""
        if "증감" in bare:
            role = "change_percent" if percent else "change"
        elif REALISED.search(bare):
            role = "realised_percent" if percent else "realised"
        elif "예산" in bare and not percent:
            budgets.append((column, bare))
        if role:
            found.setdefault(role, column)
    found.update(_budgets(budgets))
    return found


def _budgets(heads: Sequence[tuple[int, str]]) -> dict[str, int]:
    """Which of two columns is the budget of the year before: by its year, by its words, by its place.

    Where there are more (본예산), those of 예산현액.
    """
    if len(heads) > 2:
        heads = [head for head in heads if "현액" in head[1]]
    if len(heads) == 1:
        return {"budget": heads[0][0]}
    if len(heads) != 2:
        return {}
    (first, first_head), (second, second_head) = heads
    years = [max(map(_year, YEAR.findall(head)), default=0) for head in (first_head, second_head)]
    swapped = (
        years[0] > years[1]
        if all(years)
        else bool(
            _LATER.search(first_head) and not _EARLIER.search(first_head) or _EARLIER.search(second_head)
        )
    )
    return (
        {"previous_budget": second, "budget": first}
        if swapped
        else {"previous_budget": first, "budget": second}
    )


def years(heads: Sequence[str]) -> list[int]:
    """The years that the heads of budgets name, in their order."""
    return [
        _year(year) for head in heads if "예산" in head and "증감" not in head for year in YEAR.findall(head)
    ]


def _year(text: str) -> int:
    number = int(text.lstrip("'"))
    return number if number > 99 else 2000 + number


def side(heads: Sequence[str], title: str) -> str:
    """세입 or 세출: by what is realised, then by the last of the two words before the table; empty where neither tells."""
    joined = "".join(heads)
    revenue = bool(re.search(r"징수|수납", joined))
    expenditure = bool(re.search(r"집행|지출", joined))
    if revenue != expenditure:
        return "세입" if revenue else "세출"
    places = {word: title.rfind(word) for word in ("세입", "세출")}
    best = max(places, key=lambda word: places[word])
    return best if places[best] >= 0 else ""
