"""What districts and 동 are compared by, and how its values are written."""

from typing import NamedTuple

from lib import format


class Metric(NamedTuple):
    """Something that districts, and 동 where `dong` says so, are compared by.

    short: the name where there is little room; unit: what the column counts; monthly: whether it changes with
    the month of population; money: whether it is an amount in 천원 to be shown in the chosen unit; high: whether
    people call it high and low rather than much and little; basis: how it is worked out, in Korean.
    """

    name: str
    short: str
    column: str
    unit: str
    decimals: int
    datasets: tuple[str, ...]
    dong_datasets: tuple[str, ...] = ()
    monthly: bool = True
    money: bool = False
    high: bool = False
    basis: str = ""

    @property
    def dong(self) -> bool:
        return bool(self.dong_datasets)

    def written(self, value: float, unit: format.Unit) -> str:
        """A value with its unit; money in the unit given."""
        text = self.amount(value, unit)
        return text if text == format.EMPTY else f"{text}{self.measured_in(unit)}"

    def amount(self, value: float, unit: format.Unit) -> str:
        """A value without its unit."""
        return format.amount(value, unit) if self.money else format.number(value, self.decimals)

    def head(self, unit: format.Unit) -> str:
        """The head of a column of values."""
        return f"{self.short}({self.measured_in(unit)})"

    def measured_in(self, unit: format.Unit) -> str:
        """The unit, which for money is the one given."""
        return unit.name if self.money else self.unit

    def difference(self, now: float, then: float, unit: format.Unit) -> str:
        """What one value has over another, with its sign; percentages in points."""
        if self.unit == "%":
            return format.points(now - then, self.decimals)
        text = self.written(now - then, unit)
        return text if text.startswith((format.MINUS, format.EMPTY)) else f"+{text}"


METRICS = (
    Metric("주민등록인구", "인구", "population", "명", 0, ("district_population",), ("dong_population",)),
    Metric("세대", "세대", "household_count", "세대", 0, ("district_population",)),
    Metric(
        "세대당 인구",
        "세대당",
        "persons_per_household",
        "명",
        2,
        ("district_population",),
        basis="인구 ÷ 세대",
    ),
    Metric(
        "인구밀도",
        "밀도",
        "density",
        "명/㎢",
        0,
        ("district_population", "district_area"),
        ("dong_population", "dong_area"),
        high=True,
        basis="인구 ÷ 면적",
    ),
    Metric(
        "65세 이상 비율",
        "65세 이상",
        "share_65_and_over_percent",
        "%",
        1,
        ("dong_population",),
        ("dong_population",),
        high=True,
        basis="65세 이상 인구 ÷ 인구",
    ),
    Metric("행정동 수", "행정동", "dong_count", "개", 0, ("dong_population",), monthly=False),
    Metric("2023 예산", "예산", "budget", "천원", 0, ("district_budget",), monthly=False, money=True),
    Metric(
        "주민 1인당 예산",
        "1인당 예산",
        "budget_per_resident",
        "천원",
        0,
        ("district_budget", "district_population"),
        basis="2023 본예산 ÷ 인구",
    ),
    Metric(
        "재정자립도",
        "재정자립도",
        "fiscal_independence_percent",
        "%",
        1,
        ("fiscal_independence",),
        monthly=False,
        high=True,
    ),
)


def named(name: str) -> Metric:
    """The metric of that name. A KeyError where there is none."""
    return {metric.name: metric for metric in METRICS}[name]
