"""The ways to look at counts: each a message, a picture and the table behind it, from what is published.

Texts are Korean and ready to show; hidden cells read 가림. With `sample`, message, picture and table all say 예시.
"""

import datetime
from collections.abc import Callable
from typing import Any, NamedTuple

import pandas as pd

from lib import format
from lib.charts import flexible_work as charts
from lib.charts.look import Picture
from lib.flexible_work import measures
from lib.flexible_work.counts import WHOLE
from lib.flexible_work.published import Published

BARS = 30  # of more departments, those that stand first are drawn; the table has all
MARK = "예시"
Columns = dict[str, tuple[str, Callable[[Any], str]]]


class Lens(NamedTuple):
    """name: of the table and its file; text: columns of words, which stand left; note: how to read it."""

    name: str
    message: str
    picture: Picture
    table: pd.DataFrame
    text: tuple[str, ...]
    note: str


def compliance(month: Published, uses: measures.Uses, department: str, band: str, sample: bool) -> Lens:
    """Departments against the rule, those furthest below first; one of them where `department` names it."""
    rows = measures.against_rule(month, uses)
    rows = rows[(rows["band"] == band) & _chosen(rows, department)]
    rows = rows.sort_values(["compliance", "department"], na_position="last").reset_index(drop=True)
    below, hidden = int((rows["state"] == measures.BELOW).sum()), int(rows["cases"].isna().sum())
    when = format.month(month.month)
    if not uses:
        message = f"{when}에는 최소 이용 횟수가 정해져 있지 않아 이행률이 없습니다"
    elif department != WHOLE and len(rows) == 1:
        message = f"{when} {department} 이행률 {_veiled(format.rate)(rows['compliance'].item())}"
    else:
        message = f"{when} {len(rows)}개 부서 가운데 {below}곳이 규정에 못 미칩니다(가림 {hidden}곳)"
    rated = _veiled(format.rate) if uses else format.rate
    columns: Columns = {
        "부서": ("department", str),
        "직급대": ("band", str),
        "정원(명)": ("quota", format.number),
        "이용자(명)": ("users", _veiled(format.number)),
        "이용률": ("adoption", _veiled(format.rate)),
        "이용(건)": ("cases", _veiled(format.number)),
        "규정대로일 때(건)": ("expected", _tenths),
        "이행률": ("compliance", rated),
        "부족(건)": ("shortfall", _veiled(_short) if uses else _tenths),
        "판정": ("state", str),
    }
    return Lens(
        "부서별 규정 이행",
        _marked(message, sample),
        charts.compliance_bars(rows.head(BARS), sample),
        _table(rows, columns, sample),
        ("구분", "부서", "직급대", "판정"),
        "이용률은 이용자 ÷ 정원, 이행률은 건수 ÷ 규정대로일 때의 건수입니다. 부서 평균이므로 한 사람 한 사람이 "
        "규정을 지켰는지는 알 수 없습니다. 휴가·출장·결원은 빼지 않았습니다.",
    )


def trend(rows: pd.DataFrame, department: str, measure: str, name: str, sample: bool) -> Lens:
    """One department, or all, over the months of `measures.trend`."""
    drawn = rows.assign(month=rows["month"].dt.strftime("%Y-%m"))
    shown = drawn[drawn["band"] == WHOLE].dropna(subset=[measure])
    if len(shown):
        first, last = shown.iloc[0], shown.iloc[-1]
        message = (
            f"{department} {name}: {first['month']} {format.rate(first[measure])}, "
            f"{last['month']} {format.rate(last[measure])}"
        )
    else:
        message = f"{department} {name}: 보일 수 있는 달이 없습니다"
    columns: Columns = {
        "월": ("month", str),
        "직급대": ("band", str),
        "정원(명)": ("quota", format.number),
        "이용자(명)": ("users", _veiled(format.number)),
        "이용률": ("adoption", _veiled(format.rate)),
        "이용(건)": ("cases", _veiled(format.number)),
        "이행률": ("rated", str),
    }
    rated = [
        format.EMPTY if row.state == measures.NO_RULE else _veiled(format.rate)(row.compliance)
        for row in rows.itertuples()
    ]
    return Lens(
        f"{department} 월별 추이",
        _marked(message, sample),
        charts.trend_lines(drawn, measure, name, sample),
        # The newest month first, each with its bands in order.
        _table(
            drawn.assign(rated=rated).sort_values("month", ascending=False, kind="stable"), columns, sample
        ),
        ("구분", "월", "직급대"),
        "가린 달은 선이 끊깁니다. 의무 시행 뒤의 증가는 선호를 뜻하지 않습니다.",
    )


def starts(month: Published, department: str, sample: bool) -> Lens:
    """Start times of one department, or of all."""
    rows = measures.spread(month, department)
    shown = rows.dropna(subset=["share"])
    where = f"{format.month(month.month)} {department}"
    if len(shown):
        top = shown.loc[shown["share"].idxmax()]
        message = f"{where}: 가장 많은 출근시각은 {top['start']}, 이용의 {format.rate(top['share'])}"
    else:
        message = f"{where}: 보일 수 있는 출근시각이 없습니다"
    columns: Columns = {
        "출근시각": ("start", str),
        "이용(건)": ("cases", _veiled(format.number)),
        "비중": ("share", _veiled(format.rate)),
        "이용자(명)": ("users", _veiled(format.number)),
    }
    return Lens(
        f"{department} 출근시각",
        _marked(message, sample),
        charts.spread_bars(rows, sample),
        _table(rows, columns, sample),
        ("구분", "출근시각"),
        "이용자는 그달에 가장 많이 이용한 시각에 한 번만 셉니다.",
    )


