"""The lines of the two budget tables as printed: found by their heads, joined where pages part them."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lib.intake import limits
from lib.intake.draft import Missing, refusal
from lib.intake.report import blocks, columns, letters, numbers, topics
from lib.intake.report.blocks import Grid, Slot
from lib.intake.report.reading import Reading

TOTAL = re.compile(r"(총|합)?계|총액|세(입|출)(총|합)?계")
_SUBTOTAL = re.compile(r"소계|계")


class Printed(NamedTuple):
    """One line: its name as printed, how far it is set in, and its cells by role (see columns.roles)."""

    name: str
    indent: int
    place: str
    cells: dict[str, Slot]

    @property
    def is_total(self) -> bool:
        return TOTAL.fullmatch(letters.squeezed(self.name)) is not None

    @property
    def is_bare(self) -> bool:
        """Whether all its cells are empty; a "-" is not."""
        return not any(slot.text.strip() for slot in self.cells.values())


class Table(NamedTuple):
    """All lines of one side, the total first."""

    side: str
    unit: str
    """천원, 백만원, …; empty where the report names none."""
    years: list[int]
    lines: list[Printed]


def tables(reading: Reading, known: dict[str, set[str]]) -> tuple[list[Table], list[Missing]]:
    """The tables of 세입 and 세출; `known` holds the keys of names by side, for names that a page breaks in two.

    What looks like a further table of a side and is no continuation is left alone, and said so.
    """
    found: dict[str, Table] = {}
    last: dict[str, int] = {}
    missing = []
    for place, block in enumerate(reading.blocks):
        if not isinstance(block, Grid):
            continue
        depth = blocks.head_depth(block, 3)
        heads = blocks.heads(block, depth)
        roles = columns.roles(heads)
        if not is_budget(roles):
            continue
        title = f"{topics.title_before(reading.blocks, place)}\n{block.caption}\n{_spanning(block, depth)}"
        side = columns.side(heads, letters.squeezed(title)) or _of_topic(reading.topics[place])
        lines = list(_lines(block, depth, roles, known.get(side, set())))
        if not side or not lines:
            continue
        if side not in found:
            unit = numbers.unit(title + "".join(heads))
            found[side] = Table(side, unit, columns.years(heads), lines)
        elif _continues(reading.blocks, last[side], place) and not lines[0].is_total:
            found[side].lines.extend(lines)
        else:
            what = f"{block.name}도 {side} 예산표와 모양이 같으나 먼저 나온 표를 썼습니다. 빠진 항목이 없는지 확인해 주십시오."
            missing.append(Missing("budget_line", what))
            continue
        last[side] = place
        if len(found[side].lines) > limits.BUDGET_LINES:
            what = f"{side}총괄의 항목이 {limits.BUDGET_LINES}개가 넘습니다."
            raise refusal(reading.file, what, "업무보고의 총괄표인지 확인해 주십시오.")
    return [table._replace(lines=_total_first(table.lines)) for table in found.values()], missing


def is_budget(roles: dict[str, int]) -> bool:
    """Whether the columns are those of a budget table."""
    return "budget" in roles and min(roles.values()) > 0 and ("realised" in roles or "change" in roles)


def _of_topic(topic: str) -> str:
    return {topics.REVENUE: "세입", topics.EXPENDITURE: "세출"}.get(topic, "")


def _spanning(grid: Grid, depth: int) -> str:
    """Titles that stand in the table itself, over all of its columns."""
    return "\n".join(row[0].text for row in grid.rows[:depth] if len({slot.origin for slot in row}) == 1)


def _continues(report: Sequence[blocks.Block], before: int, place: int) -> bool:
    return all(topics.is_aside(block) for block in report[before + 1 : place])


def _total_first(lines: list[Printed]) -> list[Printed]:
    totals = [line for line in lines if line.is_total]
    return [*totals[:1], *(line for line in lines if not line.is_total)]


def _lines(grid: Grid, depth: int, roles: dict[str, int], known: set[str]) -> Iterator[Printed]:
    """The lines with amounts. A name that a row of its own begins or ends is put together again."""
    rows = [line for row in blocks.exploded(grid.rows[depth:]) if (line := _line(row, roles))]
    number = 0
    while number < len(rows):
        line, after = rows[number], rows[number + 1 : number + 3]
        number += 1
        if line.is_bare:
            if after and not after[0].is_bare and _begins(line, after[0], known):
                yield after[0]._replace(name=line.name + after[0].name, indent=line.indent)
                number += 1
        elif after and after[0].is_bare and _ends(line, after, known):
            yield line._replace(name=line.name + after[0].name)
            number += 1
        else:
            yield line


def _begins(bare: Printed, line: Printed, known: set[str]) -> bool:
    """Whether a name without amounts is the beginning of the next one, and no title of its own."""
    return letters.key(bare.name + line.name) in known or letters.key(line.name) not in known


def _ends(line: Printed, after: Sequence[Printed], known: set[str]) -> bool:
    """Whether a name without amounts is the end of the one before rather than the beginning of the one after."""
    if letters.key(line.name + after[0].name) in known:
        return True
    if line.is_total or letters.key(line.name) in known:
        return False
    return not (after[1:] and letters.key(after[0].name + after[1].name) in known)


def _line(row: Sequence[Slot], roles: dict[str, int]) -> Printed | None:
    """A row as a line; None for a head that is repeated and for a row that says nothing."""
    cells = {role: row[column] for role, column in roles.items()}
    names = [slot for slot in row[: min(roles.values())] if slot.text.strip()]
    if not names or is_budget(columns.roles([letters.squeezed(slot.text) for slot in row])):
        return None
    if any("증감" in slot.text or "예산" in slot.text for slot in cells.values()):
        return None
    if len({slot.origin for slot in row}) == 1:
        return None
    texts = list({slot.origin: slot for slot in names}.values())
    if len(texts) > 1 and _SUBTOTAL.fullmatch(letters.squeezed(texts[-1].text)):
        texts = texts[:-1]
    name = texts[-1]
    indent = letters.indent(name.text) + 2 * (len(texts) - 1)
    return Printed(" ".join(name.text.split("\n")).strip(), indent, name.place, cells)
