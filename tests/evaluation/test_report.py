"""What the simulator finds, on units small enough to be counted by hand."""

import datetime
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lib.evaluation import award, cutting, distribution, plan, report
from lib.evaluation.controls import CONTROLS
from lib.queries import evaluation
from lib.rules import bonus
from lib.rules.rating_unit import Unit

OLD = bonus.Regime(2, 1, (bonus.Tier("S", 10), bonus.Tier("A", 20), bonus.Tier("B", 20)))
TEN, FIVE = Unit("열 명", 10), Unit("다섯 명", 5)


def planned(*units: Unit, **settings: Any) -> plan.Plan:
    """The defaults with some settings changed, on some units."""
    return plan.Plan({**plan.DEFAULTS, **settings}, units)


def cells(rows: Any, first: str) -> list[str]:
    """The cells of the row that begins so."""
    [row] = rows[rows.iloc[:, 0] == first].itertuples(index=False)
    return list(row)


@pytest.mark.parametrize(
    ("settings", "counts"),
    [
        ({}, (3, 6, 6, 0)),
        ({"ga_mode": "가 비율 전부"}, (3, 6, 5, 1)),
        ({"ga_mode": "가 비율 전부", "tie": "낮은 등급"}, (3, 6, 4, 2)),
        ({"ga_mode": "확정된 가만"}, (3, 6, 5, 1)),
        ({"share_su": 10.0, "share_u": 50.0}, (2, 7, 6, 0)),
        ({"share_su": 10.0, "share_u": 50.0, "tie": "낮은 등급"}, (1, 8, 6, 0)),
        ({"scope": "전체 합계에 맞춤", "ga_mode": "가 비율 전부"}, (3, 6, 5, 1)),
    ],
)
def test_settings_reach_the_rule(settings: Mapping[str, Any], counts: tuple[int, ...]) -> None:
    """Prevents a control that is shown but decides nothing, or something else."""
    units = (TEN._replace(confirmed=1), FIVE)
    assert distribution.outcome(planned(*units, **settings)).total.counts == counts


def test_small_units_are_pooled_within_their_rank() -> None:
    """Prevents a threshold that pools nothing, or people of different 직급."""
    units = (Unit("가", 3, "6급"), Unit("나", 4, "6급"), Unit("다", 3, "7급"), Unit("라", 9, "6급"))
    pools = distribution.outcome(planned(*units, pool_below=5)).pools
    assert [(pool.unit.name, pool.unit.people, pool.small) for pool in pools] == [
        ("가 + 나", 7, False),
        ("다", 3, True),
        ("라", 9, False),
    ]


def test_methods_differ_where_they_should() -> None:
    """Prevents that the choice of Webster still counts by largest remainders."""
    shares = {
        "share_su": 1.0,
        "share_u": 3.0,
        "share_yang": 10.0,
        "share_ga": 86.0,
        "ga_mode": "가 비율 전부",
    }
    unit = Unit("가", 14)
    assert distribution.outcome(planned(unit, **shares)).total.counts == (0, 1, 1, 12)
    assert distribution.outcome(planned(unit, **shares, method="웹스터")).total.counts == (0, 0, 1, 13)


def test_what_is_left_of_ga_goes_where_it_is_set() -> None:
    """Prevents that the assumption about unused 가 decides nothing."""
    unit = Unit("가", 100, "", 2)
    assert distribution.outcome(planned(unit, ga_mode="확정된 가만")).total.counts == (20, 40, 38, 2)
    spread = distribution.outcome(
        planned(unit, ga_mode="확정된 가만", ga_rest="수·우·양에 나눔")
    ).total.counts
    assert spread == (22, 43, 33, 2)


def test_people_stand_beside_their_exact_quota_and_ties_are_told() -> None:
    """Prevents whole people without the fraction they come from, or a tie decided in silence."""
    rows = distribution.people(distribution.outcome(planned(TEN, FIVE, ga_mode="가 비율 전부")), 100)
    assert cells(rows, "다섯 명") == ["다섯 명", "5", "1 (1)", "2 (2)", "2 (1.5)", "0 (0.5)", "양·가 → 양"]
    assert cells(rows, "단위 합계")[1:6] == ["15", "3 (3)", "6 (6)", "5 (4.5)", "1 (1.5)"]
    assert len(distribution.people(distribution.outcome(planned(TEN, FIVE)), 1)) == 3


