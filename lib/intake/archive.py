"""The parts of a ZIP (.hwpx, .xlsx) that nobody vouches for: unpacked in memory, within lib/intake/limits.py."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import NamedTuple
from xml.parsers import expat

from lib.intake import limits
from lib.intake.draft import IntakeError, refusal

ZIP = b"PK\x03\x04"
ENTRY = b"PK\x01\x02"
CHUNK = 64 * 1024
ENCRYPTED = 0x1
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# Names of parts that are read as XML, whatever they hold.
XML_NAME = re.compile(r"\.(xml|rels|hpf|rdf|vml|opf|xhtml)$", re.IGNORECASE)
# Beginnings of what has no place in a document: other archives, programs.
FOREIGN = (ZIP, b"PK\x05\x06", b"MZ", b"\x7fELF", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b\x08")
FOREIGN_NAME = re.compile(
    r"\.(zip|7z|rar|gz|jar|exe|dll|com|scr|msi|bat|cmd|ps1|vbs|js|xlsx|xlsm|docx|pptx|hwpx)$", re.IGNORECASE
)
ENCODINGS = ("utf-8", "utf-16", "us-ascii", None)
# One mark and the text up to the next, however long its attributes are.
LONG_MARK = re.compile(rb"<[^<]{%d,}" % limits.MARK_LENGTH)
BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")

MANIFEST = "META-INF/manifest.xml"
DECRYPT = "암호를 풀고 다시 저장하여 올려 주십시오."
SAVE_AGAIN = "원래 프로그램에서 열어 새 이름으로 저장한 파일을 올려 주십시오."


class Part(NamedTuple):
    name: str
    content: bytes


def is_zip(content: bytes) -> bool:
    return content.startswith((ZIP, b"PK\x05\x06"))


def names(content: bytes) -> list[str]:
    """What the parts of a ZIP are called, to tell what it is; nothing is unpacked. Empty where it cannot be told."""
    if content.count(ENTRY) > limits.PARTS:
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            return [entry.filename for entry in opened.infolist()]
    except Exception:  # whatever a damaged or hostile file makes of the reader
        return []


def parts(name: str, content: bytes) -> dict[str, bytes]:
    """The parts of the ZIP `content` by name, folders left out; `name` is that of the file, for messages.

    Raises IntakeError where it is damaged, encrypted, larger than the limits once it is unpacked (counted, not as it
    says of itself), or holds what no document does: names that lead out of it, two parts of one name, archives,
    programs, XML with declarations of entities.
    """
    if content.count(ENTRY) > limits.PARTS:
        raise refusal(name, "파일 안에 든 조각이 너무 많습니다.", SAVE_AGAIN)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            return {part.name: part.content for part in _unpacked(name, opened)}
    except IntakeError:
        raise
    except Exception:  # whatever a damaged or hostile file makes of the reader
        raise refusal(name, "파일이 손상되어 열 수 없습니다.", SAVE_AGAIN) from None


def _unpacked(name: str, opened: zipfile.ZipFile) -> Iterator[Part]:
    room = limits.UNPACKED_BYTES
    marks = limits.MARKS
    seen: set[str] = set()
    for entry in opened.infolist():
        _check_entry(name, entry, seen)
        if entry.is_dir():
            continue
        content = _inflated(name, opened, entry, room)
        room -= len(content)
        if entry.filename == MANIFEST and b"encryption-data" in content:
            raise refusal(name, "암호가 걸린 파일입니다.", DECRYPT)
        if is_xml(entry.filename, content):
            marks -= content.count(b"<")
            if marks < 0:
                raise refusal(
                    name, "파일의 내용이 너무 많습니다.", "필요한 부분만 새 파일로 저장해 주십시오."
                )
            _check_xml(name, entry.filename, content)
        elif content.startswith(FOREIGN):
            raise _foreign(name, entry.filename)
        yield Part(entry.filename, content)


def _check_entry(name: str, entry: zipfile.ZipInfo, seen: set[str]) -> None:
    path = entry.filename
    if entry.flag_bits & ENCRYPTED:
        raise refusal(name, "암호가 걸린 파일입니다.", DECRYPT)
    steps = path.replace("\\", "/").split("/")
    leads_out = path.startswith(("/", "\\")) or ".." in steps or ":" in path or "\0" in entry.orig_filename
    if leads_out or len(path) > limits.PART_NAME_LENGTH or path.lower() in seen:
        raise refusal(name, "파일 안의 이름이 문서의 것이 아닙니다.", SAVE_AGAIN)
    seen.add(path.lower())
    if FOREIGN_NAME.search(path):
        raise _foreign(name, path)
    if entry.compress_type not in METHODS:
        raise refusal(name, "문서에 쓰이지 않는 방식으로 압축된 파일입니다.", SAVE_AGAIN)


def _inflated(name: str, opened: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes:
    """The part, as far as there is room for it; what the entry says of its size is not relied on."""
    chunks: list[bytes] = []
    with opened.open(entry) as stream:
        while chunk := stream.read(CHUNK):
            room -= len(chunk)
            if room < 0:
                size = limits.UNPACKED_BYTES // limits.MEGABYTE
                raise refusal(
                    name,
                    f"압축을 풀면 {size}MB가 넘습니다.",
                    "그림을 줄이거나 필요한 부분만 저장해 주십시오.",
                )
            chunks.append(chunk)
    return b"".join(chunks)


def _foreign(name: str, path: str) -> IntakeError:
    found = f"다른 압축 파일이나 실행 파일({path.rsplit('/', 1)[-1][:40]})이 들어 있습니다."
    return refusal(name, found, "끼워 넣은 개체를 지우고 다시 저장하여 올려 주십시오.")


def is_xml(path: str, content: bytes) -> bool:
    """Whether the part is one that a reader may take for XML."""
    return bool(XML_NAME.search(path)) or _start(content).startswith(b"<")


def _start(content: bytes) -> bytes:
    """The first letters in any of the encodings: without byte order mark, zeros and leading space."""
    start = content[:200]
    for mark in BYTE_ORDER_MARKS:
        start = start.removeprefix(mark)
    return start.replace(b"\0", b"").lstrip()


class _NoDocumentError(Exception):
    """XML that no office program writes."""


def _check_xml(name: str, path: str, content: bytes) -> None:
    """Refuse what no office program writes: declarations of entities, other encodings, endless nesting."""
    if not content.strip():
        return
    try:
        if content.count(b"=") > limits.ATTRIBUTES or LONG_MARK.search(content):
            raise _NoDocumentError
        _parse(content)
    except (_NoDocumentError, expat.ExpatError) as fault:
        # Text may begin with "<" too, as the preview of an .hwpx does.
        if isinstance(fault, _NoDocumentError) or XML_NAME.search(path):
            found = "한글이나 엑셀이 만들지 않는 내용이 들어 있거나 손상된 파일입니다."
            raise refusal(name, found, SAVE_AGAIN) from None


def _parse(content: bytes) -> None:
    depth = 0

    def declared(version: str, encoding: str | None, standalone: int) -> None:
        if (encoding and encoding.lower()) not in ENCODINGS:
            raise _NoDocumentError

    def opened(tag: str, attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.XML_DEPTH:
            raise _NoDocumentError

    def closed(tag: str) -> None:
        nonlocal depth
        depth -= 1

    def refused(*declaration: object) -> None:
        raise _NoDocumentError

    parser = expat.ParserCreate()
    parser.XmlDeclHandler = declared
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.StartDoctypeDeclHandler = refused
    parser.EntityDeclHandler = refused
    parser.Parse(content, True)
