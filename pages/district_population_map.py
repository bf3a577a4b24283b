import datetime

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lib import choropleth, format, metric, ui
from lib.charts import population as charts
from lib.choropleth import CITY
from lib.queries import population, provenance, trend

VIEWS, TREND = ["지도", "견주기", "분포", "행정여건"], "추이"
OF_PLACES = ("지도", "견주기", TREND)
UP = ":material/arrow_upward:"
DISTRICTS, DONGS = "자치구", "동 전체"
SCREEN, PRINT = "화면용", "인쇄용"
SHOWN = 25
VERDICTS = {True: "일치", False: "차이 있음"}


def choose(place: str) -> None:
    """Look at another place. The ranked bars keep what was clicked last; in the next turn it can be clicked again."""
    st.session_state.place = place
    st.session_state.turn = st.session_state.get("turn", 0) + 1


def map_width(window: int) -> int:
    """How wide the left column is in a window, in CSS pixels: the whole content where columns stand below each other."""
    content = window - (
        460 if window >= 768 else 32
    )  # the menu and the margins; on small screens the margins
    return content if content < 640 else int((content - 64) * 0.6)


def datasets(measure: metric.Metric, by_dong: bool) -> tuple[str, ...]:
    """What the figures of a metric come from."""
    return measure.dong_datasets if by_dong else measure.datasets


def dates(measure: metric.Metric, month: datetime.date) -> str:
    """What the figures of a metric are of, latest first."""
    days = {provenance.dataset(name, month).date for name in measure.datasets}
    return " / ".join(format.date(day) for day in sorted(days, reverse=True))


def stated(value: float, unit: str) -> str:
    """A figure of the report in its own unit, without decimals that say nothing."""
    text = format.number(value, 2)
    return text if text == format.EMPTY else f"{text.rstrip('0').rstrip('.')}{unit}"


def look_around() -> None:
    """The place, and what is shown of it."""
    place, row = CITY, st.container(horizontal=True, vertical_alignment="bottom")
    if view in OF_PLACES:
        place = row.selectbox(
            "자치구·동 찾기", places, key="place", bind="query-params", filter_mode="contains", width=240
        )
    else:
        st.session_state.place = st.session_state.get("place", asked if asked in places else CITY)  # kept
    if place != CITY:
        st.session_state.pop("unknown_place", None)
    if unknown := st.session_state.get("unknown_place"):
        st.warning(
            f"링크의 ‘{unknown}’에 맞는 자치구나 행정동이 없어 {CITY} 전체를 보여 드립니다. 이름의 일부로 다시 찾아보십시오.",
            icon=":material/wrong_location:",
        )
    district = None if place == CITY else place.split(" ")[0]
    if district and place != district:
        standing = [*population.dongs(month, district)["place"], *population.areas(month, district)["place"]]
        if place not in standing:
            st.info(
                f"{format.date(month)}에 없는 동입니다({place}). {format.particle(district, '을', '를')} 보여 드립니다."
            )
            place = district
    if view == "지도":
        draw_map(row, place, district)
    elif view == "견주기":
        compare(row, district)
    elif view == TREND:
        ui.trends(
            trend.residents(None if place == CITY else place),
            [("population", f"{place} 주민등록인구", format.people)],
        )
        ui.source("district_population" if place in (CITY, district) else "dong_population", day=month)
    elif view == "분포":
        show_distribution()
    else:
        show_facts()


def draw_map(row: DeltaGenerator, place: str, district: str | None) -> None:
    """The map, the ranks and the table of all districts, all 동 or the 동 of a district; controls go into the row."""
    with row:
        by_dong = district is not None or choose_level() == DONGS
        if district:
            lead_up(place, district)
    drawn, way = chosen, wanted_way
    if by_dong and not chosen.dong:
        drawn = metric.METRICS[0]
        way = choropleth.ways(drawn)[0] if way == choropleth.ways(chosen)[0] else way
        st.info(f"{chosen.name}에는 동별 자료가 없어 {format.particle(drawn.name, '으로', '로')} 그립니다.")

    choice = choropleth.Choice(as_of, month, district, by_dong, drawn, way, unit)
    shown, change = choropleth.choropleth(choice), choropleth.since(choice, other)
    kind, many = choice.kind, len(shown.units) > 2 * SHOWN
    figures = choropleth.cards(choice, place)
    ui.cards(figures, len(figures), below=change.sentence if change else "")

    selected = shown.members.get(place, place)
    left, right = st.columns([3, 2], gap="large")
    with left:
        if medium == SCREEN:
            width = map_width(ui.window_width())
            picture = choropleth.screen_map(choice, selected, raised, width)
            ui.screen_map(
                picture, shown.message, shown.bands, charts.height(width), key="screen_map", on_pick=choose
            )
        else:
            picture = choropleth.print_map(choice, selected)
            ui.chart(picture, shown.message, key=f"print_map-{place}-{kind}", on_pick=choose)
    with right:
        bars = shown.units.head(SHOWN) if many else shown.units
        ui.chart(
            charts.rank_bars(bars, shown.bands, place, st.session_state.get("turn", 0)),
            f"{drawn.name} 순위" + f"(상위 {SHOWN}개, 나머지는 아래 표)" * many,
            key="ranks",
            on_pick=choose,
        )
    st.caption(
        " ".join(
            [
                "지도나 막대를 누르면 그곳을 봅니다. ‘~’로 적은 구간은 앞의 값 이상, 뒤의 값 미만입니다.",
                *shown.notes,
                "경계는 2020년 자료이고, 인구밀도는 경계가 아니라 공표된 면적으로 계산합니다.",
            ]
        )
    )
    ui.source(*datasets(drawn, by_dong), "boundary", day=month, key="map")

    st.header(f"지표별 수치({drawn.name} 순)", anchor=False)
    listed = [measure for measure in measures if measure.dong or not by_dong]
    numbers, texts = choropleth.listing(choice, listed, other)
    if many and medium == SCREEN:
        st.dataframe(
            numbers.round({m.head(unit): m.decimals for m in listed}),
            column_config={m.head(unit): st.column_config.NumberColumn(format="localized") for m in listed},
            hide_index=True,
            alt=f"{kind}별 수치",
            height=420,
        )
    else:
        ui.table(texts, f"{kind}별 수치", text=[kind])
    used = dict.fromkeys(name for measure in listed for name in datasets(measure, by_dong))
    ui.source(*used, day=month, key="figures")
    title = f"{district or CITY} {kind}별 수치"
    ui.downloads(numbers, title, *used, day=month, notes=shown.notes, key="figures")


