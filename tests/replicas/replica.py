"""Replicas of the app: processes that share one data folder, one log folder and one secret."""

import contextlib
import os
import signal
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from tests.browser import server
from tests.replicas import nginx


class Replicas(NamedTuple):
    """Three of them behind nginx. Those that a test ends are started again by `revive`."""

    proxy: nginx.Proxy
    ports: Mapping[str, int]
    folder: Path
    data: Path
    settings: Mapping[str, str]
    running: dict[str, tuple[server.Server, contextlib.ExitStack]]

    @property
    def names(self) -> list[str]:
        """What the cookie calls them: their ports, as text."""
        return [str(self.ports[f"850{number}"]) for number in (1, 2, 3)]

    def kill(self, name: str) -> None:
        """End one as a crash does."""
        os.kill(self.running[name][0].pid, signal.SIGKILL)
        time.sleep(0.1)

    def revive(self) -> None:
        """Start those that do not run, side by side."""
        dead = [name for name in self.names if name not in self.running or not server.answers(int(name))]
        self._start_all(dead)

    def _start_all(self, names: Iterable[str]) -> None:
        with ThreadPoolExecutor() as pool:
            list(pool.map(self._start, names))

    def _start(self, name: str) -> None:
        stack = contextlib.ExitStack()
        log = self.folder / f"{name}.log"
        serving = server.serving(server.APP, log, self.data, port=int(name), settings=self.settings)
        if name in self.running:
            self.running[name][1].close()
        self.running[name] = stack.enter_context(serving), stack


@contextlib.contextmanager
def replicas(
    folder: Path, data: Path, ports: Mapping[str, int], settings: Mapping[str, str]
) -> Iterator[Replicas]:
    """nginx and three replicas; ports by those of deploy/nginx, settings: environment variables of each replica."""
    (folder / "nginx").mkdir()
    with nginx.serving(folder / "nginx", ports) as proxy:
        group = Replicas(proxy, ports, folder, data, settings, {})
        try:
            group.revive()
            yield group
        finally:
            for _, stack in group.running.values():
                stack.close()


def free_ports() -> dict[str, int]:
    """A free port for each that deploy/nginx names."""
    return {name: server.free_port() for name in ("80", "443", "8501", "8502", "8503")}
