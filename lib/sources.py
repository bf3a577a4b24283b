"""Where figures come from, in the words of a source line."""

import datetime
from collections.abc import Sequence

from lib import db, format
from lib.queries import provenance


@db.remembered
def lines(datasets: Sequence[str], as_of: datetime.date) -> list[str]:
    """One line for all datasets of one publisher and date: what, whose, of when."""
    origins = [provenance.dataset(dataset, as_of) for dataset in datasets]
    found = []
    for publisher, day, note in dict.fromkeys((o.publisher, o.date, o.date_note) for o in origins):
        same = [o for o in origins if (o.publisher, o.date, o.date_note) == (publisher, day, note)]
        what = f"{same[0].title}({same[0].section})" if len(same) == 1 else "·".join(o.title for o in same)
        found.append(f"{publisher} {what}, {format.date(day)} 기준{f' ({note})' if note else ''}")
    return found
