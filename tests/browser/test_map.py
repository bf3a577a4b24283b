"""What only a browser shows of the map page: that the map is drawn, can be clicked, and prints."""

import contextlib
import io
import re
import shutil
import zlib
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Position, TimeoutError, expect

from lib import palette
from lib.intake import check, publish, standing
from tests.browser import server, visit
from tests.intake import drafts

ADDRESS = "district-population-map"
BARS = "path[aria-roledescription='bar']"
Colour = tuple[int, ...]


def pixels(page: Page) -> tuple[dict[Colour, list[tuple[int, int]]], tuple[int, int]]:
    """Where each colour stands on the map for the screen, and the map's width and height, in pixels."""
    picture = page.get_by_test_id("stDeckGlJsonChart").screenshot()
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    width, height = image.size
    found: dict[Colour, list[tuple[int, int]]] = {}
    channels = image.tobytes()
    for place, colour in enumerate(zip(channels[::3], channels[1::3], channels[2::3], strict=True)):
        found.setdefault(colour, []).append((place % width, place // width))
    return found, (width, height)


def fills(count: int) -> list[Colour]:
    """The colours of that many classes."""
    return [tuple(palette.rgb(colour)) for colour in palette.rising(count)]


def middle(places: list[tuple[int, int]]) -> Position:
    """The place of the list that is nearest to the middle of them all."""
    across = sum(x for x, _ in places) / len(places)
    down = sum(y for _, y in places) / len(places)
    x, y = min(places, key=lambda place: (place[0] - across) ** 2 + (place[1] - down) ** 2)
    return Position(x=x, y=y)


def click_until(page: Page, position: Position, address: re.Pattern[str]) -> None:
    """Click the map for the screen until the address is reached, as a person would.

    deck.gl takes a press of more than a quarter of a second for none, and on a busy machine without a
    graphics card a click can take that long.
    """
    for _ in range(6):
        page.get_by_test_id("stDeckGlJsonChart").click(position=position)
        with contextlib.suppress(TimeoutError):
            page.wait_for_url(address, timeout=5000)
            return
    raise AssertionError(f"{page.url} after six clicks on the map")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_map_is_drawn(chromium_browser: Browser, app: server.Server, dark: bool) -> None:
    """A canvas that stays empty, or areas without their colours, in one of the themes."""
    with visit.visitor(chromium_browser, dark=dark) as visitor, visit.watched(visitor):
        page = visitor.new_page()
        visit.opened(page, f"{app.origin}/{ADDRESS}")
        found, (width, height) = pixels(page)
    shares = [len(found.get(fill, ())) / (width * height) for fill in fills(4)]
    assert all(share > 0.005 for share in shares), shares
    assert sum(shares) > 0.2


def test_click_selects_and_leads_back(page: Page, app: server.Server) -> None:
    """A district that cannot be clicked, is not in the link, or cannot be left."""
    visit.opened(page, f"{app.origin}/{ADDRESS}")
    found, _ = pixels(page)
    largest = fills(4)[-1]  # 송파구 alone has 600,000 residents and more
    messages = page.evaluate("activity.messages")
    click_until(page, middle(found[largest]), re.compile("place=%EC%86%A1%ED%8C%8C%EA%B5%AC"))
    visit.settle(page, messages=messages)
    expect(page.get_by_text("송파구 27개 동 가운데", exact=False)).to_be_visible()

    messages = page.evaluate("activity.messages")
    page.get_by_test_id("stMain").get_by_role("button", name="서울특별시").click()
    visit.settle(page, messages=messages)
    expect(page.get_by_text("서울 25개 자치구 가운데", exact=False)).to_be_visible()
    assert len(pixels(page)[0].get(largest, ())) > 1000


def test_bar_selects(page: Page, app: server.Server) -> None:
    """A ranked bar that looks as if it could be clicked, and cannot; or not again after the way back."""
    visit.opened(page, f"{app.origin}/{ADDRESS}")
    bars = page.get_by_test_id("stVegaLiteChart").locator(BARS)
    for _ in range(2):
        expect(bars).to_have_count(25)
        visit.rerun(page, bars.first.click)
        expect(page).to_have_url(re.compile("place=%EC%86%A1%ED%8C%8C%EA%B5%AC"))
        expect(bars).to_have_count(27)
        visit.rerun(page, page.get_by_test_id("stMain").get_by_role("button", name="서울특별시").click)
        expect(page).not_to_have_url(re.compile("place="))


def test_choice_after_a_publication(page: Page, bureau: Path, tmp_path: Path) -> None:
    """A visit that looks at places only and never sees the edition that was published meanwhile, or a mix of both."""
    folder = Path(shutil.copytree(bureau, tmp_path / "data"))
    with server.serving(server.APP, tmp_path / "log", folder) as running:
        visit.opened(page, f"{running.origin}/{ADDRESS}")
        draft = drafts.edition(standing.of(folder))
        accepted = drafts.accepted(check.verdict(draft, folder))
        publish.publish(draft, folder, "홍길동", "시험", accepted=accepted)
        visit.rerun(page, page.get_by_test_id("stVegaLiteChart").locator(BARS).first.click)
        expect(page.get_by_text("2023. 6. 30. 기준").first).to_be_visible()
        expect(page.get_by_text("송파구 27개 동 가운데", exact=False)).to_be_visible()


def test_part_of_a_name_finds_a_dong(page: Page, app: server.Server) -> None:
    """A 동 that is found only by its whole name."""
    visit.opened(page, f"{app.origin}/{ADDRESS}")
    box = page.get_by_test_id("stMain").get_by_role("combobox", name="자치구·동 찾기")
    box.click()
    box.fill("진관")
    page.get_by_role("option", name="은평구 진관동").click()
    expect(page.get_by_text("은평구 16개 동 가운데", exact=False)).to_be_visible()


def test_note_on_an_unknown_name_stays(page: Page, app: server.Server) -> None:
    """A note that is gone before anyone has read it."""
    visit.opened(page, f"{app.origin}/{ADDRESS}?place=없는구", quiet=1500)
    expect(page.get_by_text("‘없는구’에 맞는 자치구나 행정동이 없어", exact=False)).to_be_visible()


def test_whole_city_on_a_phone(phone: Page, app: server.Server) -> None:
    """A map of which a phone shows only the middle."""
    visit.opened(phone, f"{app.origin}/{ADDRESS}")
    found, (width, height) = pixels(phone)
    places = [place for fill in fills(4) for place in found.get(fill, ())]
    across, down = [x for x, _ in places], [y for _, y in places]
    assert min(across) > 0 and max(across) < width - 1
    assert min(down) > 0 and max(down) < height - 1
    assert max(across) - min(across) > 0.8 * width


def test_map_for_print_is_in_the_document(page: Page, app: server.Server) -> None:
    """A map that is on the screen and missing, or without its colours, on paper; or one with no name for those who do not see it."""
    visit.opened(page, f"{app.origin}/{ADDRESS}?map=인쇄용")
    chart = page.get_by_test_id("stVegaLiteChart").first
    expect(chart.locator("path[aria-roledescription='geoshape']")).to_have_count(25)
    expect(page.get_by_label("서울 25개 자치구 가운데", exact=False).first).to_be_attached()
    drawing = operators(page.pdf(format="A4", landscape=True, print_background=True))
    for colour in palette.rising(4):
        red, green, blue = (channel / 255 for channel in palette.rgb(colour))
        assert any(abs(r - red) + abs(g - green) + abs(b - blue) < 0.01 for r, g, b in filled(drawing)), (
            colour
        )


def operators(document: bytes) -> str:
    """What a PDF draws, as text."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", document, re.DOTALL)
    texts = []
    for stream in streams:
        try:
            texts.append(zlib.decompress(stream).decode("latin-1"))
        except zlib.error:  # fonts and pictures packed otherwise
            continue
    return "\n".join(texts)


def filled(drawing: str) -> set[tuple[float, ...]]:
    """The colours that areas are filled with, as red, green and blue from 0 to 1."""
    return {
        tuple(map(float, channels)) for channels in re.findall(r"([\d.]+) ([\d.]+) ([\d.]+) rg\b", drawing)
    }
