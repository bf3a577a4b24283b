"""The one way in: each file is told by its content, and every refusal says what to do."""

import datetime
from pathlib import Path

import pytest

from lib.intake import limits, read, standing, workbook
from lib.intake.draft import Cell, Draft, IntakeError, Problem, Sheet
from lib.intake.standing import Standing
from tests.intake import hostile
from tests.intake import residents_files as made

MARCH = datetime.date(2023, 3, 31)


@pytest.fixture(scope="module")
def stands(bureau: Path) -> Standing:
    return standing.of(bureau)


def problems(stands: Standing, *files: tuple[str, bytes]) -> list[Problem]:
    with pytest.raises(IntakeError) as fault:
        read.drafts(files, stands)
    return fault.value.problems


def tables(draft: Draft) -> set[str]:
    return {sheet.table for sheet in draft.sheets}


def test_the_content_tells_what_a_file_is(stands: Standing) -> None:
    """A workbook that somebody renamed is read as text."""
    residents = {"population_month", "district_population", "dong_population"}
    for name in ("a.csv", "a.xlsx", "a.hwp", "a"):
        assert tables(read.drafts([(name, made.households())], stands)) == residents
        assert tables(read.drafts([(name, made.seoul_book())], stands)) == residents
        assert "budget_line" in tables(read.drafts([(name, workbook.template(stands))], stands))


def test_files_of_residents_are_brought_together(stands: Standing) -> None:
    """Of two files for one month the one that is read last empties the columns of the other."""
    fresh = stands._replace(
        sheets={path: rows for path, rows in stands.sheets.items() if "population/" not in path}
    )
    files = [("세대.csv", made.households()), ("연령.csv", made.ages(made.steps(5)))]
    for order in (files, files[::-1]):
        draft = read.drafts(order, fresh)
        assert draft.missing == []
        assert len(draft.sheets) == 3


def test_a_report_and_residents_come_in_together(stands: Standing) -> None:
    """What belongs to one quarter cannot be checked together."""
    draft = read.drafts([("a.xlsx", workbook.template(stands)), ("b.csv", made.households())], stands)
    assert {"budget_line", "dong_population"} <= tables(draft)


def test_a_new_dong_comes_in_with_its_month(stands: Standing) -> None:
    """A month after a change of 동 needs somebody who can edit files on the server."""
    new = ["서울특별시 종로구 새동(1111099900)", "0", "0", "", "0", "0", ""]

    def named(lines: list[list[str]]) -> None:
        gone = next(line for line in lines if "1111051500" in line[0])
        lines[-1][1:] = gone[1:]
        gone[1:] = new[1:]

    april = made.edited(made.households(("2023년04월",), extra=[new]), named)
    assert "새동" in problems(stands, ("a.csv", april))[0].found
    rows = [{column: Cell(text) for column, text in row.items()} for row in stands.rows("dong")]
    [ended] = [row for row in rows if row["dong_code"].text == "1111051500"]
    started = {"dong_code": Cell("1111099900"), "dong": Cell("새동"), "valid_from": Cell("2023-04-01")}
    rows.append(ended | started)
    ended["valid_to"] = Cell("2023-03-31")
    places = workbook.write(Draft([Sheet("reference", None, "dong", rows)]), stands)
    draft = read.drafts([("a.csv", april), ("동.xlsx", places)], stands)
    assert tables(draft) == {"dong", "population_month", "district_population", "dong_population"}
    sheet = draft.sheet("dong_population")
    assert sheet is not None
    codes = {row["dong_code"].text for row in sheet.rows}
    assert "1111099900" in codes
    assert "1111051500" not in codes


def test_no_two_files_hold_the_same_table(stands: Standing) -> None:
    """Of two workbooks the one that was chosen last wins."""
    template = workbook.template(stands)
    found = problems(stands, ("a.xlsx", template), ("b.xlsx", template))
    assert {problem.file for problem in found} == {"b.xlsx"}
    assert all("a.xlsx" in problem.found for problem in found)
    rows = [
        {column: Cell(text) for column, text in row.items()} for row in stands.rows("population_month", MARCH)
    ]
    month = workbook.write(Draft([Sheet("population", MARCH, "population_month", rows)]), stands)
    assert problems(stands, ("a.csv", made.households()), ("b.xlsx", month))


def test_the_problems_of_all_files_come_at_once(stands: Standing) -> None:
    """A person mends one file after another."""
    found = problems(
        stands, ("a.hwp", hostile.FILES["document.hwp"]()), ("b.csv", b""), ("c.csv", made.households())
    )
    assert [problem.file for problem in found] == ["a.hwp", "b.csv"]


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("document.hwp", "HWPX"),
        ("old.hwp", "HWPX"),
        ("old.xls", ".xlsx"),
        ("binary.xlsb", ".xlsx"),
        ("macros.xlsm", ".xlsx"),
        ("encrypted-office.xlsx", "암호"),
        ("encrypted.xlsx", "암호"),
        ("encrypted.hwpx", "암호"),
        ("report.pdf", ".hwpx"),
        ("page.xls", "CSV"),
        ("program.csv", ".hwpx"),
        ("picture.xlsx", ".hwpx"),
        ("empty.csv", "다시"),
        ("nested.zip", "압축을 풀어"),
        ("large.csv", "나누어"),
        ("random.csv", "CSV UTF-8"),
        ("latin.csv", "CSV UTF-8"),
    ],
)
def test_a_refusal_says_what_to_do(name: str, word: str, stands: Standing) -> None:
    """A person is told that the file is wrong, and left alone with it."""
    [problem] = problems(stands, (name, hostile.FILES[name]()))
    assert problem.file == name
    assert word in problem.expected


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (
            hostile.archive(
                {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}
            ),
            "ODF",
        ),
        (hostile.archive({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}), "워드"),
        (hostile.archive({"자료.csv": b"a"}), "압축"),
        (b"\x1f\x8b\x08rest", "압축"),
        (b"SCDSA004rest", "문서보안"),
        (b"<?xml version='1.0'?><HWPML></HWPML>", ".hml"),
        (b"{\\rtf1 a}", "rtf"),
        (hostile.OLE + b"\0" * 100, "암호"),
    ],
)
def test_files_of_other_kinds_are_called_by_their_name(content: bytes, word: str, stands: Standing) -> None:
    """A document of another program is called damaged."""
    [problem] = problems(stands, ("a", content))
    assert word in problem.found


def test_a_table_of_something_else_is_refused(stands: Standing) -> None:
    """A table of something else is read as the prose of a report."""
    for name, content in (
        ("a.csv", b"name,amount\na,1\n"),
        ("a.xlsx", hostile.book(hostile.rows(b"<row/>"))),
    ):
        [problem] = problems(stands, (name, content))
        assert "주민등록" in problem.expected


def test_there_are_limits_to_files_together(stands: Standing) -> None:
    """A hundred files of the largest size each hold the server up."""
    assert problems(stands)
    [problem] = problems(stands, *[("a.csv", b"a")] * (limits.FILES + 1))
    assert str(limits.FILES) in problem.found
    large = b"a" * limits.FILE_BYTES
    [problem] = problems(stands, *[("a.csv", large)] * 5)
    assert "200MB" in problem.found


def test_what_a_reader_did_not_foresee_is_a_refusal(stands: Standing) -> None:
    """A reader that runs out of memory or depth ends the visit of everybody."""

    class Endless(bytes):
        def startswith(self, *_: object) -> bool:
            raise RecursionError

    [problem] = problems(stands, ("a.csv", Endless(b"a")))
    assert problem.found == "읽을 수 없는 파일입니다."
