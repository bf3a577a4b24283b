"""The register of sign-ins: one small file for each that lasts.

A cookie counts only while its sign-in stands here, so signing out ends it everywhere, in every replica that shares
the folder, and a restart brings no ended one back. The file's text is when it began, its time when it was last used
(seconds since 1970, this machine's clock).
"""

import contextlib
import os
import time
from pathlib import Path
from typing import NamedTuple

from lib.access import audit, settings

FOLDER = "sign-ins"
TOUCH_SECONDS = 15
"""How exactly the last use is kept, at most a twentieth of the time that it counts."""


def folder() -> Path:
    """Where the files lie."""
    return Path(audit.folder(), FOLDER)


def begin(sign_in: str) -> None:
    """Enter a sign-in, and drop those that are over. Raises OSError where the register cannot be written."""
    place = folder()
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    now = time.time()
    for file in place.iterdir():
        with contextlib.suppress(FileNotFoundError):  # another replica was quicker
            if now - file.stat().st_mtime > settings.current().absolute:
                file.unlink()
    place.joinpath(sign_in).write_text(str(now))


def end(sign_in: str) -> bool:
    """Strike a sign-in; whether it stood."""
    try:
        folder().joinpath(sign_in).unlink()
    except OSError:
        return False
    return True


class Left(NamedTuple):
    """Seconds until a sign-in ends if nobody touches anything, and until it ends in any case; none where it is over."""

    idle: float
    absolute: float

    @property
    def seconds(self) -> float:
        """Whatever comes first."""
        return max(0, min(self))


def left(sign_in: str, use: bool = False) -> Left:
    """How long a sign-in lasts. `use`: somebody has touched something, which counts from the next time on."""
    place = os.path.join(audit.folder(), FOLDER, sign_in)
    try:
        with open(place, "rb", buffering=0) as file:
            began = float(file.read())
            used = os.fstat(file.fileno()).st_mtime
    except (OSError, ValueError):
        return Left(0, 0)
    now, current = time.time(), settings.current()
    found = Left(used + current.idle - now, began + current.absolute - now)
    if not found.seconds:
        end(sign_in)
    elif use and now - used > min(TOUCH_SECONDS, current.idle / 20):
        os.utime(place)
    return found


def lasts(sign_in: str, use: bool = False) -> bool:
    """Whether a sign-in stands; as `left`."""
    return left(sign_in, use).seconds > 0
