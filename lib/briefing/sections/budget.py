"""Expenditure and revenue: pace against the calendar, change from the year before, and the assumed year end."""

from typing import Any

import pandas as pd

from lib import format, sources
from lib.briefing import evidence
from lib.briefing.model import Chart, Column, Figure, Question, Section, Series, Table
from lib.briefing.settings import Settings
from lib.briefing.titles import TITLES
from lib.charts import budget as charts
from lib.queries import budget, editions, stated
from lib.rules import execution

GRANT = "조정교부금"
RATE = {"집행": "집행률", "징수": "징수율"}
YARDSTICK = (
    "기간경과율은 회계연도 {year}일 가운데 지나간 {elapsed}일의 비율로, 견주는 기준일 뿐 집행 계획이 아닙니다. "
    "보조금과 기금 전출금은 한꺼번에 들어오거나 나갑니다."
)


def expenditure(settings: Settings) -> Section:
    """Each unit of expenditure against the calendar: departments, and the lines beside 사업비."""
    units = _units(settings, "세출")
    behind = _behind(units, settings)
    questions = [
        Question("집행이 부진한 단위는 어디이며 까닭은 무엇입니까?", _lagging(behind, settings, "집행")),
        Question(
            "연말까지 다 집행할 수 있습니까?",
            "집행 계획은 보고서에 없습니다. "
            f"기간경과율에 이르는 데 모자란 금액은 {len(behind)}곳을 더해 {_money(behind['gap'].sum(), settings)}입니다.",
        ),
        *_fullest(units, settings),
    ]
    return _pace(settings, "expenditure", "세출", "집행", units, questions)


def revenue(settings: Settings) -> Section:
    """Each line of revenue against the calendar."""
    units = _units(settings, "세입")
    behind = _behind(units, settings)
    printed = budget.lines(settings.as_of)
    empty = printed[(printed["side"] == "세입") & printed["leaf"] & printed["realised"].isna()]
    questions = [
        Question("징수가 부진한 항목은 무엇이며 까닭은 무엇입니까?", _lagging(behind, settings, "징수")),
        Question(
            "징수액이 적혀 있지 않은 항목은 무엇입니까?",
            f"{', '.join(empty['label'])} {len(empty)}개 항목입니다. 보고서에 ‘-’로 적혀 있어 0으로 보지 않고 비워 두었습니다."
            if len(empty)
            else "없습니다.",
        ),
    ]
    return _pace(settings, "revenue", "세입", "징수", units, questions)


def _pace(
    settings: Settings,
    key: str,
    side: str,
    done: str,
    units: pd.DataFrame,
    questions: list[Question],
) -> Section:
    rate_name = RATE[done]
    calendar = editions.calendar(settings.as_of)
    whole = _total(settings, side)
    behind = _behind(units, settings)
    distance = (whole.realised_rate - calendar.elapsed_rate) * 100
    rows = [*units.itertuples(), whole]
    message = (
        f"{side} {rate_name}은 {format.rate(whole.realised_rate)}로 기간경과율 {format.rate(calendar.elapsed_rate)}보다 "
        f"{format.number(abs(distance), 1)}%p {'높고' if distance >= 0 else '낮고'}, "
        f"{len(units)}개 항목 가운데 {len(behind)}개가 기간경과율에 못 미칩니다"
    )
    return Section(
        key=key,
        title=TITLES[key],
        message=message,
        figures=(
            Figure(
                f"{side} {rate_name}",
                whole.realised_rate * 100,
                "%",
                1,
                f"기간경과율 대비 {format.points(distance)}",
            ),
            Figure(
                "기간경과율",
                calendar.elapsed_rate * 100,
                "%",
                1,
                f"{calendar.year_days}일 중 {calendar.elapsed_days}일",
            ),
            _amount(f"{side} 예산현액", whole.budget, settings, f"{calendar.fiscal_year}년"),
            _amount(f"{done}액", whole.realised, settings, f"{format.date(settings.as_of)}까지"),
        ),
        table=Table(
            f"{side} 항목별 {rate_name}",
            (
                Column("항목"),
                evidence.money_column("예산현액", [row.budget for row in rows], settings.unit),
                evidence.money_column(f"{done}액", [row.realised for row in rows], settings.unit),
                Column(f"{rate_name}", "%", 1),
                Column("기간경과율 대비", "%p", 1),
                evidence.money_column("부족액", [row.gap for row in rows if row.gap > 0], settings.unit),
            ),
            tuple(
                (
                    row.label,
                    evidence.money(row.budget, settings.unit),
                    evidence.money(row.realised, settings.unit),
                    evidence.percent(row.realised_rate),
                    (row.realised_rate - calendar.elapsed_rate) * 100,
                    evidence.money(row.gap, settings.unit) if row.gap > 0 else None,
                )
                for row in rows
            ),
            (len(units),),
        ),
        chart=Chart(
            "bar",
            message,
            tuple(units["label"]),
            (Series(f"{rate_name}", tuple(units["realised_rate"])),),
            "%",
            1,
            charts.execution_bars(units, calendar.elapsed_rate),
            percent=True,
            line=("기간경과율", calendar.elapsed_rate),
        ),
        notes=(
            YARDSTICK.format(year=calendar.year_days, elapsed=calendar.elapsed_days),
            f"부족액은 기간경과율에 이르는 데 모자란 금액입니다. 예산현액이나 {done}액이 ‘-’인 항목은 싣지 않았습니다.",
            *evidence.open_checks(settings, [key]),
        ),
        sources=tuple(sources.lines([key], settings.as_of)),
        datasets=(key,),
        as_of=settings.as_of,
        speaker_notes=(
            f"{side} 예산현액은 {format.won_words(whole.budget)}, {done}액은 {format.won_words(whole.realised)}입니다.",
            f"가장 낮은 항목은 {units.iloc[0]['label']}({format.rate(units.iloc[0]['realised_rate'])}), "
            f"가장 높은 항목은 {units.iloc[-1]['label']}({format.rate(units.iloc[-1]['realised_rate'])})입니다.",
            "기간경과율은 집행 계획이 아니라는 점을 먼저 말씀드립니다.",
        ),
        questions=tuple(questions),
    )


