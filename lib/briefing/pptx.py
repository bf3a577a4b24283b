"""A briefing as slides: charts and tables of PowerPoint's own, notes for whoever speaks."""

import io
import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Emu, Inches, Pt

from lib import format
from lib.briefing import grid, picture, slide_chart, slide_form, slide_table
from lib.briefing.formats import Progress
from lib.briefing.model import Briefing, Chart, Figure, Section

FIGURES_WIDTH = Inches(3.3)
GAP = Inches(0.25)
MOST_FIGURES = 4  # in one column; more stand in two


class Setting(NamedTuple):
    """How large a list is set: points, half letters of a line, and lines of a slide."""

    size: int
    length: int
    lines: int


SETTINGS = (Setting(20, 80, 8), Setting(16, 100, 14), Setting(13, 124, 19))


class Item(NamedTuple):
    """A line of a list: its sign and its text."""

    sign: str
    text: str

    def lines(self, how: Setting) -> int:
        return math.ceil((grid.length(self.text) + 6) / how.length)


def write(briefing: Briefing, progress: Progress | None = None) -> bytes:
    """The presentation. `progress` is told the share of one that is done, and what comes next."""
    told = progress or (lambda share, step: None)
    deck = slide_form.deck()
    deck.core_properties.title = briefing.title
    deck.core_properties.author = briefing.bureau
    deck.core_properties.language = "ko-KR"
    _cover(deck, briefing)
    _contents(deck, briefing)
    for number, section in enumerate(briefing.sections, start=1):
        told(0.9 * (number - 1) / len(briefing.sections), section.title)
        _section(deck, f"{number}. {section.title}", section)
    _closing(deck, briefing)
    told(0.9, "슬라이드 저장")
    for slide in deck.slides:
        slide_form.name_fonts(slide._element)
        if slide.has_notes_slide:
            slide_form.name_fonts(slide.notes_slide._element)
    file = io.BytesIO()
    deck.save(file)
    told(1.0, "완료")
    return file.getvalue()


def _slide(deck: Deck, layout: int, title: str) -> Slide:
    slide = deck.slides.add_slide(deck.slide_layouts[layout])
    slide.shapes.title.text = title
    if layout != slide_form.COVER:
        slide_form.add_number(slide)
    return slide


def _cover(deck: Deck, briefing: Briefing) -> None:
    slide = _slide(deck, slide_form.COVER, briefing.title)
    dates = f"{format.date(briefing.as_of)} 기준 · 작성일 {format.date(briefing.made_on)}"
    frame = slide.placeholders[1].text_frame
    frame.text = f"{briefing.bureau}\n{dates}"
    frame.paragraphs[0].runs[0].font.color.rgb = slide_form.NAVY
    for run in frame.paragraphs[1].runs:
        run.font.size, run.font.color.rgb = Pt(16), slide_form.GREY


def _contents(deck: Deck, briefing: Briefing) -> None:
    items = [Item(f"{number}.", section.title) for number, section in enumerate(briefing.sections, start=1)]
    _list(deck, "차례", items)


def _closing(deck: Deck, briefing: Briefing) -> None:
    sources = dict.fromkeys(source for section in briefing.sections for source in section.sources)
    items = [Item("ㅇ", line) for line in briefing.settings] + [Item("출처", source) for source in sources]
    _list(deck, "작성 조건과 출처", items)


def _section(deck: Deck, title: str, section: Section) -> None:
    slide = _slide(deck, slide_form.TEXT, title)
    message = slide.placeholders[1].text_frame
    message.text = section.message
    message.paragraphs[0].runs[0].font.color.rgb = slide_form.PRIMARY
    message.paragraphs[0].runs[0].font.bold = True
    left = _figures(slide, section.figures, whole=section.chart is None)
    if section.chart:
        _chart(slide, section.chart, left)
    _foot(slide, section)
    _speak(slide, section)
    if section.table.rows:
        _table(deck, title, section)
    if section.notes:
        _list(deck, f"{title} – 유의 사항", [Item("ㅇ", note) for note in section.notes])


def _figures(slide: Slide, figures: Sequence[Figure], whole: bool) -> int:
    """Key figures in cards at the left, or over the whole slide; what is left of them begins where it says."""
    if not figures:
        return int(slide_form.LEFT)
    columns = 2 if whole or len(figures) > MOST_FIGURES else 1
    rows = math.ceil(len(figures) / columns)
    room = slide_form.RIGHT - slide_form.LEFT if whole else FIGURES_WIDTH * (1.35 if columns == 2 else 1)
    width = round((room - GAP * (columns - 1)) / columns)
    height = min(Inches(1.5), round((slide_form.BODY_BOTTOM - slide_form.BODY_TOP + GAP) / rows) - GAP)
    for place, figure in enumerate(figures):
        row, column = divmod(place, columns)
        left = slide_form.LEFT + column * (width + GAP)
        top = slide_form.BODY_TOP + row * (height + round(GAP / 2))
        _card(slide, figure, (left, top, width, height))
    return int(slide_form.LEFT + room + GAP)


