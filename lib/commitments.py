"""What was promised, between the database and the rules: rows as steps, and what the rules say about each.

Rows are those of queries.schedule.commitments. They keep their columns; what is derived stands beside them.
"""

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from lib import db, format
from lib.calendar_file import Entry
from lib.queries import schedule as recorded
from lib.rules import schedule
from lib.rules.schedule import Month, Slip, Step

OPEN = "종료 미정"
STATUSES = ("완료", "진행 중", "예정")
UNOWNED = "담당 미기재"
UNCHANGED = "변동 없음"
CHANGES = (
    "지연",
    "종료 미정 전환",
    "제외",
    "신규",
    "종료 확정",
    "앞당김",
    "조기 완료",
    "완료 후 제외",
)


def plan(rows: pd.DataFrame) -> tuple[Step, ...]:
    """The rows as steps, in their order. Raises StepError where they make no sound plan."""
    steps = [
        Step(row.commitment, Month.of(row.start_month), _month(row.end_month), row.predecessor or None)
        for row in rows.assign(predecessor=rows["predecessor"].fillna("")).itertuples()
    ]
    return schedule.ordered(steps) and tuple(steps)


def _days(months: Sequence[Month | None]) -> pd.DatetimeIndex:
    """The first days of months, nothing where there is none."""
    return pd.DatetimeIndex([pd.NaT if month is None else pd.Timestamp(month.first) for month in months])


def _month(day: Any) -> Month | None:
    return None if pd.isna(day) else Month.of(day)


def rescheduled(rows: pd.DataFrame, steps: Sequence[Step]) -> pd.DataFrame:
    """The rows with the months of the steps of the same keys, and whether their end is assumed."""
    by_key = {step.key: step for step in steps}
    matched = [by_key[key] for key in rows["commitment"]]
    return rows.assign(
        start_month=_days([step.start for step in matched]),
        end_month=_days([step.end for step in matched]),
        end_assumed=[step.end_assumed for step in matched],
    )


def standing(rows: pd.DataFrame, as_of: datetime.date, today: datetime.date) -> pd.DataFrame:
    """The rows with where they stand.

    status (on the as-of date), open_ended, overdue (the end passed between the as-of date and today), window
    (months as text) and state (status and what is uncertain, as text).
    """
    assumed = rows["end_assumed"] if "end_assumed" in rows else pd.Series(False, index=rows.index)
    steps = plan(rows)
    result = rows.assign(
        status=[schedule.status(step, as_of) for step in steps],
        open_ended=[step.open_ended for step in steps],
        overdue=[schedule.overdue(step, as_of, today) for step in steps],
        window=[window(step, as_of.year) for step in steps],
    )
    return result.assign(
        state=[
            row.status + f"({OPEN})" * row.open_ended + "(종료는 가정)" * bool(end_assumed)
            for row, end_assumed in zip(result.itertuples(), assumed, strict=True)
        ]
    )


@db.remembered
def published(as_of: datetime.date, kind: str, today: datetime.date) -> pd.DataFrame:
    """All that an edition promises of a kind (queries.schedule.commitments), with where it stands. Not to be changed."""
    return standing(recorded.commitments(as_of, kind), as_of, today)


def window(step: Step, year: int) -> str:
    """The months of a step, such as 1월, 4~7월, 8월~, 2023년 11월~2024년 2월; the year where it is another."""
    start, end = _named(step.start, year), ""
    if step.end == step.start:
        return start
    if step.end is not None:
        end = _named(step.end, step.start.year)
        if step.start.year == step.end.year:
            start = start.removesuffix("월")
    return f"{start}~{end}"


def _named(month: Month, year: int) -> str:
    return f"{month.month}월" if month.year == year else f"{month.year}년 {month.month}월"


