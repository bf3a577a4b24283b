"""The page of flexible work and counselling: every control, on the report, on made-up and on handed-in counts."""

import io
import json
import re
import shutil
from pathlib import Path

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from data import build
from lib.flexible_work import published
from tests.pages.conftest import Visit, cards, charts, tables

PAGE = "flexible-work"
OWN = {"view": "자체 집계"}
LENSES = ["규정 이행", "추이", "출근시각", "창구 근무", "월별 비교"]
HEADS = "월,부서,직급대,출근시각,건수,이용자,정원"
# One cell of three people with 47 cases, a number that stands nowhere else.
COUNTS = f"""{HEADS}
2023-04,가과,5급 이하,08:00,47,3,60
2023-04,가과,5급 이하,10:00,160,31,60
2023-04,가과,4급 이상,08:00,30,6,9
2023-04,나과,5급 이하,08:00,110,22,50
2023-04,나과,5급 이하,10:00,95,19,50
2023-04,나과,4급 이상,10:00,20,5,10
2023-04,다과,5급 이하,08:00,120,30,70
2023-04,다과,5급 이하,10:00,130,26,70
2023-04,다과,4급 이상,08:00,45,9,12
2023-05,가과,5급 이하,08:00,210,40,60
2023-05,가과,4급 이상,08:00,31,6,9
"""


def handed_in(page: AppTest, text: str = COUNTS, name: str = "counts.csv") -> AppTest:
    page.file_uploader(key="counts").upload(name, text.encode(), "text/csv").run()
    assert not page.exception, page.exception
    return page


def messages(page: AppTest) -> list[str]:
    return [markdown.value for markdown in page.markdown if markdown.value.startswith("**")]


def drawn(page: AppTest) -> str:
    """All data that the charts of a page send to the browser, as text."""
    texts = []
    for chart in charts(page):
        texts.append(re.sub(r"data-[0-9a-f]{32}", "data", chart.spec))  # less the names of its rows
        for dataset in chart.datasets:
            texts.append(pa.ipc.open_stream(io.BytesIO(dataset.data.data)).read_pandas().to_csv(index=False))
    return "\n".join(texts)


# From the report ---------------------------------------------------------------------------------


def test_the_two_months_and_what_they_do_not_say(visit: Visit) -> None:
    """Prevents growth that is read as preference, a rate without a unit, and a number unlike the report's."""
    page = visit(PAGE)
    shown = [(card.name, card.value, card.remark) for card in cards(page)]
    assert shown == [
        ("2월 이용", "2,060건", "의무 시행 전"),
        ("3월 이용", "6,902건", "의무 시행"),
        ("전월 대비", "235.0%", "+4,842건"),
    ]
    assert "3.35배" in messages(page)[0]
    assert "선호로 읽을 수 없습니다" in page.info[0].value


def test_the_undescribed_starts_are_drawn_as_such(visit: Visit) -> None:
    """Prevents that 47.3 % of the starts are left out or shared among the described ones."""
    page = visit(PAGE)
    assert "47.3%는 보고서에 시각이 적혀 있지 않습니다" in messages(page)[1]
    starts = tables(page)[1]
    assert list(starts["출근시각"]) == ["08시 출근", "보고서에 설명 없음", "09시 30분 이후 출근"]
    assert [cell.replace("\\", "") for cell in starts["비율"]] == ["31.8%", "47.3%", "20.9%"]
    assert "보고서에 설명 없음" in drawn(page)


def test_the_rule_by_rank(visit: Visit) -> None:
    """Prevents a rule that changes places between the ranks."""
    rule = tables(visit(PAGE))[2]
    assert list(zip(rule["직급"], rule["최소 이용"], strict=True)) == [
        ("5급 이하", "주 1회"),
        ("4급 이상", "주 2회"),
    ]


def test_a_link_points_out_a_step(visit: Visit) -> None:
    """Prevents that the overview's list of what is due leads to a page that does not say where to look."""
    page = visit(PAGE, step="시차출퇴근제 본격 시행")
    steps = tables(page)[3]["단계"]
    assert [step for step in steps if step.startswith("▶")] == ["▶ 시차출퇴근제 본격 시행"]
    page.selectbox(key="step").select("시차출퇴근제 시범실시").run()
    assert tables(page)[3]["단계"].iloc[0] == "▶ 시차출퇴근제 시범실시"


