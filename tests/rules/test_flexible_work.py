"""What the rule asks for, what the printed count can mean, and who is at work when."""

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.rules import flexible_work

MARCH = datetime.date(2023, 3, 1)
INDEPENDENCE_MOVEMENT_DAY = {datetime.date(2023, 3, 1)}
CHUSEOK = {datetime.date(2023, 9, day) for day in (28, 29)} | {
    datetime.date(2023, 10, day) for day in (2, 3, 9)
}

untimed = settings(deadline=None)
days = st.dates(datetime.date(2000, 1, 1), datetime.date(2099, 12, 31))
conventions = st.sampled_from(flexible_work.CONVENTIONS)
half_hours = st.integers(0, 30).map(lambda half: datetime.time(half // 2, half % 2 * 30))
starts = st.integers(0, 15 * 60).map(lambda minute: datetime.time(minute // 60, minute % 60))


def at(text: str) -> datetime.time:
    return datetime.time.fromisoformat(text)


def month_after(day: datetime.date) -> datetime.date:
    return (day.replace(day=1) + datetime.timedelta(days=31)).replace(day=1)


def test_march_2023_has_22_working_days() -> None:
    """The month of the report: 23 weekdays less 3·1절; one day off here moves every expectation by 5 %."""
    found = flexible_work.working_days(datetime.date(2023, 3, 17), INDEPENDENCE_MOVEMENT_DAY)
    assert len(found) == 22
    assert (found[0], found[-1]) == (datetime.date(2023, 3, 2), datetime.date(2023, 3, 31))


@pytest.mark.parametrize(
    ("month", "holidays", "weeks"),
    [
        (MARCH, INDEPENDENCE_MOVEMENT_DAY, {"working_days": Fraction(22, 5), "thursday": 5, "touched": 5}),
        (datetime.date(2023, 4, 30), set(), {"working_days": 4, "thursday": 4, "touched": 4}),
        (datetime.date(2023, 10, 1), CHUSEOK, {"working_days": Fraction(19, 5), "thursday": 4, "touched": 5}),
        (datetime.date(2023, 9, 1), CHUSEOK, {"working_days": Fraction(19, 5), "thursday": 4, "touched": 5}),
    ],
)
def test_weeks_of_months_counted_by_hand(month: datetime.date, holidays: Any, weeks: dict[str, Any]) -> None:
    """A convention that counts otherwise than its name says makes every rate on the page wrong."""
    assert {name: flexible_work.weeks(month, holidays, name) for name in flexible_work.CONVENTIONS} == weeks


def test_a_week_of_holidays_does_not_count() -> None:
    """In a week without a working day nobody can be expected to have used anything."""
    week = {datetime.date(2023, 4, day) for day in range(10, 15)}
    for convention in flexible_work.CONVENTIONS:
        assert flexible_work.weeks(datetime.date(2023, 4, 1), week, convention) == 3


@untimed
@given(st.integers(2000, 2098), st.sets(days, max_size=20))
def test_thursday_weeks_of_a_year_are_its_iso_weeks(year: int, holidays: set[datetime.date]) -> None:
    """A week that two months share must be counted in one of them, or a year has 60 weeks."""
    months = [datetime.date(year, month, 1) for month in range(1, 13)]
    iso_weeks = datetime.date(year, 12, 28).isocalendar().week
    assert sum(flexible_work.weeks(month, (), "thursday") for month in months) == iso_weeks
    assert sum(flexible_work.weeks(month, holidays) for month in months) * 5 == sum(
        len(flexible_work.working_days(month, holidays)) for month in months
    )


@untimed
@given(days, st.integers(1, 5), st.sets(days, max_size=20), conventions)
def test_expected_uses_fit_the_month(
    day: datetime.date, minimum: int, holidays: set[datetime.date], convention: flexible_work.Convention
) -> None:
    """More uses than working days, or fewer for a stricter rule, cannot be asked of anyone."""
    uses = flexible_work.uses_per_person(day, minimum, holidays, convention)
    assert 0 <= uses <= minimum * flexible_work.weeks(day, holidays, convention)
    assert uses >= flexible_work.uses_per_person(day, 1, holidays, convention)
    if convention != "thursday":
        assert uses <= len(flexible_work.working_days(day, holidays))
    assert uses == flexible_work.uses_per_person(day.replace(day=1), minimum, holidays, convention)


@untimed
@given(days, st.integers(1, 5), conventions)
def test_a_holiday_never_raises_what_is_expected(
    day: datetime.date, minimum: int, convention: flexible_work.Convention
) -> None:
    """A holiday entered by HR that raised the expectation would be read as a fault of the department."""
    without = flexible_work.uses_per_person(day, minimum, (), convention)
    assert flexible_work.uses_per_person(day, minimum, {day}, convention) <= without


def test_a_short_week_asks_for_no_more_than_its_days() -> None:
    """4급 이상 owe two uses a week, but a week of one working day has room for one."""
    holidays = {datetime.date(2023, 4, day) for day in range(10, 14)}
    assert flexible_work.uses_per_person(datetime.date(2023, 4, 1), 2, holidays, "thursday") == 7


def test_growth_of_the_report() -> None:
    """The report's own figures: 2,060 to 6,902."""
    growth = flexible_work.growth(2060, 6902)
    assert growth.difference == 4842
    assert growth.ratio == pytest.approx(3.3505, abs=0.00005)
    assert growth.percent == pytest.approx(235.05, abs=0.005)


def test_growth_from_nothing_has_no_percent() -> None:
    """A department that starts from zero must not show an infinite or a zero rate."""
    assert flexible_work.growth(0, 7) == (7, None, None)
    assert flexible_work.growth(8, 2) == (-6, 0.25, -75)


def test_the_staff_implied_by_the_report() -> None:
    """The denominator that the page offers: 5,606 people are 53.6 %."""
    assert flexible_work.implied_whole(5606, Decimal("53.6")) == (10459, 10450, 10468)
    assert flexible_work.implied_whole(5606, 53.6) == (10459, 10450, 10468)
    assert flexible_work.implied_whole(5606, Decimal("53.60")).highest == 10459


@untimed
@given(st.integers(1, 20000), st.integers(1, 20000))
def test_the_implied_range_holds_the_true_whole(part: int, rest: int) -> None:
    """A range that misses the truth would make a correct report look wrong."""
    percent = (Decimal(part * 100) / (part + rest)).quantize(Decimal("0.1"))
    if percent:
        found = flexible_work.implied_whole(part, percent)
        assert found.lowest <= part + rest <= found.highest
        assert found.lowest <= found.whole <= found.highest


def test_the_two_readings_of_the_printed_count() -> None:
    """The unit trap: 66 % of the staff as people, 15 % of what once a week asks as cases."""
    uses = flexible_work.uses_per_person(MARCH, 1, INDEPENDENCE_MOVEMENT_DAY)
    people = flexible_work.rate(6902, "명", 10459, uses)
    cases = flexible_work.rate(6902, "건", 10459, uses)
    assert people.percent == pytest.approx(65.99, abs=0.005)
    assert cases.percent == pytest.approx(15.00, abs=0.005)
    assert (people.denominator, cases.denominator) == (10459, 46019.6)


def test_what_march_would_hold_if_all_met_the_rule() -> None:
    """Checked by hand: 10,000 people, 5 % of them 4급 이상 with two uses a week, 4.4 weeks."""
    uses = {
        band: flexible_work.uses_per_person(MARCH, minimum, INDEPENDENCE_MOVEMENT_DAY)
        for band, minimum in {"5급 이하": 1, "4급 이상": 2}.items()
    }
    rows = flexible_work.full_compliance(10_000, {"5급 이하": 95, "4급 이상": Decimal(5)}, uses)
    assert rows == (("5급 이하", 9500, 4.4, 41800), ("4급 이상", 500, 8.8, 4400))


@untimed
@given(st.integers(0, 20000), st.integers(0, 1000))
def test_everybody_meeting_the_rule_is_full_compliance(people: int, tenths: int) -> None:
    """What-if and compliance must mean the same by the rule: what all owe is 100 % of what is expected."""
    uses = {"5급 이하": Fraction(22, 5), "4급 이상": Fraction(44, 5)}
    shares = {"5급 이하": Decimal(1000 - tenths) / 10, "4급 이상": Decimal(tenths) / 10}
    rows = flexible_work.full_compliance(people, shares, uses)
    assert sum(row.people for row in rows) == pytest.approx(people)
    assert sum(row.uses for row in rows) == pytest.approx(people * (4.4 + 4.4 * tenths / 1000))


def test_compliance_by_department_and_band() -> None:
    """Who is below the rule: the twice-a-week band is measured against twice."""
    groups = [
        flexible_work.Group("인사과", "5급 이하", 40, 30, 160),
        flexible_work.Group("인사과", "4급 이상", 1, 1, 8),
        flexible_work.Group("대외협력과", "5급 이하", 0, 0, 0),
        flexible_work.Group("남북협력과", "5급 이하", 10, 12, 60),
    ]
    below, senior, empty, above = flexible_work.compliance(
        groups, {"5급 이하": Fraction(4), "4급 이상": Fraction(8)}
    )
    assert below == ("인사과", "5급 이하", 160, 75, 100, 0, True)
    assert (senior.expected, senior.compliance_percent, senior.met) == (8, 100, True)
    assert empty == ("대외협력과", "5급 이하", 0, None, None, 0, True)
    assert (above.adoption_percent, above.compliance_percent) == (120, 150)
    [short] = flexible_work.compliance([groups[0]._replace(cases=100)], {"5급 이하": Fraction(22, 5)})
    assert (short.shortfall, short.met) == (76, False)


@untimed
@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 3000)), max_size=8))
def test_shortfalls_are_what_the_rule_still_asks_for(counts: list[tuple[int, int]]) -> None:
    """A surplus of one department must not make up for another's shortfall."""
    groups = [
        flexible_work.Group(f"과{number}", "5급 이하", people, 0, cases)
        for number, (people, cases) in enumerate(counts)
    ]
    for group, row in zip(
        groups, flexible_work.compliance(groups, {"5급 이하": Fraction(22, 5)}), strict=True
    ):
        assert row.met == (row.shortfall == 0)
        assert row.shortfall == pytest.approx(max(0, group.people * 4.4 - group.cases))


