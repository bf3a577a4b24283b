"""The report form read back by python-hwpx, and checked by its validators."""

import io
from typing import Any

import pytest
from hwpx import HwpxDocument
from hwpx.tools import package_validator

from lib.briefing import grid, hwpx, picture
from lib.briefing.model import Briefing
from tests.briefing import made

PARAGRAPH = "{http://www.hancom.co.kr/hwpml/2011/paragraph}"


@pytest.fixture(scope="module")
def document(briefing: Briefing) -> HwpxDocument:
    return HwpxDocument.open(io.BytesIO(hwpx.write(briefing)))


def lines(document: HwpxDocument) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def cells(table: Any) -> list[list[str]]:
    """The texts of a table as it is seen: a merged cell repeats over what it covers."""
    return [[place.cell.text for place in row] for row in table.get_cell_map()]


def test_every_text_and_number_is_printed(document: HwpxDocument, briefing: Briefing) -> None:
    """The council gets a document that lacks a figure of the briefing."""
    shown = "\n".join(lines(document))
    shown += "\n".join(cell for table in document.tables.all for row in cells(table) for cell in row)
    assert [missing for missing in made.texts(briefing) if missing not in shown] == []


def test_tables_read_back_equal(document: HwpxDocument, briefing: Briefing) -> None:
    """A cell slips into the next column, or a merged head covers the wrong ones."""
    expected = [section.table for section in briefing.sections if section.table.rows]
    drawn = document.tables.all
    assert len(drawn) == len(expected)
    for shown, table in zip(drawn, expected, strict=True):
        depth, seen = grid.head_rows(table), cells(shown)
        assert [tuple(row) for row in seen[depth:]] == list(grid.texts(table))
        for head in grid.heads(table):
            covered = [
                seen[row][column]
                for row in range(head.row, head.row + head.row_span)
                for column in range(head.column, head.column + head.column_span)
            ]
            assert set(covered) == {head.text}


def test_heads_are_repeated_and_rows_stay_whole(document: HwpxDocument) -> None:
    """The second page of a table is a field of numbers without names."""
    for table in document.tables.all:
        assert table.element.get("repeatHeader") == "1"
        assert table.element.get("pageBreak") == "TABLE"
        assert not table.treat_as_char
        assert {cell.element.get("header") for cell in table.rows[0].cells} == {"1"}


def test_pictures_read_back_equal_with_their_text(document: HwpxDocument, briefing: Briefing) -> None:
    """A picture of another section, or one that a screen reader cannot say."""
    charts = [section.chart for section in briefing.sections if section.chart]
    placed = [element for section in document.sections for element in section.element.iter(f"{PARAGRAPH}pic")]
    assert [element.findtext(f"{PARAGRAPH}shapeComment") for element in placed] == [
        chart.message for chart in charts
    ]
    held = {item.item_id: item for item in document.media.images}
    assert len(held) == len(charts)
    for reference, chart in zip(document.media.picture_references(), charts, strict=True):
        data = document.package.read(held[reference.binary_item_id_ref].href)
        assert data == picture.png(picture.svg(chart.picture))


def test_headings_are_numbered_by_the_word_processor(document: HwpxDocument, briefing: Briefing) -> None:
    """A section that is moved keeps its old number, and the outline is empty."""
    style = document.styles.resolve("개요 1").id
    headings = [
        paragraph.text for paragraph in document.paragraphs if str(paragraph.style_id_ref) == str(style)
    ]
    assert headings == [section.title for section in briefing.sections]


def test_levels_have_their_signs(document: HwpxDocument, briefing: Briefing) -> None:
    """The report does not look like one of the bureau."""
    written = lines(document)
    for section in briefing.sections:
        assert f"□ {section.message}" in written
        assert all(f"- {note}" in written for note in section.notes)
        assert all(f"※ 출처: {source}" in written for source in section.sources)


@pytest.mark.parametrize("name", ["whole", "odd", "long"])
def test_the_validators_find_no_fault(name: str, briefing: Briefing) -> None:
    """The word processor says that the file is damaged."""
    data = hwpx.write({"whole": briefing, "odd": made.odd(), "long": made.long()}[name])
    report = HwpxDocument.open(io.BytesIO(data)).validate()
    assert report.ok, report.issues
    package = package_validator.validate_package(data)
    assert package.ok, package.issues


def test_text_is_never_taken_for_code() -> None:
    """A name from an uploaded file vanishes as markup."""
    document = HwpxDocument.open(io.BytesIO(hwpx.write(made.odd())))
    written = "\n".join(lines(document))
    table = document.tables.all[0]
    assert [row[0] for row in cells(table)[1:]] == list(made.ODD_TEXTS)
    assert [missing for missing in made.ODD_TEXTS if missing not in written] == []


def test_progress_is_told_to_the_end(briefing: Briefing) -> None:
    """A bar that stops at ninety percent, or runs backwards."""
    told: list[float] = []
    hwpx.write(briefing, lambda share, step: told.append(share))
    assert told == sorted(told) and told[-1] == 1.0
