"""The data folder on disk: versions by content, one publisher at a time, and changes that are made whole or not at all.

    history/versions/<hash>/    every dated folder (and reference) that ever stood, by the hash of its content
    history/log.jsonl           who published what (history.py)
    history/work-<name>/        what a publication prepares; gone when it is done
    history/pending.json        a publication past its point of no return: the renames that are still to be made
    history/undo.json           one that could not be finished and is being taken back

All that needs room on the disk happens before pending.json appears; what is left then are renames.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import re
import shutil
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from data import build
from data.catalogue import DATED_FOLDERS, REFERENCE_FOLDER
from lib.intake.draft import IntakeError, refusal

HISTORY = "history"
LOG = f"{HISTORY}/log.jsonl"
VERSIONS = f"{HISTORY}/versions"
PENDING = f"{HISTORY}/pending.json"
UNDO = f"{HISTORY}/undo.json"
WORK = "work-"
# What a build that was cut off leaves beside the database.
BESIDE = re.compile(rf"{re.escape(build.DATABASE)}\.[0-9a-f]{{32}}(\.wal)?")

Manifest = dict[str, str]
"""Content hash by folder below the data folder: report/2023-03-31, reference."""


class Busy(Exception):
    """Somebody else publishes, recovers or builds."""


class Unfinished(Exception):
    """A disk that lets a publication neither be made nor be taken back; resume does one of them once it can."""


class Step(NamedTuple):
    """One file to put in place. Paths are below the data folder."""

    target: str
    source: str
    """What takes the place of target; empty: target goes."""
    kept: str
    """What stood at target; empty: nothing did."""


def missing(folder: Path) -> IntakeError:
    """What is said where there is no data folder."""
    return refusal("", f"자료 폴더({folder.name})가 없습니다.", "BUREAU_DATA의 값을 확인해 주십시오.")


@contextlib.contextmanager
def exclusive(folder: Path) -> Iterator[None]:
    """Alone in the folder, against other threads and processes. Raises Busy at once where that cannot be."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise Busy from taken
        yield
    finally:
        os.close(handle)


# versions -------------------------------------------------------------------------------------


def places(folder: Path) -> dict[str, Path]:
    """The folders that versions are kept of, by their names in a manifest."""
    found: dict[str, Path] = {}
    for kind in dict.fromkeys(DATED_FOLDERS.values()):
        if (folder / kind).is_dir():
            found |= {
                f"{kind}/{place.name}": place
                for place in sorted((folder / kind).iterdir())
                if place.is_dir() and not place.name.startswith(".")
            }
    if (folder / REFERENCE_FOLDER).is_dir():
        found[REFERENCE_FOLDER] = folder / REFERENCE_FOLDER
    return found


def files(place: Path) -> dict[str, Path]:
    """The files of a folder by name, hidden ones left out."""
    return {
        name: path
        for path in sorted(place.rglob("*"))
        if path.is_file()
        and not (name := path.relative_to(place).as_posix()).startswith(".")
        and "/." not in name
    }


def fingerprint(contents: dict[str, bytes]) -> str:
    """The hash of a folder's content, whatever its name and dates."""
    whole = hashlib.sha256()
    for name, content in sorted(contents.items()):
        whole.update(f"{name}\0{hashlib.sha256(content).hexdigest()}\n".encode())
    return whole.hexdigest()[:32]


def fingerprint_of(place: Path) -> str:
    """The hash of what a folder holds."""
    return fingerprint({name: path.read_bytes() for name, path in files(place).items()})


def manifest(folder: Path) -> Manifest:
    """What stands in the folder."""
    return {key: fingerprint_of(place) for key, place in places(folder).items()}


def state(found: Manifest) -> str:
    """One word for a manifest."""
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()[:32]


def version(folder: Path, fingerprint: str) -> Path:
    """Where a version lies."""
    return folder / VERSIONS / fingerprint


def keep(folder: Path, work: Path, found: Manifest, origin: dict[str, Path]) -> None:
    """Keep a version of every folder of the manifest that is not kept yet; origin says where each lies."""
    (folder / VERSIONS).mkdir(parents=True, exist_ok=True)
    for key, name in found.items():
        if not version(folder, name).exists():
            beside = work / f"version-{name}"
            copied(origin[key], beside)
            os.rename(beside, version(folder, name))


def copied(origin: Path, target: Path) -> None:
    """Copy the files of a folder."""
    for name, path in files(origin).items():
        write(target / name, path.read_bytes())


# changes, whole or not at all ---------------------------------------------------------------------


@contextlib.contextmanager
def working(folder: Path) -> Iterator[Path]:
    """A folder to prepare things in, on the same disk; removed at the end, unless a publication still needs it."""
    work = folder / HISTORY / f"{WORK}{uuid.uuid4().hex}"
    work.mkdir(parents=True)
    try:
        yield work
    finally:
        if not unfinished(folder):
            shutil.rmtree(work, ignore_errors=True)