def choose_level() -> str:
    """Whether the whole city is drawn by districts or by 동."""
    level: str = st.segmented_control(
        "단위",
        [DISTRICTS, DONGS],
        default=DISTRICTS,
        required=True,
        key="level",
        bind="query-params",
        width="content",
    )
    return level


def lead_up(place: str, district: str) -> None:
    """Ways from a 동 to its district and from there to the city."""
    for key, above in (("up-city", CITY), ("up-district", district)):
        if above != place:
            st.button(above, key=key, icon=UP, type="tertiary", on_click=choose, args=(above,))


def compare(row: DeltaGenerator, district: str | None) -> None:
    """Two districts beside each other; the controls go into the row."""
    names = list(districts["place"])
    crowded = names[districts["population"].argmax()]
    busiest = names[districts["household_count"].argmax()]
    start = district or crowded
    one, two = (
        row.selectbox(label, names, index=names.index(at), key=key, bind="query-params", width=180)
        for label, key, at in (
            ("첫째 자치구", "one", start),
            ("둘째 자치구", "two", busiest if start != busiest else crowded),
        )
    )
    rows = {row.place: row for row in districts.itertuples()}
    first, second = rows[one], rows[two]
    compared = pd.DataFrame(
        [
            {
                "metric": measure.name,
                "place": row.place,
                "rank": choropleth.ranks(districts, measure)[row.Index],
                "text": measure.written(getattr(row, measure.column), unit),
            }
            for measure in measures
            for row in ((first, second) if one != two else (first,))
        ]
    )
    larger = [m.name for m in measures if getattr(first, m.column) > getattr(second, m.column)]
    ui.chart(
        charts.rank_dots(compared, len(districts)),
        f"{len(measures)}개 지표 가운데 {one}의 값이 {two}보다 큰 것은 {len(larger)}개입니다"
        + f": {', '.join(larger)}" * bool(larger),
    )
    texts = {
        name: [f"{row.text} ({row.rank}위)" for row in own.itertuples()]
        for name, own in compared.groupby("place", sort=False)
    }
    ui.table(
        pd.DataFrame(
            {
                "지표": [m.name for m in measures],
                **texts,
                f"차이({one}-{two})": [
                    m.difference(getattr(first, m.column), getattr(second, m.column), unit) for m in measures
                ],
                CITY: [m.written(getattr(whole, m.column), unit) for m in measures],
                "기준일": [dates(m, month) for m in measures],
            }
        ),
        f"{one}, {two}의 지표",
        text=["지표", "기준일"],
    )
    st.caption(
        f"주민등록인구가 가장 많은 자치구는 {crowded}({format.people(districts['population'].max())}), 세대가 가장 많은 "
        f"자치구는 {busiest}({format.number(districts['household_count'].max())}세대)입니다. 순위는 값이 큰 자치구부터 "
        f"매긴 것으로, 크다고 좋다는 뜻이 아닙니다. {CITY}의 재정자립도는 일반회계 규모로 가중한 평균입니다."
    )
    ui.source(*dict.fromkeys(name for m in measures for name in m.datasets), day=month)


