"""Revenue and expenditure: the printed lines as rows of budget_line, with the codes that they have in every edition."""

import difflib
import re
from collections.abc import Sequence
from decimal import Decimal

from lib.intake.draft import EMPTY, Cell, Missing, Row
from lib.intake.report import budget_table, hierarchy, letters, numbers
from lib.intake.report.budget_table import Printed, Table
from lib.intake.report.reading import NEW_NAME, Found, Reading
from lib.intake.standing import TextRow

AMOUNTS = ("previous_budget", "budget", "change", "realised")
SUMMED = ("previous_budget", "budget", "realised")
PERCENTS = ("change_percent", "realised_percent")
ROOTS = {"세입": "revenue", "세출": "expenditure"}
PROJECTS = "expenditure.projects"
SIMILAR = 0.7
UNREADABLE = "수로 읽지 못하였습니다. 보고서를 보고 적어 주십시오."


def lines(reading: Reading, departments: Sequence[str]) -> Found:
    """The rows of budget_line in the printed order, amounts in 천원. `departments` are those of this edition."""
    standing = reading.rows("budget_line")
    known = {side: {letters.key(row["line"]) for row in standing if row["side"] == side} for side in ROOTS}
    tables, missing = budget_table.tables(reading, known)
    rows: list[Row] = []
    for side in ROOTS:
        table = next((table for table in tables if table.side == side), None)
        if table is None:
            what = f"{side}총괄 표를 찾지 못하였습니다. 예산현액과 증감, {_realised(side)}이 있는 표가 있는지 확인해 주십시오."
            missing.append(Missing("budget_line", what))
            continue
        side_rows, gone = _side(table, [row for row in standing if row["side"] == side], departments)
        rows += side_rows
        missing += gone
    return Found(rows, [], missing)


def _realised(side: str) -> str:
    return "징수액" if side == "세입" else "집행액"


def _side(
    table: Table, standing: list[TextRow], departments: Sequence[str]
) -> tuple[list[Row], list[Missing]]:
    matches = matched([line.name for line in table.lines], standing)
    codes, doubts = _codes(table, matches, standing)
    rows = [
        _row(table, number, line, match, codes[number - 1], doubts[number - 1], departments)
        for number, (line, match) in enumerate(zip(table.lines, matches, strict=True), 1)
    ]
    found = {match["line_code"] for match in matches if match}
    missing = [
        Missing(
            "budget_line",
            f"이전 판의 {table.side} 항목 ‘{row['line']}’: 찾지 못하였습니다. 없어졌거나 이름이 바뀌었는지 확인해 주십시오.",
        )
        for row in standing
        if row["line_code"] not in found
    ]
    if not table.lines[0].is_total:
        missing.append(
            Missing("budget_line", f"{table.side}총괄에서 계를 찾지 못하였습니다. 계를 적어 주십시오.")
        )
    if not table.unit:
        what = f"{table.side}총괄의 단위를 찾지 못하여 천원으로 읽었습니다. 단위가 맞는지 확인해 주십시오."
        missing.append(Missing("budget_line", what))
    return rows, missing


def matched(names: Sequence[str], standing: list[TextRow]) -> list[TextRow | None]:
    """The standing row of each name, each row once: equal names first, then those that are much alike."""
    free: dict[str, list[TextRow]] = {}
    for row in standing:
        free.setdefault(letters.key(row["line"]), []).append(row)
    total = next((row for row in standing if not row["parent_code"]), None)
    found: list[TextRow | None] = []
    for number, name in enumerate(names):
        own = letters.key(name)
        if number == 0 and total and budget_table.TOTAL.fullmatch(letters.squeezed(name)):
            own = letters.key(total["line"])
        rows = free.get(own)
        found.append(rows.pop(0) if rows else None)
    for number, name in enumerate(names):
        left = [own for own, rows in free.items() if rows]
        if found[number] is None and (
            alike := difflib.get_close_matches(letters.key(name)[:100], left, 1, SIMILAR)
        ):
            found[number] = free[alike[0]].pop(0)
    return found


def _codes(
    table: Table, matches: Sequence[TextRow | None], standing: list[TextRow]
) -> tuple[list[tuple[str, str]], list[str]]:
    """Code and parent code of each line, and why the parent is doubtful."""
    codes = [match["line_code"] if match else "" for match in matches]
    places = {code: number for number, code in enumerate(codes) if code}
    known = {
        number: places[match["parent_code"]]
        for number, match in enumerate(matches)
        if match and places.get(match["parent_code"], number) < number
    }
    tree = hierarchy.tree(
        [tuple(_plain(line, role) for role in SUMMED) for line in table.lines],
        known,
        [line.indent for line in table.lines],
        Decimal(0) if table.unit in ("", "천원", "원") else Decimal("0.5"),
    )
    root = ROOTS[table.side]
    taken = {row["line_code"] for row in standing}
    found: list[tuple[str, str]] = []
    doubts = []
    for number, parent in enumerate(tree.parents):
        above = found[parent][0] if parent is not None else EMPTY
        if not codes[number]:
            codes[number] = _new_code(above, taken) if above else root
            taken.add(codes[number])
        found.append((codes[number], above))
        doubts.append(_parent_doubt(number, known, tree, table.lines))
    return found, doubts


