"""근평 분포: a plan's units graded, and the tables that people read of it (cells as text)."""

import functools
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

import pandas as pd

from lib import format
from lib.evaluation import units as rating_units
from lib.evaluation.plan import SHARES, Plan, Settings
from lib.rules import apportionment, grading, rating_unit, sensitivity

GRADES = grading.GRADES
MODES: dict[str, grading.Mode] = {"가 없음": "none", "확정된 가만": "confirmed", "가 비율 전부": "full"}
RESTS: dict[str, grading.Rest] = {"양에 더함": "next_grade", "수·우·양에 나눔": "all_grades"}
METHODS: dict[str, apportionment.Method] = {"최대잔여": "largest_remainder", "웹스터": "webster"}
TIES: dict[str, apportionment.TieRule] = {"나은 등급": "upper", "낮은 등급": "lower"}
LOSS_SIZES = 400
"""Unit sizes that are searched for seats that vanish."""
SIZES = 150
"""Unit sizes that are tried at most for the sensitivity; all of them up to this many."""
LISTED_SIZES = (3, 4, 5, 6, 8, 10, 15, 20, 30, 50, 100)


class Loss(NamedTuple):
    """A grade that loses a person when a unit grows to `people`."""

    people: int
    grade: str
    before: int
    after: int


def rule(settings: Settings) -> grading.Rule:
    """The settings as the rule's words."""
    return grading.Rule(
        tuple(settings[key] for key in SHARES),
        MODES[settings["ga_mode"]],
        RESTS[settings["ga_rest"]],
        METHODS[settings["method"]],
        TIES[settings["tie"]],
    )


def gap(settings: Settings) -> Fraction:
    """Points by which the shares exceed (+) or miss (−) 100."""
    return grading.share_gap([settings[key] for key in SHARES])


def outcome(plan: Plan) -> rating_unit.Outcome:
    """All units graded. The shares must add up to 100."""
    return rating_unit.outcome(
        plan.units,
        rule(plan.settings),
        threshold=plan.settings["pool_below"],
        tied=plan.settings["scope"] == "전체 합계에 맞춤",
    )


def signed(value: float | Fraction, decimals: int = 1, unit: str = "") -> str:
    """A difference with its sign: +1.2, △0.4, 0."""
    text = format.number(float(value), decimals)
    if float(text.replace(",", "").replace(format.MINUS, "")) == 0:
        return f"0{unit}"
    return f"{text if text.startswith(format.MINUS) else '+' + text}{unit}"


def exact(quota: Fraction) -> str:
    """An exact quota with at most two decimals, and no more than it has."""
    decimals = next((places for places in (0, 1) if (quota * 10**places).denominator == 1), 2)
    return format.number(float(quota), decimals)


def _sign(value: Fraction) -> str:
    return format.MINUS if value < 0 else "+" * (value > 0)


def people(result: rating_unit.Outcome, limit: int) -> pd.DataFrame:
    """One row per unit (or pool), then the sum and everyone as one: whole people (exact quota)."""
    rows = [
        {
            "단위": rating_units.label(pool.unit),
            "인원": format.number(pool.unit.people),
            **_cells(row),
            "동점": tie_text(row),
        }
        for pool, row in zip(result.pools[:limit], result.rows[:limit], strict=False)
    ]
    total = result.total if result.rows else None
    if total is not None:
        rows.append({"단위": "단위 합계", "인원": format.number(total.people), **_cells(total), "동점": ""})
    rows.append(
        {
            "단위": "전체를 한 단위로",
            "인원": format.number(result.bureau.people),
            **_cells(result.bureau),
            "동점": tie_text(result.bureau),
        }
    )
    return pd.DataFrame(rows)


def _cells(row: grading.Distribution) -> dict[str, str]:
    return {
        grade: f"{format.number(count)} ({exact(quota)})"
        for grade, count, quota in zip(GRADES, row.counts, row.quotas, strict=True)
    }


def tie_text(row: grading.Distribution) -> str:
    """Which grades tied for the last place, and which got it."""
    if not row.ties:
        return ""
    tied = "·".join(GRADES[grade] for grade in row.ties)
    return f"{tied} → {'·'.join(GRADES[grade] for grade in row.favoured)}"


