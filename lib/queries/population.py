"""Residents of the city."""

import datetime
from typing import NamedTuple

from lib import db


class City(NamedTuple):
    """Residents and households of the city, and the month they are of."""

    as_of: datetime.date
    population: int
    household_count: int


def city(as_of: datetime.date) -> City:
    """The city in the newest month that is not later than the as-of date; else in the oldest there is."""
    [row] = db.query(
        """
        select as_of, sum(population)::bigint as population, sum(household_count)::bigint as household_count
        from district_population
        group by as_of
        order by as_of > $as_of, abs(as_of - $as_of::date)
        limit 1
        """,
        as_of=as_of,
    ).itertuples(index=False)
    return City(row.as_of.date(), row.population, row.household_count)
