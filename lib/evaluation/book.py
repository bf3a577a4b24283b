"""What leaves the simulator: one workbook with the settings, the law, the assumptions and the figures."""

from collections.abc import Mapping, Sequence

import pandas as pd

from lib import export, format
from lib.control import Control
from lib.evaluation import units as rating_units
from lib.evaluation.controls import CONTROLS
from lib.evaluation.plan import Both, Plan
from lib.rules import grading, rating_unit

Titled = tuple[str, pd.DataFrame]


def workbook(both: Both, figures: Sequence[Titled], notes: Sequence[str]) -> bytes:
    """An .xlsx with the sheets 설정, 법령, 가정 and 결과. Counts and settings only, never a person."""
    return export.workbook(
        {
            "설정": [("설정값", settings(both)), *_unit_tables(both)],
            "법령": [("근거", laws())],
            "가정": [("규정이 없어 가정한 것", assumptions(both.plan))],
            "결과": figures,
        },
        notes,
    )


def settings(both: Both) -> pd.DataFrame:
    """One row per control: the plan's value, and the baseline's where there is one."""
    rows = {
        "항목": [control.label for control in CONTROLS.values()],
        "비교안": [_shown(both.plan, control) for control in CONTROLS.values()],
    }
    if both.baseline is not None:
        rows["기준안"] = [_shown(both.baseline, control) for control in CONTROLS.values()]
    return pd.DataFrame(rows)


def laws() -> pd.DataFrame:
    """One row per control: what it rests on, and what that does not say."""
    return pd.DataFrame(
        {
            "항목": control.label,
            "근거": control.law,
            "근거에 없는 것": control.silent or format.EMPTY,
        }
        for control in CONTROLS.values()
    )


def assumptions(plan: Plan) -> pd.DataFrame:
    """One row per control that decides what is stated nowhere, with its value."""
    return pd.DataFrame(
        {"가정": control.label, "값": _shown(plan, control), "까닭": control.silent}
        for control in CONTROLS.values()
        if control.silent
    )


def distribution(name: str, result: rating_unit.Outcome) -> Titled:
    """The units graded: people and exact quotas as numbers, one row per unit and the sum."""
    rows = [
        (rating_units.label(pool.unit), row) for pool, row in zip(result.pools, result.rows, strict=False)
    ]
    rows += [("단위 합계", result.total)] if result.rows else []
    rows += [("전체를 한 단위로", result.bureau)]
    return name, pd.DataFrame({"단위": label, "인원": row.people, **_numbers(row)} for label, row in rows)


def _numbers(row: grading.Distribution) -> Mapping[str, int | float]:
    cells: dict[str, int | float] = dict(zip(grading.GRADES, row.counts, strict=True))
    for grade, quota, points in zip(grading.GRADES, row.quotas, row.point_differences, strict=True):
        cells[f"{grade} 정확한 몫"] = round(float(quota), 4)
        cells[f"{grade} 차이(%p)"] = round(float(points), 4)
    return cells


def _unit_tables(both: Both) -> list[Titled]:
    tables = [("비교안 단위표", rating_units.frame(both.plan.units))]
    if both.baseline is not None and both.baseline.units != both.plan.units:
        tables.append(("기준안 단위표", rating_units.frame(both.baseline.units)))
    return tables


def _shown(plan: Plan, control: Control) -> str | float:
    value = plan.settings[control.key]
    return "미입력" if value is None else value
