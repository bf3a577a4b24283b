"""실적가점: how many are recommended and selected, in which tiers, and what the points come to.

The shares come from the data of the report (before the reform 2 % of 현원 recommended and about 1 %
selected; after it 5 % and 3 %, with at least 30 % of the recommended 7급 이하, and a 협력 category of 2
to 5 people with up to three times an individual's points). Law: only the highest award of a
half-year counts (서울특별시 인사규칙 제46조의3), and all bonuses together come to at most 5 points
(지방공무원 평정규칙 제27조).

Stated nowhere, and so a parameter wherever it matters: how counts round; whether they are taken
per unit or of the whole; what a small unit gets; the tiers after the reform (S++ and S+ within S
or beside it; the tiers before it make 50 % of the recommended, where 3 of 5 make 60 %); what three
times means; what the 30 % is of; the points of a tier.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from lib.rules import apportionment, number

POINT_CAP = 5
TEAM_SIZES = range(2, 6)
"""Members of a 협력 team: 2 to 5."""

TierBase = Literal["recommended", "selected"]


class Tier(NamedTuple):
    """A grade of the bonus and its share, in percent."""

    name: str
    share_percent: number.Number


class Regime(NamedTuple):
    """The shares of one time, as an edition of the report has them."""

    recommended_percent: number.Number
    """Of 현원."""
    selected_percent: number.Number
    """Of 현원."""
    tiers: tuple[Tier, ...] = ()
    """From the highest. The report gives shares before the reform only."""
    junior_percent: number.Number = 0
    """At least so much of those recommended is 7급 이하."""


class Counts(NamedTuple):
    """Recommended and selected people of a unit."""

    people: int
    recommended: int
    selected: int
    exact_recommended: Fraction
    exact_selected: Fraction
    raised: bool
    """The small-unit rule made `recommended` larger than the share would."""


class UnitCounts(NamedTuple):
    """The counts of every unit, their sum, and the same people counted as one."""

    units: tuple[Counts, ...]
    total: Counts
    """Sums of the units."""
    whole: Counts
    """Everyone as one unit."""
    unreached: int
    """Units with people of whom nobody is recommended."""


class TierCounts(NamedTuple):
    """People per tier, from the highest."""

    names: tuple[str, ...]
    people: tuple[int, ...]
    quotas: tuple[Fraction, ...]
    excluded: int
    """Recommended, but in no tier (선정 제외)."""
    unexplained: int
    """People in tiers more (+) or fewer (−) than `selected`: what the listed shares leave open."""
    ties: tuple[int, ...] = ()
    """Tiers with an equal claim to the last place; the position after the last tier is 선정 제외."""
    favoured: tuple[int, ...] = ()


class JuniorMinimum(NamedTuple):
    """How many must be 7급 이하, and whether that can be."""

    people: int
    """Of how many."""
    required: int
    exact: Fraction
    feasible: bool
    reason: str
    """Why it cannot be met, in Korean; empty where it can."""

    @property
    def effect(self) -> Fraction:
        """What the minimum comes to, in percent of the people; 0 where there are none."""
        return Fraction(100 * self.required, self.people or 1)


class Collaboration(NamedTuple):
    """A 협력 award under both readings of "up to three times an individual's points"."""

    members: int
    pool_each: Fraction
    pool_total: Fraction
    """Reading 1: the team shares multiple × points."""
    person_each: Fraction
    person_total: Fraction
    """Reading 2: each member gets multiple × points."""


class Award(NamedTuple):
    """Points of one award; `half_year` is any name of the half-year."""

    half_year: str
    points: number.Number


class Points(NamedTuple):
    """What one person's awards come to."""

    counted: tuple[Award, ...]
    """The highest of each half-year, in the order of the half-years' first appearance."""
    uncounted: tuple[Award, ...]
    before_cap: Fraction
    total: Fraction

    @property
    def capped(self) -> Fraction:
        """Points that the cap takes away."""
        return self.before_cap - self.total


