import datetime

import pandas as pd
import streamlit as st

from lib import boundary, format, ui
from lib.charts import population as charts
from lib.queries import population, provenance
from lib.rules import classes as classing

CITY = "서울특별시"
VIEWS = ["지도", "견주기", "분포", "행정여건"]
DISTRICTS, DONGS = "자치구", "동 전체"
BUCKETS, QUANTILES, EQUAL = "보고서 구간", "분위수", "등간격"
SCREEN, PRINT = "화면용", "인쇄용"
CLASSES = 5
JOINT = "경계를 나눌 수 없어 더한 값(순위 없음)"
MUCH, HIGH = ("많고", "적습니다", "많은", "적은"), ("높고", "낮습니다", "높은", "낮은")
SHOWN = 25
VERDICTS = {True: "일치", False: "차이 있음"}


def choose(place: str) -> None:
    """Look at another place."""
    st.session_state.place = place


def written(metric: population.Metric, value: float) -> str:
    """A value of a metric in words, with its unit."""
    if metric.money:
        return format.money(value, ui.unit())
    text = format.number(value, metric.decimals)
    return text if text == format.EMPTY else f"{text}{metric.unit}"


def head(metric: population.Metric) -> str:
    """A metric as the head of a column, with its unit."""
    return f"{metric.short}({ui.unit().name if metric.money else metric.unit})"


def cell(metric: population.Metric, value: float) -> str:
    """A value of a metric without its unit."""
    return format.amount(value, ui.unit()) if metric.money else format.number(value, metric.decimals)


def difference(metric: population.Metric, now: float, then: float) -> str:
    """What has been added since, with its sign; percentages in points."""
    if metric.unit == "%":
        return format.points(now - then, metric.decimals)
    text = written(metric, now - then)
    return text if text.startswith((format.MINUS, format.EMPTY)) else f"+{text}"


def ranks(units: pd.DataFrame, metric: population.Metric) -> pd.Series:
    """Ranks from the largest value, equal ones the same."""
    return units[metric.column].rank(ascending=False, method="min").astype(int)


def printed(value: float, unit: str) -> str:
    """A figure of the report in its own unit, without decimals that say nothing."""
    if pd.isna(value):
        return format.EMPTY
    text = format.number(value, 2)
    return f"{text.rstrip('0').rstrip('.')}{unit}"


def map_width(window: int) -> int:
    """How wide the left column is in a window, in CSS pixels: the whole content where columns stand below each other."""
    content = window - (
        460 if window >= 768 else 32
    )  # the menu and the margins; on small screens the margins
    return content if content < 640 else int((content - 64) * 0.6)


def dates(metric: population.Metric, month: datetime.date) -> str:
    """What the figures of a metric are of."""
    days = {provenance.dataset(name, month).date for name in metric.datasets}
    return " / ".join(format.date(day) for day in sorted(days, reverse=True))


as_of, unit = ui.as_of(), ui.unit()
places = [CITY, *population.places()]
asked = st.query_params.get("place", CITY)
if asked not in places:
    st.session_state.unknown_place = asked

with st.container(horizontal=True, vertical_alignment="bottom"):
    place = st.selectbox(
        "곳",
        places,
        key="place",
        bind="query-params",
        filter_mode="contains",
        width=260,
        help="이름의 일부만 넣어도 찾습니다.",
    )
    name = st.selectbox(
        "지표", [metric.name for metric in population.METRICS], key="metric", bind="query-params", width=180
    )
    view = st.segmented_control(
        "보기", VIEWS, default=VIEWS[0], required=True, key="view", bind="query-params", width="content"
    )
    months = population.months()
    month, other = population.month(as_of), None
    if len(months) > 1:
        month = st.selectbox(
            "인구 기준일",
            months,
            index=months.index(month),
            key="month",
            format_func=format.date,
            bind="query-params",
            width=150,
        )
        other = st.selectbox(
            "증감을 볼 날",
            [day for day in months if day < month] + [day for day in reversed(months) if day > month],
            key="other",
            format_func=format.date,
            bind="query-params",
            width=150,
        )