def differences(result: rating_unit.Outcome, limit: int) -> pd.DataFrame:
    """One row per unit, then the sum: people over the exact quota, and percentage points."""
    named = [
        (rating_units.label(pool.unit), row) for pool, row in zip(result.pools, result.rows, strict=False)
    ]
    return pd.DataFrame(
        {
            "단위": name,
            **{
                grade: f"{_sign(people)}{exact(abs(people))}명 ({signed(points, 1, '%p')})"
                for grade, people, points in zip(GRADES, row.differences, row.point_differences, strict=True)
            },
        }
        for name, row in [*named[:limit], ("단위 합계", result.total)]
    )


def changes(before: rating_unit.Outcome, after: rating_unit.Outcome, limit: int) -> pd.DataFrame:
    """One row per unit of either plan: people in the baseline → in the plan, where anything differs."""
    changed = [change for change in rating_unit.changes(before, after) if change.before != change.after]
    return pd.DataFrame(
        [
            {
                "단위": f"{change.name} {change.rank}".strip(),
                **{grade: _step(change.before, change.after, place) for place, grade in enumerate(GRADES)},
            }
            for change in changed[:limit]
        ],
        columns=["단위", *GRADES],
    )


def _step(before: tuple[int, ...] | None, after: tuple[int, ...] | None, place: int) -> str:
    old = format.EMPTY if before is None else format.number(before[place])
    new = format.EMPTY if after is None else format.number(after[place])
    difference = (after[place] if after else 0) - (before[place] if before else 0)
    return old if old == new else f"{old} → {new} ({signed(difference, 0)})"


def losses(plan: Plan) -> tuple[list[Loss], list[Loss]]:
    """Seats that vanish at the size of a unit of the plan, and at any size up to LOSS_SIZES.

    At the size: a unit of one person fewer would have one more of the grade. The confirmed cases of 가
    are left out of this, since they do not go by share.
    """
    shares = _effective_shares(plan.settings)
    method, tie = METHODS[plan.settings["method"]], TIES[plan.settings["tie"]]
    largest = max((unit.people for unit in plan.units), default=0)

    def found(start: int, up_to: int) -> list[Loss]:
        lost = _lost_seats(shares, up_to, method, tie, start=start)
        return [Loss(loss.seats, GRADES[loss.share], loss.before, loss.after) for loss in lost]

    everywhere = found(1, min(max(largest, 100), LOSS_SIZES))
    if not everywhere:
        return [], []
    sizes = sorted({unit.people for unit in plan.units if unit.people})
    return [loss for size in sizes for loss in found(size, size)], everywhere


# Depends on the shares alone, not on anybody's people; most controls leave it as it is.
_lost_seats = functools.lru_cache(maxsize=64)(apportionment.lost_seats)


def _effective_shares(settings: Settings) -> tuple[float, ...]:
    su, u, yang, ga = (settings[key] for key in SHARES)
    return (su, u, yang, ga) if settings["ga_mode"] == "가 비율 전부" else (su, u, yang + ga)


def totals(result: rating_unit.Outcome, baseline: rating_unit.Outcome | None) -> pd.DataFrame:
    """One row per grade for the picture: percent of all people, in fact and as intended, text beside the bar."""
    total = result.total
    before = baseline.total.percentages if baseline and baseline.rows else (None,) * len(GRADES)
    quotas = result.bureau.quotas
    return pd.DataFrame(
        {
            "grade": GRADES,
            "percent": [float(value) for value in total.percentages],
            "target": [float(100 * quota / (total.people or 1)) for quota in quotas],
            "baseline": [None if value is None else float(value) for value in before],
            "text": [
                f"{format.people(count)} {format.percent(float(share))} · 목표 {exact(quota)}명"
                for count, share, quota in zip(total.counts, total.percentages, quotas, strict=True)
            ],
        }
    )


