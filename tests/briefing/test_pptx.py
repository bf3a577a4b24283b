"""The slides read back by python-pptx, and the sheets behind their charts by openpyxl."""

import io
from collections.abc import Iterator
from typing import Any

import openpyxl
import pptx as python_pptx
import pytest
from pptx.oxml.ns import qn

from lib.briefing import grid, pptx, slide_form
from lib.briefing.model import Briefing, Chart, Series
from tests.briefing import made


def opened(briefing: Briefing) -> Any:
    return python_pptx.Presentation(io.BytesIO(pptx.write(briefing)))


@pytest.fixture(scope="module")
def deck(briefing: Briefing) -> Any:
    return opened(briefing)


@pytest.fixture(scope="module")
def odd() -> Any:
    return opened(made.odd())


def texts(deck: Any) -> set[str]:
    """Every paragraph and cell of slides and notes."""
    found: set[str] = set()
    for slide in deck.slides:
        frames = [shape.text_frame for shape in slide.shapes if shape.has_text_frame]
        frames += [cell.text_frame for table in tables(slide) for cell in table.iter_cells()]
        if slide.has_notes_slide:
            frames.append(slide.notes_slide.notes_text_frame)
        found |= {paragraph.text for frame in frames for paragraph in frame.paragraphs}
    return found


def tables(slide: Any) -> list[Any]:
    return [shape.table for shape in slide.shapes if shape.has_table]


def charts(deck: Any) -> Iterator[Any]:
    for slide in deck.slides:
        yield from (shape.chart for shape in slide.shapes if shape.has_chart)


def native(briefing: Briefing) -> list[Chart]:
    return [section.chart for section in briefing.sections if section.chart and section.chart.kind != "map"]


def sheet(chart: Any) -> list[tuple[Any, ...]]:
    """The rows of the sheet that opens behind a chart, its head first."""
    [rows] = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).worksheets
    assert all(cell.data_type != "f" and cell.hyperlink is None for row in rows.iter_rows() for cell in row)
    return list(rows.iter_rows(values_only=True))


def test_every_number_and_text_is_on_a_slide_or_in_the_notes(deck: Any, briefing: Briefing) -> None:
    """A figure of the briefing is not there when somebody asks for it."""
    shown = "\n".join(texts(deck))
    assert [missing for missing in made.texts(briefing) if missing not in shown] == []


def test_charts_hold_the_numbers_of_the_briefing(deck: Any, briefing: Briefing) -> None:
    """PowerPoint opens a sheet whose numbers are not those that are drawn, or not ours."""
    drawn = list(charts(deck))
    assert drawn and len(drawn) == len(native(briefing))
    for shown, chart in zip(drawn, native(briefing), strict=True):
        assert tuple(shown.plots[0].categories) == chart.categories
        assert [(series.name, tuple(series.values)) for series in shown.plots[0].series] == list(chart.series)
        head, *rows = sheet(shown)
        assert head[1:] == tuple(series.name for series in chart.series)
        assert tuple(row[0] for row in rows) == chart.categories
        for column, series in enumerate(chart.series, start=1):
            held = [row[column] for row in rows]
            assert [value is None for value in held] == [value is None for value in series.values]
            # The sheet keeps 16 digits.
            there = [value for value in series.values if value is not None]
            assert [value for value in held if value is not None] == pytest.approx(there, rel=1e-14)


def test_all_that_is_drawn_has_a_text_alternative(deck: Any, briefing: Briefing) -> None:
    """A screen reader says "graphic" and nothing else."""
    for slide in deck.slides:
        for drawn in slide.shapes._spTree.xpath("./p:graphicFrame | ./p:pic | ./p:cxnSp"):
            [text] = drawn.xpath("./*[1]/p:cNvPr/@descr")
            assert text
    described = {
        str(text) for slide in deck.slides for text in slide.shapes._spTree.xpath(".//p:cNvPr/@descr")
    }
    assert {section.chart.message for section in briefing.sections if section.chart} <= described


def test_the_outline_reads_as_the_briefing(deck: Any, briefing: Briefing) -> None:
    """A slide without a title cannot be found in the outline, nor be jumped to."""
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert all(titles) and deck.core_properties.title == titles[0] == briefing.title
    for number, section in enumerate(briefing.sections, start=1):
        slide = deck.slides[titles.index(f"{number}. {section.title}")]
        assert slide.placeholders[1].text == section.message


