"""Uploaded tables: what is read, and the one sentence that every bad input gets."""

import io
import zipfile
from datetime import date, time
from decimal import Decimal

import openpyxl
import pytest

from lib import upload
from lib.upload import cell, sheet

COLUMNS = (
    upload.Column("unit", "단위", also=("부서",)),
    upload.Column("rank", "직급", required=False, default=""),
    upload.Column("people", "인원", "whole", most=100_000),
    upload.Column("score", "점수", "number", required=False, most=70),
)


def book(*rows: list[object]) -> bytes:
    """An .xlsx with the rows on its first sheet."""
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    for row in rows:
        page.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def sentences(name: str, content: bytes, key: tuple[str, ...] = ("unit", "rank")) -> list[str]:
    """What the visitor is told about an upload that is not taken."""
    with pytest.raises(upload.UploadError) as refused:
        upload.table(name, content, COLUMNS, key)
    return [problem.sentence for problem in refused.value.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_csv_in_every_encoding_of_korean_office_software(encoding: str, separator: str) -> None:
    """Prevents that a CSV saved by Excel arrives as broken Hangul, or as one column."""
    text = "단위,직급,인원\r\n총무과,6급,12\r\n인사과,,3\r\n".replace(",", separator)
    rows = upload.table("단위.csv", text.encode(encoding), COLUMNS)
    assert list(rows["unit"]) == ["총무과", "인사과"]
    assert list(rows["rank"]) == ["6급", ""]
    assert list(rows["people"]) == [12, 3]
    assert list(rows.index) == [2, 3]


def test_heads_below_a_title_in_any_order_and_under_other_names() -> None:
    """Prevents that only the one template of ours can be uploaded."""
    content = book(
        ["2023년 평정단위"], [], ["인원 (명)", "비고", "부서"], ["1,234", "x", "총무과"], [12.0, "", 7]
    )
    rows = upload.table("단위.xlsx", content, COLUMNS)
    assert list(rows["people"]) == [1234, 12]
    assert list(rows["unit"]) == ["총무과", "7"]
    assert list(rows.index) == [4, 5]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("총무과,6급,열둘,", "3행 ‘인원’ 열에 숫자가 아닌 값(열둘)이 있으니 12처럼 숫자로 고치십시오."),
        ("총무과,6급,-3,", "3행 ‘인원’ 열에 음수(-3)가 있으니 0 이상의 수로 고치십시오."),
        ("총무과,6급,△3,", "3행 ‘인원’ 열에 음수(△3)가 있으니 0 이상의 수로 고치십시오."),
        ("총무과,6급,2.5,", "3행 ‘인원’ 열에 소수(2.5)가 있으니 정수로 고치십시오."),
        ("총무과,6급,100001,", "3행 ‘인원’ 열에 너무 큰 수(100001)가 있으니 100,000 이하의 수로 고치십시오."),
        ("총무과,6급,,", "3행 ‘인원’ 열에 값이 없으니 채우거나 그 행을 지우십시오."),
        ("총무과,6급,nan,", "3행 ‘인원’ 열에 숫자가 아닌 값(nan)이 있으니 12처럼 숫자로 고치십시오."),
        ("총무과,6급,1e5,", "3행 ‘인원’ 열에 숫자가 아닌 값(1e5)이 있으니 12처럼 숫자로 고치십시오."),
        ('총무과,6급,"1,23",', "3행 ‘인원’ 열에 숫자가 아닌 값(1,23)이 있으니 12처럼 숫자로 고치십시오."),
        (
            "인사과,,1,",
            "3행 ‘단위·직급’ 열에 2행과 같은 값(인사과)이 있으니 하나로 합치거나 이름을 달리하십시오.",
        ),
        ("총무과,6급,1,70.5", "3행 ‘점수’ 열에 너무 큰 수(70.5)가 있으니 70 이하의 수로 고치십시오."),
        (f"{'가' * 201},6급,1,", "3행 ‘단위’ 열에 200자가 넘는 글이 있으니 줄여 적으십시오."),
    ],
)
def test_a_bad_cell_is_named_by_row_and_column_with_what_to_do(row: str, sentence: str) -> None:
    """Prevents a wrong figure that is read as another one, or an error that nobody can find in the sheet."""
    assert sentences("단위.csv", f"단위,직급,인원,점수\n인사과,,1,\n{row}\n".encode()) == [sentence]


