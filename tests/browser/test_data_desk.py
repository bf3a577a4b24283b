"""From a file to what everybody sees, as the keeper of the data does it: in Chromium, from the served app."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from lib import menu
from lib.intake import history
from tests.browser import server, visit
from tests.editions import made_up
from tests.intake import report_file

LONG = 60_000
"""Milliseconds that checking and publishing may take on a slow machine."""


@pytest.fixture
def running(spare: Path, tmp_path: Path) -> Iterator[server.Server]:
    """The app on a data folder that may be published into."""
    log = tmp_path / "log"
    with server.serving(server.APP, log, spare) as serving:
        yield serving
    server.without_complaints(log)


@pytest.fixture
def june_file(june_book: bytes, tmp_path: Path) -> Path:
    file = tmp_path / "6월 자료.xlsx"
    file.write_bytes(june_book)
    return file


@pytest.fixture
def june_report(with_june: Path, tmp_path: Path) -> Path:
    """The made-up June as a report in .hwpx."""
    facts = made_up.tables(with_june, made_up.JUNE)
    file = tmp_path / "6월 업무보고.hwpx"
    file.write_bytes(report_file.hwpx(report_file.report(facts, report_file.Layout(as_of=made_up.JUNE))))
    return file


def hand_in(page: Page, origin: str, *files: Path) -> None:
    visit.opened(page, f"{origin}/data-desk")
    page.locator("input[type=file]").set_input_files(files)
    expect(page.get_by_role("button", name="파일 읽기")).to_be_visible(timeout=LONG)
    visit.settle(page)
    page.get_by_role("button", name="파일 읽기").click()


def onward(page: Page, step: str) -> None:
    """Press the button that leads on, once nothing moves under it any more."""
    expect(page.get_by_role("button", name=f"다음: {step}")).to_be_visible(timeout=LONG)
    visit.settle(page)
    page.get_by_role("button", name=f"다음: {step}").click()


def sign(page: Page) -> None:
    """Fill the form in and press the button."""
    expect(page.get_by_label("이름", exact=True)).to_be_visible(timeout=LONG)
    visit.settle(page)
    page.get_by_label("이름", exact=True).fill("김자료")
    page.get_by_label("사유", exact=True).fill("6월 말 업무보고 반영")
    page.get_by_role("button", name="게시", exact=True).click()


def test_a_workbook_goes_in_and_every_page_shows_it(
    page: Page, chromium_browser: Browser, running: server.Server, june_file: Path
) -> None:
    """A step that does not lead on, a page that stays with the old report, or a visit that needs a restart."""
    with visit.visitor(chromium_browser) as somebody, visit.watched(somebody):
        other = somebody.new_page()
        visit.opened(other, running.origin)
        expect(other.locator(".cards dd").first).to_have_text("361명")

        hand_in(page, running.origin, june_file)
        onward(page, "검사")
        expect(page.get_by_text("검사를 마쳤습니다")).to_be_visible(timeout=LONG)
        onward(page, "견주기")
        expect(page.get_by_text("예산 2023. 6. 30. (2023. 3. 31. 대비)").first).to_be_visible()
        onward(page, "확인과 게시")
        sign(page)
        expect(page.get_by_text("게시하였습니다(이력 1번)")).to_be_visible(timeout=LONG)

        other.get_by_test_id("stSidebarNavLink").filter(has_text="조직·인력").click()
        expect(other.get_by_text("7과 1사업소 362명").first).to_be_visible()
        expect(other.get_by_text("2023. 6. 30. 기준").first).to_be_visible()

    for entry in menu.PAGES:
        visit.opened(page, f"{running.origin}/{entry.path}")
        expect(page.get_by_role("heading", level=1)).to_have_text([entry.title])
        expect(page.get_by_text("2023. 6. 30. 기준").first).to_be_visible()
        expect(page.get_by_text(f"보고서(2023. 6. 30. 기준): {made_up.REMARK}")).to_be_visible()
        expect(page.get_by_test_id("stException")).to_have_count(0)
        assert not (faults := visit.faults(page)), "\n".join([entry.title, *faults])


def test_a_report_in_hwpx_goes_in(page: Page, running: server.Server, june_report: Path, spare: Path) -> None:
    """A report that has to be typed again, or whose known differences have to be explained anew each quarter."""
    hand_in(page, running.origin, june_report)
    expect(page.get_by_text("문장에서 찾은 후보")).to_be_visible(timeout=LONG)
    visit.settle(page)
    assert not (faults := visit.faults(page)), "\n".join(faults)
    onward(page, "검사")
    expect(page.get_by_role("button", name="이전 판의 까닭을 빈칸")).to_be_visible(timeout=LONG)
    visit.settle(page)
    page.get_by_role("button", name="이전 판의 까닭을 빈칸").click()
    visit.settle(page)
    confirmations = page.get_by_test_id("stCheckbox").filter(has_text="확인하였습니다")
    for place in range(confirmations.count()):
        confirmations.nth(place).locator("label").click()
        visit.settle(page)
    expect(page.get_by_text("검사를 마쳤습니다")).to_be_visible(timeout=LONG)
    onward(page, "견주기")
    onward(page, "확인과 게시")
    sign(page)
    expect(page.get_by_text("게시하였습니다(이력 1번)")).to_be_visible(timeout=LONG)
    visit.opened(page, f"{running.origin}/org-chart")
    expect(page.get_by_text("7과 1사업소 362명").first).to_be_visible()
    assert [file.name for file in history.entries(spare)[0].files] == [june_report.name]


def test_whoever_closes_the_page_does_not_stop_the_publication(
    chromium_browser: Browser, running: server.Server, june_file: Path, page: Page
) -> None:
    """Half an edition, or none, because somebody closed the window too early."""
    with visit.visitor(chromium_browser) as hasty:
        window = hasty.new_page()
        hand_in(window, running.origin, june_file)
        onward(window, "검사")
        onward(window, "견주기")
        onward(window, "확인과 게시")
        sign(window)
        expect(window.get_by_text("이 화면을 닫아도")).to_be_visible(timeout=LONG)
    visit.opened(page, f"{running.origin}/data-desk")
    for _ in range(60):
        if page.get_by_text("김자료").count():
            break
        page.wait_for_timeout(1000)
        visit.opened(page, f"{running.origin}/data-desk")
    expect(page.get_by_text("2023. 6. 30. 기준").first).to_be_visible()


def test_hostile_files_get_one_sentence(
    page: Page, running: server.Server, tmp_path: Path, spare: Path
) -> None:
    """A file made to harm that brings the page down, or says more than what to do."""
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/hwp+zip")
        archive.writestr("Contents/section0.xml", b"0" * 300_000_000)
    for name, content in (("폭탄.hwpx", bomb.getvalue()), ("프로그램.xlsx", b"MZ" + bytes(1000))):
        file = tmp_path / name
        file.write_bytes(content)
        hand_in(page, running.origin, file)
        expect(page.get_by_test_id("stAlert")).to_have_count(1, timeout=LONG)
        expect(page.get_by_test_id("stAlert")).to_contain_text(name)
        expect(page.get_by_test_id("stException")).to_have_count(0)
        expect(page.get_by_text("파일에서 읽은 표")).to_have_count(0)
    assert not history.entries(spare)


def test_the_template_comes_down_and_goes_up_again(page: Page, app: server.Server, tmp_path: Path) -> None:
    """A template that its own page does not take back."""
    visit.opened(page, f"{app.origin}/data-desk")
    with page.expect_download(timeout=LONG) as coming:
        page.get_by_role("button", name="통합 문서 서식(XLSX) 내려받기").click()
    file = tmp_path / "서식.xlsx"
    coming.value.save_as(file)
    hand_in(page, app.origin, file)
    expect(page.get_by_text("파일에서 읽은 표")).to_be_visible(timeout=LONG)
    visit.settle(page)
    with page.expect_download(timeout=LONG) as coming:
        page.get_by_role("button", name="통합 문서(XLSX) 내려받기", exact=True).click()
    assert coming.value.suggested_filename == "행정국 자료_20230331.xlsx"
    onward(page, "검사")
    onward(page, "견주기")
    expect(page.get_by_text("지금 자료와 다른 것이 없습니다")).to_be_visible(timeout=LONG)


def test_the_steps_fit_a_phone(phone: Page, app: server.Server, june_file: Path) -> None:
    """Controls and tables of the steps that run out of a phone's screen."""
    hand_in(phone, app.origin, june_file)
    for step in ("검사", "견주기", "확인과 게시"):
        onward(phone, step)
        visit.settle(phone)
        assert not (faults := visit.faults(phone)), "\n".join([step, *faults])
