"""시차출퇴근: what the rule asks for, what a printed count can mean, and who is at work when.

The rule (report, Ⅱ-1): 5급 이하 at least once a week, 4급 이상 at least twice, from March 2023; eight hours
are kept, the start moves. Nothing here says how weeks that two months share are counted, or whether a
printed figure counts people (명) or cases (건): both are arguments, and a page must call them assumptions.

Shares and rates are in percent. Months are given as any day in them. Public holidays (관공서의 공휴일에 관한
규정) are an argument too: they change by decree, and a month's result must be reproducible.
"""

import calendar
import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple, get_args

Convention = Literal["working_days", "thursday", "touched"]
CountUnit = Literal["명", "건"]

CONVENTIONS: tuple[Convention, ...] = get_args(Convention)
DAYS_PER_WEEK = 5
STANDARD_START = datetime.time(9)
LUNCH = datetime.time(12)
PRESENCE_MINUTES = 9 * 60
SLOT_MINUTES = 30
# Month and day: 1월 1일, 3·1절, 어린이날, 현충일, 광복절, 개천절, 한글날, 기독탄신일.
FIXED_HOLIDAYS = ((1, 1), (3, 1), (5, 5), (6, 6), (8, 15), (10, 3), (10, 9), (12, 25))
OPENING_MINUTE, CLOSING_MINUTE = 9 * 60, 18 * 60


class Growth(NamedTuple):
    """Change of a count; ratio and percent are None where the count before was zero."""

    difference: int
    ratio: float | None
    percent: float | None


class ImpliedWhole(NamedTuple):
    """The whole of which a part is a printed percentage: the nearest, and all that round to that print."""

    whole: int
    lowest: int
    highest: int


class Rate(NamedTuple):
    """A count over what it is measured against. Over 100 % in 명 says that the denominator is too small."""

    numerator: int
    denominator: float
    percent: float


class Expectation(NamedTuple):
    """What a rank band would bring to a month in which everybody met the rule exactly."""

    band: str
    people: float
    uses_per_person: float
    uses: float


class Group(NamedTuple):
    """A month's counts of one rank band in one department: people (정원), users (명), cases (건)."""

    department: str
    band: str
    people: int
    users: int
    cases: int


class Compliance(NamedTuple):
    """A group against the rule. Rates are None for a group without people.

    The group meets the rule on average: counts cannot say whether each of its people did.
    """

    department: str
    band: str
    expected: float
    adoption_percent: float | None
    compliance_percent: float | None
    shortfall: float
    met: bool


class Cover(NamedTuple):
    """A half-hour: people at work for all of it, people who are not, and people whose start is hidden.

    The three sum to all people; at work are between present and present + unplaced.
    """

    slot: datetime.time
    present: float
    absent: float
    unplaced: float


def fixed_holidays(year: int) -> frozenset[datetime.date]:
    """The public holidays that have the same date every year (관공서의 공휴일에 관한 규정 제2조).

    설날, 추석 and 부처님 오신 날 follow the moon; 대체공휴일, 임시공휴일 and election days are set for each
    year: whoever counts working days has to add them.
    """
    return frozenset(datetime.date(year, month, day) for month, day in FIXED_HOLIDAYS)


def working_days(month: datetime.date, holidays: Collection[datetime.date]) -> tuple[datetime.date, ...]:
    """Monday to Friday of the month without the holidays (지방공무원 복무규정 제2조), in order."""
    length = calendar.monthrange(month.year, month.month)[1]
    days = (month.replace(day=1) + datetime.timedelta(days=day) for day in range(length))
    return tuple(day for day in days if _is_working_day(day, holidays))


def weeks(
    month: datetime.date, holidays: Collection[datetime.date], convention: Convention = "working_days"
) -> Fraction:
    """How many weeks of the rule the month holds.

    working_days: its working days over five, so that months add up to the year without gap or overlap.
    thursday: the weeks from Monday to Sunday whose Thursday lies in it (ISO 8601), each in one month only.
    touched: the weeks with at least one working day in it, so that a shared week counts in both months.
    Weeks without a working day never count. For thursday, holidays must cover the days that such weeks
    take from the months beside it. Raises ValueError for another convention.
    """
    if convention == "working_days":
        return Fraction(len(working_days(month, holidays)), DAYS_PER_WEEK)
    return Fraction(len(_days_by_week(month, holidays, convention)))


def uses_per_person(
    month: datetime.date,
    weekly_minimum: int,
    holidays: Collection[datetime.date],
    convention: Convention = "working_days",
) -> Fraction:
    """Uses that the rule expects of one person in the month: the minimum in every week of the month.

    Nobody is expected to use it more often than a week has working days. Raises ValueError for a minimum
    outside 1 to 5.
    """
    if not 1 <= weekly_minimum <= DAYS_PER_WEEK:
        raise ValueError(f"weekly_minimum must lie between 1 and 5, not {weekly_minimum}")
    if convention == "working_days":
        return weekly_minimum * weeks(month, holidays)
    days = _days_by_week(month, holidays, convention)
    return Fraction(sum(min(weekly_minimum, count) for count in days))


