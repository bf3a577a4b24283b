"""The PDF read back: by pypdf for text and tags, by a validator for PDF/UA-1."""

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import page
import pypdf
import pytest
from fontTools.ttLib import TTFont

from lib.briefing import font, grid, pdf
from lib.briefing.model import Briefing
from lib.briefing.sections import SECTIONS
from tests.briefing import made


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


@pytest.mark.parametrize("name", ["whole", "odd", "long", "rare"])
def test_a_validator_accepts_it(name: str, briefing: Briefing) -> None:
    """The council's system refuses the file, or a reader with a screen reader cannot use it."""
    assert [section.key for section in briefing.sections] == list(SECTIONS)
    chosen = {"whole": briefing, "odd": made.odd(), "long": made.long(), "rare": made.rare()}[name]
    report = page.validate_pdf_bytes(pdf.write(chosen), profile=page.ValidationProfile.PDF_UA_1)
    assert [str(failure) for failure in report.failures] == []
    assert report.is_compliant
    assert report.rules.failed == 0 < report.rules.total


def test_the_validator_refuses_what_is_wrong(document: pypdf.PdfReader) -> None:
    """It accepts everything, and nobody notices."""
    spoilt = pypdf.PdfWriter(clone_from=document)
    for embedded in fonts(spoilt):
        [below] = [part.get_object() for part in embedded["/DescendantFonts"]]
        wrong = pypdf.generic.ArrayObject(pypdf.generic.NumberObject(number) for number in (0, 65535, 321))
        below[pypdf.generic.NameObject("/W")] = wrong
    file = io.BytesIO()
    spoilt.write(file)
    report = page.validate_pdf_bytes(file.getvalue(), profile=page.ValidationProfile.PDF_UA_1)
    assert [failure.rule_id for failure in report.failures] == ["PDFUA1-FONT-GLYPH-WIDTH-001"]


def test_fonts_are_embedded_with_their_own_widths(document: pypdf.PdfReader) -> None:
    """Another machine shows boxes for Hangul, or letters that overlap."""
    assert fonts(document)
    for embedded in fonts(document):
        [below] = [part.get_object() for part in embedded["/DescendantFonts"]]
        program = TTFont(io.BytesIO(below["/FontDescriptor"]["/FontFile2"].get_data()))
        drawn = {
            place: round(program["hmtx"][name][0] * 1000 / program["head"].unitsPerEm)
            for place, name in enumerate(program.getGlyphOrder())
        }
        assert widths(below["/W"]) == drawn


def fonts(document: pypdf.PdfReader | pypdf.PdfWriter) -> list[Any]:
    """The fonts of every page, each once."""
    found = {
        embedded.indirect_reference.idnum: embedded.get_object()
        for sheet in document.pages
        for embedded in sheet["/Resources"]["/Font"].values()
    }
    return list(found.values())


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


def test_rare_letters_are_printed_and_can_be_read_out() -> None:
    """A name becomes boxes, or cannot be searched for."""
    briefing = made.rare()
    document = pypdf.PdfReader(io.BytesIO(pdf.write(briefing)))
    text = printed(document, briefing)
    assert [missing for missing in made.texts(briefing) if squeezed(missing) not in text] == []
    assert {embedded["/BaseFont"].partition("+")[2] for embedded in fonts(document)} == {"NotoSansKR-Regular"}


def test_the_font_draws_every_syllable_in_curves_of_truetype() -> None:
    """A syllable is left white; or the font is one whose widths a validator reads wrongly."""
    [file] = font.folder().glob("*.ttf")
    with TTFont(file) as program:
        ends, letters = program["loca"], program.getBestCmap()
        places = [program.getGlyphID(letters[syllable]) for syllable in range(ord("가"), ord("힣") + 1)]
    assert all(ends[place] < ends[place + 1] for place in places)


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
