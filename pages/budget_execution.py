import pandas as pd
import streamlit as st

from lib import format, ui
from lib.charts import budget as charts
from lib.queries import budget, editions, stated, trend
from lib.rules import execution

VIEWS = ["속도", "증감", "구성", "내역", "전망"]
ORDERS = {
    "보고서 순서": ("position", True),
    "예산현액 큰 순": ("budget", False),
    "많이 늘어난 순": ("change", False),
    "많이 줄어든 순": ("change", True),
    "비율 낮은 순": ("realised_rate", True),
}


def choose(label: str) -> None:
    """Look at another line."""
    st.session_state.line = label


def choose_side() -> None:
    """Look at the total of the other side."""
    choose(f"{st.session_state.side} 계")


def amount(value: float) -> str:
    """An amount in the chosen unit."""
    return format.amount(value, unit)


def money(value: float) -> str:
    """An amount with the chosen unit."""
    return format.money(value, unit)


as_of, unit = ui.as_of(), ui.unit()
calendar = editions.calendar(as_of)
year, before = calendar.fiscal_year, calendar.fiscal_year - 1
lines = budget.lines(as_of)

with st.container(horizontal=True, vertical_alignment="bottom"):
    side_slot = st.container(width="content")
    label = st.selectbox(
        "항목", lines["label"], key="line", bind="query-params", filter_mode="contains", width=280
    )
    view = st.segmented_control(
        "보기", VIEWS, default=VIEWS[0], required=True, key="view", bind="query-params", width="content"
    )
    other = ui.other_edition()
then = budget.lines(other).set_index("line_code") if other else None
[line] = lines[lines["label"] == label].itertuples()
st.session_state.side = line.side
side_slot.segmented_control("구분", ["세출", "세입"], required=True, key="side", on_change=choose_side)
dataset, done, done_rate = (
    ("expenditure", "집행", "집행률") if line.side == "세출" else ("revenue", "징수", "징수율")
)

children = lines[lines["parent_code"] == line.line_code]
descendants = lines[lines["line_code"].str.startswith(f"{line.line_code}.")]
scope = descendants if len(descendants) else lines[lines["parent_code"] == line.parent_code]
selected = None if len(descendants) else label

with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
    for name in lines.loc[[line.line_code.startswith(f"{code}.") for code in lines["line_code"]], "label"]:
        st.button(f"{name} ›", key=f"up-{name}", type="tertiary", on_click=choose, args=(name,))
    st.markdown(f"**{label}**" + " ›" * (len(children) > 0), width="content")
    for name in children["label"]:
        st.button(name, key=f"down-{name}", on_click=choose, args=(name,))

ui.cards(ui.line_cards(line, calendar, as_of, unit, f"{done}액", done_rate), 3)
st.caption(
    "예산현액은 본예산에 추가경정예산과 전년도 이월액 등을 반영한 금액으로, 본예산과 견주지 않습니다. "
    f"{before}년은 연말 최종액, {year}년은 {format.date(as_of)} 현재 금액입니다."
)
if other and then is not None and line.line_code in then.index:
    earlier = then.loc[line.line_code]
    ui.versus(
        [
            ("예산현액", line.budget, earlier["budget"], money, money),
            (f"{done}액", line.realised, earlier["realised"], money, money),
            (done_rate, line.realised_rate, earlier["realised_rate"], format.rate, format.rate_points),
        ],
        other,
    )
    if editions.calendar(other).fiscal_year != year:
        st.caption(f"회계연도가 달라 {done}액과 {done_rate}은 같은 시기끼리만 견줄 수 있습니다.")
if line.line == "조정교부금":
    city = stated.figures(as_of, "district_fact")["value"]
    st.info(
        f"본예산으로는 {year}년 {format.number(city['adjustment_grant'])}억원, "
        f"{before}년 {format.number(city['adjustment_grant_previous'])}억원으로 "
        f"{format.percent(city['adjustment_grant_change'])} 늘었습니다. 이 화면의 금액은 모두 예산현액이어서 "
        f"{format.percent(line.change_percent)}이며, 두 기준을 섞어 쓰지 않습니다.",
        title="기준이 두 가지입니다",
        icon=":material/balance:",
    )

if view in ("증감", "구성") and line.level == 0 and line.side == "세출":
    split = st.toggle("조정교부금 빼고 보기", value=True, key="split", bind="query-params")
    grant = lines[lines["line"] == "조정교부금"]
    if split:
        scope = scope.drop(grant.index)
        st.caption(
            f"조정교부금은 {format.money(grant['budget'].item(), unit)}으로 세출 예산현액의 "
            f"{format.rate(grant['budget'].item() / line.budget)}여서 빼고 그립니다."
        )

