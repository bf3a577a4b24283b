"""Staff by department: from a table, or from the boxes of an organisation chart (팀 and 명 beside a name)."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lib.intake.draft import EMPTY, Cell, Missing, Row
from lib.intake.report import blocks, dates, letters, numbers, topics
from lib.intake.report.blocks import Block, Grid, Line, Slot
from lib.intake.report.reading import Found, Reading
from lib.intake.standing import TextRow

# Of squeezed text.
COUNTS = re.compile(r"(?:(?P<division>[0-9]{1,3})부)?(?:(?P<team>[0-9]{1,3})팀)?(?P<head>[0-9][0-9,]{0,6})명")
NAME = re.compile(r"(?:\((?:사|재|주)\))?[가-힣·]{1,20}(?:과|관|원|소|센터|단)")
TOTAL_LINE = re.compile(
    r"(?P<section>[0-9]{1,2})개?과[·,]?(?P<office>[0-9]{1,2})개?사업소[:,(]?(?:총)?(?P<head>[0-9][0-9,]{0,6})명"
)
_TOTAL = re.compile(r"[가-힣]*계|행정국|총원")
_CORPORATION = re.compile(r"^\((?:사|재|주)\)")
_FOUNDED = re.compile(r"\([^()]*설립[^()]*\)|\([^()]*\)$")
_OFFICE = re.compile(r"(원|소|센터)$")
ELSEWHERE = "조직 및 인력 항목 밖에서 읽었습니다. 부서의 인원이 맞는지 확인해 주십시오."
COLUMNS = ("department", "kind", "head_count", "team_count", "division_count", "established_on", "position")


class Post(NamedTuple):
    """What the report says of one department; empty cells where it says nothing."""

    name: str
    place: str
    printed: str
    head: Cell
    team: Cell = Cell(EMPTY)
    division: Cell = Cell(EMPTY)
    founded: Cell = Cell(EMPTY)


def departments(reading: Reading) -> Found:
    """The rows of department in the printed order."""
    standing = reading.rows("department")
    names = {letters.key(row["department"]) for row in standing}
    found: dict[str, Post] = {}
    for post in [*_of_tables(reading), *_of_boxes(reading, names)]:
        own = letters.key(_CORPORATION.sub("", letters.squeezed(post.name)))
        found.setdefault(own, post)
    if not found:
        what = (
            "부서별 인력을 찾지 못하였습니다. 부서마다 팀과 인원이 있는 표나 조직도가 있는지 확인해 주십시오."
        )
        return Found(missing=[Missing("department", what)])
    by_name = {letters.key(row["department"]): row for row in standing}
    rows = [_row(number, post, by_name.get(own)) for number, (own, post) in enumerate(found.items(), 1)]
    if topics.ORGANISATION not in reading.topics:
        rows = [row | {"head_count": row["head_count"]._replace(doubt=ELSEWHERE)} for row in rows]
    missing = [
        Missing(
            "department",
            f"이전 판의 {row['department']}의 인력을 찾지 못하였습니다. 없어졌거나 이름이 바뀌었는지 확인해 주십시오.",
        )
        for own, row in by_name.items()
        if own not in found
    ]
    return Found(rows, [], missing)


def totals(reading: Reading) -> dict[str, Cell]:
    """Stated figures of the bureau as a whole (section_count, office_count, head_count), by their English name."""
    for line in blocks.in_lines(reading.blocks):
        if found := TOTAL_LINE.search(letters.squeezed(line.text)):
            return {
                f"{part}_count": Cell(found[part].replace(",", ""), line.place, found[0])
                for part in ("head", "section", "office")
            }
    return {}


def _row(number: int, post: Post, before: TextRow | None) -> Row:
    corporation = _CORPORATION.match(letters.squeezed(post.name))
    bare = _CORPORATION.sub("", letters.squeezed(post.name))
    name = before["department"] if before else bare
    kind = (
        before["kind"]
        if before
        else "위탁 법인"
        if corporation
        else "사업소"
        if _OFFICE.search(bare)
        else "과"
    )
    founded = post.founded
    if before and not founded.text and before["established_on"]:
        founded = Cell(before["established_on"])
    new = "" if before else "이전 판에 없는 부서입니다. 구분(과, 사업소, 위탁 법인)을 확인해 주십시오."
    cells = (
        Cell(name, post.place, post.printed),
        Cell(kind, doubt=new),
        post.head,
        post.team,
        post.division,
        founded,
        Cell(str(number)),
    )
    return dict(zip(COLUMNS, cells, strict=True))


def _of_tables(reading: Reading) -> Iterator[Post]:
    """Departments of tables with a column of names and a column of people."""
    for place, block in enumerate(reading.blocks):
        if not isinstance(block, Grid) or len(block.rows) < 2:
            continue
        if reading.topics[place] not in (topics.ORGANISATION, topics.DUTY, topics.NONE):
            continue
        depth = blocks.head_depth(block, 1)
        roles = _roles(blocks.heads(block, depth))
        if not {"name", "head"} <= roles.keys():
            continue
        for row in blocks.exploded(block.rows[depth:]):
            bare = letters.squeezed(row[roles["name"]].text)
            name = _FOUNDED.sub("", bare)
            if name and not _TOTAL.fullmatch(name) and numbers.is_number(row[roles["head"]].text):
                counts = {role: _count(row[column]) for role, column in roles.items() if role != "name"}
                slot = row[roles["name"]]
                nothing = Cell(EMPTY)
                yield Post(
                    name,
                    slot.place,
                    slot.text.strip(),
                    counts["head"],
                    counts.get("team", nothing),
                    counts.get("division", nothing),
                    _founded(slot.text, slot.place),
                )


def _roles(heads: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for column, head in enumerate(heads):
        if re.match(r"부서|과명|과$|구분|기관", head):
            found.setdefault("name", column)
        elif re.search(r"팀당|비중|비율|%", head):
            continue
        elif re.match(r"팀", head):
            found.setdefault("team", column)
        elif re.match(r"부(\(|수|$)", head):
            found.setdefault("division", column)
        elif re.search(r"인력|인원|현원|명", head):
            found.setdefault("head", column)
        elif head == "정원":
            found.setdefault("quota", column)
    if "quota" in found:
        found.setdefault("head", found.pop("quota"))
        found.pop("quota", None)
    return found


def _count(slot: Slot) -> Cell:
    printed = slot.text.strip()
    try:
        value = numbers.value(slot.text)
    except ValueError:
        return Cell(EMPTY, slot.place, printed, "수로 읽지 못하였습니다. 보고서를 보고 적어 주십시오.")
    return Cell(EMPTY if value is None else numbers.written(value, 0), slot.place, printed)


def _of_boxes(reading: Reading, known: set[str]) -> Iterator[Post]:
    """Departments of boxes that hold a count and a name, or a count and, in the next box below, a name."""
    within = reading.within(topics.ORGANISATION) or list(reading.blocks)
    yield from _of_columns(within, known)
    groups: dict[int, list[Line]] = {}
    for line in blocks.in_lines(within):
        groups.setdefault(line.group, []).append(line)
    for box in groups.values():
        yield from _of_box(box, known)


def _of_box(lines: Sequence[Line], known: set[str]) -> Iterator[Post]:
    """Counts with the name in the same line, else those of a box with its names, one each in their order."""
    counts: list[tuple[re.Match[str], Line]] = []
    names: list[tuple[str, Line]] = []
    for line in lines:
        for part in _parts(line.text):
            bare = letters.squeezed(letters.item(part))
            whole = _FOUNDED.sub("", bare)
            found = COUNTS.search(bare)
            if found is None:
                if NAME.fullmatch(whole) or letters.key(whole) in known:
                    names.append((whole, line))
            elif not TOTAL_LINE.search(bare):
                own = _FOUNDED.sub("", bare[: found.start()].rstrip(":-·")) or bare[found.end() :].lstrip(
                    ":-·"
                )
                if NAME.fullmatch(own):
                    yield _post(own, line, found, part)
                elif not own:
                    counts.append((found, line))
    if len(counts) == len(names):
        for (found, line), (name, _) in zip(counts, names, strict=True):
            yield _post(name, line, found, f"{name} {found[0]}")


def _parts(text: str) -> list[str]:
    """The boxes of one line, where a converter sets them side by side; the letters of a name stay together."""
    parts = [part for part in re.split(r"\s{2,}|\t", text.strip()) if part]
    if len(parts) > 1 and all(
        COUNTS.fullmatch(letters.squeezed(part)) or NAME.fullmatch(letters.squeezed(part)) for part in parts
    ):
        return parts
    return [text]


def _of_columns(within: Sequence[Block], known: set[str]) -> Iterator[Post]:
    """Counts in the cells of a grid, each with the name in the nearest cell above or below it."""
    for grid in within:
        if not isinstance(grid, Grid):
            continue
        for number, row in enumerate(grid.rows):
            for column, slot in enumerate(row):
                found = COUNTS.fullmatch(letters.squeezed(slot.text))
                if found is None or slot.origin != (number, column):
                    continue
                for near in (number + 1, number - 1):
                    name = (
                        letters.squeezed(grid.rows[near][column].text) if 0 <= near < len(grid.rows) else ""
                    )
                    if NAME.fullmatch(name) or letters.key(name) in known and name:
                        yield _post(name, Line(slot.text, slot.place, 0), found, f"{name} {found[0]}")
                        break


def _post(name: str, line: Line, found: re.Match[str], printed: str) -> Post:
    head, team, division = (
        Cell((found[part] or "").replace(",", ""), line.place if found[part] else "", found[part] or "")
        for part in ("head", "team", "division")
    )
    return Post(
        name, line.place, letters.plain(printed), head, team, division, _founded(line.text, line.place)
    )


def _founded(text: str, place: str) -> Cell:
    days = dates.days(text) if "설립" in text else []
    return Cell(days[0].isoformat(), place, days[0].isoformat()) if days else Cell(EMPTY)
