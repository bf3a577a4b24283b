"""What the reader of reports makes of lines, departments, figures and plans that are new, gone or otherwise."""

import pytest

from lib.intake import check, hwpx, plain_text, standing
from lib.intake.draft import Cell, Draft, IntakeError, Row
from lib.intake.report import likeness
from tests.intake import report_file, report_parts
from tests.intake.report_file import Layout, Rows, standing_data

LAYOUT = Layout(report_file.SECOND_QUARTER)


def read(text: str) -> Draft:
    return plain_text.read("보고.txt", text, standing_data())


def drafted(facts: Rows, layout: Layout = LAYOUT) -> Draft:
    return read(report_file.text(report_file.report(facts, layout)))


def rows(draft: Draft, table: str) -> list[Row]:
    sheet = draft.sheet(table)
    assert sheet is not None
    return sheet.rows


def line(draft: Draft, name: str) -> Row:
    [row] = [row for row in rows(draft, "budget_line") if row["line"].text == name]
    return row


def said(draft: Draft, table: str) -> str:
    return "\n".join(missing.what for missing in draft.missing if missing.table == table)


# Lines of the budget --------------------------------------------------------------------------------


def with_line(facts: Rows, after: str, code: str, name: str, **amounts: str) -> None:
    """A line more, after the one of that code, below the code's own parent."""
    lines = facts["budget_line"]
    place = next(place for place, row in enumerate(lines) if row["line_code"] == after)
    row = dict.fromkeys(lines[0], "") | {
        "line_code": code,
        "parent_code": code.rpartition(".")[0],
        "line": name,
    }
    lines.insert(place + 1, row | {"side": lines[place]["side"]} | amounts)


def test_a_new_line_gets_a_new_code_and_its_parent_by_sums() -> None:
    """A new line takes the code of another, or stands below the total."""
    facts = report_file.published()
    with_line(
        facts,
        "revenue.nontax.current.interest",
        "revenue.nontax.current.x",
        "수수료수입",
        budget="2000",
        realised="10",
    )
    row = line(drafted(report_file.moved(facts, LAYOUT.as_of)), "수수료수입")
    assert row["line_code"].text == "revenue.nontax.current.new-1"
    assert "새 이름" in row["line_code"].doubt
    assert row["parent_code"].text == "revenue.nontax.current"
    assert "경상적세외수입" in row["parent_code"].doubt


def test_a_new_group_with_its_lines() -> None:
    """The lines of a new group become lines of the total, which then counts them twice."""
    facts = report_file.published()
    with_line(facts, "revenue.carry-over", "revenue.g", "내부거래")
    with_line(facts, "revenue.g", "revenue.g.a", "전입금", budget="1000", previous_budget="3000")
    with_line(facts, "revenue.g.a", "revenue.g.b", "예탁금회수", budget="4000")
    draft = drafted(report_file.moved(facts, LAYOUT.as_of), LAYOUT._replace(spaced=True))
    assert [line(draft, name)["line_code"].text for name in ("내부거래", "전입금", "예탁금회수")] == [
        *("revenue.new-1", "revenue.new-1.new-1", "revenue.new-1.new-2")
    ]


def test_a_renamed_line_keeps_its_code() -> None:
    """A line that is called a little otherwise loses its history."""
    facts = report_file.moved(report_file.published(), LAYOUT.as_of)
    [row] = [row for row in facts["budget_line"] if row["line"] == "불용품매각대금"]
    row["line"] = "불용품매각수입"
    found = line(drafted(facts), "불용품매각수입")
    assert found["line_code"].text == row["line_code"]
    assert "불용품매각대금" in found["line"].doubt


def test_a_line_that_is_gone_is_said() -> None:
    """A line falls out of the report, or of the reader, and nobody is told."""
    facts = report_file.moved(report_file.published(), LAYOUT.as_of)
    facts["budget_line"] = [row for row in facts["budget_line"] if row["line"] != "과태료"]
    draft = drafted(facts)
    assert "과태료" in said(draft, "budget_line")
    assert "revenue.penalties" not in [row["line_code"].text for row in rows(draft, "budget_line")]


