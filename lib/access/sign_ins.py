"""The register of sign-ins: one small file for each that lasts.

A cookie counts only while its sign-in stands here, so signing out ends it everywhere, in every replica that shares
the folder, and a restart brings no ended one back. The file's text is when it began, its time when it was last used
(seconds since 1970, this machine's clock).
"""

import contextlib
import os
import time
from pathlib import Path

from lib.access import audit, settings

TOUCH_SECONDS = 15
"""How exactly the last use is kept."""


def folder() -> Path:
    """Where the files lie."""
    return audit.folder() / "sign-ins"


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


def seconds_left(sign_in: str, use: bool = False) -> float:
    """How long a sign-in lasts if nobody touches anything; 0 where it is over. `use`: somebody has touched something."""
    place = folder() / sign_in
    try:
        with place.open() as file:
            began = float(file.read())
            used = os.fstat(file.fileno()).st_mtime
    except (OSError, ValueError):
        return 0
    now, current = time.time(), settings.current()
    left = min(used + current.idle, began + current.absolute) - now
    if left <= 0:
        end(sign_in)
        return 0
    if use and now - used > TOUCH_SECONDS:
        os.utime(place)
    return left
