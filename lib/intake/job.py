"""A publication under way in a thread of its own: it ends by itself, whatever becomes of the visit that asked for it."""

import logging
import threading
from collections.abc import Callable

from lib.intake.draft import IntakeError, Problem
from lib.intake.history import Entry
from lib.intake.publish import Step

logger = logging.getLogger(__name__)


class Job:
    """Work that ends in an entry of the history, or in problems. It begins at once.

    A page that is closed or drawn again would stop its own thread between two steps; this one is stopped by nothing
    but the end of the server, which waits for it.
    """

    def __init__(self, work: Callable[[Step], Entry]) -> None:
        self.steps: list[str] = []
        self.share = 0.0
        self.entry: Entry | None = None
        self.problems: list[Problem] = []
        self.fault: Exception | None = None
        self._thread = threading.Thread(target=self._run, args=(work,), name="publish")
        self._thread.start()

    @property
    def running(self) -> bool:
        return self._thread.is_alive()

    def wait(self, seconds: float) -> None:
        """Return when it has ended, or after so many seconds."""
        self._thread.join(seconds)

    def _run(self, work: Callable[[Step], Entry]) -> None:
        try:
            self.entry = work(self._step)
        except IntakeError as refused:
            self.problems = refused.problems
        except Exception as fault:
            logger.exception("publication")
            self.fault = fault

    def _step(self, name: str, share: float) -> None:
        self.steps.append(name)
        self.share = min(max(share, 0.0), 1.0)
