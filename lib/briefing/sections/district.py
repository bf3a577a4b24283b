"""The city's districts and 동: residents on the map, how they are spread, and what districts have to work with."""

from typing import Any

import pandas as pd

from lib import boundary, format, metric, sources
from lib.briefing import evidence
from lib.briefing.model import Chart, Column, Figure, Question, Section, Series, Table
from lib.briefing.settings import Settings
from lib.briefing.titles import TITLES
from lib.charts import population as charts
from lib.queries import population as queries
from lib.rules import classes

CONDITIONS = ("면적·조직", "행정인력", "예산(본예산)")
GRANT = "조정교부금"
BUDGET = metric.named("2023 예산")


def population(settings: Settings) -> Section:
    """Residents of the districts, with the map in the report's own classes."""
    month = queries.month(settings.as_of)
    districts = queries.districts(month)
    districts = districts.assign(rank=_ranks(districts["population"])).sort_values("rank")
    [whole] = queries.whole(month).itertuples()
    largest, smallest = districts.iloc[0], districts.iloc[-1]
    message = (
        f"서울 인구는 {format.people(whole.population)}이며, {len(districts)}개 자치구 가운데 "
        f"{format.particle(largest['place'], '이', '가')} {format.people(largest['population'])}으로 가장 많고 "
        f"{format.particle(smallest['place'], '이', '가')} {format.people(smallest['population'])}으로 가장 적습니다"
    )
    datasets = ["district_population", "dong_population", "district_area"]
    return Section(
        key="population",
        title=TITLES["population"],
        message=message,
        figures=(
            Figure("주민등록인구", int(whole.population), "명", 0, f"{format.date(month)} 기준"),
            Figure(
                "세대",
                int(whole.household_count),
                "세대",
                0,
                f"세대당 {format.number(whole.persons_per_household, 2)}명",
            ),
            *_old(whole),
            Figure(f"{largest['place']} 인구", int(largest["population"]), "명", 0, "가장 많은 자치구"),
        ),
        table=_residents(districts, whole),
        chart=Chart(
            "map",
            message,
            tuple(districts["place"]),
            (Series("주민등록인구", tuple(float(count) for count in districts["population"])),),
            "명",
            0,
            _map(settings, districts),
        ),
        notes=(
            "지도의 경계는 2020년 자료이고, 인구밀도는 경계가 아니라 공표된 면적으로 계산합니다.",
            *((remark,) if (remark := queries.remark(month)) else ()),
            *evidence.open_checks(settings, datasets),
        ),
        sources=tuple(sources.lines([*datasets, "boundary"], month)),
        datasets=(*datasets, "boundary"),
        as_of=month,
        speaker_notes=(
            f"자치구 평균은 {format.people(whole.population / len(districts))}, "
            f"동 평균은 {format.people(whole.population / whole.dong_count)}입니다.",
            "순위는 값이 큰 자치구부터 매긴 것으로, 크다고 좋다는 뜻이 아닙니다.",
        ),
        questions=tuple(_resident_questions(settings, districts)),
    )


def distribution(settings: Settings) -> Section:
    """Districts and 동 by residents: counted, as printed, and as in the older chart left in the report."""
    month = queries.month(settings.as_of)
    buckets = queries.distribution(settings.as_of, month)
    dongs = buckets[buckets["level"] == "dong"].dropna(axis="columns", how="all")
    districts = buckets[buckets["level"] == "district"]
    fullest, main = (rows.loc[rows["unit_count"].idxmax()] for rows in (districts, dongs))
    small = dongs.iloc[0]
    message = (
        f"{districts['unit_count'].sum()}개 자치구 가운데 {fullest['unit_count']}곳이 인구 {fullest['bucket']}, "
        f"{dongs['unit_count'].sum()}개 동 가운데 {main['unit_count']}곳"
        f"({format.percent(main['share_percent'])})이 {main['bucket']}입니다"
    )
    open_checks = evidence.open_checks(settings, ["population_bucket"])
    return Section(
        key="distribution",
        title=TITLES["distribution"],
        message=message,
        figures=(
            Figure(
                f"인구 {fullest['bucket']} 자치구",
                int(fullest["unit_count"]),
                "곳",
                0,
                format.percent(fullest["share_percent"]),
            ),
            Figure(
                f"인구 {small['bucket']} 동",
                int(small["unit_count"]),
                "곳",
                0,
                format.percent(small["share_percent"]),
            ),
            Figure(
                f"인구 {dongs.iloc[-1]['bucket']} 동",
                int(dongs.iloc[-1]["unit_count"]),
                "곳",
                0,
                format.percent(dongs.iloc[-1]["share_percent"]),
            ),
        ),
        table=_buckets(buckets),
        chart=Chart(
            "bar",
            f"{dongs['unit_count'].sum()}개 동 가운데 {main['unit_count']}곳이 인구 {main['bucket']}입니다",
            tuple(dongs["bucket"]),
            tuple(
                Series(name, tuple(float(count) for count in dongs[column]))
                for name, column in (
                    (charts.COUNTED, "unit_count"),
                    (charts.PRINTED, "printed_count"),
                    (charts.SUPERSEDED, "superseded_count"),
                )
                if column in dongs
            ),
            "곳",
            0,
            charts.distribution_bars(dongs),
        ),
        notes=(
            f"‘계산’은 {format.date(month)} 주민등록인구로 센 값입니다. 그림은 동의 분포입니다.",
            *open_checks,
        ),
        datasets=("population_bucket", "district_population", "dong_population"),
        sources=(
            *sources.lines(["population_bucket"], settings.as_of),
            *sources.lines(["district_population", "dong_population"], month),
        ),
        as_of=settings.as_of,
        speaker_notes=(
            f"동은 {', '.join(f'{row.bucket} {row.unit_count}곳' for row in dongs.itertuples())}입니다.",
        ),
        questions=(
            Question(
                "동 분포 도표가 두 가지인 까닭은 무엇입니까?",
                "보고서에 이전 도표가 함께 남아 있습니다. 주민등록인구로 다시 센 값과 맞는 현재 도표를 씁니다.",
            ),
        )
        if "superseded_count" in dongs and open_checks
        else (),
    )