def matching(
    rows: pd.DataFrame, topics: Sequence[str], owner: str | None, states: Sequence[str]
) -> pd.DataFrame:
    """The rows of some topics, an owner (UNOWNED: without one) and some states; empty asks for all.

    A state is a status or OPEN; a row needs one of them.
    """
    kept = pd.Series(True, index=rows.index)
    if topics:
        kept &= rows["topic"].isin(topics)
    if owner:
        kept &= rows["owner"] == ("" if owner == UNOWNED else owner)
    if states:
        kept &= rows["status"].isin(states) | (rows["open_ended"] & (OPEN in states))
    return rows[kept]


def owners(rows: pd.DataFrame) -> list[str]:
    """The owners in the order they appear; UNOWNED last where a row has none."""
    named = [owner for owner in dict.fromkeys(rows["owner"]) if owner]
    return named + [UNOWNED] * bool((rows["owner"] == "").any())


def agenda(rows: pd.DataFrame, as_of: datetime.date) -> list[str]:
    """Starts and ends after the as-of date as Markdown, by month, nearest first: **4월 시작** 설계 용역(총무과)."""
    named = rows.set_index("commitment")
    lines: dict[str, list[str]] = {}
    for due in schedule.upcoming(plan(rows), as_of):
        month = _named(Month.of(due.day), as_of.year) + (" 말" if due.event == "종료" else "")
        lines.setdefault(f"**{month} {due.event}**", []).append(_titled(named.loc[due.key]))
    return [f"{when} {', '.join(titles)}" for when, titles in lines.items()]


def overdue(rows: pd.DataFrame) -> list[str]:
    """What of the standing should have ended since the report, as Markdown."""
    return [
        f"**{format.month(row['end_month'])} 말** {_titled(row)}"
        for _, row in rows[rows["overdue"]].sort_values("end_month", kind="stable").iterrows()
    ]


def without_end(rows: pd.DataFrame) -> list[str]:
    """What of the standing has no end, as Markdown."""
    return [
        f"**{format.month(row['start_month'])}** 시작 {_titled(row)}"
        for _, row in rows[rows["open_ended"]].iterrows()
    ]


def _titled(row: Any) -> str:
    return f"{row['label']}({row['owner']})" if row["owner"] else str(row["label"])


def next_due(rows: pd.DataFrame, as_of: datetime.date) -> tuple[str, str]:
    """The nearest month with a start or an end, and what falls on it; both "-" where nothing lies ahead."""
    dues = schedule.next_due(plan(rows), as_of)
    if not dues:
        return format.EMPTY, format.EMPTY
    labels = rows.set_index("commitment")["label"]
    rest = f" 등 {len(dues)}건" if len(dues) > 1 else ""
    return format.month(dues[0].day), f"{labels[dues[0].key]} {dues[0].event}{rest}"


def changes(
    before: pd.DataFrame, after: pd.DataFrame, before_on: datetime.date, after_on: datetime.date
) -> pd.DataFrame:
    """What became of each step between two editions: of each topic the later one's in its order, then those gone.

    Rows of the edition that has the step, with change, text (by how many months, in words), window and months,
    and before_window, before_start and before_end of the earlier edition. A step that is gone has no start_month,
    a new one no before_start.
    """
    slips = schedule.slips(plan(before), plan(after), before_on, after_on)
    rows = pd.concat([after, before[~before["commitment"].isin(after["commitment"])]], ignore_index=True)
    result = rows.assign(
        start_month=_days([slip.after and slip.after.start for slip in slips]),
        end_month=_days([slip.after and slip.after.end for slip in slips]),
        change=[slip.change for slip in slips],
        text=[slipped(slip, after_on.year) or format.EMPTY for slip in slips],
        before_start=_days([slip.before and slip.before.start for slip in slips]),
        before_end=_days([slip.before and slip.before.end for slip in slips]),
        before_window=[_window(slip.before, after_on.year) for slip in slips],
        window=[_window(slip.after, after_on.year) for slip in slips],
    )
    topics = {topic: rank for rank, topic in enumerate(dict.fromkeys(result["topic"]))}
    return result.sort_values(
        "topic", key=lambda column: column.map(topics), kind="stable", ignore_index=True
    )