if place != CITY:
    st.session_state.pop("unknown_place", None)
if unknown := st.session_state.get("unknown_place"):
    st.warning(
        f"링크의 ‘{unknown}’에 맞는 자치구나 행정동이 없어 {CITY} 전체를 보여 드립니다. ‘곳’에서 찾아보십시오.",
        icon=":material/wrong_location:",
    )
if remark := population.remark(month):
    st.warning(f"{format.date(month)} 인구: {remark}")

metric = population.metric(name)
district = None if place == CITY else place.split(" ")[0]
districts = population.districts(month)
[whole] = population.whole(month).itertuples()

if view == "지도":
    with st.container(horizontal=True, vertical_alignment="bottom"):
        level = DISTRICTS
        if district is None:
            level = st.segmented_control(
                "단위",
                [DISTRICTS, DONGS],
                default=DISTRICTS,
                required=True,
                key="level",
                bind="query-params",
                width="content",
            )
        by_dong = district is not None or level == DONGS
        drawn = metric if metric.dong or not by_dong else population.METRICS[0]
        ways = [BUCKETS, QUANTILES, EQUAL] if drawn.column == "population" else [QUANTILES, EQUAL]
        way = st.segmented_control(
            "구간 나누기",
            ways,
            default=ways[0],
            required=True,
            key="classes",
            bind="query-params",
            width="content",
        )
        medium = st.segmented_control(
            "지도 종류",
            [SCREEN, PRINT],
            default=SCREEN,
            required=True,
            key="map",
            bind="query-params",
            width="content",
            help="인쇄용은 종이에 그대로 찍히고 화면 낭독기가 읽는 그림입니다.",
        )
        raised = medium == SCREEN and st.toggle("높이로도 보기", key="height", bind="query-params")

    units = population.dongs(month, district) if by_dong else districts
    areas = population.areas(month, district) if by_dong else districts.assign(joint=False)
    units = units.assign(rank=ranks(units, drawn), value=units[drawn.column])
    kind = "동" if by_dong else "자치구"
    if drawn != metric:
        st.info(f"{metric.name}에는 동별 자료가 없어 {drawn.name}로 그립니다.")

    if way == BUCKETS:
        buckets = population.distribution(as_of, month)
        buckets = buckets[buckets["level"] == ("dong" if by_dong else "district")]
        bounds, labels = list(buckets["lower_bound"][1:]), list(buckets["bucket"])
    else:
        divide = classing.quantiles if way == QUANTILES else classing.equal
        bounds = divide(list(units["value"]), CLASSES, 1 if drawn.money else drawn.decimals)
        labels = classing.labels(bounds, lambda bound: written(drawn, bound))
    counts = pd.Series([classing.index(value, bounds) for value in units["value"]]).value_counts()
    labels = [f"{label} · {counts.get(index, 0)}곳" for index, label in enumerate(labels)]

    units = units.assign(
        text=[written(drawn, value) for value in units["value"]],
        label=units["place"] if by_dong and district is None else units["name"],
        band=[labels[classing.index(value, bounds)] for value in units["value"]],
    ).sort_values("rank")
    rank_of = {row.place: f"{len(units)}개 {kind} 가운데 {row.rank}위" for row in units.itertuples()}
    areas = areas.assign(
        value=areas[drawn.column],
        text=[f"{drawn.name} {written(drawn, value)}" for value in areas[drawn.column]],
        rank=[rank_of.get(area, JOINT) for area in areas["place"]],
        band=[labels[classing.index(value, bounds)] for value in areas[drawn.column]],
    )
    joint = areas[areas["joint"]]
    selected = next(
        (
            area.place
            for area in joint.itertuples()
            if place in [f"{area.district} {dong}" for dong in area.name.split("·")]
        ),
        place,
    )

    if district:
        with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
            st.button(f"{CITY} ›", key="up-city", type="tertiary", on_click=choose, args=(CITY,))
            if place == district:
                st.markdown(f"**{district}**", width="content")
            else:
                st.button(
                    f"{district} ›", key="up-district", type="tertiary", on_click=choose, args=(district,)
                )
                st.markdown(f"**{place.removeprefix(district).strip()}**", width="content")
    more, less, most, least = HIGH if drawn.high else MUCH
    largest, smallest = units.iloc[0], units.iloc[-1]
    facts = [(CITY, getattr(whole, drawn.column), drawn.basis)]
    if district:
        [home] = districts[districts["place"] == district].itertuples()
        standing = f"{len(districts)}개 자치구 가운데 {ranks(districts, drawn)[home.Index]}위"
        facts.append((district, getattr(home, drawn.column), standing))
    if place not in (CITY, district):
        [here, *_] = [row for rows in (units, areas) for row in rows.itertuples() if row.place == place]
        facts.append((place.removeprefix(district).strip(), here.value, rank_of.get(place, JOINT)))
    with st.grid(3, min_column_width=200):
        for title, value, detail in facts:
            ui.fact(f"{title} {drawn.name}", written(drawn, value), detail or None)
        ui.fact(f"가장 {most} {kind}", largest["text"], largest["label"])
        ui.fact(f"가장 {least} {kind}", smallest["text"], smallest["label"])
    if other and drawn.monthly:
        then = population.dongs(other, district) if by_dong else population.districts(other)
        then = units["place"].map(then.set_index("place")[drawn.column])
        units = units.assign(
            change=units["value"] - then,
            change_text=[difference(drawn, *pair) for pair in zip(units["value"], then, strict=True)],
        )
        [whole_then] = population.whole(other).itertuples()
        changes = [(CITY, difference(drawn, getattr(whole, drawn.column), getattr(whole_then, drawn.column)))]
        changes += [(row.label, row.change_text) for row in units.itertuples() if row.place == place]
        grown, shrunk = units.loc[units["change"].idxmax()], units.loc[units["change"].idxmin()]
        st.markdown(
            f"**{format.date(other)} 대비 {drawn.name} 증감** "
            + ", ".join(f"{title} {text}" for title, text in changes)
            + f" / 최대 {grown['label']} {grown['change_text']}, 최소 {shrunk['label']} {shrunk['change_text']}"
        )

    left, right = st.columns([3, 2], gap="large")
    with left:
        message = (
            f"{district or '서울'} {len(units)}개 {kind} 가운데 {format.particle(drawn.name, '은', '는')} "
            + format.particle(f"{largest['label']}({largest['text']})", "이", "가")
            + f" 가장 {more} "
            + format.particle(f"{smallest['label']}({smallest['text']})", "이", "가")
            + f" 가장 {less}"
        )
        if by_dong:
            [code] = districts.loc[districts["place"] == district, "code"] if district else [None]
            outlines, key = boundary.dongs(code), "boundary_code_2020"
        else:
            outlines, key = boundary.districts(), "district_code"
        borders = boundary.districts() if by_dong and district is None else None
        if medium == SCREEN:
            ui.screen_map(
                charts.screen_map(
                    outlines,
                    areas,
                    labels,
                    code=key,
                    selected=selected,
                    borders=borders,
                    raised=raised,
                    width=map_width(ui.window_width()),
                ),
                message,
                charts.HEIGHT,
                key="screen_map",
                on_pick=choose,
            )
        else:
            ui.chart(
                charts.print_map(outlines, areas, labels, code=key, selected=selected, borders=borders),
                message,
                key=f"print_map-{place}-{level}",
                on_pick=choose,
            )
    with right:
        shown = units.head(SHOWN) if len(units) > 2 * SHOWN else units
        ui.chart(
            charts.rank_bars(shown, labels, place, legend=medium == SCREEN),
            f"{drawn.name} 순위"
            + (f"(상위 {SHOWN}개 동, 나머지는 아래 표)" if len(shown) < len(units) else ""),
            key=f"ranks-{place}-{level}",
            on_pick=choose,
        )
    notes = [
        f"{area.place}은 2020년 경계로 나눌 수 없어 한 구역으로 그리고 값을 더했습니다."
        for area in joint.itertuples()
    ]
    st.caption(
        " ".join(
            [
                "지도나 막대를 누르면 그곳을 봅니다. ‘~’로 적은 구간은 앞의 값 이상, 뒤의 값 미만입니다.",
                *notes,
                "경계는 통계청(SGIS) 2020년 자료이고, 인구밀도는 경계가 아니라 공표된 면적으로 계산합니다.",
            ]
        )
    )
    datasets = drawn.dong_datasets if by_dong else drawn.datasets
    ui.source(*datasets, "boundary", day=month)

    listed = [m for m in population.METRICS if m.dong or not by_dong]
    columns = {"순위": ("rank", format.number), kind: ("label", str)}
    columns |= {head(m): (m.column, lambda value, m=m: cell(m, value)) for m in listed}
    exported = {"rank": "순위", "place": kind, **{m.column: head(m) for m in listed}}
    if "change" in units:
        columns[f"{drawn.name} 증감({format.date(other)} 대비)"] = ("change_text", str)
        exported["change"] = f"{drawn.name} 증감({format.date(other)} 대비)"
    files = (
        units[list(exported)]
        .assign(**{m.column: units[m.column] / unit.thousand_won for m in listed if m.money})
        .rename(columns=exported)
    )
    st.subheader(f"{kind}별 수치 ({len(units)}개, {drawn.name} 순)", anchor=False)
    if len(units) > 2 * SHOWN:
        st.dataframe(files, hide_index=True, alt=f"{kind}별 수치", height=420)
    else:
        ui.table(ui.shown(units, columns), f"{kind}별 수치", text=[kind])
    used = dict.fromkeys(name for m in listed for name in (m.dong_datasets if by_dong else m.datasets))
    ui.source(*used, day=month)
    ui.downloads(files, f"{district or CITY} {kind}별 수치", *used, day=month, notes=notes)