# Assumptions -------------------------------------------------------------------------------------


def test_as_printed_no_rate_is_shown_at_all(visit: Visit) -> None:
    """Prevents a rate that nobody chose the unit of."""
    page = visit(PAGE, view="가정 계산")
    assert page.segmented_control(key="count_unit").value == "원문 표기"
    rates = [card.name for card in cards(page) if "률" in card.name]
    assert rates == []
    assert not any("%" in card.value for card in cards(page))
    assert "비율을 보이지 않습니다" in page.info[0].value
    assert not any("%" in message for message in messages(page))


@pytest.mark.parametrize(
    ("unit", "label", "value", "against"),
    [
        ("명으로 볼 때", "이용률(가정)", "66.0%", "6,902명 ÷ 10,459명"),
        ("건으로 볼 때", "이행률(가정)", "15.0%", "6,902건 ÷ 46,020건"),
    ],
)
def test_a_chosen_unit_shows_its_rate_as_an_assumption(
    visit: Visit, unit: str, label: str, value: str, against: str
) -> None:
    """Prevents the rate of the other unit, a denominator that is not shown, and a rate without the word 가정."""
    page = visit(PAGE, view="가정 계산", count_unit=unit)
    card = cards(page)[-1]
    assert (card.name, card.value, card.remark) == (label, value, against)


def test_the_denominator_is_derived_before_ones_eyes(visit: Visit) -> None:
    """Prevents a 10,459 that looks as if the report had printed it."""
    page = visit(PAGE, view="가정 계산")
    assert page.number_input(key="people").value == 10_459
    derived = page.caption[0].value if "거꾸로" in page.caption[0].value else page.caption[1].value
    assert "5,606명 ÷ 53.6% = 10,459명" in derived
    assert "10,450명부터 10,468명까지" in derived


def test_every_assumption_moves_the_result(visit: Visit) -> None:
    """Prevents a control that is drawn and not heard."""
    page = visit(PAGE, view="가정 계산", count_unit="건으로 볼 때")
    seen = [cards(page)[-1].remark]
    page.number_input(key="people").set_value(9_000).run()
    seen.append(cards(page)[-1].remark)
    page.number_input(key="upper").set_value(10.0).run()
    seen.append(cards(page)[-1].remark)
    page.selectbox(key="convention").select("하루라도 걸친 주").run()
    seen.append(cards(page)[-1].remark)
    page.selectbox(key="convention").select("근무일 수 ÷ 5").run()
    page.text_input(key="holidays").set_value("2023-03-02, 2023-03-03").run()
    seen.append(cards(page)[-1].remark)
    assert seen == [
        "6,902건 ÷ 46,020건",
        "6,902건 ÷ 39,600건",
        "6,902건 ÷ 43,560건",
        "6,902건 ÷ 49,500건",
        "6,902건 ÷ 39,600건",
    ]


def test_a_day_that_does_not_exist_is_said_to_be_left_out(visit: Visit) -> None:
    """Prevents a mistyped holiday that is passed over in silence."""
    page = visit(PAGE, view="가정 계산", holidays="2023-02-30")
    assert any("2023-02-30: 없는 날짜" in caption.value for caption in page.caption)


def test_more_users_than_people_are_questioned(visit: Visit) -> None:
    """Prevents 138 % of all staff, shown without a word."""
    page = visit(PAGE, view="가정 계산", count_unit="명으로 볼 때")
    page.number_input(key="people").set_value(5_000).run()
    assert "사람 수가 아닙니다" in page.warning[0].value


# Counselling -------------------------------------------------------------------------------------


def test_counselling_against_its_plan(visit: Visit) -> None:
    """Prevents a visit that is missing and a pace that is not judged against the plan."""
    page = visit(PAGE, view="인사상담")
    assert [card.value for card in cards(page)] == ["5,606명", "53.6%", "2회"]
    assert "계획과 같습니다" in messages(page)[0]
    assert list(tables(page)[0]["기관"]) == ["중부수도사업소", "서북병원"]
    assert list(tables(page)[1]["분야"]) == ["고충상담", "현장진단", "제도안내"]


# Made-up counts ----------------------------------------------------------------------------------


