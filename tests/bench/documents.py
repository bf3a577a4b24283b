"""How long a whole briefing takes to become a document, drawn before (warm) and for the first time (cold)."""

import datetime
import time
from collections.abc import Callable, Iterator

from lib.briefing import compose, html, hwpx, pdf, picture, pptx, xlsx
from lib.briefing.model import Briefing
from lib.briefing.settings import Settings
from tests.bench.measurement import Measurement

SUBJECT = "Documents of a whole briefing"
AS_OF = datetime.date(2023, 3, 31)
WRITERS: dict[str, Callable[[Briefing], bytes]] = {
    "pptx": pptx.write,
    "pdf": pdf.write,
    "hwpx": hwpx.write,
    "xlsx": xlsx.write,
    "html": html.write,
}


def measurements(rounds: int) -> Iterator[Measurement]:
    """Each writer on all sections; cold: every picture is drawn anew."""
    briefing = compose.briefing(Settings(AS_OF))
    sections = f"{len(briefing.sections)} sections"
    for name, write in WRITERS.items():
        write(briefing)
        yield Measurement(
            SUBJECT, f"{name}, {sections}, warm", tuple(written(write, briefing) for _ in range(rounds))
        )
        yield Measurement(
            SUBJECT, f"{name}, {sections}, cold", tuple(cold(write, briefing) for _ in range(min(rounds, 3)))
        )


def written(write: Callable[[Briefing], bytes], briefing: Briefing) -> float:
    """Write once; milliseconds."""
    started = time.perf_counter()
    write(briefing)
    return 1000 * (time.perf_counter() - started)


def cold(write: Callable[[Briefing], bytes], briefing: Briefing) -> float:
    """Write once with no picture in memory; milliseconds."""
    picture.forget()
    return written(write, briefing)
