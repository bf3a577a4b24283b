"""Residents, households and finances of the city, its districts and their 동.

People and households are counts, areas km², budgets 천원, columns ending in _percent are in percent; all
unrounded. A place is what a link names: a district (송파구), or a district and a 동 (강남구 신사동).
"""

import datetime
from typing import NamedTuple

import pandas as pd

from lib import db


class City(NamedTuple):
    """Residents and households of the city, and the month they are of."""

    as_of: datetime.date
    population: int
    household_count: int


def months() -> list[datetime.date]:
    """The months of resident registration at hand, newest first."""
    rows = db.query("select as_of from population_month order by as_of desc")
    return [day.date() for day in rows["as_of"]]


def month(as_of: datetime.date) -> datetime.date:
    """The newest month that is not later than the as-of date; else the oldest there is."""
    known = months()
    return next((day for day in known if day <= as_of), known[-1])


def remark(month: datetime.date) -> str | None:
    """What people must know of a month, if anything."""
    [text] = db.query("select remark from population_month where as_of = $month", month=month)["remark"]
    return None if pd.isna(text) else str(text)


def city(as_of: datetime.date) -> City:
    """The city in the month that belongs to an as-of date."""
    [row] = db.query(
        """
        select sum(population)::bigint as population, sum(household_count)::bigint as household_count
        from district_population
        where as_of = $month
        """,
        month=month(as_of),
    ).itertuples(index=False)
    return City(month(as_of), row.population, row.household_count)


def whole(month: datetime.date) -> pd.DataFrame:
    """One row for the city with the columns of all metrics; 재정자립도 is weighted by the general account.

    A metric that the month came without is empty, here and in all that follow.
    """
    return db.query(
        """
        select sum(population)::bigint as population,
               sum(household_count)::bigint as household_count,
               sum(population)::double / nullif(sum(household_count), 0) as persons_per_household,
               sum(population) / sum(area_km2)::double as density,
               case when count(population_65_and_over) = count(*)
                   then 100.0::double * sum(population_65_and_over) / nullif(sum(population), 0)
                   end as share_65_and_over_percent,
               sum(dong_count)::bigint as dong_count,
               sum(budget_100m_won)::double * 100000 as budget,
               sum(budget_100m_won)::double * 100000 / nullif(sum(population), 0) as budget_per_resident,
               sum(fiscal_independence_percent::double * general_account_100m_won::double)
                   / sum(general_account_100m_won)::double as fiscal_independence_percent
        from district_profile
        where as_of = $month
        """,
        month=month,
    )


def districts(month: datetime.date) -> pd.DataFrame:
    """One row per district with the columns of all metrics (lib.metric), ordered by district_code, its key as `code`."""
    return db.query(
        """
        select district_code as code, district as place, district as name, district, population,
               household_count, persons_per_household, density, share_65_and_over_percent, dong_count,
               budget_100m_won::double * 100000 as budget, budget_per_resident_won / 1000 as budget_per_resident,
               fiscal_independence_percent::double as fiscal_independence_percent
        from district_profile
        where as_of = $month
        order by district_code
        """,
        month=month,
    )


def dongs(month: datetime.date, district: str | None = None) -> pd.DataFrame:
    """One row per 동 of a district, or of all, with the metrics that 동 have, ordered by dong_code.

    `code` is that of the outline, which several 동 may share.
    """
    return db.query(
        """
        select boundary_code_2020 as code, district || ' ' || dong as place, dong as name, district, population,
               density, share_65_and_over_percent
        from dong_profile
        where as_of = $month and district = coalesce($district, district)
        order by dong_code
        """,
        month=month,
        district=district,
    )


def areas(month: datetime.date, district: str | None = None) -> pd.DataFrame:
    """One row per outline of 동, ordered by code: the columns of dongs, summed where one outline covers several.

    `joint` marks those, whose names are joined by ·.
    """
    return db.query(
        """
        select boundary_code_2020 as code,
               any_value(district) || ' ' || string_agg(dong, '·' order by dong_code) as place,
               string_agg(dong, '·' order by dong_code) as name,
               any_value(district) as district,
               sum(population)::bigint as population,
               sum(population) / sum(area_km2)::double as density,
               case when count(population_65_and_over) = count(*)
                   then 100.0::double * sum(population_65_and_over) / nullif(sum(population), 0)
                   end as share_65_and_over_percent,
               count(*) > 1 as joint
        from dong_profile
        where as_of = $month and district = coalesce($district, district)
        group by boundary_code_2020
        order by boundary_code_2020
        """,
        month=month,
        district=district,
    )


