"""Facts in prose, offered beside their sentence: each a row as it stands with what the sentence says in place of it."""

import datetime
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from lib.intake.draft import EMPTY, Candidate, Cell
from lib.intake.report import blocks, dates, letters, topics
from lib.intake.report.blocks import Line
from lib.intake.report.reading import Reading

Values = dict[str, str]


class Fact(NamedTuple):
    """A row that a sentence tells of: its key, and the values that the sentence gives."""

    table: str
    key: Values
    values: Values


Reader = Callable[[re.Match[str], Line, datetime.date], Iterator[Fact]]


class Rule(NamedTuple):
    """Where to look for a fact, and how it is read; the pattern is of squeezed text."""

    topics: tuple[str, ...]
    pattern: re.Pattern[str]
    read: Reader


def candidates(reading: Reading) -> list[Candidate]:
    """One candidate per row that a sentence tells of, in the order of the report."""
    found: list[Candidate] = []
    topic_of = dict(zip(map(id, reading.blocks), reading.topics, strict=True))
    for topic in dict.fromkeys(topic_of.values()):
        rules = [rule for rule in RULES if topic in rule.topics]
        if not rules:
            continue
        for line in blocks.paragraphs(reading.within(topic)):
            bare = letters.squeezed(line.text)
            for rule in rules:
                for match in rule.pattern.finditer(bare):
                    found += [
                        _candidate(reading, line, match[0], fact)
                        for fact in rule.read(match, line, reading.as_of)
                    ]
    return list({(c.table, tuple(cell.text for cell in c.row.values())): c for c in found}.values())


def _candidate(reading: Reading, line: Line, printed: str, fact: Fact) -> Candidate:
    rows = reading.rows(fact.table)
    standing = next((row for row in rows if all(row[name] == text for name, text in fact.key.items())), None)
    columns = [column.name for column in reading.standing.tables[fact.table].sheet_columns]
    doubt = "" if standing else "이전 판에 없는 행입니다. 빈칸을 채워 주십시오."
    row = {}
    for column in columns:
        text = fact.values.get(column, fact.key.get(column))
        if text is not None:
            row[column] = Cell(text, line.place, printed[:80], doubt)
        elif column == "position" and standing is None:
            row[column] = Cell(str(len(rows) + 1))
        else:
            row[column] = Cell(standing[column] if standing else EMPTY, doubt=doubt)
    return Candidate(letters.plain(line.text), line.place, fact.table, row)


def _month(line: Line, as_of: datetime.date) -> datetime.date:
    """The month that a sentence names, else that of the report."""
    windows = [window for window in dates.windows(line.text, as_of.year) if not window.words]
    return windows[0].first if windows else as_of.replace(day=1)


def _use(match: re.Match[str], line: Line, as_of: datetime.date) -> Iterator[Fact]:
    month = _month(line, as_of)
    before = (month - datetime.timedelta(days=1)).replace(day=1)
    for day, count in ((before, match["before"]), (month, match["after"])):
        yield Fact(
            "flexible_work_month",
            {"month": day.isoformat()},
            {"use_count": count.replace(",", ""), "printed_unit": match["unit"]},
        )


def _starts(match: re.Match[str], line: Line, as_of: datetime.date) -> Iterator[Fact]:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if hour > 23 or minute > 59:
        return
    label = (
        f"{hour:02}시" + (f" {minute:02}분" if minute else "") + (" 이후" if match["open"] else "") + " 출근"
    )
    start = f"{hour:02}:{minute:02}"
    yield Fact(
        "flexible_work_start",
        {"start_band": label},
        {"earliest": start, "latest": EMPTY if match["open"] else start, "share_percent": match["share"]},
    )


def _rule(match: re.Match[str], line: Line, as_of: datetime.date) -> Iterator[Fact]:
    yield Fact(
        "flexible_work_rule",
        {"rank_band": f"{match['rank']}급 {match['side']}"},
        {"weekly_minimum": match["times"]},
    )


def _visit(match: re.Match[str], line: Line, as_of: datetime.date) -> Iterator[Fact]:
    days = dates.days(match["when"])
    if days:
        yield Fact(
            "counselling_visit",
            {"visit_number": match["number"]},
            {"visited_on": days[0].isoformat(), "organisation": match["who"]},
        )


