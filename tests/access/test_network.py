"""Who can reach the server: loopback alone, everyone on a trusted network, or nobody until sign-in is set up."""

import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from lib.access import network, startup
from tests.browser import server

ROOT = Path(__file__).parents[2]
REFUSED_SECONDS = 60


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost", "::ffff:127.0.0.1", "127.1"]
)
def test_loopback_is_for_one_person(address: str) -> None:
    """A person at their own desk who is asked to set up sign-in."""
    assert network.mode(address, signs_in=False) is network.Mode.ALONE


EVERYWHERE = [
    None,
    "",
    " ",
    "0.0.0.0",
    "::",
    "0",
    "192.0.2.7",
    "::ffff:192.0.2.7",
    "fe80::1",
    "unix:///tmp/x",
    "no.such.name.",
]


@pytest.mark.parametrize("address", EVERYWHERE)
def test_any_other_address_asks_for_sign_in_or_a_word(
    address: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A way of writing an address that opens the server to everyone without anybody having said so."""
    monkeypatch.delenv(network.TRUST, raising=False)
    with pytest.raises(network.RefusedError):
        network.mode(address, signs_in=False)
    assert network.mode(address, signs_in=True) is network.Mode.SIGN_IN
    for word in ("", "0", "no", "true"):
        monkeypatch.setenv(network.TRUST, word)
        with pytest.raises(network.RefusedError):
            network.mode(address, signs_in=False)
    monkeypatch.setenv(network.TRUST, "1")
    assert network.mode(address, signs_in=False) is network.Mode.TRUSTED


def started(*options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The server, which is expected to end by itself."""
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "app.py",
        f"--server.port={server.free_port()}",
        *options,
    ]
    surroundings = {name: value for name, value in os.environ.items() if name != network.TRUST} | environment
    return subprocess.run(
        command, cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=REFUSED_SECONDS
    )


@pytest.mark.parametrize(
    ("options", "environment"),
    [
        (("--server.address=0.0.0.0",), {}),
        (("--server.address=",), {}),
        (("--server.address=::",), {}),
        ((), {"STREAMLIT_SERVER_ADDRESS": "0.0.0.0"}),
    ],
)
def test_the_server_does_not_start_without_sign_in(
    options: tuple[str, ...], environment: dict[str, str]
) -> None:
    """`make run HOST=0.0.0.0` shows everyone on the network everything."""
    ended = started(*options, **environment)
    assert ended.returncode == startup.EXIT_CODE
    assert "로그인 설정이 없어" in ended.stderr and "BUREAU_TRUSTED_NETWORK=1" in ended.stderr
    assert "the server was not started" in ended.stderr


@pytest.mark.parametrize(
    ("secrets", "fault"),
    [
        ("[auth", "TOML"),
        (
            "[auth]\nredirect_uri = 'http://127.0.0.1/oauth2callback'\ncookie_secret = 'short'\n",
            "cookie_secret",
        ),
        ("[auth]\nredirect_uri = 'x'\n", "redirect_uri"),
        ("[auth]\nclient_id = 'a'\n", "client_secret"),
    ],
)
def test_half_a_sign_in_is_none(tmp_path: Path, secrets: str, fault: str) -> None:
    """A slip in the secrets that opens the dashboard to everyone, without a word."""
    file = tmp_path / "secrets.toml"
    file.write_text(secrets)
    ended = started(f"--secrets.files={file}", BUREAU_LOG=str(tmp_path))
    assert ended.returncode == startup.EXIT_CODE and fault in ended.stderr


def test_sign_in_needs_tls_and_the_guards_of_streamlit(secrets_file: Path, tmp_path: Path) -> None:
    """A sign-in that anybody on the way can read, or a server that takes requests of other sites."""
    file = tmp_path / "secrets.toml"
    file.write_text(
        secrets_file.read_text().replace("http://127.0.0.1:{port}", "http://report.example.go.kr")
    )
    options = (f"--secrets.files={file}", "--server.enableCORS=false", "--server.enableAgentApi=true")
    ended = started(*options, BUREAU_LOG=str(tmp_path))
    assert ended.returncode == startup.EXIT_CODE
    assert all(fault in ended.stderr for fault in ("https", "enableCORS", "enableAgentApi"))


