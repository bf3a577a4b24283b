"""The check: what the build would refuse, what does not add up, and what is hardly likely, in terms of the file."""

import datetime
from pathlib import Path

import pytest

from lib.intake import check, overlay, standing
from lib.intake.check import Verdict
from lib.intake.draft import Cell, Draft, Problem, Sheet
from lib.intake.standing import Standing, TextRow
from tests.intake import drafts
from tests.intake.drafts import JUNE, MARCH


@pytest.fixture(scope="module")
def stands(bureau: Path) -> Standing:
    return standing.of(bureau)


def checked(stands: Standing, *sheets: Sheet) -> Verdict:
    return check.examined(Draft(list(sheets)), stands)


def altered(stands: Standing, table: str, day: datetime.date, key: str, **cells: str) -> Sheet:
    """A table with other cells in the row whose first cell is key."""

    def alter(row: TextRow) -> TextRow:
        return row | (cells if next(iter(row.values())) == key else {})

    return drafts.sheet(stands, table, day, alter)


def with_table(draft: Draft, sheet: Sheet) -> Draft:
    """A draft with another sheet in the place of one."""
    return draft._replace(sheets=[sheet if old.path == sheet.path else old for old in draft.sheets])


# the CSVs ----------------------------------------------------------------------------------------------


def test_what_is_read_and_written_again_is_the_same(stands: Standing) -> None:
    """A correction of one cell changes the quotes and line ends of a whole file, and its history with them."""
    for path, rows in stands.sheets.items():
        folder, *day, name = path.split("/")
        as_of = datetime.date.fromisoformat(day[0]) if day else None
        table = name.removesuffix(".csv")
        sheet = Sheet(folder, as_of, table, [{c: Cell(t) for c, t in row.items()} for row in rows])
        assert sheet.path == path
        assert overlay.written(sheet, stands.tables[table]).content == (stands.folder / path).read_bytes()


def test_cells_of_several_lines_keep_their_place(stands: Standing) -> None:
    """A line end in a cell moves every later problem to a row above or below."""
    [sheet] = drafts.correction(stands, "첫째 줄\n둘째 줄\r\n셋째 줄").sheets
    bad = sheet.rows[2] | {"position": sheet.rows[2]["position"]._replace(text="x", printed="")}
    verdict = checked(stands, sheet._replace(rows=[*sheet.rows[:2], bad, *sheet.rows[3:]]))
    assert verdict.problems == [
        Problem("자료.xlsx", "duty 시트", 4, "position(B열)", "x", "정수가 아닙니다(‘x’).")
    ]


# problems -----------------------------------------------------------------------------------------------


def test_what_stands_has_nothing_against_it(stands: Standing) -> None:
    """A check that finds fault with what is published already."""
    sheets = [drafts.sheet(stands, name, MARCH) for name, table in stands.tables.items() if table.dated]
    assert checked(stands, *(sheet for sheet in sheets if sheet.rows)) == ([], [], [], [])


def test_a_problem_names_file_sheet_row_and_column(stands: Standing) -> None:
    """A person is told of a line of a CSV that they have never seen."""
    verdict = checked(stands, altered(stands, "department", MARCH, "인사과", head_count="-41"))
    assert [problem[:5] for problem in verdict.problems] == [
        ("자료.xlsx", "department 시트", 3, "head_count(C열)", "-41")
    ]
    assert "head_count > 0" in verdict.problems[0].expected


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("표 3의 5행 2열", ("표 3", 5, "head_count(2열)")),
        ("예산 시트 AB17", ("예산 시트", 17, "head_count(AB열)")),
        ("12쪽 둘째 문단", ("12쪽 둘째 문단", None, "head_count")),
        ("", ("부서", 3, "head_count")),
    ],
)
def test_places_of_every_reader_are_told(stands: Standing, place: str, told: tuple[object, ...]) -> None:
    """The place that a reader noted is lost on the way to the person."""
    sheet = altered(stands, "department", MARCH, "인사과")
    row = sheet.rows[1]
    sheet.rows[1] = row | {"head_count": Cell("많음", place=place, printed="많 음")}
    [problem] = checked(stands, sheet).problems
    assert (problem.sheet, problem.row, problem.column) == told
    assert problem.found == "많 음"


