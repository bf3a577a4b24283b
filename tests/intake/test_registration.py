"""Files of residents: the same figures out of every form, and what is wrong with a file named where it stands."""

import datetime
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from lib.intake import grid, registration, standing
from lib.intake.draft import Draft, IntakeError, Problem
from lib.intake.standing import Standing
from tests.intake import residents_files as made

MARCH = datetime.date(2023, 3, 31)
APRIL = datetime.date(2023, 4, 30)
TABLES = ("population_month", "district_population", "dong_population")
Lines = list[list[str]]


@pytest.fixture(scope="module")
def stands(bureau: Path) -> Standing:
    return standing.of(bureau)


@pytest.fixture(scope="module")
def fresh(stands: Standing) -> Standing:
    """The same places, and no month that stands."""
    return stands._replace(
        sheets={path: rows for path, rows in stands.sheets.items() if not path.startswith("population/")}
    )


def read(stands: Standing, *contents: bytes) -> Draft:
    sources = []
    for number, content in enumerate(contents):
        name = f"{number}.csv"
        if content.startswith(b"PK"):
            sources += grid.of_book(name, grid.book(name, content))
        else:
            sources.append(grid.of_text(name, grid.text(name, content)))
    assert all(registration.recognised(source, stands) for source in sources)
    return registration.read(sources, stands)


def rows(draft: Draft, table: str, as_of: datetime.date = MARCH) -> list[dict[str, str]]:
    sheet = draft.sheet(table, as_of)
    assert sheet is not None
    return [{column: cell.text for column, cell in row.items()} for row in sheet.rows]


def problems(stands: Standing, *contents: bytes) -> list[Problem]:
    with pytest.raises(IntakeError) as fault:
        read(stands, *contents)
    assert all(problem.found and problem.expected.endswith(".") for problem in fault.value.problems)
    return fault.value.problems


def edited(content: bytes, change: Callable[[Lines], object], encoding: str = "cp949") -> bytes:
    return made.edited(content, change, encoding)


# The forms ----------------------------------------------------------------------------------------

SINGLE, FIVE, TEN = (made.steps(width) for width in (1, 5, 10))


@pytest.mark.parametrize(
    "contents",
    [
        (made.households(), made.ages(FIVE)),
        (made.ages(SINGLE), made.households()),
        (made.households(), made.ages(FIVE, sexes="계")),
        (made.households(), made.ages(FIVE, sexes="남여")),
        (made.households(dongs=False), made.ages(FIVE)),
    ],
    ids=[
        "five years",
        "single years, first",
        "without sexes",
        "by sex alone",
        "households of districts alone",
    ],
)
def test_the_ministry_files_give_the_month(
    contents: Sequence[bytes], fresh: Standing, stands: Standing
) -> None:
    """A figure lands in another column, another 동 or another month."""
    draft = read(fresh, *contents)
    assert draft.missing == []
    assert [(sheet.folder, sheet.table, sheet.as_of) for sheet in draft.sheets] == [
        ("population", table, MARCH) for table in TABLES
    ]
    for table in TABLES:
        assert rows(draft, table) == stands.rows(table, MARCH)


@pytest.mark.parametrize(
    "content", [made.seoul_csv(), made.seoul_report(), made.seoul_book()], ids=["csv", "Report.txt", "xlsx"]
)
def test_the_seoul_sheet_gives_koreans_alone(content: bytes, fresh: Standing, stands: Standing) -> None:
    """Registered foreigners are counted as residents, or the sums in between as districts."""
    draft = read(fresh, content)
    assert rows(draft, "district_population") == stands.rows("district_population", MARCH)
    assert [row["population"] for row in rows(draft, "dong_population")] == [
        row["population"] for row in stands.rows("dong_population", MARCH)
    ]
    assert {row["population_65_and_over"] for row in rows(draft, "dong_population")} == {""}
    [missing] = draft.missing
    assert "등록외국인" in missing.what
    assert "연령별 인구현황" in missing.what


def test_the_seoul_sheet_goes_with_the_ministry_s_ages(fresh: Standing, stands: Standing) -> None:
    """Files of two publishers cannot fill one month together."""
    draft = read(fresh, made.seoul_csv(), made.ages(FIVE))
    assert draft.missing == []
    assert rows(draft, "dong_population") == stands.rows("dong_population", MARCH)