def _days_by_week(
    month: datetime.date, holidays: Collection[datetime.date], convention: Convention
) -> list[int]:
    """Working days of each week of the month that has any."""
    if convention not in CONVENTIONS:
        raise ValueError(f"convention must be one of {', '.join(CONVENTIONS)}, not {convention}")
    if convention == "touched":
        return list(Counter(_monday(day) for day in working_days(month, holidays)).values())
    length = calendar.monthrange(month.year, month.month)[1]
    mondays = {_monday(month.replace(day=day)) for day in range(1, length + 1)}
    whole = [
        [monday + datetime.timedelta(days=day) for day in range(DAYS_PER_WEEK)]
        for monday in mondays
        if (monday + datetime.timedelta(days=3)).month == month.month
    ]
    counts = [sum(_is_working_day(day, holidays) for day in week) for week in whole]
    return [count for count in counts if count]


def _monday(day: datetime.date) -> datetime.date:
    return day - datetime.timedelta(days=day.weekday())


def _is_working_day(day: datetime.date, holidays: Collection[datetime.date]) -> bool:
    return day.weekday() < DAYS_PER_WEEK and day not in holidays


def growth(before: int, after: int) -> Growth:
    """Change from one count to another: 2,060 to 6,902 is +4,842, 3.35 times, +235.0 %."""
    _not_negative(before=before, after=after)
    if not before:
        return Growth(after - before, None, None)
    return Growth(after - before, after / before, (after - before) * 100 / before)


