"""The plain text of a report, as a PDF or HWP converter prints it: its lines and the tables among them."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lib.intake import limits
from lib.intake.draft import Draft, refusal
from lib.intake.report import budget_table, columns, edition, letters, numbers, staff, topics
from lib.intake.report.blocks import Block, Grid, Line, Slot
from lib.intake.standing import Standing

# Words of the heads of budget columns, in any order; of squeezed text.
_HEADS = re.compile(
    r"(?P<budget>(?:20[0-9]{2}|'[0-9]{2})?(?:년도?)?(?:최종)?예산(?:현)?액(?:\([A-Z]\))?)"
    r"|(?P<group>(?:징수|수납|집행|지출)현황|대비증감)"
    r"|(?P<change_percent>증감[률율])|(?P<change>증감액)"
    r"|(?P<realised_percent>(?:징수|수납|집행|지출)[률율])|(?P<realised>(?:징수|수납|집행|지출)액)"
)
_LEAST_NUMBERS, _MOST_NUMBERS = 4, 12
# Words of the heads of tables with a name and two or three numbers, in any order; of squeezed text.
_SMALL_HEADS = re.compile(
    r"(?:부서명?|과명|구분|(?:인구)?(?:구간|규모)|팀당인[력원]|팀수?|부수|인력|인원|현원|정원"
    r"|(?:자치구|행정동|동|구)수|비중|비율)(?:\([^()]{1,4}\))?"
)
# A head and its first row are at most so many lines of text apart, and so are two parts of one table; and so many
# lines with the blank ones.
_HEAD_LINES = 20
_FAR = 60
_TOKEN = re.compile(r"\S+")
_DUTY_HEAD = re.compile(r"부서(명)?(별)?(주요|담당)업무|구분(주요|담당)업무")
_DUTY_HEAD_PART = re.compile(r"부서|구분|업무")
_HALF_A_NAME = re.compile(r"(?!구분|.*(?:계속|총괄))[가-힣·()]{1,14}")
_PAGE = re.compile(r"[-–]?[0-9]{1,3}(/[0-9]{1,3})?[-–]?|\f")


class Printed(NamedTuple):
    """A line of a table: its number in the text from 0, the name and the cells behind it."""

    number: int
    last: int
    """The same, or that of its last cell where each cell has a line."""
    name: str
    cells: list[str]


def read(name: str, text: str, standing: Standing) -> Draft:
    """What the text of a report says; `name` is that of its file.

    Raises IntakeError where it names no date or holds none of the known tables.
    """
    if len(text) > limits.REPORT_LETTERS:
        raise refusal(name, "본문이 너무 깁니다.", edition.SHORTER)
    return edition.draft(name, blocks(text), standing)


def blocks(text: str) -> list[Block]:
    """The text as lines and grids, in its order. Lines that a table takes are in the grid alone."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
    grids: dict[int, Grid] = {}
    taken: set[int] = set()
    for start, end, grid in [*_budgets(lines), *_duties(lines), *_small(lines)]:
        if taken.isdisjoint(range(start, end)):
            grids[start] = grid
            taken |= set(range(start, end))
    found: list[Block] = []
    group = 0
    for number, line in enumerate(lines):
        if number in grids:
            found.append(grids[number])
        if number not in taken:
            if not line.strip():
                group += 1
            else:
                found.append(Line(line, f"{number + 1}행", group))
    return found


def _budgets(lines: Sequence[str]) -> list[tuple[int, int, Grid]]:
    """First line, line after the last, and grid of each table whose rows end in numbers."""
    rows = list(_rows(lines))
    found: list[tuple[int, int, Grid]] = []
    start = 0
    while start < len(rows):
        end = start + 1
        while end < len(rows) and _one_table(lines, rows[end - 1], rows[end]):
            end += 1
        own = rows[start:end]
        start = end
        if len(own) < 2:
            continue
        heads, first = _head(lines, own[0].number, len(own[0].cells))
        if heads:
            after = own[-1].last + 1
            found.append((first, after, _grid(lines, heads, own, len(found) + 1)))
    return found


