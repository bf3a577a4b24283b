"""Sign-in against a real provider: who comes in, where they land, when it ends, and what is written down."""

import time

import httpx2
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.access import visitor
from tests.access.conftest import SignedServer


def test_nobody_comes_in_without_signing_in(signed: SignedServer) -> None:
    """Figures, files or the program's inside for whoever knows the address."""
    with httpx2.Client(base_url=signed.origin) as stranger:
        page = stranger.get("/budget-execution?unit=천원", headers=visitor.HTML)
        assert page.status_code == 303 and page.headers["location"].startswith(
            "/sign-in?to=%2Fbudget-execution"
        )
        assert "로그인하십시오" in stranger.get(page.headers["location"]).text
        for path in (
            "/slides",
            "/media/abc.csv",
            "/_stcore/upload_file/a/b",
            "/slides%0A",
            "/anything",
            "/session",
        ):
            assert stranger.get(path).status_code == 401, path
        for path in ("/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/script-health-check"):
            assert stranger.get(path).status_code == 404, path
        for path in ("/healthz", "/_stcore/health", "/page.js"):
            assert stranger.get(path).status_code == 200, path
        with pytest.raises(InvalidStatus), visitor.visit(stranger):
            pass


def test_signing_in_leads_to_the_link_that_was_wanted(signed: SignedServer) -> None:
    """A shared link that forgets what it was for, once somebody has signed in."""
    wanted = "/budget-execution?unit=%EC%B2%9C%EC%9B%90"
    with visitor.person(signed.origin, "reader-1", wanted) as client:
        assert str(client.landed.url) == signed.origin + wanted
        assert client.landed.status_code == 200
        with visitor.visit(client) as visit:
            assert "이열람" in visitor.text(visit.run())


@pytest.mark.parametrize(
    "to", ["//example.com/", "https://example.com/", "/\\example.com", "javascript:alert(1)", ""]
)
def test_no_link_leads_elsewhere_through_sign_in(signed: SignedServer, to: str) -> None:
    """A link to the bureau's own sign-in that ends at somebody else's page."""
    with visitor.person(signed.origin, "reader-1", to) as client:
        assert str(client.landed.url) == f"{signed.origin}/"


def test_a_forged_or_foreign_cookie_opens_nothing(signed: SignedServer) -> None:
    """A cookie that somebody has written, or has kept from before the register knew of it."""
    with visitor.person(signed.origin, "reader-1") as client:
        real = client.cookies.get("_streamlit_user")
        assert real
    for cookie in ("x", real[:-3] + "AAA", f"{real}x", "chunks-2"):
        answer = httpx2.get(f"{signed.origin}/session", headers={"cookie": f"_streamlit_user={cookie}"})
        assert answer.status_code == 401
    for file in (signed.folder / "sign-ins").iterdir():
        file.unlink()
    assert (
        httpx2.get(f"{signed.origin}/session", headers={"cookie": f"_streamlit_user={real}"}).status_code
        == 401
    )


def test_signing_out_ends_it_for_every_copy_of_the_cookie(signed: SignedServer) -> None:
    """A cookie that was copied, or an open visit in another window, goes on after the person has left."""
    with visitor.person(signed.origin, "reader-1") as client:
        copied = {"cookie": "; ".join(f"{cookie.name}={cookie.value}" for cookie in client.cookies.jar)}
        with visitor.visit(client) as visit:
            visit.run()
            left = client.get("/auth/logout")
            assert "로그인하십시오" in left.text  # by way of the provider's end of session
            with pytest.raises(ConnectionClosed):
                visit.run()
        assert httpx2.get(f"{signed.origin}/session", headers=copied).status_code == 401
    ended = [line for line in signed.audited() if line["event"] == "sign_out"]
    assert ended and all(set(line) == {"time", "event", "account"} for line in ended)


def test_the_button_in_the_sidebar_ends_it(signed: SignedServer) -> None:
    """A button that only hides the page."""
    with visitor.person(signed.origin, "reader-1") as client, visitor.visit(client) as visit:
        drawn = [message.delta.new_element.button for message in visit.run() if message.HasField("delta")]
        [button] = [button for button in drawn if button.label == "로그아웃"]
        click = BackMsg()
        click.rerun_script.widget_states.widgets.add(id=button.id, trigger_value=True)
        messages = visit.send(click)
        assert [message.auth_redirect.url for message in messages if message.HasField("auth_redirect")] == [
            "/auth/logout"
        ]
        assert client.get("/session").status_code == 401


@pytest.mark.parametrize("limits", ["idle_minutes = 0.01", "absolute_hours = 0.0002"])
def test_a_sign_in_ends_by_itself(signed: SignedServer, limits: str) -> None:
    """A desk that was left stays open until the cookie's thirty days are over."""
    with visitor.person(signed.origin, "reader-1") as client, visitor.visit(client) as visit:
        visit.run()
        before = signed.access.read_text("utf-8")
        signed.access.write_text(f"[session]\n{limits}\n", "utf-8")
        try:
            time.sleep(1.2)
            with pytest.raises(ConnectionClosed):
                visit.run()
            assert client.get("/session").status_code == 401
            assert "로그인이 끝났습니다" in client.get("/").text
        finally:
            signed.access.write_text(before, "utf-8")
        assert client.get("/session").status_code == 401  # what is over stays over


def test_cookies_last_as_long_as_a_sign_in(signed: SignedServer) -> None:
    """A cookie of thirty days on a machine that many use."""
    with httpx2.Client(base_url=signed.origin, follow_redirects=True, headers=visitor.HTML) as client:
        choice = client.get("/sign-in/start")
        back = client.get(f"{choice.url}&be=reader-1", follow_redirects=False).headers["location"]
        set_cookies = client.get(back, follow_redirects=False).headers.get_list("set-cookie")
    identity = [cookie for cookie in set_cookies if cookie.startswith("_streamlit_user")]
    assert identity
    for cookie in identity:
        assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Max-Age=28800" in cookie


def test_the_audit_log_names_nobody(signed: SignedServer) -> None:
    """Names, subjects, links or figures in a log that administrators read."""
    with (
        visitor.person(signed.origin, "presenter-1", "/council-briefing?unit=1") as client,
        visitor.visit(client) as visit,
    ):
        visit.run("council-briefing")
    lines = signed.audited()
    assert {"sign_in"} <= {line["event"] for line in lines}
    written = "".join(
        file.read_text("utf-8") for file in signed.folder.glob("audit-*")
    ) + signed.log.read_text("utf-8")
    for told in ("presenter-1", "박보고", "reader-1", "이열람", "unit="):
        assert told not in written
    [file] = signed.folder.glob("audit-*.jsonl")
    assert file.stat().st_mode & 0o077 == 0
    accounts = {line["account"] for line in lines if line["event"] == "sign_in"}
    assert len(accounts) >= 2 and all(isinstance(account, str) and len(account) == 16 for account in accounts)
