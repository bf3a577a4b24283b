"""A Streamlit script served as people get it: its own process, on loopback, on a free port."""

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
APP = ROOT / "app.py"
START_SECONDS = 90
END_SECONDS = 10
COMPLAINT = re.compile(r"Traceback|incident|\w(?:Error|Warning)\b|deprecat|will be removed", re.IGNORECASE)


class Server(NamedTuple):
    """origin: http://127.0.0.1:port, without a slash at its end; log: what the process wrote; pid: the process."""

    origin: str
    log: Path
    pid: int


@contextlib.contextmanager
def serving(
    script: Path,
    log: Path,
    data: Path | None = None,
    *options: str,
    port: int | None = None,
    settings: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Serve the script from its own folder until the block ends; data becomes BUREAU_DATA.

    port: one that is free, unless given; settings: more environment variables. Raises RuntimeError with the log
    where the server does not come up.
    """
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", script.name, f"--server.port={port}", *options]
    # Only what a test machine needs; what people get is config.toml's to say.
    command += ["--server.address=127.0.0.1", "--server.headless=true", "--server.fileWatcherType=none"]
    environment = os.environ | ({"BUREAU_DATA": str(data)} if data else {}) | dict(settings or {})
    with log.open("ab") as output:
        process = subprocess.Popen(command, cwd=script.parent, env=environment, stdout=output, stderr=output)
        try:
            server = Server(f"http://127.0.0.1:{port}", log, process.pid)
            await_health(server, process)
            yield server
        finally:
            end(process)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def await_health(server: Server, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{server.origin}/_stcore/health", timeout=5):
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.05)
    raise RuntimeError(f"The server did not come up. Its log:\n{server.log.read_text(errors='replace')}")


def answers(port: int) -> bool:
    """Whether anybody listens on a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def without_complaints(log: Path) -> None:
    """Raise AssertionError with what a log tells of faults."""
    found = complaints(log)
    assert not found, "\n".join([f"{log} tells of faults:", *found])


def complaints(log: Path) -> list[str]:
    """The lines of a log that tell of a fault: traces, incidents, what a library will drop."""
    lines = log.read_text(errors="replace").splitlines()
    return [line for line in lines if COMPLAINT.search(line)]
