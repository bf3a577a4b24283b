"""A ZIP that nobody vouches for: its parts, or one sentence why not."""

import io
import zipfile

import pytest

from lib.intake import archive, limits
from lib.intake.draft import IntakeError
from tests.intake import hostile


def refused(content: bytes) -> str:
    with pytest.raises(IntakeError) as fault:
        archive.parts("보고서.hwpx", content)
    [problem] = fault.value.problems
    assert problem.file == "보고서.hwpx"
    assert problem.expected
    return problem.found


def test_the_parts_of_a_document_come_out_whole() -> None:
    """A picture or a section of a report is lost on its way in."""
    parts = {
        "mimetype": b"application/hwp+zip",
        "Contents/section0.xml": b"<a>\xea\xb0\x80</a>",
        "BinData/1.png": b"\x89PNG",
    }
    assert archive.parts("a.hwpx", hostile.archive(parts)) == parts
    assert archive.names(hostile.archive(parts)) == list(parts)


def test_folders_are_no_parts() -> None:
    """A folder that an archiver writes down is read as a part and refuses the file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as opened:
        opened.mkdir("Contents")
        opened.writestr("Contents/a.xml", "<a/>")
    assert archive.parts("a.hwpx", file.getvalue()) == {"Contents/a.xml": b"<a/>"}


def test_what_unpacks_to_too_much_is_counted_not_believed() -> None:
    """A bomb that says it is small fills the memory."""
    assert "100MB" in refused(hostile.archive({"a.bin": b"x" * (limits.UNPACKED_BYTES + 1)}))
    halves = {f"{number}.bin": b"x" * (limits.UNPACKED_BYTES // 2 + 1) for number in range(2)}
    assert "100MB" in refused(hostile.archive(halves))
    assert "손상" in refused(hostile.declared_small(limits.UNPACKED_BYTES))


def test_as_much_as_is_taken_comes_out() -> None:
    """A report with many pictures is refused for its size."""
    [content] = archive.parts("a.hwpx", hostile.archive({"a.png": b"x" * limits.UNPACKED_BYTES})).values()
    assert len(content) == limits.UNPACKED_BYTES


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_compressions_are_refused(method: int) -> None:
    """A dictionary of four gigabytes is set up before the first letter is read."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as opened:
        opened.writestr("a.xml", "<a/>")
    assert "압축" in refused(file.getvalue())


@pytest.mark.parametrize("name", ["../a.xml", "a/../../b.xml", "/a.xml", "\\a.xml", "c:a.xml", "a" * 300])
def test_names_that_lead_out_are_refused(name: str) -> None:
    """A part is written over a file of the server by a tool that unpacks it later."""
    assert "이름" in refused(hostile.archive({name: b"<a/>"}))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused() -> None:
    """One reader checks the first of them and another reads the second."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as opened:
        opened.writestr("a.xml", "<a/>")
        opened.writestr("A.xml", "<!DOCTYPE a><a/>")
    assert "이름" in refused(file.getvalue())


@pytest.mark.parametrize(
    "part",
    [
        b"<!DOCTYPE a><a/>",
        b"\xef\xbb\xbf<!DOCTYPE a><a/>",
        "<!DOCTYPE a><a/>".encode("utf-16"),
        b'<?xml version="1.0" encoding="EUC-KR"?><a/>',
        b'<?xml version="1.0" encoding="utf-7"?><a/>',
        b"<a>" * 201 + b"</a>" * 201,
        b"<a><b></a>",
        b"no xml",
    ],
)
def test_xml_that_no_office_program_writes_is_refused(part: bytes) -> None:
    """An entity reads a file of the server, or grows to gigabytes, in whichever encoding it hides."""
    assert "손상된" in refused(hostile.archive({"Contents/a.xml": part}))


def test_declarations_hide_under_no_other_name() -> None:
    """A part of XML under another name is read by a program that does not look at names."""
    assert "손상된" in refused(hostile.archive({"xl/strings.bin": b" \n<!DOCTYPE a><a/>"}))


@pytest.mark.parametrize("text", ["<총 무 과><7팀 178명>", "<a> & b", "<!-- 1 -->", "a <!DOCTYPE b>"])
def test_text_may_begin_like_xml(text: str) -> None:
    """The preview that every .hwpx carries begins with a cell in angle brackets, and refuses the report."""
    assert archive.parts("a.hwpx", hostile.archive({"Preview/PrvText.txt": text.encode()}))


@pytest.mark.parametrize("name", ["word/embeddings/a.bin", "BinData/b.zip", "run.exe"])
@pytest.mark.parametrize("content", [b"PK\x03\x04rest", b"MZ\x90", b"\x7fELF"])
def test_archives_and_programs_inside_are_refused(name: str, content: bytes) -> None:
    """A program travels inside a report to the machine of the next person who opens it."""
    assert name.rsplit("/", 1)[-1] in refused(hostile.archive({name: content}))


def test_what_is_no_zip_is_refused() -> None:
    """A file cut off on its way ends the page with an error."""
    content = hostile.archive({"a.xml": b"<a/>"})
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as opened:
        opened.writestr("a.xml", "<a/>")
    changed = stored.getvalue().replace(b"<a/>", b"<b/>")
    for damaged in (b"", b"PK\x03\x04", content[:-10], content[10:], changed):
        assert "손상" in refused(damaged)
