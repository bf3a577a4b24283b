"""A briefing as a tagged PDF on A4, PDF/UA-1: form.typ prints what stands here as plain strings."""

import functools
import json
from pathlib import Path
from typing import Any

import typst

from lib import format
from lib.briefing import font, grid, picture
from lib.briefing.formats import Progress
from lib.briefing.model import Briefing, Chart, Figure, Section, Table

FORM = Path(__file__).with_name("form.typ")
TEXT_WIDTH, TEXT_HEIGHT = 170.0, 205.0  # millimetres that a picture may fill
MILLIMETRES = 0.18  # of a pixel of a picture that need not be made smaller
WIDE = 100  # half letters, from which on a table is set smaller
REPLACED = f"글꼴에 없는 글자는 {font.GAP}로 적었습니다."


def write(briefing: Briefing, progress: Progress | None = None) -> bytes:
    """The document. `progress` is told the share of one that is done, and what comes next."""
    told = progress or (lambda share, step: None)
    sections = []
    for number, section in enumerate(briefing.sections):
        told(0.8 * number / len(briefing.sections), section.title)
        sections.append(_section(number + 1, section))
    told(0.8, "PDF 조판")
    document = typst.compile(
        FORM.read_bytes(),
        font_paths=_fonts(),
        sys_inputs={"briefing": _inputs(_front(briefing) | {"sections": sections})},
        pdf_standards="ua-1",
    )
    told(1.0, "완료")
    return document


@functools.cache
def _fonts() -> typst.Fonts:
    """Our font and those that come with typst, none of the machine's, so that every machine prints the same."""
    return typst.Fonts(include_system_fonts=False, font_paths=[picture.font_folder()])


def _inputs(printed: dict[str, Any]) -> str:
    """All that is printed, in letters that the font has: PDF/UA-1 allows no other, and typst writes no file then."""
    missing: set[str] = set()
    lettered = _lettered(printed, missing)
    if font.GAP in missing:
        lettered["settings"] = [*lettered["settings"], REPLACED]
    return json.dumps(lettered, ensure_ascii=False)


def _lettered(value: Any, missing: set[str]) -> Any:
    """The same with every text in the font's letters; what stands for others is added to `missing`."""
    if isinstance(value, str):
        gaps = font.gaps(value)
        missing.update(gaps.values())
        return value.translate(gaps) if gaps else value
    if isinstance(value, dict):
        return {key: _lettered(part, missing) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_lettered(part, missing) for part in value]
    return value


def _front(briefing: Briefing) -> dict[str, Any]:
    return {
        "title": briefing.title,
        "bureau": briefing.bureau,
        "as_of": f"{format.date(briefing.as_of)} 기준",
        "made_on": f"작성일: {format.date(briefing.made_on)}",
        "settings": briefing.settings,
        "annex": [
            {
                "title": f"{number}. {section.title}",
                "speaker_notes": section.speaker_notes,
                "questions": [question._asdict() for question in section.questions],
            }
            for number, section in enumerate(briefing.sections, start=1)
            if section.speaker_notes or section.questions
        ],
    }


def _section(number: int, section: Section) -> dict[str, Any]:
    return {
        "title": f"{number}. {section.title}",
        "message": section.message,
        "figures": [_figure(figure) for figure in section.figures],
        "chart": _chart(section.chart) if section.chart else None,
        "table": _table(section.table) if section.table.rows else None,
        "notes": section.notes,
        "sources": section.sources,
    }


def _figure(figure: Figure) -> dict[str, Any]:
    room = grid.length(figure.text)
    return {
        "name": figure.name,
        "text": figure.text,
        "remark": figure.remark,
        "size": 18 if room <= 10 else 14 if room <= 14 else 11,
    }


def _chart(chart: Chart) -> dict[str, Any]:
    drawing = picture.svg(chart.picture)
    width, height = picture.size(drawing)
    scale = min(MILLIMETRES, TEXT_WIDTH / width, TEXT_HEIGHT / height)
    return {"svg": drawing, "message": chart.message, "width": width * scale}


def _table(table: Table) -> dict[str, Any]:
    widths = grid.widths(table)
    return {
        "title": table.title,
        "unit": grid.unit_line(table),
        "heads": [head._asdict() for head in grid.heads(table)],
        "head_rows": grid.head_rows(table),
        "numeric": [column.numeric for column in table.columns],
        "widths": widths,
        "rows": grid.texts(table),
        "total_rows": table.total_rows,
        "size": 9.5 if sum(widths) <= WIDE else 8,
    }