def _small(lines: Sequence[str]) -> list[tuple[int, int, Grid]]:
    """First line, line after the last, and grid of the tables of staff and of sizes: a head and the rows right below."""
    found: list[tuple[int, int, Grid]] = []
    for start, line in enumerate(lines):
        bare = letters.squeezed(line)
        heads = _SMALL_HEADS.findall(bare)
        if len(heads) < 3 or "".join(heads) != bare:
            continue
        table = [_slots(0, start, heads)]
        end = start + 1
        while end < len(lines):
            row = _row(end, lines[end], len(heads) - 1)
            if row and len(row.cells) == len(heads) - 1 and not letters.bullet(row.name):
                table.append(_slots(len(table), end, [row.name, *row.cells]))
            elif lines[end].strip():
                break
            end += 1
        if len(table) > 1:
            found.append((start, end, Grid(f"작은 표 {len(found) + 1}", table)))
    return found


def _row(number: int, line: str, least: int = _LEAST_NUMBERS) -> Printed | None:
    """A line that ends in at least so many numbers, as the row of a table."""
    tokens = list(_TOKEN.finditer(line))
    first = len(tokens)
    while first and numbers.is_number(tokens[first - 1][0]):
        first -= 1
    cells = [token[0] for token in tokens[first:]]
    if len(cells) < least:
        return None
    return Printed(number, number, line[: tokens[first].start()], cells)


def _rows(lines: Sequence[str]) -> Iterator[Printed]:
    """All rows: lines that end in numbers, and names with each number in a line of its own below."""
    number = 0
    while number < len(lines):
        row = _row(number, lines[number]) or _column(number, lines)
        if row:
            yield row
        number = row.last + 1 if row else number + 1


def _column(number: int, lines: Sequence[str]) -> Printed | None:
    """A name and the numbers in the lines below it, as some converters print a row; blank lines may lie between."""
    if not letters.key(lines[number]) or numbers.is_number(lines[number]):
        return None
    cells: list[str] = []
    last = number
    for place in range(number + 1, min(number + 2 * _MOST_NUMBERS, len(lines))):
        if numbers.is_number(lines[place]):
            cells.append(lines[place].strip())
            last = place
        elif lines[place].strip():
            break
    return (
        Printed(number, last, lines[number], cells) if _LEAST_NUMBERS <= len(cells) <= _MOST_NUMBERS else None
    )


def _one_table(lines: Sequence[str], before: Printed, after: Printed) -> bool:
    """Whether only blank lines, page numbers, the end of a name or a repeated head lie between two rows."""
    if len(before.cells) != len(after.cells) or after.number - before.last > _FAR:
        return False
    between = [letters.squeezed(line) for line in lines[before.last + 1 : after.number] if line.strip()]
    if len(between) > _HEAD_LINES:
        return False
    return all(map(_is_between, between)) and not budget_table.TOTAL.fullmatch(letters.squeezed(after.name))


def _is_between(text: str) -> bool:
    return bool(
        not text
        or _PAGE.fullmatch(text)
        or re.search(r"계속|단위[:(]|기준", text)
        or _HEADS.search(text)
        or re.fullmatch(r"구분|\([A-Z]([-/][A-Z])?\)|'?[0-9]{2,4}년?(\([A-Z]\))?|[%,천백만원()]+", text)
        or _HALF_A_NAME.fullmatch(text)
    )


