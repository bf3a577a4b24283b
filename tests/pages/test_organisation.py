"""The organisation page: people, duties, and each department on its own."""

import pytest

from tests.pages.conftest import Visit, cards, tables


def test_people_and_shares_sum_to_the_bureau(visit: Visit) -> None:
    """Prevents a table whose rows do not add up to 361 people and 100 %."""
    table = tables(visit("org-chart"))[0]
    assert table["부서"].tolist()[-1] == "계"
    assert (table["인력(명)"].iloc[-1], table["비중"].iloc[-1]) == ("361", "100.0%")
    assert sum(int(people) for people in table["인력(명)"][:-1]) == 361
    assert [share.rstrip("%") for share in table["비중"][:3]] == ["49.3", "11.4", "10.5"]


@pytest.mark.parametrize(
    ("wanted", "department", "duty"),
    [
        ("후생", "인력개발과", "후생복지"),
        ("주민자치", "자치행정과", "주민자치 활동 지원"),
        ("시장공관", "총무과", "시장공관 운영"),
    ],
)
def test_duties_are_found_by_a_part_of_a_word(visit: Visit, wanted: str, department: str, duty: str) -> None:
    """Prevents a search that misses, or does not say whose duty it is."""
    page = visit("org-chart", duty=wanted)
    [found] = [text.value for text in page.markdown if f"- {duty}" in text.value]
    assert found.startswith(f"**{department}**")
    page.text_input(key="duty").set_value("없는 말").run()
    assert page.info[0].value.startswith("찾는 말이 든 담당업무가 없습니다")


def test_a_department_shows_people_budget_and_the_way_on(visit: Visit) -> None:
    """Prevents a link to a department that shows another, or figures of another."""
    page = visit("org-chart", department="인사과")
    values = {card.name: card.value for card in cards(page)}
    assert (values["인력"], values["팀"], values["집행률"]) == ("41명", "5", "17.6%")
    [link] = [link for link in page.page_link if "자세히" in link.label]
    assert link.proto.page == "budget-execution"
    page.selectbox(key="department").select("서울시자원봉사센터").run()
    assert not page.exception
    assert "행정국 인력과 별도" in [card.name for card in cards(page)]


def test_an_unknown_department_in_the_link_shows_the_bureau(visit: Visit) -> None:
    """Prevents a failure on a link that was typed wrongly or comes from another edition."""
    page = visit("org-chart", department="없는과")
    assert page.selectbox(key="department").value == "행정국 전체"
