"""What is chosen on a page runs the page alone; what the frame must notice, it notices all the same."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lib.intake import check, publish, standing
from tests.browser import server, visit
from tests.intake import drafts

BUDGET = "budget-execution?view=증감"


@pytest.fixture
def running(bureau: Path, tmp_path: Path) -> Iterator[server.Server]:
    """The app on a data folder of its own."""
    shutil.copytree(bureau, tmp_path / "data")
    with server.serving(server.APP, tmp_path / "log", tmp_path / "data") as serving:
        yield serving


def choose(page: Page, view: str) -> None:
    """Change the view by the page's own control."""
    page.locator(".st-key-view").get_by_text(view, exact=True).click()


def test_page_and_frame_follow_each_other(page: Page, running: server.Server) -> None:
    """Prevents that a page, run alone, leaves its choice out of the link, or that the frame's next run forgets it."""
    chosen = page.locator(".st-key-view [data-selected=true]")
    visit.opened(page, f"{running.origin}/budget-execution")
    before = page.inner_text("[data-testid=stMain]")
    visit.rerun(page, lambda: choose(page, "증감"))
    page.wait_for_url("**view=*")
    assert page.inner_text("[data-testid=stMain]") != before
    visit.rerun(page, lambda: page.get_by_test_id("stSidebar").get_by_text("천원", exact=True).click())
    page.wait_for_url("**unit=*")
    expect(chosen).to_have_text("증감")
    expect(page.get_by_text("(천원)").first).to_be_visible()


def test_an_edition_published_meanwhile_shows_with_the_next_choice(
    page: Page, running: server.Server
) -> None:
    """Prevents a page of the new edition in the frame of the old one."""
    folder = running.log.with_name("data")
    visit.opened(page, f"{running.origin}/{BUDGET}")
    draft = drafts.edition(standing.of(folder))
    publish.publish(draft, folder, "시험", "시험", accepted=drafts.accepted(check.verdict(draft, folder)))
    choose(page, "속도")
    expect(page.get_by_text("2023. 6. 30. 기준").first).to_be_visible()
    expect(page.get_by_text("2023. 3. 31. 기준")).to_have_count(0)


def test_a_database_that_goes_away_is_told_and_comes_back(page: Page, running: server.Server) -> None:
    """Prevents a trace in the page's place where the file goes while a page stands open."""
    database = running.log.with_name("data") / "bureau.duckdb"
    visit.opened(page, f"{running.origin}/{BUDGET}")
    away = database.rename(database.with_suffix(".away"))
    choose(page, "속도")
    expect(page.get_by_text("자료를 열 수 없습니다").first).to_be_visible()
    away.rename(database)
    expect(page.get_by_text("자료를 열 수 없습니다")).to_have_count(0)
    expect(page.get_by_test_id("stVegaLiteChart").first).to_be_visible()
    assert "Traceback" not in running.log.read_text()
