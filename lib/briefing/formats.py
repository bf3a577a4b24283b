"""The formats that a briefing leaves in."""

import importlib
from collections.abc import Callable
from typing import NamedTuple

from lib.briefing.model import Briefing

Progress = Callable[[float, str], object]


class Format(NamedTuple):
    """A format: the module that writes it and the ending of its files, its name for people, and its media type."""

    ending: str
    name: str
    media_type: str

    def write(self, briefing: Briefing, progress: Progress | None = None) -> bytes:
        """The file. The writer is imported only now: each brings a library of its own."""
        content: bytes = importlib.import_module(f"lib.briefing.{self.ending}").write(briefing, progress)
        return content


FORMATS = {
    format.ending: format
    for format in (
        Format(
            "pptx",
            "파워포인트(PPTX)",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ),
        Format("pdf", "문서(PDF)", "application/pdf"),
        Format("hwpx", "한글 문서(HWPX)", "application/hwp+zip"),
        Format(
            "xlsx",
            "엑셀(XLSX)",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        Format("html", "한 쪽짜리 웹 문서(HTML)", "text/html"),
    )
}
