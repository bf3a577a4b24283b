"""Publishing cut off at any moment: either the old or the new edition stands, whole, and the next start cleans up."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from data import build
from lib import readiness
from lib.intake import publish, standing, store
from lib.intake.draft import IntakeError
from tests.intake import drafts

ROOT = Path(__file__).resolve().parents[2]
KILLS = 15
OLD = "청사 시설물 관리"


@pytest.fixture
def small(folder: Path) -> Path:
    """The folder without the outlines, which no publication touches."""
    shutil.rmtree(folder / "boundary")
    return folder


def interrupted(*arguments: str | Path, file_bytes: int | None = None) -> list[dict[str, Any]]:
    """Run tests.intake.interrupted; its lines."""
    command = [sys.executable, "-m", "tests.intake.interrupted", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def whole(outcome: dict[str, Any]) -> bool:
    """Whether database, CSVs and log agree, and nothing is left lying about."""
    return outcome["duty"] == outcome["csv"] and outcome["logged"] and not outcome["left"]


def test_killed_before_each_change_to_the_folder(small: Path, tmp_path: Path) -> None:
    """A power cut between two renames leaves an edition that is half old and half new, for good."""
    album = tmp_path / "album"
    album.mkdir()
    interrupted("photographed", small, album)
    outcomes = [drafts.outcome(copy) for copy in sorted(album.iterdir())]
    assert all(whole(outcome) for outcome in outcomes), outcomes
    duties = [outcome["duty"] for outcome in outcomes]
    turn = duties.index(drafts.DUTY)
    # The point of no return: all before is the old edition, all after the new one.
    assert set(duties[:turn]) == {OLD}
    assert set(duties[turn:]) == {drafts.DUTY}
    assert len(duties) - turn > 3
    assert [outcome["stood"] for outcome in outcomes[:turn]] == duties[:turn]
    assert {outcome["stood"] for outcome in outcomes} == {OLD, drafts.DUTY}
    assert any(outcome["recovered"] for outcome in outcomes[turn:])


def test_killed_at_random(small: Path) -> None:
    """What no list of steps foresees: kill -9 while it reads, builds, copies or renames."""
    outcomes = interrupted("killed", small, str(KILLS))
    assert len(outcomes) == KILLS
    assert all(whole(outcome) for outcome in outcomes), outcomes
    known = {OLD, drafts.DUTY, f"{drafts.DUTY} 0", f"{drafts.DUTY} 1"}
    assert {outcome["stood"] for outcome in outcomes} | {outcome["duty"] for outcome in outcomes} <= known
    assert any(outcome["recovered"] for outcome in outcomes)


@pytest.mark.parametrize("how_long", ["once", "for good"])
def test_a_disk_that_fails_at_each_change(small: Path, how_long: str) -> None:
    """A disk that fills up halfway through leaves half an edition, or a trace in place of a sentence."""
    outcomes = interrupted("broken", small, how_long)
    refused = [outcome for outcome in outcomes if outcome["said"]]
    assert len(refused) > 5
    assert all(whole(outcome) for outcome in outcomes), outcomes
    for outcome in outcomes:
        old, new = outcome["before"], outcome["wanted"]
        if "온전히 마무리합니다" in outcome["said"]:
            assert (how_long, outcome["recovered"]) == ("for good", True)
            assert {outcome["stood"], outcome["duty"]} <= {old, new}
        elif outcome["said"]:
            assert "디스크에 남은 공간이 없습니다" in outcome["said"]
            assert (outcome["stood"], outcome["duty"]) == (old, old)
        else:
            assert (outcome["stood"], outcome["duty"]) == (new, new)


def half_published(folder: Path) -> None:
    """The folder as kill -9 leaves it right after the point of no return."""
    stands = standing.of(folder)
    with store.working(folder) as work:
        source = work / "duty.csv"
        path = "report/2023-03-31/duty.csv"
        store.write(source, (folder / path).read_bytes().replace(OLD.encode(), drafts.DUTY.encode()))
        steps = store.plan(folder, work, {path: source})
        (folder / store.PENDING).write_text(json.dumps({"work": work.name, "steps": steps}))
    assert stands.rows("duty")[0]["duty"] == OLD


def test_the_server_finishes_what_was_cut_off(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A restart after a power cut serves on over a half-written folder."""
    monkeypatch.setenv("BUREAU_DATA", str(small))
    half_published(small)

    async def start() -> None:
        async with readiness.lifespan(object()):
            assert not drafts.leftovers(small)

    asyncio.run(start())
    assert standing.of(small).rows("duty")[0]["duty"] == drafts.DUTY


