"""Whether a draft may be published: built beside the data by the very rules of data.build."""

import datetime
import hashlib
import re
import tempfile
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
from duckdb import DuckDBPyConnection

import data.problem
from data import build, refusals
from data.problem import RefusedError
from lib import format
from lib.intake import guide, overlay, standing, unlikely
from lib.intake.draft import Cell, Draft, Problem, Row, Sheet
from lib.intake.standing import Standing
from lib.intake.unlikely import Unlikely as Unlikely

NOTES = "known_difference"


class Difference(NamedTuple):
    """A reconciliation that the draft breaks and no known_difference explains. A person may accept it with a note."""

    key: str
    """Short name of it and its two numbers, for `accepted`."""
    as_of: datetime.date
    check_name: str
    subject: str
    unit: str
    expected: Decimal | None
    """As printed."""
    actual: Decimal | None
    """As derived from the parts."""
    path: str
    """CSV that prints it: report/2023-06-30/stated_figure.csv."""
    place: str
    """Where it stands in the file, in Korean; empty where that is not known."""
    suggestion: str
    """The note of the edition before for the same check; empty: none."""

    @property
    def sentence(self) -> str:
        """Subject, check and both numbers in one line of Korean."""
        printed, derived = (
            "빈칸" if value is None else f"{value.normalize():,f}{self.unit}".replace("-", format.MINUS)
            for value in (self.expected, self.actual)
        )
        where = f" ({self.place})" if self.place else ""
        return f"{self.subject} – {self.check_name}{where}: 적힌 값 {printed}, 다시 셈한 값 {derived}."


class Resolved(NamedTuple):
    """A known difference that holds with the draft; its row is taken out of known_difference."""

    as_of: datetime.date
    check_name: str
    subject: str
    note: str


class Verdict(NamedTuple):
    """All that stands between a draft and its publication."""

    problems: list[Problem]
    """To be mended in the file; with these, nothing is published."""
    differences: list[Difference]
    """Each to be accepted with a note, which becomes a row of known_difference."""
    unlikely: list[Unlikely]
    """Each to be confirmed."""
    resolved: list[Resolved]
    """Told, not asked."""

    def open(self, accepted: Mapping[str, str]) -> list[str]:
        """Sentences of the differences and unlikely changes that nobody has accepted; a difference needs a note."""
        return [
            *(found.sentence for found in self.differences if not accepted.get(found.key, "").strip()),
            *(found.sentence for found in self.unlikely if found.key not in accepted),
        ]


def verdict(draft: Draft, folder: Path) -> Verdict:
    """The draft laid over the data folder, built in memory and examined. Writes nothing into the folder."""
    return examined(draft, standing.of(folder))


def examined(draft: Draft, stands: Standing) -> Verdict:
    """The same, against a standing that was read already."""
    problems = [*_shape(draft, stands)] or [*_lacking(draft, stands)]
    if problems:
        return Verdict(problems, [], [], [])
    doubtful = unlikely.of(draft, stands)
    laid = _Laid(draft, stands)
    with tempfile.TemporaryDirectory() as place, duckdb.connect() as connection:
        overlay.lay(stands.folder, Path(place), laid.contents)
        try:
            build.fill(connection, Path(place), comments=False)
        except RefusedError as refused:
            return Verdict([laid.problem(problem) for problem in refused.problems], [], doubtful, [])
        problems, differences, resolved = _reconciled(connection, laid)
    return Verdict(problems, differences, doubtful, resolved)


