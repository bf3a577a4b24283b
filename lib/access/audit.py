"""The audit log: who came, who went, what was handed in, what was published, what was refused.

One JSON object per line, in Korean time, without addresses, link parameters or contents. People stand in it under
the account that the bureau configures, a pseudonym unless it says otherwise. Nothing is written before `open_file`:
a run without a server (a test, a notebook) leaves no log behind.

`python -m lib.access <issuer> <subject>` prints the pseudonym of an account, for whoever may look it up.
"""

import datetime
import json
import logging
import logging.handlers
import os
import zoneinfo
from pathlib import Path
from typing import Literal

from lib.access import settings

Event = Literal["sign_in", "sign_out", "upload", "publication", "refusal"]

BYTES, FILES = 5_000_000, 20
NAME_LENGTH = 200
NOBODY = "-"
_FOLDER = str(settings.ROOT / "log")
_KOREA = zoneinfo.ZoneInfo("Asia/Seoul")

_log = logging.getLogger("bureau.audit")
_log.propagate = False
_log.setLevel(logging.INFO)
_log.addHandler(logging.NullHandler())


def folder() -> str:
    """Where logs and the register of sign-ins lie: BUREAU_LOG, else log/ of the project, which git ignores."""
    return os.environ.get("BUREAU_LOG") or _FOLDER


def open_file(path: Path, size: int = BYTES, files: int = FILES) -> None:
    """Write to this file from now on; at `size` bytes it is set aside, and the oldest of `files` is dropped.

    Readable by the account of the server alone. Each process needs a file of its own. Raises OSError where it
    cannot be written.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    close()
    handler = _Private(path, maxBytes=size, backupCount=files, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(message)s"))
    _log.addHandler(handler)


def close() -> None:
    """Write no more."""
    for handler in [handler for handler in _log.handlers if isinstance(handler, _Private)]:
        _log.removeHandler(handler)
        handler.close()


def record(event: Event, account: str, **details: str | int) -> None:
    """One line. `details` are short and never the content of a file or a parameter of a link."""
    line = {
        "time": datetime.datetime.now(_KOREA).isoformat(timespec="seconds"),
        "event": event,
        "account": account,
    }
    for name, value in details.items():
        line[name] = value[:NAME_LENGTH] if isinstance(value, str) else value  # type: ignore[assignment]
    _log.info(json.dumps(line, ensure_ascii=False))


def upload(account: str, page: str, name: str, size: int) -> None:
    """A file that was handed in: its name (the ending alone, where the bureau wants it so) and its size in bytes."""
    shown = name if settings.current().audit_file_names else f"*{Path(name).suffix}"
    record("upload", account, page=page, name=shown, bytes=size)


def publication(account: str, edition: str, what: str) -> None:
    """Data that was published: of which day, and what kind of data. For the intake to call after the swap."""
    record("publication", account, edition=edition, what=what)


class _Private(logging.handlers.RotatingFileHandler):
    """Files that nobody else on the machine can read."""

    def _open(self):  # type: ignore[no-untyped-def]  # noqa: ANN202
        return os.fdopen(
            os.open(self.baseFilename, os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o600), "a", encoding="utf-8"
        )