def counts(
    people: int,
    regime: Regime,
    rounding: number.Rounding,
    *,
    small_unit: int = 0,
    small_unit_minimum: int = 1,
) -> Counts:
    """Recommended and selected people of a unit of `people`.

    `rounding` is an assumption that the caller must make. Units of fewer than `small_unit` people
    recommend at least `small_unit_minimum`, never more than they are (2020: one person for any
    실·국 under 100); 0 switches that off. No more are selected than recommended.

    ValueError names the argument: shares outside 0 … 100, more percent selected than recommended.
    """
    people = number.whole(people, "people")
    small_unit = number.whole(small_unit, "small_unit")
    small_unit_minimum = number.whole(small_unit_minimum, "small_unit_minimum")
    recommended_share = _percent(regime.recommended_percent, "recommended_percent")
    selected_share = _percent(regime.selected_percent, "selected_percent")
    if selected_share > recommended_share:
        raise ValueError("selected_percent must not be larger than recommended_percent")
    exact_recommended, exact_selected = people * recommended_share, people * selected_share
    by_share = number.rounded(exact_recommended, rounding)
    floor = min(small_unit_minimum, people) if people < small_unit else 0
    recommended = max(by_share, floor)
    selected = number.rounded(exact_selected, rounding)
    return Counts(people, recommended, selected, exact_recommended, exact_selected, recommended > by_share)


def by_unit(
    people: Sequence[int],
    regime: Regime,
    rounding: number.Rounding,
    *,
    small_unit: int = 0,
    small_unit_minimum: int = 1,
) -> UnitCounts:
    """The counts per unit beside those of everyone as one unit: per-unit caps against a whole one.

    The small-unit rule is applied to the units only.
    """
    units = tuple(
        counts(size, regime, rounding, small_unit=small_unit, small_unit_minimum=small_unit_minimum)
        for size in people
    )
    total = Counts(
        sum(unit.people for unit in units),
        sum(unit.recommended for unit in units),
        sum(unit.selected for unit in units),
        sum((unit.exact_recommended for unit in units), Fraction()),
        sum((unit.exact_selected for unit in units), Fraction()),
        any(unit.raised for unit in units),
    )
    unreached = sum(1 for unit in units if unit.people and not unit.recommended)
    return UnitCounts(units, total, counts(total.people, regime, rounding), unreached)


def tiers(
    recommended: int,
    selected: int,
    listed: Sequence[Tier],
    base: TierBase,
    method: apportionment.Method = "largest_remainder",
    tie: apportionment.TieRule = "upper",
) -> TierCounts:
    """People per tier, under one of two readings of the listed shares.

    `recommended`: percent of those recommended, and whoever the listed tiers leave over is not
    selected, whatever `selected` says; `unexplained` is the difference. `selected`: the shares are
    ratios by which exactly those selected are divided.

    ValueError names the argument: no tier, shares that sum to more than 100 or (for `selected`) to
    nothing, more selected than recommended.
    """
    number.choice(base, TierBase, "base")
    recommended = number.whole(recommended, "recommended")
    selected = number.whole(selected, "selected")
    if selected > recommended:
        raise ValueError(f"selected is {selected}, more than the {recommended} recommended")
    if not listed:
        raise ValueError("listed must have at least one tier")
    shares = [
        number.share(tier.share_percent, f"listed[{position}].share_percent")
        for position, tier in enumerate(listed)
    ]
    if sum(shares) > 100:
        raise ValueError(f"listed shares must sum to at most 100, not {float(sum(shares)):g}")
    if base == "selected" and not any(shares):
        raise ValueError("listed shares are all 0, so they divide nobody")
    names = tuple(tier.name for tier in listed)
    if base == "selected":
        result = apportionment.apportion(shares, selected, method, tie)
        people, quotas = result.seats, result.quotas
    else:
        result = apportionment.apportion([*shares, 100 - sum(shares)], recommended, method, tie)
        people, quotas = result.seats[:-1], result.quotas[:-1]
    awarded = sum(people)
    return TierCounts(
        names, people, quotas, recommended - awarded, awarded - selected, result.ties, result.favoured
    )


