"""The workbook that is handed in is the workbook that comes out again."""

from pathlib import Path

from lib.intake import check, publish, read, standing
from lib.intake.case import Case
from lib.intake.draft import Draft
from tests.editions import made_up


def values(draft: Draft) -> dict[str, list[dict[str, str]]]:
    """The texts of a draft by the paths of its tables."""
    return {
        sheet.path: [{column: cell.text for column, cell in row.items()} for row in sheet.rows]
        for sheet in draft.sheets
    }


def test_a_published_workbook_comes_out_as_it_went_in(spare: Path, with_june: Path, june_book: bytes) -> None:
    """A cell that changes on its way through the workbook, the data and back: a date, a decimal, a leading zero."""
    handed_in = read.drafts([("6월.xlsx", june_book)], standing.of(spare))
    assert values(handed_in) == values(made_up.draft(with_june, made_up.JUNE))
    publish.publish(handed_in, spare, "김자료", "6월")
    again = made_up.book(spare, made_up.JUNE)
    assert values(read.drafts([("다시.xlsx", again)], standing.of(spare))) == values(handed_in)


def test_a_made_up_edition_adds_up(with_september: Path) -> None:
    """Tests that lean on made-up figures which the checks would refuse."""
    for day in (made_up.JUNE, made_up.SEPTEMBER):
        verdict = check.verdict(made_up.draft(with_september, day), with_september)
        assert (verdict.problems, verdict.differences, verdict.unlikely) == ([], [], [])


def test_a_case_is_read_against_the_data_as_it_stands(spare: Path, june_book: bytes) -> None:
    """A comparison with data that has been replaced, which nobody notices."""
    case = Case([("6월.xlsx", june_book)], spare)
    assert not case.outdated and case.publisher == ""
    publish.publish(case.read_draft, spare, "김자료", "6월")
    assert case.outdated
    assert case.publisher == "김자료 님이 게시하였습니다(6월)"
    again = case.again()
    assert not again.outdated
    assert again.name == case.name
    assert not again.examined([]).changes
