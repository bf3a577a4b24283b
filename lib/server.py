"""What the server adds around Streamlit: a health address, and the page's language."""

import logging
import re
import secrets

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lib import db

logger = logging.getLogger(__name__)


def health(request: Request) -> JSONResponse:
    """200 with the file that is served, or 503 with the reason."""
    try:
        db.pin()
    except db.Unavailable as fault:
        return JSONResponse({"status": "unavailable", "reason": str(fault)}, status_code=503)
    return JSONResponse({"status": "ok"})


def script_error(error: Exception) -> bool:
    """Tell the visitor in one sentence and keep the trace in the log, under one number."""
    from lib import ui

    number = secrets.token_hex(4)
    logger.error("incident %s", number, exc_info=error)
    ui.incident(number)
    return True


class KoreanPage:
    """Says that the page is Korean: Streamlit's HTML is fixed to English, which screen readers believe."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and "text/html" in Headers(scope=scope).get("accept", ""):
            # What is compressed could not be rewritten; the page is 4 kB.
            del MutableHeaders(scope=scope)["accept-encoding"]
            send = _rewriting(send)
        await self.app(scope, receive, send)


def _rewriting(send: Send) -> Send:
    """Holds back an HTML answer until it is whole, then sends it with its language and title changed."""
    start: Message | None = None
    body = bytearray()

    async def forward(message: Message) -> None:
        nonlocal start
        if message["type"] == "http.response.start" and _is_html(message):
            start = message
        elif start is None:
            await send(message)
        elif message["type"] == "http.response.body":
            body.extend(message.get("body", b""))
            if not message.get("more_body"):
                page = korean(bytes(body))
                MutableHeaders(scope=start)["content-length"] = str(len(page))
                await send(start)
                await send({"type": "http.response.body", "body": page})

    return forward


def _is_html(message: Message) -> bool:
    return Headers(raw=message["headers"]).get("content-type", "").startswith("text/html")


# Streamlit's front end looks for its server below the address that was opened first, and leaves a 404 in
# the console for every deep link. All addresses have one level: the server is beside the page.
SERVER_ADDRESS = (
    b'<head><script>window.__streamlit = {BACKEND_BASE_URL: new URL(".", location).href}</script>'
)


def korean(page: bytes) -> bytes:
    """The HTML with `lang="ko"`, the server's address, and the bureau's name until Streamlit sets a title."""
    page = page.replace(b"<head>", SERVER_ADDRESS, 1)
    page = re.sub(rb'<html lang="en"', b'<html lang="ko"', page, count=1)
    return re.sub(rb"<title>[^<]*</title>", "<title>행정국 업무보고</title>".encode(), page, count=1)
