"""Charts of PowerPoint's own, whose data opens in its sheet and is the data of the briefing."""

import io
from typing import Any

from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.enum.text import PP_ALIGN
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Emu, Inches, Pt
from xlsxwriter import Workbook

from lib import format, palette
from lib.briefing import slide_form
from lib.briefing.model import Chart

COLOURS = (palette.PRIMARY, palette.TEAL, palette.OCHRE, palette.NEUTRAL, palette.BEHIND, palette.AHEAD)
BELOW = palette.BEHIND
# The plot within its frame, as shares of width and height: so a level can be drawn at its place.
PLOT = (0.24, 0.04, 0.66, 0.86)


def add(slide: Slide, chart: Chart, box: tuple[int, int, int, int]) -> None:
    """Draws a chart of bars into a box (left, top, width, height in EMU), with its legend and text alternative."""
    stacked = len(chart.series) > 1 and chart.kind != "bar"
    kind = XL_CHART_TYPE.BAR_STACKED if stacked else XL_CHART_TYPE.BAR_CLUSTERED
    frame = slide.shapes.add_chart(kind, *(Emu(side) for side in box), _data(chart))
    slide_form.describe(frame, "그림", chart.message)
    drawn = frame.chart
    drawn.part.chart_workbook.update_from_xlsx_blob(_sheet(chart))
    drawn.font.size = Pt(_size(chart))
    drawn.has_title = False
    drawn.has_legend = len(chart.series) > 1 and not _starts(chart)
    if drawn.has_legend:
        drawn.legend.position = XL_LEGEND_POSITION.BOTTOM
        drawn.legend.include_in_layout = False
    _axes(drawn, chart, stacked)
    _bars(drawn.plots[0], chart, stacked)
    _fix_plot(drawn, bool(drawn.has_legend))
    slide_form.name_fonts(drawn._chartSpace)
    if chart.line and not stacked:
        _level(slide, chart, box)
    if _starts(chart):
        _months(slide, chart, box)
        _key(slide, chart, box)


def _starts(chart: Chart) -> bool:
    """Whether the first series only says where bars begin, in months from a January, and is not seen."""
    return chart.kind == "timeline" and len(chart.series) > 1


def number_format(chart: Chart) -> str:
    """How Excel writes the values: △ for minus, as everywhere."""
    decimals = f".{'0' * chart.decimals}" if chart.decimals else ""
    digits = f"0{decimals}%" if chart.percent else f"#,##0{decimals}"
    return f'{digits};"△"{digits}'


def bounds(chart: Chart) -> tuple[float, float]:
    """Least and greatest value of the axis: all bars and the level, and zero, with air for the numbers."""
    if chart.kind != "bar" and len(chart.series) > 1:
        sums = [sum(value or 0 for value in values) for values in zip(*_values(chart), strict=True)]
        most = max(sums) if max(sums) > 0 else 1.0
        return 0.0, float(max(12, most)) if _starts(chart) else most
    values = [value for series in _values(chart) for value in series if value is not None]
    values += [0.0, *([chart.line[1]] if chart.line else [])]
    low, high = min(values), max(values)
    air = 0.14 * (high - low or 1.0)
    return (low - air if low < 0 else 0.0), high + air


def _values(chart: Chart) -> list[tuple[float | None, ...]]:
    return [series.values for series in chart.series]


def _data(chart: Chart) -> CategoryChartData:
    data = CategoryChartData(number_format=number_format(chart))
    data.categories = chart.categories
    for series in chart.series:
        data.add_series(series.name, series.values)
    return data


def _sheet(chart: Chart) -> bytes:
    """The sheet behind a chart. Text stays text in it: "=1+1" is no formula and an address no link."""
    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, shown = book.add_worksheet(), book.add_format({"num_format": number_format(chart)})
    sheet.write_column(1, 0, chart.categories)
    for column, series in enumerate(chart.series, start=1):
        sheet.write_string(0, column, series.name)
        sheet.write_column(1, column, series.values, shown)
    book.close()
    return file.getvalue()


def _size(chart: Chart) -> int:
    if _starts(chart):
        return 11
    return 13 if len(chart.categories) <= 14 else 11 if len(chart.categories) <= 20 else 9


def _axes(drawn: Any, chart: Chart, stacked: bool) -> None:
    names, values = drawn.category_axis, drawn.value_axis
    names.reverse_order = True
    names.has_major_gridlines = False
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.format.line.color.rgb = slide_form.RULE
    _name_all(names)
    values.minimum_scale, values.maximum_scale = bounds(chart)
    values.has_major_gridlines = stacked
    values.visible = stacked
    values.tick_labels.number_format_is_linked = False
    if stacked:
        values.tick_labels.number_format = "0%" if chart.percent else "#,##0"
        values.major_gridlines.format.line.color.rgb = slide_form.RULE
        values.format.line.fill.background()
        if chart.percent:
            values.major_unit = 0.2
        if _starts(chart):
            values.major_unit = 1
            values.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    # With names from top to bottom the axis of values would be drawn above: the names cross it at its end.
    crosses = names._element.find(qn("c:crosses"))
    crosses.set("val", "autoZero")
    values._element.find(qn("c:crosses")).set("val", "max")


