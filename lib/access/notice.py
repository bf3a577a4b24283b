"""The few pages that stand before the dashboard: sign in, no right to this, not by this way. No script in any."""

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from starlette.responses import HTMLResponse

from lib.access import startup

CONTACT = "권한이 필요하면 대시보드 담당자에게 문의하십시오."
BUTTONS = {"default": "행정 계정으로 로그인"}


def sign_in(providers: Sequence[str], to: str, over: bool) -> HTMLResponse:
    """Where to sign in, and with whom; `over`: there was a sign-in, and it has ended."""
    told = "로그인이 끝났습니다. 오래 쓰지 않았거나 로그아웃했습니다. " if over else ""
    links = "".join(
        f'<p><a class="button" href="{startup.base()}/sign-in/start?provider={quote(name)}&amp;to={quote(to, safe="")}">'
        f"{escape(BUTTONS.get(name, f'{name} 계정으로 로그인'))}</a></p>"
        for name in providers
    )
    return _page("로그인", f"<p>{told}행정국 업무보고를 보려면 로그인하십시오.</p>{links}", 200)


def unknown_person() -> HTMLResponse:
    """Signed in with the provider, but nobody whom the bureau lets in."""
    again = f'<p><a class="button" href="{startup.base()}/sign-in">다른 계정으로 로그인</a></p>'
    return _page(
        "들어올 수 없는 계정입니다",
        f"<p>이 계정에는 대시보드를 볼 권한이 없습니다. {CONTACT}</p>{again}",
        403,
    )


def no_right(title: str) -> HTMLResponse:
    """Signed in, but without the role that this page needs."""
    home = f'<p><a class="button" href="{startup.base()}/">처음 화면으로</a></p>'
    return _page(
        "볼 권한이 없습니다",
        f"<p>‘{escape(title)}’ 화면을 볼 권한이 없는 계정입니다. {CONTACT}</p>{home}",
        403,
    )


def not_this_way(reason: str, status: int) -> HTMLResponse:
    """The request came by a way that nobody has opened."""
    return _page("접속할 수 없습니다", f"<p>{escape(reason)}</p>", status)


def _page(title: str, body: str, status: int) -> HTMLResponse:
    return HTMLResponse(
        '<!DOCTYPE html>\n<html lang="ko">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)} · 행정국 업무보고</title>\n"
        f'<link rel="stylesheet" href="{startup.base()}/access.css">\n'
        f'<link rel="icon" href="{startup.base()}/favicon.png">\n</head>\n'
        f"<body>\n<main>\n<h1>{escape(title)}</h1>\n{body}\n</main>\n</body>\n</html>\n",
        status_code=status,
    )
