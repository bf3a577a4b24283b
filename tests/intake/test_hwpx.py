"""Reports in .hwpx, drawn in many layouts, read back to the figures that they were made from."""

import io
import random
import re
import zipfile
from collections.abc import Callable

import pytest
from hwpx import HwpxDocument

from lib.intake import hwpx, limits
from lib.intake.draft import Draft, IntakeError
from lib.intake.report.blocks import Grid, Line
from tests.intake import report_file
from tests.intake.report_file import DRAWN_LAYOUTS, Layout, standing_data

each_layout = pytest.mark.parametrize("layout", DRAWN_LAYOUTS.values(), ids=DRAWN_LAYOUTS)
SECTION = "Contents/section0.xml"


def read(content: bytes) -> Draft:
    return hwpx.read("보고.hwpx", content, standing_data())


@pytest.fixture(scope="module")
def report() -> bytes:
    return report_file.hwpx(report_file.report(report_file.published(), Layout()))


def with_section(content: bytes, change: Callable[[str], str]) -> bytes:
    """The file with its only section changed."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(changed, "w") as target:
        for entry in source.infolist():
            part = source.read(entry)
            if entry.filename == SECTION:
                part = change(part.decode("utf-8")).encode("utf-8", "surrogatepass")
            target.writestr(entry, part)
    return changed.getvalue()


@each_layout
def test_figures_read_back_equal(layout: Layout) -> None:
    """A figure of the report is lost, or lands in another line, when its tables are drawn otherwise."""
    facts = report_file.facts_of(layout)
    draft = read(report_file.hwpx(report_file.report(facts, layout)))
    assert report_file.unlike(facts, draft) == []
    assert {sheet.as_of for sheet in draft.sheets} == {layout.as_of}
    assert draft.missing == []


def test_every_read_cell_names_its_place(report: bytes) -> None:
    """A person looks for the place of a doubtful figure in forty pages."""
    tables = {table.name: table for table in hwpx.blocks("보고.hwpx", report) if isinstance(table, Grid)}
    sheet = read(report).sheet("budget_line")
    assert sheet is not None
    for row in sheet.rows:
        match = re.fullmatch(r"(표 \d+)의 (\d+)행 (\d+)열", row["budget"].place)
        assert match
        slot = tables[match[1]].rows[int(match[2]) - 1][int(match[3]) - 1]
        assert slot.text == row["budget"].printed


def test_merged_cells_fill_what_they_cover(report: bytes) -> None:
    """A head over two columns belongs to the first alone, and the second column has no name."""
    table = next(
        block
        for block in hwpx.blocks("보고.hwpx", report)
        if isinstance(block, Grid) and len(block.rows[0]) == 7
    )
    first, second = table.rows[:2]
    assert first[3].text == first[4].text != second[3].text
    assert first[3].origin == first[4].origin == (0, 3)
    assert first[0] is second[0]


def document(*texts: str) -> HwpxDocument:
    made = HwpxDocument.new()
    for text in texts:
        made.add_paragraph(text)
    return made


def blocks(made: HwpxDocument) -> list[Line | Grid]:
    return list(hwpx.blocks("보고.hwpx", made.to_bytes()))


def test_a_frame_around_text_is_text() -> None:
    """A heading set in a table of one cell is no heading, and what is below it belongs to another section."""
    made = document("앞")
    made.add_table(1, 1).set_cell_text(0, 0, "부서별 담당업무")
    made.add_table(1, 2).set_cell_text(0, 1, "세입총괄")
    made.add_table(3, 1).set_cell_text(1, 0, "- 설계 용역(4월)\n- 공사(8월)")
    assert all(isinstance(block, Line) for block in blocks(made))
    assert [block.text for block in blocks(made) if isinstance(block, Line)] == [
        *("앞", "부서별 담당업무", "세입총괄", "- 설계 용역(4월)", "- 공사(8월)")
    ]


def test_a_table_within_a_cell_is_read() -> None:
    """A page laid out as a table hides the tables within it."""
    made = document("앞")
    inner = made.add_table(2, 2).cell(0, 0).add_table(2, 3)
    for column, text in enumerate(("부서", "팀", "인력")):
        inner.set_cell_text(0, column, text)
        inner.set_cell_text(1, column, ("총무과", "7", "178")[column])
    grids = [block for block in blocks(made) if isinstance(block, Grid)]
    assert [[slot.text for slot in row] for row in grids[-1].rows] == [
        ["부서", "팀", "인력"],
        ["총무과", "7", "178"],
    ]


def test_boxes_stay_apart() -> None:
    """The name in one box goes with the count in the next, and a department has another's people."""
    made = document("조직 및 인력 : 1과 1사업소 2명")
    for text in ("총 무 과\n7팀 178명", "5팀 41명\n인 사 과"):
        made.add_paragraph("").add_rectangle().set_draw_text(text)
    lines = [block for block in blocks(made) if isinstance(block, Line)]
    assert [line.text for line in lines[1:]] == ["총 무 과", "7팀 178명", "5팀 41명", "인 사 과"]
    assert lines[1].group == lines[2].group != lines[3].group == lines[4].group


def test_numbers_behind_a_chart_are_read() -> None:
    """A distribution that the report draws instead of printing it has to be typed."""
    facts = report_file.published()
    content = report_file.hwpx(report_file.report(facts, Layout(buckets="chart")))
    assert report_file.unlike(facts, read(content)) == []
    sheet = read(content).sheet("population_bucket")
    assert sheet is not None
    assert all("비율" in row["share_percent"].doubt and row["unit_count"].place for row in sheet.rows)


def test_a_chart_without_its_part_is_a_picture() -> None:
    """A chart whose numbers are lost ends the reading of the whole report."""
    facts = report_file.published()
    content = report_file.hwpx(report_file.report(facts, Layout(buckets="chart")))
    draft = read(with_section(content, lambda xml: xml.replace('chartIDRef="', 'chartIDRef="no/')))
    assert draft.sheet("population_bucket") is None
    assert any("분포" in missing.what for missing in draft.missing)


def test_what_is_not_printed_is_not_read(report: bytes) -> None:
    """A figure that a tracked change takes out, or the head of a page, is published."""
    text = '<hp:t>인<hp:tab/>력<hp:deleteBegin Id="1"/>없앤 글<hp:deleteEnd Id="1"/><hp:lineBreak/>남은<hp:fwSpace/>글</hp:t>'
    paragraph = f'<hp:p id="0"><hp:run charPrIDRef="0"><hp:ctrl><hp:header id="1"><hp:subList><hp:p><hp:run><hp:t>쪽 머리</hp:t></hp:run></hp:p></hp:subList></hp:header></hp:ctrl>{text}</hp:run></hp:p>'
    gone = (
        '<hp:p><hp:run><hp:t>앞<hp:deleteBegin Id="2"/>없앤</hp:t></hp:run></hp:p><hp:p><hp:run><hp:t>문단</hp:t></hp:run></hp:p>'
        '<hp:p><hp:run><hp:t>끝<hp:deleteEnd Id="2"/>뒤</hp:t></hp:run></hp:p>'
    )
    changed = with_section(report, lambda xml: xml.replace("</hs:sec>", f"{paragraph}{gone}</hs:sec>"))
    lines = [block.text for block in hwpx.blocks("보고.hwpx", changed) if isinstance(block, Line)]
    assert lines[-4:] == ["인\t력", "남은\u3000글", "앞", "뒤"]
    assert "쪽 머리" not in lines


def test_cells_without_an_address_follow_one_another(report: bytes) -> None:
    """A file of another program puts all cells of a table into its first one."""
    changed = with_section(report, lambda xml: re.sub(r"<hp:cellAddr[^>]*/>", "", xml))
    facts = report_file.published()
    draft = read(with_section(changed, lambda xml: xml.replace("세입총괄", "세입총괄 ")))
    sheet = draft.sheet("duty")
    assert sheet is not None
    assert [row["duty"].text for row in sheet.rows] == [row["duty"] for row in facts["duty"]]