def test_keys_and_references_are_those_of_the_schema(stands: Standing) -> None:
    """A second set of rules that forgets one: here a duty of a department that is not there, and a row twice."""
    sheet = drafts.sheet(stands, "duty", MARCH)
    stray = sheet.rows[0] | {"department": Cell("없는과", place="A99")}
    verdict = checked(stands, sheet._replace(rows=[*sheet.rows, stray, sheet.rows[1]]))
    said = [problem.expected for problem in verdict.problems]
    assert any("department 표에 없는 값입니다(‘없는과’)" in reason for reason in said)
    assert any("겹칩니다" in reason for reason in said)


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        (Sheet("report", MARCH, "nonsense", []), "이런 이름의 표가 없습니다"),
        (Sheet("../report", MARCH, "duty", []), "이런 이름의 표가 없습니다"),
        (Sheet("population", MARCH, "duty", []), "이런 이름의 표가 없습니다"),
        (Sheet("report", None, "duty", []), "이런 이름의 표가 없습니다"),
        (Sheet("reference", MARCH, "glossary", []), "이런 이름의 표가 없습니다"),
    ],
)
def test_sheets_that_belong_nowhere(stands: Standing, sheet: Sheet, expected: str) -> None:
    """A name out of a file becomes a path, and a CSV is written outside of the data folder."""
    [problem] = checked(stands, sheet).problems
    assert expected in problem.expected


def test_a_draft_without_a_form(stands: Standing) -> None:
    """Nothing at all, a table twice and letters that no file can hold end in a trace."""
    assert [problem.found for problem in checked(stands).problems] == ["게시할 표가 없습니다."]
    duty = drafts.sheet(stands, "duty", MARCH)
    [problem] = checked(stands, duty, duty).problems
    assert "같은 표가 두 번" in problem.expected
    [broken] = drafts.correction(stands, "짝 잃은 \ud800 글자").sheets
    [problem] = checked(stands, broken).problems
    assert (problem.row, problem.column, problem.found) == (1, "duty", "짝 잃은 ? 글자")


def test_half_a_month_of_residents(stands: Standing) -> None:
    """The 동 without the districts: 25 lines that each name a district, and none that says what to do."""
    *_, dong = drafts.month(stands, datetime.date(2023, 4, 30))
    problems = checked(stands, dong).problems
    assert [(problem.sheet, problem.found) for problem in problems] == [
        ("인구 기준월", "표가 없습니다."),
        ("자치구 인구", "표가 없습니다."),
    ]
    completed = standing.completed(Draft([dong]), stands)
    [problem] = check.examined(completed, stands).problems
    assert problem.sheet == "자치구 인구"


# what does not add up ----------------------------------------------------------------------------------


def test_a_sum_that_does_not_hold_may_be_explained(stands: Standing) -> None:
    """The report's own slips keep it out for good, or come in without a word."""
    sheet = altered(stands, "budget_line", MARCH, "expenditure", realised="1206267494")
    verdict = checked(stands, sheet)
    assert not verdict.problems
    by_check = {found.check_name: found for found in verdict.differences}
    found = by_check["하위 항목 합계"]
    assert (found.as_of, found.path, found.place) == (
        MARCH,
        "report/2023-03-31/budget_line.csv",
        "budget_line 시트 K21",
    )
    assert "적힌 값 1,206,267,494천원, 다시 셈한 값 1,206,266,494천원" in found.sentence
    assert verdict.open({}) == [found.sentence for found in verdict.differences]
    assert verdict.open({found.key: " " for found in verdict.differences})
    assert not verdict.open({found.key: "반올림" for found in verdict.differences})


def test_acceptance_is_of_these_two_numbers(stands: Standing) -> None:
    """What somebody accepted for one figure lets another one through."""
    keys = [
        {
            found.key
            for found in checked(
                stands, altered(stands, "budget_line", MARCH, "expenditure", realised=amount)
            ).differences
        }
        for amount in ("1206267494", "1206268494", "1206267494")
    ]
    assert keys[0] == keys[2]
    assert not keys[0] & keys[1]


def test_notes_of_the_edition_before_are_suggested(stands: Standing) -> None:
    """The same slip is explained anew every quarter, or the old note comes in unread."""
    verdict = check.examined(drafts.edition(stands), stands)
    notes = {(row["check_name"], row["subject"]): row["note"] for row in stands.rows("known_difference")}
    assert len(verdict.differences) > 5
    assert all(found.suggestion == notes[found.check_name, found.subject] for found in verdict.differences)


def test_notes_carried_over_are_not_taken_as_stated(stands: Standing) -> None:
    """A reader carries last quarter's notes over, and the same figures pass as explained."""
    draft = drafts.edition(stands)
    carried = Sheet("report", JUNE, "known_difference", stands.carried("known_difference", JUNE))
    verdict = check.examined(with_table(draft, carried), stands)
    assert verdict.differences == check.examined(draft, stands).differences