def tally(changed: pd.DataFrame) -> list[str]:
    """How many steps of changes became what, what is most to be looked at first: 지연 2건, 신규 1건."""
    counts = changed["change"].value_counts()
    return [f"{change} {counts[change]}건" for change in CHANGES if change in counts]


def drawn_changes(changed: pd.DataFrame, as_of: datetime.date) -> pd.DataFrame:
    """Changes as the chart wants them: the status on the as-of date, and what changed beside each bar."""
    steps = [
        None
        if pd.isna(row.start_month)
        else Step(row.commitment, Month.of(row.start_month), _month(row.end_month))
        for row in changed.itertuples()
    ]
    return changed.assign(
        status=["" if step is None else schedule.status(step, as_of) for step in steps],
        text=changed["change"],
    )


def _window(step: Step | None, year: int) -> str:
    return format.EMPTY if step is None else window(step, year)


def slipped(slip: Slip, year: int) -> str:
    """A slip in words, such as 종료 2개월 늦어짐(7월 → 9월); empty where nothing moved."""
    if slip.before is None:
        return "이번 보고에 새로 들어옴"
    if slip.after is None:
        return "이번 보고에서 빠짐"
    parts = [
        _moved("시작", slip.before.start, slip.after.start, year),
        _moved("종료", slip.before.end, slip.after.end, year),
    ]
    return ", ".join(part for part in parts if part)


def _moved(event: str, before: Month | None, after: Month | None, year: int) -> str:
    if before == after:
        return ""
    if before is None or after is None:
        names = [OPEN if month is None else _named(month, year) for month in (before, after)]
        return f"{event}({names[0]} → {names[1]})"
    direction = "늦어짐" if after > before else "앞당겨짐"
    return f"{event} {abs(after - before)}개월 {direction}({_named(before, year)} → {_named(after, year)})"


def entries(rows: pd.DataFrame, kind: str) -> Iterator[Entry]:
    """The rows of a kind for a calendar; one without an end is an entry of its first day, and says so."""
    for row, step in zip(rows.itertuples(), plan(alone(rows)), strict=True):
        notes = [f"담당: {row.owner or UNOWNED}", f"{step.start} 시작, {OPEN}" if step.open_ended else ""]
        yield Entry(
            key=f"{kind}/{row.commitment}",
            title=row.label,
            first=step.start.first,
            last=step.end.last if step.end else None,
            description="\n".join(note for note in notes if note),
            place=row.detail,
            category=row.topic,
        )


def alone(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows waiting for none: a selection may lack what they wait for."""
    return rows.assign(predecessor=None)


def clashes(rows: pd.DataFrame, as_of: datetime.date) -> pd.DataFrame:
    """One row per pair of steps of different topics that are under way at once after the as-of date.

    window: the months they share; left and right: the steps with owner and place, as text.
    """
    steps = plan(rows)
    topics = list(dict.fromkeys(rows["topic"]))
    named = rows.set_index("commitment")
    of_topic = {
        topic: [step for step, its in zip(steps, rows["topic"], strict=True) if its == topic]
        for topic in topics
    }
    pairs = [
        overlap
        for number, topic in enumerate(topics)
        for other in topics[number + 1 :]
        for overlap in schedule.overlaps(of_topic[topic], of_topic[other])
        if overlap.end is None or overlap.end.last > as_of
    ]
    return pd.DataFrame(
        [
            {
                "window": window(Step(pair.left, pair.start, pair.end), as_of.year),
                "left": pair.left,
                "right": pair.right,
                "left_label": named.loc[pair.left, "label"],
                "right_label": named.loc[pair.right, "label"],
                "left_owner": named.loc[pair.left, "owner"],
                "right_owner": named.loc[pair.right, "owner"],
                "left_place": named.loc[pair.left, "detail"],
                "right_place": named.loc[pair.right, "detail"],
            }
            for pair in pairs
        ],
        columns=[
            "window",
            *(f"{side}{of}" for of in ("", "_label", "_owner", "_place") for side in ("left", "right")),
        ],
    )
