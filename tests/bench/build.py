"""How long the database takes to build from the CSVs, start of Python included."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.measurement import Measurement
from tests.browser import server


def measurements(rounds: int) -> Iterator[Measurement]:
    """The build of a copy of the data, since the app may have the real one open."""
    data = Path(os.environ.get("BUREAU_DATA", server.ROOT / "data"))
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "data"
        shutil.copytree(data, copy, ignore=shutil.ignore_patterns("bureau.duckdb*", "__pycache__", "history"))
        yield Measurement("Build", "python -m data.build", tuple(build(copy) for _ in range(rounds)))


def build(data: Path) -> float:
    """Build once; milliseconds."""
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "data.build"],
        cwd=server.ROOT,
        env=os.environ | {"BUREAU_DATA": str(data)},
        check=True,
        capture_output=True,
    )
    return 1000 * (time.perf_counter() - started)