def district_conditions(settings: Settings) -> Section:
    """Area, 통 and 반, quotas and budgets of the districts, as stated and as calculated."""
    month = queries.month(settings.as_of)
    facts = queries.facts(settings.as_of)
    facts = facts[facts["topic"].isin(CONDITIONS) & (facts["measure"] != GRANT)]
    facts = facts.assign(place=facts["topic"].map(CONDITIONS.index)).sort_values("place", kind="stable")
    stated = facts.set_index("figure")
    districts = queries.districts(month).sort_values(BUDGET.column, ascending=False)
    most, least = districts.iloc[0], districts.iloc[-1]
    message = (
        f"자치구 본예산은 {most['place']} {_budget(most, settings)}에서 {least['place']} {_budget(least, settings)}까지 "
        f"{format.number(most[BUDGET.column] / least[BUDGET.column], 1)}배 차이가 나며, "
        f"재정자립도 평균은 {format.percent(stated.loc['fiscal_independence_average', 'value'])}입니다"
    )
    amounts = districts[BUDGET.column]
    return Section(
        key="district_conditions",
        title=TITLES["district_conditions"],
        message=message,
        figures=tuple(
            Figure(
                name, float(stated.loc[figure, "value"]), str(stated.loc[figure, "unit"]), decimals, remark
            )
            for name, figure, decimals, remark in (
                ("자치구 예산", "budget_total", 0, "25개 자치구 본예산"),
                ("재정자립도 평균", "fiscal_independence_average", 1, "일반회계 규모로 가중"),
                ("정원", "quota_total", 0, "자치구와 구의회"),
                (
                    "면적",
                    "area",
                    2,
                    f"전 국토의 {format.percent(stated.loc['national_area_share', 'value'])}",
                ),
            )
        ),
        table=_conditions(facts),
        chart=Chart(
            "bar",
            f"본예산이 가장 큰 자치구는 {most['place']}, 가장 작은 자치구는 {least['place']}입니다",
            tuple(districts["place"]),
            (Series("본예산", tuple(evidence.money(value, settings.unit) for value in amounts)),),
            settings.unit.name,
            settings.unit.decimals,
            _budget_bars(districts, settings),
        ),
        notes=tuple(line for line in evidence.open_checks(settings, ["district_fact"]) if GRANT not in line),
        datasets=("district_fact", "district_budget"),
        sources=(
            *sources.lines(["district_fact"], settings.as_of),
            *sources.lines(["district_budget"], month),
        ),
        as_of=settings.as_of,
        speaker_notes=(
            f"주민등록인구와 예산의 순위는 다릅니다. 인구가 가장 많은 자치구는 "
            f"{districts.loc[districts['population'].idxmax(), 'place']}입니다.",
            "예산은 모두 본예산이며 예산현액과 견주지 않습니다.",
        ),
        questions=tuple(_condition_questions(stated)),
    )


def _ranks(values: pd.Series) -> pd.Series:
    return values.rank(ascending=False, method="min").astype(int)


def _old(whole: Any) -> tuple[Figure, ...]:
    """The share of 65 and older; nothing where the month came without ages."""
    share = whole.share_65_and_over_percent
    return () if pd.isna(share) else (Figure("65세 이상", float(share), "%", 1, "인구 가운데"),)


def _residents(districts: pd.DataFrame, whole: Any) -> Table:
    rows = [
        (
            evidence.cell(row.rank),
            row.place,
            int(row.population),
            int(row.household_count),
            float(row.persons_per_household),
            float(row.density),
            evidence.cell(row.share_65_and_over_percent),
        )
        for row in districts.itertuples()
    ]
    sums = (
        None,
        "서울특별시",
        int(whole.population),
        int(whole.household_count),
        float(whole.persons_per_household),
        float(whole.density),
        evidence.cell(whole.share_65_and_over_percent),
    )
    heads = (
        Column("순위", "위"),
        Column("자치구"),
        Column("인구", "명"),
        Column("세대", "세대"),
        Column("세대당 인구", "명", 2),
        Column("인구밀도", "명/㎢"),
        Column("65세 이상", "%", 1),
    )
    return Table("자치구별 인구", heads, (*rows, sums), (len(rows),))