def test_amounts_in_millions_are_stored_in_thousands() -> None:
    """A budget in 백만원 is published a thousand times too small, and nobody is told that it was converted."""
    facts = report_file.moved(report_file.published(), LAYOUT.as_of)
    draft = drafted(facts, LAYOUT._replace(unit="백만원"))
    total = rows(draft, "budget_line")[0]
    expected = facts["budget_line"][0]["budget"]
    assert total["budget"] == Cell(
        expected, total["budget"].place, f"{int(expected) // 1000:,}", total["budget"].doubt
    )
    assert "천원으로" in total["budget"].doubt


def test_a_table_without_a_unit_is_said() -> None:
    """A table in 백만원 whose unit stands nowhere is published as if it were in 천원."""
    text = report_file.text(report_file.report(report_file.published(), Layout()))
    assert "단위를 찾지 못하여" in said(read(text.replace("단위 : 천원, %", "")), "budget_line")


def test_a_number_that_cannot_be_read_is_doubted() -> None:
    """A smudged number becomes an empty cell that looks like a printed "-"."""
    facts = report_file.moved(report_file.published(), LAYOUT.as_of)
    [row] = [row for row in facts["budget_line"] if row["line"] == "재무활동"]
    printed = f"{int(row['budget']):,}"
    parts = [
        part._replace(rows=[[text.replace(printed, "1O,7O1") for text in texts] for texts in part.rows])
        if isinstance(part, report_parts.Table)
        else part
        for part in report_file.report(facts, LAYOUT)
    ]
    cell = line(hwpx.read("보고.hwpx", report_file.hwpx(parts), standing_data()), "재무활동")["budget"]
    assert (cell.text, cell.printed) == ("", "1O,7O1")
    assert "읽지 못하였습니다" in cell.doubt


# The other tables -----------------------------------------------------------------------------------


def test_a_new_department_and_its_duties() -> None:
    """A new department is left out, and its budget line has no department."""
    facts = report_file.published()
    new = dict.fromkeys(facts["department"][0], "") | {
        "department": "청년협력과",
        "kind": "과",
        "head_count": "15",
        "team_count": "3",
    }
    facts["department"].insert(7, new)
    facts["duty"] += [
        {"department": "청년협력과", "position": "1", "duty": "청년 교류"},
        {"department": "청년협력과", "position": "2", "duty": "청년 공간 조성"},
    ]
    with_line(
        facts, "expenditure.projects.training-centre", "expenditure.projects.x", "청년협력과", budget="20000"
    )
    draft = drafted(report_file.moved(facts, LAYOUT.as_of))
    [row] = [row for row in rows(draft, "department") if row["department"].text == "청년협력과"]
    assert (row["kind"].text, row["head_count"].text, row["team_count"].text) == ("과", "23", "3")
    assert "이전 판에 없는 부서" in row["kind"].doubt
    duties = [row["duty"] for row in rows(draft, "duty") if row["department"].text == "청년협력과"]
    assert [duty.text for duty in duties] == ["청년 교류", "청년 공간 조성"]
    assert all("이전 판에 없는 업무" in duty.doubt for duty in duties)
    assert line(draft, "청년협력과")["department"].text == "청년협력과"


def test_duties_keep_their_words() -> None:
    """The report's own sentence takes the place of the short items that stand."""
    assert likeness.covered("국외 교육훈련", "국내‧외 교육훈련")
    assert likeness.covered("비영리법인 관리 총괄", "비영리민간단체·법인 관리 총괄")
    assert likeness.covered("보수·수당", "보수 및 수당")
    assert not likeness.covered("표창", "표를 만들고 창을 닦음")
    assert not likeness.covered("공직선거", "공무원 직무 선택 거부")


def test_a_duty_that_is_gone_or_partly_new_is_said() -> None:
    """A duty that moved to another department stays with the old one."""
    facts = report_file.published()
    facts["duty"] = [row for row in facts["duty"] if row["duty"] != "공직선거"]
    facts["duty"][0]["duty"] = "청사 시설물 관리 및 기록물 이관"
    draft = drafted(facts, Layout())
    assert "공직선거" in said(draft, "duty")
    assert "기록물" in rows(draft, "duty")[0]["duty"].doubt
    assert rows(draft, "duty")[0]["duty"].text == "청사 시설물 관리"