def _grades(match: re.Match[str], line: Line, as_of: datetime.date) -> Iterator[Fact]:
    for grade, share in re.findall(r"([수우양가])\(([0-9.]+)%\)", match[0]):
        yield Fact("grading_share", {"grade": grade}, {"share_percent": _one_decimal(share)})


def _tiers(match: re.Match[str], line: Line, as_of: datetime.date) -> Iterator[Fact]:
    for tier, share in re.findall(r"(S\+\+|S\+|S|A|B|선정제외)\(([0-9.]+)%\)", match[0]):
        name = tier.replace("선정제외", "선정 제외")
        yield Fact("bonus_tier", {"regime": "개선 전", "tier": name}, {"share_percent": _one_decimal(share)})


def _regime(match: re.Match[str], line: Line, as_of: datetime.date) -> Iterator[Fact]:
    for regime, name in (("개선 전", "old"), ("개선 후", "new")):
        for item in ("recommended", "selected"):
            key = {"regime": regime, "item": f"{item}_share"}
            yield Fact("bonus_regime", key, {"value": match[f"{name}_{item}"]})


def _regime_item(*items: str) -> Reader:
    def read(match: re.Match[str], line: Line, as_of: datetime.date) -> Iterator[Fact]:
        for item in items:
            yield Fact("bonus_regime", {"regime": "개선 후", "item": item}, {"value": match[item]})

    return read


def _stated(dataset: str, *figures: str) -> Reader:
    def read(match: re.Match[str], line: Line, as_of: datetime.date) -> Iterator[Fact]:
        for figure in figures:
            if match[figure]:
                value = match[figure].replace(",", "")
                yield Fact("stated_figure", {"dataset": dataset, "figure": figure}, {"value": value})

    return read


def _meeting(match: re.Match[str], line: Line, as_of: datetime.date) -> Iterator[Fact]:
    days = dates.days(match["when"])
    if days:
        yield Fact(
            "meeting",
            {},
            {
                "held_on": days[0].isoformat(),
                "start_time": _time(match["start"]),
                "end_time": _time(match["end"]),
            },
        )


def _committee(match: re.Match[str], line: Line, as_of: datetime.date) -> Iterator[Fact]:
    for day in dates.days(match["when"])[:1]:
        yield Fact("grading_step", {"topic": "기준"}, {"held_on": day.isoformat()})


def _one_decimal(share: str) -> str:
    return share if "." in share else f"{share}.0"


def _time(text: str) -> str:
    hour, minute = text.split(":")
    return f"{int(hour):02}:{minute}"


