"""Which files a sign-in may ask for: those whose address the server has told one of its own visits.

Streamlit gives a file to whoever has its address (for downloads, a hash of the content). Here the address alone is
not enough: it must have gone out over a connection of the same sign-in.
"""

import re
from collections import OrderedDict

KEPT = 4000
"""Addresses remembered per sign-in; the oldest go first."""
LARGEST = 100_000
"""Bytes of a message that is looked at: what carries an address is small, and the rows of a map are not searched."""
_ADDRESS = re.compile(rb"/(?:media/|_stcore/upload_file/)[\w.\-/]{8,200}")
_MARKS = (b"/media/", b"/upload_file/")

_told: dict[str, OrderedDict[bytes, None]] = {}


def note(sign_in: str, message: bytes) -> None:
    """Remember the addresses in a message that goes to a visit of the sign-in."""
    if len(message) <= LARGEST and any(mark in message for mark in _MARKS):
        known = _told.setdefault(sign_in, OrderedDict())
        for address in _ADDRESS.findall(message):
            known[address] = None
            known.move_to_end(address)
        while len(known) > KEPT:
            known.popitem(last=False)


def knows(sign_in: str, path: str) -> bool:
    """Whether the sign-in was told of the path."""
    return path.encode("latin-1", "replace") in _told.get(sign_in, ())


def forget(sign_in: str) -> None:
    """The sign-in is over."""
    _told.pop(sign_in, None)