@pytest.fixture(scope="module")
def alone(bureau: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[server.Server]:
    """The server as one person starts it."""
    folder = tmp_path_factory.mktemp("alone")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUREAU_LOG", str(folder / "log-folder"))
        with server.serving(server.APP, folder / "log", bureau) as running:
            yield running


def status(where: str, path: str = "/", method: str = "GET", /, **headers: str) -> int:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(where + path, headers=names, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


def test_no_other_name_leads_to_the_server(alone: server.Server) -> None:
    """A site of somebody else that lets its own name point at this machine and reads the dashboard (DNS rebinding)."""
    assert status(alone.origin) == 200
    assert status(alone.origin, host="localhost:8501") == 200
    for host in (
        "evil.example",
        "127.0.0.1.evil.example",
        "evil.example:8501",
        "",
        "localhost.evil.example",
        "a@b",
    ):
        assert status(alone.origin, host=host) == 400, host


def test_nobody_gets_past_loopback_by_a_proxy(alone: server.Server) -> None:
    """A proxy before a server without sign-in shows the network what was meant for one desk."""
    for header in ("x_forwarded_for", "forwarded", "x_real_ip"):
        assert status(alone.origin, **{header: "192.0.2.7"}) == 403
    assert network.from_outside(("192.0.2.7", 8501), [])
    assert not network.from_outside(("127.0.0.1", 8501), [(b"accept", b"*/*")])


FOREIGN = [
    "https://evil.example",
    "http://127.0.0.1:1",
    "http://localhost",
    "null",
    "file://",
    "http://0.0.0.0:8501",
]


@pytest.mark.parametrize("origin", FOREIGN)
def test_no_other_site_opens_a_visit(alone: server.Server, origin: str) -> None:
    """A page of another site, or of another program on the same machine, that reads the dashboard through its visitor."""
    address = alone.origin.replace("http", "ws", 1) + "/_stcore/stream"
    with connect(address, origin=Origin(alone.origin), open_timeout=30):
        pass
    with pytest.raises(InvalidStatus) as refused:
        connect(address, origin=Origin(origin), open_timeout=30).close()
    assert refused.value.response.status_code == 403
    assert status(alone.origin, "/_stcore/upload_file/a/b", "PUT", origin=origin) == 403


def test_a_trusted_network_is_named_in_the_log_and_on_the_page(bureau: Path, tmp_path: Path) -> None:
    """A server that everyone can use, and nobody who looks at it knows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUREAU_LOG", str(tmp_path / "log-folder"))
        patch.setenv(network.TRUST, "1")
        with server.serving(server.APP, tmp_path / "log", bureau) as running:
            assert status(running.origin, x_forwarded_for="192.0.2.7") == 200
            # The name by which the network knows it.
            assert status(running.origin, host="report.example.go.kr") == 200
    assert "trusted network" in (tmp_path / "log").read_text()


def test_the_page_says_that_nobody_is_asked(bureau: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """People who put figures into a page that all others on the network can use as well."""
    monkeypatch.setenv("BUREAU_DATA", str(bureau))
    monkeypatch.setenv(network.TRUST, "1")
    startup.mode.cache_clear()
    try:
        page = AppTest.from_file(str(ROOT / "lib" / "frame.py"), default_timeout=30).run()
        assert not page.exception
        assert any("신뢰하는 통신망" in caption.value for caption in page.sidebar.caption)
    finally:
        startup.mode.cache_clear()


def test_a_port_is_not_left_open_by_a_refusal() -> None:
    """A server that has refused to start and goes on listening."""
    port = server.free_port()
    assert started("--server.address=0.0.0.0", f"--server.port={port}").returncode == startup.EXIT_CODE
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