def test_figures_that_are_not_found_keep_their_value_with_a_doubt() -> None:
    """A figure of the last report is published as one of this report."""
    text = report_file.text(report_file.report(report_file.published(), Layout()))
    draft = read("\n".join(row for row in text.split("\n") if "정원 884명" not in row))
    by_name = {row["figure"].text: row["value"] for row in rows(draft, "stated_figure")}
    assert (by_name["quota_council"].text, by_name["quota_council"].place) == ("884", "")
    assert "찾지 못하여" in by_name["quota_council"].doubt
    assert "25개 구의회 정원" in said(draft, "stated_figure")
    assert by_name["quota_district"].place and not by_name["quota_district"].doubt


def test_another_unit_of_a_figure_is_doubted() -> None:
    """66만명 and 661천명 stand in one column as if they were one unit."""
    text = report_file.text(report_file.report(report_file.published(), Layout()))
    draft = read(text.replace("송파구 66만명", "송파구 661천명"))
    [row] = [row for row in rows(draft, "stated_figure") if row["figure"].text == "population_max_district"]
    assert (row["value"].text, row["unit"].text) == ("661", "천명")
    assert "만명" in row["unit"].doubt


def test_the_chart_that_adds_up_is_the_current_one() -> None:
    """An older chart that was left in the report is shown as this year's."""
    facts = report_file.published()
    draft = drafted(facts, Layout(sections=tuple(reversed(report_file.SECTIONS))))
    current = [row for row in rows(draft, "population_bucket") if row["chart"].text == "current"]
    assert [row["unit_count"].text for row in current] == ["6", "15", "3", "1", "186", "164", "61", "15"]
    text = report_file.text(report_file.report(facts, Layout())).replace("426동", "425동")
    swapped = [row for row in rows(read(text), "population_bucket") if row["chart"].text == "current"]
    assert [row["unit_count"].text for row in swapped][4:] == ["161", "179", "71", "14"]


def test_steps_and_actions_that_are_not_found_are_doubted() -> None:
    """A step that the report no longer names goes on as planned, and nobody is told."""
    text = report_file.text(report_file.report(report_file.published(), Layout()))
    draft = read("\n".join(row for row in text.split("\n") if "설계 용역" not in row and "메일" not in row))
    [step] = [row for row in rows(draft, "milestone") if row["milestone"].text == "hall.design"]
    assert "찾지 못하여" in step["start_month"].doubt
    [action] = [row for row in rows(draft, "follow_up") if row["follow_up"].text == "mailing"]
    assert "찾지 못하여" in action["content"].doubt
    assert "설계 용역" in said(draft, "milestone") and "메일" in said(draft, "follow_up")


def test_new_steps_are_offered_and_new_actions_added() -> None:
    """A step that was added since stands in the report and nowhere else."""
    text = report_file.text(report_file.report(report_file.published(), Layout()))
    text = text.replace("- 본관 1층 설계 용역", "- 승강기 교체(9월~10월)\n\n- 본관 1층 설계 용역")
    text = text.replace("ㅇ 2024년 정책", "ㅇ 의료 상담 창구 마련 : 9월\n\nㅇ 2024년 정책")
    draft = read(text)
    [offered] = [candidate for candidate in draft.candidates if candidate.table == "milestone"]
    assert (offered.row["step"].text, offered.row["start_month"].text) == ("승강기교체", "2023-09-01")
    assert "승강기 교체" in offered.sentence
    action = rows(draft, "follow_up")[-1]
    assert (action["follow_up"].text, action["content"].text) == ("new-1", "의료 상담 창구 마련")
    assert "이전 판에 없는 조치" in action["content"].doubt