def test_cover_of_two_shifts_by_hand() -> None:
    """08:00 people leave at 17:00 and 10:00 people come at 10:00: the edges of the day are thin."""
    rows = flexible_work.cover({at("08:00"): 3, at("10:00"): 2})
    present = {f"{row.slot:%H:%M}": row.present for row in rows}
    assert len(rows) == 18
    assert [present[slot] for slot in ("09:00", "09:30", "10:00", "11:30")] == [3, 3, 5, 5]
    assert [present[slot] for slot in ("12:00", "12:30", "13:00", "16:30")] == [0, 0, 5, 5]
    assert [present[slot] for slot in ("17:00", "17:30")] == [2, 2]


def test_a_start_between_two_half_hours_counts_only_for_whole_ones() -> None:
    """A counter staffed for 15 of 30 minutes is not staffed at the hour."""
    rows = flexible_work.cover({at("09:15"): 1})
    assert [row.present for row in rows[:2]] == [0, 1]
    assert [row.present for row in flexible_work.cover({at("08:45"): 1})[-2:]] == [1, 0]


def test_lunch_can_move_or_be_taken_in_turns() -> None:
    """제2조 제2항 lets the hour move; offices with counters stagger it."""
    moved = flexible_work.cover({at("09:00"): 4}, lunch=at("11:30"))
    assert [row.slot for row in moved if not row.present] == [at("11:30"), at("12:00")]
    assert all(row.present == 4 for row in flexible_work.cover({at("09:00"): 4}, lunch=None))


