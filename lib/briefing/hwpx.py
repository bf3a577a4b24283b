"""A briefing in the bureau's report form as HWPX, which the council's document system takes."""

from lib import format
from lib.briefing import hwpx_form, picture
from lib.briefing.formats import Progress
from lib.briefing.hwpx_form import CIRCLE, DASH, NOTE, SQUARE, Form
from lib.briefing.model import Briefing, Chart, Section

MILLIMETRES = 0.18  # of a pixel of a picture that need not be made smaller
HIGHEST = 190.0  # millimetres of a picture


def write(briefing: Briefing, progress: Progress | None = None) -> bytes:
    """The document. `progress` is told the share of one that is done, and what comes next."""
    told = progress or (lambda share, step: None)
    form = Form(briefing.title, briefing.bureau)
    form.line(briefing.title, hwpx_form.TITLE)
    form.line(f"{briefing.bureau} ({format.date(briefing.as_of)} 기준)", hwpx_form.BYLINE)
    form.line(f"작성일: {format.date(briefing.made_on)}", hwpx_form.BYLINE)
    if briefing.settings:
        form.line("□ 작성 조건", SQUARE)
        for setting in briefing.settings:
            form.line(f"ㅇ {setting}", CIRCLE)
    for number, section in enumerate(briefing.sections):
        told(0.8 * number / len(briefing.sections), section.title)
        _section(form, number, section)
    _annex(form, briefing)
    told(0.8, "HWPX 저장")
    document = form.to_bytes()
    told(1.0, "완료")
    return document


def _section(form: Form, number: int, section: Section) -> None:
    form.heading(section.title, new_page=number > 0)
    form.line(f"□ {section.message}", SQUARE)
    for figure in section.figures:
        remark = f" ({figure.remark})" if figure.remark else ""
        form.line(f"ㅇ {figure.name}: {figure.text}{remark}", CIRCLE)
    if section.chart:
        _picture(form, section.chart)
    if section.table.rows:
        form.table(section.table)
    if section.notes:
        form.line("□ 유의 사항", SQUARE)
        for note in section.notes:
            form.line(f"- {note}", DASH)
    for source in section.sources:
        form.line(f"※ 출처: {source}", NOTE)


def _picture(form: Form, chart: Chart) -> None:
    drawing = picture.svg(chart.picture)
    width, height = picture.size(drawing)
    scale = min(MILLIMETRES, hwpx_form.TEXT_WIDTH / width, HIGHEST / height)
    form.picture(picture.png(drawing), width * scale, chart.message)


def _annex(form: Form, briefing: Briefing) -> None:
    """What is for those who speak, on a page of its own."""
    spoken = [section for section in briefing.sections if section.speaker_notes or section.questions]
    if spoken:
        form.line("붙임  발표 자료와 예상 질의·답변", hwpx_form.ANNEX)
    for section in spoken:
        form.line(f"□ {section.title}", SQUARE)
        for line in section.speaker_notes:
            form.line(f"- {line}", DASH)
        for question in section.questions:
            form.line(f"ㅇ (문) {question.question}", CIRCLE)
            form.line(f"- (답) {question.answer}", DASH)