def test_all_bad_cells_are_told_at_once() -> None:
    """Prevents that a sheet must be uploaded once per mistake."""
    found = sentences("단위.csv", "단위,인원\n,열\n나,-1\n다,1\n".encode())
    assert [text.split("에 ")[0] for text in found] == ["2행 ‘단위’ 열", "2행 ‘인원’ 열", "3행 ‘인원’ 열"]


@pytest.mark.parametrize(
    ("name", "content", "part"),
    [
        ("a.csv", b"", "내용이 없으니"),
        ("a.csv", b" \n\n", "내용이 없으니"),
        ("a.csv", "이름,값\n가,1\n".encode(), "‘단위’·‘인원’ 열이 없으니"),
        ("a.csv", "단위,인원\n".encode(), "열 이름 아래에 내용이 없으니"),
        ("a.csv", b'\xec\xff\xfe"', "글자를 읽을 수 없는 파일이니"),
        ("a.csv", '단위,인원\n"가,1\n'.encode(), "따옴표의 짝이 맞지 않으니"),
        ("a.csv", b"a\0b", "엑셀 파일이 아니거나"),
        ("a.xlsx", sheet.OLE + bytes(500), "옛 형식(.xls)이거나 암호가 걸린 파일이니"),
        ("a.xlsx", "단위,인원\n가,1\n".encode(), "엑셀 파일이 아니거나"),
        ("a.xlsx", b"PK\x03\x04 broken", "엑셀 파일이 손상되어 있으니"),
        ("a.csv", b"x" * (sheet.MEGABYTES * 1024 * 1024 + 1), "1MB가 넘으니"),
    ],
)
def test_a_file_of_another_kind_is_answered_in_one_sentence(name: str, content: bytes, part: str) -> None:
    """Prevents a trace, or silence, for a renamed, empty, damaged or foreign file."""
    [sentence] = sentences(name, content)
    assert part in sentence and sentence.endswith("십시오.")


def test_too_many_rows_are_refused_where_the_limit_is_passed() -> None:
    """Prevents 100,000 units from holding up the server."""
    rows = "".join(f"{number},1\n" for number in range(100_000))
    [sentence] = sentences("a.csv", f"단위,인원\n{rows}".encode("cp949"))
    assert "10,000행을 넘으니 나누어 올리십시오." in sentence
    just = "".join(f"단위{number},1\n" for number in range(sheet.ROWS))
    assert len(upload.table("a.csv", f"단위,인원\n{just}".encode(), COLUMNS)) == sheet.ROWS
    [sentence] = sentences("a.csv", f"단위,인원\n{just}하나,1\n".encode())
    assert sentence.startswith("10,002행에 이르러")


def test_formulas_count_as_calculated_or_are_named() -> None:
    """Prevents that a formula without a stored value makes its row vanish in silence."""
    found = sentences("a.xlsx", book(["단위", "인원"], ["가", 1], ["나", "=SUM(B2:B2)"], ["=A2", "=B2"]))
    assert [text.split("에 ")[0] for text in found] == ["3행 ‘인원’ 열", "4행 ‘단위’ 열", "4행 ‘인원’ 열"]
    assert all("계산되지 않은 수식" in text for text in found)


def test_text_that_looks_like_a_formula_stays_text() -> None:
    """Prevents that a name with a sign is refused, changed or calculated."""
    names = ["=1+1", "+82", "-", "@here"]
    rows = upload.table(
        "a.csv", "단위,인원\n".encode() + "".join(f"{name},1\n" for name in names).encode(), COLUMNS
    )
    assert list(rows["unit"]) == names


def rewritten(content: bytes, part: str, change: bytes) -> bytes:
    """The .xlsx with one part replaced."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change if name == part else old.read(name))
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_before_they_are_read(encoding: str) -> None:
    """Prevents a file that grows without end, or reads the server's files, while it is parsed."""
    xml = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    content = rewritten(book(["단위", "인원"], ["가", 1]), "xl/worksheets/sheet1.xml", xml.encode(encoding))
    assert "엑셀이 만들지 않는 내용이 든 파일이니" in sentences("a.xlsx", content)[0]