elif view == "견주기":
    most = districts.sort_values("population", ascending=False)["place"].iloc[0]
    busiest = districts.sort_values("household_count", ascending=False)["place"].iloc[0]
    names = list(districts["place"])
    start = district or most
    with st.container(horizontal=True, vertical_alignment="bottom"):
        one = st.selectbox(
            "첫째 자치구", names, index=names.index(start), key="one", bind="query-params", width=180
        )
        two = st.selectbox(
            "둘째 자치구",
            names,
            index=names.index(busiest if start != busiest else most),
            key="two",
            bind="query-params",
            width=180,
        )
    [first] = districts[districts["place"] == one].itertuples()
    [second] = districts[districts["place"] == two].itertuples()
    rows = pd.DataFrame(
        [
            {
                "metric": m.name,
                "place": row.place,
                "rank": ranks(districts, m)[row.Index],
                "text": written(m, getattr(row, m.column)),
            }
            for m in population.METRICS
            for row in dict.fromkeys((first, second))
        ]
    )
    larger = [m.name for m in population.METRICS if getattr(first, m.column) > getattr(second, m.column)]
    ui.chart(
        charts.rank_dots(rows, len(districts)),
        f"{len(population.METRICS)}개 지표 가운데 {one}의 값이 {two}보다 큰 것은 {len(larger)}개입니다"
        + (f": {', '.join(larger)}" if larger else ""),
    )
    text = rows.set_index(["metric", "place"])
    ui.table(
        pd.DataFrame(
            {
                "지표": [m.name for m in population.METRICS],
                one: [
                    f"{text.loc[(m.name, one), 'text']} ({text.loc[(m.name, one), 'rank']}위)"
                    for m in population.METRICS
                ],
                f"{two} ": [
                    f"{text.loc[(m.name, two), 'text']} ({text.loc[(m.name, two), 'rank']}위)"
                    for m in population.METRICS
                ],
                f"차이({one}-{two})": [
                    difference(m, getattr(first, m.column), getattr(second, m.column))
                    for m in population.METRICS
                ],
                CITY: [written(m, getattr(whole, m.column)) for m in population.METRICS],
                "기준": [dates(m, month) for m in population.METRICS],
            }
        ),
        f"{one}와 {two}의 지표",
        text=["지표", "기준"],
    )
    st.caption(
        f"주민등록인구가 가장 많은 자치구는 {most}, 세대가 가장 많은 자치구는 {busiest}입니다. "
        "순위는 값이 큰 자치구부터 매긴 것이며, 크다고 좋다는 뜻은 아닙니다. "
        f"{CITY}의 재정자립도는 일반회계 규모로 가중한 평균입니다."
    )
    used = dict.fromkeys(name for m in population.METRICS for name in m.datasets)
    ui.source(*used, day=month)
