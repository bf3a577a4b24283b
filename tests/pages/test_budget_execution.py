"""The budget page: every view, every control, and the link that restores them."""

import pytest

from tests.pages.conftest import Visit, cards, charts, tables

VIEWS = ["속도", "증감", "구성", "내역", "전망"]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(
    "line", ["세출 계", "세입 계", "사업비", "조정교부금", "과태료", "변상금", "공무원수련원"]
)
def test_every_view_of_every_kind_of_line(visit: Visit, line: str, view: str) -> None:
    """Prevents a view that fails on a leaf, on a line of printed "-" or on the other side."""
    page = visit("budget-execution", line=line, view=view)
    assert page.segmented_control(key="side").value == (
        "세입" if line in {"세입 계", "과태료", "변상금"} else "세출"
    )
    assert tables(page) or page.info


@pytest.mark.parametrize(
    ("line", "budget", "done", "rate", "distance"),
    [
        ("세출 계", "4,494,041,590천원", "1,206,266,494천원", "26.8%", "+2.2%p"),
        ("세입 계", "17,212,564천원", "3,389,068천원", "19.7%", "△5.0%p"),
        ("공무원수련원", "1,539,855천원", "220,835천원", "14.3%", "△10.3%p"),
        ("보조금반환수입", "3,423,490천원", "-", "-", ""),
        ("과태료", "-", "-", "-", ""),
    ],
)
def test_key_figures_of_a_line(
    visit: Visit, line: str, budget: str, done: str, rate: str, distance: str
) -> None:
    """Prevents figures of another line, and a "-" that is shown as a zero."""
    shown = cards(visit("budget-execution", line=line, unit="천원"))
    assert [card.value for card in shown] == [budget, done, rate]
    assert shown[2].remark == distance


def test_the_side_leads_to_its_total(visit: Visit) -> None:
    """Prevents that 세입 is chosen while a line of 세출 stays selected."""
    page = visit("budget-execution", line="인사과")
    page.segmented_control(key="side").set_value("세입").run()
    assert page.selectbox(key="line").value == "세입 계"
    assert not page.exception


def test_drilling_down_and_back_up(visit: Visit) -> None:
    """Prevents a level that cannot be entered or left."""
    page = visit("budget-execution")
    page.button(key="down-사업비").click().run()
    assert page.selectbox(key="line").value == "사업비"
    page.button(key="down-인사과").click().run()
    assert page.selectbox(key="line").value == "인사과"
    page.button(key="up-세출 계").click().run()
    assert page.selectbox(key="line").value == "세출 계"


def test_the_printed_table_is_whole(visit: Visit) -> None:
    """Prevents a line that is left out, a △ that became a minus, or a "-" that became a zero."""
    revenue = tables(visit("budget-execution", line="세입 계", view="내역", unit="천원"))[0]
    assert len(revenue) == 19
    grant = revenue.iloc[16].tolist()
    assert [cell.replace("\\", "") for cell in grant][1:] == ["300,000", "-", "△300,000", "△100.0%", "-", "-"]
    expenditure = tables(visit("budget-execution", view="내역", unit="천원"))[0]
    assert len(expenditure) == 13


def test_searching_and_sorting_the_table(visit: Visit) -> None:
    """Prevents a search or an order that changes nothing."""
    page = visit("budget-execution", line="세입 계", view="내역")
    page.text_input(key="find").set_value("임대료").run()
    assert tables(page)[0]["구분"].str.contains("공유재산임대료").tolist() == [True]
    page.text_input(key="find").set_value("").run()
    page.selectbox(key="order").select("비율 낮은 순").run()
    assert tables(page)[0]["구분"].iloc[0] == "기타이자수입"
    page.text_input(key="find").set_value("없는 말").run()
    assert page.info[0].value.startswith("찾는 말이 든 항목이 없습니다")


def test_the_grant_is_split_off_until_it_is_wanted(visit: Visit) -> None:
    """Prevents a picture in which 92.7 % hide all the rest, and a picture that cannot show them."""
    page = visit("budget-execution", view="구성")
    assert "조정교부금" not in tables(page)[0]["항목"].tolist()
    assert any("92.7%" in caption.value for caption in page.caption)
    page.toggle(key="split").set_value(False).run()
    assert tables(page)[0]["항목"].iloc[0] == "조정교부금"
    assert tables(page)[0]["비중"].iloc[0] == "92.7%"


def test_both_bases_of_the_grant_are_named(visit: Visit) -> None:
    """Prevents that +9.3 % (본예산) and △17.5 % (예산현액) are taken for one figure."""
    [note] = visit("budget-execution", line="조정교부금").info
    assert "9.3%" in note.value and "△17.5%" in note.value and "예산현액" in note.value


def test_the_pace_moves_the_projection_and_says_that_it_is_assumed(visit: Visit) -> None:
    """Prevents a control without effect, and a projection that is taken for a figure of the report."""
    page = visit("budget-execution", line="사업비", view="전망")
    first = tables(page)[0].set_index("항목")
    assert first.loc["공무원수련원", "연말 집행률(가정)"] == "58.2%"
    page.slider(key="pace").set_value(0.0).run()
    frozen = tables(page)[0].set_index("항목")
    assert frozen.loc["공무원수련원", "연말 집행률(가정)"] == "14.3%"
    assert any("가정" in text.value for text in page.markdown)


def test_the_message_counts_the_lines_behind(visit: Visit) -> None:
    """Prevents a headline that does not follow from the bars below it."""
    page = visit("budget-execution", line="사업비")
    assert "**8개 항목 가운데 5개의 집행률이 기간경과율 24.7%에 못 미칩니다**" in [
        text.value for text in page.markdown
    ]
    [chart] = charts(page)
    assert chart.alt == "8개 항목 가운데 5개의 집행률이 기간경과율 24.7%에 못 미칩니다"


def test_a_link_restores_what_was_seen(visit: Visit) -> None:
    """Prevents a link that opens something else than what was shared."""
    page = visit(
        "budget-execution", line="세외수입", view="내역", order="예산현액 큰 순", unit="백만원", find="수입"
    )
    assert page.selectbox(key="line").value == "세외수입"
    assert page.segmented_control(key="view").value == "내역"
    assert page.selectbox(key="order").value == "예산현액 큰 순"
    assert page.text_input(key="find").value == "수입"
    assert cards(page)[0].value.endswith("백만원")


def test_unknown_values_in_a_link_fall_back(visit: Visit) -> None:
    """Prevents a failure on a link that was typed wrongly."""
    page = visit("budget-execution", line="없는 항목", view="없음", unit="원", pace="아홉")
    assert page.selectbox(key="line").value == "세출 계"
    assert page.segmented_control(key="view").value == "속도"


def test_revenue_is_collected_at_a_rate_spelt_as_the_report_spells_it(visit: Visit) -> None:
    """Prevents 징수률, which is not a word: after ㅜ it is 징수율, after ㅇ 집행률."""
    assert cards(visit("budget-execution", line="세입 계"))[2].name == "징수율"
    assert cards(visit("budget-execution"))[2].name == "집행률"
