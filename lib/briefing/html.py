"""A briefing as one page that needs no server: to read, to print, and to show as slides."""

import re
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Literal

from lib import format
from lib.briefing import picture
from lib.briefing.model import Briefing, Chart, Column, Section, Table

STATIC = Path(__file__).resolve().parents[2] / "static"
Mode = Literal["document", "slides"]
_OWN_NAME = re.compile(r'(\bid="|url\(#|href="#)')


def write(briefing: Briefing, progress: Callable[[float, str], None] | None = None) -> bytes:
    """The page as it is read. `progress` is told the share of one that is done, and the section that was written."""
    return page(briefing, "document", progress)


def page(briefing: Briefing, mode: Mode, progress: Callable[[float, str], None] | None = None) -> bytes:
    """The page, opened in a mode; it can change to the other by itself. Styles, script and pictures are inside."""
    sections = []
    for number, section in enumerate(briefing.sections, start=1):
        sections.append("".join(_section(section, number)))
        if progress:
            progress(number / len(briefing.sections), section.title)
    style, script = (
        STATIC.joinpath(f"briefing.{kind}").read_text(encoding="utf-8") for kind in ("css", "js")
    )
    return (
        '<!DOCTYPE html>\n<html lang="ko">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(briefing.title)} {format.date(briefing.as_of)}</title>\n<style>\n{style}</style>\n</head>\n"
        f'<body data-mode="{mode}">\n{_cover(briefing)}\n<main>\n{"".join(sections)}</main>\n{_bar(briefing)}\n'
        f"<script>\n{script}</script>\n</body>\n</html>\n"
    ).encode()


def sentence(text: str) -> bytes:
    """A page that says one thing."""
    return (
        '<!DOCTYPE html>\n<html lang="ko">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>행정국 업무보고</title></head>\n'
        f"<body><main><h1>행정국 업무보고</h1><p>{escape(text)}</p></main></body>\n</html>\n"
    ).encode()


def _cover(briefing: Briefing) -> str:
    settings = "".join(f"<li>{escape(line)}</li>" for line in briefing.settings)
    contents = "".join(
        f'<li><a href="#{escape(section.key)}">{escape(section.title)}</a></li>'
        for section in briefing.sections
    )
    return (
        '<header class="slide cover" id="cover" data-title="표지">\n'
        f"<h1>{escape(briefing.title)}</h1>\n"
        f'<p class="bureau">{escape(briefing.bureau)}</p>\n'
        f'<p class="date">{format.date(briefing.as_of)} 기준 · {format.date(briefing.made_on)} 작성</p>\n'
        f'<ul class="settings">{settings}</ul>\n'
        '<p class="start"><button type="button" data-do="present">발표 화면으로 보기</button></p>\n'
        f'<nav aria-label="차례"><h2>차례</h2><ol>{contents}</ol></nav>\n</header>'
    )


def _section(section: Section, number: int) -> Iterator[str]:
    key = escape(section.key)
    yield (
        f'<section class="slide{"" if section.chart else " no-chart"}" id="{key}" aria-labelledby="{key}-title" '
        f'data-title="{escape(section.title)}">\n'
        f'<h2 id="{key}-title"><span class="number">{number}</span> {escape(section.title)}</h2>\n'
        f'<p class="message">{_unbroken(section.message)}</p>\n<dl class="figures">\n'
    )
    for figure in section.figures:
        value = format.number(figure.value, figure.decimals)
        yield (
            f'<div><dt>{escape(figure.name)}</dt><dd class="value">{value}<span class="unit">{escape(figure.unit)}'
            f'</span></dd><dd class="remark">{escape(figure.remark)}</dd></div>\n'
        )
    yield "</dl>\n"
    if section.chart:
        yield _chart(section.chart, section.key)
    yield "".join(_table(section.table))
    if section.notes:
        yield f'<div class="notes"><h3>알아둘 점</h3>{_list(section.notes)}</div>\n'
    yield f'<p class="sources">출처: {escape(" / ".join(section.sources))}</p>\n'
    if section.speaker_notes or section.questions:
        yield _speaker(section)
    yield "</section>\n"


def _unbroken(text: str) -> str:
    """Text that breaks between words only: browsers would part 1% from 에서 and a closing quote from its particle."""
    return " ".join(f"<span>{escape(word)}</span>" for word in text.split(" "))