@untimed
@given(
    st.dictionaries(starts, st.integers(0, 500), max_size=8),
    st.sets(starts, max_size=3),
    st.integers(0, 20),
    st.none() | half_hours,
)
def test_cover_sums_to_people(
    shown: dict[datetime.time, int],
    hidden: set[datetime.time],
    hidden_people: int,
    lunch: datetime.time | None,
) -> None:
    """Somebody counted twice, or lost, at any half-hour makes the chart of the counter hours wrong."""
    hidden = hidden - set(shown)
    rows = flexible_work.cover(shown, hidden, hidden_people, lunch)
    for row in rows:
        assert row.present + row.absent + row.unplaced == sum(shown.values()) + hidden_people
        assert min(row.present, row.absent, row.unplaced) >= 0


@untimed
@given(st.dictionaries(starts, st.integers(0, 500), max_size=8), st.none() | half_hours)
def test_everyone_is_at_work_for_as_many_half_hours_as_the_day_gives(
    people: dict[datetime.time, int], lunch: datetime.time | None
) -> None:
    """The sum over the day is an independent count: one person at a time, half-hour by half-hour."""
    total = 0
    for start, count in people.items():
        begin = start.hour * 60 + start.minute
        for slot in range(540, 1080, 30):
            meal = (
                range(0)
                if lunch is None
                else range(lunch.hour * 60 + lunch.minute, lunch.hour * 60 + lunch.minute + 60)
            )
            minutes = [
                minute
                for minute in range(slot, slot + 30)
                if begin <= minute < begin + 540 and minute not in meal
            ]
            total += count * (len(minutes) == 30)
    assert sum(row.present for row in flexible_work.cover(people, lunch=lunch)) == total


@untimed
@given(st.dictionaries(starts, st.integers(0, 9), min_size=1, max_size=6), st.data())
def test_hidden_starts_bound_the_truth_and_leak_only_their_sum(
    people: dict[datetime.time, int], data: st.DataObject
) -> None:
    """A cover curve's steps are the counts by start time: hidden ones must not be read off it."""
    hidden = data.draw(st.sets(st.sampled_from(sorted(people)), min_size=1))
    shown = {start: count for start, count in people.items() if start not in hidden}
    total = sum(people[start] for start in hidden)
    rows = flexible_work.cover(shown, hidden, total)
    for row, true in zip(rows, flexible_work.cover(people), strict=True):
        assert row.present <= true.present <= row.present + row.unplaced
    elsewhere = {start: 0 for start in hidden} | {max(hidden): total}
    for row, other in zip(rows, flexible_work.cover(shown | elsewhere), strict=True):
        assert row.present <= other.present <= row.present + row.unplaced