def test_notes_in_the_file_are(stands: Standing) -> None:
    """A workbook that explains its differences is asked for them all over again."""
    draft = drafts.edition(stands)
    stated = with_table(draft, drafts.sheet(stands, "known_difference", JUNE))
    verdict = check.examined(stated, stands)
    assert not verdict.differences
    # Those of checks that have nothing to compare with in June are taken out again.
    assert {found.check_name for found in verdict.resolved} == {"구간별 개수", "기준일보다 늦은 날수"}
    final = check.final(stated, stands, verdict, {})
    notes = final.sheet("known_difference", JUNE)
    assert notes is not None
    assert len(notes.rows) == len(stands.rows("known_difference")) - len(verdict.resolved)


def test_a_correction_that_makes_a_note_obsolete(stands: Standing) -> None:
    """The report is corrected, and the build refuses it for the note that explained the slip."""
    sheet = drafts.sheet(
        stands,
        "stated_figure",
        MARCH,
        lambda row: row | ({"value": "1487"} if row["figure"] == "quota_total_average" else {}),
    )
    verdict = checked(stands, sheet)
    assert (verdict.problems, verdict.differences) == ([], [])
    assert [(found.as_of, found.check_name, found.subject) for found in verdict.resolved] == [
        (MARCH, "정원 ÷ 자치구 수", "자치구와 구의회 평균")
    ]
    final = check.final(Draft([sheet]), stands, verdict, {})
    notes = final.sheet("known_difference", MARCH)
    assert notes is not None
    assert len(notes.rows) == 12
    assert check.examined(final, stands) == ([], [], [], [])


def test_a_month_without_an_edition_cannot_be_explained(stands: Standing) -> None:
    """A note is asked for that the database has no place for."""
    day = datetime.date(2023, 4, 30)
    month, districts, dongs = drafts.month(stands, day)
    more = drafts.month(stands, day, more=10)[2]
    verdict = checked(stands, month, districts, more)
    assert verdict.differences == []
    [problem] = verdict.problems
    assert (problem.file, problem.column) == ("자료.xlsx", "population(B열)")
    assert "종로구 – 동 인구 합계" in problem.expected
    assert not checked(stands, month, districts, dongs).problems


# what is hardly likely -------------------------------------------------------------------------------------


def sentences(verdict: Verdict) -> list[str]:
    return [found.sentence for found in verdict.unlikely]


def test_a_line_that_jumped(stands: Standing) -> None:
    """A digit too many in one amount goes unseen between thirty others."""
    code = "expenditure.projects.personnel"
    verdict = checked(stands, altered(stands, "budget_line", MARCH, code, budget="90211930"))
    assert sentences(verdict) == ["인사과 · 세출 예산현액: 9,021,193 → 90,211,930(900.0%)"]
    below = str(int(9021193 * 1.49))
    assert not checked(stands, altered(stands, "budget_line", MARCH, code, budget=below)).unlikely


def test_a_department_gone(stands: Standing) -> None:
    """A page of the report that was not read takes a department with it."""
    draft = drafts.edition(stands)
    gone = "남북협력과"
    tables = [draft.sheet(name, JUNE) for name in ("department", "duty", "budget_line")]
    for sheet in filter(None, tables):
        rows = [row for row in sheet.rows if row["department"].text != gone]
        draft = with_table(draft, sheet._replace(rows=rows))
    said = sentences(check.examined(draft, stands))
    assert f"앞 자료에 있던 {gone} 항목이 없습니다." in said
    assert f"앞 자료에 있던 {gone} · 세출 항목이 없습니다." in said


def test_a_table_cut_off(stands: Standing) -> None:
    """A table that breaks over a page is read to the end of the page."""
    sheet = drafts.sheet(stands, "duty", MARCH)
    said = sentences(checked(stands, sheet._replace(rows=sheet.rows[:10])))
    assert said == [
        f"담당업무 표가 {len(sheet.rows)}줄에서 10줄로 줄었습니다. 빠진 줄이 없는지 확인해 주십시오."
    ]


def test_residents_who_moved_all_at_once(stands: Standing) -> None:
    """A district with a fifth more people than the month before is published unseen."""
    day = datetime.date(2023, 4, 30)
    assert sentences(checked(stands, *drafts.month(stands, day))) == []
    said = sentences(checked(stands, *drafts.month(stands, day, more=30_000)))
    assert said == [
        "종로구 인구: 141,060 → 171,060(21.3%)",
        "종로구 청운효자동 인구: 11,574 → 41,574(259.2%)",
    ]


