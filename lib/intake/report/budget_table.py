"""The lines of the two budget tables as printed: found by their heads, joined where pages part them."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lib.intake.draft import Missing
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
            what = f"{block.name}도 {side} 예산표와 모양이 같으나 먼저 나온 표를 썼습니다. 빠진 항목이 없는지 확인하십시오."
            missing.append(Missing("budget_line", what))
            continue
        last[side] = place
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
    waiting: Printed | None = None
    for row in blocks.exploded(grid.rows[depth:]):
        line = _line(row, roles)
        if line is None:
            continue
        if not any(slot.text.strip() for slot in line.cells.values()):
            if waiting is None or letters.key(waiting.name) in known or waiting.is_total:
                if waiting:
                    yield waiting
                waiting = line
            elif any(slot.text.strip() for slot in waiting.cells.values()):
                yield waiting._replace(name=waiting.name + line.name)
                waiting = None
            continue
        if waiting is not None:
            bare = not any(slot.text.strip() for slot in waiting.cells.values())
            whole = letters.key(waiting.name + line.name)
            if bare and (whole in known or letters.key(line.name) not in known):
                line = line._replace(name=waiting.name + line.name, indent=waiting.indent)
            elif not bare:
                yield waiting
        waiting = line
    if waiting is not None and any(slot.text.strip() for slot in waiting.cells.values()):
        yield waiting


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
