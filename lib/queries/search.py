"""What the search box finds."""

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from lib import db


class Found(NamedTuple):
    """Something to be led to: what it is, and the page and link parameter that show it."""

    kind: str
    name: str
    detail: str | None
    page: str
    parameter: str
    value: str


@db.remembered
def findable(as_of: datetime.date, pages: Sequence[str]) -> tuple[Found, ...]:
    """Everything of an edition that one of the pages can show, kind by kind."""
    rows = db.query(
        """
        select kind, name, detail, page, parameter, value
        from findable
        where coalesce(as_of, $as_of) = $as_of and list_contains($pages, page)
        order by list_position($pages, page), kind, name, detail
        """,
        as_of=as_of,
        pages=list(pages),
    )
    return tuple(Found(*row) for row in rows.itertuples(index=False))
