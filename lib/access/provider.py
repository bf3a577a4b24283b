"""The identity provider: what Streamlit's secrets say of it, the way to its page, and what Streamlit's cookie tells.

Streamlit signs people in (st.login, OpenID Connect) and keeps the claims of the ID token in a signed cookie. A page
sees them as st.user; a request for a file sees the cookie, so it is read here by Streamlit's own functions. They are
no public interface: tests/access/test_sign_in.py goes through all of them against a provider.
"""

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from streamlit import auth_util
from streamlit.user_info import generate_login_redirect_url
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

CALLBACK = "/oauth2callback"
SHORTEST_SECRET = 32
NEEDED = ("client_id", "client_secret", "server_metadata_url")


def configured() -> bool:
    """Whether people sign in."""
    return bool(_section())


def names() -> list[str]:
    """The providers that people can choose from, as st.login knows them."""
    section = _section()
    named = [name for name, value in section.items() if isinstance(value, Mapping) and "client_id" in value]
    return (["default"] if "client_id" in section else []) + named


def faults() -> list[str]:
    """What of the configuration would not work, or would not be safe; empty where nobody signs in."""
    files = [Path(file) for file in st.get_option("secrets.files")]
    if any(file.exists() for file in files) and not st.secrets.load_if_toml_exists():
        return ["secrets.toml cannot be read as TOML"]
    section = _section()
    if not section:
        return []
    found = []
    if not auth_util.is_authlib_installed():
        found.append("Authlib is not installed")
    if len(str(section.get("cookie_secret", ""))) < SHORTEST_SECRET:
        found.append(f"[auth] cookie_secret is shorter than {SHORTEST_SECRET} characters")
    address = urlsplit(redirect_uri())
    if address.path.endswith(CALLBACK) is False or not address.hostname:
        found.append(f"[auth] redirect_uri is no absolute address that ends in {CALLBACK}")
    if not names():
        found.append("[auth] names no provider (client_id, client_secret, server_metadata_url)")
    for name in names():
        part = section if name == "default" else section[name]
        missing = [entry for entry in NEEDED if not part.get(entry)]
        if missing:
            found.append(f"[auth] {name}: {', '.join(missing)} missing")
    return found


@functools.cache
def redirect_uri() -> str:
    """Where the provider sends people back to; empty where nobody signs in. As it stood at the start."""
    return auth_util.get_redirect_uri(auth_util.get_secrets_auth_section()) or ""


@functools.cache
def secret() -> str:
    """The secret that signs the cookies. As it stood at the start."""
    return str(auth_util.get_signing_secret())


def start(name: str) -> str:
    """The address that begins signing in, good for two minutes. A KeyError names a provider that there is not."""
    if name not in names():
        raise KeyError(name)
    return generate_login_redirect_url(name)


def claims(cookies: Mapping[str, str]) -> dict[str, Any] | None:
    """What the cookie tells of who signed in; None where it is missing, not ours, or of another address."""
    parts = tuple((name, value) for name, value in cookies.items() if name.startswith(USER_COOKIE_NAME))
    return _claims(parts, secret(), _origin(redirect_uri())) if parts else None


@functools.lru_cache(maxsize=2000)
def _claims(parts: tuple[tuple[str, str], ...], secret: str, origin: str) -> dict[str, Any] | None:
    cookies = dict(parts)

    def signed(name: str) -> bytes | None:
        value = cookies.get(name)
        return decode_signed_value(secret, name, value.encode("latin-1")) if value else None

    text = auth_util.get_cookie_with_chunks(signed, USER_COOKIE_NAME)
    found = json.loads(text) if text else None
    if not isinstance(found, dict) or not found.get("is_logged_in") or found.get("origin") != origin:
        return None
    return found


def _section() -> Mapping[str, Any]:
    return auth_util.get_secrets_auth_section()


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
