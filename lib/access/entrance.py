"""In and out: our page before Streamlit's sign-in, what happens when the provider sends somebody back, and the way out.

/sign-in          the page that asks to sign in, with the link that was wanted
/sign-in/start    on to the provider
/oauth2callback   back from the provider: Streamlit sets its cookie, and the sign-in is entered in the register
/auth/logout      out: the register drops the sign-in, then Streamlit deletes the cookie and tells the provider
/session          how many seconds are left (GET), or somebody goes on (POST)
"""

from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lib.access import audit, identity, notice, provider, settings, sign_ins, startup, told

PATHS = ("/sign-in", "/sign-in/start", provider.CALLBACK, "/auth/logout", "/session")
WANTED_COOKIE = "bureau_wanted"
WANTED_SECONDS = 600
LONGEST_WANTED = 3000
WARNING_SECONDS = 120
STREAMLITS = "_streamlit_"


def ask(wanted: str) -> Response:
    """On to the page that asks to sign in; it leads to the wanted address of this server afterwards."""
    return RedirectResponse(f"{startup.base()}/sign-in?to={quote(wanted, safe='')}", status_code=303)


async def pass_through(path: str, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one of PATHS; `app` is Streamlit, which has the last two thirds of it."""
    request = Request(scope, receive)
    if path == provider.CALLBACK:
        await _Arrival(request, send).through(app, receive)
    elif path == "/auth/logout":
        claims = provider.claims(request.cookies)
        if claims:
            leave(identity.sign_in(claims), identity.account(claims, provider.secret()))
        await app(scope, receive, careful(send))
    else:
        answers = {"/sign-in": _page, "/sign-in/start": _start, "/session": _session}
        await answers[path](request)(scope, receive, send)


def leave(sign_in: str, account: str) -> None:
    """End a sign-in that still stands, and note it."""
    if sign_ins.end(sign_in):
        audit.record("sign_out", account)
    told.forget(sign_in)


def inside(wanted: str) -> str:
    """The address if it lies on this server, else the start page: no link may send people elsewhere."""
    parts = urlsplit(wanted)
    plain = wanted.isascii() and wanted.isprintable() and "\\" not in wanted
    here = wanted.startswith("/") and not wanted.startswith("//") and not parts.scheme and not parts.netloc
    if not plain or not here or parts.path.startswith(f"{startup.base()}/sign-in"):
        return f"{startup.base()}/"
    return wanted if len(wanted) <= LONGEST_WANTED else parts.path


def careful(send: Send) -> Send:
    """Streamlit's cookies as short-lived as a sign-in, and over TLS only where people come by TLS."""
    secure = provider.redirect_uri().startswith("https:")
    lifetime = f"Max-Age={int(settings.current().absolute)}"

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [
                (name, _careful(value.decode("latin-1"), lifetime, secure).encode("latin-1"))
                if name.lower() == b"set-cookie"
                else (name, value)
                for name, value in message["headers"]
            ]
        await send(message)

    return sent


def _careful(cookie: str, lifetime: str, secure: bool) -> str:
    if not cookie.startswith(STREAMLITS):
        return cookie
    parts = [
        lifetime if part.lower().startswith("max-age=") and part.lower() != "max-age=0" else part
        for part in cookie.split("; ")
    ]
    if secure and "secure" not in (part.lower() for part in parts):
        parts.append("Secure")
    return "; ".join(parts)


def _page(request: Request) -> Response:
    claims = provider.claims(request.cookies)
    wanted = inside(request.query_params.get("to", "/"))
    if claims and sign_ins.lasts(identity.sign_in(claims)):
        return RedirectResponse(wanted, status_code=303)
    return notice.sign_in(provider.names(), wanted, over=claims is not None)


def _start(request: Request) -> Response:
    try:
        there = provider.start(request.query_params.get("provider", "default"))
    except KeyError:
        return notice.not_this_way("없는 로그인 방법입니다.", 404)
    answer = RedirectResponse(there, status_code=303)
    answer.set_cookie(
        WANTED_COOKIE,
        quote(inside(request.query_params.get("to", "/")), safe=""),
        max_age=WANTED_SECONDS,
        path=startup.base() or "/",
        secure=provider.redirect_uri().startswith("https:"),
        httponly=True,
        samesite="lax",
    )
    return answer


def _session(request: Request) -> Response:
    """Seconds left, when to warn, and whether going on would put the end off."""
    claims = provider.claims(request.cookies)
    sign_in = identity.sign_in(claims) if claims else audit.NOBODY
    if request.method == "POST":
        sign_ins.lasts(sign_in, use=True)
    left = sign_ins.left(sign_in)
    warning = min(WARNING_SECONDS, settings.current().idle / 4)
    told = {"seconds": left.seconds, "warning": warning, "fixed": left.absolute <= left.idle}
    return JSONResponse(told, status_code=200 if left.seconds else 401)


class _Arrival:
    """Somebody whom the provider sends back: Streamlit's answer, held until it is known whether they may come in."""

    def __init__(self, request: Request, send: Send) -> None:
        self.request = request
        self.send = send
        self.start: Message = {}

    async def through(self, app: ASGIApp, receive: Receive) -> None:
        await app(self.request.scope, receive, self._held)

    async def _held(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.start = message
        elif not message.get("more_body"):
            await self._answer()

    async def _answer(self) -> None:
        claims = provider.claims(_set(self.start))
        if claims is None:
            if "state" in self.request.query_params:
                audit.record("refusal", audit.NOBODY, what="sign_in")
            await self._forward()
            return
        person = identity.person(claims, provider.secret())
        if person is None:
            audit.record("refusal", identity.account(claims, provider.secret()), what="unknown_person")
            await notice.unknown_person()(self.request.scope, self.request.receive, self.send)
            return
        try:
            sign_ins.begin(person.sign_in)
        except OSError:
            answer = notice.not_this_way(
                "로그인을 기록할 수 없습니다. 담당자에게 알려 주십시오(디스크 확인).", 503
            )
            await answer(self.request.scope, self.request.receive, self.send)
            raise
        audit.record("sign_in", person.account, roles=",".join(sorted(person.roles)))
        wanted = inside(unquote(self.request.cookies.get(WANTED_COOKIE, "/")))
        await self._forward(wanted)

    async def _forward(self, wanted: str = "") -> None:
        """Streamlit's answer; on to the wanted address if there is one."""
        headers = [
            (name, value)
            for name, value in self.start["headers"]
            if not wanted or name.lower() != b"location"
        ]
        if wanted:
            gone = f"{WANTED_COOKIE}=; Max-Age=0; Path={startup.base() or '/'}; HttpOnly; SameSite=Lax"
            headers += [(b"location", wanted.encode("ascii")), (b"set-cookie", gone.encode())]
        self.start["headers"] = headers
        send = careful(self.send)
        await send(self.start)
        await send({"type": "http.response.body", "body": b""})


def _set(start: Mapping[str, Any]) -> dict[str, str]:
    """The cookies that an answer sets."""
    found: SimpleCookie = SimpleCookie()
    for name, value in start["headers"]:
        if name.lower() == b"set-cookie":
            try:
                found.load(value.decode("latin-1"))
            except CookieError:
                continue
    return {name: cookie.value for name, cookie in found.items() if cookie.value}
