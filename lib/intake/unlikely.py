"""What is possible and yet hardly so: a person looks at it before it is published."""

import datetime
import hashlib
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from lib import format
from lib.intake import guide
from lib.intake.draft import Cell, Draft, Sheet
from lib.intake.standing import Standing, TextRow


class Unlikely(NamedTuple):
    """A change too large to be likely, or cells that the reader doubts; a person confirms it."""

    key: str
    """Short name of it and its values, for `accepted`."""
    path: str
    subject: str
    sentence: str


class Limit(NamedTuple):
    """A column, and the share of one by which it may change from one edition to the next."""

    table: str
    column: str
    title: str
    share: Decimal


LIMITS = (
    Limit("budget_line", "budget", "예산현액", Decimal("0.5")),
    Limit("budget_line", "previous_budget", "전년도 예산현액", Decimal("0.5")),
    Limit("department", "head_count", "인원", Decimal("0.5")),
    Limit("stated_figure", "value", "값", Decimal("0.5")),
    Limit("district_population", "population", "인구", Decimal("0.2")),
    Limit("district_population", "household_count", "세대", Decimal("0.2")),
    Limit("dong_population", "population", "인구", Decimal("0.5")),
)
# Tables of which a row that is gone is news.
LASTING = ("department", "budget_line")
# A share of the rows of a table below which it was probably cut off, and the rows from which on that is asked.
REMAINING_ROWS, MANY_ROWS = Decimal("0.5"), 4
# More of a kind in one sheet become one question.
SINGLE_QUESTIONS = 10


def of(draft: Draft, standing: Standing) -> list[Unlikely]:
    """The questions of all sheets, whose tables all exist, in their order; keys are good for exactly these values."""
    found: list[Unlikely] = []
    for sheet in draft.sheets:
        found += _doubts(sheet)
        if sheet.as_of is None:
            continue
        rows = [{column: cell.text for column, cell in row.items()} for row in sheet.rows]
        base, old = _before(sheet, draft, standing)
        found += _odd_dates(sheet)
        if base is not None:
            found += _gone(sheet, rows, old, standing)
            found += _shrunk(sheet, rows, old)
            for limit in LIMITS:
                if limit.table == sheet.table:
                    found += _together(sheet, limit, list(_jumps(sheet, limit, rows, old, standing)))
            found += _less_realised(sheet, base, rows, old, standing)
    return found + [*_carried(draft)]


def _question(path: str, subject: str, sentence: str, *values: str) -> Unlikely:
    word = hashlib.sha256(
        "\0".join((path, subject, sentence, *values)).encode("utf-8", "replace")
    ).hexdigest()
    return Unlikely(word[:8], path, subject, sentence)


def _before(sheet: Sheet, draft: Draft, standing: Standing) -> tuple[datetime.date | None, list[TextRow]]:
    """What a sheet is compared with, and its rows: in a file of many months, the month before in the same file."""
    assert sheet.as_of is not None
    earlier = [
        other
        for other in draft.sheets
        if other.table == sheet.table and other.as_of and other.as_of < sheet.as_of
    ]
    newest = max(earlier, key=lambda other: other.as_of or datetime.date.min, default=None)
    base = standing.base(sheet.folder, sheet.as_of)
    if (
        newest
        and newest.as_of
        and base != sheet.as_of
        and (base is None or not newest.as_of < base < sheet.as_of)
    ):
        return newest.as_of, [{column: cell.text for column, cell in row.items()} for row in newest.rows]
    return base, standing.rows(sheet.table, base) if base else []


def _odd_dates(sheet: Sheet) -> Iterator[Unlikely]:
    assert sheet.as_of is not None
    if sheet.table not in ("edition", "population_month"):
        return
    if sheet.as_of > datetime.date.today():
        yield _question(sheet.path, "기준일", f"기준일 {format.date(sheet.as_of)}은 오늘보다 뒤입니다.")
    if sheet.folder == "population" and (sheet.as_of + datetime.timedelta(days=1)).day != 1:
        yield _question(
            sheet.path,
            "기준일",
            f"주민등록 인구의 기준일 {format.date(sheet.as_of)}은 달의 마지막 날이 아닙니다.",
        )


def _gone(sheet: Sheet, rows: list[TextRow], old: list[TextRow], standing: Standing) -> Iterator[Unlikely]:
    if sheet.table not in LASTING:
        return
    present = _by_identity(sheet.table, rows, standing)
    for key, row in _by_identity(sheet.table, old, standing).items():
        if key not in present:
            subject = standing.subject(sheet.table, row)
            yield _question(sheet.path, subject, f"앞 자료에 있던 {subject} 항목이 없습니다.")


