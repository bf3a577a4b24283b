"""Lists with dates: the steps of the renovation works, and what is done about suggestions."""

import datetime
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lib.intake.draft import EMPTY, Candidate, Cell, Missing, Row
from lib.intake.report import blocks, dates, letters, likeness, topics
from lib.intake.report.blocks import Line
from lib.intake.report.dates import Window
from lib.intake.report.reading import NOT_IN_FILE, Found, Reading, kept
from lib.intake.standing import TextRow

MOST = 2_000  # clauses with months; a report of a hundred pages has some two hundred
ALIKE = 0.75  # of the letter pairs of a step, from which a text is taken for it
ACTION_ALIKE, ACTION_SURE = 0.35, 0.6
NEW_STEP = "이전 판에 없는 단계입니다. 이름과 장소, 담당을 확인해 주십시오."
NEW_ACTION = "이전 판에 없는 조치입니다. 보고서의 글 그대로이니 짧은 항목으로 고쳐 주십시오."
_ACTIONS = re.compile(r"조치|향후계획|후속")
_CONTENT = re.compile(r"^(.*?)\s*:\s*[^:]*$")
_LONGEST = 80


class Clause(NamedTuple):
    """A part of a sentence with the months that it names."""

    text: str
    window: Window
    line: Line


def milestones(reading: Reading) -> Found:
    """The rows of milestone: standing steps with the months of this report; new steps are offered as candidates."""
    standing = reading.rows("milestone")
    within = reading.within(topics.RENOVATION)
    lines = blocks.paragraphs(within or list(reading.blocks))
    told = (clause for line in lines for clause in _clauses(line, reading.as_of.year))
    clauses = list(itertools.islice(told, MOST))
    matches = {row["milestone"]: _best(row, clauses) for row in standing}
    if not any(matches.values()):
        what = "청사 환경 개선의 단계와 시기를 찾지 못하였습니다. 시기가 ‘4~7월’처럼 적혀 있는지 확인해 주십시오."
        return Found(missing=[Missing("milestone", what)])
    rows: list[Row] = []
    missing = []
    for row in standing:
        match = matches[row["milestone"]]
        if match is None:
            rows.append(kept(row) | {"start_month": Cell(row["start_month"], doubt=NOT_IN_FILE)})
            what = f"단계 ‘{row['step']}’({row['place']})의 시기를 찾지 못하였습니다. 없어졌거나 바뀌었는지 확인해 주십시오."
            missing.append(Missing("milestone", what))
        else:
            rows.append(kept(row) | _months(match.window, match.line, row))
    used = {(clause.line.place, clause.window.start) for clause in matches.values() if clause}
    fresh = (
        [clause for clause in clauses if (clause.line.place, clause.window.start) not in used]
        if within
        else []
    )
    return Found(rows, _new_steps(fresh, rows), missing)


def _clauses(line: Line, year: int) -> Iterator[Clause]:
    """What stands before each window of months, from the one before it on; after it where nothing stands before."""
    bare = letters.squeezed(line.text)
    windows = [window for window in dates.windows(line.text, year) if not window.words]
    start = 0
    for number, window in enumerate(windows):
        text = bare[start : window.start]
        if len(letters.key(text)) < 2 or line.group < 0 and len(windows) == 1:
            following = windows[number + 1].start if number + 1 < len(windows) else len(bare)
            text = f"{text} {bare[window.end : following]}"
        yield Clause(text, window, line)
        start = window.end


def _best(row: TextRow, clauses: Sequence[Clause]) -> Clause | None:
    """The clause that tells of a step: its words, and where several do, those of its place."""
    found = [
        (bool(likeness.covered(row["step"], clause.text)), likeness.share(row["place"], clause.text), clause)
        for clause in clauses
        if likeness.covered(row["step"], clause.text) or likeness.share(row["step"], clause.text) >= ALIKE
    ]
    return max(found, key=lambda match: match[:2])[2] if found else None


def _months(window: Window, line: Line, row: TextRow | None = None) -> Row:
    doubt = ""
    if row and window.last is None and row["end_month"]:
        doubt = "이전 판에는 끝나는 달이 있었으나 이번 보고서에는 없습니다. 확인해 주십시오."
    last = window.last.isoformat() if window.last else EMPTY
    return {
        "start_month": Cell(window.first.isoformat(), line.place, window.printed),
        "end_month": Cell(last, line.place, window.printed, doubt),
    }


def _new_steps(clauses: Sequence[Clause], rows: Sequence[Row]) -> list[Candidate]:
    """Clauses with months that are no standing step, as rows for a person to complete."""
    found: list[Candidate] = []
    for clause in clauses:
        step = re.sub(r"^[^가-힣0-9A-Za-z]*(?:및|후|등)?|[^가-힣0-9A-Za-z]+$", "", clause.text)[:_LONGEST]
        if not step or not rows:
            continue
        near = rows[-1]
        cells = {
            "milestone": Cell(f"new-{len(found) + 1}", doubt=NEW_STEP),
            "work": Cell(near["work"].text, doubt=NEW_STEP),
            "step": Cell(step, clause.line.place, step),
            "owner": Cell(EMPTY),
            "place": Cell(EMPTY, doubt="장소를 적어 주십시오."),
            "predecessor": Cell(EMPTY),
            "position": Cell(str(len(rows) + len(found) + 1)),
        } | _months(clause.window, clause.line)
        row = {column: cells[column] for column in near}
        found.append(Candidate(letters.plain(clause.line.text), clause.line.place, "milestone", row))
    return found