def test_make_data_finishes_what_was_cut_off(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`make data` builds a database from half of an edition."""
    monkeypatch.setenv("BUREAU_DATA", str(small))
    half_published(small)
    (small / f"bureau.duckdb.{'0' * 32}").write_bytes(b"half a build")
    assert build.main() == 0
    assert drafts.duty(small) == drafts.DUTY
    assert not drafts.leftovers(small)


def test_a_reader_finishes_what_was_cut_off(small: Path) -> None:
    """A draft is compared with half of an edition."""
    half_published(small)
    assert standing.of(small).rows("duty")[0]["duty"] == drafts.DUTY


def test_nothing_is_taken_from_who_publishes_now(small: Path) -> None:
    """A second server starts and clears away what the first one is about to publish."""
    with store.exclusive(small), store.working(small) as work:
        assert publish.recover(small) is False
        assert work.is_dir()
        with pytest.raises(IntakeError, match="다른 사람이 게시하고 있습니다"):
            publish.rebuild(small)
    assert not drafts.leftovers(small)


def test_recovering_a_sound_folder_changes_nothing(folder: Path) -> None:
    """Every start writes into a folder that may be read-only, or makes a history where nothing was published."""
    before = drafts.contents(folder)
    assert publish.recover(folder) is False
    assert publish.recover(folder / "nowhere") is False
    assert drafts.contents(folder) == before
    assert not (folder / store.HISTORY).exists()


# a disk as it really is -------------------------------------------------------------------------------

PUBLISH = """
import sys
from pathlib import Path
from lib.intake import publish, standing
from lib.intake.draft import IntakeError
from tests.intake import drafts
folder = Path(sys.argv[1])
try:
    publish.publish(drafts.correction(standing.of(folder)), folder, "홍길동", "시험")
except IntakeError as refused:
    print(refused)
"""
SPACE = """
set -e
mount -t tmpfs -o size={bytes} none "$1"
cp -a "$2/." "$1"
"$3" -c "$4" "$1"
cp -a "$1/." "$5"
"""


def namespace() -> list[str]:
    """A command that may mount what nobody else sees; empty where the system does not let us."""
    command = ["unshare", "--mount", "--map-root-user"]
    with_mount = [*command, "mount", "-t", "tmpfs", "none", "/mnt"]
    try:
        return command if subprocess.run(with_mount, capture_output=True).returncode == 0 else []
    except FileNotFoundError:
        return []


@pytest.mark.parametrize("free", [0, 300_000, 900_000])
def test_a_full_disk(small: Path, tmp_path: Path, free: int) -> None:
    """The disk is full before, in the middle of, and at the end of what is prepared."""
    before = drafts.contents(small)
    size = sum(-(-path.stat().st_size // 4096) * 4096 for path in small.rglob("*") if path.is_file())
    disk, after = tmp_path / "disk", tmp_path / "after"
    disk.mkdir()
    after.mkdir()
    if command := namespace():
        script = SPACE.format(bytes=size + 200_000 + free)
        arguments = ["sh", "-c", script, "sh", disk, small, sys.executable, PUBLISH, after]
    else:  # no file may grow beyond the limit: for a writer, the same as a full disk
        after = small
        script = f'ulimit -f {free // 1024 or 1}; "$1" -c "$2" "$3"'
        arguments = ["sh", "-c", script, "sh", sys.executable, PUBLISH, small]
    done = subprocess.run([*command, *arguments], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "지금 자료는 그대로입니다" in done.stdout
    assert "공간" in done.stdout
    assert drafts.contents(after) == before
    assert not drafts.leftovers(after)


def test_a_folder_that_may_not_be_written(small: Path) -> None:
    """A folder of another account shows a trace, or half of an edition."""
    before = drafts.contents(small)
    if command := namespace():
        script = 'mount --bind "$3" "$3" && mount -o remount,bind,ro "$3" && "$1" -c "$2" "$3"'
    else:
        command, script = [], 'chmod -R a-w "$3"; "$1" -c "$2" "$3"; chmod -R u+w "$3"'
    arguments = ["sh", "-c", script, "sh", sys.executable, PUBLISH, small]
    done = subprocess.run(
        [*command, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
    )
    assert done.returncode == 0, done.stderr
    assert "자료 폴더에 쓸 권한이 없습니다" in done.stdout
    assert drafts.contents(small) == before
    assert not (small / store.HISTORY).exists()
