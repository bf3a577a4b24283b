"""평정단위 as people enter them: in the table on the page, pasted, uploaded, out of a link or a file."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from lib import upload
from lib.rules import grading, rating_unit
from lib.rules.rating_unit import Unit
from lib.upload import cell
from lib.upload.sheet import ROWS, Problem, UploadError

LARGEST = 100_000
COLUMNS = (
    upload.Column("name", "단위", also=("부서", "평정단위", "기관", "단위명")),
    upload.Column("rank", "직급", required=False, default="", also=("직급명",)),
    upload.Column("people", "평정대상 인원", "whole", most=LARGEST, also=("인원", "현원", "평정인원")),
    upload.Column(
        "confirmed", "확정된 가", "whole", required=False, default=0, most=LARGEST, also=("가", "가확정")
    ),
)
HEADS = [column.head for column in COLUMNS]
SUMS = {"계", "합계", "총계", "소계"}


def illustration(departments: Sequence[tuple[str, int]]) -> tuple[Unit, ...]:
    """The departments of the report as units: no 직급, since the report counts none, and no case of 가."""
    return tuple(Unit(name, people) for name, people in departments)


def frame(units: Sequence[Unit]) -> pd.DataFrame:
    """One row per unit under the heads of COLUMNS, for people to edit."""
    return pd.DataFrame(
        {
            "단위": pd.Series([unit.name for unit in units], dtype="str"),
            "직급": pd.Series([unit.rank for unit in units], dtype="str"),
            "평정대상 인원": pd.Series([unit.people for unit in units], dtype="Int64"),
            "확정된 가": pd.Series([unit.confirmed for unit in units], dtype="Int64"),
        }
    )


def of_rows(rows: pd.DataFrame) -> tuple[Unit, ...]:
    """The units of an upload (columns as in COLUMNS, the index the row). UploadError as `of_cells`."""
    return of_cells(
        [
            (int(row.Index), (row.name, row.rank, row.people, row.confirmed))
            for row in rows.rename_axis("Index").itertuples()
        ]
    )


def edited(rows: pd.DataFrame) -> tuple[Unit, ...]:
    """The units of the table on the page; rows left wholly empty do not count. UploadError as `of_cells`."""
    cells = [
        (row, tuple(None if pd.isna(value) else value for value in values))
        for row, values in enumerate(rows[HEADS].itertuples(index=False, name=None), start=1)
    ]
    return of_cells(
        [(row, values) for row, values in cells if not all(cell.is_empty(value) for value in values)]
    )


def of_cells(rows: Sequence[tuple[int, Sequence[Any]]]) -> tuple[Unit, ...]:
    """Units out of numbered rows of name, 직급, people and confirmed cases of 가.

    UploadError with every cell that does not hold what it should, every name that comes twice, sums that
    would count people twice, and more cases of 가 than people.
    """
    if not rows:
        raise UploadError([Problem(None, "", "단위가 하나도 없으니", "한 행 이상 적어 주십시오")])
    if len(rows) > ROWS:
        raise UploadError(
            [Problem(rows[ROWS][0], "", f"이르러 단위 {ROWS:,}개를 넘으니", "나누어 올리십시오")]
        )
    units, problems = [], []
    first: dict[tuple[str, str], int] = {}
    for row, cells in rows:
        values = [cell.value(value, column) for value, column in zip(cells, COLUMNS, strict=True)]
        faults = [
            value._replace(row=row, column=column.head)
            for value, column in zip(values, COLUMNS, strict=True)
            if isinstance(value, Problem)
        ]
        if not faults:
            name, rank, people, confirmed = values
            unit = Unit(name, people, rank, confirmed)
            faults = _faults(row, unit, first.setdefault((name, rank), row))
            units.append(unit)
        problems += faults
    if problems:
        raise UploadError(problems)
    return tuple(units)


def _faults(row: int, unit: Unit, first: int) -> list[Problem]:
    if unit.name.replace(" ", "") in SUMS:
        return [Problem(row, "단위", f"합계 행({unit.name})이 있으니", "두 번 세지 않게 지우십시오")]
    if first != row:
        name = f"{unit.name} {unit.rank}".strip()
        return [
            Problem(
                row,
                "단위·직급",
                f"{first:,}행과 같은 값({name})이 있으니",
                "하나로 합치거나 이름을 달리하십시오",
            )
        ]
    if unit.confirmed > unit.people:
        found = f"인원({unit.people:,}명)보다 많은 수({unit.confirmed:,}명)가 있으니"
        return [Problem(row, "확정된 가", found, "인원 이하로 고치십시오")]
    return []


def label(unit: Unit) -> str:
    """Name and 직급."""
    return f"{unit.name} {unit.rank}".strip()


def merged(units: Sequence[Unit], labels: Sequence[str]) -> tuple[Unit, ...]:
    """The units with those of the labels made one. A ValueError says in Korean what is missing."""
    positions = [position for position, unit in enumerate(units) if label(unit) in labels]
    if len(positions) < 2:
        raise ValueError("합칠 단위를 둘 이상 고르십시오.")
    if len({units[position].rank for position in positions}) > 1:
        raise ValueError("직급이 다른 단위는 합칠 수 없으니 같은 직급끼리 고르십시오.")
    return rating_unit.merged(units, positions)


def split(units: Sequence[Unit], which: str, parts: int) -> tuple[Unit, ...]:
    """The unit of the label in so many parts, as equal as can be, its cases of 가 in the last of them.

    A ValueError says in Korean what cannot be.
    """
    [position] = [position for position, unit in enumerate(units) if label(unit) == which]
    unit = units[position]
    if not 2 <= parts <= unit.people:
        raise ValueError(f"{which}의 인원은 {unit.people:,}명이니 2~{unit.people:,}개로 나누십시오.")
    small, larger = divmod(unit.people, parts)
    sizes = [small + (part < larger) for part in range(parts)]
    left, cases = unit.confirmed, [0] * parts
    for part in reversed(range(parts)):
        cases[part] = min(left, sizes[part])
        left -= cases[part]
    pieces = rating_unit.split(unit, sizes, cases)
    names = {label(other) for other in units} - {which}
    if any(label(piece) in names for piece in pieces):
        raise ValueError(f"‘{label(pieces[0])}’ 같은 이름이 이미 있으니 이름을 먼저 바꾸십시오.")
    return (*units[:position], *pieces, *units[position + 1 :])


def without_quota(units: Sequence[Unit]) -> list[str]:
    """Labels of the units whose 직급 is under no quota (4급 이상)."""
    return [label(unit) for unit in units if grading.has_quota(unit.rank) is False]