def test_koreans_of_65_and_over_are_taken_where_they_stand_alone(fresh: Standing, stands: Standing) -> None:
    """What the sheet does say of Koreans is asked for again."""

    def change(lines: Lines) -> None:
        for number, line in enumerate(lines):
            line[-1] = "내국인 (명)" if number == 2 else line[-1]
        for line, (_, code) in zip(lines[3:], made.seoul_rows(), strict=True):
            line[-1] = str(made.count(code, "population_65_and_over"))

    draft = read(fresh, made.seoul_csv(change=change))
    assert draft.missing == []
    assert rows(draft, "dong_population") == stands.rows("dong_population", MARCH)


@pytest.mark.parametrize(
    ("period", "as_of"),
    [
        ("2023 1/4", MARCH),
        ("2023.1/4", MARCH),
        ("2023년 1분기", MARCH),
        ("2023.03", MARCH),
        ("2023.03 월", MARCH),
        ("2023년 3월", MARCH),
        ("202303", MARCH),
        ("2022", datetime.date(2022, 12, 31)),
    ],
)
def test_the_seoul_sheet_says_of_which_day_it_is(period: str, as_of: datetime.date, fresh: Standing) -> None:
    """A quarter is published as the month of its number."""
    assert {sheet.as_of for sheet in read(fresh, made.seoul_csv(period)).sheets} == {as_of}


def test_several_months_become_several_folders(fresh: Standing, stands: Standing) -> None:
    """A file of a year fills one month with the figures of another."""
    months = [f"2022년{month:02}월" for month in range(1, 13)] + ["2023년03월"]
    draft = read(fresh, made.households(months), made.ages(FIVE))
    assert sorted({sheet.as_of for sheet in draft.sheets if sheet.as_of}) == [
        *(
            datetime.date(2022, month, day)
            for month, day in zip(range(1, 13), (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), strict=True)
        ),
        MARCH,
    ]
    for table in TABLES:
        assert rows(draft, table) == stands.rows(table, MARCH)
    assert [missing.what.split(":")[0] for missing in draft.missing] == [
        "2022. 1. 31. ~ 2022. 12. 31. 가운데 12개월"
    ]


@pytest.mark.parametrize("encoding", ["cp949", "utf-8", "utf-8-sig", "utf-16"])
def test_the_file_may_have_been_saved_again(encoding: str, fresh: Standing, stands: Standing) -> None:
    """A file that Excel opened and saved is full of broken letters."""
    content = made.households().decode("cp949").encode(encoding)
    assert rows(read(fresh, content), "district_population") == stands.rows("district_population", MARCH)


def test_seoul_is_taken_out_of_the_whole_country(fresh: Standing, stands: Standing) -> None:
    """A file of the whole country is refused, or 중구 of another city is taken for Seoul's."""
    elsewhere = [
        ["전국  (1000000000)", "51,430,018", "23,802,047", "2.16", "25,633,000", "25,797,018", "0.99"],
        ["부산광역시 중구 (2611000000)", "39,000", "22,000", "1.8", "19,000", "20,000", "0.95"],
        ["부산광역시 중구 중앙동(2611051000)", "1", "1", "1", "x", "-1", ""],
    ]
    draft = read(fresh, made.households(extra=elsewhere))
    assert rows(draft, "district_population") == stands.rows("district_population", MARCH)


def test_names_do_where_codes_are_left_out(fresh: Standing, stands: Standing) -> None:
    """A file without codes puts 신사동 of one district into another."""

    def change(lines: Lines) -> None:
        for line in lines[1:]:
            line[0] = line[0].split("(")[0].replace("종로1.2.3.4가동", "종로1·2·3·4가동")

    draft = read(fresh, edited(made.households(), change), edited(made.ages(FIVE), change))
    assert rows(draft, "dong_population") == stands.rows("dong_population", MARCH)


def test_places_say_where_a_figure_stands(fresh: Standing) -> None:
    """A person cannot find the figure that is asked about."""
    sheet = read(fresh, made.households()).sheet("district_population")
    assert sheet is not None
    cell = sheet.rows[0]["household_count"]
    assert cell.place == "0.csv 3행 ‘2023년03월_세대수’ 열"
    assert cell.printed == "72,679"


# What the files leave out -------------------------------------------------------------------------


