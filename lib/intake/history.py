"""Who published what, when, from which file and why: <data>/history/log.jsonl and the versions that it names."""

import datetime
import json
from pathlib import Path
from typing import Any, Literal, NamedTuple

from lib.intake import compare, standing, store
from lib.intake.compare import Change, Count
from lib.intake.draft import IntakeError, Problem, refusal
from lib.intake.standing import Standing

Kind = Literal["found", "published", "rolled back"]
KINDS: dict[Kind, str] = {"found": "게시 밖의 변경", "published": "게시", "rolled back": "되돌림"}


class File(NamedTuple):
    """A file that was handed in."""

    name: str
    sha256: str
    size: int
    """Bytes."""


class Entry(NamedTuple):
    """One state of the data folder, and how it came about."""

    number: int
    """From 0, the state that was found when the first publication came."""
    kind: Kind
    """found: changed by hand, outside of publish."""
    at: datetime.datetime
    """UTC."""
    by: str
    """Empty where kind is found."""
    reason: str
    files: list[File]
    changes: list[Count]
    accepted: list[str]
    """What was accepted or confirmed, with the note, as sentences of Korean."""
    restored: int | None
    """The entry that was rolled back to."""
    manifest: dict[str, str]
    """Content hash by folder: {"report/2023-03-31": …, "reference": …}."""

    @property
    def editions(self) -> list[datetime.date]:
        """The as-of dates of the report that stood after it, newest first."""
        return sorted(
            (
                datetime.date.fromisoformat(name.removeprefix("report/"))
                for name in self.manifest
                if name.startswith("report/")
            ),
            reverse=True,
        )

    @property
    def record(self) -> dict[str, Any]:
        """The entry as JSON knows it."""
        return self._asdict() | {
            "at": self.at.isoformat(timespec="seconds"),
            "files": [file._asdict() for file in self.files],
            "changes": [
                count._asdict() | {"as_of": count.as_of and count.as_of.isoformat()} for count in self.changes
            ],
        }


def entries(folder: Path) -> list[Entry]:
    """All entries, newest first; empty where nothing was published yet. Raises IntakeError where the log is damaged."""
    try:
        lines = (folder / store.LOG).read_text(encoding="utf-8").split("\n")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as fault:
        raise _damaged(None) from fault
    found = []
    for number, line in enumerate(filter(None, lines), 1):
        try:
            found.append(_entry(json.loads(line)))
        except (ValueError, KeyError, TypeError) as fault:
            raise _damaged(number) from fault
    return found[::-1]


def entry(folder: Path, number: int) -> Entry:
    """One entry. Raises IntakeError where there is none of that number."""
    for found in entries(folder):
        if found.number == number:
            return found
    raise refusal("", f"{number}번 게시 이력이 없습니다.", "이력에 있는 번호를 지정해 주십시오.")


def changes(folder: Path, number: int) -> list[Change]:
    """What an entry changed against the one before it, row by row; of entry 0, nothing.

    Raises IntakeError where there is no such entry.
    """
    after = entry(folder, number)
    before = entry(folder, number - 1) if number else after
    return compare.between(_restored(folder, before), _restored(folder, after))


def log(found: list[Entry]) -> bytes:
    """The log of these entries, newest first as entries gives them."""
    lines = (json.dumps(made.record, ensure_ascii=False) + "\n" for made in reversed(found))
    return "".join(lines).encode()


def _restored(folder: Path, found: Entry) -> Standing:
    """The data folder as an entry left it."""
    contents = {
        key: {
            name: path.read_bytes() for name, path in store.files(store.version(folder, fingerprint)).items()
        }
        for key, fingerprint in found.manifest.items()
    }
    return standing.parsed(folder, contents)


def _entry(record: dict[str, Any]) -> Entry:
    return Entry(
        **record
        | {
            "at": datetime.datetime.fromisoformat(record["at"]),
            "files": [File(**file) for file in record["files"]],
            "changes": [Count(**count | {"as_of": _day(count["as_of"])}) for count in record["changes"]],
        }
    )


def _day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def _damaged(line: int | None) -> IntakeError:
    expected = "게시 이력을 읽을 수 없습니다. 손으로 고친 적이 있으면 되돌려 주십시오."
    return IntakeError([Problem(store.LOG, "", line, "", "JSON 줄이 아닙니다.", expected)])