def final(draft: Draft, stands: Standing, found: Verdict, accepted: Mapping[str, str]) -> Draft:
    """The draft as it is published: accepted notes are rows of known_difference, and what holds is none."""
    notes = {
        sheet.as_of: own for sheet in draft.sheets if sheet.as_of and (own := _own_notes(sheet)) is not None
    }
    touched = [*(change.as_of for change in found.differences), *(solved.as_of for solved in found.resolved)]
    for day in touched:
        if day not in notes:
            rows = stands.rows(NOTES, day)
            notes[day] = [{column: Cell(text) for column, text in row.items()} for row in rows]
    gone = {(solved.as_of, solved.check_name, solved.subject) for solved in found.resolved}
    for day, own in notes.items():
        notes[day] = [row for row in own if (day, row["check_name"].text, row["subject"].text) not in gone]
    for difference in found.differences:
        words = (difference.check_name, difference.subject, accepted[difference.key].strip())
        notes[difference.as_of].append(
            dict(zip(("check_name", "subject", "note"), map(Cell, words), strict=True))
        )
    sheets = [sheet for sheet in draft.sheets if sheet.table != NOTES]
    return draft._replace(sheets=[*sheets, *(Sheet("report", day, NOTES, own) for day, own in notes.items())])


def contents(draft: Draft, stands: Standing) -> dict[str, bytes]:
    """The CSVs of a draft by their paths below the data folder."""
    return {
        sheet.path: overlay.written(sheet, stands.tables.get(sheet.table)).content for sheet in draft.sheets
    }


def _own_notes(sheet: Sheet) -> list[Row] | None:
    """The known differences that a file itself states; those carried over from another edition are suggestions."""
    if sheet.table != NOTES:
        return None
    return [row for row in sheet.rows if row["check_name"].place or not row["check_name"].doubt]


# the form of a draft ----------------------------------------------------------------------------


def _shape(draft: Draft, stands: Standing) -> Iterator[Problem]:
    """What cannot even be laid beside the data."""
    if not draft.sheets:
        yield Problem("", "", None, "", "게시할 표가 없습니다.", "보고서나 자료 파일을 올려 주십시오.")
    seen: set[str] = set()
    for sheet in draft.sheets:
        table = stands.tables.get(sheet.table)
        if table is None or table.folder != sheet.folder or table.dated != (sheet.as_of is not None):
            yield Problem(
                sheet.file, sheet.table, None, "", sheet.path, "이런 이름의 표가 없습니다. 표를 빼 주십시오."
            )
        elif sheet.path in seen:
            yield Problem(
                sheet.file,
                sheet.table,
                None,
                "",
                sheet.path,
                "같은 표가 두 번 있습니다. 하나만 남겨 주십시오.",
            )
        seen.add(sheet.path)
        yield from _unreadable(sheet)


def _unreadable(sheet: Sheet) -> Iterator[Problem]:
    for number, row in enumerate(sheet.rows, 1):
        for column, cell in row.items():
            try:
                cell.text.encode()
            except UnicodeEncodeError:
                found = cell.text.encode(errors="replace").decode()
                expected = "글자가 깨졌습니다. 다시 입력해 주십시오."
                yield Problem(sheet.file, cell.place or sheet.table, number, column, found, expected)


def _lacking(draft: Draft, stands: Standing) -> Iterator[Problem]:
    """Tables without which a new edition or month cannot be."""
    first = {(sheet.folder, sheet.as_of): sheet.file for sheet in reversed(draft.sheets) if sheet.as_of}
    present = {(sheet.table, sheet.as_of) for sheet in draft.sheets}
    for (folder, as_of), file in first.items():
        if as_of in stands.dates(folder):
            continue
        for table in stands.tables.values():
            if table.folder == folder and (table.name, as_of) not in present:
                expected = f"{format.date(as_of)} 자료를 처음 올리므로 이 표도 함께 올려 주십시오."
                yield Problem(file, guide.table(table.name).label, None, "", "표가 없습니다.", expected)


# what the build says, in terms of the draft --------------------------------------------------------


