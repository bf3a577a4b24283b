"""The workbook: what is written reads the same, and what somebody broke is named with sheet, row and column."""

import datetime
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from lib.intake import grid, guide, standing, value, workbook, workbook_form
from lib.intake.draft import Candidate, Cell, Draft, IntakeError, Missing, Problem, Sheet
from lib.intake.grid import BookCell
from lib.intake.standing import Standing

MARCH = datetime.date(2023, 3, 31)
APRIL = datetime.date(2023, 4, 30)
bounded = settings(max_examples=200, deadline=None, derandomize=True)
Texts = dict[str, list[dict[str, str]]]


@pytest.fixture(scope="module")
def stands(bureau: Path) -> Standing:
    return standing.of(bureau)


@pytest.fixture(scope="module")
def template(stands: Standing) -> bytes:
    return workbook.template(stands)


def texts(draft: Draft) -> Texts:
    return {
        sheet.path: [{column: cell.text for column, cell in row.items()} for row in sheet.rows]
        for sheet in draft.sheets
    }


def saved(book: Any) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def changed(template: bytes, change: Callable[[Workbook], object]) -> bytes:
    book = load_workbook(io.BytesIO(template))
    change(book)
    return saved(book)


def problems(content: bytes, stands: Standing) -> list[Problem]:
    with pytest.raises(IntakeError) as fault:
        workbook.read("자료.xlsx", content, stands)
    assert all(
        problem.file == "자료.xlsx" and problem.expected.endswith((".", "다.", "오."))
        for problem in fault.value.problems
    )
    return fault.value.problems


# The guide ----------------------------------------------------------------------------------------


def test_every_table_and_column_is_explained(stands: Standing) -> None:
    """A new column comes to those who fill the workbook in with an English name alone."""
    expected = {(table.name, "") for table in stands.tables.values()}
    expected |= {
        (table.name, column.name) for table in stands.tables.values() for column in table.sheet_columns
    }
    assert set(guide.entries()) == expected
    for (table, column), (label, note) in guide.entries().items():
        assert re.search("[가-힣]", label), (table, column)
        assert note, (table, column)


def test_names_of_sheets_are_ones_that_excel_takes(stands: Standing) -> None:
    """Excel repairs a workbook with a name that is too long, and loses the sheet."""
    names = [workbook_form.title(table) for table in stands.tables]
    names += [workbook_form.title(table, MARCH) for table in stands.tables if stands.tables[table].dated]
    assert len(set(names)) == len(names)
    for name in names:
        assert len(name) <= 31, name
        assert not re.search(r"[\[\]:*?/\\]", name), name


# There and back -----------------------------------------------------------------------------------


def test_the_template_reads_as_what_stands(template: bytes, stands: Standing) -> None:
    """A workbook that nobody changed counts as changed when it comes back."""
    draft = workbook.read("자료.xlsx", template, stands)
    report = {path: rows for path, rows in stands.sheets.items() if path.startswith("report/2023-03-31/")}
    assert texts(draft) == report
    assert texts(workbook.read("자료.xlsx", workbook.write(draft, stands), stands)) == report


def test_places_are_those_of_the_sheet(template: bytes, stands: Standing) -> None:
    """A person looks for a fault in the row above or below it."""
    draft = workbook.read("자료.xlsx", template, stands)
    sheet = draft.sheet("department")
    assert sheet is not None
    page = load_workbook(io.BytesIO(template))[workbook_form.title("department")]
    for number, row in enumerate(sheet.rows, start=2):
        assert row["head_count"].place == f"부서 (department) 시트 C{number}"
        assert page[f"C{number}"].value == int(row["head_count"].text)


def test_residents_of_several_months_go_there_and_back(stands: Standing) -> None:
    """Two months in one workbook overwrite each other."""
    sheets = []
    for month in (MARCH, APRIL):
        for table in ("population_month", "district_population", "dong_population"):
            rows = [{column: Cell(text) for column, text in row.items()} for row in stands.rows(table, MARCH)]
            sheets.append(Sheet("population", month, table, rows))
    draft = Draft(sheets)
    assert texts(workbook.read("a.xlsx", workbook.write(draft, stands), stands)) == texts(draft)


@pytest.mark.parametrize("as_of", [MARCH, datetime.date(2023, 6, 30)])
def test_a_part_of_a_report_comes_with_all_of_its_tables(as_of: datetime.date, stands: Standing) -> None:
    """What the reader of .hwpx found comes as a workbook that is refused for the sheets it lacks."""
    row = {column: Cell(text) for column, text in stands.rows("department")[0].items()}
    draft = Draft([Sheet("report", as_of, "department", [row])])
    back = workbook.read("a.xlsx", workbook.write(draft, stands), stands)
    assert {sheet.table for sheet in back.sheets} == {
        table.name for table in stands.tables.values() if table.folder == "report"
    }
    assert len(back.sheet("department", as_of).rows) == 1  # type: ignore[union-attr]
    assert len(back.sheet("budget_line", as_of).rows) == len(stands.rows("budget_line"))  # type: ignore[union-attr]


