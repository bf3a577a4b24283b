"""What a file is, by its content: its name says nothing."""

import re
from typing import Literal

from lib.intake import archive
from lib.intake.draft import IntakeError, refusal

Kind = Literal["hwpx", "xlsx", "text"]

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SAVE_HWPX = "한글에서 열어 ‘다른 이름으로 저장하기 → HWPX’로 저장한 파일을 올려 주십시오."
SAVE_XLSX = "엑셀에서 열어 ‘Excel 통합 문서(.xlsx)’로 다시 저장하여 올려 주십시오."
TAKEN = "보고서(.hwpx), 통합 문서(.xlsx), 주민등록 인구(.csv), 보고서의 글(.txt) 가운데 하나를 올려 주십시오."

# Beginnings of files that are not taken: what they are, and what to do.
BEGINNINGS: tuple[tuple[bytes, str, str], ...] = (
    (b"HWP Document File", "옛 한글 문서입니다.", SAVE_HWPX),
    (
        b"%PDF",
        "PDF 파일입니다.",
        "원본 한글 문서를 .hwpx로 저장하거나, PDF를 글(.txt)로 저장하여 올려 주십시오.",
    ),
    (b"{\\rtf", "서식 있는 글(.rtf)입니다.", SAVE_HWPX),
    (b"MZ", "실행 파일입니다.", TAKEN),
    (b"\x7fELF", "실행 파일입니다.", TAKEN),
    (b"\xca\xfe\xba\xbe", "실행 파일입니다.", TAKEN),
    (b"\xcf\xfa\xed\xfe", "실행 파일입니다.", TAKEN),
    (b"#!", "실행할 수 있는 글입니다.", TAKEN),
    (b"\x89PNG", "그림 파일입니다.", TAKEN),
    (b"\xff\xd8\xff", "그림 파일입니다.", TAKEN),
    (b"GIF8", "그림 파일입니다.", TAKEN),
    (b"BM", "그림 파일입니다.", TAKEN),
    (b"II*\0", "그림 파일입니다.", TAKEN),
    (b"MM\0*", "그림 파일입니다.", TAKEN),
    (b"RIFF", "그림이나 소리 파일입니다.", TAKEN),
    (b"\x1f\x8b", "압축 파일입니다.", "압축을 풀어 안의 파일을 올려 주십시오."),
    (b"7z\xbc\xaf", "압축 파일입니다.", "압축을 풀어 안의 파일을 올려 주십시오."),
    (b"Rar!", "압축 파일입니다.", "압축을 풀어 안의 파일을 올려 주십시오."),
    (b"EGGA", "압축 파일입니다.", "압축을 풀어 안의 파일을 올려 주십시오."),
    (b"ALZ\x01", "압축 파일입니다.", "압축을 풀어 안의 파일을 올려 주십시오."),
    (b"SCDS", "문서보안(DRM)이 걸린 파일입니다.", "문서보안을 풀고 저장하여 올려 주십시오."),
    (b"<DOCUMENT SAFER", "문서보안(DRM)이 걸린 파일입니다.", "문서보안을 풀고 저장하여 올려 주십시오."),
    (b"\x9b DRMONE", "문서보안(DRM)이 걸린 파일입니다.", "문서보안을 풀고 저장하여 올려 주십시오."),
)
# Names of streams in an OLE file.
STREAMS: tuple[tuple[str, str, str], ...] = (
    ("EncryptedPackage", "암호가 걸린 문서입니다.", "암호를 풀고 다시 저장하여 올려 주십시오."),
    ("HwpSummaryInformation", "한글 문서(.hwp)입니다.", SAVE_HWPX),
    ("BodyText", "한글 문서(.hwp)입니다.", SAVE_HWPX),
    ("Workbook", "옛 형식의 엑셀 파일(.xls)입니다.", SAVE_XLSX),
    ("Book", "옛 형식의 엑셀 파일(.xls)입니다.", SAVE_XLSX),
    ("WordDocument", "워드 문서(.doc)입니다.", SAVE_HWPX),
)
MARKUP = re.compile(
    rb"\s*(?:<!--.{0,500}?-->\s*)?<(\?xml|!doctype|html|hwpml|table|meta|head|script|svg)", re.I | re.S
)


def of(name: str, content: bytes) -> Kind:
    """What the file is to be read as. Raises IntakeError with what to do where it is none of the three."""
    if not content.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise refusal(
            name, "내용이 없는 파일입니다(0바이트).", "파일을 다시 내려받거나 저장하여 올려 주십시오."
        )
    if content.startswith(OLE):
        raise _ole(name, content)
    for beginning, found, expected in BEGINNINGS:
        # BM begins a picture, but words as well.
        if content.startswith(beginning) and (beginning != b"BM" or b"\0" in content[:30]):
            raise refusal(name, found, expected)
    if archive.is_zip(content):
        return _zip(name, content)
    if MARKUP.match(content[:1_000].removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"")):
        if b"HWPML" in content[:2_000]:
            raise refusal(name, "한글의 XML 문서(.hml)입니다.", SAVE_HWPX)
        expected = "엑셀에서 열어 ‘CSV UTF-8’이나 .xlsx로 저장하여 올려 주십시오."
        raise refusal(name, "웹 화면(HTML)이나 XML로 저장된 파일입니다.", expected)
    return "text"


def _ole(name: str, content: bytes) -> IntakeError:
    for stream, found, expected in STREAMS:
        if stream.encode("utf-16-le") in content:
            return refusal(name, found, expected)
    return refusal(name, "옛 형식의 문서이거나 암호가 걸린 파일입니다.", f"{SAVE_HWPX} 표이면 {SAVE_XLSX}")


def _zip(name: str, content: bytes) -> Kind:
    names = archive.names(content)
    tops = {part.split("/")[0] for part in names}
    if any(part.lower().endswith("vbaproject.bin") for part in names):
        raise refusal(name, "매크로가 든 문서(.xlsm 등)입니다.", SAVE_XLSX)
    if {"Contents", "version.xml"} & tops and "[Content_Types].xml" not in names:
        return "hwpx"
    if "[Content_Types].xml" in names and "xl" in tops:
        if any(part.endswith("workbook.bin") for part in names):
            raise refusal(name, "이진 형식의 엑셀 파일(.xlsb)입니다.", SAVE_XLSX)
        return "xlsx"
    if {"word", "ppt"} & tops:
        raise refusal(name, "워드나 파워포인트 문서입니다.", TAKEN)
    if "content.xml" in names:
        raise refusal(name, "ODF 문서(.ods, .odt)입니다.", f"{SAVE_XLSX} 글이면 {SAVE_HWPX}")
    if not names:
        archive.parts(name, content)  # which says why it cannot even be listed
    raise refusal(name, "압축 파일(.zip)입니다.", "압축을 풀어 안의 파일을 올려 주십시오.")