def change(settings: Settings) -> Section:
    """Expenditure against the year before, 예산현액 to 예산현액; 조정교부금 split off, or nothing else is seen."""
    calendar = editions.calendar(settings.as_of)
    year, before = calendar.fiscal_year, calendar.fiscal_year - 1
    lines = budget.lines(settings.as_of)
    spent = lines[(lines["side"] == "세출") & lines["leaf"]]
    [grant] = spent[spent["line"] == GRANT].itertuples()
    units = spent[spent["line"] != GRANT].dropna(subset=["change"]).sort_values("change")
    whole = _total(settings, "세출")
    most = units.loc[units["change"].abs().idxmax()]
    rows = [*units.itertuples(), grant, whole]
    message = (
        f"세출 예산현액은 {_than(whole.change, whole.change_percent)}, {GRANT}을 빼면 가장 크게 달라진 항목은 "
        f"{most['label']}, {_money(most['change'], settings)}({format.percent(most['change_percent'])})입니다"
    )
    city = stated.figures(settings.as_of, "district_fact")["value"]
    return Section(
        key="change",
        title=TITLES["change"],
        message=message,
        figures=(
            Figure(
                "세출 증감률",
                whole.change_percent,
                "%",
                1,
                f"{before}년 최종 예산현액 대비",
            ),
            _amount(
                "세출 증감액", whole.change, settings, f"{before}년 {_money(whole.previous_budget, settings)}"
            ),
            _amount(
                f"{GRANT} 증감액", grant.change, settings, f"예산현액 {format.percent(grant.change_percent)}"
            ),
            Figure(
                f"{GRANT} 비중",
                grant.budget / whole.budget * 100,
                "%",
                1,
                f"{year}년 세출 예산현액 가운데",
            ),
        ),
        table=Table(
            "세출 항목별 증감",
            (
                Column("항목"),
                evidence.money_column(
                    f"{before}년", [row.previous_budget for row in rows], settings.unit, "예산현액"
                ),
                evidence.money_column(f"{year}년", [row.budget for row in rows], settings.unit, "예산현액"),
                evidence.money_column("증감액", [row.change for row in rows], settings.unit, "증감"),
                Column("증감률", "%", 1, "증감"),
            ),
            tuple(
                (
                    row.label,
                    evidence.money(row.previous_budget, settings.unit),
                    evidence.money(row.budget, settings.unit),
                    evidence.money(row.change, settings.unit),
                    evidence.cell(row.change_percent),
                )
                for row in rows
            ),
            (len(rows) - 1,),
        ),
        chart=Chart(
            "bar",
            f"{GRANT}을 뺀 세출 항목 가운데 가장 크게 달라진 항목은 {most['label']}, "
            f"{_money(most['change'], settings)}입니다",
            tuple(units["label"]),
            (Series("증감액", tuple(evidence.money(value, settings.unit) for value in units["change"])),),
            settings.unit.name,
            settings.unit.decimals,
            charts.change_bars(units, settings.unit),
        ),
        notes=(
            f"{before}년은 연말 최종 예산현액, {year}년은 {format.date(settings.as_of)} 현재 예산현액이며 본예산과 견주지 않습니다.",
            f"{GRANT}은 세출의 {format.rate(grant.budget / whole.budget)}여서 그림에서 뺐습니다.",
            *evidence.open_checks(settings, ["expenditure"]),
            *evidence.open_checks(settings, ["district_fact"], GRANT),
        ),
        sources=tuple(sources.lines(["expenditure", "district_fact"], settings.as_of)),
        datasets=("expenditure", "district_fact"),
        as_of=settings.as_of,
        speaker_notes=(
            f"세출 예산현액은 {before}년 {format.won_words(whole.previous_budget)}에서 "
            f"{year}년 {format.won_words(whole.budget)}이 되었습니다.",
            f"{GRANT}은 예산현액 기준과 본예산 기준이 다르므로 어느 기준인지 반드시 함께 말씀드립니다.",
        ),
        questions=(
            Question(
                f"{GRANT}은 늘었습니까, 줄었습니까?",
                f"기준에 따라 다릅니다. 본예산은 {before}년 {format.number(city['adjustment_grant_previous'])}억원에서 "
                f"{year}년 {format.number(city['adjustment_grant'])}억원으로 {format.percent(city['adjustment_grant_change'])} "
                f"달라졌고, 예산현액은 {format.won_words(grant.previous_budget)}에서 {format.won_words(grant.budget)}으로 "
                f"{format.percent(grant.change_percent)}입니다. 두 기준을 한 그림에 섞지 않습니다.",
            ),
            Question(
                f"{most['label']} 예산은 왜 크게 달라졌습니까?",
                f"{before}년 {_money(most['previous_budget'], settings)}에서 {year}년 {_money(most['budget'], settings)}으로 "
                f"{_money(most['change'], settings)} 달라졌습니다. 달라진 까닭은 보고서에 없어 해당 부서 확인이 필요합니다.",
            ),
        ),
    )


