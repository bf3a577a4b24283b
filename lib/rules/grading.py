"""근무성적평정: how many people of a unit are graded 수, 우, 양 and 가.

지방공무원 임용령 제31조의2 제5항: per 직급 within a roster unit, 수 20 / 우 40 / 양 30 / 가 10 %; where
nobody merits 가 its share is added to that of 양, before anyone is counted. 5급 이하 only (제4항);
4급 이상 are under 성과계약 평가 (제2항). How a headcount is rounded, what a small unit does and what
happens when some but fewer than a tenth merit 가 stands in no text: `Rule` holds those assumptions.
"""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from lib.rules import apportionment, number

GRADES = ("수", "우", "양", "가")
STATUTORY_SHARES = (20, 40, 30, 10)

Mode = Literal["none", "confirmed", "full"]
Rest = Literal["next_grade", "all_grades"]


class Rule(NamedTuple):
    """What decides a distribution; the defaults are the law and, where it is silent, assumptions."""

    shares: tuple[number.Number, ...] = STATUTORY_SHARES
    """Percent of 수, 우, 양, 가; they sum to 100."""
    mode: Mode = "none"
    """가 to nobody (its share joins 양), to the `confirmed` cases only, or to its `full` share."""
    rest: Rest = "next_grade"
    """Assumption for `confirmed`: what 가 leaves unused goes to 양, or to all three by their shares."""
    method: apportionment.Method = "largest_remainder"
    """Assumption: how quotas become whole people."""
    tie: apportionment.TieRule = "upper"
    """Assumption: equal claims to the last place go to the better or the worse grade."""


LAW = Rule()


class Distribution(NamedTuple):
    """People per grade, in the order of `GRADES`."""

    counts: tuple[int, ...]
    quotas: tuple[Fraction, ...]
    """Exact people per grade under the rule, before rounding."""
    ties: tuple[int, ...] = ()
    """Positions of the grades that had an equal claim to the last place."""
    favoured: tuple[int, ...] = ()
    """Those of `ties` to which the tie rule gave it."""

    @property
    def people(self) -> int:
        return sum(self.counts)

    @property
    def differences(self) -> tuple[Fraction, ...]:
        """People above (+) or below (−) the quota."""
        return tuple(actual - quota for actual, quota in zip(self.counts, self.quotas, strict=True))

    @property
    def percentages(self) -> tuple[Fraction, ...]:
        """Actual share of each grade in percent; 0 where nobody is rated."""
        return tuple(Fraction(100 * actual, self.people or 1) for actual in self.counts)

    @property
    def point_differences(self) -> tuple[Fraction, ...]:
        """Actual less intended share, in percentage points; 0 where nobody is rated."""
        return tuple(100 * difference / (self.people or 1) for difference in self.differences)


def share_gap(shares: Sequence[number.Number]) -> Fraction:
    """Points by which the shares exceed (+) or miss (−) 100; 0 where they are right."""
    parts = (number.share(share, f"shares[{position}]") for position, share in enumerate(shares))
    return sum(parts, Fraction(-100))


def has_quota(rank: str) -> bool | None:
    """Whether a 직급 such as "6급" is under 근무성적평정 (5급 이하); None where its text does not say."""
    level = re.search(r"(?<!\d)([1-9])\s*급", rank)
    return int(level[1]) >= 5 if level else None


def distribution(people: int, rule: Rule = LAW, confirmed: int = 0) -> Distribution:
    """`people` of one unit divided among the grades.

    `confirmed` is the number of 가 in mode `confirmed`. It may exceed the tenth (one case in a
    unit of four does), never the people; 양 gives way first, then 우 and 수 by their shares.

    ValueError names the argument: shares that are not four or do not sum to 100, confirmed cases
    in another mode or more of them than people.
    """
    shares = _shares(rule)
    people = number.whole(people, "people")
    confirmed = number.whole(confirmed, "confirmed")
    if confirmed > people:
        raise ValueError(f"confirmed is {confirmed}, more than the {people} people")
    if rule.mode == "confirmed":
        return _with_confirmed(people, rule, shares, confirmed)
    if confirmed:
        raise ValueError(f"confirmed is {confirmed}, but mode {rule.mode!r} counts no confirmed cases")
    if rule.mode == "none":
        shares = (shares[0], shares[1], shares[2] + shares[3], Fraction(0))
    return Distribution(*_apportioned(shares, people, rule))


def change(before: Distribution, after: Distribution) -> tuple[int, ...]:
    """People more (+) or fewer (−) per grade."""
    return tuple(new - old for old, new in zip(before.counts, after.counts, strict=True))


def _shares(rule: Rule) -> tuple[Fraction, ...]:
    number.choice(rule.mode, Mode, "mode")
    number.choice(rule.rest, Rest, "rest")
    if len(rule.shares) != len(GRADES):
        raise ValueError(f"shares must be one per grade ({len(GRADES)}), not {len(rule.shares)}")
    gap = share_gap(rule.shares)
    if gap:
        raise ValueError(f"shares must sum to 100, not {float(100 + gap):g}")
    return tuple(number.exact(share, "shares") for share in rule.shares)


def _apportioned(shares: Sequence[Fraction], people: int, rule: Rule) -> apportionment.Apportionment:
    return apportionment.apportion(shares, people, rule.method, rule.tie)


def _with_confirmed(people: int, rule: Rule, shares: tuple[Fraction, ...], confirmed: int) -> Distribution:
    rest = people - confirmed
    upper = list(shares[:3])
    if rule.rest == "next_grade" and rest:
        # In people: 양 takes the share of 가 less the cases, and nothing where these exceed both.
        merged = people * (shares[2] + shares[3]) / 100 - confirmed
        upper = [people * shares[0] / 100, people * shares[1] / 100, max(merged, Fraction(0))]
    if not rest:
        return Distribution((0, 0, 0, confirmed), (Fraction(0),) * 3 + (Fraction(confirmed),))
    result = _apportioned(upper, rest, rule)
    return Distribution(
        (*result.seats, confirmed), (*result.quotas, Fraction(confirmed)), result.ties, result.favoured
    )
