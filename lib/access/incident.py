"""What the log keeps of a fault: where it happened and of what kind it was, and nothing that a visitor has put in.

The text of an exception often quotes the value that it stumbled on, which may be a name out of an upload.
"""

import logging
import traceback

OF_THE_MACHINE = (OSError, MemoryError)
"""Exceptions whose text tells of the machine alone, such as a full disk."""


def trace(error: BaseException) -> str:
    """The places in the code that led to an exception, and to those that caused it, without their texts."""
    parts = []
    seen: set[int] = set()
    found: BaseException | None = error
    while found is not None and id(found) not in seen:
        seen.add(id(found))
        text = f": {found}" if isinstance(found, OF_THE_MACHINE) else ""
        frames = "".join(traceback.format_tb(found.__traceback__))
        parts.append(f"{frames}{type(found).__module__}.{type(found).__qualname__}{text}")
        found = found.__cause__ or found.__context__
    return "\nwhile handling or because of:\n".join(parts)


def keep_texts_out_of_the_log() -> None:
    """Streamlit logs every fault of a page with its text, before it asks us; ours stands in the log beside its number."""
    logging.getLogger("streamlit.error_util").addFilter(lambda record: record.exc_info is None)