class Action(NamedTuple):
    """An item of the list of actions, with its own window or that of the item above it."""

    text: str
    window: Window
    line: Line


def actions(reading: Reading) -> Found:
    """The rows of follow_up: standing actions with the windows of this report, and new ones."""
    standing = reading.rows("follow_up")
    within = reading.within(topics.MEETING)
    found = list(_actions(list(blocks.paragraphs(within)), reading.as_of.year))
    if not found:
        what = "조치사항과 향후계획을 찾지 못하였습니다. 항목과 시기가 ‘: 4~5월’처럼 적혀 있는지 확인해 주십시오."
        return Found(missing=[Missing("follow_up", what)])
    matches = _assigned(standing, found)
    rows: list[Row] = []
    missing = []
    for number, row in enumerate(standing):
        if number not in matches:
            rows.append(kept(row) | {"content": Cell(row["content"], doubt=NOT_IN_FILE)})
            missing.append(
                Missing(
                    "follow_up",
                    f"이전 판의 조치 ‘{row['content']}’: 찾지 못하였습니다. 끝났거나 바뀌었는지 확인해 주십시오.",
                )
            )
            continue
        place, score = matches[number]
        doubt = (
            "" if score >= ACTION_SURE else "보고서의 다른 글과 짝지었습니다. 같은 조치인지 확인해 주십시오."
        )
        action = found[place]
        content = Cell(row["content"], action.line.place, letters.plain(action.text), doubt)
        rows.append(kept(row) | {"content": content} | _window(action, reading.as_of, row))
    taken = {place for place, _ in matches.values()}
    meeting = standing[-1]["meeting"] if standing else EMPTY
    keys = {row["follow_up"] for row in standing}
    for place, action in enumerate(found):
        if place not in taken:
            number = next(
                number for number in range(1, 1 + len(keys) + len(found)) if f"new-{number}" not in keys
            )
            keys.add(f"new-{number}")
            rows.append(_new_action(f"new-{number}", meeting, action, len(rows) + 1, reading.as_of))
    return Found(rows, [], missing)


def _actions(lines: Sequence[Line], year: int) -> Iterator[Action]:
    """Items below a heading of actions; those of the second level without months take those of the first."""
    open_list, above = False, None
    for line in lines:
        sign = letters.bullet(line.text)
        if sign in ("□", "■") or not sign:
            if open_list and sign or _ACTIONS.search(letters.squeezed(line.text)):
                open_list, above = bool(_ACTIONS.search(letters.squeezed(line.text))), None
            elif line.group < 0 and open_list and (windows := dates.windows(line.text, year)):
                yield Action(letters.plain(line.text), windows[-1], line)
            continue
        if not open_list or sign == "※":
            continue
        windows = dates.windows(line.text, year)
        text = letters.item(line.text)
        if sign != "-":
            above = windows[-1] if windows else None
        window = windows[-1] if windows else above
        if window:
            content = _CONTENT.match(text)
            yield Action(content[1] if content and windows else text, window, line)


def _assigned(standing: Sequence[TextRow], found: Sequence[Action]) -> dict[int, tuple[int, float]]:
    """Item of each standing action, and how much alike they are; the most alike pairs first."""
    scores = sorted(
        (
            (_alike(row, action.text), -number, -place)
            for number, row in enumerate(standing)
            for place, action in enumerate(found[:200])
        ),
        reverse=True,
    )
    matches: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for score, number, place in scores:
        if score >= ACTION_ALIKE and -number not in matches and -place not in taken:
            matches[-number] = (-place, score)
            taken.add(-place)
    return matches


def _alike(row: TextRow, text: str) -> float:
    content = likeness.share(row["content"], text)
    return 0.6 * content + 0.4 * likeness.share(row["partner"], text) if row["partner"] else content


def _window(action: Action, as_of: datetime.date, row: TextRow | None = None) -> Row:
    """Months and printed window. 연중 and the like count from the month after the report, or as they stood."""
    window, place = action.window, action.line.place
    first, doubt = window.first, ""
    if (
        row
        and window.words
        and row["printed_window"] == window.printed
        and row["start_month"][:4] == str(first.year)
    ):
        first = datetime.date.fromisoformat(row["start_month"])
    elif window.words and first <= as_of and window.last and window.last > as_of:
        first = (as_of.replace(day=1) + datetime.timedelta(days=31)).replace(day=1)
        doubt = f"‘{window.printed}’의 시작을 기준일 다음 달로 적었습니다. 시작한 달을 확인해 주십시오."
    last = window.last.isoformat() if window.last else EMPTY
    return {
        "start_month": Cell(first.isoformat(), place, window.printed, doubt),
        "end_month": Cell(last, place, window.printed),
        "printed_window": Cell(window.printed, place, window.printed),
    }


def _new_action(name: str, meeting: str, action: Action, position: int, as_of: datetime.date) -> Row:
    window = _window(action, as_of)
    return {
        "follow_up": Cell(name, doubt=NEW_ACTION),
        "meeting": Cell(meeting),
        "content": Cell(action.text[:_LONGEST], action.line.place, action.text, NEW_ACTION),
        "owner": Cell(EMPTY),
        "partner": Cell(EMPTY),
        "start_month": window["start_month"],
        "end_month": window["end_month"],
        "printed_window": window["printed_window"],
        "position": Cell(str(position)),
    }