def _head(lines: Sequence[str], row: int, count: int) -> tuple[list[str], int]:
    """The heads of as many columns as the row has cells, and the line where they begin; none where they do not fit."""
    text, first = "", row
    above = [number for number in range(max(0, row - _FAR), row) if lines[number].strip()]
    for number in reversed(above[-_HEAD_LINES:]):
        bare = letters.squeezed(lines[number])
        if re.search(r"(세입|세출)(총괄|예산)|단위[:(]", bare) or _row(number, lines[number]):
            break
        text = bare + " " + text
        first = number
        if re.match(r"구분|과목|항목", bare):
            break
    heads = []
    for match in _HEADS.finditer(text.replace(" ", "")):
        if match.lastgroup != "group":
            heads.append(match[0])
    if len(heads) != count:
        return [], row
    return heads, first


def _grid(lines: Sequence[str], heads: Sequence[str], rows: Sequence[Printed], number: int) -> Grid:
    """The rows below their heads; a line without numbers between two rows is a row with a name alone."""
    name = f"예산표 {number}"
    first = rows[0].number
    table = [[Slot(text, f"{first}행", (0, column)) for column, text in enumerate(["구분", *heads])]]
    before = first - 1
    for row in rows:
        for between in range(before + 1, row.number):
            bare = letters.squeezed(lines[between])
            if _HALF_A_NAME.fullmatch(bare) and not columns.REALISED.match(bare):
                table.append(_slots(len(table), between, [lines[between], *[""] * len(heads)]))
        table.append(_slots(len(table), row.number, [row.name, *row.cells]))
        before = row.last
    return Grid(name, table)


def _slots(row: int, line: int, texts: Sequence[str]) -> list[Slot]:
    return [Slot(text, f"{line + 1}행", (row, column)) for column, text in enumerate(texts)]


def _duties(lines: Sequence[str]) -> list[tuple[int, int, Grid]]:
    """The tables of departments and duties: a name, then items each behind its sign."""
    found: list[tuple[int, int, Grid]] = []
    start = 0
    while start < len(lines):
        end = start + 1
        if _DUTY_HEAD.search(letters.squeezed(lines[start])) and letters.width(lines[start]) <= 80:
            rows, end = _duty_rows(lines, start + 1)
            if rows:
                head = _slots(0, start, ["부서", "담당업무"])
                table = [
                    _slots(place, line, [name, text]) for place, (line, name, text) in enumerate(rows, 1)
                ]
                found.append((start, end, Grid("담당업무 표", [head, *table])))
        start = end
    return found


def _duty_rows(lines: Sequence[str], start: int) -> tuple[list[tuple[int, str, str]], int]:
    """Line, department and items of each row from `start` on, and the line after the last."""
    rows: list[tuple[int, str, str]] = []
    end = start
    for number in range(start, len(lines)):
        text = lines[number]
        if not text.strip():
            continue
        name, items = _named(text)
        if name:
            rows.append((number, name, items))
        elif rows and not _opens_section(text, letters.bullet(rows[0][2])):
            line, department, before = rows[-1]
            rows[-1] = (line, department, f"{before}\n{text.strip()}")
        elif rows or not _DUTY_HEAD_PART.search(letters.squeezed(text)):
            break
        end = number + 1
    return rows, end


def _named(text: str) -> tuple[str, str]:
    """Name of a department and what follows it in the line; empty where the line does not begin with one."""
    sign = next(
        (place for place, letter in enumerate(text) if letter in letters.BULLETS or letter == "-"), len(text)
    )
    name = letters.squeezed(text[:sign])
    return (name, text[sign:]) if staff.NAME.fullmatch(name) else ("", "")


def _opens_section(text: str, item_sign: str) -> bool:
    """Whether a line opens what comes after a table whose items have that sign: a note, a heading, another level."""
    sign = letters.bullet(text)
    if sign and sign == item_sign:
        return False
    bare = letters.squeezed(text)
    return bool(
        sign in ("□", "■", "※")
        or topics.of(Line(text, "", 0)) is not None
        or re.search(r"예산|현황|총괄|기준[:)]|단위[:(]", bare)
        or re.match(r"[ⅠⅡⅢⅣⅤ]", bare)
    )