def test_many_of_a_kind_are_one_question(stands: Standing) -> None:
    """426 questions, one for each 동, where a column was mistaken for another."""
    day = datetime.date(2023, 4, 30)
    month, districts, dongs = drafts.month(stands, day)
    halved = [row | {"population": Cell(str(int(row["population"].text) // 3))} for row in dongs.rows]
    halved = [row | {"population_65_and_over": Cell("0")} for row in halved]
    verdict = checked(stands, month, districts, dongs._replace(rows=halved))
    [question] = verdict.unlikely
    assert question.sentence.startswith("인구 426건이 50% 이상 달라졌습니다. 열이나 단위가")


def test_a_long_row_of_months_is_compared_with_itself(stands: Standing) -> None:
    """Ten years of months are each compared with today, and every one is unlikely."""
    steps = (0, 20_000, 40_000, 60_000, 80_000)
    sheets = [
        sheet
        for number, more in enumerate(steps)
        for sheet in drafts.month(
            stands, datetime.date(2023, 4 + number, 30 if number in (0, 2) else 31), more
        )
    ]
    said = sentences(checked(stands, *sheets))
    assert not [sentence for sentence in said if sentence.startswith("종로구 인구")]


def test_dates_that_cannot_be(stands: Standing) -> None:
    """A slip in the date puts an edition into the next century, where it stays the newest."""
    day = datetime.date(2093, 4, 15)
    said = sentences(checked(stands, *drafts.month(stands, day)))
    assert said == [
        "기준일 2093. 4. 15.은 오늘보다 뒤입니다.",
        "주민등록 인구의 기준일 2093. 4. 15.은 달의 마지막 날이 아닙니다.",
    ]


def test_spending_that_shrinks_over_the_year(stands: Standing) -> None:
    """The report of another quarter is published as that of June."""
    code = "expenditure.projects.personnel"
    draft = with_table(drafts.edition(stands), altered(stands, "budget_line", JUNE, code, realised="1500000"))
    said = sentences(check.examined(draft, stands))
    assert said == ["인사과 · 세출의 징수·집행 누계가 1,585,349천원에서 1,500,000천원으로 줄었습니다."]


def test_what_the_reader_doubts_is_asked(stands: Standing) -> None:
    """A cell that was guessed is published like one that was read."""
    sheet = drafts.sheet(stands, "department", MARCH)
    doubt = "합친 칸이라 값을 짐작하였습니다."
    for row in sheet.rows[:2]:
        row["team_count"] = row["team_count"]._replace(doubt=doubt)
    assert sentences(checked(stands, sheet)) == [f"부서, department 시트 D2 등 2칸: {doubt}"]


# tables that a file does not hold -----------------------------------------------------------------------


def test_a_new_edition_takes_over_what_its_file_lacks(stands: Standing) -> None:
    """A report without the duties cannot be published, or is published without them and nobody is asked."""
    budget = drafts.sheet(stands, "budget_line", JUNE)
    draft = standing.completed(Draft([budget]), stands)
    assert standing.completed(draft, stands) == draft
    tables = {sheet.table for sheet in draft.sheets}
    assert tables == {name for name, table in stands.tables.items() if table.folder == "report"}
    verdict = check.examined(draft, stands)
    assert not verdict.problems
    [question] = verdict.unlikely
    assert question.sentence.endswith(
        "파일에 없어 2023. 3. 31. 자료를 옮겨 적었습니다. 그대로인지 확인해 주십시오."
    )
    assert "담당업무" in question.subject
    assert "예산" not in question.subject.split(", ")


def test_the_year_of_an_edition_that_does_not_say(stands: Standing) -> None:
    """The first report of a new year is counted into the old one."""
    day = datetime.date(2024, 3, 31)
    draft = standing.completed(Draft([drafts.sheet(stands, "budget_line", day)]), stands)
    sheet = draft.sheet("edition", day)
    assert sheet is not None
    [row] = sheet.rows
    assert [row[name].text for name in ("fiscal_year", "year_start", "year_end", "remark")] == [
        "2024",
        "2024-01-01",
        "2024-12-31",
        "",
    ]


def test_what_hangs_on_something_gone_is_left_out(stands: Standing) -> None:
    """The duties of a department that is no more keep the new edition from being published."""
    sheet = drafts.sheet(stands, "department", JUNE)
    gone = "남북협력과"
    draft = Draft([sheet._replace(rows=[row for row in sheet.rows if row["department"].text != gone])])
    draft = standing.completed(draft, stands)
    duties, budget = draft.sheet("duty", JUNE), draft.sheet("budget_line", JUNE)
    assert duties is not None and budget is not None
    assert gone not in {row["department"].text for row in duties.rows}
    assert gone not in {row["department"].text for row in budget.rows}
    assert len(budget.rows) == len(stands.rows("budget_line"))
    [missing] = draft.missing
    assert missing.table == "duty"
    assert not check.examined(draft, stands).problems


def test_the_folder_is_left_alone(folder: Path) -> None:
    """A check that writes into the folder fails on a read-only one, and disturbs who publishes."""
    before = drafts.contents(folder)
    check.verdict(drafts.edition(standing.of(folder)), folder)
    assert drafts.contents(folder) == before
    assert not (folder / "history").exists()
