"""The overview: the figures and the attention list, on the real report."""

from urllib.parse import unquote

import pytest

from tests.pages.conftest import Visit, cards


@pytest.mark.parametrize(
    ("label", "value", "detail"),
    [
        ("인력", "361명", "7과 1사업소"),
        ("세출 예산현액", "4조 4,940억원", "△17.0%"),
        ("세출 집행률", "26.8%", "+2.2%p"),
        ("세입 징수율", "19.7%", "△5.0%p"),
        ("주민등록인구", "9,426,404명", "4,463천 세대"),
        ("시차출퇴근 3월", "6,902건", "235.0%"),
    ],
)
def test_key_figures(visit: Visit, label: str, value: str, detail: str) -> None:
    """Prevents a key figure that differs from the report."""
    [card] = [card for card in cards(visit()) if card.name == label]
    assert (card.value, card.remark) == (value, detail)


def test_units_behind_the_calendar_lead_to_their_line(visit: Visit) -> None:
    """Prevents that a unit behind the calendar is missing, lacks its amount, or leads to the wrong line."""
    links = [link for link in visit().page_link if "부족액" in link.label]
    named = [link.label.split("**")[1] for link in links]
    assert named == ["공무원수련원", "인사과", "시민협력과", "남북협력과", "총무과"]
    assert links[1].label == "**인사과** 집행률 17.6%, 부족액 6.4억원"
    assert [unquote(link.proto.query_string) for link in links] == [f"line={name}" for name in named]
    assert {link.proto.page for link in links} == {"budget-execution"}


def test_open_checks_are_on_the_list(visit: Visit) -> None:
    """Prevents that an executive is not told which figures of the report do not close."""
    page = visit()
    texts = [*(link.label for link in page.page_link), *(text.value for text in page.markdown)]
    assert any("**자치구·동 행정여건** 검산 38건 중 6건 불일치" in text for text in texts)
    assert any("**근무성적평정 ‘가’ 평정** 검산 2건 중 1건 불일치" in text for text in texts)


def test_what_is_due_next(visit: Visit) -> None:
    """Prevents that the next steps are missing or that past ones are shown as coming."""
    text = " ".join([*(m.value for m in visit().markdown), *(link.label for link in visit().page_link)])
    assert "**4월 시작** 설계 용역" in text
    assert "**3월 시작** " not in text


def test_what_is_overdue_and_what_has_no_end(visit: Visit) -> None:
    """Prevents that a promise whose end passed, or that never had one, is missing from the list."""
    labels = [link.label for link in visit().page_link]
    assert "**청사 환경 개선** 종료 시기가 없는 것 1건" in labels
    assert "**간담회 조치사항** 종료 시기가 없는 것 1건" in labels
    # The report is of 2023: on any day that this test runs, both ends of 2023 have passed.
    assert "**청사 환경 개선** 기준일 뒤 종료 시기가 지난 것 2건" in labels