def heat(month: Published, department: str, sample: bool) -> Lens:
    """Departments × start times, departments with most posts first."""
    rows = measures.heat(month)
    rows = rows[_chosen(rows, department)]
    names = list(dict.fromkeys(rows["department"]))
    hidden = rows["cases"].isna().mean()
    message = (
        f"{format.month(month.month)} {len(names)}개 부서의 출근시각 분포(가린 칸 {format.rate(hidden, 0)})"
    )
    table = rows.assign(text=[_veiled(format.number)(cases) for cases in rows["cases"]]).pivot(
        index="department", columns="start", values="text"
    )
    table = table.loc[names].rename_axis(columns=None).reset_index().rename(columns={"department": "부서"})
    return Lens(
        "부서별 출근시각",
        _marked(message, sample),
        charts.heat_map(rows[rows["department"].isin(names[:BARS])], sample),
        _labelled(table, sample),
        ("구분", "부서"),
        "색과 비율은 그 부서 이용 건수에서 차지하는 비중이고, 표의 수는 건수입니다.",
    )


def cover(
    month: Published, department: str, days: int, lunch: datetime.time | None, sample: bool
) -> Lens | None:
    """Who is at work in each half-hour of an average day; None where the department's total is hidden.

    Raises measures.TooManyCasesError.
    """
    rows = measures.cover(month, department, days, lunch)
    if rows is None:
        return None
    open_hours = rows[~rows["slot"].between("12:00", "12:30")] if lunch else rows
    least = open_hours.loc[open_hours["present"].idxmin()]
    everyone = rows.iloc[0][["present", "unplaced", "absent"]].sum()
    beside = "(점심 제외)" if lunch else ""
    message = (
        f"{format.month(month.month)} {department} 평균 근무일: 09~18시{beside} 가운데 {least['slot']}에 가장 적어 "
        f"{format.number(everyone, 0)}명 중 {format.number(least['present'], 1)}명 근무"
    )
    columns: Columns = {
        "시작": ("slot", str),
        "근무 중(명)": ("present", _tenths),
        "시각 가림(명)": ("unplaced", _tenths),
        "근무 외·점심(명)": ("absent", _tenths),
    }
    return Lens(
        f"{department} 시간대별 근무",
        _marked(message, sample),
        charts.cover_bars(rows, sample),
        _table(rows, columns, sample),
        ("구분", "시작"),
        f"출근시각부터 8시간 근무와 점심 1시간을 더해 퇴근하며, 그달 근무일 {days}일의 평균입니다. 시차출퇴근하지 않은 날은 "
        "모두 09:00에 출근한 것으로 보았고(가정), 휴가·출장·결원은 빼지 않았습니다. ‘시각 가림’은 출근시각을 가린 사람으로, "
        "실제 근무 인원은 ‘근무 중’과 ‘근무 중+시각 가림’ 사이입니다.",
    )


def comparison(
    before: Published,
    after: Published,
    uses_of: Callable[[datetime.date], measures.Uses],
    department: str,
    band: str,
    sample: bool,
) -> Lens:
    """Departments in two months, those whose use fell most first."""
    rows = measures.comparison(
        measures.against_rule(before, uses_of(before.month)),
        measures.against_rule(after, uses_of(after.month)),
        band,
    )
    rows = rows[_chosen(rows, department)].sort_values(["point_change", "department"], na_position="last")
    known = rows["point_change"].dropna()
    earlier, later = format.month(before.month), format.month(after.month)
    message = (
        f"{earlier} 대비 {later}: 이용률이 오른 부서 {int((known > 0).sum())}곳, "
        f"내린 부서 {int((known < 0).sum())}곳(가림 {len(rows) - len(known)}곳)"
    )
    columns: Columns = {
        "부서": ("department", str),
        f"이용자({earlier}, 명)": ("users_before", _veiled(format.number)),
        f"이용자({later}, 명)": ("users", _veiled(format.number)),
        "증감(명)": ("change", _veiled(format.number)),
        f"이용률({earlier})": ("adoption_before", _veiled(format.rate)),
        f"이용률({later})": ("adoption", _veiled(format.rate)),
        "이용률 증감": ("point_change", _veiled(lambda change: format.points(change * 100))),
    }
    return Lens(
        "월별 비교",
        _marked(message, sample),
        charts.change_dots(rows.head(BARS), earlier, later, sample),
        _table(rows, columns, sample),
        ("구분", "부서"),
        "한 달에만 있는 부서와 가린 달의 증감은 ‘가림’으로 둡니다. 증가는 선호를 뜻하지 않습니다.",
    )


def _chosen(rows: pd.DataFrame, department: str) -> pd.Series:
    return rows["department"] != WHOLE if department == WHOLE else rows["department"] == department


def _veiled(formatter: Callable[[Any], str]) -> Callable[[Any], str]:
    """The formatter, saying of a cell without value that it is hidden."""
    return lambda value: charts.HIDDEN if pd.isna(value) else formatter(value)


def _tenths(value: float) -> str:
    return format.number(value, 1)


def _short(value: float) -> str:
    return _tenths(value) if value else format.EMPTY


def _table(rows: pd.DataFrame, columns: Columns, sample: bool) -> pd.DataFrame:
    table = pd.DataFrame(
        {head: [formatter(value) for value in rows[column]] for head, (column, formatter) in columns.items()}
    )
    return _labelled(table, sample)


def _labelled(table: pd.DataFrame, sample: bool) -> pd.DataFrame:
    """A made-up table says so in each of its rows, wherever it is copied to."""
    if sample:
        table.insert(0, "구분", MARK)
    return table


def _marked(message: str, sample: bool) -> str:
    return f"{MARK}: {message}" if sample else message
