"""Made-up counts (예시), the same every time: to judge the page before real ones exist. Never real figures."""

import datetime
from random import Random

import pandas as pd

from lib.rules import flexible_work

NAME = "예시"
MONTHS = tuple(datetime.date(2023, month, 1) for month in range(3, 9))
STARTS = tuple(datetime.time(*start) for start in ((7, 0), (8, 0), (8, 30), (9, 30), (10, 0), (11, 0)))
WEIGHTS = (6, 34, 18, 16, 20, 6)
# Department, posts of 5급 이하 and of 4급 이상, and the share of its people who use it in the first month.
DEPARTMENTS = (
    ("예시 총괄과", 44, 1, 0.72),
    ("예시 인사과", 38, 1, 0.81),
    ("예시 복지과", 52, 1, 0.55),
    ("예시 민원과", 61, 1, 0.34),
    ("예시 시설과", 29, 1, 0.47),
    ("예시 전산과", 33, 1, 0.88),
    ("예시 현장과", 74, 2, 0.28),
    ("예시 기획관", 96, 6, 0.66),
    ("예시 상황실", 12, 1, 0.41),
    ("예시 파견반", 3, 0, 0.66),
)
BANDS = ("5급 이하", "4급 이상")
GROWTH, MOST, DAY_SHARE = 0.04, 0.9, 0.24


def counts() -> pd.DataFrame:
    """Rows as `counts.read` gives them: six months of ten departments."""
    # random() is the one method whose numbers Python promises to keep between versions.
    dice = Random(20230331)
    rows = [
        row
        for age, month in enumerate(MONTHS)
        for department, lower, upper, share in DEPARTMENTS
        for band, quota in zip(BANDS, (lower, upper), strict=True)
        for row in _group(dice, month, department, band, quota, min(MOST, share + GROWTH * age))
        if quota
    ]
    frame = pd.DataFrame(rows, columns=["month", "department", "band", "start", "cases", "users", "quota"])
    return frame.astype(dict.fromkeys(("month", "department", "band", "start"), "category"))


def _group(
    dice: Random, month: datetime.date, department: str, band: str, quota: int, share: float
) -> list[tuple[object, ...]]:
    """The rows of one group in one month."""
    days = len(flexible_work.working_days(month, ()))
    users = dict.fromkeys(STARTS, 0)
    cases = dict.fromkeys(STARTS, 0)
    for _ in range(quota):
        if dice.random() < share:
            start = _start(dice.random())
            users[start] += 1
            cases[start] += 1 + sum(dice.random() < DAY_SHARE for _ in range(days - 1))
    return [(month, department, band, start, cases[start], users[start], quota) for start in STARTS]


def _start(chance: float) -> datetime.time:
    reached = 0.0
    for start, weight in zip(STARTS, WEIGHTS, strict=True):
        reached += weight / sum(WEIGHTS)
        if chance < reached:
            return start
    return STARTS[-1]
