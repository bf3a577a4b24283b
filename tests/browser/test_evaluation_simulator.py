"""The evaluation simulator in Chromium: editing, uploading, links, and that an uploaded list leaves no trace."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browser import server, visit

PATH = "evaluation-simulator"
SECRET = "비밀식별자7391"
LIST = "평정단위,직급,식별번호,점수\n" + "\n".join(
    f"총무과,6급,{SECRET}-{place},{score}" for place, score in enumerate((68, 66, 66, 60, 55), 1)
)
CARD = ".cards > div"


def card(page: Page, grade: str) -> str:
    """The people of a grade on its card."""
    figure = page.locator(CARD).filter(has=page.get_by_text(grade, exact=True))
    return figure.locator("dd").first.inner_text()


def cards(page: Page) -> list[str]:
    return page.locator(CARD).all_inner_texts()


def typed(page: Page, row: int, column: int, text: str) -> None:
    """Type into a cell of the units' table, which is a canvas: it takes keys only once it has the focus."""
    box = page.get_by_test_id("stDataFrame").first.bounding_box()
    assert box is not None
    x = box["x"] + box["width"] * (0.15, 0.38, 0.62, 0.88)[column]
    y = box["y"] + 53 + 35 * row
    cell = page.locator("#portal input")
    for _ in range(5):
        page.mouse.click(x, y)
        page.wait_for_timeout(500)
        page.keyboard.press("Enter")
        with contextlib.suppress(PlaywrightTimeout):
            cell.fill(text, timeout=5_000)
            cell.press("Enter")
            return
    raise AssertionError(f"the cell in row {row}, column {column} never opened")


def traces(*places: Path) -> list[Path]:
    """The files at or below the places that hold the secret, in any encoding it may have come in."""
    needles = [SECRET.encode(encoding) for encoding in ("utf-8", "cp949", "utf-16-le")]
    files = [file for place in places for file in ([place] if place.is_file() else place.rglob("*"))]
    return [file for file in files if file.is_file() and any(n in file.read_bytes() for n in needles)]


def test_units_are_uploaded_and_edited(page: Page, app: server.Server, tmp_path: Path) -> None:
    """Prevents that what people upload or type into the table is not what is counted."""
    file = tmp_path / "단위.csv"
    file.write_bytes("단위,직급,인원,확정된 가\n총무과,6급,20,1\n인사과,6급,5,0\n".encode("cp949"))
    visit.opened(page, f"{app.origin}/{PATH}")
    page.get_by_text("붙여넣기·올리기").click()
    page.locator(".st-key-unit_file input[type=file]").set_input_files(file)
    expect(page.get_by_text("단위 2개, 모두 25명입니다.")).to_be_visible(timeout=30_000)
    visit.settle(page)
    assert card(page, "수") == "5명"
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
    visit.settle(page)

    typed(page, row=0, column=2, text="45")
    expect(page.get_by_text("단위 2개, 모두 50명입니다.")).to_be_visible(timeout=30_000)
    visit.settle(page)
    assert card(page, "수") == "10명"


def test_a_colleague_sees_the_same_numbers(page: Page, chromium_browser: Browser, app: server.Server) -> None:
    """Prevents that the address in the browser does not carry what was set."""
    visit.opened(page, f"{app.origin}/{PATH}")
    page.get_by_text("가 비율 전부", exact=True).click()
    expect(page.locator(CARD).filter(has_text="36명")).to_have_count(1, timeout=30_000)
    page.get_by_text("지금 설정을 기준안으로").click()
    visit.settle(page)
    page.get_by_text("낮은 등급", exact=True).first.click()
    expect(page.get_by_text("동점일 때 마지막 한 명 나은 등급 → 낮은 등급")).to_be_visible(timeout=30_000)
    visit.settle(page)
    page.wait_for_url("**plan=**")
    with visit.visitor(chromium_browser) as colleague, visit.watched(colleague):
        theirs = colleague.new_page()
        visit.opened(theirs, page.url)
        assert cards(theirs) == cards(page)
        expect(theirs.get_by_text("동점일 때 마지막 한 명 나은 등급 → 낮은 등급")).to_be_visible()


@pytest.fixture
def own_server(bureau: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[server.Server]:
    """A server with a temporary folder of its own, so that all it writes can be searched."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    with server.serving(server.APP, tmp_path / "log", bureau) as running:
        yield running


def test_an_uploaded_list_leaves_no_trace(
    page: Page, chromium_browser: Browser, own_server: server.Server, bureau: Path, tmp_path: Path
) -> None:
    """Prevents that people's scores stay on the disk or in the log, or show in somebody else's visit."""
    file = tmp_path / "목록.csv"
    file.write_bytes(LIST.encode("cp949"))
    places = (
        bureau,
        tmp_path / "temporary",
        own_server.log,
        server.ROOT / ".streamlit",
        server.ROOT / "data",
    )
    assert traces(file) == [file], "the search finds what is there"

    visit.opened(page, f"{own_server.origin}/{PATH}?part=커트라인")
    page.locator(".st-key-people_file input[type=file]").set_input_files(file)
    expect(page.get_by_role("table", name="평정단위별 등급 인원(명)")).to_be_visible(timeout=30_000)
    visit.settle(page)
    assert SECRET in page.inner_text("body")
    assert SECRET not in page.url
    with page.expect_download() as summary:
        page.get_by_text("CSV 내려받기").click()
    downloaded = summary.value.path()
    assert not traces(Path(downloaded)) and "5명 미만" in Path(downloaded).read_text("utf-8-sig")
    assert not traces(*places)

    with visit.visitor(chromium_browser) as somebody, visit.watched(somebody):
        second = somebody.new_page()
        visit.opened(second, page.url)
        expect(second.get_by_text("평정 목록을 올리면")).to_be_visible()
        assert SECRET not in second.inner_text("body")
    page.reload()
    visit.settle(page)
    assert SECRET not in page.inner_text("body")
    page.close()
    assert not traces(*places)
    assert not server.complaints(own_server.log)
