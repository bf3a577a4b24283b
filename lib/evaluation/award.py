"""실적가점: before and after the reform under a plan, and the tables that people read of it (cells as text)."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

import pandas as pd

from lib import format
from lib.evaluation import units as rating_units
from lib.evaluation.distribution import exact, signed
from lib.evaluation.plan import Plan, Settings
from lib.rules import bonus, number, rating_unit, reliability
from lib.upload import cell
from lib.upload.sheet import Problem

ROUNDINGS: dict[str, number.Rounding] = {"버림": "floor", "반올림": "half", "올림": "ceil"}
BASES: dict[str, bonus.TierBase] = {"추천 인원": "recommended", "선정 인원": "selected"}
POINTS = {"S++": "point_spp", "S+": "point_sp", "S": "point_s", "A": "point_a", "B": "point_b"}
SIMULATED = 20_000_000
"""People × draws that are simulated at most."""


class Result(NamedTuple):
    """One regime on some units."""

    units: bonus.UnitCounts
    counts: bonus.Counts
    """What is gone by: the sum of the units, or everyone as one."""
    tiers: bonus.TierCounts
    problem: str
    """Why the outstanding cases could not be placed, in Korean; empty where they could."""
    points: Fraction
    """Points of all that are awarded, by the points that HR entered."""
    junior: bonus.JuniorMinimum | None
    """None: the regime has no such minimum."""


def old_regime(items: Mapping[str, float], tiers: Iterable[Any]) -> bonus.Regime:
    """The regime before the reform, from the report's items and its tiers (those with points only)."""
    return bonus.Regime(
        items["recommended_share"],
        items["selected_share"],
        tuple(bonus.Tier(row.tier, row.share_percent) for row in tiers if row.tier in POINTS),
    )


def new_regime(settings: Settings) -> bonus.Regime:
    """The regime after the reform, as it is set."""
    return bonus.Regime(
        settings["recommended_percent"],
        settings["selected_percent"],
        tuple(bonus.Tier(tier, settings[f"tier_{tier.lower()}"]) for tier in ("S", "A", "B")),
        settings["junior_percent"],
    )


def problem(settings: Settings) -> str:
    """What of the settings contradicts itself, as one sentence of Korean; empty where nothing does."""
    shares = sum((number.exact(settings[key], key) for key in ("tier_s", "tier_a", "tier_b")), Fraction())
    if settings["selected_percent"] > settings["recommended_percent"]:
        return "선정 비율이 추천 비율보다 크니 선정 비율을 낮추십시오."
    if shares > 100:
        return f"등급 비율의 합이 {exact(shares)}%로 100%를 넘으니 S·A·B 비율을 낮추십시오."
    if not shares:
        return "등급 비율이 모두 0이니 S·A·B 가운데 하나 이상에 비율을 적으십시오."
    return ""


def before(plan: Plan, units: Sequence[rating_unit.Unit], regime: bonus.Regime) -> Result:
    """The regime before the reform, with the plan's way of counting."""
    return _result(plan.settings, units, regime, "recommended", ())


def after(plan: Plan, units: Sequence[rating_unit.Unit]) -> Result:
    """The regime after the reform. The settings must have no `problem`."""
    outstanding = (("S++", plan.settings["tier_spp"]), ("S+", plan.settings["tier_sp"]))
    base = BASES[plan.settings["tier_base"]]
    return _result(plan.settings, units, new_regime(plan.settings), base, outstanding)


def _result(
    settings: Settings,
    units: Sequence[rating_unit.Unit],
    regime: bonus.Regime,
    base: bonus.TierBase,
    outstanding: Sequence[tuple[str, int]],
) -> Result:
    rounding = ROUNDINGS[settings["award_rounding"]]
    by_unit = bonus.by_unit(
        [unit.people for unit in units],
        regime,
        rounding,
        small_unit=settings["small_unit"],
        small_unit_minimum=settings["small_minimum"],
    )
    counts = by_unit.whole if settings["award_scope"] == "전체를 하나로" else by_unit.total
    selected = min(counts.selected, counts.recommended)
    tiers = bonus.tiers(counts.recommended, selected, regime.tiers, base)
    tiers, fault = _with_outstanding(tiers, outstanding, settings)
    points = sum(
        (
            people * number.exact(settings[POINTS[name]], name)
            for name, people in zip(tiers.names, tiers.people, strict=True)
        ),
        Fraction(),
    )
    junior = None
    if regime.junior_percent:
        people = counts.recommended if settings["junior_base"] == "추천 인원" else selected
        junior = bonus.junior_minimum(
            people,
            regime.junior_percent,
            ROUNDINGS[settings["junior_rounding"]],
            juniors=settings["juniors"],
            seniors=settings["seniors"],
        )
    return Result(by_unit, counts, tiers, fault, points, junior)


