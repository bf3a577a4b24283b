"""Three replicas behind nginx, with sign-in, on a copy of the data."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.access.conftest import ACCESS, SECRETS, issuer
from tests.access.provider import CLIENT, CLIENT_SECRET
from tests.browser import server
from tests.replicas import replica

__all__ = ["issuer"]


@pytest.fixture(scope="package")
def package_group(
    bureau: Path, issuer: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[replica.Replicas]:
    """The replicas, for all tests."""
    folder = tmp_path_factory.mktemp("replicas")
    data = Path(shutil.copytree(bureau, folder / "data"))
    ports = replica.free_ports()
    address = f"https://localhost:{ports['443']}"
    secrets = SECRETS.format(client=CLIENT, secret=CLIENT_SECRET, issuer=issuer)
    secrets = secrets.replace("http://127.0.0.1:{port}", address)
    assert address in secrets
    (folder / "secrets.toml").write_text(secrets)
    (folder / "access.toml").write_text(ACCESS, "utf-8")
    settings = {
        "BUREAU_ACCESS": str(folder / "access.toml"),
        "BUREAU_LOG": str(folder / "log"),
        "STREAMLIT_SECRETS_FILES": str(folder / "secrets.toml"),
        "STREAMLIT_SERVER_COOKIE_SECRET": "shared by all replicas, and known to nobody else",
    }
    with replica.replicas(folder, data, ports, settings) as running:
        yield running
    for name in running.names:
        server.without_complaints(folder / f"{name}.log")


@pytest.fixture
def group(package_group: replica.Replicas) -> replica.Replicas:
    """The replicas, all of them up, whatever the test before has done to them."""
    package_group.revive()
    return package_group
