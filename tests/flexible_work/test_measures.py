"""What the counts say: the same as the rule's own arithmetic, where nothing is hidden."""

import datetime
from fractions import Fraction

import pandas as pd
import pytest

from lib.flexible_work import measures, published, sample
from lib.flexible_work.counts import WHOLE
from lib.rules import flexible_work

BANDS = ("5급 이하", "4급 이상")
APRIL = datetime.date(2023, 4, 1)
USES = {"5급 이하": Fraction(4), "4급 이상": Fraction(8)}


def large() -> published.Published:
    """Groups so large that nothing is hidden."""
    rows = [
        (APRIL, "가과", "5급 이하", datetime.time(8), 120, 20, 60),
        (APRIL, "가과", "5급 이하", datetime.time(10), 150, 30, 60),
        (APRIL, "가과", "4급 이상", datetime.time(8), 100, 10, 20),
        (APRIL, "나과", "5급 이하", datetime.time(10), 160, 40, 50),
        (APRIL, "나과", "4급 이상", datetime.time(8), 80, 9, 30),
    ]
    frame = pd.DataFrame(rows, columns=["month", "department", "band", "start", "cases", "users", "quota"])
    return published.published(
        APRIL, frame.astype(dict.fromkeys(("month", "department", "band", "start"), "category")), BANDS
    )


def test_rates_are_those_of_the_rule() -> None:
    """A second arithmetic on the page that drifts away from the one that is tested."""
    rows = measures.against_rule(large(), USES)
    assert rows["users"].notna().all()
    parts = rows[(rows["band"] != WHOLE) & (rows["department"] != WHOLE)]
    expected = flexible_work.compliance(
        [
            flexible_work.Group(row.department, row.band, int(row.quota), int(row.users), int(row.cases))
            for row in parts.itertuples()
        ],
        USES,
    )
    for row, rule in zip(parts.itertuples(), expected, strict=True):
        assert row.expected == pytest.approx(rule.expected)
        assert row.adoption * 100 == pytest.approx(rule.adoption_percent)
        assert row.compliance * 100 == pytest.approx(rule.compliance_percent)
        assert row.shortfall == pytest.approx(rule.shortfall)
        assert (row.state == measures.MET) == rule.met


def test_totals_expect_what_their_bands_expect() -> None:
    """A department measured with one band's rule for all of its people."""
    rows = measures.against_rule(large(), USES).set_index(["department", "band"])
    assert rows.loc[("가과", WHOLE), "expected"] == 60 * 4 + 20 * 8
    assert rows.loc[(WHOLE, WHOLE), "expected"] == 110 * 4 + 50 * 8
    assert rows.loc[(WHOLE, WHOLE), "cases"] == 610


def test_before_the_rule_nothing_is_below_it() -> None:
    """Departments blamed for the months in which nobody had to."""
    rows = measures.against_rule(large(), {})
    assert set(rows["state"]) == {measures.NO_RULE}
    assert rows["compliance"].isna().all() and rows["adoption"].notna().all()


def test_cover_by_hand() -> None:
    """People at the counter who have gone home: 60 of 가과 by day, 10 at 08:00 and 5 at 10:00 on average."""
    rows = measures.cover(large(), "가과", 20)
    assert rows is not None
    cover = rows.set_index("slot")["present"]
    # 220 cases at 08:00 and 150 at 10:00 over 20 days: 11 and 7.5 of 80 people; 61.5 start at 09:00.
    assert cover["09:00"] == pytest.approx(72.5)
    assert cover["10:00"] == pytest.approx(80)
    assert cover["12:00"] == 0
    assert cover["17:00"] == pytest.approx(69)


def test_hidden_starts_are_counted_apart() -> None:
    """People whose start is hidden taken as at work, or as away."""
    month = published.Book(sample.counts(), BANDS).month(sample.MONTHS[-1])
    rows = measures.cover(month, "예시 전산과", 20)
    assert rows is not None
    starts = measures.spread(month, "예시 전산과")
    assert starts["cases"].isna().any()
    assert rows["unplaced"].max() > 0


def test_shares_of_start_times_sum_to_all() -> None:
    """Shares of something else than the department's own cases."""
    assert measures.spread(large(), "가과")["share"].sum() == pytest.approx(1)
    assert measures.heat(large()).groupby("department")["share"].sum().to_list() == pytest.approx([1, 1])


def test_a_department_of_one_month_only_has_no_change() -> None:
    """A new department that seems to have risen from nothing."""
    before = measures.against_rule(large(), USES)
    after = before[before["department"] != "나과"]
    rows = measures.comparison(before, after, WHOLE).set_index("department")
    assert rows.loc["가과", "change"] == 0
    assert pd.isna(rows.loc["나과", "change"])
    assert rows.index[-1] == WHOLE