def _with_outstanding(
    tiers: bonus.TierCounts, outstanding: Sequence[tuple[str, int]], settings: Settings
) -> tuple[bonus.TierCounts, str]:
    """The tiers with S++ and S+ inside S or beside it, and why that cannot be."""
    cases = sum(people for _, people in outstanding)
    if not outstanding:
        return tiers, ""
    if settings["top_place"] == "S 안에서":
        in_s = tiers.people[tiers.names.index("S")]
        if cases > in_s:
            reason = f"S 등급이 {in_s:,}명이라 S++·S+ 사례 {cases:,}명을 둘 수 없으니 사례 수를 줄이십시오."
            return bonus.promoted(tiers, [(name, 0) for name, _ in outstanding]), reason
        return bonus.promoted(tiers, outstanding), ""
    if cases > tiers.excluded:
        reason = f"선정 제외가 {tiers.excluded:,}명이라 S++·S+ 사례 {cases:,}명을 더 둘 수 없으니 사례 수를 줄이십시오."
        return bonus.promoted(tiers, [(name, 0) for name, _ in outstanding]), reason
    empty = bonus.promoted(tiers, [(name, 0) for name, _ in outstanding])
    return (
        empty._replace(
            people=(*(people for _, people in outstanding), *tiers.people),
            excluded=tiers.excluded - cases,
            unexplained=tiers.unexplained + cases,
        ),
        "",
    )


def comparison(columns: Sequence[tuple[str, Result]]) -> pd.DataFrame:
    """Results side by side, one row per figure."""
    names = ("S++", "S+", "S", "A", "B")
    rows: list[dict[str, str]] = [
        {"구분": "현원"} | {head: format.people(result.counts.people) for head, result in columns},
        {"구분": "추천"}
        | {
            head: _counted(result.counts.recommended, result.counts.exact_recommended)
            for head, result in columns
        },
        {"구분": "선정"}
        | {head: _counted(result.counts.selected, result.counts.exact_selected) for head, result in columns},
    ]
    for name in names:
        rows.append({"구분": name} | {head: _tier(result.tiers, name) for head, result in columns})
    rows += [
        {"구분": "선정 제외"} | {head: format.people(result.tiers.excluded) for head, result in columns},
        {"구분": "등급 합계 - 선정"}
        | {head: signed(result.tiers.unexplained, 0, "명") for head, result in columns},
        {"구분": "7급 이하 최소"} | {head: _junior(result.junior) for head, result in columns},
        {"구분": "추천이 없는 단위"} | {head: f"{result.units.unreached:,}개" for head, result in columns},
        {"구분": "점수 합계"} | {head: f"{exact(result.points)}점" for head, result in columns},
    ]
    return pd.DataFrame(rows)


def _counted(people: int, quota: Fraction) -> str:
    return f"{format.people(people)} ({exact(quota)})"


def _tier(tiers: bonus.TierCounts, name: str) -> str:
    if name not in tiers.names:
        return format.EMPTY
    place = tiers.names.index(name)
    quota = tiers.quotas[place]
    return f"{format.people(tiers.people[place])}" + (f" ({exact(quota)})" if quota else "")


def _junior(junior: bonus.JuniorMinimum | None) -> str:
    if junior is None:
        return format.EMPTY
    if not junior.feasible:
        return f"불가: {junior.reason}"
    return f"{junior.required:,}명 ({format.percent(float(junior.effect))})"


def by_unit(
    units: Sequence[rating_unit.Unit], old: Result, new: Result, settings: Settings, limit: int
) -> pd.DataFrame:
    """One row per unit: recommended and selected before and after, and the 7급 이하 minimum of the unit."""
    rows = []
    for place, unit in enumerate(units[:limit]):
        was, now = old.units.units[place], new.units.units[place]
        junior = bonus.junior_minimum(
            now.recommended, settings["junior_percent"], ROUNDINGS[settings["junior_rounding"]]
        )
        rows.append(
            {
                "단위": rating_units.label(unit),
                "인원": format.number(unit.people),
                "추천(개선 전)": _bare(was.recommended, was.exact_recommended),
                "추천(개선 후)": _bare(now.recommended, now.exact_recommended) + " 보정" * now.raised,
                "선정(개선 전)": _bare(was.selected, was.exact_selected),
                "선정(개선 후)": _bare(now.selected, now.exact_selected),
                "7급 이하 최소": f"{junior.required:,} ({format.percent(float(junior.effect))})"
                if now.recommended
                else format.EMPTY,
            }
        )
    return pd.DataFrame(rows)


