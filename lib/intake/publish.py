"""A draft becomes the data: all of it or none of it, one at a time, and always to be taken back."""

import contextlib
import datetime
import errno
import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import duckdb

from data import build
from data.problem import RefusedError
from lib import format
from lib.intake import check, compare, history, overlay, standing, store
from lib.intake.check import Verdict
from lib.intake.draft import Draft, IntakeError, Problem, refusal
from lib.intake.history import Entry, File
from lib.intake.standing import Standing

Step = Callable[[str, float], None]
"""Called with what is being done, in Korean, and the share of the work that is done, of one."""


def silent(name: str, share: float) -> None:
    """Tell nobody."""


def publish(
    draft: Draft,
    folder: Path,
    by: str,
    reason: str,
    files: Sequence[tuple[str, bytes]] = (),
    accepted: Mapping[str, str] | None = None,
    expected: str | None = None,
    step: Step = silent,
) -> Entry:
    """Publish a draft; every visit sees it on its next click. Returns its entry in the history.

    files are the names and contents handed in, of which the hashes are kept; accepted holds a note by key of
    check.Difference and check.Unlikely; expected is the Standing.state that the draft was compared with.
    Raises IntakeError, the data untouched, where the draft has problems, something is not accepted, somebody else
    publishes now or has published since, or the folder cannot be written.
    """
    _signed(by, reason)
    accepted = accepted or {}
    with _alone(folder):
        stands = _current(folder, expected)
        step("검사", 0.05)
        verdict = check.examined(draft, stands)
        _passed(verdict, accepted)
        ready = check.final(draft, stands, verdict, accepted)
        entry = _entry(
            "published",
            by,
            reason,
            files=[File(name, hashlib.sha256(content).hexdigest(), len(content)) for name, content in files],
            changes=compare.counts(compare.changes(ready, stands)),
            accepted=_words(verdict, accepted),
        )
        with store.working(folder) as work:
            overlay.lay(folder, work / "next", check.contents(ready, stands))
            return _made(folder, work, entry, step)


def rollback(
    folder: Path,
    to: int | datetime.date,
    by: str,
    reason: str,
    expected: str | None = None,
    step: Step = silent,
) -> Entry:
    """Go back to the state after an entry of the history, or to that in which a report was the newest.

    Raises IntakeError as publish does, and where there is no such state or it stands already.
    """
    _signed(by, reason)
    with _alone(folder):
        stands = _current(folder, expected)
        number, manifest = _earlier(folder, to, stands)
        with store.working(folder) as work:
            for key, name in manifest.items():
                overlay.link(_version(folder, key, name), work / "next" / key)
            after = standing.of(work / "next")
            counts = compare.counts(compare.between(stands, after))
            entry = _entry("rolled back", by, reason, changes=counts, restored=number)
            return _made(folder, work, entry, step)


def recover(folder: Path) -> bool:
    """Finish a publication that was cut off after its point of no return, clear away what an earlier one left.

    Returns whether anything had been left. Does nothing while somebody publishes. Raises IntakeError where the
    folder cannot be written; the database that stands is whole even then.
    """
    if not folder.is_dir():
        return False
    try:
        with _writable(), store.exclusive(folder):
            return _recovered(folder)
    except store.Busy:
        return False


def rebuild(folder: Path) -> Path:
    """Recover, then build the database from the CSVs as they stand; its path.

    Raises data.problem.RefusedError where the CSVs are refused, IntakeError as recover does.
    """
    if not folder.is_dir():
        return build.build(folder)  # which says so
    try:
        with store.exclusive(folder):
            with _writable():
                _recovered(folder)
            return build.build(folder)
    except store.Busy:
        raise _busy() from None


def _recovered(folder: Path) -> bool:
    resumed = store.resume(folder)
    named = [name for entry in history.entries(folder) for name in entry.manifest.values()]
    return store.clear(folder, named) or resumed


# before anything is written -------------------------------------------------------------------------


def _signed(by: str, reason: str) -> None:
    if not by.strip() or not reason.strip():
        raise refusal("", "이름이나 사유가 비어 있습니다.", "게시하는 사람의 이름과 사유를 적어 주십시오.")


def _current(folder: Path, expected: str | None) -> Standing:
    """The folder as it stands now. Raises IntakeError where it is no longer what the draft was compared with."""
    _recovered(folder)
    stands = standing.of(folder)
    if expected is None or expected == stands.state:
        return stands
    newest = next(iter(history.entries(folder)), None)
    found = "그 사이 자료가 바뀌었습니다."
    if newest and store.state(newest.manifest) == stands.state:
        found = f"그 사이 {newest.by} 님이 게시하였습니다({newest.reason})."
    raise refusal("", found, "달라진 자료와 다시 비교한 뒤 게시해 주십시오.")


def _passed(verdict: Verdict, accepted: Mapping[str, str]) -> None:
    if verdict.problems:
        raise IntakeError(verdict.problems)
    if missing := verdict.open(accepted):
        expected = "맞는 자료이면 사유를 적어 확인하고, 아니면 파일을 고쳐 주십시오."
        raise IntakeError([Problem("", "", None, "", sentence, expected) for sentence in missing])


def _words(verdict: Verdict, accepted: Mapping[str, str]) -> list[str]:
    asked = {found.key: found.sentence for found in verdict.differences}
    asked |= {found.key: found.sentence for found in verdict.unlikely}
    return [f"{sentence} {accepted[key]}".strip() for key, sentence in asked.items()]