def plan(folder: Path, work: Path, fresh: dict[str, Path | None]) -> list[Step]:
    """The steps that put files in place (None: take them away); keeps what stands there, without room on the disk."""
    steps = []
    for number, (target, source) in enumerate(fresh.items()):
        kept = work / f"kept-{number}"
        if (folder / target).exists():
            _link(folder / target, kept)
        steps.append(
            Step(
                target,
                _below(folder, source) if source else "",
                _below(folder, kept) if kept.exists() else "",
            )
        )
    return steps


def replacing(folder: Path, key: str, place: Path | None) -> dict[str, Path | None]:
    """What makes a folder of the data equal to another one (None: takes it away), for plan."""
    standing = folder / key
    if place is None:
        return {f"{key}/{path.relative_to(standing)}": None for path in standing.rglob("*") if path.is_file()}
    fresh = files(place)
    old = files(standing) if standing.is_dir() else {}
    changed = {
        name: path
        for name, path in fresh.items()
        if name not in old or old[name].read_bytes() != path.read_bytes()
    }
    return {f"{key}/{name}": path for name, path in changed.items()} | {
        f"{key}/{name}": None for name in old if name not in fresh
    }


def commit(folder: Path, work: Path, steps: list[Step]) -> None:
    """Make the steps, all or none, whenever the process or the machine stops.

    Raises OSError where a step cannot be made, all being taken back, and Unfinished where they cannot be.
    """
    prepared = work / "pending.json"
    write(prepared, json.dumps({"work": work.name, "steps": steps}, ensure_ascii=False).encode())
    os.sync()  # once for the hundreds of files of many months, where each by itself would take seconds
    os.rename(prepared, folder / PENDING)  # the point of no return
    try:
        os.sync()
        _forward(folder, steps)
    except OSError:
        _take_back(folder, steps)
        raise
    with contextlib.suppress(OSError):  # all steps are made; to make them again changes nothing
        (folder / PENDING).unlink()


def _take_back(folder: Path, steps: list[Step]) -> None:
    try:
        os.rename(folder / PENDING, folder / UNDO)
        _backward(folder, steps)
        (folder / UNDO).unlink()
    except OSError as worse:
        raise Unfinished from worse


def unfinished(folder: Path) -> bool:
    """Whether a publication is past its point of no return and not done."""
    return (folder / PENDING).exists() or (folder / UNDO).exists()


def resume(folder: Path) -> bool:
    """Finish what commit was cut off from; whether there was anything. Only for who is alone in the folder."""
    for record, run in ((UNDO, _backward), (PENDING, _forward)):
        if (folder / record).exists():
            found = json.loads((folder / record).read_text(encoding="utf-8"))
            run(folder, [Step(*step) for step in found["steps"]])
            (folder / record).unlink()
            shutil.rmtree(folder / HISTORY / found["work"], ignore_errors=True)
            return True
    return False


def clear(folder: Path, named: Iterable[str]) -> bool:
    """Remove what was left on the way to a publication: prepared files, builds, versions that the log does not name."""
    left = [path for path in folder.glob(f"{build.DATABASE}.*") if BESIDE.fullmatch(path.name)]
    left += folder.glob(f"{HISTORY}/{WORK}*")
    wanted = set(named)
    if (folder / LOG).exists():  # else they may be all that is left of a history
        left += [path for path in folder.glob(f"{VERSIONS}/*") if path.name not in wanted]
    for path in left:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    return bool(left)


def _forward(folder: Path, steps: list[Step]) -> None:
    for step in steps:
        target = folder / step.target
        if not step.source:
            target.unlink(missing_ok=True)
            _prune(folder, target.parent)
        elif (folder / step.source).exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.name == build.DATABASE:
                os.utime(folder / step.source)  # younger than its sources, for make
            os.replace(folder / step.source, target)
    os.sync()


def _backward(folder: Path, steps: list[Step]) -> None:
    for step in reversed(steps):
        target = folder / step.target
        if not step.kept:
            target.unlink(missing_ok=True)
            _prune(folder, target.parent)
        elif (folder / step.kept).exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(folder / step.kept, target)
    os.sync()


def _prune(folder: Path, place: Path) -> None:
    """Remove folders that have become empty, up to the dated one."""
    while len(place.relative_to(folder).parts) > 1 and place.is_dir() and not any(place.iterdir()):
        place.rmdir()
        place = place.parent


def _below(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix()


def _link(origin: Path, target: Path) -> None:
    try:
        os.link(origin, target)
    except OSError:  # a disk without hard links
        shutil.copy2(origin, target)


def write(path: Path, content: bytes) -> None:
    """Write a new file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(content)