def _bare(people: int, quota: Fraction) -> str:
    return f"{format.number(people)} ({exact(quota)})"


def collaboration(settings: Settings) -> pd.DataFrame:
    """One row per size of a team: both readings of the multiple."""
    rows = [
        bonus.collaboration(settings["team_points"], members, settings["team_multiple"])
        for members in bonus.TEAM_SIZES
    ]
    return pd.DataFrame(
        {
            "참여 인원": f"{row.members}명",
            "팀 점수를 나눌 때 1인": f"{exact(row.pool_each)}점",
            "팀 점수를 나눌 때 합계": f"{exact(row.pool_total)}점",
            "각자 받을 때 1인": f"{exact(row.person_each)}점",
            "각자 받을 때 합계": f"{exact(row.person_total)}점",
        }
        for row in rows
    )


def points(settings: Settings) -> bonus.Points:
    """What one person's awards come to. A ValueError says in Korean which points cannot be read."""
    awards = [
        bonus.Award(half, value)
        for half, key in (("상반기", "first_half"), ("하반기", "second_half"))
        for value in _listed(half, settings[key])
    ]
    return bonus.points(awards, settings["other_points"])


def _listed(half: str, text: str) -> list[Decimal]:
    column = cell.Column("points", half, "number", most=bonus.POINT_CAP)
    values = []
    for place, part in enumerate([part for part in text.split(",") if part.strip()], start=1):
        value = cell.value(part.strip(), column)
        if isinstance(value, Problem):
            raise ValueError(f"{half} {place}번째 가점에 {value.found} {value.remedy}.")
        values.append(value)
    return values


def simulated(plan: Plan, counts: bonus.Counts) -> tuple[int, int, int, float, int, int]:
    """What is simulated: people, top group, bottom group, reliability, draws, seed.

    The top group is as many as are selected, at least one. Draws are those that are set, or fewer where
    there are many people.
    """
    people = max(counts.people, 1)
    top = min(max(counts.selected, 1), people)
    share = number.exact(plan.settings["bottom_percent"], "bottom_percent") / 100
    bottom = min(number.rounded(people * share, "half"), people - top)
    draws = int(min(plan.settings["draws"], max(SIMULATED // people, 100)))
    return people, top, bottom, plan.settings["reliability"], draws, plan.settings["seed"]


def found(simulations: Sequence[tuple[str, reliability.Simulation]]) -> pd.DataFrame:
    """Simulations side by side, one row per figure, with the simulation's own error."""
    rows: list[dict[str, str]] = []
    for name, pick in (
        ("상위 집단을 제대로 찾은 비율", "top_found"),
        ("하위 집단을 제대로 찾은 비율", "bottom_found"),
    ):
        rows.append({"구분": name} | {head: _percent(getattr(run, pick)) for head, run in simulations})
    rows.append(
        {"구분": "상위인데 하위로 뒤바뀐 사람"}
        | {
            head: f"{format.number(run.reversed_people.value, 3)}명 ± {format.number(1.96 * run.reversed_people.standard_error, 3)}"
            for head, run in simulations
        }
    )
    rows.append(
        {"구분": "신뢰도(가정)"} | {head: format.number(run.reliability, 2) for head, run in simulations}
    )
    rows.append(
        {"구분": "상위·하위 집단"} | {head: f"{run.top:,}명 · {run.bottom:,}명" for head, run in simulations}
    )
    rows.append(
        {"구분": "반복 횟수 · 씨앗"} | {head: f"{run.draws:,}회 · {run.seed}" for head, run in simulations}
    )
    return pd.DataFrame(rows)


def _percent(estimate: reliability.Estimate | None) -> str:
    if estimate is None:
        return format.EMPTY
    return f"{format.rate(estimate.value)} ± {format.number(196 * estimate.standard_error, 2)}%p"


def chances(simulations: Sequence[tuple[str, reliability.Simulation]]) -> pd.DataFrame:
    """One row per plan and true place for the picture: chance of being found in the top group."""
    return pd.DataFrame(
        {"plan": head, "place": place, "chance": estimate.value}
        for head, run in simulations
        for place, estimate in enumerate(run.top_chance[: max(3 * run.top, 30)], start=1)
    )
