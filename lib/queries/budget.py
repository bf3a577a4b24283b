"""Revenue and expenditure. Amounts are 천원, rates are shares of one; empty is a printed "-"."""

import datetime

import pandas as pd

from lib import db


def lines(as_of: datetime.date) -> pd.DataFrame:
    """One row per line of both sides, 세출 first, subtotals included, in the report's order.

    `label` is unique; `level` counts from 0 (the total); `change_percent` and `realised_percent` are as
    printed, `change_rate` and `realised_rate` unrounded. `gap` is what is missing to the calendar line,
    negative where the line is ahead of it.
    """
    return db.query(
        """
        select tree.side, tree.line_code, tree.parent_code, tree.line, tree.label,
               parent.label as parent_label, tree.level, tree.path, tree.leaf,
               tree.department, tree.position, tree.previous_budget, tree.budget, tree.change, tree.change_percent,
               tree.realised, tree.realised_percent, tree.change_rate, tree.realised_rate,
               tree.budget * calendar.elapsed_days / calendar.year_days - tree.realised as gap
        from budget_tree as tree
        join calendar using (as_of)
        left join budget_tree as parent on parent.as_of = tree.as_of and parent.line_code = tree.parent_code
        where tree.as_of = $as_of
        order by tree.side desc, tree.position
        """,
        as_of=as_of,
    )
