"""The disk is full, or the clock of the machine is set to another time."""

import asyncio
import json
import os
import resource
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

from tests.browser import server
from tests.load import visit

FULL = Path("/dev/full")
"""A file on Linux that behaves as the disk does when it is full."""
BYTES = 100_000
YEAR_SECONDS = 365 * 24 * 3600


def build(data: Path, limit: int | None = None) -> subprocess.CompletedProcess[str]:
    """Build the database of a folder; limit: bytes after which nothing more can be written to a file."""

    def full() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(
        [sys.executable, "-m", "data.build"],
        cwd=server.ROOT,
        env=os.environ | {"BUREAU_DATA": str(data)},
        capture_output=True,
        text=True,
        preexec_fn=full,
    )


def test_a_build_on_a_full_disk_leaves_all_as_it_was(bureau: Path, tmp_path: Path) -> None:
    """Half a database in place of a whole one, or what was begun left lying on a disk that is full already."""
    data = Path(shutil.copytree(bureau, tmp_path / "data"))
    before = (data / "bureau.duckdb").read_bytes()
    files = sorted(path.name for path in data.iterdir())
    refused = build(data, BYTES)
    assert refused.returncode == 1
    assert "데이터베이스를 쓸 수 없습니다" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert (data / "bureau.duckdb").read_bytes() == before
    assert sorted(path.name for path in data.iterdir()) == files
    assert build(data).returncode == 0


def test_pages_go_on_when_no_log_can_be_written(bureau: Path, tmp_path: Path) -> None:
    """A dashboard that nobody can read because its log cannot be written."""
    assert FULL.exists(), "this test needs a system that has /dev/full"
    settings = {"BUREAU_AUDIT": str(FULL)}

    async def seen(origin: str) -> visit.Run:
        async with visit.visiting(origin) as reader:
            await reader.open("evaluation-simulator")
            return await reader.open("budget-execution")

    with server.serving(server.APP, tmp_path / "log", bureau, settings=settings) as running:
        run = asyncio.run(seen(running.origin))
    assert not run.has_failed and "세출총괄" in run.text()


def test_a_clock_that_is_set_changes_nothing(bureau: Path, tmp_path: Path) -> None:
    """Figures that are held to be newer or older than they are, and not read again, since the machine's clock jumped."""
    data = Path(shutil.copytree(bureau, tmp_path / "data"))
    database = data / "bureau.duckdb"

    async def seen(running: server.Server) -> list[visit.Run]:
        async with visit.visiting(running.origin) as reader:
            runs = [await reader.open("budget-execution")]
            for shift in (YEAR_SECONDS, -YEAR_SECONDS):
                # What a clock that is set does to the files written afterwards.
                stamp = database.stat().st_mtime + shift
                os.utime(database, (stamp, stamp))
                runs.append(await reader.open("budget-execution"))
            return runs

    with server.serving(server.APP, tmp_path / "log", data) as running:
        first, *later = asyncio.run(seen(running))
        with urllib.request.urlopen(f"{running.origin}/healthz", timeout=10) as answer:
            told = json.load(answer)
    assert all(run.drawn() == first.drawn() for run in later)
    assert told["since"] >= told["built"]
    server.without_complaints(tmp_path / "log")
