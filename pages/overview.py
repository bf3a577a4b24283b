import streamlit as st

from lib import commitments, format, ui
from lib.charts import budget as charts
from lib.queries import attention, budget, editions, flexible_work, organisation, population, schedule, trend

PROMISES = {"renovation-timeline": "청사 환경 개선", "resident-support": "간담회 조치사항"}
EACH = 2  # of the next steps, so many of every page

as_of, unit = ui.as_of(), ui.unit()
calendar = editions.calendar(as_of)
lines = budget.lines(as_of)
totals = lines[lines["level"] == 0].set_index("side")
[bureau] = organisation.bureau(as_of).itertuples()
city = population.city(as_of)
*_, month_before, month = flexible_work.months(as_of).itertuples()
upcoming = schedule.upcoming(as_of)
due = upcoming[upcoming["start_month"].dt.date > as_of]

ui.cards(
    [
        ui.Card(
            "인력", format.people(bureau.head_count), f"{bureau.division_count}과 {bureau.office_count}사업소"
        ),
        ui.Card(
            "세출 예산현액",
            format.won_words(totals.loc["세출", "budget"]),
            format.percent(totals.loc["세출", "change_percent"]),
            "전년 대비",
        ),
        ui.rate_card("세출 집행률", totals.loc["세출", "realised_rate"], calendar.elapsed_rate),
        ui.rate_card("세입 징수율", totals.loc["세입", "realised_rate"], calendar.elapsed_rate),
        ui.Card(
            "주민등록인구",
            format.people(city.population),
            f"{format.number(city.household_count / 1000)}천 세대",
        ),
        ui.Card(
            f"시차출퇴근 {month.month.month}월",
            f"{format.number(month.use_count)}{month.printed_unit}",
            format.percent((month.use_count / month_before.use_count - 1) * 100),
            "전월 대비(의무 시행)" if month.mandatory else "전월 대비",
        ),
    ],
    3,
)
ui.source("organisation", "revenue", "expenditure", "district_population", "flexible_work")

figures = trend.bureau()
if other := ui.other_edition():
    now, then = (figures[figures["as_of"].dt.date == day].iloc[0] for day in (as_of, other))
    st.markdown(f"**{format.date(other)} 보고와 견주면**")
    ui.versus(
        [
            ("인력", now["head_count"], then["head_count"], format.people, format.people),
            ("세출 예산현액", now["budget"], then["budget"], format.won_words, format.won_words),
            ("세출 집행률", now["execution_rate"], then["execution_rate"], format.rate, format.rate_points),
            ("세입 징수율", now["collection_rate"], then["collection_rate"], format.rate, format.rate_points),
            ("주민등록인구", now["residents"], then["residents"], format.people, format.people),
        ],
        other,
    )
    ui.trends(
        figures,
        [
            ("head_count", "인력", format.people),
            ("budget", "세출 예산현액", format.won_words),
            ("execution_rate", "세출 집행률", format.rate),
        ],
    )
    ui.source("organisation", "expenditure", "revenue")

behind = attention.behind(as_of)
left, right = st.columns([3, 2], gap="large")
with left:
    units = lines[(lines["side"] == "세출") & lines["leaf"]].sort_values("realised_rate")
    ui.chart(
        charts.execution_bars(units, calendar.elapsed_rate),
        f"세출 {len(units)}개 단위 가운데 {len(behind)}곳이 기간경과율 {format.rate(calendar.elapsed_rate)}에 못 미칩니다",
    )
    with st.expander("수치로 보기"):
        ui.table(
            ui.shown(
                units,
                {
                    "단위": ("label", str),
                    "집행률": ("realised_rate", format.rate),
                    "기간경과율 대비": (
                        "realised_rate",
                        lambda rate: format.points((rate - calendar.elapsed_rate) * 100),
                    ),
                },
            ),
            "단위별 집행률",
            text=["단위"],
        )
with right:
    st.markdown("**살펴볼 사항**")
    for line in behind.itertuples():
        ui.link(
            "budget-execution",
            f"**{line.label}** 집행률 {format.rate(line.realised_rate)}, 부족액 {format.money(line.gap, unit)}",
            icon=":material/trending_down:",
            line=line.label,
        )
    soonest = due[due["start_month"] == due["start_month"].min()]
    for step in soonest.groupby("page").head(EACH).itertuples():
        ui.link(
            step.page,
            f"**{step.start_month.month}월 시작** {step.name}",
            icon=":material/event_upcoming:",
            **{step.parameter: step.value},
        )
    if (more := len(soonest) - len(soonest.groupby("page").head(EACH))) > 0:
        st.caption(f"이 밖에 {format.month(soonest['start_month'].min())}에 시작할 일이 {more}건 있습니다.")
    for path, kind in PROMISES.items():
        steps = commitments.published(as_of, kind, ui.today())
        late, open_ended = steps[steps["overdue"]], steps[steps["open_ended"]]
        if len(late):
            ui.link(
                path,
                f"**{kind}** 기준일 뒤 종료 시기가 지난 것 {len(late)}건",
                icon=":material/event_busy:",
            )
        if len(open_ended):
            ui.link(
                path, f"**{kind}** 종료 시기가 없는 것 {len(open_ended)}건", icon=":material/all_inclusive:"
            )
    for dataset in attention.open_checks(as_of).itertuples():
        ui.link(
            dataset.page,
            f"**{dataset.title}** 검산 {dataset.check_count}건 중 {dataset.open_count}건 불일치",
            icon=":material/rule:",
        )
ui.source("expenditure")
