"""From a file of counts to its chart, as HR does it: in Chromium, from the served app."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser import server, visit

COUNTS = """월,부서,직급대,출근시각,건수,이용자,정원
2023-04,가과,5급 이하,08:00,47,3,60
2023-04,가과,5급 이하,10:00,160,31,60
2023-04,나과,5급 이하,08:00,110,22,50
2023-04,나과,5급 이하,10:00,95,19,50
2023-04,다과,5급 이하,08:00,120,30,70
2023-04,다과,5급 이하,10:00,130,26,70
"""
OWN = "flexible-work?view=자체 집계"


def hand_in(page: Page, file: Path) -> None:
    page.locator("input[type=file]").set_input_files(file)


def test_from_upload_to_chart(page: Page, app: server.Server, tmp_path: Path) -> None:
    """A cp949 file, as Korean Excel saves it, is not read, or its picture is not drawn."""
    file = tmp_path / "집계.csv"
    file.write_bytes(COUNTS.encode("cp949"))
    visit.opened(page, f"{app.origin}/{OWN}")
    hand_in(page, file)
    expect(page.get_by_text("2023년 4월 3개 부서 가운데").first).to_be_visible(timeout=30_000)
    visit.settle(page)
    chart = page.get_by_test_id("stVegaLiteChart")
    expect(chart).to_have_count(1)
    for department in ("가과", "나과", "다과"):
        expect(chart.get_by_text(department, exact=True)).to_be_visible()

    page.get_by_test_id("stButtonGroup").get_by_text("출근시각", exact=True).click()
    expect(page.get_by_text("가장 많은 출근시각은")).to_be_visible()
    visit.settle(page)
    heat = page.get_by_test_id("stVegaLiteChart").nth(1)
    expect(heat.get_by_text("가림").first).to_be_visible()
    expect(heat.get_by_text("47", exact=True)).to_have_count(0)


def test_the_file_that_comes_down_hides_what_the_page_hides(
    page: Page, app: server.Server, tmp_path: Path
) -> None:
    """Cells that are hidden on the screen stand in the downloaded file."""
    file = tmp_path / "counts.csv"
    file.write_bytes(COUNTS.encode())
    visit.opened(page, f"{app.origin}/{OWN}&lens=출근시각")
    hand_in(page, file)
    expect(page.get_by_text("가장 많은 출근시각은")).to_be_visible(timeout=30_000)
    visit.settle(page)
    with page.expect_download() as coming:
        page.get_by_role("button", name="CSV 내려받기").nth(1).click()
    text = Path(coming.value.path()).read_text(encoding="utf-8-sig")
    assert "가과" in text and "가림" in text
    assert "47" not in text


def test_a_bad_file_says_what_to_mend(page: Page, app: server.Server, tmp_path: Path) -> None:
    """A refusal that the visitor cannot act on."""
    file = tmp_path / "counts.csv"
    file.write_text(COUNTS.replace("160,31,60", "16,31,60"), encoding="utf-8")
    visit.opened(page, f"{app.origin}/{OWN}")
    hand_in(page, file)
    expect(page.get_by_text("3행 ‘이용자’ 열에 건수보다 많은 값이 있으니")).to_be_visible(timeout=30_000)
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_count(0)


def test_the_template_comes_down_as_a_workbook(page: Page, app: server.Server) -> None:
    """A button that gives an empty or a broken file."""
    visit.opened(page, f"{app.origin}/{OWN}")
    with page.expect_download() as coming:
        page.get_by_role("button", name="집계 서식(XLSX) 내려받기").click()
    assert coming.value.suggested_filename.endswith(".xlsx")
    assert Path(coming.value.path()).read_bytes().startswith(b"PK")


def test_a_link_opens_the_sample_where_it_was_left(page: Page, app: server.Server) -> None:
    """A link that loses month, department or view."""
    link = f"{app.origin}/{OWN}&sample=true&lens=창구 근무&month=2023년 5월&department=예시 복지과"
    visit.opened(page, link)
    expect(page.get_by_text("예시: 2023년 5월 예시 복지과 평균 근무일").first).to_be_visible()
    expect(page.get_by_text("예시 – 지어낸 자료").first).to_be_visible()


def test_on_a_phone_the_sample_fits(phone: Page, app: server.Server) -> None:
    """Charts and controls of the counts that run out of a phone's screen."""
    for lens in ("규정 이행", "추이", "출근시각", "창구 근무", "월별 비교"):
        visit.opened(phone, f"{app.origin}/{OWN}&sample=true&lens={lens}")
        # The uploader's own two words are Streamlit's and cannot be translated.
        faults = [fault for fault in visit.faults(phone) if "Upload" not in fault and "per file" not in fault]
        assert not faults, "\n".join(faults)
