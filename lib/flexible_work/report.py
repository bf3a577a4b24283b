"""What the report gives of 시차출퇴근 and 인사상담, and what follows from assumptions, as lenses to show."""

import datetime
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal

import pandas as pd

from lib import format
from lib.charts import flexible_work as charts
from lib.flexible_work.lenses import Lens
from lib.rules import flexible_work

Unit = Literal["원문", "명", "건"]


def months(rows: pd.DataFrame) -> Lens:
    """The printed counts by month; the last is set against the one before it."""
    texts = [f"{format.number(row.use_count)}{row.printed_unit}" for row in rows.itertuples()]
    *_, before, latest = rows.itertuples()
    growth = flexible_work.growth(before.use_count, latest.use_count)
    names = [format.month(month) for month in rows["month"]]
    return Lens(
        "월별 이용",
        f"{latest.month.month}월 {texts[-1]}, 전월의 {format.number(growth.ratio, 2)}배"
        f"({format.percent(growth.percent)} 증가)입니다",
        charts.month_bars(rows.assign(name=names, text=texts)),
        pd.DataFrame(
            {
                "월": names,
                "이용(원문 표기)": texts,
                "최소 이용 의무": rows["mandatory"].map({True: "있음", False: "없음"}),
            }
        ),
        ("월", "최소 이용 의무"),
        "보고서는 ‘이용자 수’라고 쓰고 ‘건’으로 세었습니다. 사람 수인지 횟수인지 정해지지 않아 이용률을 싣지 않습니다. "
        "단위를 정해 본 값은 ‘가정 계산’에 있습니다.",
    )


def starts(rows: pd.DataFrame, month: datetime.date) -> Lens:
    """Shares of start times in percent, with what the report leaves undescribed between the earliest and the others."""
    rest = 100 - float(rows["share_percent"].sum())
    first, *later = rows.to_dict("records")
    described = pd.DataFrame([first, {"start_band": charts.UNDESCRIBED, "share_percent": rest}, *later])
    return Lens(
        "출근시각 비율",
        f"{month.month}월 이용 가운데 {first['start_band']} {format.percent(first['share_percent'])}, "
        f"{format.percent(rest)}는 보고서에 시각이 적혀 있지 않습니다",
        charts.start_shares(described),
        pd.DataFrame(
            {
                "출근시각": described["start_band"],
                "비율": [format.percent(share) for share in described["share_percent"]],
            }
        ),
        ("출근시각",),
        "하루 8시간 근무는 그대로 두고 출근시각만 앞당기거나 늦춥니다.",
    )


def rule(rows: pd.DataFrame) -> pd.DataFrame:
    """How often each rank band must use 시차출퇴근, as a table."""
    return pd.DataFrame(
        {
            "직급": rows["rank_band"],
            "최소 이용": [f"주 {count}회" for count in rows["weekly_minimum"]],
            "적용": [f"{format.month(day)}부터" for day in rows["valid_from"]],
        }
    )


def plan(rows: pd.DataFrame, step: str | None = None) -> pd.DataFrame:
    """The planned steps as a table; `step` is pointed out."""
    return pd.DataFrame(
        {
            "구분": rows["topic"],
            "단계": [f"▶ {name}" if name == step else name for name in rows["step"]],
            "시작": [format.month(day) for day in rows["start_month"]],
            "끝": ["종료 미정" if pd.isna(day) else format.month(day) for day in rows["end_month"]],
            "보고서 표기": rows["printed_window"].replace("", format.EMPTY),
            "상태": rows["under_way"].map({True: "진행 중", False: "예정"}),
        }
    )


def full_compliance(
    printed: int,
    month: datetime.date,
    people: int,
    shares: Mapping[str, float],
    uses: Mapping[str, Fraction],
    unit: Unit,
) -> Lens:
    """What the month would hold if everybody met the rule, beside the printed number.

    shares: percent of the people by rank band, 100 in all; uses: what the rule expects of one of each band.
    """
    rows = flexible_work.full_compliance(people, shares, uses)
    expected = sum(row.uses for row in rows)
    bars = [("보고서 수치", float(printed), "보고서", "" if unit == "원문" else unit)]
    if unit == "명":
        bars.append(("전체 인원", float(people), "가정", "명"))
        message = (
            f"가정: 전체 {format.people(people)} 가운데 {format.people(printed)}이 이용했다고 보았습니다"
        )
    else:
        bars.append(("모두 지켰을 때", expected, "가정", "건"))
        bars += [(row.band, row.uses, "가정", "건") for row in rows if row.people]
        message = f"가정: {format.people(people)} 모두 지키면 {month.month}월 이용은 {format.number(expected)}건입니다"
    return Lens(
        "모두 규정을 지켰을 때(가정)",
        message,
        charts.what_if_bars(
            pd.DataFrame(
                [
                    (name, value, origin, f"{format.number(value)}{mark}")
                    for name, value, origin, mark in bars
                ],
                columns=["name", "value", "assumed", "text"],
            )
        ),
        pd.DataFrame(
            {
                "직급": [row.band for row in rows],
                "비율(가정)": [format.percent(float(shares[row.band])) for row in rows],
                "인원(가정, 명)": [format.number(row.people, 1) for row in rows],
                "한 사람의 이용(회)": [format.number(row.uses_per_person, 1) for row in rows],
                "이용(가정, 건)": [format.number(row.uses) for row in rows],
            }
        ),
        ("직급",),
        "이용률은 이용자 ÷ 전체 인원, 이행률은 건수 ÷ 규정대로일 때의 건수입니다. 휴가·출장은 빼지 않았습니다. "
        "의무 시행 첫 달의 수치이므로 어느 비율도 선호를 뜻하지 않습니다.",
    )


def assumed_rate(
    printed: int,
    people: int,
    shares: Mapping[str, float],
    uses: Mapping[str, Fraction],
    unit: Unit,
) -> flexible_work.Rate | None:
    """The rate that follows from the unit that somebody chose; None as printed, where none follows."""
    if unit == "원문":
        return None
    each = sum((Fraction(str(share)) * uses[band] for band, share in shares.items()), Fraction(0)) / 100
    return flexible_work.rate(printed, unit, people, each)


def visits(rows: pd.DataFrame, as_of: datetime.date, last: datetime.date, planned: float) -> Lens:
    """Visits by month from the first one to the last month of the plan, against the plan per month."""
    counted = rows["visited_on"].dt.to_period("M").value_counts()
    months = pd.period_range(rows["visited_on"].min(), last, freq="M")
    done: Sequence[pd.Period] = [month for month in months if month.start_time.date() <= as_of]
    ahead = len(rows) - planned * len(done)
    pace = (
        "같습니다"
        if not ahead
        else f"견주면 {format.number(abs(ahead))}회 {'많습니다' if ahead > 0 else '적습니다'}"
    )
    return Lens(
        "방문 기관",
        f"{format.date(as_of)}까지 {len(rows)}회 방문해 한 달 {format.number(planned)}회 안팎의 계획과 {pace}",
        charts.visit_bars(
            pd.DataFrame(
                {
                    "name": [f"{month.month}월" for month in months],
                    "visit_count": [int(counted.get(month, 0)) for month in months],
                }
            ),
            planned,
        ),
        pd.DataFrame(
            {
                "회차": rows["visit_number"].astype(str),
                "방문일": [format.date(day) for day in rows["visited_on"]],
                "기관": rows["organisation"],
            }
        ),
        ("회차", "방문일", "기관"),
        f"나머지 {len(months) - len(done)}개 달은 아직 오지 않았습니다. 방문별 상담 인원과 결과는 보고서에 없습니다.",
    )
