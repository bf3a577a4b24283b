"""The font of the documents: made out of its package, and what becomes of letters that it has not."""

import io
from pathlib import Path

import page
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.briefing import font, pdf
from tests.briefing import made

FAMILY = "\U0001f468‍\U0001f469"  # two emoji and a joiner
THAI = "สวัสดี"


def test_letters_that_no_font_has_are_seen_to_be_missing() -> None:
    """One emoji in a remark, and there is no PDF at all; or the letter is gone and nobody knows."""
    briefing = made.briefing(made.section("gaps", text=f"가{FAMILY}나 {THAI} 다️라\U000e0001마"))
    document = pdf.write(briefing)
    text = "".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(document)).pages)
    assert "가□□나" in text and pdf.REPLACED in text and "다라마" in text
    report = page.validate_pdf_bytes(document, profile=page.ValidationProfile.PDF_UA_1)
    assert [str(failure) for failure in report.failures] == []


def test_where_every_letter_is_there_nothing_is_said() -> None:
    """A remark about missing letters in every document."""
    document = pypdf.PdfReader(io.BytesIO(pdf.write(made.rare())))
    assert pdf.REPLACED not in "".join(sheet.extract_text() for sheet in document.pages)


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_a_document_comes_of_any_text(text: str) -> None:
    """Some letter, sign or control character of the data stops the whole document."""
    assert pdf.write(made.briefing(made.section("any", text=text))).startswith(b"%PDF")


def test_the_font_is_made_once_and_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every start takes ten seconds more, or a start that was cut off leaves half a font for good."""
    monkeypatch.setattr(font, "FILE", tmp_path / "new" / "font.ttf")
    monkeypatch.setattr(font, "make", lambda: font.FILE.parent.mkdir() or font.FILE.touch())
    assert font.folder() == tmp_path / "new"
    monkeypatch.setattr(font, "make", lambda: pytest.fail("made again"))
    assert font.folder() == tmp_path / "new"


def test_where_it_cannot_be_made_people_are_told_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A trace, where the folder takes no file."""
    (tmp_path / "file").touch()
    monkeypatch.setattr(font, "FILE", tmp_path / "file" / "font.ttf")
    with pytest.raises(font.Unavailable, match=r"만들 수 없습니다.*python -m lib.briefing.font"):
        font.folder()


def test_a_package_without_the_font_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Another version of the package, or none, ends in a trace."""
    monkeypatch.setattr(font, "FILE", tmp_path / "font.ttf")
    for name, value in (("PACKAGE", "no-such-package"), ("SOURCE", "none.ttf")):
        with monkeypatch.context() as other:
            other.setattr(font, name, value)
            with pytest.raises(font.Unavailable, match="requirements.txt"):
                font.make()
    assert not list(tmp_path.iterdir())