def _name_all(names: Any) -> None:
    """Every bar has its name, however many there are."""
    skip = etree.Element(qn("c:tickLblSkip"), val="1")
    names._element.find(qn("c:noMultiLvlLbl")).addprevious(skip)


def _bars(plot: Any, chart: Chart, stacked: bool) -> None:
    plot.gap_width = 45
    if stacked:
        plot.overlap = 100
    invisible = int(_starts(chart))
    for place, series in enumerate(plot.series):
        series.invert_if_negative = False
        if place < invisible:
            series.format.fill.background()
            continue
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = _colour(COLOURS[(place - invisible) % len(COLOURS)])
    if not stacked:
        plot.has_data_labels = True
        labels = plot.data_labels
        labels.position = XL_LABEL_POSITION.OUTSIDE_END
        labels.number_format, labels.number_format_is_linked = number_format(chart), False
        labels.show_value = True
        _mark_below(plot, chart)


def _mark_below(plot: Any, chart: Chart) -> None:
    """Bars that do not reach the level have the colour for it."""
    if not chart.line or len(chart.series) != 1:
        return
    for place, value in enumerate(chart.series[0].values):
        if value is not None and value < chart.line[1]:
            fill = plot.series[0].points[place].format.fill
            fill.solid()
            fill.fore_color.rgb = _colour(BELOW)


def _level(slide: Slide, chart: Chart, box: tuple[int, int, int, int]) -> None:
    """The level as a dashed line over the plot, with its name and number above it."""
    assert chart.line
    name, value = chart.line
    low, high = bounds(chart)
    left, top, width, height = box
    across = left + round(width * (PLOT[0] + PLOT[2] * (value - low) / (high - low)))
    upper, lower = top + round(height * PLOT[1]), top + round(height * (PLOT[1] + PLOT[3]))
    line = slide.shapes.add_connector(
        MSO_CONNECTOR.STRAIGHT, Emu(across), Emu(upper), Emu(across), Emu(lower)
    )
    line.line.color.rgb, line.line.width = slide_form.INK, Pt(1.5)
    line.line.dash_style = MSO_LINE.DASH
    shown = (
        format.rate(value, chart.decimals)
        if chart.percent
        else format.number(value, chart.decimals) + chart.unit
    )
    text = f"{name} {shown} (막대가 선에 못 미치면 미만)"
    slide_form.describe(line, "기준선", text)
    wide, air = Inches(4), Inches(0.06)
    beside = across + air + wide <= slide_form.RIGHT
    label = (across + air if beside else across - air - wide, upper - Inches(0.3), wide, Inches(0.28))
    align = PP_ALIGN.LEFT if beside else PP_ALIGN.RIGHT
    slide_form.text_box(slide, label, [(text, 13, slide_form.INK, True)], align)


def _months(slide: Slide, chart: Chart, box: tuple[int, int, int, int]) -> None:
    """The months above the plot, each over its own column."""
    count = round(bounds(chart)[1])
    left, top, width, height = box
    step = width * PLOT[2] / count
    for month in range(count):
        place = (round(left + width * PLOT[0] + step * month), top - Inches(0.08), round(step), Inches(0.28))
        slide_form.text_box(
            slide, place, [(f"{month % 12 + 1}월", 12, slide_form.GREY, False)], PP_ALIGN.CENTER
        )


def _key(slide: Slide, chart: Chart, box: tuple[int, int, int, int]) -> None:
    """A legend of what is seen: PowerPoint's own would name the months before it too."""
    left, top, width, height = box
    place = (left, top + height - Inches(0.45), width, Inches(0.3))
    shape = slide_form.text_box(slide, place, [("", 12, slide_form.INK, False)], PP_ALIGN.CENTER)
    [paragraph] = shape.text_frame.paragraphs
    for number, series in enumerate(chart.series[1:]):
        sign = paragraph.add_run()
        sign.text = "■ "
        sign.font.size, sign.font.color.rgb = Pt(12), _colour(COLOURS[number % len(COLOURS)])
        name = paragraph.add_run()
        name.text = f"{series.name}    "
        name.font.size, name.font.color.rgb = Pt(12), slide_form.INK


def _fix_plot(drawn: Any, legend: bool) -> None:
    """Lays the plot out by hand, so that names have room and a level falls on its value."""
    [area] = drawn._chartSpace.xpath("./c:chart/c:plotArea")
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    x, y, width, height = PLOT
    sides = {"x": x, "y": y, "w": width, "h": height - (0.1 if legend else 0)}
    layout = etree.Element(qn("c:layout"))
    manual = etree.SubElement(layout, qn("c:manualLayout"))
    etree.SubElement(manual, qn("c:layoutTarget"), val="inner")
    etree.SubElement(manual, qn("c:xMode"), val="edge")
    etree.SubElement(manual, qn("c:yMode"), val="edge")
    for side, share in sides.items():
        etree.SubElement(manual, qn(f"c:{side}"), val=f"{share:.4f}")
    area.insert(0, layout)


def _colour(text: str) -> RGBColor:
    return RGBColor.from_string(text[1:])
