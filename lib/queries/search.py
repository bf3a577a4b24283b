"""What the search box finds."""

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


def findable(pages: tuple[str, ...]) -> list[Found]:
    """Everything that one of the pages can show, by kind and in the order of its page."""
    rows = db.query(
        """
        select kind, name, detail, page, parameter, value
        from findable
        where list_contains($pages, page)
        """,
        pages=list(pages),
    )
    return [Found(*row) for row in rows.itertuples(index=False)]