def test_a_reference_table_goes_there_and_back(stands: Standing) -> None:
    """A new 동 cannot come in by workbook because its table has no date."""
    content = workbook.table(stands, "dong")
    assert texts(workbook.read("a.xlsx", content, stands)) == {"reference/dong.csv": stands.rows("dong")}


def rewritten(template: bytes, **options: bool) -> bytes:
    """The workbook as another program saves it: its own styles, text in the cells, no notes."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, options)
    for page in load_workbook(io.BytesIO(template)).worksheets:
        copy = book.add_worksheet(page.title)
        if page.sheet_state != "visible":
            copy.hide()
        for row in page.iter_rows():
            for cell in row:
                style = book.add_format({"num_format": cell.number_format})
                place = (cell.row - 1, cell.column - 1)
                if isinstance(cell.value, (datetime.date, datetime.time)):
                    copy.write_datetime(*place, cell.value, style)
                elif isinstance(cell.value, str):
                    copy.write_string(*place, cell.value, style)
                elif cell.value is not None:
                    copy.write(*place, cell.value, style)
    book.close()
    return file.getvalue()


@pytest.mark.parametrize("options", [{}, {"constant_memory": True}, {"in_memory": True, "use_zip64": True}])
def test_what_another_program_saved_reads_the_same(
    options: dict[str, bool], template: bytes, stands: Standing
) -> None:
    """Only workbooks saved by one program come in."""
    report = {path: rows for path, rows in stands.sheets.items() if path.startswith("report/2023-03-31/")}
    assert texts(workbook.read("자료.xlsx", rewritten(template, **options), stands)) == report


types = st.sampled_from(
    ("VARCHAR", "INTEGER", "BIGINT", "DECIMAL(7,1)", "DECIMAL(18,3)", "DATE", "TIME", "BOOLEAN")
)
cells = st.one_of(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30),
    st.integers(-(10**14), 10**14).map(str),
    st.decimals(-(10**9), 10**9, places=1).map(lambda number: f"{number:f}"),
    st.dates(datetime.date(1901, 1, 1)).map(str),
    st.times().map(lambda time: time.isoformat("minutes")),
    st.sampled_from(
        ("true", "false", "-", "007", "-0", "1.50", "=1+1", "+82", "-5", "@a", "'a", "1e5", "nan")
    ),
)


@bounded
@given(text=cells, type_name=types)
def test_no_text_is_lost(text: str, type_name: str) -> None:
    """A figure that cannot be one of its type comes back as another figure, and nobody sees that it was wrong."""
    shown = value.shown(text, type_name)
    decimals = grid.decimals_of(shown.format)
    back = value.text_of(BookCell(shown.value, decimals), type_name)
    assert back == value.text_of(BookCell(text), type_name)
    canonical = {
        "INTEGER": r"-?[1-9]\d*|0",
        "BIGINT": r"-?[1-9]\d*|0",
        "DECIMAL(7,1)": r"-?(?!0\d)\d{1,12}(\.\d)?",
        "DATE": r"\d{4}-\d\d-\d\d",
        "TIME": r"\d\d:\d\d",
    }
    if (
        type_name in canonical
        and re.fullmatch(canonical[type_name], text, re.ASCII)
        and text not in ("-0", "-0.0")
    ):
        assert back == text


@pytest.mark.parametrize(
    ("content", "type_name", "text"),
    [
        (19.5, "DECIMAL(4,1)", "19.5"),
        (0.1 + 0.2, "DECIMAL(4,1)", "0.3"),
        (19.499999999999996, "DECIMAL(4,1)", "19.5"),
        (19.56, "DECIMAL(4,1)", "19.56"),
        (361.0, "INTEGER", "361"),
        (3.5, "INTEGER", "3.5"),
        (1e15, "BIGINT", "1000000000000000"),
        (-4172782, "BIGINT", "-4172782"),
        (True, "BOOLEAN", "true"),
        ("False", "BOOLEAN", "false"),
        (datetime.datetime(2023, 3, 31), "DATE", "2023-03-31"),
        (datetime.datetime(2023, 3, 31, 9, 30), "DATE", "2023-03-31 09:30:00"),
        ("2023. 3. 31.", "DATE", "2023-03-31"),
        ("2023년 3월 31일", "DATE", "2023-03-31"),
        (datetime.time(9, 30), "TIME", "09:30"),
        (datetime.timedelta(hours=15), "TIME", "15:00"),
        (datetime.datetime(1899, 12, 30, 8, 0), "TIME", "08:00"),
        ("9:30", "TIME", "09:30"),
        ("△4,172,782", "BIGINT", "-4172782"),
        ("１２３", "INTEGER", "123"),
        ("12명", "INTEGER", "12명"),
        (11110, "VARCHAR", "11110"),
        ("  총무과 ", "VARCHAR", "총무과"),
        (None, "INTEGER", ""),
    ],
)
def test_a_value_becomes_the_text_of_the_csv(content: Any, type_name: str, text: str) -> None:
    """19.5 comes in as 19.499999999999996, a date as a number of days."""
    assert value.text_of(BookCell(content), type_name) == text


# Formulas -----------------------------------------------------------------------------------------

FORMULAS = ('=HYPERLINK("http://127.0.0.1","a")', "+1+1", "-1+1", "@SUM(A1)", "=1+1")


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_becomes_a_formula(formula: str, stands: Standing) -> None:
    """A name in a report runs a command on the machine of the person who opens the workbook."""
    row = {"remark": Cell(formula, formula, formula, formula)}
    candidate = Candidate(formula, formula, "population_month", {"remark": Cell(formula)})
    draft = Draft(
        [Sheet("population", MARCH, "population_month", [row])], [candidate], [Missing("dong", formula)]
    )
    content = workbook.write(draft, stands)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            assert not re.search(rb"<f[ >]", parts.read(name)), name
    for page in load_workbook(io.BytesIO(content)).worksheets:
        for line in page.iter_rows():
            assert all(cell.data_type != "f" for cell in line)
            assert all(cell.quotePrefix for cell in line if cell.value == formula)
    assert texts(workbook.read("a.xlsx", content, stands)) == texts(draft)


# What somebody broke ------------------------------------------------------------------------------


def test_a_formula_is_refused_where_it_stands(template: bytes, stands: Standing) -> None:
    """A sum that Excel has not calculated comes in as an empty cell."""

    def change(book: Workbook) -> None:
        book["부서 (department)"]["C3"] = "=C2+1"

    [problem] = problems(changed(template, change), stands)
    assert (problem.sheet, problem.row, problem.column) == ("부서 (department)", 3, "head_count")
    assert "값만" in problem.expected


def test_sheets_that_are_missing_unknown_or_double_are_named(template: bytes, stands: Standing) -> None:
    """A sheet that somebody deleted or renamed is taken for an empty table."""

    def change(book: Workbook) -> None:
        del book["담당업무 (duty)"]
        book["예산 (budget_line)"].title = "내 메모"
        book.copy_worksheet(book["부서 (department)"]).title = "department"

    found = {(problem.sheet, problem.found) for problem in problems(changed(template, change), stands)}
    assert found == {
        ("담당업무 (duty)", "시트가 없습니다."),
        ("예산 (budget_line)", "시트가 없습니다."),
        ("내 메모", "알 수 없는 시트"),
        ("department", "같은 표의 시트가 둘입니다."),
    }


def test_columns_that_are_missing_unknown_or_double_are_named(template: bytes, stands: Standing) -> None:
    """A column under another name loses all its figures."""

    def change(book: Workbook) -> None:
        page = book["부서 (department)"]
        page["B1"], page["C1"], page["I1"] = "구분", "department", "extra"

    found = {(p.sheet, p.row, p.column, p.found) for p in problems(changed(template, change), stands)}
    sheet = "부서 (department)"
    assert found == {
        (sheet, 1, "kind", "열이 없습니다."),
        (sheet, 1, "head_count", "열이 없습니다."),
        (sheet, 1, "department", "같은 열이 두 번 있습니다."),
        (sheet, 1, "구분", "알 수 없는 열"),
        (sheet, 1, "extra", "알 수 없는 열"),
    }


@pytest.mark.parametrize("date", [None, "모름", "=TODAY()", 45016])
def test_a_workbook_without_a_date_is_refused(date: Any, template: bytes, stands: Standing) -> None:
    """Figures of no date overwrite those of another."""

    def change(book: Workbook) -> None:
        book["안내"]["B3"] = date
        book["안내"]["B3"].number_format = "General"

    [problem] = problems(changed(template, change), stands)
    assert (problem.sheet, problem.column) == ("안내", "기준일")


@pytest.mark.parametrize(
    "date", [datetime.date(2023, 6, 30), "2023-06-30", "2023. 6. 30.", "2023년 6월 30일"]
)
def test_the_date_may_be_typed_as_people_do(date: Any, template: bytes, stands: Standing) -> None:
    """The date has one form that only its maker knows."""

    def change(book: Workbook) -> None:
        book["안내"]["B3"] = date

    draft = workbook.read("a.xlsx", changed(template, change), stands)
    assert {sheet.as_of for sheet in draft.sheets} == {datetime.date(2023, 6, 30)}


def test_empty_rows_are_left_out(template: bytes, stands: Standing) -> None:
    """A row that somebody emptied comes in as a department without a name."""

    def change(book: Workbook) -> None:
        page = book["부서 (department)"]
        for place in range(1, 8):
            page.cell(3, place).value = None
            page.cell(40, place).number_format = "0.00"
            page.cell(41, place).value = "  "

    sheet = workbook.read("a.xlsx", changed(template, change), stands).sheet("department")
    assert sheet is not None
    assert len(sheet.rows) == len(stands.rows("department")) - 1
    assert sheet.rows[1]["department"].place.endswith("A4")


def test_a_sheet_may_be_emptied(template: bytes, stands: Standing) -> None:
    """A quarter without a meeting cannot be reported."""

    def change(book: Workbook) -> None:
        book["참석자 (participant)"].delete_rows(2, 100)

    sheet = workbook.read("a.xlsx", changed(template, change), stands).sheet("participant")
    assert sheet is not None
    assert sheet.rows == []


def test_an_edition_that_does_not_stand_has_no_template(stands: Standing) -> None:
    """An empty workbook goes out as the form of an edition that nobody published."""
    with pytest.raises(IntakeError):
        workbook.template(stands, datetime.date(1999, 12, 31))


# What people see ----------------------------------------------------------------------------------


def test_doubts_are_marked_and_listed(stands: Standing) -> None:
    """A figure that the reader was not sure of is published unseen."""
    doubtful = Cell("12", "표 3의 5행 2열", "12?", "흐리게 인쇄되어 있습니다.")
    row = {column.name: Cell("1") for column in stands.tables["department"].sheet_columns}
    draft = Draft(
        [Sheet("report", MARCH, "department", [row, row | {"head_count": doubtful}])],
        [Candidate("4월에 시작한다.", "2쪽", "milestone", {"step": Cell("공사")})],
        [Missing("duty", "담당업무 표를 찾지 못했습니다.")],
    )
    book = load_workbook(io.BytesIO(workbook.write(draft, stands)))
    page = book["부서 (department)"]
    note = page["C3"].comment
    assert note is not None
    assert all(part in note.text for part in (doubtful.doubt, doubtful.printed, doubtful.place))
    assert page["C3"].fill.fgColor.rgb != page["C2"].fill.fgColor.rgb
    said = [[cell.value for cell in line if cell.value] for line in book["안내"].iter_rows()]
    assert ["부서 (department)", "C3", "12?", doubtful.doubt] in said
    assert ["담당업무", "담당업무 표를 찾지 못했습니다."] in said
    assert [cell.value for cell in book["후보"][2]][:3] == [
        "청사 개선 단계 (milestone)",
        "4월에 시작한다.",
        "2쪽",
    ]


def rules(content: bytes, sheet: str) -> dict[str, Any]:
    """The rules of a sheet by the cell they begin at."""
    page = load_workbook(io.BytesIO(content))[sheet]
    return {str(rule.sqref).split(":")[0]: rule for rule in page.data_validations.dataValidation}


def test_columns_offer_what_the_schema_allows(template: bytes) -> None:
    """A person types a kind or a department that the build then refuses."""
    departments = rules(template, "부서 (department)")
    book = load_workbook(io.BytesIO(template))
    sheet, _, area = departments["B2"].formula1.partition("!")
    assert [row[0].value for row in book[sheet][area.replace("$", "")]] == ["과", "사업소", "위탁 법인"]
    assert departments["C2"].type == "whole"
    assert departments["F2"].type == "date"
    lines = rules(template, "예산 (budget_line)")
    assert lines["E2"].formula1.startswith("'부서 (department)'!$A$2:$A$")
    assert lines["C2"].formula1.startswith("'예산 (budget_line)'!$A$2:$A$")
    assert lines["J2"].type == "decimal"
    figures = rules(template, "보고서 수치 (stated_figure)")
    sheet, _, area = figures["A2"].formula1.partition("!")
    assert "organisation" in [row[0].value for row in book[sheet][area.replace("$", "")]]
    assert rules(template, "시차출퇴근 월별 (flexible_work_month)")["D2"].formula1 == '"TRUE,FALSE"'
    assert rules(template, "간담회 (meeting)")["D2"].type == "time"


def test_heads_say_what_they_mean(template: bytes) -> None:
    """A person does not know what realised_percent asks for."""
    book = load_workbook(io.BytesIO(template))
    note = book["예산 (budget_line)"]["L1"].comment
    assert note is not None
    assert "집행률" in note.text
    said = {str(cell.value) for line in book["안내"].iter_rows() for cell in line}
    assert guide.column("budget_line", "realised_percent").note in said
    assert book["목록"].sheet_state == "hidden"
