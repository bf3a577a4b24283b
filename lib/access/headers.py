"""The response headers that hold a browser to what the dashboard needs, and to this server.

Found by taking everything away and looking in Chromium what Streamlit, Vega and deck.gl then miss; the reason of
every exception stands beside it. tests/access/test_headers.py opens every page and fails on any complaint.
"""

import base64
import hashlib
import re
from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lib.access import network, provider, startup

POLICY: Mapping[str, str] = {
    "default-src": "'none'",
    # deck.gl compiles a WebAssembly module, which is no eval of text. Neither 'unsafe-eval' (Streamlit runs Vega by
    # its interpreter) nor 'unsafe-inline' is needed.
    "script-src": "'self' 'wasm-unsafe-eval'",
    # Streamlit writes its styles, those of a table and those of Vega's drawings into the page; they change with the
    # figures, so no hash fits.
    "style-src": "'self' 'unsafe-inline'",
    # The icon of the tab, icons of the table on a canvas, a test picture of deck.gl.
    "img-src": "'self' data:",
    # KaTeX's and the data grid's small fonts lie in the style sheet.
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
OTHERS: Mapping[str, str] = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "magnetometer=(), microphone=(), midi=(), payment=(), usb=(), browsing-topics=()",
}
YEAR = 31_536_000
_INLINE = {kind: re.compile(rf"<{kind}>(.*?)</{kind}>".encode(), re.DOTALL) for kind in ("script", "style")}


class Headers:
    """Sets the headers on every answer; an answer's own policy stays."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                _set(MutableHeaders(scope=message), scope["path"])
            await send(message)

        return await self.app(scope, receive, sent)


def policy(changes: Mapping[str, str] | None = None) -> str:
    """The Content-Security-Policy, with other values for some of its directives."""
    return "; ".join(f"{name} {value}" for name, value in {**POLICY, **(changes or {})}.items())


def own_page(page: bytes) -> str:
    """The policy of a page that carries its script and style inside: those, by their hashes, and nothing from anywhere."""
    allowed = {
        kind: " ".join(_hash(found) for found in pattern.findall(page)) or "'none'"
        for kind, pattern in _INLINE.items()
    }
    return policy(
        {
            "script-src": allowed["script"],
            "style-src": allowed["style"],
            # Vega writes fonts and colours of its drawings as attributes.
            "style-src-attr": "'unsafe-inline'",
            "img-src": "data:",
            "font-src": "'none'",
            "connect-src": "'none'",
        }
    )


def _set(headers: MutableHeaders, path: str) -> None:
    headers.setdefault("content-security-policy", policy())
    for name, value in OTHERS.items():
        headers.setdefault(name, value)
    if startup.mode() is network.Mode.SIGN_IN:
        if provider.redirect_uri().startswith("https:"):
            headers.setdefault("strict-transport-security", f"max-age={YEAR}")
        if "/static/" not in path:  # what one person has seen is not kept for the next at the same machine
            headers["cache-control"] = "no-store"


def _hash(content: bytes) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content).digest()).decode()}'"