def test_differences_in_people_and_in_points() -> None:
    """Prevents a difference without its sign or in the wrong unit."""
    rows = distribution.differences(distribution.outcome(planned(FIVE, ga_mode="가 비율 전부")), 100)
    assert cells(rows, "다섯 명") == [
        "다섯 명",
        "0명 (0%p)",
        "0명 (0%p)",
        "+0.5명 (+10.0%p)",
        "△0.5명 (△10.0%p)",
    ]


def test_changes_against_the_baseline_name_only_what_differs() -> None:
    """Prevents that the effect of a scenario must be looked for among what stays."""
    before, after = planned(TEN, FIVE), planned(TEN, FIVE, ga_mode="가 비율 전부")
    rows = distribution.changes(distribution.outcome(before), distribution.outcome(after), 100)
    assert rows.to_numpy().tolist() == [["열 명", "2", "4", "4 → 3 (△1)", "0 → 1 (+1)"]]


def test_vanishing_seats_are_told_at_their_size() -> None:
    """Prevents that a unit of twelve loses the place that eleven had, without a word."""
    shares = {"share_su": 1.0, "share_u": 3.0, "share_yang": 30.0, "share_ga": 66.0}
    assert distribution.losses(planned(TEN, FIVE)) == ([], [])
    _, everywhere = distribution.losses(planned(TEN, **shares, ga_mode="가 비율 전부"))
    assert everywhere, "1/3/30/66 loses seats under largest remainders"
    loss = everywhere[0]
    here, _ = distribution.losses(planned(Unit("그 단위", loss.people), **shares, ga_mode="가 비율 전부"))
    assert loss in here
    block = report.vanished(planned(Unit("그 단위", loss.people), **shares, ga_mode="가 비율 전부"))
    assert f"{loss.people}명 단위의 {loss.grade}" in block.caution
    with_webster = planned(Unit("그 단위", loss.people), **shares, ga_mode="가 비율 전부", method="웹스터")
    assert distribution.losses(with_webster) == ([], [])


def test_the_size_of_units_is_shown_as_the_strongest_lever() -> None:
    """Prevents that 360 people as sixty units of six pass for the same as one unit."""
    sizes = distribution.unit_sizes(planned(Unit("전체", 360), ga_mode="가 비율 전부"))
    table = distribution.size_table(sizes)
    assert cells(table, "4명") == ["4명", "90", "90", "180", "90", "0"]
    assert cells(table, "6명") == ["6명", "60", "60", "120", "120", "60"]
    assert cells(table, "360명") == ["360명", "1", "72", "144", "108", "36"]
    assert distribution.unit_sizes(planned(Unit("아무도", 0))) == ()
    assert [size.unit_size for size in distribution.unit_sizes(planned(Unit("둘", 2)))] == [2]


def test_one_person_and_one_point() -> None:
    """Prevents a table of small changes that does not say which of them matter."""
    rows = distribution.steps(planned(FIVE, ga_mode="가 비율 전부"), "다섯 명")
    assert cells(rows, "4명이라면(△1명)") == ["4명이라면(△1명)", "1", "2", "1 (△1)", "0", "바뀜"]
    assert cells(rows, "양 △1%p, 가 +1%p")[-3:] == ["1 (△1)", "1 (+1)", "바뀜"]


LIST = "\n".join(
    ["평정단위,직급,식별번호,점수"]
    + [
        f"총무과,6급,가{place},{score}"
        for place, score in enumerate((68, 66, 66, 60, 55, 50, 40, 45, 33, 20), 1)
    ]
    + [f"인사과,6급,나{place},{score}" for place, score in enumerate((65, 50, 50, 31), 1)]
    + ["감사과,4급,다1,60"]
)


def cut(**settings: Any) -> cutting.Cutting:
    """The list under some settings."""
    return cutting.cutting(planned(TEN, **settings), cutting.people("a.csv", LIST.encode("cp949")))


def test_the_order_is_cut_and_never_changed() -> None:
    """Prevents that people are sorted by score, which the committee may not do."""
    group = cut().groups[0]
    assert [person.identifier for person in group.cut.people] == [f"가{place}" for place in range(1, 11)]
    assert group.cut.counts == (2, 4, 4, 0)
    assert cutting.inversions(group, 9).to_numpy().tolist() == [["7 · 8", "가7 (40.00)", "가8 (45.00)"]]