def _chart(chart: Chart, key: str) -> str:
    """The picture of the pages; names inside it are made its own, since all pictures share one page."""
    drawing = _OWN_NAME.sub(rf"\g<1>{key}-", picture.svg(chart.picture))
    drawing = drawing.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
    return f'<figure class="chart" role="img" aria-label="{escape(chart.message)}">{drawing}</figure>\n'


def _table(table: Table) -> Iterator[str]:
    yield f'<div class="table" tabindex="0" role="group" aria-label="{escape(table.title)}">'
    yield f"<table><caption>{escape(table.title)}</caption>\n<thead>{''.join(_heads(table.columns))}</thead>\n<tbody>\n"
    for place, row in enumerate(table.rows):
        yield '<tr class="total">' if place in table.total_rows else "<tr>"
        for number, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
            text = escape(column.text(cell))
            kind = ' class="figure"' if column.numeric else ""
            yield f'<th scope="row">{text}</th>' if number == 0 else f"<td{kind}>{text}</td>"
        yield "</tr>\n"
    yield "</tbody></table></div>\n"


def _heads(columns: tuple[Column, ...]) -> Iterator[str]:
    grouped = any(column.group for column in columns)
    if grouped:
        yield "<tr>"
        for number, column in enumerate(columns):
            if not column.group:
                yield f'<th scope="col" rowspan="2">{_head(column)}</th>'
            elif number == 0 or columns[number - 1].group != column.group:
                width = next(
                    (end for end, other in enumerate(columns[number:]) if other.group != column.group),
                    len(columns) - number,
                )
                yield f'<th scope="colgroup" colspan="{width}">{escape(column.group)}</th>'
        yield "</tr>\n"
    yield "<tr>"
    yield from (f'<th scope="col">{_head(column)}</th>' for column in columns if column.group or not grouped)
    yield "</tr>"


def _head(column: Column) -> str:
    unit = f' <span class="unit">({escape(column.unit)})</span>' if column.unit else ""
    return f"{escape(column.head)}{unit}"


def _speaker(section: Section) -> str:
    questions = "".join(
        f"<dt>{escape(question.question)}</dt><dd>{escape(question.answer)}</dd>"
        for question in section.questions
    )
    return (
        '<details class="speaker" tabindex="0"><summary>발표 메모와 예상 질의</summary><div>\n'
        + (f"<h3>발표 메모</h3>{_list(section.speaker_notes)}" if section.speaker_notes else "")
        + (f"<h3>예상 질의</h3><dl>{questions}</dl>" if questions else "")
        + "</div></details>\n"
    )


def _list(lines: tuple[str, ...]) -> str:
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"


def _bar(briefing: Briefing) -> str:
    """The presenter's controls, seen in slide mode only."""
    titles = "".join(
        f'<option value="{escape(key)}">{number}. {escape(title)}</option>'
        for number, (key, title) in enumerate(
            [("cover", "표지"), *((section.key, section.title) for section in briefing.sections)]
        )
    )
    last = len(briefing.sections)
    return (
        '<div class="bar" role="toolbar" aria-label="발표 조작" hidden>'
        '<button type="button" data-do="previous" title="이전(왼쪽 화살표)" aria-label="이전">◀</button>'
        '<button type="button" data-do="next" title="다음(오른쪽 화살표)" aria-label="다음">▶</button>'
        f'<select aria-label="쪽 목록">{titles}</select>'
        f'<output class="place" aria-live="polite">0 / {last}</output>'
        '<button type="button" data-do="table" aria-pressed="false">표 보기</button>'
        '<button type="button" data-do="notes" aria-pressed="false">메모</button>'
        '<button type="button" data-do="notes-window">메모 창</button>'
        '<span class="spring"></span>'
        '<label>자동 넘김 <select class="seconds" aria-label="자동 넘김 간격">'
        '<option value="10">10초</option><option value="20" selected>20초</option>'
        '<option value="40">40초</option><option value="60">1분</option></select></label>'
        '<button type="button" data-do="rotate" aria-pressed="false">시작</button>'
        '<time class="timer" role="timer">00:00</time>'
        '<button type="button" data-do="timer" aria-pressed="true">시계 멈춤</button>'
        '<button type="button" data-do="reset">처음부터</button>'
        '<button type="button" data-do="full">전체 화면</button>'
        '<button type="button" data-do="document">문서로 보기</button>'
        "</div>"
    )