def show_distribution() -> None:
    """How many districts and 동 there are of each size, counted and as the report has it."""
    buckets = population.distribution(as_of, month)
    heads = {
        "bucket": "주민등록인구",
        "unit_count": "계산",
        "share_percent": "계산 비율",
        "printed_count": "보고서",
        "printed_percent": "보고서 비율",
        "superseded_count": "이전 도표",
        "superseded_percent": "이전 도표 비율",
    }
    for column, (level, kind) in zip(
        st.columns(2, gap="large"), {"district": "자치구", "dong": "동"}.items(), strict=True
    ):
        rows = buckets[buckets["level"] == level].dropna(axis="columns", how="all")
        fullest = rows.loc[rows["unit_count"].idxmax()]
        with column:
            ui.chart(
                charts.distribution_bars(rows),
                f"{rows['unit_count'].sum()}개 {kind} 가운데 인구 {fullest['bucket']}인 곳이 {fullest['unit_count']}곳"
                f"({format.percent(fullest['share_percent'])})으로 가장 많습니다",
            )
            shown = {
                heads[name]: (
                    name,
                    str if name == "bucket" else format.percent if "percent" in name else format.number,
                )
                for name in heads
                if name in rows
            }
            ui.table(ui.shown(rows, shown), f"{kind}의 인구 규모별 분포", text=["주민등록인구"])
    checks = provenance.checks(["population_bucket"], as_of)
    for note in checks.loc[~checks["holds"], "note"].unique():
        st.info(note, icon=":material/history:")
    st.caption(
        f"계산은 {format.date(month)} 주민등록인구로 센 것이고, 보고서의 도표는 {format.date(as_of)} 기준입니다."
    )
    ui.source("population_bucket")
    ui.source("district_population", "dong_population", day=month)
    ui.downloads(
        buckets.replace({"district": "자치구", "dong": "동"})[["level", *heads]].rename(
            columns={"level": "단위", **heads}
        ),
        "인구 규모별 분포",
        "population_bucket",
        "district_population",
        "dong_population",
        day=month,
    )


def show_facts() -> None:
    """The figures of the report's section, each beside its calculation."""
    facts = population.facts(as_of)
    for topic, rows in facts.groupby("topic", sort=False):
        st.header(topic, anchor=False)
        ui.table(
            pd.DataFrame(
                {
                    "항목": rows["measure"],
                    "대상": rows["subject"],
                    "보고서": [stated(row.value, row.unit) for row in rows.itertuples()],
                    "계산": [stated(row.actual, row.unit) for row in rows.itertuples()],
                    "판정": [VERDICTS.get(holds, format.EMPTY) for holds in rows["holds"].astype(object)],
                    "비고": rows["note"].fillna(""),
                }
            ),
            f"보고서의 {topic}",
            text=["항목", "대상", "판정", "비고"],
        )
    st.caption(
        "계산은 같은 날짜의 주민등록인구와 공개 통계로 다시 셈한 값이며, ‘-’는 셈할 자료가 없는 것입니다."
    )
    ui.source("district_fact")


as_of, unit = ui.as_of(), ui.unit()
places, months = [CITY, *population.places()], population.months()
month, other = population.month(as_of), None
if (asked := st.query_params.get("place", CITY)) not in places:
    st.session_state.unknown_place = asked

with st.container(horizontal=True, vertical_alignment="bottom"):
    name = st.selectbox(
        "지표", [measure.name for measure in metric.METRICS], key="metric", bind="query-params", width=180
    )
    views = [*VIEWS, TREND] if len(months) >= ui.MANY else VIEWS
    view = st.segmented_control(
        "보기", views, default=VIEWS[0], required=True, key="view", bind="query-params", width="content"
    )
    if len(months) > 1:
        with st.popover("인구 기준일", icon=":material/event:"):
            month = st.selectbox(
                "인구 기준일",
                months,
                index=months.index(month),
                key="month",
                format_func=format.date,
                bind="query-params",
            )
            other = st.selectbox(
                "증감을 볼 날",
                [day for day in months if day < month] + [day for day in reversed(months) if day > month],
                key="other",
                format_func=format.date,
                bind="query-params",
            )
        st.badge(f"인구 {format.date(month)}", color="blue")
    if view == VIEWS[0]:
        ways = choropleth.ways(metric.named(name))
        with st.popover("지도 설정", icon=":material/tune:"):
            wanted_way = st.segmented_control(
                "구간 나누기", ways, default=ways[0], required=True, key="classes", bind="query-params"
            )
            medium = st.segmented_control(
                "지도 종류",
                [SCREEN, PRINT],
                default=SCREEN,
                required=True,
                key="map",
                bind="query-params",
                help="인쇄용은 종이에 그대로 찍히고 화면 낭독기가 읽는 그림입니다.",
            )
            raised = st.toggle("높이로도 보기", key="height", bind="query-params", disabled=medium == PRINT)
if remark := population.remark(month):
    st.warning(f"인구({format.date(month)} 기준): {ui.literal(remark)}", icon=":material/info:")

chosen = metric.named(name)
districts = population.districts(month)
[whole] = population.whole(month).itertuples()
measures = [measure for measure in metric.METRICS if not pd.isna(getattr(whole, measure.column))]
if chosen not in measures:
    st.info(
        f"{format.date(month)} {chosen.name}: 자료 없음. {measures[0].name}로 보여 드립니다.",
        icon=":material/info:",
    )
    chosen = measures[0]
ui.alone(look_around)
