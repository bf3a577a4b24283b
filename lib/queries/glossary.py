"""The words of the field."""

import pandas as pd

from lib import db


def terms(wanted: str = "") -> pd.DataFrame:
    """One row per term whose name or definition holds `wanted` (all for an empty one), in the order of the list."""
    return db.query(
        """
        select term, definition, coalesce(basis, '') as basis
        from glossary
        where contains(replace(term || definition, ' ', ''), replace($wanted, ' ', ''))
        order by position
        """,
        wanted=wanted.strip(),
    )
