"""`python -m tests.bench`: how fast the pages, the build and the queries are, against a bare Streamlit page."""

import argparse
import os
from pathlib import Path

from tests.bench import (
    build,
    documents,
    evaluation,
    intake,
    load,
    maps,
    measurement,
    memory,
    pages,
    queries,
    slides,
    transfer,
    uploads,
)

# To add measurements: a module with measurements(rounds), named here.
SUBJECTS = {
    "pages": pages.measurements,
    "maps": maps.measurements,
    "build": build.measurements,
    "slides": slides.measurements,
    "queries": queries.measurements,
    "intake": intake.measurements,
    "uploads": uploads.measurements,
    "evaluation": evaluation.measurements,
    "documents": documents.measurements,
    "transfer": transfer.measurements,
    "load": load.measurements,
    "memory": memory.measurements,
}


def main() -> None:
    """Measure the subjects named, or all, and print medians, ranges and ratios."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "subjects", nargs="*", metavar="SUBJECT", help=f"of {', '.join(SUBJECTS)}; all if none"
    )
    parser.add_argument("--rounds", type=int, default=7, help="how often each is measured (%(default)s)")
    parser.add_argument(
        "--json", type=Path, help="file to keep all samples in, in place of earlier ones of these subjects"
    )
    parser.add_argument("--compare", type=Path, metavar="FILE", help="such a file, to set against this run")
    parser.add_argument(
        "--markdown", type=Path, metavar="FILE", help="print such a file as a table; measure nothing"
    )
    parser.add_argument("--visitors", type=int, default=load.visitors, help="of load (%(default)s)")
    parser.add_argument("--visits", type=int, default=memory.visits, help="of memory (%(default)s)")
    wanted = parser.parse_args()
    if wanted.markdown:
        print(measurement.markdown(measurement.kept(wanted.markdown)))
        return
    load.visitors, memory.visits = wanted.visitors, wanted.visits
    if unknown := set(wanted.subjects) - set(SUBJECTS):
        parser.error(f"there is no subject {', '.join(sorted(unknown))}")
    measured: list[measurement.Measurement] = []
    for subject in wanted.subjects or SUBJECTS:
        measured += SUBJECTS[subject](wanted.rounds)
    print(measurement.table(measured))
    print(
        f"{os.cpu_count()} processors; {os.getloadavg()[1]:.1f} were wanted at once in the last five minutes."
    )
    if wanted.compare:
        print(measurement.comparison(measurement.kept(wanted.compare), measured))
    if wanted.json:
        measurement.keep(measured, wanted.json)


if __name__ == "__main__":
    main()
