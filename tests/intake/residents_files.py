"""Files of resident registration, made from the real figures in the forms that their publishers give them."""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

from openpyxl import Workbook

DATA = Path(__file__).parents[2] / "data"
MONTH = "2023-03-31"
Row = dict[str, str]


def rows(path: str) -> list[Row]:
    with (DATA / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


DISTRICTS = rows("reference/district.csv")
DONGS = rows("reference/dong.csv")
DISTRICT_MONTH = {row["district_code"]: row for row in rows(f"population/{MONTH}/district_population.csv")}
DONG_MONTH = {row["dong_code"]: row for row in rows(f"population/{MONTH}/dong_population.csv")}
NAMES = {row["district_code"]: row["district"] for row in DISTRICTS}

Place = tuple[str, str]
"""Name and ten-digit code, as the ministry writes them."""


def places(dongs: bool = True) -> list[Place]:
    """The city, then each district followed by its 동."""
    found = [("서울특별시 ", "1100000000")]
    for district in DISTRICTS:
        found.append((f"서울특별시 {district['district']} ", f"{district['district_code']}00000"))
        found += [
            (f"서울특별시 {district['district']} {dong['dong']}", dong["dong_code"])
            for dong in DONGS
            if dongs and dong["district_code"] == district["district_code"]
        ]
    return found


def count(code: str, column: str) -> int:
    """Of a place: a column of district_population, or population_65_and_over; city and district as sums."""
    if column == "population_65_and_over" or not code.endswith("00000"):
        level = {key: row for key, row in DONG_MONTH.items() if key.startswith(_prefix(code))}
        return sum(int(row.get(column) or 0) for row in level.values())
    return sum(
        int(row[column])
        for key, row in DISTRICT_MONTH.items()
        if code.startswith(key) or code == "1100000000"
    )


def _prefix(code: str) -> str:
    """What the codes of all its 동 begin with."""
    return "11" if code == "1100000000" else code[:5] if code.endswith("00000") else code


def men(code: str) -> int:
    """Of a place; of a 동, whose men nobody counts here, a half."""
    return count(code, "male_count") if code.endswith("00000") else _men_of_dong(code)


def _men_of_dong(code: str) -> int:
    """Men of a 동 so that they add up to the district's: its share of them by residents, the last taking the rest."""
    own = sorted(key for key in DONG_MONTH if key[:5] == code[:5])
    whole, men_of_all = count(f"{code[:5]}00000", "population"), count(f"{code[:5]}00000", "male_count")
    shares = [int(DONG_MONTH[key]["population"]) * men_of_all // whole for key in own]
    shares[-1] += men_of_all - sum(shares)
    return shares[own.index(code)]


def households_of(code: str) -> int:
    if code.endswith("00000"):
        return count(code, "household_count")
    own = sorted(key for key in DONG_MONTH if key[:5] == code[:5])
    whole, all_of = count(f"{code[:5]}00000", "population"), count(f"{code[:5]}00000", "household_count")
    shares = [int(DONG_MONTH[key]["population"]) * all_of // whole for key in own]
    shares[-1] += all_of - sum(shares)
    return shares[own.index(code)]


def households(
    months: Sequence[str] = ("2023년03월",), dongs: bool = True, extra: Sequence[Sequence[str]] = ()
) -> bytes:
    """주민등록 인구 및 세대현황: one block of six columns a month."""
    head = ["행정구역"]
    for month in months:
        head += [
            f"{month}_{item}"
            for item in ("총인구수", "세대수", "세대당 인구", "남자 인구수", "여자 인구수", "남여 비율")
        ]
    body = [[f"{name}({code})", *(_block(code) * len(months))] for name, code in places(dongs)]
    return _cp949([head, *body, *extra])


def _block(code: str) -> list[str]:
    people, homes, male = count(code, "population"), households_of(code), men(code)
    ratio = f"{male / max(people - male, 1):.2f}"
    return [
        f"{people:,}",
        f"{homes:,}",
        f"{people / max(homes, 1):.2f}",
        f"{male:,}",
        f"{people - male:,}",
        ratio,
    ]


def ages(
    classes: Sequence[tuple[int, int | None]], month: str = "2023년03월", sexes: str = "계남여"
) -> bytes:
    """연령별 인구현황: everybody under 65 in the first class, the others in the first class from 65 on."""
    head = ["행정구역"]
    for sex in sexes:
        head += [
            f"{month}_{sex}_총인구수",
            f"{month}_{sex}_연령구간인구수",
            *(f"{month}_{sex}_{_label(*c)}" for c in classes),
        ]
    body = []
    for name, code in places():
        old, people, male = count(code, "population_65_and_over"), count(code, "population"), men(code)
        old_men = min(old // 2, male)
        numbers = {"계": (people, old), "남": (male, old_men), "여": (people - male, old - old_men)}
        cells = [f"{name}({code})"]
        for sex in sexes:
            whole, aged = numbers[sex]
            by_class = [0] * len(classes)
            by_class[0] = whole - aged
            by_class[
                next(place for place, (first, last) in enumerate(classes) if last is None or last >= 65)
            ] += aged
            cells += [f"{whole:,}", f"{whole:,}", *(f"{number:,}" for number in by_class)]
        body.append(cells)
    return _cp949([head, *body])


def _label(first: int, last: int | None) -> str:
    if last is None:
        return f"{first}세 이상"
    return f"{first}세" if first == last else f"{first}~{last}세"


def steps(width: int) -> list[tuple[int, int | None]]:
    """Classes of so many years, 100 and older together."""
    return [*((first, first + width - 1) for first in range(0, 100, width)), (100, None)]


def edited(content: bytes, change: Callable[[list[list[str]]], object], encoding: str = "cp949") -> bytes:
    """A file with something done to its rows."""
    lines = list(csv.reader(io.StringIO(content.decode(encoding), newline="")))
    change(lines)
    return _cp949(lines)


def first_rows(content: bytes, count: int) -> bytes:
    """The beginning of a file."""
    return b"\n".join(content.split(b"\n")[:count]) + b"\n"


def _cp949(lines: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(lines)
    return text.getvalue().encode("cp949")


# Seoul's open-data site -----------------------------------------------------------------------------


def seoul_rows(dongs: bool = True) -> list[tuple[list[str], str]]:
    """The labels of a row (동별(1) … 동별(3)) and its code."""
    found = [(["합계", "소계", "소계"], "1100000000")]
    for name, code in places(dongs)[1:]:
        words = name.split()
        found.append((["합계", words[1], words[2] if len(words) > 2 else "소계"], code))
    return found


def _seoul_counts(code: str) -> list[str]:
    """세대, then 계·남자·여자 of all, of Koreans and of foreigners, 세대당인구, 65세이상고령자 with foreigners."""
    people, male, homes = count(code, "population"), men(code), households_of(code)
    foreign = people // 30
    of_all = [people + foreign, male + foreign // 2, people - male + foreign - foreign // 2]
    koreans = [people, male, people - male]
    foreigners = [foreign, foreign // 2, foreign - foreign // 2]
    old = count(code, "population_65_and_over") + foreign // 10
    return [str(homes), *map(str, of_all + koreans + foreigners), f"{people / max(homes, 1):.2f}", str(old)]


SEOUL_HEADS = (
    [
        "세대 (세대)",
        *["계 (명)"] * 3,
        *["한국인 (명)"] * 3,
        *["등록외국인 (명)"] * 3,
        "세대당 인구 (명)",
        "65세이상 고령자 (명)",
    ],
    ["세대 (세대)", *["소계", "남자", "여자"] * 3, "세대당 인구 (명)", "65세이상 고령자 (명)"],
)


def seoul_csv(
    period: str = "2023 1/4", dongs: bool = True, change: Callable[[list[list[str]]], None] | None = None
) -> bytes:
    """The site's CSV of today: the quarter above every column, two rows of headings below it, UTF-8 with a mark."""
    labels = ["동별(1)", "동별(2)", "동별(3)"]
    lines = [[*labels, *[period] * 12], *([*labels, *head] for head in SEOUL_HEADS)]
    lines += [[*names, *_seoul_counts(code)] for names, code in seoul_rows(dongs)]
    if change:
        change(lines)
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(lines)
    return text.getvalue().encode("utf-8-sig")


def seoul_report(period: str = "2023.1/4") -> bytes:
    """The site's Report.txt of before: tabs, 기간 in a column, names of 합계 and 소계."""
    heads = [
        ["기간", "자치구", "동", "세대", *["인구"] * 9, "세대당인구", "65세이상고령자"],
        [
            "기간",
            "자치구",
            "동",
            "세대",
            *["합계"] * 3,
            *["한국인"] * 3,
            *["등록외국인"] * 3,
            "세대당인구",
            "65세이상고령자",
        ],
        ["기간", "자치구", "동", "세대", *["계", "남자", "여자"] * 3, "세대당인구", "65세이상고령자"],
    ]
    lines = [
        *heads,
        *([period, *names[1:], *_with_commas(_seoul_counts(code))] for names, code in seoul_rows()),
    ]
    return "\n".join("\t".join(line) for line in lines).encode("utf-8")


def _with_commas(cells: list[str]) -> list[str]:
    return [f"{int(cell):,}" if cell.isdigit() else cell for cell in cells]


def seoul_book() -> bytes:
    """The same as an .xlsx with merged headings, and 자치구 merged over its 동."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "데이터"
    sheet.append(["동별(1)", "동별(2)", "동별(3)", "2023 1/4"])
    sheet.append(
        [
            None,
            None,
            None,
            "세대",
            "계",
            None,
            None,
            "한국인",
            None,
            None,
            "등록외국인",
            None,
            None,
            "세대당 인구",
            "65세이상 고령자",
        ]
    )
    sheet.append([None, None, None, None, *["소계", "남자", "여자"] * 3])
    sheet.merge_cells("D1:O1")
    for area in ("A1:A3", "B1:B3", "C1:C3", "D2:D3", "E2:G2", "H2:J2", "K2:M2", "N2:N3", "O2:O3"):
        sheet.merge_cells(area)
    before = ""
    for names, code in seoul_rows():
        numbers = [float(cell) if "." in cell else int(cell) for cell in _seoul_counts(code)]
        sheet.append([None, names[1] if names[1] != before else None, names[2], *numbers])
        before = names[1]
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
