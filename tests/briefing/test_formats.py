"""The workbook and the web page, read back."""

import io
import re
from datetime import date

import openpyxl
import pytest
from lxml import html as parser
from openpyxl.worksheet.worksheet import Worksheet

from lib.briefing import html, xlsx
from lib.briefing.model import Briefing, Chart, Column, Figure, Question, Section, Table
from tests.briefing.conftest import MADE_ON

ODD = [
    "=1+1",
    "+cmd",
    "-2",
    "@sum",
    "<b>굵게</b>",
    "<script>alert(1)</script>",
    "#set text(red)",
    "A & B",
    '"인용"',
    "*별* $x$",
]


@pytest.fixture
def odd() -> Briefing:
    """A briefing whose every text looks like a formula, markup or code."""
    texts = iter(ODD * 10)
    section = Section(
        key="odd",
        title=next(texts),
        message=next(texts),
        figures=(Figure(next(texts), -1234.56, "억원", 1, next(texts)),),
        table=Table(
            next(texts),
            (
                Column(next(texts)),
                Column(next(texts), "명", 0, next(texts)),
                Column(next(texts), "%", 1, "묶음"),
            ),
            tuple((next(texts), 1234, None) for _ in ODD),
        ),
        chart=None,
        notes=tuple(ODD),
        sources=(next(texts),),
        as_of=date(2023, 3, 31),
        speaker_notes=(next(texts),),
        questions=(Question(next(texts), next(texts)),),
    )
    return Briefing(next(texts), next(texts), date(2023, 3, 31), MADE_ON, (section,), (next(texts),))


def book(briefing: Briefing) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(xlsx.write(briefing)))


def page(briefing: Briefing) -> parser.HtmlElement:
    return parser.document_fromstring(html.write(briefing).decode())


def values(sheet: Worksheet) -> list[object]:
    return [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]


def words(section: Section) -> list[str]:
    """Every text of a section."""
    return [
        section.message,
        *section.notes,
        *section.sources,
        *section.speaker_notes,
        *(text for question in section.questions for text in question),
    ]


def test_every_number_is_in_the_workbook_as_a_number(briefing: Briefing) -> None:
    """A figure that is lost, rounded away, or text that a sheet cannot add up."""
    sheets = book(briefing).worksheets
    assert len(sheets) == len(briefing.sections) + 2
    for sheet, section in zip(sheets[1:], briefing.sections, strict=False):
        first = 5 + any(column.group for column in section.table.columns)
        for place, row in enumerate(section.table.rows):
            for number, (column, expected) in enumerate(
                zip(section.table.columns, row, strict=True), start=1
            ):
                cell = sheet.cell(first + place, number)
                if isinstance(expected, (int, float)):
                    assert cell.value == pytest.approx(expected, rel=1e-14)
                    assert cell.number_format == xlsx.number_format(column.decimals_of(expected))
                else:
                    assert (cell.value or "") == (expected or "")
        found = values(sheet)
        numbers = [value for value in found if isinstance(value, (int, float))]
        for figure in section.figures:
            assert figure.unit in found
            assert any(value == pytest.approx(figure.value, rel=1e-14) for value in numbers), figure.name


def test_every_word_is_in_the_workbook(briefing: Briefing) -> None:
    """Sources, checks or answers that stay behind."""
    made = book(briefing)
    found = {value for sheet in made.worksheets for value in values(sheet)}
    missing = [text for section in briefing.sections for text in words(section) if text not in found]
    assert missing == []
    assert set(briefing.settings) <= found


def test_sheets_print_with_their_heads(briefing: Briefing) -> None:
    """A print of many pages on which nobody can tell the columns."""
    for sheet in book(briefing).worksheets:
        assert sheet.freeze_panes and sheet.print_title_rows
        assert sheet.page_setup.fitToWidth == 1 and sheet.page_setup.paperSize == int(sheet.PAPERSIZE_A4)
        assert "&P" in sheet.oddFooter.center.text or "Page" in sheet.oddFooter.center.text


def test_text_stays_text_in_the_workbook(odd: Briefing) -> None:
    """A name from an uploaded file is run as a formula."""
    for sheet in book(odd).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.coordinate
    assert set(ODD) <= set(values(book(odd).worksheets[1]))


def test_every_number_is_in_the_page(briefing: Briefing) -> None:
    """A figure that is lost or printed otherwise than elsewhere."""
    made = page(briefing)
    for section in briefing.sections:
        [part] = made.xpath(f"//section[@id='{section.key}']")
        table = [[cell.text_content() for cell in row] for row in part.xpath(".//tbody/tr")]
        columns = section.table.columns
        assert table == [
            [column.text(cell) for column, cell in zip(columns, row, strict=True)]
            for row in section.table.rows
        ]
        assert [value.text_content() for value in part.xpath(".//dd[@class='value']")] == [
            figure.text for figure in section.figures
        ]
        text = part.text_content()
        assert [line for line in words(section) if line not in text] == []


def test_tables_of_the_page_have_heads(briefing: Briefing) -> None:
    """A screen reader reads cells without saying of what."""
    made = page(briefing)
    assert made.get("lang") == "ko"
    for table, section in zip(made.xpath("//table"), briefing.sections, strict=True):
        assert table.findtext("caption") == section.table.title
        heads = table.xpath(".//thead//th[@scope='col']")
        assert len(heads) == len(section.table.columns)
        assert len(table.xpath(".//tbody//th[@scope='row']")) == len(section.table.rows)
        spans = sum(int(head.get("colspan", 1)) for head in table.xpath(".//thead/tr[1]/th"))
        assert spans == len(section.table.columns)


def test_charts_of_the_page_are_drawings_with_names(briefing: Briefing) -> None:
    """A page that needs a server or a script for its charts, or whose drawings cut each other's shapes."""
    made = page(briefing)
    charts: list[Chart] = [section.chart for section in briefing.sections if section.chart]
    drawn = made.xpath("//figure[@role='img']")
    assert [figure.get("aria-label") for figure in drawn] == [chart.message for chart in charts]
    assert all(figure.xpath(".//*[local-name()='svg']") for figure in drawn)
    names = made.xpath("//@id")
    assert len(names) == len(set(names))
    text = html.write(briefing).decode()
    used = re.findall(r"url\(#([^)]+)\)", text)
    assert set(used) <= set(names)


def test_the_page_asks_nobody(briefing: Briefing) -> None:
    """A page that is empty where there is no network."""
    made = page(briefing)
    addresses = made.xpath("//@src") + made.xpath("//@href") + made.xpath("//link")
    assert [address for address in addresses if not address.startswith("#")] == []
    assert not re.search(r"@import|url\(\s*['\"]?(?!#)", html.write(briefing).decode())


def test_text_stays_text_in_the_page(odd: Briefing) -> None:
    """A name from an uploaded file is run as a script."""
    made = page(odd)
    assert len(made.xpath("//script")) == 1 and not made.xpath("//b")
    text = made.text_content()
    assert [word for word in ODD if word not in text] == []


def test_progress_reaches_the_end(briefing: Briefing) -> None:
    """A bar that stands still while people wait."""
    for writer in (xlsx, html):
        seen: list[float] = []
        writer.write(briefing, lambda share, title, seen=seen: seen.append(share))
        assert seen == sorted(seen) and len(seen) == len(briefing.sections) and seen[-1] == 1
