"""Plain text of reports, as converters print it, read back to the figures that it was made from."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.intake import limits, plain_text
from lib.intake.draft import Draft, IntakeError
from tests.intake import report_file
from tests.intake.report_file import PLAIN_LAYOUTS, Layout, standing_data

each_layout = pytest.mark.parametrize("layout", PLAIN_LAYOUTS.values(), ids=PLAIN_LAYOUTS)


def read(text: str) -> Draft:
    return plain_text.read("보고.txt", text, standing_data())


@each_layout
def test_figures_read_back_equal(layout: Layout) -> None:
    """A figure of the report is lost, or lands in another line, when its pages are set otherwise."""
    facts = report_file.facts_of(layout)
    draft = read(report_file.text(report_file.report(facts, layout)))
    assert report_file.unlike(facts, draft) == []
    assert {sheet.as_of for sheet in draft.sheets} == {layout.as_of}
    assert draft.missing == []


def test_pages_of_a_converter() -> None:
    """Page numbers, form feeds and Windows line ends break a table into two."""
    layout = Layout(report_file.SECOND_QUARTER, split_after=7)
    facts = report_file.facts_of(layout)
    text = (
        report_file.text(report_file.report(facts, layout))
        .replace("- 3 -", "\f- 3 -\n\n")
        .replace("\n", "\r\n")
    )
    assert report_file.unlike(facts, read(text)) == []


def test_signs_lost_in_an_old_encoding() -> None:
    """A text saved as cp949 has a question mark for every ◦ and ‧, and no duty is found."""
    facts = report_file.published()
    text = report_file.text(report_file.report(facts, Layout(spaced=True)))
    assert report_file.unlike(facts, read(text.encode("cp949", "replace").decode("cp949"))) == []


def test_heads_set_in_columns() -> None:
    """A converter that keeps columns apart by spaces prints the heads in two lines across the page."""
    facts = report_file.facts_of(Layout())
    text = report_file.text(report_file.report(facts, Layout(merged_heads=False)))
    wide = text.replace(
        "2022 예산현액\n(A) 2023 예산현액\n(B) 증감액 증감률(%)",
        "2022 예산현액     2023 예산현액     증감액   증감률",
    )
    assert wide != text
    lines = [line.replace(" ", "    ") if line[-1:] in "%-" else line for line in wide.split("\n")]
    assert report_file.unlike(facts, read("\n".join(lines))) == []


@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["lines", "paragraphs"])
def test_a_line_for_each_cell(between: str) -> None:
    """A converter that gives every cell a line of its own leaves no row to be found."""
    layout = Layout(report_file.SECOND_QUARTER, spaced=True, split_after=8)
    facts = report_file.facts_of(layout)
    text = report_file.text(report_file.report(facts, layout), between)
    assert report_file.unlike(facts, read(text)) == []


def test_every_read_cell_names_its_line() -> None:
    """A person looks for the place of a doubtful figure in forty pages."""
    text = report_file.text(report_file.report(report_file.published(), Layout()))
    lines = text.split("\n")
    sheet = read(text).sheet("budget_line")
    assert sheet is not None
    for row in sheet.rows:
        number = int(row["budget"].place.removesuffix("행"))
        assert row["line"].printed.strip() in lines[number - 1]
        assert row["budget"].printed in lines[number - 1]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "오늘의 날씨는 맑습니다.",
        "(기준 : ’23. 3. 31.)\n\n표가 없는 글입니다.",
        "세입총괄\n구분 2022 예산현액 2023 예산현액 증감액 증감률 징수액 징수율\n계 1 2 1 100% 1 50%\n세외수입 1 2 1 100% 1 50%",
        "(기준 : ’23. 3. 31.)" + "가" * limits.REPORT_LETTERS,
        "(기준 : ’23. 3. 31.)" + "\n가" * limits.REPORT_LINES,
    ],
    ids=["empty", "another text", "no table", "no date", "too many letters", "too many lines"],
)
def test_what_is_no_report_is_refused(text: str) -> None:
    """A letter or a menu becomes an empty edition."""
    with pytest.raises(IntakeError) as refused:
        read(text)
    [problem] = refused.value.problems
    assert problem.file == "보고.txt"
    assert problem.found and problem.expected.endswith("오.")


WORDS = [
    *(
        "(기준 : ’23. 3. 31.)",
        "세입총괄",
        "세출총괄",
        "단위 : 천원",
        "구분 2022 예산현액 2023 예산현액 증감액 증감률 징수액 징수율",
    ),
    *(
        "계 3 4 1 33.3% 2 50.0%",
        "세 외 수 입 3 4 △1 -33.3% - -",
        "총 무 과",
        "7팀 178명",
        "◦ 당직, 보안",
        "부서 담당업무",
    ),
    *(
        "자치구‧동 행정여건",
        "4만 이상(15개동, 3.5%)",
        "0~0만(1개동, 1%)",
        "최대 : 송파구 66만명(285천세대)",
        "22조 1,491억원",
        "조억원",
    ),
    *(
        "청사 환경 개선",
        "- 설계 용역('23. 13.~99.)",
        "’99. 2. 31. 기준",
        "4~5월",
        "12월~1월",
        "간담회",
        "□ 조치사항",
        "ㅇ 검토 : 연중",
    ),
    *(
        "\n",
        "\n\n",
        "\t",
        "　",
        "△",
        "-",
        "%",
        ",",
        "(",
        ")",
        "~",
        "월",
        "999999999999999999999999",
        "９９",
        "²",
        "一",
        "\u200b",
        "ᄋ",
    ),
]
TEXTS = st.lists(st.sampled_from(WORDS) | st.text(max_size=8), max_size=40).map(" ".join)


@settings(max_examples=150, derandomize=True, deadline=None)
@given(TEXTS, TEXTS)
def test_any_text_is_read_or_refused(before: str, after: str) -> None:
    """A text that nobody thought of ends in a trace instead of a sentence."""
    for text in (before, f"{before}\n(기준 : ’23. 3. 31.)\n 7과 1사업소 361명\n{after}"):
        try:
            draft = read(text)
        except IntakeError as refused:
            assert all(problem.sentence for problem in refused.problems)
        else:
            assert draft.sheets and all(isinstance(sheet.as_of, datetime.date) for sheet in draft.sheets)


@settings(max_examples=40, derandomize=True, deadline=None)
@given(st.data())
def test_a_spoilt_report_is_read_or_refused(data: st.DataObject) -> None:
    """A report with lines lost, doubled or mixed up ends in a trace."""
    lines = report_file.text(report_file.report(report_file.published(), Layout())).split("\n")
    for _ in range(data.draw(st.integers(1, 12))):
        place, other = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        change = data.draw(st.sampled_from(["drop", "double", "swap", "cut", "join"]))
        if change == "drop" and len(lines) > 2:
            del lines[place]
        elif change == "double":
            lines.insert(other, lines[place])
        elif change == "swap":
            lines[place], lines[other] = lines[other], lines[place]
        elif change == "cut":
            lines[place] = lines[place][: data.draw(st.integers(0, 10))]
        else:
            lines[place] += lines[other]
    try:
        assert read("\n".join(lines)).sheets
    except IntakeError as refused:
        assert refused.problems
