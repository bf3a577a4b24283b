"""Tables to read, to hear and to print.

Streamlit's own table reads every cell as Markdown, which takes the browser as long as the rest of a page, and gives
a table neither a caption nor heads of its rows.
"""

import html
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from lib import format

LONG = 18
"""Characters above which the text of a column is broken into lines, between words."""


def table(rows: pd.DataFrame, name: str, text: Sequence[str] = ()) -> None:
    """A table under its name, which is heard and not seen: columns of `text` stand left, all others (numbers) right.

    The first column of `text` is the head of its rows. Where the columns do not fit the screen, the table scrolls
    sideways; static/page.js has its look.
    """
    st.html(markup(rows, name, text))


def markup(rows: pd.DataFrame, name: str, text: Sequence[str] = ()) -> str:
    """The table as HTML in which all text stays text."""
    written = [[_written(value) for value in rows[head]] for head in rows.columns]
    head_of_rows = next((head for head in rows.columns if head in text), rows.columns[0])
    kinds = [
        f' class="{" ".join(kind)}"' if (kind := _kind(cells, head in text)) else ""
        for head, cells in zip(rows.columns, written, strict=True)
    ]
    tags = ['th scope="row"' if head == head_of_rows else "td" for head in rows.columns]
    columns = list(zip(kinds, tags, written, strict=True))
    heads = "".join(
        f'<th scope="col"{kind}>{_escaped(head)}</th>' for head, kind in zip(rows.columns, kinds, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(f"<{tag}{kind}>{_escaped(cells[row])}</{tag[:2]}>" for kind, tag, cells in columns)
        + "</tr>"
        for row in range(len(rows))
    )
    return (
        f'<div class="data-table"><table><caption>{_escaped(name)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _kind(cells: Sequence[str], text: bool) -> list[str]:
    long = max(map(len, cells), default=0) > LONG
    return ["text"] * text + ["long"] * long


def _written(value: object) -> str:
    return format.EMPTY if value is None or value is pd.NA or value != value else str(value)


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)