def places() -> list[str]:
    """What can be chosen: the districts, then the 동 and the areas drawn as one, by district."""
    return list(
        db.query(
            """
            with area as (
                select district_code, string_agg(dong, '·' order by dong_code) as area,
                       min(dong_code) as position
                from dong
                where valid_to is null
                group by district_code, boundary_code_2020
                having count(*) > 1
            )
            select district as place, 0 as level, district_code, '' as position from district
            union all
            select district || ' ' || dong, 1, district_code, dong_code from dong join district using (district_code)
            union all
            select district || ' ' || area, 2, district_code, position from area join district using (district_code)
            order by level, district_code, position
            """
        )["place"]
    )


def distribution(as_of: datetime.date, month: datetime.date) -> pd.DataFrame:
    """One row per level (district, dong) and bucket, from small to large.

    unit_count and share_percent are counted from the month, printed_… are the report's, superseded_… those
    of the older chart left in it (empty where there is none).
    """
    return db.query(
        """
        select counted.level, counted.bucket, counted.lower_bound, counted.unit_count, counted.share_percent,
               printed.unit_count as printed_count, printed.share_percent::double as printed_percent,
               superseded.unit_count as superseded_count, superseded.share_percent::double as superseded_percent
        from population_distribution as counted
        left join population_bucket as printed
            on printed.as_of = $as_of and printed.chart = 'current'
            and printed.level = counted.level and printed.lower_bound = counted.lower_bound
        left join population_bucket as superseded
            on superseded.as_of = $as_of and superseded.chart = 'superseded'
            and superseded.level = counted.level and superseded.lower_bound = counted.lower_bound
        where counted.as_of = $month
        order by counted.level, counted.position
        """,
        as_of=as_of,
        month=month,
    )


def facts(as_of: datetime.date) -> pd.DataFrame:
    """One row per figure of the report's section on districts and 동, in its order.

    `topic` and `measure` say what it is, `actual` what its checks give (empty: nothing to check it by),
    `holds` whether all of them hold, `note` why not, or on what basis it stands.
    """
    return db.query(
        """
        with label (figure, topic, measure) as (
            values
                ('area', '면적·조직', '면적'),
                ('national_area_share', '면적·조직', '전 국토 대비 면적'),
                ('district_count', '면적·조직', '자치구'),
                ('dong_count', '면적·조직', '행정동'),
                ('tong', '면적·조직', '통'),
                ('ban', '면적·조직', '반'),
                ('population', '인구', '인구'),
                ('household_count', '인구', '세대'),
                ('population_average_district', '인구', '인구'),
                ('household_average_district', '인구', '세대'),
                ('population_average_dong', '인구', '인구'),
                ('household_average_dong', '인구', '세대'),
                ('population_max_district', '인구', '인구 최대 자치구'),
                ('household_max_district', '인구', '인구 최대 자치구의 세대'),
                ('population_min_district', '인구', '인구 최소 자치구'),
                ('household_min_district', '인구', '인구 최소 자치구의 세대'),
                ('population_max_dong', '인구', '인구 최대 동'),
                ('population_min_dong', '인구', '인구 최소 동'),
                ('quota_total', '행정인력', '정원'),
                ('quota_total_average', '행정인력', '정원'),
                ('quota_district', '행정인력', '정원'),
                ('quota_district_average', '행정인력', '정원'),
                ('quota_council', '행정인력', '정원'),
                ('quota_council_average', '행정인력', '정원'),
                ('budget_total', '예산(본예산)', '예산규모'),
                ('budget_average', '예산(본예산)', '예산규모'),
                ('budget_max', '예산(본예산)', '예산규모 최대'),
                ('budget_min', '예산(본예산)', '예산규모 최소'),
                ('fiscal_independence_average', '예산(본예산)', '재정자립도'),
                ('adjustment_grant', '예산(본예산)', '조정교부금'),
                ('adjustment_grant_previous', '예산(본예산)', '조정교부금'),
                ('adjustment_grant_change', '예산(본예산)', '조정교부금')
        ),
        verdict as (
            -- Ranks are no value to show, and another basis is no calculation of the figure: only its note counts.
            select row_key,
                   (min(actual) filter (unit <> '위' and check_name not like '본예산·예산현액%'))::double as actual,
                   bool_and(holds) filter (check_name not like '본예산·예산현액%') as holds,
                   string_agg(distinct note, ' ') as note
            from reconciliation
            where as_of = $as_of and dataset = 'district_fact' and table_name = 'stated_figure'
            group by row_key
        )
        select stated_figure.figure, coalesce(topic, '그 밖') as topic, coalesce(measure, figure) as measure,
               subject, value::double as value, unit, actual, holds,
               coalesce(verdict.note, stated_figure.note) as note
        from stated_figure
        left join label using (figure)
        left join verdict on row_key = dataset || ' / ' || figure
        where stated_figure.as_of = $as_of and dataset = 'district_fact'
        order by position
        """,
        as_of=as_of,
    )
