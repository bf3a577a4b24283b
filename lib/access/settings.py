"""What the bureau decides about access: .streamlit/access.toml (an example lies beside it), or BUREAU_ACCESS.

The file is read again when it changes, so a role that is taken away is gone with the next click. While a changed
file cannot be read, the last one that could stays in force and the log says so.
"""

import logging
import os
import tomllib
from pathlib import Path
from typing import Any, Literal, NamedTuple

from lib.access import roles

ROOT = Path(__file__).resolve().parents[2]
Unknown = Literal["viewer", "refused"]

logger = logging.getLogger(__name__)


class SettingsError(ValueError):
    """The file says something that cannot be meant; the text names the entry."""


class Settings(NamedTuple):
    """Times in seconds; claims by name, the parts of a nested one joined by dots."""

    idle: float = 30 * 60
    absolute: float = 10 * 3600
    role_claim: str = "roles"
    role_names: tuple[tuple[str, roles.Role], ...] = ()
    """What the provider calls a role, and which role that is."""
    account_claim: str = "sub"
    people: tuple[tuple[roles.Role, frozenset[str]], ...] = ()
    unknown: Unknown = "viewer"
    trusted_roles: frozenset[roles.Role] = roles.ALL - {"editor"}
    """What everyone may do on a trusted network without sign-in."""
    audit_account: str = "pseudonym"
    """pseudonym, or the claim that stands in the audit log."""
    audit_file_names: bool = True


_known: tuple[tuple[str, int] | None, Settings] = (None, Settings())


_DEFAULT = str(ROOT / ".streamlit" / "access.toml")


def path() -> str:
    """Where the file is looked for."""
    return os.environ.get("BUREAU_ACCESS") or _DEFAULT


def current() -> Settings:
    """The settings in force; those of an empty file where there is none. Raises SettingsError only before any was read."""
    global _known
    file = path()
    stamp = _stamp(file)
    if stamp != _known[0]:
        try:
            _known = (stamp, read(Path(file).read_text("utf-8")) if stamp else Settings())
        except (OSError, ValueError) as fault:
            if _known[0] is None:
                raise SettingsError(f"access.toml: {fault}") from fault
            logger.error("access.toml cannot be used, the earlier settings stay in force: %s", fault)
            _known = (stamp, _known[1])
    return _known[1]


def read(text: str) -> Settings:
    """The settings of a file's text. Raises SettingsError, or a TOML error, where it cannot be meant."""
    tables = tomllib.loads(text)
    sections = {"session": {"idle_minutes", "absolute_hours"}, "network": {"trusted_roles"}}
    sections["roles"] = {"claim", "names", "account", "people", "unknown"}
    sections["audit"] = {"account", "file_names"}
    for section, entries in tables.items():
        strange = set(entries) - sections[section] if section in sections else {""}
        if strange:
            raise SettingsError(f"unknown entry: {section}.{min(strange)}".rstrip("."))
    session, given, network, audit = (
        tables.get(name, {}) for name in ("session", "roles", "network", "audit")
    )
    plain = Settings()
    people = {
        _role(name, "roles.people"): frozenset(accounts) for name, accounts in given.get("people", {}).items()
    }
    names = {name: _role(role, "roles.names") for name, role in given.get("names", {}).items()}
    if (unknown := given.get("unknown", plain.unknown)) not in ("viewer", "refused"):
        raise SettingsError("roles.unknown is neither viewer nor refused")
    return Settings(
        idle=_positive(session, "idle_minutes", plain.idle / 60) * 60,
        absolute=_positive(session, "absolute_hours", plain.absolute / 3600) * 3600,
        role_claim=str(given.get("claim", plain.role_claim)),
        role_names=tuple(names.items()),
        account_claim=str(given.get("account", plain.account_claim)),
        people=tuple(people.items()),
        unknown=unknown,
        trusted_roles=frozenset(
            _role(role, "network.trusted_roles") for role in network.get("trusted_roles", plain.trusted_roles)
        ),
        audit_account=str(audit.get("account", plain.audit_account)),
        audit_file_names=bool(audit.get("file_names", plain.audit_file_names)),
    )


def _stamp(file: str) -> tuple[str, int] | None:
    try:
        return file, os.stat(file).st_mtime_ns
    except FileNotFoundError:
        return None


def _role(name: str, entry: str) -> roles.Role:
    for role in roles.ROLES:
        if role == name:
            return role
    raise SettingsError(f"{entry} names no role: {name}")


def _positive(table: dict[str, Any], entry: str, default: float) -> float:
    value = table.get(entry, default)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < 10_000:
        raise SettingsError(f"session.{entry} is no number between 0 and 10000")
    return float(value)
