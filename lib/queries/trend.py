"""The same figure on all dates at hand, oldest first. Amounts are 천원, people and households counts, rates shares of one."""

import pandas as pd

from lib import db


def bureau() -> pd.DataFrame:
    """One row per edition: people, both totals of the budget with their rates, and the residents of its month.

    `residents` is of the newest month that is not later than the edition, empty where there is none.
    """
    return db.query(
        """
        with people as (
            select as_of, sum(head_count)::bigint as head_count
            from department_summary
            where in_bureau
            group by as_of
        ),
        city as (
            select as_of, sum(population)::bigint as residents
            from district_population
            group by as_of
        )
        select calendar.as_of, head_count, expenditure.budget, expenditure.realised_rate as execution_rate,
               revenue.realised_rate as collection_rate, elapsed_days / year_days as elapsed_rate, residents
        from calendar
        join people using (as_of)
        join budget_tree as expenditure
            on expenditure.as_of = calendar.as_of and expenditure.side = '세출' and expenditure.level = 0
        join budget_tree as revenue
            on revenue.as_of = calendar.as_of and revenue.side = '세입' and revenue.level = 0
        asof left join city on calendar.as_of >= city.as_of
        order by calendar.as_of
        """
    )


def line(line_code: str) -> pd.DataFrame:
    """One row per edition that has the line of the budget: budget, realised, realised_rate, elapsed_rate."""
    return db.query(
        """
        select as_of, budget, realised, realised_rate, elapsed_days / year_days as elapsed_rate
        from budget_tree
        join calendar using (as_of)
        where line_code = $line_code
        order by as_of
        """,
        line_code=line_code,
    )


def residents(place: str | None = None) -> pd.DataFrame:
    """One row per month: residents of a district or of a 동 (강남구 신사동); of the city where none is named.

    An area that is drawn as one for several 동 (강일동·상일1동·상일2동) is their sum. No rows where no such place is.
    """
    return db.query(
        """
        select as_of, sum(population)::bigint as population
        from district_profile
        where $place is null or district = $place
        group by as_of
        union all
        select as_of, sum(population)::bigint
        from dong_profile
        where contains($place, ' ')
          and district = split_part($place, ' ', 1)
          and list_contains(string_split(split_part($place, ' ', 2), '·'), dong)
        group by as_of
        order by as_of
        """,
        place=place,
    )