class _Laid:
    """The CSVs of a draft, and the way back from their lines to the cells."""

    def __init__(self, draft: Draft, stands: Standing) -> None:
        self.stands = stands
        self.sheets: dict[str, Sheet] = {}
        self.contents: dict[str, bytes] = {}
        self.lines: dict[str, dict[int, int]] = {}
        for sheet in draft.sheets:
            own = _own_notes(sheet)
            laid = sheet if own is None else sheet._replace(rows=own)
            made = overlay.written(laid, stands.tables.get(sheet.table))
            self.sheets[sheet.path], self.contents[sheet.path] = laid, made.content
            self.lines[sheet.path] = {line: number for number, line in enumerate(made.lines)}
        self.carried = {
            (sheet.as_of, row["check_name"].text, row["subject"].text): row["note"].text
            for sheet in draft.sheets
            if (own := _own_notes(sheet)) is not None
            for row in sheet.rows
            if row not in own
        }

    def cell(self, path: str, line: int | None, column: str | None) -> Cell | None:
        """The cell of the draft that stands there; None where there is none."""
        number = self.lines.get(path, {}).get(line or 0)
        return None if number is None else self.sheets[path].rows[number].get(column or "")

    def problem(self, found: data.problem.Problem) -> Problem:
        """A problem of the build as one of the file that was handed in."""
        sheet = self.sheets.get(found.file)
        cell = self.cell(found.file, found.line, found.column)
        file = (sheet.file if sheet else "") or found.file
        table = guide.table(sheet.table).label if sheet else ""
        if cell is None:
            expected = "자료를 고친 뒤 다시 확인해 주십시오."
            return Problem(file, table, found.line, found.column or "", found.reason, expected)
        place, row, letter = _placed(cell.place)
        column = f"{found.column}({letter})" if letter else found.column or ""
        text = cell.printed or cell.text or "빈칸"
        return Problem(
            file, place or table, row or (None if place else found.line), column, text, found.reason
        )

    def suggestion(self, as_of: datetime.date, check_name: str, subject: str) -> str:
        """The note that an earlier edition has for the same check."""
        if note := self.carried.get((as_of, check_name, subject)):
            return note
        return next(
            (
                row["note"]
                for day in self.stands.editions
                if day < as_of
                for row in self.stands.rows(NOTES, day)
                if (row["check_name"], row["subject"]) == (check_name, subject)
            ),
            "",
        )


def _placed(place: str) -> tuple[str, int | None, str]:
    """A place as sheet, row and column where it names them: 예산 시트 B7, 표 3의 5행 2열."""
    if found := re.fullmatch(r"(.*?)\s*([A-Z]{1,3})([0-9]+)", place):
        return found[1], int(found[3]), f"{found[2]}열"
    if found := re.fullmatch(r"(.*?)의?\s*([0-9]+)행 ([0-9]+)열", place):
        return found[1], int(found[2]), f"{found[3]}열"
    return place, None, ""


def _reconciled(
    connection: DuckDBPyConnection, laid: _Laid
) -> tuple[list[Problem], list[Difference], list[Resolved]]:
    """What does not hold and is not known, what cannot be explained for want of an edition, what is known and holds."""
    failed = connection.execute(
        "select as_of, table_name, column_name, row_key, check_name, subject, unit, expected, actual, note"
        " from reconciliation where not holds order by as_of, dataset, check_name, subject"
    ).fetchall()
    editions = {as_of for (as_of,) in connection.execute("select as_of from edition").fetchall()}
    problems, differences = [], []
    for as_of, table, column, row_key, *words, note in failed:
        if note is not None:
            continue
        path, line = refusals.place(connection, laid.stands.tables[table], as_of, row_key)
        found = _difference(as_of, words, path, laid.cell(path, line, column), laid)
        if as_of in editions:
            differences.append(found)
        else:
            problems.append(laid.problem(data.problem.Problem(path, line, column, found.sentence)))
    failing = {(as_of, check_name, subject) for as_of, _, _, _, check_name, subject, *_ in failed}
    known = connection.execute(
        "select as_of, check_name, subject, note from known_difference order by as_of, check_name, subject"
    ).fetchall()
    return problems, differences, [Resolved(*row) for row in known if row[:3] not in failing]


def _difference(
    as_of: datetime.date, words: list[Any], path: str, cell: Cell | None, laid: _Laid
) -> Difference:
    check_name, subject, unit, expected, actual = words
    whole = "\0".join(map(str, (as_of, check_name, subject, expected, actual)))
    key = hashlib.sha256(whole.encode()).hexdigest()[:8]
    place = cell.place if cell else ""
    suggestion = laid.suggestion(as_of, check_name, subject)
    return Difference(key, as_of, check_name, subject, unit, expected, actual, path, place, suggestion)