def test_ties_at_a_cut_name_who_is_affected_by_each_rule() -> None:
    """Prevents that equal scores are parted without a word."""
    [row] = cutting.ties(cut().groups[0]).to_numpy().tolist()
    assert row == ["66.00", "가2(수), 가3(우)", "가3", "가2"]
    assert cut(cut_tie="모두 나은 등급").groups[0].cut.counts == (3, 3, 4, 0)
    assert cut(cut_tie="모두 낮은 등급").groups[0].cut.counts == (1, 5, 4, 0)


def test_grades_outside_their_band_are_listed() -> None:
    """Prevents a grade that contradicts the score (64 / 53 / 32)."""
    rows = cutting.violations(cut().groups[0], 9).to_numpy().tolist()
    assert rows == [
        ["가3", "66.00", "우", "수"],
        ["가6", "50.00", "우", "양"],
        ["가10", "20.00", "양", "가"],
    ]


def test_scenarios_name_who_moves() -> None:
    """Prevents that the people whom a change of rule moves must be looked for."""
    count, rows = cutting.moves(cut(), cut(ga_mode="가 비율 전부"), "총무과 6급", 9)
    assert (count, rows.to_numpy().tolist()) == (1, [["가10", "양", "가"]])


def test_senior_ranks_are_left_out_and_named() -> None:
    """Prevents a distribution for 4급 이상, who have none."""
    assert cut().exempt == ("감사과 4급",)
    assert [group.label for group in cut().groups] == ["총무과 6급", "인사과 6급"]


def test_a_summary_hides_small_counts_and_what_gives_them_away() -> None:
    """Prevents that a downloaded summary tells the grade of one of a few people."""
    rows = cutting.summary(cut()).set_index("평정단위")
    shown = [value for value in rows.to_numpy().ravel() if not isinstance(value, str)]
    assert all(value == 0 or value >= 5 for value in shown)
    assert rows.loc["총무과 6급", "수"] == cutting.HIDDEN
    assert cutting.HIDDEN in set(rows.loc["인사과 6급"])
    big = "\n".join(["평정단위,식별번호,점수", *(f"큰 과,{place},{70 - place / 10}" for place in range(100))])
    made = cutting.cutting(planned(TEN), cutting.people("a.csv", big.encode()))
    assert cutting.summary(made).iloc[0].tolist() == ["큰 과", 20, 40, 40, 0, 100]


def test_the_reform_side_by_side() -> None:
    """Prevents that recommended, selected or tiers are counted from the wrong regime."""
    found = report.awards(planned(Unit("큰 실", 100)), planned(Unit("큰 실", 100)), OLD)
    rows = award.comparison([("전", found.old), ("후", found.now)])
    assert cells(rows, "추천") == ["추천", "2명 (2)", "5명 (5)"]
    assert cells(rows, "선정") == ["선정", "1명 (1)", "3명 (3)"]
    assert cells(rows, "S++") == ["S++", "-", "0명"]
    assert cells(rows, "7급 이하 최소") == ["7급 이하 최소", "-", "2명 (40.0%)"]


@pytest.mark.parametrize(
    ("settings", "recommended", "selected"),
    [
        ({}, 1, 0),
        ({"award_rounding": "올림"}, 3, 2),
        ({"award_scope": "전체를 하나로"}, 2, 1),
        ({"small_unit": 100}, 2, 0),
        ({"small_unit": 100, "small_minimum": 2}, 4, 0),
        ({"recommended_percent": 10.0, "selected_percent": 5.0}, 4, 1),
    ],
)
def test_ways_of_counting(settings: Mapping[str, Any], recommended: int, selected: int) -> None:
    """Prevents a control of 실적가점 that decides nothing."""
    units = (Unit("가", 31), Unit("나", 14))
    counts = award.after(planned(*units, **settings), units).counts
    assert (counts.recommended, counts.selected) == (recommended, selected)