def test_plans_of_other_sections_are_no_actions() -> None:
    """A report without the meeting adds the plans of all its other sections to what the meeting agreed on."""
    sections = tuple(name for name in report_file.SECTIONS if name != "meeting")
    text = report_file.text(report_file.report(report_file.published(), Layout(sections=sections)))
    draft = read(f"{text}\n□ 향후계획\n\nㅇ 다른 일 추진 : 9월\n")
    assert draft.sheet("follow_up") is None
    assert "조치사항" in said(draft, "follow_up")


def test_staff_outside_of_its_section_is_doubted() -> None:
    """A sentence that happens to count the people of a department sets its staff."""
    text = report_file.text(report_file.report(report_file.published(), Layout()))
    draft = read(text.replace("조직 및 인력 : ", ""))
    assert all("밖에서" in row["head_count"].doubt for row in rows(draft, "department"))
    assert not any(row["head_count"].doubt for row in rows(read(text), "department"))


def test_prose_is_offered_beside_its_sentence() -> None:
    """What stands in prose is published as if a table had said so, or has to be typed."""
    text = report_file.text(report_file.report(report_file.published(), Layout()))
    draft = read(
        f"{text}\n근무성적평정 제도\n\nㅇ 분포 : 수(21%), 우(39%), 양(31%), 가(9%)\n\n유연근무제 현황\n\nㅇ 이용 (1,234→2,345건, 전월 대비 90%)"
    )
    shares = {
        c.row["grade"].text: c.row["share_percent"].text
        for c in draft.candidates
        if c.table == "grading_share"
    }
    assert shares == {"수": "21.0", "우": "39.0", "양": "31.0", "가": "9.0"}
    uses = {
        c.row["month"].text: c.row["use_count"].text
        for c in draft.candidates
        if c.table == "flexible_work_month"
    }
    assert uses == {"2023-02-01": "1234", "2023-03-01": "2345"}
    visits = [c for c in draft.candidates if c.table == "counselling_visit"]
    assert [c.row["organisation"].text for c in visits] == ["중부수도사업소", "서북병원"]
    assert all(c.row["organisation"].text in c.sentence and c.place for c in visits)
    assert not {"grading_share", "flexible_work_month", "counselling_visit"} & {
        sheet.table for sheet in draft.sheets
    }


def test_the_date_that_stands_most_often_is_taken_and_the_others_said() -> None:
    """A single table of another date moves the whole edition."""
    text = report_file.text(report_file.report(report_file.published(), Layout()))
    draft = read(f"{text}\n(기준 : ’22. 12. 31.)")
    assert {sheet.as_of for sheet in draft.sheets} == {report_file.PUBLISHED}
    assert "2022-12-31" in said(draft, "edition")


def test_what_was_read_can_be_published() -> None:
    """The reader's rows do not fit the tables, and a person mends by hand what no one printed wrongly."""
    facts = report_file.moved(report_file.published(), LAYOUT.as_of)
    data = standing_data()
    draft = standing.completed(drafted(facts), data)
    assert {sheet.table for sheet in draft.sheets if sheet.folder == "report"} == {
        name for name, table in data.tables.items() if table.folder == "report"
    }
    for sheet in draft.sheets:
        names = [column.name for column in data.tables[sheet.table].sheet_columns]
        assert all(list(row) == names for row in sheet.rows), sheet.table
    assert check.verdict(draft, data.folder).problems == []


def test_nothing_to_compare_with() -> None:
    """The very first report of a new installation cannot be read."""
    empty = standing_data()._replace(
        sheets={path: rows for path, rows in standing_data().sheets.items() if not path.startswith("report/")}
    )
    facts = report_file.published()
    draft = plain_text.read("보고.txt", report_file.text(report_file.report(facts, Layout())), empty)
    found = {row["line"].text: row for row in rows(draft, "budget_line") if row["side"].text == "세출"}
    [parent] = {row["parent_code"].text for name, row in found.items() if name.endswith("과")}
    assert parent == found["사업비"]["line_code"].text
    assert [row["head_count"].text for row in rows(draft, "department")] == [
        row["head_count"] for row in facts["department"]
    ]


def test_refusals_name_the_file() -> None:
    """One of ten files is refused, and nobody knows which."""
    with pytest.raises(IntakeError, match="보고.txt"):
        read("아무 글")
