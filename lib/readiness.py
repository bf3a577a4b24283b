"""What the server does before it takes the first visit, so that no visitor waits for it, and so that visits stay cheap."""

import contextlib
import gc
import importlib
import logging
import pkgutil
from collections.abc import AsyncIterator
from typing import Any

import lib

logger = logging.getLogger(__name__)

SCRIPTS = ("lib.frame",)
"""Modules that are scripts: to import one is to run it."""


@contextlib.asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[None]:
    """What was cut off finished, everything imported, the database open, all of it set aside from garbage collection."""
    recovered()
    imported()
    opened()
    # What is in memory now stays: the collector need not go through it again and again while visits wait.
    gc.collect()
    gc.freeze()
    yield


def recovered() -> None:
    """Finish or clear away a publication that was cut off when the server last stopped."""
    from lib import db
    from lib.intake import publish
    from lib.intake.draft import IntakeError

    try:
        publish.recover(db.folder())
    except IntakeError as fault:
        logger.error("%s", fault)  # the database that stands is whole all the same


def imported() -> None:
    """Import all that pages import, which takes seconds the first time."""
    for module in pkgutil.walk_packages(lib.__path__, "lib."):
        if module.name not in SCRIPTS and not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def opened() -> None:
    """Open the database where there is one; where there is none, pages and the health address say so."""
    from lib import db

    with contextlib.suppress(db.Unavailable):
        db.pin()