@pytest.mark.parametrize("lens", LENSES)
def test_the_sample_says_so_on_every_chart_table_and_file(visit: Visit, lens: str) -> None:
    """Prevents a made-up picture that is taken for a real one once it is cut out of the page."""
    page = visit(PAGE, **OWN, sample="true", lens=lens)
    assert charts(page)
    for chart in charts(page):
        assert json.loads(chart.spec)["title"]["text"] == "예시 – 지어낸 자료"
        assert chart.alt.startswith("예시: ")
    for table in tables(page):
        assert set(table["구분"]) == {"예시"}
    assert all(message.startswith("**예시") for message in messages(page))
    for button in page.download_button:
        assert button.key == "template" or button.key.startswith("예시_")


def test_the_sample_never_mixes_with_what_is_handed_in(visit: Visit) -> None:
    """Prevents made-up departments among real ones, and real ones under the word 예시."""
    page = handed_in(visit(PAGE, **OWN))
    assert set(tables(page)[0]["부서"]) <= {"가과", "나과", "다과"}
    page.toggle(key="sample").set_value(True).run()
    assert all(name.startswith("예시") for name in tables(page)[0]["부서"])
    page.toggle(key="sample").set_value(False).run()
    assert set(tables(page)[0]["부서"]) <= {"가과", "나과", "다과"}
    assert not any("예시:" in message for message in messages(page))


# Handed-in counts --------------------------------------------------------------------------------


@pytest.mark.parametrize("lens", LENSES)
def test_every_lens_of_handed_in_counts(visit: Visit, lens: str) -> None:
    """Prevents a lens that fails on real counts, or that lets a hidden cell through into table or chart."""
    page = handed_in(visit(PAGE, **OWN, lens=lens))
    page.selectbox(key="month").select("2023년 4월").run()
    assert not page.exception
    assert charts(page) and tables(page)
    cells = [str(cell) for table in tables(page) for cell in table.to_numpy().ravel()]
    assert not any(re.search(r"(?<![\d.])47(?![\d.%])", cell) for cell in cells)
    assert not re.search(r"(?<![\d.])47(\.0)?(?![\d.%])", drawn(page))
    assert not any(message.startswith("**예시") for message in messages(page))


def test_departments_below_the_rule_come_first(visit: Visit) -> None:
    """Prevents that who is below the rule has to be looked for."""
    page = handed_in(visit(PAGE, **OWN))
    page.selectbox(key="month").select("2023년 4월").run()
    rows = tables(page)[0]
    rates = [float(cell.replace("\\", "").rstrip("%")) for cell in rows["이행률"] if "가림" not in cell]
    assert rates == sorted(rates)
    assert "3개 부서 가운데" in messages(page)[0]


def test_filters_narrow_what_is_shown(visit: Visit) -> None:
    """Prevents a filter that is drawn and not heard."""
    page = handed_in(visit(PAGE, **OWN))
    page.selectbox(key="month").select("2023년 4월").run()
    page.selectbox(key="department").select("다과").run()
    assert list(tables(page)[0]["부서"]) == ["다과"]
    page.segmented_control(key="band").set_value("4급 이상").run()
    assert list(tables(page)[0]["직급대"]) == ["4급 이상"]
    page.segmented_control(key="lens").set_value("추이").run()
    compliance = messages(page)[0]
    page.segmented_control(key="measure").set_value("이용률").run()
    assert messages(page)[0] != compliance
    page.selectbox(key="span").select("모든 달").run()
    assert not page.exception


def test_lunch_in_turns_leaves_people_at_noon(visit: Visit) -> None:
    """Prevents a lunch control that changes nothing."""
    page = handed_in(visit(PAGE, **OWN, lens="창구 근무"))
    page.selectbox(key="month").select("2023년 4월").run()
    noon = tables(page)[0].set_index("시작").loc["12:00", "근무 중(명)"]
    page.segmented_control(key="lunch").set_value("교대 근무").run()
    assert (noon, tables(page)[0].set_index("시작").loc["12:00", "근무 중(명)"]) == ("0.0", "211.0")


