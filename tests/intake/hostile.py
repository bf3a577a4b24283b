"""Files made to break a reader, as they are handed in, each with a name that says what it is."""

import io
import struct
import zipfile
from collections.abc import Callable

MEGABYTE = 1024 * 1024
UNPACKED = 105 * MEGABYTE  # a little more than is taken
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CONTENT_TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    b'<Override PartName="/xl/workbook.xml" ContentType='
    b'"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    b'<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
    b'"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = b"http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def archive(parts: dict[str, bytes]) -> bytes:
    """A ZIP of the parts, deflated."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in parts.items():
            opened.writestr(name, content)
    return file.getvalue()


def book(sheet: bytes, more: dict[str, bytes] | None = None) -> bytes:
    """An .xlsx with one sheet of this XML."""
    rels = b'<?xml version="1.0"?><Relationships xmlns="' + PACKAGE + b'">%s</Relationships>'
    workbook = rels % (
        b'<Relationship Id="rId1" Type="' + OFFICE + b'/officeDocument" Target="xl/workbook.xml"/>'
    )
    sheets = rels % (
        b'<Relationship Id="rId1" Type="' + OFFICE + b'/worksheet" Target="worksheets/sheet1.xml"/>'
    )
    return archive(
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "_rels/.rels": workbook,
            "xl/_rels/workbook.xml.rels": sheets,
            "xl/workbook.xml": b'<?xml version="1.0"?><workbook xmlns="'
            + MAIN
            + b'" xmlns:r="'
            + OFFICE
            + b'"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/worksheets/sheet1.xml": sheet,
            **(more or {}),
        }
    )


def rows(body: bytes) -> bytes:
    return (
        b'<?xml version="1.0"?><worksheet xmlns="'
        + MAIN
        + b'"><sheetData>'
        + body
        + b"</sheetData></worksheet>"
    )


def hwpx(section: bytes, more: dict[str, bytes] | None = None) -> bytes:
    """An .hwpx with one section of this XML."""
    return archive(
        {
            "mimetype": b"application/hwp+zip",
            "version.xml": b'<?xml version="1.0"?><v/>',
            "Contents/content.hpf": b'<?xml version="1.0"?><package/>',
            "Contents/header.xml": b'<?xml version="1.0"?><head/>',
            "Contents/section0.xml": section,
            **(more or {}),
        }
    )


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><l>&j;</l>"
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
PARAMETER = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]><x/>'


def declared_small(size: int) -> bytes:
    """A ZIP whose one part says it holds ten bytes and holds `size`."""
    content = archive({"[Content_Types].xml": CONTENT_TYPES, "xl/workbook.xml": b"\0" * size})
    true = struct.pack("<I", size)
    return content.replace(true, struct.pack("<I", 10))


def overlapping(size: int, count: int) -> bytes:
    """A ZIP in which many entries share one stream of `size`, as a bomb of a few kilobytes that unpacks to all of it."""
    one = archive({"a.xml": b"<a>" + b"x" * size + b"</a>"})
    start = one.rindex(b"PK\x01\x02")
    end = one.rindex(b"PK\x05\x06")
    entries = b"".join(one[start:end].replace(b"a.xml", b"%05d" % number) for number in range(count))
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(entries), start, 0)
    return one[:start] + entries + tail


def renamed_entry(name: bytes) -> bytes:
    """An .xlsx in which a part has this name, of nine letters."""
    return book(rows(b"")).replace(b"xl/_rels/", name)


def encrypted() -> bytes:
    """A ZIP whose entries say that they are encrypted."""
    content = bytearray(book(rows(b"")))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        while at >= 0:
            content[at + flags] |= 1
            at = content.find(signature, at + 1)
    return bytes(content)


def wide_rows() -> bytes:
    """Rows with one cell each, in the last column there is."""
    return book(
        rows(b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n, n) for n in range(1, 100_000)))
    )


def ten_million_cells() -> bytes:
    row = b"<row>" + b"<c><v>1</v></c>" * 1_000 + b"</row>"
    return book(rows(row * 10_000))


def most_cells() -> bytes:
    """As many marks as are taken, in cells."""
    row = b"<row>" + b"<c><v>1</v></c>" * 100 + b"</row>"
    return book(rows(row * 2_980))


def ministry(months: int, row: str, count: int) -> bytes:
    """A file of the ministry with so many months and rows; a %d in the row is its number."""
    head = "행정구역" + "".join(f",{1990 + n // 12}년{n % 12 + 1}월_총인구수" for n in range(months))
    body = (row % number if "%" in row else row for number in range(count))
    return "\n".join([head, *body]).encode("cp949")


def formulas() -> bytes:
    row = b"<row>" + b"<c><f>1+1</f></c>" * 100 + b"</row>"
    return named_book(rows(head(b"remark") + row * 2_500))


def heavy_strings() -> bytes:
    """As much text as is taken, each piece another."""
    texts = b"".join(b"<si><t>%06d%s</t></si>" % (n, "글".encode() * 140) for n in range(170_000))
    strings = b'<sst xmlns="' + MAIN + b'">' + texts + b"</sst>"
    cells = b"".join(b'<row><c t="s"><v>%d</v></c></row>' % n for n in range(80_000))
    more = {"xl/sharedStrings.xml": strings}
    content = book(rows(cells), more)
    part = (
        b'<Override PartName="/xl/sharedStrings.xml" ContentType='
        b'"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
    )
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", part)
    return archive(parts)


def head(*names: bytes) -> bytes:
    return (
        b"<row>"
        + b"".join(b'<c t="inlineStr"><is><t>' + name + b"</t></is></c>" for name in names)
        + b"</row>"
    )


def named_book(sheet: bytes) -> bytes:
    """An .xlsx whose one sheet has the name of a table of months."""
    with zipfile.ZipFile(io.BytesIO(book(sheet))) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    name = b"population_month 2023-03-31"
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'name="Sheet1"', b'name="' + name + b'"')
    return archive(parts)


def deep(depth: int = 300_000) -> bytes:
    return b"<a>" * depth + b"</a>" * depth


FILES: dict[str, Callable[[], bytes]] = {
    "bomb.xlsx": lambda: book(rows(b" " * (UNPACKED))),
    "bomb.hwpx": lambda: hwpx(b"<a>" + b" " * (UNPACKED) + b"</a>"),
    "declared-small.xlsx": lambda: declared_small(UNPACKED),
    "overlapping.zip": lambda: overlapping(10 * MEGABYTE, 1_900),
    "many-entries.zip": lambda: overlapping(10, 60_000),
    "nested.xlsx": lambda: book(rows(b""), {"xl/media/a.bin": archive({"b": b"c"})}),
    "nested.hwpx": lambda: hwpx(b"<a/>", {"BinData/a.zip": b"PK\x03\x04"}),
    "nested.zip": lambda: archive({"a.xlsx": book(rows(b""))}),
    "parent.xlsx": lambda: renamed_entry(b"../../../"),
    "absolute.xlsx": lambda: renamed_entry(b"/etc/cron"),
    "drive.xlsx": lambda: renamed_entry(b"C:\\window"),
    "backslash.xlsx": lambda: renamed_entry(b"..\\..\\a\\b"),
    "laughs.xlsx": lambda: book(LAUGHS),
    "laughs.hwpx": lambda: hwpx(LAUGHS),
    "laughs-utf-16.xlsx": lambda: book(
        LAUGHS.decode().replace("?>", ' encoding="utf-16"?>', 1).encode("utf-16")
    ),
    "laughs-ebcdic.xlsx": lambda: book(
        LAUGHS.decode().replace("?>", ' encoding="cp037"?>', 1).encode("cp037")
    ),
    "outside.xlsx": lambda: book(OUTSIDE),
    "outside.hwpx": lambda: hwpx(OUTSIDE),
    "outside-strings.xlsx": lambda: book(rows(b""), {"xl/sharedStrings.xml": OUTSIDE}),
    "outside-unnamed.xlsx": lambda: book(rows(b""), {"xl/strings.bin": OUTSIDE}),
    "parameter.hwpx": lambda: hwpx(PARAMETER),
    "deep.xlsx": lambda: book(deep()),
    "deep.hwpx": lambda: hwpx(deep()),
    "long-mark.xlsx": lambda: book(b"<a " + b"x" * (90 * MEGABYTE)),
    "attributes.hwpx": lambda: hwpx(b"<a " + b" ".join(b"a%d=''" % n for n in range(3_000_000)) + b"/>"),
    "macros.xlsm": lambda: book(rows(b""), {"xl/vbaProject.bin": b"\0" * 100}),
    "binary.xlsb": lambda: archive({"[Content_Types].xml": CONTENT_TYPES, "xl/workbook.bin": b"\0"}),
    "encrypted.xlsx": encrypted,
    "encrypted-office.xlsx": lambda: OLE + b"\0" * 2_000 + "EncryptedPackage".encode("utf-16-le"),
    "encrypted.hwpx": lambda: hwpx(
        b"<a/>", {"META-INF/manifest.xml": b"<m><e:encryption-data xmlns:e='e'/></m>"}
    ),
    "document.hwp": lambda: OLE + b"\0" * 2_000 + "HwpSummaryInformation".encode("utf-16-le"),
    "old.hwp": lambda: b"HWP Document File V3.00 \x1a\1\2\3\4\5" + b"\0" * 100,
    "old.xls": lambda: OLE + b"\0" * 2_000 + "Workbook".encode("utf-16-le"),
    "empty.csv": lambda: b"",
    "blank.txt": lambda: b" \r\n\t\n",
    "large.csv": lambda: b"a,b\n" * (50 * MEGABYTE),
    "program.csv": lambda: b"MZ\x90\0\3" + b"\0" * 500,
    "program.hwpx": lambda: b"\x7fELF\2\1\1" + b"\0" * 500,
    "picture.xlsx": lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 500,
    "report.pdf": lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "page.xls": lambda: "<html><table><tr><td>행정구역</td></tr></table></html>".encode(),
    "random.csv": lambda: bytes(range(256)) * 100,
    "latin.csv": lambda: bytes(range(0x81, 0xFF)) * 3 + b"\xff\xfe\xfd",
    "half-utf-16.csv": lambda: "행정구역,2023년03월_총인구수\n".encode("utf-16")[:-1],
    "zeros.csv": lambda: b"\0" * 1_000_000,
    "ten-million-cells.csv": lambda: b"1," * 10_000_000,
    "ten-million-rows.csv": lambda: b"1\n" * 10_000_000,
    "one-line.csv": lambda: "행정구역,2023년03월_총인구수".encode() + b",x" * 1_000_000,
    "one-quote.csv": lambda: '행정구역,2023년03월_총인구수\n"'.encode() + b"x\n" * 10_000_000,
    "bad-counts.csv": lambda: ministry(20, "서울특별시 종로구 (1111000000)" + ",x" * 20, 90_000),
    "short-rows.csv": lambda: ministry(9_000, "서울특별시 종로구 (1111000000)", 190_000),
    "strangers.csv": lambda: ministry(1, "서울특별시 종로구 동(11%08d),1", 190_000),
    "short-rows-seoul.csv": lambda: b"\n".join(
        [b"\xef\xbb\xbf" + "자치구,한국인".encode() + ",한국인".encode() * 15_000]
        + ["종로구".encode()] * 190_000
    ),
    "periods.csv": lambda: "\n".join(
        ["기간,자치구,한국인", *(f"{1990 + n % 1000}.{n % 12 + 1},종로구,1" for n in range(190_000))]
    ).encode(),
    "formulas.xlsx": formulas,
    "heavy-strings.xlsx": heavy_strings,
    "ten-million-cells.xlsx": ten_million_cells,
    "most-cells.xlsx": most_cells,
    "wide-rows.xlsx": wide_rows,
    "far-row.xlsx": lambda: book(rows(b'<row r="99999999999"><c r="A1"><v>1</v></c></row>')),
    "last-row.xlsx": lambda: book(rows(b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>')),
    "long-cell.xlsx": lambda: book(
        rows(b'<row><c t="inlineStr"><is><t>' + b"x" * 400_000 + b"</t></is></c></row>")
    ),
    "no-sheet.xlsx": lambda: archive(
        {"[Content_Types].xml": CONTENT_TYPES, "xl/workbook.xml": b"<workbook/>"}
    ),
    "cut-off.xlsx": lambda: book(rows(b"<row/>" * 1_000))[:-200],
    "just-below.xlsx": lambda: book(rows(b" " * (99 * MEGABYTE))),
    "just-below.hwpx": lambda: hwpx(b"<a>" + b" " * (400_000) + b"<b/>" * 300_000 + b"</a>"),
    "most-marks.hwpx": lambda: hwpx(b"<a>" + b"<p><r><t>1</t></r></p>" * 195_000 + b"</a>"),
}
