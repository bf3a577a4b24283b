"""커트라인: an uploaded order of people cut into grades, and what people read of it (cells as text).

The list belongs to one visit. Nothing here is cached or written, no error quotes an identifier or a
score, and the one table that may leave the visit, `summary`, hides counts under five.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from lib import format, upload
from lib.evaluation import distribution
from lib.evaluation.plan import Plan
from lib.rules import cut_line, grading, rating_unit, suppression
from lib.upload.sheet import Problem, UploadError

GRADES = grading.GRADES
TIES: dict[str, cut_line.CutTie] = {
    "제출 순위대로": "order",
    "모두 나은 등급": "upper",
    "모두 낮은 등급": "lower",
}
COLUMNS = (
    upload.Column("unit", "평정단위", also=("단위", "부서")),
    upload.Column("rank", "직급", required=False, default=""),
    upload.Column("identifier", "식별번호", also=("식별자", "번호", "연번", "관리번호")),
    upload.Column("score", "점수", "number", most=cut_line.MAXIMUM_SCORE, also=("평정점", "평정점수")),
)
HIDDEN = "5명 미만"
ALSO_HIDDEN = "비공개"


class Group(NamedTuple):
    """One unit and 직급 of the list, cut."""

    label: str
    cut: cut_line.Cut
    asked: grading.Distribution
    """The distribution that the cut follows."""


class Cutting(NamedTuple):
    """The list under one plan."""

    groups: tuple[Group, ...]
    exempt: tuple[str, ...]
    """Labels of the groups whose 직급 is under no quota (4급 이상)."""
    problem: str
    """Why nothing could be cut, in Korean; empty where it could."""


def people(name: str, content: bytes) -> tuple[cut_line.Person, ...]:
    """The people of an uploaded list, in its order. UploadError for what cannot be read."""
    rows = upload.table(name, content, COLUMNS, key=("unit", "rank", "identifier"))
    return of_rows(rows)


def of_rows(rows: pd.DataFrame) -> tuple[cut_line.Person, ...]:
    """The people of the rows; UploadError for a score that is not of 0 … 70."""
    problems = [
        Problem(int(row), "점수", "70점을 넘는 점수가 있으니", "0~70의 점수로 고치십시오")
        for row, score in rows["score"].items()
        if score > cut_line.MAXIMUM_SCORE
    ]
    if problems:
        raise UploadError(problems)
    return tuple(cut_line.Person(row.identifier, row.score, row.unit, row.rank) for row in rows.itertuples())


def cutting(plan: Plan, everyone: Sequence[cut_line.Person]) -> Cutting:
    """The list cut by the plan's rule, each unit and 직급 on its own.

    Units are never pooled here, since no order is given across them. Confirmed cases of 가 are those of
    the plan's unit of the same name and 직급.
    """
    rosters = cut_line.rosters(everyone)
    exempt = [roster for roster in rosters if grading.has_quota(roster.rank) is False]
    graded = [roster for roster in rosters if roster not in exempt]
    confirmed = {(unit.name, unit.rank): unit.confirmed for unit in plan.units}
    units = [
        rating_unit.Unit(
            roster.unit,
            len(roster.people),
            roster.rank,
            min(confirmed.get((roster.unit, roster.rank), 0), len(roster.people)),
        )
        for roster in graded
    ]
    tied = plan.settings["scope"] == "전체 합계에 맞춤"
    result = rating_unit.outcome(units, distribution.rule(plan.settings), tied=tied)
    labels = tuple(f"{roster.unit} {roster.rank}".strip() for roster in exempt)
    if not result.feasible:
        return Cutting((), labels, result.reason)
    return Cutting(
        tuple(
            Group(
                f"{roster.unit} {roster.rank}".strip(),
                cut_line.cut(roster.people, row.counts, TIES[plan.settings["cut_tie"]]),
                row,
            )
            for roster, row in zip(graded, result.rows, strict=True)
        ),
        labels,
        "",
    )


def counts(made: Cutting) -> pd.DataFrame:
    """One row per group: people per grade."""
    return pd.DataFrame(
        [
            {
                "평정단위": group.label,
                "인원": format.number(len(group.cut.people)),
                **{grade: format.number(n) for grade, n in zip(GRADES, group.cut.counts, strict=True)},
                "점수대와 다름": format.number(len(group.cut.violations)),
                "동점": format.number(len(group.cut.ties)),
            }
            for group in made.groups
        ]
    )


def lines(group: Group) -> pd.DataFrame:
    """One row per cut: where it stands and the scores on its two sides."""
    return pd.DataFrame(
        [
            {
                "커트라인": f"{GRADES[line.above]} / {GRADES[line.below]}",
                "위치": f"{line.position:,}번째 뒤",
                "위쪽 마지막 점수": str(line.last_score),
                "아래쪽 첫 점수": str(line.first_score),
                "점수 차": format.number(float(line.last_score - line.first_score), 2),
            }
            for line in group.cut.lines
        ]
    )


def ties(group: Group) -> pd.DataFrame:
    """One row per group of equal scores that a cut divides: who is affected by each rule."""
    return pd.DataFrame(
        [
            {
                "점수": str(tied.score),
                "동점자": ", ".join(
                    f"{name}({GRADES[grade]})"
                    for name, grade in zip(tied.identifiers, tied.by_order, strict=True)
                ),
                "모두 나은 등급이면 올라가는 사람": ", ".join(tied.rising) or format.EMPTY,
                "모두 낮은 등급이면 내려가는 사람": ", ".join(tied.falling) or format.EMPTY,
            }
            for tied in group.cut.ties
        ]
    )


def violations(group: Group, limit: int) -> pd.DataFrame:
    """One row per person whose grade is not that of the score's band."""
    return pd.DataFrame(
        [
            {
                "식별번호": violation.identifier,
                "점수": str(violation.score),
                "배분된 등급": GRADES[violation.grade],
                "점수대 등급": GRADES[violation.band],
            }
            for violation in group.cut.violations[:limit]
        ]
    )


