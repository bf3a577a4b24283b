"""Files of resident registration -> months of residents, brought together and checked against their own sums."""

import datetime
from collections.abc import Sequence

from lib import format
from lib.intake import limits, ministry, residents, seoul_sheet
from lib.intake.draft import EMPTY, Cell, Draft, IntakeError, Missing, Problem, Row, Sheet, refusal
from lib.intake.grid import Source
from lib.intake.residents import (
    FEMALE,
    HOUSEHOLDS,
    ITEMS,
    MALE,
    OLD,
    POPULATION,
    SEOUL,
    Dong,
    Figure,
    Month,
    Places,
    Residents,
)
from lib.intake.standing import Standing, TextRow

DISTRICT_COLUMNS = {
    "population": POPULATION,
    "household_count": HOUSEHOLDS,
    "male_count": MALE,
    "female_count": FEMALE,
}
DONG_COLUMNS = {"population": POPULATION, "population_65_and_over": OLD}
HOUSEHOLD_FILE = "행정안전부 ‘주민등록 인구 및 세대현황’"
AGE_FILE = "행정안전부 ‘연령별 인구현황’(1세 또는 5세 단위, 읍면동까지)"
SUMMED = "파일에 자치구 행이 없어 동의 수를 더한 값입니다."
MONTH, DISTRICTS, DONGS = TABLES = ("population_month", "district_population", "dong_population")
KEPT = "올린 파일에 없어 이미 게시된 같은 달의 값을 그대로 두었습니다."


def recognised(source: Source, standing: Standing) -> bool:
    """Whether the table is one of residents, of the ministry or of Seoul's open-data site."""
    return bool(ministry.head(source) or seoul_sheet.head(source, residents.places(standing)))


def read(sources: Sequence[Source], standing: Standing) -> Draft:
    """The months that the tables tell of together: three sheets each, or what of them is there.

    Raises IntakeError where cells are no counts, sums do not tie to their parts, tables contradict each other, or
    places are missing or unknown.
    """
    places = residents.places(standing)
    gathered = Residents(places)
    problems: list[Problem] = []
    for source in sources:
        try:
            _read(source, gathered)
        except IntakeError as fault:
            problems += fault.problems
    problems += gathered.problems
    if len(gathered.months) > limits.MONTHS:
        raise refusal(sources[0].file, f"{limits.MONTHS}개월을 넘습니다.", "기간을 나누어 올려 주십시오.")
    months = [gathered.months[as_of] for as_of in sorted(gathered.months)]
    for month in months:
        problems += _broken_sums(month, places)
        problems += _missing_places(month, places)
    if problems:
        raise IntakeError(problems[: limits.PROBLEMS])
    sheets = [sheet for month in months for sheet in _sheets(month, places, standing)]
    return Draft(sheets, [], _missing(months, sheets, standing))


def _read(source: Source, gathered: Residents) -> None:
    if found := ministry.head(source):
        ministry.read(source, found, gathered)
    elif table := seoul_sheet.head(source, gathered.places):
        seoul_sheet.read(source, table, gathered)


# Checks -------------------------------------------------------------------------------------------


def _broken_sums(month: Month, places: Places) -> list[Problem]:
    """The city and its districts, a district and its 동, and residents by sex."""
    problems = []
    for whole, parts in _hierarchy(month, places):
        for item in ITEMS:
            total = month.figure(whole, item)
            figures = [month.figure(part, item) for part in parts]
            counted = [figure.value for figure in figures if figure]
            if total and counted and len(counted) == len(parts) and sum(counted) != total.value:
                expected = f"그 아래 행을 더한 {sum(counted):,}과 같아야 합니다. 빠지거나 고쳐진 행이 있는지 확인해 주십시오."
                problems.append(total.problem(f"{places.title(whole)} {item}: {expected}"))
    for code, figures_of_place in month.figures.items():
        total, male, female = (figures_of_place.get(item) for item in (POPULATION, MALE, FEMALE))
        if total and male and female and male.value + female.value != total.value:
            expected = f"{places.title(code)}의 남녀를 더한 {male.value + female.value:,}과 같아야 합니다."
            problems.append(total.problem(expected))
    return problems


def _hierarchy(month: Month, places: Places) -> list[tuple[str, list[str]]]:
    """Each whole with its parts: the city with the districts, each district with the 동 of that day."""
    dongs: dict[str, list[str]] = {code: [] for code in places.districts}
    for dong in _dongs(month, places):
        dongs.setdefault(dong.district_code, []).append(dong.code)
    return [(SEOUL, list(places.districts)), *dongs.items()]


def _dongs(month: Month, places: Places) -> list[Dong]:
    return [dong for dong in places.dongs.values() if dong.stands(month.as_of)]


def _missing_places(month: Month, places: Places) -> list[Problem]:
    """Districts and 동 that the files leave out though they tell of others; each is told once."""
    problems: dict[str, Problem] = {}
    levels = (list(places.districts), [dong.code for dong in _dongs(month, places)])
    for codes in levels:
        for item in ITEMS:
            figures = {code: month.figure(code, item) for code in codes}
            some = next((figure for figure in figures.values() if figure), None)
            for code in codes if some else ():
                if figures[code] is None:
                    problems.setdefault(code, _left_out(places, code, month.as_of, item, some))
    return list(problems.values())


