"""Publications that are cut off, in a process of their own: `python -m tests.intake.interrupted WAY FOLDER …`.

What a publication does to the folder shows in Python's own audit events, so nothing of ours is replaced.
"""

import contextlib
import errno
import itertools
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lib.intake import publish, standing, store
from lib.intake.draft import IntakeError
from tests.intake import drafts

CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.utime"}
MOST_CHANGES = 60
WRITING = os.O_WRONLY | os.O_RDWR


def watched(folder: Path, changed: Callable[[bool], None]) -> None:
    """Call before each change to the folder, to the end of the process, with whether it is more than preparation."""
    busy = False

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal busy
        writes = event in CHANGES or (event == "open" and bool((arguments[2] or 0) & WRITING))
        paths = [str(path) for path in arguments[:2] if str(path).startswith(str(folder))]
        if writes and paths and not busy:
            busy = True
            try:
                changed(any(not path.startswith(preparation(folder)) for path in paths))
            finally:
                busy = False

    sys.addaudithook(hook)


def preparation(folder: Path) -> tuple[str, str]:
    """Where a publication may write without anybody seeing it."""
    return str(folder / store.HISTORY / store.WORK), str(folder / store.VERSIONS)


def photographed(folder: Path, album: Path) -> None:
    """Publish once, copying the folder as it is before each change: what kill -9 there would leave.

    Of the changes that nobody sees, every twentieth is enough.
    """
    numbers = itertools.count()
    draft = drafts.correction(standing.of(folder))

    def copy(seen: bool) -> None:
        number = next(numbers)
        if seen or number % 20 == 0:
            subprocess.run(["cp", "-a", folder, album / f"{number:03}"], check=True)

    watched(folder, copy)
    publish.publish(draft, folder, "홍길동", "시험")


def broken(folder: Path, for_good: bool) -> None:
    """Publish again and again, the disk being full at the next change each time, until it is full no more.

    for_good: the disk stays full until that publication is over. Prints what comes of each.
    """
    made, failing, committing, failed = itertools.count(), 0, False, False

    def full(seen: bool) -> None:
        nonlocal failed
        number = next(made) if committing else -1
        if number == failing or (for_good and number > failing):
            failed = True
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def step(name: str, share: float) -> None:
        nonlocal committing
        committing = share == 0.9

    watched(folder, full)
    for failing in range(MOST_CHANGES):  # noqa: B007
        before = drafts.duty(folder)
        wanted = f"{drafts.DUTY} {failing}"
        draft = drafts.correction(standing.of(folder), wanted)
        made, failed, said = itertools.count(), False, ""
        try:
            publish.publish(draft, folder, "홍길동", "시험", step=step)
        except IntakeError as refused:
            said = str(refused)
        committing = False
        outcome = drafts.outcome(folder) | {"said": said, "before": before, "wanted": wanted}
        print(json.dumps(outcome), flush=True)
        if not failed:
            return
    raise AssertionError("there is no end to the changes")


def killed(folder: Path, times: int) -> None:
    """Publish and roll back without end in a child that is killed at a random instant. Prints what comes of each.

    The instants lie within one and a half times of what a publication takes here and now.
    """
    random.seed(8)
    started = time.monotonic()
    apart(lambda: publish.publish(drafts.correction(standing.of(folder)), folder, "홍길동", "시험"))
    whole = time.monotonic() - started
    for _ in range(times):
        first = random.randrange(9)
        if not (child := os.fork()):
            endless(folder, first)
        time.sleep(random.uniform(0.2, 1.5) * whole)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        apart(lambda: print(json.dumps(drafts.outcome(folder)), flush=True))


def apart(work: Callable[[], object]) -> None:
    """In a process of its own: DuckDB's threads must not be there when the next one is forked."""
    if not (child := os.fork()):
        work()
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        raise ChildProcessError


def endless(folder: Path, first: int) -> None:
    """Publish one of two drafts, or go back to the beginning, whatever stands; until killed."""
    for turn in itertools.count(first):
        with contextlib.suppress(IntakeError):  # it stands already
            if turn % 3 == 2:
                publish.rollback(folder, 0, "홍길동", "시험")
            else:
                draft = drafts.correction(standing.of(folder), f"{drafts.DUTY} {turn % 3}")
                publish.publish(draft, folder, "홍길동", "시험")


if __name__ == "__main__":
    way, place, more = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    if way == "photographed":
        photographed(place, Path(more))
    elif way == "broken":
        broken(place, more == "for good")
    else:
        killed(place, int(more))