def _earlier(folder: Path, to: int | datetime.date, stands: Standing) -> tuple[int | None, store.Manifest]:
    """The number and manifest of the state to go back to; without a number where no entry tells it."""
    if isinstance(to, int):
        return to, history.entry(folder, to).manifest
    if stands.editions[:1] == [to]:
        found = f"{format.date(to)} 보고서가 이미 가장 최근 자료입니다."
        raise refusal("", found, "같은 기준일의 앞 판으로 돌아가려면 이력의 번호를 지정해 주십시오.")
    for entry in history.entries(folder):
        if entry.editions[:1] == [to]:
            return entry.number, entry.manifest
    if to not in stands.editions:
        raise refusal(
            "", f"{format.date(to)} 보고서가 이력에 없습니다.", "이력에 있는 기준일을 지정해 주십시오."
        )
    later = {f"report/{day}" for day in stands.editions if day > to}
    return None, {key: name for key, name in store.manifest(folder).items() if key not in later}


def _version(folder: Path, key: str, name: str) -> Path:
    """Where a folder of a manifest lies: among the versions, or in the data folder itself."""
    places = (store.version(folder, name), folder / key)
    for place in places:
        if place.is_dir() and store.fingerprint_of(place) == name:
            return place
    raise refusal("", f"보관된 판({key})이 없거나 바뀌었습니다.", "이력의 다른 번호를 지정해 주십시오.")


# from the next state to the published one ------------------------------------------------------------


def _made(folder: Path, work: Path, entry: Entry, step: Step) -> Entry:
    """Build the folder work/next and put it in the place of the data, with its entry in the log."""
    places = store.places(work / "next")
    found, manifest = store.manifest(folder), store.manifest(work / "next")
    if found == manifest:
        raise refusal("", "지금 게시된 자료와 같습니다.", "바뀐 내용이 없으므로 게시하지 않아도 됩니다.")
    step("데이터베이스 만들기", 0.4)
    database = build.build(work / "next", work / build.DATABASE)
    step("판 보관", 0.75)
    entries = _with_found(folder, found)
    store.keep(folder, work, found, store.places(folder))
    store.keep(folder, work, manifest, places)
    entry = entry._replace(number=entries[0].number + 1, manifest=manifest)
    store.write(work / "log.jsonl", history.log([entry, *entries]))
    fresh: dict[str, Path | None] = {}
    for key in dict.fromkeys([*found, *manifest]):
        if found.get(key) != manifest.get(key):
            fresh |= store.replacing(folder, key, _copied(work, key, places.get(key)))
    fresh |= {build.DATABASE: database, store.LOG: work / "log.jsonl"}
    step("게시", 0.9)
    store.commit(folder, work, store.plan(folder, work, fresh))
    step("게시 마침", 1.0)
    return entry


def _copied(work: Path, key: str, place: Path | None) -> Path | None:
    if place is None:
        return None
    store.copied(place, work / "fresh" / key)
    return work / "fresh" / key


def _with_found(folder: Path, found: store.Manifest) -> list[Entry]:
    """The log so far, with an entry for what stands where that is not what the last one left."""
    entries = history.entries(folder)
    if entries and entries[0].manifest == found:
        return entries
    reason = "게시 기능 밖에서 바뀐 자료" if entries else "처음 상태"
    number = entries[0].number + 1 if entries else 0
    return [_entry("found", "", reason)._replace(number=number, manifest=found), *entries]


def _entry(
    kind: history.Kind,
    by: str,
    reason: str,
    files: list[File] | None = None,
    changes: list[compare.Count] | None = None,
    accepted: list[str] | None = None,
    restored: int | None = None,
) -> Entry:
    now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    return Entry(
        0, kind, now, by.strip(), reason.strip(), files or [], changes or [], accepted or [], restored, {}
    )


# what can go wrong ------------------------------------------------------------------------------------


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    if not folder.is_dir():
        raise store.missing(folder)
    try:
        with _writable(), store.exclusive(folder):
            yield
    except store.Busy:
        raise _busy() from None


def _busy() -> IntakeError:
    return refusal("", "다른 사람이 게시하고 있습니다.", "게시가 끝난 뒤 달라진 자료와 다시 비교해 주십시오.")


@contextlib.contextmanager
def _writable() -> Iterator[None]:
    """Say in a sentence what the disk or the build refuses."""
    untouched = "게시하지 않았으며, 지금 자료는 그대로입니다."
    try:
        yield
    except RefusedError as refused:
        raise IntakeError(
            [Problem(p.file, "", p.line, p.column or "", p.reason, untouched) for p in refused.problems]
        ) from refused
    except duckdb.Error as fault:
        found = "데이터베이스를 디스크에 쓸 수 없습니다."
        raise refusal(
            "", found, f"디스크의 남은 공간과 폴더의 권한을 확인해 주십시오. {untouched}"
        ) from fault
    except store.Unfinished as fault:
        expected = "디스크를 바로잡은 뒤 서버를 다시 시작하면 옛 판이나 새 판으로 온전히 마무리합니다."
        raise refusal("", "디스크 오류로 게시를 끝맺지 못하였습니다.", expected) from fault
    except OSError as fault:
        raise refusal("", *_disk(fault, untouched)) from fault


def _disk(fault: OSError, untouched: str) -> tuple[str, str]:
    if fault.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "디스크에 남은 공간이 없습니다.", f"공간을 마련한 뒤 다시 게시해 주십시오. {untouched}"
    if fault.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return "자료 폴더에 쓸 권한이 없습니다.", f"폴더의 권한을 확인한 뒤 다시 게시해 주십시오. {untouched}"
    return (
        f"자료 폴더에 쓸 수 없습니다({os.strerror(fault.errno or 0)}).",
        f"디스크를 확인한 뒤 다시 게시해 주십시오. {untouched}",
    )
