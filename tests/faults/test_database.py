"""The database file goes away, is damaged, stalls or is replaced while people look at it."""

import asyncio
import json
import os
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser import server
from tests.load import visit

Spoil = Callable[[Path], None]
STALL_SECONDS = 2
UNAVAILABLE = "자료를 열 수 없습니다"


def missing(database: Path) -> None:
    database.unlink()


def without_head(database: Path) -> None:
    database.write_bytes(b"no database")


def cut(database: Path) -> None:
    os.truncate(database, database.stat().st_size // 2)


def overwritten(database: Path) -> None:
    """As a bad disk does it: the head is whole, most blocks behind it are not."""
    with database.open("r+b") as file:
        file.seek(3 * 4096)
        file.write(b"\x55" * (database.stat().st_size - 3 * 4096))


def folder(database: Path) -> None:
    database.unlink()
    database.mkdir()


def health(running: server.Server) -> tuple[int, dict[str, Any]]:
    """Status and answer of the health address."""
    try:
        with urllib.request.urlopen(f"{running.origin}/healthz", timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused)


async def after(
    running: server.Server, spoil: Callable[[], None], mend: Callable[[], None]
) -> list[visit.Run]:
    """What one visit and a new one get: before, spoilt, and mended, without a restart."""
    async with visit.visiting(running.origin) as old, visit.visiting(running.origin) as new:
        runs = [await old.open("budget-execution")]
        spoil()
        runs += [await old.open("org-chart"), await new.open("budget-execution")]
        mend()
        return [*runs, await old.open("budget-execution"), await new.open("org-chart")]


@pytest.mark.parametrize(
    "spoil", [missing, without_head, cut, overwritten, folder], ids=lambda spoil: spoil.__name__
)
def test_people_are_told_and_it_mends_itself(
    spoil: Spoil, spoilt_app: server.Server, database: Path, tmp_path: Path
) -> None:
    """A trace or an empty page where the file is gone or damaged; or one that stays broken until somebody restarts it."""
    whole = tmp_path / "whole"
    shutil.copyfile(database, whole)

    def mend() -> None:
        if database.is_dir():
            database.rmdir()
        os.replace(whole, database)

    async def seen() -> list[visit.Run]:
        return await after(spoilt_app, lambda: spoil(database), mend)

    before, *spoilt, mended, again = asyncio.run(seen())
    for run in spoilt:
        assert UNAVAILABLE in run.text() and not run.has_failed
    assert mended.drawn() == before.drawn()
    assert not again.is_unavailable and not again.has_failed
    assert health(spoilt_app)[0] == 200


def test_the_page_comes_back_without_a_click(
    spoilt_app: server.Server, database: Path, tmp_path: Path
) -> None:
    """People who were told of a missing file keep reading so until they happen to reload."""
    aside = tmp_path / "aside"

    async def seen() -> tuple[visit.Run, visit.Run]:
        async with visit.visiting(spoilt_app.origin) as waiting:
            database.rename(aside)
            told = await waiting.open("budget-execution")
            aside.rename(database)
            return told, await waiting.look_again(told)

    told, again = asyncio.run(seen())
    assert told.is_unavailable
    assert "세출총괄" in again.text()


def test_health_tells_the_edition(spoilt_app: server.Server, database: Path) -> None:
    """A probe that answers 200 over a missing database, or cannot tell which of three replicas lags behind."""
    status, told = health(spoilt_app)
    assert (status, told["status"], told["edition"]) == (200, "ok", "2023-03-31")
    assert told["built"] <= told["since"]
    os.utime(database, (0, 24 * 3600))
    assert health(spoilt_app)[1]["built"] == "1970-01-02T09:00:00+09:00"
    database.unlink()
    status, told = health(spoilt_app)
    assert (status, told["status"]) == (503, "unavailable") and "없습니다" in told["reason"]


def test_a_file_from_yesterday_is_taken_up(spoilt_app: server.Server, database: Path, tmp_path: Path) -> None:
    """A publication that is older than what it replaces, since a clock was set back, and is never shown."""
    other = tmp_path / "other"
    shutil.copyfile(database, other)
    os.utime(other, (1, 1))

    async def seen() -> list[visit.Run]:
        return await after(spoilt_app, lambda: os.replace(other, database), lambda: None)

    for run in asyncio.run(seen()):
        assert not run.has_failed and not run.is_unavailable
    assert health(spoilt_app)[1]["built"].startswith("1970-01-01T")


def test_a_disk_that_stalls_holds_nobody_else_up(
    spoilt_app: server.Server, database: Path, tmp_path: Path
) -> None:
    """One visit that waits for a slow disk, and with it the whole server: no health, no connection, no page in memory."""
    whole = tmp_path / "whole"

    async def seen() -> tuple[bool, visit.Run, visit.Run]:
        async with visit.visiting(spoilt_app.origin) as visitor:
            await visitor.open("budget-execution")
            database.rename(whole)
            os.mkfifo(database)  # whoever opens it waits, as with a network drive that does not answer
            waiting = asyncio.create_task(visitor.open("org-chart"))
            await asyncio.sleep(STALL_SECONDS)
            alive = await asyncio.to_thread(answers, spoilt_app)
            pipe = await asyncio.to_thread(os.open, database, os.O_RDWR)
            os.replace(whole, database)
            os.close(pipe)
            return alive and not waiting.done(), await waiting, await visitor.open("org-chart")

    alive, stalled, later = asyncio.run(seen())
    assert alive
    assert not stalled.has_failed
    assert not later.has_failed and not later.is_unavailable


def answers(running: server.Server) -> bool:
    """Whether the process still answers, within seconds."""
    started = time.monotonic()
    with urllib.request.urlopen(f"{running.origin}/_stcore/health", timeout=10) as answer:
        return answer.status == 200 and time.monotonic() - started < 10