def projection(settings: Settings) -> Section:
    """What the pace, as assumed, leads to by the end of the year; 조정교부금 included."""
    calendar = editions.calendar(settings.as_of)
    units = _units(settings, "세출")
    ends = [
        execution.projection(unit.budget, unit.realised, calendar.elapsed_rate, settings.pace)
        for unit in units.itertuples()
    ]
    units = units.assign(
        amount=[end.amount for end in ends],
        remainder=[end.remainder for end in ends],
        end_rate=[end.amount / budget for end, budget in zip(ends, units["budget"], strict=True)],
        capped=["예산현액에 이름" if end.capped else "" for end in ends],
    ).sort_values("end_rate")
    whole = _total(settings, "세출")
    amount, remainder = units["amount"].sum(), units["remainder"].sum()
    pace = format.number(settings.pace, 1)
    message = (
        f"가정: 지금의 {pace}배 속도면 연말 세출 집행률은 {format.rate(amount / whole.budget)}, "
        f"{_money(remainder, settings)}이 남습니다"
    )
    low = units.iloc[0]
    sums = ("세출 계", whole.budget, whole.realised, amount, amount / whole.budget, remainder, "")
    rows = [
        *units[["label", "budget", "realised", "amount", "end_rate", "remainder", "capped"]].itertuples(
            index=False, name=None
        ),
        sums,
    ]
    columns = list(zip(*rows, strict=True))
    shares = [units["realised"], units["amount"] - units["realised"], units["remainder"]]
    return Section(
        key="projection",
        title=TITLES["projection"],
        message=message,
        figures=(
            Figure("연말 집행률(가정)", amount / whole.budget * 100, "%", 1, f"지금의 {pace}배 속도"),
            _amount("남는 금액(가정)", remainder, settings, f"예산현액 {_money(whole.budget, settings)}"),
            Figure("현재 집행률", whole.realised_rate * 100, "%", 1, f"{format.date(settings.as_of)}까지"),
        ),
        table=Table(
            "연말 전망(가정)",
            (
                Column("항목"),
                evidence.money_column("예산현액", columns[1], settings.unit),
                evidence.money_column("현재 집행액", columns[2], settings.unit),
                evidence.money_column("연말 집행액", columns[3], settings.unit, "가정"),
                Column("연말 집행률", "%", 1, "가정"),
                evidence.money_column("남는 금액", columns[5], settings.unit, "가정"),
                Column("비고"),
            ),
            tuple(
                (
                    label,
                    evidence.money(budgeted, settings.unit),
                    evidence.money(realised, settings.unit),
                    evidence.money(end, settings.unit),
                    evidence.percent(rate),
                    evidence.money(left, settings.unit),
                    remark,
                )
                for label, budgeted, realised, end, rate, left, remark in rows
            ),
            (len(rows) - 1,),
        ),
        chart=Chart(
            "stacked_bar",
            message,
            tuple(units["label"]),
            tuple(
                Series(part, tuple(values / units["budget"]))
                for part, values in zip(charts.PARTS, shares, strict=True)
            ),
            "%",
            1,
            charts.projection_bars(units, settings.unit),
            percent=True,
        ),
        notes=(
            "지금까지의 하루 평균에 배수를 곱해 연말까지 곧게 늘인 가정이며 예산현액을 넘지 않게 했습니다. "
            "집행 계획과 시기별 사정은 반영하지 않았습니다.",
        ),
        sources=tuple(sources.lines(["expenditure"], settings.as_of)),
        datasets=("expenditure",),
        as_of=settings.as_of,
        speaker_notes=(
            "보고서에 없는 가정이라는 점을 먼저 말씀드립니다.",
            f"연말 집행률이 가장 낮게 나오는 항목은 {low['label']}({format.rate(low['end_rate'])})입니다.",
        ),
        questions=(
            Question(
                "이 전망은 어떻게 계산한 것입니까?",
                f"{calendar.elapsed_days}일 동안의 하루 평균 집행액에 {pace}을 곱해 남은 "
                f"{calendar.year_days - calendar.elapsed_days}일에 더했습니다. 집행 계획을 반영하지 않은 단순한 가정입니다.",
            ),
        ),
    )