def _shrunk(sheet: Sheet, rows: list[TextRow], old: list[TextRow]) -> Iterator[Unlikely]:
    if sheet.table != "known_difference" and len(old) >= MANY_ROWS and len(rows) < len(old) * REMAINING_ROWS:
        yield _question(
            sheet.path,
            _title(sheet),
            f"{_title(sheet)} 표가 {len(old)}줄에서 {len(rows)}줄로 줄었습니다. 빠진 줄이 없는지 확인해 주십시오.",
        )


def _jumps(
    sheet: Sheet, limit: Limit, rows: list[TextRow], old: list[TextRow], standing: Standing
) -> Iterator[Unlikely]:
    before = _by_identity(sheet.table, old, standing)
    for key, row in _by_identity(sheet.table, rows, standing).items():
        was, now = number(before.get(key, {}).get(limit.column)), number(row.get(limit.column))
        if not was or now is None or row.get("unit") == "%":
            continue
        if abs(now - was) >= limit.share * abs(was):
            subject = standing.subject(sheet.table, row)
            percent = format.percent(float(100 * (now - was) / abs(was)))
            yield _question(sheet.path, subject, f"{subject} {limit.title}: {was:,f} → {now:,f}({percent})")


def _together(sheet: Sheet, limit: Limit, found: list[Unlikely]) -> list[Unlikely]:
    """The questions one by one, or as one where there are many."""
    if len(found) <= SINGLE_QUESTIONS:
        return found
    sentence = (
        f"{limit.title} {len(found)}건이 {format.percent(float(100 * limit.share), 0)} 이상 달라졌습니다."
        f" 열이나 단위가 바뀌지 않았는지 확인해 주십시오(예: {found[0].sentence})."
    )
    return [_question(sheet.path, limit.title, sentence, *(question.key for question in found))]


def _less_realised(
    sheet: Sheet, base: datetime.date, rows: list[TextRow], old: list[TextRow], standing: Standing
) -> Iterator[Unlikely]:
    """What is collected or spent grows over the year; only corrections and refunds make it less."""
    if sheet.table != "budget_line" or not (
        sheet.as_of and base.year == sheet.as_of.year and base < sheet.as_of
    ):
        return
    before = _by_identity(sheet.table, old, standing)
    for key, row in _by_identity(sheet.table, rows, standing).items():
        was, now = number(before.get(key, {}).get("realised")), number(row.get("realised"))
        if was is not None and now is not None and now < was:
            subject = standing.subject(sheet.table, row)
            sentence = f"{subject}의 징수·집행 누계가 {was:,f}천원에서 {now:,f}천원으로 줄었습니다."
            yield _question(sheet.path, subject, sentence)


def _doubts(sheet: Sheet) -> Iterator[Unlikely]:
    """What the reader doubts in its file, once for each reason."""
    found: dict[str, list[Cell]] = {}
    for cell in (cell for row in sheet.rows for cell in row.values() if cell.doubt and cell.place):
        found.setdefault(cell.doubt, []).append(cell)
    for doubt, cells in found.items():
        where = cells[0].place + (f" 등 {len(cells)}칸" if len(cells) > 1 else "")
        values = [cell.text for cell in cells]
        yield _question(sheet.path, _title(sheet), f"{_title(sheet)}, {where}: {doubt}", *values)


def _carried(draft: Draft) -> Iterator[Unlikely]:
    """What no file holds, once for each reason, whatever the number of tables."""
    found: dict[str, dict[str, list[str]]] = {}
    for sheet in draft.sheets:
        for cell in (cell for row in sheet.rows for cell in row.values() if cell.doubt and not cell.place):
            found.setdefault(cell.doubt, {}).setdefault(_title(sheet), []).append(cell.text)
    for doubt, tables in found.items():
        values = [text for texts in tables.values() for text in texts]
        yield _question("", ", ".join(tables), f"{', '.join(tables)}: {doubt}", *values)


def _title(sheet: Sheet) -> str:
    return guide.table(sheet.table).label


def _by_identity(table: str, rows: Iterable[TextRow], standing: Standing) -> dict[tuple[str, ...], TextRow]:
    identity = standing.identity(table)
    return {tuple(row.get(column, "") for column in identity): row for row in rows}


def number(text: str | None) -> Decimal | None:
    """A cell as a number; None where it is none."""
    try:
        found = Decimal(text or "")
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
