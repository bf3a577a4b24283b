"""The person behind a sign-in: from the claims of the provider and the bureau's settings to roles."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from lib.access import roles, settings

PSEUDONYM_LENGTH = 16


class Person(NamedTuple):
    """Somebody who may come in."""

    sign_in: str
    """Which sign-in this is; another one of the same person has another. Empty where nobody signs in."""
    account: str
    """As the audit log has it."""
    name: str
    """As the screen has it; nowhere else."""
    roles: frozenset[roles.Role]


ALONE = Person("", "local", "", roles.ALL)
"""Whoever sits at the machine that serves only itself."""


def of_network() -> Person:
    """Anybody on a network that is trusted without sign-in."""
    return Person("", "network", "", settings.current().trusted_roles)


def person(claims: Mapping[str, Any], key: str) -> Person | None:
    """Who the claims of an ID token tell of; None where the bureau lets nobody in whom it does not know.

    key: the secret that pseudonyms are made with.
    """
    held = _roles(claims)
    if not held and settings.current().unknown == "refused":
        return None
    return Person(
        sign_in=sign_in(claims),
        account=account(claims, key),
        name=str(claims.get("name") or claims.get("preferred_username") or "이름 없음")[:60],
        roles=held | {"viewer"},
    )


def sign_in(claims: Mapping[str, Any]) -> str:
    """One sign-in: the provider, its subject, and the nonce and second that no other sign-in shares."""
    parts = [claims.get(name) for name in ("iss", "sub", "nonce", "iat")]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:40]


def account(claims: Mapping[str, Any], key: str) -> str:
    """The account as the audit log has it."""
    wanted = settings.current().audit_account
    if wanted != "pseudonym":
        return str(_claim(claims, wanted) or "?")
    return pseudonym(str(claims.get("iss")), str(claims.get("sub")), key)


def pseudonym(issuer: str, subject: str, key: str) -> str:
    """The same for all sign-ins of an account, and no way back without the secret."""
    text = json.dumps([issuer, subject]).encode()
    return hmac.digest(f"audit {key}".encode(), text, "sha256").hex()[:PSEUDONYM_LENGTH]


def _roles(claims: Mapping[str, Any]) -> frozenset[roles.Role]:
    """The union of what the provider says and what the file says."""
    current = settings.current()
    names = dict(current.role_names)
    told = roles.named(names.get(text, text) for text in _texts(_claim(claims, current.role_claim)))
    own = _account_claim(claims, current.account_claim)
    return told | {role for role, accounts in current.people if own and own in accounts}


def _account_claim(claims: Mapping[str, Any], name: str) -> str:
    """What the file knows a person by; an e-mail address that the provider has not verified is nobody's."""
    if name == "email" and claims.get("email_verified") is not True:
        return ""
    value = _claim(claims, name)
    return value if isinstance(value, str) else ""


def _claim(claims: Mapping[str, Any], name: str) -> Any:
    """A claim, or a part of one: realm_access.roles. A claim whose own name has dots comes first."""
    if name in claims:
        return claims[name]
    found: Any = claims
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        return value.split()
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []
