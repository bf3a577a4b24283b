"""What was promised, by when: the renovation works (what-if included), and the actions after the meeting."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from lib import commitments, format, sources
from lib.briefing import evidence
from lib.briefing.model import Chart, Column, Figure, Question, Section, Series, Table
from lib.briefing.settings import Settings
from lib.briefing.titles import TITLES
from lib.charts import timeline
from lib.queries import meeting as meetings
from lib.queries import schedule
from lib.rules import scenario
from lib.rules.schedule import Month

WORKS, ACTIONS = "청사 환경 개선", "간담회 조치사항"
MONTHLY = "일정은 월 단위이며, 상태는 기준일과 일정에서 계산한 것입니다."


def renovation(settings: Settings) -> Section:
    """The steps of both works; with moves set, the assumed plan beside the report's."""
    planned = schedule.commitments(settings.as_of, WORKS)
    steps, supposed = _assumed(planned, settings)
    moved = supposed[supposed["change"] != "변동 없음"]
    open_ended = steps[steps["open_ended"]]
    message = (
        "가정: " + ", ".join(f"{row.label} {row.text}" for row in moved.itertuples())
        if len(moved)
        else _progress(steps, planned, settings)
    )
    return Section(
        key="renovation",
        title=TITLES["renovation"] + "(가정)" * bool(len(moved)),
        message=message,
        figures=_step_figures(steps),
        table=_steps(steps, planned if len(moved) else None, settings),
        chart=_gantt(steps, settings, message),
        notes=(
            MONTHLY,
            *(
                (f"끝나는 시기가 보고서에 없는 단계: {', '.join(open_ended['label'])}",)
                if len(open_ended)
                else ()
            ),
            *(("굵은 막대는 가정한 일정, 가는 회색 막대는 보고서의 일정입니다.",) if len(moved) else ()),
            *(f"가정: {row.label} {row.text}" for row in moved.itertuples()),
            *evidence.open_checks(settings, ["renovation"]),
        ),
        sources=tuple(sources.lines(["renovation"], settings.as_of)),
        datasets=("renovation",),
        as_of=settings.as_of,
        speaker_notes=tuple(
            "보고서 일정: " * bool(len(moved)) + line.replace("**", "")
            for line in commitments.agenda(planned, settings.as_of)
        ),
        questions=tuple(_step_questions(planned, settings)),
    )


def meeting(settings: Settings) -> Section:
    """The latest meeting: who took part, what was asked for, and which action answers it."""
    held = next(meetings.meetings(settings.as_of).itertuples())
    suggestions = meetings.suggestions(settings.as_of, held.meeting)
    answers = meetings.answers(settings.as_of, held.meeting)
    planned = schedule.commitments(settings.as_of, ACTIONS)
    planned = planned[planned["topic"] == held.title]
    actions = commitments.standing(planned, settings.as_of, settings.as_of)
    unanswered = suggestions[~suggestions["suggestion"].isin(answers["suggestion"])]
    message = (
        f"{held.title}에서 나온 건의 {len(suggestions)}건 가운데 {len(suggestions) - len(unanswered)}건에 "
        f"답하는 조치가 있고, 조치는 모두 {len(actions)}건입니다"
    )
    return Section(
        key="meeting",
        title=TITLES["meeting"],
        message=message,
        figures=(
            Figure("건의", len(suggestions), "건", 0, f"{suggestions['topic'].nunique()}개 주제"),
            Figure("조치", len(actions), "건", 0, f"예정 {(actions['status'] == '예정').sum()}건"),
            Figure("답이 없는 건의", len(unanswered), "건", 0, "보고서의 조치에서 찾지 못함"),
            *_attendance(settings, held.meeting),
        ),
        table=_suggestions(suggestions, answers, actions),
        chart=_gantt(actions, settings, message),
        notes=(
            f"{format.date(held.held_on)} {held.start_time}~{held.end_time}, {held.place}",
            "건의와 조치의 짝은 보고서가 밝힌 것이 아니라 자료 작성자가 읽은 것입니다.",
            MONTHLY,
            *evidence.open_checks(settings, ["meeting"]),
        ),
        sources=tuple(sources.lines(["meeting"], settings.as_of)),
        datasets=("meeting",),
        as_of=settings.as_of,
        speaker_notes=tuple(line.replace("**", "") for line in commitments.agenda(planned, settings.as_of)),
        questions=tuple(_suggestion_questions(unanswered, actions)),
    )


def _attendance(settings: Settings, meeting: str) -> Iterator[Figure]:
    """The largest party, with the others beside it."""
    parties = meetings.participants(settings.as_of, meeting)
    counts = parties.groupby("kind", sort=False).agg({"participant_count": "sum", "unit": "first"})
    first, *others = counts.itertuples()
    beside = " · ".join(f"{party.Index} {party.participant_count}{party.unit}" for party in others)
    yield Figure(f"참석 {first.Index}", int(first.participant_count), first.unit, 0, beside)