def _left_out(places: Places, code: str, as_of: datetime.date, item: str, some: Figure | None) -> Problem:
    file, sheet = (some.file, some.sheet) if some else ("", "")
    expected = "모든 자치구와 동이 든 파일을 올려 주십시오."
    if code in places.dongs:
        expected += " 없어진 동이면 data/reference/dong.csv의 그 줄에 마지막 날(valid_to)을 적어 주십시오."
    return Problem(
        file, sheet, None, item, f"{as_of} {places.title(code)}({code})의 수가 없습니다.", expected
    )


# Sheets -------------------------------------------------------------------------------------------


def _sheets(month: Month, places: Places, standing: Standing) -> list[Sheet]:
    """population_month, district_population and dong_population, as far as the files or what stands fill them."""
    own = _dongs(month, places)
    stands = {table: _standing_rows(standing, table, month.as_of) for table in TABLES}
    by_district: dict[str, list[str]] = {code: [] for code in places.districts}
    for dong in own:
        by_district.setdefault(dong.district_code, []).append(dong.code)
    known = {row["district_code"]: row for row in stands[DISTRICTS]}
    districts = [
        _summed(month, _row(month, "district_code", code, DISTRICT_COLUMNS, known), by_district[code])
        for code in places.districts
    ]
    known = {row["dong_code"]: row for row in stands[DONGS]}
    dongs = [_row(month, "dong_code", dong.code, DONG_COLUMNS, known) for dong in own]
    [remark] = stands[MONTH] or [{"remark": EMPTY}]
    sheets = [Sheet("population", month.as_of, MONTH, [{"remark": Cell(remark["remark"])}])]
    for table, rows in ((DISTRICTS, districts), (DONGS, dongs)):
        if any(row["population"].text for row in rows):
            sheets.append(Sheet("population", month.as_of, table, rows))
    return sheets


def _row(month: Month, key: str, code: str, columns: dict[str, str], known: dict[str, TextRow]) -> Row:
    """A row of the file; where it is silent, of what stands for the same month."""
    row: Row = {key: Cell(code)}
    for column, item in columns.items():
        figure = month.figure(code, item)
        kept = known[code][column] if code in known else EMPTY
        row[column] = figure.cell if figure else Cell(kept, doubt=KEPT if kept else EMPTY)
    return row


def _summed(month: Month, row: Row, dongs: list[str]) -> Row:
    """The row of a district with the sums of its 동 where the files have these alone."""
    for column, item in DISTRICT_COLUMNS.items():
        figures = [figure for dong in dongs if (figure := month.figure(dong, item))]
        if month.figure(row["district_code"].text, item) is None and dongs and len(figures) == len(dongs):
            row[column] = Cell(str(sum(figure.value for figure in figures)), doubt=SUMMED)
    return row


def _standing_rows(standing: Standing, table: str, as_of: datetime.date) -> list[TextRow]:
    return standing.sheets.get(f"population/{as_of.isoformat()}/{table}.csv", [])


def _missing(months: list[Month], sheets: list[Sheet], standing: Standing) -> list[Missing]:
    """What the months still need, and which file has it; months that need the same are told together."""
    needs: dict[tuple[str, str], list[datetime.date]] = {}
    for month in months:
        for table in (DISTRICTS, DONGS):
            sheet = next((s for s in sheets if (s.table, s.as_of) == (table, month.as_of)), None)
            stands = bool(_standing_rows(standing, table, month.as_of))
            if what := _need(month, table, sheet, stands):
                needs.setdefault((table, what), []).append(month.as_of)
    return [Missing(table, f"{_days(days)}: {what}") for (table, what), days in needs.items()]


def _need(month: Month, table: str, sheet: Sheet | None, stands: bool) -> str:
    """What a table of a month needs, as sentences; empty where it needs nothing."""
    if table == DISTRICTS:
        if sheet is None:
            return "" if stands else f"자치구 인구가 없습니다. {HOUSEHOLD_FILE} 파일을 함께 올려 주십시오."
        if any(not cell.text for row in sheet.rows for cell in row.values()):
            return f"자치구 세대수나 남녀 인구가 없습니다. {HOUSEHOLD_FILE} 파일을 함께 올려 주십시오."
    elif sheet is None:
        return "" if stands else "동 인구가 없습니다. 읍면동까지 나오는 파일을 함께 올려 주십시오."
    elif any(not row["population_65_and_over"].text for row in sheet.rows):
        reasons = "".join(f" {reason}" for reason in dict.fromkeys(month.ageless))
        return f"동별 65세 이상 인구가 없습니다.{reasons} {AGE_FILE} 파일을 함께 올리면 채워지며, 없으면 ‘자료 없음’으로 게시합니다."
    return ""


def _days(days: list[datetime.date]) -> str:
    first = format.date(days[0])
    return first if len(days) == 1 else f"{first} ~ {format.date(days[-1])} 가운데 {len(days)}개월"