def test_classes_across_65_say_so(fresh: Standing) -> None:
    """Those of 60 are counted as 65 and older."""
    draft = read(fresh, made.households(), made.ages(TEN))
    assert {row["population_65_and_over"] for row in rows(draft, "dong_population")} == {""}
    [missing] = draft.missing
    assert "60~69세" in missing.what


def test_classes_that_end_early_say_so(fresh: Standing) -> None:
    """The oldest are left out of 65 and over."""
    draft = read(fresh, made.households(), made.ages([(0, 64), (65, 69)]))
    [missing] = draft.missing
    assert "65세부터 100세 이상까지" in missing.what


def test_districts_without_dongs_ask_for_them(fresh: Standing) -> None:
    """A month with districts alone is refused by the build in words nobody understands."""
    draft = read(fresh, made.households(dongs=False))
    assert draft.sheet("dong_population") is None
    assert any("읍면동" in missing.what for missing in draft.missing)


def test_dongs_without_districts_are_summed(fresh: Standing, stands: Standing) -> None:
    """A file of 동 alone is refused though it says everything."""

    def change(lines: Lines) -> None:
        lines[1:] = [line for line in lines[1:] if not line[0].endswith("00000)")]

    draft = read(fresh, edited(made.households(), change))
    assert rows(draft, "district_population") == stands.rows("district_population", MARCH)
    sheet = draft.sheet("district_population")
    assert sheet is not None
    assert all("더한" in row["population"].doubt for row in sheet.rows)


def test_ages_alone_ask_for_households(fresh: Standing) -> None:
    """A month without households is refused by the build in words nobody understands."""
    draft = read(fresh, made.ages(FIVE))
    assert [missing.table for missing in draft.missing] == ["district_population"]
    assert "인구 및 세대현황" in draft.missing[0].what


def test_what_stands_fills_a_month_that_comes_in_parts(stands: Standing) -> None:
    """Ages that come a week later empty the households, or the other way round."""
    for content in (made.households(), made.ages(FIVE), made.ages(TEN)):
        draft = read(stands, content)
        assert draft.missing == []
        for table in TABLES:
            assert rows(draft, table) == stands.rows(table, MARCH)
    sheet = read(stands, made.households()).sheet("dong_population")
    assert sheet is not None
    assert "이미 게시된" in sheet.rows[0]["population_65_and_over"].doubt


# What is wrong ------------------------------------------------------------------------------------


def test_a_sum_that_does_not_tie_is_refused(fresh: Standing) -> None:
    """A figure that somebody mistyped is published beside a total that does not contain it."""

    def change(lines: Lines) -> None:
        lines[3][1] = "11,575"  # 청운효자동, one more than there are

    found = problems(fresh, edited(made.households(), change))
    assert {(problem.row, problem.column) for problem in found} == {
        (3, "2023년03월_총인구수"),
        (4, "2023년03월_총인구수"),
    }
    assert any("종로구" in problem.expected and "141,061" in problem.expected for problem in found)


def test_ages_that_do_not_add_up_are_refused(fresh: Standing) -> None:
    """A class of ages that is missing makes 65 and over too few."""

    def change(lines: Lines) -> None:
        lines[3][3] = "1"

    [problem] = problems(fresh, edited(made.ages(FIVE, sexes="계"), change))
    assert (problem.row, problem.column) == (4, "2023년03월_계_연령구간인구수")


def test_a_dong_that_is_left_out_is_named(fresh: Standing) -> None:
    """A 동 disappears from the map."""

    def change(lines: Lines) -> None:
        del lines[3]

    found = problems(fresh, edited(made.households(), change))
    assert any(
        "종로구 청운효자동(1111051500)" in problem.found and "valid_to" in problem.expected
        for problem in found
    )


@pytest.mark.parametrize("text", ["약 100", "-5", "1,23", "1.5", "=1+1", "12345678901", "x" * 100])
def test_a_cell_that_is_no_count_is_named(text: str, fresh: Standing) -> None:
    """A broken figure is read as zero or as another one."""

    def change(lines: Lines) -> None:
        lines[3][1] = text

    [problem] = problems(fresh, edited(made.households(), change))
    assert (problem.file, problem.row, problem.column) == ("0.csv", 4, "2023년03월_총인구수")
    assert problem.found == text[:40]