def _parent_doubt(number: int, known: dict[int, int], tree: hierarchy.Tree, lines: Sequence[Printed]) -> str:
    parent = tree.parents[number]
    if parent is None or number in known:
        return ""
    above = _name(lines[parent].name)
    if number in tree.guessed:
        return (
            f"‘{above}’에 든 항목으로 짐작하였습니다. 합계로는 확인되지 않으니 상위 항목을 확인해 주십시오."
        )
    return f"금액의 합이 맞아 ‘{above}’에 든 항목으로 보았습니다. 상위 항목을 확인해 주십시오."


def _new_code(parent: str, taken: set[str]) -> str:
    number = 1
    while f"{parent}.new-{number}" in taken:
        number += 1
    return f"{parent}.new-{number}"


def _row(
    table: Table,
    number: int,
    line: Printed,
    match: TextRow | None,
    code: tuple[str, str],
    parent_doubt: str,
    departments: Sequence[str],
) -> Row:
    renamed = match is not None and not line.is_total and letters.key(match["line"]) != letters.key(line.name)
    name = match["line"] if match and not renamed else _name(line.name)
    doubt = (
        f"이전 판의 항목 ‘{match['line']}’의 이름이 바뀐 것으로 보았습니다. 다른 항목이면 line_code를 고쳐 주십시오."
        if match and renamed
        else ""
    )
    department = _department(match, name, code[1], departments)
    row = {
        "line_code": Cell(code[0], doubt="" if match or not code[1] else NEW_NAME),
        "side": Cell(table.side),
        "parent_code": Cell(code[1], doubt=parent_doubt),
        "line": Cell(name, line.place, line.name, doubt),
        "department": department,
        "position": Cell(str(number)),
    }
    for role in AMOUNTS:
        row[role] = _amount(line, role, table.unit, explain=number == 1)
    for role in PERCENTS:
        row[role] = _percent(line, role)
    return {column: row[column] for column in COLUMNS}


COLUMNS = (
    "line_code",
    "side",
    "parent_code",
    "line",
    "department",
    "position",
    "previous_budget",
    "budget",
    "change",
    "change_percent",
    "realised",
    "realised_percent",
)


def _department(match: TextRow | None, name: str, parent: str, departments: Sequence[str]) -> Cell:
    own = next((department for department in departments if letters.key(department) == letters.key(name)), "")
    if match is None:
        return Cell(own if parent == PROJECTS else EMPTY)
    if match["department"] and departments and match["department"] not in departments:
        return Cell(
            own, doubt=f"이번 조직 현황에 ‘{match['department']}’ 부서가 없습니다. 부서를 확인해 주십시오."
        )
    return Cell(match["department"])


def _name(text: str) -> str:
    """A printed name without the spaces that set it apart letter by letter."""
    words = letters.plain(text).split(" ")
    single = sum(len(word) == 1 for word in words)
    return (
        "".join(words)
        if len(words) > 2 and 2 * single >= len(words) or single == len(words)
        else " ".join(words)
    )


def _plain(line: Printed, role: str) -> Decimal | None:
    slot = line.cells.get(role)
    try:
        return numbers.value(slot.text) if slot else None
    except ValueError:
        return None


def _amount(line: Printed, role: str, unit: str, explain: bool) -> Cell:
    """An amount in 천원; what was converted says so in the first line."""
    slot = line.cells.get(role)
    if slot is None:
        return (
            Cell(EMPTY, doubt="보고서의 표에 이 열이 없습니다. 값을 적어 주십시오.")
            if explain
            else Cell(EMPTY)
        )
    printed = slot.text.strip()
    try:
        value = numbers.value(slot.text)
    except ValueError:
        return Cell(EMPTY, slot.place, printed, UNREADABLE)
    if value is None:
        return Cell(EMPTY, slot.place, printed)
    value *= numbers.THOUSAND_WON.get(unit or "천원", Decimal(1))
    doubt = f"{unit} 단위를 천원으로 바꾸어 적었습니다." if explain and unit not in ("", "천원") else ""
    if unit in ("", "천원") and value != value.to_integral_value():
        doubt = "천원보다 작은 자리가 있어 반올림하였습니다."
    return Cell(numbers.written(value, 0), slot.place, printed, doubt)


def _percent(line: Printed, role: str) -> Cell:
    slot = line.cells.get(role)
    if slot is None:
        return Cell(EMPTY)
    printed = slot.text.strip()
    try:
        value = numbers.value(re.sub(r"%p?$", "", printed))
    except ValueError:
        return Cell(EMPTY, slot.place, printed, UNREADABLE)
    return Cell(EMPTY if value is None else numbers.written(value, 1), slot.place, printed)
