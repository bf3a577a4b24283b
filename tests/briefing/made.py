"""Briefings made for tests of the writers, and what each of them has to print."""

import datetime
from collections.abc import Iterator

import altair as alt
import pandas as pd

from lib.briefing import grid
from lib.briefing.model import Briefing, Cell, Chart, Column, Figure, Question, Section, Series, Table

# Each would be a formula, markup, code or a field in one of the formats.
ODD_TEXTS = (
    "=1+1",
    "+SUM(A1)",
    "@panic",
    '#panic("멈춤")',
    "*굵게* _기울임_ $x^2$",
    "= 제목",
    "<b>굵게</b> &amp; ]]>",
    "{{수식}} \\textbf{x}",
    "https://example.com/?a=1&b=2",
    "\"겹따옴표\" '홑따옴표' `코드`",
    "a -- b ... c ~ d",
)
# What few documents hold: syllables and Hanja beyond the usual ones, signs of Korean reports, signs of amounts.
RARE_TEXTS = (
    "뷁 쀍 힣 갃 똠방각하",
    "行政局 金喆洙 龍鬱 堃",
    "△1.5 ▽2.5 −3.5 ㅇ □ ■ ○ ’홑‘ “겹” ㆍ·… ※",
    "㎡ ㎢ ① Ⅳ ℃ ～ → ½ 「」『』",
)
# In a PDF it is text, but its text layer draws no line between words that a break parts.
AS_OF = datetime.date(2023, 3, 31)


def texts(briefing: Briefing) -> Iterator[str]:
    """Every text that a document of this briefing has to hold, numbers as they are printed."""
    yield from (briefing.title, briefing.bureau, *briefing.settings)
    for section in briefing.sections:
        yield from (section.title, section.message, *section.notes, *section.sources, *section.speaker_notes)
        for figure in section.figures:
            yield from (figure.name, figure.text, figure.remark)
        for question in section.questions:
            yield from question
        yield from (section.table.title, *grid.head_texts(section.table))
        yield from (cell for row in grid.texts(section.table) for cell in row)


def section(
    key: str = "made",
    rows: tuple[tuple[Cell, ...], ...] = (("가", 1.5), ("나", -2.0), ("다", None)),
    chart: Chart | None = None,
    text: str = "글",
) -> Section:
    """A small section; `text` stands wherever text can stand."""
    return Section(
        key=key,
        title=text,
        message=text,
        figures=(Figure(text, 1234.5, "명", 1, text),),
        table=Table(text, (Column("항목"), Column("값", "명", 1)), rows, (len(rows) - 1,)),
        chart=chart,
        notes=(text,),
        sources=(text,),
        as_of=AS_OF,
        speaker_notes=(text,),
        questions=(Question(text, text),),
    )


def briefing(*sections: Section, title: str = "업무보고") -> Briefing:
    return Briefing(title, "행정국", AS_OF, datetime.date(2023, 4, 3), sections, ("가정: 1.0배",))


def bars(names: tuple[str, ...], values: tuple[float | None, ...]) -> Chart:
    """A chart of bars with its picture."""
    rows = pd.DataFrame({"name": names, "value": values})
    picture = (
        alt.Chart(rows)
        .mark_bar()
        .encode(alt.Y("name:N", sort=None, title=None), alt.X("value:Q", title=None))
    )
    return Chart(
        "bar",
        "그림의 뜻",
        names,
        (Series("값", values),),
        "명",
        1,
        picture.properties(height=28 * len(names)),
    )


def odd() -> Briefing:
    """A briefing whose every text would do harm if it were taken for code."""
    chart = bars(ODD_TEXTS, tuple(float(number) for number in range(len(ODD_TEXTS))))
    table = tuple((text, 1.0) for text in ODD_TEXTS)
    sections = [section(f"odd{number}", text=text) for number, text in enumerate(ODD_TEXTS)]
    return briefing(
        section("chart", table, chart._replace(series=(Series("=2+2", chart.series[0].values),))), *sections
    )


def rare() -> Briefing:
    """A briefing of letters that few documents hold, in its picture too."""
    chart = bars(RARE_TEXTS, tuple(float(number) for number in range(len(RARE_TEXTS))))
    sections = [section(f"rare{number}", text=text) for number, text in enumerate(RARE_TEXTS)]
    return briefing(section("chart", tuple((text, 1.0) for text in RARE_TEXTS), chart), *sections)


def long() -> Briefing:
    """A briefing with a table that no page holds."""
    return briefing(section("long", tuple((f"{number}번째 줄", float(number)) for number in range(120))))