def inversions(group: Group, limit: int) -> pd.DataFrame:
    """One row per two neighbours of whom the lower has the higher score."""
    return pd.DataFrame(
        [
            {
                "순위": f"{inversion.position + 1:,} · {inversion.position + 2:,}",
                "앞사람": f"{inversion.upper} ({inversion.upper_score})",
                "뒷사람": f"{inversion.lower} ({inversion.lower_score})",
            }
            for inversion in group.cut.inversions[:limit]
        ]
    )


def moves(before: Cutting, after: Cutting, label: str, limit: int) -> tuple[int, pd.DataFrame]:
    """How many people of the group have another grade than in the baseline, and one row for each."""
    old = {group.label: group.cut for group in before.groups}.get(label)
    new = {group.label: group.cut for group in after.groups}.get(label)
    moved = cut_line.moves(old, new) if old and new else ()
    return len(moved), pd.DataFrame(
        [
            {"식별번호": move.identifier, "기준안": GRADES[move.before], "비교안": GRADES[move.after]}
            for move in moved[:limit]
        ]
    )


def points(group: Group) -> pd.DataFrame:
    """One row per person for the picture: place (from 1), score, grade."""
    return pd.DataFrame(
        {
            "place": range(1, len(group.cut.people) + 1),
            "score": [float(cut_line.rounded_score(person.score)) for person in group.cut.people],
            "grade": [GRADES[grade] for grade in group.cut.grades],
        }
    )


def summary(made: Cutting) -> pd.DataFrame:
    """One row per group, then the sums: people per grade, with counts under five hidden, and what gives them away."""
    table = np.array([group.cut.counts for group in made.groups], dtype=np.int64).reshape(-1, len(GRADES))
    decided = suppression.table(table)
    whole = np.zeros((len(table) + 1, len(GRADES) + 1), dtype=np.int64)
    whole[:-1, :-1] = table
    whole[-1, :-1] = table.sum(axis=0)
    whole[:, -1] = whole[:, :-1].sum(axis=1)

    def cell(row: int, column: int) -> Any:
        if not decided.hidden[row, column]:
            return int(whole[row, column])
        return HIDDEN if decided.primary[row, column] else ALSO_HIDDEN

    names = [*(group.label for group in made.groups), "계"]
    return pd.DataFrame(
        {
            "평정단위": name,
            **{grade: cell(row, column) for column, grade in enumerate((*GRADES, "인원"))},
        }
        for row, name in enumerate(names)
    )