def test_months_are_set_against_each_other(visit: Visit) -> None:
    """Prevents a comparison with itself, or in the wrong direction."""
    page = handed_in(visit(PAGE, **OWN, lens="월별 비교"))
    assert messages(page)[0].startswith("**2023년 4월 대비 2023년 5월")
    page.selectbox(key="other_month").select("2023년 5월").run()
    assert messages(page)[0].startswith("**2023년 5월 대비 2023년 5월")


def test_cases_beyond_the_working_days_are_questioned(visit: Visit) -> None:
    """Prevents an average day with less than nobody at 09:00."""
    text = f"{HEADS}\n2023-04,가과,5급 이하,08:00,795,40,40\n2023-04,나과,5급 이하,08:00,795,40,40\n"
    page = handed_in(visit(PAGE, **OWN, lens="창구 근무"), text)
    assert not page.warning
    page.text_input(key="holidays").set_value("2023-04-03 2023-04-04").run()
    assert "공휴일을 확인" in page.warning[0].value


def test_bad_counts_are_refused_by_row_and_column(visit: Visit) -> None:
    """Prevents a refusal that does not say what to mend, and a picture drawn from it."""
    page = handed_in(visit(PAGE, **OWN), COUNTS.replace("47,3,60", "2,3,60"))
    assert "2행 ‘이용자’ 열에 건수보다 많은 값" in page.error[0].value
    assert not charts(page)
    page = handed_in(page, COUNTS)
    assert not page.error and charts(page)


def test_a_column_of_names_is_refused(visit: Visit) -> None:
    """Prevents that persons reach the page."""
    page = handed_in(
        visit(PAGE, **OWN), COUNTS.replace("정원\n", "정원,성명\n").replace("60\n", "60,홍길동\n")
    )
    assert "사람을 알아볼 수 있는 정보" in page.error[0].value
    assert "홍길동" not in " ".join([*(m.value for m in page.markdown), *(e.value for e in page.error)])


def test_what_is_handed_in_stays_while_other_views_are_read(visit: Visit) -> None:
    """Prevents that a look at the report costs the upload."""
    page = handed_in(visit(PAGE, **OWN))
    page.segmented_control(key="view").set_value("보고서").run()
    page.segmented_control(key="view").set_value("자체 집계").run()
    assert set(tables(page)[0]["부서"]) <= {"가과", "나과", "다과"}


def test_taking_the_file_out_takes_its_counts_out(visit: Visit) -> None:
    """Prevents counts that stay on the screen after their file was removed."""
    page = handed_in(visit(PAGE, **OWN))
    page.file_uploader(key="counts").clear().run()
    assert not charts(page)
    assert "flexible_counts" not in page.session_state


def test_another_visit_sees_nothing_of_it(visit: Visit) -> None:
    """Prevents that counts handed in by one person are shown to another."""
    handed_in(visit(PAGE, **OWN))
    other = visit(PAGE, **OWN)
    assert not charts(other)
    assert "아직 자체 집계가 없습니다" in other.info[0].value


# Kept counts -------------------------------------------------------------------------------------


def test_kept_counts_are_shown_without_an_upload(
    visit: Visit, bureau: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents that counts under data/flexible_work have to be handed in again on every visit."""
    folder = Path(shutil.copytree(bureau, tmp_path / "data"))
    place = folder / "flexible_work" / "2023-04-30"
    place.mkdir(parents=True)
    (place / "flexible_work_count.csv").write_text(
        "department,rank_band,start_time,case_count,user_count,quota\n"
        "가과,5급 이하,08:00,140,30,60\n가과,5급 이하,10:00,140,20,60\n나과,5급 이하,08:00,90,20,60\n",
        encoding="utf-8",
    )
    build.build(folder)
    page = visit(PAGE, **OWN)
    monkeypatch.setenv("BUREAU_DATA", str(folder))
    page.run()
    assert set(tables(page)[0]["부서"]) == {"가과", "나과"}
    assert any("보관된 월별 집계" in caption.value for caption in page.caption)


def test_the_book_of_a_visit_is_made_once(visit: Visit) -> None:
    """Prevents that each click reads and protects all months again."""
    page = handed_in(visit(PAGE, **OWN))
    book = page.session_state["flexible_counts"].book
    assert isinstance(book, published.Book)
    page.segmented_control(key="band").set_value("4급 이상").run()
    assert page.session_state["flexible_counts"].book is book