def _card(slide: Slide, figure: Figure, box: tuple[int, int, int, int]) -> None:
    points = box[2] / 12700
    size = max(16, min(32, math.floor((points - 24) / (grid.length(figure.text) * 0.64))))
    shape = slide_form.text_box(
        slide,
        box,
        [
            (figure.name, 13, slide_form.GREY, False),
            (figure.text, size, slide_form.NAVY, True),
            *([(figure.remark, 12, slide_form.GREY, False)] if figure.remark else []),
        ],
        anchor=MSO_ANCHOR.MIDDLE,
    )
    shape.name = figure.name
    shape.fill.solid()
    shape.fill.fore_color.rgb = slide_form.PALE
    shape.text_frame.margin_left = shape.text_frame.margin_right = Inches(0.15)


def _chart(slide: Slide, chart: Chart, left: int) -> None:
    unit = "%" if chart.percent else chart.unit
    unit_box = (slide_form.RIGHT - Inches(2.5), slide_form.BODY_TOP - Inches(0.05), Inches(2.5), Inches(0.3))
    box = (
        left,
        slide_form.BODY_TOP + Inches(0.2),
        slide_form.RIGHT - left,
        slide_form.BODY_BOTTOM - slide_form.BODY_TOP - Inches(0.2),
    )
    if chart.kind == "map":
        _picture(slide, chart, box)
        return
    if chart.kind != "timeline":  # its months stand above it
        slide_form.text_box(
            slide, unit_box, [(f"(단위: {unit})", 12, slide_form.GREY, False)], PP_ALIGN.RIGHT
        )
    slide_chart.add(slide, chart, box)


def _picture(slide: Slide, chart: Chart, box: tuple[int, int, int, int]) -> None:
    left, top, width, height = box
    shape = slide.shapes.add_picture(io.BytesIO(picture.png(picture.svg(chart.picture))), Emu(left), Emu(top))
    scale = min(width / shape.width, height / shape.height)
    wide, high = round(shape.width * scale), round(shape.height * scale)
    slide_form.place(shape, left + (width - wide) // 2, top + (height - high) // 2, wide, high)
    slide_form.describe(shape, "그림", chart.message)


def _foot(slide: Slide, section: Section) -> None:
    """The sources, at the foot of the slide."""
    text = "출처: " + " / ".join(section.sources)
    size = 10 if grid.length(text) <= 190 else 8
    box = (slide_form.LEFT, Inches(6.88), slide_form.RIGHT - slide_form.LEFT - Inches(1.3), Inches(0.45))
    slide_form.text_box(slide, box, [(text, size, slide_form.GREY, False)], anchor=MSO_ANCHOR.MIDDLE)


def _speak(slide: Slide, section: Section) -> None:
    lines = [section.message, *section.speaker_notes]
    lines += [f"※ {note}" for note in section.notes]
    for question in section.questions:
        lines += ["", f"문. {question.question}", f"답. {question.answer}"]
    slide.notes_slide.notes_text_frame.text = "\n".join(lines)


def _table(deck: Deck, title: str, section: Section) -> None:
    table = section.table
    how = slide_table.layout(table)
    for number, rows in enumerate(how.pages, start=1):
        counted = f" ({number}/{len(how.pages)})" if len(how.pages) > 1 else ""
        slide = _slide(deck, slide_form.SHEET, f"{title} – {table.title}{counted}")
        slide_table.add(slide, table, how, rows, f"{table.title}{counted}")
        _foot(slide, section)


def _list(deck: Deck, title: str, items: Sequence[Item]) -> None:
    """A list as large as one slide allows, or over several."""
    fitting = [how for how in SETTINGS if sum(item.lines(how) for item in items) <= how.lines]
    how = fitting[0] if fitting else SETTINGS[1]
    for number, part in enumerate(_parted(items, how)):
        slide = _slide(deck, slide_form.TEXT, f"{title}{' (계속)' * bool(number)}")
        shape = slide.placeholders[1]
        box = (slide_form.LEFT, Inches(1.25), slide_form.RIGHT - slide_form.LEFT, Inches(5.4))
        slide_form.place(shape, *box)
        frame = shape.text_frame
        for place, item in enumerate(part):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            run = paragraph.add_run()
            run.text = f"{item.sign} {item.text}"
            run.font.size = Pt(how.size)
            paragraph.space_after = Pt(5)


def _parted(items: Sequence[Item], how: Setting) -> Iterator[list[Item]]:
    """As many items to a slide as it has lines for."""
    part: list[Item] = []
    for item in items:
        if part and sum(one.lines(how) for one in part) + item.lines(how) > how.lines:
            yield part
            part = []
        part.append(item)
    if part:
        yield part