def _assumed(planned: pd.DataFrame, settings: Settings) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Where the steps stand after the moves, and what the moves changed."""
    as_of = settings.as_of
    result = commitments.rescheduled(
        planned, scenario.after(commitments.plan(planned), dict(settings.moves), as_of)
    )
    supposed = commitments.changes(planned, result, as_of, as_of)
    steps = commitments.standing(result, as_of, as_of)
    if (supposed["change"] != "변동 없음").any():
        steps = steps.assign(before_start=planned["start_month"], before_end=planned["end_month"])
    return steps, supposed


def _progress(steps: pd.DataFrame, planned: pd.DataFrame, settings: Settings) -> str:
    done = (steps["status"] == "완료").sum()
    month, event = commitments.next_due(planned, settings.as_of)
    ahead = f", 다음 일정은 {month} {event}입니다" if month != format.EMPTY else ""
    return f"{len(steps)}개 단계 가운데 {done}개가 끝났{'고' if ahead else '습니다'}{ahead}"


def _step_figures(steps: pd.DataFrame) -> tuple[Figure, ...]:
    counts = [(status, int((steps["status"] == status).sum())) for status in commitments.STATUSES]
    return (
        *(Figure(status, count, "개", 0, f"전체 {len(steps)}개 단계") for status, count in counts),
        Figure(commitments.OPEN, int(steps["open_ended"].sum()), "개", 0, "끝나는 시기가 보고서에 없음"),
    )


def _steps(steps: pd.DataFrame, planned: pd.DataFrame | None, settings: Settings) -> Table:
    heads = [
        Column("사업"),
        Column("단계"),
        Column("기간"),
        Column("상태"),
        Column("담당"),
        Column("장소·대상"),
    ]
    rows = [
        [row.topic, row.label, row.window, row.state, row.owner or commitments.UNOWNED, row.detail]
        for row in steps.itertuples()
    ]
    if planned is not None:
        heads[2] = Column("가정한 기간")
        heads.insert(2, Column("보고서 기간"))
        windows = commitments.standing(planned, settings.as_of, settings.as_of)["window"]
        for row, window in zip(rows, windows, strict=True):
            row.insert(2, window)
    return Table("단계별 일정", tuple(heads), tuple(map(tuple, rows)))


def _gantt(steps: pd.DataFrame, settings: Settings, message: str) -> Chart:
    """Bars as months from the January of the first year on: a gap, a length, and a month for an open end."""
    first = Month(min(Month.of(day) for day in steps["start_month"]).year, 1)
    starts = [Month.of(day) for day in steps["start_month"]]
    ends = [None if pd.isna(day) else Month.of(day) for day in steps["end_month"]]
    lengths = [
        None if end is None else float(end - start + 1) for start, end in zip(starts, ends, strict=True)
    ]
    return Chart(
        "timeline",
        message,
        tuple(steps["label"]),
        (
            Series(f"{first.year}년 1월부터 시작까지", tuple(float(start - first) for start in starts)),
            Series("기간", tuple(lengths)),
            Series("종료 미정(첫 달만 표시)", tuple(1.0 if length is None else None for length in lengths)),
        ),
        "개월",
        0,
        timeline.gantt(steps.assign(text=steps["window"] + " " + steps["state"]), settings.as_of),
    )


def _step_questions(planned: pd.DataFrame, settings: Settings) -> list[Question]:
    """Questions about the report's plan, whatever was tried with it."""
    steps = commitments.standing(planned, settings.as_of, settings.as_of)
    questions = [
        Question(
            f"{step.label}, 언제 끝납니까?",
            f"{format.month(step.start_month)}에 시작하며 끝나는 시기는 보고서에 없습니다. "
            f"담당은 {step.owner or commitments.UNOWNED}입니다.",
        )
        for step in steps[steps["open_ended"]].itertuples()
    ]
    pairs = commitments.clashes(planned, settings.as_of)
    questions += [
        Question(
            f"{pair.window}에 두 사업이 겹치지 않습니까?",
            f"두 단계가 같은 때에 있습니다. {pair.left_label}: {_owner(pair.left_owner)}, {pair.left_place}. "
            f"{pair.right_label}: {_owner(pair.right_owner)}, {pair.right_place}.",
        )
        for pair in pairs.itertuples()
    ]
    return questions


def _owner(name: str) -> str:
    return f"담당 {name}" if name else commitments.UNOWNED


def _suggestions(suggestions: pd.DataFrame, answers: pd.DataFrame, actions: pd.DataFrame) -> Table:
    windows = actions.set_index("commitment")["window"]
    rows = []
    for row in suggestions.itertuples():
        own = answers[answers["suggestion"] == row.suggestion]
        rows.append(
            (
                row.topic,
                row.content,
                ", ".join(own["label"]) or "아직 없음",
                ", ".join(dict.fromkeys(windows[key] for key in own["commitment"])) or format.EMPTY,
            )
        )
    heads = (Column("주제"), Column("건의"), Column("답하는 조치"), Column("기간"))
    return Table("건의와 조치", heads, tuple(rows))


def _suggestion_questions(unanswered: pd.DataFrame, actions: pd.DataFrame) -> list[Question]:
    questions = []
    if len(unanswered):
        named = ", ".join(f"{row.content}({row.topic})" for row in unanswered.itertuples())
        questions.append(
            Question(
                "아직 조치가 없는 건의는 무엇입니까?",
                f"{named} {len(unanswered)}건입니다. 보고서의 조치 가운데 바로 답하는 것을 찾지 못했습니다.",
            )
        )
    late: Any = actions[actions["start_month"] == actions["start_month"].max()].iloc[0]
    questions.append(
        Question(
            "가장 늦게 시작하는 조치는 무엇입니까?",
            f"{late['label']}, {format.month(late['start_month'])} 시작입니다.",
        )
    )
    return questions
