"""Who can reach the server, and what that asks for: nothing on loopback, sign-in or an explicit word elsewhere."""

import ipaddress
import os
import socket
from collections.abc import Iterable
from enum import Enum
from urllib.parse import urlsplit

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")
FORWARDED = (b"forwarded", b"x-forwarded-for", b"x-real-ip")
TRUST = "BUREAU_TRUSTED_NETWORK"


class Mode(Enum):
    """How people come in."""

    ALONE = "alone"
    """Nobody but who sits at this machine."""
    TRUSTED = "trusted"
    """Whoever is on the network."""
    SIGN_IN = "sign-in"
    """Whoever the identity provider vouches for."""


class RefusedError(Exception):
    """The server would be open to people whom nobody has asked who they are; the text is the address, empty for all."""


def mode(address: str | None, signs_in: bool) -> Mode:
    """How people come in to a server that listens on an address. Raises RefusedError.

    An empty address means every interface, as Streamlit takes it.
    """
    if signs_in:
        return Mode.SIGN_IN
    if trusted():
        return Mode.TRUSTED
    if is_loopback(address):
        return Mode.ALONE
    raise RefusedError(address or "")


def trusted() -> bool:
    """Whether somebody has said that the network may be trusted without sign-in."""
    return os.environ.get(TRUST, "") == "1"


def is_loopback(address: str | None) -> bool:
    """Whether nobody outside of this machine can reach an address; a name counts if all it stands for does."""
    if not address or not address.strip():
        return False
    try:
        number = ipaddress.ip_address(address.strip("[]"))
    except ValueError:
        try:
            found = {entry[4][0] for entry in socket.getaddrinfo(address, None)}
        except (OSError, UnicodeError):
            return False
        return bool(found) and all(is_loopback(str(one).partition("%")[0]) for one in found)
    mapped = getattr(number, "ipv4_mapped", None)
    return bool((mapped or number).is_loopback)


def from_outside(server: tuple[str, int | None] | None, headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Whether a request came in by an address others can reach, or through a proxy that may stand before others.

    A server that is started by another command than ours may listen where the settings do not say.
    """
    if server and not is_loopback(server[0]):
        return True
    return any(name in FORWARDED for name, _ in headers)


def host_allowed(host: str, allowed: Iterable[str]) -> bool:
    """Whether a Host header names one of the hosts (*.example.go.kr: any below it), so that no other site's name leads here."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    name = name.lower().rstrip(".")
    return any(
        pattern == "*"
        or name == pattern.lower()
        or (pattern.startswith("*.") and name.endswith(pattern[1:].lower()))
        for pattern in allowed
    )


def origin_allowed(origin: str, host: str, allowed: Iterable[str]) -> bool:
    """Whether a page of this origin may talk to this host: its own, or one that the settings name."""
    return urlsplit(origin).netloc == host or origin.rstrip("/") in {one.rstrip("/") for one in allowed}