def _units(settings: Settings, side: str) -> pd.DataFrame:
    """The lines of a side without parts that have a rate, the lowest first."""
    lines = budget.lines(settings.as_of)
    return (
        lines[(lines["side"] == side) & lines["leaf"]]
        .dropna(subset=["realised_rate"])
        .sort_values("realised_rate", kind="stable")
    )


def _total(settings: Settings, side: str) -> Any:
    lines = budget.lines(settings.as_of)
    [whole] = lines[(lines["side"] == side) & (lines["level"] == 0)].itertuples()
    return whole


def _behind(units: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    return units[units["realised_rate"] < editions.calendar(settings.as_of).elapsed_rate]


def _lagging(behind: pd.DataFrame, settings: Settings, done: str) -> str:
    if behind.empty:
        return f"{RATE[done]}에서 기간경과율에 못 미치는 항목은 없습니다."
    named = ", ".join(
        f"{unit.label} {format.rate(unit.realised_rate)}(부족액 {_money(unit.gap, settings)})"
        for unit in behind.itertuples()
    )
    return f"{named}입니다. 늦은 까닭은 보고서에 없으므로 각 부서의 사유를 미리 확인해 두어야 합니다."


def _fullest(units: pd.DataFrame, settings: Settings) -> list[Question]:
    full = units[units["realised_rate"] >= 0.9]
    return [
        Question(
            f"{unit.label} 집행률이 {format.rate(unit.realised_rate)}인 까닭은 무엇입니까?",
            f"예산현액 {_money(unit.budget, settings)} 가운데 {_money(unit.realised, settings)}을 이미 집행했습니다. "
            "한꺼번에 나가는 금액이어서 기간경과율과 견주는 것이 알맞지 않을 수 있습니다.",
        )
        for unit in full.itertuples()
    ]


def _amount(name: str, thousand_won: float, settings: Settings, remark: str) -> Figure:
    unit = settings.unit
    decimals = evidence.money_column(name, [thousand_won], unit).decimals
    return Figure(name, float(thousand_won) / unit.thousand_won, unit.name, decimals, remark)


def _money(thousand_won: float, settings: Settings) -> str:
    return format.money(thousand_won, settings.unit)


def _than(change: float, percent: float) -> str:
    return f"전년보다 {format.number(abs(percent), 1)}% {'늘었고' if change >= 0 else '줄었고'}"