parts = scope[scope["leaf"] | (selected is not None)]
if view in ("속도", "전망") and parts["realised_rate"].isna().all():
    st.info(f"예산현액이나 {done}액이 보고서에 ‘-’로만 적혀 있어 {done_rate}을 그릴 항목이 없습니다.")
elif view == "속도":
    units = parts.dropna(subset=["realised_rate"]).sort_values("realised_rate")
    late = units[units["realised_rate"] < calendar.elapsed_rate]
    if then is not None:
        rates = units["line_code"].map(then["realised_rate"])
        pairs = zip(units["realised_rate"], rates, strict=True)
        units = units.assign(apart=[ui.difference(*pair, format.rate_points) for pair in pairs])
    ui.chart(
        charts.execution_bars(units, calendar.elapsed_rate, selected),
        f"{len(units)}개 항목 가운데 {len(late)}개의 {done_rate}이 "
        f"기간경과율 {format.rate(calendar.elapsed_rate)}에 못 미칩니다"
        if len(late)
        else f"{len(units)}개 항목의 {done_rate}이 모두 기간경과율 {format.rate(calendar.elapsed_rate)} 이상입니다",
        key=f"pace-{line.line_code}",
        on_pick=choose,
    )
    ui.table(
        ui.shown(
            units,
            {
                "항목": ("label", str),
                f"예산현액({unit.name})": ("budget", amount),
                f"{done}액({unit.name})": ("realised", amount),
                done_rate: ("realised_rate", format.rate),
                "기간경과율 대비": (
                    "realised_rate",
                    lambda rate: format.points((rate - calendar.elapsed_rate) * 100),
                ),
                **({f"증감({format.date(other)} 대비)": ("apart", str)} if other else {}),
                f"부족액({unit.name})": ("gap", lambda gap: amount(gap) if gap > 0 else format.EMPTY),
            },
        ),
        f"항목별 {done_rate}",
        text=["항목"],
    )
    st.caption(
        f"기간경과율은 회계연도 {calendar.year_days}일 가운데 지나간 {calendar.elapsed_days}일의 비율이고, "
        "부족액은 기간경과율에 이르는 데 모자란 금액입니다. 견주는 기준일 뿐 집행 계획이 아니며, "
        "보조금과 기금 전출금은 한꺼번에 들어오거나 나갑니다. 예산현액이나 실적이 ‘-’인 항목은 그리지 않습니다."
    )
elif view == "증감":
    base, than = f"{before}년", "전년보다"
    if other and then is not None:
        base = st.segmented_control(
            "견줄 대상",
            [base, format.date(other)],
            default=base,
            required=True,
            key="base",
            bind="query-params",
        )
    if other and then is not None and base == format.date(other):
        was = parts["line_code"].map(then["budget"])
        than, parts = f"{base} 보고보다", parts.assign(previous_budget=was, change=parts["budget"] - was)
        parts = parts.assign(change_percent=100 * parts["change"] / was)
    changed = parts.dropna(subset=["change"]).sort_values("change")
    most = changed.loc[changed["change"].abs().idxmax()]
    ui.chart(
        charts.change_bars(changed, unit),
        f"{than} 가장 크게 달라진 항목은 {most['label']}, "
        f"{format.money(most['change'], unit)}({format.percent(most['change_percent'])})입니다",
        key=f"change-{line.line_code}",
        on_pick=choose,
    )
    ui.table(
        ui.shown(
            changed,
            {
                "항목": ("label", str),
                f"{base} 예산현액({unit.name})": ("previous_budget", amount),
                f"{year}년 예산현액({unit.name})": ("budget", amount),
                f"증감액({unit.name})": ("change", amount),
                "증감률": ("change_percent", format.percent),
            },
        ),
        "항목별 증감",
        text=["항목"],
    )
elif view == "구성":
    shares = parts.dropna(subset=["budget"]).sort_values("budget", ascending=False)
    shares = shares.assign(share=shares["budget"] / shares["budget"].sum())
    message = f"가장 큰 항목은 {shares.iloc[0]['label']}, {format.rate(shares.iloc[0]['share'])}입니다"
    st.markdown(f"**{message}**")
    top = line.parent_code if selected else line.line_code
    st.echarts_chart(charts.treemap(scope, top, unit), height=420, renderer="svg", alt=message)
    ui.table(
        ui.shown(
            shares,
            {
                "항목": ("label", str),
                "상위 항목": ("parent_label", str),
                f"예산현액({unit.name})": ("budget", amount),
                "비중": ("share", format.rate),
            },
        ),
        "항목별 구성",
        text=["항목", "상위 항목"],
    )
