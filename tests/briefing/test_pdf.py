"""The PDF read back: by pypdf for text and tags, by a validator for PDF/UA-1."""

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import page
import pypdf
import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.pens.basePen import NullPen

from lib.briefing import grid, pdf
from lib.briefing.model import Briefing
from tests.briefing import made

# The validator multiplies the widths of a CID font by the matrix of the whole font and forgets that it has
# done so: 555 becomes 0.555. test_fonts_are_embedded_with_their_own_widths says what is true.
MISREAD = "PDFUA1-FONT-GLYPH-WIDTH-001"


@pytest.fixture(scope="module")
def document(briefing: Briefing) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf.write(briefing)))


def printed(document: pypdf.PdfReader, briefing: Briefing) -> str:
    """All text without spaces, and without what stands at the head and foot of each page."""
    pages = []
    for number, sheet in enumerate(document.pages, start=1):
        text = squeezed(sheet.extract_text())
        text = text.replace(squeezed(f"{briefing.title}{briefing.bureau}"), "", 1) if number > 1 else text
        pages.append(text.replace(f"{number}/{len(document.pages)}", "", 1))
    return "".join(pages)


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u2060]+", "", text)


def elements(node: Any) -> Iterator[Any]:
    """Every element of the structure tree, in reading order."""
    node = node.get_object()
    if isinstance(node, pypdf.generic.ArrayObject):
        for child in node:
            yield from elements(child)
    elif isinstance(node, pypdf.generic.DictionaryObject):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node["/K"])


def tags(document: pypdf.PdfReader) -> list[Any]:
    return list(elements(document.trailer["/Root"]["/StructTreeRoot"]["/K"]))


def test_every_number_and_text_is_printed(document: pypdf.PdfReader, briefing: Briefing) -> None:
    """The council gets a document that lacks a figure of the briefing."""
    text = printed(document, briefing)
    assert [missing for missing in made.texts(briefing) if squeezed(missing) not in text] == []


def test_it_is_tagged_and_says_its_language_and_title(document: pypdf.PdfReader, briefing: Briefing) -> None:
    """A screen reader reads Korean in an English voice, or the file's name instead of the title."""
    root = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"].startswith("ko")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert document.metadata and document.metadata.title == briefing.title


def test_tables_and_pictures_are_in_the_structure(document: pypdf.PdfReader, briefing: Briefing) -> None:
    """A table without header cells or a picture without text is noise to whoever cannot see it."""
    kinds = Counter(str(tag["/S"]) for tag in tags(document))
    tables = [section.table for section in briefing.sections if section.table.rows]
    assert kinds["/Table"] == len(tables)
    assert kinds["/TH"] == sum(len(grid.heads(table)) for table in tables)
    assert kinds["/TD"] == sum(len(table.rows) * len(table.columns) for table in tables)
    described = [str(tag.get("/Alt")) for tag in tags(document) if tag["/S"] == "/Figure"]
    assert described == [section.chart.message for section in briefing.sections if section.chart]


def test_bookmarks_lead_to_every_section(document: pypdf.PdfReader, briefing: Briefing) -> None:
    """A briefing of thirty pages that only scrolls."""
    titles = [entry.title for entry in document.outline if not isinstance(entry, list)]
    expected = [f"{number}. {section.title}" for number, section in enumerate(briefing.sections, start=1)]
    assert titles[: len(expected)] == expected


def test_pages_are_numbered_out_of_all(document: pypdf.PdfReader) -> None:
    """A printed page is lost and nobody notices."""
    for number, sheet in enumerate(document.pages, start=1):
        assert f"{number}/{len(document.pages)}" in squeezed(sheet.extract_text())
        assert [round(float(side)) for side in sheet.mediabox] == [0, 0, 595, 842]


@pytest.mark.parametrize("name", ["whole", "odd", "long"])
def test_a_validator_finds_no_fault(name: str, briefing: Briefing) -> None:
    """The council's system refuses the file, or a reader with a screen reader cannot use it."""
    chosen = {"whole": briefing, "odd": made.odd(), "long": made.long()}[name]
    report = page.validate_pdf_bytes(pdf.write(chosen), profile=page.ValidationProfile.PDF_UA_1)
    assert [str(failure.message) for failure in report.failures if failure.rule_id != MISREAD] == []


def test_fonts_are_embedded_with_their_own_widths(document: pypdf.PdfReader) -> None:
    """Another machine shows boxes for Hangul, or letters that overlap."""
    fonts = {
        font.indirect_reference.idnum: font.get_object()
        for sheet in document.pages
        for font in sheet["/Resources"]["/Font"].values()
    }
    assert fonts
    for font in fonts.values():
        [below] = [part.get_object() for part in font["/DescendantFonts"]]
        program = CFFFontSet()
        program.decompile(io.BytesIO(below["/FontDescriptor"]["/FontFile3"].get_data()), None)
        letters = program[0].CharStrings
        drawn = {}
        for place, name in enumerate(letters.keys()):
            letters[name].draw(NullPen())
            drawn[place] = round(letters[name].width)
        assert widths(below["/W"]) == {place: drawn[place] for place in widths(below["/W"])}


def widths(entries: Any) -> dict[int, int]:
    """The widths of a font by glyph: `first last width` and `first [width …]`."""
    found: dict[int, int] = {}
    rest = [entry.get_object() for entry in entries]
    while rest:
        first, second = int(rest[0]), rest[1]
        if isinstance(second, list):
            found |= {first + offset: round(float(width)) for offset, width in enumerate(second)}
            rest = rest[2:]
        else:
            found |= dict.fromkeys(range(first, int(second) + 1), round(float(rest[2])))
            rest = rest[3:]
    return found


def test_heads_stand_on_every_page_of_a_table() -> None:
    """The second page of a table is a field of numbers without names."""
    document = pypdf.PdfReader(io.BytesIO(pdf.write(made.long())))
    sheets = [sheet.extract_text() for sheet in document.pages]
    with_rows = [text for text in sheets if "번째 줄" in text]
    assert len(with_rows) > 1
    assert all("항목" in text and "값" in text for text in with_rows)


def test_text_is_never_taken_for_code() -> None:
    """A name from an uploaded file runs as typst, or vanishes as markup."""
    briefing = made.odd()
    text = printed(pypdf.PdfReader(io.BytesIO(pdf.write(briefing))), briefing)
    assert [missing for missing in made.ODD_TEXTS if squeezed(missing) not in text] == []


def test_progress_is_told_to_the_end(briefing: Briefing) -> None:
    """A bar that stops at ninety percent, or runs backwards."""
    told: list[float] = []
    pdf.write(briefing, lambda share, step: told.append(share))
    assert told == sorted(told) and told[-1] == 1.0
