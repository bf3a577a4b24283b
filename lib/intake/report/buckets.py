"""The charts of districts and 동 by residents: how many there are of each size."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from lib.intake.draft import EMPTY, Cell, Missing, Row
from lib.intake.report import blocks, letters, numbers, topics
from lib.intake.report.blocks import Grid, Slot
from lib.intake.report.reading import Found, Reading

COLUMNS = (
    "chart",
    "level",
    "bucket",
    "lower_bound",
    "upper_bound",
    "unit_count",
    "share_percent",
    "position",
)
# Of squeezed text: 2~3만(164개동,38.5%), 4만이상(15개동,3.5%).
_SIZE = r"(?P<low>[0-9]{1,3})만?(?:~(?P<high>[0-9]{1,3}))?만(?:명)?(?P<open>미만|이상|이하)?"
_BUCKET = re.compile(
    _SIZE + r"[:(]?(?P<count>[0-9]{1,4})개?(?P<level>동|자치구|구)[,:(]?(?P<share>[0-9]{1,3}(?:\.[0-9]+)?)%"
)
_LABEL = re.compile(_SIZE)
_LEVELS = {"동": "dong", "구": "district", "자치구": "district"}
COUNTED = "도표에 비율이 없어 개수로 셈하였습니다. 보고서의 비율과 같은지 확인해 주십시오."
LARGE = 100_000  # residents: no 동 has as many
CHOICE = "도표가 여러 벌입니다. 이번 도표(current)와 이전 도표(superseded)를 바르게 가렸는지 확인해 주십시오."


class Bucket(NamedTuple):
    """One bucket as printed."""

    level: str
    lower: int
    upper: int | None
    units: Cell
    share: Cell

    @property
    def label(self) -> str:
        ten_thousand = 10_000
        if self.upper is None:
            return f"{self.lower // ten_thousand}만 이상"
        if self.lower == 0:
            return f"{self.upper // ten_thousand}만 미만"
        return f"{self.lower // ten_thousand}~{self.upper // ten_thousand}만"


Chart = list[Bucket]


def charts(reading: Reading, unit_counts: dict[str, int]) -> Found:
    """The rows of population_bucket; unit_counts says how many districts and dongs there are, where it is known.

    Of several charts of one level the one that adds up is current; the others are superseded.
    """
    within = reading.within(topics.DISTRICT) or list(reading.blocks)
    found: dict[str, list[Chart]] = {"district": [], "dong": []}
    for bucket in _buckets(within):
        drawn = found[bucket.level]
        if not drawn or any(bucket.label == other.label for other in drawn[-1]):
            drawn.append([])
        drawn[-1].append(bucket)
    rows: list[Row] = []
    missing = []
    for level, drawn in found.items():
        if not drawn:
            name = "자치구" if level == "district" else "동"
            what = f"인구 규모별 {name} 분포를 찾지 못하였습니다. 그림 속의 글자는 읽지 못하니 값을 확인해 주십시오."
            missing.append(Missing("population_bucket", what))
            continue
        rows += _rows(drawn, unit_counts.get(level))
    order = {"current": 0, "superseded": 1}
    return Found(sorted(rows, key=lambda row: order[row["chart"].text]), [], missing)


def _rows(drawn: Sequence[Chart], unit_count: int | None) -> Iterator[Row]:
    unlike = [chart for number, chart in enumerate(drawn) if _facts(chart) not in map(_facts, drawn[:number])]
    fitting = [
        chart for chart in unlike if sum(int(bucket.units.text or 0) for bucket in chart) == unit_count
    ]
    current = (fitting or unlike)[-1]
    sure = len(unlike) == 1 or len(fitting) == 1
    older = [chart for chart in unlike if chart is not current]
    for name, chart in [("current", current), *(("superseded", chart) for chart in older[-1:])]:
        for number, bucket in enumerate(sorted(chart, key=lambda bucket: bucket.lower), 1):
            cells = (
                Cell(name, bucket.units.place, doubt="" if sure else CHOICE),
                Cell(bucket.level),
                Cell(bucket.label),
                Cell(str(bucket.lower)),
                Cell(EMPTY if bucket.upper is None else str(bucket.upper)),
                bucket.units,
                bucket.share,
                Cell(str(number)),
            )
            yield dict(zip(COLUMNS, cells, strict=True))


def _facts(chart: Chart) -> set[tuple[str, str, str]]:
    return {(bucket.label, bucket.units.text, bucket.share.text) for bucket in chart}


def _buckets(within: Sequence[blocks.Block]) -> Iterator[Bucket]:
    for block in within:
        if isinstance(block, Grid):
            tabled = list(_of_grid(block, block.rows)) or list(
                _of_grid(block, [list(row) for row in zip(*block.rows, strict=True)])
            )
            yield from tabled
            if tabled:
                continue
        for line in blocks.in_lines([block]):
            for match in _BUCKET.finditer(letters.squeezed(line.text)):
                if bounds := _bounds(match):
                    share = numbers.written(Decimal(match["share"]), 1)
                    yield Bucket(
                        _LEVELS[match["level"]],
                        *bounds,
                        Cell(match["count"], line.place, match[0]),
                        Cell(share, line.place, match[0]),
                    )


def _of_grid(grid: Grid, rows: Sequence[Sequence[Slot]]) -> Iterator[Bucket]:
    """Buckets of a table with a label, a number and a percentage in each row."""
    if charted := _of_chart(rows):
        yield from charted
        return
    heads: dict[int, str] = {}
    for row in rows:
        bare = [letters.squeezed(slot.text) for slot in row]
        match = _LABEL.fullmatch(bare[0]) if bare else None
        bounds = _bounds(match) if match else None
        if not bounds:
            heads = {column: heads.get(column, "") + head for column, head in enumerate(bare)}
            continue
        columns = range(1, len(row))
        for level, count, share in _pairs(heads, columns, grid.caption):
            yield Bucket(level, *bounds, _cell(row[count], None), _cell(row[share], 1))


def _of_chart(rows: Sequence[Sequence[Slot]]) -> list[Bucket]:
    """Buckets of a label and a number each, as a chart holds them: the percentages follow from the numbers."""
    body = rows[1:]
    if not body or len(body[0]) != 2 or any(re.search(r"[.%율]", row[1].text) for row in rows):
        return []
    matches = [_LABEL.fullmatch(letters.squeezed(row[0].text)) for row in body]
    bounds = [found for match in matches if match and (found := _bounds(match))]
    counts = [_cell(row[1], None) for row in body]
    total = sum(int(count.text or 0) for count in counts)
    if len(bounds) < len(body) or not total:
        return []
    level = "district" if any(max(low, high or 0) >= LARGE for low, high in bounds) else "dong"
    shares = [numbers.written(Decimal(100 * int(count.text or 0)) / total, 1) for count in counts]
    return [
        Bucket(level, *bound, count, Cell(share, count.place, "", COUNTED))
        for bound, count, share in zip(bounds, counts, shares, strict=True)
    ]


def _pairs(heads: dict[int, str], columns: range, caption: str) -> Iterator[tuple[str, int, int]]:
    """Level, column of numbers and column of percentages, as the heads (or the title) tell."""
    counts = [column for column in columns if not re.search(r"비율|율|%", heads.get(column, ""))]
    shares = [column for column in columns if column not in counts]
    for count, share in zip(counts, shares, strict=False):
        words = heads.get(count, "") + heads.get(0, "") + letters.squeezed(caption)
        level = re.search(r"자치구|동|구", re.sub(r"구분|구간", "", words))
        if level:
            yield _LEVELS[level[0]], count, share


def _cell(slot: Slot, decimals: int | None) -> Cell:
    printed = slot.text.strip()
    try:
        value = numbers.value(re.sub(r"개?(동|자치구|구)$|%$", "", letters.squeezed(printed)))
    except ValueError:
        value = None
    if value is None:
        return Cell(EMPTY, slot.place, printed, "수로 읽지 못하였습니다. 보고서를 보고 적어 주십시오.")
    return Cell(numbers.written(value, decimals or 0), slot.place, printed)


def _bounds(match: re.Match[str]) -> tuple[int, int | None] | None:
    """Residents from (inclusive) and below; None where the words make no bucket."""
    low, high = int(match["low"]) * 10_000, match["high"]
    if high:
        return (low, int(high) * 10_000) if int(high) * 10_000 > low else None
    if match["open"] == "이상":
        return low, None
    return (0, low) if match["open"] and low else None
