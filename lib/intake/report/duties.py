"""Duties: what a department's cell lists, as the short items that stand, and those that are new."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lib.intake.draft import Cell, Missing, Row
from lib.intake.report import letters
from lib.intake.report.blocks import Grid
from lib.intake.report.likeness import covered
from lib.intake.report.reading import Found, Reading

MOST = 200  # items of one department
NEW = "이전 판에 없는 업무입니다. 보고서의 글 그대로이니 짧은 항목으로 고쳐 주십시오."
PARTLY = "이 업무가 적힌 곳에 이전 판에 없는 말({words})이 있습니다. 빠진 업무가 없는지 확인해 주십시오."
_HEAD_NAME = re.compile(r"부서|과명|과$|구분|기관")
_HEAD_DUTY = re.compile(r"담당업무|주요업무|분장|업무$")
# Words that say nothing of their own beside a duty.
_FILLING = re.compile(r"및|등|관리|운영|업무|사업|지원|프로그램|활동|총괄|추진|관련|간|과|와|의|을|를")


class Item(NamedTuple):
    """One item of a department's cell, between two commas."""

    text: str
    place: str


def duties(reading: Reading, departments: Sequence[str]) -> Found:
    """The rows of duty, by department in the order of `departments` and in the printed order within."""
    cells = _cells(reading, departments)
    if not cells:
        what = (
            "부서별 담당업무 표를 찾지 못하였습니다. 부서와 담당업무 열이 있는 표가 있는지 확인해 주십시오."
        )
        return Found(missing=[Missing("duty", what)])
    standing = reading.rows("duty")
    rows: list[Row] = []
    missing = []
    for department in departments:
        if department not in cells:
            continue
        before = [row["duty"] for row in standing if row["department"] == department]
        own, gone = _of_department(department, cells[department], before)
        rows += own
        missing += [
            Missing(
                "duty",
                f"{department}의 이전 판 업무 ‘{duty}’: 찾지 못하였습니다. 없어졌는지 확인해 주십시오.",
            )
            for duty in gone
        ]
    return Found(rows, [], missing)


def _cells(reading: Reading, departments: Sequence[str]) -> dict[str, list[Item]]:
    """The items of each department, from all tables that name departments and their duties."""
    by_key = {letters.key(name): name for name in departments}
    found: dict[str, list[Item]] = {}
    for block in reading.blocks:
        if not isinstance(block, Grid):
            continue
        columns = _columns(block)
        if columns is None:
            continue
        department = ""
        for row in block.rows:
            named, text = row[columns[0]], row[columns[1]]
            department = by_key.get(letters.key(named.text), department if not named.text.strip() else "")
            if department:
                items = found.setdefault(department, [])
                seen = {item.text for item in items}
                items += [Item(item, text.place) for item in _items(text.text) if item not in seen]
                del items[MOST:]
    return found


def _columns(grid: Grid) -> tuple[int, int] | None:
    """Columns of departments and duties, by the heads in the first rows; None where the table is another one."""
    for row in grid.rows[:3]:
        heads = [letters.squeezed(slot.text) for slot in row]
        name = next((place for place, head in enumerate(heads) if _HEAD_NAME.match(head)), None)
        duty = next((place for place, head in enumerate(heads) if _HEAD_DUTY.search(head)), None)
        if name is not None and duty is not None and name != duty:
            return name, duty
    return None


def _items(text: str) -> Iterator[str]:
    """The items of a cell: its bullets, parted at commas; lines without a bullet go on with the one before."""
    joined = ""
    for line in text.splitlines():
        bulleted = letters.bullet(line)
        joined += ("\n" if bulleted and joined else " ") + letters.item(line)
    for part in re.split(r"[\n,;]|(?<!\d)\.(?=\s)", joined):
        item = letters.plain(re.sub(r"\s등\s*$", "", part.strip()))
        if letters.key(item):
            yield item


def _of_department(
    department: str, items: Sequence[Item], before: Sequence[str]
) -> tuple[list[Row], list[str]]:
    """Rows of one department, and the standing duties that no item tells of."""
    best: list[list[tuple[int, str]]] = [[] for _ in items]
    told: list[set[int]] = [set() for _ in items]
    gone = []
    for duty in before:
        matches = {
            number: places for number, item in enumerate(items) if (places := covered(duty, item.text))
        }
        for number, places in matches.items():
            told[number] |= set(places)
        if matches:
            closest = min(matches, key=lambda number: matches[number][-1] - matches[number][0])
            best[closest].append((matches[closest][0], duty))
        else:
            gone.append(duty)
    cells = []
    for item, own, covers in zip(items, best, told, strict=True):
        left = _left(item.text, covers) if covers else []
        doubt = PARTLY.format(words=", ".join(left)) if left else ""
        cells += [Cell(duty, item.place, item.text, doubt) for _, duty in sorted(own)]
        if not covers:
            cells.append(Cell(item.text, item.place, item.text, NEW))
    ordered = _in_order(list({cell.text: cell for cell in cells}.values()), before)
    return [
        {"department": Cell(department), "position": Cell(str(number)), "duty": cell}
        for number, cell in enumerate(ordered, 1)
    ], gone


def _in_order(cells: Sequence[Cell], before: Sequence[str]) -> list[Cell]:
    """In the standing order where all of them stand, else as printed."""
    if all(cell.text in before for cell in cells):
        return sorted(cells, key=lambda cell: before.index(cell.text))
    return list(cells)


def _left(text: str, places: set[int]) -> list[str]:
    """Words of an item that none of its duties covers, those left out that say nothing of their own."""
    bare = letters.key(text)
    rest = "".join(letter if place not in places else " " for place, letter in enumerate(bare))
    return [word for word in _FILLING.sub(" ", rest).split() if len(word) > 1]