HUGE = str(limits.TABLE_CELLS)
SPOILT: dict[str, Callable[[str], str]] = {
    "a cell over all": lambda xml: xml.replace('rowSpan="1"', f'rowSpan="{HUGE}"', 5),
    "many cells over all": lambda xml: xml.replace('rowSpan="1"', 'rowSpan="90"').replace(
        'colSpan="1"', 'colSpan="90"'
    ),
    "a cell far away": lambda xml: xml.replace('colAddr="1"', f'colAddr="{HUGE}"', 1),
    "no figures": lambda xml: re.sub(r"[0-9]+(?=[^<>]*</hp:t>)", "", xml),
    "cut off": lambda xml: xml[: len(xml) // 2],
    "another root": lambda xml: "<a/>",
    "empty": lambda xml: "",
    "an entity": lambda xml: xml.replace("?>", '?><!DOCTYPE a [<!ENTITY b "세입">]>', 1).replace(
        "세입", "&b;"
    ),
    "deep": lambda xml: xml.replace("</hs:sec>", "<hp:p>" * 900 + "</hp:p>" * 900 + "</hs:sec>"),
    "half a letter": lambda xml: xml.replace("총", "\ud800"),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_spoilt_section_is_refused(report: bytes, spoil: Callable[[str], str]) -> None:
    """A damaged or hostile file ends in a trace, in all of the memory, or in an edition without figures."""
    with pytest.raises(IntakeError) as refused:
        read(with_section(report, spoil))
    [problem] = refused.value.problems
    assert problem.file == "보고.hwpx"
    assert problem.found and problem.expected.endswith("오.")


def test_a_document_without_a_section_is_refused(report: bytes) -> None:
    """A workbook that is called .hwpx becomes an empty edition."""
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w") as target:
        target.writestr("mimetype", "application/hwp+zip")
    with pytest.raises(IntakeError, match="본문이 없습니다"):
        read(changed.getvalue())


@pytest.mark.parametrize("seed", range(20))
def test_a_mutated_file_is_read_or_refused(report: bytes, seed: int) -> None:
    """A file with some bytes wrong ends in a trace instead of a sentence."""
    chance = random.Random(seed)
    content = bytearray(report)
    for _ in range(chance.randint(1, 30)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    expect_sentence(bytes(content))


@pytest.mark.parametrize("seed", range(40))
def test_a_mutated_section_is_read_or_refused(report: bytes, seed: int) -> None:
    """Elements lost, doubled or moved, and attributes that are none, end in a trace instead of a sentence."""
    expect_sentence(with_section(report, lambda xml: mutated(xml, random.Random(seed))))


def expect_sentence(content: bytes) -> None:
    try:
        assert read(content).sheets
    except IntakeError as refused:
        assert all(problem.found and problem.expected for problem in refused.problems)


ELEMENT = re.compile(r"<hp:(p|tr|tc|run|subList)\b[^>]*>(?:(?!<hp:\1\b).)*?</hp:\1>", re.DOTALL)
ATTRIBUTE = re.compile(r'(rowAddr|colAddr|rowSpan|colSpan)="[^"]*"')
STRANGE = ["-1", "", "0", "x", "99999999999", "２", "1.5", "300"]


def mutated(xml: str, chance: random.Random) -> str:
    """The XML of a section, still well formed, with some elements dropped, doubled or moved and attributes changed."""
    for _ in range(chance.randint(1, 8)):
        found = [match.span() for match in ELEMENT.finditer(xml)]
        if not found:
            return xml
        start, end = chance.choice(found)
        kind = chance.choice(["drop", "double", "move", "attribute", "text"])
        if kind == "drop":
            xml = xml[:start] + xml[end:]
        elif kind == "double":
            xml = xml[:end] + xml[start:end] * chance.randint(1, 20) + xml[end:]
        elif kind == "move":
            element, xml = xml[start:end], xml[:start] + xml[end:]
            place = chance.choice([match.start() for match in ELEMENT.finditer(xml)] or [xml.rindex("</")])
            xml = xml[:place] + element + xml[place:]
        elif kind == "attribute":
            places = list(ATTRIBUTE.finditer(xml))
            for match in sorted(chance.sample(places, min(5, len(places))), key=lambda match: -match.start()):
                xml = xml[: match.start()] + f'{match[1]}="{chance.choice(STRANGE)}"' + xml[match.end() :]
        else:
            texts = [match.span(1) for match in re.finditer(r"<hp:t>([^<]*)</hp:t>", xml)]
            first, last = chance.choice(texts)
            xml = (
                xml[:first]
                + chance.choice(["", "-", "△", "9" * 400, "계", "(기준 : ’99. 9. 31.)"])
                + xml[last:]
            )
    return xml
