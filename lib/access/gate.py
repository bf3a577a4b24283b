"""The gate before everything that is served: only by ways that were opened, and only for people who are signed in.

It stands before Streamlit (ASGI middleware), so that nobody who is not signed in reaches a page's code, a file or
the WebSocket. What a page shows to whom is the frame's part; which role may do what says lib/access/roles.py.
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from lib import menu
from lib.access import audit, entrance, identity, network, notice, provider, roles, sign_ins, startup, told

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
POLICY_VIOLATION = 1008
# Without sign-in: the program's own code and styles, whether it is alive, and the way to sign in. No figures.
OPEN = {
    "/healthz",
    "/_stcore/health",
    "/_stcore/host-config",
    "/page.js",
    "/session.js",
    "/print.css",
    "/access.css",
    "/favicon.png",
    "/manifest.json",
    "/auth/login",
}
OPEN_FOLDER = "/static/"
# How busy the server is and a way in for programs: for nobody where people sign in.
CLOSED = ("/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent/")
UPLOAD = "/_stcore/upload_file/"
MEDIA = "/media/"

logger = logging.getLogger(__name__)


class Gate:
    """Lets a request through, with `scope["person"]`, or answers it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            return await self.app(scope, receive, send)
        answer = _wrong_way(scope)
        if answer is None and startup.mode() is network.Mode.SIGN_IN:
            return await self._signed(scope, receive, send)
        if answer is not None:
            return await _answered(answer, scope, receive, send)
        alone = startup.mode() is network.Mode.ALONE
        scope["person"] = identity.ALONE if alone else identity.of_network()
        return await self.app(scope, receive, send)

    async def _signed(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = path_of(scope)
        if scope["type"] == "http":
            if path in OPEN or path.startswith(OPEN_FOLDER):
                return await self.app(scope, receive, entrance.careful(send))
            if path.startswith(CLOSED):
                return await _answered(Response(status_code=404), scope, receive, send)
            if path in entrance.PATHS:
                return await entrance.pass_through(path, self.app, scope, receive, send)
        person = signed_in(HTTPConnection(scope))
        if person is None:
            return await _answered(_not_signed_in(scope), scope, receive, send)
        scope["person"] = person
        if scope["type"] == "websocket":
            return await self.app(scope, *_watched(person, receive, send))
        answer = _not_permitted(person, path, scope["method"])
        if answer is not None:
            return await _answered(answer, scope, receive, send)
        return await self.app(scope, receive, entrance.careful(send))


def signed_in(connection: HTTPConnection) -> identity.Person | None:
    """Whose sign-in the cookies of a request carry; None where there is none, or where it is over."""
    claims = provider.claims(connection.cookies)
    if claims is None or not sign_ins.lasts(identity.sign_in(claims)):
        return None
    return identity.person(claims, provider.secret())


def for_role(role: roles.Role, endpoint: Callable[[Request], Response]) -> Callable[[Request], Response]:
    """The endpoint for people with a role only; all others get a page that says so."""

    @wraps(endpoint)
    def guarded(request: Request) -> Response:
        person: identity.Person = request.scope["person"]
        if role not in person.roles:
            audit.record("refusal", person.account, what=endpoint.__name__, needs=role)
            return notice.no_right("발표 화면" if endpoint.__name__ == "slides" else endpoint.__name__)
        return endpoint(request)

    return guarded


def path_of(scope: Scope) -> str:
    """The path below server.baseUrlPath."""
    path: str = scope["path"]
    return path.removeprefix(startup.base()) or "/"


def _wrong_way(scope: Scope) -> Response | None:
    """The answer to a request that came by another host name, from another site, or past loopback; else None."""
    headers = dict(scope["headers"])
    host = headers.get(b"host", b"").decode("latin-1")
    if not network.host_allowed(host, startup.hosts()):
        return notice.not_this_way(
            "이 주소로는 접속할 수 없습니다. 담당자가 알려 준 주소로 접속하십시오.", 400
        )
    origin = headers.get(b"origin", b"").decode("latin-1")
    acts = scope["type"] == "websocket" or scope["method"] not in SAFE_METHODS
    if acts and origin and not network.origin_allowed(origin, host, startup.origins()):
        logger.warning("refused a request of another site")
        return notice.not_this_way("다른 사이트에서 보낸 요청은 받지 않습니다.", 403)
    if startup.mode() is network.Mode.ALONE and network.from_outside(scope.get("server"), scope["headers"]):
        logger.error("refused a request from outside: no sign-in is configured (docs/security.md)")
        return notice.not_this_way(
            "로그인 설정이 없는 서버여서 이 컴퓨터 밖에서는 접속할 수 없습니다. 담당자에게 문의하십시오.", 403
        )
    return None


def _not_signed_in(scope: Scope) -> Response:
    connection = HTTPConnection(scope)
    page = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
    if page and "text/html" in connection.headers.get("accept", ""):
        query = scope["query_string"].decode("latin-1")
        wanted = quote(scope["path"]) + (f"?{query}" if query else "")
        return entrance.ask(wanted)
    return JSONResponse({"reason": "로그인이 필요합니다."}, status_code=401)


def _not_permitted(person: identity.Person, path: str, method: str) -> Response | None:
    """The answer to somebody who is signed in but may not have this; None where they may."""
    if path.startswith(UPLOAD):
        if not told.knows(person.sign_in, path):
            return Response(status_code=404)
        if method == "PUT" and not roles.hands_in(person.roles):
            audit.record("refusal", person.account, what="upload")
            return JSONResponse({"reason": "파일을 올릴 권한이 없습니다."}, status_code=403)
        return None
    if path.startswith(MEDIA):
        return None if told.knows(person.sign_in, path) else Response(status_code=404)
    page = path.strip("/ \n")
    if page in roles.PAGES and not roles.opens(person.roles, page):
        audit.record("refusal", person.account, what="page", page=page)
        title = next((entry.title for entry in menu.PAGES if entry.path == page), page)
        return notice.no_right(title)
    return None


def _watched(person: identity.Person, receive: Receive, send: Send) -> tuple[Receive, Send]:
    """The two ways of a WebSocket, closed with the first message after the sign-in is over."""

    async def incoming() -> Message:
        message = await receive()
        if message["type"] == "websocket.receive" and not sign_ins.lasts(person.sign_in, use=True):
            told.forget(person.sign_in)
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
            return {"type": "websocket.disconnect", "code": POLICY_VIOLATION}
        return message

    async def outgoing(message: Message) -> None:
        if data := message.get("bytes"):
            told.note(person.sign_in, data)
        await send(message)

    return incoming, outgoing


async def _answered(answer: Any, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        answer = WebSocketClose(code=POLICY_VIOLATION)
    await answer(scope, receive, send)
