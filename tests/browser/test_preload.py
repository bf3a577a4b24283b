"""What a page shows first is asked for before the server has answered, and not after."""

import pytest
from playwright.sync_api import Browser

from lib import menu
from tests.browser import server, visit

FIRST_MESSAGE = """
window.firstMessage = 0;
const Socket = window.WebSocket;
window.WebSocket = class extends Socket {
  constructor(...values) {
    super(...values);
    this.addEventListener("message", () => { window.firstMessage ||= performance.now(); });
  }
};
"""
LATE = """() => performance.getEntriesByType("resource")
  .filter((file) => file.startTime > firstMessage && /[.](js|css)$/.test(file.name))
  .map((file) => file.name.split("/").pop())"""
# deck.gl asks for it once it knows what the browser can do.
LATE_BY_ITSELF = "webgl-device."


@pytest.mark.parametrize("path", menu.paths(), ids=lambda path: path or "overview")
def test_scripts_of_the_first_view_come_early(
    chromium_browser: Browser, app: server.Server, path: str
) -> None:
    """A script that another version of Streamlit names otherwise, or a new kind of element on a page: the page
    would be drawn, and a round of asking later than need be.
    """
    with visit.visitor(chromium_browser) as visitor:
        visitor.add_init_script(FIRST_MESSAGE)
        page = visitor.new_page()
        visit.opened(page, f"{app.origin}/{path}")
        late = [name for name in page.evaluate(LATE) if not name.startswith(LATE_BY_ITSELF)]
    assert late == [], "name them in lib/preload.py"
