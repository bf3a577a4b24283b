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

    @property
    def label(self) -> str:
        """The name, and what tells it from others; a path of the budget begins with its kind already."""
        detail = self.detail or ""
        return f"{self.name} · {detail if detail.startswith(self.kind) else f'{self.kind} {detail}'.strip()}"


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


def hits(as_of: datetime.date, pages: Sequence[str], wanted: str) -> list[Found]:
    """What holds all words of the search, with or without its spaces; that which begins with the first word first."""
    words = wanted.casefold().split()
    first: list[Found] = []
    last: list[Found] = []
    for found in findable(as_of, pages):
        text = found.label.casefold()
        if all(word in text or word in text.replace(" ", "") for word in words):
            (first if text.startswith(words[0]) else last).append(found)
    return first + last