_SHARE = r"[0-9]{1,3}(?:\.[0-9]+)?"
RULES = [
    Rule(
        (topics.FLEXIBLE_WORK,),
        re.compile(
            r"(?P<before>[0-9][0-9,]{0,9})(?:건|명)?(?:→|->|⇒)(?P<after>[0-9][0-9,]{0,9})(?P<unit>건|명)"
        ),
        _use,
    ),
    Rule(
        (topics.FLEXIBLE_WORK,),
        re.compile(r"전월(?:比|대비)?(?P<growth>[0-9]{1,4})%"),
        _stated("flexible_work", "growth"),
    ),
    Rule(
        (topics.FLEXIBLE_WORK,),
        re.compile(
            rf"(?<![0-9:])(?P<hour>[0-9]{{1,2}})(?:시|:)(?P<minute>[0-9]{{2}})?분?(?P<open>이후)?(?:출근)?\((?P<share>{_SHARE})%\)"
        ),
        _starts,
    ),
    Rule(
        (topics.FLEXIBLE_WORK,),
        re.compile(r"(?P<rank>[0-9])급(?P<side>이하|이상)주(?P<times>[0-9])회"),
        _rule,
    ),
    Rule(
        (topics.FLEXIBLE_WORK,),
        re.compile(r"1일(?P<daily_hours>[0-9]{1,2})시간"),
        _stated("flexible_work", "daily_hours"),
    ),
    Rule(
        (topics.COUNSELLING,),
        re.compile(r"(?P<target_count>[0-9][0-9,]{0,7})명\([^()%]{0,20}의(?P<target_share>[0-9.]{1,5})%"),
        _stated("counselling", "target_count", "target_share"),
    ),
    Rule(
        (topics.COUNSELLING,),
        re.compile(r"월(?P<monthly_visit_plan>[0-9]{1,2})회"),
        _stated("counselling", "monthly_visit_plan"),
    ),
    Rule(
        (topics.COUNSELLING,),
        re.compile(r"(?P<visit_count>[0-9]{1,3})회(?:현장)?방문"),
        _stated("counselling", "visit_count"),
    ),
    Rule(
        (topics.COUNSELLING,),
        re.compile(
            r"\(?제(?P<number>[0-9]{1,3})회\)?:?(?P<who>[가-힣]{2,20}?(?:소|원|관|과|센터|본부|단|처|국))(?![가-힣]*:)(?P<rest>[^()]{0,60})\((?P<when>[^()]{6,20})\)"
        ),
        _visit,
    ),
    Rule(
        (topics.GRADING, topics.BONUS),
        re.compile(rf"수\({_SHARE}%\).{{0,3}}우\({_SHARE}%\).{{0,3}}양\({_SHARE}%\).{{0,3}}가\({_SHARE}%\)"),
        _grades,
    ),
    Rule(
        (topics.GRADING,),
        re.compile(r"(?P<introduced_year>20[0-9]{2})년도입"),
        _stated("grading", "introduced_year"),
    ),
    Rule((topics.GRADING,), re.compile(r"위원회[^()]{0,10}개최\((?P<when>[^()]{6,20})\)"), _committee),
    Rule(
        (topics.BONUS,),
        re.compile(rf"S\({_SHARE}%\),?A\({_SHARE}%\),?B\({_SHARE}%\).{{0,8}}(?:선정제외\({_SHARE}%\))?"),
        _tiers,
    ),
    Rule(
        (topics.BONUS,),
        re.compile(
            r"현원의(?P<old_recommended>[0-9.]{1,4})%추천,(?P<old_selected>[0-9.]{1,4})%[^→]{0,10}→[^0-9]{0,12}"
            r"(?P<new_recommended>[0-9.]{1,4})%추천,(?P<new_selected>[0-9.]{1,4})%"
        ),
        _regime,
    ),
    Rule(
        (topics.BONUS,),
        re.compile(r"최소(?P<team_minimum>[0-9]{1,2})명~최대(?P<team_maximum>[0-9]{1,2})명"),
        _regime_item("team_minimum", "team_maximum"),
    ),
    Rule(
        (topics.BONUS,), re.compile(r"점수의(?P<team_multiple>[0-9.]{1,4})배"), _regime_item("team_multiple")
    ),
    Rule(
        (topics.BONUS,),
        re.compile(r"최소추천비율(?P<junior_minimum_share>[0-9]{1,3})%"),
        _regime_item("junior_minimum_share"),
    ),
    Rule(
        (topics.MEETING,),
        re.compile(
            r"(?P<when>'?[0-9]{2,4}[.년][0-9]{1,2}[.월][0-9]{1,2}[.일]?)(?:\([^()]\))?(?P<start>[0-9]{1,2}:[0-5][0-9])~(?P<end>[0-9]{1,2}:[0-5][0-9])"
        ),
        _meeting,
    ),
    Rule(
        (topics.MEETING,),
        re.compile(r"지원단체\(?(?P<support_group_count>[0-9]{1,3})개"),
        _stated("meeting", "support_group_count"),
    ),
    Rule(
        (topics.MEETING,),
        re.compile(r"시의회\([^()]{0,12}?(?P<council_count>[0-9]{1,3})명"),
        _stated("meeting", "council_count"),
    ),
    Rule(
        (topics.MEETING,),
        re.compile(r"유관기관\((?P<agency_count>[0-9]{1,3})개"),
        _stated("meeting", "agency_count"),
    ),
    Rule(
        (topics.RENOVATION,),
        re.compile(r"건립이후(?P<building_age>[0-9]{1,3})년"),
        _stated("renovation", "building_age"),
    ),
]
