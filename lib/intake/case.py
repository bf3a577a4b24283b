"""What somebody has handed in, from its files to what publishing it would change. It lies in memory alone."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from lib.intake import check, compare, history, read, standing, store
from lib.intake.check import Verdict
from lib.intake.compare import Change, Count
from lib.intake.draft import Candidate, Cell, Draft, Row, Sheet
from lib.intake.standing import Standing

ORDER = "position"


class Doubt(NamedTuple):
    """A cell that a person must look at."""

    table: str
    subject: str
    column: str
    cell: Cell


class Examined(NamedTuple):
    """A draft, whether it may be published, and what it changes."""

    draft: Draft
    verdict: Verdict
    changes: list[Change]


class Case:
    """Files as they were read against a state of the data folder, and what follows from them.

    `name` tells one case from another; `read_draft` is what the files say, the tables that they lack carried over.
    """

    def __init__(self, files: Sequence[tuple[str, bytes]], folder: Path) -> None:
        """Read the files. Raises IntakeError where one of them is not taken, or the folder cannot be read."""
        self.files = list(files)
        self.folder = folder
        self.standing: Standing = standing.of(folder)
        self.read_draft = standing.completed(read.drafts(self.files, self.standing), self.standing)
        whole = hashlib.sha256()
        for name, content in self.files:
            whole.update(f"{name}\0{len(content)}\0".encode("utf-8", "replace") + content)
        self.name = whole.hexdigest()[:8]
        self._examined: dict[frozenset[int], Examined] = {}

    def again(self) -> "Case":
        """The same files, read against the data as it stands now. Raises IntakeError as the first reading does."""
        return Case(self.files, self.folder)

    @property
    def outdated(self) -> bool:
        """Whether the data is no longer what the files were compared with."""
        try:
            return store.state(store.manifest(self.folder)) != self.standing.state
        except OSError:  # taken away between looking and reading: somebody publishes
            return True

    @property
    def publisher(self) -> str:
        """Who published last, in a clause of Korean; empty where the history does not tell."""
        newest = next(iter(history.entries(self.folder)), None)
        return f"{newest.by} 님이 게시하였습니다({newest.reason})" if newest and newest.by else ""

    def draft(self, taken: Collection[int]) -> Draft:
        """What the files say, with the candidates of these places."""
        return with_candidates(self.read_draft, taken, self.standing)

    def examined(self, taken: Collection[int]) -> Examined:
        """The draft with the candidates of these places, its verdict, and its changes; worked out once."""
        key = frozenset(taken)
        if key not in self._examined:
            draft = self.draft(key)
            verdict = check.examined(draft, self.standing)
            self._examined[key] = Examined(draft, verdict, compare.changes(draft, self.standing))
        return self._examined[key]

    def counts(self, draft: Draft, verdict: Verdict, accepted: Mapping[str, str]) -> list[Count]:
        """What publishing the draft with these notes changes, by table; every difference must have its note."""
        ready = check.final(draft, self.standing, verdict, accepted)
        return compare.counts(compare.changes(ready, self.standing))

    def doubts(self) -> list[Doubt]:
        """The doubtful cells of the tables that the files hold, in their order."""
        return [
            Doubt(sheet.table, self.standing.subject(sheet.table, texts(row)), column, cell)
            for sheet in self.read_draft.sheets
            if not is_carried(sheet)
            for row in sheet.rows
            for column, cell in row.items()
            if cell.doubt
        ]


def is_carried(sheet: Sheet) -> bool:
    """Whether nothing of the sheet stands in the files: it was taken over from the edition before."""
    return bool(sheet.rows) and all(
        cell.doubt and not cell.place for row in sheet.rows for cell in row.values()
    )


def texts(row: Row) -> dict[str, str]:
    """A row as the CSV would hold it."""
    return {column: cell.text for column, cell in row.items()}


def with_candidates(draft: Draft, taken: Collection[int], standing: Standing) -> Draft:
    """The draft with the candidates of these places as rows: in the place of the row with their key, else at the end."""
    for place in sorted(taken):
        draft = _with(draft, draft.candidates[place], standing)
    return draft


def _with(draft: Draft, candidate: Candidate, standing: Standing) -> Draft:
    identity = standing.identity(candidate.table)
    sheets = list(draft.sheets)
    for number, sheet in enumerate(sheets):
        if sheet.table != candidate.table:
            continue
        rows = list(sheet.rows)
        same = [
            place for place, row in enumerate(rows) if _key(row, identity) == _key(candidate.row, identity)
        ]
        if same:
            rows[same[0]] = candidate.row
        else:
            rows.append(_last(candidate.row, rows))
        sheets[number] = sheet._replace(rows=rows)
        break
    return draft._replace(sheets=sheets)


def _last(row: Row, rows: list[Row]) -> Row:
    """The row with a place of its own behind the others, where the table has an order."""
    places = [int(other[ORDER].text) for other in rows if ORDER in other and other[ORDER].text.isdecimal()]
    if ORDER not in row or not places:
        return row
    return row | {ORDER: row[ORDER]._replace(text=str(max(places) + 1))}


def _key(row: Row, identity: list[str]) -> tuple[str, ...]:
    return tuple(row[column].text if column in row else "" for column in identity)