def test_outstanding_cases_inside_s_or_beside_it() -> None:
    """Prevents that S++ is counted in both readings alike, or placed where there is no room."""
    units = (Unit("큰 실", 1000),)
    inside = award.after(planned(*units, tier_spp=1, tier_sp=2), units).tiers
    beside = award.after(planned(*units, tier_spp=1, tier_sp=2, top_place="S와 별도로"), units).tiers
    assert (inside.names, inside.people) == (("S++", "S+", "S", "A", "B"), (1, 2, 2, 10, 10))
    assert (beside.people, beside.excluded) == ((1, 2, 5, 10, 10), 22)
    assert beside.unexplained == inside.unexplained + 3
    assert "사례 수를 줄이십시오" in award.after(planned(*units, tier_spp=9), units).problem


def test_the_minimum_of_juniors_cannot_always_be_met() -> None:
    """Prevents that the rule is relaxed in silence where there are no candidates."""
    units = (Unit("큰 실", 200),)
    found = report.awards(planned(*units, juniors=0), planned(*units), OLD)
    [block] = [
        block
        for block in report.award_blocks(found, planned(*units))
        if "7급 이하 최소 비율을" in block.caution
    ]
    assert "후보가 없음" in block.caution


def test_points_by_half_year_with_the_cap() -> None:
    """Prevents that two awards of a half-year are added, or that the cap of five points is passed."""
    points = award.points(plan.DEFAULTS)
    assert (float(points.before_cap), len(points.uncounted)) == (2.5, 1)
    assert float(award.points({**plan.DEFAULTS, "other_points": 9.0}).total) == 5
    with pytest.raises(ValueError, match="상반기 2번째 가점에 숫자가 아닌 값"):
        award.points({**plan.DEFAULTS, "first_half": "1, 둘"})


def test_contradictions_are_told_in_one_sentence() -> None:
    """Prevents a trace where the settings of 실적가점 contradict each other."""
    assert "선정 비율이 추천 비율보다 크니" in award.problem({**plan.DEFAULTS, "selected_percent": 6.0})
    assert "100%를 넘으니" in award.problem({**plan.DEFAULTS, "tier_s": 70.0})
    assert "모두 0이니" in award.problem({**plan.DEFAULTS, "tier_s": 0.0, "tier_a": 0.0, "tier_b": 0.0})
    assert not award.problem(plan.DEFAULTS)


def test_defaults_are_the_figures_of_the_report(bureau: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Prevents that a new edition changes a figure of the reform and the simulator starts from the old one."""
    monkeypatch.setenv("BUREAU_DATA", str(bureau))
    as_of = datetime.date(2023, 3, 31)
    new = evaluation.items(as_of, report.AFTER).set_index("item")["value"]
    assert new["recommended_share"] == CONTROLS["recommended_percent"].default
    assert new["selected_share"] == CONTROLS["selected_percent"].default
    assert new["junior_minimum_share"] == CONTROLS["junior_percent"].default
    assert new["team_multiple"] == CONTROLS["team_multiple"].default
    assert (new["team_minimum"], new["team_maximum"]) == (min(bonus.TEAM_SIZES), max(bonus.TEAM_SIZES))
    old = evaluation.items(as_of, report.BEFORE)
    tiers = evaluation.tiers(as_of, report.BEFORE)
    regime = award.old_regime(dict(zip(old["item"], old["value"], strict=True)), tiers.itertuples())
    assert regime == OLD


def test_the_workbook_has_settings_law_assumptions_and_figures() -> None:
    """Prevents figures that leave the page without what they rest on, or with formulas in them."""
    both = plan.Both(planned(Unit("=1+1", 20, "6급"), FIVE), planned(TEN, ga_mode="가 비율 전부"))
    content = report.workbook(both, OLD, ["출처 한 줄"])
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["설정", "법령", "가정", "결과"]
    texts = {name: [cell.value for row in book[name].iter_rows() for cell in row] for name in book.sheetnames}
    assert "가 처리" in texts["설정"] and "기준안 단위표" in texts["설정"]
    assert any("제31조의2" in str(text) for text in texts["법령"])
    assert "정수 배분 방법" in texts["가정"]
    assert "출처: 출처 한 줄" in texts["결과"] and "개선 전과 개선 후" in texts["결과"]
    kinds = {cell.data_type for name in book.sheetnames for row in book[name].iter_rows() for cell in row}
    assert "f" not in kinds
    assert "=1+1 6급" in texts["결과"]