def promoted(awarded: TierCounts, outstanding: Sequence[tuple[str, int]], source: str = "S") -> TierCounts:
    """The tiers with outstanding cases moved from `source` into tiers of their own above it.

    The reading in which S++ and S+ lie inside S's share: `outstanding` is (("S++", 1), ("S+", 0)).
    They have no quota: their quota is 0 and that of `source` stays, and they are left empty where
    no case fits. ValueError where the cases are more than the people of `source`.
    """
    if source not in awarded.names:
        raise ValueError(f"source must be one of the tiers, not {source!r}")
    cases = [
        number.whole(people, f"outstanding[{position}]") for position, (_, people) in enumerate(outstanding)
    ]
    place = awarded.names.index(source)
    left = awarded.people[place] - sum(cases)
    if left < 0:
        raise ValueError(f"outstanding cases are {sum(cases)}, but {source} has {awarded.people[place]}")
    return awarded._replace(
        names=(*awarded.names[:place], *(name for name, _ in outstanding), *awarded.names[place:]),
        people=(*awarded.people[:place], *cases, left, *awarded.people[place + 1 :]),
        quotas=(*awarded.quotas[:place], *(Fraction(0) for _ in cases), *awarded.quotas[place:]),
        ties=tuple(_shifted(tier, place, len(cases)) for tier in awarded.ties),
        favoured=tuple(_shifted(tier, place, len(cases)) for tier in awarded.favoured),
    )


def junior_minimum(
    people: int,
    percent: number.Number,
    rounding: number.Rounding = "ceil",
    *,
    juniors: int | None = None,
    seniors: int | None = None,
) -> JuniorMinimum:
    """How many of `people` must be 7급 이하, and whether the candidates allow it.

    `people` are those whom the `percent` is taken of: the recommended, or another reading.
    `juniors` and `seniors` are the candidates of 7급 이하 and above; None: not known, and taken to
    be enough. Rounded up, a single nominee is always 7급 이하, two are half, and only tens are exact.
    Too few candidates of both kinds together is infeasible too; the rule is never relaxed.
    """
    people = number.whole(people, "people")
    exact = people * _percent(percent, "percent")
    required = number.rounded(exact, rounding)
    juniors = None if juniors is None else number.whole(juniors, "juniors")
    seniors = None if seniors is None else number.whole(seniors, "seniors")
    reason = ""
    if juniors is not None and juniors < required:
        candidates = f"후보가 {juniors:,}명뿐임" if juniors else "후보가 없음"
        reason = f"{people:,}명 중 7급 이하가 {required:,}명 이상이어야 하나 7급 이하 {candidates}"
    elif juniors is not None and seniors is not None and juniors + seniors < people:
        reason = f"{people:,}명을 추천하여야 하나 후보가 모두 {juniors + seniors:,}명뿐임"
    return JuniorMinimum(people, required, exact, not reason, reason)


def collaboration(
    points: number.Number,
    members: int,
    multiple: number.Number = 3,
    team_sizes: Sequence[int] = TEAM_SIZES,
) -> Collaboration:
    """What a team gets where an individual would get `points`, under both readings.

    With one point and three times: 1.5 / 1 / 0.75 / 0.6 each out of a pool of three, or three each
    and 6 / 9 / 12 / 15 in all. "Up to": `multiple` may be less.
    """
    individual = number.share(points, "points")
    times = number.share(multiple, "multiple")
    members = number.whole(members, "members")
    if members not in team_sizes:
        raise ValueError(f"members must be {min(team_sizes)} to {max(team_sizes)}, but is {members}")
    most = times * individual
    return Collaboration(members, most / members, most, most, most * members)


def points(awards: Sequence[Award], other: number.Number = 0, cap: number.Number = POINT_CAP) -> Points:
    """One person's bonus points: the highest award of every half-year, with `other` bonuses, capped.

    Of equal awards in a half-year the first counts. 서울특별시 인사규칙 제46조의3; 평정규칙 제27조.
    """
    values = [
        number.share(award.points, f"awards[{position}].points") for position, award in enumerate(awards)
    ]
    highest: dict[str, int] = {}
    for position, award in enumerate(awards):
        leader = highest.setdefault(award.half_year, position)
        if values[position] > values[leader]:
            highest[award.half_year] = position
    counted = list(highest.values())
    before_cap = sum((values[position] for position in counted), number.share(other, "other"))
    return Points(
        tuple(awards[position] for position in counted),
        tuple(award for position, award in enumerate(awards) if position not in counted),
        before_cap,
        min(before_cap, number.share(cap, "cap")),
    )


def _percent(value: number.Number, name: str) -> Fraction:
    share = number.share(value, name)
    if share > 100:
        raise ValueError(f"{name} must be at most 100 percent, but is {value}")
    return share / 100


def _shifted(tier: int, place: int, by: int) -> int:
    return tier + by if tier >= place else tier