def implied_whole(part: int, percent: Decimal | float) -> ImpliedWhole:
    """The whole behind "part, which is percent of it": 5,606 at 53.6 % are of 10,459 (10,450 to 10,468).

    The decimals of percent are taken as printed: 53.6 stands for 53.55 to 53.65, and the range holds every
    whole number that fits. Raises ValueError for a part below zero or a percent that is not above zero.
    """
    _not_negative(part=part)
    printed = Decimal(str(percent))
    exponent = printed.as_tuple().exponent
    if not isinstance(exponent, int) or printed <= 0:
        raise ValueError(f"percent must be above zero, not {percent}")
    half = Fraction(10) ** exponent / 2
    exact = Fraction(part * 100)
    share = Fraction(printed)
    lowest = -(-exact // (share + half))
    return ImpliedWhole(int(exact / share + Fraction(1, 2)), int(lowest), int(exact // (share - half)))


def rate(count: int, unit: CountUnit, people: int, uses: Fraction) -> Rate:
    """The rate that follows once somebody has chosen what the printed count counts.

    명: users over all people (이용자 / 전체 인원). 건: cases over those expected of them, people × uses,
    where uses is what the rule expects of one person in the month. Raises ValueError for another unit,
    a count below zero, or nothing to measure against.
    """
    _not_negative(count=count)
    if unit not in get_args(CountUnit):
        raise ValueError(f"unit must be 명 or 건, not {unit}")
    against = Fraction(people) if unit == "명" else people * uses
    if against <= 0:
        raise ValueError(f"people and uses must be above zero, not {people} and {float(uses)}")
    return Rate(count, float(against), float(count * 100 / against))


def full_compliance(
    people: int, shares: Mapping[str, Decimal | float], uses: Mapping[str, Fraction]
) -> tuple[Expectation, ...]:
    """What the month would hold if everybody met the rule: one row per rank band, in the order of shares.

    shares: percent of the people in each band; uses: what the rule expects of one person of each band.
    Raises ValueError where the shares do not add to 100, are below zero, or name a band without a rule.
    """
    _not_negative(people=people)
    exact = {band: Fraction(str(share)) for band, share in shares.items()}
    if sum(exact.values()) != 100 or min(exact.values()) < 0:
        raise ValueError(f"shares must be zero or more and add to 100, not {float(sum(exact.values()))}")
    expected = []
    for band, share in exact.items():
        heads, each = people * share / 100, _rule_of(band, uses)
        expected.append(Expectation(band, float(heads), float(each), float(heads * each)))
    return tuple(expected)


def compliance(groups: Iterable[Group], uses: Mapping[str, Fraction]) -> tuple[Compliance, ...]:
    """Each group's cases against what the rule expects of it, in the order given.

    uses: what the rule expects of one person of each band in the month. Raises ValueError, naming the group,
    for counts below zero, a band without a rule, and a group given twice.
    """
    rows: dict[tuple[str, str], Compliance] = {}
    for group in groups:
        if (group.department, group.band) in rows:
            raise ValueError(f"{group.department}, {group.band}: given twice")
        if min(group.people, group.users, group.cases) < 0:
            raise ValueError(f"{group.department}, {group.band}: counts must not be below zero")
        rows[group.department, group.band] = _against_rule(group, _rule_of(group.band, uses))
    return tuple(rows.values())


def _against_rule(group: Group, each: Fraction) -> Compliance:
    expected = group.people * each
    return Compliance(
        group.department,
        group.band,
        expected=float(expected),
        adoption_percent=group.users * 100 / group.people if group.people else None,
        compliance_percent=float(group.cases * 100 / expected) if expected else None,
        shortfall=float(max(expected - group.cases, Fraction(0))),
        met=group.cases >= expected,
    )


def _rule_of(band: str, uses: Mapping[str, Fraction]) -> Fraction:
    if band not in uses:
        raise ValueError(f"{band}: no rule for this rank band, only for {', '.join(uses)}")
    return uses[band]


def _not_negative(**counts: int) -> None:
    for name, count in counts.items():
        if count < 0:
            raise ValueError(f"{name} must not be below zero, not {count}")


def average_day(
    cases_by_start: Mapping[datetime.time, int], people: int, days: int
) -> dict[datetime.time, float]:
    """People by start time on an average working day: a month's cases over its days, all others at 09:00.

    Raises ValueError where there are no days or more cases a day than people.
    """
    _not_negative(people=people, **{start.isoformat(): cases for start, cases in cases_by_start.items()})
    cases = sum(cases_by_start.values())
    if days < 1 or cases > people * days:
        raise ValueError(f"{cases} cases do not fit into {days} days of {people} people")
    starts = {start: Fraction(count, days) for start, count in cases_by_start.items()}
    starts[STANDARD_START] = starts.get(STANDARD_START, Fraction(0)) + people - Fraction(cases, days)
    return {start: float(starts[start]) for start in sorted(starts)}


def cover(
    people_by_start: Mapping[datetime.time, float],
    hidden_starts: Collection[datetime.time] = (),
    hidden_people: float = 0,
    lunch: datetime.time | None = LUNCH,
) -> tuple[Cover, ...]:
    """Who is at work in each half-hour from 09:00 to 18:00: 18 rows.

    Whoever starts at t is there from t to t + 9 h (eight hours and the lunch hour), and away for the hour
    from lunch on (12:00 by 지방공무원 복무규정 제2조 제2항, which lets it move by an hour). lunch None:
    taken in turns, nobody counted away. A half-hour counts when somebody is there for all of it.
    hidden_starts: start times whose people may not be shown, with hidden_people in all; only that sum is
    used, so the result gives away no more than the table that hides them.
    Raises ValueError for people below zero, a time that is both shown and hidden, and a day that ends
    after midnight.
    """
    if hidden_people < 0 or any(people < 0 for people in people_by_start.values()):
        raise ValueError("people must not be below zero")
    if both := set(people_by_start) & set(hidden_starts):
        raise ValueError(f"{min(both):%H:%M} is both shown and hidden")
    for start in {*people_by_start, *hidden_starts}:
        if _minute(start) + PRESENCE_MINUTES > 24 * 60:
            raise ValueError(f"{start:%H:%M} is too late a start: the day would end after midnight")
    slots = range(OPENING_MINUTE, CLOSING_MINUTE, SLOT_MINUTES)
    return tuple(_cover(slot, people_by_start, hidden_starts, hidden_people, lunch) for slot in slots)


def _cover(
    slot: int,
    people_by_start: Mapping[datetime.time, float],
    hidden_starts: Collection[datetime.time],
    hidden_people: float,
    lunch: datetime.time | None,
) -> Cover:
    everyone = sum(people_by_start.values())
    present = sum(people for start, people in people_by_start.items() if _at_work(start, slot, lunch))
    absent = everyone - present
    unplaced = 0.0
    there = {_at_work(start, slot, lunch) for start in hidden_starts}
    if len(there) == 1:
        present, absent = (
            (present + hidden_people, absent) if True in there else (present, absent + hidden_people)
        )
    else:
        unplaced = hidden_people
    return Cover(datetime.time(slot // 60, slot % 60), present, absent, unplaced)


def _at_work(start: datetime.time, slot: int, lunch: datetime.time | None) -> bool:
    there = _minute(start) <= slot and slot + SLOT_MINUTES <= _minute(start) + PRESENCE_MINUTES
    return there and (lunch is None or not _minute(lunch) - SLOT_MINUTES < slot < _minute(lunch) + 60)


def _minute(time: datetime.time) -> int:
    return time.hour * 60 + time.minute