def _map(settings: Settings, districts: pd.DataFrame) -> Any:
    """The map of the page in the report's classes, with the same words in its legend."""
    buckets = queries.distribution(settings.as_of, queries.month(settings.as_of))
    buckets = buckets[buckets["level"] == "district"]
    bounds = list(buckets["lower_bound"][1:])
    bands = [
        f"{f'{row.bucket}명' if '~' in row.bucket else row.bucket} · {row.unit_count}곳"
        for row in buckets.itertuples()
    ]
    areas = districts.assign(
        value=districts["population"],
        text=[f"주민등록인구 {format.people(count)}" for count in districts["population"]],
        band=[bands[classes.index(value, bounds)] for value in districts["population"]],
        rank=[f"{rank}위" for rank in districts["rank"]],
    )
    return charts.print_map(boundary.districts(), areas, bands, code="district_code")


def _resident_questions(settings: Settings, districts: pd.DataFrame) -> list[Question]:
    crowded = districts.iloc[0]
    busiest = districts.loc[districts["household_count"].idxmax()]
    dongs = queries.dongs(queries.month(settings.as_of))
    largest, smallest = (dongs.loc[dongs["population"].agg(end)] for end in ("idxmax", "idxmin"))
    return [
        Question(
            "인구가 가장 많은 자치구와 세대가 가장 많은 자치구는 같습니까?",
            f"인구는 {crowded['place']}({format.people(crowded['population'])}, "
            f"{format.number(crowded['household_count'])}세대), 세대는 {busiest['place']}"
            f"({format.number(busiest['household_count'])}세대, {format.people(busiest['population'])})가 가장 많습니다."
            + ("" if crowded["place"] == busiest["place"] else " 두 순위는 서로 다릅니다."),
        ),
        Question(
            "인구가 가장 많은 동과 가장 적은 동은 어디입니까?",
            f"{largest['place']}({format.people(largest['population'])})과 "
            f"{smallest['place']}({format.people(smallest['population'])})입니다.",
        ),
    ]


def _buckets(buckets: pd.DataFrame) -> Table:
    pairs = [("계산", "unit_count", "share_percent"), ("보고서", "printed_count", "printed_percent")]
    if buckets["superseded_count"].notna().any():
        pairs.append(("이전 도표", "superseded_count", "superseded_percent"))
    heads = [Column("구분"), Column("주민등록인구")]
    for group, _, _ in pairs:
        heads += [Column("수", "곳", 0, group), Column("비율", "%", 1, group)]
    kinds = {"district": "자치구", "dong": "동"}
    rows = tuple(
        (
            kinds[row["level"]],
            row["bucket"],
            *(evidence.cell(row[column]) for _, *two in pairs for column in two),
        )
        for _, row in buckets.iterrows()
    )
    return Table("인구 규모별 분포", tuple(heads), rows)


def _conditions(facts: pd.DataFrame) -> Table:
    verdicts: dict[object, str] = {True: "일치", False: "차이 있음"}
    rows = tuple(
        (
            row.topic,
            row.measure,
            row.subject,
            float(row.value),
            evidence.cell(row.actual),
            row.unit,
            verdicts.get(evidence.cell(row.holds), format.EMPTY),
        )
        for row in facts.itertuples()
    )
    heads = (
        Column("구분"),
        Column("항목"),
        Column("대상"),
        Column("보고서", mixed=True),
        Column("계산", mixed=True),
        Column("단위"),
        Column("판정"),
    )
    return Table("자치구·동 행정여건", heads, rows)


def _budget_bars(districts: pd.DataFrame, settings: Settings) -> Any:
    values = list(districts[BUDGET.column])
    bounds = classes.quantiles(values, 5, BUDGET.decimals)
    bands = classes.labels(bounds, lambda bound: BUDGET.written(bound, settings.unit))
    units = districts.assign(
        value=values,
        label=districts["place"],
        text=[BUDGET.written(value, settings.unit) for value in values],
        band=[bands[classes.index(value, bounds)] for value in values],
    )
    return charts.rank_bars(units, bands)


def _budget(district: Any, settings: Settings) -> str:
    return BUDGET.written(district[BUDGET.column], settings.unit)


def _condition_questions(stated: pd.DataFrame) -> list[Question]:
    differing = stated[stated["holds"].astype(object) == False]  # noqa: E712 – empty is neither
    return [
        Question(
            f"{fact.subject} {fact.measure}의 보고서 값과 계산 값이 다른 까닭은 무엇입니까?",
            f"보고서는 {format.number(fact.value)}{fact.unit}, 계산은 {format.number(fact.actual)}{fact.unit}입니다. {fact.note}",
        )
        for fact in differing.itertuples()
    ]
