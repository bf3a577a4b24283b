"""The data desk, step by step without a browser: handing in, refusals, reasons, publishing, two at once, the way back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data import build
from lib import menu
from lib.intake import history, publish, standing, workbook
from lib.intake.draft import Draft
from tests.editions import made_up
from tests.pages.conftest import Visit, cards, tables

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Desk = Callable[[], AppTest]


@pytest.fixture
def desk(visit: Visit, spare: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Opens the page on a data folder that may be published into."""
    monkeypatch.setenv("BUREAU_DATA", str(spare))
    return lambda: visit("data-desk")


@pytest.fixture
def june(with_june: Path) -> Draft:
    return made_up.draft(with_june, made_up.JUNE)


def book(draft: Draft, folder: Path) -> bytes:
    return workbook.write(draft, standing.of(folder))


def hand_in(page: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """Put the files into the box and have them read."""
    if page.segmented_control(key="desk_step").value != "올리기":
        go(page, "올리기")
    page.file_uploader(key="desk_files").set_value([(name, content, XLSX) for name, content in files]).run()
    return page.button(key="desk_read").click().run()


def go(page: AppTest, step: str) -> AppTest:
    page.segmented_control(key="desk_step").set_value(step).run()
    assert not page.exception
    return page


def pressed(page: AppTest, label: str) -> AppTest:
    [button] = [button for button in page.button if button.label == label]
    button.click().run()
    assert not page.exception
    return page


def published(page: AppTest, by: str = "김자료", reason: str = "6월 말 업무보고") -> AppTest:
    """Sign and publish what was handed in."""
    go(page, "확인과 게시")
    page.text_input(key="desk_by").set_value(by)
    page.text_input(key="desk_reason").set_value(reason)
    return pressed(page, "게시")


def text(page: AppTest) -> str:
    """All sentences of a page."""
    groups = (page.error, page.warning, page.info, page.success, page.markdown, page.caption)
    return "\n".join(element.value for group in groups for element in group).replace("\\", "")


def test_a_workbook_becomes_the_newest_edition(desk: Desk, spare: Path, june_book: bytes) -> None:
    """Prevents a step that does not lead on, a publication without its name in the history, and one that an open
    visit does not see on its next click."""
    other = desk()
    page = hand_in(desk(), ("6월.xlsx", june_book))
    assert page.segmented_control(key="desk_step").value == "읽은 결과"
    page.button(key="desk_to_검사").click().run()
    assert "검사를 마쳤습니다" in text(page)
    page.button(key="desk_to_견주기").click().run()
    assert any(group.label.startswith("예산 2023. 6. 30. (2023. 3. 31. 대비)") for group in page.expander)
    page = published(page)
    assert "게시하였습니다(이력 1번)" in text(page)
    assert "2023. 6. 30. 기준" in page.markdown[0].value

    newest, found = history.entries(spare)
    assert (newest.by, newest.reason, found.reason) == ("김자료", "6월 말 업무보고", "처음 상태")
    assert [file.name for file in newest.files] == ["6월.xlsx"]
    other.switch_page(menu.entry("").script).run()
    assert cards(other)[0].value == "362명"
    assert not [step for step in (go(page, "확인과 게시"),) if "게시하면 달라지는 것" in text(step)]


def test_the_search_of_changes_finds_by_a_part(desk: Desk, june_book: bytes) -> None:
    """Prevents a comparison in which nobody finds one line among hundreds."""
    page = go(hand_in(desk(), ("6월.xlsx", june_book)), "견주기")
    page.text_input(key="desk_changes_wanted").set_value("인사과 예산현액").run()
    assert {group.label.partition(" ")[0] for group in page.expander} == {"예산"}
    rows = tables(page.expander[0])[0]
    assert rows["대상"].str.contains("인사과").all()
    page.text_input(key="desk_changes_wanted").set_value("없는 말").run()
    assert "찾는 말이 든 변경이 없습니다" in text(page)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("보고.hwpx", b"", "내용이 없는 파일입니다"),
        ("보고.hwpx", b"MZ" + bytes(100), "실행 파일입니다"),
        ("보고.hwp", b"HWP Document File V3.00", "HWPX"),
        ("자료.xlsx", b"PK\x03\x04" + b"\0" * 50, "자료.xlsx"),
    ],
)
def test_a_broken_file_gives_its_sentence_and_nothing_else(
    desk: Desk, spare: Path, name: str, content: bytes, sentence: str
) -> None:
    """Prevents a trace, a step forward, or a change of the data after a file that is no report."""
    before = standing.of(spare).state
    page = hand_in(desk(), (name, content))
    assert not page.exception
    assert page.segmented_control(key="desk_step").value == "올리기"
    [error] = page.error
    assert sentence in error.value.replace("\\", "")
    assert "읽은 파일이 없습니다" in text(go(page, "읽은 결과"))
    assert standing.of(spare).state == before


