import pandas as pd
import streamlit as st

from lib import format, ui
from lib.charts import organisation as charts
from lib.queries import editions, organisation

ALL = "행정국 전체"


def choose(department: str) -> None:
    """Show the department whose box was clicked."""
    st.session_state.department = department


as_of, unit = ui.as_of(), ui.unit()
departments = organisation.departments(as_of)
inside = departments[departments["in_bureau"]]
[bureau] = organisation.bureau(as_of).itertuples()

with st.container(horizontal=True, vertical_alignment="bottom"):
    chosen = st.selectbox(
        "부서",
        [ALL, *departments["department"]],
        key="department",
        bind="query-params",
        filter_mode="contains",
    )
    wanted = st.text_input(
        "담당업무에서 찾기",
        key="duty",
        bind="query-params",
        type="search",
        placeholder="예: 교육, 청사, 후생",
    )
    other = ui.other_edition()
against = f"{format.date(other)} 대비" if other else ""
then = organisation.departments(other).set_index("department")["head_count"] if other else pd.Series()
departments = departments.assign(
    change=[
        ui.difference(row.head_count, then.get(row.department), format.people)
        for row in departments.itertuples()
    ]
)
inside = departments[departments["in_bureau"]]

left, right = st.columns(2, gap="large")
with left:
    largest = inside.loc[inside["head_count"].idxmax()]
    ui.chart(
        charts.tree(departments, "행정국", format.people(bureau.head_count), chosen),
        f"{bureau.division_count}과 {bureau.office_count}사업소 {format.people(bureau.head_count)} 가운데 "
        f"{format.rate(largest['share'])}가 {largest['department']} 소속입니다",
        key="tree",
        on_pick=choose,
    )
    st.caption("상자를 누르면 그 부서를 봅니다. 점선은 행정국 인력에 들지 않는 위탁 법인입니다.")
    ui.source("organisation")

with right:
    if chosen == ALL:
        st.markdown("**부서별 인력과 비중**" + (f" (증감은 {against})" if other else ""))
        shown = ui.shown(
            inside,
            {
                "부서": ("department", str),
                "팀": ("team_count", format.number),
                "인력(명)": ("head_count", format.number),
                "팀당 인력(명)": ("people_per_team", lambda value: format.number(value, 1)),
                "비중": ("share", format.rate),
                **({"증감": ("change", str)} if other else {}),
            },
        )
        whole = pd.DataFrame(
            [
                {
                    "부서": "계",
                    "팀": format.number(bureau.team_count),
                    "인력(명)": format.number(bureau.head_count),
                    "팀당 인력(명)": format.EMPTY,
                    "비중": format.rate(inside["share"].sum()),
                }
            ]
        )
        if other:
            [bureau_then] = organisation.bureau(other).itertuples()
            whole["증감"] = ui.difference(bureau.head_count, bureau_then.head_count, format.people)
        ui.table(pd.concat([shown, whole]), "부서별 인력과 비중", text=["부서"])
        st.caption(
            "팀 수의 계는 과별 팀 수를 더한 값이고, 비중은 반올림하여 더하면 0.1%p 다를 수 있습니다. "
            "보고서에는 공무원수련원의 팀 수와 직급별 인원이 없습니다."
        )
        if other and (gone := [name for name in then.index if name not in set(departments["department"])]):
            st.caption(f"{format.date(other)} 보고에 있던 {', '.join(gone)}은(는) 이 판에 없습니다.")
        ui.downloads(
            departments[["department", "kind", "team_count", "head_count", "share"]].set_axis(
                ["부서", "구분", "팀", "인력(명)", "비중"], axis=1
            ),
            "행정국 조직·인력",
            "organisation",
        )
    else:
        [department] = departments[departments["department"] == chosen].itertuples()
        st.header(f"{department.department} · {department.kind}", anchor=False)
        ui.cards(
            [
                ui.Card(
                    "인력",
                    format.people(department.head_count),
                    *((department.change, against) if other else ()),
                ),
                ui.Card("팀", format.number(department.team_count)),
                ui.Card(
                    "행정국 내 비중" if department.in_bureau else "행정국 인력과 별도",
                    format.rate(department.share),
                ),
            ],
            3,
        )
        if pd.notna(department.line_code):
            st.markdown("**사업비 예산현액과 집행**")
            ui.cards(
                [
                    ui.Card("예산현액", format.money(department.budget, unit)),
                    ui.Card("집행액", format.money(department.realised, unit)),
                    ui.rate_card("집행률", department.realised_rate, editions.calendar(as_of).elapsed_rate),
                ],
                2,
            )
            ui.link(
                "budget-execution",
                f"{department.department} 예산 집행 자세히 보기",
                icon=":material/account_balance_wallet:",
                line=department.department,
            )
            ui.source("expenditure")
        duties = organisation.duties(as_of, department=chosen)
        if duties.empty:
            st.info("보고서에 이 부서의 담당업무가 따로 적혀 있지 않습니다.")
        else:
            st.markdown(f"**담당업무 {len(duties)}건**")
            st.markdown("\n".join(f"- {duty}" for duty in duties["duty"]))
            ui.source("duty")

if wanted or chosen == ALL:
    duties = organisation.duties(as_of, wanted)
    st.header(f"‘{wanted}’ 담당업무 {len(duties)}건" if wanted else f"담당업무 {len(duties)}건", anchor=False)
    if duties.empty:
        st.info("찾는 말이 든 담당업무가 없습니다. 더 짧은 말로 찾아보십시오.")
    with st.grid(3, min_column_width=240):
        for department, items in duties.groupby("department", sort=False)["duty"]:
            with st.container(border=True, height="stretch"):
                st.markdown(f"**{department}**\n" + "\n".join(f"- {duty}" for duty in items))
    ui.source("duty")