elif view == "내역":
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wanted = st.text_input(
            "항목에서 찾기",
            key="find",
            bind="query-params",
            type="search",
            placeholder="예: 수입, 과",
            width=240,
        )
        order = st.selectbox("정렬", list(ORDERS), key="order", bind="query-params", width=200)
    column, ascending = ORDERS[order]
    wanted = wanted.replace(" ", "")
    printed = lines[
        (lines["side"] == line.side) & lines["path"].str.replace(" ", "").str.contains(wanted, regex=False)
    ]
    printed = printed.sort_values(column, ascending=ascending)
    st.markdown(f"**{line.side}총괄 {len(printed)}개 항목 (단위: {unit.name}, %)**")
    if printed.empty:
        st.info("찾는 말이 든 항목이 없습니다. 더 짧은 말로 찾아보십시오.")
    else:
        indent = "\N{EM SPACE}" if column == "position" else ""
        ui.table(
            ui.shown(
                printed.assign(name=[indent * row.level + row.line for row in printed.itertuples()]),
                {
                    "구분": ("name", str),
                    f"{before} 예산현액(A)": ("previous_budget", amount),
                    f"{year} 예산현액(B)": ("budget", amount),
                    "증감액(B-A)": ("change", amount),
                    "증감률": ("change_percent", format.percent),
                    f"{done}액(C)": ("realised", amount),
                    f"{done_rate}(C/B)": ("realised_percent", format.percent),
                },
            ),
            f"{line.side}총괄",
            text=["구분"],
        )
else:
    pace = st.slider(
        "앞으로의 하루 평균 속도(가정): 지금까지의 몇 배",
        min_value=0.0,
        max_value=3.0,
        value=1.0,
        step=0.1,
        format="%.1f배",
        key="pace",
        bind="query-params",
    )
    units = parts.dropna(subset=["realised_rate"])
    ends = [
        execution.projection(unit.budget, unit.realised, calendar.elapsed_rate, min(max(pace, 0), 3))
        for unit in units.itertuples()
    ]
    units = units.assign(
        amount=[end.amount for end in ends],
        remainder=[end.remainder for end in ends],
        end_rate=[end.amount / budget for end, budget in zip(ends, units["budget"], strict=True)],
        note=["예산현액에 이름" if end.capped else "" for end in ends],
    ).sort_values("end_rate")
    ui.chart(
        charts.projection_bars(units, unit),
        f"가정: 지금의 {format.number(pace, 1)}배 속도면 연말 {done_rate}은 "
        f"{format.rate(units['amount'].sum() / units['budget'].sum())}, "
        f"{format.money(units['remainder'].sum(), unit)}이 남습니다",
    )
    ui.table(
        ui.shown(
            units,
            {
                "항목": ("label", str),
                f"예산현액({unit.name})": ("budget", amount),
                f"현재 {done}액({unit.name})": ("realised", amount),
                f"연말 {done}액(가정, {unit.name})": ("amount", amount),
                f"연말 {done_rate}(가정)": ("end_rate", format.rate),
                f"남는 금액(가정, {unit.name})": ("remainder", amount),
                "비고": ("note", str),
            },
        ),
        "연말 전망(가정)",
        text=["항목", "비고"],
    )
    st.caption(
        "지금까지의 하루 평균에 고른 배수를 곱해 연말까지 곧게 늘인 값이며, 예산현액을 넘지 않게 했습니다. "
        "집행 계획과 시기별 사정은 반영하지 않은 가정입니다."
    )

if view in ("속도", "증감"):
    ui.trends(
        trend.line(line.line_code),
        [
            ("budget", f"{label} 예산현액", money),
            ("realised_rate", f"{label} {done_rate}", format.rate),
        ],
    )
ui.source(dataset)
exported = lines[lines["side"] == line.side]
ui.downloads(
    pd.DataFrame(
        {
            "상위 항목": exported["parent_label"],
            "항목": exported["label"],
            f"{before} 예산현액({unit.name})": exported["previous_budget"] / unit.thousand_won,
            f"{year} 예산현액({unit.name})": exported["budget"] / unit.thousand_won,
            f"증감액({unit.name})": exported["change"] / unit.thousand_won,
            "증감률(%)": exported["change_percent"],
            f"{done}액({unit.name})": exported["realised"] / unit.thousand_won,
            f"{done_rate}(%)": exported["realised_percent"],
        }
    ),
    f"{line.side}총괄",
    dataset,
    notes=[f"금액 단위: {unit.name}. 빈칸은 보고서의 ‘-’입니다."],
)