def test_a_broken_file_does_not_cost_what_was_read(desk: Desk, june_book: bytes) -> None:
    """Prevents that an hour's work is gone after one wrong file, one wrong button or a look at another page."""
    page = hand_in(desk(), ("6월.xlsx", june_book))
    hand_in(page, ("보고.hwpx", b"MZ"))
    assert "6월.xlsx" in text(page)
    page.button(key="desk_put_away_now").click().run()
    assert "읽은 파일이 없습니다" in text(go(page, "읽은 결과"))
    go(page, "올리기").button(key="desk_take_back").click().run()
    assert page.segmented_control(key="desk_step").value == "읽은 결과"
    page.switch_page(menu.entry("").script).run()
    page.switch_page(menu.entry("data-desk").script).run()
    assert "검사를 마쳤습니다" in text(go(page, "검사"))


def test_a_wrong_figure_is_told_by_its_place_and_not_published(desk: Desk, spare: Path, june: Draft) -> None:
    """Prevents bad rows in the data, or a problem that nobody can find in their file."""
    bad = made_up.figure(june, "department", {"department": "인사과"}, "kind", "국")
    page = hand_in(desk(), ("6월.xlsx", book(bad, spare)))
    assert "국" in text(go(page, "검사")) and "부서 (department)" in text(page) and "3행" in text(page)
    assert "아직 게시할 수 없습니다" in text(go(page, "확인과 게시"))
    assert not [button for button in page.button if button.label == "게시"]
    assert not history.entries(spare)


def test_a_difference_wants_its_reason(desk: Desk, spare: Path, june: Draft) -> None:
    """Prevents that a figure which does not close is published in silence, or its reason is lost."""
    unexplained = made_up.without(june, "known_difference", "subject", "구의회 평균")
    page = hand_in(desk(), ("6월.xlsx", book(unexplained, spare)))
    assert "맞지 않는 수치" in text(go(page, "검사"))
    assert "확인하지 않은 것" in text(go(page, "확인과 게시"))
    go(page, "검사")
    [own, *_] = [note for note in page.text_input if note.label == "맞지 않는 까닭"]
    own.set_value("올려서 적었다.").run()
    for button in [button for button in page.button if button.label == "이전 판의 까닭 쓰기"][1:]:
        button.click().run()
    page = published(page)
    assert "게시하였습니다" in text(page)
    notes = {row["subject"]: row["note"] for row in standing.of(spare).rows("known_difference", made_up.JUNE)}
    assert "올려서 적었다." in notes.values()
    assert any("올려서 적었다." in sentence for sentence in history.entries(spare)[0].accepted)