def test_files_that_contradict_each_other_are_refused(fresh: Standing) -> None:
    """Of two figures for one 동 the one that came last wins."""

    def change(lines: Lines) -> None:
        for line in lines[1:4]:
            line[1] = line[2] = f"{int(line[1].replace(',', '')) + 1:,}"
            line[3] = f"{int(line[3].replace(',', '')) + 1:,}"

    found = problems(fresh, made.households(), edited(made.ages(FIVE, sexes="계"), change))
    assert {problem.file for problem in found} == {"1.csv"}
    assert any("0.csv" in problem.expected for problem in found)


def test_a_new_dong_is_named_with_what_to_do(fresh: Standing) -> None:
    """A month after a change of 동 is refused without a word about which."""
    new = ["서울특별시 종로구 새동(1111099900)", "100", "50", "2.0", "50", "50", "1.0"]
    [problem] = problems(fresh, made.households(extra=[new]))
    assert problem.found == "서울특별시 종로구 새동(1111099900)"
    assert problem.row == 454
    assert "dong.csv" in problem.expected
    assert "valid_from" in problem.expected


def test_an_abolished_dong_without_anybody_is_passed_over(fresh: Standing, stands: Standing) -> None:
    """The ministry lists a 동 for the months after its end, with zeros."""
    gone = [["서울특별시 강남구 일원2동(1168074000)", "0", "0", "0.00", "0", "0", "0.00"]]
    gone += [["서울특별시 강남구 옛동(1168099900)", "", "", "", "", "", ""]]
    draft = read(fresh, made.households(extra=gone))
    assert rows(draft, "district_population") == stands.rows("district_population", MARCH)


def test_a_dong_counts_only_in_the_months_that_it_stood(fresh: Standing) -> None:
    """After a change of 동, no month before it can be published again."""
    dongs = [dict(row, valid_from="", valid_to="") for row in fresh.rows("dong")]
    ended = next(row for row in dongs if row["dong_code"] == "1111051500")
    ended["valid_to"] = "2023-03-31"
    dongs.append(
        ended | {"dong_code": "1111051600", "dong": "청운동", "valid_from": "2023-04-01", "valid_to": ""}
    )
    changed = fresh._replace(sheets=fresh.sheets | {"reference/dong.csv": dongs})

    def rename(lines: Lines) -> None:
        lines[3][0] = "서울특별시 종로구 청운동(1111051600)"

    before = read(changed, made.households())
    after = read(changed, edited(made.households(("2023년04월",)), rename))
    assert rows(before, "dong_population")[0]["dong_code"] == "1111051500"
    codes = {row["dong_code"] for row in rows(after, "dong_population", APRIL)}
    assert "1111051600" in codes
    assert "1111051500" not in codes
    found = problems(changed, made.households(("2023년04월",)))
    assert any("2023-03-31" in problem.expected and "청운효자동" in problem.found for problem in found)


def test_a_sheet_with_foreigners_alone_told_apart_is_refused(fresh: Standing) -> None:
    """All who are registered, foreigners too, are published as residents."""

    def change(lines: Lines) -> None:
        for line in lines:
            del line[7:10]

    [problem] = problems(fresh, made.seoul_csv(change=change))
    assert "한국인" in problem.found


def test_another_city_is_refused(fresh: Standing) -> None:
    """A month without a single figure is published."""

    def change(lines: Lines) -> None:
        for line in lines[1:]:
            line[0] = line[0].replace("서울특별시", "부산광역시").replace("(11", "(26")

    [problem] = problems(fresh, edited(made.households(), change))
    assert "서울특별시" in problem.found


def test_too_many_months_are_refused(fresh: Standing) -> None:
    """A file with a thousand columns of months holds the server up."""
    months = [f"{year}년{month:02}월" for year in range(2000, 2021) for month in range(1, 13)]

    def change(lines: Lines) -> None:
        del lines[2:]

    [problem] = problems(fresh, edited(made.households(months, dongs=False), change))
    assert "240개월" in problem.found


@pytest.mark.parametrize(
    "text", ["이름,수\n가,1\n", "행정구역,면적\n서울특별시  (1100000000),605\n", "자치구,예산\n종로구,1\n"]
)
def test_other_tables_are_not_recognised(text: str, stands: Standing) -> None:
    """A table of something else is read for residents."""
    assert not registration.recognised(grid.of_text("a.csv", text), stands)
