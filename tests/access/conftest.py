"""The app with sign-in and its provider, each a process of its own on loopback."""

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.access import provider
from tests.browser import server

ROOT = Path(__file__).parents[2]
PEOPLE = {
    "reader-1": {"name": "이열람"},
    "presenter-1": {"name": "박보고", "roles": ["presenter"]},
    "hr-1": {"name": "최인사", "roles": "hr"},
    "editor-1": {"name": "정자료", "roles": ["자료관리", "없는 역할"]},
    "filed-1": {"name": "강파일", "roles": ["hr"]},
}
ACCESS = """
[session]
idle_minutes = 30
absolute_hours = 8
[roles]
names = { "자료관리" = "editor" }
[roles.people]
presenter = ["filed-1"]
"""
SECRETS = """
[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef0123456789abcdef"
client_id = "{client}"
client_secret = "{secret}"
server_metadata_url = "{issuer}/.well-known/openid-configuration"
"""


class SignedServer(NamedTuple):
    """The app with sign-in: where it is, and its files."""

    origin: str
    log: Path
    access: Path
    folder: Path
    """Audit log and register."""

    def audited(self) -> list[dict[str, object]]:
        """The lines of the audit log."""
        [file] = self.folder.glob("audit-*.jsonl")
        return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


@pytest.fixture(scope="session")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The provider's address."""
    folder = tmp_path_factory.mktemp("provider")
    (folder / "people.json").write_text(json.dumps(PEOPLE))
    address = f"http://127.0.0.1:{(port := server.free_port())}"
    command = [sys.executable, "-m", "tests.access.provider", str(port), str(folder / "people.json")]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        try:
            _await(f"{address}/jwks", process)
            yield address
        finally:
            server.end(process)


def _await(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + server.START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
    raise RuntimeError(f"nothing answers at {address}")


@pytest.fixture(scope="session")
def secrets_file(issuer: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Streamlit's secrets for that provider."""
    file = tmp_path_factory.mktemp("secrets") / "secrets.toml"
    file.write_text(SECRETS.format(client=provider.CLIENT, secret=provider.CLIENT_SECRET, issuer=issuer))
    return file


@pytest.fixture(scope="module")
def signed(
    bureau: Path, secrets_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SignedServer]:
    """The app as people reach it with sign-in; a module's tests share it."""
    folder = tmp_path_factory.mktemp("signed")
    access = folder / "access.toml"
    access.write_text(ACCESS, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUREAU_ACCESS", str(access))
        patch.setenv("BUREAU_LOG", str(folder / "log-folder"))
        with server.serving(server.APP, folder / "log", bureau, f"--secrets.files={secrets_file}") as running:
            yield SignedServer(running.origin, folder / "log", access, folder / "log-folder")
    server.without_complaints(folder / "log")
