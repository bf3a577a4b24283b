"""시차출퇴근 and 찾아가는 인사상담, as the report gives them."""

import datetime

import pandas as pd

from lib import format, sources
from lib.briefing import evidence
from lib.briefing.model import Chart, Column, Figure, Question, Section, Series, Table
from lib.briefing.settings import Settings
from lib.briefing.titles import TITLES
from lib.flexible_work import report
from lib.queries import flexible_work as queries
from lib.queries import stated
from lib.rules import flexible_work as rules


def flexible_work(settings: Settings) -> Section:
    """Use by month; no rate, since the report leaves open whether it counts people or cases."""
    months = queries.months(settings.as_of)
    *_, before, latest = months.itertuples()
    growth = rules.growth(before.use_count, latest.use_count)
    lens = report.months(months)
    starts = queries.starts(settings.as_of)
    rest = 100 - float(starts["share_percent"].sum())
    return Section(
        key="flexible_work",
        title=TITLES["flexible_work"],
        message=lens.message,
        figures=(
            Figure(
                f"{latest.month.month}월 이용",
                int(latest.use_count),
                latest.printed_unit,
                0,
                _duty(latest.mandatory),
            ),
            Figure(
                f"{before.month.month}월 이용",
                int(before.use_count),
                before.printed_unit,
                0,
                _duty(before.mandatory),
            ),
            Figure(
                "전월 대비",
                (latest.use_count / before.use_count - 1) * 100,
                "%",
                0,
                f"{format.number(growth.ratio, 2)}배",
            ),
            Figure(
                starts.iloc[0]["start_band"],
                float(starts.iloc[0]["share_percent"]),
                "%",
                1,
                f"시각이 적혀 있지 않은 비율 {format.percent(rest)}",
            ),
        ),
        table=_use(months, starts, rest),
        chart=Chart(
            "bar",
            lens.message,
            tuple(format.month(month) for month in months["month"]),
            (Series("이용", tuple(float(count) for count in months["use_count"])),),
            latest.printed_unit,
            0,
            lens.picture,
        ),
        notes=(
            "사람 수인지 횟수인지 보고서에 정해져 있지 않아 이용률을 싣지 않습니다.",
            *evidence.open_checks(settings, ["flexible_work"]),
        ),
        sources=tuple(sources.lines(["flexible_work"], settings.as_of)),
        datasets=("flexible_work",),
        as_of=settings.as_of,
        speaker_notes=(
            *(
                f"{format.particle(row.rank_band, '은', '는')} 주 {row.weekly_minimum}회 이상 이용합니다."
                for row in queries.rule(settings.as_of).itertuples()
            ),
            *_plan(settings.as_of, "유연근무"),
        ),
        questions=(
            Question(
                "이용률은 얼마입니까?",
                f"보고서는 ‘이용자 수’라고 쓰고 ‘{latest.printed_unit}’으로 세었습니다. 사람 수인지 횟수인지 정해지지 않아 "
                "이용률을 계산하지 않습니다.",
            ),
            Question(
                "늘어난 것은 직원이 원해서입니까?",
                f"{latest.month.month}월은 {_duty(latest.mandatory)}이고 {before.month.month}월은 {_duty(before.mandatory)}입니다. "
                "의무 시행 첫 달의 증가만으로 선호를 알 수 없습니다."
                if latest.mandatory and not before.mandatory
                else "보고서의 수치만으로 선호를 알 수 없습니다.",
            ),
        ),
    )


def counselling(settings: Settings) -> Section:
    """Visits up to the as-of date against the plan per month."""
    visits = queries.visits(settings.as_of)
    facts = stated.figures(settings.as_of, "counselling")["value"]
    planned = float(facts["monthly_visit_plan"])
    plan = queries.plan(settings.as_of)
    ends = plan.loc[plan["topic"] == "인사상담", "end_month"].dropna()
    last = ends.max().date() if len(ends) else settings.as_of
    lens = report.visits(visits, settings.as_of, last, planned)
    services = ", ".join(
        f"{row.service}({row.content})" for row in queries.services(settings.as_of).itertuples()
    )
    counts = visits["visited_on"].dt.to_period("M").value_counts().sort_index()
    return Section(
        key="counselling",
        title=TITLES["counselling"],
        message=lens.message,
        figures=(
            Figure("방문", len(visits), "회", 0, f"{format.date(settings.as_of)}까지"),
            Figure("대상 인원", int(facts["target_count"]), "명", 0, "사업소 근무자"),
            Figure("대상 비율", float(facts["target_share"]), "%", 1, "시 공무원 가운데"),
            Figure("월 방문 계획", planned, "회", 0, "안팎"),
        ),
        table=Table(
            "방문 기관",
            (Column("회차", "회"), Column("방문일"), Column("기관")),
            tuple(
                (int(row.visit_number), format.date(row.visited_on), row.organisation)
                for row in visits.itertuples()
            ),
        ),
        chart=Chart(
            "bar",
            lens.message,
            tuple(f"{month.year}년 {month.month}월" for month in counts.index),
            (Series("방문", tuple(float(count) for count in counts)),),
            "회",
            0,
            lens.picture,
            line=("월 방문 계획", planned),
        ),
        notes=(lens.note, *evidence.open_checks(settings, ["counselling"])),
        sources=tuple(sources.lines(["counselling"], settings.as_of)),
        datasets=("counselling",),
        as_of=settings.as_of,
        speaker_notes=(f"방문하면 {services}를 합니다.", *_plan(settings.as_of, "인사상담")),
        questions=(
            Question(
                "상담받은 인원과 결과는 어떻게 됩니까?",
                f"보고서에는 방문 {len(visits)}회와 기관만 있고 상담 인원과 결과는 없습니다.",
            ),
        ),
    )


def _duty(mandatory: bool) -> str:
    return "의무 시행" if mandatory else "의무 시행 전"


def _use(months: pd.DataFrame, starts: pd.DataFrame, rest: float) -> Table:
    """Months, then start times of the last of them."""
    last = f"{months['month'].iloc[-1].month}월"
    rows = [
        ("월별 이용", format.month(row.month), float(row.use_count), row.printed_unit, _duty(row.mandatory))
        for row in months.itertuples()
    ]
    rows += [
        ("출근시각 비율", row.start_band, float(row.share_percent), "%", last) for row in starts.itertuples()
    ]
    rows.append(("출근시각 비율", "보고서에 설명 없음", round(rest, 1), "%", last))
    heads = (Column("구분"), Column("항목"), Column("값", mixed=True), Column("단위"), Column("비고"))
    return Table("시차출퇴근 이용", heads, tuple(rows))


def _plan(as_of: datetime.date, topic: str) -> list[str]:
    """What lies ahead, a line each."""
    plan = queries.plan(as_of)
    ahead = plan[(plan["topic"] == topic) & ~plan["under_way"]]
    return [f"{format.month(row.start_month)}부터: {row.step}" for row in ahead.itertuples()]