def test_an_average_day_puts_everybody_else_at_nine() -> None:
    """Monthly cases are not people: 44 cases in 22 days are two people a day, the other eight start at 09:00."""
    found = flexible_work.average_day({at("08:00"): 44, at("09:00"): 11}, 10, 22)
    assert found == {at("08:00"): 2, at("09:00"): 8}


@untimed
@given(st.dictionaries(starts, st.integers(0, 300), max_size=6), st.integers(0, 200), st.integers(1, 23))
def test_an_average_day_has_all_people(cases: dict[datetime.time, int], more: int, days: int) -> None:
    """A department must not grow or shrink by being averaged."""
    people = -(-sum(cases.values()) // days) + more
    found = flexible_work.average_day(cases, people, days)
    assert sum(found.values()) == pytest.approx(people)
    assert min(found.values()) >= 0
    assert list(found) == sorted(found)


USES = {"5급 이하": Fraction(4)}
GROUP = flexible_work.Group("인사과", "5급 이하", 5, 5, 5)


@pytest.mark.parametrize(
    ("call", "arguments", "message"),
    [
        (flexible_work.weeks, (MARCH, (), "iso"), "convention must be one of"),
        (flexible_work.uses_per_person, (MARCH, 0, ()), "weekly_minimum .* not 0"),
        (flexible_work.uses_per_person, (MARCH, 6, ()), "weekly_minimum .* not 6"),
        (flexible_work.growth, (-1, 5), "before must not be below zero"),
        (flexible_work.growth, (1, -5), "after must not be below zero"),
        (flexible_work.implied_whole, (-1, 50), "part must not be below zero"),
        (flexible_work.implied_whole, (1, 0), "percent must be above zero"),
        (flexible_work.implied_whole, (1, float("nan")), "percent must be above zero"),
        (flexible_work.rate, (1, "개", 10, Fraction(4)), "unit must be 명 or 건"),
        (flexible_work.rate, (1, "명", 0, Fraction(4)), "people and uses must be above zero"),
        (flexible_work.rate, (1, "건", 10, Fraction(0)), "people and uses must be above zero"),
        (flexible_work.rate, (-1, "건", 10, Fraction(1)), "count must not be below zero"),
        (flexible_work.full_compliance, (10, {"5급 이하": 99.9}, USES), "add to 100, not 99.9"),
        (flexible_work.full_compliance, (10, {}, USES), "add to 100, not 0"),
        (flexible_work.full_compliance, (10, {"5급 이하": 110, "4급 이상": -10}, USES), "zero or more"),
        (flexible_work.full_compliance, (10, {"4급 이상": 100}, USES), "4급 이상: no rule"),
        (flexible_work.full_compliance, (-1, {"5급 이하": 100}, USES), "people must not be below zero"),
        (flexible_work.compliance, ([GROUP, GROUP], USES), "인사과, 5급 이하: given twice"),
        (flexible_work.compliance, ([GROUP._replace(cases=-1)], USES), "인사과, 5급 이하: counts"),
        (flexible_work.compliance, ([GROUP._replace(band="임기제")], USES), "임기제: no rule"),
        (flexible_work.average_day, ({at("08:00"): 23}, 1, 22), "23 cases do not fit into 22 days of 1"),
        (flexible_work.average_day, ({at("08:00"): 1}, 1, 0), "do not fit into 0 days"),
        (flexible_work.average_day, ({at("08:00"): -1}, 1, 22), "08:00:00 must not be below zero"),
        (flexible_work.cover, ({at("15:01"): 1},), "15:01 is too late"),
        (flexible_work.cover, ({}, {at("16:00")}, 5), "16:00 is too late"),
        (flexible_work.cover, ({at("08:00"): -1},), "people must not be below zero"),
        (flexible_work.cover, ({}, {at("08:00")}, -1), "people must not be below zero"),
        (flexible_work.cover, ({at("08:00"): 1}, {at("08:00")}, 1), "08:00 is both shown and hidden"),
    ],
)
def test_bad_input_is_refused_by_name(call: Any, arguments: tuple[Any, ...], message: str) -> None:
    """A wrong value taken in silently becomes a rate that somebody quotes."""
    with pytest.raises(ValueError, match=message):
        call(*arguments)


def test_fixed_holidays_of_a_year() -> None:
    """A holiday in the wrong month changes every expectation of it."""
    days = flexible_work.fixed_holidays(2023)
    assert len(days) == 8
    assert {datetime.date(2023, 3, 1), datetime.date(2023, 5, 5), datetime.date(2023, 12, 25)} <= days
    assert len(flexible_work.working_days(datetime.date(2023, 3, 1), days)) == 22
