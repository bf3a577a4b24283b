"""The form that slides are made from: 16:9, three layouts, Korean fonts for Latin and Hangul."""

import functools
import io
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from pptx.util import Emu, Inches, Length, Pt

from lib import palette

FONT = "맑은 고딕"
WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
LEFT, RIGHT = Inches(0.6), Inches(12.733)
BODY_TOP, BODY_BOTTOM = Inches(1.95), Inches(6.75)
PRIMARY = RGBColor.from_string(palette.PRIMARY[1:])
NAVY, INK, GREY, PALE, RULE = (
    RGBColor.from_string(colour) for colour in ("14306B", "1F1F1F", "55606E", "EEF3FD", "B6BFCA")
)
COVER, TEXT, SHEET = range(3)  # layouts
_COVER, _TEXT, _SHEET = 0, 1, 5  # where they are in python-pptx's own form
_NUMBER_TYPE = "sldNum"


def deck() -> Deck:
    """An empty presentation with the layouts COVER, TEXT (title and text) and SHEET (title only)."""
    return Presentation(io.BytesIO(_blank()))


def place(shape: BaseShape, left: int, top: int, width: int, height: int) -> None:
    """Puts a shape where it belongs, in EMU."""
    shape.left, shape.top, shape.width, shape.height = Emu(left), Emu(top), Emu(width), Emu(height)


def add_number(slide: Slide) -> None:
    """Gives a slide its number, which PowerPoint counts."""
    [number] = [shape for shape in slide.slide_layout.placeholders if _is_number(shape)]
    slide.shapes._spTree.append(deepcopy(number._element))


def describe(shape: BaseShape, name: str, text: str) -> None:
    """The name of a shape in PowerPoint's list, and the text alternative that is read aloud."""
    properties = shape._element.xpath(".//p:cNvPr")[0]
    properties.set("name", name)
    properties.set("descr", text)


def name_fonts(root: Any) -> None:
    """Names FONT for Latin and Hangul in every run and every default below an element."""
    latin, hangul = qn("a:latin"), qn("a:ea")
    for properties in [*_run_properties(root), *root.iter(qn("a:defRPr"))]:
        if properties.find(hangul) is not None and properties.find(hangul).get("typeface") == FONT:
            continue
        properties.set("lang", "ko-KR")
        properties.set("altLang", "en-US")
        for old in [*properties.findall(latin), *properties.findall(hangul)]:
            properties.remove(old)
        # Their place is behind line, fill, effects and highlight.
        after = [
            child for child in properties if etree.QName(child).localname not in ("cs", "sym", "hlinkClick")
        ]
        for offset, tag in enumerate((latin, hangul)):
            font = etree.Element(tag, typeface=FONT)
            properties.insert(len(after) + offset, font)


def _run_properties(root: Any) -> Iterator[Any]:
    for tag in ("a:r", "a:fld"):
        for run in root.iter(qn(tag)):
            properties = run.find(qn("a:rPr"))
            if properties is None:
                properties = etree.Element(qn("a:rPr"))
                run.insert(0, properties)
            yield properties


@functools.cache
def _blank() -> bytes:
    form = Presentation()
    form.slide_width, form.slide_height = WIDTH, HEIGHT
    layouts = list(form.slide_layouts)
    kept = [layouts[index] for index in (_COVER, _TEXT, _SHEET)]
    for layout in layouts:
        if layout not in kept:
            form.slide_layouts.remove(layout)
    for layout, name in zip(kept, ("표지", "제목과 본문", "제목과 표"), strict=True):
        layout.name = name
    _theme(form)
    master = form.slide_master
    _lay_out(master.placeholders)
    _styles(master._element)
    for layout in kept:
        _lay_out(layout.placeholders)
    _cover(kept[COVER])
    for part in (master, *kept):
        name_fonts(part._element)
    file = io.BytesIO()
    form.save(file)
    return file.getvalue()


def _theme(form: Deck) -> None:
    """The fonts that everything else falls back on, tables, charts and notes included."""
    part: Any = form.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = etree.fromstring(part.blob)
    for tag in ("a:latin", "a:ea"):
        for font in theme.iter(qn(tag)):
            font.set("typeface", FONT)
            font.attrib.pop("panose", None)
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def _lay_out(placeholders: Any) -> None:
    """Puts title, text and number where they belong; date and footer go."""
    for shape in list(placeholders):
        kind = shape._element.xpath(".//p:ph")[0].get("type")
        if kind == "title":
            place(shape, LEFT, Inches(0.35), RIGHT - LEFT, Inches(0.7))
        elif kind in ("body", None):
            place(shape, LEFT, Inches(1.1), RIGHT - LEFT, Inches(0.75))
        elif kind == _NUMBER_TYPE:
            place(shape, RIGHT - Inches(1.2), Inches(6.98), Inches(1.2), Inches(0.35))
        elif kind in ("dt", "ftr"):
            shape._element.getparent().remove(shape._element)


def _cover(layout: Any) -> None:
    for shape in layout.placeholders:
        kind = shape._element.xpath(".//p:ph")[0].get("type")
        if kind == "ctrTitle":
            place(shape, LEFT, Inches(2.1), RIGHT - LEFT, Inches(1.3))
        elif kind == "subTitle":
            place(shape, LEFT, Inches(3.6), RIGHT - LEFT, Inches(2.6))
            for level in shape._element.iter(qn("a:lvl1pPr")):
                level.set("algn", "l")


def _styles(master: Any) -> None:
    """Titles at the left and bold; text without bullets, since the house writes its own signs."""
    [title] = master.xpath("./p:txStyles/p:titleStyle/a:lvl1pPr")
    title.set("algn", "l")
    title.find(qn("a:defRPr")).set("sz", "2800")
    title.find(qn("a:defRPr")).set("b", "1")
    for level in master.xpath("./p:txStyles/p:bodyStyle/*"):
        level.set("marL", "0")
        level.set("indent", "0")
        for bullet in [*level.findall(qn("a:buChar")), *level.findall(qn("a:buFont"))]:
            level.remove(bullet)
        level.insert(1 if level.find(qn("a:spcBef")) is not None else 0, etree.Element(qn("a:buNone")))
        level.find(qn("a:defRPr")).set("sz", "2000")


def _is_number(shape: BaseShape) -> bool:
    return bool(shape._element.xpath(f".//p:ph[@type='{_NUMBER_TYPE}']"))


def text_box(
    slide: Slide,
    box: tuple[int, int, int, int],
    lines: list[tuple[str, float, RGBColor, bool]],
    align: PP_ALIGN = PP_ALIGN.LEFT,
    anchor: MSO_ANCHOR = MSO_ANCHOR.TOP,
) -> BaseShape:
    """A box of text: each line with its size in points, its colour and whether it is bold."""
    shape = slide.shapes.add_textbox(*(Length(side) for side in box))
    frame = shape.text_frame
    frame.word_wrap = True
    frame.vertical_anchor = anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for number, (text, size, colour, bold) in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = align
        run = paragraph.add_run()
        run.text = text
        run.font.size, run.font.bold = Pt(size), bold
        run.font.color.rgb = colour
    return shape