elif view == "분포":
    buckets = population.distribution(as_of, month)
    left, right = st.columns(2, gap="large")
    for column, level, kind in ((left, "district", "자치구"), (right, "dong", "동")):
        rows = buckets[buckets["level"] == level]
        most = rows.loc[rows["unit_count"].idxmax()]
        with column:
            ui.chart(
                charts.distribution_bars(rows),
                f"{kind} {rows['unit_count'].sum()}개 가운데 {most['bucket']}이 {most['unit_count']}개"
                f"({format.percent(most['share_percent'])})로 가장 많습니다",
            )
            ui.table(
                ui.shown(
                    rows,
                    {
                        "주민등록인구": ("bucket", str),
                        f"계산({format.date(month)})": ("unit_count", format.number),
                        "비율": ("share_percent", format.percent),
                        "보고서": ("printed_count", format.number),
                        "보고서 비율": ("printed_percent", format.percent),
                    }
                    | (
                        {
                            "이전 도표": ("superseded_count", format.number),
                            "이전 도표 비율": ("superseded_percent", format.percent),
                        }
                        if rows["superseded_count"].notna().any()
                        else {}
                    ),
                ),
                f"{kind} 인구 규모별 분포",
                text=["주민등록인구"],
            )
    checks = provenance.checks(["population_bucket"], as_of)
    for note in checks.loc[~checks["holds"], "note"].unique():
        st.info(note, icon=":material/history:")
    ui.source("population_bucket")
    ui.source("district_population", "dong_population", day=month)
    ui.downloads(
        buckets.drop(columns="lower_bound").rename(
            columns={
                "level": "단위",
                "bucket": "주민등록인구",
                "unit_count": "계산(개)",
                "share_percent": "계산(%)",
                "printed_count": "보고서(개)",
                "printed_percent": "보고서(%)",
                "superseded_count": "이전 도표(개)",
                "superseded_percent": "이전 도표(%)",
            }
        ),
        "인구 규모별 분포",
        "population_bucket",
        "district_population",
        "dong_population",
        day=month,
    )
else:
    facts = population.facts(as_of)
    for topic, rows in facts.groupby("topic", sort=False):
        st.subheader(topic, anchor=False)
        ui.table(
            pd.DataFrame(
                {
                    "항목": [f"{row.subject} {row.measure}" for row in rows.itertuples()],
                    "보고서": [printed(row.value, row.unit) for row in rows.itertuples()],
                    "계산": [printed(row.actual, row.unit) for row in rows.itertuples()],
                    "판정": [VERDICTS.get(holds, format.EMPTY) for holds in rows["holds"].astype(object)],
                    "비고": list(rows["note"].fillna("")),
                }
            ),
            f"보고서의 {topic}",
            text=["항목", "판정", "비고"],
        )
    ui.source("district_fact")