def test_slides_are_wide_and_numbered(deck: Any) -> None:
    """Black bars beside every slide, and nobody can say which slide a question is about."""
    assert round(deck.slide_width / deck.slide_height, 2) == round(16 / 9, 2)
    for slide in list(deck.slides)[1:]:
        [number] = slide._element.xpath(".//a:fld[@type='slidenum']")
        assert number.getparent() is not None


def test_nothing_hangs_over_the_edge(deck: Any) -> None:
    """What lies outside the slide is not seen by the council."""
    for slide in [*deck.slides, *opened(made.long()).slides]:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width, shape.name
            assert shape.top + shape.height <= deck.slide_height, shape.name


def test_every_run_names_its_fonts(deck: Any) -> None:
    """Hangul falls back to whatever a machine has, and lines break elsewhere."""
    parts = [slide._element for slide in deck.slides]
    parts += [slide.notes_slide._element for slide in deck.slides if slide.has_notes_slide]
    runs = [run for part in parts for run in part.iter(qn("a:r"))]
    defaults = [properties for chart in charts(deck) for properties in chart._chartSpace.iter(qn("a:defRPr"))]
    assert runs and defaults
    for properties in [*(run.find(qn("a:rPr")) for run in runs), *defaults]:
        fonts = [properties.find(qn(tag)).get("typeface") for tag in ("a:latin", "a:ea")]
        assert fonts == [slide_form.FONT, slide_form.FONT]


def test_a_long_table_goes_on_with_its_heads() -> None:
    """The second slide of a table is a field of numbers without names, or rows are lost between two."""
    briefing = made.long()
    [table] = [section.table for section in briefing.sections]
    drawn = [table for slide in opened(briefing).slides for table in tables(slide)]
    assert len(drawn) > 1
    rows: list[tuple[str, ...]] = []
    for part in drawn:
        head, *body = [tuple(cell.text for cell in row.cells) for row in part.rows]
        assert head == grid.head_texts(table)
        rows += body
    assert tuple(rows) == grid.texts(table)


def test_heads_are_merged_as_in_the_table(deck: Any, briefing: Briefing) -> None:
    """A year stands beside 예산현액 instead of below it."""
    for section in briefing.sections:
        spans = {
            (head.row_span, head.column_span)
            for head in grid.heads(section.table)
            if head.row_span * head.column_span > 1
        }
        merged = {
            (cell.span_height, cell.span_width)
            for slide in deck.slides
            if slide.shapes.title.text.split(" – ", 1)[-1].startswith(section.table.title)
            for table in tables(slide)
            for cell in table.iter_cells()
            if cell.is_merge_origin
        }
        assert merged == spans


def test_text_is_never_taken_for_code(odd: Any) -> None:
    """A name from an uploaded file becomes a formula in the sheet behind a chart."""
    shown = "\n".join(texts(odd))
    assert [missing for missing in made.ODD_TEXTS if missing not in shown] == []
    [chart] = charts(odd)
    head, *rows = sheet(chart)
    assert head[1] == "=2+2"
    assert [row[0] for row in rows] == list(made.ODD_TEXTS) == list(chart.plots[0].categories)


def test_where_a_timeline_begins_is_not_seen() -> None:
    """The months before a step are drawn as if they were part of it."""
    chart = made.bars(("가", "나"), (0.0, 3.0))._replace(
        kind="timeline", series=(Series("1월부터", (0.0, 3.0)), Series("기간", (2.0, None)))
    )
    deck = opened(made.briefing(made.section(chart=chart)))
    [drawn] = charts(deck)
    first, second = drawn.plots[0].series
    assert first.format.fill.type is not None and first._element.xpath("./c:spPr/a:noFill")
    assert second._element.xpath("./c:spPr/a:solidFill")
    assert not drawn.has_legend
    assert [text for text in texts(deck) if "■" in text] == ["■ 기간    "]


def test_progress_is_told_to_the_end(briefing: Briefing) -> None:
    """A bar that stops at ninety percent, or runs backwards."""
    told: list[float] = []
    pptx.write(briefing, lambda share, step: told.append(share))
    assert told == sorted(told) and told[-1] == 1.0