def message(result: rating_unit.Outcome) -> str:
    """What the picture shows: the grade that lies furthest from its share."""
    points = result.total.point_differences
    worst = max(range(len(GRADES)), key=lambda grade: abs(points[grade]))
    if not points[worst]:
        return "단위를 모두 더해도 등급 비율이 목표와 정확히 같습니다"
    people = result.total.differences[worst]
    return (
        f"단위를 모두 더하면 {GRADES[worst]} 등급이 목표보다 {exact(abs(people))}명"
        f"({format.number(abs(float(points[worst])), 2)}%p) {'많습니다' if people > 0 else '적습니다'}"
    )


def unit_sizes(plan: Plan) -> tuple[sensitivity.UnitSize, ...]:
    """The plan's people as equal units of 3 … all; every size, or SIZES of them where they are more."""
    whole = sum(unit.people for unit in plan.units)
    cases = sum(unit.confirmed for unit in plan.units) if plan.settings["ga_mode"] == "확정된 가만" else 0
    if whole - 2 <= SIZES:
        sizes = list(range(min(3, whole), whole + 1))
    else:
        ratio = (whole / 3) ** (1 / (SIZES - 1))
        sizes = sorted({round(3 * ratio**step) for step in range(SIZES)} | {whole} | {*LISTED_SIZES})
        sizes = [size for size in sizes if size <= whole]
    return sensitivity.by_unit_size(whole, rule(plan.settings), cases, sizes) if whole else ()


def size_table(sizes: Sequence[sensitivity.UnitSize]) -> pd.DataFrame:
    """The sizes people ask for, and the whole: units, and people per grade."""
    last = sizes[-1].unit_size
    return pd.DataFrame(
        {
            "단위 크기": f"{size.unit_size:,}명",
            "단위 수": format.number(size.unit_count),
            **{grade: format.number(count) for grade, count in zip(GRADES, size.total.counts, strict=True)},
        }
        for size in sizes
        if size.unit_size in LISTED_SIZES or size.unit_size == last
    )


def size_message(sizes: Sequence[sensitivity.UnitSize]) -> str:
    """How far the same people come apart by the size of their units alone."""
    spreads = [
        (max(counts) - min(counts), grade, min(counts), max(counts))
        for grade, counts in zip(
            GRADES, zip(*(size.total.counts for size in sizes), strict=True), strict=True
        )
    ]
    _, grade, low, high = max(spreads)
    return f"같은 인원이라도 단위 크기에 따라 {grade} 등급이 {low:,}명에서 {high:,}명까지 달라집니다"


def size_lines(sizes: Sequence[sensitivity.UnitSize]) -> pd.DataFrame:
    """One row per size and grade for the picture: unit_size, unit_count, grade, people, percent."""
    return pd.DataFrame(
        {
            "unit_size": size.unit_size,
            "unit_count": size.unit_count,
            "grade": grade,
            "people": count,
            "percent": float(share),
        }
        for size in sizes
        for grade, count, share in zip(GRADES, size.total.counts, size.total.percentages, strict=True)
    )


def steps(plan: Plan, which: str) -> pd.DataFrame:
    """What one person more or less, or one point of share moved, would change in the unit of that label."""
    [unit] = [unit for unit in plan.units if rating_units.label(unit) == which]
    law = rule(plan.settings)
    cases = unit.confirmed if law.mode == "confirmed" else 0
    rows = [
        (
            f"{step.people:,}명이라면({'+1' if step.people > unit.people else '△1'}명)",
            step.distribution,
            step.change,
        )
        for step in sensitivity.one_person(unit.people, law, cases)
    ]
    rows += [
        (f"{GRADES[step.taken_from]} △1%p, {GRADES[step.given_to]} +1%p", step.distribution, step.change)
        for step in sensitivity.one_point(unit.people, law, cases)
    ]
    return pd.DataFrame(
        {
            "바꾼 것": name,
            **{
                grade: f"{format.number(count)}{f' ({signed(moved, 0)})' if moved else ''}"
                for grade, count, moved in zip(GRADES, result.counts, change, strict=True)
            },
            "영향": "바뀜" if any(change) else "그대로",
        }
        for name, result, change in rows
    )
