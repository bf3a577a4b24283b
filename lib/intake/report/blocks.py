"""A report in the one form that all its readers take: lines of text and grids of cells, each with its place."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lib.intake.report import letters, numbers


class Line(NamedTuple):
    """A line or paragraph of text."""

    text: str
    """As printed, the spaces before it included."""
    place: str
    """Where it stands, in Korean: "문단 12", "41행"."""
    group: int
    """Lines of one number stand in one box, paragraph or run of lines without a blank one between."""


class Slot(NamedTuple):
    """One cell of a grid; a merged cell fills all slots that it covers."""

    text: str
    """Its text, a line per paragraph."""
    place: str
    """Where it stands, in Korean: "표 3의 5행 2열"."""
    origin: tuple[int, int]
    """Row and column of its first slot, from 0: slots of one merged cell have it in common."""


class Grid(NamedTuple):
    """A table, its merged cells expanded; all rows are of one length."""

    name: str
    """What to call it in Korean: "표 3"."""
    rows: list[list[Slot]]
    caption: str = ""
    """The text that belongs to it."""


Block = Line | Grid


def texts(row: Sequence[Slot]) -> list[str]:
    """The different texts of a row from left to right; a merged cell counts once."""
    return [slot.text for place, slot in enumerate(row) if place == 0 or slot.origin != row[place - 1].origin]


def head_depth(grid: Grid, numeric: int) -> int:
    """How many rows are heads: those before the first that has `numeric` numbers or more to the right of its name."""
    for depth, row in enumerate(grid.rows):
        lines = [slot.text.splitlines() or [""] for slot in row[1:]]
        if (
            sum(all(numbers.is_number(line) for line in cell if line.strip()) and any(cell) for cell in lines)
            >= numeric
        ):
            while depth > 1 and _is_half_a_name(grid.rows[depth - 1]):
                depth -= 1
            return depth
    return len(grid.rows)


def _is_half_a_name(row: Sequence[Slot]) -> bool:
    """Whether a row holds one text beside empty cells: the beginning of a name that a page broke."""
    blank = sum(not slot.text.strip() for slot in row)
    return 2 * blank >= len(row) and len(row) - blank <= 1


def heads(grid: Grid, depth: int) -> list[str]:
    """The head over each column, squeezed, from the top down; a title over the whole table is left out."""
    rows = [row for row in grid.rows[:depth] if len({slot.origin for slot in row}) > 1]
    columns = len(grid.rows[0]) if grid.rows else 0
    joined = []
    for column in range(columns):
        cells = list(dict.fromkeys(row[column].origin for row in rows))
        texts_of = {row[column].origin: row[column].text for row in rows}
        joined.append(letters.squeezed(" ".join(texts_of[cell] for cell in cells)))
    return joined


def exploded(rows: Sequence[Sequence[Slot]]) -> Iterator[list[Slot]]:
    """The rows; one whose cells hold as many lines as its name does becomes a row for each of them."""
    for row in rows:
        lines = [[line for line in slot.text.splitlines() if line.strip()] for slot in row]
        count = max((len(cell) for cell in lines), default=0)
        full = sum(len(cell) == count for cell in lines)
        if count > 1 and full >= 3 and all(len(cell) in (0, count) for cell in lines):
            for number in range(count):
                yield [
                    slot._replace(text=cell[number] if cell else "")
                    for slot, cell in zip(row, lines, strict=True)
                ]
        else:
            yield list(row)


def in_lines(blocks: Sequence[Block]) -> Iterator[Line]:
    """All text as lines, the cells of grids included row by row."""
    group = max((block.group for block in blocks if isinstance(block, Line)), default=0)
    for block in blocks:
        if isinstance(block, Line):
            yield block
            continue
        for row in block.rows:
            group += 1
            for place, slot in enumerate(row):
                if slot.text.strip() and (place == 0 or slot.origin != row[place - 1].origin):
                    for text in slot.text.splitlines():
                        yield Line(text, slot.place, group)


def paragraphs(blocks: Sequence[Block]) -> Iterator[Line]:
    """Items and sentences whole: a line that opens no item goes on with the one before; rows of grids are joined.

    A line right before a heading of the first level (□) is a heading itself.
    """
    lines = list(_rows_as_lines(blocks))
    waiting: Line | None = None
    for number, line in enumerate(lines):
        following = next((other.text for other in lines[number + 1 : number + 2]), "")
        goes_on = (
            waiting is not None
            and letters.bullet(waiting.text)
            and not letters.bullet(line.text)
            and letters.bullet(following) not in ("□", "■")
            and not line.place.startswith("표")
            and not waiting.place.startswith("표")
        )
        if goes_on and waiting is not None:
            waiting = waiting._replace(text=f"{waiting.text.rstrip()} {line.text.strip()}")
            continue
        if waiting is not None:
            yield waiting
        waiting = line
    if waiting is not None:
        yield waiting


def _rows_as_lines(blocks: Sequence[Block]) -> Iterator[Line]:
    for block in blocks:
        if isinstance(block, Line):
            if block.text.strip():
                yield block
            continue
        for row in block.rows:
            joined = "  ".join(" ".join(text.split()) for text in texts(row) if text.strip())
            if joined:
                yield Line(joined, row[0].place, -1)