def test_an_unlikely_change_is_confirmed_first(desk: Desk, spare: Path, june: Draft) -> None:
    """Prevents that a department of three times its people is published unseen."""
    draft = made_up.figure(june, "department", {"department": "공무원수련원"}, "head_count", "36")
    draft = made_up.figure(draft, "stated_figure", {"figure": "head_count"}, "value", "386")
    page = hand_in(desk(), ("6월.xlsx", book(draft, spare)))
    go(page, "검사")
    [question] = [box for box in page.checkbox if box.label == "확인하였습니다"]
    assert "공무원수련원" in text(page)
    assert not [button for button in go(page, "확인과 게시").button if button.label == "게시"]
    go(page, "검사").checkbox(key=question.key).check().run()
    assert "게시하였습니다" in text(published(page))


def test_nobody_publishes_without_name_and_reason(desk: Desk, spare: Path, june_book: bytes) -> None:
    """Prevents an entry of the history that nobody answers for."""
    page = hand_in(desk(), ("6월.xlsx", june_book))
    for by, reason in (("", "사유"), ("김자료", "  ")):
        assert "이름이나 사유가 비어 있습니다" in text(published(page, by, reason))
        assert not history.entries(spare)


def test_whoever_comes_second_is_told_and_goes_on(
    desk: Desk, spare: Path, june_book: bytes, with_september: Path
) -> None:
    """Prevents that one publication overwrites another unseen, or that the second one has to begin anew."""
    page = hand_in(desk(), ("6월.xlsx", june_book))
    september = made_up.draft(with_september, made_up.SEPTEMBER)
    month = september._replace(sheets=[sheet for sheet in september.sheets if sheet.folder == "population"])
    publish.publish(month, spare, "이인구", "9월 인구")
    page = published(page)
    assert "그 사이 이인구 님이 게시하였습니다(9월 인구)" in text(page)
    assert history.entries(spare)[0].by == "이인구"
    page.button(key="desk_again").click().run()
    assert not page.exception
    assert "그 사이" not in text(page)
    assert "게시하였습니다(이력 2번)" in text(published(page))
    assert [str(day) for day in standing.of(spare).months] == ["2023-09-30", "2023-06-30", "2023-03-31"]


def test_the_way_back_and_forth(desk: Desk, spare: Path, june_book: bytes) -> None:
    """Prevents a publication that cannot be taken back, or one that is taken back by a single wrong click."""
    before = standing.of(spare).state
    page = published(hand_in(desk(), ("6월.xlsx", june_book)))
    after = standing.of(spare).state
    for number, state, day in ((0, before, "2023. 3. 31."), (1, after, "2023. 6. 30.")):
        page.selectbox(key="desk_entry").set_value(number).run()
        pressed(page, "되돌리기")
        assert "비어 있습니다" in text(page) and standing.of(spare).state != state
        page.text_input(key="desk_back_by").set_value("박과장")
        page.text_input(key="desk_back_reason").set_value("다시 확인")
        page.checkbox(key="desk_back_sure").check()
        pressed(page, "되돌리기")
        assert "되돌렸습니다" in text(page)
        assert standing.of(spare).state == state
        assert f"{day} 기준" in page.markdown[0].value
    assert [entry.kind for entry in history.entries(spare)] == [
        "rolled back",
        "rolled back",
        "published",
        "found",
    ]


def test_the_history_shows_the_rows_of_an_entry(desk: Desk, spare: Path, june: Draft) -> None:
    """Prevents a history that does not tell what changed."""
    publish.publish(june, spare, "김자료", "6월")
    page = desk()
    page.selectbox(key="desk_entry").set_value(1).run()
    page.toggle(key="desk_rows_1").set_value(True).run()
    assert not page.exception
    assert any(group.label.startswith("부서 2023. 6. 30.") for group in page.expander)


def test_the_page_stands_where_the_history_is_damaged(desk: Desk, spare: Path) -> None:
    """Prevents that a log edited by hand closes the page to everybody."""
    (spare / "history").mkdir()
    (spare / "history" / "log.jsonl").write_text("{", encoding="utf-8")
    page = desk()
    assert "게시 이력" in text(page)
    build.build(spare)
    assert not page.run().exception
