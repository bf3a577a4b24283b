"""nginx for the tests: found, installed where this user may, or asked for in plain words; and deploy/'s configuration on free ports.

`python -m tests.replicas.nginx` finds or installs it and prints where it is.
"""

import contextlib
import datetime
import ipaddress
import os
import shutil
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.browser import chromium, server

DEPLOY = server.ROOT / "deploy" / "nginx"
# Debian keeps it where only root looks.
PLACES = (*os.environ.get("PATH", "").split(os.pathsep), "/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin")
MISSING = (
    "The tests of replicas need nginx and none was found. Install it (Debian: apt-get install nginx-light; it need "
    "not run as a service), or set NGINX to the path of one."
)
AROUND = """
{user}
daemon off;
worker_processes 2;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 2048; }}
http {{
    types {{ text/html html; }}
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/bureau.conf;
}}
"""


class Proxy(NamedTuple):
    """A running nginx: where people reach it, over TLS and without, and whose word a client has to trust."""

    origin: str
    plain: str
    context: ssl.SSLContext
    certificate: Path


def executable() -> Path:
    """Where nginx is. Raises RuntimeError with what to do where there is none."""
    named = os.environ.get("NGINX") or shutil.which("nginx", path=os.pathsep.join(PLACES))
    if not named:
        raise RuntimeError(MISSING)
    return Path(named)


def provide() -> Path:
    """nginx, installed where it is missing and this user may. Raises RuntimeError as `executable`."""
    with contextlib.suppress(RuntimeError):
        return executable()
    chromium.install_packages(("nginx-light",))
    return executable()


def configuration(folder: Path, ports: Mapping[str, int]) -> Path:
    """deploy/'s configuration with other ports and folders, as the file of a process of its own; nothing else is changed."""
    text = (DEPLOY / "bureau.conf").read_text(encoding="utf-8")
    changes = {
        "/var/cache/nginx/bureau": f"{folder}/cache",
        "/etc/ssl/bureau/report": f"{folder}/report",
        "/usr/share/bureau": str(DEPLOY),
        "report.example.go.kr": "localhost",
        "listen 80;": f"listen 127.0.0.1:{ports['80']};",
        "listen 443 ": f"listen 127.0.0.1:{ports['443']} ",
        "https://$host$": f"https://$host:{ports['443']}$",
        **{f"850{number}": str(ports[f"850{number}"]) for number in (1, 2, 3)},
    }
    for standing, wanted in changes.items():
        assert standing in text, f"deploy/nginx/bureau.conf no longer says {standing}"
        text = text.replace(standing, wanted)
    (folder / "bureau.conf").write_text(text, encoding="utf-8")
    file = folder / "nginx.conf"
    # Started by root, it would become nobody, who may not read a test's folder.
    user = "user root;" if os.geteuid() == 0 else ""
    file.write_text(AROUND.format(folder=folder, user=user), encoding="utf-8")
    return file


@contextlib.contextmanager
def serving(folder: Path, ports: Mapping[str, int]) -> Iterator[Proxy]:
    """nginx with deploy/'s configuration; ports by those of the configuration. Raises RuntimeError with its log."""
    certificate = self_signed(folder)
    file = configuration(folder, ports)
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([provide(), "-p", folder, "-c", file], stderr=log)
    try:
        deadline = time.monotonic() + server.START_SECONDS
        while not (folder / "pid").exists() or not (folder / "pid").read_text():
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"nginx did not come up. Its log:\n{(folder / 'log').read_text()}")
            time.sleep(0.05)
        origin, plain = f"https://localhost:{ports['443']}", f"http://localhost:{ports['80']}"
        yield Proxy(origin, plain, ssl.create_default_context(cafile=certificate), certificate)
    finally:
        server.end(process)


def self_signed(folder: Path) -> Path:
    """A certificate for localhost that lasts a day, with its key beside it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    (folder / "report.key").write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain))
    file = folder / "report.crt"
    file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return file


if __name__ == "__main__":
    try:
        print(f"nginx: {provide()}")
    except RuntimeError as error:
        sys.exit(str(error))
