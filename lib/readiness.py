"""What the server does before it takes the first visit, so that no visitor waits for it, and so that visits stay cheap."""

import contextlib
import gc
import importlib
import logging
import pkgutil
import socket
from collections.abc import AsyncIterator
from typing import Any

import lib

logger = logging.getLogger(__name__)

SCRIPTS = ("lib.frame",)
"""Modules that are scripts: to import one is to run it."""


@contextlib.asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[None]:
    """What was cut off finished, everything imported, the font and the database there, all of it set aside from garbage collection."""
    prompt()
    recovered()
    imported()
    lettered()
    opened()
    # What is in memory now stays: the collector need not go through it again and again while visits wait.
    gc.collect()
    gc.freeze()
    yield


def prompt() -> None:
    """Have the system send small answers at once.

    Streamlit hands its server a socket on which the system holds a small packet back until the one before is
    acknowledged (Nagle's algorithm): 40 ms for nearly every file and message. The connections that a listening
    socket accepts have its setting. What listens already is not told to a lifespan: it is looked for.
    """
    for found in gc.get_objects():
        if type(found) is socket.socket and _listens(found):
            found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _listens(found: socket.socket) -> bool:
    internet = found.family in (socket.AF_INET, socket.AF_INET6) and found.type == socket.SOCK_STREAM
    try:
        return internet and bool(found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
    except OSError:  # closed
        return False


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


def lettered() -> None:
    """Make the font of documents where it is missing, which takes some ten seconds; where it cannot be, documents say so."""
    from lib.briefing import font

    try:
        font.folder()
    except font.Unavailable as fault:
        logger.error("%s", fault)


def opened() -> None:
    """Open the database where there is one; where there is none, pages and the health address say so."""
    from lib import db

    with contextlib.suppress(db.Unavailable):
        db.pin()
