"""The response headers in Chromium: every page works under them, and what they forbid does not."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from lib import menu
from lib.access import headers
from tests.browser import server, visit

pytestmark = pytest.mark.browser
# Streamlit's script may take a complaint out of the console; the browser tells this listener of each.
LISTENER = """
window.refused = [];
addEventListener("securitypolicyviolation", (event) =>
  window.refused.push(`${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`));
"""


@pytest.fixture(scope="module")
def app(bureau: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[server.Server]:
    log = tmp_path_factory.mktemp("headers") / "log"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUREAU_LOG", str(log.parent / "log-folder"))
        with server.serving(server.APP, log, bureau) as running:
            yield running
    server.without_complaints(log)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with visit.browser() as launched:
        yield launched


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A window that notes what the policy refuses, and fails on any error in its console."""
    with visit.visitor(chromium) as visitor, visit.watched(visitor):
        visitor.add_init_script(LISTENER)
        yield visitor.new_page()


@pytest.mark.parametrize("entry", menu.PAGES, ids=lambda entry: entry.path or "overview")
def test_every_page_keeps_to_the_policy(page: Page, app: server.Server, entry: menu.Entry) -> None:
    """A page with a hole: a chart, a map, a dialog or a download that the policy stops without anybody noticing."""
    visit.opened(page, f"{app.origin}/{entry.path}")
    visit.rerun(page, page.get_by_role("button", name="용어").click)
    expect(page.get_by_role("dialog")).to_be_visible()
    assert page.evaluate("refused") == []


def test_a_download_comes_through(page: Page, app: server.Server) -> None:
    """A button that does nothing since files may not be fetched."""
    visit.opened(page, f"{app.origin}/org-chart")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV 내려받기").first.click()
    assert Path(download.value.path()).read_text("utf-8-sig").count("\n") > 5
    assert page.evaluate("refused") == []


def test_the_slides_keep_to_a_stricter_policy(page: Page, app: server.Server) -> None:
    """Slides whose own script does not run, or that run anybody's."""
    answer = page.goto(f"{app.origin}/slides?sections=organisation")
    assert answer
    told = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
    assert told["script-src"].startswith("'sha256-") and told["style-src"].startswith("'sha256-")
    assert not any("unsafe" in value for name, value in told.items() if name != "style-src-attr")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".place")).to_have_text("1 / 1")
    assert page.evaluate("refused") == []


FORBIDDEN = {
    "script-src": "document.head.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = 1'}))",
    "script-src-attr": "document.body.insertAdjacentHTML('beforeend', '<button onclick=\"ran = 1\" id=hostile>x</button>');"
    "document.getElementById('hostile').click()",
    "img-src": "new Image().src = 'http://127.0.0.1:9/x.png'",
    "connect-src": "fetch('http://127.0.0.1:9/').catch(() => 0)",
    "frame-src": "document.body.append(Object.assign(document.createElement('iframe'), {src: 'http://127.0.0.1:9/'}))",
    "form-action": "{const form = document.createElement('form'); form.action = 'http://127.0.0.1:9/';"
    "document.body.append(form); form.submit()}",
    "eval": "try { eval('window.ran = 1') } catch { }",
}


def test_what_no_page_needs_is_forbidden(chromium: Browser, app: server.Server) -> None:
    """A policy so wide that a smuggled script runs, or sends figures elsewhere."""
    with visit.visitor(chromium) as visitor:
        visitor.add_init_script(LISTENER)
        page = visitor.new_page()
        visit.opened(page, app.origin)
        for what, act in FORBIDDEN.items():
            page.evaluate("refused.length = 0")
            # After the evaluation, which stands above the policy itself.
            page.evaluate(f"setTimeout(() => {{ {act} }}, 0)")
            page.wait_for_function("() => refused.length > 0")
            wanted = "script-src" if what == "eval" else what
            assert any(line.startswith(wanted) for line in page.evaluate("refused")), what
        assert page.evaluate("window.ran") is None


def test_the_headers_are_on_every_answer(page: Page, app: server.Server) -> None:
    """A kind of answer that was forgotten."""
    for path in (
        "/",
        "/budget-execution",
        "/slides",
        "/healthz",
        "/_stcore/health",
        "/page.js",
        "/none.js",
        "/media/x",
    ):
        told = page.request.get(app.origin + path).headers
        assert {name: told.get(name) for name in headers.OTHERS} == dict(headers.OTHERS), path
        assert "default-src 'none'" in told["content-security-policy"], path
    refused = page.request.get(app.origin, headers={"host": "evil.example"})
    assert refused.status == 400 and "default-src 'none'" in refused.headers["content-security-policy"]


def test_the_policy_allows_no_text_to_become_code() -> None:
    """An exception that somebody adds in a hurry."""
    scripts = re.search(r"script-src ([^;]*)", headers.policy())
    assert scripts and scripts[1] == "'self' 'wasm-unsafe-eval'"
    assert "http" not in headers.policy() and "*" not in headers.policy()