def test_what_unpacks_to_too_much_is_refused() -> None:
    """Prevents a zip bomb: 60 MB that arrive as 60 KB."""
    content = rewritten(book(["단위", "인원"], ["가", 1]), "xl/styles.xml", bytes(60_000_000))
    assert len(content) < 200_000
    assert "압축을 풀면 지나치게 큰 파일이니" in sentences("a.xlsx", content)[0]


def test_rows_far_below_the_rest_are_counted_by_their_own_number() -> None:
    """Prevents that a stray cell at the foot of a sheet is lost or named by the wrong row."""
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    page.append(["단위", "인원"])
    page.cell(1_000_000, 1, "끝")
    page.cell(1_000_000, 2, "x")
    file = io.BytesIO()
    made.save(file)
    assert sentences("a.xlsx", file.getvalue())[0].startswith("1,000,000행 ‘인원’ 열")


def test_hidden_sheets_are_not_read() -> None:
    """Prevents figures that the one who uploads does not see."""
    made = openpyxl.Workbook()
    hidden = made.active
    assert hidden is not None
    hidden.append(["단위", "인원"])
    hidden.append(["숨은 과", 9])
    hidden.sheet_state = "hidden"
    shown = made.create_sheet("보이는 표")
    shown.append(["단위", "인원"])
    shown.append(["총무과", 3])
    file = io.BytesIO()
    made.save(file)
    assert list(upload.table("a.xlsx", file.getvalue(), COLUMNS)["unit"]) == ["총무과"]


def test_pasted_cells_need_no_heads() -> None:
    """Prevents that cells copied without their heads are refused, or their first row lost."""
    assert list(upload.pasted("총무과\t6급\t12\n인사과\t\t3", COLUMNS)["people"]) == [12, 3]
    assert list(upload.pasted("인원\t단위\n12\t총무과", COLUMNS)["unit"]) == ["총무과"]
    with pytest.raises(upload.UploadError) as refused:
        upload.pasted("단위\t수\n총무과\t12", COLUMNS)
    assert "‘인원’ 열이 없으니" in refused.value.problems[0].sentence


def test_months_times_and_scores() -> None:
    """Prevents that a date cell, a written month or a score is read as something else."""
    columns = (
        upload.Column("month", "월", "month"),
        upload.Column("start", "출근", "time"),
        upload.Column("score", "점수", "number", most=70),
    )
    content = book(
        ["월", "출근", "점수"],
        [date(2023, 3, 31), time(8, 30), 63.25],
        ["2023년 4월", "9시 30분", "70"],
        ["2023-05", "08:00", "0.1"],
    )
    rows = upload.table("a.xlsx", content, columns)
    assert list(rows["month"]) == [date(2023, 3, 1), date(2023, 4, 1), date(2023, 5, 1)]
    assert list(rows["start"]) == [time(8, 30), time(9, 30), time(8, 0)]
    assert list(rows["score"]) == [Decimal("63.25"), Decimal(70), Decimal("0.1")]
    with pytest.raises(upload.UploadError) as refused:
        upload.table("a.csv", "월,출근,점수\n2023-13,25:00,x\n".encode(), columns)
    assert [problem.column for problem in refused.value.problems] == ["월", "출근", "점수"]


def test_an_error_as_text_quotes_nothing_of_the_file() -> None:
    """Prevents that a person's score reaches a log through an exception."""
    fault = upload.UploadError([sheet.Problem(2, "점수", "숫자가 아닌 값(홍길동)이 있으니", "고치십시오")])
    assert "홍길동" not in str(fault) and "홍길동" not in repr(fault)


def test_invisible_characters_are_taken_out_of_names() -> None:
    """Prevents two units that look the same and are counted as two."""
    assert cell.value("총무\u200b과\ufeff", COLUMNS[0]) == "총무과"
    assert isinstance(cell.value("\u200b", COLUMNS[0]), sheet.Problem)
