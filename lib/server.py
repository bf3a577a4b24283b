"""What the server adds around Streamlit: a health address, and the language and script of the HTML."""

import datetime
import functools
import logging
import re
import secrets
from pathlib import Path
from typing import NamedTuple

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lib import preload
from lib.access import headers, incident, network, startup

STATIC = Path(__file__).resolve().parent.parent / "static"

HEAD = b'<head><script src="./page.js"></script><link rel="stylesheet" href="./print.css" media="print">'
SESSION = b'<script src="./session.js"></script>'
# For a service that takes pictures of pages; the policy of the response headers allows no script inside of the HTML.
INLINE_SCRIPT = re.compile(rb"<script>\s*window\.prerenderReady = false\s*</script>")
NO_SCRIPT = "<noscript>이 화면을 보려면 브라우저에서 자바스크립트(JavaScript)를 사용하도록 설정하여 주십시오.</noscript>".encode()

logger = logging.getLogger(__name__)


STARTED = datetime.datetime.now(datetime.UTC)


def health(request: Request) -> JSONResponse:
    """200 while there is a database to read, with its newest edition, when it was built and since when it is served.

    Else 503 with the reason. Times are in Korea's time.
    """
    from lib import db  # only now: Streamlit's cache wants the runtime that starts after this module is read
    from lib.queries import editions
    from lib.ui.visit import KOREA

    try:
        built = datetime.datetime.fromtimestamp(db.pin().modified // 10**9, KOREA)
        served = {
            "edition": editions.newest().isoformat(),
            "built": built.isoformat(),
            "since": max(built, STARTED.astimezone(KOREA)).isoformat(timespec="seconds"),
        }
    except db.Unavailable as fault:
        return JSONResponse({"status": "unavailable", "reason": str(fault)}, status_code=503)
    return JSONResponse({"status": "ok", **served})


def page_script(request: Request) -> FileResponse:
    """The script that every page reads first."""
    return FileResponse(STATIC / "page.js", media_type="text/javascript")


def session_script(request: Request) -> FileResponse:
    """The script that tells of the end of a sign-in."""
    return FileResponse(STATIC / "session.js", media_type="text/javascript")


def print_style(request: Request) -> FileResponse:
    """How pages look on paper."""
    return FileResponse(STATIC / "print.css", media_type="text/css")


def access_style(request: Request) -> FileResponse:
    """How the pages before sign-in look."""
    return FileResponse(STATIC / "access.css", media_type="text/css")


def slides(request: Request) -> HTMLResponse:
    """The slides of a link (lib/briefing/link.py), as one page; or one sentence that says why there are none."""
    from lib import db  # likewise
    from lib.briefing import font, html

    try:
        asked = tuple(request.query_params.items())
        page = _slides(db.pin(), asked, datetime.date.today())
        return HTMLResponse(page, headers={"content-security-policy": headers.own_page(page)})
    except (db.Unavailable, font.Unavailable) as fault:
        return HTMLResponse(html.sentence(str(fault)), status_code=503)
    except ValueError as fault:
        return HTMLResponse(html.sentence(str(fault)), status_code=400)


@functools.lru_cache(maxsize=8)
def _slides(database: NamedTuple, asked: tuple[tuple[str, str], ...], today: datetime.date) -> bytes:
    """The slides of a link, kept until the database file or the day is another."""
    from lib.briefing import compose, html, link

    settings, keys = link.read(dict(asked))
    return html.page(compose.briefing(settings, keys, today), "slides")


def script_error(error: Exception) -> bool:
    """Tell the visitor in one sentence and keep the trace in the log, under one number."""
    from lib import db, ui  # likewise

    if isinstance(error, db.Unavailable):
        logger.error("the database cannot be read: %s", error)
        ui.unavailable(str(error))
        return True
    number = secrets.token_hex(4)
    logger.error("incident %s\n%s", number, incident.trace(error))
    ui.incident(number)
    return True


class KoreanPage:
    """Rewrites Streamlit's HTML, which says that it is English, whatever its text."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and "text/html" in Headers(scope=scope).get("accept", ""):
            # Uncompressed and whole, whatever the browser holds: it is rewritten on the way.
            unwanted = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"}
            scope["headers"] = [(name, value) for name, value in scope["headers"] if name not in unwanted]
            send = _Answer(send, preload.links(scope["path"].strip("/"))).forward
        await self.app(scope, receive, send)


class _Answer:
    """Holds an HTML answer back until it is whole, then sends it rewritten; lets all else pass."""

    def __init__(self, send: Send, links: bytes) -> None:
        self.send = send
        self.links = links
        self.start: Message | None = None
        self.page = b""

    async def forward(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_html(message):
            self.start = message
        elif self.start is None:
            await self.send(message)
        else:
            self.page += message.get("body", b"")
            if not message.get("more_body"):
                await self._send_whole(self.start)

    async def _send_whole(self, start: Message) -> None:
        page = korean(self.page, self.links)
        changed = MutableHeaders(scope=start)
        changed["content-length"] = str(len(page))
        del changed["etag"], changed["last-modified"]  # those of the file, not of what we made of it
        await self.send(start)
        await self.send({"type": "http.response.body", "body": page})


def _is_html(message: Message) -> bool:
    return MutableHeaders(scope=message).get("content-type", "").startswith("text/html")


def korean(page: bytes, links: bytes = b"") -> bytes:
    """Streamlit's HTML in Korean, with our script before all others, the style of what is printed, and the bureau's name until a page sets its title.

    HTML that says itself that it is Korean is ours, and stays as it is.
    """
    if b'<html lang="ko"' in page:
        return page
    page = page.replace(b'<html lang="en"', b'<html lang="ko"', 1)
    signs_in = startup.mode() is network.Mode.SIGN_IN
    page = page.replace(b"<head>", HEAD + (SESSION if signs_in else b""), 1)
    # Last: the main script and what it imports come first.
    page = page.replace(b"</head>", links + b"</head>", 1)
    page = INLINE_SCRIPT.sub(b"", page, count=1)
    page = re.sub(rb"<noscript>.*?</noscript>", NO_SCRIPT, page, count=1, flags=re.DOTALL)
    return re.sub(rb"<title>[^<]*</title>", "<title>행정국 업무보고</title>".encode(), page, count=1)
